/* The folder of a run and its two tables, history.csv and evaluation.csv.
 *
 * A checkpoint marks how far the tables were when it was saved. A run that goes on from it cuts them back to the marks,
 * so that no row is missing or there twice, wherever the run before was killed.
 */
#ifndef EMNIST_RECORDS_H
#define EMNIST_RECORDS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "fail.h"

/* How much of a table there is: its size, and a checksum by which it is known again. */
typedef struct {
  int64_t bytes;
  uint32_t checksum; /* CRC-32 */
} table_mark;

typedef struct {
  FILE *file;
  table_mark written;
} table;

enum { HISTORY, EVALUATION, TABLES };

extern const char *const records_names[TABLES]; /* "history.csv", "evaluation.csv" */

typedef struct {
  const char *folder;
  table tables[TABLES]; /* epoch,step,loss,lr and epoch,loss,accuracy */
} records;

/* False, with a message, where the folder takes no files: it cannot be made, or not be written to. */
bool records_check_folder(const char *folder, char *error, size_t error_size);

/* False, with a message, where the folder holds results already, or takes none; to be asked before the long work. */
bool records_check(const char *folder, char *error, size_t error_size);

/* Makes the folder, if need be, and both tables, of which there may be no rows yet. On failure nothing is open. While
   they are open no other run can open them. */
bool records_open(records *out, const char *folder, char *error, size_t error_size);

/* Opens tables that are there, and cuts off what comes after the marks. On failure nothing is open, and nothing has
   changed: where a table is shorter than its mark, or is another one, or is open in another run. */
bool records_reopen(records *out, const char *folder, const table_mark marks[TABLES], char *error, size_t error_size);

/* A row each; it is in the file, whole, when the call returns. step: the step that follows. lr: the rate of the step
   that gave the loss. */
bool records_add_history(records *run, int epoch, int64_t step, double loss, double lr, char *error, size_t error_size);
bool records_add_evaluation(records *run, int epoch, double loss, double accuracy, char *error, size_t error_size);

/* What is written is on the disk when the call returns, for a checkpoint to rest on. */
bool records_sync(records *run, char *error, size_t error_size);

/* Closes both files; false where what was written could not be kept. */
bool records_close(records *run, char *error, size_t error_size);

#endif
