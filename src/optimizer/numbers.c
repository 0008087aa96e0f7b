/* Reading and writing the groups' numbers, whichever optimizer it is. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "optimizer/optimizer.h"
#include "optimizer/rate.h"

static tw_status numbers_lacks(const tw_optimizer *optimizer, tw_option option) {
  return twi_fail(TW_ERROR_NOT_FOUND, "%s has no %s", twi_optimizer_class_name(optimizer), tw_option_name(option));
}

/* More than any machine has room for, few enough that no size of memory overflows. */
static const size_t MOST_GROUPS = SIZE_MAX >> 12;

/* ---- a caller's functions: what they leave behind, and what they forget ---- */

static tw_status ended(tw_optimizer *optimizer, const char *name, tw_status status, twi_message before,
                       tw_option option) {
  status = twi_callback_end(name, status, before);
  return status == TW_ERROR_NOT_FOUND ? numbers_lacks(optimizer, option) : status;
}

static tw_status callers_get(double *out, size_t count, tw_option option, tw_optimizer *optimizer) {
  const char *const name = "the optimizer's get";
  for (size_t group = 0; group < count; ++group) out[group] = NAN;
  const twi_message before = twi_message_take();
  const tw_status status =
      ended(optimizer, name, optimizer->interface.get(out, count, option, optimizer->context), before, option);
  for (size_t group = 0; group < count && status == TW_OK; ++group)
    if (isnan(out[group]))
      return twi_fail(TW_ERROR_RANGE, "%s gave no number for the %s of group %zu", name, tw_option_name(option), group);
  return status;
}

static tw_status callers_set(tw_optimizer *optimizer, const double *values, size_t count, tw_option option) {
  const twi_message before = twi_message_take();
  return ended(optimizer, "the optimizer's set", optimizer->interface.set(values, count, option, optimizer->context),
               before, option);
}

static tw_status callers_group_count(size_t *out, tw_optimizer *optimizer) {
  *out = SIZE_MAX;
  const twi_message before = twi_message_take();
  const tw_status status = twi_callback_end("the optimizer's group_count",
                                            optimizer->interface.group_count(out, optimizer->context), before);
  if (status != TW_OK || *out <= MOST_GROUPS) return status;
  const size_t count = *out;
  *out = 0;
  if (count == SIZE_MAX) return twi_fail(TW_ERROR_RANGE, "the optimizer's group_count gave no number");
  return twi_fail(TW_ERROR_RANGE, "the optimizer's group_count gave %zu", count);
}

/* ---- any optimizer's ---- */

tw_status twi_optimizer_group_count(size_t *out, tw_optimizer *optimizer) {
  if (optimizer->is_callers) return callers_group_count(out, optimizer);
  return optimizer->interface.group_count(out, optimizer->context);
}

tw_status twi_optimizer_get(double *out, size_t count, tw_option option, tw_optimizer *optimizer) {
  if (count == 0) return TW_OK; /* no group lacks it */
  if (optimizer->is_callers) return callers_get(out, count, option, optimizer);
  return optimizer->interface.get(out, count, option, optimizer->context);
}

tw_status twi_optimizer_set(tw_optimizer *optimizer, const double *values, size_t count, tw_option option) {
  if (count == 0) return TW_OK;
  if (optimizer->is_callers) return callers_set(optimizer, values, count, option);
  return optimizer->interface.set(values, count, option, optimizer->context);
}

tw_status twi_optimizer_has(int *out, tw_optimizer *optimizer, tw_option option) {
  size_t count = 0;
  *out = 0;
  tw_status status = twi_optimizer_group_count(&count, optimizer);
  if (status != TW_OK) return status;
  double *scratch = malloc((count + 1) * sizeof *scratch); /* + 1: never null for none */
  if (scratch == NULL) return twi_fail(TW_ERROR_MEMORY, "out of memory");
  const twi_message before = twi_message_take();
  status = twi_optimizer_get(scratch, count, option, optimizer);
  free(scratch);
  *out = status == TW_OK;
  if (status != TW_OK && status != TW_ERROR_NOT_FOUND) {
    twi_message_free(before);
    return status;
  }
  twi_message_put(before);
  return TW_OK;
}

tw_status twi_optimizer_require_groups(tw_optimizer *optimizer, size_t made_for, const char *what) {
  size_t count = 0;
  const tw_status status = twi_optimizer_group_count(&count, optimizer);
  if (status != TW_OK || count == made_for) return status;
  return twi_fail(TW_ERROR_STATE, "the optimizer has %zu parameter groups; %s was made for %zu", count, what, made_for);
}

