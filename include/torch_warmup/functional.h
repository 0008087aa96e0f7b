/**
 * @file functional.h
 * The operators that training loops use on every line, as typed functions; what is not here, tw_op_call reaches.
 *
 * Each creates its result in out (NULL on failure; free it with tw_tensor_free) and borrows its inputs. Gradients flow
 * as in PyTorch. Shapes that do not fit are TW_ERROR_TORCH, with LibTorch's message.
 */
#ifndef TORCH_WARMUP_FUNCTIONAL_H
#define TORCH_WARMUP_FUNCTIONAL_H

#include "tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How a loss over many elements becomes its result. */
typedef enum tw_reduction {
  TW_REDUCTION_NONE = 0, /**< one value an element */
  TW_REDUCTION_MEAN = 1, /**< their mean: PyTorch's default */
  TW_REDUCTION_SUM = 2,  /**< their sum */
  TW_REDUCTION_UNKNOWN = -1,
  TW_REDUCTION_MAX_ENUM = 0x7fffffff
} tw_reduction;

/* ---- arithmetic, element by element, with broadcasting ----------------------------------------------------------- */

/** a + b. */
TW_CALL tw_status tw_op_add(tw_tensor **out, const tw_tensor *a, const tw_tensor *b);
/** a - b. */
TW_CALL tw_status tw_op_sub(tw_tensor **out, const tw_tensor *a, const tw_tensor *b);
/** a * b. */
TW_CALL tw_status tw_op_mul(tw_tensor **out, const tw_tensor *a, const tw_tensor *b);
/** a / b. */
TW_CALL tw_status tw_op_div(tw_tensor **out, const tw_tensor *a, const tw_tensor *b);
/** a + value. */
TW_CALL tw_status tw_op_add_scalar(tw_tensor **out, const tw_tensor *a, double value);
/** a * value. */
TW_CALL tw_status tw_op_mul_scalar(tw_tensor **out, const tw_tensor *a, double value);
/** a to the power of exponent. */
TW_CALL tw_status tw_op_pow_scalar(tw_tensor **out, const tw_tensor *a, double exponent);
/** -a. */
TW_CALL tw_status tw_op_neg(tw_tensor **out, const tw_tensor *a);
/** e to the power of a. */
TW_CALL tw_status tw_op_exp(tw_tensor **out, const tw_tensor *a);
/** The natural logarithm of a. */
TW_CALL tw_status tw_op_log(tw_tensor **out, const tw_tensor *a);
/** The square root of a. */
TW_CALL tw_status tw_op_sqrt(tw_tensor **out, const tw_tensor *a);

/** a == b, a tensor of bool. */
TW_CALL tw_status tw_op_eq(tw_tensor **out, const tw_tensor *a, const tw_tensor *b);

/* ---- products ---------------------------------------------------------------------------------------------------- */

/** The matrix product, batched and broadcast as torch.matmul: [..., n, k] x [..., k, m] -> [..., n, m]. */
TW_CALL tw_status tw_op_matmul(tw_tensor **out, const tw_tensor *a, const tw_tensor *b);

/**
 * input weight^T + bias.
 *
 * @param input   [..., in_features]
 * @param weight  [out_features, in_features]
 * @param bias    [out_features], or NULL for none
 */
TW_CALL tw_status tw_op_linear(tw_tensor **out, const tw_tensor *input, const tw_tensor *weight, const tw_tensor *bias);

/**
 * The convolution (cross-correlation) over two dimensions, as torch.nn.functional.conv2d.
 *
 * @param input     [batch, in_channels, height, width], or without the batch
 * @param weight    [out_channels, in_channels / groups, kernel height, kernel width]
 * @param bias      [out_channels], or NULL for none
 * @param stride    two numbers, rows then columns; NULL for 1, 1
 * @param padding   two numbers; NULL for 0, 0
 * @param dilation  two numbers; NULL for 1, 1
 * @param groups    1 for an ordinary convolution
 */
TW_CALL tw_status tw_op_conv2d(tw_tensor **out, const tw_tensor *input, const tw_tensor *weight, const tw_tensor *bias,
                               const int64_t stride[2], const int64_t padding[2], const int64_t dilation[2],
                               int64_t groups);

/* ---- activations ------------------------------------------------------------------------------------------------- */

