/**
 * @file layers_convolution.h
 * Convolutions and pooling, as modules.
 *
 * Inputs are [N, C, L], [N, C, H, W] or [N, C, D, H, W]; the batch's dimension N may be left out. Sizes come in the
 * order depth, rows, columns.
 */
#ifndef TORCH_WARMUP_LAYERS_CONVOLUTION_H
#define TORCH_WARMUP_LAYERS_CONVOLUTION_H

#include "module.h"
#include "options.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- convolutions ------------------------------------------------------------------------------------------------ */

/** What is put around the input. The numbers are fixed for ever; new ones are added at the end. */
typedef enum tw_conv_padding_mode {
  TW_CONV_PADDING_ZEROS = 0,
  TW_CONV_PADDING_REFLECT = 1,
  TW_CONV_PADDING_REPLICATE = 2,
  TW_CONV_PADDING_CIRCULAR = 3,
  TW_CONV_PADDING_MODE_UNKNOWN = -1,
  TW_CONV_PADDING_MODE_MAX_ENUM = 0x7fffffff
} tw_conv_padding_mode;

/** What tw_module_conv1d may be told besides its sizes. Fill it in with tw_conv1d_options_init. */
typedef struct tw_conv1d_options {
  size_t struct_size;                /**< set by tw_conv1d_options_init */
  int32_t kind;                      /**< likewise */
  int32_t reserved;                  /**< 0 */
  int64_t stride;                    /**< default 1 */
  int64_t padding;                   /**< put on each side; default 0. PyTorch's "same" is for the caller to work out */
  int64_t dilation;                  /**< default 1 */
  int64_t groups;                    /**< default 1; divides both numbers of channels */
  int32_t bias;                      /**< default 1 */
  tw_conv_padding_mode padding_mode; /**< default TW_CONV_PADDING_ZEROS */
} tw_conv1d_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_conv1d_options) */
TW_CALL tw_status tw_conv1d_options_init(tw_conv1d_options *options, size_t struct_size);

/**
 * Creates a convolution over one dimension: parameters weight [out_channels, in_channels / groups, kernel_size] and
 * bias [out_channels].
 *
 * @param out      creates the module; NULL on failure.
 * @param options  borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_ARGUMENT  padding_mode is none of those listed
 * @retval TW_ERROR_RANGE     a size is below 1, a padding negative, or groups does not divide the channels
 */
TW_CALL tw_status tw_module_conv1d(tw_module **out, int64_t in_channels, int64_t out_channels, int64_t kernel_size,
                                   const tw_conv1d_options *options);

/** What tw_module_conv2d may be told besides its sizes. Fill it in with tw_conv2d_options_init. */
typedef struct tw_conv2d_options {
  size_t struct_size;                /**< set by tw_conv2d_options_init */
  int32_t kind;                      /**< likewise */
  int32_t reserved;                  /**< 0 */
  int64_t stride[2];                 /**< rows, columns; default 1, 1 */
  int64_t padding[2];                /**< put on each side; default 0, 0 */
  int64_t dilation[2];               /**< default 1, 1 */
  int64_t groups;                    /**< default 1; divides both numbers of channels */
  int32_t bias;                      /**< default 1 */
  tw_conv_padding_mode padding_mode; /**< default TW_CONV_PADDING_ZEROS */
} tw_conv2d_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_conv2d_options) */
TW_CALL tw_status tw_conv2d_options_init(tw_conv2d_options *options, size_t struct_size);

/**
 * Creates a convolution over two dimensions: parameters weight [out_channels, in_channels / groups, rows, columns] and
 * bias [out_channels].
 *
 * @param out          creates the module; NULL on failure.
 * @param kernel_size  borrows: rows, columns.
 * @param options      borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_ARGUMENT  padding_mode is none of those listed
 * @retval TW_ERROR_RANGE     a size is below 1, a padding negative, or groups does not divide the channels
 */
TW_CALL tw_status tw_module_conv2d(tw_module **out, int64_t in_channels, int64_t out_channels,
                                   const int64_t kernel_size[2], const tw_conv2d_options *options);

/** What tw_module_conv3d may be told besides its sizes. Fill it in with tw_conv3d_options_init. */
typedef struct tw_conv3d_options {
  size_t struct_size;                /**< set by tw_conv3d_options_init */
  int32_t kind;                      /**< likewise */
  int32_t reserved;                  /**< 0 */
  int64_t stride[3];                 /**< depth, rows, columns; default 1, 1, 1 */
  int64_t padding[3];                /**< put on each side; default 0, 0, 0 */
  int64_t dilation[3];               /**< default 1, 1, 1 */
  int64_t groups;                    /**< default 1; divides both numbers of channels */
  int32_t bias;                      /**< default 1 */
  tw_conv_padding_mode padding_mode; /**< default TW_CONV_PADDING_ZEROS */
} tw_conv3d_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_conv3d_options) */
TW_CALL tw_status tw_conv3d_options_init(tw_conv3d_options *options, size_t struct_size);

