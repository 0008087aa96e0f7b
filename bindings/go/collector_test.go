package torchwarmup_test

import (
	"math"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/resident"
)

// collect lets the collector run until a condition holds.
func collect(t testing.TB, holds func() bool) {
	t.Helper()
	for i := 0; i < 200; i++ {
		runtime.GC()
		if holds() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("the collector has left something behind")
}

// closure is a schedule whose function says by the counter when it has been let go of.
func closure(t testing.TB, optimizer *tw.Optimizer, gone *atomic.Int64) *tw.LRScheduler {
	base := watched(gone, 1)
	return must(tw.NewLambdaLR(optimizer, func(epoch float64, _ int) (float64, error) {
		return base() / (1 + epoch), nil
	}))(t)
}

func TestWhatNobodyClosesTheCollectorCloses(t *testing.T) {
	collect(t, func() bool { return true })
	before := owned.Alive()
	for i := 0; i < 50; i++ {
		optimizer := twoGroups(t)
		fall := must(tw.NewExponentialLR(optimizer, 0.9))(t)
		check(t, must(tw.NewLinearWarmup(optimizer, 10))(t).Step(fall))
	}
	collect(t, func() bool { return owned.Alive() <= before })
}

func TestAClosureIsLetGoOfExactlyOnceWhenNothingCanCallIt(t *testing.T) {
	var gone atomic.Int64
	optimizer := twoGroups(t)
	lambda := closure(t, optimizer, &gone)
	both := must(tw.NewChainedScheduler(optimizer, lambda))(t)
	check(t, lambda.Close()) // the schedule of schedules keeps it
	collect(t, func() bool { return true })
	check(t, both.Step())
	if gone.Load() != 0 {
		t.Fatal("a closure in use has been let go of")
	}
	check(t, both.Close())
	collect(t, func() bool { return gone.Load() == 1 })
	for i := 0; i < 20; i++ { // also where a constructor fails, or nobody closes
		_, err := tw.NewLambdaLR(optimizer, closureThatFails(&gone))
		refused(t, err, tw.ErrRange)
		closure(t, twoGroups(t), &gone)
	}
	collect(t, func() bool { return gone.Load() == 41 })
}

func closureThatFails(gone *atomic.Int64) tw.LRFunction {
	number := watched(gone, math.NaN())
	return func(float64, int) (float64, error) { return number(), nil }
}

func TestAWarmupThatTheCollectorFreesLateLeavesTheNextOneRefused(t *testing.T) {
	optimizer := twoGroups(t)
	before := owned.Alive()
	func() { must(tw.NewLinearWarmup(optimizer, 10))(t) }()
	collect(t, func() bool { return owned.Alive() == before })
	_, err := tw.NewLinearWarmup(optimizer, 10) // the rates are dampened
	refused(t, err, tw.ErrState)
	check(t, optimizer.SetLR(0, 0.5))
	check(t, optimizer.SetLR(1, 0.1))
	check(t, must(tw.NewLinearWarmup(optimizer, 10))(t).Step())
}

func TestManyGoroutinesUnderAnEagerCollector(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(1))
	var wait sync.WaitGroup
	for g := 0; g < 16; g++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for round := 0; round < 30; round++ {
				oneRun(t)
			}
		}()
	}
	wait.Wait()
}

// oneRun is a short run with callbacks, of which nothing is closed.
func oneRun(t *testing.T) {
	optimizer := twoGroups(t)
	lambda, err := tw.NewLambdaLR(optimizer, func(epoch float64, _ int) (float64, error) {
		return 1 / (1 + float64(len(make([]byte, 1000))-1000) + epoch), nil
	})
	if err != nil {
		t.Error(err)
		return
	}
	warmup, err := tw.NewLinearWarmup(optimizer, 4)
	if err != nil {
		t.Error(err)
		return
	}
	for step := 1; step < 10; step++ {
		if err = warmup.Step(lambda); err != nil {
			t.Error(err)
			return
		}
	}
	if lr, err := optimizer.LR(0); err != nil || lr != 0.5*(1.0/10) {
		t.Errorf("the rate is %g (%v)", lr, err)
	}
}

func TestOneOptimizerFromManyGoroutinesWhileItIsClosed(t *testing.T) {
	for round := 0; round < 50; round++ {
		optimizer := twoGroups(t)
		fall := must(tw.NewExponentialLR(optimizer, 0.999))(t)
		var steps atomic.Int64
		var wait sync.WaitGroup
		for g := 0; g < 8; g++ {
			wait.Add(1)
			go func(g int) {
				defer wait.Done()
				for i := 0; i < 20; i++ {
					if g == 0 && i == 10 {
						_ = fall.Close()
					}
					switch err := fall.Step(); err {
					case nil:
						steps.Add(1)
					case tw.ErrClosed:
						return
					default:
						t.Error(err)
					}
				}
			}(g)
		}
		wait.Wait()
		expected := 0.5
		for i := int64(0); i < steps.Load(); i++ {
			expected *= 0.999
		}
		if lr := must(optimizer.LR(0))(t); lr != expected {
			t.Fatalf("after %d steps the rate is %v; expected %v", steps.Load(), lr, expected)
		}
	}
}

func TestMemoryStaysFlatOverTenThousandRounds(t *testing.T) {
	round := func() {
		optimizer := twoGroups(t)
		lambda := must(tw.NewLambdaLR(optimizer, func(epoch float64, _ int) (float64, error) { return 1 / (1 + epoch), nil }))(t)
		warmup := must(tw.NewLinearWarmup(optimizer, 5))(t)
		check(t, warmup.Step(lambda))
		refused(t, lambda.Step(), tw.ErrState)
		for _, each := range []interface{ Close() error }{warmup, lambda, optimizer} {
			check(t, each.Close())
		}
	}
	for i := 0; i < 2000; i++ {
		round()
	}
	resident.Flat(t, 8<<20, func() {
		for i := 0; i < 10000; i++ {
			round()
		}
	})
}
