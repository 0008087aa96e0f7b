//go:build torch

package torch_test

import (
	"errors"
	"strings"
	"testing"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/torch"
)

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func must[T any](value T, err error) func(t testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		check(t, err)
		return value
	}
}

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

// data are a tensor's elements.
func data[T torch.Element](t *testing.T, tensor *torch.Tensor) []T {
	t.Helper()
	return must(torch.Data[T](tensor))(t)
}

func equal[T comparable](t *testing.T, found []T, expected ...T) {
	t.Helper()
	if len(found) != len(expected) {
		t.Fatalf("%v; expected %v", found, expected)
	}
	for i := range found {
		if found[i] != expected[i] {
			t.Fatalf("%v; expected %v", found, expected)
		}
	}
}

// network is a small one with two layers.
func network(t testing.TB) *torch.Module {
	first := must(torch.NewLinear(2, 8))(t)
	second := must(torch.NewLinear(8, 2))(t)
	module := must(torch.NewModule(func(s *torch.Scope, inputs []*torch.Tensor) *torch.Tensor {
		return s.Forward(second, s.ReLU(s.Forward(first, inputs[0])))
	}))(t)
	check(t, module.RegisterModule("first", first))
	check(t, module.RegisterModule("second", second))
	return module
}

// points are a task that a straight line does not solve.
func points(s *torch.Scope) (inputs, targets *torch.Tensor) {
	inputs = s.Own(torch.FromSlice([]float32{0, 0, 0, 1, 1, 0, 1, 1}, 4, 2))
	return inputs, s.Own(torch.FromSlice([]int64{0, 1, 1, 0}))
}
