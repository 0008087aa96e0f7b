/* Drawn arguments: numbers, texts, handles, arrays, buffers. Most are good, so that most calls get somewhere; the rest are
 * what callers get wrong. */
#pragma once

#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <memory>
#include <string>

#include "run.h"

namespace tw::fuzz {

/* ---- numbers and texts ------------------------------------------------------------------------------------------- */

template <class T>
std::string text_of(T number) {
  char text[40];
  if constexpr (std::is_floating_point_v<T>)
    std::snprintf(text, sizeof text, "%.17g", number);
  else
    std::snprintf(text, sizeof text, "%lld", static_cast<long long>(number));
  return text;
}

inline double bad_double(Random &random) {
  using Limits = std::numeric_limits<double>;
  return random.one_of({Limits::quiet_NaN(), Limits::infinity(), -Limits::infinity(), -1.0, 0.0, -0.0, Limits::max(),
                        -Limits::max(), Limits::denorm_min(), 9007199254740992.0, 9007199254740994.0, 1e300});
}

inline int64_t bad_int64(Random &random) {
  return random.one_of<int64_t>(
      {-1, 0, INT64_MAX, INT64_MIN, INT64_MAX - 1, int64_t{1} << 53, (int64_t{1} << 53) + 1, int64_t{1} << 62, -2});
}

/* One argument that is a number. */
template <class T>
struct Number : Plain {
  T value;
  explicit Number(T drawn) : value(drawn) {}
  auto values() const { return std::make_tuple(value); }
  std::string text() const { return text_of(value); }
};

#define TW_FUZZ_DOUBLE(name, ...)                                                                              \
  struct name : Number<double> {                                                                               \
    explicit name(Run &run)                                                                                    \
        : Number(run.random.chance(88) ? run.random.one_of<double>({__VA_ARGS__}) : bad_double(run.random)) {} \
  }
#define TW_FUZZ_INT64(name, ...)                                                                               \
  struct name : Number<int64_t> {                                                                              \
    explicit name(Run &run)                                                                                    \
        : Number(run.random.chance(88) ? run.random.one_of<int64_t>({__VA_ARGS__}) : bad_int64(run.random)) {} \
  }

TW_FUZZ_DOUBLE(Rate, 0.1, 0.5, 1e-3, 1, 0.25);
TW_FUZZ_DOUBLE(Factor, 0.5, 0.9, 1, 0.1, 1.1, 1.0 / 3);
TW_FUZZ_DOUBLE(Epoch, 0, 1, 2, 5, 10, 2.5, 17, 100);
TW_FUZZ_DOUBLE(Iterations, 1, 3, 5, 10, 20, 2.5);
TW_FUZZ_DOUBLE(AnyDouble, 0, 1, -1, 0.5, 2, 1e-3, 7);
TW_FUZZ_INT64(Steps, 1, 2, 3, 5, 10, 20);
TW_FUZZ_INT64(AnyInt64, 0, 1, -1, 2, 3, 7);
TW_FUZZ_INT64(Dimension, 0, 1, -1, 2);
TW_FUZZ_INT64(Features, 1, 2, 3, 4);

struct Seed : Number<uint64_t> {
  explicit Seed(Run &run) : Number(run.random.one_of<uint64_t>({0, 1, 7, UINT64_MAX, uint64_t{1} << 63})) {}
};

/* A place in something small: mostly there. */
struct Index : Number<size_t> {
  explicit Index(Run &run)
      : Number(run.random.chance(85) ? run.random.below(3) : run.random.one_of<size_t>({7, SIZE_MAX, SIZE_MAX / 2})) {}
};

struct Truth : Number<int32_t> {
  explicit Truth(Run &run)
      : Number(run.random.chance(92) ? static_cast<int32_t>(run.random.below(2))
                                     : run.random.one_of<int32_t>({2, -1, INT32_MAX, INT32_MIN})) {}
};

/* An enumerator from first to last, or a number that is none. */
template <class Enum, Enum first, Enum last>
struct OneOf : Plain {
  Enum value;
  explicit OneOf(Run &run) {
    const size_t range = static_cast<size_t>(last) - static_cast<size_t>(first) + 1;
    value =
        static_cast<Enum>(run.random.chance(93) ? static_cast<int>(first) + static_cast<int>(run.random.below(range))
                                                : run.random.one_of({-1, 77, INT32_MAX}));
  }
  auto values() const { return std::make_tuple(value); }
  std::string text() const { return text_of(static_cast<int>(value)); }
};

struct Text : Plain {
  const char *value;
  explicit Text(const char *drawn) : value(drawn) {}
  auto values() const { return std::make_tuple(value); }
  std::string text() const { return value == nullptr ? "NULL" : std::string("\"") + value + "\""; }
};

/* The name of something that there may be. */
struct Key : Text {
  explicit Key(Run &run)
      : Text(run.random.chance(90)
                 ? run.random.one_of({"a", "b", "model", "optimizer", "scheduler", "warmup", "weight"})
                 : run.random.one_of<const char *>({nullptr, "", "\xff", "a.b", "0.weight", "bias"})) {}
};

struct Device : Text {
  explicit Device(Run &run)
      : Text(run.random.chance(92) ? run.random.one_of<const char *>({nullptr, "cpu"})
                                   : run.random.one_of({"", "gpu", "cpu:x", "meta?"})) {}
};

/* A file that is saved to or loaded: its text outlives the call. */
struct Path : Text {
  explicit Path(Run &run)
      : Text(run.random.chance(90) ? run.paths[run.random.below(run.paths.size())].c_str()
                                   : run.random.one_of<const char *>({nullptr, "", "/no/such/folder/a.pt", "/tmp"})) {}
};

/* Two numbers, such as a kernel's rows and columns; or NULL. */
struct Kernel : Plain {
  int64_t sizes[2];
  bool is_null;
  explicit Kernel(Run &run) : sizes{Features(run).value, Features(run).value}, is_null(run.random.chance(4)) {}
  auto values() { return std::make_tuple(is_null ? nullptr : static_cast<const int64_t *>(sizes)); }
  std::string text() const { return is_null ? "NULL" : text_of(sizes[0]) + " x " + text_of(sizes[1]); }
};

/* ---- handles ----------------------------------------------------------------------------------------------------- */

/* A live handle, sometimes NULL. It is borrowed until the call is over. */
template <class Handle>
struct In : Plain {
  Handle *value = nullptr;
  Place<Handle> *place = nullptr;
  size_t at = 0;