/** max(0, input). */
TW_CALL tw_status tw_op_relu(tw_tensor **out, const tw_tensor *input);
/** The Gaussian error linear unit, in its exact form. */
TW_CALL tw_status tw_op_gelu(tw_tensor **out, const tw_tensor *input);
/** 1 / (1 + exp(-input)). */
TW_CALL tw_status tw_op_sigmoid(tw_tensor **out, const tw_tensor *input);
/** The hyperbolic tangent. */
TW_CALL tw_status tw_op_tanh(tw_tensor **out, const tw_tensor *input);
/** exp(input) over its sum along dim; dim may be negative, counted from the end. */
TW_CALL tw_status tw_op_softmax(tw_tensor **out, const tw_tensor *input, int64_t dim);
/** The logarithm of tw_op_softmax, in one stable step. */
TW_CALL tw_status tw_op_log_softmax(tw_tensor **out, const tw_tensor *input, int64_t dim);

/* ---- pooling and dropout ----------------------------------------------------------------------------------------- */

/**
 * The largest value in each window, as torch.nn.functional.max_pool2d.
 *
 * @param input        [batch, channels, height, width], or without the batch
 * @param kernel_size  two numbers, rows then columns
 * @param stride       two numbers; NULL for kernel_size
 * @param padding      two numbers; NULL for 0, 0
 */
TW_CALL tw_status tw_op_max_pool2d(tw_tensor **out, const tw_tensor *input, const int64_t kernel_size[2],
                                   const int64_t stride[2], const int64_t padding[2]);

/**
 * While training, sets each element to 0 with probability p and scales the rest by 1 / (1 - p).
 *
 * @param p         from 0 to 1; another number is TW_ERROR_RANGE.
 * @param training  0: returns another handle to input
 */
TW_CALL tw_status tw_op_dropout(tw_tensor **out, const tw_tensor *input, double p, int32_t training);

/* ---- losses ------------------------------------------------------------------------------------------------------ */

/**
 * The negative log likelihood.
 *
 * @param input   [batch, classes], logarithms of probabilities
 * @param target  [batch], int64 from 0 to classes - 1
 */
TW_CALL tw_status tw_op_nll_loss(tw_tensor **out, const tw_tensor *input, const tw_tensor *target,
                                 tw_reduction reduction);

/** tw_op_nll_loss of tw_op_log_softmax(input, 1): input holds any real numbers (logits). */
TW_CALL tw_status tw_op_cross_entropy(tw_tensor **out, const tw_tensor *input, const tw_tensor *target,
                                      tw_reduction reduction);

/** The squared difference of input and target, of one shape. */
TW_CALL tw_status tw_op_mse_loss(tw_tensor **out, const tw_tensor *input, const tw_tensor *target,
                                 tw_reduction reduction);

/* ---- reductions -------------------------------------------------------------------------------------------------- */

/** The sum of all elements, a tensor without dimensions. */
TW_CALL tw_status tw_op_sum(tw_tensor **out, const tw_tensor *input);
/** The mean of all elements, a tensor without dimensions. */
TW_CALL tw_status tw_op_mean(tw_tensor **out, const tw_tensor *input);
/** The index of the largest element along dim, int64; keepdim 1 leaves dim in the shape with length 1. */
TW_CALL tw_status tw_op_argmax(tw_tensor **out, const tw_tensor *input, int64_t dim, int32_t keepdim);

/* ---- shapes ------------------------------------------------------------------------------------------------------ */

/** The same elements in another shape; one size may be -1 and is worked out. A view where it can be. */
TW_CALL tw_status tw_op_reshape(tw_tensor **out, const tw_tensor *input, const int64_t *sizes, size_t dim);
/** Joins the dimensions start_dim to end_dim, both included, into one; negative ones count from the end. */
TW_CALL tw_status tw_op_flatten(tw_tensor **out, const tw_tensor *input, int64_t start_dim, int64_t end_dim);
/** A view with two dimensions swapped. */
TW_CALL tw_status tw_op_transpose(tw_tensor **out, const tw_tensor *input, int64_t dim0, int64_t dim1);
/** Joins count tensors along dim. */
TW_CALL tw_status tw_op_cat(tw_tensor **out, tw_tensor *const *tensors, size_t count, int64_t dim);

#ifdef __cplusplus
}
#endif

#endif
