//go:build torch

package torch_test

import (
	"math"
	"os"
	"path/filepath"
	"testing"
	"unsafe"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
	"github.com/torch-warmup/torch_warmup/bindings/go/torch"
)

func TestATensorHasWhatItWasMadeOf(t *testing.T) {
	tensor := must(torch.FromSlice([]float32{1, 2, 3, 4, 5, 6}, 2, 3))(t)
	equal(t, must(tensor.Sizes())(t), 2, 3)
	equal(t, must(tensor.Strides())(t), 3, 1)
	equal(t, data[float32](t, tensor), 1, 2, 3, 4, 5, 6)
	if must(tensor.DType())(t) != torch.Float32 || must(tensor.Device())(t) != "cpu" || must(tensor.Numel())(t) != 6 {
		t.Fatal(tensor)
	}
	turned := must(torch.Transpose(tensor, 0, 1))(t)
	equal(t, data[float32](t, turned), 1, 4, 2, 5, 3, 6)
	equal(t, data[bool](t, must(torch.FromSlice([]bool{true, false}))(t)), true, false)
	equal(t, data[int64](t, must(torch.Arange(3, 9, 2, torch.Int64))(t)), 3, 5, 7)
	equal(t, data[float64](t, must(torch.ArangeFloat64(0, 1, 0.25, torch.Float64))(t)), 0, 0.25, 0.5, 0.75)
	if first := (*float32)(must(turned.DataPtr())(t)); *first != 1 {
		t.Fatal(*first)
	}
	if len(data[float64](t, must(torch.Zeros(torch.Float64, 0))(t))) != 0 {
		t.Fatal("an empty tensor has elements")
	}
	_, err := torch.Data[float64](tensor)
	refused(t, err, tw.ErrType, "float32", "float64")
	_, err = torch.FromSlice([]float32{1, 2, 3}, 2, 2)
	refused(t, err, tw.ErrArgument, "12", "16")
	_, err = tensor.Item()
	refused(t, err, tw.ErrArgument)
}

func TestMemoryOfTheCallersIsSharedAndLetGoOfOnce(t *testing.T) {
	released := 0
	numbers := must(torch.FromSlice([]float64{1, 2, 3, 4}))(t)
	at := must(torch.CallOne("mul", numbers, 1.0))(t) // LibTorch's own memory, as C's would be
	pointer := must(at.AtTensor())(t)
	if pointer == nil || must(torch.FromAtTensor(pointer))(t) == nil {
		t.Fatal("no address")
	}
	var memory raw.Memory // C's: what a tensor points at must not be Go's
	defer memory.Free()
	block := unsafe.Slice(raw.Copy(&memory, []float64{7}), 1)
	tensor := must(torch.FromMemory(unsafe.Pointer(&block[0]), 8, torch.Float64, []int64{1}, nil, func() { released++ }))(t)
	view := must(torch.Reshape(tensor, []int64{1, 1}))(t)
	block[0] = 8
	if must(view.Item())(t) != 8 {
		t.Fatal("the memory has been copied")
	}
	check(t, tensor.Close())
	if released != 0 {
		t.Fatal("released while a view lives")
	}
	check(t, view.Close())
	_, err := torch.FromMemory(unsafe.Pointer(&block[0]), 8, torch.Float64, []int64{2}, nil, func() { released++ })
	refused(t, err, tw.ErrArgument, "8", "16")
	_, err = torch.FromMemory(unsafe.Pointer(&block[0]), 8, torch.Float64, []int64{1}, []int64{1, 1}, func() { released++ })
	refused(t, err, tw.ErrArgument)
	if released != 3 {
		t.Fatalf("released %d times", released)
	}
}

func TestGradientsAreThoseOfTheFormula(t *testing.T) {
	scope := torch.NewScope()
	defer scope.Close()
	x := scope.Own(torch.FromSlice([]float64{1, 2, 3}))
	check(t, x.SetRequiresGrad(true))
	if must(x.Grad())(t) != nil {
		t.Fatal("a gradient before there is one")
	}
	scope.Backward(scope.Sum(scope.PowInt64(x, 3)))
	check(t, scope.Err())
	equal(t, data[float64](t, must(x.Grad())(t)), 3, 12, 27)
	check(t, x.SetGrad(nil))
	check(t, torch.NoGrad(func() error {
		y := scope.MulFloat64(x, 2)
		if must(y.RequiresGrad())(t) {
			t.Error("a gradient is recorded")
		}
		return scope.Err()
	}))
	if !must(scope.MulFloat64(x, 2).RequiresGrad())(t) {
		t.Error("gradients stay off")
	}
}

