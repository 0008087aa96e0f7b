/* The header of a safetensors file: what the format allows is read, and all else is refused with its reason. */
#include <algorithm>

#include "archive/safetensors.h"
#include "catch.h"

using namespace tw;
using namespace tw::test;

namespace {

/* Refused, and the reason holds every one of the texts. */
void check_refused(const std::string &text, uint64_t data_size, std::initializer_list<const char *> reasons) {
  INFO("header: " << text);
  const ReadHeader read = read_header(text, data_size);
  CHECK_FALSE(read.taken);
  for (const char *reason : reasons) CHECK_THAT(read.fault, Contains(reason));
}

/* A tensor "a" of two floats, with one of its entries replaced. */
std::string with(const std::string &type, const std::string &shape, const std::string &offsets) {
  return R"({"a":{"dtype":)" + type + R"(,"shape":)" + shape + R"(,"data_offsets":)" + offsets + "}}";
}

std::vector<std::string> names(const SafetensorsHeader &header) {
  std::vector<std::string> found;
  for (const SafetensorsTensor &tensor : header.tensors) found.push_back(tensor.name);
  return found;
}

}  // namespace

TEST_CASE("a safetensors header gives its tensors by their places, and its metadata") {
  const ReadHeader read =
      read_header("{" + entry("late", "2,3", 8, 32) + R"(,"__metadata__":{"by":"hand","":"x"},)" +
                      entry("empty", "4,0", 8, 8, "I64") + "," + entry("early", "", 0, 8, "F64") + "}   ",
                  32);
  REQUIRE(read.taken);
  CHECK(names(read.header) == std::vector<std::string>{"early", "empty", "late"});
  CHECK(read.header.tensors[0].element == TWI_ELEMENT_FLOAT64);
  CHECK(read.header.tensors[0].sizes.empty());
  CHECK(read.header.tensors[1].element == TWI_ELEMENT_INT64);
  CHECK(read.header.tensors[1].sizes == std::vector<int64_t>{4, 0});
  CHECK(read.header.tensors[2].sizes == std::vector<int64_t>{2, 3});
  CHECK(read.header.tensors[2].begin == 8);
  CHECK(read.header.tensors[2].end == 32);
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  CHECK(read.header.metadata == Pairs{{"by", "hand"}, {"", "x"}});
}

TEST_CASE("every dtype of the library has its name in a safetensors header") {
  const std::pair<const char *, twi_element> types[] = {{"U8", TWI_ELEMENT_UINT8},    {"I8", TWI_ELEMENT_INT8},
                                                        {"I16", TWI_ELEMENT_INT16},   {"I32", TWI_ELEMENT_INT32},
                                                        {"I64", TWI_ELEMENT_INT64},   {"F16", TWI_ELEMENT_FLOAT16},
                                                        {"F32", TWI_ELEMENT_FLOAT32}, {"BF16", TWI_ELEMENT_BFLOAT16},
                                                        {"F64", TWI_ELEMENT_FLOAT64}, {"BOOL", TWI_ELEMENT_BOOL}};
  for (const auto &[name, element] : types) {
    const uint64_t bytes = 3 * twi_element_size(element);
    const ReadHeader read = read_header("{" + entry("x", "3", 0, bytes, name) + "}", bytes);
    REQUIRE(read.taken);
    CHECK(read.header.tensors[0].element == element);
  }
  for (const char *name : {"", "f32", "[F64", "8F", "TOO_LONG_FOR_ANY_NAME_OF_A_DTYPE_"})
    check_refused("{" + entry("x", "1", 0, 4, name) + "}", 4, {"\"x\"", name, "which is no name of one"});
}

