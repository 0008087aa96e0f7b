package raw

// #include <stdlib.h>
// #include "failure.h"
import "C"

import (
	"runtime/cgo"
	"unsafe"
)

// NewError makes the error of a failed call. cause is what a callback of Go's returned within it, or nil. The package
// above sets it, since the type of errors is its own.
var NewError func(status Status, message string, cause error) error

// StatusOf is the status that a call fails with whose callback returned an error; set likewise.
var StatusOf func(err error) Status

// panicked is what a callback left that did not return.
type panicked struct{ value interface{} }

func failed(f C.twgo_failure) error {
	if f.status == C.TW_OK && f.cause == 0 {
		return nil
	}
	return failureOf(f)
}

func failureOf(f C.twgo_failure) error {
	message := C.GoString(f.message)
	C.free(unsafe.Pointer(f.message))
	var cause error
	if f.cause != 0 {
		handle := cgo.Handle(f.cause)
		left := handle.Value()
		handle.Delete()
		if from, is := left.(panicked); is {
			panic(from.value)
		}
		cause, _ = left.(error)
	}
	if f.status == C.TW_OK { // C went on in spite of what the callback returned
		return nil
	}
	return NewError(Status(f.status), message, cause)
}
