/* A module's state_dict in a checkpoint. */
#include "catch.h"
#include "checkpoint_files.h"
#include "checkpoint_fixtures.h"
#include "csv.h"
#include "failure.h"
#include "handles.h"
#include "modules.h"

using namespace tw::test;

namespace {

std::vector<std::vector<float>> parameter_values(const Handle<tw_module> &module) {
  std::vector<std::vector<float>> all;
  for (const Handle<tw_tensor> &each : parameters(module)) all.push_back(values(each.get()));
  return all;
}

using Names = std::vector<std::string>;

/* Restores what there is. */
void restore_some(const Handle<tw_module> &module, const Handle<tw_checkpoint> &from, const char *key) {
  REQUIRE(tw_checkpoint_restore_module(module.get(), from.get(), key, 0) == TW_OK);
}

Names names_of(const Handle<tw_module_differences> &differences, tw_difference which) {
  size_t count = 99;
  REQUIRE(tw_module_differences_get_count(&count, differences.get(), which) == TW_OK);
  Names names;
  for (size_t i = 0; i < count; ++i) {
    char name[32];
    size_t needed = 0;
    REQUIRE(tw_module_differences_get_name(name, sizeof name, &needed, differences.get(), which, i) == TW_OK);
    CHECK(needed == std::string(name).size() + 1);
    names.emplace_back(name);
  }
  return names;
}

/* The names that are missing, unexpected and mismatched. */
std::vector<Names> differences(const Handle<tw_module> &module, const Handle<tw_checkpoint> &from, const char *key) {
  Handle<tw_module_differences> found;
  REQUIRE(tw_checkpoint_compare_module(found.out(), module.get(), from.get(), key) == TW_OK);
  return {names_of(found, TW_DIFFERENCE_MISSING), names_of(found, TW_DIFFERENCE_UNEXPECTED),
          names_of(found, TW_DIFFERENCE_MISMATCHED)};
}

void put_string(const Handle<tw_checkpoint> &checkpoint, const char *key, const char *value) {
  REQUIRE(tw_checkpoint_put_string(checkpoint.get(), key, value) == TW_OK);
}

std::string fixture(const std::string &name) { return std::string(TW_FIXTURES) + "/checkpoints/" + name; }

}  // namespace

TEST_CASE("a module comes back from a file with the same parameters") {
  const TemporaryFile file;
  const auto made = checkpoint();
  const auto trained = fixture_network(), fresh = fixture_network();
  REQUIRE(parameter_values(trained) != parameter_values(fresh));
  REQUIRE(tw_checkpoint_put_module(made.get(), "model", trained.get()) == TW_OK);
  const auto loaded = save_and_load(made, file);
  REQUIRE(tw_checkpoint_restore_module(fresh.get(), loaded.get(), "model", 1) == TW_OK);
  CHECK(parameter_values(trained) == parameter_values(fresh));
}

TEST_CASE("the weights that Python saved come into a module, from either sort of file") {
  for (const std::string version : {"1.13.0", "2.14.1"}) {
    const auto whole = fixture_network(), bare = fixture_network();
    REQUIRE(tw_checkpoint_restore_module(whole.get(), load(fixture("python_torch_" + version + ".pt")).get(), "model",
                                         1) == TW_OK);
    REQUIRE(tw_checkpoint_restore_module(bare.get(), load(fixture("python_torch_" + version + "_model_only.pt")).get(),
                                         nullptr, 1) == TW_OK);
    CHECK(parameter_values(whole) == parameter_values(bare));

    /* Independent of the reader: the mean of the squared outputs is the loss that Python wrote down. */
    const auto output = values(forward(whole, fixture_input()).get());
    double loss = 0;
    for (const float value : output) loss += static_cast<double>(value) * value / static_cast<double>(output.size());
    const double wanted = Csv("checkpoints/python_torch_" + version + "_continued.csv").number(0, "loss_before_step");
    CHECK(loss == Approx(wanted).epsilon(2e-4));
  }
}

TEST_CASE("names that do not fit a module are all told at once, and nothing changes") {
  const auto made = checkpoint();
  put(made, "0.weight", tensor(std::vector<float>(20, 1.0f), {5, 4}));
  put(made, "0.bias", tensor({1, 2, 3}));
  put(made, "3.weight", tensor({1}));
  REQUIRE(tw_checkpoint_put_int64(made.get(), "2.bias", 1) == TW_OK);
  const auto module = fixture_network();
  const auto before = parameter_values(module);
  check_failure(tw_checkpoint_restore_module(module.get(), made.get(), nullptr, 1), TW_ERROR_ARGUMENT,
                {"missing: 2.weight", "unexpected: 3.weight", "0.bias ([3] for [5])", "2.bias (no tensor)"});
  CHECK(parameter_values(module) == before);
}

