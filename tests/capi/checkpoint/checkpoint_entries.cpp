/* One valid call of each entry point of checkpoint.h and safetensors.h. */
#include "base/entry_points.h"

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

const char *with_scheduler(Setup &s) {
  must(tw_checkpoint_put_lr_scheduler(s.checkpoint.get(), "scheduler", s.scheduler.get()));
  return "scheduler";
}

const char *with_warmup(Setup &s) {
  must(tw_checkpoint_put_warmup(s.checkpoint.get(), "warmup", s.warmup.get()));
  return "warmup";
}

const char *with_optimizer(Setup &s) {
  must(tw_checkpoint_put_optimizer(s.checkpoint.get(), "optimizer", s.optimizer.get()));
  return "optimizer";
}

const char *with_rng_state(Setup &s) {
  must(tw_checkpoint_put_rng_state(s.checkpoint.get(), "rng"));
  return "rng";
}

const char *with_generator(Setup &s) {
  must(tw_checkpoint_put_generator(s.checkpoint.get(), "generator", s.generator.get()));
  return "generator";
}

}  // namespace

const Entries checkpoint_entries = {
    ENTRY(tw_checkpoint_create, s.out(s.made_checkpoint)),
    ENTRY(tw_checkpoint_put_tensor, s.checkpoint.get(), "key", s.x.get()),
    ENTRY(tw_checkpoint_put_module, s.checkpoint.get(), "key", s.module.get()),
    ENTRY(tw_checkpoint_put_optimizer, s.checkpoint.get(), "key", s.optimizer.get()),
    ENTRY(tw_checkpoint_get_optimizer, s.checkpoint.get(), with_optimizer(s), s.optimizer.get()),
    ENTRY(tw_checkpoint_put_rng_state, s.checkpoint.get(), "key"),
    ENTRY(tw_checkpoint_get_rng_state, s.checkpoint.get(), with_rng_state(s)),
    ENTRY(tw_checkpoint_put_generator, s.checkpoint.get(), "key", s.generator.get()),
    ENTRY(tw_checkpoint_get_generator, s.checkpoint.get(), with_generator(s), s.generator.get()),
    ENTRY(tw_checkpoint_put_int64, s.checkpoint.get(), "key", 1),
    ENTRY(tw_checkpoint_put_double, s.checkpoint.get(), "key", 1.0),
    ENTRY(tw_checkpoint_put_string, s.checkpoint.get(), "key", "value"),
    ENTRY(tw_checkpoint_put_lr_scheduler, s.checkpoint.get(), "key", s.scheduler.get()),
    ENTRY(tw_checkpoint_put_warmup, s.checkpoint.get(), "key", s.warmup.get()),
    ENTRY(tw_checkpoint_save, s.checkpoint.get(), s.path.c_str()),
    ENTRY(tw_checkpoint_load, s.out(s.made_checkpoint), saved(s)),
    ENTRY(tw_checkpoint_save_safetensors, s.state_dict.get(), s.path.c_str()),
    ENTRY(tw_checkpoint_load_safetensors, s.out(s.made_checkpoint), saved_safetensors(s)),
    ENTRY(tw_checkpoint_has, s.out(s.int32), s.checkpoint.get(), "tensor"),
    ENTRY(tw_checkpoint_get_kind, s.out(s.checkpoint_kind), s.checkpoint.get(), "tensor"),
    ENTRY(tw_checkpoint_key_count, s.out(s.size), s.checkpoint.get()),
    ENTRY(tw_checkpoint_get_key, s.text, sizeof s.text, s.out(s.size), s.checkpoint.get(), 0),
    ENTRY(tw_checkpoint_get_tensor, s.checkpoint.get(), "tensor", s.x.get()),
    ENTRY(tw_checkpoint_read_tensor, s.out(s.tensor), s.checkpoint.get(), "tensor"),
    ENTRY(tw_checkpoint_get_module, s.state_dict.get(), nullptr, s.module.get()),
    ENTRY(tw_checkpoint_get_module_nonstrict, s.text, sizeof s.text, s.out(s.size), s.state_dict.get(), nullptr,
          s.module.get()),
    ENTRY(tw_checkpoint_get_lr_scheduler, s.checkpoint.get(), with_scheduler(s), s.scheduler.get()),
    ENTRY(tw_checkpoint_get_warmup, s.checkpoint.get(), with_warmup(s), s.warmup.get()),
    ENTRY(tw_checkpoint_get_int64, s.out(s.int64), s.checkpoint.get(), "int64"),
    ENTRY(tw_checkpoint_get_double, s.out(s.real), s.checkpoint.get(), "double"),
    ENTRY(tw_checkpoint_get_string, s.text, sizeof s.text, s.out(s.size), s.checkpoint.get(), "string"),
};

}  // namespace tw::test
