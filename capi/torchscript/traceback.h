/* What a failure within TorchScript's interpreter says of where it happened. */
#pragma once

#include <torch/csrc/jit/api/module.h>

#include <string>

namespace tw {

/* The path of the module that failed from the one that was run, as far as the listing in the message tells; empty where it
   tells nothing, and where the module itself has failed. */
std::string failed_path(const torch::jit::Module &script, const std::string &said);

}  // namespace tw
