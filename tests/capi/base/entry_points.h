/* The entry points as the public headers declare them, and calls of them with one argument made wrong at a time. */
#pragma once

#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "dlpack.h"
#include "handles.h"

namespace tw::test {

/* ---- what the headers declare ------------------------------------------------------------------------------------- */

struct Parameter {
  std::string type, name; /* "const int64_t", "sizes": without stars and brackets */
  bool pointer;
};

struct Declaration {
  std::string result; /* "tw_status" */
  std::vector<Parameter> parameters;
};

/* Every function that a header in TW_INCLUDE_DIR marks with TW_API or TW_CALL, by name. */
std::map<std::string, Declaration> declarations();

/* ---- what a call is given ----------------------------------------------------------------------------------------- */

template <class T>
constexpr bool is_handle_type =
    std::is_same_v<T, tw_tensor> || std::is_same_v<T, tw_tensor_list> || std::is_same_v<T, tw_generator> ||
    std::is_same_v<T, tw_module> || std::is_same_v<T, tw_optimizer> || std::is_same_v<T, tw_lr_scheduler> ||
    std::is_same_v<T, tw_warmup> || std::is_same_v<T, tw_checkpoint> || std::is_same_v<T, tw_value> ||
    std::is_same_v<T, tw_module_differences>;
template <class T>
constexpr bool is_handle = is_handle_type<std::remove_const_t<T>>;
template <class T> /* of an argument that is a list of them, T *; an output's T is not const */
constexpr bool is_handle_in_list =
    std::is_const_v<T> &&std::is_pointer_v<T> &&is_handle<std::remove_pointer_t<std::remove_const_t<T>>>;

/* What spoil makes of a handle. */
constexpr int32_t freed_handle = -1000, other_handle = -1001;

/* Valid arguments for every entry point, fresh for each call, and the places for its outputs. */
struct Setup {
  Setup();
  ~Setup();
  Setup(const Setup &) = delete;
  Setup &operator=(const Setup &) = delete;

  /* A place for an output, full of rubbish: a call that fails must leave zeros there. */
  template <class T>
  T *out(T &place) {
    std::memset(&place, 0x5A, sizeof place);
    outputs.push_back({&place, sizeof place});
    return &place;
  }
  bool outputs_are_zero() const;

  /* Makes an argument wrong: a pointer null, a number wrong, a handle as one of the numbers below says. */
  template <class T>
  void spoil(T *&argument, int32_t wrong) {
    if constexpr (is_handle<T>) {
      if (wrong == freed_handle || wrong == other_handle) {
        argument = static_cast<T *>(wrong_handle(wrong, std::is_same_v<std::remove_const_t<T>, tw_generator>));
        return;
      }
    } else if constexpr (is_handle_in_list<T>) {
      static std::remove_const_t<T> both[2];
      if (wrong == freed_handle || wrong == other_handle) {
        both[0] = both[1] = static_cast<T>(wrong_handle(wrong, std::is_same_v<T, tw_generator *const>));
        argument = both;
        return;
      }
    }
    if constexpr (!std::is_function_v<T>) forget(argument);
    argument = nullptr;
  }
  void spoil(int32_t &argument, int32_t wrong) { argument = wrong; }
  template <class T>
  void spoil(T &argument, int32_t wrong) {
    if constexpr (std::is_enum_v<T>) argument = static_cast<T>(wrong);
  }

  Handle<tw_tensor> x, one, row, target;            /* of sizes [1, 1, 2, 2], [1], [1, 2]; [1] of int64 */
  Handle<tw_tensor> weight, other_weight, gradient; /* of sizes [2, 2], [2]; weight's */
  Handle<tw_tensor_list> tensor_list;               /* of x */
  Handle<tw_generator> generator;
  Handle<tw_module> module, child, holder;          /* a sequence of child; an empty module */
  Handle<tw_optimizer> optimizer, warmed, momentum; /* with a scheduler; with a scheduler and a warmup; SGD */
  Handle<tw_optimizer> watched;                     /* with a plateau */
  Handle<tw_lr_scheduler> scheduler, other_scheduler, warmed_scheduler, plateau_scheduler;
  Handle<tw_warmup> warmup;
  Handle<tw_checkpoint> checkpoint, state_dict; /* a value of each kind under its name; the module's tensors alone */
  std::string path;                             /* of a file to save to */
  tw_adam_options adam;
  tw_adamw_options adamw;
  tw_sgd_options sgd;
  tw_rmsprop_options rmsprop;
  tw_adagrad_options adagrad;
  tw_cyclic_options cyclic;
  tw_one_cycle_options one_cycle;
  tw_reduce_on_plateau_options plateau;

