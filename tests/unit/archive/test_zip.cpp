/* The zip archives that checkpoints are. */
#include <algorithm>

#include "archive/zip_read.h"
#include "catch.h"
#include "memory_zip.h"

using namespace tw::test;

namespace {

struct Reader : twi_zip_reader {
  explicit Reader(const Bytes &bytes) : twi_zip_reader{} {
    const twi_zip_source memory = source_of(bytes);
    opened = twi_zip_open(this, &memory, &fault) == 1;
  }
  Reader(const Reader &) = delete;
  ~Reader() { twi_zip_close(this); }

  const twi_zip_entry *find(const std::string &name) const { return twi_zip_find(this, name.data(), name.size()); }
  std::string load(const std::string &name, uint64_t limit = 1000) {
    const twi_zip_entry *entry = find(name);
    REQUIRE(entry != nullptr);
    const std::unique_ptr<unsigned char, void (*)(void *)> bytes(twi_zip_load(this, entry, limit, &fault), std::free);
    return bytes == nullptr ? "(nothing)" : std::string(reinterpret_cast<char *>(bytes.get()), entry->size);
  }

  twi_fault fault{};
  bool opened = false;
};

Bytes two_entries() { return make_zip({{"a/one", "first"}, {"a/two", "the second"}}); }

/* Where the n-th record of the directory begins. */
size_t record_at(const Bytes &bytes, size_t n) {
  const unsigned char signature[] = {'P', 'K', 1, 2};
  auto at = bytes.begin();
  for (size_t i = 0;; ++i, ++at) {
    at = std::search(at, bytes.end(), std::begin(signature), std::end(signature));
    REQUIRE(at != bytes.end());
    if (i == n) return static_cast<size_t>(at - bytes.begin());
  }
}

void put_number(Bytes &bytes, size_t at, uint64_t number, size_t count) {
  for (size_t i = 0; i < count; ++i) bytes.at(at + i) = static_cast<unsigned char>(number >> (8 * i));
}

uint64_t number_at(const Bytes &bytes, size_t at, size_t count) {
  uint64_t number = 0;
  for (size_t i = count; i-- > 0;) number = number << 8 | bytes.at(at + i);
  return number;
}

void check_refused(const Bytes &bytes, const std::string &text, twi_fault_kind kind = TWI_FAULT_FORMAT) {
  Reader reader(bytes);
  if (reader.opened) CHECK(twi_zip_verify(&reader, &reader.fault) == 0);
  CHECK(reader.fault.kind == kind);
  CHECK_THAT(std::string(reader.fault.text), Contains(text));
}

}  // namespace

TEST_CASE("what is written to a zip archive is read from it") {
  const std::string large(200000, 'x');
  const Bytes bytes = make_zip({{"z/last", ""}, {"z/data", "some text"}, {"z/large", large}});
  Reader reader(bytes);
  REQUIRE(reader.opened);
  CHECK(reader.count == 3);
  CHECK(reader.load("z/last") == "");
  CHECK(reader.load("z/data") == "some text");
  CHECK(reader.load("z/large", large.size()) == large);
  CHECK(twi_zip_verify(&reader, &reader.fault) == 1);
  CHECK(std::string(reader.entries[reader.first].name, 6) == "z/last");
  CHECK(reader.find("z/dat") == nullptr);
  CHECK(reader.find("") == nullptr);
}

TEST_CASE("the data of every entry lies at a multiple of 64 bytes") {
  std::vector<std::pair<std::string, std::string>> entries;
  for (size_t i = 0; i < 130; ++i) entries.emplace_back("a/" + std::string(i, 'n') + "x", std::string(i, 'd'));
  const Bytes bytes = make_zip(entries);
  Reader reader(bytes);
  REQUIRE(reader.opened);
  for (size_t i = 0; i < reader.count; ++i) CHECK(reader.entries[i].data % 64 == 0);
}

TEST_CASE("a zip archive's entry may not get more or fewer bytes than were promised") {
  Bytes out;
  const std::unique_ptr<twi_zip_writer, void (*)(twi_zip_writer *)> writer(twi_zip_writer_new(append_bytes, &out),
                                                                           twi_zip_writer_free);
  REQUIRE(twi_zip_writer_begin(writer.get(), "a/b", 4) == 0);
  CHECK(twi_zip_writer_write(writer.get(), "12345", 5) == EINVAL);
  CHECK(twi_zip_writer_write(writer.get(), "123", 3) == 0);
  CHECK(twi_zip_writer_end(writer.get()) == EINVAL);
}

TEST_CASE("a zip writer hands on what the sink says") {
  const auto sink = [](void *, const void *, size_t) { return ENOSPC; };
  const std::unique_ptr<twi_zip_writer, void (*)(twi_zip_writer *)> writer(twi_zip_writer_new(sink, nullptr),
                                                                           twi_zip_writer_free);
  CHECK(twi_zip_writer_begin(writer.get(), "a/b", 4) == ENOSPC);
}

