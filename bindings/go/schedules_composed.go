package torchwarmup

import (
	"runtime/cgo"

	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// LRFunction computes a number of an epoch, a fraction after LRScheduler.StepAt with one, and a parameter group. An error
// fails the step, and is wrapped in the error of the call that made it.
type LRFunction func(epoch float64, group int) (float64, error)

// context hands a function over to C, which lets go of it when no scheduler needs it any more.
func (f LRFunction) context() uintptr { return uintptr(cgo.NewHandle(raw.LrFunction(f))) }

// NewLambdaLR sets each group's rate to its base rate times the caller's number, as LambdaLR. lrLambda is called once for
// each group at each step, and once within this call.
func NewLambdaLR(to AnyOptimizer, lrLambda LRFunction) (*LRScheduler, error) {
	if lrLambda == nil {
		return nil, failed(ErrArgument, "lrLambda is nil")
	}
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) {
		return raw.LrSchedulerLambda(to, raw.CallLrFunction, lrLambda.context(), raw.CallRelease)
	})
}

// NewMultiplicativeLR multiplies each group's present rate by the caller's number, as MultiplicativeLR. It has no closed
// form.
func NewMultiplicativeLR(to AnyOptimizer, lrLambda LRFunction) (*LRScheduler, error) {
	if lrLambda == nil {
		return nil, failed(ErrArgument, "lrLambda is nil")
	}
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) {
		return raw.LrSchedulerMultiplicative(to, raw.CallLrFunction, lrLambda.context(), raw.CallRelease)
	})
}

// NewSequentialLR runs one schedule after another, as SequentialLR: at each milestone the next one starts, from its
// epoch 0. There is one milestone less than schedulers. Go on stepping this one alone.
func NewSequentialLR(to AnyOptimizer, schedulers []*LRScheduler, milestones []int64) (*LRScheduler, error) {
	list, err := hold(schedulers)
	if err != nil {
		return nil, err
	}
	defer list.release()
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) {
		return raw.LrSchedulerSequential(to, list.pointers, milestones)
	})
}

// NewChainedScheduler steps several schedules at once, each on the rates of the one before, as ChainedScheduler. Go on
// stepping this one alone.
func NewChainedScheduler(to AnyOptimizer, schedulers ...*LRScheduler) (*LRScheduler, error) {
	list, err := hold(schedulers)
	if err != nil {
		return nil, err
	}
	defer list.release()
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) {
		return raw.LrSchedulerChained(to, list.pointers)
	})
}
