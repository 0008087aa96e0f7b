// Package torch trains networks with LibTorch: tensors, layers, losses, any operator by its name, optimizers, checkpoints.
// Its optimizers are what the schedules and warmups of the package above bind to.
//
// Build with -tags torch, and have libtorch_warmup installed where pkg-config finds torch_warmup; without that tag the
// package is empty.
//
// # A training step
//
//	scope := torch.NewScope()
//	defer scope.Close()
//	output := scope.Forward(network, images)
//	loss := scope.CrossEntropy(output, labels)
//	scope.Do(optimizer.ZeroGrad())
//	scope.Backward(loss)
//	scope.Do(optimizer.Step())
//	scope.Do(warmup.Step(scheduler))
//	return scope.Err()
//
// # Scopes
//
// Tensors hold memory that Go's collector does not see, so it is in no hurry to free them. A Scope owns what is made by it
// and frees it when it is closed. It also keeps the first error, after which all it makes is nil, so that an expression need
// not stop at each step. The functions of the package give each result and error by themselves.
//
// # Options
//
// Functions change a structure that comes with PyTorch's defaults:
//
//	conv, err := torch.NewConv2d(1, 20, [2]int64{5, 5}, func(o *torch.Conv2dOptions) { o.Stride = [2]int64{2, 2} })
//
// # Goroutines
//
// A tensor or a module, with all that shares its memory, belongs to one goroutine at a time. Whether gradients are recorded
// belongs to the thread: NoGrad holds it.
package torch
