//go:build unix

package torchwarmup_test

import (
	"runtime"
	"syscall"
	"testing"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// Each benchmark has one beside it that does the same in C.

func BenchmarkStep(b *testing.B) {
	optimizer := must(tw.NewRates([]float64{0.5}, nil))(b)
	schedule := must(tw.NewCosineAnnealingLR(optimizer, 1e9))(b)
	b.ReportAllocs()
	defer processor(b)()
	for i := 0; i < b.N; i++ {
		if schedule.Step() != nil {
			b.Fatal("a step failed")
		}
	}
}

func BenchmarkStepInC(b *testing.B) { inC(b, raw.LoopStep, false) }

func BenchmarkWarmupStep(b *testing.B) {
	optimizer := must(tw.NewRates([]float64{0.5}, nil))(b)
	schedule := must(tw.NewCosineAnnealingLR(optimizer, 1e9))(b)
	warmup := must(tw.NewLinearWarmup(optimizer, 2000))(b)
	b.ReportAllocs()
	defer processor(b)()
	for i := 0; i < b.N; i++ {
		if warmup.Step(schedule) != nil {
			b.Fatal("a step failed")
		}
	}
}

func BenchmarkWarmupStepInC(b *testing.B) { inC(b, raw.LoopWarmupStep, false) }

func BenchmarkGetLR(b *testing.B) {
	optimizer := must(tw.NewRates([]float64{0.5}, nil))(b)
	b.ReportAllocs()
	defer processor(b)()
	for i := 0; i < b.N; i++ {
		if lr, err := optimizer.LR(0); err != nil || lr != 0.5 {
			b.Fatal(lr, err)
		}
	}
}

func BenchmarkGetLRInC(b *testing.B) { inC(b, raw.LoopGetLr, false) }

// A failure brings its message along.
func BenchmarkFailure(b *testing.B) {
	optimizer := must(tw.NewRates([]float64{0.5}, nil))(b)
	b.ReportAllocs()
	defer processor(b)()
	for i := 0; i < b.N; i++ {
		if optimizer.SetLR(0, -1) == nil {
			b.Fatal("a negative rate was taken")
		}
	}
}

func BenchmarkFailureInC(b *testing.B) { inC(b, raw.LoopFailure, false) }

// A step with a function of Go's: out to C, back, and out again.
func BenchmarkLambdaStep(b *testing.B) {
	optimizer := must(tw.NewRates([]float64{0.5}, nil))(b)
	schedule := must(tw.NewLambdaLR(optimizer, func(epoch float64, _ int) (float64, error) { return 1 / (1 + epoch), nil }))(b)
	b.ReportAllocs()
	defer processor(b)()
	for i := 0; i < b.N; i++ {
		if schedule.Step() != nil {
			b.Fatal("a step failed")
		}
	}
}

func BenchmarkLambdaStepInC(b *testing.B) { inC(b, raw.LoopStep, true) }

// inC does the same in C, b.N times in a loop within a single call.
func inC(b *testing.B, what int, lambda bool) {
	rate := 0.5
	optimizer := must(raw.OptimizerRates(&rate, nil, 1))(b)
	defer raw.OptimizerFree(optimizer)
	var schedule raw.LrScheduler
	if lambda {
		schedule = must(raw.LrSchedulerLambda(optimizer, raw.LambdaInC(), 0, nil))(b)
	} else {
		schedule = must(raw.LrSchedulerCosineAnnealing(optimizer, 1e9, 0))(b)
	}
	defer raw.LrSchedulerFree(schedule)
	var warmup raw.Warmup
	if what == raw.LoopWarmupStep {
		warmup = must(raw.WarmupLinear(optimizer, []int64{2000}))(b)
		defer raw.WarmupFree(warmup)
	}
	defer processor(b)()
	if !raw.Loop(what, b.N, optimizer, schedule, warmup) {
		b.Fatal("a call failed in C")
	}
}

// What holding the thread from a call to its message would add to each call.
func BenchmarkHoldingTheThread(b *testing.B) {
	defer processor(b)()
	for i := 0; i < b.N; i++ {
		runtime.LockOSThread()
		runtime.UnlockOSThread()
	}
}

// processor starts the clock, and reports the processor's time for each round, which other programs disturb less.
func processor(b *testing.B) func() {
	spent := func() int64 {
		var usage syscall.Rusage
		check(b, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
		return usage.Utime.Nano() + usage.Stime.Nano()
	}
	before := spent()
	b.ResetTimer()
	return func() { b.ReportMetric(float64(spent()-before)/float64(b.N), "cpu-ns/op") }
}
