//go:build torch

package torch

import (
	"fmt"
	"unsafe"

	torchwarmup "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/bridge"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

func refuse(status torchwarmup.Status, format string, values ...interface{}) error {
	return &torchwarmup.Error{Status: status, Message: fmt.Sprintf(format, values...)}
}

// holding are the handles that a call uses, each of which stays open until release; and the first thing that was wrong.
type holding struct {
	releases []func()
	handles  []*owned.Handle
	few      [4]*owned.Handle
	memory   raw.Memory
	err      error
}

func (h *holding) check(err error) {
	if h.err == nil {
		h.err = err
	}
}

func (h *holding) hold(handle *owned.Handle) unsafe.Pointer {
	pointer := handle.Acquire()
	if pointer == nil {
		h.check(owned.ErrClosed)
		return nil
	}
	if h.handles == nil {
		h.handles = h.few[:0]
	}
	h.handles = append(h.handles, handle)
	return pointer
}

func (h *holding) release() {
	for _, each := range h.handles {
		each.Release()
	}
	for _, each := range h.releases {
		each()
	}
	h.memory.Free()
}

// tensor is the pointer of a tensor; nil, for the call to judge, of nil.
func (h *holding) tensor(tensor *Tensor) raw.Tensor {
	if tensor == nil {
		return nil
	}
	return raw.Tensor(h.hold(tensor.handle))
}

func (h *holding) tensors(tensors []*Tensor) []raw.Tensor {
	out := make([]raw.Tensor, len(tensors))
	for i, each := range tensors {
		out[i] = h.tensor(each)
	}
	return out
}

func (h *holding) module(module *Module) raw.Module {
	if module == nil {
		return nil
	}
	return raw.Module(h.hold(module.handle))
}

func (h *holding) modules(modules []*Module) []raw.Module {
	out := make([]raw.Module, len(modules))
	for i, each := range modules {
		out[i] = h.module(each)
	}
	return out
}

func (h *holding) value(value *Value) raw.Value {
	if value == nil {
		return nil
	}
	return raw.Value(h.hold(value.handle))
}

func (h *holding) values(values []*Value) []raw.Value {
	out := make([]raw.Value, len(values))
	for i, each := range values {
		out[i] = h.value(each)
	}
	return out
}

// bound is the pointer of an optimizer, scheduler or warmup of the package above.
func (h *holding) bound(object interface{}) unsafe.Pointer {
	pointer, release, err := bridge.Acquire(object)
	if err != nil {
		h.check(err)
		return nil
	}
	h.releases = append(h.releases, release)
	return pointer
}

// text is a string for C during the call.
func (h *holding) text(text string) *byte {
	out, err := raw.Text(text)
	h.check(err)
	return out
}

// key is a key of a checkpoint: nil, for all of it, of "".
func (h *holding) key(key string) *byte {
	if key == "" {
		return nil
	}
	return h.text(key)
}

func truth(is bool) int32 {
	if is {
		return 1
	}
	return 0
}

func apply[T any](options *T, change []func(*T)) {
	for _, each := range change {
		if each != nil {
			each(options)
		}
	}
}

// isTrue is a result of C's as a bool.
func isTrue(number int32, err error) (bool, error) { return number != 0, err }
