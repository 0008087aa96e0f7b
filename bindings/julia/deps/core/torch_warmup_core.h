/* The core of torch_warmup 0.2.0, all of its public headers in one.
 * Written by carry_core.py from the project's sources: change those.
 *
 * SPDX-License-Identifier: MIT
 *
 * MIT License
 *
 * Copyright (c) 2026 The torch_warmup authors
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy
 * of this software and associated documentation files (the "Software"), to deal
 * in the Software without restriction, including without limitation the rights
 * to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
 * copies of the Software, and to permit persons to whom the Software is
 * furnished to do so, subject to the following conditions:
 *
 * The above copyright notice and this permission notice shall be included in all
 * copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
 * IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
 * FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
 * AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
 * LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
 * OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
 * SOFTWARE.
 */

/* ==================== include/torch_warmup_core.h ==================== */

/**
 * @file torch_warmup_core.h
 * The core of torch_warmup: learning-rate warmup and schedules for any optimizer, in plain C, without LibTorch.
 *
 * Status    Every call that can fail returns a tw_status; TW_OK is 0. tw_last_error() says what was wrong, with the
 *           values. A call that fails has changed nothing, and its outputs are NULL or 0.
 * Order     Outputs come first, options last. A count follows the array that it belongs to.
 * Options   Structures whose first members are struct_size and kind; fill them in with their init function, then change
 *           them. NULL stands for PyTorch's defaults.
 * Truth     An int32_t, 0 or 1; another number is TW_ERROR_ARGUMENT.
 * Ownership Four words. creates: you get a handle and free it. borrows: used during the call only, or, of a result,
 *           valid as said. shares: kept alive as long as it is needed; your handle stays yours. consumes: yours no more.
 *           Handles may be freed in any order; freeing NULL does nothing.
 * Buffers   You give room for capacity elements and get how many are needed, of text with its closing 0. Where out is
 *           NULL, capacity 0 and needed given, that is all. Otherwise too little room is TW_ERROR_CAPACITY, before any
 *           work. No memory crosses the boundary to be freed by free().
 * Callbacks A function of yours gets a context, which a release function lets go exactly once. It returns TW_OK or the
 *           status to fail with, and may say why by tw_set_last_error. No exception may leave it.
 * Threads   An optimizer and all that is bound to it may be used and freed from any thread; one call at a time goes on.
 *           The last error belongs to the thread: where tasks or goroutines move between threads, hold the thread from
 *           the call to tw_last_error. In a language whose garbage collector waits for all threads, take a lock of that
 *           language's around the calls on an optimizer with callbacks: a thread that waits inside of C cannot stop for
 *           a collection that a callback of the running call may need.
 *
 * A training loop around an optimizer of your own:
 *
 *     #define TRY(call) do { if ((call) != TW_OK) { fprintf(stderr, "%s\n", tw_last_error()); exit(1); } } while (0)
 *
 *     tw_optimizer_interface functions = {sizeof functions, "SGD", my_group_count, my_get, my_set, NULL};
 *     TRY(tw_optimizer_custom(&optimizer, &functions, &my_sgd));
 *     TRY(tw_lr_scheduler_cosine_annealing(&scheduler, optimizer, steps, 1e-5));
 *     TRY(tw_warmup_linear(&warmup, optimizer, &period, 1));          after the scheduler
 *     for (int64_t step = 0; step < steps; ++step) {
 *       my_sgd_step(&my_sgd);
 *       TRY(tw_warmup_step(warmup, &scheduler, 1));
 *     }
 */

/* ==================== include/torch_warmup/base.h ==================== */

/**
 * @file base.h
 * What every other header rests on: status codes, the last error, versions.
 */
#ifndef TORCH_WARMUP_BASE_H
#define TORCH_WARMUP_BASE_H

#include <stddef.h>
#include <stdint.h>

/** How an exported function is declared. May be defined before, such as to nothing for a parser of C. */
#ifndef TW_API
#if defined(_WIN32)
#if defined(TORCH_WARMUP_BUILDING)
#define TW_API __declspec(dllexport)
#else
#define TW_API __declspec(dllimport)
#endif
#else
#define TW_API __attribute__((visibility("default")))
#endif
#endif

/** An exported function whose status is to be looked at: a compiler warns where it is not. */
#ifndef TW_CALL
#if defined(__GNUC__)
#define TW_CALL TW_API __attribute__((warn_unused_result))
#else
#define TW_CALL TW_API
#endif
#endif

/** The version of these headers; that of the library in the process is tw_version. */
#define TW_VERSION_MAJOR 0
#define TW_VERSION_MINOR 2
#define TW_VERSION_PATCH 0
/** The same as one number that grows: 200 for 0.2.0. Compare with tw_version_number. */
#define TW_VERSION_NUMBER (TW_VERSION_MAJOR * 10000 + TW_VERSION_MINOR * 100 + TW_VERSION_PATCH)

#ifdef __cplusplus
extern "C" {
#endif

/* ---- status and errors ------------------------------------------------------------------------------------------- */

/**
 * What a call returns. The numbers are fixed for ever; new ones are added at the end.
 *
 * This and every other enumeration of these headers is signed and has 32 bits, which its two last members see to: no
 * call gives them, and giving them to a call is TW_ERROR_ARGUMENT.
 */
typedef enum tw_status {
  TW_OK = 0,
  TW_ERROR_ARGUMENT = 1,     /**< an argument is null, malformed, or does not fit the others */
  TW_ERROR_TYPE = 2,         /**< an object or a value is of a kind that the call cannot take */
  TW_ERROR_RANGE = 3,        /**< a number lies outside its valid range */
  TW_ERROR_STATE = 4,        /**< the object is not in a state in which the call makes sense */
  TW_ERROR_MEMORY = 5,       /**< out of memory, on the host or on the device */
  TW_ERROR_DEVICE = 6,       /**< the device does not exist or failed */
  TW_ERROR_IO = 7,           /**< the operating system refused to read or write a file */
  TW_ERROR_FORMAT = 8,       /**< a file's contents are not what they should be */
  TW_ERROR_TORCH = 9,        /**< LibTorch refused the call; its message is in tw_last_error */
  TW_ERROR_CALLBACK = 10,    /**< a callback failed without a status of its own: for a callback to return */
  TW_ERROR_INTERNAL = 11,    /**< a fault in torch_warmup itself: please report it */
  TW_ERROR_NOT_FOUND = 12,   /**< there is nothing of that name or key: no such option, entry, operator, module */
  TW_ERROR_CAPACITY = 13,    /**< the caller's buffer is too small; needed says how much there is */
  TW_ERROR_UNSUPPORTED = 14, /**< this build, or the LibTorch that it uses, cannot do it */
  TW_ERROR_CANCELLED = 15,   /**< a callback asked to stop: for a callback to return */
  TW_STATUS_UNKNOWN = -1,
  TW_STATUS_MAX_ENUM = 0x7fffffff
} tw_status;

/**
 * The calling thread's message for its last failed call: what was wrong, with the values.
 *
 * @return a string that is never NULL, "" before the first failure. It is borrowed: valid until this thread's next
 *         failing call. A successful call leaves it as it is.
 */
TW_API const char *tw_last_error(void);

/**
 * Copies what tw_last_error gives, for languages whose tasks move from thread to thread: hold the thread from the call
 * that failed to this one.
 *
 * @param out       borrows: room for capacity bytes, as for every buffer: see the guide at the top of
 *                  torch_warmup_core.h.
 * @param needed    how many bytes the message has, its closing 0 among them; may be NULL.
 * @retval TW_ERROR_CAPACITY  capacity is too small; the message stays what it was
 */
TW_CALL tw_status tw_last_error_copy(char *out, size_t capacity, size_t *needed);

/**
 * Sets the calling thread's message, for a callback that is about to return a failure: the call that ran it fails with
 * the callback's status and, behind the callback's name, this message.
 *
 * @param message  borrows: NULL stands for "".
 */
TW_API void tw_set_last_error(const char *message);

/**
 * A status's name as this header spells it, such as "TW_ERROR_RANGE".
 *
 * @return a string constant; "TW_STATUS_UNKNOWN" for a number that is no status.
 */
TW_API const char *tw_status_name(tw_status status);

/* ---- versions ---------------------------------------------------------------------------------------------------- */

/** The version of torch_warmup in this process, such as "0.2.0". */
TW_API const char *tw_version(void);

/** The same as a number, as TW_VERSION_NUMBER is made. */
TW_API int32_t tw_version_number(void);

#ifdef __cplusplus
}
#endif

