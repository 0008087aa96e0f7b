#include "archive/zip_directory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive/zip_format.h"

uint64_t twi_zip_number(const unsigned char *bytes, size_t count) {
  uint64_t number = 0;
  for (size_t i = count; i-- > 0;) number = number << 8 | bytes[i];
  return number;
}

int twi_zip_read_at(const twi_zip_source *source, uint64_t offset, void *out, size_t count, twi_fault *fault) {
  const int error = source->read(source->context, offset, out, count);
  return error == 0 ? 1 : twi_fault_io(fault, error);
}

/* ---- the end of the file ---- */

static int fail_without_end(const twi_zip_source *source, twi_fault *fault) {
  static const unsigned char legacy[] = {0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50};
  unsigned char start[sizeof legacy] = {0};
  const size_t count = source->size < sizeof start ? (size_t)source->size : sizeof start;
  if (count == 0) return twi_fault_format(fault, "the file is empty");
  if (!twi_zip_read_at(source, 0, start, count, fault)) return 0;
  if (memcmp(start, legacy, sizeof legacy) == 0)
    return twi_fault_unsupported(
        fault,
        "it is of the format that torch.save wrote before PyTorch 1.6; load it in Python and save "
        "it again: torch.save(torch.load(path), path)");
  if (twi_zip_number(start, 4) == TWI_ZIP_LOCAL_HEADER)
    return twi_fault_format(fault, "the end of the zip archive is missing: the file is cut short, or more follows it");
  return twi_fault_format(fault, "it is not a zip archive, as files of torch.save are");
}

/* How many bytes a comment, which the file ends with, has behind the last record that is in tail; negative where no record
   is followed by as many as it says. */
static int64_t comment_length(const unsigned char *tail, size_t length) {
  for (size_t comment = 0; comment + TWI_ZIP_END_SIZE <= length && comment <= UINT16_MAX; ++comment) {
    const unsigned char *record = tail + length - comment - TWI_ZIP_END_SIZE;
    if (twi_zip_number(record, 4) == TWI_ZIP_END && twi_zip_number(record + 20, 2) == comment) return (int64_t)comment;
  }
  return -1;
}

/* Where the last record lies, which a comment may follow. */
static int find_last_record(uint64_t *end, const twi_zip_source *source, twi_fault *fault) {
  const uint64_t most = TWI_ZIP_END_SIZE + UINT16_MAX;
  const size_t length = (size_t)(source->size < most ? source->size : most);
  unsigned char *tail = length >= TWI_ZIP_END_SIZE ? malloc(length) : NULL;
  if (tail == NULL) return length < TWI_ZIP_END_SIZE ? fail_without_end(source, fault) : twi_fault_memory(fault);
  const int good = twi_zip_read_at(source, source->size - length, tail, length, fault);
  const int64_t comment = good ? comment_length(tail, length) : -1;
  free(tail);
  if (!good) return 0;
  if (comment < 0) return fail_without_end(source, fault);
  *end = source->size - TWI_ZIP_END_SIZE - (uint64_t)comment;
  return 1;
}

/* The record of 64-bit numbers, which a locator right before the last record points to. */
static int read_zip64_end(twi_zip_directory *out, uint64_t *end, const twi_zip_source *source, twi_fault *fault) {
  unsigned char locator[TWI_ZIP64_LOCATOR_SIZE], record[TWI_ZIP64_END_SIZE];
  if (*end < sizeof locator + sizeof record) return 1;
  const uint64_t locator_at = *end - sizeof locator;
  if (!twi_zip_read_at(source, locator_at, locator, sizeof locator, fault)) return 0;
  if (twi_zip_number(locator, 4) != TWI_ZIP64_LOCATOR) return 1; /* there is none */
  *end = twi_zip_number(locator + 8, 8);
  if (*end != locator_at - sizeof record)
    return twi_fault_format(fault, "the zip archive's end lies at %" PRIu64 ", but is said to lie at %" PRIu64,
                            locator_at - (uint64_t)sizeof record, *end);
  if (!twi_zip_read_at(source, *end, record, sizeof record, fault)) return 0;
  if (twi_zip_number(record, 4) != TWI_ZIP64_END || twi_zip_number(record + 4, 8) != TWI_ZIP64_END_SIZE - 12 ||
      twi_zip_number(record + 16, 8) != 0 || twi_zip_number(record + 24, 8) != twi_zip_number(record + 32, 8))
    return twi_fault_format(fault, "the 64-bit end record of the zip archive is damaged");
  *out = (twi_zip_directory){twi_zip_number(record + 48, 8), twi_zip_number(record + 40, 8),
                             twi_zip_number(record + 32, 8)};
  return 1;
}

