/**
 * @file functional.h
 * The operators that training loops use on every line, as typed functions; losses.h has the losses, and what is not there
 * either, tw_op_call reaches.
 *
 * Each creates its result in out (NULL on failure; free it with tw_tensor_free) and borrows its inputs. Gradients flow
 * as in PyTorch. Shapes that do not fit are TW_ERROR_TORCH, with LibTorch's message; a dtype or device that LibTorch has
 * no kernel for is TW_ERROR_UNSUPPORTED.
 */
#ifndef TORCH_WARMUP_FUNCTIONAL_H
#define TORCH_WARMUP_FUNCTIONAL_H

#include "options.h"
#include "tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- arithmetic, element by element, with broadcasting ----------------------------------------------------------- */

/** a + b. */
TW_CALL tw_status tw_op_add(tw_tensor **out, const tw_tensor *a, const tw_tensor *b);
/** a - b. */
TW_CALL tw_status tw_op_sub(tw_tensor **out, const tw_tensor *a, const tw_tensor *b);
/** a * b. */
TW_CALL tw_status tw_op_mul(tw_tensor **out, const tw_tensor *a, const tw_tensor *b);
/** a / b. */
TW_CALL tw_status tw_op_div(tw_tensor **out, const tw_tensor *a, const tw_tensor *b);

/*
 * Numbers come as an int64 or as a double, exactly as given. Python tells an int from a float, and so does the result's
 * dtype: int64 + int64 stays int64, and int64 + double is of the default dtype, float32. Of a floating tensor either
 * gives that tensor's dtype.
 */

/** a + value. */
TW_CALL tw_status tw_op_add_int64(tw_tensor **out, const tw_tensor *a, int64_t value);
/** a + value. */
TW_CALL tw_status tw_op_add_double(tw_tensor **out, const tw_tensor *a, double value);
/** a * value. */
TW_CALL tw_status tw_op_mul_int64(tw_tensor **out, const tw_tensor *a, int64_t value);
/** a * value. */
TW_CALL tw_status tw_op_mul_double(tw_tensor **out, const tw_tensor *a, double value);
/** a to the power of exponent. @retval TW_ERROR_TORCH  an integer tensor to a negative power */
TW_CALL tw_status tw_op_pow_int64(tw_tensor **out, const tw_tensor *a, int64_t exponent);
/** a to the power of exponent. */
TW_CALL tw_status tw_op_pow_double(tw_tensor **out, const tw_tensor *a, double exponent);

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

/** What tw_op_conv2d may be told. Fill it in with tw_op_conv2d_options_init. */
typedef struct tw_op_conv2d_options {
  size_t struct_size;  /**< set by tw_op_conv2d_options_init */
  int32_t kind;        /**< set by tw_op_conv2d_options_init */
  int32_t reserved;    /**< 0 */
  int64_t stride[2];   /**< rows, columns; default 1, 1 */
  int64_t padding[2];  /**< zeros put on each side; default 0, 0 */
  int64_t dilation[2]; /**< default 1, 1 */
  int64_t groups;      /**< default 1, an ordinary convolution */
} tw_op_conv2d_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_op_conv2d_options) */
TW_CALL tw_status tw_op_conv2d_options_init(tw_op_conv2d_options *options, size_t struct_size);

/**
 * The convolution (cross-correlation) over two dimensions, as torch.nn.functional.conv2d.
 *
 * @param input    [batch, in_channels, rows, columns], or without the batch
 * @param weight   [out_channels, in_channels / groups, kernel rows, kernel columns]
 * @param bias     [out_channels], or NULL for none
 * @param options  borrows: NULL for PyTorch's defaults
 */
TW_CALL tw_status tw_op_conv2d(tw_tensor **out, const tw_tensor *input, const tw_tensor *weight, const tw_tensor *bias,
                               const tw_op_conv2d_options *options);

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

/** What tw_op_max_pool2d may be told. Fill it in with tw_op_max_pool2d_options_init. */
typedef struct tw_op_max_pool2d_options {
  size_t struct_size;  /**< set by tw_op_max_pool2d_options_init */
  int32_t kind;        /**< set by tw_op_max_pool2d_options_init */
  int32_t ceil_mode;   /**< 1: windows that reach beyond the end count too; default 0 */
  int64_t stride[2];   /**< rows, columns; 0 stands for the kernel's; default 0, 0 */
  int64_t padding[2];  /**< put on each side, and less than every number; default 0, 0 */
  int64_t dilation[2]; /**< default 1, 1 */
} tw_op_max_pool2d_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_op_max_pool2d_options) */
TW_CALL tw_status tw_op_max_pool2d_options_init(tw_op_max_pool2d_options *options, size_t struct_size);

/**
 * The largest value in each window, as torch.nn.functional.max_pool2d.
 *
 * @param input        [batch, channels, rows, columns], or without the batch
 * @param kernel_size  borrows: rows, columns
 * @param options      borrows: NULL for PyTorch's defaults
 */
TW_CALL tw_status tw_op_max_pool2d(tw_tensor **out, const tw_tensor *input, const int64_t kernel_size[2],
                                   const tw_op_max_pool2d_options *options);

/**
 * While training, sets each element to 0 with probability p and scales the rest by 1 / (1 - p).
 *
 * @param p         from 0 to 1; another number is TW_ERROR_RANGE.
 * @param training  0: returns another handle to input
 * @retval TW_ERROR_TYPE  input is not of a floating dtype, and elements are to be dropped
 */
TW_CALL tw_status tw_op_dropout(tw_tensor **out, const tw_tensor *input, double p, int32_t training);

/* ---- reductions -------------------------------------------------------------------------------------------------- */

/** The sum of all elements, a tensor without dimensions. */
TW_CALL tw_status tw_op_sum(tw_tensor **out, const tw_tensor *input);
/** The mean of all elements, a tensor without dimensions. */
TW_CALL tw_status tw_op_mean(tw_tensor **out, const tw_tensor *input);
/** The index of the largest element along dim, int64; keepdim 1 leaves dim in the shape with length 1. */
TW_CALL tw_status tw_op_argmax(tw_tensor **out, const tw_tensor *input, int64_t dim, int32_t keepdim);

/* ---- shapes ------------------------------------------------------------------------------------------------------ */

/** The same elements in another shape of ndim sizes; one may be -1 and is worked out. A view where it can be. */
TW_CALL tw_status tw_op_reshape(tw_tensor **out, const tw_tensor *input, const int64_t *sizes, size_t ndim);
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
