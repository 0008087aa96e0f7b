/* A call from its arguments to what must hold after it. */
#include "run.h"

#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "exceptions.h"
#include "foreign.h"

namespace tw::fuzz {
namespace {

constexpr const char *untouched = "no call has failed";

void copy_text(char *out, size_t capacity, const std::string &text) {
  const size_t size = std::min(capacity - 1, text.size());
  std::memcpy(out, text.data(), size);
  out[size] = 0;
}

/* Whether it is a callback of an optimizer's, or of what is bound to one. */
bool is_bound(Role role) { return role != Role::kForward && role != Role::kMemory; }

/* Whether what is read within a callback is what was there before the call. The functions of an optimizer of the caller's
 * own read what they have set so far. */
bool keeps_what_was(Role role) { return is_bound(role) && role != Role::kOptimizer; }

}  // namespace

Run::Run(uint64_t seed, Report &report, std::string folder, const char *planted)
    : paths{folder + "/a.pt", folder + "/b.safetensors"}, seed_(seed), report_(report), planted_(planted) {
  if (tw_manual_seed(seed) != TW_OK || tw_set_grad_enabled(nullptr, 1) != TW_OK) fail("a round begins");
  for (const std::string &path : paths) unlink(path.c_str());
}

void Run::fail(const std::string &promise) {
  copy_text(report_.promise, sizeof report_.promise, promise);
  _exit(3);
}

void Run::say(const std::string &text) {
  if (text.empty()) return;
  said_ += said_.back() == '(' ? text : ", " + text;
}

void Run::about(uint64_t owner) {
  if (frame().owner == 0) frame().owner = owner;
}

Context &Run::new_context(Role role) {
  contexts_.push_back({this, role, frame().owner, 0, 0, {}, {}});
  return contexts_.back();
}

Context *Run::own_optimizer(uint64_t owner) {
  for (Context &context : contexts_)
    if (context.role == Role::kOptimizer && context.owner == owner && context.released == 0) return &context;
  return nullptr;
}

void *Run::foreign_optimizer(uint64_t &owner) {
  if (foreign_.size() < 3) foreign_.emplace_back(new_owner(), make_foreign(random, at_end_));
  const auto &drawn = foreign_[random.below(foreign_.size())];
  owner = drawn.first;
  return drawn.second;
}

/* ---- a call ---- */

void Run::make(size_t number) {
  random = Random(seed_, number);
  report_.call = number;
  said_.clear();
  const auto &calls = all_calls();
  const Call &call = calls[random.below(calls.size())];
  call.make(*this, call);
  ++report_.made;
  if (traces) std::printf("  %zu  %s\n", number, said_.c_str());
}

void Run::enter(const Call &call) {
  frames_.push_back({&call});
  if (random.chance(25)) frame().fails_in = random.below(6);
  if (frames_.size() == 1) copy_text(report_.name, sizeof report_.name, call.name);
  said_ += (said_.empty() ? "" : " {") + std::string(call.name) + "(";
}

void Run::start() {
  said_ += ")";
  copy_text(report_.doing, sizeof report_.doing, said_);
  if (stale_) before_ = look();
  stale_ = false;
  tw_set_last_error(untouched);
  frame().is_running = true;
}

void Run::ended(tw_status status) {
  frame().is_running = false;
  const auto at = static_cast<size_t>(frame().call - all_calls().data());
  ++report_.gave[at][status == TW_OK ? 0 : 1];
  if (status != TW_OK) ++report_.failed;
  frame().status = status;
  said_ += std::string(" = ") + tw_status_name(status);
  if (frames_.size() > 1) said_ += "}";
  copy_text(report_.doing, sizeof report_.doing, said_);
  check_message(status);
  plant(status);
  check_unchanged(status);
}

void Run::check_message(tw_status status) {
  require(std::strcmp(tw_status_name(status), "TW_STATUS_UNKNOWN") != 0, "a call gives a status that there is");
  const char *message = tw_last_error();
  if (status != TW_OK)
    require(message[0] != 0 && std::strcmp(message, untouched) != 0, "a call that fails leaves a message");
  else if (!frame().has_called_back)
    require(std::strcmp(message, untouched) == 0, "a call that succeeds leaves the last message as it is");
}

void Run::check_unchanged(tw_status status) {
  const Call &call = *frame().call;
  if (status == TW_OK && (call.traits & kReads) == 0) {
    stale_ = true;
    return;
  }
  const Digest after = look();
  const std::string difference = before_.difference(after);
  if (!difference.empty() && !frame().is_lost && !may_leave_a_change(call.name))
    fail(std::string(status == TW_OK ? "a call that reads changes nothing" : "a call that fails changes nothing") +
         "; " + difference);
  before_ = after;
}

void Run::leave() {
  last_ = frame();
  frames_.pop_back();
}

/* The fault that a test plants: a failing call of this name has changed a rate. */
void Run::plant(tw_status status) {
  if (planted_ == nullptr || status == TW_OK || std::strcmp(frame().call->name, planted_) != 0) return;
  for (auto &place : places_of<tw_optimizer>(pool))
    if (place.handle != nullptr && tw_optimizer_set_lr(place.handle, 0, 0.123) == TW_OK) return;
}

Digest Run::look() {
  ++looking_;
  Digest seen = digest_of(pool, paths);
  --looking_;
  return seen;
}

/* ---- within callbacks ---- */

/* What the call within does is no effect of the one that runs: what was before that is looked at anew, or lost where by
 * now it has effects of its own. */
void Run::make_within(Role role, uint64_t owner) {
  const uint64_t about = frame().owner;
  const Digest outer = before_;
  const bool was_stale = stale_;
  const size_t touches = touches_;
  if (was_stale || !keeps_what_was(role)) before_ = look();
  stale_ = false;
  ++report_.within;
  const auto &calls = all_calls();
  const Call &call = calls[random.below(calls.size())];
  call.make(*this, call);
  const bool changed_it = last_.status == TW_OK && (call.traits & kBinds) != 0 && last_.owner == about;
  require(!changed_it || !is_bound(role) || owner != about || owner == 0,
          "within a callback a change of its optimizer is refused");
  if (!stale_ && touches == touches_) {
    before_ = outer;
    stale_ = was_stale;
  } else if (keeps_what_was(role)) {
    before_ = look();
    stale_ = false;
  } else {
    touch();
  }
}

void Run::touch() {
  ++touches_;
  stale_ = true;
  for (Frame &running : frames_) running.is_lost = true;
}

bool Run::call_back(Context &context) {
  require(context.released == 0, "no callback runs once its context is released");
  if (frames_.empty() || !frame().is_running) return false;
  ++report_.called_back;
  frame().has_called_back = true;
  if (!stale_ && keeps_what_was(context.role) && random.chance(15)) {
    const std::string difference = before_.difference(look());
    if (!difference.empty()) fail("within a callback reads give what was there before the call; " + difference);
  }
  if (frames_.size() < 3 && random.chance(30)) make_within(context.role, context.owner);
  if (frame().fails_in == SIZE_MAX) return false;
  return frame().fails_in-- == 0; /* and never again in this call, so that what was written can be taken back */
}

void Run::release(Context &context) {
  require(context.released++ == 0, "a context is released once");
  if (frames_.empty() || !frame().is_running) return;
  frame().has_called_back = true;
  if (frames_.size() < 3 && context.role != Role::kMemory && context.role != Role::kForward && random.chance(30))
    make_within(Role::kMemory, 0);
}

/* ---- the end ---- */

void Run::end() {
  random = Random(seed_, SIZE_MAX);
  copy_text(report_.name, sizeof report_.name, "the end");
  copy_text(report_.doing, sizeof report_.doing, "all that is left is freed");
  const auto left = [this] {
    return std::apply(
        [](auto &...places) {
          const auto any = [](auto &row) {
            for (auto &place : row)
              if (place.handle != nullptr) return true;
            return false;
          };
          return (any(places) || ...);
        },
        pool);
  };
  while (left()) std::apply([this](auto &...places) { (empty_one(places, random), ...); }, pool);
  for (const auto &end : at_end_) end();
  for (const Context &context : contexts_)
    require(context.released + context.released_at_once == 1, "each context is released by the end");
  size_t alive = 0;
  for (int kind = TW_HANDLE_OPTIMIZER; tw_live_handles(&alive, static_cast<tw_handle_kind>(kind)) == TW_OK; ++kind)
    require(alive == 0, "no handle is alive at the end");
}

}  // namespace tw::fuzz
