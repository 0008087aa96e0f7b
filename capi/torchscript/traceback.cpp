#include "torchscript/traceback.h"

#include <optional>
#include <regex>
#include <sstream>
#include <vector>

namespace tw {
namespace {

using Lines = std::vector<std::string>;

/* The frames of the serialized code, outermost first. Only there is each call of a module written out:

     File "code/__torch__/net.py", line 11, in forward
       encoder = self.encoder
       y = (encoder).forward(x, )
            ~~~~~~~~~~~~~~~~ <--- HERE                                                                                   */
std::vector<Lines> frames_of(const std::string &said) {
  std::vector<Lines> frames;
  std::istringstream stream(said);
  bool serialized = false;
  for (std::string line; std::getline(stream, line);) {
    if (line.rfind("Traceback of TorchScript", 0) == 0) serialized = line.find("serialized code") != std::string::npos;
    if (!serialized) continue;
    if (line.rfind("  File \"", 0) == 0) frames.emplace_back();
    if (!frames.empty()) frames.back().push_back(line);
  }
  return frames;
}

/* The variable whose method the frame was calling. */
std::optional<std::string> called_variable(const Lines &frame) {
  static const std::regex call(R"(^\(?([A-Za-z_0-9]+)\)\.[A-Za-z_0-9]+$)");
  for (size_t i = 1; i < frame.size(); ++i) {
    const size_t first = frame[i].find('~'), last = frame[i].rfind('~');
    if (first == std::string::npos || frame[i].find("<--- HERE") == std::string::npos) continue;
    const std::string marked = first < frame[i - 1].size() ? frame[i - 1].substr(first, last + 1 - first) : "";
    std::smatch match;
    return std::regex_search(marked, match, call) ? std::optional<std::string>(match[1]) : std::nullopt;
  }
  return {};
}

std::optional<torch::jit::Module> child_of(const torch::jit::Module &script, const std::string &name) {
  for (const auto &child : script.named_children())
    if (child.name == name) return child.value;
  return {};
}

/* How a variable was set: of what, and to which attribute. */
struct Setting {
  std::string owner, attribute;
};

std::optional<Setting> setting_of(const std::string &variable, const Lines &frame) {
  constexpr const char *from = R"re( = (?:getattr\((\w+), "([^"]*)"\)|(\w+)\.(\w+))$)re";
  const std::regex set("^\\s*" + variable + from);
  for (const std::string &line : frame) {
    std::smatch match;
    if (!std::regex_search(line, match, set)) continue;
    return match[2].matched ? Setting{match[1], match[2]} : Setting{match[3], match[4]};
  }
  return {};
}

/* The path of the module that a variable holds; what holds the module itself has none. The frame shows some lines only: a
   variable that is set out of sight is called as its attribute, with an underscore before a number. */
std::string path_of(const std::string &variable, const Lines &frame, const torch::jit::Module &script, int depth = 0) {
  const auto setting = setting_of(variable, frame);
  if (!setting || depth > 8) {
    const std::string number = variable[0] == '_' ? variable.substr(1) : "";
    if (child_of(script, variable)) return variable;
    return child_of(script, number) ? number : "";
  }
  const std::string owner = path_of(setting->owner, frame, script, depth + 1);
  return owner.empty() ? setting->attribute : owner + "." + setting->attribute;
}

std::optional<torch::jit::Module> find(torch::jit::Module script, const std::string &path) {
  std::istringstream stream(path);
  for (std::string name; std::getline(stream, name, '.');) {
    const auto child = child_of(script, name);
    if (!child) return {};
    script = *child;
  }
  return script;
}

}  // namespace

std::string failed_path(const torch::jit::Module &script, const std::string &said) {
  std::string path;
  torch::jit::Module at = script;
  for (const Lines &frame : frames_of(said)) {
    const auto variable = called_variable(frame);
    if (!variable) break;
    const std::string inner = path_of(*variable, frame, at);
    const auto child = inner.empty() ? std::nullopt : find(at, inner);
    if (!child) break;
    path += (path.empty() ? "" : ".") + inner;
    at = *child;
  }
  return path;
}

}  // namespace tw
