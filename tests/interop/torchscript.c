/* What torchscript.py runs: calls, trains and saves models that Python scripted. */
#include "program.h"

#include <string.h>

enum { STEPS = 10, BATCH = 8, PIXELS = 36, LARGEST = 4096 };

static FILE *open_file(const char *path, const char *mode) {
  FILE *file = fopen(path, mode);
  if (file == NULL) {
    perror(path);
    exit(1);
  }
  return file;
}

/* ---- printing ---- */

static void print_value(const tw_value *value);

static void print_items(const tw_value *value, int with_keys) {
  size_t count;
  CHECK(tw_value_get_size(&count, value));
  for (size_t i = 0; i < count; ++i) {
    tw_value *part;
    printf("%s", i == 0 ? "" : ", ");
    if (with_keys) {
      CHECK(tw_value_get_key(&part, value, i));
      print_value(part);
      tw_value_free(part);
      printf(": ");
    }
    CHECK(tw_value_get_item(&part, value, i));
    print_value(part);
    tw_value_free(part);
  }
}

static void print_simple(const tw_value *value, tw_kind kind) {
  if (kind == TW_KIND_TENSOR) {
    tw_tensor *tensor;
    CHECK(tw_value_get_tensor(&tensor, value));
    print_floats(tensor, " ");
    tw_tensor_free(tensor);
  } else if (kind == TW_KIND_STRING) {
    char text[64];
    CHECK(tw_value_get_string(text, sizeof text, NULL, value));
    printf("'%s'", text);
  } else if (kind == TW_KIND_INT64) {
    int64_t number;
    CHECK(tw_value_get_int64(&number, value));
    printf("%lld", (long long)number);
  } else {
    printf("kind %d", (int)kind);
  }
}

static void print_value(const tw_value *value) {
  tw_kind kind;
  CHECK(tw_value_get_kind(&kind, value));
  const char *brackets = kind == TW_KIND_LIST ? "[]" : kind == TW_KIND_TUPLE ? "()" : "{}";
  if (kind != TW_KIND_LIST && kind != TW_KIND_TUPLE && kind != TW_KIND_DICT) {
    print_simple(value, kind);
    return;
  }
  putchar(brackets[0]);
  print_items(value, kind == TW_KIND_DICT);
  putchar(brackets[1]);
}

/* ---- inputs ---- */

/* The next batch of the file that Python wrote: pixels as float32 and labels as int64. */
static void read_batch(FILE *file, tw_tensor **images, tw_tensor **labels) {
  const int64_t sizes[] = {BATCH, 1, 6, 6}, label_sizes[] = {BATCH};
  float pixels[BATCH * PIXELS];
  int64_t numbers[BATCH];
  if (fread(pixels, sizeof *pixels, BATCH * PIXELS, file) != BATCH * PIXELS ||
      fread(numbers, sizeof *numbers, BATCH, file) != BATCH) {
    fprintf(stderr, "the batches end too soon\n");
    exit(1);
  }
  CHECK(tw_tensor_from_data(images, pixels, sizeof pixels, sizes, 4, TW_FLOAT32));
  CHECK(tw_tensor_from_data(labels, numbers, sizeof numbers, label_sizes, 1, TW_INT64));
}

/* mix(x, (2.0, [x, x]), {"a": x, "b": x}) */
static void call_mix(tw_module *model, tw_tensor *images) {
  tw_value *x, *two, *pair[2], *list, *tuple, *names[2], *dict, *result;
  CHECK(tw_value_tensor(&x, images));
  CHECK(tw_value_double(&two, 2.0));
  pair[0] = pair[1] = x;
  CHECK(tw_value_list(&list, pair, 2));
  tw_value *parts[] = {two, list};
  CHECK(tw_value_tuple(&tuple, parts, 2));
  CHECK(tw_value_string(&names[0], "a"));
  CHECK(tw_value_string(&names[1], "b"));
  CHECK(tw_value_dict(&dict, names, pair, 2));
  tw_value *inputs[] = {x, tuple, dict};
  CHECK(tw_module_call_method(&result, model, "mix", inputs, 3));
  print_value(result);
  putchar('\n');
  tw_value *all[] = {x, two, list, tuple, names[0], names[1], dict, result};
  for (size_t i = 0; i < sizeof all / sizeof *all; ++i) tw_value_free(all[i]);
}

/* ---- commands ---- */

