#include "network.h"

/* Leaves the function with the first failure; what it made is freed by its caller, or at the label. */
#define TRY(call)                   \
  do {                              \
    status = (call);                \
    if (status != TW_OK) goto done; \
  } while (0)

enum { FEATURES = 4 * 4 * 50, HIDDEN = 500 };

static const int64_t five[2] = {5, 5};
static const int64_t two[2] = {2, 2};

/* Each operator makes a new tensor; x holds the last one, and the one before it is let go. */
static void replace(tw_tensor **x, tw_tensor **next) {
  tw_tensor_free(*x);
  *x = *next;
  *next = NULL;
}

/* Max-pool before ReLU: the same result and gradient as after it, on a quarter of the numbers. */
static tw_status convolve(tw_tensor **x, tw_tensor *input, tw_module *convolution) {
  tw_tensor *next = NULL;
  tw_status status = TW_OK;
  TRY(tw_module_forward(x, convolution, &input, 1));
  TRY(tw_op_max_pool2d(&next, *x, two, NULL));
  replace(x, &next);
  TRY(tw_op_relu(&next, *x));
  replace(x, &next);
done:
  return status;
}

static tw_status classify(tw_tensor **out, tw_tensor *features, network *net) {
  const int64_t rows_of_features[2] = {-1, FEATURES};
  tw_tensor *x = NULL, *next = NULL;
  tw_status status = TW_OK;
  TRY(tw_op_reshape(&x, features, rows_of_features, 2));
  TRY(tw_module_forward(&next, net->fc1, &x, 1));
  replace(&x, &next);
  TRY(tw_op_relu(&next, x));
  replace(&x, &next);
  TRY(tw_module_forward(&next, net->fc2, &x, 1));
  replace(&x, &next);
  TRY(tw_op_log_softmax(out, x, 1));
done:
  tw_tensor_free(x);
  return status;
}

static tw_status forward(tw_tensor **out, tw_module *module, tw_tensor *const *inputs, size_t count, void *context) {
  network *net = context;
  tw_tensor *first = NULL, *second = NULL;
  tw_status status = TW_OK;
  (void)module;
  if (count != 1) return TW_ERROR_ARGUMENT;
  TRY(convolve(&first, inputs[0], net->conv1));
  TRY(convolve(&second, first, net->conv2));
  TRY(classify(out, second, net));
done:
  tw_tensor_free(first);
  tw_tensor_free(second);
  return status;
}

tw_status network_create(network *out, int class_count) {
  tw_status status = TW_OK;
  *out = (network){0};
  TRY(tw_module_custom(&out->module, forward, out, NULL));
  TRY(tw_module_conv2d(&out->conv1, 1, 20, five, NULL));
  TRY(tw_module_conv2d(&out->conv2, 20, 50, five, NULL));
  TRY(tw_module_linear(&out->fc1, FEATURES, HIDDEN, NULL));
  TRY(tw_module_linear(&out->fc2, HIDDEN, class_count, NULL));
  TRY(tw_module_register_module(out->module, "conv1", out->conv1));
  TRY(tw_module_register_module(out->module, "conv2", out->conv2));
  TRY(tw_module_register_module(out->module, "fc1", out->fc1));
  TRY(tw_module_register_module(out->module, "fc2", out->fc2));
done:
  if (status != TW_OK) network_free(out);
  return status;
}

tw_status network_forward(tw_tensor **out, network *net, tw_tensor *images) {
  return tw_module_forward(out, net->module, &images, 1);
}

void network_free(network *net) {
  tw_module_free(net->module);
  tw_module_free(net->conv1);
  tw_module_free(net->conv2);
  tw_module_free(net->fc1);
  tw_module_free(net->fc2);
  *net = (network){0};
}

tw_status network_save(const network *net, const char *path) {
  tw_checkpoint *checkpoint = NULL;
  tw_status status = TW_OK;
  TRY(tw_checkpoint_create(&checkpoint));
  TRY(tw_checkpoint_put_module(checkpoint, NULL, net->module));
  TRY(tw_checkpoint_save(checkpoint, path));
done:
  tw_checkpoint_free(checkpoint);
  return status;
}
