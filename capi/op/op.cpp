#include "torch_warmup/op.h"

#include "base/guard.h"
#include "base/handles.h"
#include "op/resolve.h"
#include "op/results.h"
#include "tensor/tensor_list.h"

namespace {

tw::BoundOp resolved(const char *name, const tw_argument *arguments, size_t argument_count) {
  tw::require(name, "name");
  tw::require_array(arguments, argument_count, "arguments");
  return tw::resolve_op(name, {arguments, argument_count});
}

}  // namespace

tw_status tw_op_call(tw_tensor_list **out, const char *name, const tw_argument *arguments, size_t argument_count) {
  if (out != nullptr) *out = nullptr;
  return tw::guard([&] {
    tw::BoundOp bound = resolved(name, arguments, argument_count);
    if (out != nullptr) tw::check_results(bound.op->schema());
    bound.op->getOperation()(bound.stack);
    if (out != nullptr) *out = tw::give(tw::new_tensor_list(tw::results_of(bound.stack)));
  });
}

tw_status tw_op_call_one(tw_tensor **out, const char *name, const tw_argument *arguments, size_t argument_count) {
  return tw::guard_new(out, [&] {
    tw::BoundOp bound = resolved(name, arguments, argument_count);
    tw::check_one_result(bound.op->schema());
    bound.op->getOperation()(bound.stack);
    const at::Tensor result = tw::results_of(bound.stack).at(0);
    return result.defined() ? tw::new_tensor(result) : nullptr;
  });
}
