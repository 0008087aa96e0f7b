package torchwarmup_test

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"testing"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
)

var errMine = errors.New("no rate today")

// failing are the calls that run a callback of the user's, each with what makes the callback fail.
func failing(t *testing.T, fail func() error) map[string]func() error {
	lambda := func(epoch float64, _ int) (float64, error) {
		if epoch == 0 {
			return 1, nil
		}
		return 1, fail()
	}
	shadow := adam(0.9, 0.9)
	custom := must(tw.NewCustomOptimizer(shadow))(t)
	shadow.fail = fail
	lambdaLR := must(tw.NewLambdaLR(twoGroups(t), lambda))(t)
	multiplicative := must(tw.NewMultiplicativeLR(twoGroups(t), lambda))(t)
	optimizer := twoGroups(t)
	warmup := must(tw.NewCustomWarmup(optimizer, func(step int64, _ int) (float64, error) { return lambda(float64(step), 0) }))(t)
	scaled := must(tw.NewCyclicLR(twoGroups(t), []float64{.1}, []float64{1}, func(o *tw.CyclicLROptions) {
		o.StepSizeUp, o.ScaleMode = 5, tw.CyclicScaleIterations
		o.ScaleFn = func(x float64) (float64, error) { return lambda(x, 0) }
	}))(t)
	return map[string]func() error{
		"lambda":         lambdaLR.Step,
		"multiplicative": multiplicative.Step,
		"cyclic":         scaled.Step,
		"preview":        func() error { _, err := tw.Preview(3, lambdaLR); return err },
		"warmup":         func() error { return warmup.Step() },
		"factor":         func() error { _, err := warmup.Factor(5, 0); return err },
		"constructor": func() error {
			_, err := tw.NewLambdaLR(twoGroups(t), func(float64, int) (float64, error) { return 0, fail() })
			return err
		},
		"optimizer":                func() error { return custom.SetLR(0, 1) },
		"schedule of an optimizer": func() error { _, err := tw.NewStepLR(custom, 3); return err },
	}
}

func TestAnErrorOfACallbackComesOutOfTheCallThatRanIt(t *testing.T) {
	for name, call := range failing(t, func() error { return fmt.Errorf("at noon: %w", errMine) }) {
		err := call()
		refused(t, err, tw.ErrCallback, "at noon")
		if !errors.Is(err, errMine) {
			t.Errorf("%s: %v has lost its cause", name, err)
		}
	}
}

func TestAStatusOfACallbackIsTheCalls(t *testing.T) {
	for _, call := range failing(t, func() error { return fmt.Errorf("stop: %w", tw.ErrCancelled) }) {
		refused(t, call(), tw.ErrCancelled, "stop")
	}
}

func TestAPanicOfACallbackComesBackInTheCallersGoroutineAndCStaysWhole(t *testing.T) {
	for name, call := range failing(t, func() error { panic(errMine) }) {
		func() {
			defer func() {
				if value := recover(); value != errMine {
					t.Errorf("%s: panicked with %v", name, value)
				}
			}()
			_ = call()
			t.Errorf("%s: has not panicked", name)
		}()
	}
	optimizer := twoGroups(t)
	panics := true
	lambda := must(tw.NewLambdaLR(optimizer, func(epoch float64, _ int) (float64, error) {
		if panics && epoch > 0 {
			panic("once")
		}
		return 1 / (1 + epoch), nil
	}))(t)
	func() {
		defer func() { _ = recover() }()
		_ = lambda.Step()
	}()
	panics = false
	if epoch := must(lambda.LastEpoch())(t); epoch != 0 {
		t.Fatalf("the failed step is counted: %g", epoch)
	}
	check(t, lambda.Step()) // no lock has been left behind
	if lr := must(optimizer.LR(0))(t); lr != 0.25 {
		t.Fatalf("the rate is %g", lr)
	}
}

func TestARuntimeErrorOfACallbackComesBackAsItself(t *testing.T) {
	var none []float64
	lambda := must(tw.NewLambdaLR(twoGroups(t), func(epoch float64, _ int) (float64, error) {
		if epoch == 0 {
			return 1, nil
		}
		return none[int(epoch)], nil
	}))(t)
	defer func() {
		if _, is := recover().(runtime.Error); !is {
			t.Fatal("no runtime error")
		}
	}()
	_ = lambda.Step()
}

func TestANumberOfACallbackThatIsNoneIsRefused(t *testing.T) {
	_, err := tw.NewLambdaLR(twoGroups(t), func(float64, int) (float64, error) { return math.NaN(), nil })
	refused(t, err, tw.ErrRange)
	_, err = tw.NewCustomWarmup(twoGroups(t), func(int64, int) (float64, error) { return -1, nil })
	refused(t, err, tw.ErrRange, "-1")
}

func TestACallbackMayCallTheLibraryAndAnErrorInsideStaysThere(t *testing.T) {
	other := must(tw.NewExponentialLR(twoGroups(t), 0.9))(t)
	optimizer := twoGroups(t)
	lambda := must(tw.NewLambdaLR(optimizer, func(epoch float64, _ int) (float64, error) {
		if epoch == 0 {
			return 1, nil
		}
		refused(t, other.StepAt(-1), tw.ErrRange)
		check(t, other.Step())
		refused(t, optimizer.SetLR(0, 1), tw.ErrState) // of the running call's own optimizer
		if lr := must(optimizer.LR(0))(t); lr != 0.5 {
			t.Errorf("a read gives %g", lr)
		}
		return 0.5, nil
	}))(t)
	check(t, lambda.Step())
	if lr := must(optimizer.LR(0))(t); lr != 0.25 {
		t.Fatal(lr)
	}
}

func TestAFailureInsideACallbackThatFailsItselfDoesNotTakeItsPlace(t *testing.T) {
	inner := must(tw.NewLambdaLR(twoGroups(t), func(epoch float64, _ int) (float64, error) {
		if epoch > 0 {
			panic("inner")
		}
		return 1, nil
	}))(t)
	outer := must(tw.NewLambdaLR(twoGroups(t), func(epoch float64, _ int) (_ float64, err error) {
		if epoch > 0 {
			defer func() { err = fmt.Errorf("caught %v: %w", recover(), errMine) }()
			_ = inner.Step()
		}
		return 1, nil
	}))(t)
	err := outer.Step()
	refused(t, err, tw.ErrCallback, "caught inner")
	if !errors.Is(err, errMine) {
		t.Fatal(err)
	}
}
