/* One valid call of each entry point of torchscript.h. */
#include "base/entry_points.h"
#include "scripts.h"

namespace tw::test {
namespace {

/* Made once, for nothing here changes them. */
const Handle<tw_module> &script() {
  static const Handle<tw_module> made = load_script(script_fixture("number"));
  return made;
}

const Value &tensor_value() {
  static const Value made = of_tensor({1, 2});
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

const Entries torchscript_entries = {
    ENTRY(tw_module_load_torchscript, s.out(s.made_module), file().c_str()),
    ENTRY(tw_module_load_torchscript_memory, s.out(s.made_module), bytes().data(), bytes().size()),
    ENTRY(tw_module_save_torchscript, script().get(), s.path.c_str()),
    ENTRY(tw_module_call_method, s.out(s.made_value), script().get(), "forward", list(tensor_value()), 1),
    ENTRY(tw_module_has_method, s.out(s.int32), script().get(), "forward"),
};

}  // namespace tw::test
