/**
 * @file losses.h
 * Losses: how far a network's output is from its target, as one number or one an element.
 *
 * Each creates its result in out (NULL on failure; free it with tw_tensor_free), borrows its inputs, and takes options, of
 * which NULL stands for PyTorch's defaults. Gradients flow to input. Shapes that do not fit are TW_ERROR_TORCH, with
 * LibTorch's message. A reduction that is none of those below is TW_ERROR_ARGUMENT.
 *
 *     tw_cross_entropy_options options;
 *     tw_cross_entropy_options_init(&options, sizeof options);
 *     options.label_smoothing = 0.1;
 *     tw_op_cross_entropy(&loss, output, target, &options);
 */
#ifndef TORCH_WARMUP_LOSSES_H
#define TORCH_WARMUP_LOSSES_H

#include "options.h"
#include "tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How a loss over many elements becomes its result. The numbers are fixed for ever. */
typedef enum tw_reduction {
  TW_REDUCTION_NONE = 0, /**< one value an element */
  TW_REDUCTION_MEAN = 1, /**< their mean: PyTorch's default */
  TW_REDUCTION_SUM = 2,  /**< their sum */
  TW_REDUCTION_UNKNOWN = -1,
  TW_REDUCTION_MAX_ENUM = 0x7fffffff
} tw_reduction;

/* ---- of classes -------------------------------------------------------------------------------------------------- */

/** What tw_op_cross_entropy may be told. Fill it in with tw_cross_entropy_options_init. */
typedef struct tw_cross_entropy_options {
  size_t struct_size;      /**< set by tw_cross_entropy_options_init */
  int32_t kind;            /**< set by tw_cross_entropy_options_init */
  tw_reduction reduction;  /**< default TW_REDUCTION_MEAN: over the targets' weights, without those ignored */
  const tw_tensor *weight; /**< borrows: [classes], what each class counts; default NULL, 1 for each */
  int64_t ignore_index;    /**< targets of this class count nothing; default -100 */
  double label_smoothing;  /**< from 0 to 1: the share of a target spread over all classes; default 0 */
} tw_cross_entropy_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_cross_entropy_options) */
TW_CALL tw_status tw_cross_entropy_options_init(tw_cross_entropy_options *options, size_t struct_size);

/**
 * The cross entropy of the softmax of logits, as torch.nn.functional.cross_entropy:
 *
 *     loss = -weight[target] log(exp(input[target]) / sum of exp(input))
 *
 * @param input    [batch, classes] or [batch, classes, ...], any real numbers (logits)
 * @param target   input's sizes without classes, int64 from 0 to classes - 1; or input's sizes, probabilities of its dtype
 * @param options  borrows: NULL for PyTorch's defaults
 * @retval TW_ERROR_RANGE  label_smoothing lies outside [0, 1]
 */
TW_CALL tw_status tw_op_cross_entropy(tw_tensor **out, const tw_tensor *input, const tw_tensor *target,
                                      const tw_cross_entropy_options *options);

/** What tw_op_nll_loss may be told. Fill it in with tw_nll_loss_options_init. */
typedef struct tw_nll_loss_options {
  size_t struct_size;      /**< set by tw_nll_loss_options_init */
  int32_t kind;            /**< set by tw_nll_loss_options_init */
  tw_reduction reduction;  /**< default TW_REDUCTION_MEAN: over the targets' weights, without those ignored */
  const tw_tensor *weight; /**< borrows: [classes], what each class counts; default NULL, 1 for each */
  int64_t ignore_index;    /**< targets of this class count nothing; default -100 */
} tw_nll_loss_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_nll_loss_options) */
TW_CALL tw_status tw_nll_loss_options_init(tw_nll_loss_options *options, size_t struct_size);

/**
 * The negative log likelihood, as torch.nn.functional.nll_loss: -weight[target] input[target].
 *
 * @param input    [batch, classes] or [batch, classes, ...], logarithms of probabilities, such as tw_op_log_softmax gives
 * @param target   input's sizes without classes, int64 from 0 to classes - 1
 * @param options  borrows: NULL for PyTorch's defaults
 */
TW_CALL tw_status tw_op_nll_loss(tw_tensor **out, const tw_tensor *input, const tw_tensor *target,
                                 const tw_nll_loss_options *options);

/** What tw_op_binary_cross_entropy_with_logits may be told. Fill it in with its init function. */
typedef struct tw_binary_cross_entropy_with_logits_options {
  size_t struct_size;          /**< set by tw_binary_cross_entropy_with_logits_options_init */
  int32_t kind;                /**< set by tw_binary_cross_entropy_with_logits_options_init */
  tw_reduction reduction;      /**< default TW_REDUCTION_MEAN */
  const tw_tensor *weight;     /**< borrows: what each element counts, broadcast to input; default NULL, 1 for each */
  const tw_tensor *pos_weight; /**< borrows: what positive targets count, broadcast to input; default NULL, 1 */
} tw_binary_cross_entropy_with_logits_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_binary_cross_entropy_with_logits_options) */
TW_CALL tw_status tw_binary_cross_entropy_with_logits_options_init(tw_binary_cross_entropy_with_logits_options *options,
                                                                   size_t struct_size);

/**
 * The cross entropy of yes-or-no questions, as torch.nn.functional.binary_cross_entropy_with_logits, with s(x) the sigmoid:
 *
 *     loss = -weight (pos_weight target log s(input) + (1 - target) log(1 - s(input)))
 *
 * @param input    any real numbers (logits)
 * @param target   of input's sizes and dtype, from 0 to 1
 * @param options  borrows: NULL for PyTorch's defaults
 */
TW_CALL tw_status tw_op_binary_cross_entropy_with_logits(tw_tensor **out, const tw_tensor *input,
                                                         const tw_tensor *target,
                                                         const tw_binary_cross_entropy_with_logits_options *options);

/* ---- of numbers -------------------------------------------------------------------------------------------------- */

/** What tw_op_mse_loss may be told. Fill it in with tw_mse_loss_options_init. */
typedef struct tw_mse_loss_options {
  size_t struct_size;      /**< set by tw_mse_loss_options_init */
  int32_t kind;            /**< set by tw_mse_loss_options_init */
  tw_reduction reduction;  /**< default TW_REDUCTION_MEAN: with weights, the weighted mean */
  const tw_tensor *weight; /**< borrows: of input's sizes, what each element counts; default NULL, 1 for each */
} tw_mse_loss_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_mse_loss_options) */
TW_CALL tw_status tw_mse_loss_options_init(tw_mse_loss_options *options, size_t struct_size);

/**
 * The squared difference, as torch.nn.functional.mse_loss: weight (input - target)^2.
 *
 * @param input    any sizes
 * @param target   of input's sizes
 * @param options  borrows: NULL for PyTorch's defaults
 */
TW_CALL tw_status tw_op_mse_loss(tw_tensor **out, const tw_tensor *input, const tw_tensor *target,
                                 const tw_mse_loss_options *options);

#ifdef __cplusplus
}
#endif

#endif
