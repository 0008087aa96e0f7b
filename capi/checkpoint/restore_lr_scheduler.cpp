/* Reading an LR scheduler's state_dict: all of it is read and checked before anything changes. */
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <utility>

#include "base/arguments.h"
#include "checkpoint/lr_scheduler.h"

namespace tw {
namespace {

/* What a state_dict sets. Made, it has changed nothing; applied, it changes everything back unless told to keep it. */
class StateLoad {
 public:
  StateLoad(tw_lr_scheduler &scheduler, const twi_value &state_dict, const std::string &name) : root_(scheduler) {
    read(scheduler, state_dict, name);
  }
  ~StateLoad() {
    if (!applied_) return;
    swap();
    twi_lr_schedule_restore(root_.schedule);
  }
  StateLoad(const StateLoad &) = delete;
  StateLoad &operator=(const StateLoad &) = delete;

  void apply() noexcept {
    twi_lr_schedule_save(root_.schedule);
    swap();
    applied_ = true;
  }
  void keep() noexcept {
    twi_lr_schedule_keep(root_.schedule);
    applied_ = false;
  }

  /* Whether the rates of the last step were among it. */
  bool has_rates() const {
    return std::any_of(numbers_.begin(), numbers_.end(),
                       [&](const Number &each) { return each.place == root_.schedule->last_lrs; });
  }

 private:
  struct Number {
    double *place;
    double value;
  };
  struct Free {
    void operator()(double *numbers) const noexcept { std::free(numbers); }
  };
  struct Array {
    twi_lr_schedule *schedule;
    std::unique_ptr<double, Free> numbers; /* the schedule's own come from malloc too */
    size_t count;
  };

  void swap() noexcept {
    for (Number &each : numbers_) std::swap(*each.place, each.value);
    for (Array &each : arrays_) {
      double *others = each.numbers.release();
      each.numbers.reset(each.schedule->array);
      each.schedule->array = others;
      std::swap(each.schedule->array_count, each.count);
    }
  }

  void read(tw_lr_scheduler &scheduler, const twi_value &state_dict, const std::string &name);
  void read_field(tw_lr_scheduler &scheduler, const twi_field &field, const twi_value &value, const std::string &name);
  void read_number(double *place, const twi_field &field, const twi_value &value, const std::string &name);
  void read_choice(tw_lr_scheduler &scheduler, const twi_field &field, const twi_value &value, const std::string &name);
  void read_numbers(double *places, size_t count, const twi_field &field, const twi_value &value,
                    const std::string &name);
  void read_counter(tw_lr_scheduler &scheduler, const twi_value &value, const std::string &name);
  void read_phases(twi_phases &phases, const twi_field &field, const twi_value &value, const std::string &name);
  void read_children(tw_lr_scheduler &scheduler, const twi_value &value, const std::string &name);
  double loaded(const double *place) const;

