/* Hostile files, each loaded by a process that may take little memory and time. */
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "catch.h"
#include "handles.h"

using namespace tw::test;
namespace fs = std::filesystem;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool can_limit_memory = false; /* whose shadow takes terabytes of addresses */
#else
constexpr bool can_limit_memory = true;
#endif

constexpr rlim_t room = rlim_t{256} << 20; /* beyond what the process has mapped */
constexpr rlim_t seconds = 20;             /* a guard against one that never ends */

/* What this process has mapped, in bytes. */
rlim_t mapped() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmSize:", 0) == 0) return static_cast<rlim_t>(std::stoull(line.substr(7))) << 10;
  throw "no VmSize in /proc/self/status";
}

bool limit() {
  const struct rlimit memory = {mapped() + room, mapped() + room}, time = {seconds, seconds};
  alarm(3 * seconds);
  return (!can_limit_memory || setrlimit(RLIMIT_AS, &memory) == 0) && setrlimit(RLIMIT_CPU, &time) == 0;
}

/* The status of a load, and whether there was a message. */
struct Answer {
  tw_status status = TW_STATUS_UNKNOWN;
  bool has_message = false;
  bool has_checkpoint = true;
};

Answer load_limited(const std::string &path) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    if (!limit()) _exit(3);
    Answer answer;
    auto *loaded = rubbish<tw_checkpoint>();
    answer.status = tw_checkpoint_load(&loaded, path.c_str());
    answer.has_message = std::strlen(tw_last_error()) > path.size();
    answer.has_checkpoint = loaded != nullptr;
    _exit(write(ends[1], &answer, sizeof answer) == ssize_t{sizeof answer} ? 0 : 4);
  }
  close(ends[1]);
  Answer answer;
  const bool answered = read(ends[0], &answer, sizeof answer) == ssize_t{sizeof answer};
  close(ends[0]);
  int status = -1;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(answered);
  return answer;
}

}  // namespace

TEST_CASE("every hostile file is refused in little memory and time, and none of them is obeyed") {
  std::remove("/tmp/TW_HOSTILE_CANARY");
  size_t count = 0;
  for (const auto &file : fs::directory_iterator(std::string(TW_FIXTURES) + "/hostile")) {
    if (file.path().extension() != ".pt") continue;
    INFO(file.path().filename().string());
    const Answer answer = load_limited(file.path().string());
    CHECK((answer.status == TW_ERROR_FORMAT || answer.status == TW_ERROR_UNSUPPORTED));
    CHECK(answer.has_message);
    CHECK_FALSE(answer.has_checkpoint);
    ++count;
  }
  CHECK(count >= 18);
  CHECK_FALSE(fs::exists("/tmp/TW_HOSTILE_CANARY"));
}

TEST_CASE("the limits leave room for a file that is good") {
  const Answer answer = load_limited(std::string(TW_FIXTURES) + "/checkpoints/python_torch_2.14.1.pt");
  CHECK(answer.status == TW_OK);
  CHECK(answer.has_checkpoint);
}
