/* Walks over a module and its children. */
#include <c10/util/StringUtil.h>

#include <unordered_set>

#include "module/module.h"

namespace tw {
namespace {

void collect_state(const torch::nn::Module &module, const std::string &prefix, std::vector<NamedTensor> &out) {
  /* An undefined tensor stands for one that the layer was told to go without, such as a bias. */
  for (const auto &item : module.named_parameters(/*recurse=*/false))
    if (item.value().defined()) out.push_back({prefix + item.key(), item.value(), true});
  for (const auto &item : module.named_buffers(/*recurse=*/false))
    if (item.value().defined()) out.push_back({prefix + item.key(), item.value(), false});
  if (const auto *holder = dynamic_cast<const OwnState *>(&module))
    for (NamedTensor &named : holder->own_state())
      if (named.tensor.defined()) out.push_back({prefix + named.name, named.tensor, named.is_parameter});
  for (const auto &child : module.named_children()) collect_state(*child.value(), prefix + child.key() + ".", out);
}

/* Only the first of several names of one tensor. */
std::vector<NamedTensor> without_repeats(const std::vector<NamedTensor> &tensors) {
  std::unordered_set<const c10::TensorImpl *> seen;
  std::vector<NamedTensor> out;
  for (const NamedTensor &named : tensors)
    if (seen.insert(named.tensor.unsafeGetTensorImpl()).second) out.push_back(named);
  return out;
}

void collect_module_names(const torch::nn::Module &module, const std::string &prefix, std::vector<std::string> &out) {
  for (const auto &child : module.named_children()) {
    out.push_back(prefix + child.key());
    collect_module_names(*child.value(), out.back() + ".", out);
  }
}

[[noreturn]] void fail_without(const char *what, const std::string &name, const std::vector<std::string> &names) {
  fail(TW_ERROR_NOT_FOUND, "there is no ", what, " named \"", name, "\"; there ",
       names.empty() ? "are none" : "are: ", c10::Join(", ", names));
}

/* What moving one tensor will put into it. */
struct Move {
  at::Tensor tensor, data, grad;
};

Move prepare_move(const NamedTensor &named, c10::Device device) {
  Move move{named.tensor, named.tensor.detach().to(device), {}};
  if (named.is_parameter && named.tensor.grad().defined()) move.grad = named.tensor.grad().to(device);
  return move;
}

}  // namespace

std::vector<NamedTensor> state_of(const torch::nn::Module &module) {
  std::vector<NamedTensor> out;
  collect_state(module, "", out);
  return out;
}

std::vector<NamedTensor> parameters_of(const torch::nn::Module &module) {
  std::vector<NamedTensor> parameters;
  for (NamedTensor &named : state_of(module))
    if (named.is_parameter) parameters.push_back(std::move(named));
  return without_repeats(parameters);
}

at::Tensor find_tensor(const torch::nn::Module &module, const std::string &name) {
  std::vector<std::string> names;
  for (const NamedTensor &named : state_of(module)) {
    if (named.name == name) return named.tensor;
    names.push_back(named.name);
  }
  fail_without("parameter or buffer", name, names);
}

std::shared_ptr<torch::nn::Module> find_module(const torch::nn::Module &module, const std::string &name) {
  const torch::nn::Module *parent = &module;
  for (size_t start = 0;;) {
    const size_t dot = name.find('.', start);
    const auto children = parent->named_children();
    const auto *child = children.find(name.substr(start, dot - start)); /* to the end where there is no dot */
    if (child == nullptr) break;
    if (dot == std::string::npos) return *child;
    parent = child->get();
    start = dot + 1;
  }
  std::vector<std::string> names;
  collect_module_names(module, "", names);
  fail_without("module", name, names);
}

void move_tensors(torch::nn::Module &module, c10::Device device) {
  std::vector<Move> moves;
  for (const NamedTensor &named : without_repeats(state_of(module))) moves.push_back(prepare_move(named, device));
  for (Move &move : moves) {
    move.tensor.set_data(move.data);
    if (move.grad.defined()) move.tensor.mutable_grad() = move.grad;
  }
  for (const std::shared_ptr<torch::nn::Module> &each : module.modules())
    if (auto *forward = dynamic_cast<Forward *>(each.get())) forward->tensors_moved();
}

}  // namespace tw
