/* What Python calls an operator leads to the operator, or to the function of this library that does the same. */
#include <algorithm>
#include <map>
#include <regex>

#include "base/entry_points.h"
#include "op.h"

using namespace tw::test;
using Numbers = std::vector<double>;

namespace {

std::string not_found(const std::string &name) {
  auto *made = rubbish<tw_tensor>();
  const tw_argument argument = none();
  INFO(name);
  CHECK(tw_op_call_one(&made, name.c_str(), &argument, 1) == TW_ERROR_NOT_FOUND);
  CHECK(made == nullptr);
  return tw_last_error();
}

/* What the message gives instead of the name. */
std::string suggested(const std::string &name) {
  const std::string message = not_found(name);
  const size_t found = message.find("; ");
  return found == std::string::npos ? "" : message.substr(found + 2);
}

}  // namespace

TEST_CASE("an operator is found under the names that Python's modules give it") {
  const Tensor x = tensor({-1, 2});
  for (const char *name : {"relu", "F.relu", "torch.relu", "nn.functional.relu", "torch.nn.functional.relu",
                           "Tensor.relu", "torch.Tensor.relu", "aten::relu", "torch.ops.aten.relu"}) {
    INFO(name);
    CHECK(numbers(op(name, {arg(x)})) == Numbers{0, 2});
  }
  CHECK(numbers(op("torch.add.Tensor", {arg(x), arg(x)})) == Numbers{-2, 4});
  CHECK(numbers(op("torch.linalg.vector_norm", {arg(tensor({3, 4}))})) == Numbers{5});
  CHECK(numbers(op("torch.special.expit", {arg(tensor({0}))})) == Numbers{0.5});
}

TEST_CASE("what Python calls otherwise than LibTorch is named as LibTorch and this library call it") {
  const std::map<std::string, std::string> wanted = {
      {"cross_entropy", "aten::cross_entropy_loss, or tw_op_cross_entropy"},
      {"F.cross_entropy", "aten::cross_entropy_loss, or tw_op_cross_entropy"},
      {"torch.nn.CrossEntropyLoss", "aten::cross_entropy_loss, or tw_op_cross_entropy"},
      {"F.grid_sample", "aten::grid_sampler"},
      {"F.interpolate", "aten::upsample_nearest2d"},
      {"Tensor.float", "tw_tensor_to_dtype"},
      {"torch.load", "tw_checkpoint_load"},
      {"torch.no_grad", "tw_set_grad_enabled"},
      {"nn.Linear", "tw_module_linear"},
      {"torch.nn.BatchNorm2d", "tw_module_batch_norm2d"},
      {"nn.LSTM", "tw_module_lstm"},
      {"nn.MultiheadAttention", "tw_module_multihead_attention"},
      {"torch.optim.AdamW", "tw_optimizer_adamw"},
      {"torch.optim.lr_scheduler.CosineAnnealingLR", "tw_lr_scheduler_cosine_annealing"},
      {"optim.lr_scheduler.StepLR", "tw_lr_scheduler_step_lr"},
      {"ReduceLROnPlateau", "tw_lr_scheduler_reduce_on_plateau"},
      {"torch.from_dlpack", "tw_tensor_from_dlpack"},
  };
  for (const auto &[python, here] : wanted) CHECK_THAT(suggested(python), Contains(here));
}

TEST_CASE(
    "a function of torch.nn.functional with other arguments than the operator of its name is not called by that name") {
  CHECK(not_found("F.batch_norm") ==
        "F.batch_norm is aten::batch_norm, whose arguments are input, weight, bias, running_mean, running_var");
  CHECK(not_found("torch.nn.functional.unfold") == "torch.nn.functional.unfold is aten::im2col");
  /* By LibTorch's own name it is LibTorch's operator. */
  const Tensor x = doubles({1, 2, 3});
  CHECK(numbers(op("unfold", {arg(x), arg(0), arg(2), arg(1)})) == Numbers{1, 2, 2, 3});
}

TEST_CASE("a misspelt name is answered with the nearest ones, few of them") {
  const std::map<std::string, std::string> wanted = {
      {"conv2dd", "aten::conv2d"},       {"rellu", "aten::relu"},          {"sofmax", "aten::softmax"},
      {"batchnorm", "aten::batch_norm"}, {"tw_op_lineer", "tw_op_linear"}, {"maxpool2d", "tw_module_max_pool2d"}};
  for (const auto &[misspelt, right] : wanted) {
    const std::string message = suggested(misspelt);
    INFO(misspelt);
    CHECK_THAT(message, Contains(right));
    CHECK(std::count(message.begin(), message.end(), ',') <= 3);
  }
}

TEST_CASE("a name that is near to none is answered with none") {
  CHECK(not_found("Zqxjkvbnmwpl") == "there is no operator aten::Zqxjkvbnmwpl");
}

TEST_CASE("every function of this library is found by its name") {
  for (const auto &[name, declaration] : declarations()) CHECK_THAT(suggested(name), Contains(name));
}

TEST_CASE("every operator and function that the messages name is there") {
  const auto declared = declarations();
  for (const char *python : {"cross_entropy",
                             "BCELoss",
                             "BCEWithLogitsLoss",
                             "KLDivLoss",
                             "dropout1d",
                             "dropout2d",
                             "dropout3d",
                             "softmin",
                             "softsign",
                             "logsigmoid",
                             "normalize",
                             "interpolate",
                             "upsample_nearest",
                             "upsample_bilinear",
                             "grid_sample",
                             "affine_grid",
                             "fold",
                             "Unfold",
                             "multi_head_attention_forward",
                             "torch.unique",
                             "Module",
                             "ModuleList",
                             "Parameter",
                             "ReduceLROnPlateau",
                             "ChainedScheduler",
                             "load",
                             "no_grad",
                             "get_rng_state",
                             "set_rng_state",
                             "from_numpy",
                             "asarray",
                             "numpy",
                             "tolist",
                             "ndimension",
                             "nelement",
                             "long"}) {
    const std::string message = suggested(python);
    const std::regex name("aten::(\\w+)|\\b(tw_\\w+)");
    size_t count = 0;
    for (std::sregex_iterator match(message.begin(), message.end(), name), end; match != end; ++match, ++count) {
      INFO(python << ": " << (*match)[0]);
      if ((*match)[2].matched) {
        CHECK(declared.count((*match)[2]) == 1);
        continue;
      }
      /* An operator that is there complains of the arguments, not of the name. */
      const tw_argument wrong = named("no_such_argument", none());
      CHECK(tw_op_call(nullptr, (*match)[0].str().c_str(), &wrong, 1) == TW_ERROR_NOT_FOUND);
      CHECK_THAT(tw_last_error(), Contains("does not take these arguments"));
    }
    CHECK(count > 0);
  }
}
