/* LR schedulers whose state_dicts Python made of other values than it mostly does. */
#include <cmath>

#include "catch.h"
#include "checkpoint_files.h"
#include "failure.h"
#include "lr_kinds.h"
#include "schedulers.h"
#include "values.h"

using namespace tw::test;

namespace {

/* A dict of texts and values. */
class Dict {
 public:
  Dict &operator()(const char *key, Value value) {
    keys_.push_back(of_string(key));
    values_.push_back(std::move(value));
    return *this;
  }
  Value made() const {
    std::vector<tw_value *> keys, items;
    for (const Value &each : keys_) keys.push_back(each.get());
    for (const Value &each : values_) items.push_back(each.get());
    return dict_of(keys, items);
  }

 private:
  std::vector<Value> keys_, values_;
};

Value saved_value(const Handle<tw_checkpoint> &checkpoint, const char *key) {
  return made_by([&](tw_value **out) { return tw_checkpoint_get_value(out, checkpoint.get(), key); });
}

/* Counter([12 * 0.5, 12 * 0.75, 12 * 0.75]) */
Value float_milestones() {
  return saved_value(load(std::string(TW_FIXTURES) + "/odd_values/torch_2.15.0.pt"), "milestones");
}

Value rates(double first, double second) { return list_of(of_double(first), of_double(second)); }

/* What all of PyTorch's schedulers keep, after so many epochs. */
Dict base_state(int64_t epoch) {
  Dict state;
  state("base_lrs", rates(0.5, 0.1))("last_epoch", of_int(epoch))("_step_count", of_int(epoch + 1));
  state("_last_lr", rates(0.5, 0.1));
  return state;
}

Handle<tw_checkpoint> holding(const Value &value) {
  auto made = checkpoint();
  REQUIRE(tw_checkpoint_put_value(made.get(), "scheduler", value.get()) == TW_OK);
  return made;
}

tw_status unchanged(double *out, double, size_t, void *) {
  *out = 1;
  return TW_OK;
}

/* A dict with another value under a key that it has. */
Value with(const Value &dict, const std::string &key_text, const Value &other) {
  Dict made;
  for (size_t i = 0; i < size_of(dict); ++i) {
    const std::string name = string_of(key(dict, i));
    made(name.c_str(), name == key_text ? item(list_of(other), 0) : item(dict, i));
  }
  return made.made();
}

}  // namespace

TEST_CASE("milestones that are floats are those that PyTorch would meet") {
  const auto optimizer = two_groups();
  const auto schedule = multi_step(optimizer, {1, 2}, 0.5);
  Dict state = base_state(3);
  state("milestones", float_milestones())("gamma", of_double(0.1));
  const auto saved = holding(state.made());
  check_failure(tw_checkpoint_restore_lr_scheduler(schedule.get(), saved.get(), "scheduler"), TW_OK, {});
  std::vector<double> lrs;
  for (int epoch = 4; epoch <= 10; ++epoch) {
    REQUIRE(tw_lr_scheduler_step(schedule.get()) == TW_OK);
    double lr[2] = {};
    REQUIRE(tw_lr_scheduler_get_last_lrs(lr, 2, nullptr, schedule.get()) == TW_OK);
    lrs.push_back(lr[0]);
  }
  const double once = 0.5 * 0.1, thrice = once * std::pow(0.1, 2);
  CHECK(lrs == std::vector<double>{0.5, 0.5, once, once, once, thrice, thrice});
}

TEST_CASE("the state of callable objects is not dropped where a scheduler is restored") {
  const auto optimizer = two_groups();
  const auto restored = [&](tw_lr_scheduler *schedule, Value lr_lambdas) {
    Dict state = base_state(3);
    state("lr_lambdas", std::move(lr_lambdas));
    return tw_checkpoint_restore_lr_scheduler(schedule, holding(state.made()).get(), "scheduler");
  };
  for (const auto constructor : {tw_lr_scheduler_lambda, tw_lr_scheduler_multiplicative}) {
    const auto schedule = scheduler(constructor, optimizer, unchanged, nullptr, nullptr);
    const Value object = Dict()("decay", of_double(0.9)).made();
    check_failure(restored(schedule.get(), list_of(none_value(), object)), TW_ERROR_UNSUPPORTED,
                  {"entry 1 of lr_lambdas of \"scheduler\" is a dict", "a callable object of Python's keeps",
                   "putting None there"});
    check_failure(restored(schedule.get(), list_of(none_value(), none_value())), TW_OK, {});
    check_failure(restored(schedule.get(), list_of(Dict().made(), Dict().made())), TW_OK, {});
    check_failure(restored(schedule.get(), list_of(none_value())), TW_ERROR_ARGUMENT, {"has 1 entries"});
  }
}

TEST_CASE("the state of a callable object that scales cycles is not dropped") {
  const auto optimizer = two_groups();
  const auto schedule = make_cyclic(optimizer);
  const auto saved = checkpoint();
  REQUIRE(tw_checkpoint_put_lr_scheduler(saved.get(), "scheduler", schedule.get()) == TW_OK);
  const Value state = saved_value(saved, "scheduler");
  const auto odd = holding(with(state, "_scale_fn_custom", Dict()("power", of_int(2)).made()));
  check_failure(tw_checkpoint_restore_lr_scheduler(schedule.get(), odd.get(), "scheduler"), TW_ERROR_UNSUPPORTED,
                {"_scale_fn_custom of \"scheduler\" is a dict", "putting None there"});
  check_failure(tw_checkpoint_restore_lr_scheduler(schedule.get(), saved.get(), "scheduler"), TW_OK, {});
}
