/* What is looked over of a TorchScript file before LibTorch reads it. */
#include <string>

#include "archive/torchscript_archive.h"
#include "catch.h"
#include "memory_zip.h"

using tw::test::Bytes;

namespace {

std::string fixture(const std::string &name) {
  const Bytes bytes = tw::test::read_fixture(name);
  return {bytes.begin(), bytes.end()};
}

/* What is wrong with the file; "" where nothing is. */
std::string fault_of(const std::string &file) {
  const Bytes bytes(file.begin(), file.end());
  const twi_zip_source source = tw::test::source_of(bytes);
  twi_fault fault{};
  if (twi_torchscript_check(&source, &fault) == 1) return "";
  CHECK(fault.kind == TWI_FAULT_FORMAT);
  return fault.text;
}

/* Where the record of the entry lies in the archive's directory, which is behind all data. */
size_t record_of(const std::string &bytes, const std::string &entry) {
  const size_t name = bytes.rfind(entry);
  REQUIRE(name != std::string::npos);
  REQUIRE(bytes.compare(name - 46, 4, "PK\1\2") == 0);
  return name - 46;
}

const std::string code = "model/code/__torch__.py.debug_pkl"; /* compressed */

}  // namespace

TEST_CASE("a file of torch.jit.save is sound, compressed entries and all") {
  for (const std::string name : {"model", "number", "traced", "frozen"}) {
    INFO(name);
    CHECK(fault_of(fixture("torchscript/" + name + ".pt")).empty());
  }
}

TEST_CASE("a file of torch.save is no TorchScript file") {
  for (const std::string name : {"checkpoints/python_torch_2.14.1.pt", "torchscript/pickled_model.pt"})
    CHECK_THAT(fault_of(fixture(name)), Contains("it is a file of torch.save, which holds no program"));
}

TEST_CASE("a zip archive of something else is no TorchScript file") {
  std::string bytes = fixture("torchscript/number.pt");
  for (size_t at; (at = bytes.find("constants.pkl")) != std::string::npos;) bytes.replace(at, 13, "variables.pkl");
  for (size_t at; (at = bytes.find("data.pkl")) != std::string::npos;) bytes.replace(at, 8, "info.pkl");
  CHECK_THAT(fault_of(bytes), Contains("without the constants.pkl"));
}

TEST_CASE("a compressed entry that is to be of another size or CRC is found") {
  const std::string good = fixture("torchscript/model.pt");
  const size_t record = record_of(good, code);
  for (const size_t field : {16, 20, 24}) {
    INFO("the directory's field at " << field);
    std::string bytes = good;
    bytes[record + field] ^= 1;
    CHECK_THAT(fault_of(bytes), Contains(code));
  }
}

TEST_CASE("damage inside a compressed entry is found at every byte") {
  const std::string good = fixture("torchscript/number.pt");
  const size_t record = good.rfind("number/code/__torch__.py.debug_pkl") - 46;
  const auto byte = [&](size_t at) { return static_cast<unsigned char>(good[at]); };
  const size_t packed = byte(record + 20) | static_cast<size_t>(byte(record + 21)) << 8;
  const size_t header = byte(record + 42) | static_cast<size_t>(byte(record + 43)) << 8;
  const size_t data =
      header + 30 + byte(header + 26) + (byte(header + 28) | static_cast<size_t>(byte(header + 29)) << 8);
  REQUIRE(packed > 50);
  for (size_t i = 0; i < packed; ++i) {
    std::string bytes = good;
    bytes[data + i] ^= 0x10;
    INFO("byte " << i << " of " << packed);
    CHECK_THAT(fault_of(bytes), Contains("is damaged"));
  }
}
