#include "schedule/momentum_range.h"

#include "base/check.h"

tw_status twi_bind_momentum_range(twi_binding *binding, const twi_momentum_range *range) {
  tw_status status = twi_check_bool(range->cycle, "cycle_momentum");
  if (status != TW_OK || !range->cycle) return status;
  if (range->count != 0) status = twi_check_per_group(range->base, range->count, binding->group_count, "base_momentum");
  if (range->count != 0 && status == TW_OK)
    status = twi_check_per_group(range->max, range->count, binding->group_count, "max_momentum");
  return status == TW_OK ? twi_bind_momentum(binding) : status;
}

static tw_status momentum_range_fill(double *out, const double *values, size_t count, double fallback, size_t groups,
                                     const char *name) {
  for (size_t group = 0; group < groups; ++group) out[group] = fallback;
  return count == 0 ? TW_OK : twi_spread(out, values, count, groups, name);
}

tw_status twi_fill_momentum_range(twi_binding *binding, const twi_momentum_range *range, size_t base_row,
                                  size_t max_row) {
  double *base = binding->schedule->rows[base_row], *most = binding->schedule->rows[max_row];
  if (!range->cycle) return TW_OK;
  tw_status status =
      momentum_range_fill(base, range->base, range->count, range->default_base, binding->group_count, "base_momentum");
  if (status == TW_OK)
    status =
        momentum_range_fill(most, range->max, range->count, range->default_max, binding->group_count, "max_momentum");
  if (status == TW_OK) status = twi_bind_note(binding, TWI_BASE_MOMENTUM, base);
  return status == TW_OK ? twi_bind_note(binding, TWI_MAX_MOMENTUM, most) : status;
}
