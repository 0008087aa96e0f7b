/* What a run says while it goes on: a bar on a terminal, log lines elsewhere. */
#ifndef EMNIST_PROGRESS_H
#define EMNIST_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
  bool quiet;
  bool terminal; /* a bar that is drawn over itself, in place of lines */
  int epoch, epochs;
  size_t batch_size, batches;
  size_t first;          /* batches that an earlier run of the program did */
  double started, drawn; /* seconds, of progress_clock */
} progress;

/* Seconds since some moment, of a clock that nobody sets. */
double progress_clock(void);

void progress_init(progress *out, bool quiet);
void progress_start_epoch(progress *out, int epoch, int epochs, size_t first, size_t batches, size_t batch_size);

/* Whether the bar is due to be drawn again. */
bool progress_due(const progress *self);

/* Draws the bar after `done` batches. */
void progress_draw(progress *self, size_t done, double loss, double lr);

/* The log line after `done` batches, where there is no bar. */
void progress_log(const progress *self, size_t done, double loss, double lr);

/* Ends an epoch's bar, whole or not, and says how long the epoch took. */
void progress_end_epoch(progress *self);

/* A line to standard output, unless quiet. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void progress_say(const progress *self, const char *format, ...);

/* A line to standard error, quiet or not, that does not run into the bar. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void progress_warn(const progress *self, const char *format, ...);

#endif
