/* Random numbers by a seed, the same on every machine. */
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace tw::fuzz {

/* splitmix64. Source: Steele, Lea & Flood, Fast Splittable Pseudorandom Number Generators, 2014. */
class Random {
 public:
  Random(uint64_t seed, uint64_t call) : state_(seed * 0x9e3779b97f4a7c15U + call * 0xd1b54a32d192ed03U) { next(); }

  uint64_t next() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }
  size_t below(size_t count) { return static_cast<size_t>(next() % count); }
  bool chance(unsigned percent) { return below(100) < percent; }

  template <class T>
  T one_of(std::initializer_list<T> choices) {
    return choices.begin()[below(choices.size())];
  }

 private:
  uint64_t state_;
};

}  // namespace tw::fuzz
