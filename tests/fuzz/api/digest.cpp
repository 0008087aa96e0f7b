/* Every getter of every object. One that fails is seen too: by its status. */
#include "digest.h"

#include <cstring>
#include <fstream>
#include <iterator>

namespace tw::fuzz {
namespace {

constexpr tw_option all_options[] = {
    TW_OPTION_LR,      TW_OPTION_BETA1,    TW_OPTION_BETA2,     TW_OPTION_MOMENTUM, TW_OPTION_WEIGHT_DECAY,
    TW_OPTION_EPS,     TW_OPTION_ALPHA,    TW_OPTION_DAMPENING, TW_OPTION_LR_DECAY, TW_OPTION_INITIAL_ACCUMULATOR_VALUE,
    TW_OPTION_AMSGRAD, TW_OPTION_CENTERED, TW_OPTION_NESTEROV};

/* FNV-1a by words. */
uint64_t hash(const void *bytes, size_t size) {
  uint64_t sum = 0xcbf29ce484222325U ^ size, word = 0;
  const char *at = static_cast<const char *>(bytes);
  for (; size >= sizeof word; size -= sizeof word, at += sizeof word) {
    std::memcpy(&word, at, sizeof word);
    sum = (sum ^ word) * 0x100000001b3U;
    sum ^= sum >> 29;
  }
  for (; size > 0; --size, ++at) sum = (sum ^ static_cast<unsigned char>(*at)) * 0x100000001b3U;
  return sum;
}

/* What a getter of one thing gives. */
template <class T, class... Arguments>
T see(Digest &digest, const char *what, size_t index, tw_status (*get)(T *, Arguments...), Arguments... arguments) {
  T got{};
  const tw_status status = get(&got, arguments...);
  if (status != TW_OK)
    digest.add(what, index, static_cast<uint64_t>(status) + 1000);
  else if constexpr (std::is_same_v<T, double>)
    digest.add(what, index, got);
  else
    digest.add(what, index, static_cast<uint64_t>(got));
  return got;
}

/* What a getter gives that fills a buffer. */
template <class T, class... Arguments>
void see_all(Digest &digest, const char *what, tw_status (*get)(T *, size_t, size_t *, Arguments...),
             Arguments... arguments) {
  using Element = std::conditional_t<std::is_void_v<T>, char, T>;
  Element few[64];
  std::vector<Element> many;
  Element *out = few;
  size_t needed = 0;
  tw_status status = get(few, std::size(few), &needed, arguments...);
  if (status == TW_ERROR_CAPACITY) {
    many.resize(needed);
    out = many.data();
    status = get(out, many.size(), &needed, arguments...);
  }
  if (status != TW_OK)
    digest.add(what, 0, static_cast<uint64_t>(status) + 1000);
  else if constexpr (std::is_same_v<T, double>)
    for (size_t i = 0; i < needed; ++i) digest.add(what, i, out[i]);
  else
    digest.add_bytes(what, 0, out, needed * sizeof(Element));
}

/* ---- tensors and values ---- */

void see_elements(Digest &digest, const tw_tensor *tensor) {
  see<size_t, const tw_tensor *>(digest, "numel", 0, tw_tensor_get_numel, tensor);
  see<tw_dtype, const tw_tensor *>(digest, "dtype", 0, tw_tensor_get_dtype, tensor);
  see_all<int64_t, const tw_tensor *>(digest, "sizes", tw_tensor_get_sizes, tensor);
  see_all<void, const tw_tensor *>(digest, "elements", tw_tensor_copy_data, tensor);
  see<int32_t, const tw_tensor *>(digest, "requires_grad", 0, tw_tensor_get_requires_grad, tensor);
}

/* LibTorch warns whoever asks another than a leaf for its gradient. */
bool is_leaf(const tw_tensor *tensor) {
  tw_tensor *answer = nullptr;
  double number = 0;
  const bool is_known =
      TW_OP(&answer, "is_leaf", TW_TENSOR(tensor)) == TW_OK && tw_tensor_get_item_double(&number, answer) == TW_OK;
  tw_tensor_free(answer);
  return is_known && number != 0;
}

void see_tensor(Digest &digest, const tw_tensor *tensor) {
  see_elements(digest, tensor);
  see_all<int64_t, const tw_tensor *>(digest, "strides", tw_tensor_get_strides, tensor);
  tw_tensor *grad = nullptr;
  const tw_status status = is_leaf(tensor) ? tw_tensor_get_grad(&grad, tensor) : TW_ERROR_TYPE;
  digest.add("has a gradient", 0, static_cast<uint64_t>(status) * 2 + (grad != nullptr ? 1 : 0));
  if (grad != nullptr) see_elements(digest, grad);
  tw_tensor_free(grad);
}

void see_value(Digest &digest, const tw_value *value, bool with_elements);

void see_items(Digest &digest, const tw_value *value, tw_kind kind, bool with_elements) {
  const size_t count = see<size_t, const tw_value *>(digest, "size", 0, tw_value_get_size, value);
  for (size_t i = 0; i < count; ++i) {
    tw_value *item = nullptr;
    if (kind == TW_KIND_DICT && tw_value_get_key(&item, value, i) == TW_OK) see_value(digest, item, with_elements);
    tw_value_free(item);
    if (tw_value_get_item(&item, value, i) == TW_OK) see_value(digest, item, with_elements);
    tw_value_free(item);
  }
}

void see_value(Digest &digest, const tw_value *value, bool with_elements) {
  const tw_kind kind = see<tw_kind, const tw_value *>(digest, "kind", 0, tw_value_get_kind, value);
  see_all<char, const tw_value *>(digest, "type name", tw_value_get_type_name, value);
  tw_tensor *tensor = nullptr;
  switch (kind) {
    case TW_KIND_INT64:
      see<int64_t, const tw_value *>(digest, "int", 0, tw_value_get_int64, value);
      break;
    case TW_KIND_DOUBLE:
      see<double, const tw_value *>(digest, "float", 0, tw_value_get_double, value);
      break;
    case TW_KIND_BOOL:
      see<int32_t, const tw_value *>(digest, "bool", 0, tw_value_get_bool, value);
      break;
    case TW_KIND_STRING:
      see_all<char, const tw_value *>(digest, "string", tw_value_get_string, value);
      break;
    case TW_KIND_TENSOR:
      if (with_elements && tw_value_get_tensor(&tensor, value) == TW_OK) see_elements(digest, tensor);
      tw_tensor_free(tensor);
      break;
    case TW_KIND_LIST:
    case TW_KIND_TUPLE:
    case TW_KIND_DICT:
      see_items(digest, value, kind, with_elements);
      break;
    default:
      break;
  }
}

/* What a checkpoint holds. Elements that lie in a file are the file's. */
void see_checkpoint(Digest &digest, const tw_checkpoint *checkpoint, bool with_elements) {
  tw_value *all = nullptr;
  const tw_status status = tw_checkpoint_get_value(&all, checkpoint, nullptr);
  if (status != TW_OK) digest.add("contents", 0, static_cast<uint64_t>(status) + 1000);
  if (all != nullptr) see_value(digest, all, with_elements);
  tw_value_free(all);
}

/* What an object's state dict holds, elements too. */
template <class... Arguments>
void see_state_dict(Digest &digest, tw_status (*put)(tw_checkpoint *, const char *, Arguments...),
                    Arguments... arguments) {
  tw_checkpoint *checkpoint = nullptr;
  tw_status status = tw_checkpoint_create(&checkpoint);
  if (status == TW_OK) status = put(checkpoint, "state", arguments...);
  digest.add("state_dict", 0, static_cast<uint64_t>(status));
  if (status == TW_OK) see_checkpoint(digest, checkpoint, true);
  tw_checkpoint_free(checkpoint);
}

/* ---- one of each kind ---- */

void see_one(Digest &digest, const tw_optimizer *optimizer) {
  const size_t count =
      see<size_t, const tw_optimizer *>(digest, "group count", 0, tw_optimizer_get_group_count, optimizer);
  for (const tw_option option : all_options)
    for (size_t group = 0; group < count; ++group)
      see<double, const tw_optimizer *, size_t, tw_option>(digest, tw_option_name(option), group,
                                                           tw_optimizer_get_option, optimizer, group, option);
  see_state_dict<const tw_optimizer *>(digest, tw_checkpoint_put_optimizer, optimizer);
}

void see_one(Digest &digest, const tw_lr_scheduler *scheduler) {
  using Scheduler = const tw_lr_scheduler *;
  see_all<double, Scheduler>(digest, "state", tw_lr_scheduler_get_state, scheduler);
  see_all<double, Scheduler>(digest, "last_lrs", tw_lr_scheduler_get_last_lrs, scheduler);
  see_all<double, Scheduler>(digest, "base_lrs", tw_lr_scheduler_get_base_lrs, scheduler);
  see<double, Scheduler>(digest, "last_epoch", 0, tw_lr_scheduler_get_last_epoch, scheduler);
  see<size_t, Scheduler>(digest, "group count", 0, tw_lr_scheduler_get_group_count, scheduler);
}

void see_one(Digest &digest, const tw_warmup *warmup) {
  see<int64_t, const tw_warmup *>(digest, "last_step", 0, tw_warmup_get_last_step, warmup);
  see<size_t, const tw_warmup *>(digest, "group count", 0, tw_warmup_get_group_count, warmup);
  see_all<double, const tw_warmup *>(digest, "undampened_lrs", tw_warmup_get_undampened_lrs, warmup);
}

void see_one(Digest &digest, const tw_tensor *tensor) { see_tensor(digest, tensor); }

void see_one(Digest &digest, const tw_tensor_list *list) {
  const size_t count = see<size_t, const tw_tensor_list *>(digest, "count", 0, tw_tensor_list_get_count, list);
  for (size_t i = 0; i < count; ++i) {
    tw_tensor *tensor = nullptr;
    if (tw_tensor_list_get(&tensor, list, i) == TW_OK && tensor != nullptr) see_tensor(digest, tensor);
    tw_tensor_free(tensor);
  }
}

void see_one(Digest &digest, const tw_module *module) {
  see<int32_t, const tw_module *>(digest, "training", 0, tw_module_is_training, module);
  see_state_dict<const tw_module *>(digest, tw_checkpoint_put_module, module);
  tw_tensor_list *parameters = nullptr;
  if (tw_module_get_parameters(&parameters, module) == TW_OK) see_one(digest, parameters);
  tw_tensor_list_free(parameters);
}

void see_one(Digest &digest, const tw_generator *generator) {
  see_state_dict<const tw_generator *>(digest, tw_checkpoint_put_generator, generator);
}

void see_one(Digest &digest, const tw_value *value) { see_value(digest, value, false); }
void see_one(Digest &digest, const tw_checkpoint *checkpoint) { see_checkpoint(digest, checkpoint, false); }

void see_one(Digest &digest, const tw_module_differences *differences) {
  for (const tw_difference which : {TW_DIFFERENCE_MISSING, TW_DIFFERENCE_UNEXPECTED, TW_DIFFERENCE_MISMATCHED})
    see<size_t, const tw_module_differences *, tw_difference>(digest, "count", static_cast<size_t>(which),
                                                              tw_module_differences_get_count, differences, which);
}

template <class Handle, size_t count>
void see_places(Digest &digest, const Places<Handle, count> &places) {
  for (size_t i = 0; i < count; ++i) {
    if (places[i].handle == nullptr) continue;
    digest.begin(Kind<Handle>::text, i);
    see_one(digest, places[i].handle);
  }
}

/* ---- what is no handle's ---- */

void see_gradient_mode(Digest &digest) {
  int32_t enabled = -1;
  if (tw_set_grad_enabled(&enabled, 0) == TW_OK && tw_set_grad_enabled(nullptr, enabled) != TW_OK) enabled = -2;
  digest.add("gradient mode", 0, static_cast<uint64_t>(enabled));
}

void see_file(Digest &digest, size_t index, const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  digest.add_bytes(file.is_open() ? "bytes of the file" : "no file", index, bytes.data(), bytes.size());
}

std::string in_words(const Seen &seen) {
  double number = 0;
  std::memcpy(&number, &seen.bits, sizeof number);
  char text[256];
  std::snprintf(text, sizeof text, "%s[%zu]: %s[%zu] is %llx (%.17g)", seen.kind, seen.place, seen.what, seen.index,
                static_cast<unsigned long long>(seen.bits), number);
  return text;
}

bool same(const Seen &a, const Seen &b) {
  return a.bits == b.bits && a.place == b.place && a.index == b.index && std::strcmp(a.what, b.what) == 0 &&
         std::strcmp(a.kind, b.kind) == 0;
}

}  // namespace

void Digest::add(const char *what, size_t index, double number) {
  uint64_t bits = 0;
  std::memcpy(&bits, &number, sizeof bits);
  add(what, index, bits);
}

void Digest::add_bytes(const char *what, size_t index, const void *bytes, size_t size) {
  add(what, index, hash(bytes, size));
}

std::string Digest::difference(const Digest &later) const {
  size_t at = 0;
  while (at < seen_.size() && at < later.seen_.size() && same(seen_[at], later.seen_[at])) ++at;
  if (at == seen_.size() && at == later.seen_.size()) return "";
  return "before: " + (at < seen_.size() ? in_words(seen_[at]) : "nothing more") +
         "; after: " + (at < later.seen_.size() ? in_words(later.seen_[at]) : "nothing more");
}

Digest digest_of(Pool &pool, const std::vector<std::string> &paths) {
  Digest digest;
  digest.begin("process", 0);
  see_gradient_mode(digest);
  see_state_dict<>(digest, tw_checkpoint_put_rng_state);
  for (size_t i = 0; i < paths.size(); ++i) see_file(digest, i, paths[i]);
  std::apply([&](const auto &...places) { (see_places(digest, places), ...); }, pool);
  return digest;
}

}  // namespace tw::fuzz
