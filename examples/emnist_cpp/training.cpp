/* The network, and an epoch of training it and of testing it. */
#include "training.hpp"

#include <cmath>

namespace emnist {

namespace F = torch::nn::functional;

/* ---- the network ---- */

NetworkImpl::NetworkImpl(int64_t class_count)
    : conv1_(register_module("conv1", torch::nn::Conv2d(1, 20, 5))),
      conv2_(register_module("conv2", torch::nn::Conv2d(20, 50, 5))),
      fc1_(register_module("fc1", torch::nn::Linear(4 * 4 * 50, 500))),
      fc2_(register_module("fc2", torch::nn::Linear(500, class_count))) {}

/* Max-pool before ReLU: the same result and gradient as after it, on a quarter of the numbers. */
torch::Tensor NetworkImpl::forward(torch::Tensor images) {
  torch::Tensor x = torch::relu(torch::max_pool2d(conv1_(images), 2));
  x = torch::relu(torch::max_pool2d(conv2_(x), 2));
  x = torch::relu(fc1_(x.reshape({-1, 4 * 4 * 50})));
  return torch::log_softmax(fc2_(x), 1);
}

/* ---- what learns ---- */

namespace {

tw::Warmup make_warmup(warmup_kind kind, torch::optim::AdamW &optimizer) {
  switch (kind) {
    case WARMUP_LINEAR:
      return tw::UntunedLinearWarmup(optimizer);
    case WARMUP_EXPONENTIAL:
      return tw::UntunedExponentialWarmup(optimizer);
    case WARMUP_RADAM:
      return tw::RAdamWarmup(optimizer);
    case WARMUP_NONE:
      break;
  }
  return tw::LinearWarmup(optimizer, 1); /* of one step: the factor is 1 from the start */
}

torch::optim::AdamWOptions adamw_options(const options &settings) {
  return torch::optim::AdamWOptions(settings.lr).betas({0.9, settings.beta2}).weight_decay(settings.weight_decay);
}

/* Adds the seconds since mark to a part of the profile, and moves the mark. */
void spend(double &part, double &mark) {
  const double now = progress_clock();
  part += now - mark;
  mark = now;
}

}  // namespace

Optimization::Optimization(const std::vector<torch::Tensor> &parameters, const options &settings, int64_t steps)
    : optimizer(parameters, adamw_options(settings)),
      scheduler(optimizer, static_cast<double>(steps), settings.lr_min),
      warmup(make_warmup(settings.warmup, optimizer)) {}

/* ---- training ---- */

/* Tensors over the batch's own memory, without a copy unless the device is another. With a single channel the order
   channels-last is the same memory; said through the strides, it makes convolutions on the CPU about twice as fast. */
std::pair<torch::Tensor, torch::Tensor> Training::tensors_of(const batch &from) const {
  const auto count = static_cast<int64_t>(from.count);
  const torch::Tensor images = torch::from_blob(from.images, {count, 1, DATASET_SIDE, DATASET_SIDE},
                                                {DATASET_PIXELS, 1, DATASET_SIDE, 1}, torch::kFloat32);
  const torch::Tensor labels = torch::from_blob(from.labels, {count}, torch::kInt64);
  return {images.to(device_), labels.to(device_)};
}

/* What is due after a step: the row and line of every log_interval-th one, the bar. */
void Training::log_step(const torch::Tensor &loss, double lr) {
  const bool row_due = done_ % static_cast<size_t>(settings_.log_interval) == 0, bar_due = progress_due(&shown_);
  if (!row_due && !bar_due) return;
  loss_ = loss.item<double>();
  if (!std::isfinite(loss_) && !warned_not_finite_) {
    warned_not_finite_ = true;
    progress_warn(&shown_, "the loss is %g at step %zu of epoch %d: training has diverged; try a smaller --lr", loss_,
                  done_, epoch_);
  }
  if (bar_due) progress_draw(&shown_, done_, loss_, lr);
  if (!row_due) return;
  progress_log(&shown_, done_, loss_, lr);
  EMNIST_TRY(records_add_history, &files_, epoch_, learning_->warmup.last_step(), loss_, lr);
}

Result Training::train_epoch() {
  const size_t count = batches_per_epoch(train_batches_.get());
  profile_ = {};
  progress_start_epoch(&shown_, epoch_, settings_.epochs, done_, count, static_cast<size_t>(settings_.batch_size));
  network_->train();
  batches_enter_epoch(train_batches_.get(), static_cast<uint64_t>(epoch_), done_);
  double lr = 0, mark = progress_clock();
  for (batch next; !interrupt_pending() && batches_next(train_batches_.get(), &next);) {
    lr = learning_->optimizer.param_groups()[0].options().get_lr();
    const auto [images, labels] = tensors_of(next);
    spend(profile_.loading, mark);

    learning_->optimizer.zero_grad();
    const torch::Tensor loss = F::nll_loss(network_(images), labels);
    loss.backward();
    learning_->optimizer.step();
    spend(profile_.network, mark);

    learning_->warmup.step(learning_->scheduler);
    spend(profile_.schedule, mark);

    ++done_;
    log_step(loss, lr);
    spend(profile_.logging, mark);
    if (settings_.checkpoint_every != 0 && steps_done() % settings_.checkpoint_every == 0) save();
    spend(profile_.saving, mark);
  }
  progress_draw(&shown_, done_, loss_, lr);
  progress_end_epoch(&shown_);
  return interrupt_pending() ? Result::Interrupted : Result::Done;
}

bool Training::evaluate() {
  const double started = progress_clock();
  const torch::NoGradGuard no_grad;
  double loss_sum = 0;
  long long correct = 0;
  network_->eval();
  batches_start_epoch(test_batches_.get(), 0);
  for (batch next; !interrupt_pending() && batches_next(test_batches_.get(), &next);) {
    const auto [images, labels] = tensors_of(next);
    const torch::Tensor output = network_(images);
    loss_sum += F::nll_loss(output, labels, F::NLLLossFuncOptions().reduction(torch::kSum)).item<double>();
    correct += output.argmax(1).eq(labels).sum().item<int64_t>();
  }
  if (interrupt_pending()) return false;
  const double loss = loss_sum / static_cast<double>(test_set_.count);
  const double accuracy = 100.0 * static_cast<double>(correct) / static_cast<double>(test_set_.count);
  progress_say(&shown_, "Test set: Average loss: %.4f, Accuracy: %lld/%zu (%.2f%%)", loss, correct, test_set_.count,
               accuracy);
  progress_say(&shown_, "Test Elapsed Time: %.3f sec\n", progress_clock() - started);
  double mark = progress_clock();
  EMNIST_TRY(records_add_evaluation, &files_, epoch_, loss, accuracy);
  ++epoch_;
  done_ = 0;
  save();
  spend(profile_.saving, mark);
  return true;
}

void Training::print_profile() const {
  const double all = profile_.loading + profile_.network + profile_.schedule + profile_.logging + profile_.saving;
  progress_say(
      &shown_,
      "Profile: network %.3f s; outside it %.2f %%: loading %.3f s, warmup and scheduler %.3f s, logging %.3f s, "
      "saving checkpoints %.3f s\n",
      profile_.network, 100 * (all - profile_.network) / all, profile_.loading, profile_.schedule, profile_.logging,
      profile_.saving);
}

}  // namespace emnist