func TestAScopeKeepsTheFirstErrorAndGoesOnToNil(t *testing.T) {
	scope := torch.NewScope()
	a, b := scope.Own(torch.Ones(torch.Float32, 2, 3)), scope.Own(torch.Ones(torch.Float32, 2, 3))
	if scope.ReLU(scope.MatMul(a, b)) != nil || scope.Call("no_such_operator", a) != nil {
		t.Fatal("a result of a failure")
	}
	refused(t, scope.Err(), tw.ErrTorch, "mat1 and mat2")
	check(t, scope.Close())
	if _, err := a.Sizes(); err != tw.ErrClosed {
		t.Fatal(err)
	}
	again := torch.NewScope()
	kept := again.Keep(again.Own(torch.Ones(torch.Float32)))
	check(t, again.Close())
	if must(kept.Item())(t) != 1 {
		t.Fatal("a kept tensor is gone")
	}
}

func TestOperatorsByNameTakeGosValues(t *testing.T) {
	x := must(torch.FromSlice([]float64{4, 1, 3, 2}))(t)
	largest := must(torch.Call("topk", x, 2))(t)
	equal(t, data[float64](t, largest[0]), 4, 3)
	equal(t, data[int64](t, largest[1]), 0, 2)
	both := must(torch.CallOne("cat", []*torch.Tensor{x, x}, torch.Named("dim", 0)))(t)
	equal(t, must(both.Sizes())(t), 8)
	view := must(torch.CallOne("as_strided", x, []int{2, 2}, []int64{1, 2}))(t)
	equal(t, data[float64](t, view), 4, 3, 1, 2)
	sum := must(torch.CallOne("sum", x, torch.Named("dim", []int64{0}), torch.Named("keepdim", true), torch.Named("dtype", torch.Float32)))(t)
	equal(t, data[float32](t, sum), 10)
	clamped := must(torch.CallOne("clamp", x, nil, 2.5))(t)
	equal(t, data[float64](t, clamped), 2.5, 1, 2.5, 2)
	_, err := torch.Call("zero_", x)
	check(t, err)
	equal(t, data[float64](t, x), 0, 0, 0, 0)
	_, err = torch.CallOne("relu", struct{}{})
	refused(t, err, tw.ErrType, "struct {}")
	_, err = torch.CallOne("rleu", x)
	refused(t, err, tw.ErrNotFound, "rleu")
	_, err = torch.CallOne("relu\x00", x)
	refused(t, err, tw.ErrArgument)
}

func TestLayersAndLossesHavePyTorchsDefaults(t *testing.T) {
	check(t, torch.ManualSeed(1))
	plain := must(torch.NewConv2d(3, 4, [2]int64{3, 3}))(t)
	equal(t, must(plain.ParameterNames())(t), "weight", "bias")
	check(t, torch.ManualSeed(1))
	changed := must(torch.NewConv2d(3, 4, [2]int64{3, 3}, func(o *torch.Conv2dOptions) {
		if !o.Bias || o.Groups != 1 || o.Stride != [2]int64{1, 1} {
			t.Errorf("the defaults are %+v", *o)
		}
		o.Stride, o.Bias = [2]int64{2, 2}, false
	}))(t)
	equal(t, must(changed.ParameterNames())(t), "weight")
	equal(t, data[float32](t, must(changed.Tensor("weight"))(t)), data[float32](t, must(plain.Tensor("weight"))(t))...)
	input := must(torch.Ones(torch.Float32, 1, 3, 7, 7))(t)
	equal(t, must(must(changed.Forward(input))(t).Sizes())(t), 1, 4, 3, 3)
	lstm := must(torch.NewLSTM(3, 5))(t)
	if results := must(lstm.ForwardAll(must(torch.Ones(torch.Float32, 4, 2, 3))(t)))(t); len(results) != 3 {
		t.Fatalf("an LSTM gives %d results", len(results))
	}
	logits := must(torch.FromSlice([]float64{0, 0, 0, 0}, 2, 2))(t)
	loss := must(torch.CrossEntropy(logits, must(torch.FromSlice([]int64{0, 1}))(t)))(t)
	if value := must(loss.Item())(t); value != math.Ln2 {
		t.Fatal(value)
	}
	summed := must(torch.CrossEntropy(logits, must(torch.FromSlice([]int64{0, 1}))(t), func(o *torch.CrossEntropyOptions) {
		o.Reduction = torch.ReductionSum
	}))(t)
	if value := must(summed.Item())(t); value != 2*math.Ln2 {
		t.Fatal(value)
	}
	_, err := torch.NewConv2d(3, 4, [2]int64{3, 3}, func(o *torch.Conv2dOptions) { o.Groups = 2 })
	refused(t, err, tw.ErrRange, "groups")
	_, err = plain.Forward(must(torch.Ones(torch.Float32, 2, 2))(t))
	refused(t, err, tw.ErrTorch)
}

