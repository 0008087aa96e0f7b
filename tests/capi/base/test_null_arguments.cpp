/* Every entry point of the public headers, called with each pointer that must not be NULL made NULL, each truth value
   made 2 or -1, and each of this library's numbered constants made a number that is none of them. An entry point that
   the headers declare and the lists lack is a failure. */
#include <algorithm>
#include <set>

#include "base/entry_points.h"
#include "failure.h"

using namespace tw::test;

namespace {

const std::vector<const Entries *> all_entries = {
    &base_entries,      &tensor_entries,   &dlpack_entries,     &op_entries,    &module_entries,
    &optimizer_entries, &schedule_entries, &checkpoint_entries, &value_entries, &torchscript_entries};

/* ---- the frees ---------------------------------------------------------------------------------------------------- */

#define FREE(function)                   \
  {                                      \
#function, [] { function(nullptr); } \
  }

const std::map<std::string, void (*)()> frees = {FREE(tw_tensor_free),
                                                 FREE(tw_tensor_list_free),
                                                 FREE(tw_generator_free),
                                                 FREE(tw_module_free),
                                                 FREE(tw_optimizer_free),
                                                 {"tw_set_last_error", [] { tw_set_last_error(nullptr); }},
                                                 FREE(tw_lr_scheduler_free),
                                                 FREE(tw_warmup_free),
                                                 FREE(tw_checkpoint_free),
                                                 FREE(tw_value_free),
                                                 FREE(tw_module_differences_free)};

/* ---- which parameters may be NULL, as their comments say ---------------------------------------------------------- */

const std::set<std::string> optional = {"tw_set_grad_enabled.previous",
                                        "tw_tensor_from_blob.strides",
                                        "tw_tensor_from_blob.release",
                                        "tw_tensor_from_blob.context",
                                        "tw_tensor_list_get_data.count",
                                        "tw_tensor_set_grad.gradient",
                                        "tw_tensor_rand.generator",
                                        "tw_tensor_randn.generator",
                                        "tw_tensor_backward.gradient",
                                        "tw_op_call.out",
                                        "tw_argument_tensor.tensor",
                                        "tw_argument_generator.generator",
                                        "tw_argument_set_name.name",
                                        "tw_op_linear.bias",
                                        "tw_op_conv2d.bias",
                                        "tw_op_conv2d.options",
                                        "tw_op_max_pool2d.options",
                                        "tw_op_cross_entropy.options",
                                        "tw_op_nll_loss.options",
                                        "tw_op_binary_cross_entropy_with_logits.options",
                                        "tw_op_mse_loss.options",
                                        "tw_module_embedding.options",
                                        "tw_module_batch_norm1d.options",
                                        "tw_module_batch_norm2d.options",
                                        "tw_module_batch_norm3d.options",
                                        "tw_module_conv1d.options",
                                        "tw_module_conv2d.options",
                                        "tw_module_conv3d.options",
                                        "tw_module_conv_transpose1d.options",
                                        "tw_module_conv_transpose2d.options",
                                        "tw_module_conv_transpose3d.options",
                                        "tw_module_max_pool1d.options",
                                        "tw_module_max_pool2d.options",
                                        "tw_module_avg_pool1d.options",
                                        "tw_module_avg_pool2d.options",
                                        "tw_module_linear.options",
                                        "tw_module_layer_norm.options",
                                        "tw_module_group_norm.options",
                                        "tw_module_prelu.options",
                                        "tw_module_gelu.options",
                                        "tw_module_softplus.options",
                                        "tw_module_lstm.options",
                                        "tw_module_gru.options",
                                        "tw_module_multihead_attention.options",
                                        "tw_module_transformer_encoder_layer.options",
                                        "tw_module_transformer_encoder.norm",
                                        "tw_module_custom.forward",
                                        "tw_module_custom.context",
                                        "tw_module_custom.release",
                                        "tw_optimizer_adam.options",
                                        "tw_optimizer_adamw.options",
                                        "tw_optimizer_sgd.options",
                                        "tw_optimizer_rmsprop.options",
                                        "tw_optimizer_adagrad.options",
                                        "tw_lr_scheduler_lambda.context",
                                        "tw_lr_scheduler_lambda.release",
                                        "tw_lr_scheduler_multiplicative.context",
                                        "tw_lr_scheduler_multiplicative.release",
                                        "tw_lr_scheduler_preview.needed",
                                        "tw_lr_scheduler_get_last_lrs.needed",
                                        "tw_lr_scheduler_get_base_lrs.needed",
                                        "tw_lr_scheduler_clone.optimizer",
                                        "tw_lr_scheduler_cyclic.options",
                                        "tw_lr_scheduler_one_cycle.options",
                                        "tw_lr_scheduler_reduce_on_plateau.options",
                                        "tw_lr_scheduler_get_state.needed",
                                        "tw_warmup_custom.context",
                                        "tw_warmup_custom.release",
                                        "tw_warmup_preview.needed",
                                        "tw_warmup_get_undampened_lrs.needed",
                                        "tw_warmup_get_state.step",
                                        "tw_warmup_get_state.needed",
                                        "tw_optimizer_get_lrs.needed",
                                        "tw_optimizer_get_class_name.needed",
                                        "tw_optimizer_custom.context",
                                        "tw_optimizer_rates.betas",
                                        "tw_checkpoint_from_value.prefix",
                                        "tw_checkpoint_put_module.key",
                                        "tw_checkpoint_put_value.key",
                                        "tw_checkpoint_get_kind.key",
                                        "tw_checkpoint_get_tensor.key",
                                        "tw_checkpoint_copy_tensor.key",
                                        "tw_checkpoint_get_int64.key",
                                        "tw_checkpoint_get_double.key",
                                        "tw_checkpoint_get_string.key",
                                        "tw_checkpoint_get_value.key",
                                        "tw_checkpoint_compare_module.key",
                                        "tw_checkpoint_restore_module.key",
                                        "tw_checkpoint_restore_optimizer.key",
                                        "tw_checkpoint_restore_lr_scheduler.key",
                                        "tw_checkpoint_restore_warmup.key",
                                        "tw_checkpoint_restore_rng_state.key",
                                        "tw_checkpoint_restore_generator.key",
                                        "tw_optimizer_add_param_group.options"};

bool may_be_null(const std::string &function, const std::string &parameter) {
  return parameter == "device" || parameter == "length" || parameter == "needed" ||
         optional.count(function + "." + parameter) == 1;
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
  } else if (parameter.type == "tw_dtype" || parameter.type == "tw_reduction" || parameter.type == "tw_lr_decay" ||
             parameter.type == "tw_difference" || parameter.type == "tw_handle_kind") {
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
    s.succeeded = status == TW_OK;
    if (entry.name == "tw_live_handles" && status == TW_ERROR_UNSUPPORTED) continue; /* in a build without checks */
    INFO("with valid arguments: " << tw_last_error());
    CHECK(status == TW_OK);
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
TEST_CASE("dlpack.h refuses NULL, naming the argument") { check_entries(dlpack_entries); }
TEST_CASE("value.h refuses NULL and wrong numbers, naming the argument") { check_entries(value_entries); }
TEST_CASE("torchscript.h refuses NULL, naming the argument") { check_entries(torchscript_entries); }
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
    INFO(name << " is declared in include/ but has no entry in *_entries.cpp");
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
