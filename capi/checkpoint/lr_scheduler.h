/* An LR scheduler's state_dict: what each field of a schedule looks like in Python. */
#pragma once

#include <array>
#include <string>

#include "checkpoint/checkpoint.h"
#include "optimizer/torch_optimizer.h"
#include "schedule/lr_scheduler.h"

namespace tw {

/* PyTorch's newest; older ones take it too. */
Value state_dict_of(const tw_lr_scheduler &scheduler);

/* Puts the scheduler into the state of a state_dict of its kind, called name in messages, and sets the optimizer's rates;
   or changes nothing. */
void load_state_dict(tw_lr_scheduler &scheduler, const twi_value &state_dict, const std::string &name);

/* ---- for these two alone ---- */

/* Where a field of one double has it, and where one of a value a group has them. */
inline double *number_in(twi_lr_schedule &schedule, const twi_field &field) {
  if ((field.flags & TWI_FIELD_IN_STATE) != 0) return schedule.state + field.place;
  return reinterpret_cast<double *>(reinterpret_cast<char *>(&schedule) + field.place);
}

inline double *numbers_in(twi_lr_schedule &schedule, const twi_field &field) {
  return *reinterpret_cast<double **>(reinterpret_cast<char *>(&schedule) + field.place);
}

inline twi_phases &phases_in(twi_lr_schedule &schedule, const twi_field &field) {
  return *reinterpret_cast<twi_phases *>(reinterpret_cast<char *>(&schedule) + field.place);
}

/* Whether the schedule has the field: those of momentum are there where it is cycled. */
inline bool has_field(const twi_lr_schedule &schedule, const twi_field &field) {
  return (field.flags & TWI_FIELD_OF_MOMENTUM) == 0 || schedule.cycles_momentum != 0;
}

/* The entries of a stretch of OneCycleLR beside its end_step, and what they are in a stretch, of 2 or 3 of them. */
using PhaseNames = std::array<const char *, 4>;
extern const PhaseNames phase_keys;
const PhaseNames &phase_names(size_t count, size_t index);

}  // namespace tw
