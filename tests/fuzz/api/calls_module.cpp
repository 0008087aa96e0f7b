/* Modules: made of others, of the caller's own, TorchScript's. */
#include "callbacks.h"
#include "families.h"

namespace tw::fuzz {
namespace {

using Made = Out<tw_module>;
using Module = In<tw_module>;
using Tensors = InArray<tw_tensor>;

struct Name : Text {
  explicit Name(Run &run)
      : Text(run.random.chance(92)
                 ? run.random.one_of({"weight", "bias", "0", "a", "b", "0.weight", "running_mean", "a.0"})
                 : run.random.one_of<const char *>({nullptr, "", "\xff", ".", "a..b"})) {}
};

struct Method : Text {
  explicit Method(Run &run) : Text(run.random.one_of<const char *>({"forward", "forward", "no_such", "", nullptr})) {}
};

/* A TorchScript file: a good one, or a checkpoint, or none. */
struct Script : Text {
  explicit Script(Run &run)
      : Text(run.random.chance(80)
                 ? run.random.one_of({TW_FIXTURES "/torchscript/traced.pt", TW_FIXTURES "/torchscript/number.pt"})
                 : Path(run).value) {}
};

const std::vector<Call> calls = {
    TW_FUZZ_CALL(tw_module_sequential, kNone, Made, InArray<tw_module>),
    TW_FUZZ_CALL(tw_module_sequential, kNone, Made, InArray<tw_module>),
    TW_FUZZ_CALL(tw_module_custom, kNone, Made, Forward),
    TW_FUZZ_CALL(tw_module_custom, kNone, Made, Forward),
    TW_FUZZ_CALL(tw_module_register_parameter, kNone, Module, Name, In<tw_tensor>),
    TW_FUZZ_CALL(tw_module_register_buffer, kNone, Module, Name, In<tw_tensor>),
    TW_FUZZ_CALL(tw_module_register_module, kNone, Module, Name, Module),
    TW_FUZZ_CALL(tw_module_forward, kNone, Out<tw_tensor>, Module, Tensors),
    TW_FUZZ_CALL(tw_module_forward, kNone, Out<tw_tensor>, Module, Tensors),
    TW_FUZZ_CALL(tw_module_forward_all, kNone, Out<tw_tensor_list>, Module, Tensors),
    TW_FUZZ_CALL(tw_module_get_parameters, kNone, Out<tw_tensor_list>, Module),
    TW_FUZZ_CALL(tw_module_get_parameter_name, kReads, Buffer<char>, Module, Index),
    TW_FUZZ_CALL(tw_module_get_tensor, kNone, Out<tw_tensor>, Module, Name),
    TW_FUZZ_CALL(tw_module_get_module, kNone, Made, Module, Name),
    TW_FUZZ_CALL(tw_module_train, kNone, Module, Truth),
    TW_FUZZ_CALL(tw_module_is_training, kReads, Give<int32_t>, Module),
    TW_FUZZ_CALL(tw_module_move_to, kNone, Module, Device),
    TW_FUZZ_CALL(tw_module_zero_grad, kNone, Module),
    TW_FUZZ_CALL(tw_module_load_torchscript, kNone, Made, Script),
    TW_FUZZ_CALL(tw_module_save_torchscript, kNone, Module, Path),
    TW_FUZZ_CALL(tw_module_call_method, kNone, Out<tw_value>, Module, Method, InArray<tw_value>),
    TW_FUZZ_CALL(tw_module_has_method, kReads, Give<int32_t>, Module, Method),
    TW_FUZZ_CALL(tw_module_free, kNone, Free<tw_module>),
};

}  // namespace

const std::vector<Call> &module_calls() { return calls; }

}  // namespace tw::fuzz
