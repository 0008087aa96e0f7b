//go:build !go1.24

package owned

import "runtime"

func onCollection[T any](object *T, handle *Handle) {
	runtime.SetFinalizer(object, func(*T) { handle.Close() })
}
