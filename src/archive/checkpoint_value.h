/* What a checkpoint holds: the values that Python's pickle knows, as a tree whose branches may be shared.
 *
 * Values are counted references. A function that takes a value to keep consumes it, whether it succeeds or fails, and
 * takes NULL for a failure of the call that was to make it: calls nest without a check each. A container cannot be
 * changed once it lies in another, so a tree has no cycles. */
#ifndef TWI_CHECKPOINT_VALUE_H
#define TWI_CHECKPOINT_VALUE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The type of a storage's elements; the numbers up to TWI_ELEMENT_BOOL, the only ones of tensors, are those of tw_dtype. */
typedef enum twi_element {
  TWI_ELEMENT_UINT8 = 1,
  TWI_ELEMENT_INT8 = 2,
  TWI_ELEMENT_INT16 = 3,
  TWI_ELEMENT_INT32 = 4,
  TWI_ELEMENT_INT64 = 5,
  TWI_ELEMENT_FLOAT16 = 6,
  TWI_ELEMENT_BFLOAT16 = 7,
  TWI_ELEMENT_FLOAT32 = 8,
  TWI_ELEMENT_FLOAT64 = 9,
  TWI_ELEMENT_BOOL = 10,
  TWI_ELEMENT_COMPLEX64,
  TWI_ELEMENT_COMPLEX128,
  TWI_ELEMENT_QINT8,
  TWI_ELEMENT_QUINT8,
  TWI_ELEMENT_QINT32,
  TWI_ELEMENT_QUINT4X2,
  TWI_ELEMENT_QUINT2X4,
  TWI_ELEMENT_UNTYPED, /* bytes, of whatever a tensor says that they are */
  TWI_ELEMENT_COUNT
} twi_element;

/* Bytes of one element, and of one number in it: of complex ones there are two. */
uint64_t twi_element_size(twi_element element);
uint64_t twi_element_number_size(twi_element element);

/* The bytes that one or more tensors look into. */
typedef struct twi_storage {
  size_t references;
  twi_element element;
  uint64_t bytes;
  uint64_t offset;              /* where they lie in the file that was read; unused where there is an owner */
  size_t swapped;               /* bytes of each number that lie in the other order there; 0 where none do */
  void *owner;                  /* what holds them otherwise; NULL for those of a file */
  void (*release)(void *owner); /* called when the last reference goes; not where owner is NULL */
  size_t key;                   /* the pickler's: 1 + the number under which the pickle knows it, or 0 */
} twi_storage;

/* NULL where memory is out; then owner is still the caller's. */
twi_storage *twi_storage_new(twi_element element, uint64_t bytes, void *owner, void (*release)(void *owner));
twi_storage *twi_storage_retain(twi_storage *storage);
void twi_storage_release(twi_storage *storage);

typedef enum twi_value_kind {
  TWI_VALUE_NONE,
  TWI_VALUE_BOOL,
  TWI_VALUE_INT,
  TWI_VALUE_DOUBLE,
  TWI_VALUE_STRING,
  TWI_VALUE_LIST,
  TWI_VALUE_TUPLE,
  TWI_VALUE_DICT,
  TWI_VALUE_ORDERED_DICT, /* collections.OrderedDict */
  TWI_VALUE_COUNTER,      /* collections.Counter */
  TWI_VALUE_TENSOR,
  TWI_VALUE_SIZE, /* torch.Size, a tuple */
  /* What this library has no type for: kept as it is, to be named and to be saved again. */
  TWI_VALUE_SET,
  TWI_VALUE_BIG_INT, /* of more than 64 bits: a string's bytes, two's complement, the least significant first */
  TWI_VALUE_GLOBAL,  /* a class, a function or a dtype by its name */
  TWI_VALUE_STORAGE, /* a tensor's memory */
  TWI_VALUE_OBJECT,  /* what a function makes of arguments, which are a tuple */
  TWI_VALUE_KIND_COUNT
} twi_value_kind;

typedef struct twi_value twi_value;

typedef struct twi_value_tensor {
  twi_storage *storage;
  int64_t offset; /* in elements, as are the strides */
  size_t dim;
  int64_t *sizes;
  int64_t *strides;
  uint8_t requires_grad;
  uint8_t negative;      /* its elements are those of the storage, negated */
  uint8_t parameter;     /* a torch.nn.Parameter */
  twi_value *attributes; /* what Python's code has hung on it; NULL where nothing */
} twi_value_tensor;

