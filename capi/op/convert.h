/* What an argument of tw_op_call becomes where a schema asks for a type. */
#pragma once

#include <ATen/core/function_schema.h>

#include <optional>
#include <string>

#include "torch_warmup/argument.h"

namespace tw {

/* The value of argument as parameter wants it; nothing where it is of another kind. Fails where it is of the right kind
   but wrong in itself: a truth value of 5, a device that is not there. */
std::optional<c10::IValue> convert_argument(const c10::Argument &parameter, const tw_argument &argument);

/* For messages: "a float", "a list of ints". */
std::string describe_kind(const tw_argument &argument);

}  // namespace tw
