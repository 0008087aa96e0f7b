package raw

/*
#include "core_generated.h"

static inline twgo_result warmup_step_few(tw_warmup *warmup, tw_lr_scheduler *first, tw_lr_scheduler *second, size_t count) {
	tw_lr_scheduler *const schedulers[2] = {first, second};
	return twgo_warmup_step(warmup, schedulers, count);
}
*/
import "C"

// WarmupStepFew is WarmupStep with up to two schedulers, which go by value: a step then takes no memory.
func WarmupStepFew(warmup Warmup, schedulers [2]LrScheduler, count int) error {
	return failed(C.warmup_step_few(warmup, schedulers[0], schedulers[1], C.size_t(count)).failure)
}
