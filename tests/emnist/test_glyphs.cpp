#include <cstring>
#include <set>

#include "catch.h"
#include "emnist_support.h"

namespace {

struct Part {
  Bytes images, labels;
};

Part generate(glyphs_part part, uint64_t seed, int threads) {
  Part made{Bytes(glyphs_count(part) * GLYPHS_PIXELS), Bytes(glyphs_count(part), 255)};
  Message error;
  REQUIRE(glyphs_generate(made.images.data(), made.labels.data(), part, seed, threads, error.data(), error.size()));
  return made;
}

uint32_t checksum(const Bytes &bytes) {
  return static_cast<uint32_t>(crc32(0, bytes.data(), static_cast<unsigned>(bytes.size())));
}

/* The mean image of a class, upright. */
std::vector<double> mean_image(const Part &part, int label) {
  std::vector<double> mean(GLYPHS_PIXELS);
  double count = 0;
  for (std::size_t i = 0; i < part.labels.size(); ++i) {
    if (part.labels[i] != label) continue;
    ++count;
    for (int x = 0; x < GLYPHS_SIDE; ++x) {
      for (int y = 0; y < GLYPHS_SIDE; ++y)
        mean[y * GLYPHS_SIDE + x] += part.images[i * GLYPHS_PIXELS + x * GLYPHS_SIDE + y];
    }
  }
  for (double &value : mean) value /= count;
  return mean;
}

int class_of(char character) {
  return static_cast<int>(std::strchr(glyphs_class_names, character) - glyphs_class_names);
}

}  // namespace

/* same_bytes.sh compares the test part's with builds by other compilers; a change of the generator changes both. */
TEST_CASE("the default seed gives these bytes, on this machine as on any other") {
  const Part train = generate(GLYPHS_TRAIN, GLYPHS_DEFAULT_SEED, 0),
             test = generate(GLYPHS_TEST, GLYPHS_DEFAULT_SEED, 0);
  CHECK(checksum(train.images) == 0x7106c0ad);
  CHECK(checksum(train.labels) == 0xd0a197df);
  CHECK(checksum(test.images) == 0x24093b26);
  CHECK(checksum(test.labels) == 0x10b2c838);
}

TEST_CASE("any number of threads generates the same bytes") {
  const Part one = generate(GLYPHS_TEST, 7, 1);
  for (int threads : {2, 3, 64, 1000}) {
    const Part many = generate(GLYPHS_TEST, 7, threads);
    CHECK(many.images == one.images);
    CHECK(many.labels == one.labels);
  }
}

TEST_CASE("another seed gives other images in another order") {
  const Part first = generate(GLYPHS_TEST, 1, 0), second = generate(GLYPHS_TEST, 2, 0);
  CHECK(first.labels != second.labels);
  std::set<std::string> images;
  for (const Part *part : {&first, &second}) {
    for (std::size_t i = 0; i < part->labels.size(); ++i) {
      images.emplace(reinterpret_cast<const char *>(&part->images[i * GLYPHS_PIXELS]), GLYPHS_PIXELS);
    }
  }
  CHECK(images.size() == 2 * glyphs_count(GLYPHS_TEST)); /* no image twice */
}

TEST_CASE("every class has 2400 training and 400 test images, in mixed order") {
  for (glyphs_part part : {GLYPHS_TRAIN, GLYPHS_TEST}) {
    const Part made = generate(part, 3, 0);
    std::vector<int> counts(GLYPHS_CLASS_COUNT);
    std::set<int> early;
    for (std::size_t i = 0; i < made.labels.size(); ++i) {
      REQUIRE(made.labels[i] < GLYPHS_CLASS_COUNT);
      ++counts[made.labels[i]];
      if (i < 500) early.insert(made.labels[i]);
    }
    CHECK(counts == std::vector<int>(GLYPHS_CLASS_COUNT, part == GLYPHS_TRAIN ? 2400 : 400));
    CHECK(early.size() > 40);
  }
}

