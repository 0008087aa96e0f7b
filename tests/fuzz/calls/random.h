/* Random choices that are the same on every machine. */
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

namespace tw::fuzz {

/* splitmix64, by Steele, Lea & Flood. */
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t next() {
    uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  size_t below(size_t count) { return static_cast<size_t>(next() % count); }
  bool one_in(size_t count) { return below(count) == 0; }

  template <class List>
  auto of(const List &list) {
    return *(std::begin(list) + static_cast<ptrdiff_t>(below(std::size(list))));
  }

 private:
  uint64_t state_;
};

}  // namespace tw::fuzz
