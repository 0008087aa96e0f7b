/* Every entry point of the public headers, called with each pointer that must not be NULL made NULL, each truth value
   made 2 or -1, and each of this library's numbered constants made a number that is none of them. An entry point that
   the headers declare and the lists below lack is a failure. */
#include <algorithm>
#include <set>

#include "entry_points.h"
#include "failure.h"

using namespace tw::test;

namespace {

template <class Object>
Object *const *list(const Handle<Object> &handle) {
  return handle.one();
}

tw_status forward(tw_tensor **out, tw_module *, tw_tensor *const *inputs, size_t, void *) {
  return tw_tensor_share(out, inputs[0]);
}

void release(void *) {}

tw_argument argument_of(Setup &s) { return {nullptr, TW_ARGUMENT_TENSOR, 0, 0, s.x.get(), 0}; }

const tw_argument *arguments_of(Setup &s) {
  static tw_argument argument;
  argument = argument_of(s);
  return &argument;
}

tw_tensor *loss(Setup &s) { /* one element, with a graph */
  static Handle<tw_tensor> sum;
  tw_op_sum(sum.out(), s.weight.get());
  return sum.get();
}

const char *saved(Setup &s) {
  tw_checkpoint_save(s.checkpoint.get(), s.path.c_str());
  return s.path.c_str();
}

/* ---- one valid call of each entry point --------------------------------------------------------------------------- */

const Entries base_entries = {
    ENTRY(tw_get_num_threads, s.out(s.int32)),
    ENTRY(tw_set_grad_enabled, 1, s.out(s.int32)),
    ENTRY(tw_cuda_is_available, s.out(s.int32)),
    ENTRY(tw_cuda_device_count, s.out(s.size)),
};

const Entries tensor_entries = {
    ENTRY(tw_tensor_empty, s.out(s.tensor), s.ints, 2, TW_FLOAT32, "cpu"),
    ENTRY(tw_tensor_zeros, s.out(s.tensor), s.ints, 2, TW_FLOAT32, "cpu"),
    ENTRY(tw_tensor_ones, s.out(s.tensor), s.ints, 2, TW_FLOAT32, "cpu"),
    ENTRY(tw_tensor_full, s.out(s.tensor), s.ints, 2, 1.0, TW_FLOAT32, "cpu"),
    ENTRY(tw_tensor_rand, s.out(s.tensor), s.ints, 2, TW_FLOAT32, "cpu"),
    ENTRY(tw_tensor_randn, s.out(s.tensor), s.ints, 2, TW_FLOAT32, "cpu"),
    ENTRY(tw_tensor_arange, s.out(s.tensor), 0.0, 3.0, 1.0, TW_FLOAT32, "cpu"),
    ENTRY(tw_tensor_from_data, s.out(s.tensor), s.floats, s.ints, 2, TW_FLOAT32),
    ENTRY(tw_tensor_from_blob, s.out(s.tensor), s.floats, s.ints, s.ints, 2, TW_FLOAT32, release, &s),
    ENTRY(tw_tensor_get_dim, s.out(s.size), s.x.get()),
    ENTRY(tw_tensor_get_sizes, s.ints, 8, s.x.get()),
    ENTRY(tw_tensor_get_strides, s.ints, 8, s.x.get()),
    ENTRY(tw_tensor_get_dtype, s.out(s.int32), s.x.get()),
    ENTRY(tw_tensor_get_device, s.text, sizeof s.text, s.out(s.size), s.x.get()),
    ENTRY(tw_tensor_get_numel, s.out(s.int64), s.x.get()),
    ENTRY(tw_tensor_get_data_ptr, s.out(s.pointer), s.x.get()),
    ENTRY(tw_tensor_get_item, s.out(s.real), s.target.get()),
    ENTRY(tw_tensor_get_item_int64, s.out(s.int64), s.target.get()),
    ENTRY(tw_tensor_copy_data, s.floats, 16, s.x.get()),
    ENTRY(tw_tensor_copy_from, s.x.get(), s.target.get()),
    ENTRY(tw_tensor_format, s.text, sizeof s.text, s.out(s.size), s.x.get()),
    ENTRY(tw_tensor_to_dtype, s.out(s.tensor), s.x.get(), TW_FLOAT64),
    ENTRY(tw_tensor_to_device, s.out(s.tensor), s.x.get(), "cpu"),
    ENTRY(tw_tensor_clone, s.out(s.tensor), s.x.get()),
    ENTRY(tw_tensor_detach, s.out(s.tensor), s.x.get()),
    ENTRY(tw_tensor_share, s.out(s.tensor), s.x.get()),
    ENTRY(tw_tensor_set_requires_grad, s.x.get(), 1),
    ENTRY(tw_tensor_get_requires_grad, s.out(s.int32), s.x.get()),
    ENTRY(tw_tensor_get_grad, s.out(s.tensor), s.x.get()),
    ENTRY(tw_tensor_set_grad, s.weight.get(), s.gradient.get()),
    ENTRY(tw_tensor_backward, loss(s)),
    ENTRY(tw_tensor_backward_with, loss(s), nullptr, 0),
    ENTRY(tw_generator_create, s.out(s.made_generator), "cpu", 1),
    ENTRY(tw_generator_manual_seed, s.generator.get(), 1),
};

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

const Entries module_entries = {
    ENTRY(tw_module_linear, s.out(s.made_module), 2, 3, 1),
    ENTRY(tw_conv2d_options_init, &s.conv2d, sizeof s.conv2d),
    ENTRY(tw_module_conv2d, s.out(s.made_module), 1, 2, s.ints, &s.conv2d),
    ENTRY(tw_module_dropout, s.out(s.made_module), 0.5),
    ENTRY(tw_module_relu, s.out(s.made_module)),
    ENTRY(tw_module_tanh, s.out(s.made_module)),
    ENTRY(tw_module_max_pool2d, s.out(s.made_module), s.ints, s.ints),
    ENTRY(tw_module_flatten, s.out(s.made_module), 1, -1),
    ENTRY(tw_module_log_softmax, s.out(s.made_module), 1),
    ENTRY(tw_module_sequential, s.out(s.made_module), list(s.child), 1),
    ENTRY(tw_module_custom, s.out(s.made_module), forward, &s),
    ENTRY(tw_module_register_parameter, s.holder.get(), "weight", s.weight.get()),
    ENTRY(tw_module_register_buffer, s.holder.get(), "buffer", s.x.get()),
    ENTRY(tw_module_register_module, s.holder.get(), "child", s.child.get()),
    ENTRY(tw_module_forward, s.out(s.tensor), s.module.get(), list(s.x), 1),
    ENTRY(tw_module_parameters, *s.out(s.tensors), 2, s.out(s.size), s.module.get()),
    ENTRY(tw_module_parameter_name, s.text, sizeof s.text, s.out(s.size), s.module.get(), 0),
    ENTRY(tw_module_get_tensor, s.out(s.tensor), s.module.get(), "0.weight"),
    ENTRY(tw_module_get_module, s.out(s.made_module), s.module.get(), "0"),
    ENTRY(tw_module_train, s.module.get(), 1),
    ENTRY(tw_module_is_training, s.out(s.int32), s.module.get()),
    ENTRY(tw_module_to_device, s.module.get(), "cpu"),
    ENTRY(tw_module_zero_grad, s.module.get()),
};

const Entries optimizer_entries = {
    ENTRY(tw_adam_options_init, &s.adam, sizeof s.adam),
    ENTRY(tw_adamw_options_init, &s.adamw, sizeof s.adamw),
    ENTRY(tw_sgd_options_init, &s.sgd, sizeof s.sgd),
    ENTRY(tw_rmsprop_options_init, &s.rmsprop, sizeof s.rmsprop),
    ENTRY(tw_adagrad_options_init, &s.adagrad, sizeof s.adagrad),
    ENTRY(tw_optimizer_adam, s.out(s.made_optimizer), &s.adam, list(s.weight), 1),
    ENTRY(tw_optimizer_adamw, s.out(s.made_optimizer), &s.adamw, list(s.weight), 1),
    ENTRY(tw_optimizer_sgd, s.out(s.made_optimizer), &s.sgd, list(s.weight), 1),
    ENTRY(tw_optimizer_rmsprop, s.out(s.made_optimizer), &s.rmsprop, list(s.weight), 1),
    ENTRY(tw_optimizer_adagrad, s.out(s.made_optimizer), &s.adagrad, list(s.weight), 1),
    ENTRY(tw_optimizer_borrow, s.out(s.made_optimizer), nullptr),
    ENTRY(tw_optimizer_add_param_group, s.optimizer.get(), &s.adam, list(s.other_weight), 1),
    ENTRY(tw_optimizer_step, s.optimizer.get()),
    ENTRY(tw_optimizer_zero_grad, s.optimizer.get()),
    ENTRY(tw_optimizer_group_count, s.out(s.size), s.optimizer.get()),
    ENTRY(tw_optimizer_get_lr, s.out(s.real), s.optimizer.get(), 0),
    ENTRY(tw_optimizer_set_lr, s.optimizer.get(), 0, 0.5),
    ENTRY(tw_optimizer_get_betas, *s.out(s.reals), s.optimizer.get(), 0),
    ENTRY(tw_optimizer_set_betas, s.optimizer.get(), 0, s.reals),
    ENTRY(tw_optimizer_get_weight_decay, s.out(s.real), s.optimizer.get(), 0),
    ENTRY(tw_optimizer_set_weight_decay, s.optimizer.get(), 0, 0.5),
    ENTRY(tw_optimizer_get_momentum, s.out(s.real), s.momentum.get(), 0),
    ENTRY(tw_optimizer_set_momentum, s.momentum.get(), 0, 0.5),
};

const Entries checkpoint_entries = {
    ENTRY(tw_checkpoint_create, s.out(s.made_checkpoint)),
    ENTRY(tw_checkpoint_put_tensor, s.checkpoint.get(), "key", s.x.get()),
    ENTRY(tw_checkpoint_put_module, s.checkpoint.get(), "key", s.module.get()),
    ENTRY(tw_checkpoint_put_int64, s.checkpoint.get(), "key", 1),
    ENTRY(tw_checkpoint_put_double, s.checkpoint.get(), "key", 1.0),
    ENTRY(tw_checkpoint_put_string, s.checkpoint.get(), "key", "value"),
    ENTRY(tw_checkpoint_save, s.checkpoint.get(), s.path.c_str()),
    ENTRY(tw_checkpoint_load, s.out(s.made_checkpoint), saved(s)),
    ENTRY(tw_checkpoint_has, s.out(s.int32), s.checkpoint.get(), "tensor"),
    ENTRY(tw_checkpoint_get_kind, s.out(s.int32), s.checkpoint.get(), "tensor"),
    ENTRY(tw_checkpoint_key_count, s.out(s.size), s.checkpoint.get()),
    ENTRY(tw_checkpoint_get_key, s.text, sizeof s.text, s.out(s.size), s.checkpoint.get(), 0),
    ENTRY(tw_checkpoint_get_tensor, s.checkpoint.get(), "tensor", s.x.get()),
    ENTRY(tw_checkpoint_read_tensor, s.out(s.tensor), s.checkpoint.get(), "tensor"),
    ENTRY(tw_checkpoint_get_module, s.state_dict.get(), nullptr, s.module.get()),
    ENTRY(tw_checkpoint_get_int64, s.out(s.int64), s.checkpoint.get(), "int64"),
    ENTRY(tw_checkpoint_get_double, s.out(s.real), s.checkpoint.get(), "double"),
    ENTRY(tw_checkpoint_get_string, s.text, sizeof s.text, s.out(s.size), s.checkpoint.get(), "string"),
};

const std::vector<const Entries *> all_entries = {&base_entries,      &tensor_entries,    &op_entries,
                                                  &module_entries,    &optimizer_entries, &schedule_entries,
                                                  &checkpoint_entries};

/* ---- the frees ---------------------------------------------------------------------------------------------------- */

#define FREE(function)                   \
  {                                      \
#function, [] { function(nullptr); } \
  }

const std::map<std::string, void (*)()> frees = {
    FREE(tw_tensor_free),       FREE(tw_generator_free), FREE(tw_module_free),    FREE(tw_optimizer_free),
    FREE(tw_lr_scheduler_free), FREE(tw_warmup_free),    FREE(tw_checkpoint_free)};

/* ---- which parameters may be NULL, as their comments say ---------------------------------------------------------- */

const std::set<std::string> optional = {"tw_set_grad_enabled.previous",
                                        "tw_tensor_from_blob.strides",
                                        "tw_tensor_from_blob.release",
                                        "tw_tensor_from_blob.context",
                                        "tw_tensor_set_grad.gradient",
                                        "tw_tensor_backward_with.gradient",
                                        "tw_op_call.count",
                                        "tw_op_linear.bias",
                                        "tw_op_conv2d.bias",
                                        "tw_op_conv2d.stride",
                                        "tw_op_conv2d.padding",
                                        "tw_op_conv2d.dilation",
                                        "tw_op_max_pool2d.stride",
                                        "tw_op_max_pool2d.padding",
                                        "tw_module_conv2d.options",
                                        "tw_module_max_pool2d.stride",
                                        "tw_module_custom.forward",
                                        "tw_module_custom.context",
                                        "tw_module_parameters.count",
                                        "tw_optimizer_adam.options",
                                        "tw_optimizer_adamw.options",
                                        "tw_optimizer_sgd.options",
                                        "tw_optimizer_rmsprop.options",
                                        "tw_optimizer_adagrad.options",
                                        "tw_lr_scheduler_lambda.context",
                                        "tw_lr_scheduler_multiplicative.context",
                                        "tw_lr_scheduler_cyclic.options",
                                        "tw_lr_scheduler_one_cycle.options",
                                        "tw_lr_scheduler_reduce_on_plateau.options",
                                        "tw_lr_scheduler_get_state.count",
                                        "tw_warmup_custom.context",
                                        "tw_checkpoint_get_module.key",
                                        "tw_optimizer_add_param_group.options"};

bool may_be_null(const std::string &function, const std::string &parameter) {
  return parameter == "device" || parameter == "length" || optional.count(function + "." + parameter) == 1;
}

/* ---- the checks --------------------------------------------------------------------------------------------------- */

void check_null(const EntryPoint &entry, size_t index, const std::string &parameter) {
  Setup s;
  const tw_status status = entry.call(s, index, 0);
  if (may_be_null(entry.name, parameter)) {
    CHECK(status == TW_OK);
    s.succeeded = status == TW_OK;
    return;
  }
  check_failure(status, TW_ERROR_ARGUMENT, {parameter + " is NULL"});
  CHECK(s.outputs_are_zero());
}

void check_wrong_number(const EntryPoint &entry, size_t index, const std::string &parameter, int32_t wrong) {
  Setup s;
  check_failure(entry.call(s, index, wrong), TW_ERROR_ARGUMENT, {parameter + " is " + std::to_string(wrong)});
  CHECK(s.outputs_are_zero());
}

void check_parameter(const EntryPoint &entry, size_t index, const Parameter &parameter) {
  INFO(entry.name << ", " << parameter.name);
  if (parameter.pointer) {
    check_null(entry, index, parameter.name);
  } else if (parameter.type == "int32_t") {
    for (const int32_t wrong : {2, -1}) check_wrong_number(entry, index, parameter.name, wrong);
  } else if (parameter.type == "tw_dtype" || parameter.type == "tw_reduction" || parameter.type == "tw_decay") {
    for (const int32_t wrong : {99, -1}) check_wrong_number(entry, index, parameter.name, wrong);
  }
}

void check_entries(const Entries &entries) {
  static const std::map<std::string, Declaration> declared = declarations();
  for (const EntryPoint &entry : entries) {
    INFO(entry.name);
    REQUIRE(declared.count(entry.name) == 1);
    const std::vector<Parameter> &parameters = declared.at(entry.name).parameters;
    REQUIRE(parameters.size() == entry.parameter_count);
    for (size_t i = 0; i < parameters.size(); ++i) check_parameter(entry, i, parameters[i]);

    /* The arguments that were not made wrong are right: nothing above was refused for another reason. */
    if (entry.name == "tw_optimizer_borrow")
      continue; /* takes an optimizer made elsewhere: test_optimizer_borrow.cpp */
    Setup s;
    const tw_status status = entry.call(s, nothing_wrong, 0);
    INFO("with valid arguments: " << tw_last_error());
    CHECK(status == TW_OK);
    s.succeeded = status == TW_OK;
  }
}

/* Whether a function has an argument that these tests can make wrong. */
bool takes_something(const Declaration &declaration) {
  return std::any_of(declaration.parameters.begin(), declaration.parameters.end(),
                     [](const Parameter &parameter) { return parameter.pointer || parameter.type == "tw_dtype"; });
}

}  // namespace