func TestTrainingLeadsToAFallingLossAndTheSchedulesRates(t *testing.T) {
	check(t, torch.ManualSeed(3))
	module := network(t)
	optimizer := must(torch.NewAdamW(must(module.Parameters())(t), func(o *torch.AdamWOptions) {
		o.LR, o.Betas = 0.1, [2]float64{0.9, 0.95}
	}))(t)
	const steps = 200
	schedule := must(tw.NewCosineAnnealingLR(optimizer, steps))(t)
	warmup := must(tw.NewUntunedLinearWarmup(optimizer))(t)
	scope := torch.NewScope()
	inputs, targets := points(scope)
	losses := make([]float64, steps)
	for i := range losses {
		inner := torch.NewScope()
		lr := must(optimizer.LR(0))(t)
		cosine := 0.1 * (1 + math.Cos(math.Pi*float64(i)/steps)) / 2 * math.Min(1, float64(i+1)/39) // period 2 / (1 - 0.95), truncated
		if math.Abs(lr-cosine) > 1e-12 {
			t.Fatalf("the rate of step %d is %g; expected %g", i, lr, cosine)
		}
		inner.Do(optimizer.ZeroGrad())
		loss := inner.CrossEntropy(inner.Forward(module, inputs), targets)
		inner.Backward(loss)
		inner.Do(optimizer.Step())
		inner.Do(warmup.Step(schedule))
		losses[i] = inner.Item(loss)
		check(t, inner.Err())
		check(t, inner.Close())
	}
	if losses[0] < 0.5 || losses[steps-1] > 0.01 {
		t.Fatalf("the loss went from %g to %g", losses[0], losses[steps-1])
	}
}

func TestEveryOptimizerStepsAndTakesItsOwnGroups(t *testing.T) {
	adam, adamw, sgd := must(torch.NewAdamOptions())(t), must(torch.NewAdamWOptions())(t), must(torch.NewSGDOptions())(t)
	rmsprop, adagrad := must(torch.NewRMSpropOptions())(t), must(torch.NewAdagradOptions())(t)
	parameter := func() []*torch.Tensor {
		one := must(torch.Ones(torch.Float64, 1))(t)
		check(t, one.SetRequiresGrad(true))
		check(t, must(torch.PowInt64(one, 2))(t).Backward())
		return []*torch.Tensor{one}
	}
	makers := map[string]func([]*torch.Tensor) (*torch.Optimizer, error){
		"Adam":    func(p []*torch.Tensor) (*torch.Optimizer, error) { return torch.NewAdam(p) },
		"AdamW":   func(p []*torch.Tensor) (*torch.Optimizer, error) { return torch.NewAdamW(p) },
		"SGD":     func(p []*torch.Tensor) (*torch.Optimizer, error) { return torch.NewSGD(p) },
		"RMSprop": func(p []*torch.Tensor) (*torch.Optimizer, error) { return torch.NewRMSprop(p) },
		"Adagrad": func(p []*torch.Tensor) (*torch.Optimizer, error) { return torch.NewAdagrad(p) },
	}
	groups := map[string]torch.GroupOptions{"Adam": adam, "AdamW": adamw, "SGD": sgd, "RMSprop": rmsprop, "Adagrad": adagrad}
	for name, make := range makers {
		weights := parameter()
		optimizer := must(make(weights))(t)
		if class := must(optimizer.ClassName())(t); class != name {
			t.Errorf("%s calls itself %s", name, class)
		}
		check(t, optimizer.Step())
		if value := must(weights[0].Item())(t); value >= 1 {
			t.Errorf("%s went to %g", name, value)
		}
		check(t, optimizer.AddParamGroup(parameter(), groups[name]))
		check(t, optimizer.AddParamGroup(parameter(), nil))
		if count := must(optimizer.GroupCount())(t); count != 3 {
			t.Errorf("%s has %d groups", name, count)
		}
		check(t, optimizer.ZeroGrad())
		check(t, optimizer.Close())
		if err := optimizer.Step(); err != tw.ErrClosed {
			t.Error(err)
		}
	}
	optimizer := must(torch.NewSGD(parameter()))(t)
	refused(t, optimizer.AddParamGroup(parameter(), adam), tw.ErrType)
	_, err := torch.NewSGD(nil)
	refused(t, err, tw.ErrArgument)
}

func TestACheckpointBringsARunBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.pt")
	begin := func(seed uint64) (*torch.Module, *torch.Optimizer, *tw.LRScheduler, *tw.Warmup) {
		check(t, torch.ManualSeed(seed))
		module := network(t)
		optimizer := must(torch.NewAdam(must(module.Parameters())(t)))(t)
		return module, optimizer, must(tw.NewExponentialLR(optimizer, 0.9))(t), must(tw.NewLinearWarmup(optimizer, 4))(t)
	}
	step := func(module *torch.Module, optimizer *torch.Optimizer, schedule *tw.LRScheduler, warmup *tw.Warmup) float64 {
		scope := torch.NewScope()
		defer scope.Close()
		inputs, targets := points(scope)
		scope.Do(optimizer.ZeroGrad())
		loss := scope.CrossEntropy(scope.Forward(module, inputs), targets)
		scope.Backward(loss)
		scope.Do(optimizer.Step())
		scope.Do(warmup.Step(schedule))
		value := scope.Item(loss)
		check(t, scope.Err())
		return value
	}
	module, optimizer, schedule, warmup := begin(1)
	step(module, optimizer, schedule, warmup)
	saved := must(torch.NewCheckpoint())(t)
	check(t, saved.PutModule("model", module))
	check(t, saved.PutOptimizer("optimizer", optimizer))
	check(t, saved.PutLRScheduler("schedule", schedule))
	check(t, saved.PutWarmup("warmup", warmup))
	check(t, saved.PutRNGState("rng"))
	check(t, saved.PutInt64("epoch", 7))
	check(t, saved.PutFloat64("best", 0.25))
	check(t, saved.PutString("name", "x\u00f6r"))
	check(t, saved.Save(path))
	next := step(module, optimizer, schedule, warmup)

	module, optimizer, schedule, warmup = begin(2)
	from := must(torch.LoadCheckpoint(path))(t)
	equal(t, must(from.Keys())(t), "model", "optimizer", "schedule", "warmup", "rng", "epoch", "best", "name")
	check(t, from.RestoreModule(module, "model", true))
	check(t, from.RestoreOptimizer(optimizer, "optimizer"))
	check(t, from.RestoreLRScheduler(schedule, "schedule"))
	check(t, from.RestoreWarmup(warmup, "warmup"))
	check(t, from.RestoreRNGState("rng"))
	if must(from.Int64("epoch"))(t) != 7 || must(from.Float64("best"))(t) != 0.25 || must(from.Text("name"))(t) != "x\u00f6r" {
		t.Fatal("values differ")
	}
	if again := step(module, optimizer, schedule, warmup); again != next {
		t.Fatalf("the loss after the checkpoint is %g; uninterrupted %g", again, next)
	}
	_, err := from.Int64("epochs")
	refused(t, err, tw.ErrNotFound, "epochs", "epoch")
	_, err = torch.LoadCheckpoint(path + ".none")
	refused(t, err, tw.ErrIO)
	check(t, os.WriteFile(path, []byte("no checkpoint"), 0o666))
	_, err = torch.LoadCheckpoint(path)
	refused(t, err, tw.ErrFormat)
	other := must(torch.NewLinear(2, 2))(t)
	differences := must(saved.CompareModule(other, "model"))(t)
	equal(t, differences.Missing, "weight", "bias")
	equal(t, differences.Unexpected, "first.weight", "first.bias", "second.weight", "second.bias")
	refused(t, saved.RestoreModule(other, "model", true), tw.ErrArgument, "first.weight")
}

func TestValuesAreWhatTheyWereMadeOf(t *testing.T) {
	seven, name := must(torch.NewValue(7))(t), must(torch.NewValue("lr"))(t)
	rates := must(torch.NewValue([]*torch.Value{seven, must(torch.NewValue(0.5))(t)}))(t)
	dict := must(torch.NewDict([]*torch.Value{name}, []*torch.Value{rates}))(t)
	checkpoint := must(torch.NewCheckpoint())(t)
	check(t, checkpoint.PutValue("args", dict))
	args := must(checkpoint.Value("args"))(t)
	list := must(args.Find("lr"))(t)
	if must(list.Len())(t) != 2 || must(must(list.Item(1))(t).Float64())(t) != 0.5 || must(list.Kind())(t) != torch.KindList {
		t.Fatal("the list is another")
	}
	if must(must(args.Key(0))(t).Text())(t) != "lr" || must(seven.TypeName())(t) != "int" {
		t.Fatal("the key is another")
	}
	_, err := list.Item(2)
	refused(t, err, tw.ErrRange, "2")
	_, err = list.Item(-1)
	refused(t, err, tw.ErrRange, "-1")
	_, err = seven.Text()
	refused(t, err, tw.ErrType)
	_, err = torch.NewValue(struct{}{})
	refused(t, err, tw.ErrType, "struct {}")
}
