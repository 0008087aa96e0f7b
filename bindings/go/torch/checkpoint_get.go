//go:build torch

package torch

import (
	"unsafe"

	torchwarmup "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// get runs a call that reads what lies under a key.
func get[T any](c *Checkpoint, key string, read func(from raw.Checkpoint, key *byte) (T, error)) (T, error) {
	var h holding
	defer h.release()
	from, text := c.with(&h, key)
	if h.err != nil {
		var none T
		return none, h.err
	}
	return read(from, text)
}

// Keys are the keys, in the order in which they were put.
func (c *Checkpoint) Keys() ([]string, error) {
	return owned.Use(c.handle, func(p unsafe.Pointer) ([]string, error) {
		count, err := raw.CheckpointGetKeyCount(raw.Checkpoint(p))
		if err != nil {
			return nil, err
		}
		return names(count, func(out []byte, i int) (int, error) { return raw.CheckpointGetKey(out, raw.Checkpoint(p), i) })
	})
}

// Has says whether there is a value under a key.
func (c *Checkpoint) Has(key string) (bool, error) {
	return get(c, key, func(from raw.Checkpoint, key *byte) (bool, error) { return isTrue(raw.CheckpointHas(from, key)) })
}

// Kind is what lies under a key.
func (c *Checkpoint) Kind(key string) (Kind, error) {
	return get(c, key, func(from raw.Checkpoint, key *byte) (Kind, error) {
		kind, err := raw.CheckpointGetKind(from, key)
		return Kind(kind), err
	})
}

// Tensor is a tensor of the CPU with the elements of one in the checkpoint.
func (c *Checkpoint) Tensor(key string) (*Tensor, error) {
	return get(c, key, func(from raw.Checkpoint, key *byte) (*Tensor, error) {
		return newTensor(raw.CheckpointGetTensor(from, key))
	})
}

// CopyTensor copies the elements of a tensor in the checkpoint into one of the same sizes and dtype.
func (c *Checkpoint) CopyTensor(tensor *Tensor, key string) error {
	return c.put(key, func(h *holding, from raw.Checkpoint, key *byte) error {
		return raw.CheckpointCopyTensor(h.tensor(tensor), from, key)
	})
}

// Int64 is an integer, or 0 or 1 for Python's False and True.
func (c *Checkpoint) Int64(key string) (int64, error) { return get(c, key, raw.CheckpointGetInt64) }

// Float64 is a number; of integers, those that a float64 holds exactly.
func (c *Checkpoint) Float64(key string) (float64, error) {
	return get(c, key, raw.CheckpointGetDouble)
}

// Text is a string.
func (c *Checkpoint) Text(key string) (string, error) {
	return get(c, key, func(from raw.Checkpoint, key *byte) (string, error) {
		return raw.String(func(out []byte) (int, error) { return raw.CheckpointGetString(out, from, key) })
	})
}

// Value is what lies under a key, of any kind.
func (c *Checkpoint) Value(key string) (*Value, error) {
	return get(c, key, func(from raw.Checkpoint, key *byte) (*Value, error) {
		return newValue(raw.CheckpointGetValue(from, key))
	})
}

// RestoreModule copies a state_dict into a module's parameters and buffers. strict asks that the names be those of the
// module; without it those that one of them lacks are passed over.
func (c *Checkpoint) RestoreModule(module *Module, key string, strict bool) error {
	return c.put(key, func(h *holding, from raw.Checkpoint, key *byte) error {
		return raw.CheckpointRestoreModule(h.module(module), from, key, truth(strict))
	})
}

// RestoreOptimizer loads a state_dict into an optimizer.
func (c *Checkpoint) RestoreOptimizer(optimizer *Optimizer, key string) error {
	return c.put(key, func(h *holding, from raw.Checkpoint, key *byte) error {
		return raw.CheckpointRestoreOptimizer(raw.Optimizer(h.bound(optimizer.Optimizer)), from, key)
	})
}

// RestoreLRScheduler loads a state_dict into a schedule, and sets the optimizer's rates to those that it last computed.
func (c *Checkpoint) RestoreLRScheduler(scheduler *torchwarmup.LRScheduler, key string) error {
	return c.put(key, func(h *holding, from raw.Checkpoint, key *byte) error {
		return raw.CheckpointRestoreLrScheduler(raw.LrScheduler(h.bound(scheduler)), from, key)
	})
}

// RestoreWarmup loads a state_dict into a warmup, and sets the optimizer's rates as dampened for its step.
func (c *Checkpoint) RestoreWarmup(warmup *torchwarmup.Warmup, key string) error {
	return c.put(key, func(h *holding, from raw.Checkpoint, key *byte) error {
		return raw.CheckpointRestoreWarmup(raw.Warmup(h.bound(warmup)), from, key)
	})
}

// RestoreRNGState puts the default random number generators into the state that lies under a key.
func (c *Checkpoint) RestoreRNGState(key string) error {
	return c.put(key, func(_ *holding, from raw.Checkpoint, key *byte) error {
		return raw.CheckpointRestoreRngState(from, key)
	})
}

// RestoreGenerator puts a generator into the state that lies under a key.
func (c *Checkpoint) RestoreGenerator(generator *Generator, key string) error {
	return c.put(key, func(h *holding, from raw.Checkpoint, key *byte) error {
		return raw.CheckpointRestoreGenerator(h.generator(generator), from, key)
	})
}

// ModuleDifferences are the names in which a module and a state_dict differ.
type ModuleDifferences struct {
	Missing    []string // of the module's alone
	Unexpected []string // of the state_dict's alone
	Mismatched []string // of other sizes here and there, or no tensor
}

// CompareModule finds the names in which a module and a state_dict differ. It changes neither.
func (c *Checkpoint) CompareModule(module *Module, key string) (out ModuleDifferences, err error) {
	err = c.put(key, func(h *holding, from raw.Checkpoint, key *byte) error {
		differences, err := raw.CheckpointCompareModule(h.module(module), from, key)
		if err != nil {
			return err
		}
		defer raw.ModuleDifferencesFree(differences)
		for i, to := range []*[]string{&out.Missing, &out.Unexpected, &out.Mismatched} {
			which := raw.Difference(i)
			count, err := raw.ModuleDifferencesGetCount(differences, which)
			if err != nil {
				return err
			}
			if *to, err = names(count, func(buffer []byte, i int) (int, error) {
				return raw.ModuleDifferencesGetName(buffer, differences, which, i)
			}); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}
