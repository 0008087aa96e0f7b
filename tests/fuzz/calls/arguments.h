/* A call with random arguments, made from the function's type alone. The headers have one order for all: outputs first, a
 * count behind its array, capacity and needed behind a buffer. */
#pragma once

#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <type_traits>
#include <utility>

#include "world.h"

namespace tw::fuzz {

/* Sizes that are either small or far too large: nothing between that would fill the memory. */
constexpr int64_t some_ints[] = {0, 1, 2, 2, 3, 3, 4, 5, -1, -2, 10, INT64_MAX, INT64_MIN};
constexpr double some_doubles[] = {0.0,   0.1,  0.5,    0.9,    1.0,   2.0,      -1.0, 1e-3,
                                   1e308, -0.0, 5e-324, -1e300, 0.999, INFINITY, NAN,  10.0};
constexpr const char *some_texts[] = {"a",   "b",      "a.b",     "weight",       "0.weight",      "0",     "",
                                      "cpu", "cpu:0",  "meta",    "relu",         "add",           "F.mul", "\xff\xfe",
                                      "sum", "matmul", "forward", "running_mean", "cross_entropy", "linear"};

/* Where the arguments of one call lie while it runs. */
class Arguments {
 public:
  Arguments(World &world, Random &random) : world(world), random(random) {}

  /* A place for an output handle, filled with what no call may leave there. */
  struct Out {
    std::function<void()> keep;    /* where the call was TW_OK */
    std::function<bool()> is_null; /* where it was not */
  };
  std::vector<Out> outs;
  World &world;
  Random &random;

  template <class Parameter>
  Parameter make();

  /* Elements that live until the call has ended, and their number for the next parameter. */
  template <class Element>
  Element *array(const std::vector<Element> &elements, size_t room = 0) {
    auto kept = std::make_shared<std::vector<Element>>(elements);
    kept->resize(std::max<size_t>(kept->size(), room));
    kept_.push_back(kept);
    return kept->data();
  }

  size_t pending = none; /* the number that belongs to the array before */
  static constexpr size_t none = SIZE_MAX;

 private:
  std::vector<std::shared_ptr<void>> kept_;
};

/* ---- callbacks ----------------------------------------------------------------------------------------------------- */

inline tw_status schedule_callback(double *out, double epoch, size_t group, void *context) {
  auto *doing = static_cast<Doing *>(context);
  const tw_status status = doing->world->within(*doing);
  if (doing->seed % 16 != 0) *out = 1.0 / (1.0 + epoch + static_cast<double>(group));
  return status;
}

inline tw_status factor_callback(double *out, int64_t step, size_t, void *context) {
  auto *doing = static_cast<Doing *>(context);
  const tw_status status = doing->world->within(*doing);
  if (doing->seed % 16 != 0) *out = step < 5 ? 0.2 * static_cast<double>(step + 1) : 1.0;
  return status;
}

inline tw_status forward_callback(tw_tensor **out, tw_module *self, tw_tensor *const *inputs, size_t count,
                                  void *context) {
  auto *doing = static_cast<Doing *>(context);
  const tw_status status = doing->world->within(*doing);
  if (status != TW_OK) return status;
  tw_module *child = nullptr;
  if (tw_module_get_module(&child, self, "a") == TW_OK) {
    const tw_status run = tw_module_forward(out, child, inputs, count);
    tw_module_free(child);
    return run;
  }
  return count > 0 && inputs[0] != nullptr ? tw_tensor_share(out, inputs[0]) : TW_OK; /* out not set, now and then */
}

inline void release_context(void *context) { ++static_cast<Doing *>(context)->released; }

/* ---- structures of options ------------------------------------------------------------------------------------------ */

template <class Options>
struct Init;
#define TW_FUZZ_OPTIONS(type)                                  \
  template <>                                                  \
  struct Init<tw_##type##_options> {                           \
    static constexpr auto function = tw_##type##_options_init; \
  };
