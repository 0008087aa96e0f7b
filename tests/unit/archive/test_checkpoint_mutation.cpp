/* Good checkpoints, damaged at random: whatever comes of it, reading ends in a value or in a sentence. */
#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>

#include "archive/pickle_write.h"
#include "archive/zip_read.h"
#include "catch.h"
#include "memory_zip.h"

using namespace tw::test;

namespace {

using Random = std::mt19937_64;

size_t below(Random &random, size_t limit) { return limit == 0 ? 0 : random() % limit; }

/* ---- damage ---- */

void flip_bits(Bytes &bytes, Random &random) {
  for (size_t i = 1 + below(random, 4); i > 0; --i)
    bytes[below(random, bytes.size())] ^= static_cast<unsigned char>(1u << below(random, 8));
}

void set_bytes(Bytes &bytes, Random &random) {
  static const unsigned char telling[] = {0x00, 0xFF, 0x7F, 0x80, '.', '(', 'R', 'b', 'u',
                                          'e',  't',  'Q',  ']',  '}', 'h', 'q', 'c', 0x8A};
  for (size_t i = 1 + below(random, 3); i > 0; --i)
    bytes[below(random, bytes.size())] = telling[below(random, sizeof telling)];
}

void cut_end(Bytes &bytes, Random &random) { bytes.resize(below(random, bytes.size())); }

void cut_middle(Bytes &bytes, Random &random) {
  const size_t from = below(random, bytes.size()),
               count = 1 + below(random, std::min<size_t>(200, bytes.size() - from));
  bytes.erase(bytes.begin() + static_cast<std::ptrdiff_t>(from),
              bytes.begin() + static_cast<std::ptrdiff_t>(from + count));
}

/* A piece of the bytes once more, somewhere else. */
void splice(Bytes &bytes, Random &random) {
  const size_t from = below(random, bytes.size()),
               count = 1 + below(random, std::min<size_t>(300, bytes.size() - from));
  const Bytes piece(bytes.begin() + static_cast<std::ptrdiff_t>(from),
                    bytes.begin() + static_cast<std::ptrdiff_t>(from + count));
  const auto to = bytes.begin() + static_cast<std::ptrdiff_t>(below(random, bytes.size() + 1));
  bytes.insert(to, piece.begin(), piece.end());
}

/* A number that a length, count or place may not be. */
void set_number(Bytes &bytes, Random &random) {
  static const uint64_t telling[] = {0,          1,          0x7F,        0xFF,           0xFFFF,
                                     0x7FFFFFFF, 0xFFFFFFFF, 0x100000000, UINT64_MAX / 2, UINT64_MAX};
  const size_t width = size_t{1} << below(random, 4);
  if (bytes.size() < width) return;
  const size_t at = below(random, bytes.size() - width + 1);
  const uint64_t number =
      below(random, 3) > 0 ? telling[below(random, std::size(telling))] : below(random, bytes.size());
  for (size_t i = 0; i < width; ++i) bytes[at + i] = static_cast<unsigned char>(number >> (8 * i));
}

void damage(Bytes &bytes, Random &random) {
  static void (*const ways[])(Bytes &, Random &) = {flip_bits, set_bytes, cut_end, cut_middle, splice, set_number};
  for (size_t i = 1 + below(random, 2); i > 0 && !bytes.empty(); --i)
    ways[below(random, std::size(ways))](bytes, random);
}

/* ---- what is damaged ---- */

using Entries = std::vector<std::pair<std::string, std::string>>;

Entries entries_of(const Bytes &bytes) {
  twi_zip_reader reader;
  twi_fault fault{};
  const twi_zip_source source = source_of(bytes);
  REQUIRE(twi_zip_open(&reader, &source, &fault) == 1);
  Entries entries;
  for (size_t i = 0; i < reader.count; ++i) {
    const twi_zip_entry &entry = reader.entries[i];
    entries.emplace_back(std::string(entry.name, entry.name_length),
                         std::string(bytes.begin() + static_cast<std::ptrdiff_t>(entry.data),
                                     bytes.begin() + static_cast<std::ptrdiff_t>(entry.data + entry.size)));
  }
  twi_zip_close(&reader);
  return entries;
}

/* The archive anew, right in every CRC and length, with one of its entries damaged: mostly the pickle. */
Bytes with_damaged_entry(Entries entries, Random &random) {
  auto at = entries.begin() + static_cast<std::ptrdiff_t>(below(random, entries.size()));
  if (below(random, 8) > 0)
    at = std::find_if(entries.begin(), entries.end(),
                      [](const auto &entry) { return entry.first.find("data.pkl") != std::string::npos; });
  Bytes bytes(at->second.begin(), at->second.end());
  damage(bytes, random);
  at->second.assign(bytes.begin(), bytes.end());
  return make_zip(entries);
}

/* ---- what must hold whatever was read ---- */

void check_storage(const twi_storage &storage, size_t file_size) {
  REQUIRE(storage.offset <= file_size);
  REQUIRE(storage.bytes <= file_size - storage.offset);
}

/* A tensor's elements lie in its storage, and that in the file. */
void check_tensor(const twi_value_tensor &tensor, size_t file_size) {
  check_storage(*tensor.storage, file_size);
  const auto count = static_cast<int64_t>(tensor.storage->bytes / twi_element_size(tensor.storage->element));
  int64_t last = tensor.offset, step = 0;
  bool empty = false, countable = tensor.offset >= 0;
  for (size_t i = 0; i < tensor.dim; ++i) {
    REQUIRE((tensor.sizes[i] >= 0 && tensor.strides[i] >= 0));
    empty = empty || tensor.sizes[i] == 0;
    countable = countable && !__builtin_mul_overflow(tensor.sizes[i] - 1, tensor.strides[i], &step) &&
                !__builtin_add_overflow(last, step, &last);
  }
  REQUIRE((empty || (countable && last < count)));
}

void check_value(const twi_value *value, size_t file_size, std::map<const twi_value *, bool> &seen) {
  if (value == nullptr || !seen.emplace(value, true).second) return;
  REQUIRE(value->kind < TWI_VALUE_KIND_COUNT);
  REQUIRE(value->depth <= 101);
  if (value->kind == TWI_VALUE_TENSOR) check_tensor(value->as.tensor, file_size);
  if (value->kind == TWI_VALUE_TENSOR) check_value(value->as.tensor.attributes, file_size, seen);
  if (value->kind == TWI_VALUE_STORAGE) check_storage(*value->as.storage, file_size);
  if (value->kind == TWI_VALUE_OBJECT) {
    REQUIRE(value->as.object.function->kind == TWI_VALUE_GLOBAL);
    check_value(value->as.object.arguments, file_size, seen);
  }
  if (!twi_value_is_dict(value) && !twi_value_is_sequence(value)) return;
  for (size_t i = 0; i < value->as.container.count; ++i) check_value(value->as.container.items[i], file_size, seen);
  check_value(value->as.container.attributes, file_size, seen);
}

/* True where the file was taken; what was read can be written again. */
bool read_and_check(const Bytes &bytes) {
  twi_fault fault;
  const Value root = read_checkpoint(bytes, &fault);
  if (root == nullptr) {
    REQUIRE((fault.kind == TWI_FAULT_FORMAT || fault.kind == TWI_FAULT_UNSUPPORTED));
    REQUIRE(fault.text[0] != 0);
    return false;
  }
  REQUIRE(fault.kind == TWI_FAULT_NONE);
  std::map<const twi_value *, bool> seen;
  check_value(root.get(), bytes.size(), seen);
  twi_pickle pickle;
  REQUIRE(twi_pickle_write(&pickle, root.get()) == 1);
  twi_pickle_destroy(&pickle);
  return true;
}

/* TW_MUTATIONS sets how many files are made; the seed is fixed. */
size_t mutation_count() {
  const char *count = std::getenv("TW_MUTATIONS");
  return count != nullptr ? std::strtoul(count, nullptr, 10) : 20000;
}

}  // namespace

