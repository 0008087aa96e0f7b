package torchwarmup_test

import (
	"math/big"
	"path/filepath"
	"strings"
	"testing"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
)

// follow is a run of a trace: next makes the next row, which has the number row.
type follow func(t *testing.T) (optimizer *tw.Optimizer, next func(row int) error)

func stepping(make func(*tw.Optimizer) (*tw.LRScheduler, error)) follow {
	return func(t *testing.T) (*tw.Optimizer, func(int) error) {
		optimizer := twoGroups(t)
		scheduler := must(make(optimizer))(t)
		return optimizer, func(int) error { return scheduler.Step() }
	}
}

func metric(i int) float64 {
	list := []float64{1, .9, .8, .8, .8, .8, .79999, .8, .8, .8, .8, .8, .5, .6, .6, .6, .6, .6, .6, .6}
	if i >= 20 {
		return list[i%20] * 0.99
	}
	return list[i%20]
}

func plateau(sign float64, options func(*tw.ReduceLROnPlateauOptions)) follow {
	return func(t *testing.T) (*tw.Optimizer, func(int) error) {
		optimizer := twoGroups(t)
		scheduler := must(tw.NewReduceLROnPlateau(optimizer, options))(t)
		return optimizer, func(row int) error { return scheduler.StepMetric(sign * metric(row-1)) }
	}
}

type untuned func(tw.AnyOptimizer, ...float64) (*tw.Warmup, error)

func cosineAnd(make untuned) follow {
	return func(t *testing.T) (*tw.Optimizer, func(int) error) {
		optimizer := twoGroups(t, 0.95, 0.99)
		fall := must(tw.NewCosineAnnealingLR(optimizer, 150, func(o *tw.CosineAnnealingLROptions) { o.EtaMin = 1e-5 }))(t)
		warmup := must(make(optimizer))(t)
		return optimizer, func(int) error { return warmup.Step(fall) }
	}
}

func alone(make func(tw.AnyOptimizer, ...int64) (*tw.Warmup, error)) follow {
	return func(t *testing.T) (*tw.Optimizer, func(int) error) {
		optimizer := twoGroups(t)
		warmup := must(make(optimizer, 5, 11))(t)
		return optimizer, func(int) error { return warmup.Step() }
	}
}

func cyclic(mode tw.CyclicMode) follow {
	return stepping(func(o *tw.Optimizer) (*tw.LRScheduler, error) {
		return tw.NewCyclicLR(o, []float64{0.01}, []float64{0.1}, func(o *tw.CyclicLROptions) {
			o.StepSizeUp, o.Mode, o.Gamma, o.CycleMomentum = 8, mode, 0.99, false
		})
	})
}

// power is rounded once, as C's pow is at these places; math.Pow is not.
func power(base float64, exponent int) float64 {
	product := new(big.Float).SetPrec(1000).SetInt64(1)
	for ; exponent > 0; exponent-- {
		product.Mul(product, big.NewFloat(base))
	}
	out, _ := product.Float64()
	return out
}

