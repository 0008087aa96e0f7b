/* Types of TorchScript's values, and how values are fitted to the types that a method asks for. */
#pragma once

#include <ATen/core/ivalue.h>

#include <optional>
#include <string>
#include <vector>

#include "base/guard.h"

namespace tw {

/* The type as Python writes it, such as "List[int]"; of empty containers "an empty list". */
std::string type_name(const c10::IValue &value);

/* The value with containers of its own, so that a program which changes the ones it was given, or goes on to change
   those that it gave back, leaves it as it is. Tensors and objects are shared. */
c10::IValue copied(const c10::IValue &value);

/* As copied, of exactly the type; nothing where it cannot be. Fills in the item types of empty containers, and takes an
   int for a float, as Python does, where it is exact. */
std::optional<c10::IValue> converted(const c10::IValue &value, const c10::TypePtr &type);

/* Containers of the values, of their common type, or Any where they have none. Keys without one are TW_ERROR_TYPE. */
c10::IValue new_ivalue_list(const std::vector<c10::IValue> &items);
c10::IValue new_ivalue_dict(const std::vector<c10::IValue> &keys, const std::vector<c10::IValue> &values);

}  // namespace tw
