#include <unistd.h>

#include "catch.h"
#include "emnist_support.h"

namespace {

/* What reading a file gives: its items, or the message. */
struct Result {
  bool ok;
  Bytes items;
  std::size_t count;
  std::string error;
};

using Reader = bool (*)(uint8_t **, std::size_t *, const char *, char *, std::size_t);

Result read(Reader reader, const std::string &path, std::size_t item) {
  uint8_t *items = reinterpret_cast<uint8_t *>(1);
  std::size_t count = 99;
  Message error;
  const bool ok = reader(&items, &count, path.c_str(), error.data(), error.size());
  Result result{ok, {}, count, error.str()};
  if (ok) {
    result.items.assign(items, items + count * item);
    free(items);
  } else {
    CHECK(items == nullptr);
    CHECK(count == 0);
    CHECK_THAT(result.error, Contains(path));
  }
  return result;
}

Result read_images(const std::string &path) { return read(idx_read_images, path, IDX_PIXELS); }
Result read_labels(const std::string &path) { return read(idx_read_labels, path, 1); }

Bytes pixels_of(const Bytes &file) { return Bytes(file.begin() + 16, file.end()); }

}  // namespace

TEST_CASE("images and labels are read from raw and from gzipped files") {
  TemporaryFolder folder;
  const Bytes images = images_file(5), labels = labels_file({4, 0, 46, 7, 255});
  write_raw(folder.file("i"), images);
  write_gzip(folder.file("i.gz"), images);
  write_raw(folder.file("l"), labels);
  write_gzip(folder.file("l.gz"), labels);
  for (const char *name : {"i", "i.gz"}) {
    const Result result = read_images(folder.file(name));
    INFO(result.error);
    REQUIRE(result.ok);
    CHECK(result.count == 5);
    CHECK(result.items == pixels_of(images));
  }
  for (const char *name : {"l", "l.gz"}) {
    const Result result = read_labels(folder.file(name));
    REQUIRE(result.ok);
    CHECK(result.items == Bytes{4, 0, 46, 7, 255});
  }
}

TEST_CASE("what is written is IDX, and gzipped it is the same bytes every time") {
  TemporaryFolder folder;
  Message error;
  const Bytes images = images_file(3);
  const Bytes pixels = pixels_of(images);
  for (const char *name : {"i", "i.gz", "again.gz"}) {
    REQUIRE(idx_write_images(folder.file(name).c_str(), pixels.data(), 3, error.data(), error.size()));
    CHECK(read_images(folder.file(name)).items == pixels);
  }
  CHECK(read_raw(folder.file("i")) == images);
  const Bytes packed = read_raw(folder.file("i.gz"));
  CHECK(packed == read_raw(folder.file("again.gz")));
  CHECK(packed[0] == 0x1f);
  CHECK(Bytes(packed.begin() + 3, packed.begin() + 8) == Bytes(5, 0)); /* no name, no time */
  const Bytes labels{1, 2, 3};
  REQUIRE(idx_write_labels(folder.file("l").c_str(), labels.data(), 3, error.data(), error.size()));
  CHECK(read_raw(folder.file("l")) == labels_file(labels));
}

TEST_CASE("a file that can't be written is said, and nothing is left behind") {
  TemporaryFolder folder;
  Message error;
  const uint8_t label = 1;
  CHECK_FALSE(idx_write_labels(folder.file("no/l").c_str(), &label, 1, error.data(), error.size()));
  CHECK_THAT(error.str(), Contains(folder.file("no/l")) && Contains("No such file"));
  std::filesystem::create_directories(folder.file("taken/x"));
  CHECK_FALSE(idx_write_labels(folder.file("taken").c_str(), &label, 1, error.data(), error.size()));
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a write that the disk has no room for is said", "[full]") {
  if (!std::filesystem::exists("/dev/full")) return;
  TemporaryFolder folder;
  Message error;
  const Bytes pixels(100 * IDX_PIXELS, 77);
  /* The temporary file's name is PATH.PID.part: a link of that name leads to a disk that is always full. */
  const std::string path = folder.file("i");
  std::filesystem::create_symlink("/dev/full", path + "." + std::to_string(getpid()) + ".part");
  CHECK_FALSE(idx_write_images(path.c_str(), pixels.data(), 100, error.data(), error.size()));
  CHECK_THAT(error.str(), Contains("No space left"));
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a wrong magic number is named, with what the file seems to be") {
  TemporaryFolder folder;
  write_raw(folder.file("labels"), labels_file({1, 2}));
  CHECK_THAT(read_images(folder.file("labels")).error,
             Contains("2049") && Contains("offset 0") && Contains("labels file"));
  write_raw(folder.file("images"), images_file(1));
  CHECK_THAT(read_labels(folder.file("images")).error, Contains("2051") && Contains("images file"));
  write_raw(folder.file("zip"), {'P', 'K', 3, 4, 0, 0, 0, 0});
  CHECK_THAT(read_images(folder.file("zip")).error, Contains("zip archive"));
  write_raw(folder.file("other"), {0xde, 0xad, 0xbe, 0xef, 0, 0});
  CHECK_THAT(read_images(folder.file("other")).error, Contains("0xdeadbeef") && Contains("expected 2051"));
}

