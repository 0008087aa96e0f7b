/* The order of a dict's keys, in which those that equal each other in Python are equal. */
#include <math.h>
#include <string.h>

#include "archive/checkpoint_value.h"

enum rank { NUMBERS, STRINGS, NONE, TUPLES, BIG_INTS, GLOBALS, OTHERS };

/* Tuples that hold containers may be one tree of many leaves: each equals itself alone. */
static enum rank rank_of(const twi_value *key) {
  switch (key->kind) {
    case TWI_VALUE_BOOL:
    case TWI_VALUE_INT:
      return NUMBERS;
    case TWI_VALUE_DOUBLE:
      return isnan(key->as.real) ? OTHERS : NUMBERS;
    case TWI_VALUE_STRING:
      return STRINGS;
    case TWI_VALUE_NONE:
      return NONE;
    case TWI_VALUE_BIG_INT:
      return BIG_INTS;
    case TWI_VALUE_GLOBAL:
      return GLOBALS;
    default:
      return twi_value_is_tuple(key) && key->depth == 1 ? TUPLES : OTHERS;
  }
}

static int compare_ints(int64_t a, int64_t b) { return (a > b) - (a < b); }
static int compare_doubles(double a, double b) { return (a > b) - (a < b); }

static int compare_int_with_double(int64_t a, double b) {
  const double limit = 9223372036854775808.0; /* 2^63 */
  if (b >= limit) return -1;
  if (b < -limit) return 1;
  const int64_t whole = (int64_t)b;
  return a != whole ? compare_ints(a, whole) : compare_doubles((double)whole, b);
}

static int compare_numbers(const twi_value *a, const twi_value *b) {
  if (a->kind == TWI_VALUE_DOUBLE && b->kind == TWI_VALUE_DOUBLE) return compare_doubles(a->as.real, b->as.real);
  if (a->kind == TWI_VALUE_DOUBLE) return -compare_int_with_double(b->as.integer, a->as.real);
  if (b->kind == TWI_VALUE_DOUBLE) return compare_int_with_double(a->as.integer, b->as.real);
  return compare_ints(a->as.integer, b->as.integer);
}

static int compare_bytes(const twi_value *a, const twi_value *b) {
  const size_t left = a->as.string.length, right = b->as.string.length;
  const int order = memcmp(a->as.string.bytes, b->as.string.bytes, left < right ? left : right);
  return order != 0 ? order : (left > right) - (left < right);
}

/* Their items are no tuples, so this goes no deeper. */
static int compare_tuples(const twi_value *a, const twi_value *b) {
  const size_t left = a->as.container.count, right = b->as.container.count;
  for (size_t i = 0; i < left && i < right; ++i) {
    const int order = twi_value_compare_keys(a->as.container.items[i], b->as.container.items[i]);
    if (order != 0) return order;
  }
  return (left > right) - (left < right);
}

int twi_value_compare_keys(const twi_value *a, const twi_value *b) {
  const enum rank rank = rank_of(a), other = rank_of(b);
  if (a == b) return 0;
  if (rank != other) return rank < other ? -1 : 1;
  switch (rank) {
    case NUMBERS:
      return compare_numbers(a, b);
    case STRINGS:
    case BIG_INTS:
      return compare_bytes(a, b);
    case NONE:
      return 0;
    case TUPLES:
      return compare_tuples(a, b);
    case GLOBALS:
      return compare_ints(a->as.integer, b->as.integer);
    default:
      return (uintptr_t)a < (uintptr_t)b ? -1 : 1;
  }
}

int twi_value_may_be_key(const twi_value *value) {
  return value->kind != TWI_VALUE_LIST && value->kind != TWI_VALUE_SET && !twi_value_is_dict(value);
}
