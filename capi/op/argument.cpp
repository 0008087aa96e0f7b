/* Arguments filled in by functions, for languages that see no macros. */
#include "torch_warmup/argument.h"

#include "base/guard.h"
#include "tensor/dtype.h"
#include "tensor/memory_format.h"

namespace {

tw_status fill(tw_argument *out, tw_argument value) {
  return tw::guard_value(out, [&] { return value; });
}

tw_argument pointing(tw_kind kind, const void *pointer) { return {nullptr, kind, 0, 0, 0.0, pointer, 0, {0, 0}}; }

template <class Element>
tw_status fill_list(tw_argument *out, tw_kind kind, const Element *elements, size_t count, const char *name) {
  return tw::guard_value(out, [&] {
    tw_argument list = pointing(kind, tw::require_array(elements, count, name));
    list.count = count;
    return list;
  });
}

/* An enumeration or a truth value: check fails where value is none. */
template <class Value, class Check>
tw_status fill_checked(tw_argument *out, tw_kind kind, Value value, Check check) {
  return tw::guard_value(out, [&] {
    check();
    return tw_argument{nullptr, kind, 0, value, 0.0, nullptr, 0, {0, 0}};
  });
}

}  // namespace

tw_status tw_argument_none(tw_argument *out) { return fill(out, pointing(TW_KIND_NONE, nullptr)); }

tw_status tw_argument_tensor(tw_argument *out, const tw_tensor *tensor) {
  return fill(out, pointing(TW_KIND_TENSOR, tensor));
}

tw_status tw_argument_int64(tw_argument *out, int64_t value) {
  return fill(out, {nullptr, TW_KIND_INT64, 0, value, 0.0, nullptr, 0, {0, 0}});
}

tw_status tw_argument_double(tw_argument *out, double value) {
  return fill(out, {nullptr, TW_KIND_DOUBLE, 0, 0, value, nullptr, 0, {0, 0}});
}

tw_status tw_argument_bool(tw_argument *out, int32_t value) {
  return fill_checked(out, TW_KIND_BOOL, value, [&] { tw::require_bool(value, "value"); });
}

tw_status tw_argument_string(tw_argument *out, const char *value) {
  return tw::guard_value(out, [&] { return pointing(TW_KIND_STRING, &tw::require(value, "value")); });
}

tw_status tw_argument_dtype(tw_argument *out, tw_dtype dtype) {
  return fill_checked(out, TW_KIND_DTYPE, dtype, [&] { tw::scalar_type_of(dtype); });
}

tw_status tw_argument_device(tw_argument *out, const char *device) {
  return fill(out, pointing(TW_KIND_DEVICE, device));
}

tw_status tw_argument_memory_format(tw_argument *out, tw_memory_format format) {
  return fill_checked(out, TW_KIND_MEMORY_FORMAT, format, [&] { tw::memory_format_of(format, "format"); });
}

tw_status tw_argument_generator(tw_argument *out, const tw_generator *generator) {
  return fill(out, pointing(TW_KIND_GENERATOR, generator));
}

tw_status tw_argument_tensor_list(tw_argument *out, tw_tensor *const *tensors, size_t count) {
  return fill_list(out, TW_KIND_TENSOR_LIST, tensors, count, "tensors");
}

tw_status tw_argument_int64_list(tw_argument *out, const int64_t *values, size_t count) {
  return fill_list(out, TW_KIND_INT64_LIST, values, count, "values");
}

tw_status tw_argument_double_list(tw_argument *out, const double *values, size_t count) {
  return fill_list(out, TW_KIND_DOUBLE_LIST, values, count, "values");
}

tw_status tw_argument_bool_list(tw_argument *out, const int32_t *values, size_t count) {
  return fill_list(out, TW_KIND_BOOL_LIST, values, count, "values");
}

tw_status tw_argument_set_name(tw_argument *argument, const char *name) {
  return tw::guard([&] { tw::require(argument, "argument").name = name; });
}
