/* What both programs about warmups need: the three untuned warmups of a beta2, and numbers from the command line. */
#ifndef WARMUPS_H
#define WARMUPS_H

#include <stdio.h>
#include <stdlib.h>
#include <torch_warmup.h>

/* Ends the program with the library's message where a call fails. */
#define TW_CHECK(call)                                                                            \
  do {                                                                                            \
    if ((call) != TW_OK) fprintf(stderr, "%s: %s\n", #call, tw_last_error()), exit(EXIT_FAILURE); \
  } while (0)

enum { WARMUPS = 3 };

/* Linear, exponential, RAdam, each of an optimizer of its own, for an optimizer takes one warmup. */
void make_warmups(tw_warmup *warmups[WARMUPS], double beta2);
void free_warmups(tw_warmup *warmups[WARMUPS]);

/* A number from the command line. Ends the program with a message where the text is none, or not above least. */
double read_number(const char *text, const char *name, double least);

#endif