#endif

/* ==================== include/torch_warmup/handle.h ==================== */

/**
 * @file handle.h
 * What handles are alive: for finding those that were never freed, and calls on those that were.
 *
 * A build with the CMake option TORCH_WARMUP_CHECKS keeps a list of all handles. There a call that gets a handle that
 * has been freed, one of another kind, or an address that never was one fails with TW_ERROR_ARGUMENT, and the message
 * says which: "optimizer is a handle that has been freed". A function that frees cannot fail: given such a handle it
 * prints that to the standard error and aborts. Where the environment variable TORCH_WARMUP_REPORT is 1, a program that
 * ends by exit, or by returning from main, first prints how many handles of each kind are alive, or that none is.
 *
 * Without the option nothing is kept and nothing checked, and it costs nothing.
 */
#ifndef TORCH_WARMUP_HANDLE_H
#define TORCH_WARMUP_HANDLE_H


#ifdef __cplusplus
extern "C" {
#endif

/** The kinds of handles. The numbers are fixed for ever; new ones are added at the end. */
typedef enum tw_handle_kind {
  TW_HANDLE_OPTIMIZER = 0,
  TW_HANDLE_LR_SCHEDULER = 1,
  TW_HANDLE_WARMUP = 2,
  TW_HANDLE_TENSOR = 3,
  TW_HANDLE_TENSOR_LIST = 4,
  TW_HANDLE_GENERATOR = 5,
  TW_HANDLE_MODULE = 6,
  TW_HANDLE_MODULE_DIFFERENCES = 7,
  TW_HANDLE_VALUE = 8,
  TW_HANDLE_CHECKPOINT = 9,
  TW_HANDLE_KIND_UNKNOWN = -1,
  TW_HANDLE_KIND_MAX_ENUM = 0x7fffffff
} tw_handle_kind;

/** The name of a kind's type, such as "tw_tensor"; "unknown" for another number. Borrowed, valid for ever. */
TW_API const char *tw_handle_kind_name(tw_handle_kind kind);

/**
 * Gives how many handles of a kind are alive: given to the program, by any thread, and not freed yet. Those that a list or
 * a callback lends are not counted.
 *
 * @param out   0 on failure.
 * @retval TW_ERROR_UNSUPPORTED  the library was built without TORCH_WARMUP_CHECKS
 * @retval TW_ERROR_ARGUMENT     there is no such kind
 */
TW_CALL tw_status tw_live_handles(size_t *out, tw_handle_kind kind);

#ifdef __cplusplus
}
#endif

#endif

/* ==================== include/torch_warmup/optimizer.h ==================== */

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

/* ==================== include/torch_warmup/lr_scheduler.h ==================== */

/**
 * @file lr_scheduler.h
 * What one does with a learning-rate scheduler: step it, look into it, preview it, keep its state. The schedules
 * themselves are made by lr_schedules.h.
 *
 * Groups that are added to the optimizer after a scheduler was made: a schedule whose arguments are the same for all groups
 * takes them from the next call on, as PyTorch 2.15 does, each with the rate that it has then as its base rate. These are
 * step_lr, multi_step, constant, linear, exponential, polynomial, cosine_annealing, inverse_sqrt, warmup_stable_decay,
 * reduce_on_plateau (unless min_lr was given for each group), and the sequential and chained ones of these alone. The closed
 * form, and cosine_annealing on its way up, start from that base rate; PyTorch leaves the later groups alone there. For the
 * other kinds, for a warmup, and where a group is gone, every call that changes rates is TW_ERROR_STATE and nothing changes.
 */
#ifndef TORCH_WARMUP_LR_SCHEDULER_H
#define TORCH_WARMUP_LR_SCHEDULER_H


