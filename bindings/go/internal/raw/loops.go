package raw

/*
#include "failure.h"

enum { STEP, WARMUP_STEP, GET_LR, FAILURE };

static tw_status one(int what, tw_optimizer *optimizer, tw_lr_scheduler *schedule, tw_warmup *warmup) {
	double lr = 0;
	switch (what) {
	case STEP: return tw_lr_scheduler_step(schedule);
	case WARMUP_STEP: return tw_warmup_step(warmup, &schedule, 1);
	case GET_LR: return tw_optimizer_get_lr(&lr, optimizer, 0);
	}
	return tw_optimizer_set_lr(optimizer, 0, -1) == TW_ERROR_RANGE ? TW_OK : TW_ERROR_INTERNAL;
}

static tw_status loop(int what, int64_t count, tw_optimizer *optimizer, tw_lr_scheduler *schedule, tw_warmup *warmup) {
	tw_status status = TW_OK;
	for (int64_t i = 0; i < count && status == TW_OK; ++i) status = one(what, optimizer, schedule, warmup);
	return status;
}

static tw_status in_c(double *out, double epoch, size_t group, void *context) {
	(void)group;
	(void)context;
	*out = 1 / (1 + epoch);
	return TW_OK;
}

static tw_lr_function lambda(void) { return in_c; }
*/
import "C"

// What Loop repeats.
const (
	LoopStep       = C.STEP
	LoopWarmupStep = C.WARMUP_STEP
	LoopGetLr      = C.GET_LR
	LoopFailure    = C.FAILURE
)

// Loop repeats a call in C, for the benchmarks to compare with.
func Loop(what, count int, optimizer Optimizer, schedule LrScheduler, warmup Warmup) bool {
	return C.loop(C.int(what), C.int64_t(count), optimizer, schedule, warmup) == C.TW_OK
}

// LambdaInC is a function of C's, for NewLambdaLR's counterpart in the benchmarks.
func LambdaInC() Function { return Function(C.lambda()) }
