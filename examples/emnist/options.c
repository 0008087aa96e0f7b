#define _POSIX_C_SOURCE 200809L
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const warmup_names[] = {"linear", "exponential", "radam", "none"};

static const char help[] =
    "Usage: emnist [OPTION]...\n"
    "Trains a convolutional network on EMNIST, or on generated characters in EMNIST's form, with AdamW, a cosine\n"
    "schedule and a learning-rate warmup. Writes history.csv, evaluation.csv and checkpoint.pt to a new folder.\n"
    "\n"
    "Training\n"
    "      --batch-size N        images in a training batch (default: 64)\n"
    "      --test-batch-size N   images in a test batch (default: 1000)\n"
    "      --epochs N            passes over the training images (default: 10)\n"
    "      --lr LR               base learning rate (default: 0.01)\n"
    "      --lr-min LR           the rate at which the cosine ends (default: 1e-5)\n"
    "      --wd WD               weight decay (default: 0.01)\n"
    "      --beta2 B2            AdamW's beta2 (default: 0.999)\n"
    "      --warmup KIND         linear, exponential, radam or none (default: linear); all but none are untuned:\n"
    "                            their period comes from beta2\n"
    "      --seed N              seed of the weights and of the order of the images (default: 1)\n"
    "\n"
    "Data\n"
    "      --data DIR            a folder with EMNIST's IDX files, raw or gzipped; without it, characters are "
    "generated\n"
    "      --split NAME          which of EMNIST's splits to take from DIR: balanced, byclass, bymerge, letters,\n"
    "                            digits or mnist (default: balanced)\n"
    "      --workers N           threads that prepare batches ahead (default: 0, none)\n"
    "\n"
    "Output\n"
    "      --output DIR          the folder to write to (default: output_KIND); results in it are never overwritten\n"
    "      --save-model          write the trained weights to emnist_cnn.pt, for torch.load in Python\n"
    "      --log-interval N      steps between two rows of the history (default: 10)\n"
    "      --profile             say after each epoch where the time went\n"
    "      --quiet               print warnings and errors only\n"
    "\n"
    "Going on after an end, whatever ended the run\n"
    "      --checkpoint-every N  save checkpoint.pt every N steps too (default: 0, only after each epoch and when\n"
    "                            Ctrl-C or SIGTERM ends the run)\n"
    "      --resume FILE         go on from FILE, such as output_linear/checkpoint.pt, as if the run had never ended:\n"
    "                            same rows, same weights, to the last bit. Results go to FILE's folder; rows that "
    "came\n"
    "                            after FILE was saved are made anew. Options come from FILE too; of those given, only\n"
    "                            --data, --threads, --workers, --checkpoint-every and what concerns the output may\n"
    "                            differ\n"
    "\n"
    "Machine\n"
    "      --no-gpu              train on the CPU even where there is a CUDA device\n"
    "      --threads N           threads an operator may use on the CPU (default: the number of processors)\n"
    "\n"
    "      --help                print this and exit\n"
    "\n"
    "Exit status: 0 success, 1 failure, 2 wrong usage; 130, 143 ended by Ctrl-C, by SIGTERM, after the step in\n"
    "progress.\n";

enum {
  OPT_BATCH_SIZE = 256,
  OPT_TEST_BATCH_SIZE,
  OPT_EPOCHS,
  OPT_LR,
  OPT_LR_MIN,
  OPT_WD,
  OPT_BETA2,
  OPT_SEED,
  OPT_LOG_INTERVAL,
  OPT_WARMUP,
  OPT_WORKERS,
  OPT_SAVE_MODEL,
  OPT_NO_GPU,
  OPT_DATA,
  OPT_SPLIT,
  OPT_OUTPUT,
  OPT_CHECKPOINT_EVERY,
  OPT_RESUME,
  OPT_THREADS,
  OPT_PROFILE,
  OPT_QUIET,
  OPT_HELP
};

