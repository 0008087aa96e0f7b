/* Counts what the whole process allocates: malloc and its family, and with them operator new. */
#pragma once

#include <cstddef>

/* How many allocations there have been. */
std::size_t allocation_count();
