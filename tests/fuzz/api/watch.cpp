/* Each list is made in a child of a process that never calls LibTorch itself, so that all start alike. */
#include "watch.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "run.h"

namespace tw::fuzz {
namespace {

constexpr unsigned round_seconds = 300; /* one that takes longer hangs */

void make_round(const size_t *numbers, size_t count, const Plan &plan, Report &report, Voice voice) {
  alarm(round_seconds);
  Run run(plan.seed, report, plan.folder, plan.planted);
  run.traces = voice == Voice::kEverything;
  for (size_t i = 0; i < count; ++i) run.make(numbers[i]);
  run.end();
}

[[noreturn]] void be_the_child(const List &list, const Plan &plan, Report &report, Voice voice) {
  if (voice == Voice::kSilent) {
    const int nothing = open("/dev/null", O_WRONLY);
    dup2(nothing, STDOUT_FILENO);
    dup2(nothing, STDERR_FILENO);
  }
  setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
  if (tw_set_num_threads(1) != TW_OK) abort();
  for (size_t at = 0; at < list.size();) {
    size_t end = at;
    while (end < list.size() && list[end] / calls_in_a_round == list[at] / calls_in_a_round) ++end;
    make_round(list.data() + at, end - at, plan, report, voice);
    at = end;
  }
  std::strcpy(report.name, "the end of the process");
  exit(0); /* where a sanitizer looks for leaks */
}

/* What makes two failures one: the call, and the promise without the values. */
bool same_failure(const Report &a, const Report &b) {
  const size_t length = std::strcspn(a.promise, ";");
  return std::strcmp(a.name, b.name) == 0 && std::strcspn(b.promise, ";") == length &&
         std::strncmp(a.promise, b.promise, length) == 0;
}

}  // namespace

bool make_calls(const List &list, const Plan &plan, Report &report, Voice voice) {
  std::memset(&report, 0, sizeof report);
  fflush(nullptr);
  const pid_t child = fork();
  if (child < 0) abort();
  if (child == 0) be_the_child(list, plan, report, voice);
  int status = 0;
  while (waitpid(child, &status, 0) != child) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
  if (report.promise[0] == 0 && WIFSIGNALED(status))
    std::snprintf(report.promise, sizeof report.promise, "the process goes on; it ended by signal %d",
                  WTERMSIG(status));
  if (report.promise[0] == 0) std::strcpy(report.promise, "a sanitizer finds nothing");
  return false;
}

List shorten(List list, const Plan &plan, Report &report) {
  const Report failure = report;
  const auto still_fails = [&](const List &shorter) {
    return !make_calls(shorter, plan, report, Voice::kSilent) && same_failure(failure, report);
  };
  /* The call's round alone, up to it, if that is enough: a leak shows at the end only. */
  List round;
  for (const size_t number : list)
    if (number / calls_in_a_round == failure.call / calls_in_a_round && number <= failure.call) round.push_back(number);
  if (still_fails(round)) list = round;
  for (size_t chunk = list.size() / 2; chunk > 0;) {
    bool is_shorter = false;
    for (size_t at = 0; at < list.size();) {
      List without = list;
      without.erase(without.begin() + static_cast<long>(at),
                    without.begin() + static_cast<long>(std::min(at + chunk, list.size())));
      if (without.empty() || !still_fails(without)) {
        at += chunk;
      } else {
        list = without;
        is_shorter = true;
      }
    }
    if (chunk > 1 || !is_shorter) chunk /= 2;
  }
  return list;
}

}  // namespace tw::fuzz
