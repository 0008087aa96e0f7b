/* What live_safetensors.py runs: writes safetensors files, reads those of Python, and takes networks from one to the other. */
#include "program.h"

#include <string.h>

static void *allocate(size_t bytes) {
  void *memory = malloc(bytes > 0 ? bytes : 1);
  if (memory == NULL) exit(1);
  return memory;
}

/* ---- writing ---- */

/* Numbers from -3 on and a half apart, so far as the dtype holds them. */
static void put_dtypes(tw_checkpoint *checkpoint) {
  const int64_t sizes[] = {3, 5};
  for (tw_dtype dtype = TW_UINT8; dtype <= TW_BOOL; ++dtype) {
    double numbers[15];
    for (int i = 0; i < 15; ++i)
      numbers[i] = dtype == TW_BOOL     ? i % 3 == 0
                   : dtype == TW_UINT8  ? i * 17
                   : dtype < TW_FLOAT16 ? i - 3
                                        : i * 0.5 - 3;
    put_numbers(checkpoint, dtype_name(dtype), numbers, sizes, dtype);
  }
}

static void put_names(tw_checkpoint *checkpoint) {
  tw_tensor *scalar;
  CHECK(tw_tensor_full_double(&scalar, NULL, 0, -2.5, TW_FLOAT64, NULL));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "", scalar));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "gr\303\274\303\237e \"\\\n\001\360\237\224\245", scalar));
  tw_tensor_free(scalar);
}

static void write_file(char **arguments) {
  tw_checkpoint *checkpoint;
  CHECK(tw_checkpoint_create(&checkpoint));
  put_dtypes(checkpoint);
  put_layouts(checkpoint);
  put_names(checkpoint);
  CHECK(tw_checkpoint_put_string(checkpoint, "__metadata__.format", "pt"));
  CHECK(tw_checkpoint_put_string(checkpoint, "__metadata__.\"\360\237\224\245\"", "\t\b\f\r\n\\/\177\037"));
  CHECK(tw_checkpoint_save_safetensors(checkpoint, arguments[0]));
  tw_checkpoint_free(checkpoint);
}

/* ---- reading ---- */

static void print_hex(const void *bytes, size_t count) {
  for (size_t i = 0; i < count; ++i) printf("%02x", ((const unsigned char *)bytes)[i]);
}

static void print_tensor(const tw_tensor *tensor) {
  tw_dtype dtype;
  size_t ndim, bytes;
  int64_t sizes[64];
  CHECK(tw_tensor_get_dtype(&dtype, tensor));
  CHECK(tw_tensor_get_sizes(sizes, 64, &ndim, tensor));
  CHECK(tw_tensor_copy_data(NULL, 0, &bytes, tensor));
  void *elements = allocate(bytes);
  CHECK(tw_tensor_copy_data(elements, bytes, NULL, tensor));
  printf(" %s [", dtype_name(dtype));
  for (size_t i = 0; i < ndim; ++i) printf("%s%lld", i > 0 ? "," : "", (long long)sizes[i]);
  printf("] ");
  print_hex(elements, bytes);
  free(elements);
}

/* A line for each key: the key in hex, the dtype, the sizes and the elements in hex; or "str" and the text in hex. */
static void print_file(char **arguments) {
  tw_checkpoint *checkpoint;
  size_t count;
  CHECK(tw_checkpoint_load_safetensors(&checkpoint, arguments[0]));
  CHECK(tw_checkpoint_get_key_count(&count, checkpoint));
  for (size_t i = 0; i < count; ++i) {
    char key[200], text[200];
    tw_kind kind;
    tw_tensor *tensor;
    CHECK(tw_checkpoint_get_key(key, sizeof key, NULL, checkpoint, i));
    CHECK(tw_checkpoint_get_kind(&kind, checkpoint, key));
    printf("0x");
    print_hex(key, strlen(key));
    if (kind == TW_KIND_TENSOR) {
      CHECK(tw_checkpoint_get_tensor(&tensor, checkpoint, key));
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

static void save_again(char **arguments) {
  tw_checkpoint *checkpoint;
  CHECK(tw_checkpoint_load_safetensors(&checkpoint, arguments[0]));
  CHECK(tw_checkpoint_save_safetensors(checkpoint, arguments[1]));
  tw_checkpoint_free(checkpoint);
}

/* Of files 0, 1, 2, ... in a folder: a line "taken", or what is wrong with it. */
static void judge_files(char **arguments) {
  const int count = atoi(arguments[1]);
  for (int i = 0; i < count; ++i) {
    char path[4096];
    tw_checkpoint *checkpoint;
    snprintf(path, sizeof path, "%s/%d", arguments[0], i);
    const tw_status status = tw_checkpoint_load_safetensors(&checkpoint, path);
    printf("%s %s\n", tw_status_name(status), status == TW_OK ? "" : tw_last_error());
    tw_checkpoint_free(checkpoint);
  }
}

/* ---- networks ---- */

/* Python's file into a network, and that network into a file. */
static void pass_network(char **arguments) {
  tw_checkpoint *loaded, *made;
  tw_module *network = make_network();
  CHECK(tw_checkpoint_load_safetensors(&loaded, arguments[0]));
  CHECK(tw_checkpoint_restore_module(network, loaded, NULL, 1));
  CHECK(tw_checkpoint_create(&made));
  CHECK(tw_checkpoint_put_module(made, NULL, network));
  CHECK(tw_checkpoint_save_safetensors(made, arguments[1]));
  tw_checkpoint_free(loaded);
  tw_checkpoint_free(made);
  tw_module_free(network);
}

int main(int argc, char **argv) {
  static const command commands[] = {
      {"write", "FILE", write_file},
      {"print", "FILE", print_file},
      {"save-again", "FROM TO", save_again},
      {"judge", "FOLDER COUNT", judge_files},
      {"pass-network", "FROM TO", pass_network},
  };
  return run_command(argc, argv, commands, sizeof commands / sizeof *commands);
}
