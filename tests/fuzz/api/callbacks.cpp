/* What callbacks do. */
#include "callbacks.h"

#include <algorithm>

namespace tw::fuzz {
namespace {

Context &of(void *context) { return *static_cast<Context *>(context); }

/* A failure of the callback's own: with a message or without, with a status or a number that is none. */
tw_status failure(Run &run) {
  tw_set_last_error(run.random.chance(60) ? "the callback's own failure" : nullptr);
  return run.random.one_of({TW_ERROR_IO, TW_ERROR_CALLBACK, TW_ERROR_CANCELLED, static_cast<tw_status>(99),
                            static_cast<tw_status>(-5), TW_ERROR_STATE});
}

/* A number for out, or, one time in thirty, nothing good. */
tw_status give(double *out, double number, Context &context) {
  Run &run = *context.run;
  if (run.call_back(context)) return failure(run);
  if (run.random.chance(3)) {
    if (run.random.chance(50)) *out = bad_double(run.random);
    return TW_OK;
  }
  *out = number;
  return TW_OK;
}

std::vector<double> *row_of(Context &context, tw_option option) {
  for (auto &[name, row] : context.rows)
    if (name == option) return &row;
  return nullptr;
}

/* The fuzzer's own look at an optimizer calls its functions too: then they only do their work. */
bool fails_now(Context &context) { return !context.run->is_looking() && context.run->call_back(context); }

tw_status own_count(size_t *out, void *context) {
  if (fails_now(of(context))) return failure(*of(context).run);
  *out = of(context).rows.front().second.size();
  return TW_OK;
}

tw_status own_get(double *out, size_t count, tw_option option, void *context) {
  Context &self = of(context);
  if (fails_now(self)) return failure(*self.run);
  const std::vector<double> *row = row_of(self, option);
  if (row == nullptr) return TW_ERROR_NOT_FOUND;
  if (count > row->size()) return TW_ERROR_STATE;
  std::copy_n(row->begin(), count, out);
  return TW_OK;
}

tw_status own_set(const double *values, size_t count, tw_option option, void *context) {
  Context &self = of(context);
  if (fails_now(self)) return failure(*self.run);
  std::vector<double> *row = row_of(self, option);
  if (row == nullptr) return TW_ERROR_NOT_FOUND;
  if (count > row->size()) return TW_ERROR_STATE;
  std::copy_n(values, count, row->begin());
  return TW_OK;
}

}  // namespace

tw_status lambda_called(double *out, double epoch, size_t group, void *context) {
  return give(out, 1 / (1 + std::fabs(epoch) * static_cast<double>(group + 1) / 8), of(context));
}

tw_status factor_called(double *out, int64_t step, size_t, void *context) {
  return give(out, std::min(1.0, static_cast<double>(step + 1) / 10), of(context));
}

tw_status forward_called(tw_tensor **out, tw_module *, tw_tensor *const *inputs, size_t count, void *context) {
  Run &run = *of(context).run;
  if (run.call_back(of(context))) return failure(run);
  if (run.random.chance(5)) return TW_OK; /* out is left unset */
  if (count > 0 && inputs[0] != nullptr) return tw_tensor_share(out, inputs[0]);
  const int64_t sizes[1] = {2};
  return tw_tensor_ones(out, sizes, 1, TW_FLOAT32, nullptr);
}

void released(void *context) { of(context).run->release(of(context)); }

tw_optimizer_interface own_interface() {
  return {sizeof(tw_optimizer_interface), "Own", own_count, own_get, own_set, released};
}

OwnOptimizer::OwnOptimizer(Run &run)
    : interface(own_interface()), context(&run.new_context(Role::kOptimizer)), is_null(run.random.chance(3)) {
  const size_t groups = run.random.chance(95) ? 1 + run.random.below(3) : 0;
  context->rows.emplace_back(TW_OPTION_LR, std::vector<double>(groups, 0.1));
  const tw_option momentum = run.random.chance(50) ? TW_OPTION_BETA1 : TW_OPTION_MOMENTUM;
  if (run.random.chance(80)) context->rows.emplace_back(momentum, std::vector<double>(groups, 0.9));
  if (run.random.chance(80)) context->rows.emplace_back(TW_OPTION_BETA2, std::vector<double>(groups, 0.99));
  if (run.random.chance(3)) interface.struct_size = run.random.one_of<size_t>({0, 8, SIZE_MAX});
  if (run.random.chance(3)) interface.get = nullptr;
  if (run.random.chance(3)) interface.set = nullptr;
}

std::string OwnOptimizer::text() const {
  return is_null ? "NULL" : "own of " + text_of(context->rows.front().second.size()) + " groups";
}

/* "From a failure too it is released, unless interface itself is NULL or malformed": its size says another structure. */
void OwnOptimizer::check(Run &run, tw_status status) {
  const bool is_malformed = is_null || interface.struct_size != sizeof interface;
  if (is_malformed) context->released_at_once = 1;
  run.require(!is_malformed || status != TW_OK, "a malformed interface is refused");
  if (status != TW_OK && !is_malformed)
    run.require(context->released == 1, "a context is released where the call fails");
}

void OwnOptimizer::keep(Run &run, tw_status) { context->owner = run.frame().owner; }

Owned::Owned(Run &run) : at(draw_place<tw_optimizer>(run.pool, run.random)) {
  const auto &place = places_of<tw_optimizer>(run.pool)[at];
  if (place.handle != nullptr) context = run.own_optimizer(place.owner);
}

/* A scheduler shows such a group from then on, but within a callback. */
void own_optimizer_gains_a_group(Context *context) {
  if (context == nullptr || context->rows.front().second.size() >= 4) return;
  context->run->touch();
  for (auto &row : context->rows) row.second.push_back(row.first == TW_OPTION_LR ? 0.2 : 0.5);
}

}  // namespace tw::fuzz
