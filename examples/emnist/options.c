#define _POSIX_C_SOURCE 200809L
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const warmup_names[] = {"linear", "exponential", "radam", "none"};

static const char help[] =
#include "help.inc"
    ;

typedef enum { FLAG, COUNT, NUMBER, SEED, WORD, PATH } kind_of_value;

typedef struct {
  const char *name;
  kind_of_value kind;
  size_t offset;     /* of the value in options */
  int least, most;   /* COUNT */
  double limit;      /* NUMBER: from 0 up to, but without it */
  const char *words; /* WORD */
} option_entry;

#define FLAG(name, field) {name, FLAG, offsetof(options, field), 0, 0, 0, NULL},
#define COUNT(name, field, least, most) {name, COUNT, offsetof(options, field), least, most, 0, NULL},
#define NUMBER(name, field, limit) {name, NUMBER, offsetof(options, field), 0, 0, limit, NULL},
#define SEED(name, field) {name, SEED, offsetof(options, field), 0, 0, 0, NULL},
#define WORD(name, field, words) {name, WORD, offsetof(options, field), 0, 0, 0, words},
#define PATH(name, field) {name, PATH, offsetof(options, field), 0, 0, 0, NULL},
static const option_entry table[] = {
#include "options_table.inc"
};
#undef FLAG
#undef COUNT
#undef NUMBER
#undef SEED
#undef WORD
#undef PATH

enum { OPTIONS = sizeof table / sizeof *table, HELP = OPTIONS, FIRST = 256 };

static const option_entry *find_entry(const char *name) {
  const option_entry *entry = table;
  while (strcmp(entry->name, name) != 0) ++entry;
  return entry;
}

/* ---- values ---- */

static bool complain(const option_entry *option, const char *text, const char *expected) {
  fprintf(stderr, "emnist: --%s is '%s'; it must be %s\n", option->name, text, expected);
  return false;
}

static bool parse_count(const option_entry *option, const char *text, int *out) {
  char *end = NULL;
  char expected[64];
  errno = 0;
  const long value = strtol(text, &end, 10);
  snprintf(expected, sizeof expected, "a whole number from %d to %d", option->least, option->most);
  if (end == text || *end != '\0' || errno != 0 || value < option->least || value > option->most)
    return complain(option, text, expected);
  *out = (int)value;
  return true;
}

static bool parse_seed(const option_entry *option, const char *text, uint64_t *out) {
  char *end = NULL;
  errno = 0;
  const unsigned long long value = strtoull(text, &end, 10);
  if (end == text || *end != '\0' || errno != 0 || strchr(text, '-') != NULL)
    return complain(option, text, "a whole number from 0 to 18446744073709551615");
  *out = value;
  return true;
}

static bool parse_number(const option_entry *option, const char *text, double *out) {
  char *end = NULL;
  const double value = strtod(text, &end);
  if (end == text || *end != '\0' || !isfinite(value) || value < 0 || value >= option->limit)
    return complain(option, text, isinf(option->limit) ? "a number that is not negative" : "a number in [0, 1)");
  *out = value;
  return true;
}

static bool set_warmup(options *out, const char *text) {
  for (int kind = WARMUP_LINEAR; kind <= WARMUP_NONE; ++kind) {
    if (strcmp(text, warmup_names[kind]) != 0) continue;
    out->warmup = (warmup_kind)kind;
    out->warmup_name = warmup_names[kind];
    return true;
  }
  return false;
}

static bool set_split(options *out, const char *text) {
  out->split = dataset_find_split(text);
  return out->split != NULL;
}

static bool parse_word(options *out, const option_entry *option, const char *text) {
  const bool is_warmup = option->offset == offsetof(options, warmup);
  return (is_warmup ? set_warmup(out, text) : set_split(out, text)) || complain(option, text, option->words);
}

static bool parse_option(options *out, const option_entry *option, const char *text) {
  void *value = (char *)out + option->offset;
  switch (option->kind) {
    case FLAG:
      return *(bool *)value = true;
    case COUNT:
      return parse_count(option, text, value);
    case NUMBER:
      return parse_number(option, text, value);
    case SEED:
      return parse_seed(option, text, value);
    case WORD:
      return parse_word(out, option, text);
    case PATH:
      *(const char **)value = text;
      return true;
  }
  return false;
}

static uint64_t bit_of(const option_entry *option) { return UINT64_C(1) << (option - table); }

/* ---- the command line ---- */

static int processor_count(void) {
  const long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? 1 : count > INT_MAX ? INT_MAX : (int)count;
}

static options defaults(void) {
  return (options){.batch_size = 64,
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
}

static void fill_long_options(struct option out[OPTIONS + 2]) {
  for (int i = 0; i < OPTIONS; ++i) {
    const int argument = table[i].kind == FLAG ? no_argument : required_argument;
    out[i] = (struct option){table[i].name, argument, NULL, FIRST + i};
  }
  out[HELP] = (struct option){"help", no_argument, NULL, FIRST + HELP};
  out[OPTIONS + 1] = (struct option){NULL, 0, NULL, 0};
}

/* Sets what the command line has; false where it is wrong, which getopt_long has said of an unknown option. */
static bool read_options(options *out, int argc, char **argv, bool *helped) {
  struct option long_options[OPTIONS + 2];
  fill_long_options(long_options);
  for (int option; (option = getopt_long(argc, argv, "h", long_options, NULL)) != -1;) {
    *helped = option == 'h' || option == FIRST + HELP;
    if (*helped) return true;
    if (option < FIRST || !parse_option(out, &table[option - FIRST], optarg)) return false;
    out->given |= bit_of(&table[option - FIRST]);
  }
  if (optind == argc) return true;
  fprintf(stderr, "emnist: '%s' is no option\n", argv[optind]);
  return false;
}

static bool check_split(const options *settings) {
  if (settings->resume != NULL || !options_given(settings, "split") || settings->data != NULL) return true;
  fputs("emnist: --split chooses among the files of --data, which is not given\n", stderr);
  return false;
}

int options_parse(options *out, int argc, char **argv) {
  bool helped = false;
  *out = defaults();
  const bool right = read_options(out, argc, argv, &helped);
  if (helped) fputs(help, stdout);
  if (helped) return 0;
  if (right && check_split(out)) return -1;
  fputs("Try 'emnist --help'.\n", stderr);
  return 2;
}

bool options_given(const options *settings, const char *name) {
  return (settings->given & bit_of(find_entry(name))) != 0;
}

bool options_set(options *settings, const char *name, const char *text) {
  return parse_option(settings, find_entry(name), text);
}
