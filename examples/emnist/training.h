/* The training run: what it is made of, an epoch of training, a pass over the test images. */
#ifndef EMNIST_TRAINING_H
#define EMNIST_TRAINING_H

#include <stdbool.h>
#include <torch_warmup.h>

#include "batches.h"
#include "network.h"
#include "options.h"
#include "progress.h"
#include "records.h"

/* Seconds of an epoch, by what they went into. */
typedef struct {
  double loading;  /* waiting for a batch, and making tensors of it */
  double network;  /* forward, loss, backward, optimizer */
  double schedule; /* warmup and LR scheduler */
  double logging;  /* rows, lines, the bar */
  double saving;   /* checkpoints */
} time_profile;

typedef struct {
  const options *settings;
  const char *device; /* "cpu" or "cuda" */
  batches *train_batches, *test_batches;
  size_t test_images;
  uint32_t train_checksum, test_checksum; /* of the images and labels */
  network net;
  tw_optimizer *optimizer;
  tw_lr_scheduler *scheduler;
  tw_warmup *warmup;
  records files;
  progress shown;
  bool begun;           /* the files in the folder are this run's */
  tw_checkpoint *saved; /* the one to go on from, or NULL */
  int epoch;            /* in progress, from 1; epochs + 1 when all are done */
  size_t done;          /* training batches of it that are done */
  time_profile profile;
  double loss;            /* the last one that was read */
  bool warned_not_finite; /* said once */
  char error[EMNIST_ERROR_SIZE];
} training;

typedef enum { TRAINING_DONE, TRAINING_INTERRUPTED, TRAINING_FAILED } training_result;

/* Whether the settings are what optimizer, schedule and warmup take, by a step on a single number: a matter of moments, to be
   asked before the long work. Else false with the library's message in error. */
bool training_check(training *run);

/* Makes network, optimizer, scheduler and warmup as the settings say; settings, device and batches are set. False with a
   message in error; training_free frees what there is either way. The struct must stay where it is. */
bool training_create(training *run, int class_count);

/* What is left of the pass over the training images, with a row of history every log_interval steps, and a checkpoint
   every checkpoint_every. */
training_result training_epoch(training *run);

/* Loss and accuracy on the test images, and their row; the epoch is then done, and saved. */
training_result training_evaluate(training *run);

/* Training steps in all epochs, and those that are done. */
int64_t training_steps(const training *run);
int64_t training_steps_done(const training *run);

/* Prints where the last epoch's time went. */
void training_print_profile(const training *run);

void training_free(training *run);

#endif
