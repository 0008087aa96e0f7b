/**
 * @file random.h
 * Random numbers: the default generators and generators of one's own.
 *
 * Whatever draws random numbers takes a generator last, NULL for the default one of the device: tw_tensor_rand,
 * tw_tensor_randn, and operators by name (op.h). Layers and their initial values draw from the default ones, as PyTorch's
 * do. From several threads each generator's numbers are all different, in an order that the threads' race decides.
 */
#ifndef TORCH_WARMUP_RANDOM_H
#define TORCH_WARMUP_RANDOM_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Seeds the default random number generators of the CPU and of every CUDA device, as torch.manual_seed does.
 */
TW_CALL tw_status tw_manual_seed(uint64_t seed);

/** A generator of its own, apart from the default ones that tw_manual_seed seeds. */
typedef struct tw_generator tw_generator;

/**
 * Creates a generator.
 *
 * @param out     creates the generator; NULL on failure. Free it with tw_generator_free.
 * @param device  whose random numbers it makes; NULL for "cpu".
 * @param seed    where it starts.
 * @retval TW_ERROR_DEVICE  there is no such device
 * @retval TW_ERROR_TORCH   LibTorch has no generators for that kind of device
 */
TW_CALL tw_status tw_generator_create(tw_generator **out, const char *device, uint64_t seed);

/** Starts the generator anew from a seed. */
TW_CALL tw_status tw_generator_manual_seed(tw_generator *generator, uint64_t seed);

/** Frees the handle. NULL is allowed and does nothing. */
TW_API void tw_generator_free(tw_generator *generator);

#ifdef __cplusplus
}
#endif

#endif
