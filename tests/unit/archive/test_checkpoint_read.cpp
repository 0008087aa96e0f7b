/* Checkpoints as the core reads them: those of Python's torch.save, and those that must be refused. */
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "catch.h"
#include "memory_zip.h"

using namespace tw::test;

namespace {

void check_refused(const Bytes &bytes, const std::string &text, twi_fault_kind kind = TWI_FAULT_FORMAT) {
  twi_fault fault;
  CHECK(read_checkpoint(bytes, &fault) == nullptr);
  CHECK(fault.kind == kind);
  CHECK_THAT(std::string(fault.text), Contains(text));
}

const twi_value &item(const twi_value &dict, const std::string &key) {
  const twi_value *found = twi_value_find(&dict, key.c_str());
  INFO("key " << key);
  REQUIRE(found != nullptr);
  return *found;
}

/* Files that are whole, but of functions and names that no checkpoint has. */
bool asks_for_more(const std::string &name) {
  return name == "runs_eval.pt" || name == "runs_os_system.pt" || name == "overflowing_size.pt";
}

const std::string empty_dict = "\x80\x02}.";

}  // namespace

TEST_CASE("files of torch.save are read, old and new") {
  for (const std::string version : {"1.13.0", "2.14.1"}) {
    twi_fault fault;
    const Bytes file = read_fixture("checkpoints/python_torch_" + version + ".pt");
    const Value root = read_checkpoint(file, &fault);
    INFO(fault.text);
    REQUIRE(root != nullptr);
    const twi_value &weight = item(item(*root, "model"), "0.weight");
    REQUIRE(weight.kind == TWI_VALUE_TENSOR);
    CHECK(weight.as.tensor.storage->element == TWI_ELEMENT_FLOAT32);
    CHECK(weight.as.tensor.storage->bytes == 80);
    CHECK(std::vector<int64_t>(weight.as.tensor.sizes, weight.as.tensor.sizes + 2) == std::vector<int64_t>{5, 4});
    CHECK(item(*root, "model").kind == TWI_VALUE_ORDERED_DICT);
    CHECK(item(item(*root, "lr_scheduler"), "T_max").as.integer == 30);
    CHECK(item(item(*root, "lr_scheduler"), "eta_min").as.real == 1e-4);
    const twi_value &group = *item(item(*root, "optimizer"), "param_groups").as.container.items[1];
    CHECK(item(group, "betas").as.container.items[1]->as.real == 0.95);
    CHECK(item(group, "amsgrad").kind == TWI_VALUE_BOOL);
    const twi_value *state = twi_value_find_int(&item(item(*root, "optimizer"), "state"), 3);
    REQUIRE(state != nullptr);
    CHECK(item(*state, "exp_avg").as.tensor.dim == 1);
    CHECK(item(item(*root, "warmup_scheduler"), "last_step").as.integer == 6);
  }
}

TEST_CASE("storages say where in the file their bytes lie") {
  twi_fault fault;
  const Bytes file = read_fixture("checkpoints/python_torch_1.13.0.pt");
  const Value root = read_checkpoint(file, &fault);
  REQUIRE(root != nullptr);
  const twi_value &step = item(*twi_value_find_int(&item(item(*root, "optimizer"), "state"), 0), "step");
  float number = 0;
  REQUIRE(step.as.tensor.storage->offset + 4 <= file.size());
  std::memcpy(&number, file.data() + step.as.tensor.storage->offset, sizeof number);
  CHECK(number == 6.0f);
}

TEST_CASE("every hostile file is refused, and none of them is obeyed") {
  std::remove("/tmp/TW_HOSTILE_CANARY");
  size_t count = 0;
  for (const auto &file : std::filesystem::directory_iterator(std::string(TW_FIXTURES) + "/hostile")) {
    if (file.path().extension() != ".pt") continue;
    twi_fault fault;
    INFO(file.path().filename());
    CHECK(read_checkpoint(read_fixture("hostile/" + file.path().filename().string()), &fault) == nullptr);
    CHECK(fault.kind == (asks_for_more(file.path().filename()) ? TWI_FAULT_UNSUPPORTED : TWI_FAULT_FORMAT));
    CHECK(std::string(fault.text).size() > 10);
    ++count;
  }
  CHECK(count == 18);
  CHECK_FALSE(std::filesystem::exists("/tmp/TW_HOSTILE_CANARY"));
}

TEST_CASE("a file of the format before PyTorch 1.6 is refused with what to do") {
  check_refused({0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e, 0x80},
                "load it in Python and save it again", TWI_FAULT_UNSUPPORTED);
}

TEST_CASE("a TorchScript module is told from a checkpoint") {
  check_refused(make_zip({{"m/data.pkl", empty_dict}, {"m/constants.pkl", "x"}}), "tw_module_load_torchscript",
                TWI_FAULT_UNSUPPORTED);
}

