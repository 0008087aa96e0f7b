/* The table of layers that layers.py has too: what it calls them, and how they are made here. */
#pragma once

#include <torch_warmup.h>

#include <string>
#include <vector>

struct Layer {
  std::string name;
  tw_status (*make)(tw_module **out);
};

const std::vector<Layer> &layers();
