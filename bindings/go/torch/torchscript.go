//go:build torch

package torch

import (
	"unsafe"

	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// LoadTorchScript loads a module that Python made with torch.jit.script or torch.jit.trace, onto the CPU. Such a file is a
// program: load only those of people you trust.
func LoadTorchScript(path string) (*Module, error) {
	text, err := raw.Text(path)
	if err != nil {
		return nil, err
	}
	return newModule(raw.ModuleLoadTorchscript(text))
}

// LoadTorchScriptBytes is LoadTorchScript of a file's bytes.
func LoadTorchScriptBytes(file []byte) (*Module, error) {
	var first unsafe.Pointer
	if len(file) > 0 {
		first = unsafe.Pointer(&file[0])
	}
	return newModule(raw.ModuleLoadTorchscriptMemory(first, len(file)))
}

// SaveTorchScript saves a TorchScript module with its parameters as they are now.
func (m *Module) SaveTorchScript(path string) error {
	var h holding
	defer h.release()
	module, text := h.module(m), h.text(path)
	if h.err != nil {
		return h.err
	}
	return raw.ModuleSaveTorchscript(module, text)
}

// CallMethod calls a method of a TorchScript module, forward among them, with values of any kind.
func (m *Module) CallMethod(method string, inputs ...*Value) (*Value, error) {
	var h holding
	defer h.release()
	module, text, given := h.module(m), h.text(method), h.values(inputs)
	if h.err != nil {
		return nil, h.err
	}
	return newValue(raw.ModuleCallMethod(module, text, given))
}

// HasMethod says whether a TorchScript module has a method of that name.
func (m *Module) HasMethod(method string) (bool, error) {
	var h holding
	defer h.release()
	module, text := h.module(m), h.text(method)
	if h.err != nil {
		return false, h.err
	}
	return isTrue(raw.ModuleHasMethod(module, text))
}
