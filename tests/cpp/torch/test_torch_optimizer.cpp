/* The header on torch::optim optimizers of a user's own. */
#include "cpp_support.h"
#include "small_network.h"

#include <malloc.h>

#include <memory>
#include <optional>

using namespace tw::test;

TEST_CASE("a network of torch::nn learns under a warmup and a schedule that are made of its optimizer") {
  torch::manual_seed(1);
  SmallNetwork network;
  torch::optim::AdamW optimizer(network->parameters(), torch::optim::AdamWOptions(3e-2).betas({0.9, 0.9}));
  tw::CosineAnnealingLR scheduler(optimizer, 200);
  tw::UntunedLinearWarmup warmup(optimizer);
  CHECK(optimizer.param_groups()[0].options().get_lr() == 3e-2 / 20); /* 2 / (1 - 0.9) steps, the first of them */
  const double before = learn(network, optimizer);
  double after = before;
  for (int step = 0; step < 200; ++step) {
    after = learn(network, optimizer);
    warmup.step(scheduler);
  }
  CHECK(after < 0.05 * before);
  CHECK(optimizer.param_groups()[0].options().get_lr() == Approx(0).margin(1e-12));
}

TEST_CASE("an optimizer of any class, held by its base or by a smart pointer, is taken") {
  struct Own : torch::optim::SGD {
    using SGD::SGD;
  };
  auto adam = adamw();
  torch::optim::Optimizer &base = adam;
  CHECK(tw::Optimizer(base).handle() == tw::Optimizer(adam).handle());
  CHECK(tw::Optimizer(base).class_name() == "AdamW");
  const auto unique = std::make_unique<torch::optim::SGD>(std::vector<torch::Tensor>{parameter()}, 0.5);
  tw::LinearWarmup of_unique(*unique, 2);
  CHECK(unique->param_groups()[0].options().get_lr() == 0.25);
  Own own({parameter()}, torch::optim::SGDOptions(0.5));
  tw::LinearWarmup of_own(own, 2);
  CHECK(own.param_groups()[0].options().get_lr() == 0.25);
  check_error(TW_ERROR_NOT_FOUND, {"SGD", "beta2"}, [] {
    auto without = sgd();
    tw::RAdamWarmup warmup(without);
  });
}

TEST_CASE("schedulers and warmups of one optimizer know of each other, made at whatever place") {
  auto optimizer = adamw();
  tw::ExponentialLR scheduler(optimizer, 0.5);
  tw::LinearWarmup warmup(optimizer, 2);
  check_error(TW_ERROR_STATE, {"warmup"}, [&] { tw::LinearWarmup second(optimizer, 2); });
  check_error(TW_ERROR_STATE, {"dampened"}, [&] { tw::StepLR second(optimizer, 2); });
  warmup.step(scheduler);
  CHECK(lrs(optimizer) == Numbers{0.25, 0.05});
}

TEST_CASE("a scheduler of LibTorch's own steps within a dampening") {
  auto optimizer = adamw(), alone = adamw();
  torch::optim::StepLR scheduler(optimizer, 1, 0.5), scheduler_alone(alone, 1, 0.5);
  tw::LinearWarmup warmup(optimizer, 8);
  for (int i = 1; i < 12; ++i) {
    {
      const auto guard = warmup.dampening();
      scheduler.step();
    }
    scheduler_alone.step();
    CHECK(lr(optimizer, 0) == lr(alone, 0) * std::min(1.0, (i + 1) / 8.0));
    CHECK(lr(optimizer, 1) == lr(alone, 1) * std::min(1.0, (i + 1) / 8.0));
  }
  CHECK(lr(optimizer, 0) < 0.01);
}

TEST_CASE("a rate that the user sets meanwhile is refused rather than lost") {
  auto optimizer = adamw();
  tw::LinearWarmup warmup(optimizer, 4);
  optimizer.param_groups()[1].options().set_lr(7);
  check_error(TW_ERROR_STATE, {"7"}, [&] { warmup.step(); });
  optimizer.param_groups()[1].options().set_lr(0.025);
  {
    const auto guard = warmup.dampening();
    optimizer.param_groups()[1].options().set_lr(7);
  }
  CHECK(lr(optimizer, 1) == 3.5);
}

TEST_CASE("a group that is added later is refused by a warmup, whose failed dampening is not lost") {
  auto optimizer = adamw();
  tw::LinearWarmup warmup(optimizer, 4);
  {
    const auto guard = warmup.dampening();
    optimizer.add_param_group(torch::optim::OptimizerParamGroup({parameter()}));
  }
  check_error(TW_ERROR_STATE, {"group"}, [&] { warmup.step(); });
}

TEST_CASE("a checked step is LibTorch's own, or refused before anything moves") {
  auto checked = adamw(), own = adamw();
  for (auto *optimizer : {&checked, &own})
    for (auto &group : optimizer->param_groups())
      for (auto &each : group.params()) each.mutable_grad() = torch::full({1}, 0.25);
  tw::checked_step(checked);
  own.step();
  for (size_t i = 0; i < 2; ++i)
    CHECK(torch::equal(checked.param_groups()[i].params()[0], own.param_groups()[i].params()[0]));
  const torch::Tensor before = checked.param_groups()[0].params()[0].detach().clone();
  checked.param_groups()[1].options().set_lr(1e300);
  check_error(TW_ERROR_RANGE, {"1e+300"}, [&] { tw::checked_step(checked); });
  CHECK(torch::equal(checked.param_groups()[0].params()[0], before));
  OwnOptimizer other;
  check_error(TW_ERROR_TYPE, {}, [&] { tw::checked_step(other); });
}

