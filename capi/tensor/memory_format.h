/* The one table between this library's memory formats and LibTorch's. */
#pragma once

#include <c10/core/MemoryFormat.h>

#include "torch_warmup/memory_format.h"

namespace tw {

/* Fails where format is none of them; name is the argument's. */
c10::MemoryFormat memory_format_of(tw_memory_format format, const char *name);

}  // namespace tw
