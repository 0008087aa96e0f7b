/* A program that starts itself anew, seen from outside. */
#include <cstdio>
#include <sstream>
#include <string>
#include <vector>

#include <torch_warmup/runtime.h>

#include "failure.h"

using namespace tw::test;

namespace {

/* The lines that a command of the shell's prints, in an environment without the variables that count. */
std::vector<std::string> lines_of(const std::string &command) {
  const std::string whole = "unset GOMP_SPINCOUNT OMP_WAIT_POLICY; " + command + " 2>&1";
  FILE *pipe = popen(whole.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text.push_back(static_cast<char>(c));
  REQUIRE(pclose(pipe) == 0);
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string process_of(const std::string &line) { return line.substr(7, line.find(' ', 7) - 7); }

}  // namespace

TEST_CASE("a program restarts once, as the same process with the same arguments, with threads that wait less") {
  const auto lines = lines_of(TW_RESTARTING " one 'two words' ''");
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == lines[1]);
  CHECK(lines[2] == "after " + process_of(lines[0]) + " TW_OK spin count 10000 [one] [two words] []");
}

TEST_CASE("a user who has said how threads wait has the last word") {
  for (const char *setting : {"GOMP_SPINCOUNT=7", "OMP_WAIT_POLICY=active"}) {
    INFO(setting);
    const auto lines = lines_of(std::string(setting) + " " TW_RESTARTING " one");
    REQUIRE(lines.size() == 2);
    const std::string count = std::string(setting) == "GOMP_SPINCOUNT=7" ? "7" : "unset";
    CHECK(lines[1] == "after " + process_of(lines[0]) + " TW_OK spin count " + count + " [one]");
  }
}

TEST_CASE("a program whose file is gone is told so and goes on as it is") {
  const auto lines =
      lines_of("copy=$(mktemp) && cp " TW_RESTARTING " \"$copy\" && chmod u+x \"$copy\" && \"$copy\" gone");
  REQUIRE(lines.size() == 3);
  CHECK(lines[1] == "after " + process_of(lines[0]) + " TW_ERROR_IO spin count unset [gone]");
  CHECK_THAT(lines[2], Contains("cannot be started anew: No such file"));
}

TEST_CASE("a restart without arguments is refused") {
  char *none[] = {nullptr};
  check_failure(tw_restart_with_patient_threads(nullptr), TW_ERROR_ARGUMENT, {"argv is NULL"});
  check_failure(tw_restart_with_patient_threads(none), TW_ERROR_ARGUMENT, {"argv"});
}
