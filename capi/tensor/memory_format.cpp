#include "tensor/memory_format.h"

#include "base/guard.h"

namespace tw {

c10::MemoryFormat memory_format_of(tw_memory_format format, const char *name) {
  switch (format) {
    case TW_CONTIGUOUS_FORMAT:
      return c10::MemoryFormat::Contiguous;
    case TW_PRESERVE_FORMAT:
      return c10::MemoryFormat::Preserve;
    case TW_CHANNELS_LAST:
      return c10::MemoryFormat::ChannelsLast;
    case TW_CHANNELS_LAST_3D:
      return c10::MemoryFormat::ChannelsLast3d;
    default:
      fail(TW_ERROR_ARGUMENT, name, " is ", format, ", which is no tw_memory_format");
  }
}

}  // namespace tw