TW_FUZZ_OPTIONS(adam)
TW_FUZZ_OPTIONS(adamw)
TW_FUZZ_OPTIONS(sgd)
TW_FUZZ_OPTIONS(rmsprop)
TW_FUZZ_OPTIONS(adagrad)
TW_FUZZ_OPTIONS(cyclic)
TW_FUZZ_OPTIONS(one_cycle)
TW_FUZZ_OPTIONS(reduce_on_plateau)
TW_FUZZ_OPTIONS(embedding)
TW_FUZZ_OPTIONS(batch_norm)
TW_FUZZ_OPTIONS(layer_norm)
TW_FUZZ_OPTIONS(group_norm)
TW_FUZZ_OPTIONS(conv1d)
TW_FUZZ_OPTIONS(conv2d)
TW_FUZZ_OPTIONS(max_pool1d)
TW_FUZZ_OPTIONS(max_pool2d)
TW_FUZZ_OPTIONS(avg_pool1d)
TW_FUZZ_OPTIONS(avg_pool2d)
TW_FUZZ_OPTIONS(lstm)
TW_FUZZ_OPTIONS(gru)
TW_FUZZ_OPTIONS(multihead_attention)
TW_FUZZ_OPTIONS(transformer_encoder_layer)
TW_FUZZ_OPTIONS(prelu)
TW_FUZZ_OPTIONS(softplus)
TW_FUZZ_OPTIONS(gelu)
TW_FUZZ_OPTIONS(linear)
TW_FUZZ_OPTIONS(cross_entropy)
TW_FUZZ_OPTIONS(nll_loss)
TW_FUZZ_OPTIONS(mse_loss)
TW_FUZZ_OPTIONS(binary_cross_entropy_with_logits)
TW_FUZZ_OPTIONS(op_conv2d)
TW_FUZZ_OPTIONS(op_max_pool2d)

/* NULL, the defaults, or those with some of their doubles and ints put to others; pointers in them stay NULL. */
template <class Options>
const Options *random_options(Arguments &arguments) {
  Random &random = arguments.random;
  if (random.one_in(3)) return nullptr;
  Options options;
  if (Init<Options>::function(&options, sizeof options) != TW_OK) return nullptr;
  if (random.one_in(3)) {
    constexpr size_t head = 16; /* struct_size and kind */
    for (size_t at = head; at + sizeof(double) <= sizeof options; at += sizeof(double)) {
      double present = 0;
      std::memcpy(&present, reinterpret_cast<const char *>(&options) + at, sizeof present);
      const bool is_number = present > 1e-12 && present < 1e6;
      const double other = random.of(some_doubles);
      if (is_number && random.one_in(3)) std::memcpy(reinterpret_cast<char *>(&options) + at, &other, sizeof other);
    }
  }
  return arguments.array<Options>({options});
}

/* ---- an argument ----------------------------------------------------------------------------------------------------- */

template <class T>
constexpr bool is_handle =
    std::is_same_v<T, tw_optimizer> || std::is_same_v<T, tw_lr_scheduler> || std::is_same_v<T, tw_warmup> ||
    std::is_same_v<T, tw_tensor> || std::is_same_v<T, tw_tensor_list> || std::is_same_v<T, tw_generator> ||
    std::is_same_v<T, tw_module> || std::is_same_v<T, tw_module_differences> || std::is_same_v<T, tw_value> ||
    std::is_same_v<T, tw_checkpoint>;

template <class Object>
Object **out_handle(Arguments &arguments) {
  if (arguments.random.one_in(60)) return nullptr;
  static char rubbish;
  Object **place = arguments.array<Object *>({reinterpret_cast<Object *>(&rubbish)});
  World &world = arguments.world;
  arguments.outs.push_back({[&world, place] { world.add(*place); }, [place] { return *place == nullptr; }});
  return place;
}

template <class Object>
Object *const *handle_list(Arguments &arguments) {
  std::vector<Object *> list(arguments.random.below(4));
  for (Object *&each : list) each = arguments.world.any<Object>(arguments.random);
  arguments.pending = list.size();
  return arguments.array(list, 4);
}

tw_argument random_argument(Arguments &arguments);

