#define _XOPEN_SOURCE 700 /* realpath */
#include "kept_options.h"

#include <stdio.h>
#include <stdlib.h>

typedef enum { INT, DOUBLE, SEED, FLAG, WARMUP, SPLIT, PATH } kind_of_value;

static const struct {
  const char *name;
  bool fixed;
  kind_of_value kind;
  size_t offset;
} table[KEPT_OPTIONS] = {{"batch-size", true, INT, offsetof(options, batch_size)},
                         {"test-batch-size", true, INT, offsetof(options, test_batch_size)},
                         {"epochs", true, INT, offsetof(options, epochs)},
                         {"lr", true, DOUBLE, offsetof(options, lr)},
                         {"lr-min", true, DOUBLE, offsetof(options, lr_min)},
                         {"wd", true, DOUBLE, offsetof(options, weight_decay)},
                         {"beta2", true, DOUBLE, offsetof(options, beta2)},
                         {"warmup", true, WARMUP, 0},
                         {"seed", true, SEED, offsetof(options, seed)},
                         {"log-interval", true, INT, offsetof(options, log_interval)},
                         {"split", true, SPLIT, 0},
                         {"data", false, PATH, 0}, /* it may have moved; the images themselves are compared */
                         {"workers", false, INT, offsetof(options, workers)},
                         {"threads", false, INT, offsetof(options, threads)},
                         {"checkpoint-every", false, INT, offsetof(options, checkpoint_every)},
                         {"save-model", false, FLAG, offsetof(options, save_model)},
                         {"no-gpu", false, FLAG, offsetof(options, no_gpu)}};

const char *kept_option_name(size_t index) { return table[index].name; }

bool kept_option_is_fixed(size_t index) { return table[index].fixed; }

bool kept_option_is_required(size_t index) {
  const kind_of_value kind = table[index].kind;
  return kind != FLAG && kind != SPLIT && kind != PATH;
}

/* The shortest text that gives the same number back. */
static void print_double(char *out, double value) {
  for (int digits = 1; digits <= 17; ++digits) {
    snprintf(out, KEPT_TEXT_SIZE, "%.*g", digits, value);
    if (strtod(out, NULL) == value) return;
  }
}

/* The folder's full path, so that the run can go on from any folder. */
static void print_path(char *out, const char *path) {
  char *full = realpath(path, NULL);
  snprintf(out, KEPT_TEXT_SIZE, "%s", full != NULL ? full : path);
  free(full);
}

bool kept_option_text(char out[KEPT_TEXT_SIZE], const options *settings, size_t index) {
  const void *value = (const char *)settings + table[index].offset;
  switch (table[index].kind) {
    case INT:
      snprintf(out, KEPT_TEXT_SIZE, "%d", *(const int *)value);
      return true;
    case DOUBLE:
      print_double(out, *(const double *)value);
      return true;
    case SEED:
      snprintf(out, KEPT_TEXT_SIZE, "%llu", (unsigned long long)*(const uint64_t *)value);
      return true;
    case FLAG:
      snprintf(out, KEPT_TEXT_SIZE, "yes");
      return *(const bool *)value;
    case WARMUP:
      snprintf(out, KEPT_TEXT_SIZE, "%s", settings->warmup_name);
      return true;
    case SPLIT:
      snprintf(out, KEPT_TEXT_SIZE, "%s", settings->split->name);
      return settings->data != NULL;
    case PATH:
      if (settings->data == NULL) return false;
      print_path(out, settings->data);
      return true;
  }
  return false;
}