#ifdef __cplusplus
extern "C" {
#endif

/** A handle to a learning-rate scheduler. */
typedef struct tw_lr_scheduler tw_lr_scheduler;

/* ---- steps ------------------------------------------------------------------------------------------------------- */

/**
 * Goes on to the next epoch, in the recursive ("chainable") form: the new rate is made from the optimizer's present
 * one, so several schedulers that are stepped in turn act together. Call it after tw_optimizer_step.
 *
 * @retval TW_ERROR_RANGE  a rate would not be finite, or the epoch would be above 2^53
 * @retval TW_ERROR_STATE  the schedule needs a metric, or has ended (one_cycle)
 * @retval TW_ERROR_STATE  a warmup has dampened the optimizer's rates, which are therefore not the schedule's: leave the
 *                         step to tw_warmup_step, or call this between tw_warmup_dampening_begin and _end
 */
TW_CALL tw_status tw_lr_scheduler_step(tw_lr_scheduler *scheduler);

/**
 * Goes to a given epoch in the closed form: the new rate is made from the base rate alone.
 *
 * @param epoch  from 0 to 2^53; may be a fraction, as for PyTorch's schedules.
 * @retval TW_ERROR_RANGE  epoch is outside that, or a rate would not be finite
 * @retval TW_ERROR_STATE  the schedule has no closed form
 */
TW_CALL tw_status tw_lr_scheduler_step_at(tw_lr_scheduler *scheduler, double epoch);

/**
 * Goes on to the next epoch with the metric of the last one; for reduce_on_plateau.
 *
 * @param metric  any number; one that is not a number counts as no better.
 * @retval TW_ERROR_STATE  the schedule takes no metric, or a warmup has dampened the optimizer's rates
 */
TW_CALL tw_status tw_lr_scheduler_step_metric(tw_lr_scheduler *scheduler, double metric);

/**
 * The rates of the next steps, without a change to the optimizer or the schedulers.
 *
 * @param out         borrows: room for capacity rates. Row i holds the rates of the groups after i steps of all
 *                    schedulers in turn, row 0 the present ones.
 * @param needed      steps times the number of groups; may be NULL.
 * @param schedulers  borrows: count schedulers of one optimizer, stepped in the recursive form.
 * @param count       at least 1.
 * @param steps       how many rows.
 * @retval TW_ERROR_STATE  a scheduler needs a metric, or ends within these steps, or a warmup has dampened the rates; or
 *                         from within a callback
 */
TW_CALL tw_status tw_lr_scheduler_preview(double *out, size_t capacity, size_t *needed,
                                          tw_lr_scheduler *const *schedulers, size_t count, size_t steps);

/* ---- looking into a scheduler ------------------------------------------------------------------------------------ */

/**
 * The rates that the last step gave the groups, without any warmup factor that came after; after
 * tw_lr_scheduler_set_last_epoch those that it set or found.
 *
 * @param out     borrows: room for capacity rates; untouched where that is too few.
 * @param needed  the number of groups; may be NULL.
 */
TW_CALL tw_status tw_lr_scheduler_get_last_lrs(double *out, size_t capacity, size_t *needed,
                                               const tw_lr_scheduler *scheduler);

/** The rates from which the closed form starts; otherwise as tw_lr_scheduler_get_last_lrs. */
TW_CALL tw_status tw_lr_scheduler_get_base_lrs(double *out, size_t capacity, size_t *needed,
                                               const tw_lr_scheduler *scheduler);

/** The number of groups that the scheduler schedules. */
TW_CALL tw_status tw_lr_scheduler_get_group_count(size_t *out, const tw_lr_scheduler *scheduler);

/** The epoch of the last step: 0 after construction, a fraction after tw_lr_scheduler_step_at with one. */
TW_CALL tw_status tw_lr_scheduler_get_last_epoch(double *out, const tw_lr_scheduler *scheduler);

/**
 * Moves the schedule to an epoch without stepping there: the next step is to the one after it. A run whose epoch and rates
 * were written down is gone on with so; all of a scheduler's state is kept by tw_lr_scheduler_get_state or a checkpoint.
 *
 * Schedules of schedules move their parts to where they are at that epoch, warm restarts know which period it falls in.
 * reduce_on_plateau's best metric and counters stay as they are.
 *
 * @param epoch  from -1, after which the next step is to epoch 0, to 2^53; whole for a sequential schedule.
 * @param lrs    borrows: count rates that the schedule had at that epoch, without a warmup's factor. The optimizer gets them
 *               at once, dampened where a warmup is bound, and cycled momentums are set to those of the epoch. NULL, with
 *               count 0: rates and momentums stay as they are.
 * @param count  0, 1 (the same for every group) or the number of groups.
 * @retval TW_ERROR_ARGUMENT  count is none of these; the message names both numbers
 * @retval TW_ERROR_RANGE     epoch or a rate is outside its range
 */
TW_CALL tw_status tw_lr_scheduler_set_last_epoch(tw_lr_scheduler *scheduler, double epoch, const double *lrs,
                                                 size_t count);

/**
 * The scheduler's whole state as plain numbers, for a caller who keeps files of its own.
 *
 * @param out     borrows: room for capacity numbers.
 * @param needed  how many there are; may be NULL. It depends on the kind, its arguments and the number of groups alone.
 */
TW_CALL tw_status tw_lr_scheduler_get_state(double *out, size_t capacity, size_t *needed,
                                            const tw_lr_scheduler *scheduler);

/**
 * Puts back a state that tw_lr_scheduler_get_state gave, for a scheduler made with the same arguments, and sets the
 * optimizer's rates at once: dampened where a warmup is bound, whichever was made or set first.
 *
 * Of several schedulers set the state of the one last that is stepped last.
 *
 * @param state  borrows: count numbers.
 * @retval TW_ERROR_ARGUMENT  count is not this scheduler's
 * @retval TW_ERROR_RANGE     a rate in it is not finite
 */
TW_CALL tw_status tw_lr_scheduler_set_state(tw_lr_scheduler *scheduler, const double *state, size_t count);

/**
 * Creates a copy that goes on by itself from where the scheduler is: the same arguments, the same state, the children of a
 * schedule of schedules copied too, a callback's context shared: with a copy for another optimizer, which has a lock of its
 * own, the callback may run on two threads at the same time.
 *
 * @param out        creates the copy; NULL on failure.
 * @param scheduler  borrows.
 * @param optimizer  shares: another one with as many groups, whose rates are set at once to those of the scheduler's last
 *                   step; NULL for the same one, whose rates stay. Two schedulers that are stepped on one optimizer act
 *                   together.
 * @retval TW_ERROR_ARGUMENT  the other optimizer has another number of groups; the message names both
 * @retval TW_ERROR_STATE     a warmup has dampened the other optimizer's rates
 */
TW_CALL tw_status tw_lr_scheduler_clone(tw_lr_scheduler **out, const tw_lr_scheduler *scheduler,
                                        tw_optimizer *optimizer);

/** Frees the handle. The optimizer keeps its rates. NULL is allowed and does nothing. */
TW_API void tw_lr_scheduler_free(tw_lr_scheduler *scheduler);

#ifdef __cplusplus
}
#endif

#endif

/* ==================== include/torch_warmup/options.h ==================== */

/**
 * @file options.h
 * What all structures of options have in common.
 *
 * Each begins with the same two members, which its init function sets together with PyTorch's defaults:
 *
 *     tw_adamw_options options;
 *     tw_adamw_options_init(&options, sizeof options);
 *     options.weight_decay = 0.05;
 *
 * struct_size says which members the caller's header has. Those that it lacks, being older, take their defaults; those
 * that this library does not know, being newer, must be as the init function left them. kind says which structure it is.
 * A size that no version has, or members named reserved that are not 0, are TW_ERROR_ARGUMENT; a structure of another
 * kind than the call takes is TW_ERROR_TYPE. NULL in place of a structure stands for the defaults.
 */
#ifndef TORCH_WARMUP_OPTIONS_H
#define TORCH_WARMUP_OPTIONS_H


#ifdef __cplusplus
extern "C" {
#endif

/** Which structure of options it is. The numbers are fixed for ever; new ones are added at the end. */
typedef enum tw_options_kind {
  TW_OPTIONS_ADAM = 1,
  TW_OPTIONS_ADAMW = 2,
  TW_OPTIONS_SGD = 3,
  TW_OPTIONS_RMSPROP = 4,
  TW_OPTIONS_ADAGRAD = 5,
  TW_OPTIONS_CYCLIC = 6,
  TW_OPTIONS_ONE_CYCLE = 7,
  TW_OPTIONS_REDUCE_ON_PLATEAU = 8,
  TW_OPTIONS_EMBEDDING = 9,
  TW_OPTIONS_BATCH_NORM = 10,
  TW_OPTIONS_LAYER_NORM = 11,
  TW_OPTIONS_GROUP_NORM = 12,
  TW_OPTIONS_CONV1D = 13,
  TW_OPTIONS_CONV2D = 14,
  TW_OPTIONS_CONV3D = 15,
  TW_OPTIONS_CONV_TRANSPOSE1D = 16,
  TW_OPTIONS_CONV_TRANSPOSE2D = 17,
  TW_OPTIONS_CONV_TRANSPOSE3D = 18,
  TW_OPTIONS_MAX_POOL1D = 19,
  TW_OPTIONS_MAX_POOL2D = 20,
  TW_OPTIONS_AVG_POOL1D = 21,
  TW_OPTIONS_AVG_POOL2D = 22,
  TW_OPTIONS_LSTM = 23,
  TW_OPTIONS_GRU = 24,
  TW_OPTIONS_MULTIHEAD_ATTENTION = 25,
  TW_OPTIONS_TRANSFORMER_ENCODER_LAYER = 26,
  TW_OPTIONS_PRELU = 27,
  TW_OPTIONS_SOFTPLUS = 28,
  TW_OPTIONS_GELU = 29,
  TW_OPTIONS_CROSS_ENTROPY = 30,
  TW_OPTIONS_NLL_LOSS = 31,
  TW_OPTIONS_MSE_LOSS = 32,
  TW_OPTIONS_BINARY_CROSS_ENTROPY_WITH_LOGITS = 33,
  TW_OPTIONS_OP_CONV2D = 34,
  TW_OPTIONS_OP_MAX_POOL2D = 35,
  TW_OPTIONS_LINEAR = 36,
  TW_OPTIONS_KIND_UNKNOWN = -1,
  TW_OPTIONS_KIND_MAX_ENUM = 0x7fffffff
} tw_options_kind;

#ifdef __cplusplus
}
#endif

