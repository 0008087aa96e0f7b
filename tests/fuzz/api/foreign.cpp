/* They come out of a library that knows nothing of ours. */
#include "foreign.h"

#include <dlfcn.h>

#include <cstdlib>

#include "foreign_optimizer.h"

namespace tw::fuzz {
namespace {

const foreign_api &api() {
  static void *library = dlopen(TW_FOREIGN_OPTIMIZER, RTLD_NOW | RTLD_LOCAL);
  static void *function = library != nullptr ? dlsym(library, "foreign_optimizer_api") : nullptr;
  if (function == nullptr) abort();
  return *reinterpret_cast<foreign_api_function>(function)();
}

}  // namespace

void *make_foreign(Random &random, std::vector<std::function<void()>> &at_end) {
  foreign_owner *owner = random.one_of({api().make_adamw, api().make_sgd, api().make_adagrad, api().make_lbfgs,
                                        api().make_own, api().make_stubborn, api().make_empty, api().make_rateless})();
  at_end.emplace_back([owner] { api().free(owner); });
  return api().torch_optimizer(owner);
}

}  // namespace tw::fuzz
