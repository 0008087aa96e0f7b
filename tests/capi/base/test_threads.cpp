/* Different handles in different threads at once, and a handle that goes from one thread to another. Built with
   ThreadSanitizer this is what finds state that threads share without saying so. */
#include <atomic>
#include <mutex>
#include <thread>

#include "failure.h"
#include "modules.h"
#include "op.h"

using namespace tw::test;

namespace {

constexpr int thread_count = 4;

/* Runs body(0) to body(thread_count - 1) in threads that start together. Catch2's checks are for one thread, so each
   body says by its result whether all went well. */
template <class Body>
int successes(Body body) {
  std::atomic<int> waiting{thread_count}, good{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < thread_count; ++i)
    threads.emplace_back([&, i] {
      --waiting;
      while (waiting > 0) std::this_thread::yield();
      if (body(i)) ++good;
    });
  for (std::thread &thread : threads) thread.join();
  return good;
}

/* The losses of a small training run, from a seeded generator of its own; empty where a call failed. */
std::vector<double> train(uint64_t seed) {
  Handle<tw_generator> generator;
  Handle<tw_optimizer> optimizer;
  Handle<tw_lr_scheduler> scheduler;
  Handle<tw_warmup> warmup;
  const Handle<tw_tensor> weight = parameter({0.5F, -0.5F, 0.25F, 1}, {2, 2}), target = tensor({1, 2, 3, 4}, {2, 2});
  bool good = tw_generator_create(generator.out(), nullptr, seed) == TW_OK &&
              tw_optimizer_adamw(optimizer.out(), weight.one(), 1, nullptr) == TW_OK &&
              tw_lr_scheduler_cosine_annealing(scheduler.out(), optimizer.get(), 50, 0) == TW_OK &&
              tw_warmup_radam(warmup.out(), optimizer.get(), nullptr, 0) == TW_OK;
  const tw_argument uniform[] = {arg(target), named("generator", arg(generator.get()))};
  std::vector<double> losses;
  for (int step = 0; good && step < 20; ++step) {
    Handle<tw_tensor> output, loss;
    double value = 0;
    good = tw_op_call(nullptr, "uniform_", uniform, 2) == TW_OK &&
           tw_op_matmul(output.out(), target.get(), weight.get()) == TW_OK &&
           tw_op_mse_loss(loss.out(), output.get(), target.get(), nullptr) == TW_OK &&
           tw_optimizer_zero_grad(optimizer.get()) == TW_OK && tw_tensor_backward(loss.get(), nullptr, 0) == TW_OK &&
           tw_optimizer_step(optimizer.get()) == TW_OK && tw_warmup_step(warmup.get(), scheduler.one(), 1) == TW_OK &&
           tw_tensor_get_item_double(&value, loss.get()) == TW_OK;
    losses.push_back(value);
  }
  return good ? losses : std::vector<double>();
}

}  // namespace

TEST_CASE("runs in several threads at once give what each gives alone") {
  std::vector<std::vector<double>> wanted;
  for (int i = 0; i < thread_count; ++i) wanted.push_back(train(static_cast<uint64_t>(i)));
  REQUIRE_FALSE(wanted[0].empty());
  REQUIRE(wanted[0] != wanted[1]);
  CHECK(successes([&](int i) { return train(static_cast<uint64_t>(i)) == wanted[static_cast<size_t>(i)]; }) ==
        thread_count);
}

TEST_CASE("the last errors of threads that fail at once do not mix") {
  const int good = successes([](int i) {
    for (int round = 0; round < 500; ++round) {
      const size_t wrong = SIZE_MAX - static_cast<size_t>(i);
      if (tw_set_num_threads(wrong) != TW_ERROR_RANGE) return false;
      if (std::string(tw_last_error()).find("count is " + std::to_string(wrong) + ";") == std::string::npos)
        return false;
    }
    return true;
  });
  CHECK(good == thread_count);
}

TEST_CASE("failures inside LibTorch in several threads at once keep their own messages") {
  const int good = successes([](int i) {
    const Handle<tw_tensor> a = tensor(std::vector<float>(static_cast<size_t>(i) + 2)),
                            b = tensor(std::vector<float>(static_cast<size_t>(i) + 20));
    const std::string wanted = "tensor a (" + std::to_string(i + 2) + ")";
    for (int round = 0; round < 20; ++round) {
      auto *out = rubbish<tw_tensor>();
      if (tw_op_add(&out, a.get(), b.get()) != TW_ERROR_TORCH || out != nullptr) return false;
      if (std::string(tw_last_error()).find(wanted) == std::string::npos) return false;
    }
    return true;
  });
  CHECK(good == thread_count);
}

