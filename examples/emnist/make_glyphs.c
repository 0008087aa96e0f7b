/* Writes generated handwriting-like characters as the four files of EMNIST's balanced split. */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dataset.h"
#include "glyphs.h"
#include "idx.h"

enum { FILES = 4, PATH_SIZE = 4096, EXIT_USAGE = 2 };

typedef struct {
  const char *folder;
  bool gzip, force;
  uint64_t seed;
  int threads;
} settings;

static const char usage[] =
    "usage: make_glyphs [OPTION]... DIR\n"
    "\n"
    "Generates 112,800 training and 18,800 test images of handwriting-like characters and writes them to DIR, which "
    "is\n"
    "made if need be, as EMNIST's own files:\n"
    "\n"
    "  emnist-balanced-{train,test}-{images-idx3,labels-idx1}-ubyte\n"
    "\n"
    "Any reader of EMNIST takes them. torchvision's wants them raw, in EMNIST/raw of its root:\n"
    "\n"
    "  make_glyphs data/EMNIST/raw\n"
    "  torchvision.datasets.EMNIST('data', split='balanced')\n"
    "\n"
    "  --gzip       write them gzipped, with names that end in .gz\n"
    "  --seed N     other images, and always the same for the same N (default: 1)\n"
    "  --threads N  how many threads draw (default: one for each processor)\n"
    "  --force      replace files that are there\n"
    "  --help       this text\n";

static bool parse_number(const char *text, uint64_t most, uint64_t *value) {
  char *end;
  errno = 0;
  const unsigned long long number = strtoull(text, &end, 10);
  *value = number;
  return text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0 && number <= most;
}

static int refuse(const char *what, const char *value) {
  fprintf(stderr, "make_glyphs: %s%s\nTry make_glyphs --help.\n", what, value);
  return EXIT_USAGE;
}

/* 0 to go on, else the exit status plus 1. */
static int parse_options(settings *s, int argc, char **argv) {
  static const struct option options[] = {
      {"gzip", no_argument, NULL, 'z'},       {"force", no_argument, NULL, 'f'},
      {"seed", required_argument, NULL, 's'}, {"threads", required_argument, NULL, 't'},
      {"help", no_argument, NULL, 'h'},       {NULL, 0, NULL, 0}};
  uint64_t threads = 0;
  for (int option; (option = getopt_long(argc, argv, "h", options, NULL)) != -1;) {
    if (option == 'h') return fputs(usage, stdout) < 0 ? 2 : 1;
    if (option == 'z') s->gzip = true;
    if (option == 'f') s->force = true;
    if (option == 's' && !parse_number(optarg, UINT64_MAX, &s->seed))
      return 1 + refuse("--seed must be a whole number of 0 or more, not ", optarg);
    if (option == 't' && !parse_number(optarg, 64, &threads))
      return 1 + refuse("--threads must be 0 to 64, not ", optarg);
    if (option == '?') return 1 + refuse("unknown option, or one without its value", "");
  }
  s->threads = (int)threads;
  if (optind == argc) return 1 + refuse("the folder to write to is missing", "");
  if (optind + 1 < argc) return 1 + refuse("one folder is enough: ", argv[optind + 1]);
  s->folder = argv[optind];
  return 0;
}

/* Makes a folder and those above it. */
static bool make_folder(const char *folder, char *error, size_t error_size) {
  char path[PATH_SIZE];
  if ((size_t)snprintf(path, sizeof path, "%s", folder) >= sizeof path - 64)
    return fail(error, error_size, "%s: the name is too long", folder);
  for (char *end = path + 1;; ++end) {
    if (*end != '/' && *end != '\0') continue;
    const char kept = *end;
    *end = '\0';
    if (mkdir(path, 0777) != 0 && errno != EEXIST) return fail(error, error_size, "%s: %s", path, strerror(errno));
    *end = kept;
    if (kept == '\0') return true;
  }
}

static bool name_files(char paths[FILES][PATH_SIZE], const settings *s, char *error, size_t error_size) {
  static const char *const parts[FILES] = {"train-images-idx3", "train-labels-idx1", "test-images-idx3",
                                           "test-labels-idx1"};
  for (int i = 0; i < FILES; ++i) {
    snprintf(paths[i], PATH_SIZE, "%s/emnist-balanced-%s-ubyte%s", s->folder, parts[i], s->gzip ? ".gz" : "");
    if (!s->force && access(paths[i], F_OK) == 0)
      return fail(error, error_size, "%s is there already; --force replaces it", paths[i]);
  }
  return true;
}

static bool write_all(char paths[FILES][PATH_SIZE], const settings *s, char *error, size_t error_size) {
  dataset train, test;
  printf("Generating %zu + %zu images with seed %" PRIu64 "\n", glyphs_count(GLYPHS_TRAIN), glyphs_count(GLYPHS_TEST),
         s->seed);
  if (!dataset_generate(&train, &test, s->seed, s->threads, error, error_size)) return false;
  const dataset *const sets[] = {&train, &test};
  bool ok = true;
  for (int i = 0; ok && i < FILES; ++i) {
    const dataset *set = sets[i / 2];
    ok = i % 2 == 0 ? idx_write_images(paths[i], set->images, set->count, error, error_size)
                    : idx_write_labels(paths[i], set->labels, set->count, error, error_size);
    if (ok) printf("%s\n", paths[i]);
  }
  dataset_free(&train);
  dataset_free(&test);
  return ok;
}

int main(int argc, char **argv) {
  settings s = {.seed = GLYPHS_DEFAULT_SEED};
  const int stop = parse_options(&s, argc, argv);
  if (stop != 0) return stop - 1;
  static char paths[FILES][PATH_SIZE];
  char error[EMNIST_ERROR_SIZE];
  if (make_folder(s.folder, error, sizeof error) && name_files(paths, &s, error, sizeof error) &&
      write_all(paths, &s, error, sizeof error))
    return EXIT_SUCCESS;
  fprintf(stderr, "make_glyphs: %s\n", error);
  return EXIT_FAILURE;
}
