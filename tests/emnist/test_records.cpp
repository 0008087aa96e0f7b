#include <sys/wait.h>
#include <unistd.h>

#include "catch.h"
#include "emnist_support.h"

namespace {

/* A run's tables in a folder, closed at the end. */
struct Tables {
  records files{};
  Message error;
  explicit Tables(const std::string &folder) : folder_(folder) {}
  ~Tables() { records_close(&files, error.data(), error.size()); }
  Tables(const Tables &) = delete;
  Tables &operator=(const Tables &) = delete;

  bool open() { return records_open(&files, folder_.c_str(), error.data(), error.size()); }
  bool reopen(const std::array<table_mark, TABLES> &marks) {
    return records_reopen(&files, folder_.c_str(), marks.data(), error.data(), error.size());
  }
  void add(int64_t step) { REQUIRE(records_add_history(&files, 1, step, 0.5, 0.01, error.data(), error.size())); }
  std::array<table_mark, TABLES> marks() const {
    return {files.tables[HISTORY].written, files.tables[EVALUATION].written};
  }

 private:
  std::string folder_;
};

std::string text(const std::string &path) {
  const Bytes bytes = read_raw(path);
  return {bytes.begin(), bytes.end()};
}

Bytes bytes_of(const std::string &text) { return {text.begin(), text.end()}; }

}  // namespace

TEST_CASE("rows are in the tables when the call returns") {
  TemporaryFolder folder;
  Tables run(folder.file("new"));
  REQUIRE(run.open());
  CHECK(text(folder.file("new/history.csv")) == "epoch,step,loss,lr\n");
  REQUIRE(records_add_history(&run.files, 1, 10, 3.25, 0.0001, run.error.data(), run.error.size()));
  REQUIRE(records_add_evaluation(&run.files, 1, 2.5, 12.345, run.error.data(), run.error.size()));
  CHECK(text(folder.file("new/history.csv")) == "epoch,step,loss,lr\n1,10,3.25,0.0001\n");
  CHECK(text(folder.file("new/evaluation.csv")) == "epoch,loss,accuracy\n1,2.5,12.35\n");
  CHECK(records_sync(&run.files, run.error.data(), run.error.size()));
}

TEST_CASE("a mark is a table's size and CRC-32") {
  TemporaryFolder folder;
  Tables run(folder.path());
  REQUIRE(run.open());
  run.add(10);
  const Bytes bytes = read_raw(folder.file("history.csv"));
  CHECK(run.marks()[HISTORY].bytes == static_cast<int64_t>(bytes.size()));
  CHECK(run.marks()[HISTORY].checksum == crc32(0, bytes.data(), static_cast<uInt>(bytes.size())));
}

TEST_CASE("a table with a row is never overwritten, one without is") {
  TemporaryFolder folder;
  Message error;
  for (const char *begun : {"", "epoch,st", "epoch,step,loss,lr\n"}) {
    INFO("'" << begun << "'");
    write_raw(folder.file("history.csv"), bytes_of(begun));
    CHECK(records_check(folder.path().c_str(), error.data(), error.size()));
    Tables run(folder.path());
    CHECK(run.open());
    CHECK(text(folder.file("history.csv")) == "epoch,step,loss,lr\n");
  }
  for (const char *name : records_names) {
    const std::string row = "epoch,step,loss,lr\n1,10,1,1\n";
    TemporaryFolder other;
    write_raw(other.file(name), bytes_of(row));
    CHECK_FALSE(records_check(other.path().c_str(), error.data(), error.size()));
    CHECK_THAT(error.str(), Contains(other.file(name)) && Contains("exists already"));
    Tables run(other.path());
    CHECK_FALSE(run.open());
    CHECK_THAT(run.error.str(), Contains(other.file(name)) && Contains("exists already"));
    CHECK(text(other.file(name)) == row);
  }
}

TEST_CASE("a run that goes on cuts off what came after its marks, whole rows or not, and adds to them") {
  for (const char *after : {"", "1,30,1,1\n1,40,1,1\n", "1,3", "1,30,1,1\n1,4"}) {
    INFO("'" << after << "'");
    TemporaryFolder folder;
    std::array<table_mark, TABLES> marks{};
    {
      Tables run(folder.path());
      REQUIRE(run.open());
      run.add(10);
      run.add(20);
      marks = run.marks();
    }
    const Bytes before = read_raw(folder.file("history.csv"));
    std::ofstream(folder.file("history.csv"), std::ios::app) << after;
    Tables run(folder.path());
    INFO(run.error.str());
    REQUIRE(run.reopen(marks));
    CHECK(read_raw(folder.file("history.csv")) == before);
    run.add(30);
    CHECK(text(folder.file("history.csv")) == std::string(before.begin(), before.end()) + "1,30,0.5,0.01\n");
    const Bytes all = read_raw(folder.file("history.csv"));
    CHECK(run.marks()[HISTORY].checksum == crc32(0, all.data(), static_cast<uInt>(all.size())));
  }
}

