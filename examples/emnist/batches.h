/* Batches of normalised images, in the order of torch.utils.data.DataLoader: shuffled anew each epoch or as stored.
 *
 *     batches *loader = batches_create(&train, &(batches_options){.batch_size = 64, .shuffle = true,
 *                                      .drop_last = true, .seed = 1, .workers = 1}, error, sizeof error);
 *     for (int epoch = 1; epoch <= 10; ++epoch) {
 *       batches_start_epoch(loader, epoch);
 *       for (batch b; batches_next(loader, &b);) { ... b.images, b.labels, b.count ... }
 *     }
 *     batches_free(loader);
 *
 * The order of an epoch depends on the seed, the epoch's number and the number of images alone, so a run can be taken
 * up again at any batch, and a training run gives the same batches on every machine. It is the shuffle of
 * counter_rng.h over the stream (seed, 1, epoch). No number of workers changes it.
 */
#ifndef EMNIST_BATCHES_H
#define EMNIST_BATCHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dataset.h"

typedef struct batches batches;

typedef struct {
  size_t batch_size; /* at least 1 */
  bool shuffle;      /* a new order each epoch */
  bool drop_last;    /* leave out a last batch that is not full */
  uint64_t seed;
  int workers; /* threads that prepare batches ahead; 0: batches_next prepares them itself */
} batches_options;

/* A batch. The buffers belong to the loader, are 64-byte aligned, and hold until the next call of batches_next,
 * batches_start_epoch or batches_free: a tensor made on them without a copy must be done with by then. */
typedef struct {
  float *images;   /* count x 1 x 28 x 28: (pixel / 255 - 0.1751) / 0.3332, in float as torchvision computes it */
  int64_t *labels; /* count */
  size_t count;    /* batch_size, or less in a last batch that is not full */
} batch;

/* Makes a loader. `set` must outlive it. NULL, with a message in `error`, for bad options, a set without a single
 * batch, or no memory or thread to be had. */
batches *batches_create(const dataset *set, const batches_options *options, char *error, size_t error_size);

/* Goes to the start of an epoch, whatever is left of the one before. Needed before the first batches_next. */
void batches_start_epoch(batches *loader, uint64_t epoch);

/* Goes into an epoch, to its batch number `first`, counted from 0: batches_per_epoch of them leave none. The batches
 * before it are not made. */
void batches_enter_epoch(batches *loader, uint64_t epoch, size_t first);

/* The next batch of the epoch, or false at its end. */
bool batches_next(batches *loader, batch *out);

/* Batches in an epoch: len(DataLoader). */
size_t batches_per_epoch(const batches *loader);

/* Ends the workers and frees all. NULL is left alone. */
void batches_free(batches *loader);

/* The normalised value of each byte: what batches hold. */
void batches_normalisation(float table[256]);

#endif
