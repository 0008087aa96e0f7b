#include "schedule_recipe.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <sstream>

namespace tw::test {

void must(tw_status status) {
  if (status != TW_OK) throw std::runtime_error(std::string(tw_status_name(status)) + ": " + tw_last_error());
}

Words::Words(const std::string &line) {
  std::istringstream stream(line);
  for (std::string word; stream >> word;) words_.push_back(word);
}

std::string Words::word() { return words_.at(next_++); }
double Words::number() { return std::strtod(word().c_str(), nullptr); }
int64_t Words::integer() { return std::strtoll(word().c_str(), nullptr, 10); }
std::vector<double> Words::numbers() { return numbers(static_cast<size_t>(integer())); }

std::vector<double> Words::numbers(size_t count) {
  std::vector<double> out;
  while (out.size() < count) out.push_back(number());
  return out;
}

std::vector<int64_t> Words::integers(size_t count) {
  std::vector<int64_t> out;
  while (out.size() < count) out.push_back(integer());
  return out;
}

std::vector<std::string> Words::rest() {
  std::vector<std::string> out;
  while (next_ < words_.size()) out.push_back(word());
  return out;
}

tw_lr_scheduler *Run::stepped(size_t index) {
  last_stepped.at(index) = ++steps;
  return schedulers[index].get();
}

namespace {

/* ---- the optimizer ------------------------------------------------------------------------------------------------ */

template <class Options, class Fill>
void make_optimizer(Run &run, const Recipe &recipe, tw_status (*init)(Options *, size_t),
                    tw_status (*constructor)(tw_optimizer **, tw_tensor *const *, size_t, const Options *),
                    Fill &&fill) {
  for (Words group : recipe.groups) {
    run.weights.push_back(parameter({1.0F}));
    const Handle<tw_tensor> &weight = run.weights.back();
    Options options;
    must(init(&options, sizeof options));
    options.lr = group.number();
    fill(options, group);
    must(run.group_count++ == 0 ? constructor(run.optimizer.out(), weight.one(), 1, &options)
                                : tw_optimizer_add_param_group(run.optimizer.get(), weight.one(), 1, &options));
  }
}

template <class Options>
void fill_betas(Options &options, Words &group) {
  options.betas[0] = group.number();
  options.betas[1] = group.number();
}

void make_optimizer(Run &run, const Recipe &recipe) {
  const auto with_momentum = [](auto &options, Words &group) { options.momentum = group.number(); };
  if (recipe.optimizer == "adamw")
    make_optimizer(run, recipe, tw_adamw_options_init, tw_optimizer_adamw, fill_betas<tw_adamw_options>);
  else if (recipe.optimizer == "adam")
    make_optimizer(run, recipe, tw_adam_options_init, tw_optimizer_adam, [](tw_adam_options &options, Words &group) {
      fill_betas(options, group);
      options.amsgrad = 1;
    });
  else if (recipe.optimizer == "sgd")
    make_optimizer(run, recipe, tw_sgd_options_init, tw_optimizer_sgd, with_momentum);
  else if (recipe.optimizer == "rmsprop")
    make_optimizer(run, recipe, tw_rmsprop_options_init, tw_optimizer_rmsprop, with_momentum);
  else
    make_optimizer(run, recipe, tw_adagrad_options_init, tw_optimizer_adagrad, [](tw_adagrad_options &, Words &) {});
}

/* ---- the schedulers ----------------------------------------------------------------------------------------------- */

tw_status call(double *out, double x, size_t group, void *context) {
  const auto &self = *static_cast<Function *>(context);
  const double number = self.numbers[self.numbers.size() == 1 ? 0 : group];
  *out = self.name == "power"     ? std::pow(number, x)
         : self.name == "inverse" ? 1 / (1 + number * (x + 1))
                                  : 0.97 - number * x;
  return TW_OK;
}

Function *read_function(Run &run, Words &words) {
  const std::string name = words.word();
  run.functions.push_back({name, words.numbers()});
  return &run.functions.back();
}

tw_status make_cyclic(tw_lr_scheduler **out, Run &run, Words &words) {
  tw_cyclic_options options;
  must(tw_cyclic_options_init(&options, sizeof options));
  options.step_size_up = words.number();
  options.step_size_down = words.number();
  options.mode = static_cast<decltype(options.mode)>(words.integer());
  options.gamma = words.number();
  options.scale_mode = static_cast<decltype(options.scale_mode)>(words.integer());
  options.scale_context = read_function(run, words);
  options.scale_fn = call;
  options.cycle_momentum = static_cast<int32_t>(words.integer());
  const std::vector<double> base = words.numbers(), high = words.numbers(base.size());
  const std::vector<double> least = words.numbers(), most = words.numbers(least.size());
  options.momentum_count = least.size();
  options.base_momentum = least.data();
  options.max_momentum = most.data();
  return tw_lr_scheduler_cyclic(out, run.optimizer.get(), base.data(), base.size(), high.data(), &options);
}

tw_status make_one_cycle(tw_lr_scheduler **out, Run &run, Words &words) {
  tw_one_cycle_options options;
  must(tw_one_cycle_options_init(&options, sizeof options));
  const int64_t total = words.integer();
  options.pct_start = words.number();
  options.anneal_strategy = static_cast<decltype(options.anneal_strategy)>(words.integer());
  options.three_phase = static_cast<int32_t>(words.integer());
  options.div_factor = words.number();
  options.final_div_factor = words.number();
  options.cycle_momentum = static_cast<int32_t>(words.integer());
  const std::vector<double> high = words.numbers();
  const std::vector<double> least = words.numbers(), most = words.numbers(least.size());
  options.momentum_count = least.size();
  options.base_momentum = least.data();
  options.max_momentum = most.data();
  return tw_lr_scheduler_one_cycle(out, run.optimizer.get(), high.data(), high.size(), total, &options);
}

tw_status make_plateau(tw_lr_scheduler **out, Run &run, Words &words) {
  tw_reduce_on_plateau_options options;
  must(tw_reduce_on_plateau_options_init(&options, sizeof options));
  options.mode = static_cast<decltype(options.mode)>(words.integer());
  options.threshold_mode = static_cast<decltype(options.threshold_mode)>(words.integer());
  options.factor = words.number();
  options.patience = words.integer();
  options.threshold = words.number();
  options.cooldown = words.integer();
  options.eps = words.number();
  const std::vector<double> least = words.numbers();
  options.min_lr_count = least.size();
  options.min_lr = least.data();
  return tw_lr_scheduler_reduce_on_plateau(out, run.optimizer.get(), &options);
}

/* The last count schedulers made become children of the new one; their handles are freed. */
tw_status make_composite(tw_lr_scheduler **out, Run &run, const std::string &kind, Words &words) {
  const auto count = static_cast<size_t>(words.integer());
  std::vector<tw_lr_scheduler *> children;
  for (size_t i = run.schedulers.size() - count; i < run.schedulers.size(); ++i)
    children.push_back(run.schedulers[i].get());
  tw_status status = TW_OK;
  if (kind == "chained") {
    status = tw_lr_scheduler_chained(out, run.optimizer.get(), children.data(), count);
  } else {
    const std::vector<int64_t> milestones = words.integers(count - 1);
    status = tw_lr_scheduler_sequential(out, run.optimizer.get(), children.data(), count, milestones.data(), count - 1);
  }
  run.schedulers.resize(run.schedulers.size() - count);
  run.kinds.resize(run.schedulers.size());
  return status;
}

tw_status make_scheduler(tw_lr_scheduler **out, Run &run, Words &words) {
  tw_optimizer *optimizer = run.optimizer.get();
  const std::string kind = words.word();
  if (kind == "chained" || kind == "sequential") return make_composite(out, run, kind, words);
  if (kind == "cyclic") return make_cyclic(out, run, words);
  if (kind == "one_cycle") return make_one_cycle(out, run, words);
  if (kind == "plateau") return make_plateau(out, run, words);
  if (kind == "lambda") return tw_lr_scheduler_lambda(out, optimizer, call, read_function(run, words), nullptr);
  if (kind == "multiplicative")
    return tw_lr_scheduler_multiplicative(out, optimizer, call, read_function(run, words), nullptr);
  const double first = words.number();
  if (kind == "exponential") return tw_lr_scheduler_exponential(out, optimizer, first);
  if (kind == "multi_step") {
    const std::vector<int64_t> milestones = words.integers(static_cast<size_t>(words.integer()));
    return tw_lr_scheduler_multi_step(out, optimizer, milestones.data(), milestones.size(), first);
  }
  if (kind == "constant") return tw_lr_scheduler_constant(out, optimizer, first, words.number());
  const double second = words.number();
  if (kind == "linear") return tw_lr_scheduler_linear(out, optimizer, first, second, words.number());
  if (kind == "step") return tw_lr_scheduler_step_lr(out, optimizer, first, second);
  if (kind == "polynomial") return tw_lr_scheduler_polynomial(out, optimizer, first, second);
  if (kind == "cosine") return tw_lr_scheduler_cosine_annealing(out, optimizer, first, second);
  return tw_lr_scheduler_cosine_annealing_warm_restarts(out, optimizer, static_cast<int64_t>(first),
                                                        static_cast<int64_t>(second), words.number());
}

/* ---- going on from a state ---------------------------------------------------------------------------------------- */

std::vector<double> state_of(const Handle<tw_lr_scheduler> &scheduler) {
  size_t count = 0;
  must(tw_lr_scheduler_get_state(nullptr, 0, &count, scheduler.get()));
  std::vector<double> out(count);
  must(tw_lr_scheduler_get_state(out.data(), count, nullptr, scheduler.get()));
  return out;
}

/* The one that was stepped last has its state set last: the optimizer's rates are its. */
void set_scheduler_states(const Run &from, Run &to) {
  std::vector<size_t> order(from.schedulers.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return from.last_stepped[a] < from.last_stepped[b]; });
  for (const size_t i : order) {
    const std::vector<double> state = state_of(from.schedulers[i]);
    must(tw_lr_scheduler_set_state(to.schedulers[i].get(), state.data(), state.size()));
  }
}

void set_warmup_state(const Run &from, const Run &to) {
  if (!from.warmup) return;
  int64_t step = 0;
  std::vector<double> lrs(from.group_count);
  must(tw_warmup_get_last_step(&step, from.warmup.get()));
  must(tw_warmup_get_undampened_lrs(lrs.data(), lrs.size(), nullptr, from.warmup.get()));
  must(tw_warmup_set_state(to.warmup.get(), step, lrs.data(), lrs.size()));
}

}  // namespace

