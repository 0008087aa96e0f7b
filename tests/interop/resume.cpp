/* Runs compositions as schedule_runner.cpp does, with weights that learn, and saves and loads them: resume.py, which writes
   the lines, runs the other half of each in Python. Further steps are

     save PATH              the run as it stands: "model", "optimizer", "scheduler_0" and so on, "warmup"
     load PATH PART...      makes the objects anew and loads them, in this order; make_warmup among the parts makes the
                            warmup there, else it is made at the start
     refuse PATH PART KEY   what lies under the key is no state of that part: prints the message, and fails where the
                            part or the optimizer's rates have changed

   Before each step that trains, the loss is printed. */
#include <algorithm>
#include <cstdio>

#include "schedule_steps.h"

using namespace tw::test;

namespace {

using Tensor = Handle<tw_tensor>;

/* ---- learning ----------------------------------------------------------------------------------------------------- */

/* (tanh(weight) - 2)^2: never near 0, so that losses can be compared by their ratio. */
double train(const Tensor &weight) {
  Tensor output, difference, loss;
  must(tw_op_tanh(output.out(), weight.get()));
  must(tw_op_add_double(difference.out(), output.get(), -2.0));
  must(tw_op_mul(output.out(), difference.get(), difference.get()));
  must(tw_op_sum(loss.out(), output.get()));
  must(tw_tensor_backward(loss.get(), nullptr, 0));
  double value = 0;
  must(tw_tensor_get_item_double(&value, loss.get()));
  return value;
}

void train(const Run &run) {
  double loss = 0;
  must(tw_optimizer_zero_grad(run.optimizer.get()));
  for (const Tensor &weight : run.weights) loss += train(weight);
  std::printf("loss %.9g\n", loss);
}

/* ---- saving and loading ------------------------------------------------------------------------------------------- */

Handle<tw_module> model_of(const Run &run) {
  Handle<tw_module> model;
  must(tw_module_custom(model.out(), nullptr, nullptr, nullptr));
  for (size_t i = 0; i < run.weights.size(); ++i)
    must(tw_module_register_parameter(model.get(), ("w" + std::to_string(i)).c_str(), run.weights[i].get()));
  return model;
}

void save(const Run &run, const std::string &path) {
  Handle<tw_checkpoint> made;
  must(tw_checkpoint_create(made.out()));
  must(tw_checkpoint_put_module(made.get(), "model", model_of(run).get()));
  must(tw_checkpoint_put_optimizer(made.get(), "optimizer", run.optimizer.get()));
  for (size_t i = 0; i < run.schedulers.size(); ++i)
    must(tw_checkpoint_put_lr_scheduler(made.get(), ("scheduler_" + std::to_string(i)).c_str(),
                                        run.schedulers[i].get()));
  if (run.warmup) must(tw_checkpoint_put_warmup(made.get(), "warmup", run.warmup.get()));
  must(tw_checkpoint_save(made.get(), path.c_str()));
}

tw_status load_part(const tw_checkpoint *from, const Run &run, const std::string &part, const std::string &key) {
  if (part == "model") return tw_checkpoint_restore_module(model_of(run).get(), from, key.c_str(), 1);
  if (part == "optimizer") return tw_checkpoint_restore_optimizer(run.optimizer.get(), from, key.c_str());
  if (part == "warmup") return tw_checkpoint_restore_warmup(run.warmup.get(), from, key.c_str());
  const size_t index = std::stoul(part.substr(part.find('_') + 1));
  return tw_checkpoint_restore_lr_scheduler(run.schedulers.at(index).get(), from, key.c_str());
}

Handle<tw_checkpoint> open_file(const std::string &path) {
  Handle<tw_checkpoint> loaded;
  must(tw_checkpoint_load(loaded.out(), path.c_str()));
  return loaded;
}

void load(Run &run, const Recipe &recipe, const std::string &path, const std::vector<std::string> &parts) {
  const auto from = open_file(path);
  Run made;
  make_scheduled(made, recipe);
  const bool late = std::find(parts.begin(), parts.end(), "make_warmup") != parts.end();
  if (!late) make_warmup(made, recipe);
  for (const std::string &part : parts) {
    if (part == "make_warmup")
      make_warmup(made, recipe);
    else
      must(load_part(from.get(), made, part, part));
  }
  run = std::move(made);
}

/* ---- what is refused ---------------------------------------------------------------------------------------------- */

std::vector<double> numbers_of(const Run &run) {
  std::vector<double> numbers(run.group_count);
  for (size_t group = 0; group < run.group_count; ++group)
    must(tw_optimizer_get_lr(&numbers[group], run.optimizer.get(), group));
  for (const auto &scheduler : run.schedulers) {
    size_t count = 0;
    must(tw_lr_scheduler_get_state(nullptr, 0, &count, scheduler.get()));
    std::vector<double> state(count);
    must(tw_lr_scheduler_get_state(state.data(), count, nullptr, scheduler.get()));
    numbers.insert(numbers.end(), state.begin(), state.end());
  }
  if (!run.warmup) return numbers;
  std::vector<double> lrs(run.group_count);
  int64_t step = 0;
  must(tw_warmup_get_last_step(&step, run.warmup.get()));
  must(tw_warmup_get_undampened_lrs(lrs.data(), lrs.size(), nullptr, run.warmup.get()));
  numbers.insert(numbers.end(), lrs.begin(), lrs.end());
  numbers.push_back(static_cast<double>(step));
  for (size_t group = 0; group < run.group_count; ++group) {
    double factor = 0;
    must(tw_warmup_get_factor(&factor, run.warmup.get(), 3, group));
    numbers.push_back(factor);
  }
  return numbers;
}

void refuse(const Run &run, const std::string &path, const std::string &part, const std::string &key) {
  const auto from = open_file(path);
  const std::vector<double> before = numbers_of(run);
  const tw_status status = load_part(from.get(), run, part, key);
  if (status == TW_OK) throw std::runtime_error(key + " was taken");
  std::printf("refused %s %s\n", tw_status_name(status), tw_last_error());
  if (numbers_of(run) != before) throw std::runtime_error(key + " was refused, but something has changed");
}

/* ---- compositions ------------------------------------------------------------------------------------------------- */

void perform_step(Run &run, const Recipe &recipe, Words words) {
  Words rest = words;
  const std::string name = rest.word();
  if (name == "save") return save(run, rest.word());
  if (name == "load") {
    const std::string path = rest.word();
    return load(run, recipe, path, rest.rest());
  }
  if (name == "refuse") {
    const std::string path = rest.word(), part = rest.word();
    return refuse(run, path, part, rest.word());
  }
  if (name != "skip") train(run);
  perform(run, recipe, words);
}

}  // namespace

int main() { return run_compositions(perform_step); }
