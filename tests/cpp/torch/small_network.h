/* A network of torch::nn with a buffer, which learns four points. */
#pragma once

#include <torch/nn/functional/loss.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/linear.h>

namespace tw::test {

struct SmallNetworkImpl : torch::nn::Module {
  torch::nn::Linear first{nullptr}, last{nullptr};
  torch::nn::BatchNorm1d norm{nullptr};

  SmallNetworkImpl() {
    first = register_module("first", torch::nn::Linear(2, 16));
    norm = register_module("norm", torch::nn::BatchNorm1d(16));
    last = register_module("last", torch::nn::Linear(torch::nn::LinearOptions(16, 1).bias(false)));
  }
  torch::Tensor forward(const torch::Tensor &x) { return last(torch::tanh(norm(first(x)))); }
};
TORCH_MODULE(SmallNetwork);

/* One step; gives the loss before it. */
template <class Optimizer>
double learn(SmallNetwork &network, Optimizer &optimizer) {
  static const torch::Tensor inputs = torch::tensor({{0., 0.}, {0., 1.}, {1., 0.}, {1., 1.}}).to(torch::kFloat32);
  static const torch::Tensor targets = torch::tensor({{0.}, {1.}, {1.}, {0.}}).to(torch::kFloat32);
  optimizer.zero_grad();
  const torch::Tensor loss = torch::nn::functional::mse_loss(network->forward(inputs), targets);
  loss.backward();
  optimizer.step();
  return loss.template item<double>();
}

}  // namespace tw::test
