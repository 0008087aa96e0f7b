#include "op/names.h"

#include <ATen/core/dispatch/Dispatcher.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <vector>

#include "base/guard.h"

namespace tw {
namespace {

/* ---- Python's names ---------------------------------------------------------------------------------------------- */

struct Prefix {
  const char *python;
  const char *operators; /* what the names of its operators begin with */
  const char *ours;      /* what its things begin with in this library; "" for anything */
};

/* The longer before the shorter. */
constexpr Prefix prefixes[] = {
    {"torch.nn.functional.", "", "tw_op_"},
    {"nn.functional.", "", "tw_op_"},
    {"functional.", "", "tw_op_"},
    {"F.", "", "tw_op_"},
    {"torch.nn.", "", "tw_module_"},
    {"nn.", "", "tw_module_"},
    {"torch.optim.lr_scheduler.", "", "tw_lr_scheduler_"},
    {"optim.lr_scheduler.", "", "tw_lr_scheduler_"},
    {"lr_scheduler.", "", "tw_lr_scheduler_"},
    {"torch.optim.", "", "tw_optimizer_"},
    {"optim.", "", "tw_optimizer_"},
    {"torch.linalg.", "linalg_", ""},
    {"linalg.", "linalg_", ""},
    {"torch.fft.", "fft_", ""},
    {"fft.", "fft_", ""},
    {"torch.special.", "special_", ""},
    {"special.", "special_", ""},
    {"torch.ops.aten.", "", ""},
    {"ops.aten.", "", ""},
    {"torch.Tensor.", "", "tw_tensor_"},
    {"Tensor.", "", "tw_tensor_"},
    {"torch.", "", ""},
    {"aten::", "", ""},
};

const Prefix *prefix_of(const std::string &name) {
  const auto *found = std::find_if(std::begin(prefixes), std::end(prefixes),
                                   [&](const Prefix &prefix) { return name.rfind(prefix.python, 0) == 0; });
  return found == std::end(prefixes) ? nullptr : found;
}

std::string last_part(const std::string &name) {
  const Prefix *prefix = prefix_of(name);
  return prefix == nullptr ? name : name.substr(std::string(prefix->python).size());
}

struct Renamed {
  const char *python;
  const char *here;
};

/* What is called otherwise than in Python by more than case and underscores. Source: the documentation of torch,
   torch.nn, torch.nn.functional, torch.optim and torch.Tensor. */
constexpr Renamed renamed[] = {
    {"cross_entropy", "aten::cross_entropy_loss, or tw_op_cross_entropy"},
    {"CrossEntropyLoss", "aten::cross_entropy_loss, or tw_op_cross_entropy"},
    {"BCELoss", "aten::binary_cross_entropy"},
    {"BCEWithLogitsLoss", "aten::binary_cross_entropy_with_logits, or tw_op_binary_cross_entropy_with_logits"},
    {"KLDivLoss", "aten::kl_div"},
    {"gaussian_nll_loss", "no operator; its formula has to be written out"},
    {"dropout1d", "aten::feature_dropout, or tw_module_dropout1d"},
    {"dropout2d", "aten::feature_dropout, or tw_module_dropout2d"},
    {"dropout3d", "aten::feature_dropout, or tw_module_dropout3d"},
    {"softmin", "aten::softmax of aten::neg"},
    {"softsign", "x / (1 + abs(x)), or tw_module_softsign"},
    {"tanhshrink", "x - tanh(x)"},
    {"logsigmoid", "aten::log_sigmoid, or tw_module_log_sigmoid"},
    {"normalize", "aten::div by aten::norm"},
    {"interpolate", "aten::upsample_nearest2d, aten::upsample_bilinear2d or aten::upsample_bicubic2d"},
    {"upsample", "aten::upsample_nearest2d, aten::upsample_bilinear2d or aten::upsample_bicubic2d"},
    {"Upsample", "aten::upsample_nearest2d, aten::upsample_bilinear2d or aten::upsample_bicubic2d"},
    {"upsample_nearest", "aten::upsample_nearest2d"},
    {"upsample_bilinear", "aten::upsample_bilinear2d"},
    {"grid_sample", "aten::grid_sampler"},
    {"affine_grid", "aten::affine_grid_generator"},
    {"fold", "aten::col2im"},
    {"Fold", "aten::col2im"},
    {"Unfold", "aten::im2col"},
    {"multi_head_attention_forward", "tw_module_multihead_attention"},
    {"unique", "aten::_unique2, or with a dimension aten::unique_dim"},
    {"Module", "tw_module_custom"},
    {"ModuleList", "tw_module_custom"},
    {"ModuleDict", "tw_module_custom"},
    {"Parameter", "tw_module_register_parameter"},
    {"ReduceLROnPlateau", "tw_lr_scheduler_reduce_on_plateau"},
    {"ChainedScheduler", "tw_lr_scheduler_chained"},
    {"load", "tw_checkpoint_load"},
    {"save", "tw_checkpoint_save"},
    {"no_grad", "tw_set_grad_enabled"},
    {"enable_grad", "tw_set_grad_enabled"},
    {"get_rng_state", "tw_checkpoint_put_rng_state"},
    {"set_rng_state", "tw_checkpoint_restore_rng_state"},
    {"from_numpy", "tw_tensor_from_blob"},
    {"frombuffer", "tw_tensor_from_blob"},
    {"asarray", "tw_tensor_from_data"},
    {"numpy", "tw_tensor_get_data_ptr or tw_tensor_copy_data"},
    {"tolist", "tw_tensor_copy_data"},
    {"ndimension", "aten::dim, or tw_tensor_get_ndim"},
    {"nelement", "aten::numel, or tw_tensor_get_numel"},
    {"bool", "aten::to, or tw_tensor_to_dtype"},
    {"byte", "aten::to, or tw_tensor_to_dtype"},
    {"char", "aten::to, or tw_tensor_to_dtype"},
    {"short", "aten::to, or tw_tensor_to_dtype"},
    {"int", "aten::to, or tw_tensor_to_dtype"},
    {"long", "aten::to, or tw_tensor_to_dtype"},
    {"half", "aten::to, or tw_tensor_to_dtype"},
    {"bfloat16", "aten::to, or tw_tensor_to_dtype"},
    {"float", "aten::to, or tw_tensor_to_dtype"},
    {"double", "aten::to, or tw_tensor_to_dtype"},
};

/* Functions of torch.nn.functional whose arguments are not those of the operator of their name, so that one called by
   them could be wrong without a word. */
constexpr Renamed functional[] = {
    {"batch_norm", "aten::batch_norm, whose arguments are input, weight, bias, running_mean, running_var"},
    {"instance_norm", "aten::instance_norm, whose arguments are input, weight, bias, running_mean, running_var"},
    {"embedding", "aten::embedding, whose arguments are weight, indices"},
    {"embedding_bag", "aten::embedding_bag, whose arguments are weight, indices, offsets"},
    {"unfold", "aten::im2col"},
    {"max_unpool2d", "aten::max_unpool2d, whose arguments are self, indices, output_size"},
    {"max_unpool3d", "aten::max_unpool3d, whose arguments are self, indices, output_size, stride, padding"},
};

template <size_t Count>
const char *find(const Renamed (&table)[Count], const std::string &python) {
  const auto *found =
      std::find_if(std::begin(table), std::end(table), [&](const Renamed &entry) { return python == entry.python; });
  return found == std::end(table) ? nullptr : found->here;
}

/* ---- this library's names ---------------------------------------------------------------------------------------- */

/* The functions that the headers declare, which the build reads from them. */
constexpr const char *our_functions[] = {
#include "function_names.inc"
};

/* What the names of a family begin with. */
constexpr const char *families[] = {"tw_op_",     "tw_module_", "tw_optimizer_",  "tw_lr_scheduler_",
                                    "tw_tensor_", "tw_warmup_", "tw_checkpoint_", "tw_"};

bool begins_with(const std::string &text, const std::string &start) { return text.rfind(start, 0) == 0; }

/* Without what its family begins with: "linear" of tw_module_linear. */
std::string bare(const std::string &ours) {
  for (const std::string family : families)
    if (begins_with(ours, family)) return ours.substr(family.size());
  return ours;
}

/* In lower case and without underscores: what "BatchNorm2d" and "batch_norm2d" have in common. */
std::string folded(const std::string &name) {
  std::string out;
  for (const char c : name)
    if (c != '_') out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

bool is_called(const std::string &ours, const std::string &python) {
  const std::string here = folded(bare(ours)), there = folded(python);
  return here == there || here + "lr" == there || folded(ours) == there;
}

std::vector<std::string> ours_called(const std::string &python, const std::string &family) {
  std::vector<std::string> names;
  for (const std::string ours : our_functions)
    if (begins_with(ours, family) && is_called(ours, python)) names.push_back(ours);
  return names;
}

/* ---- the nearest names ------------------------------------------------------------------------------------------- */

/* How many letters must be put in, left out or replaced. */
size_t distance(const std::string &a, const std::string &b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
    }
  }
  return row[b.size()];
}

/* Whether it has the other as whole words: "cross_entropy" in "binary_cross_entropy". */
bool has_words(const std::string &name, const std::string &words) {
  return words.size() >= 3 && ("_" + name + "_").find("_" + words + "_") != std::string::npos;
}

/* Operators that programs do not call by themselves. */
bool is_internal(const std::string &name) {
  const auto ends_with = [&](const std::string &end) {
    return name.size() > end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0;
  };
  return name.front() == '_' || ends_with("_backward") || ends_with("_out") || ends_with("_copy");
}

struct Near {
  size_t distance;
  std::string shown;

