#include "training.h"

#include <math.h>
#include <string.h>

#include "interrupt.h"
#include "run_state.h"

/* Leaves the function with the first failure of the library, whose message is in tw_last_error. */
#define TRY(call)                   \
  do {                              \
    status = (call);                \
    if (status != TW_OK) goto done; \
  } while (0)

static bool report(training *run, tw_status status) {
  if (status == TW_OK) return true;
  return fail(run->error, sizeof run->error, "%s: %s", tw_status_name(status), tw_last_error());
}

/* ---- making the run ---- */

static tw_status make_optimizer(training *run, tw_tensor *const *parameters, size_t count) {
  tw_adamw_options adamw;
  tw_status status = tw_adamw_options_init(&adamw, sizeof adamw);
  adamw.lr = run->settings->lr;
  adamw.betas[1] = run->settings->beta2;
  adamw.weight_decay = run->settings->weight_decay;
  return status == TW_OK ? tw_optimizer_adamw(&run->optimizer, parameters, count, &adamw) : status;
}

static tw_status make_warmup(training *run) {
  const int64_t none = 1; /* a linear warmup of one step: the factor is 1 from the start */
  switch (run->settings->warmup) {
    case WARMUP_LINEAR:
      return tw_warmup_untuned_linear(&run->warmup, run->optimizer, NULL, 0);
    case WARMUP_EXPONENTIAL:
      return tw_warmup_untuned_exponential(&run->warmup, run->optimizer, NULL, 0);
    case WARMUP_RADAM:
      return tw_warmup_radam(&run->warmup, run->optimizer, NULL, 0);
    case WARMUP_NONE:
      break;
  }
  return tw_warmup_linear(&run->warmup, run->optimizer, &none, 1);
}

/* The optimizer over the parameters, and what sets its rates over so many steps. */
static tw_status make_optimization(training *run, tw_tensor *const *parameters, size_t count, int64_t steps) {
  tw_status status = TW_OK;
  TRY(make_optimizer(run, parameters, count));
  TRY(tw_lr_scheduler_cosine_annealing(&run->scheduler, run->optimizer, steps, run->settings->lr_min));
  TRY(make_warmup(run)); /* after the scheduler, for it records the rates and dampens them */
done:
  return status;
}

static void free_optimization(training *run) {
  tw_warmup_free(run->warmup);
  tw_lr_scheduler_free(run->scheduler);
  tw_optimizer_free(run->optimizer);
  run->warmup = NULL;
  run->scheduler = NULL;
  run->optimizer = NULL;
}

bool training_check(training *run) {
  const int64_t one = 1;
  tw_tensor *parameter = NULL, *loss = NULL;
  tw_status status = TW_OK;
  TRY(tw_tensor_zeros(&parameter, &one, 1, TW_FLOAT32, "cpu"));
  TRY(tw_tensor_set_requires_grad(parameter, 1));
  TRY(make_optimization(run, &parameter, 1, 1));
  TRY(tw_op_sum(&loss, parameter));
  TRY(tw_tensor_backward(loss, NULL, 0));
  TRY(tw_optimizer_step(run->optimizer));
  TRY(tw_warmup_step(run->warmup, &run->scheduler, 1));
done:
  free_optimization(run);
  tw_tensor_free(loss);
  tw_tensor_free(parameter);
  return report(run, status);
}

int64_t training_steps(const training *run) {
  return (int64_t)batches_per_epoch(run->train_batches) * run->settings->epochs;
}

int64_t training_steps_done(const training *run) {
  return (int64_t)batches_per_epoch(run->train_batches) * (run->epoch - 1) + (int64_t)run->done;
}

bool training_create(training *run, int class_count) {
  tw_tensor_list *list = NULL;
  tw_tensor *const *parameters = NULL;
  size_t count = 0;
  tw_status status = TW_OK;
  TRY(tw_manual_seed(run->settings->seed));
  TRY(network_create(&run->net, class_count));
  TRY(tw_module_move_to(run->net.module, run->device));
  TRY(tw_module_get_parameters(&list, run->net.module));
  TRY(tw_tensor_list_get_data(&parameters, &count, list));
  TRY(make_optimization(run, parameters, count, training_steps(run)));
  run->epoch = 1;
done:
  tw_tensor_list_free(list);
  return report(run, status);
}

void training_free(training *run) {
  tw_checkpoint_free(run->saved);
  free_optimization(run);
  network_free(&run->net);
  batches_free(run->train_batches);
  batches_free(run->test_batches);
}

/* ---- a batch ---- */

