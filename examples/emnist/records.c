#define _POSIX_C_SOURCE 200809L
#include "records.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[2] = {"history.csv", "evaluation.csv"};

enum { PATH_SIZE = 4096 };

static bool join(char *out, const char *folder, const char *name, char *error, size_t error_size) {
  if ((size_t)snprintf(out, PATH_SIZE, "%s/%s", folder, name) < PATH_SIZE) return true;
  return fail(error, error_size, "%s/%s: the path is too long", folder, name);
}

bool records_check(const char *folder, char *error, size_t error_size) {
  for (int i = 0; i < 2; ++i) {
    char path[PATH_SIZE];
    if (!join(path, folder, names[i], error, error_size)) return false;
    if (access(path, F_OK) == 0)
      return fail(error, error_size, "%s exists already: give another folder with --output, or remove this one", path);
  }
  return true;
}

static FILE *open_table(const char *folder, const char *name, const char *header, char *error, size_t error_size) {
  char path[PATH_SIZE];
  if (!join(path, folder, name, error, error_size)) return NULL;
  FILE *file = fopen(path, "wx");
  if (file == NULL) {
    fail(error, error_size, "%s cannot be created: %s", path, strerror(errno));
    return NULL;
  }
  if (fputs(header, file) != EOF && fflush(file) == 0) return file;
  fail(error, error_size, "%s cannot be written: %s", path, strerror(errno));
  fclose(file);
  return NULL;
}

bool records_open(records *out, const char *folder, char *error, size_t error_size) {
  *out = (records){.folder = folder};
  if (mkdir(folder, 0777) != 0 && errno != EEXIST)
    return fail(error, error_size, "the folder %s cannot be made: %s", folder, strerror(errno));
  out->history = open_table(folder, names[0], "epoch,step,loss,lr\n", error, error_size);
  if (out->history == NULL) return false;
  out->evaluation = open_table(folder, names[1], "epoch,loss,accuracy\n", error, error_size);
  if (out->evaluation != NULL) return true;
  fclose(out->history);
  *out = (records){0};
  return false;
}

static bool flush(const records *run, FILE *file, int printed, char *error, size_t error_size) {
  if (printed >= 0 && fflush(file) == 0) return true;
  return fail(error, error_size, "%s/%s cannot be written: %s", run->folder, names[file == run->evaluation],
              strerror(errno));
}

bool records_add_history(records *run, int epoch, int64_t step, double loss, double lr, char *error,
                         size_t error_size) {
  const int printed = fprintf(run->history, "%d,%lld,%g,%g\n", epoch, (long long)step, loss, lr);
  return flush(run, run->history, printed, error, error_size);
}

bool records_add_evaluation(records *run, int epoch, double loss, double accuracy, char *error, size_t error_size) {
  const int printed = fprintf(run->evaluation, "%d,%g,%.2f\n", epoch, loss, accuracy);
  return flush(run, run->evaluation, printed, error, error_size);
}

bool records_close(records *run, char *error, size_t error_size) {
  bool kept = true;
  FILE *const files[2] = {run->history, run->evaluation};
  for (int i = 0; i < 2; ++i)
    if (files[i] != NULL && fclose(files[i]) != 0)
      kept = fail(error, error_size, "%s/%s cannot be written: %s", run->folder, names[i], strerror(errno));
  *run = (records){0};
  return kept;
}
