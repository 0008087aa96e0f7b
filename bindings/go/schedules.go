package torchwarmup

import "github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"

// with applies functions to options that hold the defaults.
func with[T any](defaults T, change []func(*T)) T {
	for _, each := range change {
		if each != nil {
			each(&defaults)
		}
	}
	return defaults
}

// StepLROptions is what NewStepLR may be told.
type StepLROptions struct {
	Gamma float64 // what the rate is multiplied by; default 0.1
}

// NewStepLR multiplies the rate by Gamma every stepSize epochs, as StepLR:
//
//	lr(epoch) = base_lr * gamma^floor(epoch / step_size)
func NewStepLR(to AnyOptimizer, stepSize float64, options ...func(*StepLROptions)) (*LRScheduler, error) {
	o := with(StepLROptions{Gamma: 0.1}, options)
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) {
		return raw.LrSchedulerStepLr(to, stepSize, o.Gamma)
	})
}

// MultiStepLROptions is what NewMultiStepLR may be told.
type MultiStepLROptions struct {
	Gamma float64 // what the rate is multiplied by; default 0.1
}

// NewMultiStepLR multiplies the rate by Gamma at each milestone, as MultiStepLR. Milestones are not negative, in any order;
// one that comes twice counts twice.
func NewMultiStepLR(to AnyOptimizer, milestones []int64, options ...func(*MultiStepLROptions)) (*LRScheduler, error) {
	o := with(MultiStepLROptions{Gamma: 0.1}, options)
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) {
		return raw.LrSchedulerMultiStep(to, milestones, o.Gamma)
	})
}

// ConstantLROptions is what NewConstantLR may be told.
type ConstantLROptions struct {
	Factor     float64 // in [0, 1]; default 1/3
	TotalIters float64 // epochs until the rate is its own again, not negative; default 5
}

// NewConstantLR multiplies the rate by Factor until TotalIters epochs have passed, as ConstantLR.
func NewConstantLR(to AnyOptimizer, options ...func(*ConstantLROptions)) (*LRScheduler, error) {
	o := with(ConstantLROptions{Factor: 1.0 / 3, TotalIters: 5}, options)
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) {
		return raw.LrSchedulerConstant(to, o.Factor, o.TotalIters)
	})
}

// LinearLROptions is what NewLinearLR may be told.
type LinearLROptions struct {
	StartFactor float64 // in (0, 1]; default 1/3
	EndFactor   float64 // in [0, 1]; default 1
	TotalIters  float64 // epochs from one to the other, not negative; default 5
}

// NewLinearLR multiplies the rate by a factor that goes from StartFactor to EndFactor in TotalIters epochs, as LinearLR.
func NewLinearLR(to AnyOptimizer, options ...func(*LinearLROptions)) (*LRScheduler, error) {
	o := with(LinearLROptions{StartFactor: 1.0 / 3, EndFactor: 1, TotalIters: 5}, options)
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) {
		return raw.LrSchedulerLinear(to, o.StartFactor, o.EndFactor, o.TotalIters)
	})
}

// NewExponentialLR multiplies the rate by gamma every epoch, as ExponentialLR.
func NewExponentialLR(to AnyOptimizer, gamma float64) (*LRScheduler, error) {
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) { return raw.LrSchedulerExponential(to, gamma) })
}

// PolynomialLROptions is what NewPolynomialLR may be told.
type PolynomialLROptions struct {
	TotalIters float64 // epochs until the rate is 0, not negative; default 5
	Power      float64 // not negative; default 1
}

// NewPolynomialLR lets the rate fall to 0 in TotalIters epochs, as PolynomialLR:
//
//	lr(epoch) = base_lr * (1 - min(epoch, total_iters) / total_iters)^power
func NewPolynomialLR(to AnyOptimizer, options ...func(*PolynomialLROptions)) (*LRScheduler, error) {
	o := with(PolynomialLROptions{TotalIters: 5, Power: 1}, options)
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) {
		return raw.LrSchedulerPolynomial(to, o.TotalIters, o.Power)
	})
}

