#define _POSIX_C_SOURCE 200809L

#include "idx.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "fail.h"

enum { MAGIC_LABELS = 2049, MAGIC_IMAGES = 2051, CHUNK = 1 << 20 };

/* Deflate makes at most 1032 bytes of one (zlib's documentation): more than this from a file is a lie. */
static const uint64_t largest_expansion = 1032;

static bool named_gzip(const char *path) {
  const size_t length = strlen(path);
  return length > 3 && strcmp(path + length - 3, ".gz") == 0;
}

static uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* A file being read, and where its messages go. */
typedef struct {
  const char *path;
  gzFile file; /* zlib reads raw files by the same calls */
  bool gzipped;
  uint64_t disk_size;
  uint64_t offset; /* in the unpacked bytes */
  char *error;
  size_t error_size;
} reader;

/* Refuses a file that is not as it is named: read on, it would be taken for broken data. */
static bool check_name(const reader *r, int first, int second) {
  const bool is_gzip = first == 0x1f && second == 0x8b;
  if (is_gzip && !r->gzipped)
    return fail(r->error, r->error_size,
                "%s: begins with 1f 8b at offset 0, so it is gzipped (an IDX reader would see a magic number like "
                "529205256); name it %s.gz or unpack it with gunzip",
                r->path, r->path);
  if (!is_gzip && r->gzipped)
    return fail(r->error, r->error_size,
                "%s: not gzip: begins with %02x %02x at offset 0, where gzip has 1f 8b; if it is a raw IDX file, name "
                "it without .gz",
                r->path, (unsigned)first, (unsigned)second);
  return true;
}

static bool check_file(reader *r) {
  struct stat about;
  if (stat(r->path, &about) != 0) return fail(r->error, r->error_size, "%s: %s", r->path, strerror(errno));
  if (!S_ISREG(about.st_mode)) return fail(r->error, r->error_size, "%s: not a regular file", r->path);
  if (about.st_size == 0) return fail(r->error, r->error_size, "%s: the file is empty (0 bytes)", r->path);
  r->disk_size = (uint64_t)about.st_size;
  FILE *file = fopen(r->path, "rb");
  if (file == NULL) return fail(r->error, r->error_size, "%s: cannot open: %s", r->path, strerror(errno));
  const int first = getc(file), second = getc(file);
  fclose(file);
  return check_name(r, first, second < 0 ? 0 : second);
}

static bool reader_open(reader *r, const char *path, char *error, size_t error_size) {
  *r = (reader){.path = path, .gzipped = named_gzip(path), .error = error, .error_size = error_size};
  if (!check_file(r)) return false;
  errno = 0;
  r->file = gzopen(path, "rb");
  if (r->file == NULL)
    return fail(error, error_size, "%s: cannot open: %s", path, errno != 0 ? strerror(errno) : "no memory for zlib");
  gzbuffer(r->file, CHUNK);
  return true;
}

static bool read_failed(const reader *r) {
  int code = Z_OK;
  const char *reason = gzerror(r->file, &code);
  if (code == Z_ERRNO) reason = strerror(errno);
  if (code == Z_BUF_ERROR) reason = "the gzip data ends too early";
  return fail(r->error, r->error_size, "%s: cannot read at offset %" PRIu64 ": %s", r->path, r->offset, reason);
}

/* Reads exactly `size` bytes; `whole` is how long the file should be, for the message. */
static bool read_exactly(reader *r, uint8_t *bytes, uint64_t size, uint64_t whole, const char *what) {
  while (size > 0) {
    const int got = gzread(r->file, bytes, size < CHUNK ? (unsigned)size : (unsigned)CHUNK);
    if (got < 0) return read_failed(r);
    r->offset += (uint64_t)got;
    bytes += got;
    size -= (uint64_t)got;
    if (got == 0) {
      int code = Z_OK;
      gzerror(r->file, &code);
      if (code != Z_OK) return read_failed(r);
      return fail(r->error, r->error_size,
                  "%s: too short: ends at offset %" PRIu64 " inside %s, where %" PRIu64 " bytes are needed", r->path,
                  r->offset, what, whole);
    }
  }
  return true;
}

static bool check_end(reader *r) {
  uint8_t extra;
  const int got = gzread(r->file, &extra, 1);
  if (got < 0) return read_failed(r);
  if (got > 0)
    return fail(r->error, r->error_size, "%s: goes on after the last item: byte 0x%02x at offset %" PRIu64, r->path,
                (unsigned)extra, r->offset);
  int code = Z_OK;
  gzerror(r->file, &code);
  return code == Z_OK || read_failed(r);
}

