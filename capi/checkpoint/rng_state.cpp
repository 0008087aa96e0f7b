/* The states of the default random number generators in a checkpoint. */
#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>

#include "checkpoint/generator_state.h"
#include "tensor/dtype.h"

namespace tw {
namespace {

std::vector<at::Generator> cuda_generators() {
  std::vector<at::Generator> generators;
  for (int64_t i = 0; i < cuda_device_count(); ++i)
    generators.push_back(at::globalContext().defaultGenerator({at::kCUDA, static_cast<c10::DeviceIndex>(i)}));
  return generators;
}

Value new_rng_state(tw_checkpoint &checkpoint) {
  Value cuda = new_list();
  for (at::Generator &generator : cuda_generators()) append(cuda, new_tensor_value(checkpoint, state_of(generator)));
  Value rng_state = new_dict();
  at::Generator cpu = at::detail::getDefaultCPUGenerator();
  set(rng_state, "cpu", new_tensor_value(checkpoint, state_of(cpu)));
  set(rng_state, "cuda", std::move(cuda));
  return rng_state;
}

/* The CPU's state, and one for each CUDA device that is both here and in the file. */
std::vector<GeneratorTarget> read_targets(const tw_checkpoint &checkpoint, const twi_value &dict,
                                          const std::string &name) {
  std::vector<GeneratorTarget> targets;
  targets.push_back(read_target(checkpoint, at::detail::getDefaultCPUGenerator(), find_item(dict, "cpu", name),
                                "\"cpu\" of " + name));
  const auto &states = list_of(find_item(dict, "cuda", name), "\"cuda\" of " + name).as.container;
  const std::vector<at::Generator> generators = cuda_generators();
  for (size_t i = 0; i < std::min<size_t>(states.count, generators.size()); ++i)
    targets.push_back(
        read_target(checkpoint, generators[i], *states.items[i], c10::str("\"cuda\"[", i, "] of ", name)));
  return targets;
}

}  // namespace
}  // namespace tw

tw_status tw_checkpoint_put_rng_state(tw_checkpoint *checkpoint, const char *key) {
  return tw::guard([&] {
    tw::require(checkpoint, "checkpoint");
    tw::put(checkpoint, key, tw::new_rng_state(*checkpoint));
  });
}

tw_status tw_checkpoint_restore_rng_state(const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard([&] {
    const twi_value &value = tw::find_value(checkpoint, key);
    auto targets = tw::read_targets(*checkpoint, tw::dict_of(value, tw::quoted(key)), tw::quoted(key));
    tw::set_states(targets);
  });
}
