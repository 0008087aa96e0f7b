//go:build torch

package torch

import (
	"unsafe"

	torchwarmup "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// Value is what checkpoints hold, and what methods of TorchScript take and give: a tensor, a number, a string, or a list,
// tuple or dict of values.
type Value struct{ handle *owned.Handle }

// Kind is what a value is.
type Kind int32

// The kinds of values.
const (
	KindNone   = Kind(raw.KindNone)   // Python's None
	KindTensor = Kind(raw.KindTensor) // a tensor
	KindInt64  = Kind(raw.KindInt64)  // Python's int, of 64 bits
	KindDouble = Kind(raw.KindDouble) // Python's float
	KindBool   = Kind(raw.KindBool)   // a bool
	KindString = Kind(raw.KindString) // Python's str
	KindList   = Kind(raw.KindList)   // a list of values
	KindTuple  = Kind(raw.KindTuple)  // a tuple of values
	KindDict   = Kind(raw.KindDict)   // a dict of values
	KindOther  = Kind(raw.KindOther)  // another, which can be passed on and named (TypeName), not looked into
)

func newValue(pointer raw.Value, err error) (*Value, error) {
	if err != nil {
		return nil, err
	}
	out := &Value{}
	out.handle = owned.New(out, unsafe.Pointer(pointer), func(p unsafe.Pointer) { raw.ValueFree(raw.Value(p)) })
	return out, nil
}

// NewValue makes a value of nil, a *Tensor, int, int64, float64, bool, string, or []*Value, which becomes a list.
func NewValue(of interface{}) (*Value, error) {
	var h holding
	defer h.release()
	switch of := of.(type) {
	case nil:
		return newValue(raw.ValueNone())
	case *Tensor:
		tensor := h.tensor(of)
		if h.err != nil {
			return nil, h.err
		}
		return newValue(raw.ValueTensor(tensor))
	case int:
		return newValue(raw.ValueInt64(int64(of)))
	case int64:
		return newValue(raw.ValueInt64(of))
	case float64:
		return newValue(raw.ValueDouble(of))
	case bool:
		return newValue(raw.ValueBool(truth(of)))
	case string:
		text := h.text(of)
		if h.err != nil {
			return nil, h.err
		}
		return newValue(raw.ValueString(text))
	case []*Value:
		return sequence(of, raw.ValueList)
	}
	return nil, refuse(torchwarmup.ErrType, "no value is made of a %T", of)
}

// NewTuple makes a tuple.
func NewTuple(items ...*Value) (*Value, error) { return sequence(items, raw.ValueTuple) }

func sequence(items []*Value, make func([]raw.Value) (raw.Value, error)) (*Value, error) {
	var h holding
	defer h.release()
	given := h.values(items)
	if h.err != nil {
		return nil, h.err
	}
	return newValue(make(given))
}

// NewDict makes a dict of as many keys as values, in their order. Keys are strings, ints, floats, bools or tensors, no two
// equal.
func NewDict(keys, values []*Value) (*Value, error) {
	if len(keys) != len(values) {
		return nil, refuse(torchwarmup.ErrArgument, "there are %d keys and %d values", len(keys), len(values))
	}
	var h holding
	defer h.release()
	given, items := h.values(keys), h.values(values)
	if h.err != nil {
		return nil, h.err
	}
	var first *raw.Value
	if len(given) > 0 {
		first = &given[0]
	}
	return newValue(raw.ValueDict(first, items))
}

// Kind is what the value is.
func (v *Value) Kind() (Kind, error) {
	return owned.Use(v.handle, func(p unsafe.Pointer) (Kind, error) {
		kind, err := raw.ValueGetKind(raw.Value(p))
		return Kind(kind), err
	})
}

// TypeName is the value's type as Python names it, such as "int" or "torch.float32 tensor [2, 3]".
func (v *Value) TypeName() (string, error) {
	return owned.Use(v.handle, func(p unsafe.Pointer) (string, error) {
		return raw.String(func(out []byte) (int, error) { return raw.ValueGetTypeName(out, raw.Value(p)) })
	})
}

// Tensor is the tensor; ErrType, as all of these, where it is another kind.
func (v *Value) Tensor() (*Tensor, error) {
	return owned.Use(v.handle, func(p unsafe.Pointer) (*Tensor, error) { return newTensor(raw.ValueGetTensor(raw.Value(p))) })
}

// Int64 is the int.
func (v *Value) Int64() (int64, error) {
	return owned.Use(v.handle, func(p unsafe.Pointer) (int64, error) { return raw.ValueGetInt64(raw.Value(p)) })
}

// Float64 is the float; of an int too, where a float64 holds it exactly.
func (v *Value) Float64() (float64, error) {
	return owned.Use(v.handle, func(p unsafe.Pointer) (float64, error) { return raw.ValueGetDouble(raw.Value(p)) })
}

// Bool is the bool.
func (v *Value) Bool() (bool, error) {
	return owned.Use(v.handle, func(p unsafe.Pointer) (bool, error) { return isTrue(raw.ValueGetBool(raw.Value(p))) })
}

// Text is the string.
func (v *Value) Text() (string, error) {
	return owned.Use(v.handle, func(p unsafe.Pointer) (string, error) {
		return raw.String(func(out []byte) (int, error) { return raw.ValueGetString(out, raw.Value(p)) })
	})
}

// Len is the number of items of a list or tuple, or of entries of a dict.
func (v *Value) Len() (int, error) {
	return owned.Use(v.handle, func(p unsafe.Pointer) (int, error) { return raw.ValueGetSize(raw.Value(p)) })
}

// Item is the item of a list or tuple, or the value of a dict's entry, in its order.
func (v *Value) Item(index int) (*Value, error) { return v.at(index, raw.ValueGetItem) }

// Key is the key of a dict's entry, in its order.
func (v *Value) Key(index int) (*Value, error) { return v.at(index, raw.ValueGetKey) }

func (v *Value) at(index int, get func(raw.Value, int) (raw.Value, error)) (*Value, error) {
	if index < 0 {
		return nil, refuse(torchwarmup.ErrRange, "index is %d; it must not be negative", index)
	}
	return owned.Use(v.handle, func(p unsafe.Pointer) (*Value, error) { return newValue(get(raw.Value(p), index)) })
}

// Find is a dict's value under a key that is a string, or a named tuple's field.
func (v *Value) Find(key string) (*Value, error) {
	var h holding
	defer h.release()
	value, text := h.value(v), h.text(key)
	if h.err != nil {
		return nil, h.err
	}
	return newValue(raw.ValueFind(value, text))
}

// Close frees the handle. It never fails.
func (v *Value) Close() error {
	v.handle.Close()
	return nil
}
