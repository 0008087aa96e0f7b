//go:build torch

package torch

import (
	"unsafe"

	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// ToDLPack makes a DLManagedTensor (DLPack before 1.0) over the tensor's memory. Whoever takes it calls its deleter once.
func (t *Tensor) ToDLPack() (unsafe.Pointer, error) {
	return owned.Use(t.handle, func(p unsafe.Pointer) (unsafe.Pointer, error) { return raw.TensorToDlpack(raw.Tensor(p)) })
}

// ToDLPackVersioned makes a DLManagedTensorVersioned (DLPack 1.0) over the tensor's memory.
func (t *Tensor) ToDLPackVersioned() (unsafe.Pointer, error) {
	return owned.Use(t.handle, func(p unsafe.Pointer) (unsafe.Pointer, error) {
		return raw.TensorToDlpackVersioned(raw.Tensor(p))
	})
}

// FromDLPack creates a tensor over the memory of a DLManagedTensor, which it consumes; on failure that stays the caller's.
func FromDLPack(managed unsafe.Pointer) (*Tensor, error) {
	return newTensor(raw.TensorFromDlpack(managed))
}

// FromDLPackVersioned is FromDLPack of a DLManagedTensorVersioned.
func FromDLPackVersioned(managed unsafe.Pointer) (*Tensor, error) {
	return newTensor(raw.TensorFromDlpackVersioned(managed))
}
