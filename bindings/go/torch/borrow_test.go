//go:build torch && linux

package torch_test

import (
	"os"
	"runtime"
	"testing"
	"time"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/foreign"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
	"github.com/torch-warmup/torch_warmup/bindings/go/torch"
)

// owner is an optimizer of somebody else's.
func owner(t *testing.T) *foreign.Optimizer {
	path := os.Getenv("TW_FOREIGN_OPTIMIZER")
	if path == "" {
		t.Skip("TW_FOREIGN_OPTIMIZER does not name the library with optimizers of the repository's tests")
	}
	return must(foreign.Load(path))(t)
}

func TestABorrowedOptimizerTakesItsRatesFromHere(t *testing.T) {
	theirs := owner(t)
	optimizer := must(torch.Borrow(theirs.Address()))(t)
	schedule := must(tw.NewExponentialLR(optimizer, 0.5))(t)
	warmup := must(tw.NewUntunedLinearWarmup(optimizer))(t) // of beta2 0.95 and 0.99: 39 and 199 steps
	theirs.Step()
	check(t, warmup.Step(schedule))
	if theirs.LR(0) != 0.25*(2.0/39) || theirs.LR(1) != 0.05*(2.0/199) {
		t.Fatal(theirs.LR(0), theirs.LR(1))
	}
	check(t, warmup.Detach())
	check(t, optimizer.Detach())
	theirs.Free()
	refused(t, schedule.Step(), tw.ErrState)
	check(t, schedule.Close())
	check(t, warmup.Close())
	check(t, optimizer.Close())
}

func TestAForgottenHandleIsClosedLateAndTouchesNothingOfAnOwnerThatIsGone(t *testing.T) {
	before := owned.Alive()
	for round := 0; round < 20; round++ {
		theirs := owner(t)
		func() {
			optimizer := must(torch.Borrow(theirs.Address()))(t)
			warmup := must(tw.NewLinearWarmup(optimizer, 7))(t)
			check(t, warmup.Step())
			check(t, optimizer.Detach())
		}()
		theirs.Free()
	}
	for i := 0; i < 200 && owned.Alive() > before; i++ {
		runtime.GC()
		time.Sleep(5 * time.Millisecond)
	}
	if owned.Alive() > before {
		t.Fatalf("%d handles are left", owned.Alive()-before)
	}
}

func TestTheLibraryItselfCountsNoHandleThatIsLeft(t *testing.T) {
	counts := func() (out [10]int) {
		for kind := range out {
			out[kind] = must(raw.LiveHandles(raw.HandleKind(kind)))(t)
		}
		return out
	}
	if _, err := raw.LiveHandles(0); err != nil {
		t.Skip("the library was built without TORCH_WARMUP_CHECKS")
	}
	runtime.GC()
	time.Sleep(50 * time.Millisecond)
	before := counts()
	scope := torch.NewScope()
	module := network(t)
	inputs, targets := points(scope)
	scope.Backward(scope.CrossEntropy(scope.Forward(module, inputs), targets))
	_, err := torch.Call("topk", inputs, 1)
	scope.Do(err)
	check(t, scope.Err())
	check(t, scope.Close())
	check(t, module.Close())
	left := func() bool { // more than before, when others may have waited for the collector
		for kind, count := range counts() {
			if count > before[kind] {
				return true
			}
		}
		return false
	}
	for i := 0; i < 200 && left(); i++ {
		runtime.GC()
		time.Sleep(5 * time.Millisecond)
	}
	if left() {
		t.Fatalf("of each kind there were %v, and are %v", before, counts())
	}
}
