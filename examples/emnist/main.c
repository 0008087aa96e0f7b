/* Trains the EMNIST network of pytorch_warmup from C. Read it from the bottom: main, train, then training.c. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
#include <torch_warmup.h>
#include <unistd.h>

#include "glyphs.h"
#include "interrupt.h"
#include "run_state.h"
#include "training.h"

static bool load_data(training *run, dataset *train, dataset *test) {
  const options *settings = run->settings;
  if (settings->data != NULL)
    return dataset_load(train, test, settings->data, settings->split, run->error, sizeof run->error);
  progress_say(&run->shown, "Generating characters in EMNIST's form; --data trains on the real ones");
  return dataset_generate(train, test, GLYPHS_DEFAULT_SEED, 0, run->error, sizeof run->error);
}

static bool make_batches(training *run, const dataset *train, const dataset *test) {
  const options *settings = run->settings;
  const batches_options training_options = {.batch_size = (size_t)settings->batch_size,
                                            .shuffle = true,
                                            .drop_last = true,
                                            .seed = settings->seed,
                                            .workers = settings->workers};
  const batches_options test_options = {.batch_size = (size_t)settings->test_batch_size, .workers = settings->workers};
  run->test_images = test->count;
  run->train_checksum = dataset_checksum(train);
  run->test_checksum = dataset_checksum(test);
  run->train_batches = batches_create(train, &training_options, run->error, sizeof run->error);
  if (run->train_batches == NULL) return false;
  run->test_batches = batches_create(test, &test_options, run->error, sizeof run->error);
  return run->test_batches != NULL;
}

static bool choose_device(training *run) {
  const int threads = run->settings->threads;
  int32_t cuda = 0;
  if (tw_set_num_threads((size_t)threads) != TW_OK || (!run->settings->no_gpu && tw_cuda_is_available(&cuda) != TW_OK))
    return fail(run->error, sizeof run->error, "%s", tw_last_error());
  run->device = cuda != 0 ? "cuda" : "cpu";
  progress_say(&run->shown, "torch_warmup %s, LibTorch %s, %d threads", tw_version(), tw_torch_version(), threads);
  progress_say(&run->shown, "Device: %s", run->device);
  return true;
}

/* Everything that is to stay even where the run ends early. */
static bool keep_results(training *run) {
  char path[4096];
  if (run->settings->save_model) {
    snprintf(path, sizeof path, "%s/emnist_cnn.pt", run->files.folder);
    if (network_save(&run->net, path) != TW_OK) return fail(run->error, sizeof run->error, "%s", tw_last_error());
    progress_say(&run->shown, "Saved the weights to %s", path);
  }
  return records_close(&run->files, run->error, sizeof run->error);
}

static training_result train(training *run) {
  training_result result = TRAINING_DONE;
  while (result == TRAINING_DONE && run->epoch <= run->settings->epochs) {
    result = training_epoch(run);
    if (result == TRAINING_DONE) result = training_evaluate(run);
    if (result == TRAINING_DONE && run->settings->profile) training_print_profile(run);
  }
  if (result == TRAINING_INTERRUPTED && !run_state_save(run)) result = TRAINING_FAILED;
  if (result != TRAINING_FAILED && !keep_results(run)) result = TRAINING_FAILED;
  return result;
}

/* Looks at what is there before the long work: of a new run nothing may be there, of one that goes on its checkpoint. */
static bool look_into(training *run, options *settings, const char *folder) {
  char path[RUN_STATE_PATH_SIZE];
  if (settings->resume != NULL)
    return run_state_load(run, settings) && records_check_folder(folder, run->error, sizeof run->error);
  if (!run_state_path(path, run, folder)) return false;
  if (access(path, F_OK) == 0)
    return fail(run->error, sizeof run->error,
                "%s exists already: go on from it with --resume, or give another folder with --output", path);
  return records_check(folder, run->error, sizeof run->error);
}

/* What else of the settings would be refused only when the data are there. */
static bool check_settings(training *run) {
  const options *settings = run->settings;
  if (!training_check(run)) return false;
  if (settings->data != NULL || (size_t)settings->batch_size <= glyphs_count(GLYPHS_TRAIN)) return true;
  return fail(run->error, sizeof run->error, "--batch-size is %d, but %zu training images are generated",
              settings->batch_size, glyphs_count(GLYPHS_TRAIN));
}

