#include "op/resolve.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/guard.h"
#include "base/message.h"
#include "op/names.h"

namespace tw {
namespace {

using Operators = std::vector<std::shared_ptr<torch::jit::Operator>>;

struct Name {
  std::string qualified;               /* "aten::add" */
  std::optional<std::string> overload; /* "out"; "" is the one that has no name of its own */
};

Name parse(const std::string &text) {
  const size_t colons = text.find("::");
  const std::string name = colons == std::string::npos ? "aten::" + without_python_prefix(text) : text;
  const size_t start = name.find("::") + 2;
  const size_t dot = name.find('.', start);
  check(start > 2 && start < name.size() && dot != start, TW_ERROR_ARGUMENT, "name is \"", text,
        "\"; it must be as \"add\", \"aten::add\" or \"add.out\"");
  if (dot == std::string::npos) return {name, {}};
  const std::string overload = name.substr(dot + 1);
  return {name.substr(0, dot), overload == "default" ? "" : overload};
}

enum class Origin { dispatcher, torchscript };

/* The overloads of one origin that the name leaves, in the order in which they are tried. */
Operators candidates_of(const Name &name, Origin origin) {
  Operators candidates;
  for (const auto &op : torch::jit::getAllOperatorsFor(c10::Symbol::fromQualString(name.qualified))) {
    /* The schema of one of TorchScript's is parsed when it is first asked for: ask for none in vain. */
    if (op->isC10Op() != (origin == Origin::dispatcher) || !op->hasOperation()) continue;
    if (name.overload && op->schema().overload_name() != *name.overload) continue;
    if (!op->schema().is_vararg()) candidates.push_back(op);
  }
  return candidates;
}

Operators candidates_of(const Name &name) {
  Operators candidates = candidates_of(name, Origin::dispatcher);
  for (auto &op : candidates_of(name, Origin::torchscript)) candidates.push_back(std::move(op));
  return candidates;
}

[[noreturn]] void fail_unknown(const std::string &qualified, const std::string &text) {
  const c10::Symbol symbol = c10::Symbol::fromQualString(qualified);
  check(torch::jit::getAllOperatorsFor(symbol).empty(), TW_ERROR_UNSUPPORTED, qualified,
        " is there, but has no schema that it could be called by");
  fail(TW_ERROR_NOT_FOUND, "there is no operator ", qualified, suggestion_for(text));
}

[[noreturn]] void fail_unknown_overload(const Name &name, const Operators &overloads) {
  std::string known;
  for (const auto &op : overloads) {
    const std::string &overload = op->schema().overload_name();
    known += (known.empty() ? "" : ", ") + (overload.empty() ? "default" : overload);
  }
  fail(TW_ERROR_NOT_FOUND, name.qualified, " has no overload \"", *name.overload, "\"; it has ", known);
}

/* Whether an overload that did not fit is worth showing: not one of TorchScript's beside the dispatcher's, nor one that
   writes into out where the caller gave none. */
bool is_plausible(const torch::jit::Operator &op, Arguments arguments) {
  const auto is_missing_out = [&](const c10::Argument &parameter) {
    return parameter.is_out() && std::none_of(arguments.begin(), arguments.end(), [&](const tw_argument &argument) {
             return argument.name != nullptr && parameter.name() == argument.name;
           });
  };
  const auto &parameters = op.schema().arguments();
  return op.isC10Op() && std::none_of(parameters.begin(), parameters.end(), is_missing_out);
}

/* What the overloads that do not fit have to say for themselves; the first few, for aten::div has sixteen. */
struct Complaints {
  static constexpr size_t most = 4, longest_schema = 150;
  size_t count = 0;
  std::string lines;
  tw_status status = TW_OK; /* theirs where they agree, else TW_ERROR_ARGUMENT */

  void add(const c10::FunctionSchema &schema, const Misfit &misfit, Arguments arguments) {
    if (++count <= most)
      lines += c10::str("\n  ", describe(misfit, schema, arguments), ": ", shortened(c10::str(schema), longest_schema));
    const tw_status of_this = status_of(misfit);
    status = status == TW_OK || status == of_this ? of_this : TW_ERROR_ARGUMENT;
  }
};

[[noreturn]] void fail_no_overload(const Name &name, const Operators &candidates, Arguments arguments) {
  Complaints plausible, rest;
  for (const auto &op : candidates) {
    torch::jit::Stack stack;
    const auto misfit = bind_arguments(stack, op->schema(), arguments);
    if (!misfit) continue;
    (is_plausible(*op, arguments) ? plausible : rest).add(op->schema(), *misfit, arguments);
  }
  const Complaints &shown = plausible.lines.empty() ? rest : plausible;
  const std::string more =
      shown.count > Complaints::most ? c10::str("\n  and ", shown.count - Complaints::most, " more") : "";
  fail(shown.status, name.qualified, " does not take these arguments:", shown.lines, more);
}

/* Says why there is no overload of that name that takes the arguments. */
[[noreturn]] void fail_to_resolve(const Name &name, const std::string &text, Arguments arguments) {
  const Operators candidates = candidates_of(name);
  if (!candidates.empty()) fail_no_overload(name, candidates, arguments);
  const Operators overloads = candidates_of(Name{name.qualified, {}});
  if (overloads.empty()) fail_unknown(name.qualified, text);
  fail_unknown_overload(name, overloads);
}

/* The handles that an argument borrows. NULL has its meaning elsewhere. */
void check_handles(const tw_argument &argument, size_t index) {
  if (argument.pointer == nullptr) return;
  const auto name = [&] { return c10::str("arguments[", index, "]"); };
  if (argument.kind == TW_KIND_TENSOR) check_alive(static_cast<const tw_tensor *>(argument.pointer), name);
  if (argument.kind == TW_KIND_GENERATOR) check_alive(static_cast<const tw_generator *>(argument.pointer), name);
  if (argument.kind != TW_KIND_TENSOR_LIST) return;
  const auto *tensors = static_cast<const tw_tensor *const *>(argument.pointer);
  for (size_t i = 0; i < argument.count; ++i)
    if (tensors[i] != nullptr) check_alive(tensors[i], [&] { return c10::str(name(), ", tensor ", i); });
}

void check_arguments(Arguments arguments) {
  bool named = false;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const tw_argument &argument = arguments[i];
    check(!named || argument.name != nullptr, TW_ERROR_ARGUMENT, "arguments[", i,
          "] has no name but follows a named one");
    check(argument.reserved == 0 && argument.reserved_words[0] == 0 && argument.reserved_words[1] == 0,
          TW_ERROR_ARGUMENT, "a reserved member of arguments[", i, "] is not 0");
    check_handles(argument, i);
    named = argument.name != nullptr;
  }
}

}  // namespace

BoundOp resolve_op(const std::string &name, Arguments arguments) {
  check_arguments(arguments);
  const std::string other = other_name_of(name);
  check(other.empty(), TW_ERROR_NOT_FOUND, other);
  const Name parsed = parse(name);
  BoundOp bound;
  /* TorchScript's own overloads come last: they fill gaps such as to(tensor, device). */
  for (const Origin origin : {Origin::dispatcher, Origin::torchscript}) {
    for (auto &op : candidates_of(parsed, origin)) {
      if (bind_arguments(bound.stack, op->schema(), arguments)) continue;
      bound.op = std::move(op);
      return bound;
    }
  }
  fail_to_resolve(parsed, name, arguments);
}

}  // namespace tw