/* Whether a small field agrees with a large one: it holds as much of it as it can. */
static int agrees(uint64_t small, uint64_t large, uint64_t largest) {
  return small == (large < largest ? large : largest);
}

int twi_zip_find_directory(twi_zip_directory *out, const twi_zip_source *source, twi_fault *fault) {
  unsigned char record[TWI_ZIP_END_SIZE];
  uint64_t end = 0;
  if (!find_last_record(&end, source, fault) || !twi_zip_read_at(source, end, record, sizeof record, fault)) return 0;
  const uint64_t count = twi_zip_number(record + 10, 2);
  const uint64_t size = twi_zip_number(record + 12, 4), offset = twi_zip_number(record + 16, 4);
  *out = (twi_zip_directory){offset, size, count};
  if (!read_zip64_end(out, &end, source, fault)) return 0;
  if (twi_zip_number(record + 4, 4) != 0 || twi_zip_number(record + 8, 2) != count ||
      !agrees(count, out->count, UINT16_MAX) || !agrees(size, out->size, UINT32_MAX) ||
      !agrees(offset, out->offset, UINT32_MAX))
    return twi_fault_format(fault, "the end records of the zip archive contradict each other");
  if (out->offset > end || out->size != end - out->offset)
    return twi_fault_format(
        fault, "the zip archive's directory is said to have %" PRIu64 " bytes at %" PRIu64 ", but must end at %" PRIu64,
        out->size, out->offset, end);
  return 1;
}

/* ---- the directory's records ---- */

/* Takes a 64-bit number from the extra field where the 32-bit one says that it is there. */
static int take_wide(uint64_t *number, const unsigned char **extra, size_t *length) {
  if (*number != UINT32_MAX) return 1;
  if (*length < 8) return 0;
  *number = twi_zip_number(*extra, 8);
  *extra += 8;
  *length -= 8;
  return 1;
}

/* Looks through extra fields for the one of 64-bit numbers. 0 where they are damaged; *length 0 where there is none. */
static int find_zip64_extra(const unsigned char **extra, size_t *length) {
  const unsigned char *at = *extra;
  for (size_t left = *length; left > 0;) {
    if (left < 4) return 0;
    const size_t field = (size_t)twi_zip_number(at + 2, 2);
    if (field > left - 4) return 0;
    if (twi_zip_number(at, 2) == TWI_ZIP64_EXTRA) {
      *extra = at + 4;
      *length = field;
      return 1;
    }
    at += 4 + field;
    left -= 4 + field;
  }
  *length = 0;
  return 1;
}

static int check_method(const unsigned char *flags_and_method, twi_quoted name, twi_fault *fault) {
  const uint64_t flags = twi_zip_number(flags_and_method, 2), method = twi_zip_number(flags_and_method + 2, 2);
  if ((flags & ~(uint64_t)(TWI_ZIP_FLAG_EFFORT | TWI_ZIP_FLAG_DESCRIPTOR | TWI_ZIP_FLAG_UTF8)) != 0)
    return twi_fault_format(fault, "the entry %s has the flags %#" PRIx64 ", such as of encryption", name.text, flags);
  if (method != TWI_ZIP_STORED && method != TWI_ZIP_DEFLATED)
    return twi_fault_format(fault, "the entry %s is compressed by method %" PRIu64 ", which PyTorch does not use",
                            name.text, method);
  return 1;
}

