#include "schedule/dampening.h"

#include <stdlib.h>
#include <string.h>

int tw_dampening_init(tw_dampening *out, size_t group_count) {
  *out = (tw_dampening){.group_count = group_count, .last_step = -1};
  out->undampened = calloc(2 * group_count + 1, sizeof(double)); /* + 1: not null without groups either */
  if (out->undampened == NULL) return 0;
  out->dampened = out->undampened + group_count;
  return 1;
}

void tw_dampening_destroy(tw_dampening *dampening) { free(dampening->undampened); }

void tw_dampen(double *out, const double *lrs, const double *factors, size_t count) {
  for (size_t group = 0; group < count; ++group) out[group] = lrs[group] * factors[group];
}

void tw_dampening_record(tw_dampening *dampening, const double *undampened, const double *dampened, int64_t step) {
  const size_t size = dampening->group_count * sizeof(double);
  memcpy(dampening->undampened, undampened, size);
  memcpy(dampening->dampened, dampened, size);
  dampening->last_step = step;
  dampening->begun = 0;
}

void tw_dampening_begin(tw_dampening *dampening) { dampening->begun = 1; }

void tw_dampening_cancel(tw_dampening *dampening) { dampening->begun = 0; }

size_t tw_dampening_find_edited(const tw_dampening *dampening, const double *lrs) {
  size_t group = 0;
  while (group < dampening->group_count && lrs[group] == dampening->dampened[group]) ++group;
  return group;
}
