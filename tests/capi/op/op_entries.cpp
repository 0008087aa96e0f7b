/* One valid call of each entry point of argument.h, op.h, functional.h and losses.h. */
#include "base/entry_points.h"

namespace tw::test {
namespace {

tw_argument made;

const tw_argument *arguments_of(Setup &s) {
  static tw_argument argument;
  argument = TW_TENSOR(s.x.get());
  return &argument;
}

}  // namespace

const Entries op_entries = {
    ENTRY(tw_argument_none, s.out(made)),
    ENTRY(tw_argument_tensor, s.out(made), s.x.get()),
    ENTRY(tw_argument_int64, s.out(made), 1),
    ENTRY(tw_argument_double, s.out(made), 1.0),
    ENTRY(tw_argument_bool, s.out(made), 1),
    ENTRY(tw_argument_string, s.out(made), "text"),
    ENTRY(tw_argument_dtype, s.out(made), TW_FLOAT32),
    ENTRY(tw_argument_device, s.out(made), "cpu"),
    ENTRY(tw_argument_memory_format, s.out(made), TW_CHANNELS_LAST),
    ENTRY(tw_argument_generator, s.out(made), s.generator.get()),
    ENTRY(tw_argument_tensor_list, s.out(made), list(s.x), 1),
    ENTRY(tw_argument_int64_list, s.out(made), s.ints, 2),
    ENTRY(tw_argument_double_list, s.out(made), s.reals, 2),
    ENTRY(tw_argument_bool_list, s.out(made), &s.int32, 1),
    ENTRY(tw_argument_set_name, &made, "name"),
    ENTRY(tw_op_call, s.out(s.made_list), "relu", arguments_of(s), 1),
    ENTRY(tw_op_call_one, s.out(s.tensor), "relu", arguments_of(s), 1),
    ENTRY(tw_op_add, s.out(s.tensor), s.x.get(), s.x.get()),
    ENTRY(tw_op_sub, s.out(s.tensor), s.x.get(), s.x.get()),
    ENTRY(tw_op_mul, s.out(s.tensor), s.x.get(), s.x.get()),
    ENTRY(tw_op_div, s.out(s.tensor), s.x.get(), s.x.get()),
    ENTRY(tw_op_add_int64, s.out(s.tensor), s.x.get(), 1),
    ENTRY(tw_op_add_double, s.out(s.tensor), s.x.get(), 1.0),
    ENTRY(tw_op_mul_int64, s.out(s.tensor), s.x.get(), 1),
    ENTRY(tw_op_mul_double, s.out(s.tensor), s.x.get(), 1.0),
    ENTRY(tw_op_pow_int64, s.out(s.tensor), s.x.get(), 1),
    ENTRY(tw_op_pow_double, s.out(s.tensor), s.x.get(), 1.0),
    ENTRY(tw_op_neg, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_exp, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_log, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_sqrt, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_eq, s.out(s.tensor), s.x.get(), s.x.get()),
    ENTRY(tw_op_matmul, s.out(s.tensor), s.weight.get(), s.weight.get()),
    ENTRY(tw_op_linear, s.out(s.tensor), s.weight.get(), s.weight.get(), s.other_weight.get()),
    OPTIONS(tw_op_conv2d_options_init),
    ENTRY(tw_op_conv2d, s.out(s.tensor), s.x.get(), s.x.get(), s.one.get(), filled(tw_op_conv2d_options_init)),
    ENTRY(tw_op_relu, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_gelu, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_sigmoid, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_tanh, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_softmax, s.out(s.tensor), s.x.get(), 0),
    ENTRY(tw_op_log_softmax, s.out(s.tensor), s.x.get(), 0),
    OPTIONS(tw_op_max_pool2d_options_init),
    ENTRY(tw_op_max_pool2d, s.out(s.tensor), s.x.get(), s.ints, filled(tw_op_max_pool2d_options_init)),
    ENTRY(tw_op_dropout, s.out(s.tensor), s.x.get(), 0.5, 1),
    OPTIONS(tw_cross_entropy_options_init),
    ENTRY(tw_op_cross_entropy, s.out(s.tensor), s.row.get(), s.target.get(), filled(tw_cross_entropy_options_init)),
    OPTIONS(tw_nll_loss_options_init),
    ENTRY(tw_op_nll_loss, s.out(s.tensor), s.row.get(), s.target.get(), filled(tw_nll_loss_options_init)),
    OPTIONS(tw_binary_cross_entropy_with_logits_options_init),
    ENTRY(tw_op_binary_cross_entropy_with_logits, s.out(s.tensor), s.x.get(), s.x.get(),
          filled(tw_binary_cross_entropy_with_logits_options_init)),
    OPTIONS(tw_mse_loss_options_init),
    ENTRY(tw_op_mse_loss, s.out(s.tensor), s.x.get(), s.x.get(), filled(tw_mse_loss_options_init)),
    ENTRY(tw_op_sum, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_mean, s.out(s.tensor), s.x.get()),
    ENTRY(tw_op_argmax, s.out(s.tensor), s.x.get(), 3, 1),
    ENTRY(tw_op_reshape, s.out(s.tensor), s.one.get(), s.ints, 2),
    ENTRY(tw_op_flatten, s.out(s.tensor), s.x.get(), 0, -1),
    ENTRY(tw_op_transpose, s.out(s.tensor), s.x.get(), 2, 3),
    ENTRY(tw_op_cat, s.out(s.tensor), list(s.x), 1, 0),
};

}  // namespace tw::test
