#define _POSIX_C_SOURCE 200809L
#include "run_state.h"

#include <string.h>
#include <sys/stat.h>

#include "kept_options.h"

/* Leaves the function with the first failure of the library, whose message is in tw_last_error. */
#define TRY(call)                   \
  do {                              \
    status = (call);                \
    if (status != TW_OK) goto done; \
  } while (0)

/* What a checkpoint of this program is known by; another layout gets another number. */
static const char layout[] = "emnist run 1";

enum { KEY_SIZE = 64, TEXT_SIZE = 64 };

/* ---- where ---- */

static bool is_same_folder(const char *one, const char *other) {
  struct stat first, second;
  return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

/* The folder of the checkpoint that --resume names. */
static int folder_of_checkpoint(char out[RUN_STATE_PATH_SIZE], const char *path) {
  const char *slash = strrchr(path, '/');
  if (slash == NULL) return snprintf(out, RUN_STATE_PATH_SIZE, ".");
  return snprintf(out, RUN_STATE_PATH_SIZE, "%.*s", slash > path ? (int)(slash - path) : 1, path);
}

bool run_state_folder(char out[RUN_STATE_PATH_SIZE], training *run) {
  const options *settings = run->settings;
  const int length = settings->resume != NULL ? folder_of_checkpoint(out, settings->resume)
                     : settings->output != NULL
                         ? snprintf(out, RUN_STATE_PATH_SIZE, "%s", settings->output)
                         : snprintf(out, RUN_STATE_PATH_SIZE, "output_%s", settings->warmup_name);
  if (length >= RUN_STATE_PATH_SIZE) return fail(run->error, sizeof run->error, "the path of the output is too long");
  if (settings->resume == NULL || settings->output == NULL || is_same_folder(settings->output, out)) return true;
  return fail(run->error, sizeof run->error, "--output is %s, but --resume goes on in the folder of its checkpoint, %s",
              settings->output, out);
}

bool run_state_path(char out[RUN_STATE_PATH_SIZE], training *run, const char *folder) {
  if (snprintf(out, RUN_STATE_PATH_SIZE, "%s/checkpoint.pt", folder) < RUN_STATE_PATH_SIZE) return true;
  return fail(run->error, sizeof run->error, "%s/checkpoint.pt: the path is too long", folder);
}

/* ---- saving ---- */

static tw_status put_options(tw_checkpoint *to, const options *settings) {
  tw_status status = TW_OK;
  for (size_t i = 0; i < KEPT_OPTIONS; ++i) {
    char key[KEY_SIZE], text[KEPT_TEXT_SIZE];
    if (!kept_option_text(text, settings, i)) continue;
    snprintf(key, sizeof key, "--%s", kept_option_name(i));
    status = tw_checkpoint_put_string(to, key, text);
    /* Only a folder's name can be no UTF-8: then --data has to be given when the run goes on. */
    if (status == TW_ERROR_ARGUMENT && !kept_option_is_required(i)) status = TW_OK;
    TRY(status);
  }
done:
  return status;
}

static tw_status put_marks(tw_checkpoint *to, const records *files) {
  tw_status status = TW_OK;
  for (int i = 0; i < TABLES; ++i) {
    char key[KEY_SIZE];
    snprintf(key, sizeof key, "%s bytes", records_names[i]);
    TRY(tw_checkpoint_put_int64(to, key, files->tables[i].written.bytes));
    snprintf(key, sizeof key, "%s checksum", records_names[i]);
    TRY(tw_checkpoint_put_int64(to, key, files->tables[i].written.checksum));
  }
done:
  return status;
}

/* Where the run is, and what it needs to find there again. */
static tw_status put_place(tw_checkpoint *to, const training *run) {
  tw_status status = TW_OK;
  TRY(tw_checkpoint_put_string(to, "layout", layout));
  TRY(tw_checkpoint_put_int64(to, "epoch", run->epoch));
  TRY(tw_checkpoint_put_int64(to, "batches_done", (int64_t)run->done));
  TRY(tw_checkpoint_put_int64(to, "warned_not_finite", run->warned_not_finite));
  TRY(tw_checkpoint_put_int64(to, "train_checksum", run->train_checksum));
  TRY(tw_checkpoint_put_int64(to, "test_checksum", run->test_checksum));
  TRY(tw_checkpoint_put_string(to, "torch_version", tw_torch_version()));
  TRY(tw_checkpoint_put_string(to, "device", run->device));
  TRY(put_options(to, run->settings));
  TRY(put_marks(to, &run->files));
done:
  return status;
}

static tw_status put_objects(tw_checkpoint *to, const training *run) {
  tw_status status = TW_OK;
  TRY(tw_checkpoint_put_module(to, "model", run->net.module));
  TRY(tw_checkpoint_put_optimizer(to, "optimizer", run->optimizer));
  TRY(tw_checkpoint_put_lr_scheduler(to, "lr_scheduler", run->scheduler));
  TRY(tw_checkpoint_put_warmup(to, "warmup", run->warmup));
  TRY(tw_checkpoint_put_rng_state(to, "rng_state"));
done:
  return status;
}

static tw_status save_to(const char *path, const training *run) {
  tw_checkpoint *checkpoint = NULL;
  tw_status status = TW_OK;
  TRY(tw_checkpoint_create(&checkpoint));
  TRY(put_place(checkpoint, run));
  TRY(put_objects(checkpoint, run));
  TRY(tw_checkpoint_save(checkpoint, path));
done:
  tw_checkpoint_free(checkpoint);
  return status;
}

bool run_state_save(training *run) {
  char path[RUN_STATE_PATH_SIZE];
  if (!run_state_path(path, run, run->files.folder)) return false;
  /* The rows first: a checkpoint must never mark more of a table than there is. */
  if (!records_sync(&run->files, run->error, sizeof run->error)) return false;
  if (save_to(path, run) == TW_OK) return true;
  return fail(run->error, sizeof run->error, "%s", tw_last_error());
}

/* ---- loading: the options ---- */

/* Says why the checkpoint of --resume cannot be gone on from. */
static bool unusable(training *run) {
  return fail(run->error, sizeof run->error, "%s: %s", run->settings->resume, tw_last_error());
}

static bool check_layout(training *run) {
  char found[TEXT_SIZE] = "";
  int32_t there = 0;
  if (tw_checkpoint_has(&there, run->saved, "layout") != TW_OK) return unusable(run);
  if (there != 0 && tw_checkpoint_get_string(found, sizeof found, NULL, run->saved, "layout") == TW_OK &&
      strcmp(found, layout) == 0)
    return true;
  return fail(run->error, sizeof run->error, "%s was not saved by a run of this program, or by one of another version",
              run->settings->resume);
}

/* An option that both the command line and the checkpoint have, or that the checkpoint has not: text is "" then. */
static bool compare_option(training *run, const options *settings, size_t index, const char *text) {
  char given[KEPT_TEXT_SIZE];
  if (!kept_option_is_fixed(index)) return true;
  if (!kept_option_text(given, settings, index)) /* --split without --data */
    snprintf(given, sizeof given, "%s", settings->split->name);
  if (strcmp(given, text) == 0) return true;
  return fail(run->error, sizeof run->error, "--%s is %s, but the run of %s has %s: leave --%s out, or start a new run",
              kept_option_name(index), given, settings->resume, text[0] != '\0' ? text : "none",
              kept_option_name(index));
}

static bool take_option(training *run, options *settings, size_t index) {
  static char texts[KEPT_OPTIONS][KEPT_TEXT_SIZE]; /* the settings point into them */
  const char *name = kept_option_name(index);
  char *text = texts[index], key[KEY_SIZE];
  int32_t there = 0;
  snprintf(key, sizeof key, "--%s", name);
  if (tw_checkpoint_has(&there, run->saved, key) != TW_OK) return unusable(run);
  if ((there != 0 || kept_option_is_required(index)) &&
      tw_checkpoint_get_string(text, KEPT_TEXT_SIZE, NULL, run->saved, key) != TW_OK)
    return unusable(run);
  if (options_given(settings, name)) return compare_option(run, settings, index, text);
  if (there == 0 || options_set(settings, name, text)) return true;
  return fail(run->error, sizeof run->error, "%s has no valid --%s", settings->resume, name);
}

bool run_state_load(training *run, options *settings) {
  if (tw_checkpoint_load(&run->saved, settings->resume) != TW_OK)
    return fail(run->error, sizeof run->error, "%s", tw_last_error());
  bool right = check_layout(run);
  for (size_t i = 0; right && i < KEPT_OPTIONS; ++i) right = take_option(run, settings, i);
  return right;
}

/* ---- loading: the state ---- */

static bool check_data(training *run) {
  int64_t train = 0, test = 0;
  if (tw_checkpoint_get_int64(&train, run->saved, "train_checksum") != TW_OK ||
      tw_checkpoint_get_int64(&test, run->saved, "test_checksum") != TW_OK)
    return unusable(run);
  if (train == run->train_checksum && test == run->test_checksum) return true;
  const bool training_differs = train != run->train_checksum;
  return fail(
      run->error, sizeof run->error,
      "the %s images %s%s are not those of the run of %s (checksum %08llx, not %08llx): give its own with --data",
      training_differs ? "training" : "test", run->settings->data != NULL ? "in " : "generated here",
      run->settings->data != NULL ? run->settings->data : "", run->settings->resume,
      (unsigned long long)(training_differs ? run->train_checksum : run->test_checksum),
      (unsigned long long)(training_differs ? train : test));
}

static bool get_place(training *run) {
  int64_t epoch = 0, done = 0, warned = 0;
  if (tw_checkpoint_get_int64(&epoch, run->saved, "epoch") != TW_OK ||
      tw_checkpoint_get_int64(&done, run->saved, "batches_done") != TW_OK ||
      tw_checkpoint_get_int64(&warned, run->saved, "warned_not_finite") != TW_OK)
    return unusable(run);
  if (epoch < 1 || epoch > run->settings->epochs + 1 || done < 0 ||
      done > (int64_t)batches_per_epoch(run->train_batches))
    return fail(run->error, sizeof run->error, "%s is at batch %lld of epoch %lld, which the run does not have",
                run->settings->resume, (long long)done, (long long)epoch);
  run->epoch = (int)epoch;
  run->done = (size_t)done;
  run->warned_not_finite = warned != 0;
  return true;
}

static bool get_objects(training *run) {
  tw_status status = TW_OK;
  TRY(tw_checkpoint_restore_module(run->net.module, run->saved, "model", 1));
  TRY(tw_checkpoint_restore_optimizer(run->optimizer, run->saved, "optimizer"));
  TRY(tw_checkpoint_restore_lr_scheduler(run->scheduler, run->saved, "lr_scheduler"));
  TRY(tw_checkpoint_restore_warmup(run->warmup, run->saved, "warmup"));
  TRY(tw_checkpoint_restore_rng_state(run->saved, "rng_state")); /* last: what comes before might draw numbers */
done:
  return status == TW_OK || unusable(run);
}

static bool reopen_tables(training *run, const char *folder) {
  table_mark marks[TABLES];
  for (int i = 0; i < TABLES; ++i) {
    char key[KEY_SIZE];
    int64_t checksum = 0;
    snprintf(key, sizeof key, "%s bytes", records_names[i]);
    if (tw_checkpoint_get_int64(&marks[i].bytes, run->saved, key) != TW_OK) return unusable(run);
    snprintf(key, sizeof key, "%s checksum", records_names[i]);
    if (tw_checkpoint_get_int64(&checksum, run->saved, key) != TW_OK) return unusable(run);
    marks[i].checksum = (uint32_t)checksum;
  }
  return records_reopen(&run->files, folder, marks, run->error, sizeof run->error);
}

/* Where the run goes on with other means, it goes on, but no longer to the last bit. */
static void say_if_other(training *run, const char *key, const char *what, const char *now) {
  char before[TEXT_SIZE] = "";
  if (tw_checkpoint_get_string(before, sizeof before, NULL, run->saved, key) == TW_OK && strcmp(before, now) != 0)
    progress_warn(&run->shown, "the run had %s %s and goes on with %s: its last digits may come out otherwise", what,
                  before, now);
}

bool run_state_restore(training *run, const char *folder) {
  char threads[TEXT_SIZE];
  if (!check_data(run) || !get_place(run) || !get_objects(run) || !reopen_tables(run, folder)) return false;
  snprintf(threads, sizeof threads, "%d", run->settings->threads);
  say_if_other(run, "--threads", "--threads", threads);
  say_if_other(run, "device", "device", run->device);
  say_if_other(run, "torch_version", "LibTorch", tw_torch_version());
  return true;
}
