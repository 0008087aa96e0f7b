/**
 * @file torch_warmup.hpp
 * torch_warmup for C++ users of LibTorch: warmups and all of PyTorch's schedules on your torch::optim optimizer, and
 * checkpoints that Python reads.
 *
 *     torch::optim::AdamW optimizer(network->parameters(), torch::optim::AdamWOptions(1e-3));
 *     tw::CosineAnnealingLR scheduler(optimizer, steps);
 *     tw::UntunedLinearWarmup warmup(optimizer);                      after the scheduler
 *     ...
 *     optimizer.step();
 *     warmup.step(scheduler);
 *
 * Everything of torch_warmup_core.hpp, whose guide holds here too, and torch::optim's optimizers, torch::Tensor and
 * torch::nn::Module as arguments. Link torch_warmup::torch_warmup and the same LibTorch that it was built with: see
 * torch_warmup/cpp/torch_optimizer.hpp for what is checked of that.
 */
#ifndef TORCH_WARMUP_HPP
#define TORCH_WARMUP_HPP

#include "torch_warmup.h"
#include "torch_warmup/cpp/checkpoint.hpp"
#include "torch_warmup/cpp/tensor.hpp"
#include "torch_warmup/cpp/torch_optimizer.hpp"
#include "torch_warmup_core.hpp"

#endif
