/* Putting simple values into a checkpoint. */
#include "base/handles.h"
#include "checkpoint/checkpoint.h"

tw_status tw_checkpoint_put_tensor(tw_checkpoint *checkpoint, const char *key, const tw_tensor *tensor) {
  return tw::guard([&] {
    tw::require(checkpoint, "checkpoint");
    tw::put(checkpoint, key, tw::new_tensor_value(*checkpoint, tw::tensor_of(tensor, "tensor"), true));
  });
}

tw_status tw_checkpoint_put_int64(tw_checkpoint *checkpoint, const char *key, int64_t value) {
  return tw::guard([&] { tw::put(checkpoint, key, tw::new_int(value)); });
}

tw_status tw_checkpoint_put_double(tw_checkpoint *checkpoint, const char *key, double value) {
  return tw::guard([&] { tw::put(checkpoint, key, tw::new_double(value)); });
}

tw_status tw_checkpoint_put_string(tw_checkpoint *checkpoint, const char *key, const char *value) {
  return tw::guard([&] { tw::put(checkpoint, key, tw::new_string(&tw::require(value, "value"), "value")); });
}
