#include "base/check.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

const char *twi_indexed(char out[TWI_NAME_SIZE], const char *name, size_t index) {
  (void)snprintf(out, TWI_NAME_SIZE, "%s[%zu]", name, index);
  return out;
}

tw_status twi_check_array(const void *array, size_t count, const char *name) {
  if (array != NULL || count == 0) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT, "%s is NULL but its length is %zu", name, count);
}

tw_status twi_check_finite(double value, const char *name) {
  return isfinite(value) ? TW_OK : twi_fail(TW_ERROR_RANGE, "%s is %g; it must be finite", name, value);
}

tw_status twi_check_within(double value, double least, double most, const char *name) {
  if (value >= least && value <= most) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %g; it must lie in [%g, %g]", name, value, least, most);
}

tw_status twi_check_not_negative(double value, const char *name) {
  if (isfinite(value) && value >= 0.0) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %g; it must be finite and not negative", name, value);
}

tw_status twi_check_positive(double value, const char *name) {
  if (isfinite(value) && value > 0.0) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %g; it must be finite and positive", name, value);
}

tw_status twi_check_share(double value, const char *name) {
  if (value > 0.0 && value <= 1.0) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %g; it must lie in (0, 1]", name, value);
}

tw_status twi_check_below_one(double value, const char *name) {
  if (value >= 0.0 && value < 1.0) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %g; it must lie in [0, 1)", name, value);
}

tw_status twi_check_at_least(int64_t value, int64_t least, const char *name) {
  if (value >= least) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %" PRId64 "; it must be at least %" PRId64, name, value, least);
}

tw_status twi_check_step(int64_t step, int64_t least, const char *name) {
  const tw_status status = twi_check_at_least(step, least, name);
  if (status != TW_OK || step <= TWI_MOST_STEP) return status;
  return twi_fail(TW_ERROR_RANGE, "%s is %" PRId64 "; it must be at most 2^53, %" PRId64, name, step, TWI_MOST_STEP);
}

tw_status twi_check_epoch(double epoch, double least, const char *name) {
  if (!(isfinite(epoch) && epoch >= least))
    return twi_fail(TW_ERROR_RANGE, "%s is %g; it must be finite and at least %g", name, epoch, least);
  if (epoch <= (double)TWI_MOST_STEP) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %g; it must be at most 2^53, %" PRId64, name, epoch, TWI_MOST_STEP);
}

tw_status twi_check_bool(int32_t value, const char *name) {
  if (value == 0 || value == 1) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT, "%s is %" PRId32 "; it must be 0 or 1", name, value);
}

tw_status twi_check_enum(int32_t value, int32_t most, const char *name) {
  if (value >= 0 && value <= most) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT, "%s is %" PRId32 "; it must be from 0 to %" PRId32, name, value, most);
}

tw_status twi_check_each(const double *values, size_t count, tw_status (*check)(double value, const char *name),
                         const char *name) {
  char indexed[TWI_NAME_SIZE];
  size_t i = 0;
  while (i < count && check(values[i], name) == TW_OK) ++i;
  return i == count ? TW_OK : check(values[i], twi_indexed(indexed, name, i));
}

tw_status twi_check_ascending(const int64_t *values, size_t count, const char *name) {
  char indexed[TWI_NAME_SIZE];
  const tw_status status = twi_check_array(values, count, name);
  for (size_t i = 0; i < count && status == TW_OK; ++i) {
    const int64_t least = i == 0 ? 0 : values[i - 1];
    if (values[i] < least) return twi_check_at_least(values[i], least, twi_indexed(indexed, name, i));
  }
  return status;
}

tw_status twi_check_per_group(const void *values, size_t count, size_t group_count, const char *name) {
  const tw_status status = twi_check_array(values, count, name);
  if (status != TW_OK || (count == 1 && values != NULL) || count == group_count) return status;
  return twi_fail(TW_ERROR_ARGUMENT, "there are %zu values of %s; there must be 1 or one for each parameter group, %zu",
                  count, name, group_count);
}

tw_status twi_spread(double *out, const double *values, size_t count, size_t group_count, const char *name) {
  tw_status status = twi_check_per_group(values, count, group_count, name);
  if (status == TW_OK) status = twi_check_each(values, count, twi_check_finite, name);
  for (size_t group = 0; group < group_count && status == TW_OK; ++group) out[group] = values[count == 1 ? 0 : group];
  return status;
}

tw_status twi_check_buffer(const void *out, size_t capacity, size_t *needed, size_t size, const char *what,
                           int *only_asked) {
  if (needed != NULL) *needed = 0;
  *only_asked = out == NULL && capacity == 0 && needed != NULL;
  if (out == NULL && !*only_asked && size != 0) return twi_fail(TW_ERROR_ARGUMENT, "out is NULL");
  if (needed != NULL) *needed = size;
  if (*only_asked || capacity >= size) return TW_OK;
  return twi_fail(TW_ERROR_CAPACITY, "capacity is %zu; %zu %s are needed", capacity, size, what);
}

tw_status twi_copy_doubles(double *out, size_t capacity, size_t *needed, const double *from, size_t size,
                           const char *what) {
  int only_asked = 0;
  const tw_status status = twi_check_buffer(out, capacity, needed, size, what, &only_asked);
  if (status == TW_OK && !only_asked && size > 0) memcpy(out, from, size * sizeof *out);
  return status;
}
