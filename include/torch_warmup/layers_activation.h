/**
 * @file layers_activation.h
 * The activations of torch.nn as modules: element by element, but for those that say otherwise.
 */
#ifndef TORCH_WARMUP_LAYERS_ACTIVATION_H
#define TORCH_WARMUP_LAYERS_ACTIVATION_H

#include "module.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Creates a layer that computes max(0, x). */
TW_CALL tw_status tw_module_relu(tw_module **out);

/** Creates a layer that computes min(max(0, x), 6). */
TW_CALL tw_status tw_module_relu6(tw_module **out);

/** Creates a layer that computes x, or negative_slope x where x < 0. torch.nn.LeakyReLU has 0.01. */
TW_CALL tw_status tw_module_leaky_relu(tw_module **out, double negative_slope);

/**
 * Creates a layer that computes x, or weight x where x < 0: parameter weight [num_parameters].
 *
 * @param num_parameters  1, as torch.nn.PReLU has, or the number of channels, the input's second dimension.
 * @param init            the initial value of weight; torch.nn.PReLU has 0.25.
 * @retval TW_ERROR_RANGE  num_parameters is below 1
 */
TW_CALL tw_status tw_module_prelu(tw_module **out, int64_t num_parameters, double init);

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

/**
 * Creates a layer that computes x times the normal distribution's share below x.
 *
 * @param approximate  borrows: "none", as torch.nn.GELU has, or "tanh"; NULL for "none".
 * @retval TW_ERROR_ARGUMENT  it is another text
 */
TW_CALL tw_status tw_module_gelu(tw_module **out, const char *approximate);

/** Creates a layer that computes x sigmoid(x). */
TW_CALL tw_status tw_module_silu(tw_module **out);

/** Creates a layer that computes x tanh(softplus(x)). */
TW_CALL tw_status tw_module_mish(tw_module **out);

/** Creates a layer that computes log(1 + exp(beta x)) / beta, or x where beta x > threshold. PyTorch has 1 and 20. */
TW_CALL tw_status tw_module_softplus(tw_module **out, double beta, double threshold);

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
