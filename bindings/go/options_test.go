package torchwarmup_test

import (
	"testing"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

func TestTheDefaultsAreThoseOfTheLibrary(t *testing.T) {
	optimizer := twoGroups(t)
	var cyclic raw.CyclicOptions
	check(t, raw.CyclicOptionsInit(&cyclic))
	must(tw.NewCyclicLR(optimizer, []float64{.1}, []float64{1}, func(o *tw.CyclicLROptions) {
		if o.StepSizeUp != cyclic.StepSizeUp || o.StepSizeDown != cyclic.StepSizeDown || o.Gamma != cyclic.Gamma ||
			raw.CyclicMode(o.Mode) != cyclic.Mode || raw.CyclicScaleMode(o.ScaleMode) != cyclic.ScaleMode ||
			o.CycleMomentum != (cyclic.CycleMomentum != 0) {
			t.Errorf("%+v, where C has %+v", *o, cyclic)
		}
	}))(t)
	var once raw.OneCycleOptions
	check(t, raw.OneCycleOptionsInit(&once))
	must(tw.NewOneCycleLR(optimizer, []float64{1}, 10, func(o *tw.OneCycleLROptions) {
		if o.PctStart != once.PctStart || raw.OneCycleAnneal(o.AnnealStrategy) != once.AnnealStrategy || o.DivFactor != once.DivFactor ||
			o.ThreePhase != (once.ThreePhase != 0) || o.FinalDivFactor != once.FinalDivFactor || o.CycleMomentum != (once.CycleMomentum != 0) {
			t.Errorf("%+v, where C has %+v", *o, once)
		}
	}))(t)
	var plateau raw.ReduceOnPlateauOptions
	check(t, raw.ReduceOnPlateauOptionsInit(&plateau))
	must(tw.NewReduceLROnPlateau(optimizer, func(o *tw.ReduceLROnPlateauOptions) {
		if raw.PlateauMode(o.Mode) != plateau.Mode || raw.PlateauThresholdMode(o.ThresholdMode) != plateau.ThresholdMode ||
			o.Factor != plateau.Factor || o.Patience != plateau.Patience || o.Threshold != plateau.Threshold ||
			o.Cooldown != plateau.Cooldown || o.Eps != plateau.Eps {
			t.Errorf("%+v, where C has %+v", *o, plateau)
		}
	}))(t)
}

func TestMomentumIsCycledBetweenWhatIsGiven(t *testing.T) {
	shadow := adam(0.99, 0.99)
	optimizer := must(tw.NewCustomOptimizer(shadow))(t)
	cycle := must(tw.NewCyclicLR(optimizer, []float64{.1, .2}, []float64{1, 2}, func(o *tw.CyclicLROptions) {
		o.StepSizeUp, o.BaseMomentum, o.MaxMomentum = 4, []float64{0.5, 0.25}, []float64{0.75, 0.875}
	}))(t)
	if beta1 := must(optimizer.Option(1, tw.OptionBeta1))(t); beta1 != 0.875 {
		t.Fatal(beta1)
	}
	for i := 0; i < 4; i++ {
		check(t, cycle.Step())
	}
	if beta1 := must(optimizer.Option(1, tw.OptionBeta1))(t); beta1 != 0.25 {
		t.Fatal(beta1)
	}
	if must(optimizer.LR(1))(t) != 2 || must(optimizer.ClassName())(t) != "AdamW" {
		t.Fatal(optimizer.LRs())
	}
}

func TestAScaleFunctionTakesThePlaceOfTheMode(t *testing.T) {
	optimizer := twoGroups(t)
	var given []float64
	cycle := must(tw.NewCyclicLR(optimizer, []float64{0}, []float64{1}, func(o *tw.CyclicLROptions) {
		o.StepSizeUp, o.ScaleMode, o.CycleMomentum = 2, tw.CyclicScaleIterations, false
		o.ScaleFn = func(x float64) (float64, error) { given = append(given, x); return 0.5, nil }
	}))(t)
	check(t, cycle.Step())
	check(t, cycle.Step())
	if lr := must(optimizer.LR(0))(t); lr != 0.5 || given[len(given)-1] != 2 {
		t.Fatal(lr, given)
	}
}

func TestTheRestOfASchedulersAndAWarmupsState(t *testing.T) {
	optimizer, other := twoGroups(t), twoGroups(t)
	fall := must(tw.NewExponentialLR(optimizer, 0.5))(t)
	check(t, fall.SetLastEpoch(3, 0.0625, 0.0125))
	copied := must(fall.Clone(other))(t)
	again := must(fall.Clone(nil))(t)
	check(t, copied.Step())
	if lr := must(other.LR(0))(t); lr != 0.03125 || must(optimizer.LR(0))(t) != 0.0625 {
		t.Fatal(lr)
	}
	check(t, again.Step())
	if must(optimizer.LR(0))(t) != 0.03125 || must(fall.LastEpoch())(t) != 3 || must(fall.GroupCount())(t) != 2 {
		t.Fatal("the copy has another epoch or optimizer")
	}
	if base := must(fall.BaseLRs())(t); base[0] != 0.5 || must(fall.LastLRs())(t)[0] != 0.0625 {
		t.Fatal(base)
	}
	rows := must(tw.Preview(3, copied))(t)
	if len(rows) != 3 || rows[2][0] != 0.03125/4 || len(rows[0]) != 2 {
		t.Fatal(rows)
	}
	_, err := tw.Preview(-1, copied)
	refused(t, err, tw.ErrRange, "-1")
	warmup := must(tw.NewExponentialWarmup(other, 3, 4))(t)
	check(t, warmup.DampenAt(7))
	if must(warmup.LastStep())(t) != 7 || must(warmup.GroupCount())(t) != 2 || must(warmup.UndampenedLRs())(t)[0] == 0 {
		t.Fatal("the warmup is elsewhere")
	}
	lrs := make([]float64, 1)
	_, err = other.ReadLRs(lrs)
	refused(t, err, tw.ErrCapacity)
	for _, each := range []func(tw.AnyOptimizer) (*tw.LRScheduler, error){
		func(o tw.AnyOptimizer) (*tw.LRScheduler, error) { return tw.NewInverseSqrtLR(o, 4) },
		func(o tw.AnyOptimizer) (*tw.LRScheduler, error) {
			return tw.NewWarmupStableDecayLR(o, 2, 2, func(o *tw.WarmupStableDecayOptions) { o.EndFactor, o.Decay = 0.5, tw.DecayCosine })
		},
	} {
		optimizer := twoGroups(t)
		schedule := must(each(optimizer))(t)
		for i := 0; i < 12; i++ {
			check(t, schedule.Step())
		}
		if lr := must(optimizer.LR(0))(t); lr != 0.25 { // 0.5 * sqrt(4 / 16), and 0.5 * 0.5
			t.Fatal(lr)
		}
	}
}

func TestAStepTakesAnyNumberOfSchedulers(t *testing.T) {
	optimizer := twoGroups(t)
	var all []*tw.LRScheduler
	for i := 0; i < 4; i++ {
		all = append(all, must(tw.NewExponentialLR(optimizer, 0.5))(t))
	}
	warmup := must(tw.NewLinearWarmup(optimizer, 1))(t)
	expected := 0.5
	for count := 0; count <= len(all); count++ {
		check(t, warmup.Step(all[:count]...))
		for i := 0; i < count; i++ {
			expected *= 0.5
		}
		if lr := must(optimizer.LR(0))(t); lr != expected {
			t.Fatalf("after a step of %d schedulers the rate is %g; expected %g", count, lr, expected)
		}
		refused(t, warmup.Step(append(append([]*tw.LRScheduler{}, all[:count]...), nil)...), tw.ErrArgument, "nil")
	}
}
