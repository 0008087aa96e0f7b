/* What LibTorch itself does, asked without this library: the reference for tests that must have one. Built apart, with
   the C++ standard that LibTorch's headers ask for. */
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tw::reference {

/* The numbers that follow at::manual_seed(seed): count uniform ones, then count normal ones. */
std::vector<float> numbers_after_manual_seed(uint64_t seed, size_t count);

/* The first count uniform numbers of a generator of its own. */
std::vector<float> numbers_of_generator(uint64_t seed, size_t count);

/* An at::Tensor on the heap, a leaf that requires a gradient; an undefined one; and their end. */
void *new_tensor(const std::vector<float> &numbers);
void *new_undefined_tensor();
void *new_named_tensor(const std::vector<double> &numbers);     /* whose dimension has a name */
void *new_inference_tensor(const std::vector<double> &numbers); /* made in inference mode */
void *new_nested_tensor(const std::vector<double> &numbers);    /* twice those numbers */
void delete_tensor(void *at_tensor);

/* The elements of an at::Tensor, and those of its gradient. */
std::vector<float> numbers_of(const void *at_tensor);
std::vector<float> gradient_of(const void *at_tensor);

/* Writes number into every element, unseen by the graph. */
void fill(const void *at_tensor, float number);

const char *version_of_headers();
int num_threads();
void set_num_threads(int count);
bool grad_enabled();

}  // namespace tw::reference
