/* An optimizer's state_dict: made in put_optimizer.cpp, read in restore_optimizer.cpp. */
#pragma once

#include <string>

#include "checkpoint/checkpoint.h"
#include "optimizer/state.h"
#include "optimizer/torch_optimizer.h"

namespace tw {

/* Python keeps the two betas as one tuple: where our table has "betas[0]" and "betas[1]", the key is "betas". */
std::string option_key(const Option &option);

/* The kind of an optimizer's states, all of whose groups have that kind's options; else TW_ERROR_TYPE with its class. */
const StateKind &require_state_kind(const torch::optim::Optimizer &optimizer);

/* Loads what lies in a checkpoint under a name, all or nothing. */
void load_optimizer(const tw_checkpoint &checkpoint, const twi_value &state_dict, const std::string &name,
                    tw_optimizer &optimizer);

}  // namespace tw
