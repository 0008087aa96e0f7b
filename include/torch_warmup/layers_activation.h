/**
 * @file layers_activation.h
 * The activations of torch.nn as modules: element by element, but for those that say otherwise.
 */
#ifndef TORCH_WARMUP_LAYERS_ACTIVATION_H
#define TORCH_WARMUP_LAYERS_ACTIVATION_H

#include "module.h"
#include "options.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Creates a layer that computes max(0, x). */
TW_CALL tw_status tw_module_relu(tw_module **out);

/** Creates a layer that computes min(max(0, x), 6). */
TW_CALL tw_status tw_module_relu6(tw_module **out);

/** Creates a layer that computes x, or negative_slope x where x < 0. torch.nn.LeakyReLU has 0.01. */
TW_CALL tw_status tw_module_leaky_relu(tw_module **out, double negative_slope);

/** What tw_module_prelu may be told. Fill it in with tw_prelu_options_init. */
typedef struct tw_prelu_options {
  size_t struct_size;     /**< set by tw_prelu_options_init */
  int32_t kind;           /**< likewise */
  int32_t reserved;       /**< 0 */
  int64_t num_parameters; /**< default 1; or the number of channels, the input's second dimension */
  double init;            /**< the initial value of weight; default 0.25 */
} tw_prelu_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_prelu_options) */
TW_CALL tw_status tw_prelu_options_init(tw_prelu_options *options, size_t struct_size);

/**
 * Creates a layer that computes x, or weight x where x < 0: parameter weight [num_parameters].
 *
 * @param options  borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_RANGE  num_parameters is below 1
 */
TW_CALL tw_status tw_module_prelu(tw_module **out, const tw_prelu_options *options);

/** Creates a layer that computes x, or alpha (exp(x) - 1) where x < 0. torch.nn.ELU has 1. */
TW_CALL tw_status tw_module_elu(tw_module **out, double alpha);

/**
 * Creates a layer that computes max(0, x) + min(0, alpha (exp(x / alpha) - 1)).
 *
 * @param alpha  not 0, which is TW_ERROR_RANGE; torch.nn.CELU has 1.
 */
TW_CALL tw_status tw_module_celu(tw_module **out, double alpha);

/** Creates a layer that computes the scaled ELU, which keeps mean and variance near 0 and 1. */
TW_CALL tw_status tw_module_selu(tw_module **out);

/** How a GELU is computed. The numbers are fixed for ever; new ones are added at the end. */
typedef enum tw_gelu_approximation {
  TW_GELU_APPROXIMATION_NONE = 0, /**< x (1 + erf(x / sqrt(2))) / 2 */
  TW_GELU_APPROXIMATION_TANH = 1, /**< x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2 */
  TW_GELU_APPROXIMATION_UNKNOWN = -1,
  TW_GELU_APPROXIMATION_MAX_ENUM = 0x7fffffff
} tw_gelu_approximation;

/** What tw_module_gelu may be told. Fill it in with tw_gelu_options_init. */
typedef struct tw_gelu_options {
  size_t struct_size;                /**< set by tw_gelu_options_init */
  int32_t kind;                      /**< likewise */
  tw_gelu_approximation approximate; /**< default TW_GELU_APPROXIMATION_NONE */
} tw_gelu_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_gelu_options) */
TW_CALL tw_status tw_gelu_options_init(tw_gelu_options *options, size_t struct_size);

/**
 * Creates a layer that computes x times the normal distribution's share below x.
 *
 * @param options  borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_ARGUMENT  approximate is none of those listed
 */
TW_CALL tw_status tw_module_gelu(tw_module **out, const tw_gelu_options *options);

/** Creates a layer that computes x sigmoid(x). */
TW_CALL tw_status tw_module_silu(tw_module **out);

/** Creates a layer that computes x tanh(softplus(x)). */
TW_CALL tw_status tw_module_mish(tw_module **out);

/** What tw_module_softplus may be told. Fill it in with tw_softplus_options_init. */
typedef struct tw_softplus_options {
  size_t struct_size; /**< set by tw_softplus_options_init */
  int32_t kind;       /**< likewise */
  int32_t reserved;   /**< 0 */
  double beta;        /**< default 1 */
  double threshold;   /**< default 20 */
} tw_softplus_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_softplus_options) */
TW_CALL tw_status tw_softplus_options_init(tw_softplus_options *options, size_t struct_size);

/**
 * Creates a layer that computes log(1 + exp(beta x)) / beta, or x where beta x > threshold.
 *
 * @param options  borrows: NULL for PyTorch's defaults.
 */
TW_CALL tw_status tw_module_softplus(tw_module **out, const tw_softplus_options *options);

/** Creates a layer that computes x / (1 + |x|). */
TW_CALL tw_status tw_module_softsign(tw_module **out);

/** Creates a layer that computes 1 / (1 + exp(-x)). */
TW_CALL tw_status tw_module_sigmoid(tw_module **out);

/** Creates a layer that computes the logarithm of the sigmoid. */
TW_CALL tw_status tw_module_log_sigmoid(tw_module **out);

/** Creates a layer that computes the hyperbolic tangent. */
TW_CALL tw_status tw_module_tanh(tw_module **out);

/** Creates a layer that computes min(max(0, x / 6 + 1 / 2), 1). */
TW_CALL tw_status tw_module_hardsigmoid(tw_module **out);

/** Creates a layer that computes x times the hardsigmoid of x. */
TW_CALL tw_status tw_module_hardswish(tw_module **out);

/** Creates a layer that limits x to [min_val, max_val]. PyTorch has -1 and 1; an empty range is TW_ERROR_RANGE. */
TW_CALL tw_status tw_module_hardtanh(tw_module **out, double min_val, double max_val);

/** Creates a layer that computes a sigmoid(b), a and b being the halves of the input along dim. torch.nn.GLU has -1. */
TW_CALL tw_status tw_module_glu(tw_module **out, int64_t dim);

/** Creates a layer that computes each element's share of the sum of exponentials along dim. */
TW_CALL tw_status tw_module_softmax(tw_module **out, int64_t dim);

/** Creates a layer that computes the logarithm of the softmax along dim. */
TW_CALL tw_status tw_module_log_softmax(tw_module **out, int64_t dim);

#ifdef __cplusplus
}
#endif

#endif
