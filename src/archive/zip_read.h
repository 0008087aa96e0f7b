/* Reads a zip archive, believing nothing that it says: every entry lies inside the file, none
   overlaps another, no name comes twice, and what an entry says of itself agrees with what the directory says. */
#ifndef TW_ZIP_READ_H
#define TW_ZIP_READ_H

#include <stddef.h>
#include <stdint.h>

#include "archive/checkpoint_fault.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A file, or bytes in memory. */
typedef struct tw_zip_source {
  /* Fills out with count bytes from offset on, which lie within size. 0, or an errno. */
  int (*read)(void *context, uint64_t offset, void *out, size_t count);
  void *context;
  uint64_t size;
} tw_zip_source;

typedef struct tw_zip_entry {
  const char *name; /* in the reader's directory; not ended by a 0 */
  size_t name_length;
  uint64_t header; /* where its local header lies */
  uint64_t data;   /* and its bytes */
  uint64_t size;
  uint64_t packed; /* how many bytes it takes in the file: size, unless it is deflated */
  uint32_t crc;
  int deflated;
} tw_zip_entry;

typedef struct tw_zip_reader {
  tw_zip_source source;
  unsigned char *directory;
  tw_zip_entry *entries; /* by name */
  size_t count;
  size_t first; /* the one that lies first in the file */
} tw_zip_reader;

/* 0, with a fault, where the archive is not one, or has compressed entries. The reader is then empty. */
int tw_zip_open(tw_zip_reader *out, const tw_zip_source *source, tw_fault *fault);

/* The same, but takes compressed entries too; tw_zip_load does not. */
int tw_zip_open_packed(tw_zip_reader *out, const tw_zip_source *source, tw_fault *fault);
void tw_zip_close(tw_zip_reader *reader);

/* NULL where there is none of that name. */
const tw_zip_entry *tw_zip_find(const tw_zip_reader *reader, const char *name, size_t length);

/* An entry's bytes, which must be no more than limit: to be freed. NULL, with a fault, on failure. */
unsigned char *tw_zip_load(const tw_zip_reader *reader, const tw_zip_entry *entry, uint64_t limit, tw_fault *fault);

/* Reads every entry and compares its CRC. */
int tw_zip_verify(const tw_zip_reader *reader, tw_fault *fault);

#ifdef __cplusplus
}
#endif

#endif
