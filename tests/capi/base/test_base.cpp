/* Status names, the last error, versions, and the settings of the process and the thread. */
#include <cstring>
#include <regex>
#include <set>
#include <thread>

#include "failure.h"
#include "handles.h"
#include "torch_reference.h"

using namespace tw::test;

namespace {

/* Runs body on a thread of its own, which starts with no last error and with the recording of gradients on. */
template <class Body>
void on_another_thread(Body body) {
  std::thread(body).join();
}

void fail_with_threads(size_t count) { CHECK(tw_set_num_threads(count) == TW_ERROR_RANGE); }

/* Puts back the number of threads that the other tests run with. */
struct KeepNumThreads {
  int count = tw::reference::num_threads();
  ~KeepNumThreads() { tw::reference::set_num_threads(count); }
};

}  // namespace

/* ---- status and errors -------------------------------------------------------------------------------------------- */

TEST_CASE("every status has the number and the name that base.h gives it") {
  const char *const wanted[] = {"TW_OK",
                                "TW_ERROR_ARGUMENT",
                                "TW_ERROR_TYPE",
                                "TW_ERROR_RANGE",
                                "TW_ERROR_STATE",
                                "TW_ERROR_MEMORY",
                                "TW_ERROR_DEVICE",
                                "TW_ERROR_IO",
                                "TW_ERROR_FORMAT",
                                "TW_ERROR_TORCH",
                                "TW_ERROR_CALLBACK",
                                "TW_ERROR_INTERNAL",
                                "TW_ERROR_NOT_FOUND",
                                "TW_ERROR_CAPACITY",
                                "TW_ERROR_UNSUPPORTED",
                                "TW_ERROR_CANCELLED"};
  for (int status = 0; status < 16; ++status) CHECK(std::string(tw_status_name(tw_status(status))) == wanted[status]);
  CHECK(TW_ERROR_RANGE == 3);
  CHECK(TW_ERROR_INTERNAL == 11);
}

TEST_CASE("a number that is no status is named TW_STATUS_UNKNOWN") {
  for (const int status : {-1, 16, INT32_MAX, INT32_MIN})
    CHECK(std::string(tw_status_name(tw_status(status))) == "TW_STATUS_UNKNOWN");
}

TEST_CASE("the last error is empty before a thread's first failure") {
  fail_with_threads(70005);
  on_another_thread([] {
    REQUIRE(tw_last_error() != nullptr);
    CHECK(std::string(tw_last_error()).empty());
  });
}

TEST_CASE("each thread has its own last error") {
  fail_with_threads(70005);
  on_another_thread([] {
    fail_with_threads(70006);
    CHECK_THAT(tw_last_error(), Contains("70006"));
  });
  CHECK_THAT(tw_last_error(), Contains("70005"));
}

TEST_CASE("a successful call leaves the last error as it is") {
  fail_with_threads(70007);
  const char *borrowed = tw_last_error();
  const std::string before = borrowed;
  Handle<tw_tensor> made;
  CHECK(tw_tensor_ones(made.out(), nullptr, 0, TW_FLOAT32, "cpu") == TW_OK);
  CHECK(tw_last_error() == borrowed);
  CHECK(before == borrowed);
}

TEST_CASE("the last failure replaces the one before") {
  fail_with_threads(70008);
  fail_with_threads(70009);
  CHECK_THAT(tw_last_error(), Contains("70009"));
  CHECK_THAT(tw_last_error(), !Contains("70008"));
}

TEST_CASE("a failure of LibTorch's gives its message without a backtrace") {
  const Handle<tw_tensor> a = tensor({1, 2}), b = tensor({1, 2, 3});
  Handle<tw_tensor> out;
  check_failure(tw_op_add(out.out(), a.get(), b.get()), TW_ERROR_TORCH, {"size of tensor a (2)", "tensor b (3)"});
  CHECK_THAT(tw_last_error(), !Contains("frame #"));
}

/* ---- versions ----------------------------------------------------------------------------------------------------- */

TEST_CASE("the version is the one that CMake builds") { CHECK(std::string(tw_version()) == TW_PROJECT_VERSION); }

TEST_CASE("the version of LibTorch is of the minor version of the headers that the tests are built with") {
  const std::string headers = tw::reference::version_of_headers();
  const std::string minor = headers.substr(0, headers.find('.', headers.find('.') + 1) + 1);
  CHECK(std::string(tw_torch_version()).substr(0, minor.size()) == minor);
  CHECK(std::regex_match(tw_torch_version(), std::regex("[0-9]+\\.[0-9]+\\.[0-9]+.*")));
}