  bool operator<(const Near &other) const {
    return distance != other.distance ? distance < other.distance : shown < other.shown;
  }
};

void consider(std::set<Near> &nearest, const std::string &wanted, const std::string &name, const std::string &shown) {
  const size_t most = std::max<size_t>(1, wanted.size() / 3);
  const size_t away = distance(wanted, name);
  if (away <= most || has_words(name, wanted)) nearest.insert({std::min(away, most + 1), shown});
}

std::set<Near> nearest_to(const std::string &wanted) {
  std::set<Near> nearest;
  for (const c10::OperatorName &op : c10::Dispatcher::singleton().getAllOpNames()) {
    if (!begins_with(op.name, "aten::")) continue;
    const std::string name = op.name.substr(std::string("aten::").size());
    if (is_internal(name) == is_internal(wanted)) consider(nearest, wanted, name, op.name);
  }
  for (const std::string ours : our_functions) {
    consider(nearest, wanted, bare(ours), ours);
    consider(nearest, wanted, ours, ours);
  }
  return nearest;
}

constexpr size_t most_suggested = 4;

std::string listed(std::vector<std::string> names) {
  if (names.size() > most_suggested) names.resize(most_suggested);
  return c10::Join(", ", names);
}

}  // namespace

std::string without_python_prefix(const std::string &name) {
  const Prefix *prefix = prefix_of(name);
  return prefix == nullptr ? name : prefix->operators + last_part(name);
}

std::string other_name_of(const std::string &name) {
  const Prefix *prefix = prefix_of(name);
  const char *here =
      prefix != nullptr && std::string(prefix->ours) == "tw_op_" ? find(functional, last_part(name)) : nullptr;
  return here == nullptr ? "" : name + " is " + here;
}

std::string suggestion_for(const std::string &name) {
  const std::string python = last_part(name);
  if (python.empty()) return "";
  if (const char *here = find(renamed, python)) return c10::str("; Python's ", python, " is ", here);
  const Prefix *prefix = prefix_of(name);
  std::vector<std::string> ours = ours_called(python, prefix == nullptr ? "" : prefix->ours);
  if (ours.empty()) ours = ours_called(python, "");
  if (!ours.empty()) return c10::str("; Python's ", python, " is ", listed(std::move(ours)));
  std::vector<std::string> near;
  for (const Near &found : nearest_to(without_python_prefix(name))) near.push_back(found.shown);
  return near.empty() ? "" : c10::str("; the nearest names are ", listed(std::move(near)));
}

}  // namespace tw
