/* Layers: their results against their definitions, their initial values, what they refuse. */
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "catch.h"
#include "csv.h"
#include "modules.h"

using namespace tw::test;

namespace {

using Module = Handle<tw_module>;
using Tensor = Handle<tw_tensor>;

/* Values that repeat in no small pattern, both signs. */
std::vector<float> wavy(size_t count, double start = 0.3) {
  std::vector<float> out(count);
  for (size_t i = 0; i < count; ++i) out[i] = static_cast<float>(std::sin(start + 1.7 * static_cast<double>(i)));
  return out;
}

void check_close(const std::vector<float> &have, const std::vector<float> &want) {
  REQUIRE(have.size() == want.size());
  for (size_t i = 0; i < have.size(); ++i) {
    INFO("element " << i << ": " << have[i] << ", not " << want[i]);
    CHECK(std::fabs(have[i] - want[i]) < 1e-5F * std::max(1.0F, std::fabs(want[i])));
  }
}

struct Convolution {
  int64_t batch = 2, in = 4, out = 6, height = 7, width = 9;
  int64_t kernel[2] = {3, 2}, stride[2] = {2, 1}, padding[2] = {1, 2}, dilation[2] = {1, 3}, groups = 2;

  int64_t rows() const { return (height + 2 * padding[0] - dilation[0] * (kernel[0] - 1) - 1) / stride[0] + 1; }
  int64_t columns() const { return (width + 2 * padding[1] - dilation[1] * (kernel[1] - 1) - 1) / stride[1] + 1; }
};

/* One element of a convolution, straight from its definition. */
double convolve(const Convolution &c, const std::vector<float> &x, const std::vector<float> &w, int64_t n, int64_t o,
                int64_t row, int64_t column) {
  const int64_t in_group = c.in / c.groups, first = o / (c.out / c.groups) * in_group;
  double sum = 0;
  for (int64_t i = 0; i < in_group; ++i)
    for (int64_t u = 0; u < c.kernel[0]; ++u)
      for (int64_t v = 0; v < c.kernel[1]; ++v) {
        const int64_t r = row * c.stride[0] - c.padding[0] + u * c.dilation[0];
        const int64_t q = column * c.stride[1] - c.padding[1] + v * c.dilation[1];
        if (r < 0 || r >= c.height || q < 0 || q >= c.width) continue;
        sum += double(x[size_t(((n * c.in + first + i) * c.height + r) * c.width + q)]) *
               double(w[size_t(((o * in_group + i) * c.kernel[0] + u) * c.kernel[1] + v)]);
      }
  return sum;
}

tw_conv2d_options default_conv2d_options() {
  tw_conv2d_options options;
  REQUIRE(tw_conv2d_options_init(&options, sizeof options) == TW_OK);
  return options;
}

}  // namespace

/* ---- layers ------------------------------------------------------------------------------------------------------ */

TEST_CASE("linear computes input weight^T + bias") {
  const Module layer = linear(3, 2);
  set(layer, "weight", {1, 2, 3, -1, 0.5, 4});
  set(layer, "bias", {10, -20});
  const Tensor result = forward(layer, tensor({1, 0, -1, 2, 2, 2}, {2, 3}));
  CHECK(sizes(result.get()) == std::vector<int64_t>{2, 2});
  CHECK(values(result.get()) == std::vector<float>{8, -25, 22, -13});
}

TEST_CASE("linear without a bias has one parameter and adds nothing") {
  const Module layer = linear(2, 1, 0);
  set(layer, "weight", {3, -5});
  CHECK(parameter_names(layer) == std::vector<std::string>{"weight"});
  CHECK(values(forward(layer, tensor({1, 2}, {1, 2})).get()) == std::vector<float>{-7});
}

TEST_CASE("linear refuses sizes below 1 and a bias that is no truth value") {
  tw_module *layer = rubbish<tw_module>();
  CHECK(tw_module_linear(&layer, 0, 2, nullptr) == TW_ERROR_RANGE);
  CHECK(layer == nullptr);
  CHECK_THAT(tw_last_error(), Contains("in_features is 0"));
  CHECK(tw_module_linear(&layer, 2, -3, nullptr) == TW_ERROR_RANGE);
  CHECK_THAT(tw_last_error(), Contains("out_features is -3"));
  CHECK(tw_module_linear(nullptr, 2, 2, nullptr) == TW_ERROR_ARGUMENT);
}

