// Package torchwarmup warms up and schedules learning rates: PyTorch's schedules and pytorch_warmup's warmups, equal to
// theirs to the last bit, for any optimizer.
//
// The package compiles a C core of its own and needs nothing but a C compiler. It drives an optimizer of yours by a
// CustomOptimizer, or holds rates for one that it cannot reach (NewRates). With the build tag torch it links the installed
// libtorch_warmup instead, and its package torch trains networks with LibTorch.
//
// # A training loop
//
//	optimizer, err := torchwarmup.NewCustomOptimizer(mine)
//	scheduler, err := torchwarmup.NewCosineAnnealingLR(optimizer, steps)
//	warmup, err := torchwarmup.NewLinearWarmup(optimizer, 2000)      // after the scheduler
//	for step := 0; step < steps; step++ {
//		mine.Step()
//		err = warmup.Step(scheduler)
//	}
//
// # Options
//
// What Python has defaults for is set by functions on a structure that comes with these defaults:
//
//	scheduler, err := torchwarmup.NewLinearLR(optimizer, func(o *torchwarmup.LinearLROptions) {
//		o.StartFactor = 0.1
//	})
//
// # Errors
//
// An error of the library is an *Error with the library's message, which names the value that was wrong. errors.Is
// compares it with a Status, such as ErrRange, and finds the error that a callback of yours returned. A call that fails
// has changed nothing.
//
// # Lifetime
//
// Close gives an object's memory back at once; what is never closed the garbage collector closes. Objects may be closed in
// any order, twice, and from any goroutine: what others need stays alive, a call that is running ends first, and calls
// that come later fail with ErrClosed. A closure that you hand over is kept until nothing can call it any more; one that
// refers to the object it is part of keeps that object alive until you close it.
//
// # Goroutines
//
// An optimizer and all that is bound to it may be used from any goroutine; one call at a time goes on. From within a
// callback, reads give what was there before the running call, and calls that would change the same optimizer fail with
// ErrState.
//
// A panic in a callback does not pass through C: the call that ran it gives up, and then panics with the same value. A
// callback must not end its goroutine by runtime.Goexit, as t.FailNow does.
package torchwarmup
