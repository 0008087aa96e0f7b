#include "torch_warmup/random.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>

#include "base/handles.h"
#include "tensor/dtype.h"

namespace {

/* A clone of LibTorch's 1.13 is never destroyed, so the CPU's generators are made without one. Those of other devices
   have no other maker that does not need the device's own headers. */
at::Generator generator_of(c10::Device device) {
  if (device.is_cpu()) return at::make_generator<at::CPUGeneratorImpl>();
  at::Generator source = at::globalContext().defaultGenerator(device);
  const std::lock_guard<std::mutex> lock(source.mutex()); /* another thread may draw from it */
  return source.clone();
}

}  // namespace

tw_status tw_manual_seed(uint64_t seed) {
  return tw::guard([&] { at::manual_seed(seed); });
}

tw_status tw_generator_create(tw_generator **out, const char *device, uint64_t seed) {
  return tw::guard_new(out, [&] {
    auto made = std::make_unique<tw_generator>(tw_generator{generator_of(tw::device_of(device))});
    made->generator.set_current_seed(seed);
    return made;
  });
}

tw_status tw_generator_manual_seed(tw_generator *generator, uint64_t seed) {
  return tw::guard([&] {
    at::Generator &target = tw::require(generator, "generator").generator;
    const std::lock_guard<std::mutex> lock(target.mutex());
    target.set_current_seed(seed);
  });
}

void tw_generator_free(tw_generator *generator) { tw::take(generator, "tw_generator_free"); }
