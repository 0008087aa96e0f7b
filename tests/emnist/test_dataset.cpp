#include <tuple>

#include "catch.h"
#include "emnist_support.h"

namespace {

struct Loaded {
  bool ok;
  dataset train, test;
  std::string error;
  Loaded(const std::string &folder, const char *split) {
    Message message;
    ok = dataset_load(&train, &test, folder.c_str(), dataset_find_split(split), message.data(), message.size());
    error = message.str();
  }
  ~Loaded() {
    dataset_free(&train);
    dataset_free(&test);
  }
  Loaded(const Loaded &) = delete;
  Loaded &operator=(const Loaded &) = delete;
};

void write(const std::string &path, const Bytes &bytes) {
  if (path.size() > 3 && path.compare(path.size() - 3, 3, ".gz") == 0) {
    write_gzip(path, bytes);
  } else {
    write_raw(path, bytes);
  }
}

/* The four files of a split: three images for training, two for the test. */
void write_split(const std::string &folder, const std::string &split, const Bytes &train, const Bytes &test,
                 const std::string &suffix = "") {
  const std::string begin = folder + "/emnist-" + split + "-";
  write(begin + "train-images-idx3-ubyte" + suffix, images_file(static_cast<uint32_t>(train.size())));
  write(begin + "train-labels-idx1-ubyte" + suffix, labels_file(train));
  write(begin + "test-images-idx3-ubyte" + suffix, images_file(static_cast<uint32_t>(test.size())));
  write(begin + "test-labels-idx1-ubyte" + suffix, labels_file(test));
}

Bytes labels_of(const dataset &set) { return Bytes(set.labels, set.labels + set.count); }

}  // namespace

TEST_CASE("a split is found in the folder itself, torchvision's and the archive's sub-folders, raw or gzipped") {
  for (const char *place : {"", "/EMNIST/raw", "/raw", "/gzip", "/EMNIST/raw/gzip"}) {
    for (const char *suffix : {"", ".gz"}) {
      INFO(place << suffix);
      TemporaryFolder folder;
      write_split(folder.path() + place, "balanced", {0, 46, 3}, {1, 2}, suffix);
      const Loaded loaded(folder.path(), "balanced");
      INFO(loaded.error);
      REQUIRE(loaded.ok);
      CHECK(labels_of(loaded.train) == Bytes{0, 46, 3});
      CHECK(labels_of(loaded.test) == Bytes{1, 2});
      const Bytes file = images_file(3);
      CHECK(Bytes(loaded.train.images, loaded.train.images + 3 * 784) == Bytes(file.begin() + 16, file.end()));
    }
  }
}

TEST_CASE("a folder that lacks a file is passed over for one that has all four") {
  TemporaryFolder folder;
  write_split(folder.path(), "digits", {1}, {1});
  std::filesystem::remove(folder.file("emnist-digits-test-labels-idx1-ubyte"));
  write_split(folder.path() + "/gzip", "digits", {7}, {8}, ".gz");
  const Loaded loaded(folder.path(), "digits");
  REQUIRE(loaded.ok);
  CHECK(labels_of(loaded.train) == Bytes{7});
}

TEST_CASE("each split has its number of classes, and takes its last label but not the next") {
  const std::vector<std::tuple<const char *, int, int>> splits = {{"balanced", 47, 0}, {"byclass", 62, 0},
                                                                  {"bymerge", 47, 0},  {"letters", 26, 1},
                                                                  {"digits", 10, 0},   {"mnist", 10, 0}};
  for (const auto &[name, classes, first] : splits) {
    INFO(name);
    CHECK_THAT(std::string(dataset_split_names), Contains(name));
    TemporaryFolder folder;
    const auto low = static_cast<uint8_t>(first), high = static_cast<uint8_t>(first + classes - 1);
    write_split(folder.path(), name, {low, high}, {low});
    {
      const Loaded loaded(folder.path(), name);
      REQUIRE(loaded.ok);
      CHECK(loaded.train.class_count == classes);
      CHECK(loaded.test.class_count == classes);
      CHECK(labels_of(loaded.train) == Bytes{0, static_cast<uint8_t>(classes - 1)});
    }
    write_split(folder.path(), name, {low, high}, {low, static_cast<uint8_t>(high + 1)});
    const Loaded broken(folder.path(), name);
    CHECK_FALSE(broken.ok);
    CHECK_THAT(broken.error,
               Contains("test-labels") && Contains("label " + std::to_string(high + 1)) && Contains("offset 9"));
  }
}

