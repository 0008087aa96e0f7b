/* One lock an optimizer, which knows the thread that holds it: from within a callback of a running call the same thread
 * comes by again. */
#ifndef TWI_LOCK_H
#define TWI_LOCK_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

typedef struct twi_lock {
  pthread_mutex_t mutex;
  _Atomic(uintptr_t) owner; /* of the thread that holds it; 0 for none */
} twi_lock;

/* 0 where the system has no room for one. */
int twi_lock_init(twi_lock *lock);
void twi_lock_destroy(twi_lock *lock);

/* A number that no other living thread has, and not 0: where POSIX systems keep what they know of the thread. An address
 * of a _Thread_local of ours would do too, at several times the cost in a shared library. */
static inline uintptr_t twi_this_thread(void) { return (uintptr_t)pthread_self(); }

/* Whether the calling thread holds it. */
static inline int twi_lock_is_mine(twi_lock *lock) {
  return atomic_load_explicit(&lock->owner, memory_order_relaxed) == twi_this_thread();
}

static inline void twi_lock_take(twi_lock *lock) {
  (void)pthread_mutex_lock(&lock->mutex);
  atomic_store_explicit(&lock->owner, twi_this_thread(), memory_order_relaxed);
}

static inline void twi_lock_give(twi_lock *lock) {
  atomic_store_explicit(&lock->owner, 0, memory_order_relaxed);
  (void)pthread_mutex_unlock(&lock->mutex);
}

#endif
