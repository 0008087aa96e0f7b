/* An LR scheduler from a checkpoint. */
#include "schedule/lr_scheduler_dict.h"

tw_status tw_checkpoint_restore_lr_scheduler(tw_lr_scheduler *scheduler, const tw_checkpoint *checkpoint,
                                             const char *key) {
  return tw::guard([&] {
    tw::Scheduler &self = *tw::require(scheduler, "scheduler").scheduler;
    const twi_value &state_dict = tw::find_value(checkpoint, key);
    tw::load_state_dict(self, state_dict, tw::quoted(key));
  });
}
