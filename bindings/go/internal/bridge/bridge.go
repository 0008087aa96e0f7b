// Package bridge lets the package torch make and use the objects of the package above, which keeps their insides to
// itself. That package sets all of it.
package bridge

import "unsafe"

var (
	// NewOptimizer makes a *torchwarmup.Optimizer that owns a handle.
	NewOptimizer func(pointer unsafe.Pointer) interface{}
	// Acquire is the handle of an optimizer, scheduler or warmup for a call, and what ends the call.
	Acquire func(object interface{}) (pointer unsafe.Pointer, release func(), err error)
)