/* Makes tensors over the batch's own memory, without a copy unless the device is another. */
static tw_status make_tensors(training *run, tw_tensor **images, tw_tensor **labels, const batch *from) {
  /* With a single channel the order channels-last is the same memory; said through the strides, it makes the
     convolutions and poolings of the CPU about twice as fast. */
  const int64_t sizes[4] = {(int64_t)from->count, 1, DATASET_SIDE, DATASET_SIDE};
  const int64_t strides[4] = {DATASET_PIXELS, 1, DATASET_SIDE, 1};
  tw_tensor *host_images = NULL, *host_labels = NULL;
  tw_status status = TW_OK;
  TRY(tw_tensor_from_blob(&host_images, from->images, from->count * DATASET_PIXELS * sizeof *from->images, sizes, 4,
                          strides, TW_FLOAT32, NULL, NULL));
  TRY(tw_tensor_from_blob(&host_labels, from->labels, from->count * sizeof *from->labels, sizes, 1, NULL, TW_INT64,
                          NULL, NULL));
  TRY(tw_tensor_to_device(images, host_images, run->device));
  TRY(tw_tensor_to_device(labels, host_labels, run->device));
done:
  tw_tensor_free(host_images);
  tw_tensor_free(host_labels);
  return status;
}

/* Forward, loss, backward, optimizer. loss is set to a handle. */
static tw_status learn(training *run, tw_tensor **loss, tw_tensor *images, tw_tensor *labels) {
  tw_tensor *output = NULL;
  tw_status status = TW_OK;
  TRY(tw_optimizer_zero_grad(run->optimizer));
  TRY(network_forward(&output, &run->net, images));
  TRY(tw_op_nll_loss(loss, output, labels, NULL));
  TRY(tw_tensor_backward(*loss, NULL, 0));
  TRY(tw_optimizer_step(run->optimizer));
done:
  tw_tensor_free(output);
  return status;
}

/* Adds the seconds since *mark to a part of the profile, and moves the mark. */
static void spend(double *part, double *mark) {
  const double now = progress_clock();
  *part += now - *mark;
  *mark = now;
}

/* One step on a batch that took from *mark to load. lr: the rate that it used. */
static bool train_on(training *run, tw_tensor **loss, double *lr, const batch *from, double *mark) {
  tw_tensor *images = NULL, *labels = NULL;
  tw_status status = TW_OK;
  TRY(tw_optimizer_get_lr(lr, run->optimizer, 0));
  TRY(make_tensors(run, &images, &labels, from));
  spend(&run->profile.loading, mark);
  TRY(learn(run, loss, images, labels));
  spend(&run->profile.network, mark);
  TRY(tw_warmup_step(run->warmup, &run->scheduler, 1));
  spend(&run->profile.schedule, mark);
done:
  tw_tensor_free(images);
  tw_tensor_free(labels);
  return report(run, status);
}

/* ---- an epoch ---- */

static bool read_loss(training *run, tw_tensor *loss) {
  if (!report(run, tw_tensor_get_item_double(&run->loss, loss))) return false;
  if (isfinite(run->loss) || run->warned_not_finite) return true;
  run->warned_not_finite = true;
  progress_warn(&run->shown, "the loss is %g at step %zu of epoch %d: training has diverged; try a smaller --lr",
                run->loss, run->done, run->epoch);
  return true;
}

/* What is due after a step: the row and line of every log_interval-th one, the bar. */
static bool log_step(training *run, tw_tensor *loss, double lr) {
  const bool row_due = run->done % (size_t)run->settings->log_interval == 0;
  const bool bar_due = progress_due(&run->shown);
  int64_t next_step = 0;
  if (!row_due && !bar_due) return true;
  if (!read_loss(run, loss)) return false;
  if (bar_due) progress_draw(&run->shown, run->done, run->loss, lr);
  if (!row_due) return true;
  progress_log(&run->shown, run->done, run->loss, lr);
  return report(run, tw_warmup_get_last_step(&next_step, run->warmup)) &&
         records_add_history(&run->files, run->epoch, next_step, run->loss, lr, run->error, sizeof run->error);
}

static bool save_if_due(training *run, double *mark) {
  const int every = run->settings->checkpoint_every;
  if (every == 0 || training_steps_done(run) % every != 0) return true;
  const bool saved = run_state_save(run);
  spend(&run->profile.saving, mark);
  return saved;
}

/* A step and what is due after it. lr: the rate that it used. */
static bool step(training *run, const batch *from, double *lr, double *mark) {
  tw_tensor *loss = NULL;
  bool right = train_on(run, &loss, lr, from, mark);
  if (right) ++run->done;
  right = right && log_step(run, loss, *lr);
  tw_tensor_free(loss);
  spend(&run->profile.logging, mark);
  return right && save_if_due(run, mark);
}