/* ---- the order of ends -------------------------------------------------------------------------------------------- */

TEST_CASE("an optimizer may be destroyed before what is bound to it, which is then only destroyed") {
  struct Trainer { /* members in the wrong order */
    std::optional<tw::LRScheduler> scheduler;
    std::optional<tw::Warmup> warmup;
    std::optional<tw::Optimizer> handle;
    torch::optim::AdamW optimizer = adamw();
  };
  auto trainer = std::make_unique<Trainer>();
  trainer->handle.emplace(trainer->optimizer);
  trainer->scheduler.emplace(tw::ExponentialLR(trainer->optimizer, 0.5));
  trainer->warmup.emplace(tw::LinearWarmup(trainer->optimizer, 4));
  trainer->warmup->step(*trainer->scheduler);
  CHECK(lr(trainer->optimizer, 0) == 0.125);
  tw::Warmup kept = std::move(*trainer->warmup);
  trainer.reset();
  CHECK(kept.last_step() == 1); /* what needs no optimizer */
  CHECK(kept.lrs() == Numbers{0.25, 0.05});
}

TEST_CASE("after detach another optimizer may lie at the address, and what was bound to the old one is refused") {
  std::optional<torch::optim::AdamW> place(adamw());
  tw::LinearWarmup old(*place, 4);
  old.detach();
  tw::Optimizer(*place).detach();
  place.emplace(adamw());
  tw::CosineAnnealingLR scheduler(*place, 10);
  tw::LinearWarmup warmup(*place, 2);
  CHECK(lrs(*place) == Numbers{0.25, 0.05});
  check_error(TW_ERROR_STATE, {"detached"}, [&] { old.step(); });
}

TEST_CASE("once nothing is bound to it any more an address is forgotten, without detach") {
  std::optional<torch::optim::AdamW> place(adamw());
  {
    tw::ExponentialLR scheduler(*place, 0.5);
    tw::LinearWarmup warmup(*place, 4);
  }
  place.emplace(adamw());
  tw::ExponentialLR scheduler(*place, 0.5); /* no base rates, no dampened rates of the one that was there */
  CHECK(scheduler.base_lrs() == Numbers{0.5, 0.1});
}

TEST_CASE("a shared pointer keeps the optimizer alive") {
  auto optimizer = std::make_shared<torch::optim::AdamW>(adamw());
  const std::weak_ptr<torch::optim::AdamW> watched = optimizer;
  {
    tw::CosineAnnealingLR scheduler(optimizer, 10);
    tw::UntunedLinearWarmup warmup(optimizer);
    optimizer.reset();
    warmup.step(scheduler);
    CHECK_FALSE(watched.expired());
  }
  CHECK(watched.expired());
}

TEST_CASE("memory is flat over 10,000 rounds on optimizers of LibTorch's") {
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
  auto optimizer = adamw();
  const auto round = [&] {
    tw::LambdaLR scheduler(optimizer, [](double epoch) -> double {
      if (epoch == 2) throw std::runtime_error("epoch 2");
      return 1;
    });
    tw::UntunedLinearWarmup warmup(optimizer);
    warmup.step(scheduler);
    CHECK_THROWS_AS(warmup.step(scheduler), std::runtime_error);
    { const auto guard = warmup.dampening(); }
    warmup.detach();
  };
  for (int i = 0; i < 100; ++i) round();
  const size_t before = mallinfo2().uordblks;
  for (int i = 0; i < 10000; ++i) round();
  CHECK(mallinfo2().uordblks <= before + 4096);
#endif
}

/* ---- another LibTorch --------------------------------------------------------------------------------------------- */

TEST_CASE("another LibTorch than the library's, or another C++ ABI, is named before anything crosses") {
  const std::string own = tw_torch_version();
  CHECK(tw_torch_cxx11_abi() == tw::detail::cxx11_abi);
  CHECK_NOTHROW(tw::detail::check_torch(TORCH_VERSION, tw::detail::cxx11_abi));
  CHECK_NOTHROW(tw::detail::check_torch((own.substr(0, own.rfind('.')) + ".77+cpu").c_str(), tw::detail::cxx11_abi));
  check_error(TW_ERROR_UNSUPPORTED, {"1.2.0", own}, [] { tw::detail::check_torch("1.2.0", tw::detail::cxx11_abi); });
  check_error(TW_ERROR_UNSUPPORTED, {"_GLIBCXX_USE_CXX11_ABI=7"}, [] { tw::detail::check_torch(TORCH_VERSION, 7); });
  CHECK_FALSE(tw::detail::same_minor_version("1.1.0", "1.13.0"));
  CHECK_FALSE(tw::detail::same_minor_version("2.13.0", "1.13.0"));
}
