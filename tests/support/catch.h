/* One name for Catch2 whichever version the distribution has: v3, or v2.13 where there is no newer. */
#pragma once

#include <string>

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx; /* which v2 has as a name of its own */
inline auto Contains(const std::string &text) { return Catch::Matchers::ContainsSubstring(text); }
#else
#include <catch2/catch.hpp>
inline auto Contains(const std::string &text) { return Catch::Matchers::Contains(text); }
#endif
