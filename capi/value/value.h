/* What stands behind tw_value: an IValue where that is simple, else something that knows its items or its tensor. */
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/guard.h"
#include "torch_warmup/value.h"

namespace tw {

/* How many containers may lie in one another. */
constexpr size_t deepest_value = 100;

/* What a value may be beside an IValue. It does not change. */
class HeldValue {
 public:
  HeldValue() = default;
  HeldValue(const HeldValue &) = delete;
  HeldValue &operator=(const HeldValue &) = delete;
  virtual ~HeldValue() = default;

  /* As Python names it: "list", "torch.float32 tensor [2, 3]". */
  virtual std::string type_name() const = 0;
};

/* A list, tuple or dict, wherever its items lie. */
class ValueContainer : public HeldValue {
 public:
  std::string type_name() const override;
  virtual tw_kind kind() const = 0;
  virtual size_t depth() const = 0; /* how many containers lie in one another, this one included */
  virtual size_t size() const = 0;
  virtual tw_value item(size_t index) const = 0; /* of a dict, the value of an entry */
  virtual tw_value key(size_t index) const = 0;  /* of a dict only */

  /* Of a dict, the value under a key that is a string; of a named tuple, a field. */
  virtual std::optional<tw_value> find(const std::string &key) const;
  /* The names that find finds, no more than limit; nothing where it cannot find any by its kind. */
  virtual std::optional<std::vector<std::string>> names(size_t limit) const;
};

/* A tensor that has not been read yet. */
class StoredTensor : public HeldValue {
 public:
  virtual at::Tensor read() const = 0;
};

/* An object of Python's that this library has no type for. */
class StoredObject : public HeldValue {
 public:
  virtual std::string refusal() const = 0; /* "is a set, which ...": what it is, and what to do */
};

}  // namespace tw

struct tw_value {
  /* The IValue is no container. */
  std::variant<c10::IValue, std::shared_ptr<const tw::ValueContainer>, std::shared_ptr<const tw::StoredTensor>,
               std::shared_ptr<const tw::StoredObject>>
      held;
};

namespace tw {

inline std::unique_ptr<tw_value> new_value(tw_value value) { return std::make_unique<tw_value>(std::move(value)); }

/* Each is null, or nothing, where the value is of another sort. */
inline const c10::IValue *plain_of(const tw_value &value) { return std::get_if<c10::IValue>(&value.held); }
inline const ValueContainer *container_of(const tw_value &value) {
  const auto *held = std::get_if<std::shared_ptr<const ValueContainer>>(&value.held);
  return held != nullptr ? held->get() : nullptr;
}
const HeldValue *held_of(const tw_value &value); /* whatever it is but an IValue */
std::optional<at::Tensor> tensor_in(const tw_value &value);

tw_kind kind_of(const tw_value &value);
size_t depth_of(const tw_value &value); /* 0 where it is no container */

/* "a list", "None", as messages call a kind. */
const char *kind_name(tw_kind kind);

/* "list", "torch.float32 tensor [2, 3]", as Python names a type. */
std::string type_name_of(const tw_value &value);

/* Fails with TW_ERROR_TYPE: "value is a list, not an int"; of an object that this library has no type for, with
   TW_ERROR_UNSUPPORTED. */
[[noreturn]] void fail_kind(tw_kind kind, const std::string &name, const char *wanted);
[[noreturn]] void fail_kind(const tw_value &value, const char *wanted);

/* The container; of another value TW_ERROR_TYPE, or of an index that it has not, TW_ERROR_RANGE. */
const ValueContainer &require_container(const tw_value *value);
const ValueContainer &require_index(const tw_value *value, size_t index);

/* The value of an int that a double holds. */
std::optional<double> exact_double(int64_t value);

/* The int as a double, or TW_ERROR_TYPE that calls it by name. */
double require_exact_double(int64_t value, const std::string &name);

/* A list of names for a message: "there are: a, b", "there are none", not too many. */
std::string names_there_are(std::vector<std::string> names);
constexpr size_t most_names = 30; /* of a message that can be read; names_there_are takes one more as "..." */

}  // namespace tw
