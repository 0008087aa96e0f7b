/* Out of memory at every place: of each entry point, called as its header says, each allocation fails in turn. The call is
   TW_ERROR_MEMORY with its outputs zero and every object as it was, or TW_OK where it did without; the same call right
   after it succeeds. What LibTorch does itself, such as ending the process, is named in libtorch_<version>.txt, which can
   only become shorter: an entry point that has no such place any more is a failure too.

   TORCH_WARMUP_MEMORY=lasting lets all later allocations fail as well, and prints what is not as promised, for oneDNN
   ends the process more often then; TORCH_WARMUP_MEMORY_ENTRY=name takes one entry point, and prints where it ends. */
#include <execinfo.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <set>

#include "allocations.h"
#include "catch.h"
#include "snapshot.h"

using namespace tw::test;

namespace {

const std::vector<const Entries *> all_entries = {
    &base_entries,      &tensor_entries,   &dlpack_entries,     &op_entries,    &module_entries,
    &optimizer_entries, &schedule_entries, &checkpoint_entries, &value_entries, &torchscript_entries};

std::string setting(const char *name) {
  const char *value = std::getenv(name);
  return value != nullptr ? value : "";
}

const bool lasting = setting("TORCH_WARMUP_MEMORY") == "lasting";
const std::string only = setting("TORCH_WARMUP_MEMORY_ENTRY");

/* ---- what a child leaves ------------------------------------------------------------------------------------------ */

struct Report {
  size_t number;   /* of the allocation that is to fail, or where the child has ended */
  size_t failures; /* calls that failed for it */
  bool finished;   /* there is no such allocation any more */
  char fault[512]; /* what was not as promised */
};

Report &report =
    *static_cast<Report *>(mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));

void fault(const std::string &what) {
  std::snprintf(report.fault, sizeof report.fault, "allocation %zu: %s", report.number, what.c_str());
}

/* ---- one call ----------------------------------------------------------------------------------------------------- */

/* Calls that change what they are given also where memory runs out, as their headers say. */
const std::set<std::string> may_change = {"tw_tensor_backward", "tw_optimizer_step"};

void check_failed(const EntryPoint &entry, Setup &setup, tw_status status, const std::string &before) {
  ++report.failures;
  const std::string name = tw_status_name(status), message = tw_last_error();
  if (status != TW_ERROR_MEMORY) return fault(name + ": " + message);
  if (!setup.outputs_are_zero()) return fault("an output is not zero");
  const std::string after = snapshot(setup);
  if (after != before && may_change.count(entry.name) == 0) return fault("it has changed something: " + after);
  try {
    setup.succeeded = entry.call(setup, nothing_wrong, 0) == TW_OK;
  } catch (const char *) { /* its arguments cannot be made of this setup again */
    return;
  }
  if (!setup.succeeded) fault(std::string("the next call fails: ") + tw_last_error());
}

/* Whether there was such an allocation. */
bool try_allocation(const EntryPoint &entry, size_t number) {
  Setup setup;
  std::string before;
  setup.before_call = [&] {
    before = snapshot(setup);
    setup.before_call = nullptr;
    fail_allocation(number, lasting);
  };
  const tw_status status = entry.call(setup, nothing_wrong, 0);
  const bool failed = end_failures();
  if (status == TW_OK)
    setup.succeeded = true;
  else
    check_failed(entry, setup, status, before);
  return failed;
}

/* In a process of its own, from a number on, up to the first fault. */
void run_child(const EntryPoint &entry) {
  { /* what is made once in a process is no part of the call */
    Setup setup;
    const tw_status status = entry.call(setup, nothing_wrong, 0);
    setup.succeeded = status == TW_OK;
    report.finished = status == TW_ERROR_UNSUPPORTED; /* which this build has not got */
  }
  if (report.finished) _exit(0);
  while (report.fault[0] == 0 && try_allocation(entry, report.number)) ++report.number;
  report.finished = true;
  _exit(0);
}

/* Whether the child came to its end. */
bool run_from(const EntryPoint &entry) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE}) std::signal(signal, SIG_DFL); /* not Catch2's */
    std::set_terminate(only.empty() ? [] { _exit(1); } : [] {
      void *frames[64];
      backtrace_symbols_fd(frames, backtrace(frames, 64), 2);
      _exit(1);
    });
    run_child(entry);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return report.finished;
}

/* What is not as promised; "" where all is. */
std::string first_fault(const EntryPoint &entry) {
  report = {};
  report.number = 1;
  std::string ends;
  while (!run_from(entry)) {
    ends = "allocation " + std::to_string(report.number) + " ends the process";
    ++report.number;
  }
  return report.fault[0] != 0 ? report.fault : ends;
}

/* ---- what LibTorch does itself ------------------------------------------------------------------------------------- */

/* The first two numbers of LibTorch's version. */
std::string version() {
  const std::string whole = tw_torch_version();
  return whole.substr(0, whole.find('.', whole.find('.') + 1));
}

std::set<std::string> read_list(const std::string &path) {
  std::set<std::string> names;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line[0] != '#') names.insert(line);
  return names;
}

}  // namespace

TEST_CASE("every call that runs out of memory says so, has changed nothing, and succeeds the next time") {
  const std::string path = TW_LIBTORCH + version() + ".txt";
  const bool is_checked = !lasting && std::ifstream(path).good(); /* of another version it is only printed */
  const std::set<std::string> listed = read_list(path);
  size_t failures = 0;
  for (const Entries *entries : all_entries) {
    for (const EntryPoint &entry : *entries) {
      if (entry.name == "tw_optimizer_borrow" || (!only.empty() && entry.name != only)) continue;
      const std::string fault = first_fault(entry);
      failures += report.failures;
      if (!fault.empty()) std::printf("%s: %s\n", entry.name.c_str(), fault.c_str());
      INFO(entry.name << ": " << fault);
      if (is_checked) CHECK(fault.empty() == (listed.count(entry.name) == 0));
    }
  }
  std::printf("%zu calls failed for want of memory\n", failures);
  CHECK(failures > (only.empty() ? 5000u : 0u));
}
