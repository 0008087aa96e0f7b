#include "program.h"

#include <string.h>

/* ---- commands ---- */

/* How many arguments a usage allows: least and most. */
static void count_arguments(const char *usage, int *least, int *most) {
  *least = *most = 0;
  for (const char *word = usage; word != NULL && *word != '\0'; word = strchr(word, ' ')) {
    word += *word == ' ';
    *most += 1;
    *least += *word != '[';
  }
}

int run_command(int argc, char **argv, const command *commands, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    int least, most;
    count_arguments(commands[i].usage, &least, &most);
    if (argc < 2 + least || argc > 2 + most || strcmp(argv[1], commands[i].name) != 0) continue;
    commands[i].run(argv + 2);
    return 0;
  }
  for (size_t i = 0; i < count; ++i)
    fprintf(stderr, "%s %s %s %s\n", i == 0 ? "usage:" : "      ", argv[0], commands[i].name, commands[i].usage);
  return 2;
}

/* ---- tensors ---- */

const char *dtype_name(tw_dtype dtype) {
  static const char *const names[] = {"uint8",   "int8",     "int16",   "int32",   "int64",
                                      "float16", "bfloat16", "float32", "float64", "bool"};
  return names[dtype - TW_UINT8];
}

void put_numbers(tw_checkpoint *checkpoint, const char *key, const double *numbers, const int64_t *sizes,
                 tw_dtype dtype) {
  const size_t bytes = (size_t)(sizes[0] * sizes[1]) * sizeof *numbers;
  tw_tensor *doubles, *converted;
  CHECK(tw_tensor_from_data(&doubles, numbers, bytes, sizes, 2, TW_FLOAT64));
  CHECK(tw_tensor_to_dtype(&converted, doubles, dtype));
  CHECK(tw_checkpoint_put_tensor(checkpoint, key, converted));
  tw_tensor_free(doubles);
  tw_tensor_free(converted);
}

void put_layouts(tw_checkpoint *checkpoint) {
  static float memory[24];
  for (int i = 0; i < 24; ++i) memory[i] = (float)i;
  const int64_t sizes[] = {3, 2}, strides[] = {2, 7}, repeated[] = {0, 1}, none[] = {0, 4};
  tw_tensor *view, *expanded, *empty, *scalar;
  CHECK(tw_tensor_from_blob(&view, memory + 1, sizeof memory - sizeof *memory, sizes, 2, strides, TW_FLOAT32, NULL,
                            NULL));
  CHECK(tw_tensor_from_blob(&expanded, memory, sizeof memory, sizes, 2, repeated, TW_FLOAT32, NULL, NULL));
  CHECK(tw_tensor_zeros(&empty, none, 2, TW_INT64, NULL));
  CHECK(tw_tensor_full_double(&scalar, NULL, 0, -2.5, TW_FLOAT64, NULL));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "view", view));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "expanded", expanded));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "empty", empty));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "scalar", scalar));
  tw_tensor *all[] = {view, expanded, empty, scalar};
  for (size_t i = 0; i < sizeof all / sizeof *all; ++i) tw_tensor_free(all[i]);
}

size_t get_floats(float *out, size_t capacity, const tw_tensor *tensor) {
  size_t bytes;
  CHECK(tw_tensor_copy_data(out, capacity * sizeof *out, &bytes, tensor));
  return bytes / sizeof *out;
}

void print_floats(const tw_tensor *tensor, const char *separator) {
  float numbers[4096];
  const size_t count = get_floats(numbers, sizeof numbers / sizeof *numbers, tensor);
  for (size_t i = 0; i < count; ++i) printf("%s%.9g", i == 0 ? "" : separator, (double)numbers[i]);
}

/* ---- the network of the fixtures ---- */

tw_module *make_network(void) {
  tw_module *layers[3], *network;
  CHECK(tw_module_linear(&layers[0], 4, 5, NULL));
  CHECK(tw_module_tanh(&layers[1]));
  CHECK(tw_module_linear(&layers[2], 5, 3, NULL));
  CHECK(tw_module_sequential(&network, layers, 3));
  for (int i = 0; i < 3; ++i) tw_module_free(layers[i]);
  return network;
}

tw_tensor *make_input(void) {
  const int64_t sizes[] = {6, 4};
  float numbers[24];
  for (int i = 0; i < 24; ++i) numbers[i] = -1.0f + 2.0f * (float)i / 23.0f;
  tw_tensor *input;
  CHECK(tw_tensor_from_data(&input, numbers, sizeof numbers, sizes, 2, TW_FLOAT32));
  return input;
}
