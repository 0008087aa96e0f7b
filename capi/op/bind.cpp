#include "op/bind.h"

#include <ATen/core/jit_type.h>
#include <c10/util/SmallVector.h>

#include <algorithm>

#include "op/convert.h"

namespace tw {
namespace {

/* Which argument each parameter gets; null where it is left to its default. */
using Layout = c10::SmallVector<const tw_argument *, 12>;

size_t positional_count(const c10::FunctionSchema &schema) {
  const auto &parameters = schema.arguments();
  return static_cast<size_t>(std::count_if(parameters.begin(), parameters.end(),
                                           [](const c10::Argument &parameter) { return !parameter.kwarg_only(); }));
}

/* The parameter's index; the number of parameters where the schema has none of that name. */
size_t index_of(const c10::FunctionSchema &schema, const char *name) {
  const auto &parameters = schema.arguments();
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const c10::Argument &parameter) { return parameter.name() == name; });
  return static_cast<size_t>(found - parameters.begin());
}

std::optional<Misfit> lay_out(Layout &layout, const c10::FunctionSchema &schema, Arguments arguments) {
  const auto &parameters = schema.arguments();
  const size_t positional = positional_count(schema);
  layout.resize(parameters.size(), nullptr);
  for (size_t i = 0; i < arguments.size(); ++i) {
    const tw_argument &argument = arguments[i];
    if (argument.name == nullptr && i >= positional) return Misfit{Misfit::too_many, nullptr, &argument};
    const size_t place = argument.name == nullptr ? i : index_of(schema, argument.name);
    if (place == parameters.size()) return Misfit{Misfit::unknown_name, nullptr, &argument};
    if (layout[place] != nullptr) return Misfit{Misfit::given_twice, &parameters[place], &argument};
    layout[place] = &argument;
  }
  return {};
}

size_t given_by_position(Arguments arguments) {
  return static_cast<size_t>(std::count_if(arguments.begin(), arguments.end(),
                                           [](const tw_argument &argument) { return argument.name == nullptr; }));
}

}  // namespace

std::optional<Misfit> bind_arguments(torch::jit::Stack &stack, const c10::FunctionSchema &schema, Arguments arguments) {
  Layout layout;
  if (auto misfit = lay_out(layout, schema, arguments)) return misfit;
  const auto &parameters = schema.arguments();
  stack.clear();
  stack.reserve(parameters.size());
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (layout[i] == nullptr) {
      if (!parameters[i].default_value()) return Misfit{Misfit::missing, &parameters[i], nullptr};
      stack.push_back(*parameters[i].default_value());
      continue;
    }
    auto value = convert_argument(parameters[i], *layout[i]);
    if (!value) return Misfit{Misfit::wrong_kind, &parameters[i], layout[i]};
    stack.push_back(std::move(*value));
  }
  return {};
}

tw_status status_of(const Misfit &misfit) {
  if (misfit.reason == Misfit::unknown_name) return TW_ERROR_NOT_FOUND;
  return misfit.reason == Misfit::wrong_kind ? TW_ERROR_TYPE : TW_ERROR_ARGUMENT;
}

std::string describe(const Misfit &misfit, const c10::FunctionSchema &schema, Arguments arguments) {
  const std::string parameter = misfit.parameter == nullptr ? ""
                                                            : c10::str("argument '", misfit.parameter->name(), "' (",
                                                                       misfit.parameter->real_type()->str(), ")");
  switch (misfit.reason) {
    case Misfit::too_many:
      return c10::str("it takes ", positional_count(schema), " positional arguments, but ",
                      given_by_position(arguments), " are given");
    case Misfit::unknown_name:
      return c10::str("it has no argument '", misfit.argument->name, "'");
    case Misfit::given_twice:
      return parameter + " is given twice";
    case Misfit::missing:
      return parameter + " is missing";
    case Misfit::wrong_kind:
      return c10::str(parameter, " cannot be ", describe_kind(*misfit.argument));
  }
  return parameter;
}

}  // namespace tw