TEST_CASE("a dtype that the library has not is told by its name, and its size is looked at where it is known") {
  const std::pair<const char *, uint64_t> types[] = {{"F8_E4M3", 8}, {"F8_E5M2", 8}, {"F8_E8M0", 8}, {"U16", 16},
                                                     {"U32", 32},    {"U64", 64},    {"C64", 64},    {"F4", 4},
                                                     {"F6_E2M3", 6}, {"F6_E3M2", 6}};
  for (const auto &[name, bits] : types) {
    INFO(name);
    const ReadHeader read = read_header("{" + entry("x", "4", 0, bits / 2, name) + "}", bits / 2);
    REQUIRE(read.taken);
    CHECK(read.header.tensors[0].foreign_type == name);
    check_refused("{" + entry("x", "4", 0, bits / 2 + 1, name) + "}", bits / 2 + 1, {"\"x\"", "its place is from 0"});
  }
  CHECK(read_header("{" + entry("x", "0", 0, 0, "F8_E4M3") + "}", 0).taken);
  check_refused("{" + entry("x", "1", 0, 1, "F4") + "}", 1, {"\"x\"", "too large"}); /* half a byte */
  /* Of a newer type only the place is known. */
  const ReadHeader newer = read_header("{" + entry("x", "4", 0, 5, "F5") + "}", 5);
  REQUIRE(newer.taken);
  CHECK(newer.header.tensors[0].foreign_type == "F5");
  check_refused("{" + entry("x", "4", 1, 5, "F5") + "}", 5, {"there is a hole"});
}

TEST_CASE("names of a safetensors header are any UTF-8, escaped or not") {
  const ReadHeader read = read_header("{" + entry(R"(\u0061\n\"\\\ud83d\udd25)", "", 0, 4) + "," +
                                          entry("gr\xc3\xbc\xc3\x9f"
                                                "e",
                                                "", 4, 8) +
                                          "," + entry("", "", 8, 12) + "," + entry(R"(a\u0000b)", "", 12, 16) + "}",
                                      16);
  REQUIRE(read.taken);
  CHECK(names(read.header) == std::vector<std::string>{"a\n\"\\\xf0\x9f\x94\xa5",
                                                       "gr\xc3\xbc\xc3\x9f"
                                                       "e",
                                                       "", std::string("a\0b", 3)});
  for (const char *name :
       {"\xff", "\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "a\tb", R"(\ud83d)", R"(\x)"})
    check_refused("{" + entry(name, "", 0, 4) + "}", 4, {"is not JSON"});
}

TEST_CASE("a file without tensors has a header too") {
  CHECK(read_header("{}", 0).taken);
  CHECK(read_header(R"({"__metadata__":{}})", 0).taken);
  check_refused("{}", 1, {"have 0 bytes", "1 follow"});
}

TEST_CASE("what is no JSON object is no safetensors header") {
  const std::string a = entry("a", "2", 0, 8);
  for (const char *text : {"", " {}", "\n{}", "[]", "\"{}\"", "null", "\xef\xbb\xbf{}"})
    check_refused(text, 0, {"does not begin with {"});
  const std::vector<std::string> broken = {"{" + a,         "{" + a + ",}",  "{" + a + "}}",
                                           "{" + a + "} x", "{" + a + "}{}", "{" + a + "/**/}",
                                           "{'a':1}",       "{a:1}",         "{" + a + "," + a.substr(0, 20)};
  for (const std::string &text : broken) check_refused(text, 8, {"byte", "is not JSON"});
  check_refused("{" + a + "}" + std::string(1, '\0') + "behind it", 8, {"byte 55", "is 0"});
  check_refused(std::string("{\"a\0b\"", 6), 8, {"is 0"});
}

TEST_CASE("a safetensors header nests as the format says, and no deeper") {
  for (const char *value : {"1", "-1", "1.5", "true", "null", "\"x\"", "[]", "[\"F32\",[2],[0,8]]"})
    check_refused(std::string(R"({"a":)") + value + "}", 8, {"\"a\"", "not an object"});
  check_refused(R"({"__metadata__":null})", 0, {"__metadata__", "null", "not an object"});
  for (const char *value : {"1", "null", "{}", "[]", "false"})
    check_refused(std::string(R"({"__metadata__":{"k":)") + value + "}}", 0, {"\"k\"", "not a string"});
  for (const char *value : {"1", "null", "[]", R"({"F32":null})"})
    check_refused(with(value, "[2]", "[0,8]"), 8, {"dtype", "\"a\"", "not a string"});
  for (const char *value : {"1", "null", "\"2\"", "{}"}) {
    check_refused(with("\"F32\"", value, "[0,8]"), 8, {"shape", "\"a\"", "not an array"});
    check_refused(with("\"F32\"", "[2]", value), 8, {"data_offsets", "\"a\"", "not an array"});
  }
  for (const char *value : {"[2.0]", "[-2]", "[-0]", "[2e0]", "[[2]]", "[null]", "[\"2\"]", "[18446744073709551616]"})
    check_refused(with("\"F32\"", value, "[0,8]"), 8, {"shape", "\"a\"", "not a whole number"});
  for (const char *value : {"[]", "[0]", "[0,8,8]"})
    check_refused(with("\"F32\"", "[2]", value), 8, {"data_offsets", "\"a\"", "not two numbers"});
  check_refused(std::string(1000000, '['), 0, {"does not begin"});
  check_refused("{\"a\":" + std::string(1000000, '['), 0, {"\"a\"", "an array"});
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "{\"a\":";
  check_refused(deep, 0, {"does not know"});
}

TEST_CASE("entries of a tensor are there once each, and no others") {
  check_refused(R"({"a":{}})", 0, {"\"a\"", "no dtype"});
  check_refused(R"({"a":{"dtype":"F32","data_offsets":[0,8]}})", 8, {"\"a\"", "no shape"});
  check_refused(R"({"a":{"dtype":"F32","shape":[2]}})", 8, {"\"a\"", "no data_offsets"});
  check_refused(R"({"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 8, {"dtype twice"});
  check_refused(R"({"a":{"shape":[2],"dtype":"F32","data_offsets":[0,8],"shape":[2]}})", 8, {"shape twice"});
  check_refused(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"stride":[1]}})", 8, {"\"stride\""});
}

