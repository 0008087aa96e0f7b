#include "torch_reference.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/version.h>

namespace tw::reference {
namespace {

void append(std::vector<float> &out, const at::Tensor &tensor) {
  const float *first = tensor.data_ptr<float>();
  out.insert(out.end(), first, first + tensor.numel());
}

const at::Tensor &tensor_at(const void *address) { return *static_cast<const at::Tensor *>(address); }

}  // namespace

void *new_tensor(const std::vector<float> &numbers) {
  return new at::Tensor(at::tensor(numbers).set_requires_grad(true));
}

void *new_undefined_tensor() { return new at::Tensor(); }

/* Newer LibTorch has no names any more. */
void *new_named_tensor(const std::vector<double> &numbers) {
  const at::Tensor plain = at::tensor(numbers, at::kDouble);
#if TORCH_VERSION_MAJOR == 1
  const std::vector<at::Dimname> names = {at::Dimname::fromSymbol(at::Symbol::dimname("width"))};
  return new at::Tensor(plain.rename(at::DimnameList(names)));
#else
  return new at::Tensor(plain);
#endif
}

void *new_inference_tensor(const std::vector<double> &numbers) {
  const c10::InferenceMode inference;
  return new at::Tensor(at::tensor(numbers, at::kDouble));
}

void *new_nested_tensor(const std::vector<double> &numbers) {
  const std::vector<at::Tensor> both(2, at::tensor(numbers, at::kDouble));
  return new at::Tensor(at::_nested_tensor_from_tensor_list(both));
}

void delete_tensor(void *at_tensor) { delete static_cast<at::Tensor *>(at_tensor); }

std::vector<float> numbers_of(const void *at_tensor) {
  std::vector<float> out;
  append(out, tensor_at(at_tensor));
  return out;
}

std::vector<float> gradient_of(const void *at_tensor) {
  std::vector<float> out;
  append(out, tensor_at(at_tensor).grad());
  return out;
}

void fill(const void *at_tensor, float number) { tensor_at(at_tensor).detach().fill_(number); }

std::vector<float> numbers_after_manual_seed(uint64_t seed, size_t count) {
  std::vector<float> out;
  at::manual_seed(seed);
  append(out, at::rand({static_cast<int64_t>(count)}));
  append(out, at::randn({static_cast<int64_t>(count)}));
  return out;
}

std::vector<float> numbers_of_generator(uint64_t seed, size_t count) {
  std::vector<float> out;
  append(out, at::rand({static_cast<int64_t>(count)}, at::make_generator<at::CPUGeneratorImpl>(seed)));
  return out;
}

const char *version_of_headers() { return TORCH_VERSION; }
int num_threads() { return at::get_num_threads(); }
void set_num_threads(int count) { at::set_num_threads(count); }
bool grad_enabled() { return c10::GradMode::is_enabled(); }

}  // namespace tw::reference
