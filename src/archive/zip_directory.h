/* Where a zip archive's directory lies, and what each of its records says. */
#ifndef TW_ZIP_DIRECTORY_H
#define TW_ZIP_DIRECTORY_H

#include "archive/zip_read.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tw_zip_directory {
  uint64_t offset, size, count;
} tw_zip_directory;

/* Finds the directory by the records at the end of the file. */
int tw_zip_find_directory(tw_zip_directory *out, const tw_zip_source *source, tw_fault *fault);

/* Takes one record of the directory; *bytes and *length go on to the next. data is left open. */
int tw_zip_parse_record(tw_zip_entry *out, const unsigned char **bytes, size_t *length, tw_fault *fault);

/* Finds an entry's data by its local header, which must agree with the directory. */
int tw_zip_locate(tw_zip_entry *entry, const tw_zip_source *source, uint64_t end, tw_fault *fault);

int tw_zip_read_at(const tw_zip_source *source, uint64_t offset, void *out, size_t count, tw_fault *fault);

/* A number of 2, 4 or 8 bytes, the least significant first. */
uint64_t tw_zip_number(const unsigned char *bytes, size_t count);

#ifdef __cplusplus
}
#endif

#endif
