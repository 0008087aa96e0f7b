package torchwarmup_test

import (
	"errors"
	"fmt"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
)

// gradientDescent is an optimizer of one parameter group, as a program may have its own.
type gradientDescent struct{ lr float64 }

func (o *gradientDescent) GroupCount() (int, error) { return 1, nil }

func (o *gradientDescent) Get(values []float64, option tw.Option) error {
	if option != tw.OptionLR {
		return tw.ErrNotFound
	}
	values[0] = o.lr
	return nil
}

func (o *gradientDescent) Set(values []float64, option tw.Option) error {
	if option != tw.OptionLR {
		return tw.ErrNotFound
	}
	o.lr = values[0]
	return nil
}

func print(optimizer *tw.Optimizer, step int) {
	lr, err := optimizer.LR(0)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Printf("step %d: %.4f\n", step, lr)
}

// An optimizer of one's own minimises x^2, at rates that rise in four steps and fall along a cosine.
func Example() {
	mine := &gradientDescent{lr: 0.4}
	optimizer, err := tw.NewCustomOptimizer(mine)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer optimizer.Close()
	scheduler, err := tw.NewCosineAnnealingLR(optimizer, 8)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer scheduler.Close()
	warmup, err := tw.NewLinearWarmup(optimizer, 4) // after the scheduler
	if err != nil {
		fmt.Println(err)
		return
	}
	defer warmup.Close()
	x := 1.0
	for step := 0; step < 8; step++ {
		x -= mine.lr * 2 * x
		if err := warmup.Step(scheduler); err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Printf("x is %.6f, the rate %.6f\n", x, mine.lr)
	// Output: x is 0.041505, the rate 0.000000
}

// Where an optimizer cannot be reached, a shadow holds its rates: read them after each step, and hand them on.
func ExampleNewRates() {
	shadow, _ := tw.NewRates([]float64{0.1}, [][2]float64{{0.9, 0.9}})
	warmup, _ := tw.NewUntunedLinearWarmup(shadow)
	for step := 0; step < 3; step++ {
		lr, _ := shadow.LR(0)
		fmt.Printf("%.3f\n", lr) // yours.SetLR(lr); yours.Step()
		_ = warmup.Step()
	}
	// Output:
	// 0.005
	// 0.010
	// 0.015
}

// Schedules are composed as in PyTorch: a rise for three epochs, then a fall.
func ExampleNewSequentialLR() {
	optimizer, _ := tw.NewRates([]float64{0.1}, nil)
	rise, _ := tw.NewLinearLR(optimizer, func(o *tw.LinearLROptions) { o.StartFactor, o.TotalIters = 0.25, 3 })
	fall, _ := tw.NewExponentialLR(optimizer, 0.5)
	both, err := tw.NewSequentialLR(optimizer, []*tw.LRScheduler{rise, fall}, []int64{3})
	if err != nil {
		fmt.Println(err)
		return
	}
	for step := 0; step < 6; step++ {
		print(optimizer, step)
		_ = both.Step()
	}
	// Output:
	// step 0: 0.0250
	// step 1: 0.0500
	// step 2: 0.0750
	// step 3: 0.1000
	// step 4: 0.0500
	// step 5: 0.0250
}

// A function of one's own gives the rate; its error comes out of the step.
func ExampleNewLambdaLR() {
	var errTooLate = errors.New("too late")
	optimizer, _ := tw.NewRates([]float64{1}, nil)
	scheduler, _ := tw.NewLambdaLR(optimizer, func(epoch float64, group int) (float64, error) {
		if epoch > 2 {
			return 0, errTooLate
		}
		return 1 / (1 + epoch), nil
	})
	for step := 0; step < 3; step++ {
		print(optimizer, step)
		if err := scheduler.Step(); err != nil {
			fmt.Println(errors.Is(err, errTooLate), errors.Is(err, tw.ErrCallback))
		}
	}
	// Output:
	// step 0: 1.0000
	// step 1: 0.5000
	// step 2: 0.3333
	// true true
}

// A warmup's curve can be looked at before the run.
func ExampleWarmup_Preview() {
	optimizer, _ := tw.NewRates([]float64{0.8}, nil)
	scheduler, _ := tw.NewStepLR(optimizer, 2, func(o *tw.StepLROptions) { o.Gamma = 0.5 })
	warmup, _ := tw.NewLinearWarmup(optimizer, 4)
	rows, err := warmup.Preview(5, scheduler)
	if err != nil {
		fmt.Println(err)
	}
	for _, rates := range rows {
		fmt.Printf("%.2f ", rates[0])
	}
	fmt.Println()
	// Output: 0.20 0.40 0.30 0.40 0.20
}

// A run's state is plain numbers, for files of one's own.
func ExampleWarmup_SetState() {
	begin := func() (*tw.Optimizer, *tw.LRScheduler, *tw.Warmup) {
		optimizer, _ := tw.NewRates([]float64{1}, nil)
		scheduler, _ := tw.NewExponentialLR(optimizer, 0.5)
		warmup, _ := tw.NewLinearWarmup(optimizer, 4)
		return optimizer, scheduler, warmup
	}
	_, scheduler, warmup := begin()
	_ = warmup.Step(scheduler)
	schedulerState, _ := scheduler.State()
	warmupState, _ := warmup.State()

	optimizer, scheduler, warmup := begin()
	_ = scheduler.SetState(schedulerState)
	_ = warmup.SetState(warmupState)
	print(optimizer, 1)
	// Output: step 1: 0.2500
}

// The kind of a failure is told by errors.Is, what was wrong by the message.
func ExampleStatus() {
	optimizer, _ := tw.NewRates([]float64{0.1}, nil)
	_, err := tw.NewLinearWarmup(optimizer, 0)
	fmt.Println(errors.Is(err, tw.ErrRange))
	fmt.Println(err)
	// Output:
	// true
	// torchwarmup: warmup_period[0] is 0; it must be positive
}
