#include <vector>

#include "catch.h"
#include "schedule/dampening.h"

namespace {

struct Dampening : tw_dampening {
  explicit Dampening(size_t groups) : tw_dampening{} { REQUIRE(tw_dampening_init(this, groups) == 1); }
  Dampening(const Dampening &) = delete;
  ~Dampening() { tw_dampening_destroy(this); }
};

}  // namespace

TEST_CASE("a dampening starts before step 0, with nothing begun") {
  const Dampening dampening(3);
  CHECK(dampening.last_step == -1);
  CHECK(dampening.begun == 0);
  CHECK(dampening.group_count == 3);
}

TEST_CASE("dampening multiplies each rate by its own factor") {
  const double lrs[2] = {0.5, 0.1}, factors[2] = {0.25, 1.0};
  double out[2] = {9, 9};
  tw_dampen(out, lrs, factors, 2);
  CHECK(out[0] == 0.125);
  CHECK(out[1] == 0.1);
}

TEST_CASE("recording keeps both rates and the step, and ends a dampening that had begun") {
  Dampening dampening(2);
  const double undampened[2] = {0.5, 0.1}, dampened[2] = {0.25, 0.05};
  tw_dampening_begin(&dampening);
  CHECK(dampening.begun == 1);
  tw_dampening_record(&dampening, undampened, dampened, 7);
  CHECK(dampening.begun == 0);
  CHECK(dampening.last_step == 7);
  for (size_t group = 0; group < 2; ++group) {
    CHECK(dampening.undampened[group] == undampened[group]);
    CHECK(dampening.dampened[group] == dampened[group]);
  }
}

TEST_CASE("the first group whose rate was edited is found") {
  Dampening dampening(3);
  const double undampened[3] = {1, 1, 1}, dampened[3] = {0.1, 0.2, 0.3};
  tw_dampening_record(&dampening, undampened, dampened, 0);
  std::vector<double> lrs(dampened, dampened + 3);
  CHECK(tw_dampening_find_edited(&dampening, lrs.data()) == 3);
  lrs[2] = 0.31;
  CHECK(tw_dampening_find_edited(&dampening, lrs.data()) == 2);
  lrs[0] = 1;
  CHECK(tw_dampening_find_edited(&dampening, lrs.data()) == 0);
}

TEST_CASE("an optimizer without groups can be dampened") {
  const Dampening dampening(0);
  CHECK(tw_dampening_find_edited(&dampening, nullptr) == 0);
}
