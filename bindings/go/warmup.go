package torchwarmup

import (
	"runtime/cgo"
	"unsafe"

	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// Warmup multiplies each group's scheduled rate by a factor that grows to 1, as pytorch_warmup does.
//
// Every step of a run:
//
//	optimizer.Step()          // uses the dampened rates
//	warmup.Step(scheduler)    // undampens, steps the schedule, dampens for the next step
//
// A warmup records the rates of the optimizer's groups when it is made and dampens them for step 0 at once, so make it
// after the schedulers. It counts steps from 0.
//
// It refuses with ErrState, and changes nothing, rather than go on with rates that nobody meant: a rate that somebody else
// changed since the last dampening, a second warmup for an optimizer, one made on rates that a closed one left dampened
// (call Detach before Close), and a group added since it was made.
type Warmup struct{ handle *owned.Handle }

func warm(to AnyOptimizer, construct func(raw.Optimizer) (raw.Warmup, error)) (*Warmup, error) {
	pointer, err := bind(to, construct)
	if err != nil {
		return nil, err
	}
	out := &Warmup{}
	out.handle = owned.New(out, unsafe.Pointer(pointer), func(p unsafe.Pointer) { raw.WarmupFree(raw.Warmup(p)) })
	return out, nil
}

// NewLinearWarmup creates a linear warmup:
//
//	factor(step) = min(1, (step + 1) / period)
//
// periods is one period, in steps, for all groups, or one for each.
func NewLinearWarmup(to AnyOptimizer, periods ...int64) (*Warmup, error) {
	return warm(to, func(o raw.Optimizer) (raw.Warmup, error) { return raw.WarmupLinear(o, periods) })
}

// NewExponentialWarmup creates an exponential warmup; otherwise as NewLinearWarmup:
//
//	factor(step) = 1 - exp(-(step + 1) / period)
func NewExponentialWarmup(to AnyOptimizer, periods ...int64) (*Warmup, error) {
	return warm(to, func(o raw.Optimizer) (raw.Warmup, error) { return raw.WarmupExponential(o, periods) })
}

// NewUntunedLinearWarmup creates a linear warmup whose period comes from each group's beta2, as Ma & Yarats
// (arXiv 1910.04209) propose for Adam:
//
//	period = trunc(2 / (1 - beta2))
//
// beta2s is one number in [0, 1) for all groups, or one for each; without any, the optimizer's own.
func NewUntunedLinearWarmup(to AnyOptimizer, beta2s ...float64) (*Warmup, error) {
	return warm(to, func(o raw.Optimizer) (raw.Warmup, error) { return raw.WarmupUntunedLinear(o, beta2s) })
}

// NewUntunedExponentialWarmup creates an exponential warmup whose period comes from each group's beta2; otherwise as
// NewUntunedLinearWarmup:
//
//	period = trunc(1 / (1 - beta2))
func NewUntunedExponentialWarmup(to AnyOptimizer, beta2s ...float64) (*Warmup, error) {
	return warm(to, func(o raw.Optimizer) (raw.Warmup, error) { return raw.WarmupUntunedExponential(o, beta2s) })
}

// NewRAdamWarmup creates a warmup by the variance rectification of RAdam (Liu et al., arXiv 1908.03265) from each group's
// beta2, which lies in (0.6, 1); otherwise as NewUntunedLinearWarmup.
func NewRAdamWarmup(to AnyOptimizer, beta2s ...float64) (*Warmup, error) {
	return warm(to, func(o raw.Optimizer) (raw.Warmup, error) { return raw.WarmupRadam(o, beta2s) })
}

// NewCustomWarmup creates a warmup whose factors the caller computes, finite and not negative, for a step and a group, both
// counted from 0. factor is called for each group at each dampening, the first time before this returns.
func NewCustomWarmup(to AnyOptimizer, factor func(step int64, group int) (float64, error)) (*Warmup, error) {
	if factor == nil {
		return nil, failed(ErrArgument, "factor is nil")
	}
	return warm(to, func(o raw.Optimizer) (raw.Warmup, error) {
		context := cgo.NewHandle(raw.FactorFunction(factor))
		return raw.WarmupCustom(o, raw.CallFactor, uintptr(context), raw.CallRelease)
	})
}

// Step undampens, steps each scheduler in order, and dampens for the next step. Where something fails nothing has changed.
func (w *Warmup) Step(schedulers ...*LRScheduler) error {
	pointer := w.handle.Acquire()
	if pointer == nil {
		return ErrClosed
	}
	defer w.handle.Release()
	var few [2]raw.LrScheduler
	if len(schedulers) > len(few) {
		return stepMany(raw.Warmup(pointer), schedulers)
	}
	for i, each := range schedulers {
		scheduler, err := each.acquire(i)
		if err != nil {
			release(schedulers[:i])
			return err
		}
		few[i] = scheduler
	}
	defer release(schedulers)
	return raw.WarmupStepFew(raw.Warmup(pointer), few, len(schedulers))
}

func stepMany(warmup raw.Warmup, schedulers []*LRScheduler) error {
	list, err := hold(append([]*LRScheduler{}, schedulers...)) // a copy, so that the few stay on the caller's stack
	if err != nil {
		return err
	}
	defer list.release()
	return raw.WarmupStep(warmup, list.pointers)
}

// Dampening puts the undampened rates back, runs step, in which the schedulers are to be stepped, and dampens the rates for
// the next step. Where step fails or panics, the dampened rates are put back as they were; a scheduler that did step has
// moved on all the same.
func (w *Warmup) Dampening(step func() error) error {
	return owned.Do(w.handle, func(p unsafe.Pointer) (err error) {
		if err = raw.WarmupDampeningBegin(raw.Warmup(p)); err != nil {
			return err
		}
		done := false
		defer func() {
			if !done {
				_ = raw.WarmupDampeningCancel(raw.Warmup(p)) // the failure of step counts
			}
		}()
		if err = step(); err != nil {
			return err
		}
		if err = raw.WarmupDampeningEnd(raw.Warmup(p)); err != nil {
			return err
		}
		done = true
		return nil
	})
}

// Dampen multiplies the optimizer's present rates by the factor of the next step, for a loop in which every step sets the
// rates anew in closed form (LRScheduler.StepAt) and then dampens them.
func (w *Warmup) Dampen() error {
	return owned.Do(w.handle, func(p unsafe.Pointer) error { return raw.WarmupDampen(raw.Warmup(p)) })
}

// DampenAt is Dampen for a given step, from which Dampen goes on.
func (w *Warmup) DampenAt(step int64) error {
	return owned.Do(w.handle, func(p unsafe.Pointer) error { return raw.WarmupDampenAt(raw.Warmup(p), step) })
}

// LastStep is the step that the present rates are for; 0 after creation.
func (w *Warmup) LastStep() (int64, error) {
	return owned.Use(w.handle, func(p unsafe.Pointer) (int64, error) { return raw.WarmupGetLastStep(raw.Warmup(p)) })
}

// SetLastStep sets the step counter; the rates stay as they are. -1 makes the next Dampen dampen for step 0.
func (w *Warmup) SetLastStep(step int64) error {
	return owned.Do(w.handle, func(p unsafe.Pointer) error { return raw.WarmupSetLastStep(raw.Warmup(p), step) })
}

// Factor is the factor of any step, for a group.
func (w *Warmup) Factor(step int64, group int) (float64, error) {
	if err := index(group); err != nil {
		return 0, err
	}
	return owned.Use(w.handle, func(p unsafe.Pointer) (float64, error) {
		return raw.WarmupGetFactor(raw.Warmup(p), step, group)
	})
}

// GroupCount is the number of groups that the warmup was made for.
func (w *Warmup) GroupCount() (int, error) {
	return owned.Use(w.handle, func(p unsafe.Pointer) (int, error) { return raw.WarmupGetGroupCount(raw.Warmup(p)) })
}

// Preview gives the rates of the next steps without a change to anything: row i holds the rates of the groups after i calls
// of Step with these schedulers, row 0 the present ones.
func (w *Warmup) Preview(steps int, schedulers ...*LRScheduler) ([][]float64, error) {
	return owned.Use(w.handle, func(p unsafe.Pointer) ([][]float64, error) {
		list, err := hold(schedulers)
		if err != nil {
			return nil, err
		}
		defer list.release()
		return rows(steps, func(out []float64, steps int) (int, error) {
			return raw.WarmupPreview(out, raw.Warmup(p), list.pointers, steps)
		})
	})
}

// UndampenedLRs are the undampened rates that the warmup has recorded, one a group.
func (w *Warmup) UndampenedLRs() ([]float64, error) {
	return numbers(w.handle, func(p unsafe.Pointer, out []float64) (int, error) {
		return raw.WarmupGetUndampenedLrs(out, raw.Warmup(p))
	})
}

// WarmupState is a warmup's whole state, for a caller who keeps files of its own.
type WarmupState struct {
	LastStep      int64     // the step that the rates are for
	UndampenedLRs []float64 // one a group
}

// State is the warmup's state.
func (w *Warmup) State() (WarmupState, error) {
	return owned.Use(w.handle, func(p unsafe.Pointer) (out WarmupState, err error) {
		out.UndampenedLRs, err = raw.Numbers(func(lrs []float64) (needed int, err error) {
			out.LastStep, needed, err = raw.WarmupGetState(lrs, raw.Warmup(p))
			return needed, err
		})
		return out, err
	})
}

// SetState puts back what State gave, and sets the optimizer's rates at once, dampened for that step.
func (w *Warmup) SetState(state WarmupState) error {
	return owned.Do(w.handle, func(p unsafe.Pointer) error {
		return raw.WarmupSetState(raw.Warmup(p), state.LastStep, state.UndampenedLRs)
	})
}

// Detach undoes the warmup: it puts the undampened rates back into the optimizer and unbinds it, so that another may be
// made. Any later call but the getters and Close is ErrState.
func (w *Warmup) Detach() error {
	return owned.Do(w.handle, func(p unsafe.Pointer) error { return raw.WarmupDetach(raw.Warmup(p)) })
}

// Close frees the handle. The optimizer keeps its rates as they are, dampened: call Detach before, where the run goes on
// without a warmup. It never fails.
func (w *Warmup) Close() error {
	w.handle.Close()
	return nil
}
