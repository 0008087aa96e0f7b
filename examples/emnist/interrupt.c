#define _POSIX_C_SOURCE 200809L
#include "interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t pending = 0; /* the signal's number */

static void remember(int signal_number) { pending = signal_number; }

void interrupt_catch(void) {
  struct sigaction action = {.sa_handler = remember};
  sigemptyset(&action.sa_mask);
  action.sa_flags = (int)SA_RESETHAND | SA_RESTART;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

bool interrupt_pending(void) { return pending != 0; }

int interrupt_status(void) { return 128 + pending; }
