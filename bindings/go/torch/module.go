//go:build torch

package torch

import (
	"runtime/cgo"
	"unsafe"

	torchwarmup "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// Module has parameters and children under names, and a forward pass. A child lives as long as its parent, so its own
// handle may be closed at once.
type Module struct{ handle *owned.Handle }

func newModule(pointer raw.Module, err error) (*Module, error) {
	if err != nil {
		return nil, err
	}
	out := &Module{}
	out.handle = owned.New(out, unsafe.Pointer(pointer), func(p unsafe.Pointer) { raw.ModuleFree(raw.Module(p)) })
	return out, nil
}

// ForwardFunction computes a module's result. What it makes by scope is freed after it, but for the result. inputs belong
// to the scope too; a nil among them is PyTorch's None. A failure is left in the scope.
type ForwardFunction func(scope *Scope, inputs []*Tensor) *Tensor

// NewModule creates a module of the caller's own, empty at first: register parameters, buffers and children with it. forward
// is nil for a module that only holds others.
func NewModule(forward ForwardFunction) (*Module, error) {
	if forward == nil {
		return newModule(raw.ModuleCustom(nil, 0, nil))
	}
	context := cgo.NewHandle(raw.ForwardFunction(func(inputs []raw.Tensor) (raw.Tensor, error) {
		return forward.run(inputs)
	}))
	return newModule(raw.ModuleCustom(raw.CallForward, uintptr(context), raw.CallRelease))
}

func (f ForwardFunction) run(inputs []raw.Tensor) (raw.Tensor, error) {
	scope := NewScope()
	defer scope.Close()
	own := make([]*Tensor, len(inputs))
	for i, each := range inputs {
		if each != nil {
			own[i] = scope.Own(newTensor(raw.TensorShare(each)))
		}
	}
	if scope.err != nil {
		return nil, scope.err
	}
	result := f(scope, own)
	if scope.err == nil && result == nil {
		scope.Do(refuse(torchwarmup.ErrCallback, "the forward function has given nil"))
	}
	if scope.err != nil {
		return nil, scope.err
	}
	return owned.Use(result.handle, func(p unsafe.Pointer) (raw.Tensor, error) { return raw.TensorShare(raw.Tensor(p)) })
}

// RegisterParameter registers a tensor that optimizers train; from now on it requires a gradient.
func (m *Module) RegisterParameter(name string, tensor *Tensor) error {
	return m.register(name, tensor, raw.ModuleRegisterParameter)
}

// RegisterBuffer registers a tensor that is saved and moved with the module but not trained.
func (m *Module) RegisterBuffer(name string, tensor *Tensor) error {
	return m.register(name, tensor, raw.ModuleRegisterBuffer)
}

func (m *Module) register(name string, tensor *Tensor, call func(raw.Module, *byte, raw.Tensor) error) error {
	var h holding
	defer h.release()
	module, text, of := h.module(m), h.text(name), h.tensor(tensor)
	if h.err != nil {
		return h.err
	}
	return call(module, text, of)
}

// RegisterModule registers a child.
func (m *Module) RegisterModule(name string, child *Module) error {
	var h holding
	defer h.release()
	module, text, of := h.module(m), h.text(name), h.module(child)
	if h.err != nil {
		return h.err
	}
	return raw.ModuleRegisterModule(module, text, of)
}

// Forward runs the forward pass. Of several results it gives the first; ForwardAll gives them all.
func (m *Module) Forward(inputs ...*Tensor) (*Tensor, error) {
	var h holding
	defer h.release()
	module, given := h.module(m), h.tensors(inputs)
	if h.err != nil {
		return nil, h.err
	}
	return newTensor(raw.ModuleForward(module, given))
}

// ForwardAll runs the forward pass of a module with several results, such as an LSTM.
func (m *Module) ForwardAll(inputs ...*Tensor) ([]*Tensor, error) {
	var h holding
	defer h.release()
	module, given := h.module(m), h.tensors(inputs)
	if h.err != nil {
		return nil, h.err
	}
	return taken(raw.ModuleForwardAll(module, given))
}

// taken are the tensors of a list, which is freed; nil at its empty places.
func taken(list raw.TensorList, err error) ([]*Tensor, error) {
	if err != nil {
		return nil, err
	}
	defer raw.TensorListFree(list)
	count, err := raw.TensorListGetCount(list)
	if err != nil {
		return nil, err
	}
	out := make([]*Tensor, count)
	for i := range out {
		if out[i], err = newTensor(raw.TensorListGet(list, i)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Parameters are the parameters of the module and its children, in the order of registration, depth first.
func (m *Module) Parameters() ([]*Tensor, error) {
	return owned.Use(m.handle, func(p unsafe.Pointer) ([]*Tensor, error) { return taken(raw.ModuleGetParameters(raw.Module(p))) })
}

// ParameterNames are the names of Parameters, such as "conv1.weight".
func (m *Module) ParameterNames() ([]string, error) {
	return owned.Use(m.handle, func(p unsafe.Pointer) ([]string, error) {
		list, err := raw.ModuleGetParameters(raw.Module(p))
		if err != nil {
			return nil, err
		}
		defer raw.TensorListFree(list)
		count, err := raw.TensorListGetCount(list)
		if err != nil {
			return nil, err
		}
		return names(count, func(out []byte, i int) (int, error) { return raw.ModuleGetParameterName(out, raw.Module(p), i) })
	})
}

// names are texts by their index.
func names(count int, call func(out []byte, index int) (int, error)) ([]string, error) {
	out := make([]string, count)
	for i := range out {
		text, err := raw.String(func(buffer []byte) (int, error) { return call(buffer, i) })
		if err != nil {
			return nil, err
		}
		out[i] = text
	}
	return out, nil
}

// Tensor is the parameter or buffer of a dotted name, such as "conv1.weight".
func (m *Module) Tensor(name string) (*Tensor, error) {
	var h holding
	defer h.release()
	module, text := h.module(m), h.text(name)
	if h.err != nil {
		return nil, h.err
	}
	return newTensor(raw.ModuleGetTensor(module, text))
}

// Module is the child of a dotted name, such as "encoder.0".
func (m *Module) Module(name string) (*Module, error) {
	var h holding
	defer h.release()
	module, text := h.module(m), h.text(name)
	if h.err != nil {
		return nil, h.err
	}
	return newModule(raw.ModuleGetModule(module, text))
}

// Train puts the module and its children into training mode, in which they start, or into evaluation mode.
func (m *Module) Train(mode bool) error {
	return owned.Do(m.handle, func(p unsafe.Pointer) error { return raw.ModuleTrain(raw.Module(p), truth(mode)) })
}

// IsTraining says whether the module is in training mode.
func (m *Module) IsTraining() (bool, error) {
	return owned.Use(m.handle, func(p unsafe.Pointer) (bool, error) { return isTrue(raw.ModuleIsTraining(raw.Module(p))) })
}

// MoveTo moves the parameters and buffers to a device, in place. An optimizer's state does not move with them, so move the
// module before the first step.
func (m *Module) MoveTo(device Device) error {
	var h holding
	defer h.release()
	module, name := h.module(m), h.device(device)
	if h.err != nil {
		return h.err
	}
	return raw.ModuleMoveTo(module, name)
}

// ZeroGrad removes the gradient of every parameter.
func (m *Module) ZeroGrad() error {
	return owned.Do(m.handle, func(p unsafe.Pointer) error { return raw.ModuleZeroGrad(raw.Module(p)) })
}

// Close frees the handle. It never fails.
func (m *Module) Close() error {
	if m != nil {
		m.handle.Close()
	}
	return nil
}
