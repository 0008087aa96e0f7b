#include "world.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace tw::fuzz {
namespace {

void must(tw_status status, const char *what) {
  if (status != TW_OK) throw std::runtime_error(std::string(what) + ": " + tw_last_error());
}

/* ---- what can be seen; each gives bytes to compare, a status that is not TW_OK among them -------------------------- */

template <class T>
void append(std::string &out, const T *values, size_t count) {
  if (count > 0) out.append(reinterpret_cast<const char *>(values), count * sizeof(T));
}

void append(std::string &out, tw_status status) { out += static_cast<char>('0' + status); }

std::string seen(const tw_tensor *tensor) {
  std::string out;
  tw_dtype dtype = TW_DTYPE_UNKNOWN;
  int64_t sizes[16] = {};
  size_t ndim = 0, bytes = 0;
  int32_t requires_grad = 0;
  append(out, tw_tensor_get_dtype(&dtype, tensor));
  append(out, &dtype, 1);
  append(out, tw_tensor_get_sizes(sizes, 16, &ndim, tensor));
  append(out, sizes, 16);
  append(out, tw_tensor_get_requires_grad(&requires_grad, tensor));
  append(out, &requires_grad, 1);
  static char data[1 << 14];
  const tw_status status = tw_tensor_copy_data(data, sizeof data, &bytes, tensor);
  append(out, status);
  if (status == TW_OK) append(out, data, bytes);
  tw_tensor *grad = nullptr;
  append(out, tw_tensor_get_grad(&grad, tensor));
  if (grad != nullptr) out += seen(grad);
  tw_tensor_free(grad);
  return out;
}

std::string seen(const tw_optimizer *optimizer) {
  std::string out;
  size_t groups = 0;
  append(out, tw_optimizer_get_group_count(&groups, optimizer));
  append(out, &groups, 1);
  for (size_t group = 0; group < groups && group < 16; ++group) {
    for (int option = 0; option < 16; ++option) {
      double value = 0;
      append(out, tw_optimizer_get_option(&value, optimizer, group, static_cast<tw_option>(option)));
      append(out, &value, 1);
    }
  }
  return out;
}

std::string seen(const tw_lr_scheduler *scheduler) {
  std::string out;
  double numbers[256] = {};
  size_t needed = 0;
  append(out, tw_lr_scheduler_get_state(numbers, 256, &needed, scheduler));
  append(out, numbers, needed < 256 ? needed : 0);
  append(out, tw_lr_scheduler_get_last_lrs(numbers, 256, &needed, scheduler));
  append(out, numbers, needed < 256 ? needed : 0);
  append(out, tw_lr_scheduler_get_base_lrs(numbers, 256, &needed, scheduler));
  append(out, numbers, needed < 256 ? needed : 0);
  append(out, tw_lr_scheduler_get_last_epoch(numbers, scheduler));
  append(out, numbers, 1);
  return out;
}

std::string seen(const tw_warmup *warmup) {
  std::string out;
  double numbers[64] = {};
  size_t needed = 0;
  int64_t step = 0;
  append(out, tw_warmup_get_state(&step, numbers, 64, &needed, warmup));
  append(out, &step, 1);
  append(out, numbers, needed < 64 ? needed : 0);
  append(out, tw_warmup_get_undampened_lrs(numbers, 64, &needed, warmup));
  append(out, numbers, needed < 64 ? needed : 0);
  return out;
}

std::string seen(const tw_module *module) {
  std::string out;
  int32_t training = 0;
  append(out, tw_module_is_training(&training, module));
  append(out, &training, 1);
  tw_tensor_list *list = nullptr;
  append(out, tw_module_get_parameters(&list, module));
  tw_tensor *const *parameters = nullptr;
  size_t count = 0;
  if (list != nullptr && tw_tensor_list_get_data(&parameters, &count, list) != TW_OK) count = 0;
  for (size_t i = 0; i < count; ++i) out += seen(parameters[i]);
  tw_tensor_list_free(list);
  for (const char *buffer : {"running_mean", "running_var", "num_batches_tracked", "0.running_mean", "a"}) {
    tw_tensor *found = nullptr;
    append(out, tw_module_get_tensor(&found, module, buffer));
    if (found != nullptr) out += seen(found);
    tw_tensor_free(found);
  }
  return out;
}

/* A checkpoint's keys, and its tensors under names that the calls use. */
std::string seen(const tw_checkpoint *checkpoint) {
  std::string out;
  size_t count = 0;
  append(out, tw_checkpoint_get_key_count(&count, checkpoint));
  for (size_t i = 0; i < count && i < 64; ++i) {
    char key[256] = {};
    tw_kind kind = TW_KIND_UNKNOWN;
    if (tw_checkpoint_get_key(key, sizeof key, nullptr, checkpoint, i) != TW_OK) continue;
    out += key;
    append(out, tw_checkpoint_get_kind(&kind, checkpoint, key));
    append(out, &kind, 1);
    double number = 0;
    if (kind == TW_KIND_DOUBLE) append(out, tw_checkpoint_get_double(&number, checkpoint, key));
    append(out, &number, 1);
    tw_tensor *tensor = nullptr;
    if (kind == TW_KIND_TENSOR) append(out, tw_checkpoint_get_tensor(&tensor, checkpoint, key));
    if (tensor != nullptr) out += seen(tensor);
    tw_tensor_free(tensor);
  }
  return out;
}

std::string seen(const tw_generator *generator) {
  tw_checkpoint *kept = nullptr;
  must(tw_checkpoint_create(&kept), "tw_checkpoint_create");
  std::string out;
  append(out, tw_checkpoint_put_generator(kept, "g", generator));
  out += seen(kept);
  tw_checkpoint_free(kept);
  return out;
}

std::string seen(const tw_tensor_list *list) {
  std::string out;
  tw_tensor *const *data = nullptr;
  size_t count = 0;
  append(out, tw_tensor_list_get_data(&data, &count, list));
  append(out, &count, 1);
  for (size_t i = 0; i < count; ++i) out += data[i] != nullptr ? seen(data[i]) : "none";
  return out;
}

std::string seen(const tw_value *value) {
  std::string out;
  tw_kind kind = TW_KIND_UNKNOWN;
  size_t size = 0;
  append(out, tw_value_get_kind(&kind, value));
  append(out, &kind, 1);
  append(out, tw_value_get_size(&size, value));
  append(out, &size, 1);
  return out;
}

template <class Object>
void see_all(std::map<std::string, std::string> &out, const Pool<Object> &pool, const char *kind) {
  for (const auto &member : pool.members) out[kind + std::to_string(member.number)] = seen(member.handle);
}

std::string seen_of_process() {
  std::string out;
  int32_t enabled = 0;
  append(out, tw_set_grad_enabled(&enabled, 1));
  append(out, &enabled, 1);
  must(tw_set_grad_enabled(nullptr, enabled), "tw_set_grad_enabled");
  return out;
}

}  // namespace

