/* The images that the network learns from and is tested on: EMNIST's files, or generated glyphs.
 *
 *     char error[EMNIST_ERROR_SIZE];
 *     dataset train, test;
 *     if (!dataset_load(&train, &test, "data", dataset_find_split("balanced"), error, sizeof error)) { ... }
 *     ...
 *     dataset_free(&train);
 *     dataset_free(&test);
 */
#ifndef EMNIST_DATASET_H
#define EMNIST_DATASET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fail.h" /* EMNIST_ERROR_SIZE */

enum { DATASET_SIDE = 28, DATASET_PIXELS = DATASET_SIDE * DATASET_SIDE };

typedef struct {
  uint8_t *images; /* count images of DATASET_PIXELS bytes, as EMNIST stores them (transposed) */
  uint8_t *labels; /* count classes, each 0 to class_count - 1 */
  size_t count;
  int class_count;
} dataset;

/* A way in which EMNIST is cut up. */
typedef struct {
  const char *name;
  int class_count;
  int first_label; /* what class 0 is called in the files: 1 for letters, else 0 */
} dataset_split;

/* "balanced byclass bymerge letters digits mnist": for --help and error messages. */
extern const char dataset_split_names[];

/* The split of that name; NULL where there is none. */
const dataset_split *dataset_find_split(const char *name);

/* Loads both parts of a split. The four files are
 *
 *     emnist-SPLIT-{train,test}-{images-idx3,labels-idx1}-ubyte      raw, or with .gz gzipped
 *
 * all in one folder, the first of these that holds all four: `folder`; its EMNIST/raw and raw, where torchvision
 * keeps them; its gzip and EMNIST/raw/gzip, as the archive unpacks.
 *
 * On failure both datasets are empty, and `error` names the file, the offset and the value, or where it looked.
 */
bool dataset_load(dataset *train, dataset *test, const char *folder, const dataset_split *split, char *error,
                  size_t error_size);

/* Generates both parts in memory (see glyphs.h). threads: 0 is one for each processor. */
bool dataset_generate(dataset *train, dataset *test, uint64_t seed, int threads, char *error, size_t error_size);

/* A CRC-32 of the images and labels, by which a run knows its data again. */
uint32_t dataset_checksum(const dataset *set);

/* Frees the images and labels and empties the struct; an empty one is left alone. */
void dataset_free(dataset *set);

#endif
