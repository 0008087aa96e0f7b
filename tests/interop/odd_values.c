/* What is in a file of Python's whose values this library has no type for, told to odd_values.py line by line. */
#include <string.h>

#include "program.h"

/* A message has no line ends, and a name no tabs. */
static void print_tensor(const tw_value *value) {
  tw_tensor *tensor;
  if (tw_value_get_tensor(&tensor, value) != TW_OK) {
    printf("%s", tw_last_error());
    return;
  }
  int32_t requires_grad;
  CHECK(tw_tensor_get_requires_grad(&requires_grad, tensor));
  printf("requires_grad=%d:", (int)requires_grad);
  print_floats(tensor, ",");
  tw_tensor_free(tensor);
}

static void print_keys(const tw_value *dict) {
  size_t count;
  CHECK(tw_value_get_size(&count, dict));
  for (size_t i = 0; i < count; ++i) {
    tw_value *key;
    char type[128];
    CHECK(tw_value_get_key(&key, dict, i));
    CHECK(tw_value_get_type_name(type, sizeof type, NULL, key));
    printf("%s%s", i == 0 ? "" : ",", type);
    tw_value_free(key);
  }
}

static void print_entry(const tw_value *root, size_t index) {
  tw_value *key, *item;
  char name[128], type[256];
  tw_kind kind;
  CHECK(tw_value_get_key(&key, root, index));
  CHECK(tw_value_get_item(&item, root, index));
  CHECK(tw_value_get_string(name, sizeof name, NULL, key));
  CHECK(tw_value_get_type_name(type, sizeof type, NULL, item));
  CHECK(tw_value_get_kind(&kind, item));
  printf("%s\t%s\t", name, type);
  if (kind == TW_KIND_DICT) {
    print_keys(item);
  } else {
    print_tensor(item);
  }
  putchar('\n');
  tw_value_free(key);
  tw_value_free(item);
}

/* Each entry's key, type, and what asking for its tensor gives; then the file is saved again. */
static void list_and_save(char **arguments) {
  tw_checkpoint *checkpoint;
  tw_value *root;
  size_t count;
  CHECK(tw_checkpoint_load(&checkpoint, arguments[0]));
  CHECK(tw_checkpoint_get_value(&root, checkpoint, NULL));
  CHECK(tw_value_get_size(&count, root));
  for (size_t i = 0; i < count; ++i) print_entry(root, i);
  CHECK(tw_checkpoint_save(checkpoint, arguments[1]));
  tw_value_free(root);
  tw_checkpoint_free(checkpoint);
}

int main(int argc, char **argv) {
  static const command commands[] = {{"list-and-save", "FROM TO", list_and_save}};
  return run_command(argc, argv, commands, sizeof commands / sizeof *commands);
}