TEST_CASE("a state_dict of another dtype is converted, as Python does") {
  const int64_t sizes[] = {1, 2};
  const double weight[] = {0.5, -2};
  Handle<tw_tensor> doubles;
  REQUIRE(tw_tensor_from_data(doubles.out(), weight, sizeof weight, sizes, 2, TW_FLOAT64) == TW_OK);
  const auto made = checkpoint();
  put(made, "weight", doubles);
  const auto module = linear(2, 1, 0);
  REQUIRE(tw_checkpoint_restore_module(module.get(), made.get(), nullptr, 1) == TW_OK);
  CHECK(parameter_values(module) == std::vector<std::vector<float>>{{0.5f, -2.0f}});
}

TEST_CASE("buffers go with a module, and a tensor of two names stays one") {
  const TemporaryFile file;
  const auto build = [](float start) {
    auto module = custom();
    const auto shared = parameter({start, start + 1});
    REQUIRE(tw_module_register_parameter(module.get(), "a", shared.get()) == TW_OK);
    REQUIRE(tw_module_register_parameter(module.get(), "b", shared.get()) == TW_OK);
    REQUIRE(tw_module_register_buffer(module.get(), "mean", tensor({start + 2}).get()) == TW_OK);
    return module;
  };
  const auto source = build(1), target = build(10);
  const auto made = checkpoint();
  REQUIRE(tw_checkpoint_put_module(made.get(), "m", source.get()) == TW_OK);
  REQUIRE(tw_checkpoint_restore_module(target.get(), save_and_load(made, file).get(), "m", 1) == TW_OK);
  CHECK(parameter_values(target) == std::vector<std::vector<float>>{{1, 2}});
  Handle<tw_tensor> mean;
  REQUIRE(tw_module_get_tensor(mean.out(), target.get(), "mean") == TW_OK);
  CHECK(values(mean.get()) == std::vector<float>{3});
}

TEST_CASE("a module is not got from what is no dict") {
  const auto made = checkpoint();
  REQUIRE(tw_checkpoint_put_int64(made.get(), "model", 1) == TW_OK);
  const auto module = linear(1, 1);
  check_failure(tw_checkpoint_restore_module(module.get(), made.get(), "model", 1), TW_ERROR_TYPE,
                {"\"model\" is an int, not a dict"});
  check_failure(tw_checkpoint_restore_module(module.get(), made.get(), "net", 1), TW_ERROR_NOT_FOUND,
                {"no key \"net\"", "there are: model"});
}

/* ---- a bare state_dict ------------------------------------------------------------------------------------------- */

TEST_CASE("a module put under no key is a bare state_dict beside what the checkpoint has") {
  const TemporaryFile file;
  const auto made = checkpoint();
  const auto trained = fixture_network(), fresh = fixture_network();
  put_string(made, "__metadata__.format", "pt");
  put(made, "2.bias", tensor({9})); /* to be replaced */
  REQUIRE(tw_checkpoint_put_module(made.get(), nullptr, trained.get()) == TW_OK);
  size_t count = 0;
  REQUIRE(tw_checkpoint_get_key_count(&count, made.get()) == TW_OK);
  CHECK(count == 5);
  for (const char *key : {"0.weight", "0.bias", "2.weight", "2.bias"}) {
    tw_kind kind = TW_KIND_NONE;
    REQUIRE(tw_checkpoint_get_kind(&kind, made.get(), key) == TW_OK);
    CHECK(kind == TW_KIND_TENSOR);
  }
  const auto loaded = save_and_load(made, file);
  REQUIRE(tw_checkpoint_restore_module(fresh.get(), loaded.get(), nullptr, 1) == TW_OK);
  CHECK(parameter_values(trained) == parameter_values(fresh));
}

TEST_CASE("metadata is passed over in the checkpoint itself only, and only where it is a string") {
  const auto made = checkpoint();
  const auto module = linear(1, 1);
  REQUIRE(tw_checkpoint_put_module(made.get(), nullptr, module.get()) == TW_OK);
  put_string(made, "__metadata__.step", "7");
  CHECK(tw_checkpoint_restore_module(module.get(), made.get(), nullptr, 1) == TW_OK);
  CHECK(differences(module, made, nullptr) == std::vector<Names>{{}, {}, {}});
  REQUIRE(tw_checkpoint_put_int64(made.get(), "__metadata__.count", 7) == TW_OK);
  put_string(made, "metadata", "7");
  check_failure(tw_checkpoint_restore_module(module.get(), made.get(), nullptr, 1), TW_ERROR_ARGUMENT,
                {"unexpected: __metadata__.count, metadata"});
}

