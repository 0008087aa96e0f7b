/**
 * @file optimizer.h
 * Optimizers: those of torch::optim made here, or one made elsewhere and borrowed.
 *
 * An optimizer has one or more parameter groups, counted from 0 in the order in which they were added. Each has
 * options of its own. Rates and factors are doubles and are never rounded on the way.
 */
#ifndef TORCH_WARMUP_OPTIMIZER_H
#define TORCH_WARMUP_OPTIMIZER_H

#include "tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A handle to an optimizer. */
typedef struct tw_optimizer tw_optimizer;

/*
 * Options are filled in by their init function with PyTorch's defaults and then changed:
 *
 *     tw_adamw_options options;
 *     tw_adamw_options_init(&options, sizeof options);
 *     options.weight_decay = 0.05;
 *
 * A number outside its range is TW_ERROR_RANGE and named: betas and alpha lie in [0, 1), dampening is finite, and the
 * others are finite and not negative. A truth value that is neither 0 nor 1 is TW_ERROR_ARGUMENT.
 *
 * struct_size says which members a structure has. Those that an older header's lacks take their defaults; those of a
 * newer header that this library does not know must be as the init function left them. Otherwise, and where the init
 * function was not called, it is TW_ERROR_ARGUMENT.
 */

/** Adam's options. */
typedef struct tw_adam_options {
  size_t struct_size;  /**< set by tw_adam_options_init */
  double lr;           /**< learning rate; default 1e-3 */
  double betas[2];     /**< decay of the two running averages; default 0.9, 0.999 */
  double eps;          /**< added to the denominator; default 1e-8 */
  double weight_decay; /**< L2 penalty added to the gradient; default 0 */
  int32_t amsgrad;     /**< 1: keep the largest second average (On the Convergence of Adam and Beyond); default 0 */
} tw_adam_options;

/** AdamW's options. */
typedef struct tw_adamw_options {
  size_t struct_size;  /**< set by tw_adamw_options_init */
  double lr;           /**< learning rate; default 1e-3 */
  double betas[2];     /**< decay of the two running averages; default 0.9, 0.999 */
  double eps;          /**< added to the denominator; default 1e-8 */
  double weight_decay; /**< decoupled: the parameter shrinks by lr * weight_decay a step; default 1e-2 */
  int32_t amsgrad;     /**< 1: keep the largest second average; default 0 */
} tw_adamw_options;

/** SGD's options. */
typedef struct tw_sgd_options {
  size_t struct_size;  /**< set by tw_sgd_options_init */
  double lr;           /**< learning rate; default 1e-3 */
  double momentum;     /**< default 0 */
  double dampening;    /**< of the momentum; default 0 */
  double weight_decay; /**< default 0 */
  int32_t nesterov;    /**< 1: Nesterov momentum, which needs momentum > 0 and dampening 0; default 0 */
} tw_sgd_options;

/** RMSprop's options. */
typedef struct tw_rmsprop_options {
  size_t struct_size;  /**< set by tw_rmsprop_options_init */
  double lr;           /**< learning rate; default 1e-2 */
  double alpha;        /**< decay of the average of squares; default 0.99 */
  double eps;          /**< default 1e-8 */
  double weight_decay; /**< default 0 */
  double momentum;     /**< default 0 */
  int32_t centered;    /**< 1: divide by an estimate of the variance; default 0 */
} tw_rmsprop_options;

/** Adagrad's options. */
typedef struct tw_adagrad_options {
  size_t struct_size;               /**< set by tw_adagrad_options_init */
  double lr;                        /**< learning rate; default 1e-2 */
  double lr_decay;                  /**< default 0 */
  double weight_decay;              /**< default 0 */
  double initial_accumulator_value; /**< default 0 */
  double eps;                       /**< default 1e-10 */
} tw_adagrad_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof the structure, so that older callers go on to work */
TW_CALL tw_status tw_adam_options_init(tw_adam_options *options, size_t struct_size);
/** As tw_adam_options_init. */
TW_CALL tw_status tw_adamw_options_init(tw_adamw_options *options, size_t struct_size);
/** As tw_adam_options_init. */
TW_CALL tw_status tw_sgd_options_init(tw_sgd_options *options, size_t struct_size);
/** As tw_adam_options_init. */
TW_CALL tw_status tw_rmsprop_options_init(tw_rmsprop_options *options, size_t struct_size);
/** As tw_adam_options_init. */
TW_CALL tw_status tw_adagrad_options_init(tw_adagrad_options *options, size_t struct_size);

/* ---- creation ---------------------------------------------------------------------------------------------------- */

/**
 * Creates an Adam optimizer with one parameter group. Source: Kingma & Ba, arXiv 1412.6980.
 *
 * @param out      creates the optimizer; NULL on failure. Free it with tw_optimizer_free.
 * @param options  borrows: NULL for PyTorch's defaults.
 * @param params   shares: count leaf tensors that require a gradient; the handles may be freed at once.
 * @param count    at least 1.
 * @retval TW_ERROR_RANGE     an option lies outside its range
 * @retval TW_ERROR_ARGUMENT  there is no parameter, one is NULL, not a leaf, or comes twice
 */
