#include "archive/pickle_names.h"

#include <string.h>

static const char *const names[] = {
    [TWI_ELEMENT_UINT8] = "torch\nByteStorage",
    [TWI_ELEMENT_INT8] = "torch\nCharStorage",
    [TWI_ELEMENT_INT16] = "torch\nShortStorage",
    [TWI_ELEMENT_INT32] = "torch\nIntStorage",
    [TWI_ELEMENT_INT64] = "torch\nLongStorage",
    [TWI_ELEMENT_FLOAT16] = "torch\nHalfStorage",
    [TWI_ELEMENT_BFLOAT16] = "torch\nBFloat16Storage",
    [TWI_ELEMENT_FLOAT32] = "torch\nFloatStorage",
    [TWI_ELEMENT_FLOAT64] = "torch\nDoubleStorage",
    [TWI_ELEMENT_BOOL] = "torch\nBoolStorage",
    [TWI_ELEMENT_COMPLEX64] = "torch\nComplexFloatStorage",
    [TWI_ELEMENT_COMPLEX128] = "torch\nComplexDoubleStorage",
    [TWI_ELEMENT_QINT8] = "torch\nQInt8Storage",
    [TWI_ELEMENT_QUINT8] = "torch\nQUInt8Storage",
    [TWI_ELEMENT_QINT32] = "torch\nQInt32Storage",
    [TWI_ELEMENT_QUINT4X2] = "torch\nQUInt4x2Storage",
    [TWI_ELEMENT_QUINT2X4] = "torch\nQUInt2x4Storage",
    [TWI_ELEMENT_UNTYPED] = "torch.storage\nUntypedStorage",
    [TWI_GLOBAL_ORDERED_DICT] = "collections\nOrderedDict",
    [TWI_GLOBAL_COUNTER] = "collections\nCounter",
    [TWI_GLOBAL_REBUILD_TENSOR] = "torch._utils\n_rebuild_tensor_v2",
    [TWI_GLOBAL_REBUILD_PARAMETER] = "torch._utils\n_rebuild_parameter",
    [TWI_GLOBAL_REBUILD_PARAMETER_WITH_STATE] = "torch._utils\n_rebuild_parameter_with_state",
    [TWI_GLOBAL_REBUILD_FROM_TYPE] = "torch._tensor\n_rebuild_from_type_v2",
    [TWI_GLOBAL_SIZE] = "torch\nSize",
    [TWI_GLOBAL_SET] = "__builtin__\nset",
    [TWI_GLOBAL_TENSOR_CLASS] = "torch\nTensor",
    [TWI_GLOBAL_RESTORE_TYPE_TAG] = "torch.jit._pickle\nrestore_type_tag",
    [TWI_GLOBAL_BUILD_INTLIST] = "torch.jit._pickle\nbuild_intlist",
    [TWI_GLOBAL_BUILD_DOUBLELIST] = "torch.jit._pickle\nbuild_doublelist",
    [TWI_GLOBAL_BUILD_BOOLLIST] = "torch.jit._pickle\nbuild_boollist",
    [TWI_GLOBAL_BUILD_TENSORLIST] = "torch.jit._pickle\nbuild_tensorlist",
    [TWI_GLOBAL_ENCODE] = "_codecs\nencode",
    [TWI_GLOBAL_BYTES] = "__builtin__\nbytes",
    [TWI_GLOBAL_BYTEARRAY] = "__builtin__\nbytearray",
    [TWI_GLOBAL_COMPLEX] = "__builtin__\ncomplex",
    [TWI_GLOBAL_DEVICE] = "torch\ndevice",
    [TWI_GLOBAL_GET_LAYOUT] = "torch.serialization\n_get_layout",
    [TWI_GLOBAL_REBUILD_TENSOR_V3] = "torch._utils\n_rebuild_tensor_v3",
    [TWI_GLOBAL_REBUILD_QTENSOR] = "torch._utils\n_rebuild_qtensor",
    [TWI_GLOBAL_REBUILD_SPARSE] = "torch._utils\n_rebuild_sparse_tensor",
    [TWI_GLOBAL_REBUILD_SPARSE_CSR] = "torch._utils\n_rebuild_sparse_csr_tensor",
    [TWI_GLOBAL_REBUILD_NESTED] = "torch._utils\n_rebuild_nested_tensor",
    [TWI_GLOBAL_REBUILD_META] = "torch._utils\n_rebuild_meta_tensor_no_storage",
    [TWI_GLOBAL_REBUILD_FROM_CPU] = "torch._utils\n_rebuild_device_tensor_from_cpu_tensor",
    [TWI_GLOBAL_FOREIGN_TENSOR] = "", /* no name of a module and what is in it */
    [TWI_GLOBAL_PARAMETER_CLASS] = "torch.nn.parameter\nParameter",
    [TWI_GLOBAL_FIRST_DTYPE] = "torch\nuint8",
    "torch\nint8",
    "torch\nint16",
    "torch\nint32",
    "torch\nint64",
    "torch\nfloat16",
    "torch\nbfloat16",
    "torch\nfloat32",
    "torch\nfloat64",
    "torch\nbool",
    "torch\ncomplex64",
    "torch\ncomplex128",
    "torch\nqint8",
    "torch\nquint8",
    "torch\nqint32",
    "torch\nquint4x2",
    "torch\nquint2x4",
    "torch\nuint16",
    "torch\nuint32",
    "torch\nuint64",
    "torch\ncomplex32",
    "torch\nbcomplex32",
    "torch\nfloat8_e5m2",
    "torch\nfloat8_e4m3fn",
    "torch\nfloat8_e5m2fnuz",
    "torch\nfloat8_e4m3fnuz",
    "torch\nfloat8_e8m0fnu",
    "torch\nfloat4_e2m1fn_x2",
    "torch\nbits8",
    "torch\nbits16",
    "torch\nbits1x8",
    "torch\nbits2x4",
    "torch\nbits4x2",
    "torch\nuint1",
    "torch\nuint2",
    "torch\nuint3",
    "torch\nuint4",
    "torch\nuint5",
    "torch\nuint6",
    "torch\nuint7",
    "torch\nint1",
    "torch\nint2",
    "torch\nint3",
    "torch\nint4",
    "torch\nint5",
    "torch\nint6",
    "torch\nint7",
    [TWI_GLOBAL_FIRST_QSCHEME] = "torch\nper_tensor_affine",
    "torch\nper_tensor_symmetric",
    "torch\nper_channel_affine",
    "torch\nper_channel_symmetric",
    "torch\nper_channel_affine_float_qparams",
};

