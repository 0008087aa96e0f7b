/* What checkpoint.py runs: writes checkpoints, loads and saves again those of Python, and runs a network on weights. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <torch_warmup.h>

#define CHECK(call)                                        \
  do {                                                     \
    if ((call) != TW_OK) {                                 \
      fprintf(stderr, "%s: %s\n", #call, tw_last_error()); \
      exit(1);                                             \
    }                                                      \
  } while (0)

/* 0, 1, 2, ... modulo 2 as bools, otherwise as they are. */
static void put_range(tw_checkpoint *checkpoint, const char *key, tw_dtype dtype) {
  const int64_t sizes[] = {2, 3};
  float numbers[6];
  for (int i = 0; i < 6; ++i) numbers[i] = (float)(dtype == TW_BOOL ? i % 2 : i);
  tw_tensor *floats, *converted;
  CHECK(tw_tensor_from_data(&floats, numbers, sizes, 2, TW_FLOAT32));
  CHECK(tw_tensor_to_dtype(&converted, floats, dtype));
  CHECK(tw_checkpoint_put_tensor(checkpoint, key, converted));
  tw_tensor_free(floats);
  tw_tensor_free(converted);
}

static void put_dtypes(tw_checkpoint *checkpoint) {
  static const char *const names[] = {"uint8",   "int8",     "int16",   "int32",   "int64",
                                      "float16", "bfloat16", "float32", "float64", "bool"};
  for (tw_dtype dtype = TW_UINT8; dtype <= TW_BOOL; ++dtype) put_range(checkpoint, names[dtype - 1], dtype);
}

static void put_shapes(tw_checkpoint *checkpoint) {
  static float memory[24];
  for (int i = 0; i < 24; ++i) memory[i] = (float)i;
  const int64_t sizes[] = {3, 2}, strides[] = {2, 7}, repeated[] = {0, 1}, none[] = {0, 4};
  tw_tensor *view, *expanded, *empty, *scalar, *whole, *same;
  CHECK(tw_tensor_from_blob(&view, memory + 1, sizes, strides, 2, TW_FLOAT32, NULL, NULL));
  CHECK(tw_tensor_from_blob(&expanded, memory, sizes, repeated, 2, TW_FLOAT32, NULL, NULL));
  CHECK(tw_tensor_zeros(&empty, none, 2, TW_INT64, NULL));
  CHECK(tw_tensor_full(&scalar, NULL, 0, -2.5, TW_FLOAT64, NULL));
  CHECK(tw_tensor_ones(&whole, sizes, 2, TW_FLOAT32, NULL));
  CHECK(tw_tensor_detach(&same, whole));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "view", view));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "expanded", expanded));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "empty", empty));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "scalar", scalar));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "shared_1", whole));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "shared_2", same));
  tw_tensor *all[] = {view, expanded, empty, scalar, whole, same};
  for (size_t i = 0; i < sizeof all / sizeof *all; ++i) tw_tensor_free(all[i]);
}

static void put_integers(tw_checkpoint *checkpoint) {
  static const int64_t integers[] = {0,         255,      256, 65535, 65536, INT32_MAX, INT32_MIN, -1, (int64_t)1 << 40,
                                     INT64_MAX, INT64_MIN};
  for (size_t i = 0; i < sizeof integers / sizeof *integers; ++i) {
    char key[16];
    snprintf(key, sizeof key, "int_%d", (int)i);
    CHECK(tw_checkpoint_put_int64(checkpoint, key, integers[i]));
  }
  CHECK(tw_checkpoint_put_string(checkpoint, "text", "gr\303\274\303\237e, \360\237\224\245"));
}

/* The network of the fixtures. */
static tw_module *make_network(void) {
  tw_module *layers[3], *network;
  CHECK(tw_module_linear(&layers[0], 4, 5, 1));
  CHECK(tw_module_tanh(&layers[1]));
  CHECK(tw_module_linear(&layers[2], 5, 3, 1));
  CHECK(tw_module_sequential(&network, layers, 3));
  for (int i = 0; i < 3; ++i) tw_module_free(layers[i]);
  return network;
}

