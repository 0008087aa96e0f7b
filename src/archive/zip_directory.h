/* Where a zip archive's directory lies, and what each of its records says. */
#ifndef TWI_ZIP_DIRECTORY_H
#define TWI_ZIP_DIRECTORY_H

#include "archive/zip_read.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct twi_zip_directory {
  uint64_t offset, size, count;
} twi_zip_directory;

/* Finds the directory by the records at the end of the file. */
int twi_zip_find_directory(twi_zip_directory *out, const twi_zip_source *source, twi_fault *fault);

/* Takes one record of the directory; *bytes and *length go on to the next. data is left open. */
int twi_zip_parse_record(twi_zip_entry *out, const unsigned char **bytes, size_t *length, twi_fault *fault);

/* Finds an entry's data by its local header, which must agree with the directory. */
int twi_zip_locate(twi_zip_entry *entry, const twi_zip_source *source, uint64_t end, twi_fault *fault);

int twi_zip_read_at(const twi_zip_source *source, uint64_t offset, void *out, size_t count, twi_fault *fault);

/* A number of 2, 4 or 8 bytes, the least significant first. */
uint64_t twi_zip_number(const unsigned char *bytes, size_t count);

#ifdef __cplusplus
}
#endif

#endif