TEST_CASE("damaged checkpoints are read or refused, and never do harm") {
  const std::vector<Bytes> good = {read_fixture("checkpoints/python_torch_1.13.0.pt"),
                                   read_fixture("checkpoints/python_torch_2.14.1.pt"),
                                   read_fixture("checkpoints/python_torch_1.13.0_model_only.pt"),
                                   make_zip(entries_of(read_fixture("checkpoints/python_torch_2.14.1_model_only.pt"))),
                                   read_fixture("odd_values/torch_2.15.0.pt"),
                                   read_fixture("odd_values/torch_2.15.0_protocol_4.pt"),
                                   read_fixture("odd_values/torch_2.15.0_big_endian.pt")};
  std::vector<Entries> entries;
  for (const Bytes &bytes : good) {
    REQUIRE(read_and_check(bytes));
    entries.push_back(entries_of(bytes));
  }
  Random random(20240607);
  size_t taken = 0, refused = 0;
  for (size_t i = 0, count = mutation_count(); i < count; ++i) {
    const size_t which = below(random, good.size());
    Bytes bytes = good[which];
    if (below(random, 2) == 0) {
      damage(bytes, random);
    } else {
      bytes = with_damaged_entry(entries[which], random);
    }
    INFO("mutation " << i);
    ++(read_and_check(bytes) ? taken : refused);
  }
  CHECK(taken > 0); /* a flipped bit of a weight whose CRC was made anew */
  CHECK(refused > taken);
}

TEST_CASE("a checkpoint that is cut short anywhere is refused") {
  const Bytes good = read_fixture("checkpoints/python_torch_1.13.0_model_only.pt");
  for (size_t length = 0; length < good.size(); ++length)
    REQUIRE_FALSE(read_and_check(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length))));
}

TEST_CASE("a checkpoint with any bit of a tensor or of the pickle flipped is refused") {
  const Bytes good = read_fixture("checkpoints/python_torch_1.13.0_model_only.pt");
  twi_zip_reader reader;
  twi_fault fault{};
  const twi_zip_source source = source_of(good);
  REQUIRE(twi_zip_open(&reader, &source, &fault) == 1);
  const std::vector<twi_zip_entry> entries(reader.entries, reader.entries + reader.count);
  twi_zip_close(&reader);
  for (const twi_zip_entry &entry : entries) {
    for (uint64_t at = entry.data; at < entry.data + entry.size; ++at) {
      Bytes bytes = good;
      bytes[at] ^= static_cast<unsigned char>(1u << (at % 8));
      REQUIRE_FALSE(read_and_check(bytes));
    }
  }
}
