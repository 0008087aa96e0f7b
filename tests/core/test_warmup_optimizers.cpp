/* A warmup on every class of optimizer, with beta2 given where the class has none, and with steps left out. */
#include <cmath>
#include <limits>

#include "schedulers.h"

using namespace tw::test;

namespace {

using Warmup = Handle<tw_warmup>;
using With = tw_status (*)(tw_warmup **, tw_optimizer *, const double *, size_t);

Optimizer sgd() { return optimizer_of_class("SGD"); }

std::vector<Optimizer> every_class() {
  std::vector<Optimizer> out;
  out.push_back(sgd());
  out.push_back(optimizer_of_class("RMSprop"));
  out.push_back(optimizer_of_class("Adagrad"));
  out.push_back(optimizer_of_class("Adam"));
  out.push_back(optimizer_of_class("AdamW"));
  return out;
}

Warmup warmup_with(With constructor, const Optimizer &optimizer, const Numbers &beta2s) {
  Warmup warmup;
  const tw_status status = constructor(warmup.out(), optimizer.get(), beta2s.data(), beta2s.size());
  INFO(last_error());
  REQUIRE(status == TW_OK);
  return warmup;
}

void check_refused_warmup(tw_status wanted, std::initializer_list<std::string> texts, With constructor,
                          const Optimizer &optimizer, const Numbers &beta2s) {
  auto *warmup = rubbish<tw_warmup>();
  check_failure(constructor(&warmup, optimizer.get(), beta2s.data(), beta2s.size()), wanted, texts);
  CHECK(warmup == nullptr);
  CHECK(rates(optimizer) == Numbers{0.5, 0.1});
}

const With constructors[] = {tw_warmup_untuned_linear, tw_warmup_untuned_exponential, tw_warmup_radam};
const char *const names[] = {"untuned_linear", "untuned_exponential", "radam"};

}  // namespace

TEST_CASE("every class of optimizer follows the trace of a scheduler under a warmup") {
  const Csv trace("lr_traces/sgd_lambda_linear.csv");
  for (const Optimizer &optimizer : every_class()) {
    const auto constant = scheduler(tw_lr_scheduler_step_lr, optimizer, 1000, 0.1);
    const auto warmup = linear(optimizer, {5});
    check_row(trace, 0, optimizer);
    for (size_t row = 1; row < trace.size(); ++row) {
      train(optimizer);
      step(warmup, {&constant});
      check_row(trace, row, optimizer);
    }
  }
}

TEST_CASE("with beta2 given SGD is warmed up by the factors of the reference") {
  const Csv csv("warmup_factors.csv");
  for (size_t kind = 0; kind < 3; ++kind) {
    const auto optimizer = sgd();
    const auto warmup = warmup_with(constructors[kind], optimizer, {0.99, 0.999});
    size_t compared = 0;
    for (size_t row = 0; row < csv.size(); ++row) {
      if (csv.text(row, "schedule") != names[kind] || csv.text(row, "beta2").empty()) continue;
      const double beta2 = csv.number(row, "beta2");
      if (beta2 != 0.99 && beta2 != 0.999) continue;
      double factor = -1;
      REQUIRE(tw_warmup_get_factor(&factor, warmup.get(), static_cast<int64_t>(csv.number(row, "step")),
                                   beta2 == 0.99 ? 0 : 1) == TW_OK);
      INFO(names[kind] << " beta2 " << beta2 << " row " << row);
      REQUIRE(factor == csv.number(row, "factor"));
      ++compared;
    }
    CHECK(compared > 20);
  }
}

TEST_CASE("a given beta2 is one for all groups or one for each, and stands above the optimizer's own") {
  const auto one = two_groups(0.9, 0.9), own = two_groups(0.99, 0.99);
  const auto given = warmup_with(tw_warmup_untuned_linear, one, {0.99});
  Warmup plain;
  REQUIRE(tw_warmup_untuned_linear(plain.out(), own.get(), nullptr, 0) == TW_OK);
  for (int i = 0; i < 10; ++i) {
    CHECK(rates(one) == rates(own));
    step(given, {}), step(plain, {});
  }
}

TEST_CASE("a beta2 outside its range is refused with the range, and a wrong count with both counts") {
  const auto optimizer = sgd();
  constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
  for (const With constructor : {tw_warmup_untuned_linear, tw_warmup_untuned_exponential})
    for (const double beta2 : {-0.1, 1.0, 1.5, no_number})
      check_refused_warmup(TW_ERROR_RANGE, {"beta2 of group 1 is ", "[0, 1)"}, constructor, optimizer, {0.9, beta2});
  for (const double beta2 : {0.6, 0.1, 1.0, no_number})
    check_refused_warmup(TW_ERROR_RANGE, {"beta2 of group 1 is ", "(0.6, 1)"}, tw_warmup_radam, optimizer,
                         {0.9, beta2});
  for (const With constructor : constructors) {
    check_refused_warmup(TW_ERROR_ARGUMENT, {"3 values of beta2s", "parameter group, 2"}, constructor, optimizer,
                         {0.9, 0.9, 0.9});
    double beta2 = 0.9;
    tw_warmup *warmup = rubbish<tw_warmup>();
    check_failure(constructor(&warmup, optimizer.get(), &beta2, 0), TW_ERROR_ARGUMENT, {"0 values of beta2s"});
    CHECK(warmup == nullptr);
    check_refused_warmup(TW_ERROR_NOT_FOUND, {"SGD", "no beta2"}, constructor, optimizer, {});
  }
}

TEST_CASE("a step that the optimizer skipped leaves the warmup and the schedule where they were") {
  const auto optimizer = two_groups(), other = two_groups();
  const auto fall = cosine(optimizer, 30, 0), reference = cosine(other, 30, 0);
  const auto warmup = linear(optimizer, {10}), plain = linear(other, {10});
  for (int i = 0; i < 20; ++i) {
    const bool finite = i % 3 != 1; /* else the gradient overflowed: neither the step nor the schedule's */
    if (finite) {
      train(optimizer);
      step(warmup, {&fall});
      train(other);
      step(plain, {&reference});
    }
    CHECK(rates(optimizer) == rates(other));
  }
  int64_t last = -1;
  REQUIRE(tw_warmup_get_last_step(&last, warmup.get()) == TW_OK);
  CHECK(last == 13);
}

TEST_CASE("the factor of every warmup lies in (0, 1] and never falls") {
  const int64_t periods[2] = {7, 300};
  const auto check = [](const Warmup &warmup) {
    for (size_t group = 0; group < 2; ++group) {
      double before = 0;
      for (int64_t i = 0; i < 3000; ++i) {
        double factor = -1;
        REQUIRE(tw_warmup_get_factor(&factor, warmup.get(), i, group) == TW_OK);
        if (!(factor > 0 && factor <= 1 && factor >= before)) FAIL("group " << group << " step " << i);
        before = factor;
      }
    }
  };
  for (const auto constructor : {tw_warmup_linear, tw_warmup_exponential}) {
    const auto optimizer = two_groups();
    Warmup warmup;
    REQUIRE(constructor(warmup.out(), optimizer.get(), periods, 2) == TW_OK);
    check(warmup);
  }
  for (const With constructor : constructors) {
    const auto optimizer = two_groups();
    check(warmup_with(constructor, optimizer, {0.7, 0.997}));
  }
}
