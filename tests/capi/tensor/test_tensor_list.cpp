/* Lists of tensors. */
#include "failure.h"
#include "handles.h"

using namespace tw::test;

namespace {

Handle<tw_tensor_list> list_of(const std::vector<tw_tensor *> &tensors) {
  Handle<tw_tensor_list> made;
  REQUIRE(tw_tensor_list_create(made.out(), tensors.data(), tensors.size()) == TW_OK);
  return made;
}

}  // namespace

TEST_CASE("a list gives the tensors that it was made of, in their order") {
  const Handle<tw_tensor> a = tensor({1}), b = tensor({2, 3});
  const std::vector<Handle<tw_tensor>> found = handles_of(list_of({a.get(), b.get(), a.get()}));
  REQUIRE(found.size() == 3);
  CHECK(values(found[0].get()) == std::vector<float>{1});
  CHECK(values(found[1].get()) == std::vector<float>{2, 3});
  CHECK(values(found[2].get()) == std::vector<float>{1});
}

TEST_CASE("a list shares its tensors: what is written into one is seen through the list") {
  const Handle<tw_tensor> a = tensor({1}), other = tensor({5});
  const Handle<tw_tensor_list> list = list_of({a.get()});
  REQUIRE(tw_tensor_copy_from(a.get(), other.get()) == TW_OK);
  CHECK(values(handles_of(list)[0].get()) == std::vector<float>{5});
}

TEST_CASE("a tensor taken out of a list outlives the list and the handle it was made with") {
  Handle<tw_tensor> a = tensor({1, 2}), found;
  Handle<tw_tensor_list> list = list_of({a.get()});
  REQUIRE(tw_tensor_list_get(found.out(), list.get(), 0) == TW_OK);
  a = {};
  list = {};
  CHECK(values(found.get()) == std::vector<float>{1, 2});
}

TEST_CASE("a list may have empty places") {
  const Handle<tw_tensor> a = tensor({1});
  const Handle<tw_tensor_list> list = list_of({nullptr, a.get()});
  size_t count = 0;
  tw_tensor *found = rubbish<tw_tensor>();
  tw_tensor *const *data = nullptr;
  CHECK(tw_tensor_list_get(&found, list.get(), 0) == TW_OK);
  CHECK(found == nullptr);
  REQUIRE(tw_tensor_list_get_data(&data, &count, list.get()) == TW_OK);
  REQUIRE(count == 2);
  CHECK(data[0] == nullptr);
  CHECK(values(data[1]) == std::vector<float>{1});
}

TEST_CASE("an empty list can be made, counted and passed on") {
  Handle<tw_tensor_list> list, again;
  REQUIRE(tw_tensor_list_create(list.out(), nullptr, 0) == TW_OK);
  size_t count = 7;
  tw_tensor *const *data = nullptr;
  REQUIRE(tw_tensor_list_get_data(&data, &count, list.get()) == TW_OK);
  CHECK(count == 0);
  CHECK(tw_tensor_list_create(again.out(), data, count) == TW_OK);
}

TEST_CASE("an index beyond a list is a wrong number, which the message names with the count") {
  const Handle<tw_tensor> a = tensor({1});
  const Handle<tw_tensor_list> list = list_of({a.get(), a.get()});
  tw_tensor *found = rubbish<tw_tensor>();
  check_failure(tw_tensor_list_get(&found, list.get(), 2), TW_ERROR_RANGE, {"index is 2", "2 tensors"});
  CHECK(found == nullptr);
}

TEST_CASE("a list's array is what an optimizer takes") {
  const Handle<tw_tensor> weight = parameter({1, 2});
  Handle<tw_tensor_list> list = list_of({weight.get()});
  Handle<tw_optimizer> optimizer;
  size_t count = 0;
  tw_tensor *const *data = nullptr;
  REQUIRE(tw_tensor_list_get_data(&data, &count, list.get()) == TW_OK);
  REQUIRE(tw_optimizer_sgd(optimizer.out(), data, count, nullptr) == TW_OK);
  list = {}; /* the optimizer has its own share */
  CHECK(tw_optimizer_step(optimizer.get()) == TW_OK);
}