static const char *magic_hint(uint32_t magic) {
  if (magic >> 8 == 0x1f8b08) return " (this is a gzipped file, gzipped twice)";
  if (magic == 0x504b0304) return " (this is a zip archive: unpack it)";
  if (magic == MAGIC_LABELS) return " (this is a labels file)";
  if (magic == MAGIC_IMAGES) return " (this is an images file)";
  return "";
}

static bool check_magic(const reader *r, uint32_t magic, uint32_t expected) {
  if (magic == expected) return true;
  return fail(r->error, r->error_size,
              "%s: wrong magic number %" PRIu32 " (0x%08" PRIx32 ") at offset 0, expected %" PRIu32 "%s", r->path,
              magic, magic, expected, magic_hint(magic));
}

/* Believes a count only when the file, as large as it is, can hold so much. */
static bool check_count(const reader *r, uint64_t count, uint64_t whole) {
  if (count == 0) return fail(r->error, r->error_size, "%s: empty: its count, at offset 4, is 0", r->path);
  const uint64_t most = r->gzipped ? r->disk_size * largest_expansion : r->disk_size;
  if (whole > most)
    return fail(r->error, r->error_size,
                "%s: too short: its count %" PRIu64 ", at offset 4, needs %" PRIu64 " bytes, but the file has %" PRIu64
                "%s",
                r->path, count, whole, r->disk_size, r->gzipped ? " gzipped" : "");
  return true;
}

/* Everything after the header: `count` items of `item` bytes. NULL on failure. */
static uint8_t *read_items(reader *r, uint64_t count, uint64_t item, const char *what) {
  const uint64_t whole = r->offset + count * item; /* below 2^42 */
  if (!check_count(r, count, whole)) return NULL;
  uint8_t *items = count * item <= SIZE_MAX ? malloc((size_t)(count * item)) : NULL;
  if (items == NULL) {
    fail(r->error, r->error_size, "%s: no memory for its %" PRIu64 " %s", r->path, count, what);
    return NULL;
  }
  if (read_exactly(r, items, count * item, whole, what) && check_end(r)) return items;
  free(items);
  return NULL;
}

static uint8_t *read_images(reader *r, size_t *count) {
  uint8_t header[IDX_IMAGES_HEADER];
  if (!read_exactly(r, header, 4, sizeof header, "the header")) return NULL;
  if (!check_magic(r, big_endian(header), MAGIC_IMAGES)) return NULL;
  if (!read_exactly(r, header + 4, sizeof header - 4, sizeof header, "the header")) return NULL;
  for (int offset = 8; offset <= 12; offset += 4) {
    const uint32_t side = big_endian(header + offset);
    if (side != IDX_SIDE) {
      fail(r->error, r->error_size, "%s: images have %" PRIu32 " %s, at offset %d, expected %d", r->path, side,
           offset == 8 ? "rows" : "columns", offset, IDX_SIDE);
      return NULL;
    }
  }
  *count = big_endian(header + 4);
  return read_items(r, *count, IDX_PIXELS, "the images");
}

static uint8_t *read_labels(reader *r, size_t *count) {
  uint8_t header[IDX_LABELS_HEADER];
  if (!read_exactly(r, header, 4, sizeof header, "the header")) return NULL;
  if (!check_magic(r, big_endian(header), MAGIC_LABELS)) return NULL;
  if (!read_exactly(r, header + 4, sizeof header - 4, sizeof header, "the header")) return NULL;
  *count = big_endian(header + 4);
  return read_items(r, *count, 1, "the labels");
}

static bool read_file(uint8_t **out, size_t *count, const char *path, uint8_t *(*read)(reader *, size_t *), char *error,
                      size_t error_size) {
  reader r;
  *out = NULL;
  *count = 0;
  if (!reader_open(&r, path, error, error_size)) return false;
  *out = read(&r, count);
  if (*out == NULL) *count = 0;
  gzclose(r.file);
  return *out != NULL;
}

bool idx_read_images(uint8_t **images, size_t *count, const char *path, char *error, size_t error_size) {
  return read_file(images, count, path, read_images, error, error_size);
}

bool idx_read_labels(uint8_t **labels, size_t *count, const char *path, char *error, size_t error_size) {
  return read_file(labels, count, path, read_labels, error, error_size);
}
