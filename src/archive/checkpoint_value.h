/* What a checkpoint holds: the values that Python's pickle knows, as a tree whose branches may be shared.
 *
 * Values are counted references. A function that takes a value to keep consumes it, whether it succeeds or fails, and
 * takes NULL for a failure of the call that was to make it: calls nest without a check each. A container cannot be
 * changed once it lies in another, so a tree has no cycles. */
#ifndef TW_CHECKPOINT_VALUE_H
#define TW_CHECKPOINT_VALUE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The type of a tensor's elements; the numbers are those of tw_dtype. */
typedef enum tw_element {
  TW_ELEMENT_UINT8 = 1,
  TW_ELEMENT_INT8 = 2,
  TW_ELEMENT_INT16 = 3,
  TW_ELEMENT_INT32 = 4,
  TW_ELEMENT_INT64 = 5,
  TW_ELEMENT_FLOAT16 = 6,
  TW_ELEMENT_BFLOAT16 = 7,
  TW_ELEMENT_FLOAT32 = 8,
  TW_ELEMENT_FLOAT64 = 9,
  TW_ELEMENT_BOOL = 10
} tw_element;

/* Bytes of one element. */
uint64_t tw_element_size(tw_element element);

/* The bytes that one or more tensors look into. */
typedef struct tw_storage {
  size_t references;
  tw_element element;
  uint64_t bytes;
  uint64_t offset;              /* where they lie in the file that was read; unused where there is an owner */
  void *owner;                  /* what holds them otherwise; NULL for those of a file */
  void (*release)(void *owner); /* called when the last reference goes; not where owner is NULL */
  size_t key;                   /* the pickler's: 1 + the number under which the pickle knows it, or 0 */
} tw_storage;

/* NULL where memory is out; then owner is still the caller's. */
tw_storage *tw_storage_new(tw_element element, uint64_t bytes, void *owner, void (*release)(void *owner));
tw_storage *tw_storage_retain(tw_storage *storage);
void tw_storage_release(tw_storage *storage);

typedef enum tw_value_kind {
  TW_VALUE_NONE,
  TW_VALUE_BOOL,
  TW_VALUE_INT,
  TW_VALUE_DOUBLE,
  TW_VALUE_STRING,
  TW_VALUE_LIST,
  TW_VALUE_TUPLE,
  TW_VALUE_DICT,
  TW_VALUE_ORDERED_DICT, /* collections.OrderedDict */
  TW_VALUE_COUNTER,      /* collections.Counter */
  TW_VALUE_TENSOR,
  /* While a pickle is being read only: a class or function by name, and a tensor's memory. */
  TW_VALUE_GLOBAL,
  TW_VALUE_STORAGE
} tw_value_kind;

typedef struct tw_value tw_value;

typedef struct tw_value_tensor {
  tw_storage *storage;
  int64_t offset; /* in elements, as are the strides */
  size_t dim;
  int64_t *sizes;
  int64_t *strides;
} tw_value_tensor;

struct tw_value {
  size_t references;
  tw_value_kind kind;
  uint32_t depth;  /* how many containers lie in one another, this one included */
  unsigned memo;   /* the pickler's: 1 + the number under which the pickle knows it, or 0 */
  uint8_t placed;  /* lies in a container */
  uint8_t passing; /* is, or holds, what only lives while a pickle is read */
  union {
    int64_t integer; /* INT, BOOL, GLOBAL */
    double real;
    struct {
      char *bytes; /* UTF-8, a 0 behind them */
      size_t length;
    } string;
    struct {
      tw_value **items; /* of dicts: key, value, key, value, ... */
      size_t count;     /* of items */
      size_t capacity;
      tw_value ***order;    /* of a sealed dict: where its keys lie, sorted */
      tw_value *attributes; /* of an OrderedDict: a dict, such as that of _metadata; or NULL */
    } container;
    tw_value_tensor tensor;
    tw_storage *storage;
  } as;
};

/* NULL where memory is out. */
tw_value *tw_value_none(void);
tw_value *tw_value_bool(int value);
tw_value *tw_value_int(int64_t value);
tw_value *tw_value_double(double real);
tw_value *tw_value_string(const char *bytes, size_t length);
tw_value *tw_value_text(const char *text); /* a string that ends with a 0 */
tw_value *tw_value_list(void);
tw_value *tw_value_tuple(tw_value *const *items, size_t count); /* consumes each */
tw_value *tw_value_dict(tw_value_kind kind);
tw_value *tw_value_tensor_new(tw_storage *storage, int64_t offset, size_t dim, const int64_t *sizes,
                              const int64_t *strides); /* consumes storage */
tw_value *tw_value_storage(tw_storage *storage);       /* consumes storage */
tw_value *tw_value_global(int which);

tw_value *tw_value_retain(tw_value *value);
void tw_value_release(tw_value *value);

int tw_value_is_dict(const tw_value *value); /* of any of the three kinds */

/* Each gives 0 where memory is out or the container lies in another. */
int tw_value_append(tw_value *list, tw_value *item);
int tw_value_set(tw_value *dict, tw_value *key, tw_value *item);        /* in place of what the key has */
int tw_value_set_text(tw_value *dict, const char *key, tw_value *item); /* the same */
int tw_value_add(tw_value *dict, tw_value *key, tw_value *item);        /* the key must be new */
int tw_value_set_attributes(tw_value *ordered_dict, tw_value *attributes);

/* What the key has that is this text, or this integer; NULL if nothing. */
tw_value *tw_value_find(const tw_value *dict, const char *text);
tw_value *tw_value_find_int(const tw_value *dict, int64_t integer);

/* Sorts the keys, so that finding one is quick however many there are. *duplicate gets a key that comes twice, or NULL.
   0 where memory is out. */
int tw_value_seal(tw_value *dict, const tw_value **duplicate);

/* Whether the text is UTF-8 as Python reads it from a pickle. */
int tw_utf8_is_valid(const char *text, size_t length);

#ifdef __cplusplus
}
#endif

#endif
