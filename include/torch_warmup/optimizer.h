/**
 * @file optimizer.h
 * What warmups and LR schedulers know of an optimizer: its parameter groups, and the numbers of each that they read and
 * set. Those of LibTorch are made by torch_optimizer.h, the caller's own by tw_optimizer_custom; where an optimizer
 * cannot be reached at all, tw_optimizer_rates holds the numbers in its place.
 *
 * Groups are counted from 0 in the order in which they were added. Rates and factors are doubles and are never rounded
 * on the way.
 *
 * Threads: an optimizer and all that is bound to it share one lock, so they may be used and freed from any thread. From
 * within a callback of a call that is running, reads give what was there before that call, whatever would change the
 * same optimizer or what is bound to it is TW_ERROR_STATE, and a free takes effect when the call has ended. The functions
 * of a caller's own optimizer see what they themselves have set so far.
 */
#ifndef TORCH_WARMUP_OPTIMIZER_H
#define TORCH_WARMUP_OPTIMIZER_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A handle to an optimizer. */
typedef struct tw_optimizer tw_optimizer;

/** A number that a parameter group has. The numbers are fixed for ever; new ones are added at the end. */
typedef enum tw_option {
  TW_OPTION_LR = 0,           /**< "lr", the learning rate: finite, not negative when set by hand */
  TW_OPTION_BETA1 = 1,        /**< "beta1", decay of the running average of gradients, in [0, 1) by hand */
  TW_OPTION_BETA2 = 2,        /**< "beta2", decay of the running average of their squares, in [0, 1) */
  TW_OPTION_MOMENTUM = 3,     /**< "momentum", not negative by hand; a schedule may cycle either to any number */
  TW_OPTION_WEIGHT_DECAY = 4, /**< "weight_decay", not negative */
  TW_OPTION_EPS = 5,          /**< "eps", added to a denominator, not negative */
  TW_OPTION_ALPHA = 6,        /**< "alpha", RMSprop's decay of the average of squares, in [0, 1) */
  TW_OPTION_DAMPENING = 7,    /**< "dampening" of SGD's momentum, finite */
  TW_OPTION_LR_DECAY = 8,     /**< "lr_decay" of Adagrad, not negative */
  TW_OPTION_INITIAL_ACCUMULATOR_VALUE = 9, /**< "initial_accumulator_value" of Adagrad, not negative */
  TW_OPTION_AMSGRAD = 10,                  /**< "amsgrad" of Adam and AdamW, 0 or 1 */
  TW_OPTION_CENTERED = 11,                 /**< "centered" of RMSprop, 0 or 1 */
  TW_OPTION_NESTEROV = 12,                 /**< "nesterov" of SGD, 0 or 1 */
  TW_OPTION_UNKNOWN = -1,
  TW_OPTION_MAX_ENUM = 0x7fffffff
} tw_option;

/** An option's name as PyTorch has it, such as "weight_decay"; "unknown" for a number that is no option. A constant. */
TW_API const char *tw_option_name(tw_option option);

/* ---- an optimizer of the caller's own ---------------------------------------------------------------------------- */

/**
 * How to reach an optimizer that the caller has. Fill it in whole, unused members with 0.
 *
 * The functions are called by whichever thread uses the optimizer or what is bound to it, one at a time. A number that
 * get leaves unset, or that is not a number, is TW_ERROR_RANGE. A failure's status and message (tw_set_last_error) are
 * those of the call that met it. They must not let an exception through.
 */
typedef struct tw_optimizer_interface {
  size_t struct_size;     /**< sizeof(tw_optimizer_interface) */
  const char *class_name; /**< borrows: for messages and state dicts, such as "AdamW"; NULL for "Optimizer" */
  /** Gives the number of parameter groups. */
  tw_status (*group_count)(size_t *out, void *context);
  /** Gives one number a group, of all count groups; TW_ERROR_NOT_FOUND where the optimizer has no such option. */
  tw_status (*get)(double *out, size_t count, tw_option option, void *context);
  /** Sets one number a group, of all count groups, or none; TW_ERROR_NOT_FOUND as get. */
  tw_status (*set)(const double *values, size_t count, tw_option option, void *context);
  /** Lets context go: runs exactly once, after the last use, on whatever thread that is. May be NULL. */
  void (*release)(void *context);
} tw_optimizer_interface;

