//go:build torch

package torch

import (
	"runtime/cgo"
	"unsafe"

	torchwarmup "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// Element is a type of Go's that a tensor's elements can be.
type Element interface {
	uint8 | int8 | int16 | int32 | int64 | float32 | float64 | bool
}

// DTypeOf is the DType of a type of Go's.
func DTypeOf[T Element]() DType {
	var zero T
	switch interface{}(zero).(type) {
	case uint8:
		return Uint8
	case int8:
		return Int8
	case int16:
		return Int16
	case int32:
		return Int32
	case int64:
		return Int64
	case float32:
		return Float32
	case float64:
		return Float64
	}
	return Bool
}

// FromSlice creates a tensor on the CPU from a copy of data, in row-major order. Without sizes it has one dimension.
func FromSlice[T Element](data []T, sizes ...int64) (*Tensor, error) {
	if len(sizes) == 0 {
		sizes = []int64{int64(len(data))}
	}
	var first unsafe.Pointer
	var zero T
	if len(data) > 0 {
		first = unsafe.Pointer(&data[0])
	}
	return newTensor(raw.TensorFromData(first, len(data)*int(unsafe.Sizeof(zero)), sizes, raw.Dtype(DTypeOf[T]())))
}

// Data is a copy of a tensor's elements in row-major order, whatever its strides and device. Where T is not the type of its
// elements it is ErrType.
func Data[T Element](t *Tensor) ([]T, error) {
	dtype, err := t.DType()
	if err != nil {
		return nil, err
	}
	if dtype != DTypeOf[T]() {
		return nil, refuse(torchwarmup.ErrType, "the tensor is of %v, not of %v", dtype, DTypeOf[T]())
	}
	numel, err := t.Numel()
	if err != nil || numel == 0 {
		return nil, err
	}
	out := make([]T, numel)
	bytes := unsafe.Slice((*byte)(unsafe.Pointer(&out[0])), numel*int(unsafe.Sizeof(out[0])))
	return out, owned.Do(t.handle, func(p unsafe.Pointer) error {
		_, err := raw.TensorCopyData(bytes, raw.Tensor(p))
		return err
	})
}

// FromMemory creates a tensor on the CPU over memory that is not Go's, without a copy: writes through either are seen by
// both. strides are in elements, nil for row-major order. release is called exactly once, when nothing uses the memory any
// more, from whatever goroutine that is, also where this call fails; it may be nil, and must not panic.
func FromMemory(data unsafe.Pointer, bytes int, dtype DType, sizes, strides []int64, release func()) (*Tensor, error) {
	if strides != nil && len(strides) != len(sizes) {
		if release != nil {
			release()
		}
		return nil, refuse(torchwarmup.ErrArgument, "there are %d sizes and %d strides", len(sizes), len(strides))
	}
	var first *int64
	if len(strides) > 0 {
		first = &strides[0]
	}
	if release == nil {
		return newTensor(raw.TensorFromBlob(data, bytes, sizes, first, raw.Dtype(dtype), 0, nil))
	}
	context := uintptr(cgo.NewHandle(release))
	return newTensor(raw.TensorFromBlob(data, bytes, sizes, first, raw.Dtype(dtype), context, raw.CallFunction))
}

// Empty creates a tensor on the CPU whose elements are not set. Tensor.ToDevice takes it elsewhere, as all of these.
func Empty(dtype DType, sizes ...int64) (*Tensor, error) {
	return newTensor(raw.TensorEmpty(sizes, raw.Dtype(dtype), nil))
}

// Zeros creates a tensor of zeros.
func Zeros(dtype DType, sizes ...int64) (*Tensor, error) {
	return newTensor(raw.TensorZeros(sizes, raw.Dtype(dtype), nil))
}

// Ones creates a tensor of ones.
func Ones(dtype DType, sizes ...int64) (*Tensor, error) {
	return newTensor(raw.TensorOnes(sizes, raw.Dtype(dtype), nil))
}

// Full creates a tensor with every element equal to value, converted to dtype.
func Full(value float64, dtype DType, sizes ...int64) (*Tensor, error) {
	return newTensor(raw.TensorFullDouble(sizes, value, raw.Dtype(dtype), nil))
}

// FullInt64 is Full of an integer, which an integer dtype holds exactly.
func FullInt64(value int64, dtype DType, sizes ...int64) (*Tensor, error) {
	return newTensor(raw.TensorFullInt64(sizes, value, raw.Dtype(dtype), nil))
}

// Arange creates a tensor of one dimension: start, start + step, ... up to but without end.
func Arange(start, end, step int64, dtype DType) (*Tensor, error) {
	return newTensor(raw.TensorArangeInt64(start, end, step, raw.Dtype(dtype), nil))
}

// ArangeFloat64 is Arange of numbers that need not be whole.
func ArangeFloat64(start, end, step float64, dtype DType) (*Tensor, error) {
	return newTensor(raw.TensorArangeDouble(start, end, step, raw.Dtype(dtype), nil))
}

// Rand creates a tensor of uniform random numbers from [0, 1), which come from generator, or, where it is nil, from the
// default one.
func Rand(generator *Generator, dtype DType, sizes ...int64) (*Tensor, error) {
	var h holding
	defer h.release()
	from := h.generator(generator)
	if h.err != nil {
		return nil, h.err
	}
	return newTensor(raw.TensorRand(sizes, raw.Dtype(dtype), nil, from))
}

// Randn creates a tensor of standard normal random numbers; otherwise as Rand.
func Randn(generator *Generator, dtype DType, sizes ...int64) (*Tensor, error) {
	var h holding
	defer h.release()
	from := h.generator(generator)
	if h.err != nil {
		return nil, h.err
	}
	return newTensor(raw.TensorRandn(sizes, raw.Dtype(dtype), nil, from))
}
