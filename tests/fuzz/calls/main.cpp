/* Calls in random order with random arguments. A call that fails has changed nothing and leaves its outputs NULL; nothing
 * crashes; every context is let go once.
 *
 *   tw_calls_fuzz [--calls N] [--seed S]              episodes of 250 calls, from seed S on (by default 20000 calls from 1)
 *   tw_calls_fuzz --episode S [--omit I,J,...]        one of them, each call shown
 *   tw_calls_fuzz --shrink S                          the shortest list of its calls that still fails
 *
 * A failure says which of the last two shows it again. */
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <utility>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#endif

#include "arguments.h"

namespace tw::fuzz {
namespace {

constexpr size_t calls_of_episode = 250;

/* For a handler of signals: what is running. */
volatile uint64_t running_episode;
const char *volatile running_call = "";

void say_where() {
  std::fprintf(stderr, "\nin %s; to see it again: tw_calls_fuzz --shrink %llu\n", running_call,
               static_cast<unsigned long long>(running_episode));
}

#ifdef __SANITIZE_ADDRESS__
void watch() { __sanitizer_set_death_callback(say_where); }
#else
extern "C" void end_by_signal(int signal) {
  say_where();
  std::signal(signal, SIG_DFL);
  (void)std::raise(signal);
}

void watch() {
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS, SIGILL}) std::signal(signal, end_by_signal);
}
#endif

struct Episode {
  Episode(uint64_t seed, std::set<size_t> omitted, bool shown)
      : seed(seed), omitted(std::move(omitted)), shown(shown) {}

  uint64_t seed;
  std::set<size_t> omitted;
  bool shown;
  size_t count = 0, succeeded = 0;
  std::set<std::string> ever_succeeded;

  bool run();

 private:
  bool run_call(World &world, size_t index);
  bool check(World &world, const Call &call, tw_status status, const Arguments &arguments,
             const std::map<std::string, std::string> &before);
  std::map<std::string, std::string> last_look_;
};

bool fault(const char *name, const std::string &what) {
  std::fprintf(stderr, "FAULT: %s: %s\n", name, what.c_str());
  return false;
}

bool Episode::check(World &world, const Call &call, tw_status status, const Arguments &arguments,
                    const std::map<std::string, std::string> &before) {
  if (!world.faults.empty()) return fault(call.name, world.faults.front());
  if (status < TW_OK || status > TW_ERROR_CANCELLED) return fault(call.name, "no tw_status");
  if (status == TW_OK) return true;
  if (*tw_last_error() == '\0') return fault(call.name, "failed without a message");
  for (const Arguments::Out &out : arguments.outs)
    if (!out.is_null()) return fault(call.name, std::string("failed and left an output: ") + tw_last_error());
  if (call.may_change_on_failure || world.changed_within) return true;
  for (const auto &[name, seen] : last_look_) {
    const auto found = before.find(name);
    if (found != before.end() && found->second != seen)
      return fault(call.name, std::string("failed and changed ") + name + ": " + tw_last_error());
  }
  return true;
}

/* Each call has random numbers of its own, so that it is much the same where another is left out. */
bool Episode::run_call(World &world, size_t index) {
  Random random(seed * 1000003 + index);
  if (omitted.count(index) != 0) return true;
  const Call &call = all_calls()[random.below(all_calls().size())];
  running_call = call.name;
  Arguments arguments(world, random);
  world.changed_within = false;
  const tw_status status = call.run(arguments);
  ++count;
  if (shown)
    std::printf("%4zu %s: %s %s\n", index, call.name, tw_status_name(status), status == TW_OK ? "" : tw_last_error());
  if (status == TW_OK) {
    for (const Arguments::Out &out : arguments.outs) out.keep();
    ++succeeded;
    ever_succeeded.insert(call.name);
  }
  const std::string message = status == TW_OK ? "" : tw_last_error();
  const auto before = std::exchange(last_look_, world.look());
  tw_set_last_error(message.c_str());
  return check(world, call, status, arguments, before);
}

template <class Object>
void thin_out(World &world, Random &random) {
  while (world.pool<Object>().members.size() > most_alive) world.free_one<Object>(random);
}

/* Parameters and optimizers to begin with, for most calls need one. */
void begin(World &world) {
  for (const int64_t size : {2, 3}) {
    const int64_t sizes[] = {size, size};
    tw_tensor *made = nullptr;
    if (tw_tensor_ones(&made, sizes, 2, TW_FLOAT32, nullptr) != TW_OK || tw_tensor_set_requires_grad(made, 1) != TW_OK)
      std::abort();
    tw_optimizer *optimizer = nullptr;
    if (tw_optimizer_adam(&optimizer, &made, 1, nullptr) != TW_OK) std::abort();
    world.add(made);
    world.add(optimizer);
  }
  const double lrs[] = {0.1, 0.2};
  tw_optimizer *rates = nullptr;
  if (tw_optimizer_rates(&rates, lrs, nullptr, 2) != TW_OK) std::abort();
  world.add(rates);
}