  tw_tensor *tensor = nullptr, *tensors[2] = {nullptr, nullptr};
  tw_tensor_list *made_list = nullptr;
  tw_tensor *const *handles = nullptr;
  tw_generator *made_generator = nullptr;
  tw_module *made_module = nullptr;
  tw_optimizer *made_optimizer = nullptr;
  tw_lr_scheduler *made_scheduler = nullptr;
  tw_warmup *made_warmup = nullptr;
  tw_checkpoint *made_checkpoint = nullptr;
  tw_value *made_value = nullptr;
  tw_module_differences *made_differences = nullptr;
  DLManagedTensor *made_dlpack = nullptr;
  DLManagedTensorVersioned *made_versioned = nullptr;
  void *pointer = nullptr;
  const void *address = nullptr;
  int32_t int32 = 0;
  int64_t int64 = 0;
  size_t size = 0;
  tw_dtype dtype = TW_DTYPE_UNKNOWN;
  tw_kind kind = TW_KIND_UNKNOWN;
  double real = 0, reals[2] = {0, 0};

  /* Memory for calls that fill in a buffer of the caller's. */
  float floats[64] = {};
  double state[16] = {};
  int64_t ints[8] = {1, 1}, zeros[2] = {0, 0};
  char text[256] = {};

  bool succeeded = false;            /* the outputs hold new handles */
  std::function<void()> before_call; /* when all arguments are made */

 private:
  void *wrong_handle(int32_t wrong, bool wants_generator);
  void make_optimizers();
  void make_schedules();
  void make_checkpoints();
  void forget(const void *address);
  struct Output {
    void *address;
    size_t bytes;
  };
  std::vector<Output> outputs;
};

/* An entry point and how to call it with valid arguments, or with the one at index `wrong` spoiled. */
struct EntryPoint {
  std::string name;
  size_t parameter_count;
  std::function<tw_status(Setup &, size_t wrong, int32_t value)> call;
};

constexpr size_t nothing_wrong = SIZE_MAX;

template <class... Parameters, class Arguments>
EntryPoint entry_point(const char *name, tw_status (*function)(Parameters...), Arguments arguments) {
  const auto call = [function, arguments](Setup &s, size_t wrong, int32_t value) {
    std::tuple<Parameters...> given = arguments(s);
    size_t index = 0;
    std::apply([&](auto &...argument) { ((index++ == wrong ? s.spoil(argument, value) : void()), ...); }, given);
    if (s.before_call) s.before_call();
    return std::apply(function, given);
  };
  return {name, sizeof...(Parameters), call};
}

/* What a setting-up call must be. */
inline void must(tw_status status) {
  if (status != TW_OK) throw tw_last_error();
}

using Entries = std::vector<EntryPoint>;

/* A handle as an array of one. */
template <class Object>
Object *const *list(const Handle<Object> &handle) {
  return handle.one();
}

/* Options as their init function leaves them. */
template <class Options>
Options *filled(tw_status (*init)(Options *, size_t)) {
  static Options options;
  must(init(&options, sizeof options));
  return &options;
}

/* Each in the file of its name. */
extern const Entries base_entries, tensor_entries, dlpack_entries, op_entries, module_entries, optimizer_entries,
    schedule_entries, checkpoint_entries, value_entries, torchscript_entries;

/* ENTRY(tw_op_neg, s.out(s.tensor), s.x.get()): valid arguments, from the Setup s. */
#define ENTRY(function, ...) \
  entry_point(#function, function, []([[maybe_unused]] Setup &s) { return std::make_tuple(__VA_ARGS__); })

/* The init function of an options structure, which it finds by its argument. */
#define OPTIONS(init) ENTRY(init, filled(init), sizeof *filled(init))

}  // namespace tw::test
