/* One valid call of each entry point of optimizer.h. */
#include "base/entry_points.h"
#include "own_optimizer.h"

namespace tw::test {
namespace {

const tw_optimizer_interface own_interface = {sizeof own_interface, "Own",  OwnOptimizer::count, OwnOptimizer::get,
                                              OwnOptimizer::set,    nullptr};

}  // namespace

const Entries optimizer_entries = {
    ENTRY(tw_adam_options_init, &s.adam, sizeof s.adam),
    ENTRY(tw_adamw_options_init, &s.adamw, sizeof s.adamw),
    ENTRY(tw_sgd_options_init, &s.sgd, sizeof s.sgd),
    ENTRY(tw_rmsprop_options_init, &s.rmsprop, sizeof s.rmsprop),
    ENTRY(tw_adagrad_options_init, &s.adagrad, sizeof s.adagrad),
    ENTRY(tw_optimizer_adam, s.out(s.made_optimizer), list(s.weight), 1, &s.adam),
    ENTRY(tw_optimizer_adamw, s.out(s.made_optimizer), list(s.weight), 1, &s.adamw),
    ENTRY(tw_optimizer_sgd, s.out(s.made_optimizer), list(s.weight), 1, &s.sgd),
    ENTRY(tw_optimizer_rmsprop, s.out(s.made_optimizer), list(s.weight), 1, &s.rmsprop),
    ENTRY(tw_optimizer_adagrad, s.out(s.made_optimizer), list(s.weight), 1, &s.adagrad),
    ENTRY(tw_optimizer_borrow, s.out(s.made_optimizer), nullptr),
    ENTRY(tw_optimizer_add_param_group, s.optimizer.get(), list(s.other_weight), 1, &s.adam),
    ENTRY(tw_optimizer_step, s.optimizer.get()),
    ENTRY(tw_optimizer_zero_grad, s.optimizer.get()),
    ENTRY(tw_optimizer_get_group_count, s.out(s.size), s.optimizer.get()),
    ENTRY(tw_optimizer_get_class_name, s.text, sizeof s.text, s.out(s.size), s.optimizer.get()),
    ENTRY(tw_optimizer_get_lr, s.out(s.real), s.optimizer.get(), 0),
    ENTRY(tw_optimizer_set_lr, s.optimizer.get(), 0, 0.5),
    ENTRY(tw_optimizer_get_lrs, s.reals, 2, s.out(s.size), s.optimizer.get()),
    ENTRY(tw_optimizer_get_option, s.out(s.real), s.optimizer.get(), 0, TW_OPTION_BETA1),
    ENTRY(tw_optimizer_set_option, s.optimizer.get(), 0, TW_OPTION_BETA1, 0.5),
    ENTRY(tw_optimizer_custom, s.out(s.made_optimizer), &own_interface, nullptr),
    ENTRY(tw_optimizer_rates, s.out(s.made_optimizer), s.reals, s.reals, 1),
    ENTRY(tw_optimizer_detach, s.optimizer.get()),
};

}  // namespace tw::test
