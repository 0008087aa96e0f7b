/**
 * @file torch_optimizer.h
 * Optimizers of torch::optim: made here, or made elsewhere and borrowed. What all optimizers have is in optimizer.h.
 */
#ifndef TORCH_WARMUP_TORCH_OPTIMIZER_H
#define TORCH_WARMUP_TORCH_OPTIMIZER_H

#include "optimizer.h"
#include "options.h"
#include "tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- options ----------------------------------------------------------------------------------------------------- */

/*
 * Their structures, as options.h says of all. A number outside its range is TW_ERROR_RANGE and named: betas and alpha lie
 * in [0, 1), dampening is finite, and the others are finite and not negative. A truth value that is neither 0 nor 1 is
 * TW_ERROR_ARGUMENT.
 */

/** Adam's options. */
typedef struct tw_adam_options {
  size_t struct_size;  /**< set by tw_adam_options_init */
  int32_t kind;        /**< TW_OPTIONS_ADAM, set by the same */
  int32_t amsgrad;     /**< 1: keep the largest second average (On the Convergence of Adam and Beyond); default 0 */
  double lr;           /**< learning rate; default 1e-3 */
  double betas[2];     /**< decay of the two running averages; default 0.9, 0.999 */
  double eps;          /**< added to the denominator; default 1e-8 */
  double weight_decay; /**< L2 penalty added to the gradient; default 0 */
} tw_adam_options;

/** AdamW's options. */
typedef struct tw_adamw_options {
  size_t struct_size;  /**< set by tw_adamw_options_init */
  int32_t kind;        /**< TW_OPTIONS_ADAMW, set by the same */
  int32_t amsgrad;     /**< 1: keep the largest second average; default 0 */
  double lr;           /**< learning rate; default 1e-3 */
  double betas[2];     /**< decay of the two running averages; default 0.9, 0.999 */
  double eps;          /**< added to the denominator; default 1e-8 */
  double weight_decay; /**< decoupled: the parameter shrinks by lr * weight_decay a step; default 1e-2 */
} tw_adamw_options;

/** SGD's options. */
typedef struct tw_sgd_options {
  size_t struct_size;  /**< set by tw_sgd_options_init */
  int32_t kind;        /**< TW_OPTIONS_SGD, set by the same */
  int32_t nesterov;    /**< 1: Nesterov momentum, which needs momentum > 0 and dampening 0; default 0 */
  double lr;           /**< learning rate; default 1e-3 */
  double momentum;     /**< default 0 */
  double dampening;    /**< of the momentum; default 0 */
  double weight_decay; /**< default 0 */
} tw_sgd_options;

/** RMSprop's options. */
typedef struct tw_rmsprop_options {
  size_t struct_size;  /**< set by tw_rmsprop_options_init */
  int32_t kind;        /**< TW_OPTIONS_RMSPROP, set by the same */
  int32_t centered;    /**< 1: divide by an estimate of the variance; default 0 */
  double lr;           /**< learning rate; default 1e-2 */
  double alpha;        /**< decay of the average of squares; default 0.99 */
  double eps;          /**< default 1e-8 */
  double weight_decay; /**< default 0 */
  double momentum;     /**< default 0 */
} tw_rmsprop_options;

