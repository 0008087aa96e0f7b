package raw

// #include <stdlib.h>
// #include <string.h>
import "C"

import (
	"strings"
	"unsafe"
)

// Function is a pointer to a function of C.
type Function = *[0]byte

// first is the address of a slice's first element, nil of an empty one.
func first[T any](slice []T) *T {
	if len(slice) == 0 {
		return nil
	}
	return &slice[0]
}

// Text is a string as C reads it: with a 0 at its end. A 0 before that would cut it off, so it is an error.
func Text(text string) (*byte, error) {
	if at := strings.IndexByte(text, 0); at >= 0 {
		return nil, NewError(ErrorArgument, "a string of "+text[:at]+"... has a 0 inside", nil)
	}
	bytes := make([]byte, len(text)+1)
	copy(bytes, text)
	return &bytes[0], nil
}

// String is what a call gives that writes text into a buffer, of whatever length.
func String(call func(out []byte) (int, error)) (string, error) {
	buffer := make([]byte, 128)
	for {
		needed, err := call(buffer)
		if needed > len(buffer) {
			buffer = make([]byte, needed)
			continue
		}
		if err != nil {
			return "", err
		}
		return string(buffer[:needed-1]), nil
	}
}

// Numbers is what a call gives that writes numbers into a buffer.
func Numbers[T any](call func(out []T) (int, error)) ([]T, error) {
	needed, err := call(nil)
	if err != nil {
		return nil, err
	}
	out := make([]T, needed)
	if needed, err = call(out); err != nil {
		return nil, err
	}
	return out[:needed], nil
}

// Memory is C's, for what structures point at: Go's own they must not point at.
type Memory struct{ blocks []unsafe.Pointer }

// Copy puts a slice of plain numbers, or of pointers of C's, into memory of C's; nil where it is empty.
func Copy[T any](m *Memory, slice []T) *T {
	if len(slice) == 0 {
		return nil
	}
	size := uintptr(len(slice)) * unsafe.Sizeof(slice[0])
	block := C.malloc(C.size_t(size))
	m.blocks = append(m.blocks, block)
	copy(unsafe.Slice((*T)(block), len(slice)), slice)
	return (*T)(block)
}

// Free gives all of it back.
func (m *Memory) Free() {
	for _, block := range m.blocks {
		C.free(block)
	}
	m.blocks = nil
}
