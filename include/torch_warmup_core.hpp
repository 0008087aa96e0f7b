/**
 * @file torch_warmup_core.hpp
 * torch_warmup_core.h for C++17: learning-rate warmup and PyTorch's schedules for any optimizer, without LibTorch. Link
 * torch_warmup::core. With LibTorch include torch_warmup.hpp, which has this and more.
 *
 *     tw::Optimizer rates = tw::Optimizer::rates({1e-3});             or a class of yours: tw::OptimizerInterface
 *     tw::CosineAnnealingLR scheduler(rates, steps);
 *     tw::LinearWarmup warmup(rates, 2000);                           after the scheduler
 *     for (int64_t step = 0; step < steps; ++step) {
 *       train(rates.get_lr());
 *       warmup.step(scheduler);
 *     }
 *
 * Failures   are tw::Error, with status() and the C API's sentence. A call that fails has changed nothing.
 * Ownership  Objects own their handles and may be moved; they are destroyed in any order. A tw::Optimizer stands for an
 *            optimizer that is yours, and says how long that must live.
 * Callbacks  are any callables, and may throw: the exception comes back from your own call, the same object. It never
 *            passes through C.
 * Threads    As in torch_warmup_core.h: an optimizer and what is bound to it may be used from any thread.
 * C          Every object has a handle() for whatever of the C API has no form of its own here.
 *
 * Header-only; what is compiled of it lies in your program, under names that hold the version.
 */
#ifndef TORCH_WARMUP_CORE_HPP
#define TORCH_WARMUP_CORE_HPP

#include "torch_warmup/cpp/arguments.hpp"
#include "torch_warmup/cpp/error.hpp"
#include "torch_warmup/cpp/lr_scheduler.hpp"
#include "torch_warmup/cpp/lr_schedules.hpp"
#include "torch_warmup/cpp/optimizer.hpp"
#include "torch_warmup/cpp/warmup.hpp"
#include "torch_warmup_core.h"

#endif
