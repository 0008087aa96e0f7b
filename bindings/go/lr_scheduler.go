package torchwarmup

import (
	"unsafe"

	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// LRScheduler is a learning-rate schedule that is bound to an optimizer.
//
// A constructor records each group's rate as its base rate and performs the initial step (epoch 0), as PyTorch's do.
// Schedules count epochs, whatever the caller takes for one: often a step.
type LRScheduler struct{ handle *owned.Handle }

func newLRScheduler(pointer raw.LrScheduler) *LRScheduler {
	out := &LRScheduler{}
	out.handle = owned.New(out, unsafe.Pointer(pointer), func(p unsafe.Pointer) { raw.LrSchedulerFree(raw.LrScheduler(p)) })
	return out
}

// schedule runs a constructor of a scheduler.
func schedule(to AnyOptimizer, construct func(raw.Optimizer) (raw.LrScheduler, error)) (*LRScheduler, error) {
	pointer, err := bind(to, construct)
	if err != nil {
		return nil, err
	}
	return newLRScheduler(pointer), nil
}

// Step goes on to the next epoch, in the recursive ("chainable") form: the new rate is made from the optimizer's present
// one. Call it after the optimizer's step. It is ErrState where the schedule needs a metric or has ended, and where a
// warmup has dampened the rates: leave the step to Warmup.Step.
func (s *LRScheduler) Step() error {
	return owned.Do(s.handle, func(p unsafe.Pointer) error { return raw.LrSchedulerStep(raw.LrScheduler(p)) })
}

// StepAt goes to a given epoch, which may be a fraction, in the closed form: the new rate is made from the base rate
// alone. It is ErrState where the schedule has no closed form.
func (s *LRScheduler) StepAt(epoch float64) error {
	return owned.Do(s.handle, func(p unsafe.Pointer) error { return raw.LrSchedulerStepAt(raw.LrScheduler(p), epoch) })
}

// StepMetric goes on to the next epoch with the metric of the last one; for NewReduceLROnPlateau.
func (s *LRScheduler) StepMetric(metric float64) error {
	return owned.Do(s.handle, func(p unsafe.Pointer) error { return raw.LrSchedulerStepMetric(raw.LrScheduler(p), metric) })
}

// LastLRs are the rates that the last step gave the groups, without a warmup's factor.
func (s *LRScheduler) LastLRs() ([]float64, error) {
	return numbers(s.handle, func(p unsafe.Pointer, out []float64) (int, error) {
		return raw.LrSchedulerGetLastLrs(out, raw.LrScheduler(p))
	})
}

// BaseLRs are the rates from which the closed form starts.
func (s *LRScheduler) BaseLRs() ([]float64, error) {
	return numbers(s.handle, func(p unsafe.Pointer, out []float64) (int, error) {
		return raw.LrSchedulerGetBaseLrs(out, raw.LrScheduler(p))
	})
}

// GroupCount is the number of groups that the scheduler schedules.
func (s *LRScheduler) GroupCount() (int, error) {
	return owned.Use(s.handle, func(p unsafe.Pointer) (int, error) { return raw.LrSchedulerGetGroupCount(raw.LrScheduler(p)) })
}

// LastEpoch is the epoch of the last step: 0 after construction, a fraction after StepAt with one.
func (s *LRScheduler) LastEpoch() (float64, error) {
	return owned.Use(s.handle, func(p unsafe.Pointer) (float64, error) {
		return raw.LrSchedulerGetLastEpoch(raw.LrScheduler(p))
	})
}

// SetLastEpoch moves the schedule to an epoch without stepping there: the next step is to the one after it. lrs are the
// rates that it had at that epoch, one for all groups or one for each, and are set at once; without lrs the rates stay as
// they are.
func (s *LRScheduler) SetLastEpoch(epoch float64, lrs ...float64) error {
	return owned.Do(s.handle, func(p unsafe.Pointer) error {
		return raw.LrSchedulerSetLastEpoch(raw.LrScheduler(p), epoch, lrs)
	})
}

// State is the scheduler's whole state as plain numbers, for a caller who keeps files of its own.
func (s *LRScheduler) State() ([]float64, error) {
	return numbers(s.handle, func(p unsafe.Pointer, out []float64) (int, error) {
		return raw.LrSchedulerGetState(out, raw.LrScheduler(p))
	})
}

// SetState puts back what State gave, for a scheduler made with the same arguments, and sets the optimizer's rates at
// once: dampened where a warmup is bound. Of several schedulers set the state of the one last that is stepped last.
func (s *LRScheduler) SetState(state []float64) error {
	return owned.Do(s.handle, func(p unsafe.Pointer) error { return raw.LrSchedulerSetState(raw.LrScheduler(p), state) })
}

// Clone creates a copy that goes on by itself from where the scheduler is. It schedules to, another optimizer with as many
// groups, whose rates are set at once; or, where to is nil, the same one.
func (s *LRScheduler) Clone(to AnyOptimizer) (*LRScheduler, error) {
	return owned.Use(s.handle, func(p unsafe.Pointer) (*LRScheduler, error) {
		if to == nil {
			return cloned(raw.LrSchedulerClone(raw.LrScheduler(p), nil))
		}
		return schedule(to, func(o raw.Optimizer) (raw.LrScheduler, error) {
			return raw.LrSchedulerClone(raw.LrScheduler(p), o)
		})
	})
}

func cloned(pointer raw.LrScheduler, err error) (*LRScheduler, error) {
	if err != nil {
		return nil, err
	}
	return newLRScheduler(pointer), nil
}

// Close frees the handle. The optimizer keeps its rates. It never fails.
func (s *LRScheduler) Close() error {
	s.handle.Close()
	return nil
}

// Preview gives the rates of the next steps without a change to anything: row i holds the rates of the groups after i
// steps of all schedulers in turn, row 0 the present ones.
func Preview(steps int, schedulers ...*LRScheduler) ([][]float64, error) {
	list, err := hold(schedulers)
	if err != nil {
		return nil, err
	}
	defer list.release()
	return rows(steps, func(out []float64, steps int) (int, error) {
		return raw.LrSchedulerPreview(out, list.pointers, steps)
	})
}

// rows are the numbers of a preview, a row a step.
func rows(steps int, call func(out []float64, steps int) (int, error)) ([][]float64, error) {
	if steps < 0 {
		return nil, failed(ErrRange, "steps is %d; it must not be negative", steps)
	}
	all, err := raw.Numbers(func(out []float64) (int, error) { return call(out, steps) })
	if err != nil || steps == 0 {
		return nil, err
	}
	width := len(all) / steps
	out := make([][]float64, steps)
	for i := range out {
		out[i] = all[i*width : (i+1)*width : (i+1)*width]
	}
	return out, nil
}