/** Creates a convolution over three dimensions; otherwise as tw_module_conv2d. */
TW_CALL tw_status tw_module_conv3d(tw_module **out, int64_t in_channels, int64_t out_channels,
                                   const int64_t kernel_size[3], const tw_conv3d_options *options);

/* ---- transposed convolutions ------------------------------------------------------------------------------------- */

/** What tw_module_conv_transpose1d may be told besides its sizes. Fill it in with tw_conv_transpose1d_options_init. */
typedef struct tw_conv_transpose1d_options {
  size_t struct_size;     /**< set by tw_conv_transpose1d_options_init */
  int32_t kind;           /**< likewise */
  int32_t bias;           /**< default 1 */
  int64_t stride;         /**< default 1 */
  int64_t padding;        /**< taken off each side of the result; default 0 */
  int64_t output_padding; /**< added to one side of the result; default 0 */
  int64_t dilation;       /**< default 1 */
  int64_t groups;         /**< default 1; divides both numbers of channels */
} tw_conv_transpose1d_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_conv_transpose1d_options) */
TW_CALL tw_status tw_conv_transpose1d_options_init(tw_conv_transpose1d_options *options, size_t struct_size);

/**
 * Creates a transposed convolution over one dimension, the gradient of a convolution as a layer: parameters weight
 * [in_channels, out_channels / groups, kernel_size] and bias [out_channels].
 *
 * @param out      creates the module; NULL on failure.
 * @param options  borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_RANGE  a size is below 1, a padding negative, or groups does not divide the channels; or an
 *                         output_padding is not below the larger of stride and dilation
 */
TW_CALL tw_status tw_module_conv_transpose1d(tw_module **out, int64_t in_channels, int64_t out_channels,
                                             int64_t kernel_size, const tw_conv_transpose1d_options *options);

/** What tw_module_conv_transpose2d may be told besides its sizes. Fill it in with tw_conv_transpose2d_options_init. */
typedef struct tw_conv_transpose2d_options {
  size_t struct_size;        /**< set by tw_conv_transpose2d_options_init */
  int32_t kind;              /**< likewise */
  int32_t bias;              /**< default 1 */
  int64_t stride[2];         /**< rows, columns; default 1, 1 */
  int64_t padding[2];        /**< taken off each side of the result; default 0, 0 */
  int64_t output_padding[2]; /**< added to one side of the result; default 0, 0 */
  int64_t dilation[2];       /**< default 1, 1 */
  int64_t groups;            /**< default 1; divides both numbers of channels */
} tw_conv_transpose2d_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_conv_transpose2d_options) */
TW_CALL tw_status tw_conv_transpose2d_options_init(tw_conv_transpose2d_options *options, size_t struct_size);

/** Creates a transposed convolution over two dimensions; otherwise as tw_module_conv_transpose1d. */
TW_CALL tw_status tw_module_conv_transpose2d(tw_module **out, int64_t in_channels, int64_t out_channels,
                                             const int64_t kernel_size[2], const tw_conv_transpose2d_options *options);

/** What tw_module_conv_transpose3d may be told besides its sizes. Fill it in with tw_conv_transpose3d_options_init. */
typedef struct tw_conv_transpose3d_options {
  size_t struct_size;        /**< set by tw_conv_transpose3d_options_init */
  int32_t kind;              /**< likewise */
  int32_t bias;              /**< default 1 */
  int64_t stride[3];         /**< depth, rows, columns; default 1, 1, 1 */
  int64_t padding[3];        /**< taken off each side of the result; default 0, 0, 0 */
  int64_t output_padding[3]; /**< added to one side of the result; default 0, 0, 0 */
  int64_t dilation[3];       /**< default 1, 1, 1 */
  int64_t groups;            /**< default 1; divides both numbers of channels */
} tw_conv_transpose3d_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_conv_transpose3d_options) */
TW_CALL tw_status tw_conv_transpose3d_options_init(tw_conv_transpose3d_options *options, size_t struct_size);

/** Creates a transposed convolution over three dimensions; otherwise as tw_module_conv_transpose1d. */
TW_CALL tw_status tw_module_conv_transpose3d(tw_module **out, int64_t in_channels, int64_t out_channels,
                                             const int64_t kernel_size[3], const tw_conv_transpose3d_options *options);

/* ---- pooling ----------------------------------------------------------------------------------------------------- */

/** What tw_module_max_pool1d may be told besides the window's size. Fill it in with tw_max_pool1d_options_init. */
typedef struct tw_max_pool1d_options {
  size_t struct_size; /**< set by tw_max_pool1d_options_init */
  int32_t kind;       /**< likewise */
  int32_t ceil_mode;  /**< default 0; 1 for a further window where a part of one is left over */
  int64_t stride;     /**< default 0, which stands for the window's size */
  int64_t padding;    /**< put on each side, at most half the window; default 0 */
  int64_t dilation;   /**< default 1 */
} tw_max_pool1d_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_max_pool1d_options) */
TW_CALL tw_status tw_max_pool1d_options_init(tw_max_pool1d_options *options, size_t struct_size);

