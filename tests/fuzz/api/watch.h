/* Calls in a process of their own, which may crash, and the shortest list of them that still fails. */
#pragma once

#include <string>
#include <vector>

#include "report.h"

namespace tw::fuzz {

/* How a list of calls is made. */
struct Plan {
  uint64_t seed = 1;
  const char *planted = nullptr; /* the call that a test spoils */
  std::string folder;            /* for the files of the calls */
};

/* Numbers of calls, in ascending order. Those of one round share a pool, which is freed at the round's end. */
using List = std::vector<size_t>;
constexpr size_t calls_in_a_round = 250;

enum class Voice { kSilent, kFailures, kEverything };

/* Whether they were made, and nothing that must hold did not. */
bool make_calls(const List &list, const Plan &plan, Report &report, Voice voice);

/* Leaves out of a list that fails what the failure does not need. */
List shorten(List list, const Plan &plan, Report &report);

}  // namespace tw::fuzz
