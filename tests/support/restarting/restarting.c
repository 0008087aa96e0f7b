/* Restarts itself and says what happens: a line before the call, each time it is made, and one after it. An argument "gone"
   takes its own file away first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <torch_warmup.h>
#include <unistd.h>

int main(int argc, char **argv) {
  printf("before %ld\n", (long)getpid());
  fflush(stdout);
  if (argc > 1 && strcmp(argv[1], "gone") == 0) (void)remove(argv[0]);
  const tw_status status = tw_restart_with_patient_threads(argv);
  const char *count = getenv("GOMP_SPINCOUNT");
  printf("after %ld %s spin count %s", (long)getpid(), tw_status_name(status), count != NULL ? count : "unset");
  for (int i = 1; i < argc; ++i) printf(" [%s]", argv[i]);
  printf("\n%s", status == TW_OK ? "" : tw_last_error());
  return 0;
}
