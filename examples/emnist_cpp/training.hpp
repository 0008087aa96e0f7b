/* A training run on EMNIST: the network of pytorch_warmup's example in torch::nn, torch::optim::AdamW, and of torch_warmup
 * the schedule, the warmup and the checkpoints. Data, options and tables are those of ../emnist. */
#pragma once

/* <torch/torch.h> has all of these, and takes thrice as long to compile. */
#include <torch/cuda.h>
#include <torch/nn/functional/loss.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/optim/adamw.h>
#include <torch/utils.h>

#include <memory>
#include <stdexcept>
#include <string>

#include <torch_warmup.hpp>

extern "C" {
#include "batches.h"
#include "dataset.h"
#include "glyphs.h"
#include "interrupt.h"
#include "kept_options.h"
#include "options.h"
#include "progress.h"
#include "records.h"
}

namespace emnist {

/* A failure with the sentence that the user reads. */
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/* The parts in C give false and a message. */
class Error {
 public:
  char *text() { return text_; }
  void require(bool right) const {
    if (!right) throw Failure(text_);
  }

 private:
  char text_[EMNIST_ERROR_SIZE] = "";
};
#define EMNIST_TRY(call, ...)                                          \
  do {                                                                 \
    emnist::Error error;                                               \
    error.require(call(__VA_ARGS__, error.text(), EMNIST_ERROR_SIZE)); \
  } while (0)

struct Data : dataset {
  Data() : dataset{} {}
  ~Data() { dataset_free(this); }
  Data(const Data &) = delete;
  Data &operator=(const Data &) = delete;
};

struct FreeBatches {
  void operator()(batches *loader) const { batches_free(loader); }
};
using Batches = std::unique_ptr<batches, FreeBatches>;

class NetworkImpl : public torch::nn::Module {
 public:
  explicit NetworkImpl(int64_t class_count);
  /* The logarithms of the classes' probabilities, [batch, classes]. images: [batch, 1, 28, 28]. */
  torch::Tensor forward(torch::Tensor images);

 private:
  torch::nn::Conv2d conv1_, conv2_;
  torch::nn::Linear fc1_, fc2_;
};
TORCH_MODULE(Network);

/* What learns: made over the parameters, for so many steps. */
struct Optimization {
  torch::optim::AdamW optimizer;
  tw::CosineAnnealingLR scheduler;
  tw::Warmup warmup; /* after the scheduler, for it records the rates and dampens them */

  Optimization(const std::vector<torch::Tensor> &parameters, const options &settings, int64_t steps);
};

/* Seconds of an epoch, by what they went into. */
struct Profile {
  double loading = 0, network = 0, schedule = 0, logging = 0, saving = 0;
};

/* How a run, or a part of it, ended. */
enum class Result { Done, Interrupted };

class Training {
 public:
  explicit Training(options &settings) : settings_(settings) { progress_init(&shown_, settings.quiet); }
  ~Training() { close_tables(); }
  Training(const Training &) = delete;
  Training &operator=(const Training &) = delete;

  /* All of it, from looking at the folder to the results. */
  Result run();

  const progress &shown() const { return shown_; }
  /* The checkpoint to go on from, where the files in the folder are this run's; else "". */
  std::string checkpoint_to_go_on() const { return begun_ ? checkpoint_path() : ""; }
  long long steps() const { return static_cast<long long>(batches_per_epoch(train_batches_.get())) * settings_.epochs; }
  long long steps_done() const;

 private:
  /* main.cpp's order of things */
  void look_into_folder();
  void choose_device();
  void check_settings() const;
  void load_data();
  void make_batches();
  void make_network();
  void open_run();
  void say_where() const;
  Result train();
  void keep_results();
  void close_tables() noexcept;

  /* an epoch: training.cpp */
  Result train_epoch();
  bool evaluate(); /* false where it was interrupted */
  void train_on(const batch &from);
  std::pair<torch::Tensor, torch::Tensor> tensors_of(const batch &from) const;
  void log_step(const torch::Tensor &loss, double lr);
  void print_profile() const;

  /* what a run needs to go on: state.cpp */
  std::string checkpoint_path() const { return folder_ + "/checkpoint.pt"; }
  void choose_folder();
  void save();
  void load_options();
  void restore();
  void say_if_other(const char *key, const char *what, const std::string &now) const;

  options &settings_;
  progress shown_{};
  std::string folder_;
  torch::Device device_ = torch::kCPU;
  Data train_set_, test_set_;
  Batches train_batches_, test_batches_;
  uint32_t train_checksum_ = 0, test_checksum_ = 0;
  Network network_{nullptr};
  std::unique_ptr<Optimization> learning_;
  std::unique_ptr<tw::Checkpoint> saved_; /* the one to go on from */
  std::vector<std::string> kept_texts_;   /* the settings point into them */
  records files_{};
  bool begun_ = false;
  int epoch_ = 1;   /* in progress; epochs + 1 when all are done */
  size_t done_ = 0; /* training batches of it that are done */
  Profile profile_;
  double loss_ = 0; /* the last one that was read */
  bool warned_not_finite_ = false;
};

}  // namespace emnist
