/* Files of TorchScript: loading, saving, and files that are none or damaged. */
#include <sys/resource.h>

#include <csignal>
#include <random>

#include "catch.h"
#include "checkpoint_files.h"
#include "failure.h"
#include "files.h"
#include "scripts.h"

using namespace tw::test;

namespace {

using Floats = std::vector<float>;

Handle<tw_tensor> input() { return tensor({1, 2, 3, 3, 1, 2}, {2, 3}); }

void save_script(const Handle<tw_module> &module, const std::string &path) {
  if (tw_module_save_torchscript(module.get(), path.c_str()) != TW_OK) throw tw_last_error();
}

tw_status load_bytes(tw_module **out, const std::string &bytes) {
  return tw_module_load_torchscript_memory(out, bytes.data(), bytes.size());
}

void check_refused(const std::string &path, tw_status wanted, std::initializer_list<std::string> texts) {
  tw_module *module = rubbish<tw_module>();
  INFO(path);
  check_failure(tw_module_load_torchscript(&module, path.c_str()), wanted, texts);
  CHECK(module == nullptr);
}

/* Files may not grow beyond so many bytes while this lives. */
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit &) = delete;
  FileSizeLimit &operator=(const FileSizeLimit &) = delete;
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int) = SIG_DFL;
};

}  // namespace

TEST_CASE("a script that is saved comes back with its state, its mode and its methods") {
  const TemporaryFile file;
  const auto model = script_model();
  forward(model, input());
  set_state(model, "block.weight", {7, 8, 9});
  for (const int32_t mode : {0, 1}) {
    set_training(model, mode);
    set_training(get_module(model, "layers"), 1 - mode); /* not the same everywhere */
    save_script(model, file.path());
    const auto loaded = load_script(file.path());
    CHECK(is_training(loaded) == mode);
    CHECK(is_training(get_module(loaded, "layers.1")) == 1 - mode);
    CHECK(state(loaded, "alias.same_weight") == Floats{7, 8, 9});
    CHECK(state(loaded, "block.calls") == Floats{1});
    CHECK(parameter_names(loaded) == parameter_names(model));
    CHECK(size_of(call(loaded, "add_name", of_string("x"))) == 3);
    set_training(loaded, 0);
    set_training(model, 0);
    CHECK(values(forward(loaded, input()).get()) == values(forward(model, input()).get()));
    set_state(model, "block.calls", {1});
  }
}

TEST_CASE("a script's child is saved by itself") {
  const TemporaryFile file;
  save_script(get_module(script_model(), "block"), file.path());
  const auto loaded = load_script(file.path());
  CHECK(parameter_names(loaded) == std::vector<std::string>{"weight", "norm.weight", "norm.bias"});
  CHECK(state(loaded, "weight") == Floats{1, 2, 3});
}

TEST_CASE("a script is loaded from bytes that may go at once") {
  Handle<tw_module> loaded;
  {
    std::string bytes = bytes_of_file(script_fixture("model"));
    REQUIRE(load_bytes(loaded.out(), bytes) == TW_OK);
    std::fill(bytes.begin(), bytes.end(), 'x');
  }
  const auto model = script_model();
  set_training(loaded, 0);
  set_training(model, 0);
  CHECK(values(forward(loaded, input()).get()) == values(forward(model, input()).get()));
}

TEST_CASE("two modules of one file have nothing in common") {
  const auto one = script_model(), other = script_model();
  set_state(one, "block.weight", {0, 0, 0});
  set_training(one, 0);
  forward(one, input());
  call(one, "add_name", of_string("c"));
  CHECK(state(other, "block.weight") == Floats{1, 2, 3});
  CHECK(state(other, "block.calls") == Floats{0});
  CHECK(is_training(other) == 1);
  CHECK(size_of(call(other, "add_name", of_string("c"))) == 3);
}

TEST_CASE("only scripts are saved as scripts") {
  const TemporaryFile file;
  check_failure(tw_module_save_torchscript(linear(2, 3).get(), file.path().c_str()), TW_ERROR_TYPE,
                {"no TorchScript module", "Linear", "checkpoint"});
  CHECK(!std::filesystem::exists(file.path()));
}