TEST_CASE("sizes and places of 64 bits are read where 32-bit fields say that they are there") {
  Bytes bytes = two_entries();
  const size_t record = record_at(bytes, 1);
  const uint64_t size = number_at(bytes, record + 24, 4), place = number_at(bytes, record + 42, 4);
  const size_t end_of_name = record + 46 + 5;
  Bytes extra(4 + 24);
  put_number(extra, 0, 1, 2);
  put_number(extra, 2, 24, 2);
  put_number(extra, 4, size, 8);
  put_number(extra, 12, size, 8);
  put_number(extra, 20, place, 8);
  put_number(bytes, record + 20, 0xFFFFFFFF, 4);
  put_number(bytes, record + 24, 0xFFFFFFFF, 4);
  put_number(bytes, record + 42, 0xFFFFFFFF, 4);
  put_number(bytes, record + 30, extra.size(), 2);
  bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(end_of_name), extra.begin(), extra.end());
  /* The directory has grown: its size, and the place of its 64-bit end record. */
  const size_t end = bytes.size() - 22, locator = end - 20, wide = locator - 56;
  const uint64_t grown = number_at(bytes, end + 12, 4) + extra.size();
  put_number(bytes, end + 12, grown, 4);
  put_number(bytes, wide + 40, grown, 8);
  put_number(bytes, locator + 8, wide, 8);
  Reader reader(bytes);
  INFO(reader.fault.text);
  REQUIRE(reader.opened);
  CHECK(reader.load("a/two") == "the second");
  CHECK(twi_zip_verify(&reader, &reader.fault) == 1);

  put_number(bytes, end_of_name + 2, 16, 2); /* too short for the third number, and something follows it */
  check_refused(bytes, "a/two has damaged extra fields");
}

TEST_CASE("a damaged byte of an entry is found by its CRC") {
  Bytes bytes = two_entries();
  const std::string second = "the second";
  const auto at = std::search(bytes.begin(), bytes.end(), second.begin(), second.end());
  REQUIRE(at != bytes.end());
  at[4] ^= 1;
  check_refused(bytes, "a/two is damaged: its CRC is");
}

TEST_CASE("entries that overlap are refused") {
  Bytes bytes = two_entries();
  const size_t first = record_at(bytes, 0);
  put_number(bytes, first + 20, 50, 4);
  put_number(bytes, first + 24, 50, 4);
  check_refused(bytes, "a/one and a/two overlap");
}

TEST_CASE("two records for one entry overlap") {
  Bytes bytes = two_entries();
  const size_t first = record_at(bytes, 0), second = record_at(bytes, 1);
  std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(first), 51,
              bytes.begin() + static_cast<std::ptrdiff_t>(second));
  check_refused(bytes, "overlap");
}

TEST_CASE("a name that comes twice is refused") {
  check_refused(make_zip({{"a/one", "x"}, {"a/two", "y"}, {"a/one", "z"}}), "a/one comes twice");
}

TEST_CASE("an entry that says more bytes than the file has is refused") {
  Bytes bytes = two_entries();
  const size_t record = record_at(bytes, 1);
  put_number(bytes, record + 20, 0x7FFFFFFF, 4);
  put_number(bytes, record + 24, 0x7FFFFFFF, 4);
  check_refused(bytes, "a/two is said to have 2147483647 bytes, more than the file holds");
}

TEST_CASE("compressed and encrypted entries are refused") {
  Bytes compressed = two_entries();
  put_number(compressed, record_at(compressed, 1) + 10, 8, 2);
  check_refused(compressed, "a/two is compressed (method 8)", TWI_FAULT_UNSUPPORTED);
  Bytes encrypted = two_entries();
  put_number(encrypted, record_at(encrypted, 1) + 8, 0x809, 2);
  check_refused(encrypted, "encryption");
}

TEST_CASE("an entry that says otherwise than the directory is refused") {
  Bytes other_place = two_entries();
  put_number(other_place, record_at(other_place, 1) + 42, 1, 4);
  check_refused(other_place, "a/two does not lie at 1, where it is said to");

  Bytes other_name = two_entries();
  other_name.at(record_at(other_name, 0) + 46) = 'b';
  check_refused(other_name, "at the place of the entry b/one lies a/one");

  Bytes other_size = two_entries();
  put_number(other_size, 18, 3, 4); /* of the first local header */
  check_refused(other_size, "a/one contradicts the zip archive's directory");
}

TEST_CASE("end records that contradict each other or the file are refused") {
  const Bytes good = two_entries();
  const size_t end = good.size() - 22;
  for (const size_t field : {4, 6, 8, 10, 12, 16, 20}) {
    for (const uint64_t value : {0x11u, 0xFFFFu}) {
      Bytes bytes = good;
      put_number(bytes, end + field, value, 2);
      INFO("field at " << field << " is " << value);
      Reader reader(bytes);
      CHECK_FALSE(reader.opened);
      CHECK(reader.fault.kind == TWI_FAULT_FORMAT);
    }
  }
  Bytes longer = good;
  longer.push_back(0);
  check_refused(longer, "the end of the zip archive is missing");
  check_refused(Bytes(good.begin(), good.end() - 1), "the end of the zip archive is missing");
  check_refused(Bytes(good.begin(), good.begin() + 10), "the end of the zip archive is missing");
  check_refused({}, "the file is empty");
  check_refused({'h', 'e', 'l', 'l', 'o'}, "it is not a zip archive");
  check_refused(make_zip({}), "has no entries");
}

TEST_CASE("an entry is not loaded beyond a limit") {
  const Bytes bytes = two_entries();
  Reader reader(bytes);
  REQUIRE(reader.opened);
  CHECK(reader.load("a/two", 9) == "(nothing)");
  CHECK_THAT(std::string(reader.fault.text), Contains("a/two has 10 bytes; more than 9 are not read"));
}

TEST_CASE("a source that cannot be read is told by its errno") {
  const twi_zip_source broken{[](void *, uint64_t, void *, size_t) { return EIO; }, nullptr, 1000};
  twi_zip_reader reader;
  twi_fault fault{};
  CHECK(twi_zip_open(&reader, &broken, &fault) == 0);
  CHECK(fault.kind == TWI_FAULT_IO);
  CHECK(fault.error == EIO);
}
