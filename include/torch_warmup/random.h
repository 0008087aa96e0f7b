/**
 * @file random.h
 * Random numbers: the default generators and generators of one's own.
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
