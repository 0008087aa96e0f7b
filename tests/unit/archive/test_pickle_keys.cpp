/* The keys of dicts in pickles. */
#include "pickle.h"

using namespace tw::test;

TEST_CASE("keys that equal each other in Python are one, and no others") {
  const auto dict = [](const std::string &keys, bool taken) {
    twi_fault fault;
    INFO(keys);
    CHECK((read(start + "}(" + keys + "u.", &fault) != nullptr) == taken);
    if (!taken) CHECK_THAT(std::string(fault.text), Contains("a dict has a key twice"));
  };
  const std::string one = "G?\xf0" + std::string(6, '\0'), half = "G?\xe0" + std::string(6, '\0');
  const std::string nan = "G\x7f\xf8" + std::string(6, '\0'), pair = "K\1X\1" + std::string(3, '\0') + "a\x86";
  dict("K\1N\x88N", false);        /* 1 and True */
  dict("K\1N" + one + "N", false); /* 1 and 1.0 */
  dict("K\1N" + half + "N", true);
  dict("NNNN", false);
  dict("NNK" + std::string(1, '\0') + "N\x89N", false); /* None; 0 and False */
  dict(pair + "N" + pair + "N", false);                 /* (1, "a") twice */
  dict(pair + "NK\1K\2\x86N", true);
  dict(nan + "N" + nan + "N", true);
  dict("K\1NX\1" + std::string(3, '\0') + "1N", true); /* 1 and "1" */
  dict("ctorch\nfloat32\nNctorch\nfloat32\nN", false);
  dict("ctorch\nfloat32\nNctorch\nfloat64\nN", true);
  /* 2**53 + 1 is no float; it is not 2.0**53. */
  dict("\x8a\7\1" + std::string(5, '\0') + "\x20NGC@" + std::string(6, '\0') + "N", true);
  dict("\x8a\7" + std::string(6, '\0') + "\x20NGC@" + std::string(6, '\0') + "N", false);
}

TEST_CASE("long keys, given over and over, do not keep the reader") {
  const auto long_text = [](char last) {
    const size_t length = size_t{1} << 20;
    const unsigned char bytes[] = {0, 0, 0x10, 0}; /* of 2^20 */
    return "X" + std::string(reinterpret_cast<const char *>(bytes), 4) + std::string(length - 1, 'x') + last;
  };
  const std::string texts = "]q" + std::string(1, '\0') + "(" + long_text('a') + "q\1" + long_text('b') + "q\2e";
  std::string keys, tuples;
  for (int i = 0; i < 50000; ++i) {
    keys += std::string("h\1Nh\2N");
    const std::string number = {'M', static_cast<char>(i), static_cast<char>(i >> 8)};
    tuples += "h" + std::string(1, i % 2 == 0 ? '\1' : '\2') + number + "\x86N";
  }
  check_refused(start + texts + "}(" + keys + "u\x86.", "a dict has a key twice");
  twi_fault fault;
  CHECK(read(start + texts + "}(" + tuples + "u\x86.", &fault) != nullptr);
}

TEST_CASE("a dict's keys are what Python takes for keys") {
  for (const std::string key : {"]", "}", "\x8f"})
    check_refused(start + "}" + key + "Ns.", "a key that is a list, a set or a dict");
}
