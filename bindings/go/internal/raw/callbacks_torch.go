//go:build torch

package raw

// #include "callbacks.h"
import "C"

import (
	"runtime/cgo"
	"unsafe"
)

// ForwardFunction computes a module's result. The inputs are borrowed; the result becomes the caller's.
type ForwardFunction func(inputs []Tensor) (Tensor, error)

// CallForward is a function of C that calls a ForwardFunction.
var CallForward = Function(C.twgo_call_forward)

//export twgoForward
func twgoForward(out **C.tw_tensor, module *C.tw_module, inputs **C.tw_tensor, count C.size_t, context C.uintptr_t) C.tw_status {
	return guarded(func() error {
		result, err := cgo.Handle(context).Value().(ForwardFunction)(unsafe.Slice((*Tensor)(unsafe.Pointer(inputs)), int(count)))
		*out = result
		return err
	})
}