TW_CALL tw_status tw_optimizer_adam(tw_optimizer **out, const tw_adam_options *options, tw_tensor *const *params,
                                    size_t count);

/** Creates an AdamW optimizer (Loshchilov & Hutter, arXiv 1711.05101); otherwise as tw_optimizer_adam. */
TW_CALL tw_status tw_optimizer_adamw(tw_optimizer **out, const tw_adamw_options *options, tw_tensor *const *params,
                                     size_t count);

/** Creates an SGD optimizer; otherwise as tw_optimizer_adam. */
TW_CALL tw_status tw_optimizer_sgd(tw_optimizer **out, const tw_sgd_options *options, tw_tensor *const *params,
                                   size_t count);

/** Creates an RMSprop optimizer; otherwise as tw_optimizer_adam. */
TW_CALL tw_status tw_optimizer_rmsprop(tw_optimizer **out, const tw_rmsprop_options *options, tw_tensor *const *params,
                                       size_t count);

/** Creates an Adagrad optimizer; otherwise as tw_optimizer_adam. */
TW_CALL tw_status tw_optimizer_adagrad(tw_optimizer **out, const tw_adagrad_options *options, tw_tensor *const *params,
                                       size_t count);

/**
 * Binds to an optimizer that was made elsewhere, of any class, such as by tch, gotch, TorchSharp or the caller's C++.
 *
 * It must come from the very LibTorch that this library is linked with.
 *
 * @param out              creates the handle; NULL on failure.
 * @param torch_optimizer  borrows: a torch::optim::Optimizer *, which must outlive the handle and whatever is bound to
 *                         it. Its owner goes on using it; the rates set here are those of its next step.
 */
TW_CALL tw_status tw_optimizer_borrow(tw_optimizer **out, void *torch_optimizer);

/**
 * Adds a parameter group.
 *
 * A warmup or LR scheduler that was bound before then has one group too few: its next call is TW_ERROR_STATE.
 *
 * @param options  borrows: the options structure of this optimizer's own kind (tw_adamw_options for AdamW, ...), taken
 *                 as it is; NULL for those that the optimizer was made with. NULL for a borrowed optimizer.
 * @param params   shares: count leaf tensors.
 * @retval TW_ERROR_ARGUMENT  a parameter is in another group already, or comes twice
 * @retval TW_ERROR_TYPE      options were given for a borrowed optimizer
 */
TW_CALL tw_status tw_optimizer_add_param_group(tw_optimizer *optimizer, const void *options, tw_tensor *const *params,
                                               size_t count);

/* ---- steps ------------------------------------------------------------------------------------------------------- */

/** Changes every parameter that has a gradient by one step. */
TW_CALL tw_status tw_optimizer_step(tw_optimizer *optimizer);

/** Removes the gradient of every parameter. */
TW_CALL tw_status tw_optimizer_zero_grad(tw_optimizer *optimizer);

/* ---- the groups' options ----------------------------------------------------------------------------------------- */

/*
 * A group that does not exist is TW_ERROR_RANGE. An option that the optimizer's kind does not have is TW_ERROR_TYPE; of
 * a borrowed optimizer of a class that this library does not know, only the rate can be reached.
 */

/** The number of parameter groups. */
TW_CALL tw_status tw_optimizer_group_count(size_t *out, const tw_optimizer *optimizer);

/** The learning rate of a group. */
TW_CALL tw_status tw_optimizer_get_lr(double *out, const tw_optimizer *optimizer, size_t group);

/**
 * Sets the learning rate of a group.
 *
 * A warmup that is bound to the optimizer takes this for an edit from outside; see warmup.h.
 *
 * @param lr  finite and not negative.
 */
TW_CALL tw_status tw_optimizer_set_lr(tw_optimizer *optimizer, size_t group, double lr);

/** The two betas of a group of Adam or AdamW. @param out  0, 0 on failure. */
TW_CALL tw_status tw_optimizer_get_betas(double out[2], const tw_optimizer *optimizer, size_t group);

/** Sets the two betas of a group of Adam or AdamW, each in [0, 1). */
TW_CALL tw_status tw_optimizer_set_betas(tw_optimizer *optimizer, size_t group, const double betas[2]);

/** The weight decay of a group. */
TW_CALL tw_status tw_optimizer_get_weight_decay(double *out, const tw_optimizer *optimizer, size_t group);

/** Sets the weight decay of a group: finite and not negative. */
TW_CALL tw_status tw_optimizer_set_weight_decay(tw_optimizer *optimizer, size_t group, double weight_decay);

/** The momentum of a group of SGD or RMSprop. */
TW_CALL tw_status tw_optimizer_get_momentum(double *out, const tw_optimizer *optimizer, size_t group);

/** Sets the momentum of a group of SGD or RMSprop: finite and not negative. */
TW_CALL tw_status tw_optimizer_set_momentum(tw_optimizer *optimizer, size_t group, double momentum);

/** Frees the handle. A borrowed optimizer stays as it is. NULL is allowed and does nothing. */
TW_API void tw_optimizer_free(tw_optimizer *optimizer);

#ifdef __cplusplus
}
#endif

#endif
