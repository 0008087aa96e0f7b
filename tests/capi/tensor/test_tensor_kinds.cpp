/* Every kind of tensor that an operator can return, through every call that looks into memory or writes it: the right
   values, or a failure that says what the tensor is. */
#include <algorithm>
#include <functional>

#include "checkpoint_files.h"
#include "dlpack.h"
#include "op.h"
#include "optimizer/test_optimizer_support.h"
#include "torch_reference.h"

using namespace tw::test;

namespace {

/* ---- the kinds ---------------------------------------------------------------------------------------------------- */

struct Kind {
  const char *name;
  std::function<Tensor()> make;
  std::vector<double> values; /* what its elements are as doubles; empty where it has no memory to look into */
};

Tensor plain() { return doubles({1, -2}); }
Tensor square() { return doubles({1, 0, 0, 2}, {2, 2}); }
Tensor complexes() { return op("view_as_complex", {arg(doubles({1, 2, 3, 4}, {2, 2}))}); }

Tensor of_torch(void *at_tensor) {
  Tensor made;
  REQUIRE(tw_tensor_from_torch(made.out(), at_tensor) == TW_OK);
  tw::reference::delete_tensor(at_tensor);
  return made;
}

Tensor quantized() {
  const Tensor bytes = op("to.dtype", {arg(longs({4, -4})), dtype(TW_INT8)});
  return op("_make_per_tensor_quantized_tensor", {arg(bytes), arg(0.5), arg(0)});
}

const std::vector<Kind> kinds = {
    {"plain", plain, {1, -2}},
    {"of bools",
     [] {
       return op("gt.Scalar", {arg(plain()), arg(0)});
     },
     {1, 0}},
    {"expanded",
     [] {
       return op("expand", {arg(doubles({3})), ints({2})});
     },
     {3, 3}},
    {"transposed",
     [] {
       return op("t", {arg(doubles({1, 2, 3, 4}, {2, 2}))});
     },
     {1, 3, 2, 4}},
    {"without elements",
     [] {
       return doubles({}, {0, 2});
     },
     {}},
    {"zero",
     [] {
       return op("_efficientzerotensor", {ints({2}), named("dtype", dtype(TW_FLOAT64))});
     },
     {0, 0}},
    {"negated", [] { return op("imag", {arg(op("conj", {arg(complexes())}))}); }, {-2, -4}},
    {"named",
     [] {
       return of_torch(tw::reference::new_named_tensor({1, -2}));
     },
     {1, -2}},
    {"of inference mode",
     [] {
       return of_torch(tw::reference::new_inference_tensor({1, -2}));
     },
     {1, -2}},
    {"meta",
     [] {
       return op("empty", {ints({2}), named("device", device("meta"))});
     },
     {}},
    {"sparse", [] { return op("to_sparse", {arg(square())}); }, {}},
    {"sparse by rows", [] { return op("to_sparse_csr", {arg(square())}); }, {}},
    {"quantized", quantized, {}},
    {"of oneDNN",
     [] {
       return op("to_mkldnn", {arg(op("to.dtype", {arg(plain()), dtype(TW_FLOAT32)}))});
     },
     {}},
    {"nested",
     [] {
       return of_torch(tw::reference::new_nested_tensor({1, -2}));
     },
     {}},
    {"complex", complexes, {}},
    {"conjugated", [] { return op("conj", {arg(complexes())}); }, {}},
};

bool is_plain(const Kind &kind) { return !kind.values.empty() || std::string(kind.name) == "without elements"; }

/* A failure that a caller can act on. */
bool is_named_failure(tw_status status) {
  const std::string message = tw_last_error();
  return (status == TW_ERROR_TYPE || status == TW_ERROR_UNSUPPORTED || status == TW_ERROR_STATE ||
          status == TW_ERROR_TORCH || status == TW_ERROR_ARGUMENT) &&
         !message.empty();
}

/* ---- the calls: the values that come out, or what failed ----------------------------------------------------------- */

using Values = std::vector<double>;

struct Call {
  const char *name;
  std::function<tw_status(Values &out, const Tensor &tensor)> run;
};

tw_status read(Values &out, const tw_tensor *tensor) {
  Tensor converted;
  tw_status status = tw_tensor_to_dtype(converted.out(), tensor, TW_FLOAT64);
  size_t bytes = 0;
  if (status == TW_OK) status = tw_tensor_copy_data(nullptr, 0, &bytes, converted.get());
  out.resize(bytes / sizeof(double));
  return status != TW_OK ? status : tw_tensor_copy_data(out.data(), bytes, nullptr, converted.get());
}

tw_status through_checkpoint(Values &out, const Tensor &tensor, bool safetensors) {
  const TemporaryFile file;
  const std::string &path = file.path();
  Handle<tw_checkpoint> made, loaded;
  Tensor back;
  REQUIRE(tw_checkpoint_create(made.out()) == TW_OK);
  tw_status status = tw_checkpoint_put_tensor(made.get(), "x", tensor.get());
  if (status == TW_OK)
    status = safetensors ? tw_checkpoint_save_safetensors(made.get(), path.c_str())
                         : tw_checkpoint_save(made.get(), path.c_str());
  if (status != TW_OK) return status;
  REQUIRE((safetensors ? tw_checkpoint_load_safetensors(loaded.out(), path.c_str())
                       : tw_checkpoint_load(loaded.out(), path.c_str())) == TW_OK);
  REQUIRE(tw_checkpoint_get_tensor(back.out(), loaded.get(), "x") == TW_OK);
  return read(out, back.get());
}

tw_status through_module(Values &out, const Tensor &tensor) {
  Handle<tw_module> module;
  Handle<tw_checkpoint> checkpoint;
  Tensor back;
  REQUIRE(tw_module_custom(module.out(), nullptr, nullptr, nullptr) == TW_OK);
  tw_status status = tw_module_register_buffer(module.get(), "x", tensor.get());
  REQUIRE(tw_checkpoint_create(checkpoint.out()) == TW_OK);
  if (status == TW_OK) status = tw_checkpoint_put_module(checkpoint.get(), "m", module.get());
  if (status == TW_OK) status = tw_checkpoint_restore_module(module.get(), checkpoint.get(), "m", 1);
  if (status == TW_OK) status = tw_module_move_to(module.get(), nullptr);
  if (status == TW_OK) status = tw_module_get_tensor(back.out(), module.get(), "x");
  return status == TW_OK ? read(out, back.get()) : status;
}

tw_status through_dlpack(Values &out, const Tensor &tensor) {
  DLManagedTensorVersioned *managed = nullptr;
  Tensor back;
  tw_status status = tw_tensor_to_dlpack_versioned(&managed, tensor.get());
  if (status == TW_OK) status = tw_tensor_from_dlpack_versioned(back.out(), managed);
  return status == TW_OK ? read(out, back.get()) : status;
}

tw_status by_pointer(Values &out, const Tensor &tensor) { /* the first element, where it is a double */
  void *data = nullptr;
  tw_status status = tw_tensor_get_data_ptr(&data, tensor.get());
  tw_dtype dtype = TW_DTYPE_UNKNOWN;
  if (status == TW_OK) status = tw_tensor_get_dtype(&dtype, tensor.get());
  if (status == TW_OK) status = read(out, tensor.get());
  if (status == TW_OK && data != nullptr && dtype == TW_FLOAT64) out[0] = *static_cast<double *>(data);
  return status;
}

tw_status by_items(Values &out, const Tensor &tensor) {
  Tensor flat, item;
  const std::vector<int64_t> all{-1}; /* which the argument points to */
  tw_argument arguments[] = {arg(tensor), ints(all)};
  tw_status status = tw_op_call_one(flat.out(), "reshape", arguments, 2);
  size_t count = 0;
  if (status == TW_OK) status = tw_tensor_get_numel(&count, flat.get());
  for (size_t i = 0; status == TW_OK && i < count; ++i) {
    tw_argument select[] = {arg(flat), arg(0), arg(static_cast<int>(i))};
    out.push_back(0);
    status = tw_op_call_one(item.out(), "select.int", select, 3);
    if (status == TW_OK) status = tw_tensor_get_item_double(&out.back(), item.get());
  }
  return status;
}

tw_status through_step(Values &out, const Tensor &tensor) { /* by a rate that leaves it what it was */
  Handle<tw_optimizer> optimizer;
  tw_sgd_options options;
  Tensor gradient;
  REQUIRE(tw_sgd_options_init(&options, sizeof options) == TW_OK);
  options.lr = 0;
  tw_status status = tw_tensor_set_requires_grad(tensor.get(), 1);
  if (status == TW_OK) status = tw_optimizer_sgd(optimizer.out(), tensor.one(), 1, &options);
  if (status == TW_OK) status = tw_tensor_clone(gradient.out(), tensor.get());
  Tensor detached;
  if (status == TW_OK) status = tw_tensor_detach(detached.out(), gradient.get());
  if (status == TW_OK) status = tw_tensor_set_grad(tensor.get(), detached.get());
  if (status == TW_OK) status = tw_optimizer_step(optimizer.get());
  if (status == TW_OK) status = tw_optimizer_zero_grad(optimizer.get());
  return status == TW_OK ? read(out, tensor.get()) : status;
}

const std::vector<Call> calls = {
    {"copy_data", [](Values &out, const Tensor &tensor) { return read(out, tensor.get()); }},
    {"get_data_ptr", by_pointer},
    {"get_item_double", by_items},
    {"clone",
     [](Values &out, const Tensor &tensor) {
       Tensor copy;
       const tw_status status = tw_tensor_clone(copy.out(), tensor.get());
       return status == TW_OK ? read(out, copy.get()) : status;
     }},
    {"to_device",
     [](Values &out, const Tensor &tensor) {
       Tensor copy;
       const tw_status status = tw_tensor_to_device(copy.out(), tensor.get(), "cpu");
       return status == TW_OK ? read(out, copy.get()) : status;
     }},
    {"copy_from, as the source",
     [](Values &out, const Tensor &tensor) {
       Tensor to;
       tw_status status = tw_tensor_clone(to.out(), tensor.get());
       if (status == TW_OK) status = tw_tensor_copy_from(to.get(), tensor.get());
       return status == TW_OK ? read(out, to.get()) : status;
     }},
    {"copy_from, as the target",
     [](Values &out, const Tensor &tensor) {
       Tensor from;
       tw_status status = tw_tensor_clone(from.out(), tensor.get());
       if (status == TW_OK) status = tw_tensor_copy_from(tensor.get(), from.get());
       return status == TW_OK ? read(out, tensor.get()) : status;
     }},
    {"a list",
     [](Values &out, const Tensor &tensor) {
       Handle<tw_tensor_list> list;
       REQUIRE(tw_tensor_list_create(list.out(), tensor.one(), 1) == TW_OK);
       return read(out, handles_of(list)[0].get());
     }},
    {"DLPack", through_dlpack},
    {"a checkpoint", [](Values &out, const Tensor &tensor) { return through_checkpoint(out, tensor, false); }},
    {"safetensors", [](Values &out, const Tensor &tensor) { return through_checkpoint(out, tensor, true); }},
    {"a module", through_module},
    {"a step", through_step},
};

/* What no values come of: only that they return, and say why where they fail. */
const std::vector<Call> looks = {
    {"format",
     [](Values &, const Tensor &tensor) {
       size_t needed = 0;
       return tw_tensor_format(nullptr, 0, &needed, tensor.get());
     }},
    {"get_sizes",
     [](Values &, const Tensor &tensor) {
       int64_t sizes[8];
       return tw_tensor_get_sizes(sizes, 8, nullptr, tensor.get());
     }},
    {"get_strides",
     [](Values &, const Tensor &tensor) {
       int64_t strides[8];
       return tw_tensor_get_strides(strides, 8, nullptr, tensor.get());
     }},
    {"get_item_int64",
     [](Values &, const Tensor &tensor) {
       int64_t item = 0;
       return tw_tensor_get_item_int64(&item, tensor.get());
     }},
    {"backward", [](Values &, const Tensor &tensor) { return tw_tensor_backward(tensor.get(), nullptr, 0); }},
    {"a gradient",
     [](Values &, const Tensor &tensor) {
       const Tensor owner = plain();
       return tw_tensor_set_grad(owner.get(), tensor.get());
     }},
    {"a forward",
     [](Values &, const Tensor &tensor) {
       Handle<tw_module> module;
       Tensor out;
       REQUIRE(tw_module_linear(module.out(), 2, 3, nullptr) == TW_OK);
       return tw_module_forward(out.out(), module.get(), tensor.one(), 1);
     }},
    {"a value",
     [](Values &, const Tensor &tensor) {
       Handle<tw_value> value;
       Handle<tw_checkpoint> checkpoint;
       REQUIRE(tw_checkpoint_create(checkpoint.out()) == TW_OK);
       const tw_status status = tw_value_tensor(value.out(), tensor.get());
       return status == TW_OK ? tw_checkpoint_put_value(checkpoint.get(), "v", value.get()) : status;
     }},
};

}  // namespace

