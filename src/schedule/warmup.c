/* Making warmups, which rule gives each group its factor, and their end. What a warmup does then is in warmup_step.c. */
#include "schedule/warmup.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"

/* ---- factors ---- */

static tw_status call_factor(double *out, const twi_factor_rule *rule, int64_t step, size_t group) {
  static const char name[] = "the warmup's factor callback";
  *out = NAN;
  const twi_message before = twi_message_take();
  const tw_status status = twi_callback_end(name, rule->callback(out, step, group, rule->context), before);
  if (status != TW_OK || (isfinite(*out) && *out >= 0.0)) return status;
  return twi_fail(TW_ERROR_RANGE,
                  "%s gave %g for step %" PRId64 " of group %zu; a factor must be finite and not negative", name, *out,
                  step, group);
}

static tw_status call_factors(double *out, const twi_factor_rule *rule, size_t first, size_t count, int64_t step) {
  tw_status status = TW_OK;
  for (size_t i = 0; i < count && status == TW_OK; ++i) status = call_factor(&out[i], rule, step, first + i);
  return status;
}

/* Groups mostly have one period, or one beta2: a factor is computed where it changes. */
static void factors_of_periods(double *out, const twi_factor_rule *rule, size_t first, size_t count, int64_t step) {
  const int64_t *periods = rule->periods + first;
  double factor = 0.0;
  for (size_t i = 0; i < count; ++i) {
    if (i == 0 || periods[i] != periods[i - 1]) factor = rule->of_period(step, periods[i]);
    out[i] = factor;
  }
}

static void factors_of_radams(double *out, const twi_factor_rule *rule, size_t first, size_t count, int64_t step) {
  const twi_radam *radams = rule->radams + first;
  double factor = 0.0;
  for (size_t i = 0; i < count; ++i) {
    if (i == 0 || radams[i].beta2 != radams[i - 1].beta2) factor = twi_radam_factor(&radams[i], step);
    out[i] = factor;
  }
}

tw_status twi_warmup_factors(double *out, const tw_warmup *warmup, size_t first, size_t count, int64_t step) {
  const twi_factor_rule *rule = &warmup->rule;
  if (rule->callback != NULL) return call_factors(out, rule, first, count, step);
  if (rule->of_period != NULL) factors_of_periods(out, rule, first, count, step);
  if (rule->radams != NULL) factors_of_radams(out, rule, first, count, step);
  return TW_OK;
}

/* ---- making ---- */

static void rule_free(twi_factor_rule *rule) {
  free(rule->periods);
  free(rule->radams);
  twi_release(rule->release, rule->context);
}

static void warmup_destroy(tw_warmup *warmup) {
  tw_optimizer *optimizer = warmup->optimizer;
  rule_free(&warmup->rule);
  free(warmup->factors);
  free(warmup->undampened);
  free(warmup->dampened);
  free(warmup);
  twi_optimizer_unshare(optimizer);
}

/* A constructor on its way, like twi_binding: begin, choose the rule, end. */
typedef struct making {
  tw_warmup **out;
  tw_optimizer *optimizer; /* locked; null where begin has failed */
  size_t group_count;
  twi_factor_rule rule;
} making;

static tw_status begin(making *self, tw_warmup **out, tw_optimizer *optimizer) {
  *self = (making){.out = out};
  if (out != NULL) *out = NULL;
  tw_status status = twi_check_pointer(out, "out");
  if (status == TW_OK) status = twi_check_pointer(optimizer, "optimizer");
  if (status == TW_OK) status = twi_optimizer_enter(optimizer);
  if (status != TW_OK) return status;
  self->optimizer = optimizer;
  if (optimizer->book.warmup != NULL)
    return twi_fail(
        TW_ERROR_STATE,
        "the optimizer has a warmup already; call tw_warmup_detach, or free it and set the undampened rates, "
        "before making another");
  return twi_optimizer_group_count(&self->group_count, optimizer);
}

static tw_warmup *new_warmup(const making *self) {
  tw_warmup *made = calloc(1, sizeof *made);
  if (made == NULL) return NULL;
  const size_t bytes = (self->group_count + 1) * sizeof(double); /* + 1: not null without groups either */
  made->group_count = self->group_count;
  made->last_step = -1;
  made->factors = malloc(bytes);
  made->undampened = malloc(bytes);
  made->dampened = malloc(bytes);
  if (made->factors != NULL && made->undampened != NULL && made->dampened != NULL) return made;
  free(made->factors);
  free(made->undampened);
  free(made->dampened);
  free(made);
  return NULL;
}