TEST_CASE("a script that cannot be saved leaves the file as it was") {
  const TemporaryFile file;
  const auto model = script_model();
  save_script(model, file.path());
  const std::string before = bytes_of_file(file.path());
  set_state(model, "block.weight", {0, 0, 0});
  {
    const FileSizeLimit limit(4096);
    check_failure(tw_module_save_torchscript(model.get(), file.path().c_str()), TW_ERROR_IO,
                  {file.path(), "File too large"});
  }
  CHECK(bytes_of_file(file.path()) == before);
  size_t files = 0;
  for ([[maybe_unused]] const auto &entry : std::filesystem::directory_iterator(file.folder())) ++files;
  CHECK(files == 1);
  check_failure(tw_module_save_torchscript(model.get(), (file.folder() + "/no/model.pt").c_str()), TW_ERROR_IO,
                {"/no/model.pt", "No such file"});
  save_script(model, file.path()); /* which goes on to work */
  CHECK(state(load_script(file.path()), "block.weight") == Floats{0, 0, 0});
}

TEST_CASE("a script is saved where a link leads to, though there is no file yet") {
  const TemporaryFile file;
  std::filesystem::create_symlink("target.pt", file.path());
  save_script(script_model(), file.path());
  CHECK(std::filesystem::read_symlink(file.path()) == "target.pt");
  CHECK(state(load_script(file.folder() + "/target.pt"), "block.weight") == state(script_model(), "block.weight"));
}

TEST_CASE("a file that is not there, or no file, is an I/O error") {
  const TemporaryFile file;
  check_refused(file.path(), TW_ERROR_IO, {file.path(), "No such file"});
  check_refused(file.folder(), TW_ERROR_IO, {file.folder(), "not a regular file"});
}

TEST_CASE("a file that is no script is refused, saying what it is") {
  const TemporaryFile file;
  write_bytes(file.path(), "");
  check_refused(file.path(), TW_ERROR_FORMAT, {file.path(), "empty"});
  write_bytes(file.path(), std::string(1000, 'x'));
  check_refused(file.path(), TW_ERROR_FORMAT, {"not a zip archive"});
  const std::string checkpoint = std::string(TW_FIXTURES) + "/checkpoints/python_torch_1.13.0.pt";
  for (const std::string &saved : {checkpoint, script_fixture("pickled_model")})
    check_refused(saved, TW_ERROR_FORMAT,
                  {"torch.save", "tw_checkpoint_load", "torch.jit.save(torch.jit.script(model)"});
}

TEST_CASE("a checkpoint is not made of a script's file") {
  tw_checkpoint *loaded = rubbish<tw_checkpoint>();
  check_failure(tw_checkpoint_load(&loaded, script_fixture("model").c_str()), TW_ERROR_UNSUPPORTED,
                {"tw_module_load_torchscript"});
  CHECK(loaded == nullptr);
}

TEST_CASE("a script's file that is cut short is refused, wherever") {
  const std::string whole = bytes_of_file(script_fixture("model"));
  for (size_t length = 0; length < whole.size(); length += 97) {
    INFO("of " << whole.size() << " bytes the first " << length);
    tw_module *module = rubbish<tw_module>();
    check_failure(load_bytes(&module, whole.substr(0, length)), TW_ERROR_FORMAT, {"data is no TorchScript module"});
    CHECK(module == nullptr);
  }
}

TEST_CASE("a byte of a script's file that has changed is found, unless it means nothing") {
  const std::string whole = bytes_of_file(script_fixture("model"));
  const auto model = script_model();
  set_training(model, 0);
  const auto wanted = values(forward(model, input()).get());
  std::mt19937 random(1);
  int refused = 0;
  constexpr int tries = 400;
  for (int i = 0; i < tries; ++i) {
    std::string bytes = whole;
    const size_t place = random() % bytes.size();
    bytes[place] = static_cast<char>(bytes[place] ^ (1u << random() % 8));
    INFO("seed 1, try " << i << ", byte " << place);
    Handle<tw_module> module;
    if (load_bytes(module.out(), bytes) != TW_OK) {
      check_failure(load_bytes(module.out(), bytes), TW_ERROR_FORMAT, {"data is no TorchScript module"});
      ++refused;
      continue;
    }
    set_training(module, 0);
    CHECK(values(forward(module, input()).get()) == wanted);
  }
  CHECK(refused > tries / 2);
  CHECK(refused < tries); /* bytes that align the others mean nothing */
}