  explicit In(Run &run, unsigned null_percent = 4, uint64_t owner = 0) {
    at = draw_place<Handle>(run.pool, run.random, owner);
    if (run.random.chance(null_percent)) return;
    auto &drawn = places_of<Handle>(run.pool)[at];
    value = drawn.handle;
    if (value == nullptr) return;
    run.about(drawn.owner);
    if (Kind<Handle>::freeable_within) return;
    place = &drawn;
    ++place->busy;
  }
  auto values() const { return std::make_tuple(value); }
  std::string text() const {
    return value == nullptr ? "NULL" : std::string(Kind<Handle>::text) + "[" + text_of(at) + "]";
  }
  void keep(Run &, tw_status) {
    if (place != nullptr) --place->busy;
  }
};

template <class Handle>
struct OptionalIn : In<Handle> {
  explicit OptionalIn(Run &run) : In<Handle>(run, 40) {}
};

/* Where a call puts a handle that it creates. */
template <class Handle, bool may_be_null = false>
struct Out : Plain {
  Handle *made = reinterpret_cast<Handle *>(1);
  bool is_null;

  explicit Out(Run &run) : is_null(run.random.chance(2)) {}
  auto values() { return std::make_tuple(is_null ? nullptr : &made); }
  std::string text() const { return is_null ? "NULL" : "out"; }
  void check(Run &run, tw_status status) {
    if (is_null)
      run.require(may_be_null || status != TW_OK, "out must not be NULL");
    else if (status != TW_OK)
      run.require(made == nullptr, "out is NULL on failure");
    else
      run.require(made != reinterpret_cast<Handle *>(1), "out is set on success");
  }
  /* What lay in the place is freed. */
  void keep(Run &run, tw_status status) {
    if (is_null || status != TW_OK || made == nullptr) return;
    Place<Handle> *room = draw_room<Handle>(run.pool, run.random);
    if (room == nullptr) return Kind<Handle>::free(made);
    Handle *before = room->handle; /* freed last: what its release calls may look for room too */
    room->handle = made;
    room->owner = owner(run);
    Kind<Handle>::free(before);
  }

 private:
  static uint64_t owner(Run &run) {
    if (!std::is_same_v<Handle, tw_optimizer>) return run.frame().owner;
    run.about(run.new_owner());
    return run.frame().owner;
  }
};

/* A handle that the call frees: its place is empty before. */
template <class Handle>
struct Free : Plain {
  Handle *value = nullptr;
  size_t at;

  explicit Free(Run &run) : at(draw_place<Handle>(run.pool, run.random)) {
    auto &place = places_of<Handle>(run.pool)[at];
    if (place.busy > 0) return;
    value = place.handle;
    place.handle = nullptr;
  }
  auto values() const { return std::make_tuple(value); }
  std::string text() const {
    return value == nullptr ? "NULL" : std::string(Kind<Handle>::text) + "[" + text_of(at) + "]";
  }
};

/* ---- arrays ------------------------------------------------------------------------------------------------------ */

/* An array and its length: NULL, of 0, 1, 2 or 3 elements. A length that no array has goes with NULL. */
template <class T, class Element>
struct Array : Plain {
  std::vector<T> elements;
  bool is_null = false;
  size_t count = 0;