template <class Parameter>
Parameter Arguments::make() {
  using Pointed = std::remove_pointer_t<Parameter>;
  using Plain = std::remove_const_t<Pointed>;
  const size_t before = std::exchange(pending, none);
  if constexpr (std::is_same_v<Parameter, size_t>) {
    if (before != none && !random.one_in(30)) return before;
    return before != none ? random.below(before + 1) : random.of(std::vector<size_t>{0, 1, 2, 3, 5, SIZE_MAX});
  } else if constexpr (std::is_same_v<Parameter, int64_t>) {
    return random.of(some_ints);
  } else if constexpr (std::is_same_v<Parameter, uint64_t>) {
    return random.next();
  } else if constexpr (std::is_same_v<Parameter, int32_t>) {
    return random.one_in(20) ? 2 : static_cast<int32_t>(random.below(2));
  } else if constexpr (std::is_enum_v<Parameter>) {
    return static_cast<Parameter>(static_cast<int>(random.below(14)) - 1);
  } else if constexpr (std::is_same_v<Parameter, double>) {
    return random.of(some_doubles);
  } else if constexpr (std::is_same_v<Parameter, tw_lr_function>) {
    return random.one_in(40) ? nullptr : schedule_callback;
  } else if constexpr (std::is_same_v<Parameter, tw_warmup_factor_function>) {
    return random.one_in(40) ? nullptr : factor_callback;
  } else if constexpr (std::is_same_v<Parameter, tw_module_forward_function>) {
    return random.one_in(3) ? nullptr : forward_callback;
  } else if constexpr (std::is_same_v<Parameter, void (*)(void *)>) {
    return release_context;
  } else if constexpr (std::is_same_v<Parameter, void *>) {
    return world.new_doing(random.next());
  } else if constexpr (std::is_same_v<Parameter, const void *>) {
    pending = 16 * random.below(5);
    return random.one_in(3) ? nullptr : array(std::vector<double>(8, random.of(some_doubles)));
  } else if constexpr (std::is_same_v<Parameter, const char *>) {
    return random.one_in(40) ? nullptr : random.of(some_texts);
  } else if constexpr (std::is_same_v<Parameter, const tw_argument *>) {
    std::vector<tw_argument> list(random.below(4));
    for (tw_argument &each : list) each = random_argument(*this);
    tw_argument *made = array(list, 1);
    pending = list.size();
    return made;
  } else if constexpr (is_handle<Plain>) {
    return world.any<Plain>(random);
  } else if constexpr (std::is_pointer_v<Plain> && is_handle<std::remove_pointer_t<Plain>>) {
    if constexpr (std::is_const_v<Pointed>)
      return handle_list<std::remove_pointer_t<Plain>>(*this);
    else
      return out_handle<std::remove_pointer_t<Plain>>(*this);
  } else if constexpr (std::is_const_v<Pointed> && std::is_arithmetic_v<Plain>) { /* an array of numbers */
    std::vector<Plain> list(random.below(5));
    for (Plain &each : list) {
      if constexpr (std::is_same_v<Plain, double>)
        each = random.of(some_doubles);
      else
        each = static_cast<Plain>(random.of(some_ints));
    }
    pending = list.size();
    Plain *made = array(list, 8);
    return random.one_in(30) ? nullptr : made;
  } else if constexpr (std::is_arithmetic_v<Plain> || std::is_enum_v<Plain>) { /* an output, or a buffer */
    pending = random.one_in(3) ? random.below(4) : 64;
    Plain *made = array(std::vector<Plain>(64));
    if (random.one_in(20)) pending = 0;
    return random.one_in(20) ? nullptr : made;
  } else {
    return random_options<Plain>(*this);
  }
}

inline tw_argument random_argument(Arguments &arguments) {
  tw_argument out;
  std::memset(&out, 0, sizeof out);
  tw_status status = TW_OK;
  const int64_t *ints = arguments.array<int64_t>({1, 2});
  switch (arguments.random.below(8)) {
    case 0:
      status = tw_argument_int64(&out, static_cast<int64_t>(arguments.random.below(4)) - 1);
      break;
    case 1:
      status = tw_argument_double(&out, 0.5);
      break;
    case 2:
      status = tw_argument_bool(&out, 1);
      break;
    case 3:
      status = tw_argument_int64_list(&out, ints, 2);
      break;
    case 4:
      status = tw_argument_none(&out);
      break;
    default:
      status = tw_argument_tensor(&out, arguments.world.any<tw_tensor>(arguments.random));
      break;
  }
  if (arguments.random.one_in(30)) status = tw_argument_set_name(&out, "self");
  return status == TW_OK ? out : tw_argument{};
}

/* ---- a call ---------------------------------------------------------------------------------------------------------- */

struct Call {
  const char *name;
  bool may_change_on_failure; /* as its header says */
  std::function<tw_status(Arguments &)> run;
};

template <class... Parameters>
Call call(const char *name, tw_status (*function)(Parameters...), bool may_change_on_failure = false) {
  return {name, may_change_on_failure, [function](Arguments &arguments) {
            const std::tuple<Parameters...> given{arguments.make<Parameters>()...}; /* braces: from left to right */
            return std::apply(function, given);
          }};
}

/* Every entry point that is called. */
const std::vector<Call> &all_calls();

}  // namespace tw::fuzz