TEST_CASE("conv2d computes the sum of its definition with stride, padding, dilation and groups") {
  const Convolution c;
  tw_conv2d_options options = default_conv2d_options();
  std::copy_n(c.stride, 2, options.stride);
  std::copy_n(c.padding, 2, options.padding);
  std::copy_n(c.dilation, 2, options.dilation);
  options.groups = c.groups;
  Module layer;
  REQUIRE(tw_module_conv2d(layer.out(), c.in, c.out, c.kernel, &options) == TW_OK);
  const std::vector<float> x = wavy(size_t(c.batch * c.in * c.height * c.width));
  const std::vector<float> w = values(get_tensor(layer, "weight").get()), b = values(get_tensor(layer, "bias").get());
  std::vector<float> want;
  for (int64_t n = 0; n < c.batch; ++n)
    for (int64_t o = 0; o < c.out; ++o)
      for (int64_t r = 0; r < c.rows(); ++r)
        for (int64_t q = 0; q < c.columns(); ++q)
          want.push_back(float(convolve(c, x, w, n, o, r, q) + double(b[size_t(o)])));
  const Tensor result = forward(layer, tensor(x, {c.batch, c.in, c.height, c.width}));
  CHECK(sizes(result.get()) == std::vector<int64_t>{c.batch, c.out, c.rows(), c.columns()});
  check_close(values(result.get()), want);
}

TEST_CASE("conv2d without options has PyTorch's defaults, as tw_conv2d_options_init fills them in") {
  const tw_conv2d_options options = default_conv2d_options();
  CHECK(options.struct_size == sizeof options);
  for (int i = 0; i < 2; ++i) CHECK((options.stride[i] == 1 && options.padding[i] == 0 && options.dilation[i] == 1));
  CHECK((options.groups == 1 && options.bias == 1));
  const Module layer = conv2d(1, 2, 3);
  CHECK(parameter_names(layer) == std::vector<std::string>{"weight", "bias"});
  const Tensor result = forward(layer, tensor(wavy(30), {1, 1, 5, 6}));
  CHECK(sizes(result.get()) == std::vector<int64_t>{1, 2, 3, 4});
}

TEST_CASE("conv2d reads no more of its options than the caller's structure has") {
  struct {
    size_t struct_size;
    int32_t kind, reserved;
    int64_t stride[2];
  } older{sizeof older, TW_OPTIONS_CONV2D, 0, {3, 3}};
  const int64_t kernel[2] = {1, 1};
  Module layer;
  REQUIRE(tw_module_conv2d(layer.out(), 1, 1, kernel, reinterpret_cast<const tw_conv2d_options *>(&older)) == TW_OK);
  CHECK(sizes(forward(layer, tensor(wavy(36), {1, 1, 6, 6})).get()) == std::vector<int64_t>{1, 1, 2, 2});
  CHECK(parameter_names(layer) == std::vector<std::string>{"weight", "bias"});

  older.struct_size = 0;
  tw_module *refused = rubbish<tw_module>();
  CHECK(tw_module_conv2d(&refused, 1, 1, kernel, reinterpret_cast<const tw_conv2d_options *>(&older)) ==
        TW_ERROR_ARGUMENT);
  CHECK(refused == nullptr);
  CHECK_THAT(tw_last_error(), Contains("struct_size is 0") && Contains("tw_conv2d_options_init"));
}

TEST_CASE("conv2d takes a newer structure only while the members it does not know are unset") {
  struct {
    tw_conv2d_options known;
    int64_t unknown;
  } newer;
  REQUIRE(tw_conv2d_options_init(&newer.known, sizeof newer) == TW_OK);
  CHECK(newer.unknown == 0);
  const int64_t kernel[2] = {1, 1};
  Module layer;
  CHECK(tw_module_conv2d(layer.out(), 1, 1, kernel, &newer.known) == TW_OK);
  newer.unknown = 1;
  CHECK(tw_module_conv2d(layer.out(), 1, 1, kernel, &newer.known) == TW_ERROR_ARGUMENT);
  CHECK_THAT(tw_last_error(), Contains("a member beyond those is set"));
}

TEST_CASE("conv2d refuses what is out of range, naming it") {
  const int64_t kernel[2] = {3, 3}, flat[2] = {3, 0};
  const auto refuses = [&](const char *message, const auto &change) {
    tw_conv2d_options options = default_conv2d_options();
    change(options);
    tw_module *layer = rubbish<tw_module>();
    CHECK(tw_module_conv2d(&layer, 4, 6, kernel, &options) == TW_ERROR_RANGE);
    CHECK(layer == nullptr);
    CHECK_THAT(tw_last_error(), Contains(message));
  };
  refuses("stride[1] is 0", [](auto &options) { options.stride[1] = 0; });
  refuses("padding[0] is -1", [](auto &options) { options.padding[0] = -1; });
  refuses("dilation[0] is 0", [](auto &options) { options.dilation[0] = 0; });
  refuses("groups is 0", [](auto &options) { options.groups = 0; });
  refuses("groups is 3", [](auto &options) { options.groups = 3; });
  tw_module *layer = rubbish<tw_module>();
  CHECK(tw_module_conv2d(&layer, 4, 6, flat, nullptr) == TW_ERROR_RANGE);
  CHECK_THAT(tw_last_error(), Contains("kernel_size[1] is 0"));
  CHECK(tw_module_conv2d(&layer, 4, 6, nullptr, nullptr) == TW_ERROR_ARGUMENT);
  CHECK(layer == nullptr);
  CHECK(tw_conv2d_options_init(nullptr, sizeof(tw_conv2d_options)) == TW_ERROR_ARGUMENT);
}

