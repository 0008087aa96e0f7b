/* CosineAnnealingLR: half a cosine from the base rate to eta_min in t_max epochs. */
#include <math.h>

#include "lr_schedule.h"

static const double pi = 3.14159265358979323846;

typedef struct cosine_annealing {
  tw_lr_schedule base;
  double t_max;
  double eta_min;
} cosine_annealing;

static void recursive(const tw_lr_schedule *schedule, double *lrs) {
  const cosine_annealing *self = (const cosine_annealing *)schedule;
  const double epoch = tw_lr_schedule_last_epoch(schedule);
  const double eta_min = self->eta_min;
  if (epoch == 0.0) return;
  /* Right after the lowest point the quotient below would divide by zero. */
  if (fmod(epoch - 1.0 - self->t_max, 2.0 * self->t_max) == 0.0) {
    for (size_t group = 0; group < schedule->group_count; ++group)
      lrs[group] = lrs[group] + (schedule->base_lrs[group] - eta_min) * (1.0 - cos(pi / self->t_max)) / 2.0;
    return;
  }
  const double ratio = (1.0 + cos(pi * epoch / self->t_max)) / (1.0 + cos(pi * (epoch - 1.0) / self->t_max));
  for (size_t group = 0; group < schedule->group_count; ++group) lrs[group] = ratio * (lrs[group] - eta_min) + eta_min;
}

static void closed_form(const tw_lr_schedule *schedule, double *lrs) {
  const cosine_annealing *self = (const cosine_annealing *)schedule;
  const double cosine = cos(pi * tw_lr_schedule_last_epoch(schedule) / self->t_max);
  for (size_t group = 0; group < schedule->group_count; ++group)
    lrs[group] = self->eta_min + (schedule->base_lrs[group] - self->eta_min) * (1.0 + cosine) / 2.0;
}

static const tw_lr_schedule_kind kind = {
    .name = "CosineAnnealingLR", .recursive = recursive, .closed_form = closed_form};

tw_lr_schedule *tw_cosine_annealing_new(const double *base_lrs, size_t group_count, int64_t t_max, double eta_min) {
  cosine_annealing *self = (cosine_annealing *)tw_lr_schedule_new(&kind, sizeof *self, base_lrs, group_count, 0);
  if (self == NULL) return NULL;
  self->t_max = (double)t_max;
  self->eta_min = eta_min;
  return &self->base;
}
