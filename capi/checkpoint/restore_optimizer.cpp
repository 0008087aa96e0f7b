/* Loading an optimizer's state_dict: everything is read and checked before the optimizer is touched. */
#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <unordered_map>

#include "base/arguments.h"
#include "checkpoint/optimizer.h"

namespace tw {
namespace {

using torch::optim::Optimizer;
using torch::optim::OptimizerOptions;

/* ---- values ------------------------------------------------------------------------------------------------------ */

/* A number, or the one element of a tensor: Python's steps are tensors, and its rates may be. */
double number_of(const tw_checkpoint &checkpoint, const twi_value &value, const std::string &name) {
  if (value.kind != TWI_VALUE_TENSOR) return double_of(value, name);
  const auto sizes = sizes_of(value.as.tensor);
  check(std::all_of(sizes.begin(), sizes.end(), [](int64_t size) { return size == 1; }), TW_ERROR_TYPE, name,
        " has the sizes ", sizes, "; it must be one number");
  return read_tensor(checkpoint, value.as.tensor).to(at::kDouble).item<double>();
}

int64_t step_of(const tw_checkpoint &checkpoint, const twi_value &value, const std::string &name) {
  const double step = number_of(checkpoint, value, name);
  check(step >= 0 && step <= std::ldexp(1.0, 53) && step == std::floor(step), TW_ERROR_ARGUMENT, name, " is ", step,
        "; it must be a whole number, and not negative");
  return static_cast<int64_t>(step);
}

/* Of the dtype, device and layout that LibTorch itself would make it in. */
at::Tensor tensor_like(const at::Tensor &param, const tw_checkpoint &checkpoint, const twi_value &value,
                       const std::string &name) {
  const twi_value_tensor &tensor = tensor_value_of(value, name);
  check(sizes_of(tensor) == param.sizes(), TW_ERROR_ARGUMENT, name, " has the sizes ", sizes_of(tensor),
        "; those of its parameter are ", param.sizes());
  const at::Tensor read = read_tensor(checkpoint, tensor);
  check(read.is_complex() == param.is_complex(), TW_ERROR_TYPE, name, " is of type ", read.scalar_type(),
        "; its parameter is of ", param.scalar_type());
  const at::Tensor out = at::empty_like(param.detach(), {}, at::MemoryFormat::Preserve);
  return out.copy_(read);
}

bool is_true(const twi_value &value, const std::string &name) {
  return value.kind != TWI_VALUE_NONE && int64_of(value, name) != 0;
}

/* Without anything but None: what Python's SGD keeps of a parameter before it has a momentum. */
bool is_blank(const twi_value &entry) {
  const auto &items = entry.as.container;
  for (size_t i = 1; i < items.count; i += 2)
    if (items.items[i]->kind != TWI_VALUE_NONE) return false;
  return true;
}

/* ---- the load ---------------------------------------------------------------------------------------------------- */

class OptimizerLoad {
 public:
  OptimizerLoad(const tw_checkpoint &checkpoint, const std::string &name, tw_optimizer &optimizer)
      : checkpoint_(checkpoint),
        name_(name),
        torch_(*torch_of(&optimizer).torch),
        book_(*twi_optimizer_book(&optimizer)),
        kind_(require_state_kind(torch_)) {}

  void read(const twi_value &state_dict) {
    read_groups(list_of(find_item(state_dict, "param_groups", name_), path("param_groups")));
    read_states(dict_of(find_item(state_dict, "state", name_), path("state")));
    add_first_states();
    keep_scheduled();
  }

  ~OptimizerLoad() {
    for (twi_numbers &numbers : kept_) std::free(numbers.values);
  }
  OptimizerLoad(const OptimizerLoad &) = delete;
  OptimizerLoad &operator=(const OptimizerLoad &) = delete;

  /* Nothing here can fail. */
  void commit() {
    for (size_t group = 0; group < options_.size(); ++group)
      copy_options(kind_.options(), group_options(torch_, group), *options_[group]);
    torch_.state().swap(states_); /* to move one allocates what it leaves behind */
    for (size_t entry = 0; entry < TWI_ENTRY_COUNT; ++entry)
      if (kept_[entry].values != nullptr) twi_book_take(&book_, static_cast<twi_entry>(entry), &kept_[entry]);
  }

 private:
  struct Member {
    at::Tensor param;
    size_t group;
  };

  template <class... Parts>
  std::string path(const Parts &...parts) const {
    return c10::str(parts..., " of ", name_);
  }

  void read_groups(const twi_value &groups);
  void read_group(size_t group, const twi_value &from);
  double read_option(size_t group, const twi_value &from, const Option &option) const;
  bool is_group_key(const std::string &key) const;
  void check_python_options(size_t group, const twi_value &from) const;
  void read_scheduled(size_t group, const twi_value &from);
  void keep_scheduled();
  void read_members(size_t group, const twi_value &from);

  void read_states(const twi_value &states);
  std::unique_ptr<OptimizerParamState> read_state(int64_t number, const Member &member, const twi_value &entry) const;
  void read_tensor_of(const StateTensor &each, OptimizerParamState &state, int64_t number, const Member &member,
                      const twi_value &entry) const;
  void check_names(int64_t number, const twi_value &entry) const;
  void add_first_states();

