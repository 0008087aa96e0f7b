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

#include "base.h"

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
