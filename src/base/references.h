/* How many hold an object. C++ only lays it out: it has no _Atomic. */
#ifndef TWI_REFERENCES_H
#define TWI_REFERENCES_H

#include <stddef.h>

#ifdef __cplusplus
typedef size_t twi_references;
#else
#include <stdatomic.h>
typedef atomic_size_t twi_references;
#endif

#endif
