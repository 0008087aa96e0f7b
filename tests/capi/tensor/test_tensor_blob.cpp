/* Tensors over the caller's memory: what is shared, and when the memory is given back. */
#include <thread>

#include "failure.h"
#include "op.h"

using namespace tw::test;
using Numbers = std::vector<double>;
using Sizes = std::vector<int64_t>;

namespace {

/* Memory lent to a tensor, and how often and where it was given back. */
struct Loan {
  float memory[6] = {1, 2, 3, 4, 5, 6};
  int releases = 0;
  std::thread::id thread;

  static void release(void *context) {
    auto &loan = *static_cast<Loan *>(context);
    ++loan.releases;
    loan.thread = std::this_thread::get_id();
  }

  tw_status lend(tw_tensor **out, const Sizes &sizes, const int64_t *strides = nullptr, tw_dtype dtype = TW_FLOAT32) {
    return tw_tensor_from_blob(out, memory, sizeof memory, sizes.data(), sizes.size(), strides, dtype, this, release);
  }

  Tensor lent(const Sizes &sizes, const int64_t *strides = nullptr) {
    Tensor made;
    REQUIRE(lend(made.out(), sizes, strides) == TW_OK);
    return made;
  }
};

/* The call fails, names what is wrong, and gives the memory back at once. */
void check_not_lent(const Sizes &sizes, const Sizes &strides, tw_dtype dtype, tw_status status,
                    std::initializer_list<std::string> texts) {
  Loan loan;
  auto *made = rubbish<tw_tensor>();
  check_failure(loan.lend(&made, sizes, strides.empty() ? nullptr : strides.data(), dtype), status, texts);
  CHECK(made == nullptr);
  CHECK(loan.releases == 1);
}

}  // namespace

TEST_CASE("a tensor over the caller's memory and the caller see each other's writes") {
  Loan loan;
  const Tensor made = loan.lent({2, 3});
  CHECK(data_of(made) == loan.memory);
  loan.memory[5] = 60;
  CHECK(numbers(made) == Numbers{1, 2, 3, 4, 5, 60});
  REQUIRE(tw_tensor_copy_from(made.get(), tensor({7}).get()) == TW_OK);
  for (const float value : loan.memory) CHECK(value == 7);
}

TEST_CASE("strides say where the elements lie") {
  Loan loan;
  const int64_t columns[] = {1, 2}, repeated[] = {0, 1}, gaps[] = {5};
  CHECK(numbers(loan.lent({2, 3}, columns)) == Numbers{1, 3, 5, 2, 4, 6});
  CHECK(numbers(loan.lent({3, 2}, repeated)) == Numbers{1, 2, 1, 2, 1, 2});
  CHECK(numbers(loan.lent({2}, gaps)) == Numbers{1, 6});
  int64_t strides[2];
  const Tensor transposed = loan.lent({2, 3}, columns), rows = loan.lent({2, 3});
  REQUIRE(tw_tensor_get_strides(strides, 2, nullptr, transposed.get()) == TW_OK);
  CHECK((strides[0] == 1 && strides[1] == 2));
  REQUIRE(tw_tensor_get_strides(strides, 2, nullptr, rows.get()) == TW_OK);
  CHECK((strides[0] == 3 && strides[1] == 1));
}

TEST_CASE("strides that say channels last of a single channel are kept") {
  Loan loan;
  const int64_t channels_last[] = {3, 1, 3, 1}, senseless[] = {3, -7, 3, 1};
  int64_t strides[4];
  const Tensor image = loan.lent({2, 1, 1, 3}, channels_last), other = loan.lent({2, 1, 1, 3}, senseless);
  REQUIRE(tw_tensor_get_strides(strides, 4, nullptr, image.get()) == TW_OK);
  CHECK(Sizes(strides, strides + 4) == Sizes{3, 1, 3, 1});
  REQUIRE(tw_tensor_get_strides(strides, 4, nullptr, other.get()) == TW_OK);
  CHECK(Sizes(strides, strides + 4) == Sizes{3, 3, 3, 1});
}

TEST_CASE("release is called exactly once, when the tensor is freed") {
  Loan loan;
  Tensor made = loan.lent({6});
  CHECK(loan.releases == 0);
  made = Tensor();
  CHECK(loan.releases == 1);
}

