/* Writes a zip archive from front to back, laid out as torch.save does: entries stored, their data aligned. */
#ifndef TWI_ZIP_WRITE_H
#define TWI_ZIP_WRITE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct twi_zip_writer twi_zip_writer;

/* Takes bytes that the archive goes on with. 0, or the errno of what went wrong. */
typedef int (*twi_zip_sink)(void *context, const void *bytes, size_t count);

/* NULL where memory is out. */
twi_zip_writer *twi_zip_writer_new(twi_zip_sink sink, void *context);
void twi_zip_writer_free(twi_zip_writer *writer);

/* An entry of exactly size bytes, given in any number of pieces. Each call gives 0, ENOMEM, EINVAL where the bytes are
   not as many as promised, or what the sink gave. After a failure the archive is of no use. */
int twi_zip_writer_begin(twi_zip_writer *writer, const char *name, uint64_t size);
int twi_zip_writer_write(twi_zip_writer *writer, const void *bytes, size_t count);
int twi_zip_writer_end(twi_zip_writer *writer);

/* The three in one. */
int twi_zip_writer_entry(twi_zip_writer *writer, const char *name, const void *bytes, size_t count);

/* Writes the directory, with which the archive is complete. */
int twi_zip_writer_finish(twi_zip_writer *writer);

#ifdef __cplusplus
}
#endif

#endif