/**
 * Creates an optimizer out of the caller's functions. Warmups and LR schedulers bind to it as to any other.
 *
 * @param out        creates the optimizer; NULL on failure. Free it with tw_optimizer_free.
 * @param functions  borrows: copied.
 * @param context    shares: passed to the functions as it is. From a failure too it is released, unless functions is NULL
 *                   or its struct_size that of no such structure.
 * @retval TW_ERROR_ARGUMENT  struct_size is that of no such structure, or a function other than release is NULL
 */
TW_CALL tw_status tw_optimizer_custom(tw_optimizer **out, const tw_optimizer_interface *functions, void *context);

/**
 * Creates an optimizer that only holds numbers: a shadow for one that cannot be reached. After each step, read the rates
 * from it and hand them to the optimizer itself.
 *
 * @param out          creates the optimizer, of the class "Rates"; NULL on failure.
 * @param lrs          borrows: group_count rates, finite and not negative.
 * @param betas        borrows: group_count pairs, beta1 and beta2 of each group in turn, in [0, 1); NULL for none.
 * @param group_count  at least 1.
 */
TW_CALL tw_status tw_optimizer_rates(tw_optimizer **out, const double *lrs, const double *betas, size_t group_count);

/* ---- the groups' numbers ----------------------------------------------------------------------------------------- */

/*
 * A group that does not exist is TW_ERROR_RANGE. An option that the optimizer does not have is TW_ERROR_NOT_FOUND; of
 * LibTorch's optimizers of a class that this library does not know, only the rate can be reached.
 */

/** The number of parameter groups. */
TW_CALL tw_status tw_optimizer_get_group_count(size_t *out, const tw_optimizer *optimizer);

/** The optimizer's class, such as "AdamW"; a buffer as every other. @param needed  may be NULL */
TW_CALL tw_status tw_optimizer_get_class_name(char *out, size_t capacity, size_t *needed,
                                              const tw_optimizer *optimizer);

/** The learning rate of a group, as it is: a warmup's factor included. */
TW_CALL tw_status tw_optimizer_get_lr(double *out, const tw_optimizer *optimizer, size_t group);

/**
 * Sets the learning rate of a group.
 *
 * A rate that a caller gives, here or to a constructor, is not negative, as PyTorch's optimizers are made. Schedules that go
 * on from each other's rates, as in a chain, may lead to negative ones, with which PyTorch goes on; so may a checkpoint of
 * such a run. There any finite rate counts.
 *
 * @param lr  finite and not negative.
 */
TW_CALL tw_status tw_optimizer_set_lr(tw_optimizer *optimizer, size_t group, double lr);

/** The learning rates of all groups, in one call; a buffer as every other. @param needed  may be NULL */
TW_CALL tw_status tw_optimizer_get_lrs(double *out, size_t capacity, size_t *needed, const tw_optimizer *optimizer);

/** A number of a group. */
TW_CALL tw_status tw_optimizer_get_option(double *out, const tw_optimizer *optimizer, size_t group, tw_option option);

/**
 * Sets a number of a group.
 *
 * @retval TW_ERROR_RANGE     it lies outside the option's range, which tw_option gives, or does not go with the group's
 *                            other numbers (nesterov without a momentum)
 * @retval TW_ERROR_ARGUMENT  it is neither 0 nor 1 where it is a truth value
 */
TW_CALL tw_status tw_optimizer_set_option(tw_optimizer *optimizer, size_t group, tw_option option, double value);

/* ---- the end ----------------------------------------------------------------------------------------------------- */

/**
 * Lets go of the optimizer behind the handle, for an owner who is about to destroy it: nothing of it is touched from now
 * on, its numbers stay as they are (tw_warmup_detach before this puts the undampened rates back), and a custom one's
 * context is released. What is bound can still be freed, and looked into where that needs no optimizer; any other call
 * of theirs is TW_ERROR_STATE. Of several handles to one borrowed optimizer all are detached.
 */
TW_CALL tw_status tw_optimizer_detach(tw_optimizer *optimizer);

/** Frees the handle. What is bound to the optimizer keeps it alive. NULL is allowed and does nothing. */
TW_API void tw_optimizer_free(tw_optimizer *optimizer);

#ifdef __cplusplus
}
#endif

#endif
