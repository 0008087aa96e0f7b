/* The groups' numbers one by one, for callers. */
#include "torch_warmup/optimizer.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "optimizer/optimizer.h"
#include "optimizer/rate.h"

/* ---- the options: their names and ranges ---- */

static tw_status check_flag(double value, const char *name) {
  if (value == 0.0 || value == 1.0) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT, "%s is %g; it must be 0 or 1", name, value);
}

static tw_status check_lr(double value, const char *name) {
  if (twi_is_given_rate(value)) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "%s is %g; it must be finite and not negative", name, value);
}

static const struct {
  const char *name;
  tw_status (*check)(double value, const char *name);
} options[] = {
    [TW_OPTION_LR] = {"lr", check_lr},
    [TW_OPTION_BETA1] = {"beta1", twi_check_below_one},
    [TW_OPTION_BETA2] = {"beta2", twi_check_below_one},
    [TW_OPTION_MOMENTUM] = {"momentum", twi_check_not_negative},
    [TW_OPTION_WEIGHT_DECAY] = {"weight_decay", twi_check_not_negative},
    [TW_OPTION_EPS] = {"eps", twi_check_not_negative},
    [TW_OPTION_ALPHA] = {"alpha", twi_check_below_one},
    [TW_OPTION_DAMPENING] = {"dampening", twi_check_finite},
    [TW_OPTION_LR_DECAY] = {"lr_decay", twi_check_not_negative},
    [TW_OPTION_INITIAL_ACCUMULATOR_VALUE] = {"initial_accumulator_value", twi_check_not_negative},
    [TW_OPTION_AMSGRAD] = {"amsgrad", check_flag},
    [TW_OPTION_CENTERED] = {"centered", check_flag},
    [TW_OPTION_NESTEROV] = {"nesterov", check_flag},
};

enum { OPTION_COUNT = sizeof options / sizeof *options };

static int is_option(tw_option option) { return (int)option >= 0 && (int)option < OPTION_COUNT; }

const char *tw_option_name(tw_option option) { return is_option(option) ? options[option].name : "unknown"; }

static tw_status check_option(tw_option option) {
  if (is_option(option)) return TW_OK;
  return twi_fail(TW_ERROR_ARGUMENT, "option is %d, which is no tw_option", (int)option);
}

/* ---- one option of all groups, on the stack where there are few ---- */

enum { FEW_GROUPS = 16 };

typedef struct row {
  double few[FEW_GROUPS];
  double *values;
  size_t count;
} row;

static void row_free(row *self) {
  if (self->values != self->few) free(self->values);
}

/* Reads it; out is to be freed from a failure too. */
static tw_status row_read(row *out, tw_optimizer *optimizer, tw_option option) {
  out->values = out->few;
  tw_status status = twi_optimizer_group_count(&out->count, optimizer);
  if (status == TW_OK && out->count > FEW_GROUPS) out->values = malloc(out->count * sizeof *out->values);
  if (status == TW_OK && out->values == NULL) status = twi_fail(TW_ERROR_MEMORY, "out of memory");
  return status == TW_OK ? twi_optimizer_get(out->values, out->count, option, optimizer) : status;
}

static tw_status check_group(const tw_optimizer *optimizer, size_t group, size_t count) {
  if (group < count) return TW_OK;
  return twi_fail(TW_ERROR_RANGE, "group is %zu but %s has %zu parameter group%s", group,
                  twi_optimizer_class_name(optimizer), count, count == 1 ? "" : "s");
}

static tw_status get_group(double *out, tw_optimizer *optimizer, size_t group, tw_option option) {
  row numbers;
  tw_status status = row_read(&numbers, optimizer, option);
  if (status == TW_OK) status = check_group(optimizer, group, numbers.count);
  if (status == TW_OK) *out = numbers.values[group];
  row_free(&numbers);
  return status;
}

static tw_status set_group(tw_optimizer *optimizer, size_t group, tw_option option, double value) {
  row numbers;
  tw_status status = row_read(&numbers, optimizer, option);
  if (status == TW_OK) status = check_group(optimizer, group, numbers.count);
  if (status == TW_OK) status = options[option].check(value, options[option].name);
  if (status == TW_OK) numbers.values[group] = value;
  if (status == TW_OK) status = twi_optimizer_set(optimizer, numbers.values, numbers.count, option);
  row_free(&numbers);
  return status;
}

/* ---- for callers ---- */

tw_status tw_optimizer_get_group_count(size_t *out, const tw_optimizer *optimizer) {
  if (out != NULL) *out = 0;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(optimizer, "optimizer");
  if (status != TW_OK) return status;
  tw_optimizer *self = (tw_optimizer *)optimizer;
  const int locked = twi_optimizer_begin_read(self);
  status = twi_optimizer_group_count(out, self);
  if (status != TW_OK) *out = 0;
  twi_optimizer_end_read(self, locked);
  return status;
}

tw_status tw_optimizer_get_class_name(char *out, size_t capacity, size_t *needed, const tw_optimizer *optimizer) {
  int only_asked = 0;
  if (needed != NULL) *needed = 0;
  tw_status status = twi_check_pointer(optimizer, "optimizer");
  if (status != TW_OK) return status;
  const char *name = twi_optimizer_class_name(optimizer);
  const size_t size = strlen(name) + 1;
  status = twi_check_buffer(out, capacity, needed, size, "bytes", &only_asked);
  if (status == TW_OK && !only_asked) memcpy(out, name, size);
  return status;
}

tw_status tw_optimizer_get_option(double *out, const tw_optimizer *optimizer, size_t group, tw_option option) {
  if (out != NULL) *out = 0.0;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(optimizer, "optimizer");
  if (status == TW_OK) status = check_option(option);
  if (status != TW_OK) return status;
  tw_optimizer *self = (tw_optimizer *)optimizer;
  const int locked = twi_optimizer_begin_read(self);
  status = get_group(out, self, group, option);
  twi_optimizer_end_read(self, locked);
  return status;
}

tw_status tw_optimizer_set_option(tw_optimizer *optimizer, size_t group, tw_option option, double value) {
  tw_status status = twi_check_pointer(optimizer, "optimizer");
  if (status == TW_OK) status = check_option(option);
  if (status == TW_OK) status = twi_optimizer_enter(optimizer);
  if (status != TW_OK) return status;
  status = set_group(optimizer, group, option, value);
  twi_optimizer_leave(optimizer);
  return status;
}

tw_status tw_optimizer_get_lr(double *out, const tw_optimizer *optimizer, size_t group) {
  return tw_optimizer_get_option(out, optimizer, group, TW_OPTION_LR);
}

tw_status tw_optimizer_set_lr(tw_optimizer *optimizer, size_t group, double lr) {
  return tw_optimizer_set_option(optimizer, group, TW_OPTION_LR, lr);
}

tw_status tw_optimizer_get_lrs(double *out, size_t capacity, size_t *needed, const tw_optimizer *optimizer) {
  row numbers;
  if (needed != NULL) *needed = 0;
  tw_status status = twi_check_pointer(optimizer, "optimizer");
  if (status != TW_OK) return status;
  tw_optimizer *self = (tw_optimizer *)optimizer;
  const int locked = twi_optimizer_begin_read(self);
  status = row_read(&numbers, self, TW_OPTION_LR);
  twi_optimizer_end_read(self, locked);
  if (status == TW_OK) status = twi_copy_doubles(out, capacity, needed, numbers.values, numbers.count, "rates");
  row_free(&numbers);
  return status;
}
