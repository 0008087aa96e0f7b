#include <sched.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <set>

#include "catch.h"
#include "emnist_support.h"

namespace {

constexpr std::size_t set_size = 103;

/* Images that tell their own number: its two digits in base 256 are the first two pixels. */
class Numbered {
 public:
  Numbered() : images_(set_size * DATASET_PIXELS), labels_(set_size) {
    for (std::size_t i = 0; i < set_size; ++i) {
      for (std::size_t p = 0; p < DATASET_PIXELS; ++p)
        images_[i * DATASET_PIXELS + p] = static_cast<uint8_t>(i * 31 + p * 7);
      images_[i * DATASET_PIXELS] = static_cast<uint8_t>(i);
      labels_[i] = static_cast<uint8_t>(i % 47);
    }
  }
  dataset set() { return {images_.data(), labels_.data(), set_size, 47}; }

 private:
  Bytes images_, labels_;
};

struct Free {
  void operator()(batches *loader) const { batches_free(loader); }
};
using Loader = std::unique_ptr<batches, Free>;

Loader make(const dataset &set, const batches_options &options) {
  Message error;
  Loader loader(batches_create(&set, &options, error.data(), error.size()));
  INFO(error.str());
  REQUIRE(loader != nullptr);
  return loader;
}

/* All that an epoch hands out. */
struct Epoch {
  std::vector<float> images;
  std::vector<int64_t> labels;
  std::vector<std::size_t> counts;
  bool operator==(const Epoch &other) const {
    return images == other.images && labels == other.labels && counts == other.counts;
  }
};

Epoch run(batches *loader, uint64_t number) {
  Epoch epoch;
  batches_start_epoch(loader, number);
  for (batch next; batches_next(loader, &next);) {
    epoch.images.insert(epoch.images.end(), next.images, next.images + next.count * DATASET_PIXELS);
    epoch.labels.insert(epoch.labels.end(), next.labels, next.labels + next.count);
    epoch.counts.push_back(next.count);
  }
  CHECK(epoch.counts.size() == batches_per_epoch(loader));
  return epoch;
}

/* Which images an epoch held, in order, and that each came whole, with its own label. */
std::vector<std::size_t> order_of(const Epoch &epoch, const dataset &set) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < epoch.labels.size(); ++i) {
    const float *values = &epoch.images[i * DATASET_PIXELS];
    const auto pixel = [](float value) { return static_cast<int>((value * 0.3332 + 0.1751) * 255 + 0.5); };
    const auto number = static_cast<std::size_t>(pixel(values[0]));
    REQUIRE(number < set.count);
    for (std::size_t p = 0; p < DATASET_PIXELS; ++p)
      REQUIRE(pixel(values[p]) == set.images[number * DATASET_PIXELS + p]);
    REQUIRE(epoch.labels[i] == set.labels[number]);
    order.push_back(number);
  }
  return order;
}

std::vector<std::size_t> sorted(std::vector<std::size_t> order) {
  std::sort(order.begin(), order.end());
  return order;
}

std::vector<std::size_t> stored_order() {
  std::vector<std::size_t> order(set_size);
  for (std::size_t i = 0; i < set_size; ++i) order[i] = i;
  return order;
}

}  // namespace

TEST_CASE("without shuffling an epoch is the set in stored order, the last batch what is left") {
  Numbered numbers;
  const dataset set = numbers.set();
  const Loader loader = make(set, {10, false, false, 1, 0});
  CHECK(batches_per_epoch(loader.get()) == 11);
  const Epoch epoch = run(loader.get(), 1);
  CHECK(order_of(epoch, set) == stored_order());
  CHECK(epoch.counts.back() == 3);
  CHECK(epoch == run(loader.get(), 2));
}

TEST_CASE("with shuffling each image comes once an epoch, in another order each epoch and for each seed") {
  Numbered numbers;
  const dataset set = numbers.set();
  std::set<std::vector<std::size_t>> orders;
  for (uint64_t seed : {0, 1, 2}) {
    const Loader loader = make(set, {10, true, false, seed, 0});
    for (uint64_t number : {0, 1, 2, 3}) {
      const auto order = order_of(run(loader.get(), number), set);
      CHECK(sorted(order) == stored_order());
      orders.insert(order);
    }
  }
  CHECK(orders.size() == 12);
}

/* The ten numbers are from a Python program that follows counter_rng.h's comments. */
TEST_CASE("an epoch's order is the same for ever") {
  Numbered numbers;
  const dataset set = numbers.set();
  const Loader loader = make(set, {10, true, true, 1, 0});
  const auto order = order_of(run(loader.get(), 1), set);
  CHECK(std::vector<std::size_t>(order.begin(), order.begin() + 10) ==
        std::vector<std::size_t>{25, 52, 67, 89, 99, 55, 85, 96, 76, 13});
}

TEST_CASE("drop_last leaves out the images that fill no batch") {
  Numbered numbers;
  const dataset set = numbers.set();
  const Loader loader = make(set, {10, true, true, 1, 0});
  CHECK(batches_per_epoch(loader.get()) == 10);
  const auto order = order_of(run(loader.get(), 1), set);
  CHECK(order.size() == 100);
  CHECK(std::set<std::size_t>(order.begin(), order.end()).size() == 100);
}

