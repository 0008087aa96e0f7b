/* Saving and loading a large checkpoint, beside cp of the same file on the same disk, in turns.
 *
 * What is compared does the same: a save that flushes to the disk with cp and sync of the file, a save whose flush is
 * left out with cp alone, and a load, into tensors that are there already, with cp alone. Memory is the largest resident
 * set during a call (VmHWM, reset before it) less what was resident before it. */
#include <fcntl.h>
#include <getopt.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <torch_warmup.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

namespace {

bool flushing = true;

constexpr size_t mebi = size_t{1} << 20;

struct Options {
  size_t mebibytes = 4096;
  int rounds = 5;
  bool cold = false;
  std::string folder = ".";
};

void check(tw_status status) {
  if (status == TW_OK) return;
  std::fprintf(stderr, "checkpoint_io: %s: %s\n", tw_status_name(status), tw_last_error());
  std::exit(EXIT_FAILURE);
}

[[noreturn]] void give_up(const std::string &what) {
  std::perror(("checkpoint_io: " + what).c_str());
  std::exit(EXIT_FAILURE);
}

/* ---- the state ---- */

/* Numbers that no file system can make smaller. */
void fill(std::vector<uint64_t> &words, uint64_t seed) {
  for (uint64_t &word : words) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    word = (seed ^ (seed >> 29)) & 0x3FFFFFFF3FFFFFFFu; /* pairs of floats, none of them a NaN */
  }
}

/* A buffer of so many MiB in the module. */
void add_buffer(tw_module *state, size_t index, size_t mebibytes) {
  std::vector<uint64_t> words(mebibytes * mebi / 8);
  fill(words, index + 1);
  const auto count = static_cast<int64_t>(words.size() * 2);
  tw_tensor *tensor = nullptr;
  check(tw_tensor_from_data(&tensor, words.data(), words.size() * sizeof words[0], &count, 1, TW_FLOAT32));
  check(tw_module_register_buffer(state, ("buffer" + std::to_string(index)).c_str(), tensor));
  tw_tensor_free(tensor);
}

/* A module of pieces of 64 MiB, and one of a quarter of the whole. */
tw_module *make_state(size_t mebibytes) {
  tw_module *state = nullptr;
  check(tw_module_custom(&state, nullptr, nullptr, nullptr));
  const size_t large = std::max<size_t>(mebibytes / 4, 1);
  size_t count = 0;
  add_buffer(state, count++, large);
  for (size_t done = large; done < mebibytes; done += std::min<size_t>(64, mebibytes - done))
    add_buffer(state, count++, std::min<size_t>(64, mebibytes - done));
  return state;
}

void save(const tw_module *state, const std::string &path) {
  tw_checkpoint *checkpoint = nullptr;
  check(tw_checkpoint_create(&checkpoint));
  check(tw_checkpoint_put_module(checkpoint, "model", state));
  check(tw_checkpoint_save(checkpoint, path.c_str()));
  tw_checkpoint_free(checkpoint);
}

void load(tw_module *state, const std::string &path) {
  tw_checkpoint *checkpoint = nullptr;
  check(tw_checkpoint_load(&checkpoint, path.c_str()));
  check(tw_checkpoint_restore_module(state, checkpoint, "model", 1));
  tw_checkpoint_free(checkpoint);
}

/* ---- what is measured ---- */

/* A line of /proc/self/status, in MiB. */
double resident(const char *name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind(name, 0) == 0) return std::strtod(line.c_str() + std::strlen(name) + 1, nullptr) / 1024;
  give_up(std::string("no ") + name + " in /proc/self/status");
}

void reset_peak() { std::ofstream("/proc/self/clear_refs") << 5; }

/* What the processors have spent on this program and on those that it has run. */
double processor_seconds() {
  double sum = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    struct rusage used;
    getrusage(who, &used);
    for (const struct timeval &time : {used.ru_utime, used.ru_stime})
      sum += static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  }
  return sum;
}

double median(std::vector<double> numbers) {
  std::sort(numbers.begin(), numbers.end());
  return numbers[numbers.size() / 2];
}

struct Measure {
  std::vector<double> seconds, processor; /* the latter tells more where other programs run beside this one */
  double extra = 0;                       /* MiB beyond what was resident before */
};

template <class Work>
void measure(Measure &into, Work &&work) {
  reset_peak();
  const double before = resident("VmRSS"), spent = processor_seconds();
  const auto start = std::chrono::steady_clock::now();
  work();
  into.processor.push_back(processor_seconds() - spent);
  into.seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  into.extra = std::max(into.extra, resident("VmHWM") - before);
}

void run(const std::vector<std::string> &words) {
  std::vector<char *> arguments;
  for (const std::string &word : words) arguments.push_back(const_cast<char *>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = vfork();
  if (child == 0) {
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0) give_up(words[0] + " failed");
}

/* The disk at rest, the file gone, and what it is made of in memory or, where that is asked for, not. */
void settle(const std::string &target, const std::string &source, bool cold) {
  unlink(target.c_str());
  sync();
  if (!cold) return;
  const int descriptor = open(source.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0 || posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED) != 0) give_up(source);
  close(descriptor);
}

