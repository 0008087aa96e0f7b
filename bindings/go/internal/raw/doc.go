// Package raw is the C interface of torch_warmup as Go can call it: a function for each of the headers', generated.
//
// Handles are pointers, enumerations are numbers, structures have the layout of C's. A function that can fail returns an
// error made by NewError, with the message of its own failure, whichever thread the goroutine goes on with. Where a
// callback of Go's panicked, the function panics with the same value once C has returned.
package raw