TEST_CASE("a tensor of any kind goes through every call with its values, or is refused by name") {
  for (const Kind &kind : kinds) {
    for (const Call &call : calls) {
      const Tensor tensor = kind.make();
      Values got;
      const tw_status status = call.run(got, tensor);
      INFO(kind.name << " through " << call.name << ": " << tw_status_name(status) << ", " << tw_last_error());
      if (status == TW_OK && is_plain(kind)) CHECK(got == kind.values);
      if (status != TW_OK) CHECK(is_named_failure(status));
    }
  }
}

TEST_CASE("looking into a tensor of any kind returns") {
  for (const Kind &kind : kinds) {
    for (const Call &look : looks) {
      Values none;
      const tw_status status = look.run(none, kind.make());
      INFO(kind.name << " through " << look.name << ": " << tw_status_name(status) << ", " << tw_last_error());
      CHECK((status == TW_OK || is_named_failure(status)));
    }
  }
}

TEST_CASE("the bytes of a zero tensor are zeros, as are those of its clone and of a checkpoint of it") {
  const auto zero =
      std::find_if(kinds.begin(), kinds.end(), [](const Kind &kind) { return kind.name == std::string("zero"); });
  for (const char *name : {"copy_data", "clone", "a checkpoint", "safetensors"}) {
    const auto call =
        std::find_if(calls.begin(), calls.end(), [&](const Call &one) { return one.name == std::string(name); });
    Values got;
    INFO(name);
    CHECK(call->run(got, zero->make()) == TW_OK);
    CHECK(got == Values{0, 0});
  }
}

