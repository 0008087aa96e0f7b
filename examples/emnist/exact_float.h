/* Included first by the sources whose floats must be the same on every machine: what is not +, -, *, / in IEEE 754's
 * own rounding is kept out. Compile them with -ffp-contract=off as well, for compilers that know neither pragma. */
#ifndef EMNIST_EXACT_FLOAT_H
#define EMNIST_EXACT_FLOAT_H

/* A fused multiply-add rounds once where the sources round twice, and changes a byte now and then. */
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#elif defined(__GNUC__)
#pragma GCC optimize("fp-contract=off")
#endif

#if defined(__FAST_MATH__)
#error "compile this file without -ffast-math"
#endif

#endif
