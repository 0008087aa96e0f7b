#include <cmath>

#include "catch.h"
#include "csv.h"
#include "schedule/warmup_factor.h"

using tw::test::Csv;

namespace {

double radam_factor(double beta2, int64_t step) {
  twi_radam radam{};
  REQUIRE(twi_radam_init(&radam, beta2) == 1);
  return twi_radam_factor(&radam, step);
}

double factor_of(const Csv &csv, size_t row) {
  const std::string &schedule = csv.text(row, "schedule");
  const auto step = static_cast<int64_t>(csv.number(row, "step"));
  if (schedule == "radam") return radam_factor(csv.number(row, "beta2"), step);
  if (schedule == "untuned_linear") return twi_linear_factor(step, twi_untuned_linear_period(csv.number(row, "beta2")));
  if (schedule == "untuned_exponential")
    return twi_exponential_factor(step, twi_untuned_exponential_period(csv.number(row, "beta2")));
  const auto period = static_cast<int64_t>(csv.number(row, "warmup_period"));
  if (schedule == "linear") return twi_linear_factor(step, period);
  if (schedule == "exponential") return twi_exponential_factor(step, period);
  FAIL("unknown schedule " << schedule);
  return 0;
}

}  // namespace

TEST_CASE("every factor of pytorch_warmup is met to the last bit") {
  const Csv csv("warmup_factors.csv");
  for (size_t row = 0; row < csv.size(); ++row) {
    INFO(csv.text(row, "schedule") << " beta2 " << csv.text(row, "beta2") << " period "
                                   << csv.text(row, "warmup_period") << " step " << csv.text(row, "step"));
    REQUIRE(factor_of(csv, row) == csv.number(row, "factor"));
  }
}

TEST_CASE("what an untuned schedule derives from beta2 is pytorch_warmup's") {
  const Csv csv("warmup_parameters.csv");
  for (size_t row = 0; row < csv.size(); ++row) {
    const double beta2 = csv.number(row, "beta2");
    INFO("beta2 " << beta2);
    CHECK(twi_untuned_linear_period(beta2) == static_cast<int64_t>(csv.number(row, "untuned_linear_period")));
    CHECK(twi_untuned_exponential_period(beta2) == static_cast<int64_t>(csv.number(row, "untuned_exponential_period")));
    twi_radam radam{};
    REQUIRE(twi_radam_init(&radam, beta2) == 1);
    CHECK(radam.rho_inf == csv.number(row, "radam_rho_inf"));
    CHECK(radam.offset == static_cast<int64_t>(csv.number(row, "radam_offset")));
  }
}

TEST_CASE("a factor lies in (0, 1] and never falls") {
  twi_radam radam{};
  for (double beta2 : {0.61, 0.7, 0.9, 0.999}) {
    REQUIRE(twi_radam_init(&radam, beta2) == 1);
    double before[3] = {0, 0, 0};
    for (int64_t step = 0; step < 5000; ++step) {
      const double now[3] = {twi_linear_factor(step, twi_untuned_linear_period(beta2)),
                             twi_exponential_factor(step, twi_untuned_exponential_period(beta2)),
                             twi_radam_factor(&radam, step)};
      for (int i = 0; i < 3; ++i) {
        INFO("beta2 " << beta2 << " step " << step << " factor " << i);
        REQUIRE(now[i] > 0);
        REQUIRE(now[i] <= 1);
        REQUIRE(now[i] >= before[i]);
        before[i] = now[i];
      }
    }
  }
}

TEST_CASE("RAdam's offset is the first step with rho above 4") {
  for (double beta2 : {0.6000001, 0.61, 0.65, 0.8, 0.95, 0.9999}) {
    twi_radam radam{};
    REQUIRE(twi_radam_init(&radam, beta2) == 1);
    const auto rho = [&](int64_t t) {
      const long double power = std::pow(static_cast<long double>(beta2), static_cast<long double>(t));
      return static_cast<double>(2.0L / (1.0L - beta2) - 1.0L - 2.0L * t * power / (1.0L - power));
    };
    INFO("beta2 " << beta2 << " offset " << radam.offset);
    CHECK(rho(radam.offset) > 4);
    if (radam.offset > 1) CHECK(rho(radam.offset - 1) <= 4 + 1e-9);
  }
}

TEST_CASE("RAdam refuses a beta2 for which no factor exists, and ends its search") {
  twi_radam radam{};
  for (double beta2 : {-1.0, 0.0, 0.5, 0.6, std::nextafter(0.6, 1.0), 1.0, 1.5, std::nan("")}) {
    INFO("beta2 " << beta2);
    if (beta2 > 0.6 && beta2 < 0.61)
      twi_radam_init(&radam, beta2); /* either answer, but an answer */
    else
      CHECK(twi_radam_init(&radam, beta2) == 0);
  }
}
