/**
 * @file layers.h
 * The layers of torch.nn: each constructor makes a tw_module.
 *
 * Names, shapes and initial values of parameters and buffers are those of the Python class, so that weights go both
 * ways: the same seed and order of construction give the same bits, and the same inputs the same results.
 *
 * Here are linear layers, embeddings, dropout, normalization and sequences of modules. It includes
 * layers_activation.h, layers_convolution.h (with pooling), layers_recurrent.h (LSTM, GRU) and layers_transformer.h
 * (attention, transformers). What a layer may be told besides its sizes are options, NULL for PyTorch's: see options.h.
 *
 * Every layer takes one tensor and gives one, unless its comment says otherwise. Inputs whose sizes do not fit it are
 * TW_ERROR_TORCH, with LibTorch's message.
 */
#ifndef TORCH_WARMUP_LAYERS_H
#define TORCH_WARMUP_LAYERS_H

#include "layers_activation.h"
#include "layers_convolution.h"
#include "layers_recurrent.h"
#include "layers_transformer.h"
#include "module.h"
#include "options.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- linear layers and lookups ----------------------------------------------------------------------------------- */

/** What tw_module_linear may be told besides its sizes. Fill it in with tw_linear_options_init. */
typedef struct tw_linear_options {
  size_t struct_size; /**< set by tw_linear_options_init */
  int32_t kind;       /**< likewise */
  int32_t bias;       /**< default 1; 0 for a layer without one */
} tw_linear_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_linear_options) */
TW_CALL tw_status tw_linear_options_init(tw_linear_options *options, size_t struct_size);

/**
 * Creates a linear layer: parameters weight [out_features, in_features] and bias [out_features].
 *
 * @param out      creates the module; NULL on failure. Free it with tw_module_free.
 * @param options  borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_RANGE  a number of features is below 1
 */
TW_CALL tw_status tw_module_linear(tw_module **out, int64_t in_features, int64_t out_features,
                                   const tw_linear_options *options);

/** What tw_module_embedding may be told besides its sizes. Fill it in with tw_embedding_options_init. */
typedef struct tw_embedding_options {
  size_t struct_size;         /**< set by tw_embedding_options_init */
  int32_t kind;               /**< likewise */
  int32_t has_padding_idx;    /**< default 0, PyTorch's None */
  int64_t padding_idx;        /**< a row of zeros that is not trained; a negative one counts from the end */
  double max_norm;            /**< rows of a larger norm are scaled down to it when looked up; default 0, for none */
  double norm_type;           /**< the p of that norm; default 2 */
  int32_t scale_grad_by_freq; /**< default 0; 1 divides gradients by how often a row was looked up in the batch */
  int32_t reserved;           /**< 0 */
} tw_embedding_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_embedding_options) */
TW_CALL tw_status tw_embedding_options_init(tw_embedding_options *options, size_t struct_size);

/**
 * Creates a table of vectors to look up by integers: parameter weight [num_embeddings, embedding_dim]. It takes a
 * tensor of TW_INT64 or TW_INT32 and gives one with a further dimension.
 *
 * PyTorch's sparse gradients are not offered.
 *
 * @param out      creates the module; NULL on failure.
 * @param options  borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_RANGE  a size is below 1, padding_idx is no row, max_norm is negative, or norm_type not positive
 */
TW_CALL tw_status tw_module_embedding(tw_module **out, int64_t num_embeddings, int64_t embedding_dim,
                                      const tw_embedding_options *options);

/** Creates a layer that joins the dimensions start_dim to end_dim; torch.nn.Flatten has 1 and -1. */
TW_CALL tw_status tw_module_flatten(tw_module **out, int64_t start_dim, int64_t end_dim);

/** Creates a layer that gives its input back. */
TW_CALL tw_status tw_module_identity(tw_module **out);

/* ---- dropout ----------------------------------------------------------------------------------------------------- */

/*
 * While training each zeroes at random and scales what is left, so that the expected sum stays; in evaluation each
 * gives its input back. p is the probability of a zero, from 0 to 1; another number is TW_ERROR_RANGE.
 */

/** Creates a dropout layer, which zeroes elements. */
TW_CALL tw_status tw_module_dropout(tw_module **out, double p);

/** Creates a dropout layer that zeroes whole channels of [N, C, L] or [C, L]. */
TW_CALL tw_status tw_module_dropout1d(tw_module **out, double p);

/** Creates a dropout layer that zeroes whole channels of [N, C, H, W]; three dimensions are [N, C, L]. */
TW_CALL tw_status tw_module_dropout2d(tw_module **out, double p);

/** Creates a dropout layer that zeroes whole channels of [N, C, D, H, W] or [C, D, H, W]. */
TW_CALL tw_status tw_module_dropout3d(tw_module **out, double p);

