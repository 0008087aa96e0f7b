//go:build torch

package torch

import (
	"unsafe"

	torchwarmup "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/internal/raw"
)

// NamedArgument is a keyword argument of an operator.
type NamedArgument struct {
	Name  string
	Value interface{}
}

// Named is a keyword argument: torch.Named("dim", 1).
func Named(name string, value interface{}) NamedArgument { return NamedArgument{name, value} }

// Call calls any operator of LibTorch by its name, such as "topk", "aten::add.Tensor" or "torch.linalg.norm", and gives its
// results in order; nil in place of None.
//
// The arguments are the operator's own, in its order, the named ones last. Each is nil (None), a *Tensor, int, int64,
// float64, bool, string, DType, Device, MemoryFormat, *Generator, []*Tensor, []int, []int64, []float64, []bool, or a
// NamedArgument of one of these. Among the overloads of the name the first whose schema takes them is called.
func Call(name string, arguments ...interface{}) ([]*Tensor, error) {
	var h holding
	defer h.release()
	text, given := h.text(name), h.arguments(arguments)
	if h.err != nil {
		return nil, h.err
	}
	return taken(raw.OpCall(text, given))
}

// CallOne calls an operator of one result; otherwise as Call.
func CallOne(name string, arguments ...interface{}) (*Tensor, error) {
	var h holding
	defer h.release()
	text, given := h.text(name), h.arguments(arguments)
	if h.err != nil {
		return nil, h.err
	}
	return newTensor(raw.OpCallOne(text, given))
}

func (h *holding) arguments(values []interface{}) []raw.Argument {
	out := make([]raw.Argument, len(values))
	for i, each := range values {
		named, is := each.(NamedArgument)
		if !is {
			out[i] = h.argument(i, each)
			continue
		}
		out[i] = h.argument(i, named.Value)
		out[i].Name = h.kept(named.Name)
	}
	return out
}

// kept is a string in C's memory, where structures of C's may point at it.
func (h *holding) kept(text string) *byte {
	bytes := h.text(text)
	if h.err != nil {
		return nil
	}
	return raw.Copy(&h.memory, unsafe.Slice(bytes, len(text)+1))
}

func listOf[T any](h *holding, kind raw.Kind, values []T) raw.Argument {
	return raw.Argument{Kind: kind, Pointer: unsafe.Pointer(raw.Copy(&h.memory, values)), Count: uintptr(len(values))}
}

func (h *holding) argument(place int, value interface{}) raw.Argument {
	switch of := value.(type) {
	case nil:
		return raw.Argument{Kind: raw.KindNone}
	case *Tensor:
		return raw.Argument{Kind: raw.KindTensor, Pointer: unsafe.Pointer(h.tensor(of))}
	case int:
		return raw.Argument{Kind: raw.KindInt64, Integer: int64(of)}
	case int64:
		return raw.Argument{Kind: raw.KindInt64, Integer: of}
	case float64:
		return raw.Argument{Kind: raw.KindDouble, Real: of}
	case bool:
		return raw.Argument{Kind: raw.KindBool, Integer: int64(truth(of))}
	case string:
		return raw.Argument{Kind: raw.KindString, Pointer: unsafe.Pointer(h.kept(of))}
	case DType:
		return raw.Argument{Kind: raw.KindDtype, Integer: int64(of)}
	case Device:
		return raw.Argument{Kind: raw.KindDevice, Pointer: unsafe.Pointer(h.kept(string(of)))}
	case MemoryFormat:
		return raw.Argument{Kind: raw.KindMemoryFormat, Integer: int64(of)}
	case *Generator:
		return raw.Argument{Kind: raw.KindGenerator, Pointer: unsafe.Pointer(h.generator(of))}
	}
	return h.list(place, value)
}

func (h *holding) list(place int, value interface{}) raw.Argument {
	switch of := value.(type) {
	case []*Tensor:
		return listOf(h, raw.KindTensorList, h.tensors(of))
	case []int:
		return listOf(h, raw.KindInt64List, converted(of, func(each int) int64 { return int64(each) }))
	case []int64:
		return listOf(h, raw.KindInt64List, of)
	case []float64:
		return listOf(h, raw.KindDoubleList, of)
	case []bool:
		return listOf(h, raw.KindBoolList, converted(of, truth))
	}
	h.check(refuse(torchwarmup.ErrType, "argument %d is a %T, which no operator takes", place, value))
	return raw.Argument{}
}

func converted[From, To any](values []From, convert func(From) To) []To {
	out := make([]To, len(values))
	for i, each := range values {
		out[i] = convert(each)
	}
	return out
}
