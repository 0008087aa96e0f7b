/* Laying arguments out as an operator's schema asks for them. */
#pragma once

#include <ATen/core/function_schema.h>
#include <ATen/core/stack.h>
#include <c10/util/ArrayRef.h>

#include <optional>
#include <string>

#include "torch_warmup/argument.h"

namespace tw {

using Arguments = c10::ArrayRef<tw_argument>;

/* Why arguments do not fit a schema. Kept small, for overloads that do not fit are met on the way to one that does. */
struct Misfit {
  enum Reason { too_many, unknown_name, given_twice, missing, wrong_kind };
  Reason reason;
  const c10::Argument *parameter; /* null where it is about no parameter */
  const tw_argument *argument;    /* null where it is about no argument */
};

/* Fills stack with the arguments in the schema's order, and its defaults. Where it returns a misfit, stack is of no use. */
std::optional<Misfit> bind_arguments(torch::jit::Stack &stack, const c10::FunctionSchema &schema, Arguments arguments);

/* What a call fails with for it: a name that is not there, an argument of another kind, or anything else. */
tw_status status_of(const Misfit &misfit);

/* For messages: "argument 'dim' (int) cannot be a float". */
std::string describe(const Misfit &misfit, const c10::FunctionSchema &schema, Arguments arguments);

}  // namespace tw
