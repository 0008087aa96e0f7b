//go:build go1.24 && !race

package torchwarmup_test

import (
	"testing"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
)

// Compilers before this version put closures of generic functions on the heap.
func TestAStepTakesNoMemory(t *testing.T) {
	rates := must(tw.NewRates([]float64{1}, nil))(t)
	schedule := must(tw.NewExponentialLR(rates, 0.999))(t)
	warmup := must(tw.NewLinearWarmup(rates, 5))(t)
	lrs := make([]float64, 1)
	var failed error
	if allocations := testing.AllocsPerRun(100, func() {
		if err := warmup.Step(schedule); err != nil {
			failed = err
		}
		if _, err := rates.ReadLRs(lrs); err != nil {
			failed = err
		}
		if _, err := rates.LR(0); err != nil {
			failed = err
		}
	}); allocations != 0 {
		t.Errorf("a step takes memory %g times", allocations)
	}
	check(t, failed)
}
