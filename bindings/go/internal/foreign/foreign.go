//go:build torch && linux

// Package foreign loads a shared library with optimizers that know nothing of torch_warmup, for the tests of borrowed ones.
package foreign

/*
#cgo LDFLAGS: -ldl
#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>

// The C++ structure foreign_api of tests/support/foreign_optimizer: functions, of which these are at the places below.
typedef void *(*make_function)(void);
typedef void *(*address_function)(void *);
typedef void (*do_function)(void *);
typedef double (*number_function)(const void *, size_t);
typedef void *const *(*api_function)(void);

enum { MAKE_ADAMW = 0, TORCH_OPTIMIZER = 8, STEP = 9, LR = 10, FREE = 12 };

static void *const *load(const char *path) {
	void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	api_function api = library != NULL ? (api_function)dlsym(library, "foreign_optimizer_api") : NULL;
	return api != NULL ? api() : NULL;
}
static void *make(void *const *api) { return ((make_function)api[MAKE_ADAMW])(); }
static void *address(void *const *api, void *owner) { return ((address_function)api[TORCH_OPTIMIZER])(owner); }
static void step(void *const *api, void *owner) { ((do_function)api[STEP])(owner); }
static double lr(void *const *api, void *owner, size_t group) { return ((number_function)api[LR])(owner, group); }
static void release(void *const *api, void *owner) { ((do_function)api[FREE])(owner); }
*/
import "C"

import (
	"fmt"
	"unsafe"
)

// Optimizer is an AdamW of two groups, of rates 0.5 and 0.1, that a program without torch_warmup has made.
type Optimizer struct {
	api   *unsafe.Pointer
	owner unsafe.Pointer
}

// Load loads the library and makes an optimizer.
func Load(path string) (*Optimizer, error) {
	text := C.CString(path)
	defer C.free(unsafe.Pointer(text))
	api := C.load(text)
	if api == nil {
		return nil, fmt.Errorf("%s: %s", path, C.GoString(C.dlerror()))
	}
	return &Optimizer{api, C.make(api)}, nil
}

// Address is that of the torch::optim::Optimizer.
func (o *Optimizer) Address() unsafe.Pointer { return C.address(o.api, o.owner) }

// Step is the owner's own step.
func (o *Optimizer) Step() { C.step(o.api, o.owner) }

// LR is a group's rate as the owner's step sees it.
func (o *Optimizer) LR(group int) float64 { return float64(C.lr(o.api, o.owner, C.size_t(group))) }

// Free destroys the optimizer.
func (o *Optimizer) Free() { C.release(o.api, o.owner) }
