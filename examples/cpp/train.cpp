/* Trains a small network of torch::nn with torch::optim::AdamW, under a warmup and a schedule: two spirals, told apart.
 *
 * What is of torch_warmup is marked; all else is LibTorch as ever. */
#include <cstdio>
#include <exception>

#include <torch/torch.h>

#include <torch_warmup.hpp>

namespace {

constexpr int64_t points_a_class = 200, steps = 600;

/* Points [400, 2] on two spirals, and which of them each lies on. */
std::pair<torch::Tensor, torch::Tensor> spirals() {
  const torch::Tensor way = torch::linspace(0.1, 1, points_a_class);
  std::vector<torch::Tensor> points;
  for (const double turn : {0.0, M_PI}) {
    const torch::Tensor angle = way * 9 + turn;
    points.push_back(torch::stack({way * angle.cos(), way * angle.sin()}, 1) +
                     0.01 * torch::randn({points_a_class, 2}));
  }
  return {torch::cat(points), torch::arange(2).repeat_interleave(points_a_class)};
}

void train() {
  torch::manual_seed(1);
  const auto [points, classes] = spirals();
  torch::nn::Sequential network(torch::nn::Linear(2, 64), torch::nn::Tanh(), torch::nn::Linear(64, 64),
                                torch::nn::Tanh(), torch::nn::Linear(64, 2));
  torch::optim::AdamW optimizer(network->parameters(), torch::optim::AdamWOptions(2e-2).betas({0.9, 0.99}));

  tw::CosineAnnealingLR scheduler(optimizer, steps); /* torch_warmup: any schedule of PyTorch's, */
  tw::UntunedLinearWarmup warmup(optimizer);         /* and after it a warmup */

  for (int64_t step = 0; step < steps; ++step) {
    optimizer.zero_grad();
    const torch::Tensor output = network->forward(points);
    const torch::Tensor loss = torch::nn::functional::cross_entropy(output, classes);
    loss.backward();
    if (step % 50 == 0 || step == steps - 1) {
      const double right = output.argmax(1).eq(classes).to(torch::kFloat64).mean().item<double>();
      std::printf("step %3d  rate %.6f  loss %.4f  right %5.1f %%\n", static_cast<int>(step),
                  optimizer.param_groups()[0].options().get_lr(), loss.item<double>(), 100 * right);
    }
    optimizer.step();
    warmup.step(scheduler); /* torch_warmup: the rates of the next step */
  }

  tw::Checkpoint checkpoint; /* torch_warmup: a file that Python's torch.load reads */
  checkpoint.put_module("model", *network);
  checkpoint.put_optimizer("optimizer", optimizer);
  checkpoint.save("spirals.pt");
}

}  // namespace

int main() {
  try {
    train();
  } catch (const tw::Error &error) {
    std::fprintf(stderr, "torch_warmup: %s\n", error.what());
    return 1;
  } catch (const std::exception &error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