int twi_zip_parse_record(twi_zip_entry *out, const unsigned char **bytes, size_t *length, twi_fault *fault) {
  const unsigned char *record = *bytes;
  if (*length < TWI_ZIP_CENTRAL_HEADER_SIZE || twi_zip_number(record, 4) != TWI_ZIP_CENTRAL_HEADER)
    return twi_fault_format(fault, "the zip archive's directory is damaged");
  const size_t name = (size_t)twi_zip_number(record + 28, 2), comment = (size_t)twi_zip_number(record + 32, 2);
  size_t extra = (size_t)twi_zip_number(record + 30, 2);
  const size_t total = TWI_ZIP_CENTRAL_HEADER_SIZE + name + extra + comment;
  if (total > *length || name == 0) return twi_fault_format(fault, "the zip archive's directory is damaged");
  const char *text = (const char *)record + TWI_ZIP_CENTRAL_HEADER_SIZE;
  const twi_quoted quoted = twi_quote(text, name);
  if (!check_method(record + 8, quoted, fault)) return 0;

  uint64_t packed = twi_zip_number(record + 20, 4), size = twi_zip_number(record + 24, 4);
  uint64_t header = twi_zip_number(record + 42, 4);
  const unsigned char *wide = (const unsigned char *)text + name;
  if (!find_zip64_extra(&wide, &extra) || !take_wide(&size, &wide, &extra) || !take_wide(&packed, &wide, &extra) ||
      !take_wide(&header, &wide, &extra))
    return twi_fault_format(fault, "the entry %s has damaged extra fields", quoted.text);
  const int deflated = twi_zip_number(record + 10, 2) == TWI_ZIP_DEFLATED;
  if ((packed != size && !deflated) || twi_zip_number(record + 34, 2) != 0)
    return twi_fault_format(fault, "the entry %s says that it has %" PRIu64 " bytes and, stored, %" PRIu64, quoted.text,
                            size, packed);
  *out = (twi_zip_entry){text, name, header, 0, size, packed, (uint32_t)twi_zip_number(record + 16, 4), deflated};
  *bytes += total;
  *length -= total;
  return 1;
}

/* ---- local headers ---- */

/* Whether the name behind the header at offset is the entry's. */
static int has_name(const twi_zip_entry *entry, const twi_zip_source *source, uint64_t offset, twi_fault *fault) {
  char *name = malloc(entry->name_length);
  if (name == NULL) return twi_fault_memory(fault);
  int same = twi_zip_read_at(source, offset, name, entry->name_length, fault);
  if (same && memcmp(name, entry->name, entry->name_length) != 0)
    same = twi_fault_format(fault, "at the place of the entry %s lies %s",
                            twi_quote(entry->name, entry->name_length).text, twi_quote(name, entry->name_length).text);
  free(name);
  return same;
}

/* A local size may be left open, to follow behind the data, or be in the extra field. */
static int agrees_locally(uint64_t local, uint64_t size, int follows) {
  return local == size || (follows && local == 0) || local == UINT32_MAX;
}

int twi_zip_locate(twi_zip_entry *entry, const twi_zip_source *source, uint64_t end, twi_fault *fault) {
  unsigned char header[TWI_ZIP_LOCAL_HEADER_SIZE];
  const twi_quoted quoted = twi_quote(entry->name, entry->name_length);
  if (entry->header > end || end - entry->header < sizeof header + entry->name_length)
    return twi_fault_format(fault, "the entry %s is said to lie at %" PRIu64 ", which is behind the last", quoted.text,
                            entry->header);
  if (!twi_zip_read_at(source, entry->header, header, sizeof header, fault)) return 0;
  if (twi_zip_number(header, 4) != TWI_ZIP_LOCAL_HEADER || twi_zip_number(header + 26, 2) != entry->name_length)
    return twi_fault_format(fault, "the entry %s does not lie at %" PRIu64 ", where it is said to", quoted.text,
                            entry->header);
  if (!check_method(header + 6, quoted, fault)) return 0;
  if (!has_name(entry, source, entry->header + sizeof header, fault)) return 0;

  const int follows = (twi_zip_number(header + 6, 2) & TWI_ZIP_FLAG_DESCRIPTOR) != 0;
  const uint64_t crc = twi_zip_number(header + 14, 4);
  if ((twi_zip_number(header + 8, 2) == TWI_ZIP_DEFLATED) != entry->deflated ||
      !agrees_locally(twi_zip_number(header + 18, 4), entry->packed, follows) ||
      !agrees_locally(twi_zip_number(header + 22, 4), entry->size, follows) ||
      (crc != entry->crc && !(follows && crc == 0)))
    return twi_fault_format(fault, "the entry %s contradicts the zip archive's directory", quoted.text);

  entry->data = entry->header + sizeof header + entry->name_length + twi_zip_number(header + 28, 2);
  if (entry->data > end || entry->packed > end - entry->data)
    return twi_fault_format(fault, "the entry %s is said to have %" PRIu64 " bytes, more than the file holds",
                            quoted.text, entry->packed);
  return 1;
}
