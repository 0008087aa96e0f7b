#include "module/running.h"

#include "module/module.h"

namespace tw {
namespace {

thread_local Running *innermost = nullptr;

/* The names are joined by dots, as in a state dict. */
std::string joined(const std::string &path, const std::string &name) {
  return path.empty() || name.empty() ? path + name : path + "." + name;
}

/* What the inner one is called in the outer one; its class where it is none of its modules. */
std::string name_within(const torch::nn::Module &outer, const torch::nn::Module &inner) {
  for (const auto &named : outer.named_modules(std::string(), /*include_self=*/false))
    if (named.value().get() == &inner) return named.key();
  if (&outer == &inner) return "";
  const std::string text = described(inner);
  return "(" + text.substr(0, text.find('(')) + ")";
}

}  // namespace

Running::Running(const torch::nn::Module &module)
    : module_(module), outer_(innermost), outermost_(outer_ == nullptr ? this : outer_->outermost_) {
  innermost = this;
}

Running::~Running() { innermost = outer_; }

std::string Running::path() const {
  return outer_ == nullptr ? "" : joined(outer_->path(), name_within(outer_->module_, module_));
}

std::string Running::located(const Attempt &failure) {
  std::string &known = outermost_->message_;
  if (!known.empty()) {
    if (failure.message == known) return known;
    /* A callback that passes a failure on says no more than that it did. */
    if (failure.message == c10::str("forward returned ", tw_status_name(failure.status), ": ", known)) return known;
  }
  const std::string where = joined(path(), inner_);
  return known = where.empty() ? failure.message : where + ": " + failure.message;
}

std::string *Running::path_within() { return innermost == nullptr ? nullptr : &innermost->inner_; }

}  // namespace tw
