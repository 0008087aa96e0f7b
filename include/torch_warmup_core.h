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
#ifndef TORCH_WARMUP_CORE_H
#define TORCH_WARMUP_CORE_H

#include "torch_warmup/base.h"
#include "torch_warmup/handle.h"
#include "torch_warmup/lr_scheduler.h"
#include "torch_warmup/lr_schedules.h"
#include "torch_warmup/optimizer.h"
#include "torch_warmup/options.h"
#include "torch_warmup/warmup.h"

#endif