/* ---- seeds -------------------------------------------------------------------------------------------------------- */

TEST_CASE("a seed gives the numbers that LibTorch's own at::manual_seed gives") {
  for (const uint64_t seed : {uint64_t{0}, uint64_t{1}, uint64_t{1} << 40, UINT64_MAX}) {
    const std::vector<float> wanted = tw::reference::numbers_after_manual_seed(seed, 20);
    const int64_t count = 20;
    Handle<tw_tensor> uniform, normal;
    REQUIRE(tw_manual_seed(seed) == TW_OK);
    REQUIRE(tw_tensor_rand(uniform.out(), &count, 1, TW_FLOAT32, nullptr, nullptr) == TW_OK);
    REQUIRE(tw_tensor_randn(normal.out(), &count, 1, TW_FLOAT32, nullptr, nullptr) == TW_OK);
    std::vector<float> got = values(uniform.get());
    for (const float value : values(normal.get())) got.push_back(value);
    CHECK(got == wanted);
  }
}

/* ---- threads of one operator -------------------------------------------------------------------------------------- */

TEST_CASE("the number of threads is LibTorch's") {
  const KeepNumThreads keep;
  for (const size_t count : {1, 3, 2}) {
    size_t got = 0;
    REQUIRE(tw_set_num_threads(count) == TW_OK);
    CHECK(tw::reference::num_threads() == static_cast<int>(count));
    REQUIRE(tw_get_num_threads(&got) == TW_OK);
    CHECK(got == count);
  }
}

TEST_CASE("a number of threads that no process can have is refused and changes nothing") {
  const int before = tw::reference::num_threads();
  for (const size_t count : {size_t{0}, SIZE_MAX, size_t{INT32_MAX} + 2})
    check_failure(tw_set_num_threads(count), TW_ERROR_RANGE, {"count is " + std::to_string(count), "from 1 to"});
  CHECK(tw::reference::num_threads() == before);
}

/* ---- the recording of gradients ----------------------------------------------------------------------------------- */

TEST_CASE("gradients are recorded or not as the thread says, and previous tells what it said before") {
  const Handle<tw_tensor> weight = parameter({1, 2});
  on_another_thread([&weight] {
    int32_t previous = -1, requires_grad = -1;
    REQUIRE(tw_set_grad_enabled(&previous, 0) == TW_OK);
    CHECK(previous == 1);
    CHECK_FALSE(tw::reference::grad_enabled());
    Handle<tw_tensor> sum;
    REQUIRE(tw_op_sum(sum.out(), weight.get()) == TW_OK);
    REQUIRE(tw_tensor_get_requires_grad(&requires_grad, sum.get()) == TW_OK);
    CHECK(requires_grad == 0);

    REQUIRE(tw_set_grad_enabled(&previous, 1) == TW_OK);
    CHECK(previous == 0);
    REQUIRE(tw_op_sum(sum.out(), weight.get()) == TW_OK);
    REQUIRE(tw_tensor_get_requires_grad(&requires_grad, sum.get()) == TW_OK);
    CHECK(requires_grad == 1);
  });
}

TEST_CASE("turning the recording off in one thread leaves the others as they are") {
  on_another_thread([] { CHECK(tw_set_grad_enabled(nullptr, 0) == TW_OK); });
  CHECK(tw::reference::grad_enabled());
  on_another_thread([] { CHECK(tw::reference::grad_enabled()); });
}

TEST_CASE("a wrong truth value leaves the recording of gradients as it is") {
  for (const int32_t wrong : {2, -1}) {
    int32_t previous = 77;
    check_failure(tw_set_grad_enabled(&previous, wrong), TW_ERROR_ARGUMENT, {"enabled is " + std::to_string(wrong)});
    CHECK(previous == 0);
    CHECK(tw::reference::grad_enabled());
  }
}

/* ---- CUDA --------------------------------------------------------------------------------------------------------- */

TEST_CASE("CUDA is available where there are CUDA devices, and tensors can be made there only then") {
  int32_t available = -1;
  size_t count = 77;
  REQUIRE(tw_cuda_is_available(&available) == TW_OK);
  REQUIRE(tw_cuda_get_device_count(&count) == TW_OK);
  CHECK(available == (count > 0 ? 1 : 0));
  Handle<tw_tensor> made;
  const tw_status status = tw_tensor_ones(made.out(), nullptr, 0, TW_FLOAT32, "cuda");
  CHECK(status == (count > 0 ? TW_OK : TW_ERROR_DEVICE));
}
