/* Trains the EMNIST network of pytorch_warmup with LibTorch's C++ and torch_warmup's schedule and warmup: the options, the
 * output and the files of the C example. Read it from the bottom: main, run, train, then training.cpp. */
#include <cstdio>
#include <filesystem>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "training.hpp"

namespace emnist {

long long Training::steps_done() const {
  return static_cast<long long>(batches_per_epoch(train_batches_.get())) * (epoch_ - 1) + static_cast<long long>(done_);
}

/* Looks at what is there before the long work: of a new run nothing may be there, of one that goes on its checkpoint. */
void Training::look_into_folder() {
  choose_folder();
  if (settings_.resume != nullptr) {
    load_options();
    EMNIST_TRY(records_check_folder, folder_.c_str());
    return;
  }
  if (std::filesystem::exists(checkpoint_path()))
    throw Failure(checkpoint_path() +
                  " exists already: go on from it with --resume, or give another folder with --output");
  EMNIST_TRY(records_check, folder_.c_str());
}

void Training::choose_device() {
  torch::set_num_threads(settings_.threads);
  if (!settings_.no_gpu && torch::cuda::is_available()) device_ = torch::kCUDA;
  progress_say(&shown_, "torch_warmup %s, LibTorch %s, %d threads", tw_version(), tw_torch_version(),
               settings_.threads);
  progress_say(&shown_, "Device: %s", device_.str().c_str());
}

/* What else would be refused only when the data are there: by a step on a single number. */
void Training::check_settings() const {
  const torch::Tensor parameter = torch::zeros({1}, torch::requires_grad());
  Optimization one({parameter}, settings_, 1);
  parameter.sum().backward();
  tw::checked_step(one.optimizer);
  one.warmup.step(one.scheduler);
  if (settings_.data == nullptr && static_cast<size_t>(settings_.batch_size) > glyphs_count(GLYPHS_TRAIN))
    throw Failure("--batch-size is " + std::to_string(settings_.batch_size) + ", but " +
                  std::to_string(glyphs_count(GLYPHS_TRAIN)) + " training images are generated");
}

void Training::load_data() {
  if (settings_.data != nullptr) {
    EMNIST_TRY(dataset_load, &train_set_, &test_set_, settings_.data, settings_.split);
    return;
  }
  progress_say(&shown_, "Generating characters in EMNIST's form; --data trains on the real ones");
  EMNIST_TRY(dataset_generate, &train_set_, &test_set_, GLYPHS_DEFAULT_SEED, 0);
}

void Training::make_batches() {
  batches_options training{}, test{};
  training.batch_size = static_cast<size_t>(settings_.batch_size);
  training.shuffle = training.drop_last = true;
  training.seed = settings_.seed;
  training.workers = test.workers = settings_.workers;
  test.batch_size = static_cast<size_t>(settings_.test_batch_size);
  train_checksum_ = dataset_checksum(&train_set_);
  test_checksum_ = dataset_checksum(&test_set_);
  Error error;
  train_batches_.reset(batches_create(&train_set_, &training, error.text(), EMNIST_ERROR_SIZE));
  error.require(train_batches_ != nullptr);
  test_batches_.reset(batches_create(&test_set_, &test, error.text(), EMNIST_ERROR_SIZE));
  error.require(test_batches_ != nullptr);
}

void Training::make_network() {
  torch::manual_seed(settings_.seed);
  network_ = Network(train_set_.class_count);
  network_->to(device_);
  learning_ = std::make_unique<Optimization>(network_->parameters(), settings_, steps());
}

/* The first checkpoint is saved before the first step, so that a run can always go on, and a folder that takes no
   checkpoint is known before the long work. */
void Training::open_run() {
  if (settings_.resume != nullptr) {
    restore();
  } else {
    EMNIST_TRY(records_open, &files_, folder_.c_str());
    files_.folder = folder_.c_str();
    save();
  }
  begun_ = true;
}

void Training::say_where() const {
  progress_say(&shown_, "%zu training and %zu test images, %d classes; writing to %s\n", train_set_.count,
               test_set_.count, train_set_.class_count, folder_.c_str());
  if (settings_.resume == nullptr) return;
  if (epoch_ > settings_.epochs)
    progress_say(&shown_, "%s is of a run that is done: %d of %d epochs\n", settings_.resume, settings_.epochs,
                 settings_.epochs);
  else
    progress_say(&shown_, "Resumed from %s after %lld of %lld steps: epoch %d, batch %zu of %zu\n", settings_.resume,
                 steps_done(), steps(), epoch_, done_, batches_per_epoch(train_batches_.get()));
}

/* Everything that is to stay even where the run ends early. */
void Training::keep_results() {
  if (settings_.save_model) {
    const std::string path = folder_ + "/emnist_cnn.pt";
    tw::Checkpoint weights;
    weights.put_module(nullptr, *network_);
    weights.save(path);
    progress_say(&shown_, "Saved the weights to %s", path.c_str());
  }
  EMNIST_TRY(records_close, &files_);
}

void Training::close_tables() noexcept {
  char ignored[EMNIST_ERROR_SIZE];
  records_close(&files_, ignored, sizeof ignored);
}

Result Training::train() {
  Result result = Result::Done;
  while (result == Result::Done && epoch_ <= settings_.epochs) {
    result = train_epoch();
    if (result == Result::Done && !evaluate()) result = Result::Interrupted;
    if (result == Result::Done && settings_.profile) print_profile();
  }
  if (result == Result::Interrupted) save();
  keep_results();
  return result;
}

/* Everything that can fail before the first step, the quick before the long. */
Result Training::run() {
  interrupt_catch();
  look_into_folder();
  choose_device();
  check_settings();
  load_data();
  if (interrupt_pending()) return Result::Interrupted;
  make_batches();
  make_network();
  open_run();
  say_where();
  return train();
}

namespace {

/* Every step frees and allocates the same tensors, of megabytes each. Left to itself glibc gives that memory back to the
   kernel and gets it again page by page, which takes a quarter of the training time; so let it keep what it has. */
void keep_freed_memory() {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 64 << 20);
#endif
}

int interrupted(const Training &run) {
  const std::string path = run.checkpoint_to_go_on();
  if (path.empty())
    progress_warn(&run.shown(), "interrupted before the first step");
  else
    progress_warn(&run.shown(), "interrupted after %lld of %lld steps; to go on: --resume %s", run.steps_done(),
                  run.steps(), path.c_str());
  return interrupt_status();
}

int failed(const Training &run, const char *why) {
  const std::string path = run.checkpoint_to_go_on();
  progress_warn(&run.shown(), "%s", why);
  if (!path.empty()) progress_warn(&run.shown(), "to go on from the last checkpoint: --resume %s", path.c_str());
  return 1;
}

}  // namespace
}  // namespace emnist

int main(int argc, char **argv) {
  options settings;
  emnist::keep_freed_memory();
  const int early = options_parse(&settings, argc, argv);
  if (early >= 0) return early;
  /* Else a busy process beside this one would all but stop it. */
  if (tw_restart_with_patient_threads(argv) != TW_OK) std::fprintf(stderr, "emnist: %s\n", tw_last_error());

  emnist::Training run(settings);
  try {
    return run.run() == emnist::Result::Done ? 0 : emnist::interrupted(run);
  } catch (const std::exception &error) {
    return interrupt_pending() && run.checkpoint_to_go_on().empty() ? emnist::interrupted(run)
                                                                    : emnist::failed(run, error.what());
  }
}
