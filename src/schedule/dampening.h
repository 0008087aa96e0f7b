/* The dampening state machine: which rates are the schedule's own, and which the warmup has multiplied. */
#ifndef TW_DAMPENING_H
#define TW_DAMPENING_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tw_dampening {
  size_t group_count;
  int64_t last_step;  /* the step that the dampened rates are for; -1 before the first */
  int begun;          /* between begin and end: the optimizer holds undampened rates */
  double *undampened; /* group_count each */
  double *dampened;
} tw_dampening;

/* 0 where memory is out. */
int tw_dampening_init(tw_dampening *out, size_t group_count);
void tw_dampening_destroy(tw_dampening *dampening);

/* out[g] = lrs[g] * factors[g]. */
void tw_dampen(double *out, const double *lrs, const double *factors, size_t count);

/* Records what the optimizer now holds, dampened, and what from; ends what tw_dampening_begin began. */
void tw_dampening_record(tw_dampening *dampening, const double *undampened, const double *dampened, int64_t step);

/* Records that the optimizer now holds the undampened rates. */
void tw_dampening_begin(tw_dampening *dampening);

/* Records that it holds the dampened ones again, in the step it was in. */
void tw_dampening_cancel(tw_dampening *dampening);

/* The first group whose rate is not what the last dampening made of it; group_count where all are. */
size_t tw_dampening_find_edited(const tw_dampening *dampening, const double *lrs);

#ifdef __cplusplus
}
#endif

#endif
