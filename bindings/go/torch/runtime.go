//go:build torch

package torch

import (
	"os"
	"runtime"
	"unsafe"

	torchwarmup "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// Version is the version of the LibTorch in this process, such as "1.13.1".
func Version() string { return raw.TorchVersion() }

// CXX11ABI is how that LibTorch lays out C++'s strings, as the value of _GLIBCXX_USE_CXX11_ABI: 1 or 0, and -1 with another
// C++ library than GNU's. What shares tensors or optimizers by their addresses (FromAtTensor, Borrow) must be compiled alike.
func CXX11ABI() int { return int(raw.TorchCxx11Abi()) }

// SetNumThreads sets how many threads one operator may use on the CPU, in the whole process. Some builds of LibTorch start
// with one whatever the machine has, so call this first.
func SetNumThreads(count int) error {
	if count < 1 {
		return refuse(torchwarmup.ErrRange, "count is %d; it must be at least 1", count)
	}
	return raw.SetNumThreads(count)
}

// NumThreads is how many threads one operator may use on the CPU.
func NumThreads() (int, error) { return raw.GetNumThreads() }

// NoGrad runs a function in which no gradients are recorded, as in evaluation. It holds the goroutine's thread meanwhile;
// goroutines that run starts record gradients.
func NoGrad(run func() error) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	previous, err := raw.SetGradEnabled(0)
	if err != nil {
		return err
	}
	defer func() { _, _ = raw.SetGradEnabled(previous) }() // it was a number of the library's, which it takes
	return run()
}

// CUDAIsAvailable says whether this LibTorch can run on a CUDA device here and now.
func CUDAIsAvailable() (bool, error) { return isTrue(raw.CudaIsAvailable()) }

// CUDADeviceCount is the number of CUDA devices that LibTorch sees.
func CUDADeviceCount() (int, error) { return raw.CudaGetDeviceCount() }

// RestartWithPatientThreads starts the program anew with threads that wait for one another without keeping their cores busy
// for long: beside a busy process training is many times as fast. Call it first in main. Where GOMP_SPINCOUNT or
// OMP_WAIT_POLICY is set, as it then is, it does nothing.
func RestartWithPatientThreads() error {
	var h holding
	defer h.release()
	arguments := make([]*byte, len(os.Args)+1)
	for i, each := range os.Args {
		if text := h.text(each); h.err == nil {
			arguments[i] = raw.Copy(&h.memory, unsafe.Slice(text, len(each)+1))
		}
	}
	if h.err != nil {
		return h.err
	}
	return raw.RestartWithPatientThreads(unsafe.Pointer(raw.Copy(&h.memory, arguments)))
}

// ManualSeed seeds the default random number generators of the CPU and of every CUDA device.
func ManualSeed(seed uint64) error { return raw.ManualSeed(seed) }

// Generator makes random numbers of its own, apart from the default ones that ManualSeed seeds.
type Generator struct{ handle *owned.Handle }

// NewGenerator creates a generator for a device.
func NewGenerator(device Device, seed uint64) (*Generator, error) {
	var h holding
	name := h.device(device)
	if h.err != nil {
		return nil, h.err
	}
	pointer, err := raw.GeneratorCreate(name, seed)
	if err != nil {
		return nil, err
	}
	out := &Generator{}
	out.handle = owned.New(out, unsafe.Pointer(pointer), func(p unsafe.Pointer) { raw.GeneratorFree(raw.Generator(p)) })
	return out, nil
}

func (h *holding) generator(generator *Generator) raw.Generator {
	if generator == nil {
		return nil
	}
	return raw.Generator(h.hold(generator.handle))
}

// ManualSeed starts the generator anew from a seed.
func (g *Generator) ManualSeed(seed uint64) error {
	return owned.Do(g.handle, func(p unsafe.Pointer) error { return raw.GeneratorManualSeed(raw.Generator(p), seed) })
}

// Close frees the handle. It never fails.
func (g *Generator) Close() error {
	g.handle.Close()
	return nil
}
