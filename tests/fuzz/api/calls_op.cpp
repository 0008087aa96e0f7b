/* Operators: typed ones, losses, and those called by name. */
#include "draws_options.h"
#include "families.h"

namespace tw::fuzz {
namespace {

using Made = Out<tw_tensor>;
using Tensor = In<tw_tensor>;
using MaybeTensor = OptionalIn<tw_tensor>;
using Dim = Dimension;
using MadeList = Out<tw_tensor_list, true>;

TW_FUZZ_DOUBLE(Probability, 0, 0.5, 1);
TW_FUZZ_INT64(Exponent, 0, 1, 2, 3, -1);
TW_FUZZ_INT64(Target, -100, 0, 1);

/* A loss's options: how it is reduced, and a weight out of the pool. */
template <class Options, tw_status (*init)(Options *, size_t)>
struct Loss : OptionsOf<Options> {
  Tensor weight;
  explicit Loss(Run &run) : OptionsOf<Options>(run, init), weight(run, 70) {
    this->template change<OneOf<tw_reduction, TW_REDUCTION_NONE, TW_REDUCTION_SUM>>(run, "reduction",
                                                                                    this->options.reduction, 60);
    this->options.weight = weight.value;
  }
  std::string text() const { return OptionsOf<Options>::text() + " weight=" + weight.text(); }
  void keep(Run &run, tw_status status) { weight.keep(run, status); }
};

#define TW_FUZZ_LOSS(name) Loss<tw_##name##_options, tw_##name##_options_init>

struct CrossEntropy : TW_FUZZ_LOSS(cross_entropy) {
  explicit CrossEntropy(Run &run) : Loss(run) {
    change<Target>(run, "ignore_index", options.ignore_index);
    change<Probability>(run, "label_smoothing", options.label_smoothing);
  }
};

/* An operator by its name, with arguments that may fit it. Operators that write into an argument are in the list as far as
 * they look at all before they write. */
struct ByName : Plain {
  const char *name;
  std::vector<tw_argument> arguments;
  std::vector<Tensor> tensors;
  std::vector<std::vector<int64_t>> numbers;
  std::string said;

  explicit ByName(Run &run) {
    name = run.random.chance(95)
               ? run.random.one_of<const char *>({"add",       "mul",
                                                  "add_",      "mul_",
                                                  "zero_",     "relu",
                                                  "relu_",     "sum",
                                                  "mean",      "topk",
                                                  "sort",      "split",
                                                  "stack",     "clamp",
                                                  "norm",      "fill_",
                                                  "sub_",      "bernoulli",
                                                  "dropout",   "matmul",
                                                  "reshape",   "aten::add.Tensor",
                                                  "max",       "unbind",
                                                  "chunk",     "where",
                                                  "t",         "squeeze",
                                                  "unsqueeze", "normal_"})
               : run.random.one_of<const char *>({nullptr, "", "no_such", "aten::", "add.nothing", "F.relu", "\xff"});
    const size_t count = 1 + run.random.below(3);
    numbers.reserve(count);
    for (size_t i = 0; i < count; ++i) draw_argument(run, i);
    if (run.random.chance(8)) give_a_name(run);
  }
  auto values() const {
    return std::make_tuple(name, static_cast<const tw_argument *>(arguments.data()), arguments.size());
  }
  std::string text() const { return (name == nullptr ? "NULL" : "\"" + std::string(name) + "\"") + said; }
  void keep(Run &run, tw_status status) {
    for (auto &tensor : tensors) tensor.keep(run, status);
  }