static const struct option long_options[] = {{"batch-size", required_argument, NULL, OPT_BATCH_SIZE},
                                             {"test-batch-size", required_argument, NULL, OPT_TEST_BATCH_SIZE},
                                             {"epochs", required_argument, NULL, OPT_EPOCHS},
                                             {"lr", required_argument, NULL, OPT_LR},
                                             {"lr-min", required_argument, NULL, OPT_LR_MIN},
                                             {"wd", required_argument, NULL, OPT_WD},
                                             {"beta2", required_argument, NULL, OPT_BETA2},
                                             {"seed", required_argument, NULL, OPT_SEED},
                                             {"log-interval", required_argument, NULL, OPT_LOG_INTERVAL},
                                             {"warmup", required_argument, NULL, OPT_WARMUP},
                                             {"workers", required_argument, NULL, OPT_WORKERS},
                                             {"save-model", no_argument, NULL, OPT_SAVE_MODEL},
                                             {"no-gpu", no_argument, NULL, OPT_NO_GPU},
                                             {"data", required_argument, NULL, OPT_DATA},
                                             {"split", required_argument, NULL, OPT_SPLIT},
                                             {"output", required_argument, NULL, OPT_OUTPUT},
                                             {"checkpoint-every", required_argument, NULL, OPT_CHECKPOINT_EVERY},
                                             {"resume", required_argument, NULL, OPT_RESUME},
                                             {"threads", required_argument, NULL, OPT_THREADS},
                                             {"profile", no_argument, NULL, OPT_PROFILE},
                                             {"quiet", no_argument, NULL, OPT_QUIET},
                                             {"help", no_argument, NULL, OPT_HELP},
                                             {NULL, 0, NULL, 0}};

static const char *name_of(int option) {
  for (const struct option *entry = long_options; entry->name != NULL; ++entry)
    if (entry->val == option) return entry->name;
  return "?";
}

static int option_of(const char *name) {
  const struct option *entry = long_options;
  while (entry->name != NULL && strcmp(entry->name, name) != 0) ++entry;
  return entry->val;
}

static bool complain(int option, const char *text, const char *expected) {
  fprintf(stderr, "emnist: --%s is '%s'; it must be %s\n", name_of(option), text, expected);
  return false;
}

/* A whole number from least to INT_MAX. */
static bool parse_int(int option, const char *text, int least, int *out) {
  char *end = NULL;
  char expected[64];
  errno = 0;
  const long value = strtol(text, &end, 10);
  snprintf(expected, sizeof expected, "a whole number from %d to %d", least, INT_MAX);
  if (end == text || *end != '\0' || errno != 0 || value < least || value > INT_MAX)
    return complain(option, text, expected);
  *out = (int)value;
  return true;
}

static bool parse_seed(int option, const char *text, uint64_t *out) {
  char *end = NULL;
  errno = 0;
  const unsigned long long value = strtoull(text, &end, 10);
  if (end == text || *end != '\0' || errno != 0 || strchr(text, '-') != NULL)
    return complain(option, text, "a whole number from 0 to 18446744073709551615");
  *out = value;
  return true;
}

/* A number from 0 up to, but without, limit. */
static bool parse_double(int option, const char *text, double limit, double *out) {
  char *end = NULL;
  const double value = strtod(text, &end);
  if (end == text || *end != '\0' || !isfinite(value) || value < 0 || value >= limit)
    return complain(option, text, isinf(limit) ? "a number that is not negative" : "a number in [0, 1)");
  *out = value;
  return true;
}

static bool parse_warmup(int option, const char *text, options *out) {
  for (int kind = WARMUP_LINEAR; kind <= WARMUP_NONE; ++kind) {
    if (strcmp(text, warmup_names[kind]) != 0) continue;
    out->warmup = (warmup_kind)kind;
    out->warmup_name = warmup_names[kind];
    return true;
  }
  return complain(option, text, "linear, exponential, radam or none");
}