TEST_CASE("a file that is not as it is named is refused: gzip without .gz, and .gz without gzip") {
  TemporaryFolder folder;
  write_gzip(folder.file("i"), images_file(1));
  CHECK_THAT(read_images(folder.file("i")).error, Contains("gzipped") && Contains("529205256") && Contains("i.gz"));
  write_raw(folder.file("i.gz"), images_file(1));
  CHECK_THAT(read_images(folder.file("i.gz")).error, Contains("not gzip") && Contains("00 00"));
  write_raw(folder.file("t.gz"), {'<'});
  CHECK_THAT(read_images(folder.file("t.gz")).error, Contains("not gzip") && Contains("3c"));
}

TEST_CASE("a short file is refused at every length, raw and gzipped") {
  TemporaryFolder folder;
  const Bytes whole = images_file(2);
  for (std::size_t length : {std::size_t{1}, std::size_t{3}, std::size_t{4}, std::size_t{9}, std::size_t{15},
                             std::size_t{16}, std::size_t{800}, whole.size() - 1}) {
    const Bytes part(whole.begin(), whole.begin() + static_cast<long>(length));
    write_raw(folder.file("i"), part);
    write_gzip(folder.file("i.gz"), part);
    INFO(length);
    CHECK_THAT(read_images(folder.file("i")).error, Contains("too short"));
    CHECK_THAT(read_images(folder.file("i.gz")).error, Contains("too short") && Contains("offset"));
  }
}

TEST_CASE("gzip data that is cut off or damaged is refused") {
  TemporaryFolder folder;
  write_gzip(folder.file("whole.gz"), images_file(20));
  const Bytes whole = read_raw(folder.file("whole.gz"));
  for (std::size_t length : {std::size_t{2}, std::size_t{12}, whole.size() / 2, whole.size() - 1}) {
    INFO(length);
    write_raw(folder.file("cut.gz"), Bytes(whole.begin(), whole.begin() + static_cast<long>(length)));
    CHECK_FALSE(read_images(folder.file("cut.gz")).ok);
  }
  Bytes damaged = whole;
  damaged[damaged.size() - 6] ^= 1; /* its checksum */
  write_raw(folder.file("damaged.gz"), damaged);
  CHECK_THAT(read_images(folder.file("damaged.gz")).error, Contains("cannot read"));
}

TEST_CASE("bytes after the last item are refused") {
  TemporaryFolder folder;
  Bytes longer = labels_file({1, 2, 3});
  longer.push_back(0x5a);
  write_raw(folder.file("l"), longer);
  write_gzip(folder.file("l.gz"), longer);
  for (const char *name : {"l", "l.gz"}) {
    CHECK_THAT(read_labels(folder.file(name)).error, Contains("0x5a") && Contains("offset 11"));
  }
}

TEST_CASE("a count that the file can't hold takes no memory and is refused") {
  TemporaryFolder folder;
  Bytes images = images_file(1);
  for (int i = 4; i < 8; ++i) images[i] = 0xff;
  write_raw(folder.file("i"), images);
  write_gzip(folder.file("i.gz"), images);
  for (const char *name : {"i", "i.gz"}) {
    CHECK_THAT(read_images(folder.file(name)).error, Contains("4294967295") && Contains("offset 4"));
  }
}

TEST_CASE("images of another size are refused, naming it") {
  TemporaryFolder folder;
  write_raw(folder.file("rows"), images_file(1, 32 * 28, 32, 28));
  CHECK_THAT(read_images(folder.file("rows")).error, Contains("32 rows") && Contains("offset 8"));
  write_raw(folder.file("columns"), images_file(1, 28 * 20, 28, 20));
  CHECK_THAT(read_images(folder.file("columns")).error, Contains("20 columns") && Contains("offset 12"));
}

TEST_CASE("an empty, a missing and an unreadable file are told apart") {
  TemporaryFolder folder;
  write_raw(folder.file("empty"), {});
  CHECK_THAT(read_images(folder.file("empty")).error, Contains("empty"));
  CHECK_THAT(read_images(folder.file("none")).error, Contains("No such file"));
  CHECK_THAT(read_images(folder.path()).error, Contains("not a regular file"));
  write_raw(folder.file("no_labels"), labels_file({}));
  CHECK_THAT(read_labels(folder.file("no_labels")).error, Contains("count") && Contains("0"));
}

TEST_CASE("a message longer than the caller's buffer is cut off, not overrun") {
  uint8_t *items = nullptr;
  std::size_t count = 0;
  char small[8] = "xxxxxxx";
  CHECK_FALSE(idx_read_images(&items, &count, "/nowhere/at/all", small, 4));
  CHECK(std::string(small) == "/no");
  CHECK(small[4] == 'x');
}
