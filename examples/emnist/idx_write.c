#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "fail.h"
#include "idx.h"

enum { CHUNK = 1 << 20, TEMPORARY_SUFFIX = 32 };

static void put_big_endian(uint8_t *bytes, uint32_t value) {
  for (int i = 0; i < 4; ++i) bytes[i] = (uint8_t)(value >> (24 - 8 * i));
}

/* zlib's mode for a path: gzipped by its name, raw ("T", transparent) else. gzopen stores no time and no name. */
static const char *mode_of(const char *path) {
  const size_t length = strlen(path);
  return length > 3 && strcmp(path + length - 3, ".gz") == 0 ? "wb6" : "wbT";
}

static bool put(gzFile file, const uint8_t *bytes, size_t size) {
  while (size > 0) {
    const unsigned part = size < CHUNK ? (unsigned)size : (unsigned)CHUNK;
    if (gzwrite(file, bytes, part) != (int)part) return false;
    bytes += part;
    size -= part;
  }
  return true;
}

static bool write_temporary(const char *temporary, const char *mode, const uint8_t *header, size_t header_size,
                            const uint8_t *items, size_t size) {
  gzFile file = gzopen(temporary, mode);
  if (file == NULL) return false;
  gzbuffer(file, CHUNK);
  const bool written = put(file, header, header_size) && put(file, items, size);
  const int reason = errno; /* of the write: closing may change it */
  const bool closed = gzclose(file) == Z_OK;
  if (!written) errno = reason;
  return written && closed;
}

static bool write_file(const char *path, const uint8_t *header, size_t header_size, const uint8_t *items, size_t size,
                       char *error, size_t error_size) {
  const size_t room = strlen(path) + TEMPORARY_SUFFIX;
  char *temporary = malloc(room);
  if (temporary == NULL) return fail(error, error_size, "%s: no memory to write it", path);
  snprintf(temporary, room, "%s.%ld.part", path, (long)getpid());
  errno = 0;
  const bool ok =
      write_temporary(temporary, mode_of(path), header, header_size, items, size) && rename(temporary, path) == 0;
  if (!ok) {
    fail(error, error_size, "%s: cannot write: %s", path, errno != 0 ? strerror(errno) : "zlib failed");
    unlink(temporary);
  }
  free(temporary);
  return ok;
}

bool idx_write_images(const char *path, const uint8_t *images, size_t count, char *error, size_t error_size) {
  uint8_t header[IDX_IMAGES_HEADER];
  if (count > UINT32_MAX) return fail(error, error_size, "%s: %zu images are more than IDX can count", path, count);
  put_big_endian(header, 2051);
  put_big_endian(header + 4, (uint32_t)count);
  put_big_endian(header + 8, IDX_SIDE);
  put_big_endian(header + 12, IDX_SIDE);
  return write_file(path, header, sizeof header, images, count * IDX_PIXELS, error, error_size);
}

bool idx_write_labels(const char *path, const uint8_t *labels, size_t count, char *error, size_t error_size) {
  uint8_t header[IDX_LABELS_HEADER];
  if (count > UINT32_MAX) return fail(error, error_size, "%s: %zu labels are more than IDX can count", path, count);
  put_big_endian(header, 2049);
  put_big_endian(header + 4, (uint32_t)count);
  return write_file(path, header, sizeof header, labels, count, error, error_size);
}