  const tw_checkpoint &checkpoint_;
  const std::string &name_;
  Optimizer &torch_;
  twi_book &book_;
  const StateKind &kind_;

  std::vector<std::unique_ptr<OptimizerOptions>> options_;     /* what the groups are to have */
  std::array<std::vector<double>, TWI_ENTRY_COUNT> scheduled_; /* of the first groups, as many as have them */
  std::array<twi_numbers, TWI_ENTRY_COUNT> kept_{};            /* the same, for the book */
  std::unordered_map<int64_t, Member> members_;                /* by the numbers that the file gives them */
  StateMap states_;
};

/* ---- param_groups ------------------------------------------------------------------------------------------------ */

void OptimizerLoad::read_groups(const twi_value &groups) {
  const size_t count = groups.as.container.count, wanted = group_count(torch_);
  check(count == wanted, TW_ERROR_ARGUMENT, name_, " has ", count, " parameter groups; this ", kind_.options().name,
        " has ", wanted);
  for (size_t group = 0; group < count; ++group)
    read_group(group, dict_of(*groups.as.container.items[group], path("param_groups[", group, "]")));
}

void OptimizerLoad::read_group(size_t group, const twi_value &from) {
  std::vector<OptionValue> values;
  double lr = 0; /* set apart from the others: it may be one to which schedules led, and not a given one */
  for (const Option &option : kind_.options().options) {
    const double value = read_option(group, from, option);
    if (std::strcmp(option.name, "lr") == 0)
      lr = value;
    else
      values.push_back({option.name, value});
  }
  require_rate(lr, path("param_groups[", group, "].lr"));
  check_python_options(group, from);
  options_.push_back(group_options(torch_, group).clone());
  options_.back()->set_lr(lr);
  const Attempt set = attempt([&] { set_options(*options_.back(), values); });
  if (set.status != TW_OK) fail(set.status, path("param_groups[", group, "]"), ": ", set.message);
  read_scheduled(group, from);
  read_members(group, from);
}

double OptimizerLoad::read_option(size_t group, const twi_value &from, const Option &option) const {
  const std::string key = option_key(option);
  const std::string name = path("param_groups[", group, "].", key);
  const twi_value *found = twi_value_find(&from, key.c_str());
  if (found == nullptr && option.since_later) return option.default_value;
  const twi_value &value = found != nullptr ? *found : find_item(from, key.c_str(), path("param_groups[", group, "]"));
  if (option.flag != nullptr) return is_true(value, name) ? 1 : 0;
  if (key == option.name) return number_of(checkpoint_, value, name);
  const auto &pair = list_of(value, name).as.container;
  check(pair.count == 2, TW_ERROR_TYPE, name, " has ", pair.count, " numbers; it must have 2");
  const bool is_second = option.name[key.size() + 1] == '1';
  return number_of(checkpoint_, *pair.items[is_second ? 1 : 0], name);
}

/* The options of both sides, what schedulers keep there, and whose parameters they are. */
bool OptimizerLoad::is_group_key(const std::string &key) const {
  const OptimizerKind &kind = kind_.options();
  const auto is_option = [&](const Option &option) { return option_key(option) == key; };
  const auto is_python_option = [&](const PythonOption &option) { return key == option.name; };
  bool known = key == "params" || key == "param_names";
  for (size_t entry = 0; entry < TWI_ENTRY_COUNT; ++entry)
    known = known || key == twi_entry_name(static_cast<twi_entry>(entry));
  return known || std::any_of(kind.options.begin(), kind.options.end(), is_option) ||
         std::any_of(kind.python_options.begin(), kind.python_options.end(), is_python_option);
}

void OptimizerLoad::check_python_options(size_t group, const twi_value &from) const {
  require_known_keys(
      from, [&](const std::string &key) { return is_group_key(key); }, path("param_groups[", group, "]"));
  for (const PythonOption &option : kind_.options().python_options) {
    const twi_value *value = option.decides_steps ? twi_value_find(&from, option.name) : nullptr;
    const std::string name = path("param_groups[", group, "].", option.name);
    if (value == nullptr || is_true(*value, name) == (option.value == PythonOption::yes)) continue;
    fail(TW_ERROR_TYPE, name, " is ", option.value == PythonOption::yes ? "False" : "True", ", which LibTorch's ",
         kind_.options().name, " cannot do");
  }
}

/* What PyTorch's LR schedulers keep in the groups and start from, also those that are made after loading: so shall ours. */
void OptimizerLoad::read_scheduled(size_t group, const twi_value &from) {
  for (size_t entry = 0; entry < TWI_ENTRY_COUNT; ++entry) {
    const char *key = twi_entry_name(static_cast<twi_entry>(entry));
    const twi_value *value = twi_value_find(&from, key);
    if (value == nullptr) continue;
    const std::string name = path("param_groups[", group, "].", key);
    const double number = require_finite(number_of(checkpoint_, *value, name), name);
    check(scheduled_[entry].size() == group, TW_ERROR_UNSUPPORTED, name, " is ", number, ", but param_groups[",
          scheduled_[entry].size(), "] has no ", key, ": schedulers start from those of the first groups on");
    scheduled_[entry].push_back(number);
  }
}

void OptimizerLoad::keep_scheduled() {
  for (size_t entry = 0; entry < TWI_ENTRY_COUNT; ++entry)
    if (!scheduled_[entry].empty())
      require_ok(twi_numbers_copy(&kept_[entry], scheduled_[entry].data(), scheduled_[entry].size()));
}

void OptimizerLoad::read_members(size_t group, const twi_value &from) {
  const std::string where = path("param_groups[", group, "]"), name = path("param_groups[", group, "].params");
  const auto &numbers = list_of(find_item(from, "params", where), name).as.container;
  const std::vector<at::Tensor> &params = torch_.param_groups()[group].params();
  check(numbers.count == params.size(), TW_ERROR_ARGUMENT, where, " has ", numbers.count,
        " parameters; the group of this ", kind_.options().name, " has ", params.size());
  for (size_t i = 0; i < params.size(); ++i) {
    const int64_t number = int64_of(*numbers.items[i], name);
    const auto [entry, is_new] = members_.emplace(number, Member{params[i], group});
    check(is_new || entry->second.param.is_same(params[i]), TW_ERROR_ARGUMENT, name, " has ", number,
          ", which another parameter has");
  }
}

/* ---- state ------------------------------------------------------------------------------------------------------- */

void OptimizerLoad::read_states(const twi_value &states) {
  const auto &items = states.as.container;
  for (size_t i = 0; i < items.count; i += 2) {
    const int64_t number = int64_of(*items.items[i], path("a key in state"));
    const std::string name = path("state[", number, "]");
    const auto member = members_.find(number);
    check(member != members_.end(), TW_ERROR_ARGUMENT, name, " is of a parameter that no group has");
    const twi_value &entry = dict_of(*items.items[i + 1], name);
    if (!is_blank(entry)) put_state(states_, member->second.param, read_state(number, member->second, entry));
  }
}

std::unique_ptr<OptimizerParamState> OptimizerLoad::read_state(int64_t number, const Member &member,
                                                               const twi_value &entry) const {
  check_names(number, entry);
  auto state = kind_.make();
  if (kind_.step != nullptr) {
    const twi_value &step = find_item(entry, "step", path("state[", number, "]"));
    kind_.step(*state) = step_of(checkpoint_, step, path("state[", number, "].step"));
  }
  for (const StateTensor &each : kind_.tensors) read_tensor_of(each, *state, number, member, entry);
  return state;
}

void OptimizerLoad::read_tensor_of(const StateTensor &each, OptimizerParamState &state, int64_t number,
                                   const Member &member, const twi_value &entry) const {
  const std::string name = path("state[", number, "].", each.name);
  const twi_value *value = twi_value_find(&entry, each.name);
  if (value != nullptr && value->kind != TWI_VALUE_NONE) {
    each.tensor(state) = tensor_like(member.param, checkpoint_, *value, name);
    return;
  }
  if (!is_needed(each, *options_[member.group])) return;
  const std::string option = each.needed_with;
  fail(TW_ERROR_ARGUMENT, name, " is missing; ", kind_.options().name, " needs it",
       option.empty() ? "" : " with " + option);
}

/* A state of another class shall not be taken for one without the tensors that this class keeps. */
void OptimizerLoad::check_names(int64_t number, const twi_value &entry) const {
  const auto &items = entry.as.container;
  for (size_t i = 0; i < items.count; i += 2) {
    const std::string key = string_of(*items.items[i], path("a key in state[", number, "]"));
    const bool known = (kind_.step != nullptr && key == "step") ||
                       std::any_of(kind_.tensors.begin(), kind_.tensors.end(),
                                   [&](const StateTensor &each) { return key == each.name; });
    check(known, TW_ERROR_TYPE, path("state[", number, "].", key), " is nothing that ", kind_.options().name, " keeps");
  }
}

void OptimizerLoad::add_first_states() {
  if (kind_.make_first == nullptr) return;
  for (size_t group = 0; group < options_.size(); ++group) {
    for (const at::Tensor &param : torch_.param_groups()[group].params())
      if (find_state(states_, param) == nullptr) put_state(states_, param, kind_.make_first(param, torch_.defaults()));
  }
}

}  // namespace

void load_optimizer(const tw_checkpoint &checkpoint, const twi_value &state_dict, const std::string &name,
                    tw_optimizer &optimizer) {
  const OptimizerLock lock(optimizer);
  OptimizerLoad load(checkpoint, name, optimizer);
  load.read(state_dict);
  load.commit();
}

}  // namespace tw

tw_status tw_checkpoint_restore_optimizer(tw_optimizer *optimizer, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard([&] {
    const twi_value &value = tw::find_value(checkpoint, key);
    const std::string name = tw::quoted(key);
    tw::load_optimizer(*checkpoint, tw::dict_of(value, name), name, tw::require(optimizer, "optimizer"));
  });
}
