/* Good headers of safetensors files, damaged at random: whatever comes of it, it is refused with a sentence, or it is what
   the format allows. */
#include <cstdlib>
#include <iterator>
#include <random>
#include <set>

#include "archive/safetensors.h"
#include "catch.h"

using namespace tw;
using namespace tw::test;

namespace {

using Random = std::mt19937_64;

size_t below(Random &random, size_t limit) { return limit == 0 ? 0 : random() % limit; }

std::string good_header() {
  return R"({"__metadata__":{"format":"pt","by \ud83d\udd25":""},)" + entry("w", "2,3", 0, 24) + "," +
         entry("b.\xc3\xbc", "3", 24, 36) + "," + entry("n", "", 36, 44, "I64") + "," +
         entry("e", "0,7", 44, 44, "F16") + "," + entry("m\\n", "5", 44, 49, "BOOL") + "}   ";
}
constexpr uint64_t good_size = 49;

/* ---- damage ---- */

void flip_bit(std::string &text, Random &random) {
  text[below(random, text.size())] ^= static_cast<char>(1u << below(random, 8));
}

void cut(std::string &text, Random &random) { text.erase(below(random, text.size()), 1 + below(random, 40)); }

void repeat(std::string &text, Random &random) {
  const std::string piece = text.substr(below(random, text.size()), 1 + below(random, 80));
  text.insert(below(random, text.size()), piece);
}

/* Something that the grammar knows, in some place. */
void insert_token(std::string &text, Random &random) {
  static const char *const tokens[] = {"{",
                                       "}",
                                       "[",
                                       "]",
                                       ",",
                                       ":",
                                       "\"",
                                       "0",
                                       "-1",
                                       "1e9",
                                       "18446744073709551615",
                                       "null",
                                       "true",
                                       "\\u0000",
                                       "\\ud800",
                                       "\"dtype\":",
                                       "\"__metadata__\":{}",
                                       " "};
  text.insert(below(random, text.size()), tokens[below(random, std::size(tokens))]);
}

/* One of the numbers, replaced by one that it may not be, or by a neighbour. */
void change_number(std::string &text, Random &random) {
  static const char *const telling[] = {
      "0", "1", "4", "6", "24", "49", "4294967296", "9223372036854775808", "18446744073709551616", "-0", "2.0"};
  const size_t at = text.find_first_of("0123456789", below(random, text.size()));
  if (at == std::string::npos) return;
  const size_t end = text.find_first_not_of("0123456789", at);
  text.replace(at, end - at, telling[below(random, std::size(telling))]);
}

std::string damaged(Random &random) {
  static void (*const ways[])(std::string &, Random &) = {flip_bit, cut, repeat, insert_token, change_number};
  std::string text = good_header();
  for (size_t i = 1 + below(random, 3); i > 0 && !text.empty(); --i) ways[below(random, std::size(ways))](text, random);
  return text;
}

/* ---- what must hold of a header that was taken ---- */

void check_header(const SafetensorsHeader &header, uint64_t data_size) {
  std::set<std::string> names;
  uint64_t end = 0;
  for (const SafetensorsTensor &tensor : header.tensors) {
    REQUIRE(names.insert(tensor.name).second);
    REQUIRE(twi_utf8_is_valid(tensor.name.data(), tensor.name.size()));
    const bool is_known = tensor.foreign_type.empty();
    REQUIRE(is_known == (tensor.element != TWI_ELEMENT_UNTYPED));
    uint64_t bytes = twi_element_size(tensor.element);
    for (const int64_t size : tensor.sizes) bytes *= static_cast<uint64_t>(size);
    REQUIRE(tensor.begin == end);
    REQUIRE((tensor.end == tensor.begin + bytes || (!is_known && tensor.end >= tensor.begin)));
    end = tensor.end;
  }
  REQUIRE(end == data_size);
}

bool same(const SafetensorsHeader &a, const SafetensorsHeader &b) {
  bool equal = a.metadata == b.metadata && a.tensors.size() == b.tensors.size();
  for (size_t i = 0; equal && i < a.tensors.size(); ++i)
    equal = a.tensors[i].name == b.tensors[i].name && a.tensors[i].sizes == b.tensors[i].sizes &&
            a.tensors[i].element == b.tensors[i].element && a.tensors[i].foreign_type == b.tensors[i].foreign_type &&
            a.tensors[i].begin == b.tensors[i].begin;
  return equal;
}

/* True where it was taken; then it is the same after it was written. */
bool read_and_check(const std::string &text) {
  const ReadHeader read = read_header(text, good_size);
  if (!read.taken) return false;
  check_header(read.header, good_size);
  const ReadHeader again = read_header(write_safetensors_header(read.header), good_size);
  REQUIRE(again.taken);
  REQUIRE(same(read.header, again.header));
  return true;
}

/* TW_MUTATIONS sets how many headers are made; the seed is fixed. */
size_t mutation_count() {
  const char *count = std::getenv("TW_MUTATIONS");
  return count != nullptr ? std::strtoul(count, nullptr, 10) : 20000;
}

}  // namespace

TEST_CASE("damaged safetensors headers are read or refused, and never do harm") {
  REQUIRE(read_and_check(good_header()));
  Random random(20240611);
  size_t taken = 0, refused = 0;
  for (size_t i = 0, count = mutation_count(); i < count; ++i) {
    INFO("mutation " << i);
    ++(read_and_check(damaged(random)) ? taken : refused);
  }
  CHECK(taken > 0); /* another letter in a name, or a space more */
  CHECK(refused > taken);
}

TEST_CASE("a safetensors header that is cut short anywhere is refused") {
  const std::string good = good_header().substr(0, good_header().rfind('}') + 1);
  REQUIRE(read_and_check(good));
  for (size_t length = 0; length < good.size(); ++length) REQUIRE_FALSE(read_and_check(good.substr(0, length)));
}