#endif

/* ==================== include/torch_warmup/lr_schedules.h ==================== */

/**
 * @file lr_schedules.h
 * Learning-rate schedules, with the names, the order of arguments and the bits of torch.optim.lr_scheduler.
 *
 * A constructor records each group's rate as its base rate and performs the initial step (epoch 0), as PyTorch's do.
 * After that the optimizer's rates are the schedule's. Several schedulers may be bound to one optimizer; a later one has
 * the first one's base rates.
 *
 * A warmup is made after them: a constructor is TW_ERROR_STATE while a warmup holds the optimizer's rates dampened, or a
 * freed one has left them so.
 *
 * Schedules count epochs, whatever the caller takes for one: often a step. Where PyTorch's versions differ, the numbers
 * are those of 2.15: SequentialLR with a milestone at 0 or with MultiplicativeLR after the first gives other ones in 1.13.
 * Schedules of schedules inside a sequential one are what PyTorch means and not what its versions do: up to 2.15 one that
 * comes first is an epoch ahead of itself (issue 196243), and one that comes later fails.
 */
#ifndef TORCH_WARMUP_LR_SCHEDULES_H
#define TORCH_WARMUP_LR_SCHEDULES_H


#ifdef __cplusplus
extern "C" {
#endif

/* ---- schedules of the epoch alone -------------------------------------------------------------------------------- */

/*
 * Each constructor takes PyTorch's arguments in PyTorch's order, and
 *
 * @param out        creates the scheduler; NULL on failure. Free it with tw_lr_scheduler_free.
 * @param optimizer  shares: its rates are scheduled.
 *
 * A number that is not finite, or lies outside the range that is given for it, is TW_ERROR_RANGE and named.
 */

/**
 * Multiplies the rate by gamma every step_size epochs, as StepLR.
 *
 *     closed form: lr(epoch) = base_lr * gamma^floor(epoch / step_size)
 *
 * @param step_size  positive; whole, or the rate falls at the epochs that happen to be multiples of it.
 * @param gamma      PyTorch's default is 0.1.
 */
TW_CALL tw_status tw_lr_scheduler_step_lr(tw_lr_scheduler **out, tw_optimizer *optimizer, double step_size,
                                          double gamma);

/**
 * Multiplies the rate by gamma at each milestone, as MultiStepLR.
 *
 *     closed form: lr(epoch) = base_lr * gamma^(how many milestones are <= epoch)
 *
 * @param milestones  borrows: count epochs, none negative, in any order; one that comes twice counts twice.
 * @param count       0 for none: the rate stays.
 * @param gamma       PyTorch's default is 0.1.
 */
TW_CALL tw_status tw_lr_scheduler_multi_step(tw_lr_scheduler **out, tw_optimizer *optimizer, const int64_t *milestones,
                                             size_t count, double gamma);

/**
 * Multiplies the rate by factor until total_iters epochs have passed, as ConstantLR.
 *
 * @param factor       in [0, 1]; PyTorch's default is 1/3. From 0 no recursive step leads back to the rate: the one at
 *                     total_iters is TW_ERROR_RANGE, where PyTorch divides by zero.
 * @param total_iters  not negative; PyTorch's default is 5. At 0, or a fraction, no recursive step ends it.
 */
TW_CALL tw_status tw_lr_scheduler_constant(tw_lr_scheduler **out, tw_optimizer *optimizer, double factor,
                                           double total_iters);

/**
 * Multiplies the rate by a factor that goes from start_factor to end_factor in total_iters epochs, as LinearLR.
 *
 * @param start_factor  in (0, 1]; PyTorch's default is 1/3.
 * @param end_factor    in [0, 1]; PyTorch's default is 1.
 * @param total_iters   not negative; PyTorch's default is 5. At 0 the factor stays start_factor, and there is no closed
 *                      form: TW_ERROR_RANGE.
 */
TW_CALL tw_status tw_lr_scheduler_linear(tw_lr_scheduler **out, tw_optimizer *optimizer, double start_factor,
                                         double end_factor, double total_iters);

/** Multiplies the rate by gamma every epoch, as ExponentialLR. */
TW_CALL tw_status tw_lr_scheduler_exponential(tw_lr_scheduler **out, tw_optimizer *optimizer, double gamma);

/**
 * Lets the rate fall to 0 in total_iters epochs, as PolynomialLR.
 *
 *     closed form: lr(epoch) = base_lr * (1 - min(epoch, total_iters) / total_iters)^power
 *
 * @param total_iters  not negative; PyTorch's default is 5. At 0 the rate stays, and there is no closed form:
 *                     TW_ERROR_RANGE.
 * @param power        not negative; PyTorch's default is 1.
 */
TW_CALL tw_status tw_lr_scheduler_polynomial(tw_lr_scheduler **out, tw_optimizer *optimizer, double total_iters,
                                             double power);

/**
 * Lets the rate fall along half a cosine to eta_min in t_max epochs, and rise again after, as CosineAnnealingLR.
 *
 *     closed form: lr(epoch) = eta_min + (base_lr - eta_min) * (1 + cos(pi * epoch / t_max)) / 2
 *
 * Source: Loshchilov & Hutter, SGDR, arXiv 1608.03983 (without its restarts).
 *
 * @param t_max    epochs of half a period, positive.
 * @param eta_min  the lowest rate; PyTorch's default is 0.
 */
TW_CALL tw_status tw_lr_scheduler_cosine_annealing(tw_lr_scheduler **out, tw_optimizer *optimizer, double t_max,
                                                   double eta_min);

/**
 * Lets the rate fall along half a cosine again and again, each time t_mult times as long, as
 * CosineAnnealingWarmRestarts. tw_lr_scheduler_step_at takes fractions of an epoch, and knows exactly which period an epoch
 * lies in; PyTorch's logarithm is rounded at a few (with t_0 5 and t_mult 3 at 605, which it takes for the end of a period).
 *
 * Source: Loshchilov & Hutter, SGDR, arXiv 1608.03983.
 *
 * @param t_0      epochs of the first fall, at least 1.
 * @param t_mult   at least 1; PyTorch's default is 1.
 * @param eta_min  the lowest rate; PyTorch's default is 0.
 */
TW_CALL tw_status tw_lr_scheduler_cosine_annealing_warm_restarts(tw_lr_scheduler **out, tw_optimizer *optimizer,
                                                                 int64_t t_0, int64_t t_mult, double eta_min);

/**
 * Lets the rate fall as one over the square root of the epoch, as Transformers are trained. Not in PyTorch.
 *
 *     lr(epoch) = base_lr * sqrt(timescale / (epoch + timescale))
 *
 * Source: Raffel et al., arXiv 1910.10683, section 3.1.2, with the first epoch's rate as base rate.
 *
 * @param timescale  at least 1: how many epochs until the fall shows.
 */
TW_CALL tw_status tw_lr_scheduler_inverse_sqrt(tw_lr_scheduler **out, tw_optimizer *optimizer, int64_t timescale);

/** The shape in which a rate decays; x goes from 0 to 1. */
typedef enum tw_lr_decay {
  TW_LR_DECAY_LINEAR = 0, /**< 1 - x */
  TW_LR_DECAY_COSINE = 1, /**< (1 + cos(pi x)) / 2 */
  TW_LR_DECAY_SQRT = 2,   /**< 1 - sqrt(x) */
  TW_LR_DECAY_UNKNOWN = -1,
  TW_LR_DECAY_MAX_ENUM = 0x7fffffff
} tw_lr_decay;

/**
 * Lets the rate rise, stay, and decay (WSD). Not in PyTorch.
 *
 *     factor(epoch) = (epoch + 1) / warmup_iters            in the first warmup_iters epochs
 *                     1                                     in the next stable_iters
 *                     end_factor + (1 - end_factor) shape   in the next decay_iters
 *                     end_factor                            after
 *
 * Source: Hu et al., MiniCPM, arXiv 2404.06395, section 4; the square root: Hagele et al., arXiv 2405.18392.
 *
 * @param warmup_iters  at least 0; 0 where a tw_warmup does it.
 * @param stable_iters  at least 0.
 * @param decay_iters   at least 1.
 * @param end_factor    in [0, 1].
 */
TW_CALL tw_status tw_lr_scheduler_warmup_stable_decay(tw_lr_scheduler **out, tw_optimizer *optimizer,
                                                      int64_t warmup_iters, int64_t stable_iters, int64_t decay_iters,
                                                      tw_lr_decay decay, double end_factor);

/* ---- schedules of the caller's own ------------------------------------------------------------------------------- */

/**
 * A number that the caller computes.
 *
 * @param out      to be set; finite. It comes as not a number, so that one left unset is refused.
 * @param epoch    the epoch, a fraction after tw_lr_scheduler_step_at with one; for cyclic see tw_cyclic_options.
 * @param group    the parameter group.
 * @param context  what was given to the constructor.
 * @return TW_OK, or the status that the step is to fail with; its message by tw_set_last_error
 */
typedef tw_status (*tw_lr_function)(double *out, double epoch, size_t group, void *context);

/**
 * Sets each group's rate to its base rate times the caller's number, as LambdaLR.
 *
 * @param lr_lambda  called once for each group at each step, and once within this call.
 * @param context    shares: passed to lr_lambda as it is.
 * @param release    lets context go; NULL where nothing needs to. It runs exactly once: when no scheduler needs it any
 *                   more, which may be long after this handle is freed (a schedule of schedules keeps it), on whatever
 *                   thread that is; also where this call fails.
 */
TW_CALL tw_status tw_lr_scheduler_lambda(tw_lr_scheduler **out, tw_optimizer *optimizer, tw_lr_function lr_lambda,
                                         void *context, void (*release)(void *context));

/** Multiplies each group's present rate by the caller's number, as MultiplicativeLR. It has no closed form. */
TW_CALL tw_status tw_lr_scheduler_multiplicative(tw_lr_scheduler **out, tw_optimizer *optimizer,
                                                 tw_lr_function lr_lambda, void *context,
                                                 void (*release)(void *context));

/* ---- schedules that cycle momentum as well ----------------------------------------------------------------------- */

/** How the height of a cycle changes. */
typedef enum tw_cyclic_mode {
  TW_CYCLIC_TRIANGULAR = 0,  /**< it stays */
  TW_CYCLIC_TRIANGULAR2 = 1, /**< it is halved after each cycle */
  TW_CYCLIC_EXP_RANGE = 2,   /**< it is gamma^epoch */
  TW_CYCLIC_CUSTOM = 3,      /**< it is scale_fn */
  TW_CYCLIC_MODE_UNKNOWN = -1,
  TW_CYCLIC_MODE_MAX_ENUM = 0x7fffffff
} tw_cyclic_mode;

/** What scale_fn is given. */
typedef enum tw_cyclic_scale_mode {
  TW_CYCLIC_SCALE_CYCLE = 0,      /**< the number of the cycle, from 1 */
  TW_CYCLIC_SCALE_ITERATIONS = 1, /**< the epoch */
  TW_CYCLIC_SCALE_MODE_UNKNOWN = -1,
  TW_CYCLIC_SCALE_MODE_MAX_ENUM = 0x7fffffff
} tw_cyclic_scale_mode;

/** What tw_lr_scheduler_cyclic may be told. Fill it in with tw_cyclic_options_init. */
typedef struct tw_cyclic_options {
  size_t struct_size;                   /**< set by tw_cyclic_options_init */
  int32_t kind;                         /**< TW_OPTIONS_CYCLIC, set by the same */
  int32_t cycle_momentum;               /**< 1: momentum, or the first beta, goes the other way; default 1 */
  double step_size_up;                  /**< epochs from base to max, positive; default 2000 */
  double step_size_down;                /**< epochs back, 0 for a sawtooth; default -1: as many as up */
  tw_cyclic_mode mode;                  /**< default TW_CYCLIC_TRIANGULAR */
  tw_cyclic_scale_mode scale_mode;      /**< for TW_CYCLIC_CUSTOM; default TW_CYCLIC_SCALE_CYCLE */
  double gamma;                         /**< for TW_CYCLIC_EXP_RANGE; default 1 */
  tw_lr_function scale_fn;              /**< for TW_CYCLIC_CUSTOM: its group is always 0 */
  void *scale_context;                  /**< shares: passed to scale_fn as it is */
  void (*scale_release)(void *context); /**< lets scale_context go, as tw_lr_scheduler_lambda's release; may be NULL */
  size_t momentum_count;                /**< 0: the defaults; 1: the same for every group; or the number of groups */
  const double *base_momentum;          /**< borrows: momentum_count numbers, as PyTorch any; default 0.8 */
  const double *max_momentum;           /**< borrows: as many; default 0.9 */
} tw_cyclic_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_cyclic_options) */
TW_CALL tw_status tw_cyclic_options_init(tw_cyclic_options *options, size_t struct_size);

