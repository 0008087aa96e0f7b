package torchwarmup

import "github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"

// CyclicMode is how the height of a cycle changes.
type CyclicMode int32

// The modes of NewCyclicLR. A ScaleFn in its options takes the place of these.
const (
	CyclicTriangular  = CyclicMode(raw.CyclicTriangular)  // it stays
	CyclicTriangular2 = CyclicMode(raw.CyclicTriangular2) // it is halved after each cycle
	CyclicExpRange    = CyclicMode(raw.CyclicExpRange)    // it is gamma^epoch
)

// CyclicScaleMode is what a ScaleFn is given.
type CyclicScaleMode int32

// The numbers that a ScaleFn may be given.
const (
	CyclicScaleCycle      = CyclicScaleMode(raw.CyclicScaleCycle)      // the number of the cycle, from 1
	CyclicScaleIterations = CyclicScaleMode(raw.CyclicScaleIterations) // the epoch
)

// CyclicLROptions is what NewCyclicLR may be told.
type CyclicLROptions struct {
	StepSizeUp    float64                          // epochs from base to max, positive; default 2000
	StepSizeDown  float64                          // epochs back, 0 for a sawtooth; default -1: as many as up
	Mode          CyclicMode                       // default CyclicTriangular
	Gamma         float64                          // for CyclicExpRange; default 1
	ScaleFn       func(x float64) (float64, error) // the height of a cycle, in place of Mode; default nil
	ScaleMode     CyclicScaleMode                  // what ScaleFn is given; default CyclicScaleCycle
	CycleMomentum bool                             // momentum, or the first beta, goes the other way; default true
	BaseMomentum  []float64                        // one for all groups or one for each; default nil: 0.8
	MaxMomentum   []float64                        // as many; default nil: 0.9
}

// NewCyclicLR lets the rates go up and down between two bounds, as CyclicLR (Smith, arXiv 1506.01186). baseLRs and maxLRs
// are one bound for all groups or one for each. Where momentum is to be cycled, but the optimizer has neither momentum nor
// beta1, it is ErrNotFound.
func NewCyclicLR(to AnyOptimizer, baseLRs, maxLRs []float64, options ...func(*CyclicLROptions)) (*LRScheduler, error) {
	o := with(CyclicLROptions{StepSizeUp: 2000, StepSizeDown: -1, Gamma: 1, CycleMomentum: true}, options)
	if len(baseLRs) != len(maxLRs) {
		return nil, failed(ErrArgument, "there are %d base rates and %d max rates", len(baseLRs), len(maxLRs))
	}
	var memory raw.Memory
	defer memory.Free()
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) {
		given, err := o.raw(&memory)
		if err != nil {
			return nil, err
		}
		return raw.LrSchedulerCyclic(to, baseLRs, raw.Copy(&memory, maxLRs), &given)
	})
}

func (o *CyclicLROptions) raw(memory *raw.Memory) (out raw.CyclicOptions, err error) {
	if err = raw.CyclicOptionsInit(&out); err != nil {
		return out, err
	}
	momentum := momentums{o.CycleMomentum, o.BaseMomentum, o.MaxMomentum}
	if out.MomentumCount, err = momentum.raw(memory, &out.CycleMomentum, &out.BaseMomentum, &out.MaxMomentum); err != nil {
		return out, err
	}
	out.StepSizeUp, out.StepSizeDown, out.Gamma = o.StepSizeUp, o.StepSizeDown, o.Gamma
	out.Mode, out.ScaleMode = raw.CyclicMode(o.Mode), raw.CyclicScaleMode(o.ScaleMode)
	if o.ScaleFn != nil {
		scale := o.ScaleFn
		out.Mode = raw.CyclicCustom
		out.ScaleFn, out.ScaleRelease = raw.CallLrFunction, raw.CallRelease
		out.ScaleContext = LRFunction(func(x float64, _ int) (float64, error) { return scale(x) }).context()
	}
	return out, nil
}

// momentums is what cyclic and one-cycle schedules are told of momentum.
type momentums struct {
	cycle     bool
	base, max []float64
}

// raw fills in what structures of C have of it, and gives how many momentums there are.
func (m momentums) raw(memory *raw.Memory, cycle *int32, base, max **float64) (uintptr, error) {
	*cycle = truth(m.cycle)
	if len(m.base) != len(m.max) {
		return 0, failed(ErrArgument, "there are %d base momentums and %d max momentums", len(m.base), len(m.max))
	}
	*base, *max = raw.Copy(memory, m.base), raw.Copy(memory, m.max)
	return uintptr(len(m.base)), nil
}

func truth(is bool) int32 {
	if is {
		return 1
	}
	return 0
}

// Anneal is how NewOneCycleLR goes from one rate to the next.
type Anneal int32

// The ways from one rate to the next.
const (
	AnnealCos    = Anneal(raw.OneCycleAnnealCos)
	AnnealLinear = Anneal(raw.OneCycleAnnealLinear)
)

