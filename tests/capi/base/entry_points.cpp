#include "base/entry_points.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <stdexcept>

namespace tw::test {
namespace {

std::string without_comments(const std::filesystem::path &path) {
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::string out;
  for (size_t at = 0; at < text.size();) {
    if (text.compare(at, 2, "/*") == 0)
      at = text.find("*/", at) + 2;
    else
      out += text[at++];
  }
  return out;
}

/* The parts between commas, but for commas inside parentheses. */
std::vector<std::string> split(const std::string &list) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (const char c : list) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == ',' && depth == 0)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

Parameter parse_parameter(const std::string &text) {
  std::smatch name, type;
  if (std::regex_search(text, name, std::regex("\\(\\*(\\w+)\\)"))) return {"function", name[1], true};
  if (!std::regex_search(text, name, std::regex("(\\w+)\\s*(\\[\\d*\\])?\\s*$")) ||
      !std::regex_search(text, type, std::regex("\\b(?!const\\b)\\w+")))
    throw std::runtime_error("cannot parse the parameter \"" + text + "\"");
  const bool function = type.str().find("_function") != std::string::npos;
  return {type.str(), name[1], function || text.find_first_of("*[") != std::string::npos};
}

std::vector<Parameter> parse_parameters(const std::string &list) {
  std::vector<Parameter> out;
  if (list == "void") return out;
  for (const std::string &part : split(list)) out.push_back(parse_parameter(part));
  return out;
}

void require(tw_status status) {
  if (status != TW_OK) throw std::runtime_error(std::string("the setup failed: ") + tw_last_error());
}

}  // namespace

std::map<std::string, Declaration> declarations() {
  std::map<std::string, Declaration> out;
  const std::regex declaration("\\n(?:TW_API|TW_CALL)\\s+([\\w\\s]+?[\\s*]+)(tw_\\w+)\\(([^;]*)\\)\\s*;");
  for (const auto &header : std::filesystem::directory_iterator(TW_INCLUDE_DIR "/torch_warmup")) {
    if (header.path().extension() != ".h") continue;
    const std::string text = without_comments(header.path());
    for (std::sregex_iterator match(text.begin(), text.end(), declaration), end; match != end; ++match) {
      std::string result = (*match)[1];
      result.erase(result.find_last_not_of(" \n") + 1);
      out[(*match)[2]] = {result, parse_parameters((*match)[3])};
    }
  }
  return out;
}

Setup::Setup() {
  x = test::tensor({1, 2, 3, 4}, {1, 1, 2, 2});
  one = test::tensor({1});
  row = test::tensor({1, 2}, {1, 2});
  weight = parameter({1, 2, 3, 4}, {2, 2});
  other_weight = parameter({1, 2});
  gradient = test::tensor({1, 1, 1, 1}, {2, 2});
  const int64_t label[] = {0};
  require(tw_tensor_from_data(target.out(), label, sizeof label, ints, 1, TW_INT64));
  require(tw_tensor_list_create(tensor_list.out(), x.one(), 1));
  require(tw_generator_create(generator.out(), nullptr, 1));
  require(tw_module_linear(child.out(), 2, 2, nullptr));
  require(tw_module_sequential(module.out(), child.one(), 1));
  require(tw_module_custom(holder.out(), nullptr, nullptr, nullptr));
  path = (std::filesystem::temp_directory_path() / "torch_warmup_entry_points.pt").string();
  make_optimizers();
  make_schedules();
  make_checkpoints();
}

void Setup::make_optimizers() {
  require(tw_adam_options_init(&adam, sizeof adam));
  require(tw_adamw_options_init(&adamw, sizeof adamw));
  require(tw_sgd_options_init(&sgd, sizeof sgd));
  require(tw_rmsprop_options_init(&rmsprop, sizeof rmsprop));
  require(tw_adagrad_options_init(&adagrad, sizeof adagrad));
  require(tw_optimizer_sgd(momentum.out(), weight.one(), 1, nullptr));
  require(tw_optimizer_adam(optimizer.out(), weight.one(), 1, nullptr));
  require(tw_optimizer_adam(warmed.out(), weight.one(), 1, nullptr));
  require(tw_optimizer_adam(watched.out(), weight.one(), 1, nullptr));
}

void Setup::make_schedules() {
  require(tw_cyclic_options_init(&cyclic, sizeof cyclic));
  require(tw_one_cycle_options_init(&one_cycle, sizeof one_cycle));
  require(tw_reduce_on_plateau_options_init(&plateau, sizeof plateau));
  require(tw_lr_scheduler_cosine_annealing(scheduler.out(), optimizer.get(), 10, 0));
  require(tw_lr_scheduler_exponential(other_scheduler.out(), optimizer.get(), 0.9));
  require(tw_lr_scheduler_reduce_on_plateau(plateau_scheduler.out(), watched.get(), &plateau));
  require(tw_lr_scheduler_cosine_annealing(warmed_scheduler.out(), warmed.get(), 10, 0));
  require(tw_warmup_linear(warmup.out(), warmed.get(), ints, 1));
}

void Setup::make_checkpoints() {
  require(tw_checkpoint_create(checkpoint.out()));
  require(tw_checkpoint_put_tensor(checkpoint.get(), "tensor", x.get()));
  require(tw_checkpoint_put_int64(checkpoint.get(), "int64", 1));
  require(tw_checkpoint_put_double(checkpoint.get(), "double", 1));
  require(tw_checkpoint_put_string(checkpoint.get(), "string", "text"));
  require(tw_checkpoint_create(state_dict.out()));
  for (const char *name : {"0.weight", "0.bias"}) {
    Handle<tw_tensor> found;
    require(tw_module_get_tensor(found.out(), module.get(), name));
    require(tw_checkpoint_put_tensor(state_dict.get(), name, found.get()));
  }
}

Setup::~Setup() {
  std::remove(path.c_str());
  if (!succeeded) return;
  tw_tensor_free(tensor);
  for (tw_tensor *each : tensors) tw_tensor_free(each);
  tw_tensor_list_free(made_list);
  tw_generator_free(made_generator);
  tw_module_free(made_module);
  tw_warmup_free(made_warmup);
  tw_lr_scheduler_free(made_scheduler);
  tw_optimizer_free(made_optimizer);
  tw_checkpoint_free(made_checkpoint);
  tw_value_free(made_value);
  tw_module_differences_free(made_differences);
  if (made_dlpack != nullptr) made_dlpack->deleter(made_dlpack);
  if (made_versioned != nullptr) made_versioned->deleter(made_versioned);
}

bool Setup::outputs_are_zero() const {
  return std::all_of(outputs.begin(), outputs.end(), [](const Output &output) {
    const auto *bytes = static_cast<const unsigned char *>(output.address);
    return std::all_of(bytes, bytes + output.bytes, [](unsigned char byte) { return byte == 0; });
  });
}

/* A generator, or a tensor where a generator is wanted; or what was a generator until now. */
void *Setup::wrong_handle(int32_t wrong, bool wants_generator) {
  if (wrong == other_handle) return wants_generator ? static_cast<void *>(one.get()) : generator.get();
  tw_generator *freed = nullptr;
  require(tw_generator_create(&freed, nullptr, 1));
  tw_generator_free(freed);
  return freed;
}

void Setup::forget(const void *address) {
  const auto found =
      std::find_if(outputs.begin(), outputs.end(), [&](const Output &output) { return output.address == address; });
  if (found == outputs.end()) return;
  std::memset(found->address, 0, found->bytes); /* the call will not: it is not given the place */
  outputs.erase(found);
}

}  // namespace tw::test