TEST_CASE("the item of a zero tensor is 0, and its text has the zero") {
  const Tensor zero = op("_efficientzerotensor", {ints({1}), named("dtype", dtype(TW_FLOAT64))});
  double item = 1;
  char text[256];
  CHECK(tw_tensor_get_item_double(&item, zero.get()) == TW_OK);
  CHECK(item == 0);
  REQUIRE(tw_tensor_format(text, sizeof text, nullptr, zero.get()) == TW_OK);
  CHECK_THAT(std::string(text), Contains("0"));
}

TEST_CASE("what has no plain memory is TW_ERROR_TYPE, and the message says which operator makes it plain") {
  const std::vector<std::pair<const char *, const char *>> remedies = {
      {"meta", "meta device"},     {"sparse", "to_dense"},    {"sparse by rows", "to_dense"},
      {"quantized", "dequantize"}, {"of oneDNN", "to_dense"}, {"nested", "to_padded_tensor"}};
  for (const auto &[name, remedy] : remedies) {
    const char *wanted = name;
    const auto kind =
        std::find_if(kinds.begin(), kinds.end(), [&](const Kind &one) { return one.name == std::string(wanted); });
    const Tensor tensor = kind->make();
    char bytes[64];
    void *data = nullptr;
    Handle<tw_checkpoint> checkpoint;
    REQUIRE(tw_checkpoint_create(checkpoint.out()) == TW_OK);
    INFO(name);
    CHECK_FAILS(tw_tensor_copy_data(bytes, sizeof bytes, nullptr, tensor.get()), TW_ERROR_TYPE, remedy);
    CHECK_FAILS(tw_tensor_get_data_ptr(&data, tensor.get()), TW_ERROR_TYPE, remedy);
    CHECK_FAILS(tw_checkpoint_put_tensor(checkpoint.get(), "x", tensor.get()), TW_ERROR_TYPE, remedy);
  }
}

TEST_CASE("a complex tensor's bytes are its real and imaginary parts, of a conjugated one the conjugate's") {
  double bytes[4];
  REQUIRE(tw_tensor_copy_data(bytes, sizeof bytes, nullptr, complexes().get()) == TW_OK);
  CHECK(std::vector<double>(bytes, bytes + 4) == std::vector<double>{1, 2, 3, 4});
  const Tensor conjugated = op("conj", {arg(complexes())});
  REQUIRE(tw_tensor_copy_data(bytes, sizeof bytes, nullptr, conjugated.get()) == TW_OK);
  CHECK(std::vector<double>(bytes, bytes + 4) == std::vector<double>{1, -2, 3, -4});
  double item = 0;
  const Tensor one = op("select.int", {arg(complexes()), arg(0), arg(0)});
  CHECK_FAILS(tw_tensor_get_item_double(&item, one.get()), TW_ERROR_TYPE, "complex", "real");
}
