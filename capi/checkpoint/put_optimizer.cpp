/* An optimizer's state_dict, as Python's newest classes make it; older ones read it too. */
#include "checkpoint/optimizer.h"

#include <ATen/ATen.h>

#include <cstring>
#include <unordered_map>

#include "optimizer/book.h"

namespace tw {
namespace {

using torch::optim::Optimizer;
using torch::optim::OptimizerOptions;

/* ---- param_groups ------------------------------------------------------------------------------------------------ */

Value new_option(const Option &option, OptimizerOptions &options) {
  return option.flag != nullptr ? new_bool(*option.flag(options)) : new_double(*option.number(options));
}

Value new_default(const PythonOption &option) {
  return option.value == PythonOption::none ? new_none() : new_bool(option.value == PythonOption::yes);
}

Value new_group(const OptimizerKind &kind, const OptimizerOptions &options) {
  auto &readable = const_cast<OptimizerOptions &>(options); /* LibTorch's accessors give references to write through */
  Value group = new_dict();
  for (size_t i = 0; i < kind.options.size(); ++i) {
    const Option &option = kind.options[i];
    const std::string key = option_key(option);
    Value value = new_option(option, readable);
    if (key != option.name) value = new_pair(std::move(value), new_option(kind.options[++i], readable));
    set(group, key.c_str(), std::move(value));
  }
  for (const PythonOption &option : kind.python_options) set(group, option.name, new_default(option));
  return group;
}

/* Each parameter's number is its place among those of all groups; one that comes twice goes by its first. */
class Numbers {
 public:
  int64_t next(const at::Tensor &param) {
    return numbers_.emplace(param.unsafeGetTensorImpl(), count_++).first->second;
  }

 private:
  std::unordered_map<const at::TensorImpl *, int64_t> numbers_;
  int64_t count_ = 0;
};

/* What PyTorch's schedulers keep in a group, after the options. */
void set_scheduled(Value &group, const twi_book &book, size_t index) {
  for (int entry = 0; entry < TWI_ENTRY_COUNT; ++entry) {
    const twi_numbers &numbers = book.entries[entry];
    if (index < numbers.count)
      set(group, twi_entry_name(static_cast<twi_entry>(entry)), new_double(numbers.values[index]));
  }
}

Value new_groups(const Optimizer &optimizer, const OptimizerKind &kind, const twi_book &book) {
  Value groups = new_list();
  Numbers numbers;
  for (size_t i = 0; i < group_count(optimizer); ++i) {
    Value group = new_group(kind, group_options(optimizer, i));
    set_scheduled(group, book, i);
    Value params = new_list();
    for (const at::Tensor &param : optimizer.param_groups()[i].params()) append(params, new_int(numbers.next(param)));
    set(group, "params", std::move(params));
    append(groups, std::move(group));
  }
  return groups;
}

/* ---- state ------------------------------------------------------------------------------------------------------- */

/* A float32 as in Python, up to where that counts exactly. */
Value new_step(tw_checkpoint &checkpoint, int64_t step) {
  const auto type = step <= int64_t{1} << 24 ? at::kFloat : at::kDouble;
  return new_tensor_value(checkpoint, at::scalar_tensor(step, at::TensorOptions().dtype(type)));
}

Value new_state(tw_checkpoint &checkpoint, const StateKind &kind, OptimizerParamState &state) {
  check(kind.is_state(state), TW_ERROR_TYPE, "the state of a parameter is not that of LibTorch's own ",
        kind.options().name);
  Value entry = new_dict();
  if (kind.step != nullptr) set(entry, "step", new_step(checkpoint, kind.step(state)));
  for (const StateTensor &each : kind.tensors) {
    const at::Tensor &tensor = each.tensor(state);
    if (tensor.defined()) set(entry, each.name, new_tensor_value(checkpoint, tensor));
  }
  return entry;
}

Value new_states(tw_checkpoint &checkpoint, const Optimizer &optimizer, const StateKind &kind) {
  Value states = new_dict();
  Numbers numbers;
  int64_t place = 0;
  for (const auto &group : optimizer.param_groups()) {
    for (const at::Tensor &param : group.params()) {
      OptimizerParamState *state = find_state(optimizer.state(), param);
      if (numbers.next(param) != place++ || state == nullptr) continue;
      Value entry = new_state(checkpoint, kind, *state);
      if (!twi_value_add(states.get(), new_int(place - 1).release(), entry.release())) throw std::bad_alloc();
    }
  }
  return states;
}

Value state_dict_of(tw_checkpoint &checkpoint, const tw_optimizer &optimizer) {
  const OptimizerReadLock lock(optimizer);
  const Optimizer &torch = *torch_of(&optimizer).torch;
  const StateKind &kind = require_state_kind(torch);
  const twi_book &book = *twi_optimizer_book(const_cast<tw_optimizer *>(&optimizer));
  Value state_dict = new_dict();
  set(state_dict, "state", new_states(checkpoint, torch, kind));
  set(state_dict, "param_groups", new_groups(torch, kind.options(), book));
  return state_dict;
}

}  // namespace

std::string option_key(const Option &option) { return {option.name, std::strcspn(option.name, "[")}; }

const StateKind &require_state_kind(const Optimizer &optimizer) {
  const StateKind *kind = state_kind_of(optimizer);
  check(kind != nullptr, TW_ERROR_TYPE, "the optimizer is ", optimizer_class_name(optimizer),
        "; checkpoints take Adam, AdamW, SGD, RMSprop and Adagrad");
  for (size_t group = 0; group < group_count(optimizer); ++group)
    check(kind->options().matches(group_options(optimizer, group)), TW_ERROR_TYPE, "the options of group ", group,
          " are not those of ", kind->options().name);
  return *kind;
}

}  // namespace tw

tw_status tw_checkpoint_put_optimizer(tw_checkpoint *checkpoint, const char *key, const tw_optimizer *optimizer) {
  return tw::guard([&] {
    tw::require(checkpoint, "checkpoint");
    tw::put(checkpoint, key, tw::state_dict_of(*checkpoint, tw::require(optimizer, "optimizer")));
  });
}
