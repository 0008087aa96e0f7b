package raw

// #include <stdlib.h>
// #include "callbacks.h"
import "C"

import (
	"runtime/cgo"
	"unsafe"
)

// LrFunction computes a number of an epoch and a group.
type LrFunction func(epoch float64, group int) (float64, error)

// FactorFunction computes a warmup's factor.
type FactorFunction func(step int64, group int) (float64, error)

// OptimizerFunctions reach an optimizer of Go's.
type OptimizerFunctions interface {
	GroupCount() (int, error)
	Get(values []float64, option Option) error
	Set(values []float64, option Option) error
}

// The functions of C that call what a cgo.Handle, their context, stands for: an LrFunction, a FactorFunction,
// OptimizerFunctions. CallRelease deletes the handle, CallFunction runs a func() and then deletes it.
var (
	CallLrFunction = Function(C.twgo_call_lr_function)
	CallFactor     = Function(C.twgo_call_factor)
	CallGroupCount = Function(C.twgo_call_group_count)
	CallGet        = Function(C.twgo_call_get)
	CallSet        = Function(C.twgo_call_set)
	CallRelease    = Function(C.twgo_call_release)
	CallFunction   = Function(C.twgo_call_function)
)

// guarded runs a callback of the user's: nothing but a status leaves it.
func guarded(run func() error) (status C.tw_status) {
	returned := false
	defer func() {
		if !returned {
			status = leave(panicked{recover()}, ErrorCallback, "a callback panicked")
		}
	}()
	err := run()
	returned = true
	if err == nil {
		return C.TW_OK
	}
	return leave(err, StatusOf(err), err.Error())
}

// leave puts down why a callback failed, for the call that ran it.
func leave(cause interface{}, status Status, message string) C.tw_status {
	text := C.CString(message)
	defer C.free(unsafe.Pointer(text))
	C.twgo_leave(C.uintptr_t(cgo.NewHandle(cause)), text)
	return C.tw_status(status)
}

//export twgoForget
func twgoForget(handle C.uintptr_t) { cgo.Handle(handle).Delete() }

//export twgoRun
func twgoRun(handle C.uintptr_t) {
	run := cgo.Handle(handle).Value().(func())
	cgo.Handle(handle).Delete()
	run()
}

//export twgoLrFunction
func twgoLrFunction(out *C.double, epoch C.double, group C.size_t, context C.uintptr_t) C.tw_status {
	return guarded(func() error {
		value, err := cgo.Handle(context).Value().(LrFunction)(float64(epoch), int(group))
		*out = C.double(value)
		return err
	})
}

//export twgoFactor
func twgoFactor(out *C.double, step C.int64_t, group C.size_t, context C.uintptr_t) C.tw_status {
	return guarded(func() error {
		value, err := cgo.Handle(context).Value().(FactorFunction)(int64(step), int(group))
		*out = C.double(value)
		return err
	})
}

//export twgoGroupCount
func twgoGroupCount(out *C.size_t, context C.uintptr_t) C.tw_status {
	return guarded(func() error {
		count, err := cgo.Handle(context).Value().(OptimizerFunctions).GroupCount()
		if count < 0 {
			count = 0
		}
		*out = C.size_t(count)
		return err
	})
}

//export twgoGet
func twgoGet(out *C.double, count C.size_t, option C.tw_option, context C.uintptr_t) C.tw_status {
	return guarded(func() error {
		return cgo.Handle(context).Value().(OptimizerFunctions).Get(borrowed(out, count), Option(option))
	})
}

//export twgoSet
func twgoSet(values *C.double, count C.size_t, option C.tw_option, context C.uintptr_t) C.tw_status {
	return guarded(func() error {
		return cgo.Handle(context).Value().(OptimizerFunctions).Set(borrowed(values, count), Option(option))
	})
}

// borrowed is C's memory as a slice, for as long as the callback runs.
func borrowed(values *C.double, count C.size_t) []float64 {
	return unsafe.Slice((*float64)(unsafe.Pointer(values)), int(count))
}
