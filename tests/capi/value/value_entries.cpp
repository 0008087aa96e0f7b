/* One valid call of each entry point of value.h. */
#include "base/entry_points.h"
#include "values.h"

namespace tw::test {
namespace {

/* Made once, for nothing here changes them. */
const Value &tensor_value() {
  static const Value made = of_tensor({1, 2});
  return made;
}

const Value &number() {
  static const Value made = of_int(1);
  return made;
}

const Value &of_true() {
  static const Value made = of_bool(1);
  return made;
}

const Value &name() {
  static const Value made = of_string("name");
  return made;
}

const Value &dict() {
  static const Value made = dict_of(handles_of(name()), handles_of(number()));
  return made;
}

}  // namespace

const Entries value_entries = {
    ENTRY(tw_value_none, s.out(s.made_value)),
    ENTRY(tw_value_tensor, s.out(s.made_value), s.x.get()),
    ENTRY(tw_value_int64, s.out(s.made_value), 1),
    ENTRY(tw_value_double, s.out(s.made_value), 0.5),
    ENTRY(tw_value_bool, s.out(s.made_value), 1),
    ENTRY(tw_value_string, s.out(s.made_value), "text"),
    ENTRY(tw_value_list, s.out(s.made_value), list(number()), 1),
    ENTRY(tw_value_tuple, s.out(s.made_value), list(number()), 1),
    ENTRY(tw_value_dict, s.out(s.made_value), list(name()), list(number()), 1),
    ENTRY(tw_value_get_kind, s.out(s.kind), number().get()),
    ENTRY(tw_value_get_tensor, s.out(s.tensor), tensor_value().get()),
    ENTRY(tw_value_get_int64, s.out(s.int64), number().get()),
    ENTRY(tw_value_get_double, s.out(s.real), number().get()),
    ENTRY(tw_value_get_bool, s.out(s.int32), of_true().get()),
    ENTRY(tw_value_get_string, s.text, sizeof s.text, s.out(s.size), name().get()),
    ENTRY(tw_value_get_type_name, s.text, sizeof s.text, s.out(s.size), name().get()),
    ENTRY(tw_value_get_size, s.out(s.size), dict().get()),
    ENTRY(tw_value_get_item, s.out(s.made_value), dict().get(), 0),
    ENTRY(tw_value_get_key, s.out(s.made_value), dict().get(), 0),
    ENTRY(tw_value_find, s.out(s.made_value), dict().get(), "name"),
};

}  // namespace tw::test
