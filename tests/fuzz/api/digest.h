/* What can be seen of all objects of the pool, as numbers to compare before and after a call. */
#pragma once

#include <string>
#include <vector>

#include "pool.h"

namespace tw::fuzz {

/* One thing that was seen, such as the rate of optimizer 2's group 1. */
struct Seen {
  const char *kind;
  size_t place;
  const char *what;
  size_t index;
  uint64_t bits;
};

class Digest {
 public:
  void begin(const char *kind, size_t place) {
    kind_ = kind;
    place_ = place;
  }
  void add(const char *what, size_t index, uint64_t bits) { seen_.push_back({kind_, place_, what, index, bits}); }
  void add(const char *what, size_t index, double number);
  void add_bytes(const char *what, size_t index, const void *bytes, size_t size);

  /* The first difference in words; "" for none. */
  std::string difference(const Digest &later) const;

 private:
  const char *kind_ = "";
  size_t place_ = 0;
  std::vector<Seen> seen_;
};

/* Of the whole pool, the default generators, the gradient mode and the files at paths. */
Digest digest_of(Pool &pool, const std::vector<std::string> &paths);

}  // namespace tw::fuzz