/** Adagrad's options. */
typedef struct tw_adagrad_options {
  size_t struct_size;               /**< set by tw_adagrad_options_init */
  int32_t kind;                     /**< TW_OPTIONS_ADAGRAD, set by the same */
  int32_t reserved;                 /**< 0 */
  double lr;                        /**< learning rate; default 1e-2 */
  double lr_decay;                  /**< default 0 */
  double weight_decay;              /**< default 0 */
  double initial_accumulator_value; /**< the constructor's holds for groups added later too; default 0 */
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
 * @param out         creates the optimizer; NULL on failure. Free it with tw_optimizer_free.
 * @param parameters  shares: count leaf tensors that require a gradient; the handles may be freed at once.
 * @param count       at least 1.
 * @param options     borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_RANGE     an option lies outside its range
 * @retval TW_ERROR_ARGUMENT  there is no parameter, one is NULL, not a leaf, does not require a gradient, or comes twice
 * @retval TW_ERROR_TYPE      the options are of another kind
 */
TW_CALL tw_status tw_optimizer_adam(tw_optimizer **out, tw_tensor *const *parameters, size_t count,
                                    const tw_adam_options *options);

/** Creates an AdamW optimizer (Loshchilov & Hutter, arXiv 1711.05101); otherwise as tw_optimizer_adam. */
TW_CALL tw_status tw_optimizer_adamw(tw_optimizer **out, tw_tensor *const *parameters, size_t count,
                                     const tw_adamw_options *options);

/** Creates an SGD optimizer; otherwise as tw_optimizer_adam. */
TW_CALL tw_status tw_optimizer_sgd(tw_optimizer **out, tw_tensor *const *parameters, size_t count,
                                   const tw_sgd_options *options);

/** Creates an RMSprop optimizer; otherwise as tw_optimizer_adam. */
TW_CALL tw_status tw_optimizer_rmsprop(tw_optimizer **out, tw_tensor *const *parameters, size_t count,
                                       const tw_rmsprop_options *options);

/** Creates an Adagrad optimizer; otherwise as tw_optimizer_adam. */
TW_CALL tw_status tw_optimizer_adagrad(tw_optimizer **out, tw_tensor *const *parameters, size_t count,
                                       const tw_adagrad_options *options);

/**
 * Binds to an optimizer that was made elsewhere, of any class: by the caller's C++, or by a binding that gives the
 * pointer (tch's torch_sys::ato_adamw does; where it stays private, use tw_optimizer_rates).
 *
 * It must come from the very LibTorch that this library is linked with. Handles to the same optimizer share what is bound
 * to it. Before its owner destroys it, call tw_optimizer_detach or free all that is bound: an optimizer is known by its
 * address, where another may come to lie.
 *
 * @param out              creates the handle; NULL on failure.
 * @param torch_optimizer  borrows: a torch::optim::Optimizer *, which must outlive the handle and whatever is bound to
 *                         it. Its owner goes on using it; the rates set here are those of its next step.
 */
TW_CALL tw_status tw_optimizer_borrow(tw_optimizer **out, void *torch_optimizer);

/**
 * Adds a parameter group.
 *
 * A warmup that was bound before then has one group too few: its next call is TW_ERROR_STATE. So is that of an LR scheduler
 * but for those that take later groups: see the top of lr_scheduler.h.
 *
 * @param parameters  shares: count leaf tensors.
 * @param options     borrows: the options structure of this optimizer's own kind (tw_adamw_options for AdamW, ...), taken
 *                    as it is; NULL for those that the optimizer was made with. NULL for a borrowed optimizer.
 * @retval TW_ERROR_ARGUMENT  a parameter is in another group already, or comes twice
 * @retval TW_ERROR_TYPE      the options are of another kind, were given for a borrowed optimizer, or the optimizer is
 *                            not one of LibTorch's
 */
TW_CALL tw_status tw_optimizer_add_param_group(tw_optimizer *optimizer, tw_tensor *const *parameters, size_t count,
                                               const void *options);

/* ---- steps ------------------------------------------------------------------------------------------------------- */

/**
 * Changes every parameter that has a gradient by one step, at the rates that the groups have.
 *
 * Complex parameters step as in Python, by their real and imaginary parts (torch.view_as_real), which C++'s own step
 * does not; what is kept of them is complex. Sparse gradients are taken by SGD and Adagrad without weight_decay. All
 * parameters are looked at before the first one moves: what is listed here has changed nothing. Memory that runs out
 * within LibTorch's step is TW_ERROR_MEMORY with some parameters stepped and others not: go back to a checkpoint. So may
 * a borrowed optimizer of a class that is not LibTorch's own, which checks for itself.
 *
 * @retval TW_ERROR_TYPE   the optimizer is not one of LibTorch's: its owner steps it; or a gradient is of a layout that it
 *                         cannot take, or of another dtype or device than its parameter; or a parameter is a view that
 *                         cannot be changed in place (expanded, conjugated)
 * @retval TW_ERROR_RANGE  a rate, a weight_decay, an eps, a momentum or a dampening is larger than the parameters' dtype
 *                         holds, or becomes so by what the step makes of it, such as a rate of 1e38 over 1 - beta1
 * @retval TW_ERROR_STATE  a gradient, or what the optimizer keeps of a parameter, has other sizes than the parameter
 * @retval TW_ERROR_TORCH  a borrowed optimizer of another class refused the step
 */
TW_CALL tw_status tw_optimizer_step(tw_optimizer *optimizer);

/** Removes the gradient of every parameter. @retval TW_ERROR_TYPE  the optimizer is not one of LibTorch's */
TW_CALL tw_status tw_optimizer_zero_grad(tw_optimizer *optimizer);

#ifdef __cplusplus
}
#endif

#endif