var traces = map[string]follow{
	"step_lr": stepping(func(o *tw.Optimizer) (*tw.LRScheduler, error) { return tw.NewStepLR(o, 7) }),
	"multi_step_lr": stepping(func(o *tw.Optimizer) (*tw.LRScheduler, error) {
		return tw.NewMultiStepLR(o, []int64{5, 11, 11, 30})
	}),
	"constant_lr": stepping(func(o *tw.Optimizer) (*tw.LRScheduler, error) { return tw.NewConstantLR(o) }),
	"linear_lr": stepping(func(o *tw.Optimizer) (*tw.LRScheduler, error) {
		return tw.NewLinearLR(o, func(o *tw.LinearLROptions) { o.TotalIters = 10 })
	}),
	"exponential_lr": stepping(func(o *tw.Optimizer) (*tw.LRScheduler, error) { return tw.NewExponentialLR(o, 0.9) }),
	"polynomial_lr": stepping(func(o *tw.Optimizer) (*tw.LRScheduler, error) {
		return tw.NewPolynomialLR(o, func(o *tw.PolynomialLROptions) { o.TotalIters = 20 })
	}),
	"cosine_annealing_lr": stepping(func(o *tw.Optimizer) (*tw.LRScheduler, error) {
		return tw.NewCosineAnnealingLR(o, 50, func(o *tw.CosineAnnealingLROptions) { o.EtaMin = 1e-5 })
	}),
	"cosine_annealing_warm_restarts": stepping(func(o *tw.Optimizer) (*tw.LRScheduler, error) {
		return tw.NewCosineAnnealingWarmRestarts(o, 10, func(o *tw.CosineAnnealingWarmRestartsOptions) { o.TMult = 2 })
	}),
	"cosine_annealing_warm_restarts_fractional": func(t *testing.T) (*tw.Optimizer, func(int) error) {
		optimizer := twoGroups(t)
		restarts := must(tw.NewCosineAnnealingWarmRestarts(optimizer, 2, func(o *tw.CosineAnnealingWarmRestartsOptions) { o.TMult = 2 }))(t)
		return optimizer, func(row int) error { return restarts.StepAt(float64(row) / 8) }
	},
	"lambda_lr": stepping(func(o *tw.Optimizer) (*tw.LRScheduler, error) {
		return tw.NewLambdaLR(o, func(epoch float64, group int) (float64, error) {
			if group == 0 {
				return power(0.95, int(epoch)), nil
			}
			return 1 / (1 + epoch), nil
		})
	}),
	"multiplicative_lr": stepping(func(o *tw.Optimizer) (*tw.LRScheduler, error) {
		return tw.NewMultiplicativeLR(o, func(epoch float64, _ int) (float64, error) {
			rise := 0.005 * epoch // rounded by itself, as Python does
			return 0.9 + rise, nil
		})
	}),
	"cyclic_lr_triangular": stepping(func(o *tw.Optimizer) (*tw.LRScheduler, error) {
		return tw.NewCyclicLR(o, []float64{0.01, 0.02}, []float64{0.1, 0.5}, func(o *tw.CyclicLROptions) {
			o.StepSizeUp, o.StepSizeDown, o.CycleMomentum = 8, 12, false
		})
	}),
	"cyclic_lr_triangular2": cyclic(tw.CyclicTriangular2),
	"cyclic_lr_exp_range":   cyclic(tw.CyclicExpRange),
	"one_cycle_lr_cos": stepping(func(o *tw.Optimizer) (*tw.LRScheduler, error) {
		return tw.NewOneCycleLR(o, []float64{0.5, 0.1}, 100, func(o *tw.OneCycleLROptions) { o.CycleMomentum = false })
	}),
	"one_cycle_lr_linear_three_phase": stepping(func(o *tw.Optimizer) (*tw.LRScheduler, error) {
		return tw.NewOneCycleLR(o, []float64{0.5}, 100, func(o *tw.OneCycleLROptions) {
			o.CycleMomentum, o.AnnealStrategy, o.ThreePhase, o.DivFactor = false, tw.AnnealLinear, true, 10
		})
	}),
	"reduce_lr_on_plateau_min_rel": plateau(1, func(o *tw.ReduceLROnPlateauOptions) { o.Patience, o.Cooldown = 3, 2 }),
	"reduce_lr_on_plateau_max_abs": plateau(-1, func(o *tw.ReduceLROnPlateauOptions) {
		o.Mode, o.Factor, o.Patience = tw.PlateauMax, 0.5, 2
		o.Threshold, o.ThresholdMode, o.MinLR = 0.05, tw.PlateauThresholdAbs, []float64{0.01, 0.002}
	}),
	"sequential_linear_then_cosine": func(t *testing.T) (*tw.Optimizer, func(int) error) {
		optimizer := twoGroups(t)
		rise := must(tw.NewLinearLR(optimizer, func(o *tw.LinearLROptions) { o.StartFactor, o.TotalIters = 0.1, 10 }))(t)
		fall := must(tw.NewCosineAnnealingLR(optimizer, 40))(t)
		both := must(tw.NewSequentialLR(optimizer, []*tw.LRScheduler{rise, fall}, []int64{10}))(t)
		return optimizer, func(int) error { return both.Step() }
	},
	"chained_constant_exponential": func(t *testing.T) (*tw.Optimizer, func(int) error) {
		optimizer := twoGroups(t)
		constant := must(tw.NewConstantLR(optimizer, func(o *tw.ConstantLROptions) { o.Factor, o.TotalIters = 0.1, 8 }))(t)
		exponential := must(tw.NewExponentialLR(optimizer, 0.9))(t)
		both := must(tw.NewChainedScheduler(optimizer, constant, exponential))(t)
		return optimizer, func(int) error { return both.Step() }
	},
	"approach1_cosine_untuned_linear":      cosineAnd(tw.NewUntunedLinearWarmup),
	"approach1_cosine_untuned_exponential": cosineAnd(tw.NewUntunedExponentialWarmup),
	"approach1_cosine_radam":               cosineAnd(tw.NewRAdamWarmup),
	"approach1_chaining": func(t *testing.T) (*tw.Optimizer, func(int) error) {
		optimizer := twoGroups(t, 0.95, 0.99)
		exponential := must(tw.NewExponentialLR(optimizer, 0.9))(t)
		steps := must(tw.NewStepLR(optimizer, 3))(t)
		warmup := must(tw.NewUntunedLinearWarmup(optimizer))(t)
		return optimizer, func(int) error { return warmup.Step(exponential, steps) }
	},
	"approach1_delayed_cosine": func(t *testing.T) (*tw.Optimizer, func(int) error) {
		optimizer := twoGroups(t)
		fall := must(tw.NewCosineAnnealingLR(optimizer, 80))(t)
		warmup := must(tw.NewLinearWarmup(optimizer, 20))(t)
		return optimizer, func(int) error {
			if must(warmup.LastStep())(t)+1 >= 20 {
				return warmup.Step(fall)
			}
			return warmup.Step()
		}
	},
	"approach2_multi_step_per_epoch": func(t *testing.T) (*tw.Optimizer, func(int) error) {
		optimizer := twoGroups(t, 0.95, 0.99)
		steps := must(tw.NewMultiStepLR(optimizer, []int64{3, 6}))(t)
		warmup := must(tw.NewUntunedLinearWarmup(optimizer))(t)
		return optimizer, func(row int) error {
			if row%8 == 0 {
				return warmup.Step(steps)
			}
			return warmup.Step()
		}
	},
	"approach3_warm_restarts": func(t *testing.T) (*tw.Optimizer, func(int) error) {
		optimizer := twoGroups(t)
		restarts := must(tw.NewCosineAnnealingWarmRestarts(optimizer, 4, func(o *tw.CosineAnnealingWarmRestartsOptions) { o.TMult = 2 }))(t)
		warmup := must(tw.NewLinearWarmup(optimizer, 24))(t)
		return optimizer, func(row int) error {
			return warmup.Dampening(func() error {
				if row > 24 {
					return restarts.StepAt(float64(row-25) / 8)
				}
				return nil
			})
		}
	},
	"no_scheduler_linear_per_group":      alone(tw.NewLinearWarmup),
	"no_scheduler_exponential_per_group": alone(tw.NewExponentialWarmup),
	"sgd_lambda_linear": func(t *testing.T) (*tw.Optimizer, func(int) error) {
		optimizer := must(tw.NewRates([]float64{0.5, 0.1}, nil))(t)
		lambda := must(tw.NewLambdaLR(optimizer, func(float64, int) (float64, error) { return 1, nil }))(t)
		warmup := must(tw.NewLinearWarmup(optimizer, 5))(t)
		return optimizer, func(int) error { return warmup.Step(lambda) }
	},
	"seed_approach1_closed_form": func(t *testing.T) (*tw.Optimizer, func(int) error) {
		optimizer := twoGroups(t, 0.95, 0.99)
		fall := must(tw.NewCosineAnnealingLR(optimizer, 60, func(o *tw.CosineAnnealingLROptions) { o.EtaMin = 1e-5 }))(t)
		warmup := must(tw.NewUntunedLinearWarmup(optimizer))(t)
		return optimizer, func(int) error {
			check(t, fall.StepAt(must(fall.LastEpoch())(t)+1))
			return warmup.Dampen()
		}
	},
	"seed_approach2_closed_form_first": func(t *testing.T) (*tw.Optimizer, func(int) error) {
		optimizer := twoGroups(t, 0.95, 0.99)
		steps := must(tw.NewMultiStepLR(optimizer, []int64{3}))(t)
		warmup := must(tw.NewUntunedLinearWarmup(optimizer))(t)
		check(t, warmup.SetLastStep(-1))
		next := func(row int) error {
			check(t, steps.StepAt(float64(row/8)))
			return warmup.Dampen()
		}
		check(t, next(0))
		return optimizer, next
	},
	"resume_radam_cosine_uninterrupted": func(t *testing.T) (*tw.Optimizer, func(int) error) {
		shadow := adam(0.95, 0.99)
		var fall *tw.LRScheduler
		var warmup *tw.Warmup
		begin := func() *tw.Optimizer {
			shadow.values[tw.OptionLR] = []float64{0.5, 0.1}
			optimizer := must(tw.NewCustomOptimizer(shadow))(t)
			fall = must(tw.NewCosineAnnealingLR(optimizer, 60))(t)
			warmup = must(tw.NewRAdamWarmup(optimizer))(t)
			return optimizer
		}
		optimizer := begin()
		return optimizer, func(row int) error {
			if row == 18 { // saved after row 17, and gone on with in objects made anew over the same numbers
				scheduler, state := must(fall.State())(t), must(warmup.State())(t)
				begin()
				check(t, fall.SetState(scheduler))
				check(t, warmup.SetState(state))
			}
			return warmup.Step(fall)
		}
	},
}

