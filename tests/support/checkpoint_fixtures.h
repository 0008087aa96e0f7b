/* The run of tests/fixtures/checkpoints: its network, what it is trained on, and the parameters that it came to. */
#pragma once

#include <sstream>
#include <vector>

#include "catch.h"
#include "csv.h"
#include "modules.h"

namespace tw::test {

inline Handle<tw_module> fixture_network() {
  std::vector<Handle<tw_module>> layers;
  layers.push_back(linear(4, 5));
  layers.emplace_back();
  REQUIRE(tw_module_tanh(layers.back().out()) == TW_OK);
  layers.push_back(linear(5, 3));
  return sequential(layers);
}

/* 24 values evenly spaced from -1 to 1. */
inline Handle<tw_tensor> fixture_input() {
  std::vector<float> numbers(24);
  for (size_t i = 0; i < numbers.size(); ++i) numbers[i] = -1.0F + 2.0F * static_cast<float>(i) / 23.0F;
  return tensor(numbers, {6, 4});
}

inline void check_fixture_parameters(const Handle<tw_module> &network, const Csv &wanted) {
  REQUIRE(wanted.size() == 4);
  for (size_t row = 0; row < wanted.size(); ++row) {
    INFO(wanted.text(row, "parameter"));
    std::istringstream numbers(wanted.text(row, "values_float32"));
    for (const float value : values(get_tensor(network, wanted.text(row, "parameter").c_str()).get())) {
      double number = 0;
      REQUIRE(numbers >> number);
      CHECK(value == Approx(number).epsilon(1e-5));
    }
  }
}

}  // namespace tw::test
