/* When the context of a module of the caller's own is let go. */
#include <thread>

#include "failure.h"
#include "modules.h"

using namespace tw::test;

namespace {

using Module = Handle<tw_module>;
using Tensor = Handle<tw_tensor>;

/* How often and where a context was released. */
struct Releases {
  int calls = 0, calls_in_forward = 0;
  std::thread::id thread;
  Module module;

  static void count(void *context) {
    auto *self = static_cast<Releases *>(context);
    ++self->calls;
    self->thread = std::this_thread::get_id();
  }
};

tw_status give_first(tw_tensor **out, tw_module *, tw_tensor *const *inputs, size_t, void *) {
  return tw_tensor_share(out, inputs[0]);
}

tw_status free_in_forward(tw_tensor **out, tw_module *, tw_tensor *const *inputs, size_t, void *context) {
  auto *self = static_cast<Releases *>(context);
  self->module = {};
  self->calls_in_forward = self->calls;
  return tw_tensor_share(out, inputs[0]);
}

}  // namespace

TEST_CASE("a custom module's context is released exactly once, when the module goes") {
  Releases releases;
  Module module = custom(give_first, &releases, Releases::count);
  CHECK(releases.calls == 0);
  module = {};
  CHECK(releases.calls == 1);
}

TEST_CASE("the context of a module without a forward is released too") {
  Releases releases;
  custom(nullptr, &releases, Releases::count);
  CHECK(releases.calls == 1);
}

TEST_CASE("a context lives as long as a parent, or a child taken out of it, needs its module") {
  Releases releases;
  Module inner = custom(give_first, &releases, Releases::count);
  Module parent = custom(), sequence;
  REQUIRE(tw_module_register_module(parent.get(), "inner", inner.get()) == TW_OK);
  REQUIRE(tw_module_sequential(sequence.out(), inner.one(), 1) == TW_OK);
  inner = {};
  parent = {};
  CHECK(releases.calls == 0);
  Module taken = get_module(sequence, "0");
  sequence = {};
  CHECK(releases.calls == 0);
  CHECK(values(forward(taken, tensor({3})).get()) == std::vector<float>{3});
  taken = {};
  CHECK(releases.calls == 1);
}

TEST_CASE("a context is released by the thread that lets go of its module last") {
  Releases releases;
  Module module = custom(nullptr, &releases, Releases::count);
  std::thread other([&module] { module = Module(); });
  const std::thread::id id = other.get_id();
  other.join();
  CHECK(releases.calls == 1);
  CHECK(releases.thread == id);
}

TEST_CASE("a context whose module cannot be made is released at once") {
  Releases releases;
  check_failure(tw_module_custom(nullptr, give_first, &releases, Releases::count), TW_ERROR_ARGUMENT, {"out is NULL"});
  CHECK(releases.calls == 1);
}

TEST_CASE("a context whose last handle its own forward frees is released after that forward") {
  Releases releases;
  releases.module = custom(free_in_forward, &releases, Releases::count);
  tw_module *running = releases.module.get();
  const Tensor x = tensor({4});
  Tensor result;
  REQUIRE(tw_module_forward(result.out(), running, x.one(), 1) == TW_OK);
  CHECK(releases.calls_in_forward == 0);
  CHECK(releases.calls == 1);
}
