/* Ctrl-C ends the run after the step in progress; a second one ends it at once. */
#ifndef EMNIST_INTERRUPT_H
#define EMNIST_INTERRUPT_H

#include <stdbool.h>

/* The exit status of a program that Ctrl-C ended, as shells have it. */
enum { INTERRUPT_STATUS = 130 };

void interrupt_catch(void);
bool interrupt_pending(void);

#endif
