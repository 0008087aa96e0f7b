/* What checkpoint.py runs: writes checkpoints, loads and saves again those of Python, and runs a network on weights. */
#include <string.h>

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

/* A string value, a list of two, and so on: each shares what it is made of, whose handles go at once. */
static tw_value *list_of(tw_value *first, tw_value *second) {
  tw_value *items[] = {first, second}, *list;
  CHECK(tw_value_list(&list, items, 2));
  tw_value_free(first);
  tw_value_free(second);
  return list;
}

static tw_value *dict_of(tw_value *key, tw_value *value) {
  tw_value *dict;
  CHECK(tw_value_dict(&dict, &key, &value, 1));
  tw_value_free(key);
  tw_value_free(value);
  return dict;
}

static tw_value *of_int(int64_t number) {
  tw_value *value;
  CHECK(tw_value_int64(&value, number));
  return value;
}

static tw_value *of_string(const char *text) {
  tw_value *value;
  CHECK(tw_value_string(&value, text));
  return value;
}

static tw_value *of_tensor(void) {
  static const float numbers[] = {1, 2, 3};
  const int64_t size = 3;
  tw_tensor *tensor;
  tw_value *value;
  CHECK(tw_tensor_from_data(&tensor, numbers, sizeof numbers, &size, 1, TW_FLOAT32));
  CHECK(tw_value_tensor(&value, tensor));
  tw_tensor_free(tensor);
  return value;
}

/* {"args": [{3: [True, None]}, ("a", tensor)]} */
static tw_value *make_nested(void) {
  tw_value *truth, *none, *tuple, *parts[] = {of_string("a"), of_tensor()};
  CHECK(tw_value_bool(&truth, 1));
  CHECK(tw_value_none(&none));
  CHECK(tw_value_tuple(&tuple, parts, 2));
  tw_value_free(parts[0]);
  tw_value_free(parts[1]);
  return dict_of(of_string("args"), list_of(dict_of(of_int(3), list_of(truth, none)), tuple));
}

/* A file of a value without a dict of names around it. */
static void write_root(char **arguments) {
  tw_checkpoint *checkpoint;
  tw_value *value = strcmp(arguments[0], "tensor") == 0 ? of_tensor()
                    : strcmp(arguments[0], "list") == 0 ? list_of(of_tensor(), of_int(1))
                                                        : make_nested();
  CHECK(tw_checkpoint_create(&checkpoint));
  CHECK(tw_checkpoint_put_value(checkpoint, NULL, value));
  CHECK(tw_checkpoint_save(checkpoint, arguments[1]));
  tw_value_free(value);
  tw_checkpoint_free(checkpoint);
}

/* Loads a file and saves all of it by way of a value, under a key of a new checkpoint. */
static void wrap(char **arguments) {
  tw_checkpoint *from, *to;
  tw_value *value;
  CHECK(tw_checkpoint_load(&from, arguments[0]));
  CHECK(tw_checkpoint_get_value(&value, from, NULL));
  tw_checkpoint_free(from);
  CHECK(tw_checkpoint_create(&to));
  CHECK(tw_checkpoint_put_value(to, "all", value));
  CHECK(tw_checkpoint_save(to, arguments[1]));
  tw_value_free(value);
  tw_checkpoint_free(to);
}

static void print_value(const tw_value *value);

static void print_items(const tw_value *value, int is_dict) {
  size_t count;
  CHECK(tw_value_get_size(&count, value));
  for (size_t i = 0; i < count; ++i) {
    tw_value *part;
    if (is_dict) {
      CHECK(tw_value_get_key(&part, value, i));
      print_value(part);
      printf(": ");
      tw_value_free(part);
    }
    CHECK(tw_value_get_item(&part, value, i));
    print_value(part);
    printf(", ");
    tw_value_free(part);
  }
}

