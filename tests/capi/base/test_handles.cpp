/* What a build with TORCH_WARMUP_CHECKS says of handles that are freed or of another kind, and of those that are alive; and
   that another build says it does not know. */
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <set>

#include "base/entry_points.h"
#include "failure.h"
#include "modules.h"
#include "op.h"
#include "schedulers.h"

using namespace tw::test;

namespace {

bool has_checks() {
  size_t count = 0;
  return tw_live_handles(&count, TW_HANDLE_TENSOR) == TW_OK;
}

size_t live(tw_handle_kind kind) {
  size_t count = 0;
  REQUIRE(tw_live_handles(&count, kind) == TW_OK);
  return count;
}

/* ---- every entry point, each of its handles ----------------------------------------------------------------------- */

/* What only keeps the handle for a call to come, which looks at it. */
const std::set<std::string> keeping = {"tw_argument_tensor", "tw_argument_generator", "tw_argument_tensor_list"};

bool takes_handle(const Parameter &parameter) {
  static const std::set<std::string> types = {"tw_tensor",    "tw_tensor_list",       "tw_generator", "tw_module",
                                              "tw_optimizer", "tw_lr_scheduler",      "tw_warmup",    "tw_checkpoint",
                                              "tw_value",     "tw_module_differences"};
  return types.count(parameter.type) == 1 && parameter.name != "out";
}

/* 1 if there was one to make wrong. */
size_t check_wrong_handle(const EntryPoint &entry, size_t index, const Parameter &parameter) {
  if (!takes_handle(parameter) || keeping.count(entry.name) == 1) return 0;
  INFO(entry.name << ", " << parameter.name);
  {
    Setup s;
    check_failure(entry.call(s, index, freed_handle), TW_ERROR_ARGUMENT,
                  {parameter.name, " is a handle that has been freed"});
    CHECK(s.outputs_are_zero());
  }
  Setup s;
  const std::string other = parameter.type == "tw_generator" ? "tw_tensor" : "tw_generator";
  check_failure(entry.call(s, index, other_handle), TW_ERROR_ARGUMENT,
                {parameter.name, " is a " + other + ", not a " + parameter.type});
  CHECK(s.outputs_are_zero());
  return 1;
}

/* ---- programs that end -------------------------------------------------------------------------------------------- */

/* What the body wrote to the standard error, and that it aborted. */
std::string abort_of(const std::function<void()> &body) {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL); /* Catch2 would make a failure of it */
    dup2(ends[1], STDERR_FILENO);
    body();
    _exit(0);
  }
  close(ends[1]);
  std::string text;
  char buffer[256];
  for (ssize_t count; (count = read(ends[0], buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<size_t>(count));
  close(ends[0]);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WIFSIGNALED(status));
  if (WIFSIGNALED(status)) CHECK(WTERMSIG(status) == SIGABRT);
  return text;
}

/* What this program prints to the standard error when it runs one of the hidden tests below. */
std::string report_of(const std::string &test) {
  std::array<char, 4096> self{};
  REQUIRE(readlink("/proc/self/exe", self.data(), self.size() - 1) > 0);
  const std::string command = "ASAN_OPTIONS=detect_leaks=0 TORCH_WARMUP_REPORT=1 '" + std::string(self.data()) + "' '" +
                              test + "' 2>&1 >/dev/null";
  FILE *pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  for (int c; (c = fgetc(pipe)) != EOF;) text += static_cast<char>(c);
  CHECK(pclose(pipe) == 0);
  return text;
}

}  // namespace

TEST_CASE("without checks handles are not counted, and that is said") {
  if (has_checks()) return;
  size_t count = 7;
  check_failure(tw_live_handles(&count, TW_HANDLE_TENSOR), TW_ERROR_UNSUPPORTED, {"TORCH_WARMUP_CHECKS"});
  CHECK(count == 0);
}

TEST_CASE("a kind of handle that there is not is refused") {
  size_t count = 7;
  for (const int wrong : {-1, 10, 0x7fffffff}) {
    tw_handle_kind kind{};
    set_number(kind, wrong);
    check_failure(tw_live_handles(&count, kind), TW_ERROR_ARGUMENT, {"kind is " + std::to_string(wrong)});
    CHECK(count == 0);
    CHECK(std::string(tw_handle_kind_name(kind)) == "unknown");
  }
  CHECK(std::string(tw_handle_kind_name(TW_HANDLE_LR_SCHEDULER)) == "tw_lr_scheduler");
  CHECK(std::string(tw_handle_kind_name(TW_HANDLE_CHECKPOINT)) == "tw_checkpoint");
}