TEST_CASE("label 0 is out of range for letters, which begin with 1") {
  TemporaryFolder folder;
  write_split(folder.path(), "letters", {1, 0}, {1});
  const Loaded loaded(folder.path(), "letters");
  CHECK_FALSE(loaded.ok);
  CHECK_THAT(loaded.error, Contains("label 0") && Contains("offset 9") && Contains("1 to 26"));
}

TEST_CASE("counts of images and labels that differ are refused, naming both files and counts") {
  TemporaryFolder folder;
  write_split(folder.path(), "mnist", {1, 2, 3}, {1});
  write_raw(folder.file("emnist-mnist-train-labels-idx1-ubyte"), labels_file({1, 2}));
  const Loaded loaded(folder.path(), "mnist");
  CHECK_FALSE(loaded.ok);
  CHECK_THAT(loaded.error,
             Contains("3 images") && Contains("2 labels") && Contains("train-images") && Contains("train-labels"));
}

TEST_CASE("a failure in the last file leaves neither part behind") {
  TemporaryFolder folder;
  write_split(folder.path(), "mnist", {1, 2, 3}, {1});
  write_raw(folder.file("emnist-mnist-test-labels-idx1-ubyte"), {});
  const Loaded loaded(folder.path(), "mnist");
  CHECK_FALSE(loaded.ok);
  CHECK_THAT(loaded.error, Contains("test-labels") && Contains("empty"));
  for (const dataset *set : {&loaded.train, &loaded.test}) {
    CHECK(set->images == nullptr);
    CHECK(set->labels == nullptr);
    CHECK(set->count == 0);
  }
}

TEST_CASE("a split that is not there is said, with every folder looked in and what it lacks") {
  TemporaryFolder folder;
  write_split(folder.path() + "/raw", "balanced", {1}, {1});
  std::filesystem::remove(folder.file("raw/emnist-balanced-train-images-idx3-ubyte"));
  const Loaded loaded(folder.path(), "balanced");
  CHECK_FALSE(loaded.ok);
  CHECK_THAT(loaded.error, Contains(folder.path() + ": none of them"));
  CHECK_THAT(loaded.error, Contains(folder.path() + "/raw: lacks train-images-idx3"));
  CHECK_THAT(loaded.error, Contains(folder.path() + "/gzip: no such folder"));
  CHECK_THAT(loaded.error, Contains("emnist-balanced-{train,test}"));
}

TEST_CASE("a folder's name of any length does no harm") {
  const std::string folder(10000, 'x');
  const Loaded loaded(folder, "balanced");
  CHECK_FALSE(loaded.ok);
}

TEST_CASE("an unknown split is refused, naming those there are") {
  CHECK(dataset_find_split("balance") == nullptr);
  CHECK(dataset_find_split("") == nullptr);
  const Loaded loaded("/", "balance");
  CHECK_FALSE(loaded.ok);
  CHECK_THAT(loaded.error, Contains("balanced byclass bymerge letters digits mnist"));
}

TEST_CASE("the generated data set is the generator's, by any number of threads") {
  dataset train, test;
  Message error;
  REQUIRE(dataset_generate(&train, &test, 11, 3, error.data(), error.size()));
  CHECK(train.count == 112800);
  CHECK(test.count == 18800);
  CHECK(train.class_count == 47);
  Bytes images(test.count * GLYPHS_PIXELS), labels(test.count);
  REQUIRE(glyphs_generate(images.data(), labels.data(), GLYPHS_TEST, 11, 1, error.data(), error.size()));
  CHECK(Bytes(test.images, test.images + images.size()) == images);
  CHECK(labels_of(test) == labels);
  dataset_free(&train);
  dataset_free(&test);
  dataset_free(&test);
  CHECK(train.images == nullptr);
}

TEST_CASE("a checksum is the CRC-32 of images and labels, and another for any other byte") {
  TemporaryFolder folder;
  write_split(folder.path(), "balanced", {0, 46, 3}, {1, 2});
  const Loaded loaded(folder.path(), "balanced");
  REQUIRE(loaded.ok);
  Bytes all = images_file(3);
  all.erase(all.begin(), all.begin() + 16);
  all.insert(all.end(), {0, 46, 3});
  const auto expected = crc32(crc32(0, nullptr, 0), all.data(), static_cast<uInt>(all.size()));
  CHECK(dataset_checksum(&loaded.train) == expected);
  CHECK(dataset_checksum(&loaded.train) != dataset_checksum(&loaded.test));
  loaded.train.images[784 * 3 - 1] ^= 1;
  CHECK(dataset_checksum(&loaded.train) != expected);
  loaded.train.images[784 * 3 - 1] ^= 1;
  loaded.train.labels[2] ^= 1;
  CHECK(dataset_checksum(&loaded.train) != expected);
}
