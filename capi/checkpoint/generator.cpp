/* The state of a random number generator in a checkpoint. */
#include "base/handles.h"
#include "checkpoint/generator_state.h"

tw_status tw_checkpoint_put_generator(tw_checkpoint *checkpoint, const char *key, const tw_generator *generator) {
  return tw::guard([&] {
    tw::require(checkpoint, "checkpoint");
    at::Generator shared = tw::require(generator, "generator").generator;
    tw::put(checkpoint, key, tw::new_tensor_value(*checkpoint, tw::state_of(shared)));
  });
}

tw_status tw_checkpoint_restore_generator(tw_generator *generator, const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard([&] {
    at::Generator &target = tw::require(generator, "generator").generator;
    const twi_value &value = tw::find_value(checkpoint, key);
    std::vector<tw::GeneratorTarget> targets = {tw::read_target(*checkpoint, target, value, tw::quoted(key))};
    tw::set_states(targets);
  });
}
