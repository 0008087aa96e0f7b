/* Optimizers of LibTorch's: made here, or borrowed. */
#include "draws_options.h"
#include "families.h"

namespace tw::fuzz {
namespace {

using Made = Out<tw_optimizer>;
using Optimizer = In<tw_optimizer>;

TW_FUZZ_DOUBLE(Lr, 0.1, 1e-3, 0.5);
TW_FUZZ_DOUBLE(Beta, 0.9, 0.5, 0);
TW_FUZZ_DOUBLE(Decay, 0, 0.01, 0.1);

/* A leaf that wants a gradient and has one, in place of what lies in a place of the pool. */
void put_parameter(Run &run) {
  Place<tw_tensor> *room = draw_room<tw_tensor>(run.pool, run.random);
  if (room == nullptr) return;
  const float elements[2] = {1, -0.5F};
  const int64_t sizes[1] = {2};
  tw_tensor *made = nullptr, *gradient = nullptr;
  const bool is_made = tw_tensor_from_data(&made, elements, sizeof elements, sizes, 1, TW_FLOAT32) == TW_OK &&
                       tw_tensor_from_data(&gradient, elements, sizeof elements, sizes, 1, TW_FLOAT32) == TW_OK &&
                       tw_tensor_set_requires_grad(made, 1) == TW_OK && tw_tensor_set_grad(made, gradient) == TW_OK;
  run.require(is_made, "a parameter can be made");
  tw_tensor_free(gradient);
  tw_tensor *before = room->handle;
  room->handle = made;
  tw_tensor_free(before);
  run.touch();
}

/* Tensors, of which mostly some can be trained. */
struct Parameters : Plain {
  std::unique_ptr<InArray<tw_tensor>> tensors;
  explicit Parameters(Run &run) {
    for (size_t i = run.random.below(4); i > 0; --i) put_parameter(run);
    tensors = std::make_unique<InArray<tw_tensor>>(run);
    int32_t wants = 0;
    for (auto &handle : tensors->handles) /* one that cannot be trained fails the whole call: rather another */
      for (auto &place : places_of<tw_tensor>(run.pool))
        if (handle != nullptr && run.random.chance(60) && place.handle != nullptr && place.busy == 0 &&
            tw_tensor_get_requires_grad(&wants, place.handle) == TW_OK && wants != 0)
          handle = place.handle;
  }
  auto values() const { return tensors->values(); }
  std::string text() const { return tensors->text(); }
  void keep(Run &run, tw_status status) { tensors->keep(run, status); }
};

struct Adam : OptionsOf<tw_adam_options> {
  explicit Adam(Run &run) : OptionsOf(run, tw_adam_options_init) {
    change<Lr>(run, "lr", options.lr);
    change<Beta>(run, "beta1", options.betas[0]);
    change<Decay>(run, "weight_decay", options.weight_decay);
    change<Truth>(run, "amsgrad", options.amsgrad);
  }
};

struct AdamW : OptionsOf<tw_adamw_options> {
  explicit AdamW(Run &run) : OptionsOf(run, tw_adamw_options_init) {
    change<Lr>(run, "lr", options.lr);
    change<Beta>(run, "beta2", options.betas[1]);
    change<Truth>(run, "amsgrad", options.amsgrad);
  }
};

struct Sgd : OptionsOf<tw_sgd_options> {
  explicit Sgd(Run &run) : OptionsOf(run, tw_sgd_options_init) {
    change<Lr>(run, "lr", options.lr);
    change<Beta>(run, "momentum", options.momentum, 60);
    change<Decay>(run, "dampening", options.dampening);
    change<Truth>(run, "nesterov", options.nesterov);
  }
};

struct RmsProp : OptionsOf<tw_rmsprop_options> {
  explicit RmsProp(Run &run) : OptionsOf(run, tw_rmsprop_options_init) {
    change<Lr>(run, "lr", options.lr);
    change<Beta>(run, "momentum", options.momentum);
    change<Truth>(run, "centered", options.centered);
  }
};

struct Adagrad : OptionsOf<tw_adagrad_options> {
  explicit Adagrad(Run &run) : OptionsOf(run, tw_adagrad_options_init) {
    change<Lr>(run, "lr", options.lr);
    change<Decay>(run, "initial_accumulator_value", options.initial_accumulator_value);
  }
};

/* Options for a new group: none, or those of some optimizer, by an address that says nothing of the kind. */
struct GroupOptions : Plain {
  Adam adam;
  Sgd sgd;
  size_t which;
  explicit GroupOptions(Run &run) : adam(run), sgd(run), which(run.random.below(4)) {}
  auto values() const {
    const void *options = nullptr;
    if (which == 0) options = &adam.options;
    if (which == 1) options = &sgd.options;
    return std::make_tuple(options);
  }
  std::string text() const { return which == 0 ? "adam's" : which == 1 ? "sgd's" : "NULL"; }
};

/* A torch::optim::Optimizer * of somebody else's. */
struct Foreign : Plain {
  void *optimizer = nullptr;
  uint64_t owner = 0;
  explicit Foreign(Run &run) {
    if (!run.random.chance(95)) return;
    optimizer = run.foreign_optimizer(owner);
    run.about(owner);
  }
  auto values() const { return std::make_tuple(optimizer); }
  std::string text() const { return optimizer == nullptr ? "NULL" : "foreign " + text_of(owner); }
};

const std::vector<Call> calls = {
    TW_FUZZ_CALL(tw_optimizer_adam, kNone, Made, Parameters, Adam),
    TW_FUZZ_CALL(tw_optimizer_adamw, kNone, Made, Parameters, AdamW),
    TW_FUZZ_CALL(tw_optimizer_sgd, kNone, Made, Parameters, Sgd),
    TW_FUZZ_CALL(tw_optimizer_sgd, kNone, Made, Parameters, Sgd),
    TW_FUZZ_CALL(tw_optimizer_rmsprop, kNone, Made, Parameters, RmsProp),
    TW_FUZZ_CALL(tw_optimizer_adagrad, kNone, Made, Parameters, Adagrad),
    TW_FUZZ_CALL(tw_optimizer_borrow, kNone, Made, Foreign),
    TW_FUZZ_CALL(tw_optimizer_add_param_group, kBinds, Optimizer, Parameters, GroupOptions),
    TW_FUZZ_CALL(tw_optimizer_add_param_group, kBinds, Optimizer, Parameters, GroupOptions),
    TW_FUZZ_CALL(tw_optimizer_step, kBinds, Optimizer),
    TW_FUZZ_CALL(tw_optimizer_step, kBinds, Optimizer),
    TW_FUZZ_CALL(tw_optimizer_zero_grad, kBinds, Optimizer),
};

}  // namespace

const std::vector<Call> &torch_optimizer_calls() { return calls; }

}  // namespace tw::fuzz
