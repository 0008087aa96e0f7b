/* Which handles are alive, in a build with TORCH_WARMUP_CHECKS; in another, all of this is nothing.
 *
 * What counts is what the caller holds: a handle opens when it is given, and closes when it is freed, however long the
 * object behind it lives on. Nothing is read at an address that a caller gives, so any address can be asked about. */
#ifndef TWI_HANDLE_H
#define TWI_HANDLE_H

#include "base/error.h"
#include "base/shared.h"
#include "torch_warmup/handle.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { TWI_HANDLE_KINDS = TW_HANDLE_CHECKPOINT + 1 };

#ifdef TORCH_WARMUP_CHECKS
/* Given to the caller; once more where the same address has been given before, as an optimizer that is borrowed twice. */
TWI_SHARED void twi_handle_open(const void *handle, tw_handle_kind kind);
/* Given to the caller for a while, not to be freed. */
TWI_SHARED void twi_handle_lend(const void *handle, tw_handle_kind kind);
TWI_SHARED void twi_handle_take_back(const void *handle);
/* At the beginning of a function that frees: ends the program, naming the function, where the handle may not be freed. */
TWI_SHARED void twi_handle_close(const void *handle, tw_handle_kind kind, const char *function);
/* TW_ERROR_ARGUMENT where it is null, freed, of another kind, or was never a handle. */
TWI_SHARED tw_status twi_handle_check(const void *handle, tw_handle_kind kind, const char *name);
#else
static inline void twi_handle_open(const void *handle, tw_handle_kind kind) { (void)handle, (void)kind; }
static inline void twi_handle_lend(const void *handle, tw_handle_kind kind) { (void)handle, (void)kind; }
static inline void twi_handle_take_back(const void *handle) { (void)handle; }
static inline void twi_handle_close(const void *handle, tw_handle_kind kind, const char *function) {
  (void)handle, (void)kind, (void)function;
}
#endif

#ifdef __cplusplus
}
#endif

#endif
