/* What a pickle's instructions say by themselves: numbers, strings and bytes. */
#include <stdlib.h>
#include <string.h>

#include "archive/pickle_machine.h"
#include "archive/pickle_names.h"

const unsigned char *twi_pickle_take(twi_pickle_machine *m, size_t count) {
  if (count > (size_t)(m->end - m->at)) {
    twi_pickle_fail(m, "it ends in the middle of a value, or a length is false");
    return NULL;
  }
  const unsigned char *bytes = m->at;
  m->at += count;
  return bytes;
}

int twi_pickle_take_number(twi_pickle_machine *m, uint64_t *out, size_t count) {
  const unsigned char *bytes = twi_pickle_take(m, count);
  if (bytes == NULL) return 0;
  *out = 0;
  for (size_t i = count; i-- > 0;) *out = *out << 8 | bytes[i];
  return 1;
}

/* ---- plain values ---- */

int twi_pickle_push_new(twi_pickle_machine *m, twi_value *value) {
  if (value == NULL || twi_pickle_charge(m, TWI_PICKLE_VALUE_COST)) return twi_pickle_push(m, value);
  twi_value_release(value);
  return 0;
}

/* Pushes the one value of its kind, which *place keeps; made is consumed where it was not needed. */
static int push_shared(twi_pickle_machine *m, twi_value **place, twi_value *(*make)(int64_t), int64_t argument) {
  if (*place == NULL) *place = make(argument);
  return twi_pickle_push(m, *place == NULL ? NULL : twi_value_retain(*place));
}

static twi_value *make_none(int64_t unused) {
  (void)unused;
  return twi_value_none();
}
static twi_value *make_bool(int64_t value) { return twi_value_bool(value != 0); }
static twi_value *make_empty_tuple(int64_t unused) {
  (void)unused;
  return twi_value_tuple(NULL, 0);
}

static int push_int(twi_pickle_machine *m, int64_t number) {
  if (number >= 0 && number < TWI_PICKLE_SMALL) return push_shared(m, &m->small[number], twi_value_int, number);
  return twi_pickle_push_new(m, twi_value_int(number));
}

int twi_pickle_read_unsigned(twi_pickle_machine *m, size_t bytes) {
  uint64_t number;
  return twi_pickle_take_number(m, &number, bytes) && push_int(m, (int64_t)number);
}

int twi_pickle_read_int(twi_pickle_machine *m) {
  uint64_t number;
  return twi_pickle_take_number(m, &number, 4) && push_int(m, (int32_t)(uint32_t)number);
}

/* How many bytes an integer needs: those above only repeat its sign. */
static size_t significant(const unsigned char *bytes, size_t length) {
  while (length > 1 && ((bytes[length - 1] == 0 && (bytes[length - 2] & 0x80) == 0) ||
                        (bytes[length - 1] == 0xFF && (bytes[length - 2] & 0x80) != 0)))
    --length;
  return length;
}

/* An integer of any number of bytes, two's complement. */
int twi_pickle_read_long(twi_pickle_machine *m, size_t length_bytes) {
  uint64_t length, number = 0;
  if (!twi_pickle_take_number(m, &length, length_bytes)) return 0;
  const unsigned char *bytes = twi_pickle_take(m, (size_t)length);
  if (bytes == NULL) return 0;
  length = significant(bytes, (size_t)length);
  if (length > 8)
    return twi_pickle_charge(m, (size_t)length) &&
           twi_pickle_push_new(m, twi_value_big_int((const char *)bytes, (size_t)length));
  for (size_t i = (size_t)length; i-- > 0;) number = number << 8 | bytes[i];
  if (length > 0 && length < 8 && (bytes[length - 1] & 0x80) != 0) number |= ~(uint64_t)0 << (8 * length);
  int64_t value;
  memcpy(&value, &number, sizeof value);
  return push_int(m, value);
}

int twi_pickle_read_double(twi_pickle_machine *m) {
  const unsigned char *bytes = twi_pickle_take(m, 8);
  if (bytes == NULL) return 0;
  uint64_t bits = 0;
  for (size_t i = 0; i < 8; ++i) bits = bits << 8 | bytes[i];
  double real;
  memcpy(&real, &bits, sizeof real);
  return twi_pickle_push_new(m, twi_value_double(real));
}

int twi_pickle_read_string(twi_pickle_machine *m, size_t length_bytes) {
  uint64_t length;
  if (!twi_pickle_take_number(m, &length, length_bytes)) return 0;
  const char *bytes = (const char *)twi_pickle_take(m, (size_t)length);
  if (bytes == NULL) return 0;
  if (!twi_utf8_is_valid(bytes, (size_t)length)) return twi_pickle_fail(m, "it has a string that is not UTF-8");
  return twi_pickle_charge(m, (size_t)length + 16) && twi_pickle_push_new(m, twi_value_string(bytes, (size_t)length));
}

/* bytes or a bytearray, as protocol 2 has them: _codecs.encode(text, "latin1"), each byte a character of the text. */
static twi_value *new_bytes(const unsigned char *bytes, size_t length, int function) {
  char *text = malloc(2 * length + 1);
  if (text == NULL) return NULL;
  size_t end = 0;
  for (size_t i = 0; i < length; ++i) {
    if (bytes[i] >= 0x80) text[end++] = (char)(0xC0 | bytes[i] >> 6);
    text[end++] = (char)(bytes[i] >= 0x80 ? 0x80 | (bytes[i] & 0x3F) : bytes[i]);
  }
  twi_value *const arguments[] = {twi_value_string(text, end), twi_value_text("latin1")};
  free(text);
  return twi_value_object(twi_value_global(function), twi_value_tuple(arguments, 2));
}

static int read_bytes_as(twi_pickle_machine *m, size_t length_bytes, int function) {
  uint64_t length;
  if (!twi_pickle_take_number(m, &length, length_bytes)) return 0;
  const unsigned char *bytes = twi_pickle_take(m, (size_t)length);
  if (bytes == NULL || !twi_pickle_charge(m, 2 * (size_t)length + (size_t)4 * TWI_PICKLE_VALUE_COST)) return 0;
  return twi_pickle_push_new(m, new_bytes(bytes, (size_t)length, function));
}

int twi_pickle_read_bytes(twi_pickle_machine *m, size_t length_bytes) {
  return read_bytes_as(m, length_bytes, TWI_GLOBAL_ENCODE);
}

int twi_pickle_read_bytearray(twi_pickle_machine *m) { return read_bytes_as(m, 8, TWI_GLOBAL_BYTEARRAY); }

int twi_pickle_push_none(twi_pickle_machine *m) { return push_shared(m, &m->none, make_none, 0); }
int twi_pickle_push_true(twi_pickle_machine *m) { return push_shared(m, &m->yes, make_bool, 1); }
int twi_pickle_push_false(twi_pickle_machine *m) { return push_shared(m, &m->no, make_bool, 0); }
int twi_pickle_push_empty_tuple(twi_pickle_machine *m) { return push_shared(m, &m->empty, make_empty_tuple, 0); }