/**
 * Lets the rates go up and down between two bounds, as CyclicLR. Source: Smith, arXiv 1506.01186.
 *
 * @param base_lrs  borrows: count lower bounds.
 * @param count     1 (the same for every group) or the number of groups.
 * @param max_lrs   borrows: count upper bounds.
 * @param options   borrows: NULL for PyTorch's defaults, which cycle momentum.
 * @retval TW_ERROR_ARGUMENT  a count fits neither; the message names both numbers
 * @retval TW_ERROR_NOT_FOUND  momentum is to be cycled, but the optimizer has neither momentum nor beta1
 */
TW_CALL tw_status tw_lr_scheduler_cyclic(tw_lr_scheduler **out, tw_optimizer *optimizer, const double *base_lrs,
                                         size_t count, const double *max_lrs, const tw_cyclic_options *options);

/** How one_cycle goes from one rate to the next. */
typedef enum tw_one_cycle_anneal {
  TW_ONE_CYCLE_ANNEAL_COS = 0,
  TW_ONE_CYCLE_ANNEAL_LINEAR = 1,
  TW_ONE_CYCLE_ANNEAL_UNKNOWN = -1,
  TW_ONE_CYCLE_ANNEAL_MAX_ENUM = 0x7fffffff
} tw_one_cycle_anneal;

