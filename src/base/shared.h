/* Which of the core's own functions the library over LibTorch may call. They are exported, under a version of symbols
 * that is nobody else's business and changes with every version of the project. */
#ifndef TWI_SHARED_H
#define TWI_SHARED_H

#ifndef TWI_SHARED
#define TWI_SHARED __attribute__((visibility("default")))
#endif

#endif
