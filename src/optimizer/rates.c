/* An optimizer that only holds numbers. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "optimizer/optimizer.h"

typedef struct rates {
  size_t count;
  int has_betas;
  double numbers[]; /* a row an option: the rates, then beta1 and beta2 where there are betas */
} rates;

/* NULL where it has no such option. */
static double *row_of(rates *self, tw_option option) {
  if (option == TW_OPTION_LR) return self->numbers;
  if (!self->has_betas) return NULL;
  if (option == TW_OPTION_BETA1) return self->numbers + self->count;
  return option == TW_OPTION_BETA2 ? self->numbers + 2 * self->count : NULL;
}

static tw_status group_count(size_t *out, void *context) {
  *out = ((const rates *)context)->count;
  return TW_OK;
}

static tw_status rates_lacks(tw_option option) {
  return twi_fail(TW_ERROR_NOT_FOUND, "Rates has no %s", tw_option_name(option));
}

static tw_status get(double *out, size_t count, tw_option option, void *context) {
  const double *row = row_of(context, option);
  if (row == NULL) return rates_lacks(option);
  memcpy(out, row, count * sizeof *out);
  return TW_OK;
}

static tw_status set(const double *values, size_t count, tw_option option, void *context) {
  double *row = row_of(context, option);
  if (row == NULL) return rates_lacks(option);
  memcpy(row, values, count * sizeof *values);
  return TW_OK;
}

static tw_status rates_check(const double *lrs, const double *betas, size_t count) {
  if (count == 0) return twi_fail(TW_ERROR_ARGUMENT, "group_count is 0; there must be a group");
  if (count > SIZE_MAX / sizeof(double) / 4) return twi_fail(TW_ERROR_MEMORY, "group_count is %zu", count);
  tw_status status = twi_check_pointer(lrs, "lrs");
  if (status == TW_OK) status = twi_check_each(lrs, count, twi_check_not_negative, "lrs");
  if (status == TW_OK && betas != NULL) status = twi_check_each(betas, 2 * count, twi_check_below_one, "betas");
  return status;
}

tw_status tw_optimizer_rates(tw_optimizer **out, const double *lrs, const double *betas, size_t count) {
  static const tw_optimizer_interface interface = {sizeof interface, "Rates", group_count, get, set, free};
  if (out != NULL) *out = NULL;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = rates_check(lrs, betas, count);
  if (status != TW_OK) return status;
  rates *self = malloc(sizeof *self + (betas != NULL ? 3 : 1) * count * sizeof(double));
  if (self == NULL) return twi_fail(TW_ERROR_MEMORY, "out of memory");
  self->count = count;
  self->has_betas = betas != NULL;
  memcpy(self->numbers, lrs, count * sizeof *lrs);
  for (size_t group = 0; betas != NULL && group < count; ++group) {
    self->numbers[count + group] = betas[2 * group];
    self->numbers[2 * count + group] = betas[2 * group + 1];
  }
  return twi_optimizer_new(out, &interface, self, 0);
}