/** What tw_lr_scheduler_one_cycle may be told. Fill it in with tw_one_cycle_options_init. */
typedef struct tw_one_cycle_options {
  size_t struct_size;                  /**< set by tw_one_cycle_options_init */
  int32_t kind;                        /**< TW_OPTIONS_ONE_CYCLE, set by the same */
  int32_t cycle_momentum;              /**< 1: momentum, or the first beta, goes the other way; default 1 */
  double pct_start;                    /**< the share of the steps in which the rate rises, in [0, 1]; default 0.3 */
  tw_one_cycle_anneal anneal_strategy; /**< default TW_ONE_CYCLE_ANNEAL_COS */
  int32_t three_phase;                 /**< 1: down to the first rate as fast as up, then to the last; default 0 */
  double div_factor;                   /**< the first rate is max_lr / div_factor; default 25 */
  double final_div_factor;             /**< the last rate is the first / final_div_factor; default 1e4 */
  size_t momentum_count;               /**< 0: the defaults; 1: the same for every group; or the number of groups */
  const double *base_momentum;         /**< borrows: momentum_count numbers, as PyTorch any; default 0.85 */
  const double *max_momentum;          /**< borrows: as many; default 0.95 */
} tw_one_cycle_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_one_cycle_options) */
TW_CALL tw_status tw_one_cycle_options_init(tw_one_cycle_options *options, size_t struct_size);

/**
 * Lets the rates rise once to max_lrs and then fall far below the first, as OneCycleLR. Its base rates are
 * max_lrs / div_factor, whatever the optimizer's rates were.
 *
 * The step to total_steps itself, one past the last rate, is PyTorch's: it goes on beyond the end of the cycle, where rates
 * may be negative and momentums above max_momentum. A pct_start that leaves a stretch of the cycle no length, such as 1 of
 * total_steps, has no rate at its end, where PyTorch divides by zero.
 *
 * Source: Smith & Topin, Super-Convergence, arXiv 1708.07120.
 *
 * @param max_lrs      borrows: count rates.
 * @param count        1 (the same for every group) or the number of groups.
 * @param total_steps  at least 1; a step past it is TW_ERROR_STATE.
 * @param options      borrows: NULL for PyTorch's defaults, which cycle momentum.
 * @retval TW_ERROR_ARGUMENT  a count fits neither; the message names both numbers
 * @retval TW_ERROR_NOT_FOUND  momentum is to be cycled, but the optimizer has neither momentum nor beta1
 * @retval TW_ERROR_RANGE      pct_start leaves the first stretch no length
 */
TW_CALL tw_status tw_lr_scheduler_one_cycle(tw_lr_scheduler **out, tw_optimizer *optimizer, const double *max_lrs,
                                            size_t count, int64_t total_steps, const tw_one_cycle_options *options);

/* ---- a schedule of a metric -------------------------------------------------------------------------------------- */

/** Whether a metric gets better by falling or by rising. */
typedef enum tw_plateau_mode {
  TW_PLATEAU_MIN = 0,
  TW_PLATEAU_MAX = 1,
  TW_PLATEAU_MODE_UNKNOWN = -1,
  TW_PLATEAU_MODE_MAX_ENUM = 0x7fffffff
} tw_plateau_mode;

/** Whether a threshold is a share of the best value or a distance from it. */
typedef enum tw_plateau_threshold_mode {
  TW_PLATEAU_THRESHOLD_REL = 0,
  TW_PLATEAU_THRESHOLD_ABS = 1,
  TW_PLATEAU_THRESHOLD_MODE_UNKNOWN = -1,
  TW_PLATEAU_THRESHOLD_MODE_MAX_ENUM = 0x7fffffff
} tw_plateau_threshold_mode;

/** What tw_lr_scheduler_reduce_on_plateau may be told. Fill it in with tw_reduce_on_plateau_options_init. */
typedef struct tw_reduce_on_plateau_options {
  size_t struct_size;                       /**< set by tw_reduce_on_plateau_options_init */
  int32_t kind;                             /**< TW_OPTIONS_REDUCE_ON_PLATEAU, set by the same */
  int32_t reserved;                         /**< 0 */
  tw_plateau_mode mode;                     /**< default TW_PLATEAU_MIN */
  tw_plateau_threshold_mode threshold_mode; /**< default TW_PLATEAU_THRESHOLD_REL */
  double factor;                            /**< what the rate is multiplied by, in [0, 1); default 0.1 */
  int64_t patience;     /**< epochs without a better metric that are let pass, at least 0; default 10 */
  double threshold;     /**< by how much a metric must be better to count, at least 0; default 1e-4 */
  int64_t cooldown;     /**< epochs after a fall in which none counts as bad, at least 0; default 0 */
  size_t min_lr_count;  /**< 0: no bound; 1: the same for every group; or the number of groups */
  const double *min_lr; /**< borrows: min_lr_count rates that are not fallen below; default 0 */
  double eps;           /**< a smaller fall than this is left out, at least 0; default 1e-8 */
} tw_reduce_on_plateau_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_reduce_on_plateau_options) */
TW_CALL tw_status tw_reduce_on_plateau_options_init(tw_reduce_on_plateau_options *options, size_t struct_size);

/**
 * Lets the rate fall when a metric has stopped getting better, as ReduceLROnPlateau. It is stepped with
 * tw_lr_scheduler_step_metric and in no other way.
 *
 * @param options  borrows: NULL for PyTorch's defaults.
 */
TW_CALL tw_status tw_lr_scheduler_reduce_on_plateau(tw_lr_scheduler **out, tw_optimizer *optimizer,
                                                    const tw_reduce_on_plateau_options *options);

/* ---- schedules of schedules -------------------------------------------------------------------------------------- */

