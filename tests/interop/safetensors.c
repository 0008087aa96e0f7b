/* What live_safetensors.py runs: writes safetensors files, reads those of Python, and takes networks from one to the other. */
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

static void *allocate(size_t bytes) {
  void *memory = malloc(bytes > 0 ? bytes : 1);
  if (memory == NULL) exit(1);
  return memory;
}

/* ---- writing ---- */

/* Numbers from -3 on and a half apart, so far as the dtype holds them. */
static void put_numbers(tw_checkpoint *checkpoint, const char *key, tw_dtype dtype) {
  const int64_t sizes[] = {3, 5};
  double numbers[15];
  for (int i = 0; i < 15; ++i)
    numbers[i] = dtype == TW_BOOL ? i % 3 == 0 : dtype == TW_UINT8 ? i * 17 : dtype < TW_FLOAT16 ? i - 3 : i * 0.5 - 3;
  tw_tensor *doubles, *converted;
  CHECK(tw_tensor_from_data(&doubles, numbers, sizes, 2, TW_FLOAT64));
  CHECK(tw_tensor_to_dtype(&converted, doubles, dtype));
  CHECK(tw_checkpoint_put_tensor(checkpoint, key, converted));
  tw_tensor_free(doubles);
  tw_tensor_free(converted);
}

static void put_shapes(tw_checkpoint *checkpoint) {
  static float memory[24];
  for (int i = 0; i < 24; ++i) memory[i] = (float)i;
  const int64_t sizes[] = {3, 2}, strides[] = {2, 7}, repeated[] = {0, 1}, none[] = {0, 4};
  tw_tensor *view, *expanded, *empty, *scalar;
  CHECK(tw_tensor_from_blob(&view, memory + 1, sizes, strides, 2, TW_FLOAT32, NULL, NULL));
  CHECK(tw_tensor_from_blob(&expanded, memory, sizes, repeated, 2, TW_FLOAT32, NULL, NULL));
  CHECK(tw_tensor_zeros(&empty, none, 2, TW_INT64, NULL));
  CHECK(tw_tensor_full(&scalar, NULL, 0, -2.5, TW_FLOAT64, NULL));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "view", view));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "expanded", expanded));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "empty", empty));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "scalar", scalar));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "", scalar));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "gr\303\274\303\237e \"\\\n\001\360\237\224\245", scalar));
  tw_tensor *all[] = {view, expanded, empty, scalar};
  for (size_t i = 0; i < sizeof all / sizeof *all; ++i) tw_tensor_free(all[i]);
}

static void write_file(const char *path) {
  static const char *const names[] = {"uint8",   "int8",     "int16",   "int32",   "int64",
                                      "float16", "bfloat16", "float32", "float64", "bool"};
  tw_checkpoint *checkpoint;
  CHECK(tw_checkpoint_create(&checkpoint));
  for (tw_dtype dtype = TW_UINT8; dtype <= TW_BOOL; ++dtype) put_numbers(checkpoint, names[dtype - 1], dtype);
  put_shapes(checkpoint);
  CHECK(tw_checkpoint_put_string(checkpoint, "__metadata__.format", "pt"));
  CHECK(tw_checkpoint_put_string(checkpoint, "__metadata__.\"\360\237\224\245\"", "\t\b\f\r\n\\/\177\037"));
  CHECK(tw_checkpoint_save_safetensors(checkpoint, path));
  tw_checkpoint_free(checkpoint);
}

/* ---- reading ---- */

static void print_hex(const void *bytes, size_t count) {
  for (size_t i = 0; i < count; ++i) printf("%02x", ((const unsigned char *)bytes)[i]);
}

static void print_tensor(const tw_tensor *tensor) {
  static const char *const names[] = {"",        "uint8",    "int8",    "int16",   "int32", "int64",
                                      "float16", "bfloat16", "float32", "float64", "bool"};
  tw_dtype dtype;
  size_t dim, size;
  int64_t sizes[64], count;
  CHECK(tw_tensor_get_dtype(&dtype, tensor));
  CHECK(tw_tensor_get_dim(&dim, tensor));
  CHECK(tw_tensor_get_sizes(sizes, 64, tensor));
  CHECK(tw_tensor_get_numel(&count, tensor));
  size = dtype == TW_INT64 || dtype == TW_FLOAT64                           ? 8
         : dtype == TW_INT32 || dtype == TW_FLOAT32                         ? 4
         : dtype == TW_INT16 || dtype == TW_FLOAT16 || dtype == TW_BFLOAT16 ? 2
                                                                            : 1;
  void *bytes = allocate((size_t)count * size);
  CHECK(tw_tensor_copy_data(bytes, (size_t)count * size, tensor));
  printf(" %s [", names[dtype]);
  for (size_t i = 0; i < dim; ++i) printf("%s%lld", i > 0 ? "," : "", (long long)sizes[i]);
  printf("] ");
  print_hex(bytes, (size_t)count * size);
  free(bytes);
}

