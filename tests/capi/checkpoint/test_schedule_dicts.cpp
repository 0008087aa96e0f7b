/* State_dicts of schedules and warmups with other entries than ours: of later groups, of counters too large, unknown. */
#include <algorithm>

#include "checkpoint_schedules.h"
#include "lr_kinds.h"

using namespace tw::test;

namespace {

/* A checkpoint's value with another one in place of an entry of it, or behind the others. */
Checkpoint with_entry(const Checkpoint &saved, const char *name, const Handle<tw_value> &entry) {
  Handle<tw_value> whole, changed;
  size_t size = 0;
  require_ok(tw_checkpoint_get_value(whole.out(), saved.get(), "state"));
  require_ok(tw_value_get_size(&size, whole.get()));
  std::vector<Handle<tw_value>> keys(size), values(size);
  std::vector<tw_value *> key_handles, value_handles;
  for (size_t i = 0; i < size; ++i) {
    char key[64];
    require_ok(tw_value_get_key(keys[i].out(), whole.get(), i));
    require_ok(tw_value_get_item(values[i].out(), whole.get(), i));
    require_ok(tw_value_get_string(key, sizeof key, nullptr, keys[i].get()));
    key_handles.push_back(keys[i].get());
    value_handles.push_back(std::string(key) == name ? entry.get() : values[i].get());
  }
  Handle<tw_value> added;
  require_ok(tw_value_string(added.out(), name));
  if (std::count(value_handles.begin(), value_handles.end(), entry.get()) == 0) {
    key_handles.push_back(added.get());
    value_handles.push_back(entry.get());
  }
  require_ok(tw_value_dict(changed.out(), key_handles.data(), value_handles.data(), key_handles.size()));
  auto made = checkpoint();
  require_ok(tw_checkpoint_put_value(made.get(), "state", changed.get()));
  return made;
}

Handle<tw_value> list_of_doubles(const Numbers &numbers) {
  std::vector<Handle<tw_value>> items(numbers.size());
  std::vector<tw_value *> handles;
  for (size_t i = 0; i < numbers.size(); ++i) {
    require_ok(tw_value_double(items[i].out(), numbers[i]));
    handles.push_back(items[i].get());
  }
  Handle<tw_value> list;
  require_ok(tw_value_list(list.out(), handles.data(), handles.size()));
  return list;
}

}  // namespace

TEST_CASE("a state of PyTorch's in which a later group has a last rate and no base rate is taken") {
  const auto two = two_groups(), three = two_groups();
  const auto before = scheduler(tw_lr_scheduler_step_lr, two, 2, 0.5);
  step(before), step(before);
  auto saved = checkpoint();
  require_ok(tw_checkpoint_put_lr_scheduler(saved.get(), "state", before.get()));
  const auto of_three = with_entry(saved, "_last_lr", list_of_doubles({0.25, 0.05, 0.7}));
  const auto added = parameter({3.0F});
  require_ok(tw_optimizer_add_param_group(three.get(), added.one(), 1, nullptr));
  const auto made = scheduler(tw_lr_scheduler_step_lr, three, 2, 0.5);
  require_ok(tw_checkpoint_restore_lr_scheduler(made.get(), of_three.get(), "state"));
  CHECK(rates(three) == Numbers{0.25, 0.05, 0.7});
  step(made), step(made);
  CHECK(rates(three) == Numbers{0.125, 0.025, 0.35});
  const Numbers rates_before = rates(three);
  check_failure(tw_checkpoint_restore_lr_scheduler(made.get(), saved.get(), "state"), TW_ERROR_ARGUMENT,
                {"2 entries", "has 3"});
  CHECK(rates(three) == rates_before);
}

TEST_CASE("a file's counters past 2^53 are refused by name, before a step of them would overflow") {
  const auto optimizer = two_groups();
  const auto schedule = scheduler(tw_lr_scheduler_exponential, optimizer, 0.5);
  const auto warmup = linear(optimizer, {10});
  const Numbers rates_before = rates(optimizer);
  auto of_schedule = checkpoint(), of_warmup = checkpoint();
  require_ok(tw_checkpoint_put_lr_scheduler(of_schedule.get(), "state", schedule.get()));
  require_ok(tw_checkpoint_put_warmup(of_warmup.get(), "state", warmup.get()));
  for (const int64_t count : {INT64_MAX, (INT64_C(1) << 53) + 1}) {
    Handle<tw_value> number;
    require_ok(tw_value_int64(number.out(), count));
    check_failure(tw_checkpoint_restore_warmup(warmup.get(), with_entry(of_warmup, "last_step", number).get(), "state"),
                  TW_ERROR_RANGE, {"last_step of \"state\" is " + std::to_string(count), "2^53"});
  }
  Handle<tw_value> large;
  require_ok(tw_value_double(large.out(), 1e17));
  check_failure(
      tw_checkpoint_restore_lr_scheduler(schedule.get(), with_entry(of_schedule, "last_epoch", large).get(), "state"),
      TW_ERROR_RANGE, {"last_epoch of \"state\" is 1e+17"});
  CHECK(rates(optimizer) == rates_before);
}

TEST_CASE("an entry that nothing here knows is refused by its key, unless it asks for nothing") {
  const auto optimizer = two_groups();
  const auto schedule = scheduler(tw_lr_scheduler_exponential, optimizer, 0.5);
  const auto warmup = linear(optimizer, {10});
  auto of_schedule = checkpoint(), of_warmup = checkpoint();
  require_ok(tw_checkpoint_put_lr_scheduler(of_schedule.get(), "state", schedule.get()));
  require_ok(tw_checkpoint_put_warmup(of_warmup.get(), "state", warmup.get()));
  const Numbers before = rates(optimizer);
  Handle<tw_value> number, on, off, text, none;
  require_ok(tw_value_double(number.out(), 0.5));
  require_ok(tw_value_bool(on.out(), 1));
  require_ok(tw_value_bool(off.out(), 0));
  require_ok(tw_value_string(text.out(), "mine"));
  require_ok(tw_value_none(none.out()));
  for (const auto *each : {&number, &on}) {
    const auto other = with_entry(of_schedule, "power", *each), another = with_entry(of_warmup, "power", *each);
    check_failure(tw_checkpoint_restore_lr_scheduler(schedule.get(), other.get(), "state"), TW_ERROR_UNSUPPORTED,
                  {"\"state\" has \"power\"", "does not know"});
    check_failure(tw_checkpoint_restore_warmup(warmup.get(), another.get(), "state"), TW_ERROR_UNSUPPORTED,
                  {"\"state\" has \"power\"", "does not know"});
  }
  CHECK(rates(optimizer) == before);
  for (const auto *each : {&off, &text, &none}) {
    require_ok(
        tw_checkpoint_restore_lr_scheduler(schedule.get(), with_entry(of_schedule, "power", *each).get(), "state"));
    require_ok(tw_checkpoint_restore_warmup(warmup.get(), with_entry(of_warmup, "power", *each).get(), "state"));
  }
  const auto verbose = with_entry(of_schedule, "verbose", on); /* PyTorch up to 2.6 prints by it */
  require_ok(tw_checkpoint_restore_lr_scheduler(schedule.get(), verbose.get(), "state"));
}