  template <class Draw>
  Array(Run &run, size_t most, Draw draw) {
    is_null = run.random.chance(4);
    count = is_null ? run.random.one_of<size_t>({0, 0, 1, SIZE_MAX}) : run.random.below(most + 1);
    for (size_t i = 0; !is_null && i < count; ++i) elements.push_back(draw());
  }
  auto values() const {
    return std::make_tuple(is_null ? nullptr : static_cast<const Element *>(elements.data()), count);
  }
  std::string text() const {
    std::string all = is_null ? "NULL" : "{";
    if constexpr (std::is_arithmetic_v<T>)
      for (const T &element : elements) all += text_of(element) + " ";
    return all + (is_null ? ", " : "}, ") + text_of(count);
  }
};

template <class Draw>
struct Doubles : Array<double, double> {
  explicit Doubles(Run &run) : Array(run, 3, [&] { return Draw(run).value; }) {}
};

template <class Draw>
struct Int64s : Array<int64_t, int64_t> {
  explicit Int64s(Run &run) : Array(run, 3, [&] { return Draw(run).value; }) {}
};

struct Size : Number<int64_t> {
  explicit Size(Run &run)
      : Number(run.random.chance(97) ? run.random.one_of<int64_t>({1, 2, 3, 4, 0})
                                     : run.random.one_of<int64_t>({-1, INT64_MAX, INT64_MIN, int64_t{1} << 62})) {}
};
using Sizes = Int64s<Size>;

/* Handles, mostly of what the call is about, and their number. */
template <class Handle>
struct InArray : Plain {
  std::vector<In<Handle>> drawn;
  std::vector<Handle *> handles;
  bool is_null;
  size_t count;

  explicit InArray(Run &run) {
    is_null = run.random.chance(4);
    count = is_null ? run.random.one_of<size_t>({0, 1, SIZE_MAX}) : run.random.below(4);
    for (size_t i = 0; !is_null && i < count; ++i) {
      drawn.emplace_back(run, 3, run.random.chance(92) ? run.frame().owner : 0);
      handles.push_back(drawn.back().value);
    }
  }
  auto values() const {
    return std::make_tuple(is_null ? nullptr : static_cast<Handle *const *>(handles.data()), count);
  }
  std::string text() const {
    std::string all = is_null ? "NULL" : "{";
    for (const auto &one : drawn) all += one.text() + " ";
    return all + (is_null ? ", " : "}, ") + text_of(count);
  }
  void keep(Run &run, tw_status status) {
    for (auto &one : drawn) one.keep(run, status);
  }
};

/* ---- what a call gives ------------------------------------------------------------------------------------------- */

/* One number, which is 0 on failure. */
template <class T>
struct Give : Plain {
  T given;
  bool is_null;

  explicit Give(Run &run) : is_null(run.random.chance(2)) { std::memset(&given, 0x5a, sizeof given); }
  auto values() { return std::make_tuple(is_null ? nullptr : &given); }
  std::string text() const { return is_null ? "NULL" : "out"; }
  void check(Run &run, tw_status status) {
    if (is_null)
      run.require(status != TW_OK, "out must not be NULL");
    else if (status != TW_OK)
      run.require(given == T{}, "out is 0 on failure");
  }
};

/* A buffer, its capacity and where the number needed goes: room for little, for much, or none, to ask how much. */
template <class T>
struct Buffer : Plain {
  using Element = std::conditional_t<std::is_void_v<T>, char, T>;
  std::unique_ptr<Element[]> room; /* as large as it is said to be, so that a sanitizer sees what is written beyond */
  size_t capacity = 0;
  size_t needed = 12345;
  bool asks_needed = true;

  explicit Buffer(Run &run) {
    const size_t way = run.random.below(10);
    if (way < 2) return; /* how much? */
    capacity = way < 4 ? run.random.below(4) : 4096;
    asks_needed = way != 9;
    if (way == 8) capacity = 0;
    if (way != 7) room = std::make_unique<Element[]>(capacity);
    for (size_t i = 0; room != nullptr && i < capacity; ++i) std::memset(&room[i], 0x5a, sizeof(Element));
  }
  auto values() { return std::make_tuple(static_cast<T *>(room.get()), capacity, asks_needed ? &needed : nullptr); }
  std::string text() const {
    return std::string(room == nullptr ? "NULL, " : "out, ") + text_of(capacity) +
           (asks_needed ? ", &needed" : ", NULL");
  }
  void check(Run &run, tw_status status) {
    if (status == TW_OK) return;
    if (asks_needed && status != TW_ERROR_CAPACITY) run.require(needed == 0, "needed is 0 on failure");
    Element untouched;
    std::memset(&untouched, 0x5a, sizeof untouched);
    for (size_t i = 0; room != nullptr && i < capacity; ++i)
      run.require(std::memcmp(&room[i], &untouched, sizeof untouched) == 0, "a buffer is untouched on failure");
  }
};

/* One that is NULL or wrong by a drawn part, in place of options. */
struct NoOptions : Plain {
  explicit NoOptions(Run &) {}
  auto values() const { return std::make_tuple(nullptr); }
  std::string text() const { return "NULL"; }
};

}  // namespace tw::fuzz