TEST_CASE("release waits for the last handle, view and graph over the memory") {
  Loan loan;
  Tensor made = loan.lent({6}), shared, weight = parameter({1, 1, 1, 1, 1, 1}), product;
  REQUIRE(tw_tensor_share(shared.out(), made.get()) == TW_OK);
  Tensor view = op("slice.Tensor", {arg(made), arg(0), arg(2), arg(4)});
  REQUIRE(tw_op_mul(product.out(), made.get(), weight.get()) == TW_OK); /* its graph keeps made for backward */
  made = Tensor();
  shared = Tensor();
  CHECK(loan.releases == 0);
  CHECK(numbers(view) == Numbers{3, 4});
  view = Tensor();
  CHECK(loan.releases == 0);
  product = Tensor();
  CHECK(loan.releases == 1);
}

TEST_CASE("release is called by the thread that lets go of the last use") {
  Loan loan;
  Tensor made = loan.lent({6});
  std::thread other([&made] { made = Tensor(); });
  const std::thread::id id = other.get_id();
  other.join();
  CHECK(loan.releases == 1);
  CHECK(loan.thread == id);
}

TEST_CASE("release is called once for memory without elements too, NULL or not") {
  Loan loan;
  const int64_t none[] = {3, 0};
  loan.lent({3, 0});
  CHECK(loan.releases == 1);
  Tensor made;
  REQUIRE(tw_tensor_from_blob(made.out(), nullptr, 0, none, 2, nullptr, TW_FLOAT32, &loan, Loan::release) == TW_OK);
  CHECK(sizes(made.get()) == Sizes{3, 0});
  made = Tensor();
  CHECK(loan.releases == 2);
}

TEST_CASE("without a release the memory simply stays the caller's") {
  float memory[] = {1, 2};
  const int64_t count = 2;
  Tensor made;
  REQUIRE(tw_tensor_from_blob(made.out(), memory, sizeof memory, &count, 1, nullptr, TW_FLOAT32, nullptr, nullptr) ==
          TW_OK);
  made = Tensor();
  CHECK(memory[1] == 2);
}

TEST_CASE("a call that fails releases the memory at once") {
  Loan loan;
  const int64_t six = 6;
  check_failure(
      tw_tensor_from_blob(nullptr, loan.memory, sizeof loan.memory, &six, 1, nullptr, TW_FLOAT32, &loan, Loan::release),
      TW_ERROR_ARGUMENT, {"out is NULL"});
  CHECK(loan.releases == 1);
  check_not_lent({2, 3}, {-1, 1}, TW_FLOAT32, TW_ERROR_RANGE, {"strides[0] is -1"});
  check_not_lent({2, 3}, {3, INT64_MIN}, TW_FLOAT32, TW_ERROR_RANGE, {"strides[1] is -9223372036854775808"});
  check_not_lent({2, -3}, {}, TW_FLOAT32, TW_ERROR_RANGE, {"sizes[1] is -3"});
  check_not_lent({6}, {}, tw_dtype(99), TW_ERROR_ARGUMENT, {"dtype is 99"});
}

TEST_CASE("sizes and strides that reach further than 64 bits can count are refused") {
  const int64_t big = int64_t{1} << 40;
  check_not_lent({big, big}, {}, TW_FLOAT32, TW_ERROR_RANGE, {std::to_string(big)});
  check_not_lent({big, big}, {0, 0}, TW_FLOAT32, TW_ERROR_RANGE, {std::to_string(big)});
  check_not_lent({3, 2}, {INT64_MAX, 1}, TW_FLOAT32, TW_ERROR_RANGE, {std::to_string(INT64_MAX)});
  check_not_lent({2, 2}, {INT64_MAX, INT64_MAX}, TW_FLOAT32, TW_ERROR_RANGE, {std::to_string(INT64_MAX)});
  check_not_lent({2}, {INT64_MAX - 5}, TW_FLOAT64, TW_ERROR_RANGE, {std::to_string(INT64_MAX - 5)}); /* bytes */
}

TEST_CASE("sizes and strides that reach beyond the bytes that there are, are refused, both numbers named") {
  check_not_lent({7}, {}, TW_FLOAT32, TW_ERROR_ARGUMENT, {"bytes is 24", "reach 28"});
  check_not_lent({2, 3}, {4, 1}, TW_FLOAT32, TW_ERROR_ARGUMENT, {"bytes is 24", "reach 28"});
  check_not_lent({6}, {}, TW_INT64, TW_ERROR_ARGUMENT, {"bytes is 24", "reach 48"});
  CHECK(numbers(Loan().lent({2, 3})).size() == 6); /* exactly as many */
}
