/* Makes calls of the whole API in random order, and looks after each whether what must hold does: see run.h.
 *
 *   tw_call_fuzz [--seed N] [--calls N] [--minutes N] [--replay N,N,...] [--plant CALL] [--counts]
 *
 *   --seed     what everything that is drawn depends on; 1
 *   --calls    how many calls; 20000
 *   --minutes  one seed after another, each with as many calls, for so long
 *   --replay   the calls of these numbers alone, each of which is told
 *   --plant    spoils the call of this name, so that the fuzzer has something to find
 *   --counts   tells of each call how often it gave TW_OK and an error
 *
 * Where something does not hold, it says seed, number and arguments of the call, leaves out what the failure does not need,
 * and ends with status 1. */
#include <stdlib.h>
#include <sys/mman.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <numeric>

#include "exceptions.h"
#include "run.h"
#include "watch.h"

using namespace tw::fuzz;

namespace {

struct Arguments {
  Plan plan;
  size_t calls = 20000;
  double minutes = 0;
  List replay;
  bool counts = false;
};

[[noreturn]] void misused(const char *argument) {
  std::fprintf(stderr, "tw_call_fuzz: %s is not understood; see the top of tests/fuzz/api/main.cpp\n", argument);
  exit(2);
}

List numbers_of(const char *text) {
  List numbers;
  for (char *end = nullptr; *text != 0; text = *end == ',' ? end + 1 : end) {
    numbers.push_back(strtoull(text, &end, 10));
    if (end == text) misused(text);
  }
  return numbers;
}

Arguments read_arguments(int argc, char **argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    if (name == "--counts") {
      arguments.counts = true;
      continue;
    }
    const char *value = ++i < argc ? argv[i] : nullptr;
    if (value == nullptr) misused(name.c_str());
    if (name == "--seed")
      arguments.plan.seed = strtoull(value, nullptr, 10);
    else if (name == "--calls")
      arguments.calls = strtoull(value, nullptr, 10);
    else if (name == "--minutes")
      arguments.minutes = strtod(value, nullptr);
    else if (name == "--replay")
      arguments.replay = numbers_of(value);
    else if (name == "--plant")
      arguments.plan.planted = value;
    else
      misused(name.c_str());
  }
  return arguments;
}

Report &shared_report() {
  void *memory = mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) abort();
  return *static_cast<Report *>(memory);
}

void tell_counts(const Report &report) {
  const auto &calls = all_calls();
  for (size_t i = 0; i < calls.size(); ++i)
    std::printf("  %-50s %6u ok %6u failed\n", calls[i].name, report.gave[i][0], report.gave[i][1]);
}

void tell_success(const Plan &plan, const Report &report) {
  const auto &calls = all_calls();
  size_t successful = 0;
  for (size_t i = 0; i < calls.size(); ++i) successful += report.gave[i][0] > 0 ? 1 : 0;
  std::printf("seed %llu: %zu calls and %zu within %zu callbacks, %zu of them failed; %zu of %zu entries succeeded\n",
              static_cast<unsigned long long>(plan.seed), report.made, report.within, report.called_back, report.failed,
              successful, calls.size());
}

void tell_failure(const Plan &plan, const List &list, Report &report) {
  const auto seed = static_cast<unsigned long long>(plan.seed);
  std::printf("seed %llu, call %zu: %s\nit does not hold: %s\n", seed, report.call, report.doing, report.promise);
  const List shortest = shorten(list, plan, report);
  std::printf("the shortest list that still fails: %zu calls, --seed %llu --replay ", shortest.size(), seed);
  for (size_t i = 0; i < shortest.size(); ++i) std::printf("%s%zu", i > 0 ? "," : "", shortest[i]);
  std::printf("\n");
  make_calls(shortest, plan, report, Voice::kEverything);
  std::printf("  %zu  %s\nit does not hold: %s\n", report.call, report.doing, report.promise);
}

/* Whether all that a list makes holds. */
bool try_list(const Arguments &arguments, const List &list, Report &report, Voice voice) {
  const bool holds = make_calls(list, arguments.plan, report, voice);
  if (arguments.counts) tell_counts(report);
  if (holds)
    tell_success(arguments.plan, report);
  else if (voice == Voice::kEverything)
    std::printf("  %zu  %s\nit does not hold: %s\n", report.call, report.doing, report.promise);
  else
    tell_failure(arguments.plan, list, report);
  return holds;
}

bool try_all(Arguments arguments, Report &report) {
  if (!arguments.replay.empty()) return try_list(arguments, arguments.replay, report, Voice::kEverything);
  List list(arguments.calls);
  std::iota(list.begin(), list.end(), size_t{0});
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(arguments.minutes * 60);
  do {
    if (!try_list(arguments, list, report, Voice::kFailures)) return false;
    ++arguments.plan.seed;
  } while (std::chrono::steady_clock::now() < end);
  return true;
}

}  // namespace

int main(int argc, char **argv) {
  Arguments arguments = read_arguments(argc, argv);
  if (const char *sentence = exception_of_no_header()) {
    std::printf("no header allows the exception: %s\n", sentence);
    return 1;
  }
  std::string folder = (std::filesystem::temp_directory_path() / "tw_call_fuzz_XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) abort();
  arguments.plan.folder = folder;
  const bool holds = try_all(arguments, shared_report());
  std::filesystem::remove_all(folder);
  return holds ? 0 : 1;
}
