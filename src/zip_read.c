#include "zip_read.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "zip_directory.h"
#include "zip_format.h"

enum {
  LARGEST_DIRECTORY = 64 << 20, /* some 600 000 entries */
  PIECE = 1 << 18               /* of an entry that is read for its CRC */
};

static int compare_text(const char *a, size_t a_length, const char *b, size_t b_length) {
  const int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int compare_names(const void *left, const void *right) {
  const tw_zip_entry *a = left, *b = right;
  return compare_text(a->name, a->name_length, b->name, b->name_length);
}

static int compare_places(const void *left, const void *right) {
  const tw_zip_entry *a = left, *b = right;
  return (a->header > b->header) - (a->header < b->header);
}

/* ---- opening ---- */

static int load_directory(tw_zip_reader *reader, const tw_zip_directory *where, tw_fault *fault) {
  if (where->size > LARGEST_DIRECTORY)
    return tw_fault_format(fault, "the zip archive's directory has %" PRIu64 " bytes; more than %d are not read",
                           where->size, LARGEST_DIRECTORY);
  if (where->count > where->size / TW_ZIP_CENTRAL_HEADER_SIZE)
    return tw_fault_format(fault,
                           "the zip archive is said to have %" PRIu64 " entries, for which its directory of %" PRIu64
                           " bytes has no room",
                           where->count, where->size);
  if (where->count == 0) return tw_fault_format(fault, "the zip archive has no entries");
  reader->directory = malloc((size_t)where->size);
  reader->entries = calloc((size_t)where->count, sizeof *reader->entries);
  if (reader->directory == NULL || reader->entries == NULL) return tw_fault_memory(fault);
  reader->count = (size_t)where->count;
  return tw_zip_read_at(&reader->source, where->offset, reader->directory, (size_t)where->size, fault);
}

static int parse_directory(tw_zip_reader *reader, const tw_zip_directory *where, tw_fault *fault) {
  const unsigned char *bytes = reader->directory;
  size_t length = (size_t)where->size;
  for (size_t i = 0; i < reader->count; ++i) {
    tw_zip_entry *entry = &reader->entries[i];
    if (!tw_zip_parse_record(entry, &bytes, &length, fault)) return 0;
    if (!tw_zip_locate(entry, &reader->source, where->offset, fault)) return 0;
  }
  if (length != 0)
    return tw_fault_format(fault, "the zip archive's directory has %zu bytes more than its %zu entries take", length,
                           reader->count);
  return 1;
}

static int check_overlaps(const tw_zip_reader *reader, tw_fault *fault) {
  for (size_t i = 1; i < reader->count; ++i) {
    const tw_zip_entry *before = &reader->entries[i - 1], *entry = &reader->entries[i];
    if (before->data + before->size > entry->header)
      return tw_fault_format(fault, "the entries %s and %s overlap", tw_quote(before->name, before->name_length).text,
                             tw_quote(entry->name, entry->name_length).text);
  }
  return 1;
}

static int check_duplicates(const tw_zip_reader *reader, tw_fault *fault) {
  for (size_t i = 1; i < reader->count; ++i)
    if (compare_names(&reader->entries[i - 1], &reader->entries[i]) == 0)
      return tw_fault_format(fault, "the entry %s comes twice",
                             tw_quote(reader->entries[i].name, reader->entries[i].name_length).text);
  return 1;
}

/* Sorts by place for one check, and for good by name. */
static int check_entries(tw_zip_reader *reader, tw_fault *fault) {
  qsort(reader->entries, reader->count, sizeof *reader->entries, compare_places);
  if (!check_overlaps(reader, fault)) return 0;
  const uint64_t first = reader->entries[0].header;
  qsort(reader->entries, reader->count, sizeof *reader->entries, compare_names);
  while (reader->entries[reader->first].header != first) ++reader->first;
  return check_duplicates(reader, fault);
}

int tw_zip_open(tw_zip_reader *out, const tw_zip_source *source, tw_fault *fault) {
  *out = (tw_zip_reader){.source = *source};
  tw_zip_directory where;
  if (tw_zip_find_directory(&where, source, fault) && load_directory(out, &where, fault) &&
      parse_directory(out, &where, fault) && check_entries(out, fault))
    return 1;
  tw_zip_close(out);
  return 0;
}

void tw_zip_close(tw_zip_reader *reader) {
  free(reader->directory);
  free(reader->entries);
  *reader = (tw_zip_reader){.count = 0};
}

/* ---- entries ---- */

const tw_zip_entry *tw_zip_find(const tw_zip_reader *reader, const char *name, size_t length) {
  const tw_zip_entry key = {.name = name, .name_length = length};
  return bsearch(&key, reader->entries, reader->count, sizeof key, compare_names);
}

unsigned char *tw_zip_load(const tw_zip_reader *reader, const tw_zip_entry *entry, uint64_t limit, tw_fault *fault) {
  if (entry->size > limit) {
    tw_fault_format(fault, "the entry %s has %" PRIu64 " bytes; more than %" PRIu64 " are not read",
                    tw_quote(entry->name, entry->name_length).text, entry->size, limit);
    return NULL;
  }
  unsigned char *bytes = malloc((size_t)entry->size + 1); /* a byte even for none */
  if (bytes == NULL) {
    tw_fault_memory(fault);
  } else if (!tw_zip_read_at(&reader->source, entry->data, bytes, (size_t)entry->size, fault)) {
    free(bytes);
    bytes = NULL;
  }
  return bytes;
}

static int verify_entry(const tw_zip_reader *reader, const tw_zip_entry *entry, unsigned char *piece, tw_fault *fault) {
  uint32_t crc = (uint32_t)crc32_z(0, NULL, 0);
  for (uint64_t done = 0; done < entry->size;) {
    const size_t count = entry->size - done < PIECE ? (size_t)(entry->size - done) : PIECE;
    if (!tw_zip_read_at(&reader->source, entry->data + done, piece, count, fault)) return 0;
    crc = (uint32_t)crc32_z(crc, piece, count);
    done += count;
  }
  if (crc == entry->crc) return 1;
  return tw_fault_format(fault, "the entry %s is damaged: its CRC is %08" PRIx32 " and should be %08" PRIx32,
                         tw_quote(entry->name, entry->name_length).text, crc, entry->crc);
}

int tw_zip_verify(const tw_zip_reader *reader, tw_fault *fault) {
  unsigned char *piece = malloc(PIECE);
  if (piece == NULL) return tw_fault_memory(fault);
  int good = 1;
  for (size_t i = 0; good && i < reader->count; ++i) good = verify_entry(reader, &reader->entries[i], piece, fault);
  free(piece);
  return good;
}
