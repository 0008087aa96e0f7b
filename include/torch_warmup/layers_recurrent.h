/**
 * @file layers_recurrent.h
 * LSTM and GRU, as modules.
 *
 * Sequences are [L, N, E]: L places, N sequences, E features; [N, L, E] with batch_first; and [L, E] for one sequence
 * alone.
 */
#ifndef TORCH_WARMUP_LAYERS_RECURRENT_H
#define TORCH_WARMUP_LAYERS_RECURRENT_H

#include "module.h"
#include "options.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What tw_module_lstm may be told besides its sizes. Fill it in with tw_lstm_options_init. */
typedef struct tw_lstm_options {
  size_t struct_size;    /**< set by tw_lstm_options_init */
  int32_t kind;          /**< likewise */
  int32_t bias;          /**< default 1 */
  int64_t num_layers;    /**< stacked one on the other; default 1 */
  double dropout;        /**< the probability of a zero between one layer and the next, while training; default 0 */
  int32_t batch_first;   /**< default 0; says nothing about the states, which are always [layers, N, features] */
  int32_t bidirectional; /**< default 0; 1 reads backwards too, which doubles the features of the output */
} tw_lstm_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_lstm_options) */
TW_CALL tw_status tw_lstm_options_init(tw_lstm_options *options, size_t struct_size);

/**
 * Creates an LSTM. For each layer k its parameters are weight_ih_lk, weight_hh_lk, bias_ih_lk and bias_hh_lk, and the
 * same with _reverse behind the name where it is bidirectional; each holds the input, forget, cell and output gates one
 * below the other, as PyTorch has them.
 *
 * It takes the input, or the input, h_0 and c_0 (zeros where they are left out), and gives the output, h_n and c_n.
 * PyTorch's proj_size and packed sequences are not offered.
 *
 * @param out      creates the module; NULL on failure.
 * @param options  borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_RANGE  a size or num_layers is below 1, or dropout is outside [0, 1]
 */
TW_CALL tw_status tw_module_lstm(tw_module **out, int64_t input_size, int64_t hidden_size,
                                 const tw_lstm_options *options);

/** What tw_module_gru may be told besides its sizes. Fill it in with tw_gru_options_init. */
typedef struct tw_gru_options {
  size_t struct_size;    /**< set by tw_gru_options_init */
  int32_t kind;          /**< likewise */
  int32_t bias;          /**< default 1 */
  int64_t num_layers;    /**< stacked one on the other; default 1 */
  double dropout;        /**< the probability of a zero between one layer and the next, while training; default 0 */
  int32_t batch_first;   /**< default 0; says nothing about the states, which are always [layers, N, features] */
  int32_t bidirectional; /**< default 0; 1 reads backwards too, which doubles the features of the output */
} tw_gru_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_gru_options) */
TW_CALL tw_status tw_gru_options_init(tw_gru_options *options, size_t struct_size);

/**
 * Creates a GRU: it takes the input, or the input and h_0, and gives the output and h_n. Its parameters hold the reset,
 * update and new gates; otherwise as tw_module_lstm.
 */
TW_CALL tw_status tw_module_gru(tw_module **out, int64_t input_size, int64_t hidden_size,
                                const tw_gru_options *options);

#ifdef __cplusplus
}
#endif

#endif