/* ---- a step's numbers ---- */

tw_status twi_optimizer_make_room(tw_optimizer *optimizer, size_t group_count) {
  const size_t rows = sizeof optimizer->rows / sizeof *optimizer->rows;
  if (group_count <= optimizer->room && optimizer->rows[rows - 1] != NULL) return TW_OK;
  for (size_t i = 0; i < rows; ++i) {
    double *grown = realloc(optimizer->rows[i], (group_count + 1) * sizeof *grown); /* + 1: never null for none */
    if (grown == NULL) return twi_fail(TW_ERROR_MEMORY, "out of memory");
    optimizer->rows[i] = grown;
  }
  optimizer->room = group_count;
  return TW_OK;
}

tw_status twi_optimizer_find_momentum(tw_optimizer *optimizer) {
  int has_beta1 = 0, has_momentum = 0;
  tw_status status = twi_optimizer_has(&has_beta1, optimizer, TW_OPTION_BETA1);
  if (status == TW_OK && !has_beta1) status = twi_optimizer_has(&has_momentum, optimizer, TW_OPTION_MOMENTUM);
  if (status != TW_OK) return status;
  if (!has_beta1 && !has_momentum)
    return twi_fail(TW_ERROR_NOT_FOUND,
                    "the optimizer is %s, which has neither momentum nor betas to cycle; set cycle_momentum to 0",
                    twi_optimizer_class_name(optimizer));
  optimizer->momentum = has_beta1 ? TW_OPTION_BETA1 : TW_OPTION_MOMENTUM;
  return TW_OK;
}

twi_rates twi_optimizer_present(tw_optimizer *optimizer, size_t count, int with_momentums) {
  return (twi_rates){count, optimizer->rows[0], with_momentums ? optimizer->rows[1] : NULL};
}

twi_rates twi_optimizer_next(tw_optimizer *optimizer, size_t count, int with_momentums) {
  return (twi_rates){count, optimizer->rows[2], with_momentums ? optimizer->rows[3] : NULL};
}

tw_status twi_optimizer_read(tw_optimizer *optimizer, twi_rates *out) {
  const tw_status status = twi_optimizer_get(out->lrs, out->count, TW_OPTION_LR, optimizer);
  if (status != TW_OK || out->momentums == NULL) return status;
  return twi_optimizer_get(out->momentums, out->count, optimizer->momentum, optimizer);
}

tw_status twi_check_lrs(const double *lrs, size_t count, const char *source) {
  int found = 0; /* without a branch, so that the loop runs several at a time */
  for (size_t group = 0; group < count; ++group) found |= !twi_is_rate(lrs[group]);
  if (!found) return TW_OK;
  size_t group = 0;
  while (twi_is_rate(lrs[group])) ++group;
  return twi_fail(TW_ERROR_RANGE, "%s makes the rate of group %zu %g", source, group, lrs[group]);
}

static tw_status check_momentums(const twi_rates *rates, const char *source) {
  for (size_t group = 0; group < rates->count; ++group)
    if (!isfinite(rates->momentums[group]))
      return twi_fail(TW_ERROR_RANGE, "%s makes the momentum of group %zu %g", source, group, rates->momentums[group]);
  return TW_OK;
}

tw_status twi_optimizer_write(tw_optimizer *optimizer, const twi_rates *rates, const twi_rates *before,
                              const char *source) {
  tw_status status = twi_check_lrs(rates->lrs, rates->count, source);
  if (status == TW_OK && rates->momentums != NULL) status = check_momentums(rates, source);
  if (status == TW_OK) status = twi_optimizer_set(optimizer, rates->lrs, rates->count, TW_OPTION_LR);
  if (status != TW_OK || rates->momentums == NULL) return status;
  status = twi_optimizer_set(optimizer, rates->momentums, rates->count, optimizer->momentum);
  if (status == TW_OK) return status;
  /* All or none. Its own rates are what the optimizer takes; should it refuse even them, the first failure is told. */
  const twi_message first = twi_message_take();
  (void)twi_optimizer_set(optimizer, before->lrs, before->count, TW_OPTION_LR);
  twi_message_put(first);
  return status;
}

void twi_rates_copy(twi_rates *to, const twi_rates *from) {
  memcpy(to->lrs, from->lrs, from->count * sizeof *to->lrs);
  if (to->momentums != NULL) memcpy(to->momentums, from->momentums, from->count * sizeof *to->momentums);
}