/**
 * Creates a layer that takes the largest value of each window of [N, C, L] or [C, L].
 *
 * @param out      creates the module; NULL on failure.
 * @param options  borrows: NULL for PyTorch's defaults.
 * @retval TW_ERROR_RANGE  a size is below 1, or a padding is negative or more than half the window
 */
TW_CALL tw_status tw_module_max_pool1d(tw_module **out, int64_t kernel_size, const tw_max_pool1d_options *options);

/** What tw_module_max_pool2d may be told besides the window's size. Fill it in with tw_max_pool2d_options_init. */
typedef struct tw_max_pool2d_options {
  size_t struct_size;  /**< set by tw_max_pool2d_options_init */
  int32_t kind;        /**< likewise */
  int32_t ceil_mode;   /**< default 0; 1 for a further window where a part of one is left over */
  int64_t stride[2];   /**< default 0, 0, which stands for the window's size */
  int64_t padding[2];  /**< put on each side, at most half the window; default 0, 0 */
  int64_t dilation[2]; /**< default 1, 1 */
} tw_max_pool2d_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_max_pool2d_options) */
TW_CALL tw_status tw_max_pool2d_options_init(tw_max_pool2d_options *options, size_t struct_size);

/**
 * Creates a layer that takes the largest value of each window of [N, C, H, W] or [C, H, W]; otherwise as
 * tw_module_max_pool1d.
 *
 * @param kernel_size  borrows: rows, columns.
 */
TW_CALL tw_status tw_module_max_pool2d(tw_module **out, const int64_t kernel_size[2],
                                       const tw_max_pool2d_options *options);

/** What tw_module_avg_pool1d may be told besides the window's size. Fill it in with tw_avg_pool1d_options_init. */
typedef struct tw_avg_pool1d_options {
  size_t struct_size;        /**< set by tw_avg_pool1d_options_init */
  int32_t kind;              /**< likewise */
  int32_t reserved;          /**< 0 */
  int64_t stride;            /**< default 0, which stands for the window's size */
  int64_t padding;           /**< put on each side, at most half the window; default 0 */
  int32_t ceil_mode;         /**< default 0; 1 for a further window where a part of one is left over */
  int32_t count_include_pad; /**< default 1; 0 to leave the padding out of the average */
} tw_avg_pool1d_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_avg_pool1d_options) */
TW_CALL tw_status tw_avg_pool1d_options_init(tw_avg_pool1d_options *options, size_t struct_size);

/** Creates a layer that takes the average of each window of [N, C, L] or [C, L]; otherwise as tw_module_max_pool1d. */
TW_CALL tw_status tw_module_avg_pool1d(tw_module **out, int64_t kernel_size, const tw_avg_pool1d_options *options);

/** What tw_module_avg_pool2d may be told besides the window's size. Fill it in with tw_avg_pool2d_options_init. */
typedef struct tw_avg_pool2d_options {
  size_t struct_size;        /**< set by tw_avg_pool2d_options_init */
  int32_t kind;              /**< likewise */
  int32_t reserved;          /**< 0 */
  int64_t stride[2];         /**< default 0, 0, which stands for the window's size */
  int64_t padding[2];        /**< put on each side, at most half the window; default 0, 0 */
  int32_t ceil_mode;         /**< default 0; 1 for a further window where a part of one is left over */
  int32_t count_include_pad; /**< default 1; 0 to leave the padding out of the average */
  int64_t divisor_override;  /**< what sums are divided by; default 0, for the window's size */
} tw_avg_pool2d_options;

/** Fills in PyTorch's defaults. @param struct_size  sizeof(tw_avg_pool2d_options) */
TW_CALL tw_status tw_avg_pool2d_options_init(tw_avg_pool2d_options *options, size_t struct_size);

/** Creates a layer that takes the average of each window of [N, C, H, W]; otherwise as tw_module_max_pool1d. */
TW_CALL tw_status tw_module_avg_pool2d(tw_module **out, const int64_t kernel_size[2],
                                       const tw_avg_pool2d_options *options);

/**
 * Creates a layer that averages [N, C, L] or [C, L] over windows chosen so that output_size of them are left.
 *
 * @param output_size  -1 for the input's own size, PyTorch's None; below that, or 0, is TW_ERROR_RANGE.
 */
TW_CALL tw_status tw_module_adaptive_avg_pool1d(tw_module **out, int64_t output_size);

/** The same over [N, C, H, W] or [C, H, W]. @param output_size  borrows: rows, columns. */
TW_CALL tw_status tw_module_adaptive_avg_pool2d(tw_module **out, const int64_t output_size[2]);

/** The same, taking the largest value of each window. @param output_size  borrows: rows, columns. */
TW_CALL tw_status tw_module_adaptive_max_pool2d(tw_module **out, const int64_t output_size[2]);

#ifdef __cplusplus
}
#endif

#endif