/**
 * Runs one schedule after another, as SequentialLR: at each milestone the next one starts, from its epoch 0.
 *
 * The optimizer's rates start anew from the initial ones, and the initial steps of all schedulers but the first are
 * taken back, as PyTorch does.
 *
 * A sequential or chained one among them runs as it would by itself: alone in a sequential one it is unchanged. One that
 * comes later starts at its milestone with the schedule that it would start with, in the closed form where that has one; of
 * a chained one the others follow on the rates of the one before.
 *
 * @param schedulers       shares: count schedulers of this optimizer; go on stepping this one alone.
 * @param count            at least 1.
 * @param milestones       borrows: milestone_count epochs, ascending, none negative.
 * @param milestone_count  count - 1; another number is TW_ERROR_ARGUMENT and named.
 * @retval TW_ERROR_ARGUMENT  a scheduler is NULL, or belongs to another optimizer
 * @retval TW_ERROR_TYPE      a scheduler needs a metric
 */
TW_CALL tw_status tw_lr_scheduler_sequential(tw_lr_scheduler **out, tw_optimizer *optimizer,
                                             tw_lr_scheduler *const *schedulers, size_t count,
                                             const int64_t *milestones, size_t milestone_count);

/**
 * Steps several schedules at once, each on the rates of the one before, as ChainedScheduler.
 *
 * @param schedulers  shares: count schedulers of this optimizer; go on stepping this one alone.
 * @param count       at least 1.
 * @retval TW_ERROR_ARGUMENT  a scheduler is NULL, or belongs to another optimizer
 * @retval TW_ERROR_TYPE      a scheduler needs a metric
 */
TW_CALL tw_status tw_lr_scheduler_chained(tw_lr_scheduler **out, tw_optimizer *optimizer,
                                          tw_lr_scheduler *const *schedulers, size_t count);

#ifdef __cplusplus
}
#endif

#endif

/* ==================== include/torch_warmup/warmup.h ==================== */

/**
 * @file warmup.h
 * Learning-rate warmup: each group's scheduled rate is multiplied by a factor that grows to 1, as in pytorch_warmup.
 *
 * Every step of a run:
 *
 *     tw_optimizer_step(optimizer);               uses the dampened rates
 *     tw_warmup_step(warmup, &scheduler, 1);      undampen, step the schedulers, dampen for the next step
 *
 * A warmup records the rates of the optimizer's groups when it is made and dampens them for step 0 at once, so make it
 * after the LR schedulers. It counts steps from 0; last_step is the step that the present rates are for.
 *
 * What it refuses, rather than go on with rates that nobody meant (TW_ERROR_STATE, nothing changed):
 *   - an optimizer that has gained a parameter group since the warmup was made,
 *   - a rate that somebody else changed since the last dampening (set it between tw_warmup_dampening_begin and _end),
 *   - a second warmup for an optimizer, while the first is neither detached nor freed,
 *   - a warmup or an LR scheduler made on rates that a freed warmup left dampened (detach it before, or set the rates),
 *   - tw_warmup_dampening_begin twice, or tw_warmup_dampening_end without it.
 *
 * A step that the optimizer skipped, for example because a gradient was not finite, need not count: leave
 * tw_warmup_step out as well.
 */
#ifndef TORCH_WARMUP_WARMUP_H
#define TORCH_WARMUP_WARMUP_H