  tw_lr_scheduler &root_;
  std::vector<Number> numbers_;
  std::vector<Array> arrays_;
  bool applied_ = false;
};

bool is_read(const twi_field &field) {
  switch (field.type) {
    case TWI_FIELD_COMMON:
    case TWI_FIELD_USES_BETAS:
    case TWI_FIELD_FALSE:
      return false;
    default:
      return true;
  }
}

void require_count(const twi_value &value, size_t count, const std::string &name) {
  const size_t found = list_of(value, name).as.container.count;
  check(found == count, TW_ERROR_ARGUMENT, name, " has ", found, " entries; this scheduler has ", count);
}

/* Where Python has an object that is called, it saves what that object keeps; of a function, None. */
void require_no_state(const twi_value &value, const std::string &name) {
  const bool is_empty = twi_value_is_dict(&value) && value.as.container.count == 0;
  check(
      value.kind == TWI_VALUE_NONE || is_empty, TW_ERROR_UNSUPPORTED, name, " is a ", type_name_of(value),
      ": what a callable object of Python's keeps. A function of C has no place for it: take it out of the state_dict "
      "in Python, putting None there, and give it to the function yourself");
}

void require_no_states(const twi_value &value, size_t count, const std::string &name) {
  require_count(value, count, name);
  for (size_t i = 0; i < count; ++i)
    require_no_state(*value.as.container.items[i], c10::str("entry ", i, " of ", name));
}

/* A schedule cycles momentum or not from its making on. */
void require_cycling(const twi_lr_schedule &schedule, const twi_value &value, const std::string &name) {
  const bool saved = int64_of(value, name) != 0, made = schedule.cycles_momentum != 0;
  check(saved == made, TW_ERROR_ARGUMENT, name, " is ", saved ? "True" : "False", "; this ", schedule.kind->name,
        " was made with ", made ? 1 : 0, ": make it with cycle_momentum ", saved ? 1 : 0, " to load that");
}

/* PyTorch knows groups that were added later from the rates of the last step alone; the other lists stay short, and what is
   here of those groups stays. */
bool is_short_for_later_groups(const twi_lr_schedule &schedule, const twi_value &state_dict, const twi_value &value) {
  const twi_value *lrs = twi_value_find(&state_dict, "_last_lr");
  const auto count = [](const twi_value *list) {
    return list != nullptr && list->kind == TWI_VALUE_LIST ? list->as.container.count : 0;
  };
  return twi_lr_schedule_takes_groups(&schedule) != 0 && count(lrs) == schedule.group_count && count(&value) > 0 &&
         count(&value) < schedule.group_count;
}

/* A field of the kind's, or what older versions print by. */
bool is_field(const twi_lr_schedule &schedule, const std::string &key) {
  const twi_field *field = schedule.kind->fields;
  while (field->type != TWI_FIELD_END && key != field->name) ++field;
  return field->type != TWI_FIELD_END || key == "verbose";
}

void StateLoad::read(tw_lr_scheduler &scheduler, const twi_value &state_dict, const std::string &name) {
  dict_of(state_dict, name);
  twi_lr_schedule &schedule = *scheduler.schedule;
  for (const twi_field *field = schedule.kind->fields; field->type != TWI_FIELD_END; ++field) {
    if (!is_read(*field) || !has_field(schedule, *field)) continue;
    const twi_value *found = twi_value_find(&state_dict, field->name);
    const bool may_lack =
        field->type == TWI_FIELD_FOREIGN || field->type == TWI_FIELD_NONE || (field->flags & TWI_FIELD_OPTIONAL) != 0;
    if (found == nullptr && may_lack) continue;
    check(field->type != TWI_FIELD_FOREIGN, TW_ERROR_ARGUMENT, name, " has a ", field->name,
          ": it is not the state of a ", schedule.kind->name);
    if (found == nullptr) found = &find_item(state_dict, field->name, name);
    const std::string field_name = c10::str(field->name, " of ", name);
    if (field->type == TWI_FIELD_FLOATS && is_short_for_later_groups(schedule, state_dict, *found)) {
      read_numbers(numbers_in(schedule, *field), found->as.container.count, *field, *found, field_name);
    } else {
      read_field(scheduler, *field, *found, field_name);
    }
  }
  require_known_keys(
      state_dict, [&](const std::string &key) { return is_field(schedule, key); }, name);
}

void StateLoad::read_field(tw_lr_scheduler &scheduler, const twi_field &field, const twi_value &value,
                           const std::string &name) {
  twi_lr_schedule &schedule = *scheduler.schedule;
  switch (field.type) {
    case TWI_FIELD_CHOICE:
      return read_choice(scheduler, field, value, name);
    case TWI_FIELD_FLOATS:
      return read_numbers(numbers_in(schedule, field), schedule.group_count, field, value, name);
    case TWI_FIELD_MILESTONES:
      return read_numbers(schedule.array, schedule.array_count, field, value, name);
    case TWI_FIELD_COUNTER:
      return read_counter(scheduler, value, name);
    case TWI_FIELD_PHASES:
      return read_phases(phases_in(schedule, field), field, value, name);
    case TWI_FIELD_CHILDREN:
      return read_children(scheduler, value, name);
    case TWI_FIELD_NONES:
      return require_no_states(value, schedule.group_count, name);
    case TWI_FIELD_NONE:
      return require_no_state(value, name);
    case TWI_FIELD_CYCLES_MOMENTUM:
      return require_cycling(schedule, value, name);
    default:
      return read_number(number_in(schedule, field), field, value, name);
  }
}

void StateLoad::read_number(double *place, const twi_field &field, const twi_value &value, const std::string &name) {
  const double number = double_of(value, name);
  numbers_.push_back({place, require_within(number, field.least, field.most, name)});
}

void StateLoad::read_choice(tw_lr_scheduler &scheduler, const twi_field &field, const twi_value &value,
                            const std::string &name) {
  const std::string wanted = string_of(value, name);
  std::string known;
  for (size_t i = 0; field.choices[i] != nullptr; ++i) {
    if (wanted == field.choices[i]) return numbers_.push_back({number_in(*scheduler.schedule, field), double(i)});
    known += (i > 0 ? ", " : "") + std::string(field.choices[i]);
  }
  /* PyTorch takes any mode where there is a function, and does not look at it. */
  check(scheduler.schedule->callback != nullptr, TW_ERROR_ARGUMENT, name, " is \"", wanted, "\"; it must be one of ",
        known);
}

void StateLoad::read_numbers(double *places, size_t count, const twi_field &field, const twi_value &value,
                             const std::string &name) {
  require_count(value, count, name);
  for (size_t i = 0; i < count; ++i)
    read_number(places + i, field, *value.as.container.items[i], c10::str("number ", i, " of ", name));
}

void StateLoad::read_counter(tw_lr_scheduler &scheduler, const twi_value &value, const std::string &name) {
  constexpr int64_t most = 1 << 20;
  const auto &items = dict_of(value, name).as.container;
  std::vector<double> milestones;
  for (size_t i = 0; i < items.count; i += 2) {
    const double milestone = double_of(*items.items[i], "a key of " + name);
    const int64_t times = int64_of(*items.items[i + 1], c10::str(name, "[", milestone, "]"));
    check(times >= 0 && times <= most - static_cast<int64_t>(milestones.size()), TW_ERROR_RANGE, name, "[", milestone,
          "] is ", times, "; there may be ", most, " milestones, none of them a negative number of times");
    milestones.insert(milestones.end(), static_cast<size_t>(times), milestone);
  }
  std::sort(milestones.begin(), milestones.end());
  twi_numbers copy{};
  require_ok(twi_numbers_copy(&copy, milestones.data(), milestones.size()));
  arrays_.push_back({scheduler.schedule, std::unique_ptr<double, Free>(copy.values), copy.count});
}

void StateLoad::read_phases(twi_phases &phases, const twi_field &field, const twi_value &value,
                            const std::string &name) {
  const auto &items = list_of(value, name).as.container;
  check(items.count == 2 || items.count == 3, TW_ERROR_ARGUMENT, name, " has ", items.count,
        " phases; it must have 2 or 3");
  numbers_.push_back({&phases.count, static_cast<double>(items.count)});
  for (size_t i = 0; i < items.count; ++i) {
    const std::string each = c10::str("phase ", i, " of ", name);
    const twi_value &phase = dict_of(*items.items[i], each);
    read_number(&phases.end_steps[i], field, find_item(phase, "end_step", each), "end_step of " + each);
    const PhaseNames &names = phase_names(items.count, i);
    for (size_t k = 0; k < names.size(); ++k) {
      const std::string found = string_of(find_item(phase, phase_keys[k], each), phase_keys[k] + (" of " + each));
      check(found == names[k], TW_ERROR_ARGUMENT, phase_keys[k], " of ", each, " is \"", found, "\"; it must be \"",
            names[k], "\"");
    }
  }
}

void StateLoad::read_children(tw_lr_scheduler &scheduler, const twi_value &value, const std::string &name) {
  const auto &items = list_of(value, name).as.container;
  tw_lr_scheduler *const *children = scheduler.children;
  const size_t count = scheduler.schedule->child_count;
  check(items.count == count, TW_ERROR_ARGUMENT, name, " has ", items.count, " schedulers; this ",
        scheduler.schedule->kind->name, " has ", count);
  for (size_t i = 0; i < count; ++i) read(*children[i], *items.items[i], c10::str("scheduler ", i, " of ", name));
  /* PyTorch's ChainedScheduler counts no epochs of its own: it is where its first one is. */
  double *epoch = scheduler.schedule->state + TWI_STATE_EPOCH;
  const double first = loaded(children[0]->schedule->state + TWI_STATE_EPOCH);
  if (std::isnan(loaded(epoch))) numbers_.push_back({epoch, first});
}

/* What a place is to have; not a number where nothing has been read for it. */
double StateLoad::loaded(const double *place) const {
  const auto found =
      std::find_if(numbers_.begin(), numbers_.end(), [&](const Number &each) { return each.place == place; });
  return found == numbers_.end() ? std::nan("") : found->value;
}

}  // namespace

void load_state_dict(tw_lr_scheduler &scheduler, const twi_value &state_dict, const std::string &name) {
  twi_lr_schedule &schedule = *scheduler.schedule;
  require_ok(twi_lr_scheduler_fit(&scheduler));
  StateLoad load(scheduler, state_dict, name);
  std::vector<double> lrs(schedule.group_count), momentums(schedule.group_count);
  twi_rates rates = {lrs.size(), lrs.data(), schedule.cycles_momentum != 0 ? momentums.data() : nullptr};
  require_ok(twi_optimizer_read(scheduler.optimizer, &rates));
  load.apply();
  require_ok(twi_lr_schedule_find_momentums(&schedule, &rates));
  std::copy_n(schedule.last_lrs, lrs.size(), lrs.begin());
  if (load.has_rates()) require_ok(twi_write_scheduled(&scheduler, &rates));
  load.keep();
}

}  // namespace tw

tw_status tw_checkpoint_restore_lr_scheduler(tw_lr_scheduler *scheduler, const tw_checkpoint *checkpoint,
                                             const char *key) {
  return tw::guard([&] {
    const tw::OptimizerLock lock(*tw::require(scheduler, "scheduler").optimizer);
    tw::load_state_dict(*scheduler, tw::find_value(checkpoint, key), tw::quoted(key));
  });
}
