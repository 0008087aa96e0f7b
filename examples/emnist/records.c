#define _POSIX_C_SOURCE 200809L
#include "records.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

const char *const records_names[TABLES] = {"history.csv", "evaluation.csv"};
static const char *const headers[TABLES] = {"epoch,step,loss,lr\n", "epoch,loss,accuracy\n"};

enum { PATH_SIZE = 4096 };

static bool join(char *out, const char *folder, int which, char *error, size_t error_size) {
  if ((size_t)snprintf(out, PATH_SIZE, "%s/%s", folder, records_names[which]) < PATH_SIZE) return true;
  return fail(error, error_size, "%s/%s: the path is too long", folder, records_names[which]);
}

/* A failure of the operating system with a table. */
static bool refused(const char *folder, int which, const char *what, char *error, size_t error_size) {
  return fail(error, error_size, "%s/%s cannot be %s: %s", folder, records_names[which], what, strerror(errno));
}

/* A table without a row is nothing that could be lost: it is left where a run ends at once. */
static bool has_rows(int which, off_t size) { return size > (off_t)strlen(headers[which]); }

static bool is_taken(const char *path, char *error, size_t error_size) {
  return fail(error, error_size, "%s exists already: give another folder with --output, or remove this one", path);
}

static bool cannot_be(const char *what, const char *folder, char *error, size_t error_size) {
  return fail(error, error_size, "the folder %s cannot be %s: %s", folder, what, strerror(errno));
}

/* Whether files can be made in a folder. */
static bool takes_files(const char *folder) {
  struct stat found;
  if (stat(folder, &found) != 0) return false;
  if (!S_ISDIR(found.st_mode)) return errno = ENOTDIR, false;
  return access(folder, W_OK | X_OK) == 0;
}

/* The folder that a new one would be made in. */
static void parent_of(char out[PATH_SIZE], const char *folder) {
  snprintf(out, PATH_SIZE, "%s", folder);
  size_t end = strlen(out);
  while (end > 1 && out[end - 1] == '/') --end;
  while (end > 0 && out[end - 1] != '/') --end;
  snprintf(out, PATH_SIZE, "%.*s", end > 0 ? (int)end : 1, end > 0 ? folder : ".");
}

bool records_check_folder(const char *folder, char *error, size_t error_size) {
  char parent[PATH_SIZE];
  if (takes_files(folder)) return true;
  if (folder[0] == '\0') return cannot_be("made", folder, error, error_size);
  if (errno != ENOENT) return cannot_be("written to", folder, error, error_size);
  parent_of(parent, folder);
  return takes_files(parent) || cannot_be("made", folder, error, error_size);
}

bool records_check(const char *folder, char *error, size_t error_size) {
  if (!records_check_folder(folder, error, error_size)) return false;
  for (int i = 0; i < TABLES; ++i) {
    char path[PATH_SIZE];
    struct stat found;
    if (!join(path, folder, i, error, error_size)) return false;
    if (stat(path, &found) == 0 && (!S_ISREG(found.st_mode) || has_rows(i, found.st_size)))
      return is_taken(path, error, error_size);
  }
  return true;
}

static void close_all(records *run) {
  for (int i = 0; i < TABLES; ++i)
    if (run->tables[i].file != NULL) fclose(run->tables[i].file);
  *run = (records){0};
}

/* Opens a table and locks it, until it is closed or the program ends. */
static bool open_table(records *run, int which, int flags, char *error, size_t error_size) {
  char path[PATH_SIZE];
  struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  if (!join(path, run->folder, which, error, error_size)) return false;
  const int descriptor = open(path, O_RDWR | O_CLOEXEC | flags, 0666);
  FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "r+");
  if (file == NULL) {
    refused(run->folder, which, (flags & O_CREAT) != 0 ? "created" : "opened", error, error_size);
    if (descriptor >= 0) close(descriptor);
    return false;
  }
  run->tables[which].file = file;
  if (fcntl(descriptor, F_SETLK, &all) == 0) return true;
  if (errno == EACCES || errno == EAGAIN) return fail(error, error_size, "another run is writing to %s", path);
  return refused(run->folder, which, "locked", error, error_size);
}

/* Adds text to a table; it is in the file, whole, when the call returns. */
static bool put(records *run, int which, const char *text, char *error, size_t error_size) {
  table *to = &run->tables[which];
  const size_t length = strlen(text);
  if (fwrite(text, 1, length, to->file) != length || fflush(to->file) != 0)
    return refused(run->folder, which, "written", error, error_size);
  to->written.bytes += (int64_t)length;
  to->written.checksum = (uint32_t)crc32(to->written.checksum, (const Bytef *)text, (uInt)length);
  return true;
}

