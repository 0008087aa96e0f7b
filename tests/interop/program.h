/* What the C programs that Python's tests run have in common: ending on a failure, their commands, and the tensors, the
 * network and the printing that more than one of them has. */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <torch_warmup.h>

/* Ends the program with what the library says where a call fails. */
#define CHECK(call)                                        \
  do {                                                     \
    if ((call) != TW_OK) {                                 \
      fprintf(stderr, "%s: %s\n", #call, tw_last_error()); \
      exit(1);                                             \
    }                                                      \
  } while (0)

/* ---- commands ---- */

typedef struct command {
  const char *name;
  const char *usage;             /* a word an argument; [WORD] for one that may be left out */
  void (*run)(char **arguments); /* a NULL stands behind the last */
} command;

/* Runs the command that the first argument names with those behind it. Gives the program's exit status: 2, after the
 * usage of all of them, where there is no such command or it takes another number of arguments. */
int run_command(int argc, char **argv, const command *commands, size_t count);

/* ---- tensors ---- */

/* "float32" for TW_FLOAT32. */
const char *dtype_name(tw_dtype dtype);

/* Puts a tensor of two dimensions with these numbers, as that dtype holds them. */
void put_numbers(tw_checkpoint *checkpoint, const char *key, const double *numbers, const int64_t *sizes,
                 tw_dtype dtype);

/* Puts "view", "expanded", "empty" and "scalar", which are laid out as such tensors are. */
void put_layouts(tw_checkpoint *checkpoint);

/* Copies the elements of a float32 tensor, and ends the program where there are more than the capacity. How many there
 * are. */
size_t get_floats(float *out, size_t capacity, const tw_tensor *tensor);

/* Prints them with nine digits, which tell any two apart. */
void print_floats(const tw_tensor *tensor, const char *separator);

/* ---- the network of the fixtures ---- */

/* Linear of 4 to 5, tanh, linear of 5 to 3. */
tw_module *make_network(void);

/* 24 values evenly spaced from -1 to 1, for six results of it. */
tw_tensor *make_input(void);
