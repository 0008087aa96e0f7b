/**
 * @file layers_transformer.h
 * Attention and the encoder of a transformer, as modules.
 *
 * Sequences are [L, N, E]: L places, N sequences, E features; [N, L, E] with batch_first; and [L, E] for one sequence
 * alone.
 */
#ifndef TORCH_WARMUP_LAYERS_TRANSFORMER_H
#define TORCH_WARMUP_LAYERS_TRANSFORMER_H

#include "module.h"
#include "options.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- attention --------------------------------------------------------------------------------------------------- */

/*
 * A mask is of TW_BOOL, true where attention is forbidden, or of a floating dtype, and then added to the scores. A key
 * padding mask is [N, S] ([S] for one sequence alone), S being the places of key; an attention mask is [L, S] or
 * [N * num_heads, L, S]. Where both are given they add up. A place that may attend to nothing at all comes out as NaN.
 * A mask of another dtype fails the forward pass with TW_ERROR_TYPE.
 */

/** What tw_module_multihead_attention may be told besides its sizes. Fill it in with tw_multihead_attention_options_init. */
typedef struct tw_multihead_attention_options {
  size_t struct_size;    /**< set by tw_multihead_attention_options_init */
  int32_t kind;          /**< likewise */
  int32_t reserved;      /**< 0 */
  double dropout;        /**< the probability of a zero among the weights, while training; default 0 */
  int64_t kdim;          /**< the features of key; default 0, for embed_dim */
  int64_t vdim;          /**< the features of value; default 0, for embed_dim */
  int32_t bias;          /**< default 1 */
  int32_t add_bias_kv;   /**< default 0; 1 for a further, trained, place in key and value */
  int32_t add_zero_attn; /**< default 0; 1 for a further place of zeros in key and value */
  int32_t batch_first;   /**< default 0 */
} tw_multihead_attention_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_multihead_attention_options) */
TW_CALL tw_status tw_multihead_attention_options_init(tw_multihead_attention_options *options, size_t struct_size);

/**
 * Creates a multi-head attention: parameters in_proj_weight [3 embed_dim, embed_dim] (q_proj_weight, k_proj_weight and
 * v_proj_weight where kdim or vdim differs from embed_dim), in_proj_bias [3 embed_dim], bias_k and bias_v (with
 * add_bias_kv), out_proj.weight and out_proj.bias.
 *
 * It takes query, key and value, and may take key_padding_mask and attn_mask behind them, NULL or left out for none.
 * It gives the output, of query's sizes, and the weights, averaged over the heads: [N, L, S], or [L, S] for one
 * sequence alone.
 *
 * Source: Vaswani et al., arXiv 1706.03762, section 3.2.
 *
 * @param out      creates the module; NULL on failure.
 * @param options  borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_RANGE  a size is below 1, num_heads does not divide embed_dim, or dropout is outside [0, 1]
 */
TW_CALL tw_status tw_module_multihead_attention(tw_module **out, int64_t embed_dim, int64_t num_heads,
                                                const tw_multihead_attention_options *options);

/* ---- transformers ------------------------------------------------------------------------------------------------ */

/** The activation inside a transformer's layer. The numbers are fixed for ever; new ones are added at the end. */
typedef enum tw_transformer_activation {
  TW_TRANSFORMER_ACTIVATION_RELU = 1,
  TW_TRANSFORMER_ACTIVATION_GELU = 2,
  TW_TRANSFORMER_ACTIVATION_UNKNOWN = -1,
  TW_TRANSFORMER_ACTIVATION_MAX_ENUM = 0x7fffffff
} tw_transformer_activation;

/** What tw_module_transformer_encoder_layer may be told besides its sizes. Fill it in with tw_transformer_encoder_layer_options_init. */
typedef struct tw_transformer_encoder_layer_options {
  size_t struct_size;                   /**< set by tw_transformer_encoder_layer_options_init */
  int32_t kind;                         /**< likewise */
  tw_transformer_activation activation; /**< default TW_TRANSFORMER_ACTIVATION_RELU */
  int64_t dim_feedforward;              /**< default 2048 */
  double dropout;                       /**< default 0.1 */
  double layer_norm_eps;                /**< default 1e-5 */
  int32_t batch_first;                  /**< default 0 */
  int32_t norm_first; /**< default 0; 1 normalizes before attention and feedforward instead of after */
} tw_transformer_encoder_layer_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_transformer_encoder_layer_options) */
TW_CALL tw_status tw_transformer_encoder_layer_options_init(tw_transformer_encoder_layer_options *options,
                                                            size_t struct_size);

/**
 * Creates a layer of a transformer's encoder: modules self_attn, linear1, dropout, linear2, norm1, norm2, dropout1 and
 * dropout2, as torch.nn.TransformerEncoderLayer has them.
 *
 * It takes src, and may take src_mask and src_key_padding_mask behind it, NULL or left out for none; the masks are
 * those of attention. In evaluation, without gradients, PyTorch may put zeros where src is padding; here, as in PyTorch
 * otherwise, stands there what the layer computes.
 *
 * @param out      creates the module; NULL on failure.
 * @param options  borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_ARGUMENT  activation is none of those listed
 * @retval TW_ERROR_RANGE     a size is below 1, nhead does not divide d_model, dropout is outside [0, 1], or
 *                            layer_norm_eps is negative
 */
TW_CALL tw_status tw_module_transformer_encoder_layer(tw_module **out, int64_t d_model, int64_t nhead,
                                                      const tw_transformer_encoder_layer_options *options);

/**
 * Creates a transformer's encoder: num_layers copies of a layer, one after the other, named "layers.0", "layers.1", ...
 *
 * The copies start with the layer's parameters, as PyTorch's do; the layer itself is no part of the encoder. It takes
 * what the layer takes.
 *
 * @param out            creates the module; NULL on failure.
 * @param encoder_layer  borrows: a module of tw_module_transformer_encoder_layer.
 * @param norm           shares: a module that the result goes through at the end, named "norm"; NULL for none.
 * @retval TW_ERROR_RANGE  num_layers is below 1
 * @retval TW_ERROR_TYPE   encoder_layer is a module of another sort
 */
TW_CALL tw_status tw_module_transformer_encoder(tw_module **out, const tw_module *encoder_layer, int64_t num_layers,
                                                tw_module *norm);

#ifdef __cplusplus
}
#endif

#endif