static bool begin_table(records *run, int which, char *error, size_t error_size) {
  struct stat found;
  char path[PATH_SIZE];
  if (!join(path, run->folder, which, error, error_size) || !open_table(run, which, O_CREAT, error, error_size))
    return false;
  const int descriptor = fileno(run->tables[which].file);
  if (fstat(descriptor, &found) != 0) return refused(run->folder, which, "read", error, error_size);
  if (has_rows(which, found.st_size)) return is_taken(path, error, error_size);
  if (ftruncate(descriptor, 0) != 0) return refused(run->folder, which, "emptied", error, error_size);
  return put(run, which, headers[which], error, error_size);
}

bool records_open(records *out, const char *folder, char *error, size_t error_size) {
  *out = (records){.folder = folder};
  if (mkdir(folder, 0777) != 0 && errno != EEXIST) return cannot_be("made", folder, error, error_size);
  bool opened = true;
  for (int i = 0; opened && i < TABLES; ++i) opened = begin_table(out, i, error, error_size);
  if (!opened) close_all(out);
  return opened;
}

/* Reads as much of a table as a mark says; false where the table is not the one that was marked. */
static bool recognise(records *run, int which, const table_mark *mark, char *error, size_t error_size) {
  table *from = &run->tables[which];
  unsigned char bytes[4096];
  uLong sum = crc32(0, NULL, 0);
  int64_t left = mark->bytes;
  while (left > 0) {
    const size_t count = fread(bytes, 1, left < (int64_t)sizeof bytes ? (size_t)left : sizeof bytes, from->file);
    if (count == 0 && ferror(from->file)) return refused(run->folder, which, "read", error, error_size);
    if (count == 0)
      return fail(error, error_size, "%s/%s has %lld bytes, but had %lld when the checkpoint was saved", run->folder,
                  records_names[which], (long long)(mark->bytes - left), (long long)mark->bytes);
    sum = crc32(sum, bytes, (uInt)count);
    left -= (int64_t)count;
  }
  if ((uint32_t)sum != mark->checksum)
    return fail(error, error_size,
                "%s/%s is not the table that the checkpoint was saved with: its first %lld bytes differ", run->folder,
                records_names[which], (long long)mark->bytes);
  from->written = *mark;
  return true;
}

static bool cut(records *run, int which, char *error, size_t error_size) {
  FILE *file = run->tables[which].file;
  const off_t end = (off_t)run->tables[which].written.bytes;
  if (fseeko(file, end, SEEK_SET) == 0 && ftruncate(fileno(file), end) == 0) return true;
  return refused(run->folder, which, "cut back", error, error_size);
}

bool records_reopen(records *out, const char *folder, const table_mark marks[TABLES], char *error, size_t error_size) {
  *out = (records){.folder = folder};
  bool opened = true;
  for (int i = 0; opened && i < TABLES; ++i)
    opened = open_table(out, i, 0, error, error_size) && recognise(out, i, &marks[i], error, error_size);
  for (int i = 0; opened && i < TABLES; ++i) opened = cut(out, i, error, error_size);
  if (!opened) close_all(out);
  return opened;
}

bool records_add_history(records *run, int epoch, int64_t step, double loss, double lr, char *error,
                         size_t error_size) {
  char row[128];
  snprintf(row, sizeof row, "%d,%lld,%g,%g\n", epoch, (long long)step, loss, lr);
  return put(run, HISTORY, row, error, error_size);
}

bool records_add_evaluation(records *run, int epoch, double loss, double accuracy, char *error, size_t error_size) {
  char row[128];
  snprintf(row, sizeof row, "%d,%g,%.2f\n", epoch, loss, accuracy);
  return put(run, EVALUATION, row, error, error_size);
}

bool records_sync(records *run, char *error, size_t error_size) {
  for (int i = 0; i < TABLES; ++i)
    if (fsync(fileno(run->tables[i].file)) != 0) return refused(run->folder, i, "written", error, error_size);
  return true;
}

bool records_close(records *run, char *error, size_t error_size) {
  bool kept = true;
  for (int i = 0; i < TABLES; ++i)
    if (run->tables[i].file != NULL && fclose(run->tables[i].file) != 0)
      kept = refused(run->folder, i, "written", error, error_size);
  *run = (records){0};
  return kept;
}
