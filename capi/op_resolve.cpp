#include "op_resolve.h"

#include <algorithm>
#include <string>
#include <vector>

#include "guard.h"

namespace tw {
namespace {

using Operators = std::vector<std::shared_ptr<torch::jit::Operator>>;

struct Name {
  std::string qualified;               /* "aten::add" */
  std::optional<std::string> overload; /* "out"; "" is the one that has no name of its own */
};

Name parse(const std::string &text) {
  const size_t colons = text.find("::");
  const std::string name = colons == std::string::npos ? "aten::" + text : text;
  const size_t start = name.find("::") + 2;
  const size_t dot = name.find('.', start);
  check(start > 2 && start < name.size() && dot != start, TW_ERROR_ARGUMENT, "name is \"", text,
        "\"; it must be as \"add\", \"aten::add\" or \"add.out\"");
  if (dot == std::string::npos) return {name, {}};
  const std::string overload = name.substr(dot + 1);
  return {name.substr(0, dot), overload == "default" ? "" : overload};
}

/* The overloads in the order in which they are tried: those of the dispatcher, then TorchScript's own, which fill gaps
   such as to(tensor, device). */
Operators overloads_of(const std::string &qualified) {
  Operators operators = torch::jit::getAllOperatorsFor(c10::Symbol::fromQualString(qualified));
  const auto unusable = [](const auto &op) { return !op->hasOperation() || op->schema().is_vararg(); };
  operators.erase(std::remove_if(operators.begin(), operators.end(), unusable), operators.end());
  std::stable_partition(operators.begin(), operators.end(), [](const auto &op) { return op->isC10Op(); });
  return operators;
}

[[noreturn]] void fail_unknown(const std::string &qualified) {
  std::string near;
  for (const c10::Symbol &symbol : torch::jit::findSimilarOperators(c10::Symbol::fromQualString(qualified)))
    near += (near.empty() ? "; the nearest names are " : ", ") + std::string(symbol.toQualString());
  fail(TW_ERROR_ARGUMENT, "there is no operator ", qualified, near);
}

/* The overloads that the caller's name leaves. */
Operators candidates_of(const Name &name) {
  Operators all = overloads_of(name.qualified);
  if (all.empty()) fail_unknown(name.qualified);
  if (!name.overload) return all;
  std::string known;
  for (const auto &op : all) {
    if (op->schema().overload_name() == *name.overload) return {op};
    known +=
        (known.empty() ? "" : ", ") + (op->schema().overload_name().empty() ? "default" : op->schema().overload_name());
  }
  fail(TW_ERROR_ARGUMENT, name.qualified, " has no overload \"", *name.overload, "\"; it has ", known);
}

/* Whether an overload that did not fit is worth showing: not one of TorchScript's beside the dispatcher's, nor one that
   writes into out where the caller gave none. */
bool is_plausible(const torch::jit::Operator &op, const Misfit &misfit) {
  const bool lacks_out = misfit.parameter != nullptr && misfit.parameter->is_out() && misfit.reason == Misfit::missing;
  return op.isC10Op() && !lacks_out;
}

[[noreturn]] void fail_no_overload(const Name &name, const Operators &candidates, Arguments arguments) {
  std::string plausible, rest;
  for (const auto &op : candidates) {
    torch::jit::Stack stack;
    const auto misfit = bind_arguments(stack, op->schema(), arguments);
    if (!misfit) continue;
    std::string &lines = is_plausible(*op, *misfit) ? plausible : rest;
    lines += c10::str("\n  ", op->schema(), ": ", describe(*misfit, op->schema(), arguments));
  }
  fail(TW_ERROR_ARGUMENT, name.qualified, " does not take these arguments:", plausible.empty() ? rest : plausible);
}

void check_order(Arguments arguments) {
  bool named = false;
  for (size_t i = 0; i < arguments.size(); ++i) {
    check(!named || arguments[i].name != nullptr, TW_ERROR_ARGUMENT, "arguments[", i,
          "] has no name but follows a named one");
    named = arguments[i].name != nullptr;
  }
}

}  // namespace

BoundOp resolve_op(const std::string &name, Arguments arguments) {
  check_order(arguments);
  const Name parsed = parse(name);
  const Operators candidates = candidates_of(parsed);
  BoundOp bound;
  for (const auto &op : candidates) {
    if (bind_arguments(bound.stack, op->schema(), arguments)) continue;
    bound.op = op;
    return bound;
  }
  fail_no_overload(parsed, candidates, arguments);
}

}  // namespace tw
