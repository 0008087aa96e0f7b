/* Failures of memory: malloc and its family, and with them operator new, in every library of the process. */
#pragma once

#include <cstddef>

namespace tw::test {

/* From now on the allocation of this thread with this number, from 1, fails; where all is set, those after it too. */
void fail_allocation(std::size_t number, bool all);

/* Lets all succeed again. Whether one has failed. */
bool end_failures();

}  // namespace tw::test