bool Episode::run() {
  running_episode = seed;
  World world;
  begin(world);
  last_look_ = world.look();
  for (size_t index = 0; index < calls_of_episode; ++index) {
    if (!run_call(world, index)) {
      std::fprintf(stderr, "in call %zu of: tw_calls_fuzz --shrink %llu\n", index,
                   static_cast<unsigned long long>(seed));
      return false;
    }
    Random random(seed * 7 + index);
    thin_out<tw_warmup>(world, random);
    thin_out<tw_lr_scheduler>(world, random);
    thin_out<tw_optimizer>(world, random);
    thin_out<tw_tensor>(world, random);
    thin_out<tw_tensor_list>(world, random);
    thin_out<tw_generator>(world, random);
    thin_out<tw_module>(world, random);
    thin_out<tw_module_differences>(world, random);
    thin_out<tw_value>(world, random);
    thin_out<tw_checkpoint>(world, random);
  }
  return true;
}

/* Whether it fails in a process of its own, without a word. */
bool fails(uint64_t seed, const std::set<size_t> &omitted) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    if (std::freopen("/dev/null", "w", stderr) == nullptr) _exit(2);
    Episode episode{seed, omitted, false};
    _exit(episode.run() ? 0 : 1);
  }
  int status = 0;
  (void)waitpid(child, &status, 0);
  return status != 0;
}

/* Leaves out what it fails without, halves first. */
int shrink(uint64_t seed) {
  std::set<size_t> omitted;
  if (!fails(seed, omitted)) return std::printf("it does not fail\n"), 0;
  for (size_t length = calls_of_episode / 2; length > 0; length /= 2)
    for (size_t start = 0; start < calls_of_episode; start += length) {
      std::set<size_t> more = omitted;
      for (size_t i = start; i < start + length && i < calls_of_episode; ++i) more.insert(i);
      if (more.size() > omitted.size() && fails(seed, more)) omitted = more;
    }
  std::string list;
  for (const size_t index : omitted) list += (list.empty() ? "" : ",") + std::to_string(index);
  std::printf("tw_calls_fuzz --episode %llu --omit %s\n", static_cast<unsigned long long>(seed), list.c_str());
  std::fflush(stdout);
  Episode episode{seed, omitted, true};
  return episode.run() ? 0 : 1;
}

std::set<size_t> numbers_of(const char *list) {
  std::set<size_t> out;
  for (char *end = nullptr; *list != '\0'; list = *end == ',' ? end + 1 : end)
    out.insert(std::strtoull(list, &end, 10));
  return out;
}

int fuzz(uint64_t seed, size_t calls) {
  size_t count = 0, succeeded = 0;
  std::set<std::string> names;
  const auto start = std::chrono::steady_clock::now();
  std::printf("%zu calls of %zu entry points, episodes from %llu on\n", calls, all_calls().size(),
              static_cast<unsigned long long>(seed));
  for (; count < calls; ++seed) {
    Episode episode{seed, {}, false};
    if (!episode.run()) return 1;
    count += episode.count;
    succeeded += episode.succeeded;
    names.insert(episode.ever_succeeded.begin(), episode.ever_succeeded.end());
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::printf("%zu calls in %.1f s, of which %zu were TW_OK, by %zu entry points\n", count, seconds, succeeded,
              names.size());
  for (const Call &call : all_calls())
    if (std::getenv("TW_FUZZ_NEVER") != nullptr && names.count(call.name) == 0)
      std::printf("never TW_OK: %s\n", call.name);
  return 0;
}

int run(int count, char **arguments) {
  uint64_t seed = 1;
  size_t calls = 20000;
  std::set<size_t> omitted;
  std::string what = "fuzz";
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string option = arguments[i];
    const char *value = arguments[i + 1];
    if (option == "--calls") calls = std::strtoull(value, nullptr, 10);
    if (option == "--omit") omitted = numbers_of(value);
    if (option == "--seed" || option == "--episode" || option == "--shrink") seed = std::strtoull(value, nullptr, 10);
    if (option == "--episode" || option == "--shrink") what = option;
  }
  if (what == "--shrink") return shrink(seed);
  if (what == "--episode") {
    Episode episode{seed, omitted, true};
    return episode.run() ? 0 : 1;
  }
  return fuzz(seed, calls);
}

}  // namespace
}  // namespace tw::fuzz

int main(int count, char **arguments) {
  /* LibTorch, or the glog in it, reads these when it is loaded; it warns of every gradient that was not kept. */
  if (std::getenv("GLOG_minloglevel") == nullptr && setenv("GLOG_minloglevel", "2", 1) == 0 &&
      setenv("TORCH_CPP_LOG_LEVEL", "ERROR", 1) == 0)
    (void)execv("/proc/self/exe", arguments);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  tw::fuzz::watch();
  if (tw_set_num_threads(1) != TW_OK) return 2;
  /* Calls save to and load from files of short names. */
  const auto folder = std::filesystem::temp_directory_path() / ("tw_calls_fuzz." + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  std::filesystem::current_path(folder);
  const int status = tw::fuzz::run(count, arguments);
  std::filesystem::current_path("/");
  std::filesystem::remove_all(folder);
  return status;
}
