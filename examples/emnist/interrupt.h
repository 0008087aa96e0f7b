/* Ctrl-C (SIGINT) and SIGTERM end the run after the step in progress; a second one ends it at once. SIGUSR1 is SIGTERM too,
   as run.sh hands it on. */
#ifndef EMNIST_INTERRUPT_H
#define EMNIST_INTERRUPT_H

#include <stdbool.h>

/* From here on; what a script that runs this in the background had ignored, too. */
void interrupt_catch(void);
bool interrupt_pending(void);

/* The exit status of a program that the signal ended, as shells have it: 130 for Ctrl-C, 143 for SIGTERM. */
int interrupt_status(void);

#endif
