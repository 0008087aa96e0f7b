package torchwarmup

import (
	"unsafe"

	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// Option is a number that a parameter group has.
type Option int32

// The numbers of a parameter group.
const (
	OptionLR                      = Option(raw.OptionLr)                      // the learning rate
	OptionBeta1                   = Option(raw.OptionBeta1)                   // decay of the average of gradients, in [0, 1)
	OptionBeta2                   = Option(raw.OptionBeta2)                   // decay of the average of their squares, in [0, 1)
	OptionMomentum                = Option(raw.OptionMomentum)                // SGD's and RMSprop's momentum
	OptionWeightDecay             = Option(raw.OptionWeightDecay)             // weight decay
	OptionEps                     = Option(raw.OptionEps)                     // added to a denominator
	OptionAlpha                   = Option(raw.OptionAlpha)                   // RMSprop's decay of the average of squares
	OptionDampening               = Option(raw.OptionDampening)               // of SGD's momentum
	OptionLRDecay                 = Option(raw.OptionLrDecay)                 // of Adagrad
	OptionInitialAccumulatorValue = Option(raw.OptionInitialAccumulatorValue) // of Adagrad
	OptionAmsgrad                 = Option(raw.OptionAmsgrad)                 // of Adam and AdamW, 0 or 1
	OptionCentered                = Option(raw.OptionCentered)                // of RMSprop, 0 or 1
	OptionNesterov                = Option(raw.OptionNesterov)                // of SGD, 0 or 1
)

// String is the option's name in PyTorch, such as "weight_decay".
func (o Option) String() string { return raw.OptionName(raw.Option(o)) }

// Optimizer is what warmups and schedules know of an optimizer: its parameter groups and their numbers. Groups are counted
// from 0.
type Optimizer struct{ handle *owned.Handle }

// AnyOptimizer is what schedules and warmups bind to: an *Optimizer, or a structure with one embedded, as those of the
// package torch are.
type AnyOptimizer interface{ optimizer() *Optimizer }

func (o *Optimizer) optimizer() *Optimizer { return o }

func newOptimizer(pointer raw.Optimizer) *Optimizer {
	out := &Optimizer{}
	out.handle = owned.New(out, unsafe.Pointer(pointer), func(p unsafe.Pointer) { raw.OptimizerFree(raw.Optimizer(p)) })
	return out
}

// bind runs a constructor on an optimizer.
func bind[T any](to AnyOptimizer, construct func(raw.Optimizer) (T, error)) (T, error) {
	var none T
	if to == nil {
		return none, failed(ErrArgument, "optimizer is nil")
	}
	optimizer := to.optimizer()
	if optimizer == nil {
		return none, failed(ErrArgument, "optimizer is nil")
	}
	return owned.Use(optimizer.handle, func(p unsafe.Pointer) (T, error) { return construct(raw.Optimizer(p)) })
}

// NewRates creates an optimizer that only holds numbers: a shadow for one that cannot be reached. After each step read the
// rates from it and hand them to the optimizer itself.
//
// lrs has a rate for each group; betas, beta1 and beta2 of each group, or is nil.
func NewRates(lrs []float64, betas [][2]float64) (*Optimizer, error) {
	if len(lrs) == 0 {
		return nil, failed(ErrRange, "there are 0 rates; there must be at least 1")
	}
	if betas != nil && len(betas) != len(lrs) {
		return nil, failed(ErrArgument, "there are %d rates and %d pairs of betas", len(lrs), len(betas))
	}
	var first *float64
	if len(betas) > 0 {
		first = &betas[0][0]
	}
	pointer, err := raw.OptimizerRates(&lrs[0], first, len(lrs))
	if err != nil {
		return nil, err
	}
	return newOptimizer(pointer), nil
}

// GroupCount is the number of parameter groups.
func (o *Optimizer) GroupCount() (int, error) {
	return owned.Use(o.handle, func(p unsafe.Pointer) (int, error) { return raw.OptimizerGetGroupCount(raw.Optimizer(p)) })
}

// ClassName is the optimizer's class, such as "AdamW".
func (o *Optimizer) ClassName() (string, error) {
	return owned.Use(o.handle, func(p unsafe.Pointer) (string, error) {
		return raw.String(func(out []byte) (int, error) { return raw.OptimizerGetClassName(out, raw.Optimizer(p)) })
	})
}

// LR is the learning rate of a group, as it is: a warmup's factor included.
func (o *Optimizer) LR(group int) (float64, error) {
	if err := index(group); err != nil {
		return 0, err
	}
	return owned.Use(o.handle, func(p unsafe.Pointer) (float64, error) { return raw.OptimizerGetLr(raw.Optimizer(p), group) })
}

// SetLR sets the learning rate of a group: finite and not negative.
func (o *Optimizer) SetLR(group int, lr float64) error {
	if err := index(group); err != nil {
		return err
	}
	return owned.Do(o.handle, func(p unsafe.Pointer) error { return raw.OptimizerSetLr(raw.Optimizer(p), group, lr) })
}

// LRs are the learning rates of all groups.
func (o *Optimizer) LRs() ([]float64, error) {
	return numbers(o.handle, func(p unsafe.Pointer, out []float64) (int, error) {
		return raw.OptimizerGetLrs(out, raw.Optimizer(p))
	})
}

// ReadLRs puts the learning rates of all groups into out, and gives their number: LRs without new memory. Where out is too
// short it is ErrCapacity, and nothing is put.
func (o *Optimizer) ReadLRs(out []float64) (int, error) {
	return owned.Use(o.handle, func(p unsafe.Pointer) (int, error) { return raw.OptimizerGetLrs(out, raw.Optimizer(p)) })
}

// Option is a number of a group; ErrNotFound where the optimizer has no such number.
func (o *Optimizer) Option(group int, option Option) (float64, error) {
	if err := index(group); err != nil {
		return 0, err
	}
	return owned.Use(o.handle, func(p unsafe.Pointer) (float64, error) {
		return raw.OptimizerGetOption(raw.Optimizer(p), group, raw.Option(option))
	})
}

// SetOption sets a number of a group.
func (o *Optimizer) SetOption(group int, option Option, value float64) error {
	if err := index(group); err != nil {
		return err
	}
	return owned.Do(o.handle, func(p unsafe.Pointer) error {
		return raw.OptimizerSetOption(raw.Optimizer(p), group, raw.Option(option), value)
	})
}

// Detach lets go of the optimizer behind, for an owner who is about to destroy it: nothing of it is touched from now on.
// What is bound can still be closed; most other calls of theirs are ErrState.
func (o *Optimizer) Detach() error {
	return owned.Do(o.handle, func(p unsafe.Pointer) error { return raw.OptimizerDetach(raw.Optimizer(p)) })
}

// Close frees the handle. What is bound to the optimizer keeps it alive. It never fails.
func (o *Optimizer) Close() error {
	o.handle.Close()
	return nil
}