std::map<std::string, std::string> World::look() {
  std::map<std::string, std::string> out;
  see_all(out, pool<tw_optimizer>(), "optimizer ");
  see_all(out, pool<tw_lr_scheduler>(), "scheduler ");
  see_all(out, pool<tw_warmup>(), "warmup ");
  see_all(out, pool<tw_tensor>(), "tensor ");
  see_all(out, pool<tw_tensor_list>(), "list ");
  see_all(out, pool<tw_generator>(), "generator ");
  see_all(out, pool<tw_module>(), "module ");
  see_all(out, pool<tw_value>(), "value ");
  see_all(out, pool<tw_checkpoint>(), "checkpoint ");
  out["the process"] = seen_of_process();
  return out;
}

World::World() {
  size_t count = 0;
  has_checks_ = tw_live_handles(&count, TW_HANDLE_TENSOR) == TW_OK;
}

/* In an order that is another from world to world. */
World::~World() {
  Random random(pool<tw_tensor>().made * 31 + pool<tw_optimizer>().made);
  const auto any_left = [&] {
    return std::apply([](const auto &...pool) { return (!pool.members.empty() || ...); }, pools_);
  };
  while (any_left()) {
    std::apply(
        [&](auto &...pool) {
          const auto free_some = [&](auto &one) {
            if (!one.members.empty() && random.one_in(2)) {
              auto *handle = one.members.front().handle;
              one.members.erase(one.members.begin());
              free_handle(handle);
            }
          };
          (free_some(pool), ...);
        },
        pools_);
  }
  for (const auto &doing : doings_)
    if (doing->released != 1) {
      std::fprintf(stderr, "a context was let go %d times, not once\n", doing->released);
      std::abort();
    }
}

