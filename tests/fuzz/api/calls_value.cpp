/* Values, nested in one another. */
#include "draws.h"
#include "families.h"

namespace tw::fuzz {
namespace {

using Made = Out<tw_value>;
using Value = In<tw_value>;
using Values = InArray<tw_value>;

/* Keys and as many values. */
struct Entries : Plain {
  Values keys;
  std::vector<Value> drawn;
  std::vector<tw_value *> values_of_keys;
  explicit Entries(Run &run) : keys(run) {
    for (size_t i = 0; i < keys.handles.size(); ++i) {
      drawn.emplace_back(run);
      values_of_keys.push_back(drawn.back().value);
    }
  }
  auto values() const {
    const auto given = keys.values();
    return std::make_tuple(std::get<0>(given), static_cast<tw_value *const *>(values_of_keys.data()),
                           std::get<1>(given));
  }
  std::string text() const {
    std::string all = keys.text() + ": ";
    for (const auto &one : drawn) all += one.text() + " ";
    return all;
  }
  void keep(Run &run, tw_status status) {
    keys.keep(run, status);
    for (auto &one : drawn) one.keep(run, status);
  }
};

const std::vector<Call> calls = {
    TW_FUZZ_CALL(tw_value_none, kNone, Made),
    TW_FUZZ_CALL(tw_value_tensor, kNone, Made, In<tw_tensor>),
    TW_FUZZ_CALL(tw_value_int64, kNone, Made, AnyInt64),
    TW_FUZZ_CALL(tw_value_double, kNone, Made, AnyDouble),
    TW_FUZZ_CALL(tw_value_bool, kNone, Made, Truth),
    TW_FUZZ_CALL(tw_value_string, kNone, Made, Key),
    TW_FUZZ_CALL(tw_value_list, kNone, Made, Values),
    TW_FUZZ_CALL(tw_value_tuple, kNone, Made, Values),
    TW_FUZZ_CALL(tw_value_dict, kNone, Made, Entries),
    TW_FUZZ_CALL(tw_value_get_kind, kReads, Give<tw_kind>, Value),
    TW_FUZZ_CALL(tw_value_get_type_name, kReads, Buffer<char>, Value),
    TW_FUZZ_CALL(tw_value_get_tensor, kNone, Out<tw_tensor>, Value),
    TW_FUZZ_CALL(tw_value_get_int64, kReads, Give<int64_t>, Value),
    TW_FUZZ_CALL(tw_value_get_double, kReads, Give<double>, Value),
    TW_FUZZ_CALL(tw_value_get_bool, kReads, Give<int32_t>, Value),
    TW_FUZZ_CALL(tw_value_get_string, kReads, Buffer<char>, Value),
    TW_FUZZ_CALL(tw_value_get_size, kReads, Give<size_t>, Value),
    TW_FUZZ_CALL(tw_value_get_item, kNone, Made, Value, Index),
    TW_FUZZ_CALL(tw_value_get_key, kNone, Made, Value, Index),
    TW_FUZZ_CALL(tw_value_find, kNone, Made, Value, Key),
    TW_FUZZ_CALL(tw_value_free, kNone, Free<tw_value>),
};

}  // namespace

const std::vector<Call> &value_calls() { return calls; }

}  // namespace tw::fuzz