// CosineAnnealingLROptions is what NewCosineAnnealingLR may be told.
type CosineAnnealingLROptions struct {
	EtaMin float64 // the lowest rate; default 0
}

// NewCosineAnnealingLR lets the rate fall along half a cosine to EtaMin in tMax epochs, and rise again after, as
// CosineAnnealingLR (Loshchilov & Hutter, arXiv 1608.03983):
//
//	lr(epoch) = eta_min + (base_lr - eta_min) * (1 + cos(pi * epoch / t_max)) / 2
func NewCosineAnnealingLR(to AnyOptimizer, tMax float64, options ...func(*CosineAnnealingLROptions)) (*LRScheduler, error) {
	o := with(CosineAnnealingLROptions{}, options)
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) {
		return raw.LrSchedulerCosineAnnealing(to, tMax, o.EtaMin)
	})
}

// CosineAnnealingWarmRestartsOptions is what NewCosineAnnealingWarmRestarts may be told.
type CosineAnnealingWarmRestartsOptions struct {
	TMult  int64   // how many times as long each fall is as the one before, at least 1; default 1
	EtaMin float64 // the lowest rate; default 0
}

// NewCosineAnnealingWarmRestarts lets the rate fall along half a cosine again and again, first in t0 epochs, as
// CosineAnnealingWarmRestarts. LRScheduler.StepAt takes fractions of an epoch.
func NewCosineAnnealingWarmRestarts(to AnyOptimizer, t0 int64, options ...func(*CosineAnnealingWarmRestartsOptions)) (*LRScheduler, error) {
	o := with(CosineAnnealingWarmRestartsOptions{TMult: 1}, options)
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) {
		return raw.LrSchedulerCosineAnnealingWarmRestarts(to, t0, o.TMult, o.EtaMin)
	})
}

// NewInverseSqrtLR lets the rate fall as one over the square root of the epoch, as Transformers are trained
// (Raffel et al., arXiv 1910.10683). Not in PyTorch:
//
//	lr(epoch) = base_lr * sqrt(timescale / (epoch + timescale))
func NewInverseSqrtLR(to AnyOptimizer, timescale int64) (*LRScheduler, error) {
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) { return raw.LrSchedulerInverseSqrt(to, timescale) })
}

// Decay is the shape in which a rate decays; x goes from 0 to 1.
type Decay int32

// The shapes of a decay.
const (
	DecayLinear = Decay(raw.LrDecayLinear) // 1 - x
	DecayCosine = Decay(raw.LrDecayCosine) // (1 + cos(pi x)) / 2
	DecaySqrt   = Decay(raw.LrDecaySqrt)   // 1 - sqrt(x)
)

// WarmupStableDecayOptions is what NewWarmupStableDecayLR may be told.
type WarmupStableDecayOptions struct {
	WarmupIters int64   // epochs in which the rate rises; default 0, where a Warmup does it
	Decay       Decay   // default DecayLinear
	EndFactor   float64 // in [0, 1]; default 0
}

// NewWarmupStableDecayLR lets the rate rise, stay for stableIters epochs, and decay in decayIters epochs
// (Hu et al., MiniCPM, arXiv 2404.06395). Not in PyTorch.
func NewWarmupStableDecayLR(to AnyOptimizer, stableIters, decayIters int64, options ...func(*WarmupStableDecayOptions)) (*LRScheduler, error) {
	o := with(WarmupStableDecayOptions{Decay: DecayLinear}, options)
	return schedule(to, func(to raw.Optimizer) (raw.LrScheduler, error) {
		return raw.LrSchedulerWarmupStableDecay(to, o.WarmupIters, stableIters, decayIters, raw.LrDecay(o.Decay), o.EndFactor)
	})
}
