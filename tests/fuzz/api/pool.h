/* The live objects that calls draw from: a row of places for each kind of handle. A place whose handle was freed is empty;
 * nothing here ever dangles. */
#pragma once

#include <torch_warmup.h>

#include <array>
#include <tuple>

#include "random.h"

namespace tw::fuzz {

/* A place for a handle. */
template <class Handle>
struct Place {
  Handle *handle = nullptr;
  uint64_t owner = 0; /* which optimizer it is or is bound to; 0 for none */
  int busy = 0;       /* how many running calls borrow it, so that nothing may free it */
};

template <class Handle, size_t count>
using Places = std::array<Place<Handle>, count>;

/* What is said and done of each kind of handle. Those that may be freed while a call of theirs runs are never busy. */
template <class Handle>
struct Kind;

#define TW_FUZZ_KIND(name, is_freeable_within)                        \
  template <>                                                         \
  struct Kind<tw_##name> {                                            \
    static constexpr const char *text = #name;                        \
    static constexpr bool freeable_within = is_freeable_within;       \
    static void free(tw_##name *handle) { tw_##name##_free(handle); } \
  }

TW_FUZZ_KIND(optimizer, true);
TW_FUZZ_KIND(lr_scheduler, true);
TW_FUZZ_KIND(warmup, true);
TW_FUZZ_KIND(tensor, false);
TW_FUZZ_KIND(tensor_list, false);
TW_FUZZ_KIND(module, false);
TW_FUZZ_KIND(generator, false);
TW_FUZZ_KIND(value, false);
TW_FUZZ_KIND(checkpoint, false);
TW_FUZZ_KIND(module_differences, false);
#undef TW_FUZZ_KIND

/* Few, so that calls meet the same objects again. */
using Pool = std::tuple<Places<tw_optimizer, 5>, Places<tw_lr_scheduler, 7>, Places<tw_warmup, 3>,
                        Places<tw_tensor, 10>, Places<tw_tensor_list, 2>, Places<tw_module, 5>, Places<tw_generator, 2>,
                        Places<tw_value, 5>, Places<tw_checkpoint, 3>, Places<tw_module_differences, 1>>;

template <class Handle, class Places>
struct HoldsKind : std::false_type {};
template <class Handle, size_t count>
struct HoldsKind<Handle, std::array<Place<Handle>, count>> : std::true_type {};

/* The places of a kind. */
template <class Handle, size_t at = 0>
auto &places_of(Pool &pool) {
  if constexpr (HoldsKind<Handle, std::tuple_element_t<at, Pool>>::value)
    return std::get<at>(pool);
  else
    return places_of<Handle, at + 1>(pool);
}

/* Frees what lies in a place, which is empty before the free begins: a release may come by again. */
template <class Handle>
void empty(Place<Handle> &place) {
  Handle *handle = place.handle;
  place.handle = nullptr;
  place.owner = 0;
  Kind<Handle>::free(handle);
}

/* A place to draw: mostly one with something in it. */
template <class Handle>
size_t draw_place(Pool &pool, Random &random, uint64_t owner = 0) {
  auto &places = places_of<Handle>(pool);
  const size_t start = random.below(places.size());
  for (size_t i = 0; i < places.size(); ++i) {
    const size_t place = (start + i) % places.size();
    if (places[place].handle != nullptr && (owner == 0 || places[place].owner == owner)) return place;
  }
  return start;
}

/* A place that something new may take; none where all are borrowed by running calls. */
template <class Handle>
Place<Handle> *draw_room(Pool &pool, Random &random) {
  auto &places = places_of<Handle>(pool);
  const size_t start = random.below(places.size());
  for (size_t i = 0; i < places.size(); ++i) {
    auto &place = places[(start + i) % places.size()];
    if (place.busy == 0) return &place;
  }
  return nullptr;
}

/* Frees everything, in an order of the random numbers'. */
template <class Handle, size_t count>
bool empty_one(Places<Handle, count> &places, Random &random) {
  auto &place = places[random.below(count)];
  if (place.handle == nullptr) return false;
  empty(place);
  return true;
}

}  // namespace tw::fuzz