TEST_CASE("each thread says for itself whether gradients are recorded") {
  const Handle<tw_tensor> weight = parameter({1, 2});
  const int good = successes([&weight](int i) {
    for (int round = 0; round < 200; ++round) {
      Handle<tw_tensor> shared, sum;
      int32_t recorded = -1;
      if (tw_set_grad_enabled(nullptr, i % 2) != TW_OK) return false;
      if (tw_op_sum(sum.out(), weight.get()) != TW_OK) return false; /* reads weight: every thread may */
      if (tw_tensor_get_requires_grad(&recorded, sum.get()) != TW_OK || recorded != i % 2) return false;
    }
    return true;
  });
  CHECK(good == thread_count);
}

TEST_CASE("generators are made while other threads draw from the default one") {
  const int good = successes([](int i) {
    for (int round = 0; round < 100; ++round) {
      Handle<tw_generator> generator;
      Handle<tw_tensor> drawn;
      const int64_t count = 50;
      const bool made = i % 2 == 0 ? tw_generator_create(generator.out(), nullptr, 1) == TW_OK
                                   : tw_tensor_randn(drawn.out(), &count, 1, TW_FLOAT32, nullptr, nullptr) == TW_OK;
      if (!made) return false;
    }
    return true;
  });
  CHECK(good == thread_count);
}

TEST_CASE("schedulers and warmups over optimizers of their own are made and freed in several threads at once") {
  const int good = successes([](int) {
    for (int round = 0; round < 50; ++round) {
      const Handle<tw_tensor> weight = parameter({1, 2});
      Handle<tw_optimizer> optimizer;
      Handle<tw_lr_scheduler> scheduler;
      Handle<tw_warmup> warmup;
      if (tw_optimizer_adam(optimizer.out(), weight.one(), 1, nullptr) != TW_OK) return false;
      if (tw_lr_scheduler_cosine_annealing(scheduler.out(), optimizer.get(), 10, 0) != TW_OK) return false;
      if (tw_warmup_untuned_linear(warmup.out(), optimizer.get(), nullptr, 0) != TW_OK) return false;
      if (tw_warmup_step(warmup.get(), scheduler.one(), 1) != TW_OK) return false;
    }
    return true;
  });
  CHECK(good == thread_count);
}

TEST_CASE("a module in evaluation mode computes the same in several threads at once, and one list serves them all") {
  std::vector<Handle<tw_module>> layers(4);
  layers[0] = linear(3, 4);
  REQUIRE(tw_module_batch_norm1d(layers[1].out(), 4, nullptr) == TW_OK);
  REQUIRE(tw_module_dropout(layers[2].out(), 0.5) == TW_OK);
  REQUIRE(tw_module_gru(layers[3].out(), 4, 2, nullptr) == TW_OK);
  const Handle<tw_module> model = sequential(layers);
  REQUIRE(tw_module_train(model.get(), 0) == TW_OK);
  const Handle<tw_tensor> x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  Handle<tw_tensor_list> inputs;
  REQUIRE(tw_tensor_list_create(inputs.out(), x.one(), 1) == TW_OK);
  const std::vector<float> wanted = values(forward(model, x).get());
  const int good = successes([&](int) {
    for (int round = 0; round < 50; ++round) {
      Handle<tw_tensor> result;
      tw_tensor *const *handles = nullptr;
      size_t count = 0;
      if (tw_tensor_list_get_data(&handles, &count, inputs.get()) != TW_OK) return false;
      if (tw_module_forward(result.out(), model.get(), handles, count) != TW_OK) return false;
      if (values(result.get()) != wanted) return false;
    }
    return true;
  });
  CHECK(good == thread_count);
}

TEST_CASE("a handle made in one thread is used and freed in another") {
  Handle<tw_tensor> made;
  std::thread([&made] { made = parameter({3}); }).join();
  Handle<tw_tensor> gradient;
  std::thread([&made, &gradient] {
    Handle<tw_tensor> product;
    if (tw_op_mul(product.out(), made.get(), made.get()) != TW_OK) return;
    if (tw_tensor_backward(product.get(), nullptr, 0) != TW_OK) return;
    if (tw_tensor_get_grad(gradient.out(), made.get()) != TW_OK) return;
    made = {};
  }).join();
  REQUIRE(gradient);
  CHECK(values(gradient.get()) == std::vector<float>{6});
}
