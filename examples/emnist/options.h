/* The command line. */
#ifndef EMNIST_OPTIONS_H
#define EMNIST_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "dataset.h"

typedef enum { WARMUP_LINEAR, WARMUP_EXPONENTIAL, WARMUP_RADAM, WARMUP_NONE } warmup_kind;

typedef struct {
  int batch_size;
  int test_batch_size;
  int epochs;
  double lr;
  double lr_min;
  double weight_decay;
  double beta2;
  uint64_t seed;
  int log_interval;
  warmup_kind warmup;
  const char *warmup_name;
  int workers;
  bool save_model;
  bool no_gpu;
  const char *data; /* a folder of IDX files; NULL: generated glyphs */
  const dataset_split *split;
  const char *output; /* NULL: output_WARMUP */
  int threads;
  int checkpoint_every; /* steps; 0: only after each epoch */
  const char *resume;   /* a checkpoint to go on from, or NULL */
  bool profile;
  bool quiet;
  uint64_t given; /* a bit for each option that the command line has */
} options;

/* Reads the command line. Returns -1 to go on; otherwise the program's exit status, after --help or a message that
   names the option and its value. */
int options_parse(options *out, int argc, char **argv);

/* Whether the command line has the option of that name, such as "lr". */
bool options_given(const options *settings, const char *name);

/* Sets the option of that name as --NAME TEXT does. False, after a message that names both, where the text is not one
   that it takes. text must live as long as the settings. */
bool options_set(options *settings, const char *name, const char *text);

#endif
