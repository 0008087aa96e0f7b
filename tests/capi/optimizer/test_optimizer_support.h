/* What the tests of optimizers share: parameters in float64, and optimizers of them. */
#pragma once

#include <string>
#include <vector>

#include "catch.h"
#include "handles.h"

namespace tw::test {

/* A leaf of float64 numbers that requires a gradient: rounding stays far below what a wrong formula changes. */
inline Handle<tw_tensor> parameter64(const std::vector<double> &numbers) {
  const auto size = static_cast<int64_t>(numbers.size());
  Handle<tw_tensor> made;
  REQUIRE(tw_tensor_from_data(made.out(), numbers.data(), numbers.size() * sizeof numbers[0], &size, 1, TW_FLOAT64) ==
          TW_OK);
  REQUIRE(tw_tensor_set_requires_grad(made.get(), 1) == TW_OK);
  return made;
}

inline std::vector<double> values64(const tw_tensor *tensor) {
  size_t count = 0;
  REQUIRE(tw_tensor_get_numel(&count, tensor) == TW_OK);
  std::vector<double> out(count);
  REQUIRE(tw_tensor_copy_data(out.data(), out.size() * sizeof(double), nullptr, tensor) == TW_OK);
  return out;
}

inline void set_grad64(tw_tensor *parameter, const std::vector<double> &gradient) {
  const auto size = static_cast<int64_t>(gradient.size());
  Handle<tw_tensor> made;
  REQUIRE(tw_tensor_from_data(made.out(), gradient.data(), gradient.size() * sizeof gradient[0], &size, 1,
                              TW_FLOAT64) == TW_OK);
  REQUIRE(tw_tensor_set_grad(parameter, made.get()) == TW_OK);
}

inline double lr_of(const tw_optimizer *optimizer, size_t group = 0) {
  double lr = -1;
  REQUIRE(tw_optimizer_get_lr(&lr, optimizer, group) == TW_OK);
  return lr;
}

inline size_t groups_of(const tw_optimizer *optimizer) {
  size_t count = 0;
  REQUIRE(tw_optimizer_get_group_count(&count, optimizer) == TW_OK);
  return count;
}

/* An options structure filled in by its init function: tw_adamw_options o = options(tw_adamw_options_init). */
template <class Options>
Options options(tw_status (*init)(Options *, size_t)) {
  Options made;
  REQUIRE(init(&made, sizeof made) == TW_OK);
  return made;
}

inline Handle<tw_optimizer> adamw(const Handle<tw_tensor> &parameter, double lr = 1e-3) {
  auto chosen = options(tw_adamw_options_init);
  chosen.lr = lr;
  Handle<tw_optimizer> made;
  REQUIRE(tw_optimizer_adamw(made.out(), parameter.one(), 1, &chosen) == TW_OK);
  return made;
}

inline Handle<tw_optimizer> sgd(const Handle<tw_tensor> &parameter, double lr, double momentum = 0) {
  auto chosen = options(tw_sgd_options_init);
  chosen.lr = lr;
  chosen.momentum = momentum;
  Handle<tw_optimizer> made;
  REQUIRE(tw_optimizer_sgd(made.out(), parameter.one(), 1, &chosen) == TW_OK);
  return made;
}

/* A call that fails with this status, and a message that holds each of these. */
#define CHECK_FAILS(call, status, ...)                                      \
  do {                                                                      \
    CHECK((call) == (status));                                              \
    for (const std::string &part : std::vector<std::string>{__VA_ARGS__}) { \
      CHECK_THAT(std::string(tw_last_error()), Contains(part));             \
    }                                                                       \
  } while (0)

/* An option that the group has. */
inline double option_of(const tw_optimizer *optimizer, tw_option option, size_t group = 0) {
  double out = -1;
  CHECK(tw_optimizer_get_option(&out, optimizer, group, option) == TW_OK);
  return out;
}

}  // namespace tw::test
