/* Messages that a program can show as they are: few lines, and what matters is in them. */
#include <algorithm>
#include <functional>

#include "checkpoint_files.h"
#include "op.h"
#include "scripts.h"

using namespace tw::test;

namespace {

struct Provoked {
  const char *what;
  std::function<tw_status()> call;
  std::vector<std::string> essential; /* shapes, values, names */
};

tw_status run(const char *name, ArgumentList arguments) {
  return tw_op_call(nullptr, name, arguments.begin(), arguments.size());
}

tw_status run_module(const Handle<tw_module> &module, const Tensor &input) {
  Handle<tw_tensor> out;
  return tw_module_forward(out.out(), module.get(), input.one(), 1);
}

Tensor ones(const std::vector<int64_t> &sizes, const char *device = "cpu") {
  Tensor made;
  REQUIRE(tw_tensor_ones(made.out(), sizes.data(), sizes.size(), TW_FLOAT32, device) == TW_OK);
  return made;
}

tw_status load_module(const std::string &path) {
  Handle<tw_module> made;
  return tw_module_load_torchscript(made.out(), path.c_str());
}

/* A module of many others, whose dump has many lines. */
Handle<tw_module> deep() {
  std::vector<Handle<tw_module>> layers;
  for (int i = 0; i < 100; ++i) layers.push_back(linear(2, 2));
  return sequential(layers);
}

const std::vector<Provoked> &provoked() {
  static const Tensor a = ones({4, 3}), b = ones({5, 6}), image = ones({1, 3, 8, 8}), meta = ones({2}, "meta");
  static const Handle<tw_module> many = deep(), script = script_model();
  static const std::vector<Provoked> all = {
      {"mm",
       [] {
         return run("mm", {arg(a), arg(b)});
       },
       {"4x3 and 5x6"}},
      {"add",
       [] {
         return run("add", {arg(a), arg(b)});
       },
       {"size of tensor a (3)", "tensor b (6)"}},
      {"cat",
       [] {
         return run("cat", {tensors({a.get(), b.get()}), arg(0)});
       },
       {"size 3", "size 6"}},
      {"reshape",
       [] {
         return run("reshape", {arg(a), ints({5, -1})});
       },
       {"[5, -1]", "12"}},
      {"conv2d",
       [] {
         return run("conv2d", {arg(image), arg(ones({4, 2, 3, 3}))});
       },
       {"[4, 2, 3, 3]", "[1, 3, 8, 8]"}},
      {"gather",
       [] {
         return run("gather", {arg(a), arg(0), arg(a)});
       },
       {"int64"}},
      {"index",
       [] {
         return run("select", {arg(a), arg(0), arg(9)});
       },
       {"9", "[4, 3]"}},
      {"dim",
       [] {
         return run("sum", {arg(a), ints({7})});
       },
       {"7", "[-2, 1]"}},
      {"batch_norm",
       [] {
         return run("batch_norm",
                    {arg(a), none(), none(), none(), none(), arg(false), arg(0.1), arg(1e-5), arg(false)});
       },
       {"running_mean"}},
      {"a dispatcher's table",
       [] { return run("_nested_tensor_size", {arg(meta)}); },
       {"aten::_nested_tensor_size", "Meta"}},
      {"inverse",
       [] {
         return run("linalg_inv", {arg(ones({2, 2}))});
       },
       {"singular"}},
      {"cholesky",
       [] {
         return run("linalg_cholesky", {arg(op("neg", {arg(ones({2, 2}))}))});
       },
       {"positive-definite"}},
      {"einsum",
       [] {
         return run("einsum", {arg("ij,jk->ik"), tensors({a.get(), b.get()})});
       },
       {"3", "5"}},
      {"many overloads",
       [] {
         return run("div", {arg("text"), arg(a)});
       },
       {"'self' (Tensor) cannot be a str"}},
      {"many overloads", [] { return run("std", {arg("text")}); }, {"'self' (Tensor) cannot be a str", "more"}},
      {"many overloads",
       [] {
         return run("to", {arg(a), arg("text"), arg("text")});
       },
       {"cannot be a str"}},
      {"a long schema", [] { return run("_thnn_fused_lstm_cell_backward_impl", {arg(1)}); }, {"cannot be an int"}},
      {"a long schema", [] { return run("convolution_backward", {arg(1)}); }, {"cannot be an int"}},
      {"a long schema", [] { return run("embedding_bag", {arg("text")}); }, {"cannot be a str"}},
      {"a long schema", [] { return run("_cudnn_rnn_backward", {arg("text")}); }, {"cannot be a str"}},
      {"many overloads", [] { return run("upsample_bilinear2d", {arg(1)}); }, {"cannot be an int"}},
      {"an unknown name", [] { return run("cross_entropy", {arg(a)}); }, {"aten::cross_entropy_loss"}},
      {"an unknown overload", [] { return run("div.nothing", {arg(a)}); }, {"nothing", "Tensor_mode"}},
      {"too large", [] { return run("zeros", {ints({int64_t{1} << 50})}); }, {"4503599627370496"}},
      {"a module without forward", [] { return run_module(custom(), a); }, {"has no forward"}},
      {"a module of many",
       [] {
         Handle<tw_tensor_list> out;
         tw_tensor *two[] = {a.get(), a.get()};
         return tw_module_forward_all(out.out(), many.get(), two, 2);
       },
       {"count is 2"}},
      {"a module of many",
       [] { return tw_module_register_module(many.get(), "x", linear(1, 1).get()); },
       {"Sequential"}},
      {"a module of many",
       [] {
         Handle<tw_module> out;
         return tw_module_transformer_encoder(out.out(), many.get(), 2, nullptr);
       },
       {"Sequential"}},
      {"a module of many",
       [] {
         return run_module(many, ones({4, 3}));
       },
       {"4x3 and 2x2"}},
      {"TorchScript's traceback",
       [] {
         return run_module(script, ones({2, 5}));
       },
       {"5"}},
      {"TorchScript's exception",
       [] {
         Handle<tw_value> out;
         return try_call(out.out(), script, "refuse", of_tensor(ones({1})));
       },
       {"this model refuses"}},
      {"TorchScript's inputs",
       [] {
         Handle<tw_value> out;
         return try_call(out.out(), script, "sum_of");
       },
       {"count is 0"}},
      {"TorchScript's methods",
       [] {
         Handle<tw_value> out;
         return try_call(out.out(), script, "nothing_like_it");
       },
       {"nothing_like_it", "describe"}},
      {"a file that is no module", [] { return load_module(script_fixture("pickled_model")); }, {"pickled_model.pt"}},
      {"backward", [] { return tw_tensor_backward(ones({2}).get(), nullptr, 0); }, {"grad"}},
      {"an optimizer without a gradient",
       [] {
         Handle<tw_optimizer> out;
         return tw_optimizer_adam(out.out(), a.one(), 1, nullptr);
       },
       {"parameters[0]", "gradient"}},
  };
  return all;
}

}  // namespace

TEST_CASE("every message has no more than six lines and a thousand bytes, without backtraces, and says what matters") {
  CHECK(provoked().size() >= 30);
  for (const Provoked &each : provoked()) {
    const tw_status status = each.call();
    const std::string message = tw_last_error();
    INFO(each.what << ": " << message);
    CHECK(status != TW_OK);
    CHECK(message.size() <= 1000);
    CHECK(std::count(message.begin(), message.end(), '\n') < 6);
    for (const char *useless : {"frame #", "Exception raised", "registered at", "Traceback", "Facebook", "<--- HERE"})
      CHECK_THAT(message, !Contains(useless));
    for (const std::string &part : each.essential) CHECK_THAT(message, Contains(part));
  }
}
