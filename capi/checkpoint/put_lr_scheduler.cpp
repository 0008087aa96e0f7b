/* LR schedulers in checkpoints, and what their state_dicts look like. */
#include <algorithm>
#include <cmath>

#include "checkpoint/lr_scheduler.h"

namespace tw {

const PhaseNames phase_keys = {"start_lr", "end_lr", "start_momentum", "end_momentum"};

const PhaseNames &phase_names(size_t count, size_t index) {
  static const PhaseNames rise = {"initial_lr", "max_lr", "max_momentum", "base_momentum"};
  static const PhaseNames fall_to_end = {"max_lr", "min_lr", "base_momentum", "max_momentum"};
  static const PhaseNames fall_back = {"max_lr", "initial_lr", "base_momentum", "max_momentum"};
  static const PhaseNames end = {"initial_lr", "min_lr", "max_momentum", "max_momentum"};
  if (index == 0) return rise;
  if (index == 2) return end;
  return count == 2 ? fall_to_end : fall_back;
}

namespace {

/* An int where the number is whole, as PyTorch's counts and epochs are. */
Value new_number(double value) {
  const bool whole = value == std::floor(value) && std::abs(value) <= std::ldexp(1.0, 53);
  return whole ? new_int(static_cast<int64_t>(value)) : new_double(value);
}

template <class Make>
Value new_list_of(const double *numbers, size_t count, Make &&make) {
  Value list = new_list();
  for (size_t i = 0; i < count; ++i) append(list, make(numbers[i]));
  return list;
}

Value new_common(const double *numbers, size_t count) {
  const bool same = count > 0 && std::all_of(numbers, numbers + count, [&](double each) { return each == numbers[0]; });
  return same ? new_double(numbers[0]) : new_none();
}

/* milestones is ascending. */
Value new_counter(const double *milestones, size_t count) {
  Value counter = new_dict(TWI_VALUE_COUNTER);
  for (size_t i = 0, next = 0; i < count; i = next) {
    while (next < count && milestones[next] == milestones[i]) ++next;
    set(counter, new_number(milestones[i]), new_int(static_cast<int64_t>(next - i)));
  }
  return counter;
}

Value new_phases(const twi_phases &phases) {
  const auto count = static_cast<size_t>(phases.count);
  Value list = new_list();
  for (size_t i = 0; i < count; ++i) {
    Value phase = new_dict();
    set(phase, "end_step", new_double(phases.end_steps[i]));
    const PhaseNames &names = phase_names(count, i);
    for (size_t k = 0; k < names.size(); ++k) set(phase, phase_keys[k], new_string(names[k], phase_keys[k]));
    append(list, std::move(phase));
  }
  return list;
}

Value new_children(const tw_lr_scheduler &scheduler) {
  Value list = new_list();
  for (size_t i = 0; i < scheduler.schedule->child_count; ++i) append(list, state_dict_of(*scheduler.children[i]));
  return list;
}

Value new_nones(size_t count) {
  Value list = new_list();
  for (size_t i = 0; i < count; ++i) append(list, new_none());
  return list;
}

/* Whether the momentum that schedules cycle is the first beta. */
bool uses_betas(tw_optimizer &optimizer) {
  int has_beta1 = 0;
  require_ok(twi_optimizer_has(&has_beta1, &optimizer, TW_OPTION_BETA1));
  return has_beta1 != 0;
}

/* ---- what each type of field becomes ---- */

using Scheduler = const tw_lr_scheduler &;
using Field = const twi_field &;

/* From within a callback of a running call: as it was before that. */
const double *seen(Scheduler scheduler, const double *place) {
  const twi_lr_schedule &schedule = *scheduler.schedule;
  const bool in_state = place >= schedule.state && place < schedule.state + schedule.state_count;
  return in_state ? twi_lr_schedule_seen(&schedule, place) : place;
}

double number_of(Scheduler scheduler, Field field) { return *seen(scheduler, number_in(*scheduler.schedule, field)); }

const double *row_of(Scheduler scheduler, Field field) {
  return seen(scheduler, numbers_in(*scheduler.schedule, field));
}

struct Writer {
  twi_field_type type;
  Value (*make)(Scheduler scheduler, Field field);
};

/* A type that is not here is None. */
constexpr Writer writers[] = {
    {TWI_FIELD_FLOAT, [](Scheduler s, Field f) { return new_double(number_of(s, f)); }},
    {TWI_FIELD_NUMBER, [](Scheduler s, Field f) { return new_number(number_of(s, f)); }},
    {TWI_FIELD_CHOICE,
     [](Scheduler s, Field f) { return new_string(f.choices[static_cast<size_t>(number_of(s, f))], f.name); }},
    {TWI_FIELD_FLOATS,
     [](Scheduler s, Field f) { return new_list_of(row_of(s, f), s.schedule->group_count, new_double); }},
    {TWI_FIELD_COMMON, [](Scheduler s, Field f) { return new_common(row_of(s, f), s.schedule->group_count); }},
    {TWI_FIELD_MILESTONES,
     [](Scheduler s, Field) { return new_list_of(s.schedule->array, s.schedule->array_count, new_number); }},
    {TWI_FIELD_COUNTER, [](Scheduler s, Field) { return new_counter(s.schedule->array, s.schedule->array_count); }},
    {TWI_FIELD_PHASES, [](Scheduler s, Field f) { return new_phases(phases_in(*s.schedule, f)); }},
    {TWI_FIELD_CHILDREN, [](Scheduler s, Field) { return new_children(s); }},
    {TWI_FIELD_CYCLES_MOMENTUM, [](Scheduler s, Field) { return new_bool(s.schedule->cycles_momentum != 0); }},
    {TWI_FIELD_USES_BETAS, [](Scheduler s, Field) { return new_bool(uses_betas(*s.optimizer)); }},
    {TWI_FIELD_FALSE, [](Scheduler, Field) { return new_bool(false); }},
    {TWI_FIELD_NONES, [](Scheduler s, Field) { return new_nones(s.schedule->group_count); }},
};

Value value_of(Scheduler scheduler, Field field) {
  for (const Writer &writer : writers)
    if (writer.type == field.type) return writer.make(scheduler, field);
  return new_none();
}

}  // namespace

Value state_dict_of(const tw_lr_scheduler &scheduler) {
  Value state_dict = new_dict();
  for (const twi_field *field = scheduler.schedule->kind->fields; field->type != TWI_FIELD_END; ++field)
    if (field->type != TWI_FIELD_FOREIGN && has_field(*scheduler.schedule, *field))
      set(state_dict, field->name, value_of(scheduler, *field));
  return state_dict;
}

}  // namespace tw

tw_status tw_checkpoint_put_lr_scheduler(tw_checkpoint *checkpoint, const char *key, const tw_lr_scheduler *scheduler) {
  return tw::guard([&] {
    const tw::OptimizerReadLock lock(*tw::require(scheduler, "scheduler").optimizer);
    tw::require_ok(twi_lr_scheduler_join(const_cast<tw_lr_scheduler *>(scheduler)));
    tw::put(checkpoint, key, tw::state_dict_of(*scheduler));
  });
}
