/* Reading and writing IDX, the format of EMNIST's files, raw or gzipped.
 *
 *     images:  magic 2051, count, rows, columns (four big-endian 32-bit numbers), then a byte a pixel
 *     labels:  magic 2049, count (two), then a byte a label
 *
 * A file whose name ends in .gz is gzipped and any other is raw; one that is not as it is named is refused. Every
 * failure puts a message into `error` that names the file, the offset (in the unpacked bytes) and the value.
 */
#ifndef EMNIST_IDX_H
#define EMNIST_IDX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { IDX_SIDE = 28, IDX_PIXELS = IDX_SIDE * IDX_SIDE, IDX_IMAGES_HEADER = 16, IDX_LABELS_HEADER = 8 };

/* Reads 28 x 28 images. *images is from malloc; NULL on failure. No memory is taken for a count that the file,
 * by its size, cannot hold. */
bool idx_read_images(uint8_t **images, size_t *count, const char *path, char *error, size_t error_size);

/* Reads labels, likewise. */
bool idx_read_labels(uint8_t **labels, size_t *count, const char *path, char *error, size_t error_size);

/* Write a file, gzipped where the name ends in .gz (the same bytes every time: no time or name is stored). It is
 * written under another name and renamed when whole, so `path` is never half a file; one already there is replaced. */
bool idx_write_images(const char *path, const uint8_t *images, size_t count, char *error, size_t error_size);
bool idx_write_labels(const char *path, const uint8_t *labels, size_t count, char *error, size_t error_size);

#endif
