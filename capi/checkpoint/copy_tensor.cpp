/* A tensor of a checkpoint into one that is there. */
#include <ATen/ATen.h>

#include "base/handles.h"
#include "checkpoint/checkpoint.h"
#include "tensor/dtype.h"
#include "tensor/memory.h"

namespace tw {
namespace {

void check_same(const twi_value_tensor &from, const at::Tensor &to, const std::string &name) {
  require_writable(to, "the tensor");
  check(sizes_of(from) == to.sizes(), TW_ERROR_ARGUMENT, name, " has the sizes ", sizes_of(from), "; the tensor's are ",
        to.sizes());
  const auto type = scalar_type_of(static_cast<tw_dtype>(from.storage->element));
  check(type == to.scalar_type(), TW_ERROR_TYPE, name, " is of type ", type, "; the tensor's is ", to.scalar_type());
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_copy_tensor(tw_tensor *tensor, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard([&] {
    const at::Tensor &to = tw::tensor_of(tensor, "tensor");
    const twi_value_tensor &from = tw::tensor_value_of(tw::find_value(checkpoint, key), tw::quoted(key));
    tw::check_same(from, to, tw::quoted(key));
    to.detach().copy_(tw::read_tensor(*checkpoint, from));
  });
}