/** Creates a dropout layer that keeps mean and variance where they are 0 and 1, as after a SELU. */
TW_CALL tw_status tw_module_alpha_dropout(tw_module **out, double p);

/* ---- normalization ----------------------------------------------------------------------------------------------- */

/** What a batch normalization may be told besides its size. Fill it in with tw_batch_norm_options_init. */
typedef struct tw_batch_norm_options {
  size_t struct_size;          /**< set by tw_batch_norm_options_init */
  int32_t kind;                /**< likewise */
  int32_t cumulative;          /**< default 0; 1 for the average of all batches, PyTorch's momentum=None */
  double eps;                  /**< added to the variance; default 1e-5 */
  double momentum;             /**< the weight of the newest batch in the running statistics; default 0.1 */
  int32_t affine;              /**< default 1; 0 for no weight and bias */
  int32_t track_running_stats; /**< default 1; 0 to take each batch's own statistics in evaluation too */
} tw_batch_norm_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_batch_norm_options) */
TW_CALL tw_status tw_batch_norm_options_init(tw_batch_norm_options *options, size_t struct_size);

/**
 * Creates a batch normalization of [N, C] or [N, C, L]: parameters weight and bias, buffers running_mean, running_var
 * (each [num_features]) and num_batches_tracked (one TW_INT64).
 *
 * While training it normalizes by the batch's statistics and updates the running ones; in evaluation it uses those.
 *
 * @param out           creates the module; NULL on failure.
 * @param num_features  C.
 * @param options       borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_RANGE  num_features is below 1, eps is negative, or momentum is outside [0, 1]
 */
TW_CALL tw_status tw_module_batch_norm1d(tw_module **out, int64_t num_features, const tw_batch_norm_options *options);

/** Creates a batch normalization of [N, C, H, W]; otherwise as tw_module_batch_norm1d. */
TW_CALL tw_status tw_module_batch_norm2d(tw_module **out, int64_t num_features, const tw_batch_norm_options *options);

/** Creates a batch normalization of [N, C, D, H, W]; otherwise as tw_module_batch_norm1d. */
TW_CALL tw_status tw_module_batch_norm3d(tw_module **out, int64_t num_features, const tw_batch_norm_options *options);

/** What tw_module_layer_norm may be told besides its shape. Fill it in with tw_layer_norm_options_init. */
typedef struct tw_layer_norm_options {
  size_t struct_size;         /**< set by tw_layer_norm_options_init */
  int32_t kind;               /**< likewise */
  int32_t elementwise_affine; /**< default 1; 0 for no weight and bias */
  double eps;                 /**< added to the variance; default 1e-5 */
} tw_layer_norm_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_layer_norm_options) */
TW_CALL tw_status tw_layer_norm_options_init(tw_layer_norm_options *options, size_t struct_size);

/**
 * Creates a normalization over the last dimensions: parameters weight and bias, of the sizes normalized_shape.
 *
 * @param out               creates the module; NULL on failure.
 * @param normalized_shape  borrows: ndim sizes, those of the input's last dimensions.
 * @param options           borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_RANGE  ndim is 0, a size is below 1, or eps is negative
 */
TW_CALL tw_status tw_module_layer_norm(tw_module **out, const int64_t *normalized_shape, size_t ndim,
                                       const tw_layer_norm_options *options);

/** What tw_module_group_norm may be told besides its sizes. Fill it in with tw_group_norm_options_init. */
typedef struct tw_group_norm_options {
  size_t struct_size; /**< set by tw_group_norm_options_init */
  int32_t kind;       /**< likewise */
  int32_t affine;     /**< default 1; 0 for no weight and bias */
  double eps;         /**< added to the variance; default 1e-5 */
} tw_group_norm_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_group_norm_options) */
TW_CALL tw_status tw_group_norm_options_init(tw_group_norm_options *options, size_t struct_size);

/**
 * Creates a normalization over groups of channels of [N, C, ...]: parameters weight and bias, [num_channels] each.
 *
 * @param out      creates the module; NULL on failure.
 * @param options  borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_RANGE  a number is below 1, num_groups does not divide num_channels, or eps is negative
 */
TW_CALL tw_status tw_module_group_norm(tw_module **out, int64_t num_groups, int64_t num_channels,
                                       const tw_group_norm_options *options);

/* ---- sequences of modules ---------------------------------------------------------------------------------------- */

/**
 * Creates a module that runs its children one after the other. They are named "0", "1", ...
 *
 * The first takes all the inputs; each further one takes the first result of the one before, such as an LSTM's output.
 * The results are all those of the last.
 *
 * @param out      creates the module; NULL on failure.
 * @param modules  shares: count modules, none of them NULL.
 */
TW_CALL tw_status tw_module_sequential(tw_module **out, tw_module *const *modules, size_t count);

#ifdef __cplusplus
}
#endif

#endif
