/* Values that go to TorchScript and come from there. */
#pragma once

#include "value/value.h"

namespace tw {

/* A value of what TorchScript gave, whose containers are its own: nobody else holds them. */
tw_value value_of(c10::IValue given);

/* The value as TorchScript takes it. Reads the tensors that are in files. */
c10::IValue ivalue_of(const tw_value &value);

}  // namespace tw
