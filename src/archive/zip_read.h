/* Reads a zip archive, believing nothing that it says: every entry lies inside the file, none
   overlaps another, no name comes twice, and what an entry says of itself agrees with what the directory says. */
#ifndef TWI_ZIP_READ_H
#define TWI_ZIP_READ_H

#include <stddef.h>
#include <stdint.h>

#include "archive/checkpoint_fault.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A file, or bytes in memory. */
typedef struct twi_zip_source {
  /* Fills out with count bytes from offset on, which lie within size. 0, or an errno. */
  int (*read)(void *context, uint64_t offset, void *out, size_t count);
  void *context;
  uint64_t size;
} twi_zip_source;

typedef struct twi_zip_entry {
  const char *name; /* in the reader's directory; not ended by a 0 */
  size_t name_length;
  uint64_t header; /* where its local header lies */
  uint64_t data;   /* and its bytes */
  uint64_t size;
  uint64_t packed; /* how many bytes it takes in the file: size, unless it is deflated */
  uint32_t crc;
  int deflated;
} twi_zip_entry;

typedef struct twi_zip_reader {
  twi_zip_source source;
  unsigned char *directory;
  twi_zip_entry *entries; /* by name */
  size_t count;
  size_t first; /* the one that lies first in the file */
} twi_zip_reader;

/* 0, with a fault, where the archive is not one, or has compressed entries. The reader is then empty. */
int twi_zip_open(twi_zip_reader *out, const twi_zip_source *source, twi_fault *fault);

/* The same, but takes compressed entries too; twi_zip_load does not. */
int twi_zip_open_packed(twi_zip_reader *out, const twi_zip_source *source, twi_fault *fault);
void twi_zip_close(twi_zip_reader *reader);

/* NULL where there is none of that name. */
const twi_zip_entry *twi_zip_find(const twi_zip_reader *reader, const char *name, size_t length);

/* An entry's bytes, which must be no more than limit: to be freed. NULL, with a fault, on failure. */
unsigned char *twi_zip_load(const twi_zip_reader *reader, const twi_zip_entry *entry, uint64_t limit, twi_fault *fault);

/* Reads every entry and compares its CRC. */
int twi_zip_verify(const twi_zip_reader *reader, twi_fault *fault);

#ifdef __cplusplus
}
#endif

#endif
