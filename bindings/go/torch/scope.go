//go:build torch

package torch

// Scope owns tensors and keeps the first error: a way to write an expression of many steps, each of which can fail.
//
// Its methods are those of the package's functions. Once one has failed, what the others give is nil, and Err says why. A
// Scope belongs to one goroutine.
type Scope struct {
	tensors []*Tensor
	err     error
}

// NewScope is an empty scope. Close frees what it owns.
func NewScope() *Scope { return &Scope{} }

// Own takes a tensor, or notes an error: scope.Own(torch.Ones(torch.Float32, 2, 3)).
func (s *Scope) Own(tensor *Tensor, err error) *Tensor {
	s.Do(err)
	if tensor == nil {
		return nil
	}
	s.tensors = append(s.tensors, tensor)
	if s.err != nil {
		return nil
	}
	return tensor
}

// Do notes an error, where there is none yet: scope.Do(optimizer.Step()). What its argument does it does in any case; where
// it must not after a failure, ask Err before.
func (s *Scope) Do(err error) {
	if s.err == nil {
		s.err = err
	}
}

// Err is the first error, or nil.
func (s *Scope) Err() error { return s.err }

// Keep takes a tensor out of the scope, whose Close then leaves it alone.
func (s *Scope) Keep(tensor *Tensor) *Tensor {
	for i, each := range s.tensors {
		if each == tensor {
			s.tensors = append(s.tensors[:i], s.tensors[i+1:]...)
			break
		}
	}
	return tensor
}

// Close frees the tensors that the scope owns. It goes on to be usable.
func (s *Scope) Close() error {
	for _, each := range s.tensors {
		_ = each.Close()
	}
	s.tensors = s.tensors[:0]
	return nil
}

// Forward runs a module's forward pass.
func (s *Scope) Forward(module *Module, inputs ...*Tensor) *Tensor {
	if s.err != nil {
		return nil
	}
	return s.Own(module.Forward(inputs...))
}

// Call calls an operator of one result by its name; see the function Call.
func (s *Scope) Call(name string, arguments ...interface{}) *Tensor {
	if s.err != nil {
		return nil
	}
	return s.Own(CallOne(name, arguments...))
}

// Backward adds the gradient of a loss to every leaf that it depends on; nothing after a failure.
func (s *Scope) Backward(loss *Tensor) {
	if s.err == nil {
		s.Do(loss.Backward())
	}
}

// Item is the value of a tensor of one element; 0 after a failure.
func (s *Scope) Item(tensor *Tensor) float64 {
	if s.err != nil {
		return 0
	}
	value, err := tensor.Item()
	s.Do(err)
	return value
}