TEST_CASE("a checkpoint's pickle lies in a folder") {
  twi_fault fault;
  CHECK(read_checkpoint(make_zip({{"a/data.pkl", empty_dict}}), &fault) != nullptr);
  check_refused(make_zip({{"data.pkl", empty_dict}}), "has no folder");
  check_refused(make_zip({{"a/other", "x"}, {"b/data.pkl", empty_dict}}), "has no data.pkl");
}

TEST_CASE("what is not known of a damaged file is told as damage") {
  Bytes bytes = make_zip({{"a/data.pkl", "\x80\x02}."}, {"a/version", "3\n"}});
  const std::string version = "3\n";
  const auto place = std::search(bytes.begin(), bytes.end(), version.begin(), version.end());
  REQUIRE(place != bytes.end());
  *place = '9';
  *(place + 1) = '9'; /* 99, which is not known either */
  check_refused(bytes, "a/version is damaged: its CRC");
}

TEST_CASE("a checkpoint may hold another thing than a dict") {
  twi_fault fault;
  const Value list = read_checkpoint(make_zip({{"a/data.pkl", "\x80\x02]."}}), &fault);
  REQUIRE(list != nullptr);
  CHECK(list->kind == TWI_VALUE_LIST);
}

TEST_CASE("a format's version and byte order that are not known are refused") {
  const auto with = [](const std::string &name, const std::string &text) {
    return make_zip({{"a/data.pkl", empty_dict}, {"a/" + name, text}});
  };
  twi_fault fault;
  CHECK(read_checkpoint(with("version", "3\n"), &fault) != nullptr);
  CHECK(read_checkpoint(with("byteorder", "little"), &fault) != nullptr);
  check_refused(with("version", "11\n"), "its format is of version 11", TWI_FAULT_UNSUPPORTED);
  check_refused(with("version", "x"), "its format is of version x", TWI_FAULT_UNSUPPORTED);
  CHECK(read_checkpoint(with("byteorder", "big"), &fault) != nullptr);
  check_refused(with("byteorder", "middle"), "byte order \"middle\"", TWI_FAULT_UNSUPPORTED);
  check_refused(with("version", std::string(100, '1')), "more than 64 are not read");
}

TEST_CASE("a comment may follow the archive, which ends with it") {
  const auto with_comment = [](const std::string &comment, int length) {
    Bytes bytes = make_zip({{"a/data.pkl", empty_dict}});
    bytes[bytes.size() - 2] = static_cast<unsigned char>(length);
    bytes[bytes.size() - 1] = static_cast<unsigned char>(length >> 8);
    bytes.insert(bytes.end(), comment.begin(), comment.end());
    return bytes;
  };
  twi_fault fault;
  CHECK(read_checkpoint(with_comment("hello", 5), &fault) != nullptr);
  CHECK(read_checkpoint(with_comment(std::string(65535, 'x'), 65535), &fault) != nullptr);
  check_refused(with_comment("hello", 4), "the end of the zip archive is missing");
  check_refused(with_comment("hello", 6), "the end of the zip archive is missing");
}

TEST_CASE("a storage that two tensors name is one, unless they see it as of other types, and of its size") {
  const auto text = [](const std::string &value) {
    return std::string("X") + static_cast<char>(value.size()) + std::string(3, '\0') + value;
  };
  const auto tensor = [&](const std::string &type, char count) {
    return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\n" + type + "\n" + text("0") +
           text("cpu") + "K" + count + "tQK" + '\0' + "))\x89)tR";
  };
  const auto file = [&](const std::string &first, const std::string &second) {
    return make_zip({{"a/data.pkl", "\x80\x02}(K\x01" + first + "K\x02" + second + "u."}, {"a/data/0", "12345678"}});
  };
  twi_fault fault;
  const Bytes good = file(tensor("FloatStorage", 2), tensor("FloatStorage", 2));
  const Value root = read_checkpoint(good, &fault);
  REQUIRE(root != nullptr);
  CHECK(twi_value_find_int(root.get(), 1)->as.tensor.storage == twi_value_find_int(root.get(), 2)->as.tensor.storage);
  const Bytes mixed = file(tensor("FloatStorage", 2), tensor("IntStorage", 2)); /* as PyTorch 2.15 takes it */
  const Value both = read_checkpoint(mixed, &fault);
  REQUIRE(both != nullptr);
  CHECK(twi_value_find_int(both.get(), 1)->as.tensor.storage->element == TWI_ELEMENT_FLOAT32);
  CHECK(twi_value_find_int(both.get(), 2)->as.tensor.storage->element == TWI_ELEMENT_INT32);
  check_refused(file(tensor("FloatStorage", 2), tensor("FloatStorage", 1)), "has 8 bytes, but 1 elements of 4");
  check_refused(file(tensor("FloatStorage", 3), tensor("FloatStorage", 3)),
                "a/data/0 has 8 bytes, but 3 elements of 4");
}
