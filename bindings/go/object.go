package torchwarmup

import (
	"unsafe"

	"github.com/torch-warmup/torch_warmup/bindings/go/internal/bridge"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// numbers is owned.Use for a call that fills a buffer.
func numbers(handle *owned.Handle, call func(pointer unsafe.Pointer, out []float64) (int, error)) ([]float64, error) {
	return owned.Use(handle, func(pointer unsafe.Pointer) ([]float64, error) {
		return raw.Numbers(func(out []float64) (int, error) { return call(pointer, out) })
	})
}

func init() {
	bridge.NewOptimizer = func(pointer unsafe.Pointer) interface{} { return newOptimizer(raw.Optimizer(pointer)) }
	bridge.Acquire = func(object interface{}) (unsafe.Pointer, func(), error) {
		handle, err := handleOf(object)
		if err != nil {
			return nil, nil, err
		}
		pointer := handle.Acquire()
		if pointer == nil {
			return nil, nil, ErrClosed
		}
		return pointer, handle.Release, nil
	}
}

func handleOf(object interface{}) (*owned.Handle, error) {
	switch of := object.(type) {
	case *Optimizer:
		if of != nil {
			return of.handle, nil
		}
	case *LRScheduler:
		if of != nil {
			return of.handle, nil
		}
	case *Warmup:
		if of != nil {
			return of.handle, nil
		}
	}
	return nil, failed(ErrArgument, "a %T is nil", object)
}

// held are schedulers for a call, each of which stays open until release.
type held struct {
	pointers []raw.LrScheduler
	of       []*LRScheduler
}

func hold(schedulers []*LRScheduler) (held, error) {
	out := held{make([]raw.LrScheduler, 0, len(schedulers)), schedulers}
	for i, each := range schedulers {
		pointer, err := each.acquire(i)
		if err != nil {
			out.release()
			return held{}, err
		}
		out.pointers = append(out.pointers, pointer)
	}
	return out, nil
}

// acquire is the scheduler's pointer for a call, which its handle's Release ends.
func (s *LRScheduler) acquire(place int) (raw.LrScheduler, error) {
	if s == nil {
		return nil, failed(ErrArgument, "scheduler %d is nil", place)
	}
	pointer := s.handle.Acquire()
	if pointer == nil {
		return nil, ErrClosed
	}
	return raw.LrScheduler(pointer), nil
}

func release(schedulers []*LRScheduler) {
	for _, each := range schedulers {
		each.handle.Release()
	}
}

func (h held) release() {
	release(h.of[:len(h.pointers)])
}

// index refuses a negative group, which C would take for a very large one.
func index(group int) error {
	if group < 0 {
		return failed(ErrRange, "group is %d; it must not be negative", group)
	}
	return nil
}
