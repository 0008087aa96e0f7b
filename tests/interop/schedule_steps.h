/* What the programs that run compositions have in common: reading one, its steps, and the rows that they print. */
#pragma once

#include <functional>

#include "schedule_recipe.h"

namespace tw::test {

/* Rates and momentums of the groups, last epoch and last rates of each scheduler, in hexadecimal. */
void print_row(const Run &run);

/* Performs one step: "step 101", "metric 1 0x1p-1", ... */
void perform(Run &run, const Recipe &recipe, Words words);

using StepFunction = std::function<void(Run &, const Recipe &, const Words &)>;

/* Reads compositions from the standard input and runs each: makes its objects and performs its steps, with a row before
   the first and after each. A failure ends it with a row that begins with "error". Gives the program's exit status. */
int run_compositions(const StepFunction &perform_step);

}  // namespace tw::test
