#define _POSIX_C_SOURCE 200809L
#include "interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t pending = 0; /* the first signal's number */

static void remember(int signal_number) {
  if (pending == 0) pending = signal_number == SIGUSR1 ? SIGTERM : signal_number;
}

void interrupt_catch(void) {
  struct sigaction action = {.sa_handler = remember};
  sigemptyset(&action.sa_mask);
  action.sa_flags = (int)SA_RESETHAND | SA_RESTART;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGUSR1, &action, NULL);
}

bool interrupt_pending(void) { return pending != 0; }

int interrupt_status(void) { return 128 + pending; }
