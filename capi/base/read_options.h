/* Callers' structures of options, read by the core's rule (src/base/options.h). */
#pragma once

#include "base/guard.h"
#include "base/options.h"

namespace tw {

/* What a failure of the core's becomes here. */
inline void require_ok(tw_status status) {
  if (status != TW_OK) fail(status, tw_last_error());
}

/* A caller's structure, with the defaults for what it lacks or, where it is null, for all. */
template <class Options>
Options read_options(const Options *given, const twi_options_type &type) {
  Options read;
  require_ok(twi_options_read(&read, given, &type));
  return read;
}

}  // namespace tw
