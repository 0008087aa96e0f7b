/* One valid call of each entry point of ivalue.h and torchscript.h. */
#include "base/entry_points.h"
#include "scripts.h"

namespace tw::test {
namespace {

/* Made once, for nothing here changes them. */
const Handle<tw_module> &script() {
  static const Handle<tw_module> made = load_script(script_fixture("number"));
  return made;
}

const Ivalue &tensor_value() {
  static const Ivalue made = of_tensor({1, 2});
  return made;
}

const Ivalue &number() {
  static const Ivalue made = of_int(1);
  return made;
}

const Ivalue &of_true() {
  static const Ivalue made = of_bool(1);
  return made;
}

const Ivalue &name() {
  static const Ivalue made = of_string("name");
  return made;
}

const Ivalue &dict() {
  static const Ivalue made = dict_of(handles_of(name()), handles_of(number()));
  return made;
}

const std::string &bytes() {
  static const std::string made = bytes_of_file(script_fixture("number"));
  return made;
}

const std::string &file() {
  static const std::string made = script_fixture("number");
  return made;
}

}  // namespace

const Entries ivalue_entries = {
    ENTRY(tw_ivalue_none, s.out(s.made_ivalue)),
    ENTRY(tw_ivalue_tensor, s.out(s.made_ivalue), s.x.get()),
    ENTRY(tw_ivalue_int64, s.out(s.made_ivalue), 1),
    ENTRY(tw_ivalue_double, s.out(s.made_ivalue), 0.5),
    ENTRY(tw_ivalue_bool, s.out(s.made_ivalue), 1),
    ENTRY(tw_ivalue_string, s.out(s.made_ivalue), "text"),
    ENTRY(tw_ivalue_list, s.out(s.made_ivalue), list(number()), 1),
    ENTRY(tw_ivalue_tuple, s.out(s.made_ivalue), list(number()), 1),
    ENTRY(tw_ivalue_dict, s.out(s.made_ivalue), list(name()), list(number()), 1),
    ENTRY(tw_ivalue_get_kind, s.out(s.ivalue_kind), number().get()),
    ENTRY(tw_ivalue_get_tensor, s.out(s.tensor), tensor_value().get()),
    ENTRY(tw_ivalue_get_int64, s.out(s.int64), number().get()),
    ENTRY(tw_ivalue_get_double, s.out(s.real), number().get()),
    ENTRY(tw_ivalue_get_bool, s.out(s.int32), of_true().get()),
    ENTRY(tw_ivalue_get_string, s.text, sizeof s.text, s.out(s.size), name().get()),
    ENTRY(tw_ivalue_get_size, s.out(s.size), dict().get()),
    ENTRY(tw_ivalue_get_item, s.out(s.made_ivalue), dict().get(), 0),
    ENTRY(tw_ivalue_get_key, s.out(s.made_ivalue), dict().get(), 0),
    ENTRY(tw_ivalue_find, s.out(s.made_ivalue), dict().get(), "name"),
};

const Entries torchscript_entries = {
    ENTRY(tw_module_load_torchscript, s.out(s.made_module), file().c_str()),
    ENTRY(tw_module_load_torchscript_memory, s.out(s.made_module), bytes().data(), bytes().size()),
    ENTRY(tw_module_save_torchscript, script().get(), s.path.c_str()),
    ENTRY(tw_module_call_method, s.out(s.made_ivalue), script().get(), "forward", list(tensor_value()), 1),
    ENTRY(tw_module_has_method, s.out(s.int32), script().get(), "forward"),
};

}  // namespace tw::test
