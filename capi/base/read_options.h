/* Options structures whose first member is struct_size: a caller's may be of an older or newer version than ours. */
#pragma once

#include <algorithm>
#include <cstring>

#include "base/guard.h"
#include "base/options.h"

namespace tw {

/* What a failure of the core's becomes here. */
inline void require_ok(tw_status status) {
  if (status != TW_OK) fail(status, tw_last_error());
}

/* A caller's structure by the core's rule (src/base/options.h), with the defaults for what it lacks. */
template <class Options>
Options read_options(const Options *given, const twi_options_type &type) {
  Options read;
  require_ok(twi_options_read(&read, given, &type));
  return read;
}

/* A size that no version has means that the structure was not filled in by its init function. */
inline void check_struct_size(size_t struct_size, const char *init) {
  check(struct_size > sizeof(size_t) && struct_size <= 1024 && struct_size % sizeof(size_t) == 0, TW_ERROR_ARGUMENT,
        "struct_size is ", struct_size, ", which is the size of no such structure; fill it in with ", init);
}

/* Fills in the part of the defaults that the caller's structure of struct_size bytes has, and zeros beyond them. */
template <class Options>
void fill_options(Options *options, size_t struct_size, Options defaults, const char *init) {
  require(options, "options");
  check_struct_size(struct_size, init);
  defaults.struct_size = struct_size;
  std::memset(static_cast<void *>(options), 0, struct_size);
  std::memcpy(static_cast<void *>(options), &defaults, std::min(struct_size, sizeof defaults));
}

/* The caller's options, with the defaults for what an older structure lacks, or for all where options is null. A newer
   one is taken as long as the members that this library does not know are as init left them. */
template <class Options>
Options read_options(const Options *options, Options defaults, const char *init) {
  if (options == nullptr) return defaults;
  const size_t struct_size = options->struct_size;
  check_struct_size(struct_size, init);
  const auto *bytes = reinterpret_cast<const char *>(options);
  for (size_t i = sizeof defaults; i < struct_size; ++i)
    check(bytes[i] == 0, TW_ERROR_ARGUMENT, "struct_size is ", struct_size, ", but this version of torch_warmup knows ",
          sizeof defaults, " bytes of it, and a member beyond those is set");
  std::memcpy(static_cast<void *>(&defaults), bytes, std::min(struct_size, sizeof defaults));
  return defaults;
}

}  // namespace tw
