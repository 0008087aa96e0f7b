//go:build torch

package main

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/torch-warmup/torch_warmup/bindings/go/torch"
)

// rows are those of a file of reference values, which PyTorch and pytorch_warmup gave; the module does not carry them.
func rows(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "..", "..", "tests", "fixtures", name))
	if err != nil {
		t.Skip("the reference values are in the repository only")
	}
	defer file.Close()
	out, err := csv.NewReader(file).ReadAll()
	check(t, err)
	return out[1:]
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func value(t *testing.T, text string) float64 {
	t.Helper()
	out, err := strconv.ParseFloat(text, 64)
	check(t, err)
	return out
}

func TestTheNetworkBeginsWithPyTorchsWeightsToTheLastBit(t *testing.T) {
	expected := rows(t, "emnist_cnn_init.csv")
	check(t, torch.ManualSeed(1))
	network, err := newNetwork(47)
	check(t, err)
	parameters, err := network.Parameters()
	check(t, err)
	names, err := network.ParameterNames()
	check(t, err)
	for i, row := range expected {
		numbers, err := torch.Data[float32](parameters[i])
		check(t, err)
		if names[i] != row[0] || float64(numbers[0]) != value(t, row[2]) || float64(numbers[len(numbers)-1]) != value(t, row[3]) {
			t.Errorf("%s begins with %x and ends with %x; expected %v", names[i], numbers[0], numbers[len(numbers)-1], row)
		}
	}
}

// generated is the batch of a step of the reference runs.
func generated(step int) batch {
	out := batch{make([]float32, 64*pixels), make([]int64, 64)}
	for b := range out.labels {
		class := (7*b + 3*step) % 47
		out.labels[b] = int64(class)
		for k := 0; k < pixels; k++ {
			c, row, column := float64(class), float64(k/side), float64(k%side)
			x := 0.5 + 0.5*math.Sin((c+1)*0.37*row*0.11+(0.53*c+1)*column*0.13+0.01*float64(b)+0.1*float64(step))
			out.images[b*pixels+k] = (float32(x) - 0.1751) / 0.3332
		}
	}
	return out
}

// bound is how far a loss may be off, as a share: rates that start high carry the rounding of one processor's kernels so far
// that PyTorch itself, on another one, leaves the closer bound.
func bound(warmup string, step int) float64 {
	if warmup == "linear" || warmup == "exponential" || step < 16 {
		return 2e-4
	}
	return 1e-2
}

func TestEachWarmupTrainsAsInPython(t *testing.T) {
	for _, warmup := range []string{"linear", "exponential", "radam", "none"} {
		expected := rows(t, "emnist_cnn_losses_"+warmup+".csv")
		run := &training{settings: defaults(), device: "cpu", train: &batches{set: &dataset{classes: 47}, perEpoch: len(expected)}}
		run.warmup, run.epochs = warmup, 1
		check(t, run.create())
		for step, row := range expected {
			lr, err := run.optimizer.LR(0)
			check(t, err)
			scope := torch.NewScope()
			from := generated(step) // in the order of memory of the reference runs
			images, labels := scope.Own(torch.FromSlice(from.images, 64, 1, side, side)), scope.Own(torch.FromSlice(from.labels))
			scope.Do(run.optimizer.ZeroGrad())
			loss := scope.NLLLoss(scope.Forward(run.network, images), labels)
			scope.Backward(loss)
			scope.Do(run.optimizer.Step())
			scope.Do(run.warm.Step(run.schedule))
			found := scope.Item(loss)
			check(t, scope.Err())
			check(t, scope.Close())
			if lr != value(t, row[1]) {
				t.Fatalf("%s: the rate of step %d is %x; expected %s", warmup, step, lr, row[1])
			}
			if reference := value(t, row[2]); math.Abs(found-reference) > bound(warmup, step)*reference {
				t.Fatalf("%s: the loss of step %d is %g; expected %g", warmup, step, found, reference)
			}
		}
	}
}
