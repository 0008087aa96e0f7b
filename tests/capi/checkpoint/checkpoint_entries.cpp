/* One valid call of each entry point of checkpoint.h and safetensors.h. */
#include "base/entry_points.h"
#include "values.h"

namespace tw::test {
namespace {

const char *saved(Setup &s) {
  must(tw_checkpoint_save(s.checkpoint.get(), s.path.c_str()));
  return s.path.c_str();
}

const char *saved_safetensors(Setup &s) {
  must(tw_checkpoint_save_safetensors(s.state_dict.get(), s.path.c_str()));
  return s.path.c_str();
}

/* The checkpoint, holding a value and nothing else. */
const tw_checkpoint *of_root(Setup &s, const Value &value) {
  must(tw_checkpoint_put_value(s.checkpoint.get(), nullptr, value.get()));
  return s.checkpoint.get();
}

/* The checkpoint, holding what lies under the key "state" and nothing else. */
const tw_checkpoint *of_state(Setup &s) {
  Value state;
  must(tw_checkpoint_get_value(state.out(), s.checkpoint.get(), "state"));
  return of_root(s, state);
}

const tw_checkpoint *with_scheduler(Setup &s) {
  must(tw_checkpoint_put_lr_scheduler(s.checkpoint.get(), "state", s.scheduler.get()));
  return of_state(s);
}

const tw_checkpoint *with_warmup(Setup &s) {
  must(tw_checkpoint_put_warmup(s.checkpoint.get(), "state", s.warmup.get()));
  return of_state(s);
}

const tw_checkpoint *with_optimizer(Setup &s) {
  must(tw_checkpoint_put_optimizer(s.checkpoint.get(), "state", s.optimizer.get()));
  return of_state(s);
}

const tw_checkpoint *with_rng_state(Setup &s) {
  must(tw_checkpoint_put_rng_state(s.checkpoint.get(), "state"));
  return of_state(s);
}

const tw_checkpoint *with_generator(Setup &s) {
  must(tw_checkpoint_put_generator(s.checkpoint.get(), "state", s.generator.get()));
  return of_state(s);
}

/* Made once, for nothing here changes them. */
const Value &number() {
  static const Value made = of_int(1);
  return made;
}

/* {"model": 1} */
const Value &names() {
  static const Value made = dict_of({of_string("model").get()}, {of_int(1).get()});
  return made;
}

/* Of a module and a checkpoint that lacks all of its names. */
const Handle<tw_module_differences> &differences() {
  static const Handle<tw_module_differences> made = [] {
    Setup s;
    Handle<tw_module_differences> found;
    must(tw_checkpoint_compare_module(found.out(), s.module.get(), s.checkpoint.get(), nullptr));
    return found;
  }();
  return made;
}

}  // namespace

const Entries checkpoint_entries = {
    ENTRY(tw_checkpoint_create, s.out(s.made_checkpoint)),
    ENTRY(tw_checkpoint_clone, s.out(s.made_checkpoint), s.checkpoint.get()),
    ENTRY(tw_checkpoint_from_value, s.out(s.made_checkpoint), names().get(), "mod"),
    ENTRY(tw_checkpoint_put_tensor, s.checkpoint.get(), "key", s.x.get()),
    ENTRY(tw_checkpoint_put_module, s.checkpoint.get(), "key", s.module.get()),
    ENTRY(tw_checkpoint_put_optimizer, s.checkpoint.get(), "key", s.optimizer.get()),
    ENTRY(tw_checkpoint_restore_optimizer, s.optimizer.get(), with_optimizer(s), nullptr),
    ENTRY(tw_checkpoint_put_rng_state, s.checkpoint.get(), "key"),
    ENTRY(tw_checkpoint_restore_rng_state, with_rng_state(s), nullptr),
    ENTRY(tw_checkpoint_put_generator, s.checkpoint.get(), "key", s.generator.get()),
    ENTRY(tw_checkpoint_restore_generator, s.generator.get(), with_generator(s), nullptr),
    ENTRY(tw_checkpoint_put_int64, s.checkpoint.get(), "key", 1),
    ENTRY(tw_checkpoint_put_double, s.checkpoint.get(), "key", 1.0),
    ENTRY(tw_checkpoint_put_string, s.checkpoint.get(), "key", "value"),
    ENTRY(tw_checkpoint_put_value, s.checkpoint.get(), "key", number().get()),
    ENTRY(tw_checkpoint_put_lr_scheduler, s.checkpoint.get(), "key", s.scheduler.get()),
    ENTRY(tw_checkpoint_put_warmup, s.checkpoint.get(), "key", s.warmup.get()),
    ENTRY(tw_checkpoint_save, s.checkpoint.get(), s.path.c_str()),
    ENTRY(tw_checkpoint_load, s.out(s.made_checkpoint), saved(s)),
    ENTRY(tw_checkpoint_save_safetensors, s.state_dict.get(), s.path.c_str()),
    ENTRY(tw_checkpoint_load_safetensors, s.out(s.made_checkpoint), saved_safetensors(s)),
    ENTRY(tw_checkpoint_has, s.out(s.int32), s.checkpoint.get(), "tensor"),
    ENTRY(tw_checkpoint_get_kind, s.out(s.kind), s.checkpoint.get(), "tensor"),
    ENTRY(tw_checkpoint_get_key_count, s.out(s.size), s.checkpoint.get()),
    ENTRY(tw_checkpoint_get_key, s.text, sizeof s.text, s.out(s.size), s.checkpoint.get(), 0),
    ENTRY(tw_checkpoint_copy_tensor, s.x.get(), of_root(s, of_tensor(s.x)), nullptr),
    ENTRY(tw_checkpoint_get_tensor, s.out(s.tensor), of_root(s, of_tensor(s.x)), nullptr),
    ENTRY(tw_checkpoint_restore_module, s.module.get(), s.state_dict.get(), nullptr, 1),
    ENTRY(tw_checkpoint_compare_module, s.out(s.made_differences), s.module.get(), s.state_dict.get(), nullptr),
    ENTRY(tw_module_differences_get_count, s.out(s.size), differences().get(), TW_DIFFERENCE_MISSING),
    ENTRY(tw_module_differences_get_name, s.text, sizeof s.text, s.out(s.size), differences().get(),
          TW_DIFFERENCE_MISSING, 0),
    ENTRY(tw_checkpoint_restore_lr_scheduler, s.scheduler.get(), with_scheduler(s), nullptr),
    ENTRY(tw_checkpoint_restore_warmup, s.warmup.get(), with_warmup(s), nullptr),
    ENTRY(tw_checkpoint_get_int64, s.out(s.int64), of_root(s, of_int(1)), nullptr),
    ENTRY(tw_checkpoint_get_double, s.out(s.real), of_root(s, of_double(1)), nullptr),
    ENTRY(tw_checkpoint_get_string, s.text, sizeof s.text, s.out(s.size), of_root(s, of_string("text")), nullptr),
    ENTRY(tw_checkpoint_get_value, s.out(s.made_value), s.checkpoint.get(), "tensor"),
};

}  // namespace tw::test