TEST_CASE("tables that are not those that were marked are refused and left alone") {
  TemporaryFolder folder;
  std::array<table_mark, TABLES> marks{};
  {
    Tables run(folder.path());
    REQUIRE(run.open());
    for (int step = 0; step < 1000; ++step) run.add(step);
    REQUIRE(records_add_evaluation(&run.files, 1, 2, 3, run.error.data(), run.error.size()));
    marks = run.marks();
  }
  const std::string history = text(folder.file("history.csv")), evaluation = text(folder.file("evaluation.csv"));
  const auto refusal = [&](const std::string &damaged_history, const std::string &damaged_evaluation) {
    write_raw(folder.file("history.csv"), bytes_of(damaged_history));
    write_raw(folder.file("evaluation.csv"), bytes_of(damaged_evaluation));
    Tables run(folder.path());
    CHECK_FALSE(run.reopen(marks));
    CHECK(run.files.tables[HISTORY].file == nullptr);
    CHECK(text(folder.file("history.csv")) == damaged_history);
    CHECK(text(folder.file("evaluation.csv")) == damaged_evaluation);
    return run.error.str();
  };
  CHECK_THAT(refusal(history.substr(0, 5000), evaluation),
             Contains("history.csv has 5000 bytes, but had " + std::to_string(history.size())));
  std::string other = history;
  other[4500] ^= 1;
  CHECK_THAT(refusal(other + "1,2,3,4\n", evaluation), Contains("history.csv is not the table"));
  /* The second table's fault leaves the first uncut. */
  CHECK_THAT(refusal(history + "1,2,3,4\n", "epoch"), Contains("evaluation.csv has 5 bytes"));
  std::filesystem::remove(folder.file("history.csv"));
  Tables run(folder.path());
  CHECK_FALSE(run.reopen(marks));
  CHECK_THAT(run.error.str(), Contains("history.csv cannot be opened: No such file"));
  CHECK_FALSE(std::filesystem::exists(folder.file("history.csv")));
}

TEST_CASE("a second run cannot open tables that one is writing to, until it has ended") {
  TemporaryFolder folder;
  Tables run(folder.path());
  REQUIRE(run.open());
  const auto marks = run.marks();
  const auto in_another_process = [&] {
    const pid_t child = fork();
    if (child == 0) {
      Tables second(folder.path());
      const bool opened = second.reopen(marks);
      _exit(opened ? 1 : second.error.str().find("another run is writing to") != std::string::npos ? 2 : 3);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WEXITSTATUS(status);
  };
  CHECK(in_another_process() == 2);
  CHECK(records_close(&run.files, run.error.data(), run.error.size()));
  CHECK(in_another_process() == 1);
}

TEST_CASE("folders and tables that cannot be made are named with the reason") {
  TemporaryFolder folder;
  Tables nowhere(folder.file("no/such"));
  CHECK_FALSE(nowhere.open());
  CHECK_THAT(nowhere.error.str(), Contains("no/such cannot be made: No such file"));
  std::filesystem::create_directories(folder.file("history.csv"));
  Tables blocked(folder.path());
  CHECK_FALSE(blocked.open());
  CHECK_THAT(blocked.error.str(), Contains("history.csv cannot be created: Is a directory"));
  Message error;
  CHECK_FALSE(records_check(folder.path().c_str(), error.data(), error.size()));
  Tables long_path(std::string(5000, 'x'));
  CHECK_FALSE(long_path.open());
}

TEST_CASE("a folder takes files if it is there, or can be made where it is to be; asking makes nothing") {
  TemporaryFolder folder;
  Message error;
  write_raw(folder.file("file"), bytes_of("x"));
  for (const char *below : {"", "/", "/new", "/new/", "/new//"}) {
    INFO("'" << below << "'");
    CHECK(records_check_folder((folder.path() + below).c_str(), error.data(), error.size()));
  }
  CHECK(records_check_folder("a_name_in_the_current_folder", error.data(), error.size()));
  for (const char *below : {"/file", "/file/new", "/new/new"}) {
    INFO("'" << below << "'");
    CHECK_FALSE(records_check_folder((folder.path() + below).c_str(), error.data(), error.size()));
    CHECK_THAT(error.str(), Contains(folder.path() + below + " cannot be "));
  }
  CHECK_FALSE(records_check_folder("", error.data(), error.size()));
  CHECK_FALSE(records_check_folder(std::string(5000, 'x').c_str(), error.data(), error.size()));
  CHECK(std::filesystem::directory_iterator(folder.path())->path() == folder.file("file"));
}

TEST_CASE("a row that the disk has no room for is said") {
  TemporaryFolder folder;
  Tables run(folder.path());
  REQUIRE(run.open());
  FILE *whole = run.files.tables[HISTORY].file;
  run.files.tables[HISTORY].file = fopen("/dev/full", "w");
  REQUIRE(run.files.tables[HISTORY].file != nullptr);
  CHECK_FALSE(records_add_history(&run.files, 1, 10, 1, 1, run.error.data(), run.error.size()));
  CHECK_THAT(run.error.str(), Contains("history.csv cannot be written: No space left on device"));
  fclose(whole);
}
