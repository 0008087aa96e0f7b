/* Which modules a thread is running, one within the other, so that a failure names the path of the one that failed. */
#pragma once

#include <torch/nn/module.h>

#include <string>

#include "base/guard.h"

namespace tw {

/* Lives while a module runs. */
class Running {
 public:
  explicit Running(const torch::nn::Module &module);
  Running(const Running &) = delete;
  Running &operator=(const Running &) = delete;
  ~Running();

  /* The message of a failure: with the path of this module, unless one that this ran has named its own. */
  std::string located(const Attempt &failure);

  /* Where the path goes of what failed within the running module, where that is no module of ours. Null where none runs. */
  static std::string *path_within();

 private:
  std::string path() const;

  const torch::nn::Module &module_;
  Running *const outer_;
  Running *const outermost_;
  std::string inner_;
  std::string message_; /* of the outermost: of the failure that has been located last */
};

}  // namespace tw
