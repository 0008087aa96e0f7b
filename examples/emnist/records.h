/* The folder of a run and its two tables, history.csv and evaluation.csv. */
#ifndef EMNIST_RECORDS_H
#define EMNIST_RECORDS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "fail.h"

typedef struct {
  const char *folder;
  FILE *history;    /* epoch,step,loss,lr */
  FILE *evaluation; /* epoch,loss,accuracy */
} records;

/* False, with a message, where the folder holds results already; to be asked before the long work. */
bool records_check(const char *folder, char *error, size_t error_size);

/* Makes the folder, if need be, and both files, which must not exist. On failure nothing is open. */
bool records_open(records *out, const char *folder, char *error, size_t error_size);

/* A row each; it is in the file, whole, when the call returns. step: the step that follows. lr: the rate of the step
   that gave the loss. */
bool records_add_history(records *run, int epoch, int64_t step, double loss, double lr, char *error, size_t error_size);
bool records_add_evaluation(records *run, int epoch, double loss, double accuracy, char *error, size_t error_size);

/* Closes both files; false where what was written could not be kept. */
bool records_close(records *run, char *error, size_t error_size);

#endif