TEST_CASE("every entry point names a handle that has been freed, and one of another kind") {
  if (!has_checks()) return;
  const std::map<std::string, Declaration> declared = declarations();
  size_t checked = 0;
  for (const Entries *entries :
       {&base_entries, &tensor_entries, &dlpack_entries, &op_entries, &module_entries, &optimizer_entries,
        &schedule_entries, &checkpoint_entries, &value_entries, &torchscript_entries})
    for (const EntryPoint &entry : *entries) {
      const std::vector<Parameter> &parameters = declared.at(entry.name).parameters;
      for (size_t i = 0; i < parameters.size(); ++i) checked += check_wrong_handle(entry, i, parameters[i]);
    }
  CHECK(checked > 200);
}

TEST_CASE("an operator's arguments are looked at as handles") {
  if (!has_checks()) return;
  tw_tensor *freed = tensor({1}).get(); /* freed at once */
  Handle<tw_generator> generator;
  REQUIRE(tw_generator_create(generator.out(), nullptr, 1) == TW_OK);
  const auto call = [](tw_argument argument) { return tw_op_call(nullptr, "relu", &argument, 1); };
  check_failure(call(arg(freed)), TW_ERROR_ARGUMENT, {"arguments[0] is a handle that has been freed"});
  check_failure(call(tensors({freed})), TW_ERROR_ARGUMENT, {"arguments[0], tensor 0 is a handle that has been freed"});
  check_failure(call(arg(reinterpret_cast<tw_tensor *>(generator.get()))), TW_ERROR_ARGUMENT,
                {"arguments[0] is a tw_generator, not a tw_tensor"});
}

TEST_CASE("handles in options are looked at") {
  if (!has_checks()) return;
  const Tensor x = tensor({1, 2}, {1, 2});
  tw_mse_loss_options options;
  REQUIRE(tw_mse_loss_options_init(&options, sizeof options) == TW_OK);
  Tensor out;
  options.weight = tensor({1, 2}, {1, 2}).get();
  check_failure(tw_op_mse_loss(out.out(), x.get(), x.get(), &options), TW_ERROR_ARGUMENT,
                {"weight is a handle that has been freed"});
}

TEST_CASE("an address that never was a handle is named") {
  if (!has_checks()) return;
  size_t count = 0;
  check_failure(tw_tensor_get_numel(&count, rubbish<tw_tensor>()), TW_ERROR_ARGUMENT,
                {"tensor is no handle of torch_warmup's"});
}

TEST_CASE("an object that others hold cannot be reached through a handle that is freed") {
  if (!has_checks()) return;
  auto optimizer = two_groups();
  const auto schedule = scheduler(tw_lr_scheduler_exponential, optimizer, 0.5);
  tw_optimizer *freed = optimizer.get();
  optimizer = {};
  CHECK(tw_lr_scheduler_step(schedule.get()) == TW_OK);
  check_failure(tw_optimizer_set_lr(freed, 0, 1), TW_ERROR_ARGUMENT, {"optimizer is a handle that has been freed"});
}

TEST_CASE("what is alive is counted by kind, without what is lent") {
  if (!has_checks()) return;
  const size_t tensors = live(TW_HANDLE_TENSOR), lists = live(TW_HANDLE_TENSOR_LIST);
  {
    const Tensor x = tensor({1, 2}), y = tensor({1});
    CHECK(live(TW_HANDLE_TENSOR) == tensors + 2);
    Handle<tw_tensor_list> list;
    REQUIRE(tw_tensor_list_create(list.out(), x.one(), 1) == TW_OK);
    CHECK(live(TW_HANDLE_TENSOR) == tensors + 2);
    CHECK(live(TW_HANDLE_TENSOR_LIST) == lists + 1);
  }
  CHECK(live(TW_HANDLE_TENSOR) == tensors);
  CHECK(live(TW_HANDLE_TENSOR_LIST) == lists);
}

TEST_CASE("a call that fails leaves no handle alive") {
  if (!has_checks()) return;
  const size_t before = live(TW_HANDLE_LR_SCHEDULER);
  const auto optimizer = two_groups();
  tw_lr_scheduler *made = nullptr;
  CHECK(tw_lr_scheduler_step_lr(&made, optimizer.get(), 0, 0.1) != TW_OK);
  CHECK(live(TW_HANDLE_LR_SCHEDULER) == before);
}

