/* A round of calls over one pool, and what must hold of each call:
 *
 *   - the status is one that there is
 *   - a call that fails has left a message, NULL or 0 in its outputs, and everything in the pool as it was
 *   - a call that only reads has left everything as it was, and a call that succeeds the message
 *   - within a callback of an optimizer's call, reads give what was there before it, and changes of it are refused
 *   - each context is released exactly once
 */
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "digest.h"
#include "pool.h"
#include "report.h"

namespace tw::fuzz {

class Run;

/* What is known of a call beside its arguments. */
enum Trait : unsigned {
  kNone = 0,
  kReads = 1, /* it changes nothing, whatever comes of it */
  kBinds = 2  /* it changes the optimizer it is about or what is bound to it: refused within a callback of that one */
};

/* An entry of the table of calls. */
struct Call {
  const char *name;
  void (*make)(Run &run, const Call &call);
  unsigned traits;
};

enum class Role { kLambda, kFactor, kScale, kOptimizer, kForward, kMemory };

/* What a callback is given, and how often that was let go. */
struct Context {
  Run *run;
  Role role;
  uint64_t owner = 0;
  int released = 0;
  int released_at_once = 0; /* no release function was given, or the call is to leave it alone */
  std::vector<std::pair<tw_option, std::vector<double>>> rows; /* of an optimizer of the caller's own */
  std::vector<char> memory;                                    /* of a tensor over the caller's memory */
};

/* A call that is running: the one of the list, or one that a callback makes within it. */
struct Frame {
  const Call *call;
  uint64_t owner = 0;      /* the optimizer that it is about: the first that was drawn */
  bool is_running = false; /* between its start and its end */
  bool has_called_back = false;
  bool is_lost = false;       /* what was before it is not known any more, for a callback has changed something */
  size_t fails_in = SIZE_MAX; /* how many callbacks are to succeed before one fails */
  tw_status status = TW_OK;
};

class Run {
 public:
  Run(uint64_t seed, Report &report, std::string folder, const char *planted);

  /* Makes a call of the list. What it draws depends on the seed, its number and the pool alone. */
  void make(size_t number);
  /* Frees everything, and looks whether every context was released. */
  void end();

  /* ---- for drawn arguments ---- */
  Random random{0, 0};
  Pool pool;
  std::vector<std::string> paths; /* that files are saved to */
  bool traces = false;            /* tells each call */

  Frame &frame() { return frames_.back(); }
  void about(uint64_t owner);
  uint64_t new_owner() { return ++owners_; }
  Context &new_context(Role role);
  Context *own_optimizer(uint64_t owner);
  /* The optimizer of LibTorch's that somebody else owns, and its number. */
  void *foreign_optimizer(uint64_t &owner);
  void say(const std::string &text);
  /* The pool has been changed beside the calls. */
  void touch();
  void require(bool holds, const char *promise) {
    if (!holds) fail(promise);
  }
  [[noreturn]] void fail(const std::string &promise);

  /* ---- the parts of a call, in order ---- */
  void enter(const Call &call);
  void start();
  void ended(tw_status status);
  void leave();

  /* ---- within callbacks ---- */
  bool is_looking() const { return looking_ > 0; }
  /* What a callback does besides its work, and whether it is to fail. */
  bool call_back(Context &context);
  void release(Context &context);

 private:
  Digest look();
  void check_message(tw_status status);
  void check_unchanged(tw_status status);
  /* A call from a callback of that role, which belongs to the optimizer of that number. */
  void make_within(Role role, uint64_t owner);
  void plant(tw_status status);

  uint64_t seed_;
  Report &report_;
  const char *planted_;
  std::vector<Frame> frames_;
  std::deque<Context> contexts_;
  std::vector<std::function<void()>> at_end_;
  std::vector<std::pair<uint64_t, void *>> foreign_;
  Digest before_;
  bool stale_ = true;
  size_t touches_ = 0; /* changes beside the calls */
  int looking_ = 0;
  uint64_t owners_ = 0;
  Frame last_{}; /* the call that ended last */
  std::string said_;
};

/* All calls, of all families. */
const std::vector<Call> &all_calls();

/* ---- a call with drawn arguments --------------------------------------------------------------------------------- */

/* What drawn arguments have in common. values() are the arguments; check looks at what the call made of them, keep puts
 * away what it gave. */
struct Plain {
  void check(Run &, tw_status) {}
  void keep(Run &, tw_status) {}
};

template <auto function, class... Draws>
void make(Run &run, const Call &call) {
  run.enter(call);
  std::tuple<Draws...> draws{Draws(run)...};
  const auto each = [&draws](auto &&body) { std::apply([&](auto &...draw) { (body(draw), ...); }, draws); };
  each([&](auto &draw) { run.say(draw.text()); });
  run.start();
  const auto values = std::apply([](auto &...draw) { return std::tuple_cat(draw.values()...); }, draws);
  tw_status status = TW_OK;
  if constexpr (std::is_void_v<decltype(std::apply(function, values))>)
    std::apply(function, values);
  else
    status = std::apply(function, values);
  run.ended(status);
  each([&](auto &draw) { draw.check(run, status); });
  each([&](auto &draw) { draw.keep(run, status); });
  run.leave();
}

#define TW_FUZZ_CALL(function, traits, ...) \
  { #function, make < function, __VA_ARGS__>, traits }

}  // namespace tw::fuzz