TEST_CASE("relu and tanh work element by element") {
  Module relu, tanh;
  REQUIRE(tw_module_relu(relu.out()) == TW_OK);
  REQUIRE(tw_module_tanh(tanh.out()) == TW_OK);
  CHECK(values(forward(relu, tensor({-1.5F, 0, 2.5F})).get()) == std::vector<float>{0, 0, 2.5F});
  check_close(values(forward(tanh, tensor({-1.5F, 0, 2.5F})).get()), {std::tanh(-1.5F), 0, std::tanh(2.5F)});
}

TEST_CASE("max_pool2d takes the largest value of each window, its stride being the window's by default") {
  const int64_t window[2] = {2, 3}, stride[2] = {1, 2};
  const Tensor x = tensor({1, 9, 2, 3, 4, 5, 6, 7, 4, 0, 1, 1, -1, 5, 5, 2, 6, 3}, {1, 3, 6});
  Module apart, over;
  REQUIRE(tw_module_max_pool2d(apart.out(), window, nullptr) == TW_OK);
  tw_max_pool2d_options options;
  REQUIRE(tw_max_pool2d_options_init(&options, sizeof options) == TW_OK);
  std::copy_n(stride, 2, options.stride);
  REQUIRE(tw_module_max_pool2d(over.out(), window, &options) == TW_OK);
  CHECK(values(forward(apart, x).get()) == std::vector<float>{9, 5});
  CHECK(values(forward(over, x).get()) == std::vector<float>{9, 4, 7, 6});
  const int64_t bad[2] = {2, 0};
  CHECK(tw_module_max_pool2d(apart.out(), bad, nullptr) == TW_ERROR_RANGE);
  CHECK_THAT(tw_last_error(), Contains("kernel_size[1] is 0"));
  options.stride[1] = -1;
  CHECK(tw_module_max_pool2d(apart.out(), window, &options) == TW_ERROR_RANGE);
  CHECK_THAT(tw_last_error(), Contains("stride[1] is -1"));
  CHECK(tw_module_max_pool2d(apart.out(), nullptr, nullptr) == TW_ERROR_ARGUMENT);
}

TEST_CASE("flatten joins the dimensions it was told to") {
  Module all_but_first, middle;
  REQUIRE(tw_module_flatten(all_but_first.out(), 1, -1) == TW_OK);
  REQUIRE(tw_module_flatten(middle.out(), 1, 2) == TW_OK);
  const Tensor x = tensor(wavy(120), {2, 3, 4, 5});
  CHECK(sizes(forward(all_but_first, x).get()) == std::vector<int64_t>{2, 60});
  const Tensor result = forward(middle, x);
  CHECK(sizes(result.get()) == std::vector<int64_t>{2, 12, 5});
  CHECK(values(result.get()) == wavy(120));
}

TEST_CASE("log_softmax is the logarithm of the share of each exponential") {
  Module layer;
  REQUIRE(tw_module_log_softmax(layer.out(), 1) == TW_OK);
  const std::vector<float> x = {1, 2, 4, -3, 0, 0.5F};
  std::vector<float> want;
  for (size_t row = 0; row < 2; ++row) {
    double total = 0;
    for (size_t i = 0; i < 3; ++i) total += std::exp(double(x[row * 3 + i]));
    for (size_t i = 0; i < 3; ++i) want.push_back(float(double(x[row * 3 + i]) - std::log(total)));
  }
  check_close(values(forward(layer, tensor(x, {2, 3})).get()), want);
}