/* ---- not strict -------------------------------------------------------------------------------------------------- */

TEST_CASE("a restore that is not strict takes what fits and leaves the rest") {
  const auto made = checkpoint();
  const auto module = fixture_network();
  const auto before = parameter_values(module);
  put(made, "0.bias", tensor({1, 2, 3, 4, 5}));
  put(made, "3.weight", tensor({1}));
  restore_some(module, made, nullptr);
  const auto after = parameter_values(module);
  CHECK(after[1] == std::vector<float>{1, 2, 3, 4, 5});
  for (const size_t untouched : {0, 2, 3}) CHECK(after[untouched] == before[untouched]);
}

TEST_CASE("a restore that is not strict takes all of a state_dict that fits") {
  const auto made = checkpoint();
  const auto trained = fixture_network(), fresh = fixture_network();
  REQUIRE(tw_checkpoint_put_module(made.get(), "model", trained.get()) == TW_OK);
  restore_some(fresh, made, "model");
  CHECK(parameter_values(trained) == parameter_values(fresh));
}

TEST_CASE("a restore that is not strict still refuses other sizes and what is no tensor, and changes nothing") {
  const auto made = checkpoint();
  const auto module = fixture_network();
  const auto before = parameter_values(module);
  put(made, "0.bias", tensor({1, 2, 3, 4, 5}));
  put(made, "2.bias", tensor({1}));
  put_string(made, "0.weight", "heavy");
  check_failure(tw_checkpoint_restore_module(module.get(), made.get(), nullptr, 0), TW_ERROR_ARGUMENT,
                {"of other sizes: 0.weight (no tensor), 2.bias ([1] for [3])"});
  CHECK(parameter_values(module) == before);
}

TEST_CASE("the names in which a module and a state_dict differ are told one by one, and nothing changes") {
  const auto made = checkpoint();
  const auto module = fixture_network();
  const auto before = parameter_values(module);
  put(made, "0.bias", tensor({1, 2, 3, 4, 5}));
  put(made, "3.weight", tensor({1}));
  put(made, "2.bias", tensor({1}));
  put(made, "a", tensor({1}));
  CHECK(differences(module, made, nullptr) ==
        std::vector<Names>{{"0.weight", "2.weight"}, {"3.weight", "a"}, {"2.bias"}});
  CHECK(parameter_values(module) == before);
  REQUIRE(tw_checkpoint_put_module(made.get(), "model", module.get()) == TW_OK);
  CHECK(differences(module, made, "model") == std::vector<Names>{{}, {}, {}});
}

TEST_CASE("a name that there is not, or that does not fit its buffer, is refused") {
  const auto made = checkpoint();
  const auto module = linear(1, 1);
  Handle<tw_module_differences> found;
  REQUIRE(tw_checkpoint_compare_module(found.out(), module.get(), made.get(), nullptr) == TW_OK);
  char name[8];
  size_t needed = 5;
  check_failure(tw_module_differences_get_name(name, sizeof name, &needed, found.get(), TW_DIFFERENCE_MISSING, 2),
                TW_ERROR_RANGE, {"index is 2", "2 names"});
  CHECK(needed == 0);
  check_failure(tw_module_differences_get_name(name, 6, &needed, found.get(), TW_DIFFERENCE_MISSING, 0),
                TW_ERROR_CAPACITY, {"capacity is 6; 7 bytes are needed"});
  CHECK(needed == 7);
  needed = 0;
  REQUIRE(tw_module_differences_get_name(nullptr, 0, &needed, found.get(), TW_DIFFERENCE_MISSING, 0) == TW_OK);
  CHECK(needed == 7);
}

TEST_CASE("a list of numbers gives its first to a parameter that is a single one, as in Python") {
  const auto build = [] {
    auto module = custom();
    Handle<tw_tensor> scalar;
    REQUIRE(tw_tensor_full_double(scalar.out(), nullptr, 0, 3, TW_FLOAT32, nullptr) == TW_OK);
    REQUIRE(tw_module_register_parameter(module.get(), "scale", scalar.get()) == TW_OK);
    return module;
  };
  const auto made = checkpoint();
  const auto module = build();
  put(made, "scale", tensor({5, 6}));
  REQUIRE(tw_checkpoint_restore_module(module.get(), made.get(), nullptr, 1) == TW_OK);
  CHECK(parameter_values(module) == std::vector<std::vector<float>>{{5}});
  put(made, "scale", tensor({5}, {1, 1}));
  check_failure(tw_checkpoint_restore_module(module.get(), made.get(), nullptr, 1), TW_ERROR_ARGUMENT,
                {"scale ([1, 1] for [])"});
}
