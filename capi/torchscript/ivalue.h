/* What stands behind tw_ivalue, and how values are fitted to the types that a TorchScript method asks for. */
#pragma once

#include <ATen/core/ivalue.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/guard.h"
#include "torch_warmup/ivalue.h"

struct tw_ivalue {
  c10::IValue value; /* its containers are its own: nobody else holds them */
};

namespace tw {

inline std::unique_ptr<tw_ivalue> new_ivalue(c10::IValue value) {
  return std::make_unique<tw_ivalue>(tw_ivalue{std::move(value)});
}

/* count values of which none may be null; the message of a null one names its index. */
std::vector<c10::IValue> ivalues_of(tw_ivalue *const *values, size_t count, const char *name);

tw_ivalue_kind kind_of(const c10::IValue &value);

/* The type as Python writes it, such as "List[int]"; of empty containers "an empty list". */
std::string type_name(const c10::IValue &value);

/* The value with containers of its own, so that a program which changes the ones it was given, or goes on to change
   those that it gave back, leaves it as it is. Tensors and objects are shared. */
c10::IValue copied(const c10::IValue &value);

/* As copied, of exactly the type; nothing where it cannot be. Fills in the item types of empty containers, and takes an
   int for a float, as Python does, where it is exact. */
std::optional<c10::IValue> converted(const c10::IValue &value, const c10::TypePtr &type);

/* The value of an int that a double holds. */
std::optional<double> exact_double(int64_t value);

/* Containers of the values. What has no common type is TW_ERROR_TYPE. */
c10::IValue new_ivalue_list(const std::vector<c10::IValue> &items);
c10::IValue new_ivalue_dict(const std::vector<c10::IValue> &keys, const std::vector<c10::IValue> &values);

}  // namespace tw
