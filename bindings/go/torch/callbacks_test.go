//go:build torch

package torch_test

import (
	"errors"
	"runtime"
	"runtime/debug"
	"sync"
	"testing"
	"time"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/resident"
	"github.com/torch-warmup/torch_warmup/bindings/go/torch"
)

var errMine = errors.New("no forward today")

func TestAForwardOfGosFailsAsGoDoes(t *testing.T) {
	input := must(torch.Ones(torch.Float32, 1))(t)
	run := func(forward torch.ForwardFunction) error {
		inner := must(torch.NewModule(forward))(t)
		module := must(torch.NewSequential(inner))(t)
		check(t, inner.Close()) // the sequence keeps it
		_, err := module.Forward(input)
		return err
	}
	err := run(func(s *torch.Scope, _ []*torch.Tensor) *torch.Tensor { s.Do(errMine); return nil })
	if !errors.Is(err, errMine) || !errors.Is(err, tw.ErrCallback) {
		t.Fatal(err)
	}
	refused(t, run(func(*torch.Scope, []*torch.Tensor) *torch.Tensor { return nil }), tw.ErrCallback, "nil")
	refused(t, run(func(s *torch.Scope, in []*torch.Tensor) *torch.Tensor { return s.Call("nothing", in[0]) }), tw.ErrNotFound, "nothing")
	func() {
		defer func() {
			if recover() != errMine {
				t.Error("the panic is gone")
			}
		}()
		_ = run(func(*torch.Scope, []*torch.Tensor) *torch.Tensor { panic(errMine) })
	}()
	check(t, run(func(_ *torch.Scope, in []*torch.Tensor) *torch.Tensor { return in[0] })) // an input as result
}

func TestAClosedTensorIsErrClosedWhereverItIsUsed(t *testing.T) {
	gone, here := must(torch.Ones(torch.Float32, 1))(t), must(torch.Ones(torch.Float32, 1))(t)
	module := network(t)
	check(t, gone.Close())
	check(t, gone.Close())
	calls := []func() error{
		func() error { _, err := gone.Sizes(); return err },
		func() error { _, err := torch.Add(here, gone); return err },
		func() error { _, err := torch.CallOne("add", here, gone); return err },
		func() error { _, err := module.Forward(gone); return err },
		func() error { _, err := torch.Cat([]*torch.Tensor{here, gone}, 0); return err },
		func() error { _, err := torch.NewSGD([]*torch.Tensor{gone}); return err },
		func() error { return here.CopyFrom(gone) },
		func() error { return must(torch.NewCheckpoint())(t).PutTensor("x", gone) },
		func() error { return here.BackwardFrom(gone, false) },
	}
	for i, call := range calls {
		if err := call(); err != tw.ErrClosed {
			t.Errorf("call %d: %v", i, err)
		}
	}
}

func TestAnEagerCollectorAndManyGoroutinesThatTrain(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(1))
	var wait sync.WaitGroup
	for g := 0; g < 8; g++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			trainWithoutClosing(t)
		}()
	}
	wait.Wait()
	for i := 0; i < 100 && owned.Alive() > 200; i++ {
		runtime.GC()
		time.Sleep(10 * time.Millisecond)
	}
	if owned.Alive() > 200 { // of all tests before this, which hold some
		t.Fatalf("%d handles are left", owned.Alive())
	}
}

// trainWithoutClosing leaves all to the collector.
func trainWithoutClosing(t *testing.T) {
	x, err := torch.Ones(torch.Float64, 4)
	if err != nil {
		t.Error(err)
		return
	}
	scope := torch.NewScope()
	scope.Do(x.SetRequiresGrad(true))
	optimizer, err := torch.NewSGD([]*torch.Tensor{x}, func(o *torch.SGDOptions) { o.LR = 0.25 })
	if err != nil {
		t.Error(err)
		return
	}
	warmup, err := tw.NewLinearWarmup(optimizer, 1)
	scope.Do(err)
	for step := 0; step < 20; step++ {
		scope = torch.NewScope()
		scope.Do(optimizer.ZeroGrad())
		scope.Backward(scope.Sum(scope.Mul(x, x)))
		scope.Do(optimizer.Step())
		scope.Do(warmup.Step())
		if scope.Err() != nil {
			t.Error(scope.Err())
			return
		}
	}
	if values, err := torch.Data[float64](x); err != nil || values[0] != 1.0/(1<<20) { // halved at each step
		t.Errorf("%v, %v", values, err)
	}
}

func TestMemoryStaysFlatOverTenThousandRoundsOfTensors(t *testing.T) {
	weight := must(torch.Ones(torch.Float32, 16, 16))(t)
	check(t, weight.SetRequiresGrad(true))
	round := func() {
		scope := torch.NewScope()
		x := scope.Own(torch.Ones(torch.Float32, 16, 16))
		scope.Backward(scope.Sum(scope.ReLU(scope.MatMul(x, weight))))
		scope.Call("cat", []*torch.Tensor{x, x}, torch.Named("dim", 0))
		check(t, scope.Err())
		check(t, scope.Close())
		check(t, weight.SetGrad(nil))
	}
	for i := 0; i < 500; i++ {
		round()
	}
	resident.Flat(t, 16<<20, func() {
		for i := 0; i < 10000; i++ {
			round()
		}
	})
}