Doing *World::new_doing(uint64_t seed) {
  doings_.push_back(std::make_unique<Doing>(Doing{this, seed}));
  return doings_.back().get();
}

/* ---- callbacks that call back -------------------------------------------------------------------------------------- */

tw_status World::within(Doing &doing) {
  if (doing.released != 0) faults.emplace_back("a callback ran after its context was let go");
  if (++depth_ > 4) { /* a module within itself, by way of callbacks */
    --depth_;
    tw_set_last_error("deep enough");
    return TW_ERROR_CALLBACK;
  }
  Random random(doing.seed += 0x632BE59BD9B4E019u);
  for (size_t i = random.below(3); i > 0; --i) call_back(random);
  --depth_;
  if (random.one_in(12)) {
    tw_set_last_error("a callback's failure");
    return random.of(std::vector<tw_status>{TW_ERROR_CALLBACK, TW_ERROR_CANCELLED, static_cast<tw_status>(99)});
  }
  return TW_OK;
}

/* What it changes is either of another optimizer than that of the running call, and stays, or is refused. */
void World::call_back(Random &random) {
  const auto noted = [&](tw_status status) { changed_within = changed_within || status == TW_OK; };
  tw_lr_scheduler *scheduler = any<tw_lr_scheduler>(random);
  tw_warmup *warmup = any<tw_warmup>(random);
  tw_optimizer *optimizer = any<tw_optimizer>(random);
  tw_tensor *tensor = any<tw_tensor>(random);
  tw_module *module = any<tw_module>(random);
  double numbers[64] = {};
  size_t needed = 0;
  switch (random.below(18)) {
    case 0:
      return noted(tw_lr_scheduler_step(scheduler));
    case 1:
      return noted(tw_lr_scheduler_step_at(scheduler, 3));
    case 2:
      return noted(tw_lr_scheduler_set_last_epoch(scheduler, 5, nullptr, 0));
    case 3:
      return noted(tw_warmup_step(warmup, &scheduler, 1));
    case 4:
      return noted(tw_warmup_dampen(warmup));
    case 5:
      return noted(tw_warmup_set_last_step(warmup, 2));
    case 6:
      return noted(tw_warmup_dampening_begin(warmup));
    case 7:
      return noted(tw_warmup_detach(warmup));
    case 8:
      return noted(tw_optimizer_set_lr(optimizer, 0, 0.25));
    case 9:
      return noted(tw_optimizer_add_param_group(optimizer, &tensor, 1, nullptr));
    case 10:
      return noted(tw_optimizer_step(optimizer));
    case 11:
      return noted(tw_optimizer_detach(optimizer));
    case 12:
      return free_one<tw_lr_scheduler>(random);
    case 13:
      return free_one<tw_warmup>(random);
    case 14:
      return free_one<tw_optimizer>(random);
    case 15:
      return free_one<tw_module>(random);
    case 16: {
      tw_tensor *out = nullptr;
      const tw_status status = tw_module_forward(&out, module, &tensor, 1);
      changed_within = true; /* whatever it has run within */
      tw_tensor_free(out);
      return static_cast<void>(status);
    }
    default: {
      const tw_status state = tw_lr_scheduler_get_state(numbers, 64, &needed, scheduler);
      const tw_status lrs = tw_optimizer_get_lrs(numbers, 64, &needed, optimizer);
      const tw_status undampened = tw_warmup_get_undampened_lrs(numbers, 64, &needed, warmup);
      return static_cast<void>(state + lrs + undampened);
    }
  }
}

}  // namespace tw::fuzz
