/**
 * @file runtime.h
 * The LibTorch in this process: its version, its threads, its recording of gradients, its devices.
 */
#ifndef TORCH_WARMUP_RUNTIME_H
#define TORCH_WARMUP_RUNTIME_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The version of the LibTorch in this process, such as "1.13.1" or "2.15.0+cpu": what the library that is loaded says, and not
 * the headers that torch_warmup was built with.
 *
 * Debian's 1.13.1 has 1.13.0 in its sources, and torch.__version__ is 1.13.0a0 there; here it is 1.13.1, from the name of
 * the folder that the library says it was built in. A library that says neither rightly is believed.
 */
TW_API const char *tw_torch_version(void);

/**
 * How this library, as the LibTorch that it was built with, lays out C++'s strings: for C++ that gives it objects of its own
 * (tw_optimizer_borrow, tw_tensor_from_torch) and must have been compiled alike.
 *
 * @return 1 or 0, the value of _GLIBCXX_USE_CXX11_ABI; -1 with another C++ library than GNU's.
 */
TW_API int32_t tw_torch_cxx11_abi(void);

/**
 * Sets how many threads one operator may use on the CPU, in the whole process, as torch.set_num_threads does.
 *
 * Some builds of LibTorch start with one thread whatever the machine has, so call this first.
 *
 * @param count  at least 1.
 * @retval TW_ERROR_RANGE  count is 0, or more than a process can have
 */
TW_CALL tw_status tw_set_num_threads(size_t count);

/** How many threads one operator may use on the CPU. @param out  a number of at least 1; 0 on failure. */
TW_CALL tw_status tw_get_num_threads(size_t *out);

/**
 * Starts the program anew with threads that wait for one another without keeping their cores busy for long. The first line
 * of main, before anything that must not happen twice:
 *
 *     int main(int argc, char **argv) {
 *       if (tw_restart_with_patient_threads(argv) != TW_OK) fprintf(stderr, "%s\n", tw_last_error());
 *
 * GNU's OpenMP, by which LibTorch computes on the CPU, lets the threads that have done their part spin until the last one
 * has. Alone that is fast; where another process has taken the last one's core, training took from four to thirty times as long.
 * How long they spin is read from the environment when the library is loaded, and cannot be changed after. So this sets
 * GOMP_SPINCOUNT=10000 and executes the program's file once more, in the same process, with the same arguments. Where
 * GOMP_SPINCOUNT or OMP_WAIT_POLICY is set, as it then is, it does nothing: the user has the last word. It costs the
 * loading of LibTorch once more, half a second or so, and child processes inherit the variable.
 *
 * @param argv  borrows: main's.
 * @retval TW_ERROR_ARGUMENT     argv is NULL or empty
 * @retval TW_ERROR_UNSUPPORTED  the system does not tell the program's file (there is no /proc)
 * @retval TW_ERROR_IO           the file cannot be executed. The program may go on, as it is, after any of these
 */
TW_CALL tw_status tw_restart_with_patient_threads(char *const *argv);

/**
 * Turns the recording of gradients on or off for the calling thread, as torch.set_grad_enabled does.
 *
 * @param previous  what it was before, 0 or 1; may be NULL.
 * @param enabled   1 to record, 0 not to, as in evaluation.
 * @retval TW_ERROR_ARGUMENT  enabled is neither 0 nor 1
 */
TW_CALL tw_status tw_set_grad_enabled(int32_t *previous, int32_t enabled);

/** Whether this LibTorch can run on a CUDA device here and now. @param out  0 or 1; 0 on failure. */
TW_CALL tw_status tw_cuda_is_available(int32_t *out);

/** The number of CUDA devices that LibTorch sees. @param out  0 without CUDA. */
TW_CALL tw_status tw_cuda_get_device_count(size_t *out);

#ifdef __cplusplus
}
#endif

#endif
