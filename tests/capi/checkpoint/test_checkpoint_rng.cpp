/* The states of random number generators in a checkpoint. What Python makes of them is in tests/interop. */
#include "checkpoint_files.h"
#include "failure.h"
#include "op.h"

using namespace tw::test;

namespace {

Handle<tw_tensor> randn(int64_t count) {
  Handle<tw_tensor> drawn;
  REQUIRE(tw_tensor_randn(drawn.out(), &count, 1, TW_FLOAT32, nullptr, nullptr) == TW_OK);
  return drawn;
}

/* Of an odd number of normals, the second of the last pair is kept for the next draw. */
std::vector<float> draw() {
  std::vector<float> numbers = values(randn(3).get());
  const auto dropped = call("dropout", {arg(tensor(std::vector<float>(50, 1))), arg(0.5), arg(true)});
  const std::vector<float> more = values(dropped[0].get());
  numbers.insert(numbers.end(), more.begin(), more.end());
  return numbers;
}

Handle<tw_generator> generator(uint64_t seed) {
  Handle<tw_generator> made;
  REQUIRE(tw_generator_create(made.out(), nullptr, seed) == TW_OK);
  return made;
}

std::vector<float> draw(const Handle<tw_generator> &from) {
  return values(call("randn.generator", {ints({3}), named("generator", arg(from.get()))})[0].get());
}

/* The bytes of a generator's state, to be put back changed. */
std::vector<unsigned char> state_of(const Handle<tw_generator> &from) {
  const auto made = checkpoint();
  REQUIRE(tw_checkpoint_put_generator(made.get(), "state", from.get()) == TW_OK);
  const auto state = get_tensor(made, "state");
  std::vector<unsigned char> bytes(static_cast<size_t>(sizes(state.get())[0]));
  REQUIRE(tw_tensor_copy_data(bytes.data(), bytes.size(), nullptr, state.get()) == TW_OK);
  return bytes;
}

void put_bytes(const Handle<tw_checkpoint> &made, const std::vector<unsigned char> &bytes) {
  const auto size = static_cast<int64_t>(bytes.size());
  Handle<tw_tensor> state;
  REQUIRE(tw_tensor_from_data(state.out(), bytes.data(), bytes.size(), &size, 1, TW_UINT8) == TW_OK);
  put(made, "state", state);
}

}  // namespace

TEST_CASE("after loading, the default generator draws what it drew after saving") {
  const TemporaryFile file;
  const auto made = checkpoint();
  REQUIRE(tw_manual_seed(3) == TW_OK);
  draw();
  REQUIRE(tw_checkpoint_put_rng_state(made.get(), "rng") == TW_OK);
  CHECK(kind(made, "rng") == TW_KIND_DICT);
  const std::vector<float> drawn = draw();
  CHECK(draw() != drawn);
  const auto loaded = save_and_load(made, file);
  for (int i = 0; i < 2; ++i) {
    REQUIRE(tw_checkpoint_restore_rng_state(loaded.get(), "rng") == TW_OK);
    CHECK(draw() == drawn);
  }
}

TEST_CASE("a generator of the caller's goes on in another, and the default one is left alone") {
  const TemporaryFile file;
  const auto made = checkpoint();
  const auto source = generator(5), target = generator(6);
  draw(source);
  REQUIRE(tw_checkpoint_put_generator(made.get(), "state", source.get()) == TW_OK);
  const std::vector<float> drawn = draw(source);
  REQUIRE(tw_manual_seed(3) == TW_OK);
  const std::vector<float> defaults = draw();
  REQUIRE(tw_manual_seed(3) == TW_OK);
  REQUIRE(tw_checkpoint_restore_generator(target.get(), save_and_load(made, file).get(), "state") == TW_OK);
  CHECK(draw() == defaults);
  CHECK(draw(target) == drawn);
}

TEST_CASE("what is no state of a generator is refused, and the generator goes on as before") {
  const auto made = checkpoint();
  const auto target = generator(5), twin = generator(5);
  put(made, "state", tensor({1, 2}));
  check_failure(tw_checkpoint_restore_generator(target.get(), made.get(), "state"), TW_ERROR_ARGUMENT,
                {"\"state\" is of Float", "[2]", "of Byte and has 5056"});
  put_bytes(made, std::vector<unsigned char>(5055));
  check_failure(tw_checkpoint_restore_generator(target.get(), made.get(), "state"), TW_ERROR_ARGUMENT,
                {"[5055]", "5056"});
  REQUIRE(tw_checkpoint_put_int64(made.get(), "state", 1) == TW_OK);
  check_failure(tw_checkpoint_restore_generator(target.get(), made.get(), "state"), TW_ERROR_TYPE, {"not a tensor"});
  check_failure(tw_checkpoint_restore_generator(target.get(), made.get(), "none"), TW_ERROR_NOT_FOUND,
                {"no key \"none\""});
  CHECK(draw(target) == draw(twin));
}

/* Behind the seed, 8 bytes: how many of 624 numbers are left, 4 bytes; whether there is a seed, 4; the next one, 8. */
TEST_CASE("a state whose counters lead beyond its numbers is refused") {
  const auto made = checkpoint();
  const auto target = generator(5), twin = generator(5);
  const std::vector<unsigned char> good = state_of(target);
  const auto refused = [&](unsigned left, unsigned next, unsigned char seeded, const std::string &text) {
    std::vector<unsigned char> bytes = good;
    for (size_t i = 0; i < 4; ++i) bytes[8 + i] = static_cast<unsigned char>(left >> (8 * i));
    for (size_t i = 0; i < 4; ++i) bytes[16 + i] = static_cast<unsigned char>(next >> (8 * i));
    bytes[12] = seeded;
    put_bytes(made, bytes);
    check_failure(tw_checkpoint_restore_generator(target.get(), made.get(), "state"), TW_ERROR_ARGUMENT,
                  {"\"state\" is not a state of a generator", text});
  };
  refused(624, 2, 1, "624 are left from number 2 on");
  refused(2, 624, 1, "2 are left from number 624 on");
  refused(0, 5, 1, "0 are left");
  refused(0x80000000U, 5, 1, "-2147483648 are left");
  refused(1, 1U << 31, 1, "number 2147483648 on");
  refused(1, 0, 0, "Invalid mt19937 state"); /* LibTorch's own refusal */
  CHECK(draw(target) == draw(twin));
  put_bytes(made, good);
  CHECK(tw_checkpoint_restore_generator(target.get(), made.get(), "state") == TW_OK);
}

TEST_CASE("the default generators are not got from what is no dict of them") {
  const auto made = checkpoint();
  const auto source = generator(5);
  REQUIRE(tw_checkpoint_put_generator(made.get(), "state", source.get()) == TW_OK);
  REQUIRE(tw_manual_seed(3) == TW_OK);
  const std::vector<float> drawn = draw();
  REQUIRE(tw_manual_seed(3) == TW_OK);
  check_failure(tw_checkpoint_restore_rng_state(made.get(), "state"), TW_ERROR_TYPE,
                {"\"state\" is a tensor, not a dict"});
  const auto parameter = tw::test::parameter({1});
  Handle<tw_optimizer> optimizer;
  REQUIRE(tw_optimizer_sgd(optimizer.out(), parameter.one(), 1, nullptr) == TW_OK);
  REQUIRE(tw_checkpoint_put_optimizer(made.get(), "state", optimizer.get()) == TW_OK);
  check_failure(tw_checkpoint_restore_rng_state(made.get(), "state"), TW_ERROR_ARGUMENT, {"no key \"cpu\""});
  CHECK(draw() == drawn);
}
