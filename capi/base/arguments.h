/* Checks of numbers that callers give, and of lists of them. Each names the argument. */
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/guard.h"
#include "optimizer/rate.h"

namespace tw {

inline double require_finite(double value, const std::string &name) {
  check(std::isfinite(value), TW_ERROR_RANGE, name, " is ", value, "; it must be finite");
  return value;
}

/* Of a file, which may be that of a run whose schedules led to a negative one. */
inline double require_rate(double value, const std::string &name) {
  check(twi_is_rate(value) != 0, TW_ERROR_RANGE, name, " is ", value, "; it must be finite");
  return value;
}

inline double require_within(double value, double least, double most, const std::string &name) {
  check(value >= least && value <= most, TW_ERROR_RANGE, name, " is ", value, "; it must lie in [", least, ", ", most,
        "]");
  return value;
}

inline int64_t require_at_least(int64_t value, int64_t least, const std::string &name) {
  check(value >= least, TW_ERROR_RANGE, name, " is ", value, "; it must be at least ", least);
  return value;
}

/* One value for every parameter group, or one for each: a value for each in the end. */
template <class Number>
std::vector<Number> per_group(const Number *values, size_t count, size_t group_count, const char *name) {
  require_array(values, count, name);
  check(count == 1 || count == group_count, TW_ERROR_ARGUMENT, "there are ", count, " values of ", name,
        "; there must be 1 or one for each parameter group, ", group_count);
  std::vector<Number> all(group_count, values[0]);
  std::copy_n(values, count, all.begin());
  return all;
}

}  // namespace tw