training_result training_epoch(training *run) {
  const size_t count = batches_per_epoch(run->train_batches);
  training_result result = TRAINING_DONE;
  double lr = 0;
  batch next;
  run->profile = (time_profile){0};
  progress_start_epoch(&run->shown, run->epoch, run->settings->epochs, run->done, count,
                       (size_t)run->settings->batch_size);
  double mark = progress_clock();
  if (!report(run, tw_module_train(run->net.module, 1))) return TRAINING_FAILED;
  batches_enter_epoch(run->train_batches, (uint64_t)run->epoch, run->done);
  while (result == TRAINING_DONE && batches_next(run->train_batches, &next)) {
    if (!step(run, &next, &lr, &mark))
      result = TRAINING_FAILED;
    else if (interrupt_pending())
      result = TRAINING_INTERRUPTED;
  }
  if (result != TRAINING_FAILED) progress_draw(&run->shown, run->done, run->loss, lr);
  progress_end_epoch(&run->shown);
  return result;
}

void training_print_profile(const training *run) {
  const time_profile *profile = &run->profile;
  const double all = profile->loading + profile->network + profile->schedule + profile->logging + profile->saving;
  progress_say(
      &run->shown,
      "Profile: network %.3f s; outside it %.2f %%: loading %.3f s, warmup and scheduler %.3f s, logging %.3f s, "
      "saving checkpoints %.3f s\n",
      profile->network, 100 * (all - profile->network) / all, profile->loading, profile->schedule, profile->logging,
      profile->saving);
}

/* ---- the test images ---- */

static tw_status count_correct(int64_t *out, tw_tensor *output, tw_tensor *labels) {
  tw_tensor *predicted = NULL, *equal = NULL, *sum = NULL;
  tw_status status = TW_OK;
  TRY(tw_op_argmax(&predicted, output, 1, 0));
  TRY(tw_op_eq(&equal, predicted, labels));
  TRY(tw_op_sum(&sum, equal));
  TRY(tw_tensor_get_item_int64(out, sum));
done:
  tw_tensor_free(predicted);
  tw_tensor_free(equal);
  tw_tensor_free(sum);
  return status;
}

/* Adds a batch's summed loss and its number of right answers. */
static tw_status test_on(training *run, const batch *from, double *loss_sum, int64_t *correct) {
  tw_tensor *images = NULL, *labels = NULL, *output = NULL, *loss = NULL;
  double batch_loss = 0;
  int64_t batch_correct = 0;
  tw_nll_loss_options summed;
  tw_status status = tw_nll_loss_options_init(&summed, sizeof summed);
  summed.reduction = TW_REDUCTION_SUM;
  TRY(make_tensors(run, &images, &labels, from));
  TRY(network_forward(&output, &run->net, images));
  TRY(tw_op_nll_loss(&loss, output, labels, &summed));
  TRY(tw_tensor_get_item_double(&batch_loss, loss));
  TRY(count_correct(&batch_correct, output, labels));
  *loss_sum += batch_loss;
  *correct += batch_correct;
done:
  tw_tensor_free(images);
  tw_tensor_free(labels);
  tw_tensor_free(output);
  tw_tensor_free(loss);
  return status;
}

static tw_status test_all(training *run, double *loss_sum, int64_t *correct) {
  batch next;
  tw_status status = tw_module_train(run->net.module, 0);
  batches_start_epoch(run->test_batches, 0);
  while (status == TW_OK && !interrupt_pending() && batches_next(run->test_batches, &next))
    status = test_on(run, &next, loss_sum, correct);
  return status;
}

/* The epoch's row, and the checkpoint that begins with the next epoch. */
static bool end_epoch(training *run, double loss, double accuracy) {
  double mark = progress_clock();
  if (!records_add_evaluation(&run->files, run->epoch, loss, accuracy, run->error, sizeof run->error)) return false;
  ++run->epoch;
  run->done = 0;
  const bool saved = run_state_save(run);
  spend(&run->profile.saving, &mark);
  return saved;
}

training_result training_evaluate(training *run) {
  const double started = progress_clock();
  double loss_sum = 0;
  int64_t correct = 0;
  tw_status status = tw_set_grad_enabled(NULL, 0);
  if (status == TW_OK) status = test_all(run, &loss_sum, &correct);
  if (!report(run, status) || !report(run, tw_set_grad_enabled(NULL, 1))) return TRAINING_FAILED;
  if (interrupt_pending()) return TRAINING_INTERRUPTED;
  const double loss = loss_sum / (double)run->test_images;
  const double accuracy = 100.0 * (double)correct / (double)run->test_images;
  progress_say(&run->shown, "Test set: Average loss: %.4f, Accuracy: %lld/%zu (%.2f%%)", loss, (long long)correct,
               run->test_images, accuracy);
  progress_say(&run->shown, "Test Elapsed Time: %.3f sec\n", progress_clock() - started);
  return end_epoch(run, loss, accuracy) ? TRAINING_DONE : TRAINING_FAILED;
}
