#include "snapshot.h"

#include <sstream>

namespace tw::test {
namespace {

void add(std::ostringstream &out, const tw_tensor *tensor) {
  int32_t requires_grad = 0;
  Handle<tw_tensor> gradient;
  must(tw_tensor_get_requires_grad(&requires_grad, tensor));
  must(tw_tensor_get_grad(gradient.out(), tensor));
  for (const int64_t size : sizes(tensor)) out << size << 'x';
  for (const float value : values(tensor)) out << ' ' << value;
  out << " grad " << requires_grad << (gradient ? ':' : ';');
  if (gradient)
    for (const float value : values(gradient.get())) out << ' ' << value;
  out << '\n';
}

void add(std::ostringstream &out, const tw_module *module) {
  Handle<tw_tensor_list> list;
  int32_t training = 0;
  must(tw_module_is_training(&training, module));
  must(tw_module_get_parameters(list.out(), module));
  out << "training " << training << '\n';
  for (const Handle<tw_tensor> &parameter : handles_of(list)) add(out, parameter.get());
}

void add(std::ostringstream &out, const tw_checkpoint *checkpoint) {
  size_t count = 0;
  if (tw_checkpoint_get_key_count(&count, checkpoint) != TW_OK) out << tw_last_error(); /* it is no dict */
  for (size_t i = 0; i < count; ++i) {
    char key[256];
    must(tw_checkpoint_get_key(key, sizeof key, nullptr, checkpoint, i));
    out << key << ' ';
  }
  out << '\n';
}

void add(std::ostringstream &out, const double *numbers, size_t count) {
  for (size_t i = 0; i < count; ++i) out << numbers[i] << ' ';
  out << '\n';
}

void add(std::ostringstream &out, const tw_optimizer *optimizer) {
  double lrs[8];
  size_t count = 0;
  must(tw_optimizer_get_lrs(lrs, 8, &count, optimizer));
  add(out, lrs, count);
  for (size_t group = 0; group < count; ++group) {
    for (const tw_option option : {TW_OPTION_BETA1, TW_OPTION_BETA2, TW_OPTION_EPS, TW_OPTION_WEIGHT_DECAY}) {
      double value = 0;
      if (tw_optimizer_get_option(&value, optimizer, group, option) == TW_OK) out << value << ' ';
    }
  }
  out << '\n';
}

void add(std::ostringstream &out, const tw_lr_scheduler *scheduler) {
  double numbers[32];
  size_t count = 0;
  must(tw_lr_scheduler_get_state(numbers, 32, &count, scheduler));
  add(out, numbers, count);
  must(tw_lr_scheduler_get_last_lrs(numbers, 32, &count, scheduler));
  add(out, numbers, count);
}

void add(std::ostringstream &out, const tw_warmup *warmup) {
  double lrs[8];
  size_t count = 0;
  int64_t step = 0;
  must(tw_warmup_get_state(&step, lrs, 8, &count, warmup));
  out << step << ' ';
  add(out, lrs, count);
}

}  // namespace

std::string snapshot(const Setup &s) {
  std::ostringstream out;
  out.precision(17);
  for (const auto *tensor : {&s.x, &s.one, &s.row, &s.weight, &s.other_weight, &s.gradient}) add(out, tensor->get());
  for (const auto *module : {&s.module, &s.child, &s.holder}) add(out, module->get());
  for (const auto *optimizer : {&s.optimizer, &s.warmed, &s.momentum, &s.watched}) add(out, optimizer->get());
  for (const auto *scheduler : {&s.scheduler, &s.other_scheduler, &s.warmed_scheduler, &s.plateau_scheduler})
    add(out, scheduler->get());
  add(out, s.warmup.get());
  for (const auto *checkpoint : {&s.checkpoint, &s.state_dict}) add(out, checkpoint->get());
  return out.str();
}

}  // namespace tw::test
