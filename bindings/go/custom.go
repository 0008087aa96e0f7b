package torchwarmup

import (
	"runtime/cgo"
	"unsafe"

	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// CustomOptimizer is an optimizer of the caller's own, of which warmups and schedules read and set the groups' numbers.
//
// The methods are called by whichever goroutine uses the optimizer or what is bound to it, one at a time. An error that
// they return is wrapped in that of the call that met it. One that also has a method ClassName() string gives its class by
// it, for messages and state dicts.
type CustomOptimizer interface {
	// GroupCount is the number of parameter groups.
	GroupCount() (int, error)
	// Get puts one number a group into values, or is ErrNotFound where the optimizer has no such option. values is valid
	// during the call only. A number that is left unset is refused.
	Get(values []float64, option Option) error
	// Set sets one number a group, of all groups or none; or is ErrNotFound. values is valid during the call only.
	Set(values []float64, option Option) error
}

// adapter calls a CustomOptimizer for the raw layer.
type adapter struct{ of CustomOptimizer }

func (a adapter) GroupCount() (int, error) { return a.of.GroupCount() }
func (a adapter) Get(values []float64, option raw.Option) error {
	return a.of.Get(values, Option(option))
}
func (a adapter) Set(values []float64, option raw.Option) error {
	return a.of.Set(values, Option(option))
}

// NewCustomOptimizer creates an optimizer out of the caller's. It is kept until nothing bound to it is left.
func NewCustomOptimizer(custom CustomOptimizer) (*Optimizer, error) {
	if custom == nil {
		return nil, failed(ErrArgument, "custom is nil")
	}
	var memory raw.Memory
	defer memory.Free()
	functions := raw.OptimizerInterface{
		GroupCount: raw.CallGroupCount,
		Get:        raw.CallGet,
		Set:        raw.CallSet,
		Release:    raw.CallRelease,
	}
	functions.StructSize = unsafe.Sizeof(functions)
	if named, is := custom.(interface{ ClassName() string }); is {
		name, err := raw.Text(named.ClassName())
		if err != nil {
			return nil, err
		}
		functions.ClassName = raw.Copy(&memory, unsafe.Slice(name, len(named.ClassName())+1))
	}
	context := cgo.NewHandle(raw.OptimizerFunctions(adapter{custom})) // C releases it, also where this fails
	pointer, err := raw.OptimizerCustom(&functions, uintptr(context))
	if err != nil {
		return nil, err
	}
	return newOptimizer(pointer), nil
}
