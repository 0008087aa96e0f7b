/**
 * @file torch_warmup.h
 * torch_warmup: train networks with LibTorch from C, with learning-rate warmup and PyTorch's schedules.
 *
 * Status    Every call that can fail returns a tw_status; TW_OK is 0. tw_last_error() says what was wrong, with the
 *           values. A call that fails has changed nothing, and its outputs are NULL or 0. The exceptions say so where
 *           they are declared: a forward pass, an operator that writes into its arguments, a backward pass, an
 *           optimizer's step or a module's registration that runs out of memory, a module's restore from a disk that
 *           fails.
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
 *           Any other object by one thread at a time, an object being what all handles to it stand for. The last error
 *           and the gradient mode belong to the thread: where tasks or goroutines move between threads, hold the thread
 *           from the call to tw_last_error, and from tw_set_grad_enabled to what it is for. Join all other threads
 *           before main returns or exit is called: then LibTorch takes down what they compute with, and one that is
 *           still in a call aborts the process, as in C++. In a language whose garbage collector waits for all
 *           threads, take a lock of that language's around the calls on an optimizer with callbacks: a thread that
 *           waits inside of C cannot stop for a collection that a callback of the running call may need.
 *
 * A training step, each call within TRY of a macro such as the examples have:
 *
 *     TRY(tw_optimizer_adamw(&optimizer, parameters, parameter_count, NULL));
 *     TRY(tw_lr_scheduler_cosine_annealing(&scheduler, optimizer, steps, 1e-5));
 *     TRY(tw_warmup_untuned_linear(&warmup, optimizer, NULL, 0));          after the scheduler
 *     for (int64_t step = 0; step < steps; ++step) {
 *       TRY(tw_optimizer_zero_grad(optimizer));
 *       TRY(tw_module_forward(&output, network, &input, 1));
 *       TRY(tw_op_cross_entropy(&loss, output, target, NULL));
 *       TRY(tw_tensor_backward(loss, NULL, 0));
 *       TRY(tw_optimizer_step(optimizer));
 *       TRY(tw_warmup_step(warmup, &scheduler, 1));
 *       tw_tensor_free(output); tw_tensor_free(loss);
 *     }
 */
#ifndef TORCH_WARMUP_H
#define TORCH_WARMUP_H

#include "torch_warmup/argument.h"
#include "torch_warmup/base.h"
#include "torch_warmup/checkpoint.h"
#include "torch_warmup/dlpack.h"
#include "torch_warmup/functional.h"
#include "torch_warmup/handle.h"
#include "torch_warmup/kind.h"
#include "torch_warmup/layers.h"
#include "torch_warmup/layers_activation.h"
#include "torch_warmup/layers_convolution.h"
#include "torch_warmup/layers_recurrent.h"
#include "torch_warmup/layers_transformer.h"
#include "torch_warmup/losses.h"
#include "torch_warmup/lr_scheduler.h"
#include "torch_warmup/lr_schedules.h"
#include "torch_warmup/memory_format.h"
#include "torch_warmup/module.h"
#include "torch_warmup/op.h"
#include "torch_warmup/optimizer.h"
#include "torch_warmup/options.h"
#include "torch_warmup/random.h"
#include "torch_warmup/runtime.h"
#include "torch_warmup/safetensors.h"
#include "torch_warmup/tensor.h"
#include "torch_warmup/tensor_list.h"
#include "torch_warmup/torch_optimizer.h"
#include "torch_warmup/torchscript.h"
#include "torch_warmup/value.h"
#include "torch_warmup/warmup.h"

#endif