TEST_CASE("any number of workers gives the same batches") {
  Numbered numbers;
  const dataset set = numbers.set();
  for (bool shuffle : {false, true}) {
    const Loader alone = make(set, {7, shuffle, false, 5, 0});
    for (int workers : {1, 2, 3, 8, 64}) {
      INFO(workers);
      const Loader loader = make(set, {7, shuffle, false, 5, workers});
      for (uint64_t number : {1, 2, 3}) CHECK(run(loader.get(), number) == run(alone.get(), number));
    }
  }
}

TEST_CASE("a batch keeps its values until the next one is asked for, however far the workers are") {
  Numbered numbers;
  const dataset set = numbers.set();
  const Loader alone = make(set, {4, true, true, 9, 0}), loader = make(set, {4, true, true, 9, 3});
  const Epoch expected = run(alone.get(), 1);
  batches_start_epoch(loader.get(), 1);
  batch next;
  for (std::size_t number = 0; batches_next(loader.get(), &next); ++number) {
    for (int wait = 0; wait < 2000; ++wait) sched_yield();
    REQUIRE(std::memcmp(next.images, &expected.images[number * 4 * DATASET_PIXELS],
                        4 * DATASET_PIXELS * sizeof(float)) == 0);
    REQUIRE(reinterpret_cast<std::uintptr_t>(next.images) % 64 == 0);
    REQUIRE(reinterpret_cast<std::uintptr_t>(next.labels) % 64 == 0);
  }
}

TEST_CASE("an epoch can be left at any batch for the start of another") {
  Numbered numbers;
  const dataset set = numbers.set();
  const Loader alone = make(set, {4, true, true, 9, 0});
  for (int workers : {0, 1, 4}) {
    const Loader loader = make(set, {4, true, true, 9, workers});
    for (int taken = 0; taken < 25; ++taken) {
      batches_start_epoch(loader.get(), 77);
      batch next;
      for (int i = 0; i < taken; ++i) REQUIRE(batches_next(loader.get(), &next));
      CHECK(run(loader.get(), 2) == run(alone.get(), 2));
    }
  }
}

TEST_CASE("an epoch that is entered at any batch has the rest of its batches") {
  Numbered numbers;
  const dataset set = numbers.set();
  const Loader alone = make(set, {4, true, true, 9, 0});
  const Epoch whole = run(alone.get(), 2);
  for (int workers : {0, 1, 4}) {
    const Loader loader = make(set, {4, true, true, 9, workers});
    for (std::size_t first = 0; first <= 25; ++first) {
      INFO(workers << " workers, from batch " << first);
      batches_enter_epoch(loader.get(), 2, first);
      std::size_t number = first;
      for (batch next; batches_next(loader.get(), &next); ++number) {
        REQUIRE(std::memcmp(next.images, &whole.images[number * 4 * DATASET_PIXELS],
                            4 * DATASET_PIXELS * sizeof(float)) == 0);
        REQUIRE(std::equal(next.labels, next.labels + next.count, &whole.labels[number * 4]));
      }
      CHECK(number == 25);
    }
    batches_enter_epoch(loader.get(), 2, 1000);
    batch next;
    CHECK_FALSE(batches_next(loader.get(), &next));
    CHECK(run(loader.get(), 3) == run(alone.get(), 3));
  }
}

TEST_CASE("before the first epoch and after the last batch there is none") {
  Numbered numbers;
  const dataset set = numbers.set();
  for (int workers : {0, 2}) {
    const Loader loader = make(set, {50, false, true, 1, workers});
    batch next{reinterpret_cast<float *>(1), nullptr, 7};
    CHECK_FALSE(batches_next(loader.get(), &next));
    CHECK(next.count == 0);
    CHECK(next.images == nullptr);
    run(loader.get(), 1);
    CHECK_FALSE(batches_next(loader.get(), &next));
    CHECK_FALSE(batches_next(loader.get(), &next));
  }
}

TEST_CASE("a batch larger than the set is the whole set") {
  Numbered numbers;
  const dataset set = numbers.set();
  const Loader loader = make(set, {1000000, false, false, 1, 1});
  CHECK(run(loader.get(), 1).counts == std::vector<std::size_t>{set_size});
}

TEST_CASE("bad options are refused, naming the value") {
  Numbered numbers;
  dataset set = numbers.set();
  const auto refusal = [&](const batches_options &options) {
    Message error;
    CHECK(batches_create(&set, &options, error.data(), error.size()) == nullptr);
    return error.str();
  };
  CHECK_THAT(refusal({0, false, false, 1, 0}), Contains("batch size is 0"));
  CHECK_THAT(refusal({10, false, false, 1, -1}), Contains("workers is -1"));
  CHECK_THAT(refusal({10, false, false, 1, 1000}), Contains("workers is 1000"));
  CHECK_THAT(refusal({104, false, true, 1, 0}), Contains("104") && Contains("103"));
  set.count = 0;
  CHECK_THAT(refusal({10, false, false, 1, 0}), Contains("0 images"));
  batches_free(nullptr);
}
