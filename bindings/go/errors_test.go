package torchwarmup_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
)

// refused checks an error's status, and that its message has what it should name.
func refused(t *testing.T, err error, status tw.Status, named ...string) {
	t.Helper()
	if !errors.Is(err, status) {
		t.Fatalf("the error is %v; expected %v", err, status)
	}
	for _, each := range named {
		if !strings.Contains(err.Error(), each) {
			t.Errorf("%q does not name %s", err, each)
		}
	}
}

func TestARefusedArgumentIsAnErrorOfItsStatusThatNamesTheValue(t *testing.T) {
	optimizer := twoGroups(t)
	_, err := tw.NewStepLR(optimizer, -2)
	refused(t, err, tw.ErrRange, "step_size", "-2")
	_, err = tw.NewLinearWarmup(optimizer, 1, 2, 3)
	refused(t, err, tw.ErrArgument, "3", "2")
	_, err = tw.NewLinearWarmup(optimizer)
	refused(t, err, tw.ErrArgument)
	_, err = tw.NewUntunedLinearWarmup(must(tw.NewRates([]float64{1}, nil))(t))
	refused(t, err, tw.ErrNotFound, "beta2")
	_, err = tw.NewCyclicLR(optimizer, []float64{1}, []float64{1, 2})
	refused(t, err, tw.ErrArgument, "1", "2")
	_, err = tw.NewCyclicLR(optimizer, []float64{.1}, []float64{1}, func(o *tw.CyclicLROptions) { o.BaseMomentum = []float64{1} })
	refused(t, err, tw.ErrArgument, "1 base", "0 max")
	_, err = tw.NewSequentialLR(optimizer, []*tw.LRScheduler{nil}, nil)
	refused(t, err, tw.ErrArgument, "scheduler 0 is nil")
	_, err = tw.NewRates(nil, nil)
	refused(t, err, tw.ErrRange)
	_, err = tw.NewRates([]float64{1, 2}, [][2]float64{{.9, .99}})
	refused(t, err, tw.ErrArgument, "2 rates", "1 pairs")
	_, err = tw.NewRates([]float64{math.NaN()}, nil)
	refused(t, err, tw.ErrRange, "nan")
	_, err = optimizer.LR(7)
	refused(t, err, tw.ErrRange, "7")
	_, err = optimizer.LR(-1)
	refused(t, err, tw.ErrRange, "-1")
	_, err = optimizer.Option(0, tw.OptionNesterov)
	refused(t, err, tw.ErrNotFound, "nesterov")
	_, err = optimizer.Option(0, tw.Option(1234))
	refused(t, err, tw.ErrArgument, "1234")
	var absent *tw.Optimizer
	for _, each := range []tw.AnyOptimizer{nil, absent} {
		_, err = tw.NewExponentialLR(each, 0.9)
		refused(t, err, tw.ErrArgument, "optimizer is nil")
	}
}

func TestACallInTheWrongStateIsErrStateAndChangesNothing(t *testing.T) {
	optimizer := twoGroups(t)
	fall := must(tw.NewExponentialLR(optimizer, 0.9))(t)
	warmup := must(tw.NewLinearWarmup(optimizer, 10))(t)
	before := must(optimizer.LRs())(t)
	refused(t, fall.Step(), tw.ErrState)
	refused(t, fall.StepMetric(1), tw.ErrState)
	_, err := tw.NewLinearWarmup(optimizer, 5)
	refused(t, err, tw.ErrState)
	if after := must(optimizer.LRs())(t); after[0] != before[0] || after[1] != before[1] {
		t.Fatalf("the rates were %v and are %v", before, after)
	}
	check(t, optimizer.SetLR(0, 3)) // by somebody else
	refused(t, warmup.Step(fall), tw.ErrState)
	check(t, warmup.Detach())
	refused(t, warmup.Detach(), tw.ErrState)
}

func TestTheErrorsOfAStatusAreToldApart(t *testing.T) {
	_, err := tw.NewExponentialLR(twoGroups(t), math.Inf(1))
	if errors.Is(err, tw.ErrState) || !errors.Is(err, tw.ErrRange) {
		t.Fatal(err)
	}
	var own *tw.Error
	if !errors.As(err, &own) || own.Status != tw.ErrRange || own.Message == "" {
		t.Fatalf("%#v", err)
	}
	if tw.ErrRange.Error() != "TW_ERROR_RANGE" {
		t.Fatal(tw.ErrRange.Error())
	}
}

func TestUseAfterCloseIsErrClosedAndClosingTwiceIsNot(t *testing.T) {
	optimizer := twoGroups(t)
	fall := must(tw.NewExponentialLR(optimizer, 0.9))(t)
	other := must(tw.NewExponentialLR(optimizer, 0.9))(t)
	warmup := must(tw.NewLinearWarmup(optimizer, 10))(t)
	check(t, optimizer.Close())
	check(t, warmup.Step(fall)) // what is bound goes on
	check(t, fall.Close())
	if err := warmup.Step(fall); err != tw.ErrClosed {
		t.Fatal(err)
	}
	check(t, warmup.Close())
	calls := map[string]func() error{
		"GroupCount": func() error { _, err := optimizer.GroupCount(); return err },
		"ClassName":  func() error { _, err := optimizer.ClassName(); return err },
		"LR":         func() error { _, err := optimizer.LR(0); return err },
		"LRs":        func() error { _, err := optimizer.LRs(); return err },
		"SetLR":      func() error { return optimizer.SetLR(0, 1) },
		"Option":     func() error { _, err := optimizer.Option(0, tw.OptionLR); return err },
		"Detach":     optimizer.Detach,
		"bind":       func() error { _, err := tw.NewExponentialLR(optimizer, 0.9); return err },
		"sequential": func() error {
			_, err := tw.NewSequentialLR(optimizer, []*tw.LRScheduler{other, fall}, []int64{1})
			return err
		},
		"preview":           func() error { _, err := tw.Preview(3, fall); return err },
		"step":              fall.Step,
		"state":             func() error { _, err := fall.State(); return err },
		"clone":             func() error { _, err := fall.Clone(nil); return err },
		"warmup":            func() error { return warmup.Step() },
		"dampening":         func() error { return warmup.Dampening(func() error { return nil }) },
		"factor":            func() error { _, err := warmup.Factor(0, 0); return err },
		"state of a warmup": func() error { _, err := warmup.State(); return err },
	}
	for name, call := range calls {
		if err := call(); err != tw.ErrClosed {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, each := range []interface{ Close() error }{optimizer, fall, warmup, warmup} {
		check(t, each.Close())
	}
}

func TestDampeningPutsTheRatesBackWhereItsStepFails(t *testing.T) {
	optimizer := twoGroups(t)
	warmup := must(tw.NewLinearWarmup(optimizer, 10))(t)
	mine := errors.New("mine")
	before := must(optimizer.LRs())(t)
	if err := warmup.Dampening(func() error { return mine }); err != mine {
		t.Fatal(err)
	}
	func() {
		defer func() {
			if recover() != "mine" {
				t.Error("the panic is gone")
			}
		}()
		_ = warmup.Dampening(func() error { panic("mine") })
	}()
	if after := must(optimizer.LRs())(t); after[0] != before[0] {
		t.Fatalf("the rates were %v and are %v", before, after)
	}
	check(t, warmup.Step())
}