static void run(char **arguments) {
  tw_module *model;
  tw_tensor *images, *labels, *output;
  FILE *file = open_file(arguments[1], "rb");
  CHECK(tw_module_load_torchscript(&model, arguments[0]));
  CHECK(tw_module_train(model, 0));
  read_batch(file, &images, &labels);
  CHECK(tw_module_forward(&output, model, &images, 1));
  print_floats(output, " ");
  putchar('\n');
  call_mix(model, images);
  fclose(file);
  tw_tensor *tensors[] = {images, labels, output};
  for (int i = 0; i < 3; ++i) tw_tensor_free(tensors[i]);
  tw_module_free(model);
}

static void print_step(tw_module *model, tw_optimizer *optimizer, tw_tensor *images, tw_tensor *labels) {
  tw_tensor *output, *loss;
  double number, rate;
  CHECK(tw_module_forward(&output, model, &images, 1));
  CHECK(tw_op_cross_entropy(&loss, output, labels, NULL));
  CHECK(tw_optimizer_zero_grad(optimizer));
  CHECK(tw_tensor_backward(loss, NULL, 0));
  CHECK(tw_optimizer_get_lr(&rate, optimizer, 0));
  CHECK(tw_tensor_get_item_double(&number, loss));
  printf("%.17g %.9g\n", rate, number);
  CHECK(tw_optimizer_step(optimizer));
  tw_tensor_free(output);
  tw_tensor_free(loss);
}

/* The bytes of the parameters and of the statistics, as they are in memory. */
static void write_state(tw_module *model, tw_tensor *const *parameters, size_t count, const char *path) {
  static const char *const names[] = {"norm.running_mean", "norm.running_var"};
  float numbers[LARGEST];
  FILE *file = open_file(path, "wb");
  for (size_t i = 0; i < count + 2; ++i) {
    tw_tensor *tensor;
    if (i < count)
      CHECK(tw_tensor_share(&tensor, parameters[i]));
    else
      CHECK(tw_module_get_tensor(&tensor, model, names[i - count]));
    const size_t length = get_floats(numbers, LARGEST, tensor);
    if (fwrite(numbers, sizeof *numbers, length, file) != length) exit(1);
    tw_tensor_free(tensor);
  }
  if (fclose(file) != 0) exit(1);
}

static void train(char **arguments) {
  const int32_t dropout = strcmp(arguments[4], "dropout") == 0;
  tw_module *model, *drop;
  tw_tensor_list *list;
  tw_tensor *const *parameters;
  size_t count;
  tw_optimizer *optimizer;
  tw_warmup *warmup;
  const int64_t period = 5;
  tw_adamw_options options;
  FILE *file = open_file(arguments[1], "rb");
  CHECK(tw_manual_seed(7));
  CHECK(tw_module_load_torchscript(&model, arguments[0]));
  CHECK(tw_module_train(model, 1));
  CHECK(tw_module_get_module(&drop, model, "drop"));
  CHECK(tw_module_train(drop, dropout));
  CHECK(tw_module_get_parameters(&list, model));
  CHECK(tw_tensor_list_get_data(&parameters, &count, list));
  CHECK(tw_adamw_options_init(&options, sizeof options));
  options.lr = 0.01;
  CHECK(tw_optimizer_adamw(&optimizer, parameters, count, &options));
  CHECK(tw_warmup_linear(&warmup, optimizer, &period, 1));
  for (int step = 0; step < STEPS; ++step) {
    tw_tensor *images, *labels;
    read_batch(file, &images, &labels);
    print_step(model, optimizer, images, labels);
    CHECK(tw_warmup_step(warmup, NULL, 0));
    tw_tensor_free(images);
    tw_tensor_free(labels);
  }
  CHECK(tw_module_save_torchscript(model, arguments[2]));
  write_state(model, parameters, count, arguments[3]);
  fclose(file);
  tw_tensor_list_free(list);
  tw_warmup_free(warmup);
  tw_optimizer_free(optimizer);
  tw_module_free(drop);
  tw_module_free(model);
}

static void print_version(char **arguments) {
  (void)arguments;
  puts(tw_torch_version());
}

int main(int argc, char **argv) {
  static const command commands[] = {
      {"run", "MODEL BATCHES", run},
      {"train", "MODEL BATCHES SAVED STATE dropout|plain", train},
      {"version", "", print_version},
  };
  return run_command(argc, argv, commands, sizeof commands / sizeof *commands);
}
