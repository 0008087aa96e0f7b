#include "archive/zip_read.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "archive/zip_directory.h"
#include "archive/zip_format.h"

enum {
  LARGEST_DIRECTORY = 64 << 20, /* some 600 000 entries */
  PIECE = 1 << 18               /* of an entry that is read for its CRC */
};

static int compare_text(const char *a, size_t a_length, const char *b, size_t b_length) {
  const int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int compare_names(const void *left, const void *right) {
  const twi_zip_entry *a = left, *b = right;
  return compare_text(a->name, a->name_length, b->name, b->name_length);
}

static int compare_places(const void *left, const void *right) {
  const twi_zip_entry *a = left, *b = right;
  return (a->header > b->header) - (a->header < b->header);
}

/* ---- opening ---- */

static int load_directory(twi_zip_reader *reader, const twi_zip_directory *where, twi_fault *fault) {
  if (where->size > LARGEST_DIRECTORY)
    return twi_fault_format(fault, "the zip archive's directory has %" PRIu64 " bytes; more than %d are not read",
                            where->size, LARGEST_DIRECTORY);
  if (where->count > where->size / TWI_ZIP_CENTRAL_HEADER_SIZE)
    return twi_fault_format(fault,
                            "the zip archive is said to have %" PRIu64 " entries, for which its directory of %" PRIu64
                            " bytes has no room",
                            where->count, where->size);
  if (where->count == 0) return twi_fault_format(fault, "the zip archive has no entries");
  reader->directory = malloc((size_t)where->size);
  reader->entries = calloc((size_t)where->count, sizeof *reader->entries);
  if (reader->directory == NULL || reader->entries == NULL) return twi_fault_memory(fault);
  reader->count = (size_t)where->count;
  return twi_zip_read_at(&reader->source, where->offset, reader->directory, (size_t)where->size, fault);
}

static int fail_packed(const twi_zip_entry *entry, twi_fault *fault) {
  return twi_fault_unsupported(
      fault,
      "the entry %s is compressed (method %d), which torch.save does not do; a TorchScript module "
      "is loaded with tw_module_load_torchscript",
      twi_quote(entry->name, entry->name_length).text, TWI_ZIP_DEFLATED);
}

static int parse_directory(twi_zip_reader *reader, const twi_zip_directory *where, int takes_packed, twi_fault *fault) {
  const unsigned char *bytes = reader->directory;
  size_t length = (size_t)where->size;
  for (size_t i = 0; i < reader->count; ++i) {
    twi_zip_entry *entry = &reader->entries[i];
    if (!twi_zip_parse_record(entry, &bytes, &length, fault)) return 0;
    if (entry->deflated && !takes_packed) return fail_packed(entry, fault);
    if (!twi_zip_locate(entry, &reader->source, where->offset, fault)) return 0;
  }
  if (length != 0)
    return twi_fault_format(fault, "the zip archive's directory has %zu bytes more than its %zu entries take", length,
                            reader->count);
  return 1;
}

static int check_overlaps(const twi_zip_reader *reader, twi_fault *fault) {
  for (size_t i = 1; i < reader->count; ++i) {
    const twi_zip_entry *before = &reader->entries[i - 1], *entry = &reader->entries[i];
    if (before->data + before->packed > entry->header)
      return twi_fault_format(fault, "the entries %s and %s overlap", twi_quote(before->name, before->name_length).text,
                              twi_quote(entry->name, entry->name_length).text);
  }
  return 1;
}

static int check_duplicates(const twi_zip_reader *reader, twi_fault *fault) {
  for (size_t i = 1; i < reader->count; ++i)
    if (compare_names(&reader->entries[i - 1], &reader->entries[i]) == 0)
      return twi_fault_format(fault, "the entry %s comes twice",
                              twi_quote(reader->entries[i].name, reader->entries[i].name_length).text);
  return 1;
}

/* Sorts by place for one check, and for good by name. */
static int check_entries(twi_zip_reader *reader, twi_fault *fault) {
  qsort(reader->entries, reader->count, sizeof *reader->entries, compare_places);
  if (!check_overlaps(reader, fault)) return 0;
  const uint64_t first = reader->entries[0].header;
  qsort(reader->entries, reader->count, sizeof *reader->entries, compare_names);
  while (reader->entries[reader->first].header != first) ++reader->first;
  return check_duplicates(reader, fault);
}

static int open_archive(twi_zip_reader *out, const twi_zip_source *source, int takes_packed, twi_fault *fault) {
  *out = (twi_zip_reader){.source = *source};
  twi_zip_directory where;
  if (twi_zip_find_directory(&where, source, fault) && load_directory(out, &where, fault) &&
      parse_directory(out, &where, takes_packed, fault) && check_entries(out, fault))
    return 1;
  twi_zip_close(out);
  return 0;
}

int twi_zip_open(twi_zip_reader *out, const twi_zip_source *source, twi_fault *fault) {
  return open_archive(out, source, 0, fault);
}

int twi_zip_open_packed(twi_zip_reader *out, const twi_zip_source *source, twi_fault *fault) {
  return open_archive(out, source, 1, fault);
}

void twi_zip_close(twi_zip_reader *reader) {
  free(reader->directory);
  free(reader->entries);
  *reader = (twi_zip_reader){.count = 0};
}

/* ---- entries ---- */

const twi_zip_entry *twi_zip_find(const twi_zip_reader *reader, const char *name, size_t length) {
  const twi_zip_entry key = {.name = name, .name_length = length};
  return bsearch(&key, reader->entries, reader->count, sizeof key, compare_names);
}

unsigned char *twi_zip_load(const twi_zip_reader *reader, const twi_zip_entry *entry, uint64_t limit,
                            twi_fault *fault) {
  if (entry->size > limit) {
    twi_fault_format(fault, "the entry %s has %" PRIu64 " bytes; more than %" PRIu64 " are not read",
                     twi_quote(entry->name, entry->name_length).text, entry->size, limit);
    return NULL;
  }
  unsigned char *bytes = malloc((size_t)entry->size + 1); /* a byte even for none */
  if (bytes == NULL) {
    twi_fault_memory(fault);
  } else if (!twi_zip_read_at(&reader->source, entry->data, bytes, (size_t)entry->size, fault)) {
    free(bytes);
    bytes = NULL;
  }
  return bytes;
}

/* The CRC of bytes as they come, or as they are unpacked; how many there have been. */
typedef struct {
  z_stream stream;
  uint64_t size;
  uint32_t crc;
  int ended, out_of_memory;
} tally;

static void count_bytes(tally *t, const unsigned char *bytes, size_t count) {
  t->crc = (uint32_t)crc32_z(t->crc, bytes, count);
  t->size += count;
}

/* Unpacks the bytes. Damage is left to the CRC and the size to show: where it is met, the rest is not counted. */
static void count_packed(tally *t, unsigned char *bytes, size_t count) {
  unsigned char unpacked[1 << 14];
  t->stream.next_in = bytes;
  t->stream.avail_in = (uInt)count;
  do {
    t->stream.next_out = unpacked;
    t->stream.avail_out = sizeof unpacked;
    const int status = inflate(&t->stream, Z_NO_FLUSH);
    count_bytes(t, unpacked, sizeof unpacked - t->stream.avail_out);
    t->out_of_memory = status == Z_MEM_ERROR;
    t->ended = status != Z_OK && status != Z_BUF_ERROR; /* the latter: it needs the next piece */
  } while (!t->ended && t->stream.avail_out == 0);
}

static int count_entry(tally *t, const twi_zip_reader *reader, const twi_zip_entry *entry, unsigned char *piece,
                       twi_fault *fault) {
  for (uint64_t done = 0; done < entry->packed && !t->ended && t->size <= entry->size;) {
    const size_t count = entry->packed - done < PIECE ? (size_t)(entry->packed - done) : PIECE;
    if (!twi_zip_read_at(&reader->source, entry->data + done, piece, count, fault)) return 0;
    if (entry->deflated)
      count_packed(t, piece, count);
    else
      count_bytes(t, piece, count);
    done += count;
  }
  return 1;
}

static int verify_entry(const twi_zip_reader *reader, const twi_zip_entry *entry, unsigned char *piece,
                        twi_fault *fault) {
  tally t = {.crc = (uint32_t)crc32_z(0, NULL, 0)};
  if (entry->deflated && inflateInit2(&t.stream, -MAX_WBITS) != Z_OK) return twi_fault_memory(fault);
  const int read = count_entry(&t, reader, entry, piece, fault);
  if (entry->deflated) inflateEnd(&t.stream);
  if (!read) return 0;
  if (t.out_of_memory) return twi_fault_memory(fault);
  if (t.size != entry->size || (entry->deflated && t.stream.total_in != entry->packed))
    return twi_fault_format(fault, "the entry %s is damaged: it has not the %" PRIu64 " bytes that it should have",
                            twi_quote(entry->name, entry->name_length).text, entry->size);
  if (t.crc == entry->crc) return 1;
  return twi_fault_format(fault, "the entry %s is damaged: its CRC is %08" PRIx32 " and should be %08" PRIx32,
                          twi_quote(entry->name, entry->name_length).text, t.crc, entry->crc);
}

int twi_zip_verify(const twi_zip_reader *reader, twi_fault *fault) {
  unsigned char *piece = malloc(PIECE);
  if (piece == NULL) return twi_fault_memory(fault);
  int good = 1;
  for (size_t i = 0; good && i < reader->count; ++i) good = verify_entry(reader, &reader->entries[i], piece, fault);
  free(piece);
  return good;
}