TEST_CASE("a name that comes twice in a safetensors header is refused") {
  const std::string a = entry("a", "0", 0, 0), b = entry("b", "", 0, 4);
  check_refused("{" + a + "," + b + "," + a + "}", 4, {"\"a\" twice"});
  check_refused("{" + a + "," + entry("\\u0061", "0", 0, 0) + "}", 0, {"\"a\" twice"});
  check_refused(R"({"__metadata__":{"k":"1","l":"2","k":"1"}})", 0, {"\"k\" twice"});
  check_refused(R"({"__metadata__":{},"__metadata__":{}})", 0, {"\"__metadata__\" twice"});
}

TEST_CASE("tensors fill the bytes behind the header without holes and overlaps") {
  const auto two = [](uint64_t a, uint64_t b, uint64_t c, uint64_t d) {
    return "{" + entry("a", "2", a, b) + "," + entry("b", "2", c, d) + "}";
  };
  CHECK(read_header(two(0, 8, 8, 16), 16).taken);
  CHECK(read_header(two(8, 16, 0, 8), 16).taken);
  check_refused(two(0, 8, 12, 20), 20, {"\"b\"", "12", "8", "hole"});
  check_refused(two(4, 12, 12, 20), 20, {"\"a\"", "hole"});
  check_refused(two(0, 8, 4, 12), 12, {"\"b\"", "overlap"});
  check_refused(two(0, 8, 0, 8), 8, {"\"b\"", "overlap"});
  check_refused(two(0, 8, 8, 16), 15, {"16 bytes", "15 follow"});
  check_refused(two(0, 8, 8, 16), 17, {"16 bytes", "17 follow"});
  check_refused(two(0, 8, 8, 4), 8, {"\"b\"", "8 bytes", "from 8 to 4"});
  check_refused(two(0, 8, 8, 12), 12, {"\"b\"", "8 bytes", "from 8 to 12"});
  check_refused(two(0, 12, 12, 20), 20, {"\"a\"", "8 bytes", "from 0 to 12"});
  check_refused(two(0, 8, 8, UINT64_MAX), 16, {"\"b\"", "8 bytes"});
  check_refused(two(0, 8, UINT64_MAX - 3, 4), 16, {"\"b\"", "hole"});
}

TEST_CASE("sizes that cannot be counted are refused") {
  const auto sized = [](const char *sizes) { return "{" + entry("a", sizes, 0, 0) + "}"; };
  CHECK(read_header(sized("2305843009213693951,0"), 0).taken); /* 2^61 - 1 */
  check_refused(sized("2305843009213693952,0"), 0, {"\"a\"", "too large"});
  check_refused(sized("0,4294967296,4294967296"), 0, {"\"a\"", "too large"});
  check_refused(sized("4294967296,4294967296"), 0, {"\"a\"", "too large"});
  check_refused(sized("4611686018427387904"), 0, {"\"a\"", "too large"}); /* 2^62, of which times 4 is 0 */
  check_refused(sized("9223372036854775808"), 0, {"\"a\"", "9223372036854775808"});
  std::string ones = "1";
  for (int i = 1; i < 64; ++i) ones += ",1";
  CHECK(read_header("{" + entry("a", ones, 0, 4) + "}", 4).taken);
  check_refused("{" + entry("a", ones + ",1", 0, 4) + "}", 4, {"\"a\"", "64 dimensions"});
}

