#include "cpp_support.h"
#include "small_network.h"