TEST_CASE("images are stored transposed: turned upright, T has its bar above and L its bar below") {
  const Part made = generate(GLYPHS_TEST, 1, 0);
  const auto rows = [&](char character, int from, int to) {
    const auto mean = mean_image(made, class_of(character));
    double sum = 0;
    for (int y = from; y < to; ++y) {
      for (int x = 0; x < GLYPHS_SIDE; ++x) sum += mean[y * GLYPHS_SIDE + x];
    }
    return sum;
  };
  CHECK(rows('T', 0, 10) > 1.5 * rows('T', 18, 28));
  CHECK(rows('L', 18, 28) > 1.3 * rows('L', 0, 10));
  const auto l = mean_image(made, class_of('F'));
  double left = 0, right = 0;
  for (int i = 0; i < GLYPHS_PIXELS; ++i) (i % GLYPHS_SIDE < 14 ? left : right) += l[i];
  CHECK(left > 1.1 * right); /* and not mirrored */
}

TEST_CASE("every image has ink and paper, and its border is paper for the most part") {
  const Part made = generate(GLYPHS_TEST, 5, 0);
  std::size_t border = 0;
  for (std::size_t i = 0; i < made.labels.size(); ++i) {
    const uint8_t *image = &made.images[i * GLYPHS_PIXELS];
    int ink = 0, paper = 0;
    for (int p = 0; p < GLYPHS_PIXELS; ++p) {
      ink += image[p] > 128;
      paper += image[p] == 0;
    }
    REQUIRE(ink >= 15);
    REQUIRE(paper >= 250);
    for (int p = 0; p < GLYPHS_SIDE; ++p) border += image[p] > 0;
  }
  CHECK(border < made.labels.size()); /* of 28 pixels each */
}

TEST_CASE("the classes are EMNIST's, in its order") {
  CHECK(std::string(glyphs_class_names) == "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt");
}

TEST_CASE("every shape of the table can be drawn, and every class has one") {
  std::set<char> drawn;
  for (std::size_t i = 0; i < glyph_shape_count; ++i) {
    INFO(glyph_shapes[i].path);
    glyph_path path;
    REQUIRE(glyph_path_parse(&path, glyph_shapes[i].path));
    CHECK(glyph_shapes[i].weight > 0);
    if (i > 0 && glyph_shapes[i].character != glyph_shapes[i - 1].character) {
      CHECK(drawn.count(glyph_shapes[i].character) == 0); /* its shapes stand together */
    }
    drawn.insert(glyph_shapes[i].character);
    std::vector<glyph_point> line(GLYPH_MAX_LINE);
    int points = 0;
    for (int s = 0; s < path.stroke_count; ++s) points += glyph_path_flatten(line.data(), &path, s);
    CHECK(points <= GLYPH_MAX_LINE);
  }
  CHECK(std::string(drawn.begin(), drawn.end()) == glyphs_class_names); /* which is sorted */
}

TEST_CASE("a stroke runs through its points, straight or smoothly") {
  glyph_path path;
  REQUIRE(glyph_path_parse(&path, "-0,0 100,50 ~0,0 50,100 100,0"));
  REQUIRE(path.stroke_count == 2);
  std::vector<glyph_point> line(GLYPH_MAX_LINE);
  int count = glyph_path_flatten(line.data(), &path, 0);
  for (int i = 0; i < count; ++i) CHECK(line[i].y == 0.5f * line[i].x);
  CHECK((line[count - 1].x == 1.0f && line[count - 1].y == 0.5f));
  count = glyph_path_flatten(line.data(), &path, 1);
  CHECK((count % 2 == 1 && line[count / 2].x == 0.5f && line[count / 2].y == 1.0f));
  CHECK((line[0].x == 0.0f && line[count - 1].x == 1.0f));
}

TEST_CASE("a malformed path is refused") {
  glyph_path path;
  for (const char *text : {"", "0,0 1,1", "-0,0", "-0,0 1", "-0,0 1,", "-0,0 x,1", "-0,0 1,1 ~5,5", "~0,0 -1,1 2,2"}) {
    INFO(text);
    CHECK_FALSE(glyph_path_parse(&path, text));
  }
  std::string many = "-0,0";
  for (int i = 0; i < GLYPH_MAX_POINTS; ++i) many += " 1,1";
  CHECK_FALSE(glyph_path_parse(&path, many.c_str()));
  std::string strokes;
  for (int i = 0; i <= GLYPH_MAX_STROKES; ++i) strokes += "-0,0 1,1 ";
  CHECK_FALSE(glyph_path_parse(&path, strokes.c_str()));
}