_Static_assert(sizeof names / sizeof *names == TWI_GLOBAL_COUNT, "a name each");

/* Other names of the same, of which Python's newest is one. */
static const struct {
  const char *name;
  int global;
} aliases[] = {
    {"builtins\nset", TWI_GLOBAL_SET},
    {"builtins\nbytes", TWI_GLOBAL_BYTES},
    {"builtins\nbytearray", TWI_GLOBAL_BYTEARRAY},
    {"builtins\ncomplex", TWI_GLOBAL_COMPLEX},
    {"torch\nUntypedStorage", TWI_ELEMENT_UNTYPED},
    {"torch._tensor\nTensor", TWI_GLOBAL_TENSOR_CLASS},
};

const char *twi_pickle_name(int global) { return names[global]; }

static int is_name(const char *known, const char *name, size_t length) {
  return known != NULL && length > 0 && strlen(known) == length && memcmp(known, name, length) == 0;
}

int twi_pickle_find_name(const char *name, size_t length) {
  for (int i = 1; i < TWI_GLOBAL_COUNT; ++i)
    if (is_name(names[i], name, length)) return i;
  for (size_t i = 0; i < sizeof aliases / sizeof *aliases; ++i)
    if (is_name(aliases[i].name, name, length)) return aliases[i].global;
  return 0;
}