TEST_CASE("base.h refuses NULL and wrong numbers, naming the argument") { check_entries(base_entries); }
TEST_CASE("tensor.h refuses NULL and wrong numbers, naming the argument") { check_entries(tensor_entries); }
TEST_CASE("op.h and functional.h refuse NULL and wrong numbers, naming the argument") { check_entries(op_entries); }
TEST_CASE("module.h refuses NULL and wrong numbers, naming the argument") { check_entries(module_entries); }
TEST_CASE("optimizer.h refuses NULL and wrong numbers, naming the argument") { check_entries(optimizer_entries); }
TEST_CASE("lr_scheduler.h and warmup.h refuse NULL and wrong numbers, naming the argument") {
  check_entries(schedule_entries);
}
TEST_CASE("checkpoint.h refuses NULL, naming the argument") { check_entries(checkpoint_entries); }

TEST_CASE("every free takes NULL") {
  for (const auto &[name, free_null] : frees) free_null();
}

TEST_CASE("every function that the headers declare is called with wrong arguments here") {
  std::set<std::string> called;
  for (const Entries *entries : all_entries)
    for (const EntryPoint &entry : *entries) called.insert(entry.name);
  const std::map<std::string, Declaration> declared = declarations();
  CHECK(declared.size() > 130);
  for (const auto &[name, declaration] : declared) {
    INFO(name << " is declared in include/ but has no entry in this file");
    if (declaration.result == "void")
      CHECK(frees.count(name) == 1);
    else if (takes_something(declaration))
      CHECK(called.count(name) == 1);
  }
}

TEST_CASE("every parameter that may be NULL here is declared in the headers") {
  const std::map<std::string, Declaration> declared = declarations();
  for (const std::string &both : optional) {
    INFO(both);
    const size_t dot = both.find('.');
    const auto found = declared.find(both.substr(0, dot));
    REQUIRE(found != declared.end());
    const std::vector<Parameter> &parameters = found->second.parameters;
    CHECK(std::any_of(parameters.begin(), parameters.end(),
                      [&](const Parameter &parameter) { return parameter.name == both.substr(dot + 1); }));
  }
}