// OneCycleLROptions is what NewOneCycleLR may be told.
type OneCycleLROptions struct {
	PctStart       float64   // the share of the steps in which the rate rises, in [0, 1]; default 0.3
	AnnealStrategy Anneal    // default AnnealCos
	ThreePhase     bool      // down to the first rate as fast as up, then to the last; default false
	DivFactor      float64   // the first rate is max / DivFactor; default 25
	FinalDivFactor float64   // the last rate is the first / FinalDivFactor; default 1e4
	CycleMomentum  bool      // momentum, or the first beta, goes the other way; default true
	BaseMomentum   []float64 // one for all groups or one for each; default nil: 0.85
	MaxMomentum    []float64 // as many; default nil: 0.95
}

// NewOneCycleLR lets the rates rise once to maxLRs, one for all groups or one for each, and then fall far below the first,
// as OneCycleLR (Smith & Topin, arXiv 1708.07120). A step past totalSteps is ErrState.
func NewOneCycleLR(to AnyOptimizer, maxLRs []float64, totalSteps int64, options ...func(*OneCycleLROptions)) (*LRScheduler, error) {
	o := with(OneCycleLROptions{PctStart: 0.3, DivFactor: 25, FinalDivFactor: 1e4, CycleMomentum: true}, options)
	var memory raw.Memory
	defer memory.Free()
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) {
		given, err := o.raw(&memory)
		if err != nil {
			return nil, err
		}
		return raw.LrSchedulerOneCycle(to, maxLRs, totalSteps, &given)
	})
}

func (o *OneCycleLROptions) raw(memory *raw.Memory) (out raw.OneCycleOptions, err error) {
	if err = raw.OneCycleOptionsInit(&out); err != nil {
		return out, err
	}
	momentum := momentums{o.CycleMomentum, o.BaseMomentum, o.MaxMomentum}
	if out.MomentumCount, err = momentum.raw(memory, &out.CycleMomentum, &out.BaseMomentum, &out.MaxMomentum); err != nil {
		return out, err
	}
	out.PctStart, out.AnnealStrategy, out.ThreePhase = o.PctStart, raw.OneCycleAnneal(o.AnnealStrategy), truth(o.ThreePhase)
	out.DivFactor, out.FinalDivFactor = o.DivFactor, o.FinalDivFactor
	return out, nil
}

// PlateauMode is whether a metric gets better by falling or by rising.
type PlateauMode int32

// The ways in which a metric gets better.
const (
	PlateauMin = PlateauMode(raw.PlateauMin)
	PlateauMax = PlateauMode(raw.PlateauMax)
)

// PlateauThresholdMode is whether a threshold is a share of the best value or a distance from it.
type PlateauThresholdMode int32

// The meanings of a threshold.
const (
	PlateauThresholdRel = PlateauThresholdMode(raw.PlateauThresholdRel)
	PlateauThresholdAbs = PlateauThresholdMode(raw.PlateauThresholdAbs)
)

// ReduceLROnPlateauOptions is what NewReduceLROnPlateau may be told.
type ReduceLROnPlateauOptions struct {
	Mode          PlateauMode          // default PlateauMin
	Factor        float64              // what the rate is multiplied by, in [0, 1); default 0.1
	Patience      int64                // epochs without a better metric that are let pass; default 10
	Threshold     float64              // by how much a metric must be better to count; default 1e-4
	ThresholdMode PlateauThresholdMode // default PlateauThresholdRel
	Cooldown      int64                // epochs after a fall in which none counts as bad; default 0
	MinLR         []float64            // not fallen below: one for all groups or one for each; default nil: no bound
	Eps           float64              // a smaller fall than this is left out; default 1e-8
}

// NewReduceLROnPlateau lets the rate fall when a metric has stopped getting better, as ReduceLROnPlateau. It is stepped
// with LRScheduler.StepMetric and in no other way.
func NewReduceLROnPlateau(to AnyOptimizer, options ...func(*ReduceLROnPlateauOptions)) (*LRScheduler, error) {
	o := with(ReduceLROnPlateauOptions{Factor: 0.1, Patience: 10, Threshold: 1e-4, Eps: 1e-8}, options)
	var memory raw.Memory
	defer memory.Free()
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) {
		var given raw.ReduceOnPlateauOptions
		if err := raw.ReduceOnPlateauOptionsInit(&given); err != nil {
			return nil, err
		}
		given.Mode, given.ThresholdMode = raw.PlateauMode(o.Mode), raw.PlateauThresholdMode(o.ThresholdMode)
		given.Factor, given.Patience, given.Threshold = o.Factor, o.Patience, o.Threshold
		given.Cooldown, given.Eps = o.Cooldown, o.Eps
		given.MinLr, given.MinLrCount = raw.Copy(&memory, o.MinLR), uintptr(len(o.MinLR))
		return raw.LrSchedulerReduceOnPlateau(to, &given)
	})
}
