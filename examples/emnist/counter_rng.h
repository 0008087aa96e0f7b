/* Random numbers that are the same on every machine, and that any thread can start anywhere.
 *
 * A stream is named by a few integers (seed, what it is for, an index); its n-th number depends on these and on n
 * alone. So the work can be cut up among threads in any way and gives the same result.
 *
 * The numbers are SplitMix64's (Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014):
 * a counter that moves by a fixed odd step, passed through a 64-bit mixing function.
 */
#ifndef EMNIST_COUNTER_RNG_H
#define EMNIST_COUNTER_RNG_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint64_t counter;
} counter_rng;

static inline uint64_t counter_rng_mix(uint64_t z) {
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* Each integer is mixed before the next is added, so that neighbouring seeds and indices share nothing. */
static inline counter_rng counter_rng_make(uint64_t seed, uint64_t purpose, uint64_t index) {
  uint64_t key = counter_rng_mix(seed + UINT64_C(0x9e3779b97f4a7c15));
  key = counter_rng_mix(key + purpose + UINT64_C(0x9e3779b97f4a7c15));
  key = counter_rng_mix(key + index + UINT64_C(0x9e3779b97f4a7c15));
  return (counter_rng){key};
}

static inline uint64_t counter_rng_next(counter_rng *rng) {
  rng->counter += UINT64_C(0x9e3779b97f4a7c15);
  return counter_rng_mix(rng->counter);
}

/* A whole number in [0, bound), every one equally likely; bound is at least 1. Draws in the last, incomplete
 * stretch of 2^32 are thrown away, for they would favour some results. */
static inline uint32_t counter_rng_below(counter_rng *rng, uint32_t bound) {
  const uint32_t skip = (uint32_t)(0u - bound) % bound; /* 2^32 mod bound */
  for (;;) {
    const uint64_t product = (counter_rng_next(rng) >> 32) * bound;
    if ((uint32_t)product >= skip) return (uint32_t)(product >> 32);
  }
}

/* A float in [low, high]: 24 random bits, so that the conversion is exact. */
static inline float counter_rng_uniform(counter_rng *rng, float low, float high) {
  const float unit = (float)(counter_rng_next(rng) >> 40) * (1.0f / 16777216.0f);
  return low + (high - low) * unit;
}

/* Puts the items in random order, all orders equally likely (Fisher and Yates). */
static inline void counter_rng_shuffle(counter_rng *rng, uint32_t *items, uint32_t count) {
  for (uint32_t left = count; left > 1; --left) {
    const uint32_t chosen = counter_rng_below(rng, left);
    const uint32_t kept = items[left - 1];
    items[left - 1] = items[chosen];
    items[chosen] = kept;
  }
}

#endif
