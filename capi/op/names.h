/* What Python calls things, and what they are called here. */
#pragma once

#include <string>

namespace tw {

/* The name without what stands before it in Python: "relu" of "F.relu", "linalg_norm" of "torch.linalg.norm". */
std::string without_python_prefix(const std::string &name);

/* What Python's function of that name is called here where it is no operator of that name and these arguments:
   "F.unfold is aten::im2col". Empty where there is nothing to say. */
std::string other_name_of(const std::string &name);

/* What could have been meant by a name that no operator has, to go behind "there is no operator ...". */
std::string suggestion_for(const std::string &name);

}  // namespace tw