static bool parse_split(int option, const char *text, options *out) {
  out->split = dataset_find_split(text);
  return out->split != NULL || complain(option, text, "balanced, byclass, bymerge, letters, digits or mnist");
}

static bool parse_option(options *out, int option, const char *text) {
  switch (option) {
    case OPT_BATCH_SIZE:
      return parse_int(option, text, 1, &out->batch_size);
    case OPT_TEST_BATCH_SIZE:
      return parse_int(option, text, 1, &out->test_batch_size);
    case OPT_EPOCHS:
      return parse_int(option, text, 1, &out->epochs);
    case OPT_LR:
      return parse_double(option, text, INFINITY, &out->lr);
    case OPT_LR_MIN:
      return parse_double(option, text, INFINITY, &out->lr_min);
    case OPT_WD:
      return parse_double(option, text, INFINITY, &out->weight_decay);
    case OPT_BETA2:
      return parse_double(option, text, 1.0, &out->beta2);
    case OPT_SEED:
      return parse_seed(option, text, &out->seed);
    case OPT_LOG_INTERVAL:
      return parse_int(option, text, 1, &out->log_interval);
    case OPT_WARMUP:
      return parse_warmup(option, text, out);
    case OPT_WORKERS:
      return parse_int(option, text, 0, &out->workers);
    case OPT_SAVE_MODEL:
      return out->save_model = true;
    case OPT_NO_GPU:
      return out->no_gpu = true;
    case OPT_DATA:
      out->data = text;
      return true;
    case OPT_SPLIT:
      return parse_split(option, text, out);
    case OPT_OUTPUT:
      out->output = text;
      return true;
    case OPT_CHECKPOINT_EVERY:
      return parse_int(option, text, 0, &out->checkpoint_every);
    case OPT_RESUME:
      out->resume = text;
      return true;
    case OPT_THREADS:
      return parse_int(option, text, 1, &out->threads);
    case OPT_PROFILE:
      return out->profile = true;
    case OPT_QUIET:
      return out->quiet = true;
    default:
      return false; /* getopt_long has said what is wrong */
  }
}

static uint64_t bit_of(int option) { return UINT64_C(1) << (option - OPT_BATCH_SIZE); }

static bool is_given(const options *settings, int option) { return (settings->given & bit_of(option)) != 0; }

static int processor_count(void) {
  const long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? 1 : count > INT_MAX ? INT_MAX : (int)count;
}

int options_parse(options *out, int argc, char **argv) {
  *out = (options){.batch_size = 64,
                   .test_batch_size = 1000,
                   .epochs = 10,
                   .lr = 0.01,
                   .lr_min = 1e-5,
                   .weight_decay = 0.01,
                   .beta2 = 0.999,
                   .seed = 1,
                   .log_interval = 10,
                   .warmup = WARMUP_LINEAR,
                   .warmup_name = warmup_names[WARMUP_LINEAR],
                   .split = dataset_find_split("balanced"),
                   .threads = processor_count()};
  bool right = true;
  for (int option; right && (option = getopt_long(argc, argv, "h", long_options, NULL)) != -1;) {
    if (option == OPT_HELP || option == 'h') {
      fputs(help, stdout);
      return 0;
    }
    right = parse_option(out, option, optarg);
    if (right) out->given |= bit_of(option);
  }
  if (right && optind < argc) {
    fprintf(stderr, "emnist: '%s' is no option\n", argv[optind]);
    right = false;
  }
  if (right && out->resume == NULL && is_given(out, OPT_SPLIT) && out->data == NULL) {
    fputs("emnist: --split chooses among the files of --data, which is not given\n", stderr);
    right = false;
  }
  if (!right) fputs("Try 'emnist --help'.\n", stderr);
  return right ? -1 : 2;
}

bool options_given(const options *settings, const char *name) { return is_given(settings, option_of(name)); }

bool options_set(options *settings, const char *name, const char *text) {
  return parse_option(settings, option_of(name), text);
}
