#include "base/lock.h"

int twi_lock_init(twi_lock *lock) {
  atomic_init(&lock->owner, 0);
  return pthread_mutex_init(&lock->mutex, NULL) == 0;
}

void twi_lock_destroy(twi_lock *lock) { (void)pthread_mutex_destroy(&lock->mutex); }
