#include "schedule_steps.h"

#include <cstdio>
#include <iostream>

namespace tw::test {
namespace {

void print_numbers(const std::vector<double> &numbers) {
  for (const double number : numbers) std::printf("%a ", number);
}

void print_scheduler(const Handle<tw_lr_scheduler> &scheduler, const std::string &kind, size_t group_count) {
  double epoch = 0;
  std::vector<double> lrs(group_count);
  must(tw_lr_scheduler_get_last_epoch(&epoch, scheduler.get()));
  must(tw_lr_scheduler_get_last_lrs(lrs.data(), lrs.size(), nullptr, scheduler.get()));
  if (kind != "chained") print_numbers({epoch});
  if (kind != "plateau") print_numbers(lrs);
}

/* The schedulers that a mask of 0 and 1 selects, noted as stepped. */
std::vector<tw_lr_scheduler *> selected(Run &run, const std::string &mask) {
  std::vector<tw_lr_scheduler *> out;
  for (size_t i = 0; i < run.schedulers.size(); ++i)
    if (mask.at(i) == '1') out.push_back(run.stepped(i));
  return out;
}

/* Between tw_warmup_dampening_begin and _end, where there is a warmup. */
template <class Body>
void undampened(const Run &run, Body &&body) {
  if (run.warmup) must(tw_warmup_dampening_begin(run.warmup.get()));
  body();
  if (run.warmup) must(tw_warmup_dampening_end(run.warmup.get()));
}

void step(Run &run, const std::string &name, const std::string &mask) {
  const std::vector<tw_lr_scheduler *> schedulers = selected(run, mask);
  if (name == "step" && run.warmup) return must(tw_warmup_step(run.warmup.get(), schedulers.data(), schedulers.size()));
  undampened(run, [&] {
    for (tw_lr_scheduler *scheduler : schedulers) must(tw_lr_scheduler_step(scheduler));
  });
}

/* Only its rate is its own. The schedulers are stepped at once: until then PyTorch's have no last rate of it. */
void add_group(Run &run, double lr) {
  run.weights.push_back(parameter({1.0F}));
  must(tw_optimizer_add_param_group(run.optimizer.get(), run.weights.back().one(), 1, nullptr));
  must(tw_optimizer_set_lr(run.optimizer.get(), run.group_count++, lr));
  for (size_t i = 0; i < run.schedulers.size(); ++i) must(tw_lr_scheduler_step(run.stepped(i)));
}

void add_line(Recipe &recipe, const std::string &line) {
  Words words(line);
  const std::string first = words.word();
  if (first == "optimizer")
    recipe.optimizer = words.word();
  else if (first == "group")
    recipe.groups.push_back(words);
  else if (first == "scheduler")
    recipe.schedulers.push_back(words);
  else if (first == "warmup")
    recipe.warmup.push_back(words);
  else
    recipe.steps.emplace_back(line);
}

void run_composition(const Recipe &recipe, const StepFunction &perform_step) {
  Run run;
  make_scheduled(run, recipe);
  make_warmup(run, recipe);
  print_row(run);
  for (const Words &step : recipe.steps) {
    perform_step(run, recipe, step);
    print_row(run);
  }
}

}  // namespace

void print_row(const Run &run) {
  for (size_t group = 0; group < run.group_count; ++group) {
    double lr = 0, momentum = 0;
    must(tw_optimizer_get_lr(&lr, run.optimizer.get(), group));
    if (tw_optimizer_get_option(&momentum, run.optimizer.get(), group, TW_OPTION_BETA1) != TW_OK &&
        tw_optimizer_get_option(&momentum, run.optimizer.get(), group, TW_OPTION_MOMENTUM) != TW_OK)
      momentum = 0;
    print_numbers({lr, momentum});
  }
  for (size_t i = 0; i < run.schedulers.size(); ++i) print_scheduler(run.schedulers[i], run.kinds[i], run.group_count);
  std::puts("");
}

void perform(Run &run, const Recipe &recipe, Words words) {
  const std::string name = words.word();
  if (name == "add_group") return add_group(run, words.number());
  if (name == "skip") return; /* the optimizer's step was, and so is everything else */
  if (name == "resume") return resume(run, recipe, words.word());
  must(tw_optimizer_step(run.optimizer.get()));
  if (name == "step" || name == "begin_step") return step(run, name, words.word());
  tw_lr_scheduler *scheduler = run.stepped(static_cast<size_t>(words.integer()));
  const double value = words.number();
  if (name == "at") {
    undampened(run, [&] { must(tw_lr_scheduler_step_at(scheduler, value)); });
  } else if (name == "metric") {
    undampened(run, [&] { must(tw_lr_scheduler_step_metric(scheduler, value)); });
  } else if (name == "at_dampen") {
    must(tw_lr_scheduler_step_at(scheduler, value));
    must(tw_warmup_dampen(run.warmup.get()));
  } else {
    throw std::runtime_error("no such step: " + name);
  }
}

int run_compositions(const StepFunction &perform_step) {
  Recipe recipe;
  for (std::string line; std::getline(std::cin, line);) {
    if (line != "end") {
      add_line(recipe, line);
      continue;
    }
    try {
      run_composition(recipe, perform_step);
    } catch (const std::exception &error) {
      std::printf("error %s\n", error.what());
    }
    std::puts("end");
    recipe = Recipe();
  }
  return 0;
}

}  // namespace tw::test
