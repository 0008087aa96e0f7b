/* What checkpoint.py runs: writes checkpoints, loads and saves again those of Python, and runs a network on weights. */
#include "program.h"

/* 0, 1, 2, ... modulo 2 as bools, otherwise as they are. */
static void put_dtypes(tw_checkpoint *checkpoint) {
  const int64_t sizes[] = {2, 3};
  for (tw_dtype dtype = TW_UINT8; dtype <= TW_BOOL; ++dtype) {
    double numbers[6];
    for (int i = 0; i < 6; ++i) numbers[i] = dtype == TW_BOOL ? i % 2 : i;
    put_numbers(checkpoint, dtype_name(dtype), numbers, sizes, dtype);
  }
}

static void put_shared(tw_checkpoint *checkpoint) {
  const int64_t sizes[] = {3, 2};
  tw_tensor *whole, *same;
  CHECK(tw_tensor_ones(&whole, sizes, 2, TW_FLOAT32, NULL));
  CHECK(tw_tensor_detach(&same, whole));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "shared_1", whole));
  CHECK(tw_checkpoint_put_tensor(checkpoint, "shared_2", same));
  tw_tensor_free(whole);
  tw_tensor_free(same);
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

static void print_outputs(tw_module *network) {
  tw_tensor *input = make_input(), *output;
  CHECK(tw_module_forward(&output, network, &input, 1));
  print_floats(output, "\n");
  putchar('\n');
  tw_tensor_free(input);
  tw_tensor_free(output);
}

static void write_checkpoint(char **arguments) {
  tw_checkpoint *checkpoint;
  CHECK(tw_checkpoint_create(&checkpoint));
  put_dtypes(checkpoint);
  put_layouts(checkpoint);
  put_shared(checkpoint);
  put_integers(checkpoint);
  CHECK(tw_checkpoint_save(checkpoint, arguments[0]));
  tw_checkpoint_free(checkpoint);
}

static void write_doubles(char **arguments) {
  static const double doubles[] = {0.1, -0.0, 1e-320, 1e308};
  tw_checkpoint *checkpoint;
  CHECK(tw_checkpoint_create(&checkpoint));
  for (size_t i = 0; i < sizeof doubles / sizeof *doubles; ++i) {
    const char key[] = {(char)('a' + i), 0};
    CHECK(tw_checkpoint_put_double(checkpoint, key, doubles[i]));
  }
  CHECK(tw_checkpoint_save(checkpoint, arguments[0]));
  tw_checkpoint_free(checkpoint);
}

static void write_module(char **arguments) {
  tw_checkpoint *checkpoint;
  CHECK(tw_manual_seed(3));
  tw_module *network = make_network();
  CHECK(tw_checkpoint_create(&checkpoint));
  CHECK(tw_checkpoint_put_module(checkpoint, "model", network));
  CHECK(tw_checkpoint_save(checkpoint, arguments[0]));
  print_outputs(network);
  tw_checkpoint_free(checkpoint);
  tw_module_free(network);
}

static void run_module(char **arguments) {
  tw_checkpoint *checkpoint;
  tw_module *network = make_network();
  CHECK(tw_checkpoint_load(&checkpoint, arguments[0]));
  CHECK(tw_checkpoint_restore_module(network, checkpoint, arguments[1], 1));
  print_outputs(network);
  tw_checkpoint_free(checkpoint);
  tw_module_free(network);
}

static void save_again(char **arguments) {
  tw_checkpoint *checkpoint;
  CHECK(tw_checkpoint_load(&checkpoint, arguments[0]));
  CHECK(tw_checkpoint_save(checkpoint, arguments[1]));
  tw_checkpoint_free(checkpoint);
}

int main(int argc, char **argv) {
  static const command commands[] = {
      {"write", "FILE", write_checkpoint},    {"write-doubles", "FILE", write_doubles},
      {"write-module", "FILE", write_module}, {"run-module", "FILE [KEY]", run_module},
      {"save-again", "FROM TO", save_again},
  };
  return run_command(argc, argv, commands, sizeof commands / sizeof *commands);
}
