/* Calls of the typed operators, and their gradients against finite differences. */
#pragma once

#include <functional>

#include "op.h"

namespace tw::test {

using Numbers = std::vector<double>;
using Sizes = std::vector<int64_t>;
using Function = std::function<tw_status(tw_tensor **, const tw_tensor *)>;

/* The result of a call that must succeed. */
template <class Call>
Tensor made(Call &&call) {
  Tensor out;
  const tw_status status = call(out.out());
  INFO(tw_last_error());
  REQUIRE(status == TW_OK);
  return out;
}

inline Tensor applied(const Function &function, const Tensor &input) {
  return made([&](tw_tensor **out) { return function(out, input.get()); });
}

inline Sizes sizes_of(const Tensor &tensor) { return sizes(tensor.get()); }

/* A weighted sum, so that the gradients of the elements differ. */
inline double weighted(const Numbers &values) {
  double sum = 0;
  for (size_t i = 0; i < values.size(); ++i) sum += std::cos(static_cast<double>(i)) * values[i];
  return sum;
}

inline Numbers gradient_of(const Function &function, const Numbers &at, const Sizes &shape) {
  const Tensor input = doubles(at, shape);
  REQUIRE(tw_tensor_set_requires_grad(input.get(), 1) == TW_OK);
  const Tensor output = applied(function, input);
  Numbers weights(numbers(output).size());
  for (size_t i = 0; i < weights.size(); ++i) weights[i] = std::cos(static_cast<double>(i));
  const Tensor flat = doubles(weights), shaped = op("reshape", {arg(flat), ints(sizes_of(output))});
  REQUIRE(tw_tensor_backward(output.get(), shaped.get(), 0) == TW_OK);
  return numbers(made([&](tw_tensor **out) { return tw_tensor_get_grad(out, input.get()); }));
}

/* Central differences in double: their error is far below the tolerance for functions as smooth as these. */
inline void check_gradient(const Function &function, const Numbers &at, const Sizes &shape) {
  const double step = 1e-5;
  Numbers wanted;
  for (size_t i = 0; i < at.size(); ++i) {
    Numbers above = at, below = at;
    above[i] += step;
    below[i] -= step;
    const double rise = weighted(numbers(applied(function, doubles(above, shape)))) -
                        weighted(numbers(applied(function, doubles(below, shape))));
    wanted.push_back(rise / (2 * step));
  }
  check_near(gradient_of(function, at, shape), wanted, 1e-7);
}

/* Numbers without a pattern that a wrong index could hide behind. */
inline Numbers assorted(size_t count) {
  Numbers values(count);
  for (size_t i = 0; i < count; ++i) values[i] = std::sin(1.7 * static_cast<double>(i) + 0.3);
  return values;
}

/* A call that must fail, leaving NULL. Gives the message. */
template <class Call>
std::string refusal(tw_status status, Call &&call) {
  tw_tensor *out = rubbish<tw_tensor>();
  CHECK(call(&out) == status);
  CHECK(out == nullptr);
  return tw_last_error();
}

/* Options as their init function leaves them. */
template <class Options>
Options default_options(tw_status (*init)(Options *, size_t)) {
  Options options;
  REQUIRE(init(&options, sizeof options) == TW_OK);
  return options;
}

}  // namespace tw::test
