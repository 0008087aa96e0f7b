//go:build go1.24

package owned

import "runtime"

func onCollection[T any](object *T, handle *Handle) {
	runtime.AddCleanup(object, (*Handle).Close, handle)
}