 private:
  void give_a_name(Run &run) {
    arguments.back().name = run.random.one_of({"dim", "other", "p", "alpha", "no_such", ""});
    said += " named";
  }
  void add(tw_argument argument, const std::string &text) {
    arguments.push_back(argument);
    said += ", " + text;
  }
  void draw_argument(Run &run, size_t at) {
    const size_t kind = at == 0 && run.random.chance(90) ? 0 : run.random.below(10);
    if (kind < 3) {
      tensors.emplace_back(run);
      return add(TW_TENSOR(tensors.back().value), tensors.back().text());
    }
    if (kind < 5) {
      const AnyInt64 number(run);
      return add(TW_INT(number.value), number.text());
    }
    if (kind < 6) {
      const AnyDouble number(run);
      return add(TW_FLOAT(number.value), number.text());
    }
    if (kind < 7) {
      numbers.push_back(Int64s<Size>(run).elements);
      tw_argument list = TW_NONE;
      list.kind = TW_KIND_INT64_LIST;
      list.pointer = numbers.back().data();
      list.count = numbers.back().size();
      return add(list, text_of(list.count) + " ints");
    }
    if (kind < 8) return add(TW_BOOLEAN(Truth(run).value), "a bool");
    if (kind < 9) return add(TW_NONE, "None");
    tw_argument strange = TW_NONE;
    strange.kind = static_cast<tw_kind>(run.random.one_of({-1, 6, 99, 5, 11}));
    add(strange, "kind " + text_of(static_cast<int>(strange.kind)));
  }
};

const std::vector<Call> calls = {
    TW_FUZZ_CALL(tw_op_add, kNone, Made, Tensor, Tensor),
    TW_FUZZ_CALL(tw_op_sub, kNone, Made, Tensor, Tensor),
    TW_FUZZ_CALL(tw_op_mul, kNone, Made, Tensor, Tensor),
    TW_FUZZ_CALL(tw_op_div, kNone, Made, Tensor, Tensor),
    TW_FUZZ_CALL(tw_op_add_int64, kNone, Made, Tensor, AnyInt64),
    TW_FUZZ_CALL(tw_op_add_double, kNone, Made, Tensor, AnyDouble),
    TW_FUZZ_CALL(tw_op_mul_int64, kNone, Made, Tensor, AnyInt64),
    TW_FUZZ_CALL(tw_op_mul_double, kNone, Made, Tensor, AnyDouble),
    TW_FUZZ_CALL(tw_op_pow_int64, kNone, Made, Tensor, Exponent),
    TW_FUZZ_CALL(tw_op_pow_double, kNone, Made, Tensor, AnyDouble),
    TW_FUZZ_CALL(tw_op_neg, kNone, Made, Tensor),
    TW_FUZZ_CALL(tw_op_exp, kNone, Made, Tensor),
    TW_FUZZ_CALL(tw_op_log, kNone, Made, Tensor),
    TW_FUZZ_CALL(tw_op_sqrt, kNone, Made, Tensor),
    TW_FUZZ_CALL(tw_op_eq, kNone, Made, Tensor, Tensor),
    TW_FUZZ_CALL(tw_op_matmul, kNone, Made, Tensor, Tensor),
    TW_FUZZ_CALL(tw_op_linear, kNone, Made, Tensor, Tensor, MaybeTensor),
    TW_FUZZ_CALL(tw_op_conv2d, kNone, Made, Tensor, Tensor, MaybeTensor, TW_FUZZ_DEFAULTS(op_conv2d)),
    TW_FUZZ_CALL(tw_op_relu, kNone, Made, Tensor),
    TW_FUZZ_CALL(tw_op_gelu, kNone, Made, Tensor),
    TW_FUZZ_CALL(tw_op_sigmoid, kNone, Made, Tensor),
    TW_FUZZ_CALL(tw_op_tanh, kNone, Made, Tensor),
    TW_FUZZ_CALL(tw_op_softmax, kNone, Made, Tensor, Dim),
    TW_FUZZ_CALL(tw_op_log_softmax, kNone, Made, Tensor, Dim),
    TW_FUZZ_CALL(tw_op_max_pool2d, kNone, Made, Tensor, Kernel, TW_FUZZ_DEFAULTS(op_max_pool2d)),
    TW_FUZZ_CALL(tw_op_dropout, kNone, Made, Tensor, Probability, Truth),
    TW_FUZZ_CALL(tw_op_sum, kNone, Made, Tensor),
    TW_FUZZ_CALL(tw_op_mean, kNone, Made, Tensor),
    TW_FUZZ_CALL(tw_op_argmax, kNone, Made, Tensor, Dim, Truth),
    TW_FUZZ_CALL(tw_op_reshape, kNone, Made, Tensor, Sizes),
    TW_FUZZ_CALL(tw_op_flatten, kNone, Made, Tensor, Dim, Dim),
    TW_FUZZ_CALL(tw_op_transpose, kNone, Made, Tensor, Dim, Dim),
    TW_FUZZ_CALL(tw_op_cat, kNone, Made, InArray<tw_tensor>, Dim),

    TW_FUZZ_CALL(tw_op_cross_entropy, kNone, Made, Tensor, Tensor, CrossEntropy),
    TW_FUZZ_CALL(tw_op_nll_loss, kNone, Made, Tensor, Tensor, TW_FUZZ_LOSS(nll_loss)),
    TW_FUZZ_CALL(tw_op_binary_cross_entropy_with_logits, kNone, Made, Tensor, Tensor,
                 TW_FUZZ_LOSS(binary_cross_entropy_with_logits)),
    TW_FUZZ_CALL(tw_op_mse_loss, kNone, Made, Tensor, Tensor, TW_FUZZ_LOSS(mse_loss)),

    TW_FUZZ_CALL(tw_op_call, kNone, MadeList, ByName),
    TW_FUZZ_CALL(tw_op_call, kNone, MadeList, ByName),
    TW_FUZZ_CALL(tw_op_call_one, kNone, Made, ByName),
    TW_FUZZ_CALL(tw_op_call_one, kNone, Made, ByName),
};

}  // namespace

const std::vector<Call> &op_calls() { return calls; }

}  // namespace tw::fuzz
