//go:build torch

package torch_test

import (
	"fmt"
	"log"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/torch"
)

// A network learns what a straight line cannot tell apart, with AdamW, a warmup and a cosine.
func Example() {
	if err := torch.ManualSeed(1); err != nil {
		log.Fatal(err)
	}
	var layers []*torch.Module
	for _, make := range []func() (*torch.Module, error){
		func() (*torch.Module, error) { return torch.NewLinear(2, 16) },
		func() (*torch.Module, error) { return torch.NewTanh() },
		func() (*torch.Module, error) { return torch.NewLinear(16, 2) },
	} {
		layer, err := make()
		if err != nil {
			log.Fatal(err)
		}
		layers = append(layers, layer)
	}
	network, err := torch.NewSequential(layers...)
	if err != nil {
		log.Fatal(err)
	}
	parameters, err := network.Parameters()
	if err != nil {
		log.Fatal(err)
	}
	const steps = 300
	optimizer, err := torch.NewAdamW(parameters, func(o *torch.AdamWOptions) { o.LR = 0.05 })
	if err != nil {
		log.Fatal(err)
	}
	scheduler, err := tw.NewCosineAnnealingLR(optimizer, steps)
	if err != nil {
		log.Fatal(err)
	}
	warmup, err := tw.NewLinearWarmup(optimizer, 20) // after the scheduler
	if err != nil {
		log.Fatal(err)
	}

	data := torch.NewScope()
	defer data.Close()
	inputs := data.Own(torch.FromSlice([]float32{0, 0, 0, 1, 1, 0, 1, 1}, 4, 2))
	targets := data.Own(torch.FromSlice([]int64{0, 1, 1, 0}))
	step := func() error {
		scope := torch.NewScope()
		defer scope.Close()
		scope.Do(optimizer.ZeroGrad())
		scope.Backward(scope.CrossEntropy(scope.Forward(network, inputs), targets))
		scope.Do(optimizer.Step())
		scope.Do(warmup.Step(scheduler))
		return scope.Err()
	}
	for i := 0; i < steps; i++ {
		if err := step(); err != nil {
			log.Fatal(err)
		}
	}
	answers := data.ArgMax(data.Forward(network, inputs), 1, false)
	if data.Err() != nil {
		log.Fatal(data.Err())
	}
	values, err := torch.Data[int64](answers)
	fmt.Println(values, err)
	// Output: [0 1 1 0] <nil>
}

// Any operator of LibTorch is called by its name.
func ExampleCall() {
	x, err := torch.FromSlice([]float64{3, 1, 2})
	if err != nil {
		log.Fatal(err)
	}
	sorted, err := torch.Call("sort", x, torch.Named("descending", true))
	if err != nil {
		log.Fatal(err)
	}
	values, err := torch.Data[float64](sorted[0])
	fmt.Println(values, err)
	// Output: [3 2 1] <nil>
}

// A checkpoint is what Python's torch.load(weights_only=True) reads.
func ExampleCheckpoint() {
	checkpoint, err := torch.NewCheckpoint()
	if err != nil {
		log.Fatal(err)
	}
	defer checkpoint.Close()
	if err = checkpoint.PutInt64("epoch", 3); err != nil {
		log.Fatal(err)
	}
	epoch, err := checkpoint.Int64("epoch")
	fmt.Println(epoch, err)
	_, err = checkpoint.Int64("epochs")
	fmt.Println(err)
	// Output:
	// 3 <nil>
	// torchwarmup: the checkpoint has no key "epochs"; there are: epoch
}
