/**
 * @file torch_optimizer.hpp
 * torch::optim's optimizers, of any class, as arguments: tw::StepLR(optimizer, 30).
 *
 * Only pointers cross to the library, and both sides look at what is behind them. So the library's LibTorch must be the
 * program's own: the same version, the same C++ library and the same _GLIBCXX_USE_CXX11_ABI. The first crossing compares
 * what the program was compiled with to what the library says; a difference is TW_ERROR_UNSUPPORTED and names both.
 */
#ifndef TORCH_WARMUP_CPP_TORCH_OPTIMIZER_HPP
#define TORCH_WARMUP_CPP_TORCH_OPTIMIZER_HPP

#include <torch/optim/optimizer.h>
#include <torch/version.h>

#include "../runtime.h"
#include "../torch_optimizer.h"
#include "optimizer.hpp"

namespace tw {
inline namespace v0_2 {
namespace detail {

/* A major and minor version, "1.13"; patches of one agree in what crosses. */
inline bool same_minor_version(const std::string &version, const std::string &other) {
  const auto minor = [](const std::string &text) { return text.substr(0, text.find('.', text.find('.') + 1)); };
  return minor(version) == minor(other);
}

/* How this program's strings lie in memory: 1 or 0 as LibTorch's builds are told apart, -1 of another C++ library. */
#if defined(_GLIBCXX_USE_CXX11_ABI)
constexpr int32_t cxx11_abi = _GLIBCXX_USE_CXX11_ABI;
#else
constexpr int32_t cxx11_abi = -1;
#endif

inline void check_torch(const char *version, int32_t abi) {
  if (!same_minor_version(version, tw_torch_version()))
    throw Error(TW_ERROR_UNSUPPORTED, std::string("this program was compiled with LibTorch ") + version +
                                          ", and torch_warmup runs on " + tw_torch_version() +
                                          ": build both with the same one");
  if (abi != tw_torch_cxx11_abi())
    throw Error(TW_ERROR_UNSUPPORTED, "this program was compiled with _GLIBCXX_USE_CXX11_ABI=" + std::to_string(abi) +
                                          ", and torch_warmup with " + std::to_string(tw_torch_cxx11_abi()) +
                                          ": build both with the same LibTorch, and with its TORCH_CXX_FLAGS");
}

/* Once, before the first object of LibTorch's crosses. */
inline void require_same_torch() {
  static const bool checked = (check_torch(TORCH_VERSION, cxx11_abi), true);
  (void)checked;
}

}  // namespace detail

template <class T>
struct OptimizerOf<T, std::enable_if_t<std::is_base_of_v<torch::optim::Optimizer, T> && !std::is_const_v<T>>> {
  /* Whatever is made of one optimizer is bound to one handle's object: the library knows it by its address. */
  static std::shared_ptr<tw_optimizer> bind(torch::optim::Optimizer &optimizer) {
    detail::require_same_torch();
    return std::shared_ptr<tw_optimizer>(
        detail::make<tw_optimizer>(tw_optimizer_borrow, static_cast<void *>(&optimizer)), tw_optimizer_free);
  }
};

/**
 * One step of a torch::optim optimizer, as its own step(), but looked at first: what cannot be stepped is refused before the
 * first parameter moves, and complex parameters step as in Python (torch_optimizer.h, tw_optimizer_step).
 *
 * @throws Error  TW_ERROR_TYPE: it is not one of LibTorch's
 * @throws Error  TW_ERROR_RANGE: a number becomes larger than the parameters' dtype holds
 */
inline void checked_step(const Optimizer &optimizer) {
  detail::call([&] { return tw_optimizer_step(optimizer.handle()); });
}

}  // namespace v0_2
}  // namespace tw

#endif
