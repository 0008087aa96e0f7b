#include <getopt.h>

#include <deque>
#include <map>

#include "catch.h"
#include "emnist_support.h"

namespace {

options parse(const std::vector<std::string> &arguments) {
  static std::deque<std::string> alive; /* the settings point into it */
  options parsed;
  std::vector<char *> argv{const_cast<char *>("emnist")};
  for (const std::string &argument : arguments) argv.push_back(alive.emplace_back(argument).data());
  argv.push_back(nullptr);
  optind = 1; /* getopt's own place */
  REQUIRE(options_parse(&parsed, static_cast<int>(argv.size()) - 1, argv.data()) == -1);
  return parsed;
}

std::map<std::string, std::string> kept(const options &settings) {
  std::map<std::string, std::string> texts;
  for (std::size_t i = 0; i < KEPT_OPTIONS; ++i) {
    std::array<char, KEPT_TEXT_SIZE> text{};
    if (kept_option_text(text.data(), &settings, i)) texts[kept_option_name(i)] = text.data();
  }
  return texts;
}

}  // namespace

TEST_CASE("what is kept of the options is what the command line said") {
  std::vector<std::string> arguments{"--batch-size",
                                     "7",
                                     "--test-batch-size",
                                     "8",
                                     "--epochs",
                                     "9",
                                     "--lr",
                                     "0.1",
                                     "--lr-min",
                                     "1e-07",
                                     "--wd",
                                     "0.003",
                                     "--beta2",
                                     "0.99",
                                     "--warmup",
                                     "radam",
                                     "--seed",
                                     "18446744073709551615",
                                     "--log-interval",
                                     "3",
                                     "--split",
                                     "letters",
                                     "--data",
                                     "/",
                                     "--workers",
                                     "2",
                                     "--threads",
                                     "5",
                                     "--checkpoint-every",
                                     "11",
                                     "--save-model",
                                     "--no-gpu"};
  const options settings = parse(arguments);
  const auto texts = kept(settings);
  CHECK(texts.size() == KEPT_OPTIONS);
  for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) {
    if (arguments[i] == "--save-model") break;
    CHECK(texts.at(arguments[i].substr(2)) == arguments[i + 1]);
    CHECK(options_given(&settings, arguments[i].c_str() + 2));
  }
  CHECK(texts.at("save-model") == "yes");
  CHECK(texts.at("no-gpu") == "yes");
}

TEST_CASE("the kept texts give the same options back, every bit of a number too") {
  const std::vector<std::string> rates{"0.1", "0.30000000000000004", "1e-300", "123456.789", "3.3333333333333335e-05"};
  for (const std::string &rate : rates) {
    const options before = parse({"--lr", rate, "--lr-min", "0", "--epochs", "3", "--warmup", "exponential"});
    options after = parse({});
    const auto texts = kept(before);
    CHECK(texts.at("lr") == rate);
    for (const auto &[name, text] : texts) REQUIRE(options_set(&after, name.c_str(), text.c_str()));
    CHECK(after.lr == before.lr);
    CHECK(after.lr_min == 0);
    CHECK(after.epochs == 3);
    CHECK(after.warmup == WARMUP_EXPONENTIAL);
    CHECK(kept(after) == texts);
  }
}

TEST_CASE("what has no text is not kept: flags that are not set, the data of a run on generated images") {
  const auto texts = kept(parse({}));
  for (const char *name : {"save-model", "no-gpu", "data", "split"}) CHECK(texts.count(name) == 0);
  for (std::size_t i = 0; i < KEPT_OPTIONS; ++i)
    CHECK(kept_option_is_required(i) == (texts.count(kept_option_name(i)) == 1));
}

TEST_CASE("a relative folder is kept as its full path") {
  CHECK(kept(parse({"--data", "."})).at("data") == std::filesystem::current_path());
  CHECK(kept(parse({"--data", "no/such"})).at("data") == "no/such");
}

TEST_CASE("only options that the command line has count as given") {
  const options settings = parse({"--lr", "0.01", "--quiet"});
  CHECK(options_given(&settings, "lr"));
  CHECK(options_given(&settings, "quiet"));
  for (const char *name : {"epochs", "seed", "data", "batch-size", "threads"})
    CHECK_FALSE(options_given(&settings, name));
}

TEST_CASE("a kept text that the command line would not take is refused") {
  options settings = parse({});
  CHECK_FALSE(options_set(&settings, "lr", "fast"));
  CHECK_FALSE(options_set(&settings, "epochs", "0"));
  CHECK_FALSE(options_set(&settings, "warmup", ""));
}