func TestEveryScheduleFollowsItsTraceToTheLastBit(t *testing.T) {
	for name, run := range traces {
		name, run := name, run
		t.Run(name, func(t *testing.T) {
			rows := table(t, fixture(t, "lr_traces", name+".csv"))
			optimizer, next := run(t)
			for i, row := range rows {
				if i > 0 {
					check(t, next(i))
				}
				rates := must(optimizer.LRs())(t)
				for group, rate := range rates {
					if expected := number(t, row[group+1]); rate != expected {
						t.Fatalf("rate of group %d in row %d is %x; expected %x", group, i, rate, expected)
					}
				}
			}
		})
	}
}

func TestEveryTraceOfTheFixturesIsFollowedHere(t *testing.T) {
	files, err := filepath.Glob(fixture(t, "lr_traces", "*.csv"))
	check(t, err)
	if len(files) != len(traces) || len(files) < 30 {
		t.Fatalf("%d traces, of which %d are followed", len(files), len(traces))
	}
	for _, file := range files {
		if name := strings.TrimSuffix(filepath.Base(file), ".csv"); traces[name] == nil {
			t.Errorf("%s is not followed", name)
		}
	}
}

func TestEveryWarmupHasItsFactorsToTheLastBit(t *testing.T) {
	for _, row := range table(t, fixture(t, "warmup_factors.csv")) {
		warmup := must(warmupOf(t, row[0], row[1], row[2]))(t)
		step := int64(number(t, row[3]))
		if factor, expected := must(warmup.Factor(step, 0))(t), number(t, row[4]); factor != expected {
			t.Fatalf("%v: the factor is %x", row, factor)
		}
		check(t, warmup.Close())
	}
}

// warmupOf is a warmup of a line of warmup_factors.csv.
func warmupOf(t *testing.T, schedule, beta2, period string) (*tw.Warmup, error) {
	optimizer := must(tw.NewRates([]float64{1}, nil))(t)
	switch schedule {
	case "linear":
		return tw.NewLinearWarmup(optimizer, int64(number(t, period)))
	case "exponential":
		return tw.NewExponentialWarmup(optimizer, int64(number(t, period)))
	case "untuned_linear":
		return tw.NewUntunedLinearWarmup(optimizer, number(t, beta2))
	case "untuned_exponential":
		return tw.NewUntunedExponentialWarmup(optimizer, number(t, beta2))
	case "radam":
		return tw.NewRAdamWarmup(optimizer, number(t, beta2))
	}
	t.Fatalf("no warmup is called %s", schedule)
	return nil, nil
}
