#define _DEFAULT_SOURCE
#include "progress.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static const double seconds_between_draws = 0.1;

double progress_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void progress_init(progress *out, bool quiet) {
  *out = (progress){.quiet = quiet, .terminal = !quiet && isatty(STDOUT_FILENO) == 1};
}

void progress_start_epoch(progress *out, int epoch, int epochs, size_t first, size_t batches, size_t batch_size) {
  out->epoch = epoch;
  out->epochs = epochs;
  out->first = first;
  out->batches = batches;
  out->batch_size = batch_size;
  out->started = out->drawn = progress_clock();
}

bool progress_due(const progress *self) {
  return self->terminal && progress_clock() - self->drawn >= seconds_between_draws;
}

static int terminal_width(void) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

/* "1:02:03", or "02:03" below an hour. */
static void format_time(char *out, size_t size, double seconds) {
  const long whole = (long)seconds;
  if (whole >= 3600)
    snprintf(out, size, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  else
    snprintf(out, size, "%02ld:%02ld", whole / 60, whole % 60);
}

/* "####------": what of width the share done is. */
static void format_bar(char *out, size_t size, int width, double share) {
  const int most = (int)size - 1;
  const int length = width < 0 ? 0 : width < most ? width : most;
  const int filled = (int)(share * length);
  memset(out, '#', (size_t)filled);
  memset(out + filled, '-', (size_t)(length - filled));
  out[length] = '\0';
}

void progress_draw(progress *self, size_t done, double loss, double lr) {
  if (!self->terminal) return;
  char head[64], tail[128], elapsed[24], left[24], bar[128];
  const double seconds = progress_clock() - self->started;
  const double rate = seconds > 0 ? (double)(done - self->first) / seconds : 0;
  format_time(elapsed, sizeof elapsed, seconds);
  format_time(left, sizeof left, rate > 0 ? (double)(self->batches - done) / rate : 0);
  const int head_length = snprintf(head, sizeof head, "Epoch %d/%d %3.0f%% [", self->epoch, self->epochs,
                                   100.0 * (double)done / (double)self->batches);
  const int tail_length = snprintf(tail, sizeof tail, "] %zu/%zu %s<%s %.1f/s loss %.4f lr %.6f", done, self->batches,
                                   elapsed, left, rate, loss, lr);
  format_bar(bar, sizeof bar, terminal_width() - 1 - head_length - tail_length, (double)done / (double)self->batches);
  printf("\r%s%s%s\033[K", head, bar, tail);
  fflush(stdout);
  self->drawn = progress_clock();
}

void progress_log(const progress *self, size_t done, double loss, double lr) {
  if (self->terminal) return;
  progress_say(self, "Train Epoch: %d [%zu/%zu (%.0f%%)]\tLoss: %.6f LR: %.6f", self->epoch, done * self->batch_size,
               self->batches * self->batch_size, 100.0 * (double)done / (double)self->batches, loss, lr);
}

void progress_end_epoch(progress *self) {
  if (self->terminal) putchar('\n');
  progress_say(self, "Train Elapsed Time: %.3f sec", progress_clock() - self->started);
}

void progress_say(const progress *self, const char *format, ...) {
  if (self->quiet) return;
  va_list arguments;
  va_start(arguments, format);
  vprintf(format, arguments);
  va_end(arguments);
  putchar('\n');
  fflush(stdout);
}

void progress_warn(const progress *self, const char *format, ...) {
  va_list arguments;
  if (self->terminal) fputs("\r\033[K", stdout), fflush(stdout);
  fputs("emnist: ", stderr);
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
}
