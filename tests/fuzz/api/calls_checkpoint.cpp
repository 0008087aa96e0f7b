/* Checkpoints: putting, getting, saving, loading, restoring. */
#include "draws.h"
#include "families.h"

namespace tw::fuzz {
namespace {

using Made = Out<tw_checkpoint>;
using Checkpoint = In<tw_checkpoint>;
using Difference = OneOf<tw_difference, TW_DIFFERENCE_MISSING, TW_DIFFERENCE_MISMATCHED>;

/* Where an object's state lies: mostly where it would be put. */
template <int which>
struct KeyOf : Text {
  explicit KeyOf(Run &run) : Text(run.random.chance(70) ? names[which] : Key(run).value) {}
  static constexpr const char *names[] = {"model", "optimizer", "scheduler", "warmup", "generator", "rng"};
};
using ModelKey = KeyOf<0>;
using OptimizerKey = KeyOf<1>;
using SchedulerKey = KeyOf<2>;
using WarmupKey = KeyOf<3>;
using GeneratorKey = KeyOf<4>;
using RngKey = KeyOf<5>;

const std::vector<Call> calls = {
    TW_FUZZ_CALL(tw_checkpoint_create, kNone, Made),
    TW_FUZZ_CALL(tw_checkpoint_clone, kNone, Made, Checkpoint),
    TW_FUZZ_CALL(tw_checkpoint_free, kNone, Free<tw_checkpoint>),
    TW_FUZZ_CALL(tw_checkpoint_put_tensor, kNone, Checkpoint, Key, In<tw_tensor>),
    TW_FUZZ_CALL(tw_checkpoint_put_module, kNone, Checkpoint, ModelKey, In<tw_module>),
    TW_FUZZ_CALL(tw_checkpoint_put_optimizer, kNone, Checkpoint, OptimizerKey, In<tw_optimizer>),
    TW_FUZZ_CALL(tw_checkpoint_put_lr_scheduler, kNone, Checkpoint, SchedulerKey, In<tw_lr_scheduler>),
    TW_FUZZ_CALL(tw_checkpoint_put_warmup, kNone, Checkpoint, WarmupKey, In<tw_warmup>),
    TW_FUZZ_CALL(tw_checkpoint_put_rng_state, kNone, Checkpoint, RngKey),
    TW_FUZZ_CALL(tw_checkpoint_put_generator, kNone, Checkpoint, GeneratorKey, In<tw_generator>),
    TW_FUZZ_CALL(tw_checkpoint_put_int64, kNone, Checkpoint, Key, AnyInt64),
    TW_FUZZ_CALL(tw_checkpoint_put_double, kNone, Checkpoint, Key, AnyDouble),
    TW_FUZZ_CALL(tw_checkpoint_put_string, kNone, Checkpoint, Key, Key),
    TW_FUZZ_CALL(tw_checkpoint_put_value, kNone, Checkpoint, Key, In<tw_value>),
    TW_FUZZ_CALL(tw_checkpoint_save, kNone, Checkpoint, Path),
    TW_FUZZ_CALL(tw_checkpoint_save_safetensors, kNone, Checkpoint, Path),
    TW_FUZZ_CALL(tw_checkpoint_load, kNone, Made, Path),
    TW_FUZZ_CALL(tw_checkpoint_load_safetensors, kNone, Made, Path),
    TW_FUZZ_CALL(tw_checkpoint_has, kReads, Give<int32_t>, Checkpoint, Key),
    TW_FUZZ_CALL(tw_checkpoint_get_kind, kReads, Give<tw_kind>, Checkpoint, Key),
    TW_FUZZ_CALL(tw_checkpoint_get_key_count, kReads, Give<size_t>, Checkpoint),
    TW_FUZZ_CALL(tw_checkpoint_get_key, kReads, Buffer<char>, Checkpoint, Index),
    TW_FUZZ_CALL(tw_checkpoint_get_tensor, kNone, Out<tw_tensor>, Checkpoint, Key),
    TW_FUZZ_CALL(tw_checkpoint_copy_tensor, kNone, In<tw_tensor>, Checkpoint, Key),
    TW_FUZZ_CALL(tw_checkpoint_get_int64, kReads, Give<int64_t>, Checkpoint, Key),
    TW_FUZZ_CALL(tw_checkpoint_get_double, kReads, Give<double>, Checkpoint, Key),
    TW_FUZZ_CALL(tw_checkpoint_get_string, kReads, Buffer<char>, Checkpoint, Key),
    TW_FUZZ_CALL(tw_checkpoint_get_value, kNone, Out<tw_value>, Checkpoint, Key),
    TW_FUZZ_CALL(tw_checkpoint_restore_module, kNone, In<tw_module>, Checkpoint, ModelKey, Truth),
    TW_FUZZ_CALL(tw_checkpoint_compare_module, kNone, Out<tw_module_differences>, In<tw_module>, Checkpoint, ModelKey),
    TW_FUZZ_CALL(tw_module_differences_get_count, kReads, Give<size_t>, In<tw_module_differences>, Difference),
    TW_FUZZ_CALL(tw_module_differences_get_name, kReads, Buffer<char>, In<tw_module_differences>, Difference, Index),
    TW_FUZZ_CALL(tw_module_differences_free, kNone, Free<tw_module_differences>),
    TW_FUZZ_CALL(tw_checkpoint_restore_optimizer, kBinds, In<tw_optimizer>, Checkpoint, OptimizerKey),
    TW_FUZZ_CALL(tw_checkpoint_restore_lr_scheduler, kBinds, In<tw_lr_scheduler>, Checkpoint, SchedulerKey),
    TW_FUZZ_CALL(tw_checkpoint_restore_warmup, kBinds, In<tw_warmup>, Checkpoint, WarmupKey),
    TW_FUZZ_CALL(tw_checkpoint_restore_rng_state, kNone, Checkpoint, RngKey),
    TW_FUZZ_CALL(tw_checkpoint_restore_generator, kNone, In<tw_generator>, Checkpoint, GeneratorKey),
};

}  // namespace

const std::vector<Call> &checkpoint_calls() { return calls; }

}  // namespace tw::fuzz
