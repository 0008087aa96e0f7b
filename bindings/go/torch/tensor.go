//go:build torch

package torch

import (
	"unsafe"

	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// Tensor is a handle to a tensor of LibTorch.
type Tensor struct{ handle *owned.Handle }

func newTensor(pointer raw.Tensor, err error) (*Tensor, error) {
	if err != nil || pointer == nil {
		return nil, err
	}
	out := &Tensor{}
	out.handle = owned.New(out, unsafe.Pointer(pointer), func(p unsafe.Pointer) { raw.TensorFree(raw.Tensor(p)) })
	return out, nil
}

// DType is the type of a tensor's elements.
type DType int32

// The types of elements.
const (
	Uint8    = DType(raw.Uint8)
	Int8     = DType(raw.Int8)
	Int16    = DType(raw.Int16)
	Int32    = DType(raw.Int32)
	Int64    = DType(raw.Int64)
	Float16  = DType(raw.Float16)
	BFloat16 = DType(raw.Bfloat16)
	Float32  = DType(raw.Float32)
	Float64  = DType(raw.Float64)
	Bool     = DType(raw.Bool) // one byte an element, 0 or 1
)

var dtypeNames = map[DType]string{Uint8: "uint8", Int8: "int8", Int16: "int16", Int32: "int32", Int64: "int64",
	Float16: "float16", BFloat16: "bfloat16", Float32: "float32", Float64: "float64", Bool: "bool"}

// String is the name in PyTorch, such as "float32".
func (d DType) String() string {
	if name, is := dtypeNames[d]; is {
		return name
	}
	return "unknown"
}

// Device is a device's name in PyTorch, such as "cpu" or "cuda:1". "" is the CPU.
type Device string

func (h *holding) device(device Device) *byte {
	if device == "" {
		return nil
	}
	return h.text(string(device))
}

// MemoryFormat is the order of a tensor's elements in memory.
type MemoryFormat int32

// The orders of elements.
const (
	ContiguousFormat = MemoryFormat(raw.ContiguousFormat) // row-major
	PreserveFormat   = MemoryFormat(raw.PreserveFormat)   // that of the tensor that the call starts from
	ChannelsLast     = MemoryFormat(raw.ChannelsLast)     // of [N, C, H, W]
	ChannelsLast3D   = MemoryFormat(raw.ChannelsLast3d)   // of [N, C, D, H, W]
)

// ---- looking into a tensor

// Sizes are the lengths of the dimensions, the outermost first.
func (t *Tensor) Sizes() ([]int64, error) {
	return owned.Use(t.handle, func(p unsafe.Pointer) ([]int64, error) {
		return raw.Numbers(func(out []int64) (int, error) { return raw.TensorGetSizes(out, raw.Tensor(p)) })
	})
}

// Strides are the distances in elements between neighbours along each dimension.
func (t *Tensor) Strides() ([]int64, error) {
	return owned.Use(t.handle, func(p unsafe.Pointer) ([]int64, error) {
		return raw.Numbers(func(out []int64) (int, error) { return raw.TensorGetStrides(out, raw.Tensor(p)) })
	})
}

// NDim is the number of dimensions; 0 for a tensor of one element that has none.
func (t *Tensor) NDim() (int, error) {
	return owned.Use(t.handle, func(p unsafe.Pointer) (int, error) { return raw.TensorGetNdim(raw.Tensor(p)) })
}

// Numel is the number of elements.
func (t *Tensor) Numel() (int, error) {
	return owned.Use(t.handle, func(p unsafe.Pointer) (int, error) { return raw.TensorGetNumel(raw.Tensor(p)) })
}

// DType is the type of the elements; ErrType where it is none of this package's, such as a complex one.
func (t *Tensor) DType() (DType, error) {
	return owned.Use(t.handle, func(p unsafe.Pointer) (DType, error) {
		out, err := raw.TensorGetDtype(raw.Tensor(p))
		return DType(out), err
	})
}

// Device is the device that the tensor is on.
func (t *Tensor) Device() (Device, error) {
	return owned.Use(t.handle, func(p unsafe.Pointer) (Device, error) {
		name, err := raw.String(func(out []byte) (int, error) { return raw.TensorGetDevice(out, raw.Tensor(p)) })
		return Device(name), err
	})
}

// Item is the value of a tensor of exactly one element, whatever its dtype and device.
func (t *Tensor) Item() (float64, error) {
	return owned.Use(t.handle, func(p unsafe.Pointer) (float64, error) { return raw.TensorGetItemDouble(raw.Tensor(p)) })
}

// ItemInt64 is the value of an integer or bool tensor of exactly one element, exact where a float64 is not.
func (t *Tensor) ItemInt64() (int64, error) {
	return owned.Use(t.handle, func(p unsafe.Pointer) (int64, error) { return raw.TensorGetItemInt64(raw.Tensor(p)) })
}

// Format is the tensor as text, as C++ prints it.
func (t *Tensor) Format() (string, error) {
	return owned.Use(t.handle, func(p unsafe.Pointer) (string, error) {
		return raw.String(func(out []byte) (int, error) { return raw.TensorFormat(out, raw.Tensor(p)) })
	})
}

// String is Format, or the error that it gives, for fmt.
func (t *Tensor) String() string {
	if t == nil {
		return "<nil>"
	}
	text, err := t.Format()
	if err != nil {
		return "<" + err.Error() + ">"
	}
	return text
}

// DataPtr is the address of the first element, on the tensor's own device; valid until the tensor is closed. Read it with
// Strides in mind. It is nil where there are no elements.
func (t *Tensor) DataPtr() (unsafe.Pointer, error) {
	return owned.Use(t.handle, func(p unsafe.Pointer) (unsafe.Pointer, error) { return raw.TensorGetDataPtr(raw.Tensor(p)) })
}

// AtTensor is the address of the at::Tensor behind, for bindings that use the same LibTorch; valid until t is closed.
func (t *Tensor) AtTensor() (unsafe.Pointer, error) {
	return owned.Use(t.handle, func(p unsafe.Pointer) (unsafe.Pointer, error) { return raw.TensorGetTorch(raw.Tensor(p)) })
}

// FromAtTensor creates a handle to a tensor that another binding made in this process with the same LibTorch, by the address
// of its at::Tensor.
func FromAtTensor(atTensor unsafe.Pointer) (*Tensor, error) {
	return newTensor(raw.TensorFromTorch(atTensor))
}

// ---- copies and views

func (t *Tensor) derive(call func(raw.Tensor) (raw.Tensor, error)) (*Tensor, error) {
	return owned.Use(t.handle, func(p unsafe.Pointer) (*Tensor, error) { return newTensor(call(raw.Tensor(p))) })
}

// To is the tensor in another dtype, or another handle to the same tensor where it has that dtype already.
func (t *Tensor) To(dtype DType) (*Tensor, error) {
	return t.derive(func(p raw.Tensor) (raw.Tensor, error) { return raw.TensorToDtype(p, raw.Dtype(dtype)) })
}

// ToDevice is the tensor on another device, or another handle to the same tensor where it is there already.
func (t *Tensor) ToDevice(device Device) (*Tensor, error) {
	var h holding
	name := h.device(device)
	if h.err != nil {
		return nil, h.err
	}
	return t.derive(func(p raw.Tensor) (raw.Tensor, error) { return raw.TensorToDevice(p, name) })
}

// Clone is a copy with memory of its own; gradients flow through it.
func (t *Tensor) Clone() (*Tensor, error) { return t.derive(raw.TensorClone) }

// Detach is a tensor over the same memory that no gradient flows through.
func (t *Tensor) Detach() (*Tensor, error) { return t.derive(raw.TensorDetach) }

// Share is another handle to the very same tensor, its gradient and its graph included.
func (t *Tensor) Share() (*Tensor, error) { return t.derive(raw.TensorShare) }

// CopyFrom copies the elements of source into the tensor, converting dtype and device and broadcasting.
func (t *Tensor) CopyFrom(source *Tensor) error {
	var h holding
	defer h.release()
	to, from := h.tensor(t), h.tensor(source)
	if h.err != nil {
		return h.err
	}
	return raw.TensorCopyFrom(to, from)
}

// ---- gradients

// SetRequiresGrad says whether gradients are to be gathered for this tensor.
func (t *Tensor) SetRequiresGrad(requires bool) error {
	return owned.Do(t.handle, func(p unsafe.Pointer) error {
		return raw.TensorSetRequiresGrad(raw.Tensor(p), truth(requires))
	})
}

// RequiresGrad says whether gradients are gathered for this tensor.
func (t *Tensor) RequiresGrad() (bool, error) {
	return owned.Use(t.handle, func(p unsafe.Pointer) (bool, error) { return isTrue(raw.TensorGetRequiresGrad(raw.Tensor(p))) })
}

// Grad is the tensor's gradient; nil, without an error, where there is none yet.
func (t *Tensor) Grad() (*Tensor, error) { return t.derive(raw.TensorGetGrad) }

// SetGrad sets the tensor's gradient; nil removes it, so that an optimizer passes the tensor over.
func (t *Tensor) SetGrad(gradient *Tensor) error {
	var h holding
	defer h.release()
	to, from := h.tensor(t), h.tensor(gradient)
	if h.err != nil {
		return h.err
	}
	return raw.TensorSetGrad(to, from)
}

// Backward adds the gradient of this tensor of one element, such as a loss, to every leaf that it depends on, and frees the
// graph.
func (t *Tensor) Backward() error { return t.BackwardFrom(nil, false) }

// BackwardFrom is Backward from a gradient with respect to the tensor, of its sizes; nil stands for 1. retainGraph keeps
// the graph for another call.
func (t *Tensor) BackwardFrom(gradient *Tensor, retainGraph bool) error {
	var h holding
	defer h.release()
	of, from := h.tensor(t), h.tensor(gradient)
	if h.err != nil {
		return h.err
	}
	return raw.TensorBackward(of, from, truth(retainGraph))
}

// Close frees the handle. The memory lives as long as anything else needs it. It never fails.
func (t *Tensor) Close() error {
	if t != nil {
		t.handle.Close()
	}
	return nil
}
