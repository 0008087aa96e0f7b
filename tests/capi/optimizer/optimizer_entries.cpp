/* One valid call of each entry point of optimizer.h. */
#include "base/entry_points.h"

namespace tw::test {

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

}  // namespace tw::test
