/* The states of random number generators: got, looked over and set. */
#include "checkpoint/generator_state.h"

#include <cstring>
#include <mutex>
#include <utility>

#include "tensor/dtype.h"

namespace tw {
namespace {

void set_state(at::Generator &generator, const at::Tensor &state) {
  const std::lock_guard<std::mutex> lock(generator.mutex());
  generator.set_state(state);
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

}  // namespace

/* Another thread may draw from it. */
at::Tensor state_of(at::Generator &generator) {
  const std::lock_guard<std::mutex> lock(generator.mutex());
  return generator.get_state();
}

GeneratorTarget read_target(const tw_checkpoint &checkpoint, at::Generator generator, const twi_value &value,
                            std::string name) {
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
void set_states(std::vector<GeneratorTarget> &targets) {
  std::vector<at::Tensor> before;
  before.reserve(targets.size());
  for (GeneratorTarget &target : targets) before.push_back(state_of(target.generator));
  size_t done = 0;
  const Attempt failure = attempt([&] {
    for (; done < targets.size(); ++done) set_state(targets[done].generator, targets[done].state);
  });
  if (failure.status == TW_OK) return;
  const std::string &name = targets[done].name;
  while (done-- > 0) set_state(targets[done].generator, before[done]);
  fail(failure.status == TW_ERROR_TORCH ? TW_ERROR_ARGUMENT : failure.status, name,
       " is not a state of a generator: ", failure.message);
}

}  // namespace tw
