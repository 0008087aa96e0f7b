/* Values that lie in a checkpoint, as handles give them, and values as a checkpoint holds them. */
#pragma once

#include "checkpoint/checkpoint.h"
#include "value/value.h"

namespace tw {

/* Shares node, which lies in a checkpoint of that memory. */
tw_value stored_value(const std::shared_ptr<CheckpointMemory> &memory, const twi_value &node);

/* The value as a checkpoint of that memory holds it: what comes from the same one, as it is there. */
Value tree_of(const std::shared_ptr<CheckpointMemory> &memory, const tw_value &value);

/* The file in which the tensors of a value lie; null where it is none of a checkpoint that was loaded. */
std::shared_ptr<const SourceFile> file_of(const tw_value &value);

}  // namespace tw
