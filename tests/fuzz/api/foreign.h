/* Optimizers of somebody else's, to borrow. */
#pragma once

#include <functional>
#include <vector>

#include "random.h"

namespace tw::fuzz {

/* Makes one, and what destroys it in the end. */
void *make_foreign(Random &random, std::vector<std::function<void()>> &at_end);

}  // namespace tw::fuzz
