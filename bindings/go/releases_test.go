package torchwarmup_test

import (
	"errors"
	"math"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/resident"
)

// watchedNumber is no tiny object, of which the collector frees several at once and late.
type watchedNumber struct {
	value float64
	_     [4]*int
}

// watched is a number that says when a closure over it has been let go of.
func watched(gone *atomic.Int64, value float64) func() float64 {
	kept := &watchedNumber{value: value}
	runtime.SetFinalizer(kept, func(*watchedNumber) { gone.Add(1) })
	return func() float64 { return kept.value }
}

// watchedOptimizer is a CustomOptimizer that says so of itself.
type watchedOptimizer struct {
	*numbersOnly
	number func() float64
}

func TestEachConstructorLetsGoOfItsFunctionOnceWhetherItFailsOrNot(t *testing.T) {
	makers := map[string]func(number func() float64) (interface{ Close() error }, error){
		"lambda": func(number func() float64) (interface{ Close() error }, error) {
			return tw.NewLambdaLR(twoGroups(t), func(float64, int) (float64, error) { return number(), nil })
		},
		"multiplicative": func(number func() float64) (interface{ Close() error }, error) {
			scheduler, err := tw.NewMultiplicativeLR(twoGroups(t), func(float64, int) (float64, error) { return number(), nil })
			if err == nil {
				err = scheduler.Step()
			}
			return scheduler, err
		},
		"cyclic": func(number func() float64) (interface{ Close() error }, error) {
			return tw.NewCyclicLR(twoGroups(t), []float64{.1}, []float64{1}, func(o *tw.CyclicLROptions) {
				o.ScaleFn = func(float64) (float64, error) { return number(), nil }
				o.StepSizeUp = number()
			})
		},
		"warmup": func(number func() float64) (interface{ Close() error }, error) {
			return tw.NewCustomWarmup(twoGroups(t), func(int64, int) (float64, error) { return number(), nil })
		},
		"optimizer": func(number func() float64) (interface{ Close() error }, error) {
			optimizer, err := tw.NewCustomOptimizer(watchedOptimizer{adam(.9, .9), number})
			if err == nil {
				err = optimizer.SetLR(0, number())
			}
			return optimizer, err
		},
	}
	for name, make := range makers {
		for _, value := range []float64{1, math.NaN()} {
			var gone atomic.Int64
			func() {
				made, err := make(watched(&gone, value))
				if (err == nil) != (value == 1) {
					t.Fatalf("%s with %g: %v", name, value, err)
				}
				if err == nil {
					check(t, made.Close())
				}
			}()
			collect(t, func() bool { return gone.Load() == 1 })
		}
	}
}

func TestFailuresOfCallbacksLeaveNothingBehind(t *testing.T) {
	long := strings.Repeat("too long a story, ", 100)
	panics := false
	lambda := must(tw.NewLambdaLR(twoGroups(t), func(epoch float64, _ int) (float64, error) {
		if epoch > 0 && panics {
			panic(long)
		}
		if epoch > 0 {
			return 0, errors.New(long)
		}
		return 1, nil
	}))(t)
	rounds := func(count int) {
		for i := 0; i < count; i++ {
			panics = i%2 == 0
			func() {
				defer func() { _ = recover() }()
				if lambda.Step() == nil {
					t.Fatal("no failure")
				}
			}()
		}
		runtime.GC()
	}
	rounds(2000)
	resident.Flat(t, 8<<20, func() { rounds(20000) })
}