TEST_CASE("a list lends its tensors, which are no handles any more when it is freed") {
  if (!has_checks()) return;
  const Tensor x = tensor({1, 2});
  Handle<tw_tensor_list> list;
  tw_tensor *const *lent = nullptr;
  REQUIRE(tw_tensor_list_create(list.out(), x.one(), 1) == TW_OK);
  REQUIRE(tw_tensor_list_get_data(&lent, nullptr, list.get()) == TW_OK);
  tw_tensor *first = lent[0];
  size_t count = 0;
  CHECK(tw_tensor_get_numel(&count, first) == TW_OK);
  CHECK(count == 2);
  CHECK_THAT(abort_of([&] { tw_tensor_free(first); }), Contains("lent"));
  list = {};
  check_failure(tw_tensor_get_numel(&count, first), TW_ERROR_ARGUMENT, {"tensor is a handle that has been freed"});
}

TEST_CASE("a callback's handles are lent while it runs") {
  if (!has_checks()) return;
  static tw_tensor *kept;
  static tw_module *kept_self;
  const auto forward = [](tw_tensor **out, tw_module *self, tw_tensor *const *inputs, size_t, void *) {
    kept = inputs[0];
    kept_self = self;
    int32_t training = 0;
    const tw_status status = tw_module_is_training(&training, self);
    return status == TW_OK ? tw_tensor_share(out, inputs[0]) : status;
  };
  const Handle<tw_module> module = custom(forward);
  CHECK(values(forward_all(module, {tensor({5}).get()})[0].get()) == std::vector<float>{5});
  size_t count = 0;
  int32_t training = 0;
  check_failure(tw_tensor_get_numel(&count, kept), TW_ERROR_ARGUMENT, {"tensor is a handle that has been freed"});
  check_failure(tw_module_is_training(&training, kept_self), TW_ERROR_ARGUMENT,
                {"module is a handle that has been freed"});
}

TEST_CASE("what is freed twice ends the program and says which function it was") {
  if (!has_checks()) return;
  const std::string freed = ": what it is to free is a handle that has been freed\n";
  CHECK(abort_of([] {
          tw_tensor *twice = tensor({1}).release();
          tw_tensor_free(twice);
          tw_tensor_free(twice);
        }) == "torch_warmup: tw_tensor_free" + freed);
  CHECK(abort_of([] {
          auto optimizer = two_groups();
          auto schedule = scheduler(tw_lr_scheduler_exponential, optimizer, 0.5);
          tw_lr_scheduler *twice = schedule.release();
          tw_lr_scheduler_free(twice);
          tw_lr_scheduler_free(twice);
        }) == "torch_warmup: tw_lr_scheduler_free" + freed);
  CHECK(abort_of([] {
          auto optimizer = two_groups();
          const auto schedule = scheduler(tw_lr_scheduler_exponential, optimizer, 0.5); /* which holds it */
          tw_optimizer *twice = optimizer.release();
          tw_optimizer_free(twice);
          tw_optimizer_free(twice);
        }) == "torch_warmup: tw_optimizer_free" + freed);
  CHECK(abort_of([] {
          const auto optimizer = two_groups();
          Handle<tw_warmup> warmup;
          const int64_t period = 5;
          REQUIRE(tw_warmup_linear(warmup.out(), optimizer.get(), &period, 1) == TW_OK);
          tw_warmup *twice = warmup.release();
          tw_warmup_free(twice);
          tw_warmup_free(twice);
        }) == "torch_warmup: tw_warmup_free" + freed);
}

TEST_CASE("what is freed as another kind ends the program and says what it is") {
  if (!has_checks()) return;
  const Tensor x = tensor({1});
  CHECK(abort_of([&] { tw_module_free(reinterpret_cast<tw_module *>(x.get())); }) ==
        "torch_warmup: tw_module_free: what it is to free is a tw_tensor, not a tw_module\n");
  CHECK(abort_of([] { tw_value_free(rubbish<tw_value>()); }) ==
        "torch_warmup: tw_value_free: what it is to free is no handle of torch_warmup's\n");
}

TEST_CASE("at its end a program lists what is alive, if it is asked to") {
  if (!has_checks()) return;
  CHECK(report_of("leave two tensors and a warmup") ==
        "torch_warmup: 1 of tw_warmup not freed\ntorch_warmup: 2 of tw_tensor not freed\n");
  CHECK(report_of("leave nothing") == "torch_warmup: all handles are freed\n");
}

TEST_CASE("leave two tensors and a warmup", "[.]") {
  (void)tensor({1}).release();
  (void)tensor({2}).release();
  const double rate = 0.5;
  const int64_t period = 5;
  Handle<tw_optimizer> optimizer;
  Handle<tw_warmup> warmup;
  CHECK(tw_optimizer_rates(optimizer.out(), &rate, nullptr, 1) == TW_OK);
  CHECK(tw_warmup_linear(warmup.out(), optimizer.get(), &period, 1) == TW_OK);
  (void)warmup.release();
}

TEST_CASE("leave nothing", "[.]") { tensor({1}); }
