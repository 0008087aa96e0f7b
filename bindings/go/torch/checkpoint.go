//go:build torch

package torch

import (
	"unsafe"

	torchwarmup "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// Checkpoint is a dict of names and values in one file, which Python's torch.load(weights_only=True) reads.
//
// What is put are the tensors themselves; Clone makes a snapshot that training does not change. Where a method reads a key,
// "" stands for all that the checkpoint holds.
type Checkpoint struct{ handle *owned.Handle }

func newCheckpoint(pointer raw.Checkpoint, err error) (*Checkpoint, error) {
	if err != nil {
		return nil, err
	}
	out := &Checkpoint{}
	out.handle = owned.New(out, unsafe.Pointer(pointer), func(p unsafe.Pointer) { raw.CheckpointFree(raw.Checkpoint(p)) })
	return out, nil
}

// NewCheckpoint is an empty checkpoint.
func NewCheckpoint() (*Checkpoint, error) { return newCheckpoint(raw.CheckpointCreate()) }

// LoadCheckpoint loads a file that Save, Python's torch.save or C++'s torch::pickle_save wrote. Nothing in it is ever run.
func LoadCheckpoint(path string) (*Checkpoint, error) { return loaded(path, raw.CheckpointLoad) }

// LoadSafetensors loads a safetensors file.
func LoadSafetensors(path string) (*Checkpoint, error) {
	return loaded(path, raw.CheckpointLoadSafetensors)
}

func loaded(path string, load func(*byte) (raw.Checkpoint, error)) (*Checkpoint, error) {
	text, err := raw.Text(path)
	if err != nil {
		return nil, err
	}
	return newCheckpoint(load(text))
}

// CheckpointFromValue is a checkpoint of what a value holds. prefix takes of a dict the entries whose keys begin with it,
// and takes it off; "" takes all, as it is.
func CheckpointFromValue(value *Value, prefix string) (*Checkpoint, error) {
	var h holding
	defer h.release()
	of, text := h.value(value), h.key(prefix)
	if h.err != nil {
		return nil, h.err
	}
	return newCheckpoint(raw.CheckpointFromValue(of, text))
}

// with runs a call with the checkpoint and a key.
func (c *Checkpoint) with(h *holding, key string) (raw.Checkpoint, *byte) {
	return raw.Checkpoint(h.hold(c.handle)), h.key(key)
}

// Clone is a snapshot: a checkpoint of its own with a copy of all.
func (c *Checkpoint) Clone() (*Checkpoint, error) {
	return owned.Use(c.handle, func(p unsafe.Pointer) (*Checkpoint, error) {
		return newCheckpoint(raw.CheckpointClone(raw.Checkpoint(p)))
	})
}

// Save saves the checkpoint: afterwards the file is either the new one, whole and on the disk, or what it was before.
func (c *Checkpoint) Save(path string) error { return c.save(path, raw.CheckpointSave) }

// SaveSafetensors saves the tensors as a safetensors file.
func (c *Checkpoint) SaveSafetensors(path string) error {
	return c.save(path, raw.CheckpointSaveSafetensors)
}

func (c *Checkpoint) save(path string, save func(raw.Checkpoint, *byte) error) error {
	var h holding
	defer h.release()
	checkpoint, text := raw.Checkpoint(h.hold(c.handle)), h.text(path)
	if h.err != nil {
		return h.err
	}
	return save(checkpoint, text)
}

// Close frees the handle. It never fails.
func (c *Checkpoint) Close() error {
	c.handle.Close()
	return nil
}

// ---- putting values in

// PutTensor puts a tensor under a key.
func (c *Checkpoint) PutTensor(key string, tensor *Tensor) error {
	return c.put(key, func(h *holding, to raw.Checkpoint, key *byte) error {
		return raw.CheckpointPutTensor(to, key, h.tensor(tensor))
	})
}

func (c *Checkpoint) put(key string, put func(h *holding, to raw.Checkpoint, key *byte) error) error {
	var h holding
	defer h.release()
	to, text := c.with(&h, key)
	if h.err != nil {
		return h.err
	}
	err := put(&h, to, text)
	if h.err != nil {
		return h.err
	}
	return err
}

// PutModule puts a module's state_dict under a key. "" puts each parameter and buffer under its own name, which makes a bare
// state_dict of the checkpoint.
func (c *Checkpoint) PutModule(key string, module *Module) error {
	return c.put(key, func(h *holding, to raw.Checkpoint, key *byte) error {
		return raw.CheckpointPutModule(to, key, h.module(module))
	})
}

// PutOptimizer puts an optimizer's state_dict under a key.
func (c *Checkpoint) PutOptimizer(key string, optimizer *Optimizer) error {
	return c.put(key, func(h *holding, to raw.Checkpoint, key *byte) error {
		return raw.CheckpointPutOptimizer(to, key, raw.Optimizer(h.bound(optimizer.Optimizer)))
	})
}

// PutLRScheduler puts a schedule's state_dict under a key.
func (c *Checkpoint) PutLRScheduler(key string, scheduler *torchwarmup.LRScheduler) error {
	return c.put(key, func(h *holding, to raw.Checkpoint, key *byte) error {
		return raw.CheckpointPutLrScheduler(to, key, raw.LrScheduler(h.bound(scheduler)))
	})
}

// PutWarmup puts a warmup's state_dict under a key.
func (c *Checkpoint) PutWarmup(key string, warmup *torchwarmup.Warmup) error {
	return c.put(key, func(h *holding, to raw.Checkpoint, key *byte) error {
		return raw.CheckpointPutWarmup(to, key, raw.Warmup(h.bound(warmup)))
	})
}

// PutRNGState puts the state of the default random number generators under a key.
func (c *Checkpoint) PutRNGState(key string) error {
	return c.put(key, func(_ *holding, to raw.Checkpoint, key *byte) error { return raw.CheckpointPutRngState(to, key) })
}

// PutGenerator puts the state of a generator under a key.
func (c *Checkpoint) PutGenerator(key string, generator *Generator) error {
	return c.put(key, func(h *holding, to raw.Checkpoint, key *byte) error {
		return raw.CheckpointPutGenerator(to, key, h.generator(generator))
	})
}

// PutInt64 puts an integer under a key; Python reads an int.
func (c *Checkpoint) PutInt64(key string, value int64) error {
	return c.put(key, func(_ *holding, to raw.Checkpoint, key *byte) error { return raw.CheckpointPutInt64(to, key, value) })
}

// PutFloat64 puts a number under a key; Python reads a float.
func (c *Checkpoint) PutFloat64(key string, value float64) error {
	return c.put(key, func(_ *holding, to raw.Checkpoint, key *byte) error { return raw.CheckpointPutDouble(to, key, value) })
}

// PutString puts a string under a key; Python reads a str.
func (c *Checkpoint) PutString(key, value string) error {
	return c.put(key, func(h *holding, to raw.Checkpoint, key *byte) error {
		return raw.CheckpointPutString(to, key, h.text(value))
	})
}

// PutValue puts a value under a key; under "" it takes the place of all that the checkpoint holds.
func (c *Checkpoint) PutValue(key string, value *Value) error {
	return c.put(key, func(h *holding, to raw.Checkpoint, key *byte) error {
		return raw.CheckpointPutValue(to, key, h.value(value))
	})
}