struct Results {
  Measure save_flushed, copy_flushed, save, copy, load, copy_again;
};

void run_round(Results &out, const Options &options, tw_module *state) {
  const std::string from = options.folder + "/checkpoint_io.from", to = options.folder + "/checkpoint_io.to";
  const std::vector<std::string> cp = {"cp", from, to};
  const auto timed = [&](Measure &into, bool cold, auto &&work) {
    settle(to, from, cold);
    measure(into, work);
  };
  flushing = true;
  timed(out.save_flushed, false, [&] { save(state, to); });
  timed(out.copy_flushed, false, [&] { run(cp), run({"sync", to}); });
  flushing = false;
  timed(out.save, false, [&] { save(state, to); });
  timed(out.copy, false, [&] { run(cp); });
  timed(out.load, options.cold, [&] { load(state, from); });
  timed(out.copy_again, options.cold, [&] { run(cp); });
  unlink(to.c_str());
}

void print(const char *what, const Measure &ours, const char *other, const Measure &theirs) {
  const double wall = median(ours.seconds), other_wall = median(theirs.seconds);
  const double processor = median(ours.processor), other_processor = median(theirs.processor);
  std::printf("%-14s %7.3f s   %-11s %7.3f s   speed %5.2f   processor %6.3f s and %6.3f s   memory +%.0f MiB\n", what,
              wall, other, other_wall, other_wall / wall, processor, other_processor, ours.extra);
}

/* Neither a save nor a load may take more memory than the largest tensor does, and some MiB for buffers. */
bool fits_in_memory(const Results &results, const Options &options) {
  const auto limit = static_cast<double>(std::max<size_t>(options.mebibytes / 4, 1) + 16);
  const double most = std::max({results.save_flushed.extra, results.save.extra, results.load.extra});
  if (most > limit)
    std::fprintf(stderr, "checkpoint_io: a call took %.0f MiB; at most %.0f are allowed\n", most, limit);
  return most <= limit;
}

/* ---- the command line ---- */

void print_usage(FILE *out) {
  std::fputs(
      "usage: tw_checkpoint_io [OPTION...]\n\n"
      "Saves and loads a large checkpoint and copies its file with cp, in turns, and prints the medians.\n\n"
      "  --mib N         the size of the state in MiB (4096)\n"
      "  --rounds N      how often each is done (5)\n"
      "  --folder PATH   where the files go, up to twice the state's size (the current folder)\n"
      "  --cold          put the file out of memory before it is loaded or copied\n"
      "  --help          this text\n",
      out);
}

size_t positive(const char *name, const char *text) {
  char *end = nullptr;
  const unsigned long long number = std::strtoull(text, &end, 10);
  if (*text >= '1' && *text <= '9' && *end == 0 && number <= (1u << 20)) return number;
  std::fprintf(stderr, "tw_checkpoint_io: --%s is %s; it must be a number from 1 to %u\n", name, text, 1u << 20);
  std::exit(2);
}

Options parse(int count, char **arguments) {
  static const struct option known[] = {
      {"mib", required_argument, nullptr, 'm'},    {"rounds", required_argument, nullptr, 'r'},
      {"folder", required_argument, nullptr, 'f'}, {"cold", no_argument, nullptr, 'c'},
      {"help", no_argument, nullptr, 'h'},         {nullptr, 0, nullptr, 0}};
  Options options;
  for (int found; (found = getopt_long(count, arguments, "h", known, nullptr)) != -1;) {
    if (found == 'm') options.mebibytes = positive("mib", optarg);
    if (found == 'r') options.rounds = static_cast<int>(positive("rounds", optarg));
    if (found == 'f') options.folder = optarg;
    if (found == 'c') options.cold = true;
    if (found == 'h') print_usage(stdout), std::exit(EXIT_SUCCESS);
    if (found == '?') print_usage(stderr), std::exit(2);
  }
  return options;
}

}  // namespace

/* Stands before the C library's, also for the library: a program that leaves the flush out is what cp is. */
extern "C" int fsync(int descriptor) { return flushing ? static_cast<int>(syscall(SYS_fsync, descriptor)) : 0; }

int main(int count, char **arguments) {
  const Options options = parse(count, arguments);
  tw_module *state = make_state(options.mebibytes);
  const std::string from = options.folder + "/checkpoint_io.from";
  save(state, from);
  Results results;
  for (int round = 0; round < options.rounds; ++round) run_round(results, options, state);
  unlink(from.c_str());
  std::printf("a module of %zu MiB, its largest tensor of %zu MiB; medians of %d; the speed of cp is 1\n",
              options.mebibytes, std::max<size_t>(options.mebibytes / 4, 1), options.rounds);
  print("save, flushed", results.save_flushed, "cp and sync", results.copy_flushed);
  print("save", results.save, "cp", results.copy);
  print(options.cold ? "load, cold" : "load", results.load, "cp", results.copy_again);
  tw_module_free(state);
  return fits_in_memory(results, options) ? EXIT_SUCCESS : EXIT_FAILURE;
}