static void print_number(const tw_value *value, tw_kind kind) {
  int64_t integer;
  int32_t truth;
  double real;
  if (kind == TW_KIND_INT64) {
    CHECK(tw_value_get_int64(&integer, value));
    printf("%lld", (long long)integer);
  } else if (kind == TW_KIND_BOOL) {
    CHECK(tw_value_get_bool(&truth, value));
    printf(truth ? "True" : "False");
  } else {
    CHECK(tw_value_get_double(&real, value));
    printf("%.17g", real);
  }
}

static void print_text(const tw_value *value) {
  char text[64];
  CHECK(tw_value_get_string(text, sizeof text, NULL, value));
  printf("'%s'", text);
}

static void print_tensor(const tw_value *value) {
  tw_tensor *tensor;
  CHECK(tw_value_get_tensor(&tensor, value));
  printf("T(");
  print_floats(tensor, ",");
  printf(")");
  tw_tensor_free(tensor);
}

/* As Python would read it back, T being a function of numbers. */
static void print_value(const tw_value *value) {
  tw_kind kind;
  CHECK(tw_value_get_kind(&kind, value));
  if (kind == TW_KIND_LIST || kind == TW_KIND_TUPLE || kind == TW_KIND_DICT) {
    const char *brackets = kind == TW_KIND_LIST ? "[]" : kind == TW_KIND_TUPLE ? "()" : "{}";
    putchar(brackets[0]);
    print_items(value, kind == TW_KIND_DICT);
    putchar(brackets[1]);
  } else if (kind == TW_KIND_TENSOR) {
    print_tensor(value);
  } else if (kind == TW_KIND_STRING) {
    print_text(value);
  } else if (kind == TW_KIND_NONE) {
    printf("None");
  } else {
    print_number(value, kind);
  }
}

static void print_root(char **arguments) {
  tw_checkpoint *checkpoint;
  tw_value *value;
  CHECK(tw_checkpoint_load(&checkpoint, arguments[0]));
  CHECK(tw_checkpoint_get_value(&value, checkpoint, NULL));
  tw_checkpoint_free(checkpoint);
  print_value(value);
  putchar('\n');
  tw_value_free(value);
}

/* ---- what other programs save ---- */

/* Linear of 4 to 5, batch norm, linear of 5 to 3. */
static tw_module *make_normed(void) {
  tw_module *layers[3], *network;
  CHECK(tw_module_linear(&layers[0], 4, 5, NULL));
  CHECK(tw_module_batch_norm1d(&layers[1], 5, NULL));
  CHECK(tw_module_linear(&layers[2], 5, 3, NULL));
  CHECK(tw_module_sequential(&network, layers, 3));
  for (int i = 0; i < 3; ++i) tw_module_free(layers[i]);
  return network;
}

/* A part of a checkpoint: what a path of keys and indices leads to, as "states/0", without a prefix. */
static tw_checkpoint *part_of(const char *path, const char *keys, const char *prefix) {
  char text[256], *key;
  tw_checkpoint *file, *part;
  tw_value *at, *next;
  CHECK(tw_checkpoint_load(&file, path));
  CHECK(tw_checkpoint_get_value(&at, file, NULL));
  tw_checkpoint_free(file);
  snprintf(text, sizeof text, "%s", keys);
  for (key = strtok(text, "/"); key != NULL; key = strtok(NULL, "/"), tw_value_free(at), at = next) {
    tw_kind kind;
    CHECK(tw_value_get_kind(&kind, at));
    if (kind == TW_KIND_LIST)
      CHECK(tw_value_get_item(&next, at, (size_t)atoi(key)));
    else
      CHECK(tw_value_find(&next, at, key));
  }
  CHECK(tw_checkpoint_from_value(&part, at, strcmp(prefix, "-") == 0 ? NULL : prefix));
  tw_value_free(at);
  return part;
}

