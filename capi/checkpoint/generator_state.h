/* What is common to the states of all random number generators in a checkpoint. */
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "checkpoint/checkpoint.h"

namespace tw {

/* A generator, the state that it is to have, and what messages call that. */
struct GeneratorTarget {
  at::Generator generator;
  std::string name;
  at::Tensor state;
};

at::Tensor state_of(at::Generator &generator);

/* The state that lies in a checkpoint, called name in messages, if it is one of this generator. */
GeneratorTarget read_target(const tw_checkpoint &checkpoint, at::Generator generator, const twi_value &value,
                            std::string name);

/* All or none: what has been set when one is refused is set back. */
void set_states(std::vector<GeneratorTarget> &targets);

}  // namespace tw
