/* What the files that make layers share. */
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "base/arguments.h"
#include "base/read_options.h"
#include "module/module.h"

namespace tw {

/* One of LibTorch's layers that makes one tensor of one. */
template <class Impl>
class Layer final : public Impl, public Forward {
 public:
  using Impl::Impl;

  Tensors forward_all(const Tensors &inputs) override { return {Impl::forward(only_input(*this, inputs))}; }
};

/* A layer without parameters that makes one tensor of one, in training as in evaluation. */
class Function final : public torch::nn::Module, public Forward {
 public:
  using Body = std::function<at::Tensor(const at::Tensor &)>;

  Function(const char *name, Body body) : Module(name), body_(std::move(body)) {}

  Tensors forward_all(const Tensors &inputs) override { return {body_(only_input(*this, inputs))}; }

 private:
  Body body_;
};

/* A layer that works at random while training. */
class Dropout final : public torch::nn::Module, public Forward {
 public:
  using Body = at::Tensor (*)(const at::Tensor &input, double p, bool training);

  /* An input of unbatched_dim dimensions lacks the batch's. */
  Dropout(const char *name, Body body, double p, int64_t unbatched_dim = -1)
      : Module(name), body_(body), p_(p), unbatched_dim_(unbatched_dim) {}

  at::Tensor forward(const at::Tensor &input) { return body_(input, p_, is_training()); }

  Tensors forward_all(const Tensors &inputs) override {
    const at::Tensor &input = only_input(*this, inputs);
    if (input.dim() != unbatched_dim_) return {forward(input)};
    return {forward(input.unsqueeze(0)).squeeze(0)};
  }

 private:
  Body body_;
  double p_;
  int64_t unbatched_dim_;
};

template <class Impl, class Options>
std::unique_ptr<tw_module> new_layer(const Options &options) {
  return new_module(std::make_shared<Layer<Impl>>(options));
}

inline std::unique_ptr<tw_module> new_function(const char *name, Function::Body body) {
  return new_module(std::make_shared<Function>(name, std::move(body)));
}

/* ---- arguments --------------------------------------------------------------------------------------------------- */

/* A probability, or what else lies in [0, 1]. */
inline double share(double value, const char *name) { return require_within(value, 0, 1, name); }

inline double not_negative(double value, const char *name) {
  check(value >= 0, TW_ERROR_RANGE, name, " is ", value, "; it must not be negative");
  return value;
}

/* The first of a number for each dimension, of which there may be only one. */
inline const int64_t *first(const int64_t &value) { return &value; }
template <size_t D>
const int64_t *first(const int64_t (&values)[D]) {
  return values;
}

/* A number for each dimension: depth, rows, columns. */
template <size_t D>
std::array<int64_t, D> numbers(int64_t least, const int64_t *values, const std::string &name) {
  require(values, name.c_str());
  std::array<int64_t, D> out;
  for (size_t i = 0; i < D; ++i)
    out[i] = require_at_least(values[i], least, D == 1 ? name : c10::str(name, "[", i, "]"));
  return out;
}

}  // namespace tw