TEST_CASE("dropout zeroes or scales while training and leaves everything alone in evaluation") {
  Module layer;
  REQUIRE(tw_manual_seed(7) == TW_OK);
  REQUIRE(tw_module_dropout(layer.out(), 0.25) == TW_OK);
  const Tensor x = tensor(std::vector<float>(4000, 3));
  const std::vector<float> trained = values(forward(layer, x).get());
  const auto zeros = std::count(trained.begin(), trained.end(), 0.0F);
  CHECK(zeros + std::count(trained.begin(), trained.end(), 4.0F) == 4000);
  CHECK(zeros > 850); /* 1000 are expected, with a standard deviation of 27 */
  CHECK(zeros < 1150);
  REQUIRE(tw_module_train(layer.get(), 0) == TW_OK);
  CHECK(values(forward(layer, x).get()) == std::vector<float>(4000, 3));
}

TEST_CASE("dropout refuses a p that is no probability") {
  tw_module *layer = rubbish<tw_module>();
  for (double p : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(tw_module_dropout(&layer, p) == TW_ERROR_RANGE);
    CHECK(layer == nullptr);
    CHECK_THAT(tw_last_error(), Contains("p is "));
  }
  Module everything;
  REQUIRE(tw_module_dropout(everything.out(), 1) == TW_OK);
  CHECK(values(forward(everything, tensor({1, 2})).get()) == std::vector<float>{0, 0});
}

TEST_CASE("the same seed and order of construction give PyTorch's initial values, bit for bit") {
  REQUIRE(tw_manual_seed(1) == TW_OK);
  const Module conv1 = conv2d(1, 20, 5), conv2 = conv2d(20, 50, 5), fc1 = linear(800, 500), fc2 = linear(500, 47);
  const Csv rows("emnist_cnn_init.csv");
  REQUIRE(rows.size() == 8);
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string name = rows.text(i, "parameter");
    const size_t dot = name.find('.');
    const std::string layer = name.substr(0, dot);
    const Module &module = layer == "conv1" ? conv1 : layer == "conv2" ? conv2 : layer == "fc1" ? fc1 : fc2;
    const Tensor parameter = get_tensor(module, name.c_str() + dot + 1);
    const std::vector<float> numbers = values(parameter.get());
    std::string shape;
    for (int64_t size : sizes(parameter.get())) shape += (shape.empty() ? "" : "x") + std::to_string(size);
    INFO(name);
    CHECK(shape == rows.text(i, "shape"));
    CHECK(double(numbers.front()) == rows.number(i, "first"));
    CHECK(double(numbers.back()) == rows.number(i, "last"));
    /* Summed in another order than PyTorch's, so not to the last digits. */
    CHECK(std::fabs(std::accumulate(numbers.begin(), numbers.end(), 0.0) - rows.number(i, "sum_float64")) < 1e-11);
  }
}

/* ---- sequences --------------------------------------------------------------------------------------------------- */

TEST_CASE("sequential runs its modules in order and names their parameters by number") {
  std::vector<Module> layers(3);
  layers[0] = linear(2, 3);
  REQUIRE(tw_module_tanh(layers[1].out()) == TW_OK);
  layers[2] = linear(3, 1);
  const Module network = sequential(layers);
  CHECK(parameter_names(network) == std::vector<std::string>{"0.weight", "0.bias", "2.weight", "2.bias"});
  const Tensor x = tensor({0.5, -1}, {1, 2});
  const Tensor by_hand = forward(layers[2], forward(layers[1], forward(layers[0], x)));
  CHECK(values(forward(network, x).get()) == values(by_hand.get()));
}

TEST_CASE("sequential may hold one module twice, whose parameters then come once") {
  const Module layer = linear(2, 2);
  tw_module *const twice[] = {layer.get(), layer.get()};
  Module network;
  REQUIRE(tw_module_sequential(network.out(), twice, 2) == TW_OK);
  CHECK(parameter_names(network) == std::vector<std::string>{"0.weight", "0.bias"});
  const Tensor x = tensor({1, 2}, {1, 2});
  CHECK(values(forward(network, x).get()) == values(forward(layer, forward(layer, x)).get()));
  CHECK(get_tensor(network, "1.weight")); /* as in a state_dict, the second name is one too */
}

TEST_CASE("sequential of nothing gives its input back") {
  Module network;
  REQUIRE(tw_module_sequential(network.out(), nullptr, 0) == TW_OK);
  CHECK(values(forward(network, tensor({4, 5})).get()) == std::vector<float>{4, 5});
}

TEST_CASE("sequential refuses a module that is NULL, naming its place") {
  const Module layer = linear(2, 2);
  tw_module *const modules[] = {layer.get(), nullptr};
  tw_module *network = rubbish<tw_module>();
  CHECK(tw_module_sequential(&network, modules, 2) == TW_ERROR_ARGUMENT);
  CHECK(network == nullptr);
  CHECK_THAT(tw_last_error(), Contains("modules[1] is NULL"));
  CHECK(tw_module_sequential(&network, nullptr, 1) == TW_ERROR_ARGUMENT);
}
