/* Structures of options: NULL, the defaults, or some members changed. */
#pragma once

#include "draws.h"

namespace tw::fuzz {

template <class Options>
struct OptionsOf : Plain {
  Options options;
  bool is_null;

  /* What init fills in, its head spoiled at times. */
  OptionsOf(Run &run, tw_status (*init)(Options *, size_t)) : is_null(run.random.chance(25)) {
    run.require(init(&options, sizeof options) == TW_OK, "an init function fills in its structure");
    if (run.random.chance(3)) options.struct_size = run.random.one_of<size_t>({0, 4, sizeof options + 8, SIZE_MAX});
    if (run.random.chance(3)) options.kind = run.random.one_of<int32_t>({0, -1, 3, 77});
  }
  auto values() { return std::make_tuple(is_null ? nullptr : static_cast<const Options *>(&options)); }
  std::string text() const { return is_null ? "NULL" : "options of " + text_of(options.struct_size) + said; }

 protected:
  std::string said;

  /* Sometimes another value for a member. */
  template <class Draw, class Member>
  void change(Run &run, const char *name, Member &member, unsigned percent = 30) {
    if (!run.random.chance(percent)) return;
    Draw draw(run);
    member = draw.value;
    said += std::string(" ") + name + "=" + draw.text();
  }
};

/* One whose members stay as they are. */
template <class Options, tw_status (*init)(Options *, size_t)>
struct Defaults : OptionsOf<Options> {
  explicit Defaults(Run &run) : OptionsOf<Options>(run, init) {}
};

#define TW_FUZZ_DEFAULTS(name) Defaults<tw_##name##_options, tw_##name##_options_init>

}  // namespace tw::fuzz
