/* The network of pytorch_warmup's EMNIST example: two convolutions, two linear layers. */
#ifndef EMNIST_NETWORK_H
#define EMNIST_NETWORK_H

#include <torch_warmup.h>

typedef struct {
  tw_module *module; /* parameters conv1.weight, conv1.bias, ..., fc2.bias */
  tw_module *conv1, *conv2, *fc1, *fc2;
} network;

/* Makes the network with its parameters drawn from LibTorch's default generator. On failure it is empty. The struct must
   stay where it is, for the module points to it. */
tw_status network_create(network *out, int class_count);

/* The logarithms of the classes' probabilities, [batch, classes]. images: [batch, 1, 28, 28]. */
tw_status network_forward(tw_tensor **out, network *net, tw_tensor *images);

void network_free(network *net);

/* Writes the parameters as Python's torch.save(model.state_dict(), path) would. */
tw_status network_save(const network *net, const char *path);

#endif
