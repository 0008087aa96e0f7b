#include "torch_warmup/op.h"

#include "base/guard.h"
#include "base/handles.h"
#include "op/resolve.h"
#include "op/results.h"

namespace {

/* Refuses before anything is computed what could not be handed over afterwards. */
void check_capacity(const c10::FunctionSchema &schema, size_t capacity, size_t *count) {
  const auto results = tw::result_count(schema);
  if (!results || *results <= capacity) return;
  if (count != nullptr) *count = *results;
  tw::fail(TW_ERROR_RANGE, "capacity is ", capacity, ", but there are ", *results, " results\n  ", schema);
}

}  // namespace

tw_status tw_op_call(tw_tensor **out, size_t capacity, size_t *count, const char *name, const tw_argument *arguments,
                     size_t argument_count) {
  return tw::guard([&] {
    tw::store_tensors(out, capacity, count, {});
    tw::require(name, "name");
    tw::require_array(arguments, argument_count, "arguments");
    auto bound = tw::resolve_op(name, {arguments, argument_count});
    if (out != nullptr) check_capacity(bound.op->schema(), capacity, count);
    bound.op->getOperation()(bound.stack);
    tw::store_tensors(out, capacity, count, tw::results_of(bound.stack));
  });
}