struct twi_value {
  size_t references;
  twi_value_kind kind;
  uint32_t depth; /* how many containers lie in one another, this one included */
  unsigned memo;  /* the pickler's: 1 + the number under which the pickle knows it, or 0 */
  uint8_t placed; /* lies in a container */
  union {
    int64_t integer; /* INT, BOOL, GLOBAL */
    double real;
    struct {
      char *bytes; /* UTF-8, a 0 behind them */
      size_t length;
    } string; /* BIG_INT too */
    struct {
      twi_value **items; /* of dicts: key, value, key, value, ... */
      size_t count;      /* of items */
      size_t capacity;
      twi_value ***order;    /* of a sealed dict: where its keys lie, sorted */
      twi_value *attributes; /* of an OrderedDict: a dict, such as that of _metadata; or NULL */
    } container;
    twi_value_tensor tensor;
    twi_storage *storage;
    struct {
      twi_value *function;  /* a GLOBAL */
      twi_value *arguments; /* a tuple */
    } object;
  } as;
};

/* NULL where memory is out. */
twi_value *twi_value_none(void);
twi_value *twi_value_bool(int value);
twi_value *twi_value_int(int64_t value);
twi_value *twi_value_double(double real);
twi_value *twi_value_string(const char *bytes, size_t length);
twi_value *twi_value_text(const char *text); /* a string that ends with a 0 */
twi_value *twi_value_list(void);
twi_value *twi_value_tuple(twi_value *const *items, size_t count); /* consumes each */
twi_value *twi_value_dict(twi_value_kind kind);
twi_value *twi_value_tensor_new(twi_storage *storage, int64_t offset, size_t dim, const int64_t *sizes,
                                const int64_t *strides); /* consumes storage */
twi_value *twi_value_big_int(const char *bytes, size_t length);
twi_value *twi_value_storage(twi_storage *storage); /* consumes storage */
twi_value *twi_value_global(int which);
twi_value *twi_value_object(twi_value *function, twi_value *arguments);                    /* consumes both */
twi_value *twi_value_sequence(twi_value_kind kind, twi_value *const *items, size_t count); /* consumes each */

/* Another of the same storage, sizes and strides, without attributes. */
twi_value *twi_value_copy_tensor(const twi_value *tensor);

twi_value *twi_value_retain(twi_value *value);
void twi_value_release(twi_value *value);

int twi_value_is_dict(const twi_value *value);     /* of any of the three kinds */
int twi_value_is_tuple(const twi_value *value);    /* a torch.Size too */
int twi_value_is_sequence(const twi_value *value); /* a list, a tuple, a set */

/* Each gives 0 where memory is out or the container lies in another. */
int twi_value_append(twi_value *list, twi_value *item);                 /* to a set too, where it is not looked for */
int twi_value_set(twi_value *dict, twi_value *key, twi_value *item);    /* in place of what the key has */
int twi_value_add(twi_value *dict, twi_value *key, twi_value *item);    /* the key must be new */
int twi_value_set_attributes(twi_value *object, twi_value *attributes); /* of an OrderedDict or a tensor */

/* A dict of the same kind with the same items, which may be changed. Of a value that holds no other, another that equals
   it. NULL where memory is out. */
twi_value *twi_value_copy_dict(const twi_value *dict);
twi_value *twi_value_copy_simple(const twi_value *value);

/* What the key has that is this text, or this integer; NULL if nothing. */
twi_value *twi_value_find(const twi_value *dict, const char *text);
twi_value *twi_value_find_int(const twi_value *dict, int64_t integer);

/* Sorts the keys, so that finding one is quick however many there are. *duplicate gets a key that comes twice, or NULL:
   keys equal each other as in Python (1, 1.0 and True do), but those that hold containers, and those of no type of ours,
   only themselves. 0 where memory is out. */
int twi_value_seal(twi_value *dict, const twi_value **duplicate);

/* Below, at or above 0: the order in which keys are sorted, and whether they equal each other. */
int twi_value_compare_keys(const twi_value *a, const twi_value *b);

/* Whether Python takes it for a key: not what can be changed. */
int twi_value_may_be_key(const twi_value *value);

/* Whether the text is UTF-8 as Python reads it from a pickle. */
int twi_utf8_is_valid(const char *text, size_t length);

#ifdef __cplusplus
}
#endif

#endif
