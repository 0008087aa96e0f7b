/* What the objects of a Setup are, as text: to see that a call has changed nothing. */
#pragma once

#include <string>

#include "base/entry_points.h"

namespace tw::test {

std::string snapshot(const Setup &setup);

}  // namespace tw::test
