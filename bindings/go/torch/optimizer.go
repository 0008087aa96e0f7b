//go:build torch

package torch

import (
	"unsafe"

	torchwarmup "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/bridge"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// Optimizer is an optimizer of LibTorch's: what schedules and warmups bind to, and its steps.
type Optimizer struct{ *torchwarmup.Optimizer }

func newOptimizer(pointer raw.Optimizer, err error) (*Optimizer, error) {
	if err != nil {
		return nil, err
	}
	return &Optimizer{bridge.NewOptimizer(unsafe.Pointer(pointer)).(*torchwarmup.Optimizer)}, nil
}

// Borrow binds to an optimizer that was made elsewhere in this process, by the address of its torch::optim::Optimizer. It
// must come from the very LibTorch that libtorch_warmup is linked with, and outlive the handle and what is bound to it:
// before its owner destroys it, call Detach. The collector may close a forgotten handle at any time after that.
func Borrow(torchOptimizer unsafe.Pointer) (*Optimizer, error) {
	return newOptimizer(raw.OptimizerBorrow(torchOptimizer))
}

func (o *Optimizer) call(run func(raw.Optimizer) error) error {
	var h holding
	defer h.release()
	pointer := h.bound(o.Optimizer)
	if h.err != nil {
		return h.err
	}
	return run(raw.Optimizer(pointer))
}

// Step changes every parameter that has a gradient by one step, at the rates that the groups have.
func (o *Optimizer) Step() error { return o.call(raw.OptimizerStep) }

// ZeroGrad removes the gradient of every parameter.
func (o *Optimizer) ZeroGrad() error { return o.call(raw.OptimizerZeroGrad) }

// GroupOptions are the options of a kind of optimizer: *AdamOptions, *AdamWOptions, *SGDOptions, *RMSpropOptions,
// *AdagradOptions. NewAdamOptions and its siblings give the defaults.
type GroupOptions interface {
	forGroup(h *holding) unsafe.Pointer
}

// AddParamGroup adds a parameter group. options are those of the optimizer's own kind; nil for those that it was made with.
func (o *Optimizer) AddParamGroup(parameters []*Tensor, options GroupOptions) error {
	var h holding
	defer h.release()
	given, pointer := h.tensors(parameters), h.bound(o.Optimizer)
	var chosen unsafe.Pointer
	if options != nil {
		chosen = options.forGroup(&h)
	}
	if h.err != nil {
		return h.err
	}
	return raw.OptimizerAddParamGroup(raw.Optimizer(pointer), given, chosen)
}