void make_scheduled(Run &run, const Recipe &recipe) {
  make_optimizer(run, recipe);
  for (const Words &line : recipe.schedulers) {
    Words words = line, kind = line;
    Handle<tw_lr_scheduler> made;
    must(make_scheduler(made.out(), run, words));
    run.schedulers.push_back(std::move(made));
    run.kinds.push_back(kind.word());
  }
  run.last_stepped.assign(run.schedulers.size(), 0);
}

void make_warmup(Run &run, const Recipe &recipe) {
  if (recipe.warmup.empty()) return;
  Words words = recipe.warmup[0];
  tw_optimizer *optimizer = run.optimizer.get();
  const std::string kind = words.word();
  const auto count = static_cast<size_t>(words.integer());
  if (kind == "linear" || kind == "exponential") {
    const std::vector<int64_t> periods = words.integers(count);
    return must((kind == "linear" ? tw_warmup_linear : tw_warmup_exponential)(run.warmup.out(), optimizer,
                                                                              periods.data(), count));
  }
  const bool linear = kind == "untuned_linear", exponential = kind == "untuned_exponential";
  const std::vector<double> beta2s = words.numbers(count); /* none: the optimizer's own */
  must((linear        ? tw_warmup_untuned_linear
        : exponential ? tw_warmup_untuned_exponential
                      : tw_warmup_radam)(run.warmup.out(), optimizer, count == 0 ? nullptr : beta2s.data(), count));
}

void resume(Run &run, const Recipe &recipe, const std::string &order) {
  Run made;
  make_scheduled(made, recipe);
  if (order != "warmup_made_last") make_warmup(made, recipe);
  if (order == "warmup_first") set_warmup_state(run, made);
  set_scheduler_states(run, made);
  if (order == "warmup_made_last") make_warmup(made, recipe);
  if (order != "warmup_first") set_warmup_state(run, made);
  made.last_stepped = run.last_stepped;
  made.steps = run.steps;
  run = std::move(made);
}

}  // namespace tw::test