/* Prints the network's outputs for 24 values evenly spaced from -1 to 1. */
static void print_outputs(tw_module *network) {
  const int64_t sizes[] = {6, 4};
  float numbers[24], results[18];
  for (int i = 0; i < 24; ++i) numbers[i] = -1.0f + 2.0f * (float)i / 23.0f;
  tw_tensor *input, *output;
  CHECK(tw_tensor_from_data(&input, numbers, sizes, 2, TW_FLOAT32));
  CHECK(tw_module_forward(&output, network, &input, 1));
  CHECK(tw_tensor_copy_data(results, sizeof results, output));
  for (int i = 0; i < 18; ++i) printf("%.9g\n", (double)results[i]);
  tw_tensor_free(input);
  tw_tensor_free(output);
}

static void write_checkpoint(const char *path) {
  tw_checkpoint *checkpoint;
  CHECK(tw_checkpoint_create(&checkpoint));
  put_dtypes(checkpoint);
  put_shapes(checkpoint);
  put_integers(checkpoint);
  CHECK(tw_checkpoint_save(checkpoint, path));
  tw_checkpoint_free(checkpoint);
}

static void write_doubles(const char *path) {
  static const double doubles[] = {0.1, -0.0, 1e-320, 1e308};
  tw_checkpoint *checkpoint;
  CHECK(tw_checkpoint_create(&checkpoint));
  for (size_t i = 0; i < sizeof doubles / sizeof *doubles; ++i) {
    const char key[] = {(char)('a' + i), 0};
    CHECK(tw_checkpoint_put_double(checkpoint, key, doubles[i]));
  }
  CHECK(tw_checkpoint_save(checkpoint, path));
  tw_checkpoint_free(checkpoint);
}

static void write_module(const char *path) {
  tw_checkpoint *checkpoint;
  CHECK(tw_manual_seed(3));
  tw_module *network = make_network();
  CHECK(tw_checkpoint_create(&checkpoint));
  CHECK(tw_checkpoint_put_module(checkpoint, "model", network));
  CHECK(tw_checkpoint_save(checkpoint, path));
  print_outputs(network);
  tw_checkpoint_free(checkpoint);
  tw_module_free(network);
}

static void run_module(const char *path, const char *key) {
  tw_checkpoint *checkpoint;
  tw_module *network = make_network();
  CHECK(tw_checkpoint_load(&checkpoint, path));
  CHECK(tw_checkpoint_get_module(checkpoint, key, network));
  print_outputs(network);
  tw_checkpoint_free(checkpoint);
  tw_module_free(network);
}

static void save_again(const char *from, const char *to) {
  tw_checkpoint *checkpoint;
  CHECK(tw_checkpoint_load(&checkpoint, from));
  CHECK(tw_checkpoint_save(checkpoint, to));
  tw_checkpoint_free(checkpoint);
}

int main(int argc, char **argv) {
  const char *what = argc > 2 ? argv[1] : "";
  if (strcmp(what, "write") == 0) {
    write_checkpoint(argv[2]);
  } else if (strcmp(what, "write-doubles") == 0) {
    write_doubles(argv[2]);
  } else if (strcmp(what, "write-module") == 0) {
    write_module(argv[2]);
  } else if (strcmp(what, "run-module") == 0) {
    run_module(argv[2], argc > 3 ? argv[3] : NULL);
  } else if (strcmp(what, "save-again") == 0 && argc > 3) {
    save_again(argv[2], argv[3]);
  } else {
    fprintf(stderr, "usage: %s write|write-doubles|write-module|run-module|save-again FILE [KEY|FILE]\n", argv[0]);
    return 2;
  }
  return 0;
}
