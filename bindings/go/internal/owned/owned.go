// Package owned holds handles of C's for objects of Go's: closed once, never while a call uses them, and by the garbage
// collector where nobody closed them.
package owned

import (
	"errors"
	"sync/atomic"
	"unsafe"
)

// Handle is a pointer of C's with the number of calls that use it. It is a thing of its own, beside the object that it
// belongs to, so that it lives on in a call whose object has been collected.
type Handle struct {
	state   atomic.Int64 // twice the number of calls, and 1 once closed
	pointer unsafe.Pointer
	free    func(unsafe.Pointer)
}

const (
	closed  = 1
	oneCall = 2
)

// ErrClosed is the error of a call on what has been closed.
var ErrClosed = errors.New("torchwarmup: the object has been closed")

var alive atomic.Int64

// Alive is the number of handles that have not been freed, for tests.
func Alive() int64 { return alive.Load() }

// New owns pointer for object: free is called once, by Close or after the collector has found object unreachable.
func New[T any](object *T, pointer unsafe.Pointer, free func(unsafe.Pointer)) *Handle {
	handle := &Handle{pointer: pointer, free: free}
	alive.Add(1)
	onCollection(object, handle)
	return handle
}

// Acquire is the pointer for a call, which Release ends; nil where it is closed, and then there is nothing to end.
func (h *Handle) Acquire() unsafe.Pointer {
	for {
		state := h.state.Load()
		if state&closed != 0 {
			return nil
		}
		if h.state.CompareAndSwap(state, state+oneCall) {
			return h.pointer
		}
	}
}

// Release ends a call. The last one of a handle that was closed meanwhile frees it.
func (h *Handle) Release() {
	if h.state.Add(-oneCall) == closed {
		h.end()
	}
}

// Close frees the handle once no call uses it. A second time it does nothing.
func (h *Handle) Close() {
	for {
		state := h.state.Load()
		if state&closed != 0 {
			return
		}
		if h.state.CompareAndSwap(state, state|closed) {
			if state == 0 {
				h.end()
			}
			return
		}
	}
}

func (h *Handle) end() {
	h.free(h.pointer)
	alive.Add(-1)
}

// Use runs a call with the pointer, which stays open meanwhile.
func Use[T any](h *Handle, call func(pointer unsafe.Pointer) (T, error)) (T, error) {
	pointer := h.Acquire()
	if pointer == nil {
		var none T
		return none, ErrClosed
	}
	defer h.Release()
	return call(pointer)
}

// Do is Use for a call without a result.
func Do(h *Handle, call func(pointer unsafe.Pointer) error) error {
	pointer := h.Acquire()
	if pointer == nil {
		return ErrClosed
	}
	defer h.Release()
	return call(pointer)
}