#ifdef __cplusplus
extern "C" {
#endif

/** A handle to a warmup. */
typedef struct tw_warmup tw_warmup;

/* ---- creation ---------------------------------------------------------------------------------------------------- */

/**
 * Creates a linear warmup.
 *
 *     factor(step) = min(1, (step + 1) / period)
 *
 * Records every group's rate and dampens it for step 0, so create it after the LR schedulers.
 *
 * @param out        creates the warmup; NULL on failure. Free it with tw_warmup_free.
 * @param optimizer  shares: of any kind.
 * @param periods    borrows: count periods in steps, each at least 1.
 * @param count      1 (the same period for every group) or the number of groups.
 * @retval TW_ERROR_ARGUMENT  count is neither; the message names both numbers
 * @retval TW_ERROR_RANGE     a period is below 1
 */
TW_CALL tw_status tw_warmup_linear(tw_warmup **out, tw_optimizer *optimizer, const int64_t *periods, size_t count);

/**
 * Creates an exponential warmup; otherwise as tw_warmup_linear.
 *
 *     factor(step) = 1 - exp(-(step + 1) / period)
 */
TW_CALL tw_status tw_warmup_exponential(tw_warmup **out, tw_optimizer *optimizer, const int64_t *periods, size_t count);

/**
 * Creates a linear warmup whose period comes from each group's beta2.
 *
 *     factor(step) = min(1, (step + 1) / period),   period = trunc(2 / (1 - beta2))
 *
 * The period is truncated as in pytorch_warmup: 1999 for beta2 = 0.999.
 * Source: Ma & Yarats, arXiv 1910.04209, section 5.
 *
 * Records every group's rate and dampens it for step 0, so create it after the LR schedulers.
 *
 * @param out        creates the warmup; NULL on failure. Free it with tw_warmup_free.
 * @param optimizer  shares: any that has a beta2; with beta2s, any at all.
 * @param beta2s     borrows: count numbers in [0, 1); NULL, with count 0, for the groups' own.
 * @param count      0, 1 (the same for every group) or the number of groups.
 * @retval TW_ERROR_NOT_FOUND  the optimizer has no beta2, and none is given
 * @retval TW_ERROR_ARGUMENT   count is none of these; the message names both numbers
 * @retval TW_ERROR_RANGE      a beta2 is outside [0, 1)
 */
TW_CALL tw_status tw_warmup_untuned_linear(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s,
                                           size_t count);

/**
 * Creates an exponential warmup whose period comes from each group's beta2; otherwise as tw_warmup_untuned_linear.
 *
 *     factor(step) = 1 - exp(-(step + 1) / period),   period = trunc(1 / (1 - beta2))
 *
 * The period is truncated as in pytorch_warmup: 999 for beta2 = 0.999.
 */
TW_CALL tw_status tw_warmup_untuned_exponential(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s,
                                                size_t count);

/**
 * Creates a warmup by the variance rectification of RAdam, from each group's beta2; otherwise as
 * tw_warmup_untuned_linear.
 *
 *     factor(step) = sqrt(((rho - 4) (rho - 2) rho_inf) / ((rho_inf - 4) (rho_inf - 2) rho))
 *     rho_inf = 2 / (1 - beta2) - 1,   rho = rho_inf - 2 t beta2^t / (1 - beta2^t)   at t = step + offset
 *
 * where offset is the smallest t >= 1 with rho > 4, so that the first factor exists.
 * Source: Liu et al., arXiv 1908.03265; Ma & Yarats, arXiv 1910.04209.
 *
 * @param beta2s  borrows: count numbers in (0.6, 1), where the factor is defined; NULL, with count 0, for the groups' own.
 * @retval TW_ERROR_RANGE  a beta2 is not inside (0.6, 1)
 */
TW_CALL tw_status tw_warmup_radam(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s, size_t count);

/**
 * Gives the factor of a warmup of the caller's own.
 *
 * @param out      to be set: finite and not negative. It comes as not a number, so that one left unset is refused.
 * @param step     counted from 0.
 * @param group    counted from 0.
 * @param context  what was given to tw_warmup_custom.
 * @return TW_OK, or the status that the call which asked is to fail with; its message by tw_set_last_error
 */
typedef tw_status (*tw_warmup_factor_function)(double *out, int64_t step, size_t group, void *context);

/**
 * Creates a warmup whose factors the caller computes.
 *
 * Records every group's rate and dampens it for step 0, so factor is called before this returns.
 *
 * @param out        creates the warmup; NULL on failure.
 * @param optimizer  shares: of any kind.
 * @param factor     called once for each group at each dampening, and where tw_warmup_get_factor or a preview asks, from
 *                   within a running call of it too.
 * @param context    shares: passed to factor as it is.
 * @param release    lets context go; NULL where nothing needs to. It runs exactly once: when the warmup is freed, on
 *                   whatever thread that is; also where this call fails.
 * @retval TW_ERROR_RANGE     factor gave a number that is not finite, or a negative one
 * @retval TW_ERROR_CALLBACK  factor returned a number that is no tw_status
 */
TW_CALL tw_status tw_warmup_custom(tw_warmup **out, tw_optimizer *optimizer, tw_warmup_factor_function factor,
                                   void *context, void (*release)(void *context));

/* ---- steps ------------------------------------------------------------------------------------------------------- */

/**
 * Undampens, steps each scheduler in order (recursive form), and dampens for the next step.
 *
 * Where something fails, nothing has changed: the optimizer has its dampened rates, and the schedulers and the warmup
 * stand where they stood.
 *
 * @param schedulers  borrows: count schedulers of the same optimizer; NULL where count is 0.
 * @param count       0 for a run without a schedule.
 * @retval TW_ERROR_ARGUMENT  a scheduler is NULL or belongs to another optimizer
 * @retval TW_ERROR_STATE     see the top of this file
 */
TW_CALL tw_status tw_warmup_step(tw_warmup *warmup, tw_lr_scheduler *const *schedulers, size_t count);

/**
 * Puts the undampened rates back into the optimizer, for the LR schedulers to step on.
 *
 * @retval TW_ERROR_STATE  it has begun already, or see the top of this file
 */
TW_CALL tw_status tw_warmup_dampening_begin(tw_warmup *warmup);

/**
 * Records the optimizer's rates as the undampened ones and dampens them for the next step.
 *
 * @retval TW_ERROR_STATE  tw_warmup_dampening_begin has not been called
 */
TW_CALL tw_status tw_warmup_dampening_end(tw_warmup *warmup);

/**
 * Puts the dampened rates back as they were before tw_warmup_dampening_begin, for when what was to happen in between has
 * failed; the step stays the same. A scheduler that did step in between has moved on all the same.
 *
 * @retval TW_ERROR_STATE  tw_warmup_dampening_begin has not been called
 */
TW_CALL tw_status tw_warmup_dampening_cancel(tw_warmup *warmup);

/**
 * Multiplies the optimizer's present rates by the factor of the next step, for a loop in which every step sets the
 * rates anew in closed form (tw_lr_scheduler_step_at) and then dampens them.
 *
 * As in pytorch_warmup, rates that nothing has set anew since the last dampening are dampened again. The rates that
 * tw_warmup_dampening_begin puts back become the present ones.
 *
 * @retval TW_ERROR_STATE  between tw_warmup_dampening_begin and _end, or the number of groups has changed
 */
TW_CALL tw_status tw_warmup_dampen(tw_warmup *warmup);

/** As tw_warmup_dampen, for a given step. @param step  from 0 to 2^53; tw_warmup_dampen goes on from it. */
TW_CALL tw_status tw_warmup_dampen_at(tw_warmup *warmup, int64_t step);

/* ---- the counter and the factors --------------------------------------------------------------------------------- */

/** The step that the present rates are for; 0 after creation. */
TW_CALL tw_status tw_warmup_get_last_step(int64_t *out, const tw_warmup *warmup);

/**
 * Sets the step counter; the rates stay as they are. -1 makes the next tw_warmup_dampen dampen for step 0.
 *
 * @param step  from -1 to 2^53.
 */
TW_CALL tw_status tw_warmup_set_last_step(tw_warmup *warmup, int64_t step);

/**
 * The factor of any step.
 *
 * @param step   at least 0.
 * @param group  below the number of groups that the warmup was made for.
 */
TW_CALL tw_status tw_warmup_get_factor(double *out, const tw_warmup *warmup, int64_t step, size_t group);

/** The number of groups that the warmup was made for. */
TW_CALL tw_status tw_warmup_get_group_count(size_t *out, const tw_warmup *warmup);

/* ---- preview and state ------------------------------------------------------------------------------------------- */

/**
 * The rates of the next steps, without a change to the optimizer, the schedulers or the warmup.
 *
 * @param out         borrows: room for capacity rates. Row i holds the rates of the groups after i calls of
 *                    tw_warmup_step with these schedulers, row 0 the present ones.
 * @param needed      steps times the number of groups; may be NULL.
 * @param schedulers  borrows: count schedulers of the same optimizer; NULL where count is 0.
 * @param steps       how many rows.
 * @retval TW_ERROR_STATE  a scheduler needs a metric, or ends within these steps; between tw_warmup_dampening_begin and
 *                         _end; from within a callback; or see the top of this file
 */
TW_CALL tw_status tw_warmup_preview(double *out, size_t capacity, size_t *needed, tw_warmup *warmup,
                                    tw_lr_scheduler *const *schedulers, size_t count, size_t steps);

/**
 * The undampened rates that the warmup has recorded, one a group.
 *
 * @param out     borrows: room for capacity rates; untouched where that is too few.
 * @param needed  the number of groups; may be NULL.
 */
TW_CALL tw_status tw_warmup_get_undampened_lrs(double *out, size_t capacity, size_t *needed, const tw_warmup *warmup);

/**
 * The warmup's whole state, for a caller who keeps files of its own: what tw_warmup_get_last_step and
 * tw_warmup_get_undampened_lrs give.
 *
 * @param step  the step; may be NULL.
 * @param lrs   borrows: room for capacity rates, as in tw_warmup_get_undampened_lrs.
 */
TW_CALL tw_status tw_warmup_get_state(int64_t *step, double *lrs, size_t capacity, size_t *needed,
                                      const tw_warmup *warmup);

/**
 * Puts back a state: the step, and the undampened rates. Sets the optimizer's rates at once, dampened for that step.
 *
 * @param step   what tw_warmup_get_last_step gave, at least 0.
 * @param lrs    borrows: count rates, what tw_warmup_get_undampened_lrs gave.
 * @param count  the number of groups; another number is TW_ERROR_ARGUMENT.
 */
TW_CALL tw_status tw_warmup_set_state(tw_warmup *warmup, int64_t step, const double *lrs, size_t count);

/**
 * Undoes the warmup: puts the undampened rates back into the optimizer and unbinds it, so that another may be made. A rate
 * that somebody else changed since the last dampening, and that of a group added later, stays. Any later call but
 * the getters and tw_warmup_free is TW_ERROR_STATE.
 *
 * @retval TW_ERROR_STATE  it is detached already
 */
TW_CALL tw_status tw_warmup_detach(tw_warmup *warmup);

/**
 * Frees the handle. The optimizer keeps the rates as they are, dampened: call tw_warmup_detach before, where the run goes
 * on without a warmup. NULL is allowed and does nothing.
 */
TW_API void tw_warmup_free(tw_warmup *warmup);

#ifdef __cplusplus
}
#endif

#endif