/* The first checkpoint is saved before the first step, so that a run can always go on, and a folder that takes no
   checkpoint is known before the long work. */
static bool open_run(training *run, const char *folder) {
  if (run->settings->resume != NULL) return run_state_restore(run, folder);
  return records_open(&run->files, folder, run->error, sizeof run->error) && run_state_save(run);
}

static void say_where(const training *run) {
  if (run->settings->resume == NULL) return;
  if (run->epoch > run->settings->epochs)
    progress_say(&run->shown, "%s is of a run that is done: %d of %d epochs\n", run->settings->resume,
                 run->settings->epochs, run->settings->epochs);
  else
    progress_say(&run->shown, "Resumed from %s after %lld of %lld steps: epoch %d, batch %zu of %zu\n",
                 run->settings->resume, (long long)training_steps_done(run), (long long)training_steps(run), run->epoch,
                 run->done, batches_per_epoch(run->train_batches));
}

/* Everything that can fail before the first step, the quick before the long. */
static bool set_up(training *run, options *settings, dataset *train_set, dataset *test_set, const char *folder) {
  return look_into(run, settings, folder) && choose_device(run) && check_settings(run) &&
         load_data(run, train_set, test_set) && !interrupt_pending() && make_batches(run, train_set, test_set) &&
         training_create(run, train_set->class_count) && open_run(run, folder);
}

/* Sets everything up and trains; TRAINING_FAILED with a message in error. */
static training_result run_all(training *run, options *settings, dataset *train_set, dataset *test_set,
                               const char *folder) {
  interrupt_catch();
  if (!set_up(run, settings, train_set, test_set, folder))
    return interrupt_pending() ? TRAINING_INTERRUPTED : TRAINING_FAILED;
  run->begun = true;
  progress_say(&run->shown, "%zu training and %zu test images, %d classes; writing to %s\n", train_set->count,
               test_set->count, train_set->class_count, folder);
  say_where(run);
  return train(run);
}

/* Every step frees and allocates the same tensors, of megabytes each. Left to itself glibc gives that memory back to the
   kernel and gets it again page by page, which takes a quarter of the training time; so let it keep what it has. */
static void keep_freed_memory(void) {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 64 << 20);
#endif
}

static void say_how_it_ended(training *run, training_result result, const char *folder) {
  char path[RUN_STATE_PATH_SIZE];
  if (result == TRAINING_FAILED) progress_warn(&run->shown, "%s", run->error);
  if (result == TRAINING_INTERRUPTED && !run->begun) progress_warn(&run->shown, "interrupted before the first step");
  if (result == TRAINING_DONE || !run->begun || !run_state_path(path, run, folder)) return;
  if (result == TRAINING_INTERRUPTED)
    progress_warn(&run->shown, "interrupted after %lld of %lld steps; to go on: --resume %s",
                  (long long)training_steps_done(run), (long long)training_steps(run), path);
  else
    progress_warn(&run->shown, "to go on from the last checkpoint: --resume %s", path);
}

int main(int argc, char **argv) {
  options settings;
  keep_freed_memory();
  const int early = options_parse(&settings, argc, argv);
  if (early >= 0) return early;
  /* Else a busy process beside this one would all but stop it. */
  if (tw_restart_with_patient_threads(argv) != TW_OK) fprintf(stderr, "emnist: %s\n", tw_last_error());

  static char folder[RUN_STATE_PATH_SIZE];
  static training run; /* the network's module points into it */
  dataset train_set = {0}, test_set = {0};
  run.settings = &settings;
  progress_init(&run.shown, settings.quiet);
  training_result result = TRAINING_FAILED;
  if (run_state_folder(folder, &run)) result = run_all(&run, &settings, &train_set, &test_set, folder);
  say_how_it_ended(&run, result, folder);
  records_close(&run.files, run.error, sizeof run.error);
  training_free(&run);
  dataset_free(&train_set);
  dataset_free(&test_set);
  return result == TRAINING_DONE ? 0 : result == TRAINING_INTERRUPTED ? interrupt_status() : 1;
}
