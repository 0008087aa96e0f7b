/* The states of random number generators in a checkpoint. */
#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cstring>
#include <mutex>
#include <vector>

#include "base/handles.h"
#include "checkpoint/checkpoint.h"
#include "tensor/dtype.h"

namespace tw {
namespace {

/* A generator, the state that it is to have, and what messages call that. */
struct Target {
  at::Generator generator;
  std::string name;
  at::Tensor state;
};

std::vector<at::Generator> cuda_generators() {
  std::vector<at::Generator> generators;
  for (int64_t i = 0; i < cuda_device_count(); ++i)
    generators.push_back(at::globalContext().defaultGenerator({at::kCUDA, static_cast<c10::DeviceIndex>(i)}));
  return generators;
}

/* Another thread may draw from it. */
at::Tensor state_of(at::Generator &generator) {
  const std::lock_guard<std::mutex> lock(generator.mutex());
  return generator.get_state();
}

void set_state(at::Generator &generator, const at::Tensor &state) {
  const std::lock_guard<std::mutex> lock(generator.mutex());
  generator.set_state(state);
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

/* LibTorch looks at each of the two counters that a CPU generator's state begins with, but not at their sum, which is
   how far it reads from its 624 numbers before it makes new ones: a damaged file would have it read beyond them. */
void check_counters(const at::Tensor &state, const std::string &name) {
  constexpr size_t left_offset = 8, next_offset = 16; /* behind the seed; and behind left and a flag */
  int32_t left = 0;
  uint64_t next = 0;
  const auto *bytes = static_cast<const char *>(state.data_ptr());
  std::memcpy(&left, bytes + left_offset, sizeof left);
  std::memcpy(&next, bytes + next_offset, sizeof next);
  check(left > 0 && next <= 624 && static_cast<uint64_t>(left) + next <= 625, TW_ERROR_ARGUMENT, name,
        " is not a state of a generator: of 624 numbers, ", left, " are left from number ", next, " on");
}

Target read_target(const tw_checkpoint &checkpoint, at::Generator generator, const twi_value &value, std::string name) {
  const twi_value_tensor &tensor = tensor_value_of(value, name);
  const int64_t size = state_of(generator).numel();
  check(tensor.storage->element == TWI_ELEMENT_UINT8 && sizes_of(tensor) == at::IntArrayRef(size), TW_ERROR_ARGUMENT,
        name, " is of ", scalar_type_of(static_cast<tw_dtype>(tensor.storage->element)), " and has the sizes ",
        sizes_of(tensor), "; a state of this generator is of Byte and has ", size);
  at::Tensor state = read_tensor(checkpoint, tensor).contiguous();
  if (generator.device().is_cpu()) check_counters(state, name);
  return {std::move(generator), std::move(name), std::move(state)};
}

/* All or none: what has been set when one is refused is set back. */
void set_states(std::vector<Target> &targets) {
  std::vector<at::Tensor> before;
  before.reserve(targets.size());
  for (Target &target : targets) before.push_back(state_of(target.generator));
  size_t done = 0;
  const tw_status status = run_guarded([&] {
    for (; done < targets.size(); ++done) set_state(targets[done].generator, targets[done].state);
  });
  if (status == TW_OK) return;
  const std::string message = tw_last_error();
  const std::string &name = targets[done].name;
  while (done-- > 0) set_state(targets[done].generator, before[done]);
  fail(status == TW_ERROR_TORCH ? TW_ERROR_ARGUMENT : status, name, " is not a state of a generator: ", message);
}

/* The CPU's state, and one for each CUDA device that is both here and in the file. */
std::vector<Target> read_targets(const tw_checkpoint &checkpoint, const twi_value &dict, const std::string &name) {
  std::vector<Target> targets;
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

tw_status tw_checkpoint_get_rng_state(const tw_checkpoint *checkpoint, const char *key) {
  return tw::guard([&] {
    const twi_value &value = tw::find_value(checkpoint, key);
    auto targets = tw::read_targets(*checkpoint, tw::dict_of(value, tw::quoted(key)), tw::quoted(key));
    tw::set_states(targets);
  });
}

tw_status tw_checkpoint_put_generator(tw_checkpoint *checkpoint, const char *key, const tw_generator *generator) {
  return tw::guard([&] {
    tw::require(checkpoint, "checkpoint");
    at::Generator shared = tw::require(generator, "generator").generator;
    tw::put(checkpoint, key, tw::new_tensor_value(*checkpoint, tw::state_of(shared)));
  });
}

tw_status tw_checkpoint_get_generator(const tw_checkpoint *checkpoint, const char *key, tw_generator *generator) {
  return tw::guard([&] {
    at::Generator &target = tw::require(generator, "generator").generator;
    const twi_value &value = tw::find_value(checkpoint, key);
    std::vector<tw::Target> targets = {tw::read_target(*checkpoint, target, value, tw::quoted(key))};
    tw::set_states(targets);
  });
}
