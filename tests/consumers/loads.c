/* A program that knows no library when it is linked, as a plug-in or an interpreter does: loads(LIBRARY) opens it, takes
 * the functions by their names, and computes 2 + 3 as tensors. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <torch_warmup.h>

typedef void (*function)(void);

static void *library;

/* ISO C knows of no way from an object's address to a function's but by its bytes. */
static function find(const char *name) {
  union {
    void *address;
    function call;
  } found;
  found.address = dlsym(library, name);
  if (found.address == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    exit(1);
  }
  return found.call;
}

int main(int argc, char **argv) {
  const double two = 2, three = 3;
  tw_tensor *a, *b, *sum;
  double value = 0;
  tw_status (*from_data)(tw_tensor **, const void *, size_t, const int64_t *, size_t, tw_dtype);
  tw_status (*add)(tw_tensor **, const tw_tensor *, const tw_tensor *);
  tw_status (*get_item)(double *, const tw_tensor *);
  void (*free_tensor)(tw_tensor *);

  if (argc != 2 || (library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL)) == NULL) {
    fprintf(stderr, "%s\n", argc == 2 ? dlerror() : "loads LIBRARY");
    return 1;
  }
  from_data =
      (tw_status(*)(tw_tensor **, const void *, size_t, const int64_t *, size_t, tw_dtype))find("tw_tensor_from_data");
  add = (tw_status(*)(tw_tensor **, const tw_tensor *, const tw_tensor *))find("tw_op_add");
  get_item = (tw_status(*)(double *, const tw_tensor *))find("tw_tensor_get_item_double");
  free_tensor = (void (*)(tw_tensor *))find("tw_tensor_free");

  if (from_data(&a, &two, sizeof two, NULL, 0, TW_FLOAT64) != TW_OK) return 1;
  if (from_data(&b, &three, sizeof three, NULL, 0, TW_FLOAT64) != TW_OK) return 1;
  if (add(&sum, a, b) != TW_OK || get_item(&value, sum) != TW_OK) return 1;
  free_tensor(sum);
  free_tensor(b);
  free_tensor(a);
  printf("2 + 3 = %g, %s\n", value, ((const char *(*)(void))find("tw_version"))());
  return value == 5 ? 0 : 1;
}