/* Restores a batch norm's network, three batches old, from a part, and saves it: or says why it does not fit. */
static void run_normed(char **arguments) {
  tw_module *network = make_normed();
  tw_checkpoint *part = part_of(arguments[0], arguments[1], arguments[2]), *made;
  for (int i = 0; i < 3; ++i) {
    tw_tensor *input = make_input(), *output;
    CHECK(tw_module_forward(&output, network, &input, 1));
    tw_tensor_free(input);
    tw_tensor_free(output);
  }
  CHECK(tw_checkpoint_restore_module(network, part, NULL, 1));
  CHECK(tw_checkpoint_create(&made));
  CHECK(tw_checkpoint_put_module(made, NULL, network));
  CHECK(tw_checkpoint_save(made, arguments[3]));
  tw_checkpoint_free(made);
  tw_checkpoint_free(part);
  tw_module_free(network);
}

/* The loss is the mean of the squared outputs. */
static void train_step(tw_module *network, tw_optimizer *optimizer, tw_lr_scheduler *scheduler) {
  tw_tensor *input = make_input(), *output, *squares, *loss;
  CHECK(tw_optimizer_zero_grad(optimizer));
  CHECK(tw_module_forward(&output, network, &input, 1));
  CHECK(tw_op_mul(&squares, output, output));
  CHECK(tw_op_mean(&loss, squares));
  CHECK(tw_tensor_backward(loss, NULL, 0));
  CHECK(tw_optimizer_step(optimizer));
  CHECK(tw_lr_scheduler_step(scheduler));
  tw_tensor *all[] = {input, output, squares, loss};
  for (int i = 0; i < 4; ++i) tw_tensor_free(all[i]);
}

/* Network, AdamW and StepLR from a file of PyTorch Lightning's, and from there on three steps. */
static void run_lightning(char **arguments) {
  const char *path = arguments[0];
  tw_checkpoint *weights = part_of(path, "state_dict", "model."), *state = part_of(path, "optimizer_states/0", "-"),
                *schedule = part_of(path, "lr_schedulers/0", "-"), *made;
  tw_module *network = make_network();
  tw_tensor_list *list;
  tw_tensor *const *parameters;
  size_t count;
  tw_optimizer *optimizer;
  tw_lr_scheduler *scheduler;
  CHECK(tw_module_get_parameters(&list, network));
  CHECK(tw_tensor_list_get_data(&parameters, &count, list));
  CHECK(tw_optimizer_adamw(&optimizer, parameters, count, NULL));
  CHECK(tw_lr_scheduler_step_lr(&scheduler, optimizer, 1, 0.1));
  CHECK(tw_checkpoint_restore_module(network, weights, NULL, 1));
  CHECK(tw_checkpoint_restore_optimizer(optimizer, state, NULL));
  CHECK(tw_checkpoint_restore_lr_scheduler(scheduler, schedule, NULL));
  for (int i = 0; i < 3; ++i) train_step(network, optimizer, scheduler);
  CHECK(tw_checkpoint_create(&made));
  CHECK(tw_checkpoint_put_module(made, "model", network));
  CHECK(tw_checkpoint_put_optimizer(made, "optimizer", optimizer));
  CHECK(tw_checkpoint_save(made, arguments[1]));
  tw_checkpoint *const checkpoints[] = {weights, state, schedule, made};
  for (int i = 0; i < 4; ++i) tw_checkpoint_free(checkpoints[i]);
  tw_lr_scheduler_free(scheduler);
  tw_optimizer_free(optimizer);
  tw_tensor_list_free(list);
  tw_module_free(network);
}

int main(int argc, char **argv) {
  static const command commands[] = {
      {"write", "FILE", write_checkpoint},
      {"write-doubles", "FILE", write_doubles},
      {"write-module", "FILE", write_module},
      {"run-module", "FILE [KEY]", run_module},
      {"save-again", "FROM TO", save_again},
      {"write-root", "tensor|list|dict FILE", write_root},
      {"wrap", "FROM TO", wrap},
      {"print", "FILE", print_root},
      {"run-normed", "FROM KEYS PREFIX|- TO", run_normed},
      {"run-lightning", "FROM TO", run_lightning},
  };
  return run_command(argc, argv, commands, sizeof commands / sizeof *commands);
}
