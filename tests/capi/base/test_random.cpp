/* Generators of random numbers. */
#include "failure.h"
#include "op.h"
#include "torch_reference.h"

using namespace tw::test;

namespace {

std::vector<float> draw(tw_generator *generator, int64_t count) {
  const Tensor place = tensor(std::vector<float>(static_cast<size_t>(count)));
  op("uniform_", {arg(place), arg(0.0), arg(1.0), named("generator", arg(generator))});
  return values(place.get());
}

}  // namespace

TEST_CASE("a generator draws the numbers of LibTorch's own with that seed") {
  Handle<tw_generator> generator;
  for (const uint64_t seed : {uint64_t{0}, uint64_t{7}, UINT64_MAX}) {
    REQUIRE(tw_generator_create(generator.out(), "cpu", seed) == TW_OK);
    CHECK(draw(generator.get(), 20) == tw::reference::numbers_of_generator(seed, 20));
  }
}

TEST_CASE("a generator starts anew from a seed") {
  Handle<tw_generator> generator;
  REQUIRE(tw_generator_create(generator.out(), nullptr, 1) == TW_OK);
  const std::vector<float> first = draw(generator.get(), 20);
  CHECK(draw(generator.get(), 20) != first);
  REQUIRE(tw_generator_manual_seed(generator.get(), 1) == TW_OK);
  CHECK(draw(generator.get(), 20) == first);
}

TEST_CASE("a generator and the default one do not disturb each other") {
  const std::vector<float> wanted = tw::reference::numbers_after_manual_seed(3, 20);
  Handle<tw_generator> generator;
  const int64_t count = 20;
  Tensor uniform;
  REQUIRE(tw_manual_seed(3) == TW_OK);
  REQUIRE(tw_generator_create(generator.out(), nullptr, 9) == TW_OK);
  const std::vector<float> first = draw(generator.get(), 5);
  REQUIRE(tw_tensor_rand(uniform.out(), &count, 1, TW_FLOAT32, nullptr, nullptr) == TW_OK);
  CHECK(values(uniform.get()) == std::vector<float>(wanted.begin(), wanted.begin() + count));
  CHECK(first == tw::reference::numbers_of_generator(9, 5));
}

TEST_CASE("a generator of a device without generators is refused") {
  auto *out = rubbish<tw_generator>();
  CHECK(tw_generator_create(&out, "meta", 1) == TW_ERROR_TORCH);
  CHECK(out == nullptr);
}

TEST_CASE("a generator of a device that does not exist is refused") {
  for (const char *device : {"banana", "cuda:99"}) {
    auto *out = rubbish<tw_generator>();
    check_failure(tw_generator_create(&out, device, 1), TW_ERROR_DEVICE, {device});
    CHECK(out == nullptr);
  }
}