/* Records the present rates and dampens them for step 0. */
static tw_status dampen_first(tw_warmup *warmup) {
  tw_optimizer *optimizer = warmup->optimizer;
  tw_status status = twi_optimizer_make_room(optimizer, warmup->group_count);
  if (status != TW_OK) return status;
  twi_rates next = twi_optimizer_next(optimizer, warmup->group_count, 0);
  const twi_rates before = {warmup->group_count, warmup->dampened, NULL};
  status = twi_optimizer_read(optimizer, &next);
  if (status == TW_OK) status = twi_check_not_left(optimizer, &next, "a warmup");
  if (status == TW_OK) status = twi_warmup_factors(warmup->factors, warmup, 0, warmup->group_count, 0);
  if (status != TW_OK) return status;
  memcpy(warmup->dampened, next.lrs, next.count * sizeof *next.lrs);
  return twi_warmup_dampen(warmup, 0, &next, &before, "the optimizer");
}

/* What a freed warmup left is over once another is bound. */
static void bind(tw_warmup *warmup) {
  twi_book *book = &warmup->optimizer->book;
  free(book->left_undampened);
  free(book->left_dampened);
  book->left_undampened = book->left_dampened = NULL;
  book->left_count = 0;
  book->warmup = warmup;
}

static tw_status end(making *self, tw_status status) {
  tw_warmup *made = status == TW_OK ? new_warmup(self) : NULL;
  if (status == TW_OK && made == NULL) status = twi_fail(TW_ERROR_MEMORY, "out of memory");
  if (made != NULL) {
    made->optimizer = twi_optimizer_share(self->optimizer);
    made->rule = self->rule;
    self->rule = (twi_factor_rule){.release = NULL};
    status = dampen_first(made);
    if (status == TW_OK) bind(made);
  }
  if (self->optimizer != NULL) twi_optimizer_leave(self->optimizer);
  rule_free(&self->rule);
  if (status == TW_OK) {
    twi_handle_open(made, TW_HANDLE_WARMUP);
    *self->out = made;
  } else if (made != NULL) {
    warmup_destroy(made);
  }
  return status;
}

/* ---- the rules ---- */

typedef double (*factor_function)(int64_t step, int64_t period);

static tw_status make_periods(making *self, factor_function factor) {
  self->rule.of_period = factor;
  self->rule.periods = malloc((self->group_count + 1) * sizeof *self->rule.periods);
  return self->rule.periods != NULL ? TW_OK : twi_fail(TW_ERROR_MEMORY, "out of memory");
}

/* A manual warmup: one period for all groups, or one for each. */
static tw_status bind_manual(tw_warmup **out, tw_optimizer *optimizer, factor_function factor, const int64_t *periods,
                             size_t count) {
  making self;
  tw_status status = begin(&self, out, optimizer);
  if (status == TW_OK) status = twi_check_per_group(periods, count, self.group_count, "periods");
  for (size_t i = 0; i < count && status == TW_OK; ++i)
    if (periods[i] < 1)
      status = twi_fail(TW_ERROR_RANGE, "warmup_period[%zu] is %" PRId64 "; it must be positive", i, periods[i]);
  if (status == TW_OK) status = make_periods(&self, factor);
  for (size_t group = 0; status == TW_OK && group < self.group_count; ++group)
    self.rule.periods[group] = periods[count == 1 ? 0 : group];
  return end(&self, status);
}

/* The betas that are given, one for all groups or one for each, or else the groups' own. From malloc. */
static tw_status find_beta2s(double **out, making *self, const double *beta2s, size_t count) {
  tw_status status = TW_OK;
  if (beta2s != NULL || count != 0) status = twi_check_per_group(beta2s, count, self->group_count, "beta2s");
  if (status != TW_OK) return status;
  *out = malloc((self->group_count + 1) * sizeof **out);
  if (*out == NULL) return twi_fail(TW_ERROR_MEMORY, "out of memory");
  if (beta2s == NULL || count == 0) return twi_optimizer_get(*out, self->group_count, TW_OPTION_BETA2, self->optimizer);
  for (size_t group = 0; group < self->group_count; ++group) (*out)[group] = beta2s[count == 1 ? 0 : group];
  return TW_OK;
}