TEST_CASE("a long or strange name makes no long or strange message") {
  const ReadHeader read = read_header("{\"" + std::string(100000, 'x') + "\":[]}", 0);
  CHECK_FALSE(read.taken);
  CHECK(read.fault.size() < 200);
  CHECK_THAT(read_header("{\"\\u001b[2J\":[]}", 0).fault, Contains("\"?[2J\""));
}

TEST_CASE("a written safetensors header is sorted, aligned and read as it was") {
  SafetensorsHeader header;
  const twi_element elements[] = {TWI_ELEMENT_UINT8,   TWI_ELEMENT_INT8,    TWI_ELEMENT_INT16,    TWI_ELEMENT_INT32,
                                  TWI_ELEMENT_INT64,   TWI_ELEMENT_FLOAT16, TWI_ELEMENT_BFLOAT16, TWI_ELEMENT_FLOAT32,
                                  TWI_ELEMENT_FLOAT64, TWI_ELEMENT_BOOL};
  for (const char *name : {"b", "a\"\\\n\x01", "\xc3\xbc"})
    for (const twi_element element : elements)
      header.tensors.push_back({name + std::to_string(element), element, {3, 1}, 0, 0, 0});
  header.tensors.push_back({"none", TWI_ELEMENT_FLOAT32, {0, 5}, 0, 0, 0});
  header.tensors.push_back({"scalar", TWI_ELEMENT_BOOL, {}, 0, 0, 0});
  header.metadata = {{"k\t", "\x1f\x7f"}, {"", ""}};
  twi_fault fault{};
  REQUIRE(place_safetensors(header, fault));
  const std::string text = write_safetensors_header(header);
  CHECK(text.size() % 8 == 0);
  const ReadHeader read = read_header(text, header.tensors.back().end);
  INFO(read.fault);
  REQUIRE(read.taken);
  CHECK(read.header.metadata == header.metadata);
  REQUIRE(read.header.tensors.size() == header.tensors.size());
  for (size_t i = 0; i < header.tensors.size(); ++i) {
    const SafetensorsTensor &tensor = read.header.tensors[i];
    CHECK(tensor.name == header.tensors[i].name);
    CHECK(tensor.sizes == header.tensors[i].sizes);
    CHECK(tensor.element == header.tensors[i].element);
    CHECK(tensor.begin % twi_element_size(tensor.element) == 0);
  }
}

TEST_CASE("more elements than a file can hold are not written") {
  SafetensorsHeader header;
  header.tensors.push_back({"a", TWI_ELEMENT_UINT8, {INT64_MAX}, 0, 0, 0});
  twi_fault fault{};
  CHECK(place_safetensors(header, fault));
  header.tensors.push_back({"b", TWI_ELEMENT_UINT8, {1}, 0, 0, 0});
  CHECK_FALSE(place_safetensors(header, fault));
  CHECK_THAT(fault.text, Contains("\"b\""));
}

TEST_CASE("the length of a safetensors header is written and read lowest byte first, up to what the format allows") {
  SafetensorsPrefix prefix{};
  uint64_t length = 0;
  twi_fault fault{};
  REQUIRE(write_safetensors_length(prefix, 0x010203, fault));
  CHECK(prefix == SafetensorsPrefix{3, 2, 1, 0, 0, 0, 0, 0});
  REQUIRE(read_safetensors_length(length, prefix, 0x010203 + 8, fault));
  CHECK(length == 0x010203);
  CHECK_FALSE(read_safetensors_length(length, prefix, 0x010203 + 7, fault));
  CHECK_THAT(fault.text, Contains("66051") && Contains("66050"));
  fault = {};
  REQUIRE(write_safetensors_length(prefix, 100000000, fault));
  REQUIRE(read_safetensors_length(length, prefix, UINT64_MAX, fault));
  CHECK_FALSE(write_safetensors_length(prefix, 100000001, fault));
  CHECK_THAT(fault.text, Contains("100000001"));
  fault = {};
  ++prefix[0];
  CHECK_FALSE(read_safetensors_length(length, prefix, UINT64_MAX, fault));
  CHECK_THAT(fault.text, Contains("100000001"));
}