/* A line for each key: the key in hex, the dtype, the sizes and the elements in hex; or "str" and the text in hex. */
static void print_file(const char *path) {
  tw_checkpoint *checkpoint;
  size_t count;
  CHECK(tw_checkpoint_load_safetensors(&checkpoint, path));
  CHECK(tw_checkpoint_key_count(&count, checkpoint));
  for (size_t i = 0; i < count; ++i) {
    char key[200], text[200];
    tw_checkpoint_kind kind;
    tw_tensor *tensor;
    CHECK(tw_checkpoint_get_key(key, sizeof key, NULL, checkpoint, i));
    CHECK(tw_checkpoint_get_kind(&kind, checkpoint, key));
    printf("0x");
    print_hex(key, strlen(key));
    if (kind == TW_CHECKPOINT_TENSOR) {
      CHECK(tw_checkpoint_read_tensor(&tensor, checkpoint, key));
      print_tensor(tensor);
      tw_tensor_free(tensor);
    } else {
      CHECK(tw_checkpoint_get_string(text, sizeof text, NULL, checkpoint, key));
      printf(" str ");
      print_hex(text, strlen(text));
    }
    printf("\n");
  }
  tw_checkpoint_free(checkpoint);
}

static void save_again(const char *from, const char *to) {
  tw_checkpoint *checkpoint;
  CHECK(tw_checkpoint_load_safetensors(&checkpoint, from));
  CHECK(tw_checkpoint_save_safetensors(checkpoint, to));
  tw_checkpoint_free(checkpoint);
}

/* Of files 0, 1, 2, ... in a folder: a line "taken", or what is wrong with it. */
static void judge_files(const char *folder, int count) {
  for (int i = 0; i < count; ++i) {
    char path[4096];
    tw_checkpoint *checkpoint;
    snprintf(path, sizeof path, "%s/%d", folder, i);
    const tw_status status = tw_checkpoint_load_safetensors(&checkpoint, path);
    printf("%s %s\n", tw_status_name(status), status == TW_OK ? "" : tw_last_error());
    tw_checkpoint_free(checkpoint);
  }
}

/* ---- networks ---- */

static tw_module *make_network(void) {
  tw_module *layers[3], *network;
  CHECK(tw_module_linear(&layers[0], 4, 5, 1));
  CHECK(tw_module_tanh(&layers[1]));
  CHECK(tw_module_linear(&layers[2], 5, 3, 1));
  CHECK(tw_module_sequential(&network, layers, 3));
  for (int i = 0; i < 3; ++i) tw_module_free(layers[i]);
  return network;
}

/* Python's file into a network, and that network into a file. */
static void pass_network(const char *from, const char *to) {
  tw_checkpoint *loaded, *made;
  tw_module *network = make_network();
  CHECK(tw_checkpoint_load_safetensors(&loaded, from));
  CHECK(tw_checkpoint_get_module(loaded, NULL, network));
  CHECK(tw_checkpoint_create(&made));
  CHECK(tw_checkpoint_put_module(made, NULL, network));
  CHECK(tw_checkpoint_save_safetensors(made, to));
  tw_checkpoint_free(loaded);
  tw_checkpoint_free(made);
  tw_module_free(network);
}

int main(int argc, char **argv) {
  const char *what = argc > 2 ? argv[1] : "";
  if (strcmp(what, "write") == 0) {
    write_file(argv[2]);
  } else if (strcmp(what, "print") == 0) {
    print_file(argv[2]);
  } else if (strcmp(what, "save-again") == 0 && argc > 3) {
    save_again(argv[2], argv[3]);
  } else if (strcmp(what, "judge") == 0 && argc > 3) {
    judge_files(argv[2], atoi(argv[3]));
  } else if (strcmp(what, "pass-network") == 0 && argc > 3) {
    pass_network(argv[2], argv[3]);
  } else {
    fprintf(stderr, "usage: %s write|print|save-again|judge|pass-network FILE|FOLDER [FILE|COUNT]\n", argv[0]);
    return 2;
  }
  return 0;
}
