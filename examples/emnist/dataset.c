#define _POSIX_C_SOURCE 200809L

#include "dataset.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "glyphs.h"
#include "idx.h"

enum { FILES = 4, PATH_SIZE = 4096 };

static const dataset_split splits[] = {{"balanced", 47, 0}, {"byclass", 62, 0}, {"bymerge", 47, 0},
                                       {"letters", 26, 1},  {"digits", 10, 0},  {"mnist", 10, 0}};

const char dataset_split_names[] = "balanced byclass bymerge letters digits mnist";

/* Where the files may lie in the folder that the user names. */
static const char *const subfolders[] = {"", "/EMNIST/raw", "/raw", "/gzip", "/EMNIST/raw/gzip"};
enum { SUBFOLDERS = sizeof subfolders / sizeof *subfolders };

static const char *const parts[FILES] = {"train-images-idx3", "train-labels-idx1", "test-images-idx3",
                                         "test-labels-idx1"};

typedef struct {
  char paths[FILES][PATH_SIZE];
} file_set;

const dataset_split *dataset_find_split(const char *name) {
  for (size_t i = 0; i < sizeof splits / sizeof *splits; ++i) {
    if (strcmp(splits[i].name, name) == 0) return &splits[i];
  }
  return NULL;
}

/* Puts the path of a file into `path`, raw or else gzipped; false where there is neither. */
static bool find_file(char path[PATH_SIZE], const char *folder, const char *subfolder, const char *split,
                      const char *part) {
  const int length = snprintf(path, PATH_SIZE - 3, "%s%s/emnist-%s-%s-ubyte", folder, subfolder, split, part);
  if (length < 0 || length >= PATH_SIZE - 3) return false;
  if (access(path, F_OK) == 0) return true;
  strcat(path, ".gz");
  return access(path, F_OK) == 0;
}

/* Adds to a message that may be cut off, but never overruns. */
static void append(char *text, size_t size, const char *more) {
  const size_t used = strlen(text), room = size - used - 1, wanted = strlen(more);
  const size_t taken = wanted < room ? wanted : room;
  memcpy(text + used, more, taken);
  text[used + taken] = '\0';
}

/* One line of "where it looked": the folder and what it lacks. */
static void describe_folder(char *text, size_t size, const char *folder, const char *subfolder, unsigned missing) {
  struct stat about;
  char path[PATH_SIZE];
  snprintf(path, sizeof path, "%s%s", folder, subfolder);
  append(text, size, "\n  ");
  append(text, size, path);
  if (stat(path, &about) != 0) {
    append(text, size, ": no such folder");
  } else if (missing == (1u << FILES) - 1u) {
    append(text, size, ": none of them");
  } else {
    append(text, size, ": lacks");
    for (int i = 0; i < FILES; ++i) {
      if ((missing & (1u << i)) == 0) continue;
      append(text, size, " ");
      append(text, size, parts[i]);
    }
  }
}

static bool find_files(file_set *files, const char *folder, const char *split, char *error, size_t error_size) {
  char looked[EMNIST_ERROR_SIZE] = "";
  for (size_t s = 0; s < SUBFOLDERS; ++s) {
    unsigned missing = 0;
    for (int i = 0; i < FILES; ++i) {
      if (!find_file(files->paths[i], folder, subfolders[s], split, parts[i])) missing |= 1u << i;
    }
    if (missing == 0) return true;
    describe_folder(looked, sizeof looked, folder, subfolders[s], missing);
  }
  return fail(
      error, error_size,
      "EMNIST's split \"%s\" is not in %s. It is four files, emnist-%s-{train,test}-{images-idx3,labels-idx1}-ubyte "
      "or the same with .gz, all in one folder; looked in%s",
      split, folder, split, looked);
}

static bool check_labels(dataset *set, const char *path, const dataset_split *split, char *error, size_t error_size) {
  const int last = split->first_label + split->class_count - 1;
  for (size_t i = 0; i < set->count; ++i) {
    const int label = set->labels[i];
    if (label < split->first_label || label > last)
      return fail(error, error_size, "%s: label %d at offset %zu is out of range: %s has %d to %d", path, label,
                  IDX_LABELS_HEADER + i, split->name, split->first_label, last);
    set->labels[i] = (uint8_t)(label - split->first_label);
  }
  return true;
}

static bool load_part(dataset *set, const char *images, const char *labels, const dataset_split *split, char *error,
                      size_t error_size) {
  size_t label_count = 0;
  set->class_count = split->class_count;
  if (!idx_read_images(&set->images, &set->count, images, error, error_size)) return false;
  if (!idx_read_labels(&set->labels, &label_count, labels, error, error_size)) return false;
  if (set->count != label_count)
    return fail(error, error_size, "%s has %zu images, but %s has %zu labels (counts at offset 4)", images, set->count,
                labels, label_count);
  return check_labels(set, labels, split, error, error_size);
}

/* Both parts, or on failure neither. */
static bool keep_both(bool loaded, dataset *train, dataset *test) {
  if (loaded) return true;
  dataset_free(train);
  dataset_free(test);
  return false;
}

bool dataset_load(dataset *train, dataset *test, const char *folder, const dataset_split *split, char *error,
                  size_t error_size) {
  *train = *test = (dataset){0};
  if (split == NULL) return fail(error, error_size, "no such split; EMNIST has: %s", dataset_split_names);
  file_set *files = malloc(sizeof *files);
  if (files == NULL) return fail(error, error_size, "no memory to look for the files in %s", folder);
  const bool loaded = find_files(files, folder, split->name, error, error_size) &&
                      load_part(train, files->paths[0], files->paths[1], split, error, error_size) &&
                      load_part(test, files->paths[2], files->paths[3], split, error, error_size);
  free(files);
  return keep_both(loaded, train, test);
}

static bool generate_part(dataset *set, glyphs_part part, uint64_t seed, int threads, char *error, size_t error_size) {
  set->count = glyphs_count(part);
  set->class_count = GLYPHS_CLASS_COUNT;
  set->images = malloc(set->count * GLYPHS_PIXELS);
  set->labels = malloc(set->count);
  if (set->images == NULL || set->labels == NULL)
    return fail(error, error_size, "no memory for %zu images", set->count);
  return glyphs_generate(set->images, set->labels, part, seed, threads, error, error_size);
}

bool dataset_generate(dataset *train, dataset *test, uint64_t seed, int threads, char *error, size_t error_size) {
  *train = *test = (dataset){0};
  const bool generated = generate_part(train, GLYPHS_TRAIN, seed, threads, error, error_size) &&
                         generate_part(test, GLYPHS_TEST, seed, threads, error, error_size);
  return keep_both(generated, train, test);
}

/* zlib's lengths are of 32 bits. */
static uLong add_to_checksum(uLong sum, const uint8_t *bytes, size_t count) {
  const size_t most = 1 << 30;
  for (; count > most; bytes += most, count -= most) sum = crc32(sum, bytes, (uInt)most);
  return crc32(sum, bytes, (uInt)count);
}

uint32_t dataset_checksum(const dataset *set) {
  const uLong images = add_to_checksum(crc32(0, NULL, 0), set->images, set->count * DATASET_PIXELS);
  return (uint32_t)add_to_checksum(images, set->labels, set->count);
}

void dataset_free(dataset *set) {
  free(set->images);
  free(set->labels);
  *set = (dataset){0};
}
