/* One valid call of each entry point of op.h and functional.h. */
#include "base/entry_points.h"

namespace tw::test {
namespace {

tw_argument argument_of(Setup &s) { return {nullptr, TW_ARGUMENT_TENSOR, 0, 0, s.x.get(), 0}; }

const tw_argument *arguments_of(Setup &s) {
  static tw_argument argument;
  argument = argument_of(s);
  return &argument;
}

}  // namespace

const Entries op_entries = {
    ENTRY(tw_op_call, s.out(s.tensor), 1, s.out(s.size), "relu", arguments_of(s), 1),
    ENTRY(tw_op_add, s.out(s.tensor), s.x.get(), s.x.get()),
    ENTRY(tw_op_sub, s.out(s.tensor), s.x.get(), s.x.get()),
    ENTRY(tw_op_mul, s.out(s.tensor), s.x.get(), s.x.get()),
    ENTRY(tw_op_div, s.out(s.tensor), s.x.get(), s.x.get()),
    ENTRY(tw_op_add_scalar, s.out(s.tensor), s.x.get(), 1.0),
    ENTRY(tw_op_mul_scalar, s.out(s.tensor), s.x.get(), 1.0),
    ENTRY(tw_op_pow_scalar, s.out(s.tensor), s.x.get(), 1.0),
    ENTRY(tw_op_neg, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_exp, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_log, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_sqrt, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_eq, s.out(s.tensor), s.x.get(), s.x.get()),
    ENTRY(tw_op_matmul, s.out(s.tensor), s.weight.get(), s.weight.get()),
    ENTRY(tw_op_linear, s.out(s.tensor), s.weight.get(), s.weight.get(), s.other_weight.get()),
    ENTRY(tw_op_conv2d, s.out(s.tensor), s.x.get(), s.x.get(), s.one.get(), s.ints, s.zeros, s.ints, 1),
    ENTRY(tw_op_relu, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_gelu, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_sigmoid, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_tanh, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_softmax, s.out(s.tensor), s.x.get(), 0),
    ENTRY(tw_op_log_softmax, s.out(s.tensor), s.x.get(), 0),
    ENTRY(tw_op_max_pool2d, s.out(s.tensor), s.x.get(), s.ints, s.ints, s.zeros),
    ENTRY(tw_op_dropout, s.out(s.tensor), s.x.get(), 0.5, 1),
    ENTRY(tw_op_nll_loss, s.out(s.tensor), s.row.get(), s.target.get(), TW_REDUCTION_MEAN),
    ENTRY(tw_op_cross_entropy, s.out(s.tensor), s.row.get(), s.target.get(), TW_REDUCTION_MEAN),
    ENTRY(tw_op_mse_loss, s.out(s.tensor), s.x.get(), s.x.get(), TW_REDUCTION_MEAN),
    ENTRY(tw_op_sum, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_mean, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_argmax, s.out(s.tensor), s.x.get(), 3, 1),
    ENTRY(tw_op_reshape, s.out(s.tensor), s.one.get(), s.ints, 2),
    ENTRY(tw_op_flatten, s.out(s.tensor), s.x.get(), 0, -1),
    ENTRY(tw_op_transpose, s.out(s.tensor), s.x.get(), 2, 3),
    ENTRY(tw_op_cat, s.out(s.tensor), list(s.x), 1, 0),
};

}  // namespace tw::test