/* An untuned warmup: each group's period comes from its beta2. */
static tw_status bind_untuned(tw_warmup **out, tw_optimizer *optimizer, const double *given, size_t count,
                              factor_function factor, int64_t (*period_of)(double beta2)) {
  making self;
  double *beta2s = NULL;
  tw_status status = begin(&self, out, optimizer);
  if (status == TW_OK) status = find_beta2s(&beta2s, &self, given, count);
  if (status == TW_OK) status = make_periods(&self, factor);
  for (size_t group = 0; status == TW_OK && group < self.group_count; ++group) {
    if (beta2s[group] >= 0.0 && beta2s[group] < 1.0) {
      self.rule.periods[group] = period_of(beta2s[group]);
    } else {
      status = twi_fail(TW_ERROR_RANGE, "beta2 of group %zu is %g; it must lie in [0, 1)", group, beta2s[group]);
    }
  }
  free(beta2s);
  return end(&self, status);
}

tw_status tw_warmup_linear(tw_warmup **out, tw_optimizer *optimizer, const int64_t *periods, size_t count) {
  return bind_manual(out, optimizer, twi_linear_factor, periods, count);
}

tw_status tw_warmup_exponential(tw_warmup **out, tw_optimizer *optimizer, const int64_t *periods, size_t count) {
  return bind_manual(out, optimizer, twi_exponential_factor, periods, count);
}

tw_status tw_warmup_untuned_linear(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s, size_t count) {
  return bind_untuned(out, optimizer, beta2s, count, twi_linear_factor, twi_untuned_linear_period);
}

tw_status tw_warmup_untuned_exponential(tw_warmup **out, tw_optimizer *optimizer, const double *beta2s, size_t count) {
  return bind_untuned(out, optimizer, beta2s, count, twi_exponential_factor, twi_untuned_exponential_period);
}

tw_status tw_warmup_radam(tw_warmup **out, tw_optimizer *optimizer, const double *given, size_t count) {
  making self;
  double *beta2s = NULL;
  tw_status status = begin(&self, out, optimizer);
  if (status == TW_OK) status = find_beta2s(&beta2s, &self, given, count);
  if (status == TW_OK) self.rule.radams = malloc((self.group_count + 1) * sizeof *self.rule.radams);
  if (status == TW_OK && self.rule.radams == NULL) status = twi_fail(TW_ERROR_MEMORY, "out of memory");
  for (size_t group = 0; status == TW_OK && group < self.group_count; ++group)
    if (!twi_radam_init(&self.rule.radams[group], beta2s[group]))
      status = twi_fail(TW_ERROR_RANGE, "beta2 of group %zu is %g; it must lie in (0.6, 1)", group, beta2s[group]);
  free(beta2s);
  return end(&self, status);
}

tw_status tw_warmup_custom(tw_warmup **out, tw_optimizer *optimizer, tw_warmup_factor_function factor, void *context,
                           void (*release)(void *context)) {
  making self;
  tw_status status = begin(&self, out, optimizer);
  self.rule = (twi_factor_rule){.callback = factor, .context = context, .release = release};
  if (status == TW_OK && factor == NULL) status = twi_fail(TW_ERROR_ARGUMENT, "factor is NULL");
  return end(&self, status);
}

/* ---- the end ---- */

/* Unbinds it, and keeps what it leaves in the optimizer for those who would take that for the schedule's. */
static void unbind(tw_warmup *warmup) {
  twi_book *book = &warmup->optimizer->book;
  if (book->warmup != warmup) return;
  book->warmup = NULL;
  if (warmup->begun) return;
  book->left_undampened = warmup->undampened;
  book->left_dampened = warmup->dampened;
  book->left_count = warmup->group_count;
  warmup->undampened = warmup->dampened = NULL;
}

static void end_now(tw_warmup *warmup) {
  twi_lock_take(&warmup->optimizer->lock);
  unbind(warmup);
  twi_lock_give(&warmup->optimizer->lock);
  warmup_destroy(warmup);
}

static void warmup_end_free(twi_deferred *deferred) { end_now((tw_warmup *)(void *)deferred); }

void tw_warmup_free(tw_warmup *warmup) {
  twi_handle_close(warmup, TW_HANDLE_WARMUP, "tw_warmup_free");
  if (warmup == NULL || twi_optimizer_defer(warmup->optimizer, &warmup->deferred, warmup_end_free)) return;
  end_now(warmup);
}
