// Written by bindings/generate/rust.py from the headers in include/. Do not edit.

use crate::core::*;

/// Python's None
pub const TW_KIND_NONE: tw_kind = 0;
/// a tensor
pub const TW_KIND_TENSOR: tw_kind = 1;
/// Python's int, of 64 bits
pub const TW_KIND_INT64: tw_kind = 2;
/// Python's float
pub const TW_KIND_DOUBLE: tw_kind = 3;
/// 0 or 1
pub const TW_KIND_BOOL: tw_kind = 4;
/// Python's str: UTF-8
pub const TW_KIND_STRING: tw_kind = 5;
/// a list of values
pub const TW_KIND_LIST: tw_kind = 6;
/// a tuple of values; of TorchScript, a named one too
pub const TW_KIND_TUPLE: tw_kind = 7;
/// a dict of values; of a checkpoint, an OrderedDict and a Counter too
pub const TW_KIND_DICT: tw_kind = 8;
/// such as an object of TorchScript, or what a checkpoint has of types that this library has not:
/// it can be passed on and named (`tw_value_get_type_name`), not looked into
pub const TW_KIND_OTHER: tw_kind = 9;
/// a `tw_dtype`
pub const TW_KIND_DTYPE: tw_kind = 10;
/// a device's name, such as "cuda:0"
pub const TW_KIND_DEVICE: tw_kind = 11;
/// a `tw_memory_format`
pub const TW_KIND_MEMORY_FORMAT: tw_kind = 12;
/// a `tw_generator`
pub const TW_KIND_GENERATOR: tw_kind = 13;
/// an array of tensors
pub const TW_KIND_TENSOR_LIST: tw_kind = 14;
/// an array of int64_t
pub const TW_KIND_INT64_LIST: tw_kind = 15;
/// an array of double
pub const TW_KIND_DOUBLE_LIST: tw_kind = 16;
/// an array of int32_t, each 0 or 1
pub const TW_KIND_BOOL_LIST: tw_kind = 17;
pub const TW_KIND_UNKNOWN: tw_kind = -1;
pub const TW_KIND_MAX_ENUM: tw_kind = 2147483647;
/// What a value is. The numbers are fixed for ever; new ones are added at the end.
pub type tw_kind = i32;
/// row-major: the last dimension's neighbours lie side by side
pub const TW_CONTIGUOUS_FORMAT: tw_memory_format = 0;
/// that of the tensor that the call starts from
pub const TW_PRESERVE_FORMAT: tw_memory_format = 1;
/// of \[N, C, H, W\]: the channels' neighbours lie side by side
pub const TW_CHANNELS_LAST: tw_memory_format = 2;
/// the same of \[N, C, D, H, W\]
pub const TW_CHANNELS_LAST_3D: tw_memory_format = 3;
pub const TW_MEMORY_FORMAT_UNKNOWN: tw_memory_format = -1;
pub const TW_MEMORY_FORMAT_MAX_ENUM: tw_memory_format = 2147483647;
/// The order of a tensor's elements in memory. The numbers are fixed for ever; new ones are added at the end.
pub type tw_memory_format = i32;
extern "C" {
    /// Seeds the default random number generators of the CPU and of every CUDA device, as torch.manual_seed does.
    pub fn tw_manual_seed(seed: u64) -> tw_status;
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_generator {
    _unused: [u8; 0],
}
extern "C" {
    /// Creates a generator.
    ///
    /// * `out`: creates the generator; NULL on failure. Free it with `tw_generator_free`.
    /// * `device`: whose random numbers it makes; NULL for "cpu".
    /// * `seed`: where it starts.
    /// * fails with `TW_ERROR_DEVICE`: there is no such device
    /// * fails with `TW_ERROR_TORCH`: LibTorch has no generators for that kind of device
    pub fn tw_generator_create(
        out: *mut *mut tw_generator,
        device: *const ::std::os::raw::c_char,
        seed: u64,
    ) -> tw_status;
}
extern "C" {
    /// Starts the generator anew from a seed.
    pub fn tw_generator_manual_seed(generator: *mut tw_generator, seed: u64) -> tw_status;
}
extern "C" {
    /// Frees the handle. NULL is allowed and does nothing.
    pub fn tw_generator_free(generator: *mut tw_generator);
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_tensor {
    _unused: [u8; 0],
}
pub const TW_UINT8: tw_dtype = 1;
pub const TW_INT8: tw_dtype = 2;
pub const TW_INT16: tw_dtype = 3;
pub const TW_INT32: tw_dtype = 4;
pub const TW_INT64: tw_dtype = 5;
pub const TW_FLOAT16: tw_dtype = 6;
pub const TW_BFLOAT16: tw_dtype = 7;
pub const TW_FLOAT32: tw_dtype = 8;
pub const TW_FLOAT64: tw_dtype = 9;
/// one byte an element, 0 or 1
pub const TW_BOOL: tw_dtype = 10;
pub const TW_DTYPE_UNKNOWN: tw_dtype = -1;
pub const TW_DTYPE_MAX_ENUM: tw_dtype = 2147483647;
/// The type of a tensor's elements. These numbers are this library's own; they never change.
pub type tw_dtype = i32;
extern "C" {
    /// Creates a tensor whose elements are not set, as torch.empty does.
    ///
    /// * `out`: creates the tensor; NULL on failure. Free it with `tw_tensor_free`.
    /// * `sizes`: ndim lengths, the outermost first.
    /// * `dtype`: the type of its elements.
    /// * `device`: where it lives; NULL for "cpu".
    pub fn tw_tensor_empty(
        out: *mut *mut tw_tensor,
        sizes: *const i64,
        ndim: usize,
        dtype: tw_dtype,
        device: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Creates a tensor of zeros; otherwise as `tw_tensor_empty`.
    pub fn tw_tensor_zeros(
        out: *mut *mut tw_tensor,
        sizes: *const i64,
        ndim: usize,
        dtype: tw_dtype,
        device: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Creates a tensor of ones; otherwise as `tw_tensor_empty`.
    pub fn tw_tensor_ones(
        out: *mut *mut tw_tensor,
        sizes: *const i64,
        ndim: usize,
        dtype: tw_dtype,
        device: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Creates a tensor with every element equal to value, converted to dtype; otherwise as `tw_tensor_empty`.
    ///
    /// * fails with `TW_ERROR_TORCH`: dtype cannot hold value
    pub fn tw_tensor_full_double(
        out: *mut *mut tw_tensor,
        sizes: *const i64,
        ndim: usize,
        value: f64,
        dtype: tw_dtype,
        device: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// As `tw_tensor_full_double`, of an integer, which an integer dtype holds exactly.
    pub fn tw_tensor_full_int64(
        out: *mut *mut tw_tensor,
        sizes: *const i64,
        ndim: usize,
        value: i64,
        dtype: tw_dtype,
        device: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Creates a tensor of uniform random numbers from \[0, 1); otherwise as `tw_tensor_empty`.
    ///
    /// * `generator`: borrows: where the numbers come from, of the same device; NULL for the device's default one, which
    ///   `tw_manual_seed` seeds.
    /// * fails with `TW_ERROR_TORCH`: dtype is not a floating one, or generator is another device's
    pub fn tw_tensor_rand(
        out: *mut *mut tw_tensor,
        sizes: *const i64,
        ndim: usize,
        dtype: tw_dtype,
        device: *const ::std::os::raw::c_char,
        generator: *mut tw_generator,
    ) -> tw_status;
}
extern "C" {
    /// Creates a tensor of standard normal random numbers; otherwise as `tw_tensor_rand`.
    pub fn tw_tensor_randn(
        out: *mut *mut tw_tensor,
        sizes: *const i64,
        ndim: usize,
        dtype: tw_dtype,
        device: *const ::std::os::raw::c_char,
        generator: *mut tw_generator,
    ) -> tw_status;
}
extern "C" {
    /// Creates a tensor of one dimension: start, start + step, ... up to but without end, as torch.arange does.
    ///
    /// * `step`: not 0, and of the sign of end - start.
    /// * fails with `TW_ERROR_RANGE`: step is 0, has the wrong sign, or a number is not finite
    pub fn tw_tensor_arange_double(
        out: *mut *mut tw_tensor,
        start: f64,
        end: f64,
        step: f64,
        dtype: tw_dtype,
        device: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// As `tw_tensor_arange_double`, of integers: exact, however large they are.
    ///
    /// * fails with `TW_ERROR_RANGE`: step is 0 or has the wrong sign, or there are more numbers than 64 bits can count the bytes of
    pub fn tw_tensor_arange_int64(
        out: *mut *mut tw_tensor,
        start: i64,
        end: i64,
        step: i64,
        dtype: tw_dtype,
        device: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Creates a tensor on the CPU from a copy of the caller's numbers.
    ///
    /// * `out`: creates the tensor; NULL on failure.
    /// * `data`: borrows: as many elements of dtype as sizes multiply to, in row-major order. NULL only where there
    ///   are none.
    /// * `bytes`: how many bytes data has: exactly what those elements take.
    /// * `sizes`: ndim lengths, the outermost first.
    /// * fails with `TW_ERROR_ARGUMENT`: bytes is another number than sizes and dtype say; the message names both
    pub fn tw_tensor_from_data(
        out: *mut *mut tw_tensor,
        data: *const ::std::os::raw::c_void,
        bytes: usize,
        sizes: *const i64,
        ndim: usize,
        dtype: tw_dtype,
    ) -> tw_status;
}
extern "C" {
    /// Creates a tensor on the CPU over the caller's memory, without a copy: writes through either are seen by both.
    ///
    /// * `out`: creates the tensor; NULL on failure.
    /// * `data`: shares: must stay valid until release is called.
    /// * `bytes`: how many bytes from data on may be used: at least as many as sizes and strides reach.
    /// * `sizes`: ndim lengths, the outermost first.
    /// * `strides`: ndim distances in elements, not negative where there is more than one element along; NULL for
    ///   row-major order. One along a single element tells the memory format (channels last of one channel), or,
    ///   where no tensor of these sizes could have it, nothing.
    /// * `context`: passed to release as it is.
    /// * `release`: called exactly once with context, when nothing uses the memory any more; also where this call fails,
    ///   and by whichever thread lets go of the last use. NULL where the caller needs no word of it.
    /// * fails with `TW_ERROR_ARGUMENT`: sizes and strides reach further than bytes; the message names both numbers
    /// * fails with `TW_ERROR_RANGE`: a stride is negative, or they reach further than 64 bits can count
    pub fn tw_tensor_from_blob(
        out: *mut *mut tw_tensor,
        data: *mut ::std::os::raw::c_void,
        bytes: usize,
        sizes: *const i64,
        ndim: usize,
        strides: *const i64,
        dtype: tw_dtype,
        context: *mut ::std::os::raw::c_void,
        release: ::std::option::Option<unsafe extern "C" fn(context: *mut ::std::os::raw::c_void)>,
    ) -> tw_status;
}
extern "C" {
    /// Creates a handle to a tensor that C++, or another language's binding, has made in this process with the same LibTorch:
    /// tch, gotch, or code of one's own. Its memory, its gradient and its graph are shared. Between different LibTorches, and
    /// for libraries that have none, there is dlpack.h.
    ///
    /// * `out`: creates the handle; NULL on failure.
    /// * `at_tensor`: shares: the address of an at::Tensor that is defined. Nothing can check that it is one.
    /// * fails with `TW_ERROR_ARGUMENT`: at_tensor is undefined
    pub fn tw_tensor_from_torch(
        out: *mut *mut tw_tensor,
        at_tensor: *const ::std::os::raw::c_void,
    ) -> tw_status;
}
extern "C" {
    /// The number of dimensions; 0 for a tensor of one element that has none.
    pub fn tw_tensor_get_ndim(out: *mut usize, tensor: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// The lengths of the dimensions, the outermost first.
    ///
    /// * `out`: borrows: room for capacity numbers, as for every buffer: see the guide at the top of torch_warmup.h.
    /// * `needed`: the number of dimensions; may be NULL.
    /// * fails with `TW_ERROR_CAPACITY`: capacity is too small
    pub fn tw_tensor_get_sizes(
        out: *mut i64,
        capacity: usize,
        needed: *mut usize,
        tensor: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// The distances in elements between neighbours along each dimension; otherwise as `tw_tensor_get_sizes`.
    pub fn tw_tensor_get_strides(
        out: *mut i64,
        capacity: usize,
        needed: *mut usize,
        tensor: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// The type of the elements.
    ///
    /// * fails with `TW_ERROR_TYPE`: the tensor's type is none of this header's, such as a complex one
    pub fn tw_tensor_get_dtype(out: *mut tw_dtype, tensor: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// The name of the device, such as "cpu" or "cuda:0".
    ///
    /// * `out`: borrows: room for capacity bytes.
    /// * `capacity`: 16 is enough for every device.
    /// * `needed`: how many bytes the name has, its closing 0 among them; may be NULL.
    /// * fails with `TW_ERROR_CAPACITY`: capacity is too small
    pub fn tw_tensor_get_device(
        out: *mut ::std::os::raw::c_char,
        capacity: usize,
        needed: *mut usize,
        tensor: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// The number of elements.
    pub fn tw_tensor_get_numel(out: *mut usize, tensor: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// The address of the first element, on the tensor's own device.
    ///
    /// * `out`: borrows from the tensor: valid while a handle to it lives. Read it with `tw_tensor_get_strides` in mind.
    ///   NULL, with `TW_OK`, where the tensor has no elements.
    /// * fails with `TW_ERROR_STATE`: a negation or conjugation of the tensor is pending, which its memory knows nothing of; clone
    ///   it first
    /// * fails with `TW_ERROR_TYPE`: it has no such memory, such as a sparse one
    pub fn tw_tensor_get_data_ptr(
        out: *mut *mut ::std::os::raw::c_void,
        tensor: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// The value of a tensor of exactly one element, as a double, whatever its dtype and device.
    ///
    /// * fails with `TW_ERROR_ARGUMENT`: the tensor has more or fewer elements
    /// * fails with `TW_ERROR_TYPE`: it is complex, or on the meta device
    pub fn tw_tensor_get_item_double(out: *mut f64, tensor: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// The value of an integer or bool tensor of exactly one element, exact where a double is not.
    ///
    /// * fails with `TW_ERROR_ARGUMENT`: the tensor has more or fewer elements
    /// * fails with `TW_ERROR_TYPE`: its dtype is another
    pub fn tw_tensor_get_item_int64(out: *mut i64, tensor: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// Copies the elements to the caller's memory in row-major order, whatever the tensor's strides and device.
    ///
    /// * `out`: borrows: room for capacity bytes; those beyond needed stay as they are.
    /// * `capacity`: at least the number of elements times the size of one.
    /// * `needed`: that number; may be NULL.
    /// * fails with `TW_ERROR_CAPACITY`: capacity is too small
    /// * fails with `TW_ERROR_TYPE`: it is sparse, quantized, or of another kind that has no plain memory; the message says what
    ///   to do
    pub fn tw_tensor_copy_data(
        out: *mut ::std::os::raw::c_void,
        capacity: usize,
        needed: *mut usize,
        tensor: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// Copies the elements of source into tensor, converting dtype and device and broadcasting, as Tensor.copy\_ does.
    ///
    /// * `tensor`: written to, in its own memory: every handle to it and every view of it sees the change.
    /// * `source`: borrows.
    /// * fails with `TW_ERROR_TORCH`: source's sizes do not broadcast to the tensor's, some of its elements share their memory, or
    ///   it is a leaf that requires a gradient while gradients are recorded (`tw_set_grad_enabled`)
    pub fn tw_tensor_copy_from(tensor: *mut tw_tensor, source: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// The tensor as text, as C++ prints it.
    ///
    /// * `out`: borrows: room for capacity bytes.
    /// * `needed`: how many bytes the text has, its closing 0 among them; may be NULL.
    /// * fails with `TW_ERROR_CAPACITY`: capacity is too small
    pub fn tw_tensor_format(
        out: *mut ::std::os::raw::c_char,
        capacity: usize,
        needed: *mut usize,
        tensor: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// The address of the at::Tensor that the handle holds, for C++ and bindings that use the same LibTorch.
    ///
    /// * `out`: borrows from the handle: valid until it is freed. Copy the at::Tensor to keep it; do not assign to it.
    pub fn tw_tensor_get_torch(
        out: *mut *const ::std::os::raw::c_void,
        tensor: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// Creates a tensor of another dtype, or another handle to the same tensor where it has that dtype already.
    pub fn tw_tensor_to_dtype(
        out: *mut *mut tw_tensor,
        tensor: *const tw_tensor,
        dtype: tw_dtype,
    ) -> tw_status;
}
extern "C" {
    /// Creates a tensor on another device, or another handle to the same tensor where it is there already. Gradients flow
    /// through the copy. For a module there is `tw_module_move_to`.
    ///
    /// * `device`: NULL for "cpu".
    /// * fails with `TW_ERROR_DEVICE`: there is no such device, or it failed
    /// * fails with `TW_ERROR_MEMORY`: the device has no room for it
    pub fn tw_tensor_to_device(
        out: *mut *mut tw_tensor,
        tensor: *const tw_tensor,
        device: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Creates a copy with memory of its own; gradients flow through it.
    pub fn tw_tensor_clone(out: *mut *mut tw_tensor, tensor: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// Creates a tensor over the same memory that no gradient flows through.
    pub fn tw_tensor_detach(out: *mut *mut tw_tensor, tensor: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// Creates another handle to the very same tensor, its gradient and its graph included.
    pub fn tw_tensor_share(out: *mut *mut tw_tensor, tensor: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// Says whether gradients are to be gathered for this tensor.
    ///
    /// * `requires_grad`: 0 or 1.
    /// * fails with `TW_ERROR_TORCH`: 0 for a tensor that is not a leaf of the graph
    /// * fails with `TW_ERROR_TYPE`: 1 for one whose dtype is not a floating one
    pub fn tw_tensor_set_requires_grad(tensor: *mut tw_tensor, requires_grad: i32) -> tw_status;
}
extern "C" {
    /// Whether gradients are gathered for this tensor, 0 or 1.
    pub fn tw_tensor_get_requires_grad(out: *mut i32, tensor: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// Creates a handle to the tensor's gradient.
    ///
    /// * `out`: NULL, with `TW_OK`, where there is none yet.
    pub fn tw_tensor_get_grad(out: *mut *mut tw_tensor, tensor: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// Sets the tensor's gradient; gradient NULL removes it, so that an optimizer passes the tensor over.
    ///
    /// * `gradient`: shares: of the tensor's sizes, dtype and device. One with a graph that reaches the tensor would hold it,
    ///   and be held by it, for ever, as in C++: give a `tw_tensor_detach` of it.
    pub fn tw_tensor_set_grad(tensor: *mut tw_tensor, gradient: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// Adds the gradient of this tensor, such as a loss, to every leaf that it depends on.
    ///
    /// ```text
    /// tw_tensor_backward(loss, NULL, 0);
    /// ```
    ///
    /// What LibTorch sees beforehand, such as a gradient of other sizes, changes nothing. A failure halfway, such as running
    /// out of memory, leaves leaves with and leaves without their gradient, and the graph may be freed: zero the gradients and
    /// run the forward pass again.
    ///
    /// * `gradient`: borrows: the gradient with respect to the tensor, of its sizes; NULL, which stands for 1, for a
    ///   tensor of one element.
    /// * `retain_graph`: 1 to keep the graph for another call, 0 to free it.
    /// * fails with `TW_ERROR_TORCH`: the tensor has several elements and gradient is NULL or of other sizes, it needs no gradient,
    ///   or its graph has been freed
    pub fn tw_tensor_backward(
        tensor: *mut tw_tensor,
        gradient: *const tw_tensor,
        retain_graph: i32,
    ) -> tw_status;
}
extern "C" {
    /// Frees the handle. NULL is allowed and does nothing.
    pub fn tw_tensor_free(tensor: *mut tw_tensor);
}
/// One argument of an operator. It owns nothing: what its pointers point at is borrowed until the call is over.
///
/// The layout is fixed for ever, for arrays of it cross the boundary: 64 bytes, the members in this order without gaps.
/// Whoever fills one in by hand sets every member that kind does not use to 0.
///
/// | kind                   | members                                                                    |
/// |------------------------|----------------------------------------------------------------------------|
/// | TW_KIND_NONE           | none                                                                       |
/// | TW_KIND_TENSOR         | pointer: a tw_tensor; NULL is None                                         |
/// | TW_KIND_INT64          | integer                                                                    |
/// | TW_KIND_DOUBLE         | real                                                                       |
/// | TW_KIND_BOOL           | integer: 0 or 1                                                            |
/// | TW_KIND_STRING         | pointer: UTF-8 that ends in 0                                              |
/// | TW_KIND_DTYPE          | integer: a tw_dtype                                                        |
/// | TW_KIND_DEVICE         | pointer: a device's name, as in tensor.h                                   |
/// | TW_KIND_MEMORY_FORMAT  | integer: a tw_memory_format                                                |
/// | TW_KIND_GENERATOR      | pointer: a tw_generator; NULL is the device's default one                  |
/// | TW_KIND_TENSOR_LIST    | pointer: count tw_tensor *; NULL ones only where the operator takes None   |
/// | TW_KIND_INT64_LIST     | pointer: count int64_t                                                     |
/// | TW_KIND_DOUBLE_LIST    | pointer: count double                                                      |
/// | TW_KIND_BOOL_LIST      | pointer: count int32_t, each 0 or 1                                        |
///
/// An empty list needs no pointer. The other kinds are no arguments of operators.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_argument {
    /// the parameter's name in the schema; NULL: the next position
    pub name: *const ::std::os::raw::c_char,
    /// which of the members below hold the value
    pub kind: tw_kind,
    /// 0
    pub reserved: i32,
    pub integer: i64,
    pub real: f64,
    pub pointer: *const ::std::os::raw::c_void,
    pub count: usize,
    /// 0
    pub reserved_words: [u64; 2usize],
}
#[test]
fn bindgen_test_layout_tw_argument() {
    assert_eq!(
        ::std::mem::size_of::<tw_argument>(),
        64usize,
        concat!("Size of: ", stringify!(tw_argument))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_argument>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_argument))
    );
    fn test_field_name() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_argument>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).name) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_argument),
                "::",
                stringify!(name)
            )
        );
    }
    test_field_name();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_argument>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_argument),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reserved() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_argument>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reserved) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_argument),
                "::",
                stringify!(reserved)
            )
        );
    }
    test_field_reserved();
    fn test_field_integer() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_argument>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).integer) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_argument),
                "::",
                stringify!(integer)
            )
        );
    }
    test_field_integer();
    fn test_field_real() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_argument>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).real) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_argument),
                "::",
                stringify!(real)
            )
        );
    }
    test_field_real();
    fn test_field_pointer() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_argument>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).pointer) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_argument),
                "::",
                stringify!(pointer)
            )
        );
    }
    test_field_pointer();
    fn test_field_count() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_argument>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).count) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_argument),
                "::",
                stringify!(count)
            )
        );
    }
    test_field_count();
    fn test_field_reserved_words() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_argument>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reserved_words) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_argument),
                "::",
                stringify!(reserved_words)
            )
        );
    }
    test_field_reserved_words();
}
extern "C" {
    /// None.
    pub fn tw_argument_none(out: *mut tw_argument) -> tw_status;
}
extern "C" {
    /// A tensor.
    ///
    /// * `tensor`: borrows: NULL is None
    pub fn tw_argument_tensor(out: *mut tw_argument, tensor: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// An int; it serves as a float and as a Scalar too.
    pub fn tw_argument_int64(out: *mut tw_argument, value: i64) -> tw_status;
}
extern "C" {
    /// A float.
    pub fn tw_argument_double(out: *mut tw_argument, value: f64) -> tw_status;
}
extern "C" {
    /// A bool.
    ///
    /// * `value`: 0 or 1
    pub fn tw_argument_bool(out: *mut tw_argument, value: i32) -> tw_status;
}
extern "C" {
    /// A str.
    ///
    /// * `value`: borrows: UTF-8 that ends in 0
    pub fn tw_argument_string(
        out: *mut tw_argument,
        value: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// A dtype.
    pub fn tw_argument_dtype(out: *mut tw_argument, dtype: tw_dtype) -> tw_status;
}
extern "C" {
    /// A device.
    ///
    /// * `device`: borrows: its name, as in tensor.h; NULL is "cpu"
    pub fn tw_argument_device(
        out: *mut tw_argument,
        device: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// A memory format.
    pub fn tw_argument_memory_format(out: *mut tw_argument, format: tw_memory_format) -> tw_status;
}
extern "C" {
    /// A generator.
    ///
    /// * `generator`: borrows: NULL is the device's default one
    pub fn tw_argument_generator(
        out: *mut tw_argument,
        generator: *const tw_generator,
    ) -> tw_status;
}
extern "C" {
    /// A list of tensors.
    ///
    /// * `tensors`: borrows: count of them; NULL ones only where the operator takes None
    pub fn tw_argument_tensor_list(
        out: *mut tw_argument,
        tensors: *const *mut tw_tensor,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// A list of ints, such as sizes.
    ///
    /// * `values`: borrows: count of them
    pub fn tw_argument_int64_list(
        out: *mut tw_argument,
        values: *const i64,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// A list of floats.
    ///
    /// * `values`: borrows: count of them
    pub fn tw_argument_double_list(
        out: *mut tw_argument,
        values: *const f64,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// A list of bools.
    ///
    /// * `values`: borrows: count of them, each 0 or 1
    pub fn tw_argument_bool_list(
        out: *mut tw_argument,
        values: *const i32,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// Makes it a keyword argument.
    ///
    /// * `name`: borrows until the call is over: the parameter's name in the operator's schema; NULL makes it positional.
    pub fn tw_argument_set_name(
        argument: *mut tw_argument,
        name: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_tensor_list {
    _unused: [u8; 0],
}
extern "C" {
    /// Creates a list of tensors.
    ///
    /// * `out`: creates the list; NULL on failure. Free it with `tw_tensor_list_free`.
    /// * `tensors`: shares: count tensors, in this order; a NULL among them leaves its place empty. May be NULL where
    ///   count is 0.
    pub fn tw_tensor_list_create(
        out: *mut *mut tw_tensor_list,
        tensors: *const *mut tw_tensor,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// The number of places in the list, the empty ones among them.
    pub fn tw_tensor_list_get_count(out: *mut usize, list: *const tw_tensor_list) -> tw_status;
}
extern "C" {
    /// Creates a handle to the tensor at a place.
    ///
    /// * `out`: creates the handle, which outlives the list; NULL, with `TW_OK`, where the place is empty.
    /// * `index`: from 0.
    /// * fails with `TW_ERROR_RANGE`: the list has no such place
    pub fn tw_tensor_list_get(
        out: *mut *mut tw_tensor,
        list: *const tw_tensor_list,
        index: usize,
    ) -> tw_status;
}
extern "C" {
    /// The whole list as an array of handles, such as a constructor of an optimizer takes.
    ///
    /// * `out`: borrows from the list: valid until the list is freed, handles and all. Do not free the handles. NULL at
    ///   empty places; unspecified where count is 0.
    /// * `count`: how many there are; may be NULL.
    pub fn tw_tensor_list_get_data(
        out: *mut *const *mut tw_tensor,
        count: *mut usize,
        list: *const tw_tensor_list,
    ) -> tw_status;
}
extern "C" {
    /// Frees the list. NULL is allowed and does nothing. The tensors live on where anything else needs them.
    pub fn tw_tensor_list_free(list: *mut tw_tensor_list);
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_module {
    _unused: [u8; 0],
}
/// Computes a module's result.
///
/// * `out`: to be set to a new handle, which the forward pass then owns; looked at only where `TW_OK` is returned.
/// * `module`: borrows: the module itself.
/// * `inputs`: borrows: count tensors; NULL where the caller of the forward pass gave NULL.
/// * `context`: what was given to `tw_module_custom`.
/// Returns: `TW_OK`, or the status to fail the forward pass with; `tw_last_error` then names the callback, the status, and
///   the failure of this library that the callback met last, if any.
pub type tw_module_forward_function = ::std::option::Option<
    unsafe extern "C" fn(
        out: *mut *mut tw_tensor,
        module: *mut tw_module,
        inputs: *const *mut tw_tensor,
        count: usize,
        context: *mut ::std::os::raw::c_void,
    ) -> tw_status,
>;
extern "C" {
    /// Creates a module of the caller's own, empty at first: register parameters, buffers and children with it.
    ///
    /// * `out`: creates the module; NULL on failure.
    /// * `forward`: computes its result; NULL for a module that only holds others (its forward is `TW_ERROR_STATE`).
    /// * `context`: shares: passed to forward as it is, until release is called.
    /// * `release`: called exactly once with context, when neither a handle nor a parent holds the module any more; also
    ///   where this call fails, and by whichever thread lets go of the module last. NULL where the caller
    ///   needs no word of it.
    pub fn tw_module_custom(
        out: *mut *mut tw_module,
        forward: tw_module_forward_function,
        context: *mut ::std::os::raw::c_void,
        release: ::std::option::Option<unsafe extern "C" fn(context: *mut ::std::os::raw::c_void)>,
    ) -> tw_status;
}
extern "C" {
    /// Registers a parameter: a tensor that optimizers train.
    ///
    /// * `name`: not empty, without a dot, and not taken in this module.
    /// * `tensor`: shares: a leaf of a floating dtype; from now on it requires a gradient.
    /// * fails with `TW_ERROR_ARGUMENT`: the name is not a valid one, or taken; or the tensor is not a leaf
    /// * fails with `TW_ERROR_TYPE`: the tensor is not of a floating dtype, or the module not one of `tw_module_custom`
    /// * fails with `TW_ERROR_MEMORY`: memory has run out; the name may stay taken: make the module anew
    pub fn tw_module_register_parameter(
        module: *mut tw_module,
        name: *const ::std::os::raw::c_char,
        tensor: *mut tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// Registers a buffer: a tensor that is saved and moved with the module but not trained.
    ///
    /// * `name`: not empty, without a dot, and not taken in this module.
    /// * `tensor`: shares: of any dtype.
    /// * fails with `TW_ERROR_ARGUMENT`: the name is not a valid one, or taken
    /// * fails with `TW_ERROR_TYPE`: the module is not one of `tw_module_custom`
    /// * fails with `TW_ERROR_MEMORY`: memory has run out; the name may stay taken: make the module anew
    pub fn tw_module_register_buffer(
        module: *mut tw_module,
        name: *const ::std::os::raw::c_char,
        tensor: *mut tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// Registers a child module, which module shares.
    ///
    /// * `name`: not empty, without a dot, and not taken in this module.
    /// * `child`: shares: of any kind.
    /// * fails with `TW_ERROR_ARGUMENT`: the name is not a valid one, or taken; or child is the module itself or holds it
    /// * fails with `TW_ERROR_TYPE`: the module is not one of `tw_module_custom`
    /// * fails with `TW_ERROR_MEMORY`: memory has run out; the name may stay taken: make the module anew
    pub fn tw_module_register_module(
        module: *mut tw_module,
        name: *const ::std::os::raw::c_char,
        child: *mut tw_module,
    ) -> tw_status;
}
extern "C" {
    /// Runs the forward pass. What has happened before a failure inside stays: a batch normalization's running statistics and
    /// num_batches_tracked, and the random numbers that dropout has drawn. A forward in evaluation mode changes neither.
    ///
    /// * `out`: creates the result; NULL on failure. Of several results the first; `tw_module_forward_all` gives them all.
    /// * `inputs`: borrows: count tensors, as many as the module takes; the layers of layers.h say how many. NULL stands
    ///   for Python's None where the layer says that it takes it.
    /// * fails with `TW_ERROR_ARGUMENT`: count is not what the module takes, or a NULL is not taken where it stands
    /// * fails with `TW_ERROR_STATE`: the module has no forward
    /// * fails with `TW_ERROR_CALLBACK`: a forward of the caller's returned `TW_OK` without a new handle in out, or no `tw_status`
    /// * fails with `TW_ERROR_TORCH`: LibTorch refused an input: its sizes do not fit the module's, or its dtype or device is
    ///   not that of the parameters
    /// * fails with `TW_ERROR_MEMORY`: the results do not fit into memory
    ///
    /// A failure of a forward of the caller's own comes out with the status that it returned. Where a module within this one
    /// fails, the message begins with its path from this one, as "encoder.0.linear1: mat1 and mat2 shapes cannot be
    /// multiplied". Within a TorchScript module the path goes as far as TorchScript tells.
    pub fn tw_module_forward(
        out: *mut *mut tw_tensor,
        module: *mut tw_module,
        inputs: *const *mut tw_tensor,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// Runs the forward pass of a module with several results, such as an LSTM; otherwise as `tw_module_forward`.
    ///
    /// * `out`: creates a list of the results, in PyTorch's order; NULL on failure. Free it with `tw_tensor_list_free`.
    pub fn tw_module_forward_all(
        out: *mut *mut tw_tensor_list,
        module: *mut tw_module,
        inputs: *const *mut tw_tensor,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// The parameters of the module and its children, in the order of registration, depth first, as
    /// torch.nn.Module.parameters gives them: a parameter that is registered twice comes once.
    ///
    /// * `out`: creates a list of them; NULL on failure. `tw_tensor_list_get_data` gives it as the array that an optimizer
    ///   takes, as tensor_list.h shows. Free it with `tw_tensor_list_free`.
    pub fn tw_module_get_parameters(
        out: *mut *mut tw_tensor_list,
        module: *const tw_module,
    ) -> tw_status;
}
extern "C" {
    /// The name of the parameter that `tw_module_get_parameters` puts at index, such as "conv1.weight".
    ///
    /// * `out`: borrows: room for capacity bytes, as for every buffer: see the guide at the top of torch_warmup.h.
    /// * `needed`: how many bytes the name has, its closing 0 among them; may be NULL.
    /// * fails with `TW_ERROR_CAPACITY`: capacity is too small
    /// * fails with `TW_ERROR_RANGE`: there is no such index
    pub fn tw_module_get_parameter_name(
        out: *mut ::std::os::raw::c_char,
        capacity: usize,
        needed: *mut usize,
        module: *const tw_module,
        index: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a handle to the parameter or buffer of a dotted name, such as "conv1.weight".
    ///
    /// * fails with `TW_ERROR_NOT_FOUND`: there is none of that name; the message lists those there are
    pub fn tw_module_get_tensor(
        out: *mut *mut tw_tensor,
        module: *const tw_module,
        name: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Creates a handle to the child of a dotted name, such as "encoder.0"; otherwise as `tw_module_get_tensor`.
    pub fn tw_module_get_module(
        out: *mut *mut tw_module,
        module: *const tw_module,
        name: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Puts the module and its children into training mode (1) or evaluation mode (0). They start in training mode.
    pub fn tw_module_train(module: *mut tw_module, mode: i32) -> tw_status;
}
extern "C" {
    /// Whether the module is in training mode, 0 or 1.
    pub fn tw_module_is_training(out: *mut i32, module: *const tw_module) -> tw_status;
}
extern "C" {
    /// Moves the parameters and buffers to a device, in place: handles to them, and optimizers over them, see the move.
    ///
    /// An optimizer's state does not move with them, so move the module before the first step.
    ///
    /// * `device`: NULL for "cpu".
    /// * fails with `TW_ERROR_DEVICE`: there is no such device, or it failed; nothing has moved
    /// * fails with `TW_ERROR_MEMORY`: the device has no room for them; nothing has moved
    pub fn tw_module_move_to(
        module: *mut tw_module,
        device: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Removes the gradient of every parameter.
    pub fn tw_module_zero_grad(module: *mut tw_module) -> tw_status;
}
extern "C" {
    /// Frees the handle. NULL is allowed and does nothing.
    pub fn tw_module_free(module: *mut tw_module);
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_value {
    _unused: [u8; 0],
}
extern "C" {
    /// None.
    pub fn tw_value_none(out: *mut *mut tw_value) -> tw_status;
}
extern "C" {
    /// A tensor.
    ///
    /// * `tensor`: shares.
    pub fn tw_value_tensor(out: *mut *mut tw_value, tensor: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// An int.
    pub fn tw_value_int64(out: *mut *mut tw_value, value: i64) -> tw_status;
}
extern "C" {
    /// A float.
    pub fn tw_value_double(out: *mut *mut tw_value, value: f64) -> tw_status;
}
extern "C" {
    /// A bool.
    ///
    /// * `value`: 0 or 1
    pub fn tw_value_bool(out: *mut *mut tw_value, value: i32) -> tw_status;
}
extern "C" {
    /// A string.
    ///
    /// * `value`: borrows: UTF-8 that ends with its first 0; another text is `TW_ERROR_ARGUMENT`
    pub fn tw_value_string(
        out: *mut *mut tw_value,
        value: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// A list of count items of any kinds.
    ///
    /// A method of TorchScript takes it where each item is, or can become, of the type of items that the method asks for: an
    /// int does for a float. An empty list is of whatever type the method asks for.
    ///
    /// * `items`: shares: none of them NULL.
    /// * fails with `TW_ERROR_RANGE`: with this one, more than 100 containers would lie in one another
    pub fn tw_value_list(
        out: *mut *mut tw_value,
        items: *const *mut tw_value,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// A tuple of count items of any kinds; otherwise as `tw_value_list`.
    pub fn tw_value_tuple(
        out: *mut *mut tw_value,
        items: *const *mut tw_value,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// A dict of count entries of any kinds, in their order; otherwise as `tw_value_list`.
    ///
    /// A checkpoint takes keys that are strings, numbers or bools, no two equal in Python, where 1, 1.0 and True are one; a
    /// method of TorchScript, keys that are all of one kind.
    ///
    /// * `keys`: shares: strings, ints, floats, bools or tensors, no two equal.
    /// * `values`: shares: none of them NULL.
    /// * fails with `TW_ERROR_TYPE`: a key is of a kind that no dict takes
    /// * fails with `TW_ERROR_ARGUMENT`: a key comes twice
    pub fn tw_value_dict(
        out: *mut *mut tw_value,
        keys: *const *mut tw_value,
        values: *const *mut tw_value,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// What the value is; on failure `TW_KIND_NONE`.
    pub fn tw_value_get_kind(out: *mut tw_kind, value: *const tw_value) -> tw_status;
}
extern "C" {
    /// The value's type as Python names it: "int", "OrderedDict", "torch.Size"; of a tensor with its dtype and sizes,
    /// "torch.float32 tensor \[2, 3\]". Of `TW_KIND_OTHER` too: "torch.float8_e4m3fn tensor \[2, 3\]", "set", "complex".
    ///
    /// * `out`: borrows: room for capacity bytes.
    /// * `needed`: the bytes needed, the closing 0 among them; may be NULL.
    /// * fails with `TW_ERROR_CAPACITY`: capacity is too small
    pub fn tw_value_get_type_name(
        out: *mut ::std::os::raw::c_char,
        capacity: usize,
        needed: *mut usize,
        value: *const tw_value,
    ) -> tw_status;
}
extern "C" {
    /// Creates a handle to the tensor; of a loaded checkpoint, a tensor of the CPU with its elements, which requires a
    /// gradient where the one that was saved did.
    pub fn tw_value_get_tensor(out: *mut *mut tw_tensor, value: *const tw_value) -> tw_status;
}
extern "C" {
    /// The int.
    pub fn tw_value_get_int64(out: *mut i64, value: *const tw_value) -> tw_status;
}
extern "C" {
    /// The float; of an int too, where a double holds it exactly.
    pub fn tw_value_get_double(out: *mut f64, value: *const tw_value) -> tw_status;
}
extern "C" {
    /// The bool, 0 or 1.
    pub fn tw_value_get_bool(out: *mut i32, value: *const tw_value) -> tw_status;
}
extern "C" {
    /// The string, UTF-8. Python's may hold a 0 before the closing one: then needed is more than strlen tells.
    ///
    /// * `out`: borrows: room for capacity bytes.
    /// * `needed`: the bytes needed, the closing 0 among them; may be NULL.
    /// * fails with `TW_ERROR_CAPACITY`: capacity is too small
    pub fn tw_value_get_string(
        out: *mut ::std::os::raw::c_char,
        capacity: usize,
        needed: *mut usize,
        value: *const tw_value,
    ) -> tw_status;
}
extern "C" {
    /// The number of items of a list or tuple, or of entries of a dict.
    pub fn tw_value_get_size(out: *mut usize, value: *const tw_value) -> tw_status;
}
extern "C" {
    /// Creates a handle to the item of a list or tuple, or to the value of a dict's entry, in its order.
    ///
    /// * fails with `TW_ERROR_RANGE`: there is no such index
    pub fn tw_value_get_item(
        out: *mut *mut tw_value,
        value: *const tw_value,
        index: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a handle to the key of a dict's entry, in its order; otherwise as `tw_value_get_item`.
    pub fn tw_value_get_key(
        out: *mut *mut tw_value,
        value: *const tw_value,
        index: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a handle to a dict's value under a key that is a string, or to a named tuple's field.
    ///
    /// * fails with `TW_ERROR_NOT_FOUND`: there is none; the message lists the keys there are
    pub fn tw_value_find(
        out: *mut *mut tw_value,
        value: *const tw_value,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Frees the handle. NULL is allowed and does nothing.
    pub fn tw_value_free(value: *mut tw_value);
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_checkpoint {
    _unused: [u8; 0],
}
extern "C" {
    /// Creates an empty checkpoint.
    ///
    /// * `out`: creates the checkpoint; NULL on failure. Free it with `tw_checkpoint_free`.
    pub fn tw_checkpoint_create(out: *mut *mut tw_checkpoint) -> tw_status;
}
extern "C" {
    /// Creates a checkpoint of its own with a copy of all that another holds, memory of tensors too: a snapshot, which what
    /// trains on does not change. Memory that tensors share is copied once, and they share the copy; on whatever device it is, it
    /// stays. The tensors of a loaded file stay in the file.
    ///
    /// * `out`: creates the checkpoint; NULL on failure. Free it with `tw_checkpoint_free`.
    /// * `checkpoint`: borrows.
    pub fn tw_checkpoint_clone(
        out: *mut *mut tw_checkpoint,
        checkpoint: *const tw_checkpoint,
    ) -> tw_status;
}
extern "C" {
    /// Creates a checkpoint of what a value holds: of a part of another checkpoint that no key leads to, or of names without what
    /// they all begin with.
    ///
    /// ```text
    /// tw_checkpoint_load(&file, "last.ckpt");                                       of PyTorch Lightning
    /// tw_checkpoint_get_value(&weights, file, "state_dict");
    /// tw_checkpoint_from_value(&part, weights, "model.");
    /// tw_checkpoint_restore_module(network, part, NULL, 1);
    ///
    /// tw_checkpoint_get_value(&states, file, "optimizer_states");                   a list
    /// tw_value_get_item(&state, states, 0);
    /// tw_checkpoint_from_value(&part, state, NULL);
    /// tw_checkpoint_restore_optimizer(optimizer, part, NULL);
    /// ```
    ///
    /// The tensors of a loaded file stay in the file.
    ///
    /// * `out`: creates the checkpoint; NULL on failure. Free it with `tw_checkpoint_free`.
    /// * `value`: shares: its tensors, as `tw_checkpoint_put_value` does.
    /// * `prefix`: borrows: takes of a dict the entries whose keys begin with it, and takes it off: "module." of a model that
    ///   was saved from within DataParallel, "\_orig_mod." of a compiled one. NULL: all, as it is.
    /// * fails with `TW_ERROR_TYPE`: a prefix is given and the value is no dict; otherwise as `tw_checkpoint_put_value`
    /// * fails with `TW_ERROR_NOT_FOUND`: no key begins with prefix; the message lists some
    pub fn tw_checkpoint_from_value(
        out: *mut *mut tw_checkpoint,
        value: *const tw_value,
        prefix: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Frees the handle. NULL is allowed and does nothing.
    pub fn tw_checkpoint_free(checkpoint: *mut tw_checkpoint);
}
extern "C" {
    /// Puts a tensor under a key.
    ///
    /// It is not copied: the file gets, and what is restored from the checkpoint gets, the elements that it has by then. To keep
    /// those that it has now, put a `tw_tensor_clone` of it, or take a `tw_checkpoint_clone`. Tensors that look into the same memory
    /// share it in the file too, and all of that memory is saved, as torch.save does. A tensor of another device is saved as one
    /// of the CPU, so that the file loads on every machine. Gradients are not saved, but whether the tensor requires one is.
    ///
    /// * `tensor`: shares: its memory is kept alive as long as the checkpoint has it.
    /// * fails with `TW_ERROR_TYPE`: it is sparse, or its elements are of a type that `tw_dtype` does not list
    pub fn tw_checkpoint_put_tensor(
        checkpoint: *mut tw_checkpoint,
        key: *const ::std::os::raw::c_char,
        tensor: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// Puts a module's state_dict under a key: its parameters and buffers, and those of its children, by their dotted names
    /// and in PyTorch's order.
    ///
    /// As `tw_checkpoint_put_tensor` it copies nothing: after more training the checkpoint has the newer weights. To keep those of
    /// now, take a `tw_checkpoint_clone`.
    ///
    /// * `key`: NULL: each parameter and buffer under its own name in the checkpoint itself, which then is a bare
    ///   state_dict.
    /// * `module`: shares: each parameter and buffer, as `tw_checkpoint_put_tensor` does.
    pub fn tw_checkpoint_put_module(
        checkpoint: *mut tw_checkpoint,
        key: *const ::std::os::raw::c_char,
        module: *const tw_module,
    ) -> tw_status;
}
extern "C" {
    /// Puts an optimizer's state_dict under a key, as Python's optimizer.state_dict() has it: "state", by the parameters'
    /// places, and "param_groups" with the options, their rates among them, and what LR schedulers keep there: "initial_lr".
    ///
    /// * `optimizer`: shares: the state's tensors, as `tw_checkpoint_put_tensor` does. The options, and how many steps each
    ///   parameter has taken, are copied.
    /// * fails with `TW_ERROR_TYPE`: it is borrowed, and not an Adam, AdamW, SGD, RMSprop or Adagrad
    pub fn tw_checkpoint_put_optimizer(
        checkpoint: *mut tw_checkpoint,
        key: *const ::std::os::raw::c_char,
        optimizer: *const tw_optimizer,
    ) -> tw_status;
}
extern "C" {
    /// Puts an LR scheduler's state_dict under a key, as Python's scheduler.state_dict() has it.
    ///
    /// Functions of the caller's own (`tw_lr_scheduler_lambda`, \_multiplicative) are not saved, as Python's are not.
    ///
    /// * `scheduler`: borrows: what it holds now is copied.
    pub fn tw_checkpoint_put_lr_scheduler(
        checkpoint: *mut tw_checkpoint,
        key: *const ::std::os::raw::c_char,
        scheduler: *const tw_lr_scheduler,
    ) -> tw_status;
}
extern "C" {
    /// Puts a warmup's state_dict under a key, as pytorch_warmup's state_dict() has it.
    ///
    /// * `warmup`: borrows.
    pub fn tw_checkpoint_put_warmup(
        checkpoint: *mut tw_checkpoint,
        key: *const ::std::os::raw::c_char,
        warmup: *const tw_warmup,
    ) -> tw_status;
}
extern "C" {
    /// Puts the state of the default random number generators under a key: a dict with "cpu", what Python's
    /// torch.get_rng_state() gives, and "cuda", a list of what torch.cuda.get_rng_state_all() gives, empty without CUDA.
    pub fn tw_checkpoint_put_rng_state(
        checkpoint: *mut tw_checkpoint,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Puts the state of a generator under a key, as Python's Generator.get_state() gives it.
    ///
    /// * `generator`: borrows.
    pub fn tw_checkpoint_put_generator(
        checkpoint: *mut tw_checkpoint,
        key: *const ::std::os::raw::c_char,
        generator: *const tw_generator,
    ) -> tw_status;
}
extern "C" {
    /// Puts an integer under a key; Python reads an int.
    pub fn tw_checkpoint_put_int64(
        checkpoint: *mut tw_checkpoint,
        key: *const ::std::os::raw::c_char,
        value: i64,
    ) -> tw_status;
}
extern "C" {
    /// Puts a number under a key; Python reads a float, equal to the last bit.
    ///
    /// torch.load(weights_only=True) of PyTorch 1.13 knows no floats, not those of Python's own files either: read there
    /// without it, or put a tensor of one element.
    pub fn tw_checkpoint_put_double(
        checkpoint: *mut tw_checkpoint,
        key: *const ::std::os::raw::c_char,
        value: f64,
    ) -> tw_status;
}
extern "C" {
    /// Puts a string under a key; Python reads a str.
    ///
    /// * `value`: borrows: UTF-8 that ends with a 0
    pub fn tw_checkpoint_put_string(
        checkpoint: *mut tw_checkpoint,
        key: *const ::std::os::raw::c_char,
        value: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Puts a value under a key, with all that it holds.
    ///
    /// * `key`: NULL: the value takes the place of all that the checkpoint holds. Python's torch.load then gives it and
    ///   no dict around it.
    /// * `value`: shares: its tensors, as `tw_checkpoint_put_tensor` does. Those of another loaded checkpoint are read now.
    /// * fails with `TW_ERROR_TYPE`: something in it is nothing that a checkpoint holds, such as an object of TorchScript or a dict
    ///   with tensors as keys; the message says what
    /// * fails with `TW_ERROR_ARGUMENT`: a dict in it has keys that Python takes for one, such as 1 and 1.0
    /// * fails with `TW_ERROR_RANGE`: in the checkpoint more than 100 containers would lie in one another
    pub fn tw_checkpoint_put_value(
        checkpoint: *mut tw_checkpoint,
        key: *const ::std::os::raw::c_char,
        value: *const tw_value,
    ) -> tw_status;
}
extern "C" {
    /// Saves the checkpoint: afterwards the file at path is either the new one, whole and on the disk, or what it was before.
    ///
    /// The file is written beside path under the name path.saving, flushed to the disk and renamed. A process that is killed
    /// meanwhile leaves path.saving behind, which the next save to path replaces. Two savers of one path wait for
    /// each other. A file that is replaced hands on its permissions. A link is followed, also to where there is no file yet, and
    /// path.saving then lies beside what it leads to.
    ///
    /// * `path`: borrows: the file's name. What is there already must be a regular file.
    /// * fails with `TW_ERROR_IO`: the operating system refused, as a loop of links; `tw_last_error` says what and why. Where only the
    ///   last step fails, to flush the folder, the new file is there, and the message says so.
    /// * fails with `TW_ERROR_STATE`: a tensor's memory has become smaller since it was put
    /// * fails with `TW_ERROR_UNSUPPORTED`: it holds a tensor of a safetensors file whose dtype PyTorch has not; the message names it
    pub fn tw_checkpoint_save(
        checkpoint: *const tw_checkpoint,
        path: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Loads a file that `tw_checkpoint_save`, Python's torch.save (from PyTorch 1.6 on) or C++'s torch::pickle_save wrote: each
    /// that torch.load(weights_only=True) of PyTorch 2.15 loads, of pickle protocols 2 to 5 and of both byte orders, but for
    /// those that hold a class itself, such as torch.FloatTensor, or a subclass of tensors.
    ///
    /// What Python saved may be a dict, or another value: see `tw_checkpoint_get_value`. What is of a type that this library has
    /// not loses nothing else: sets, bytes, complex numbers, ints of more than 64 bits, dtypes and devices, tensors of dtypes
    /// that `tw_dtype` does not list, sparse, quantized and meta ones. Such a value is of `TW_KIND_OTHER`, has a name
    /// (`tw_value_get_type_name`), is saved again as it was, and is `TW_ERROR_UNSUPPORTED` when it is asked for. Attributes that
    /// Python's code hung on an OrderedDict, a tensor or a Parameter are saved again too, and are not offered.
    ///
    /// Nothing in a file is ever run: a file that asks for a function or class other than those that such values are made of
    /// is refused as a whole. So is one that is damaged in any byte. The tensors' elements stay in the file until they are
    /// asked for, so do not change it meanwhile; replacing it by `tw_checkpoint_save` is no change.
    ///
    /// * `out`: creates the checkpoint; NULL on failure. Values may be put into it too. Free it with `tw_checkpoint_free`.
    /// * `path`: borrows: the file's name.
    /// * fails with `TW_ERROR_IO`: it cannot be opened or read
    /// * fails with `TW_ERROR_FORMAT`: it is no checkpoint, or damaged; `tw_last_error` says what
    /// * fails with `TW_ERROR_UNSUPPORTED`: it is whole, but asks for another class or function, which the message names, or is of a
    ///   newer format; or it is a TorchScript module, which `tw_module_load_torchscript` loads
    pub fn tw_checkpoint_load(
        out: *mut *mut tw_checkpoint,
        path: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Whether there is a value under a key, which must not be NULL.
    ///
    /// * `out`: 0 or 1; 0 on failure.
    pub fn tw_checkpoint_has(
        out: *mut i32,
        checkpoint: *const tw_checkpoint,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// What lies under a key; on failure `TW_KIND_NONE`.
    pub fn tw_checkpoint_get_kind(
        out: *mut tw_kind,
        checkpoint: *const tw_checkpoint,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// The number of keys. Python's dicts may have other keys than strings: these do not count; `tw_checkpoint_get_value` with
    /// the key NULL gives all.
    pub fn tw_checkpoint_get_key_count(
        out: *mut usize,
        checkpoint: *const tw_checkpoint,
    ) -> tw_status;
}
extern "C" {
    /// A key, by its index in the order in which they were put.
    ///
    /// * `out`: borrows: room for capacity bytes.
    /// * `needed`: the bytes needed, the closing 0 among them; may be NULL.
    /// * `index`: below `tw_checkpoint_get_key_count`.
    /// * fails with `TW_ERROR_RANGE`: there is no such index
    /// * fails with `TW_ERROR_CAPACITY`: capacity is too small
    pub fn tw_checkpoint_get_key(
        out: *mut ::std::os::raw::c_char,
        capacity: usize,
        needed: *mut usize,
        checkpoint: *const tw_checkpoint,
        index: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a tensor of the CPU with the elements, sizes and dtype of one in the checkpoint. It requires a gradient where the
    /// one that was saved did, as a torch.nn.Parameter does; of a module's state_dict none does.
    pub fn tw_checkpoint_get_tensor(
        out: *mut *mut tw_tensor,
        checkpoint: *const tw_checkpoint,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Copies the elements of a tensor in the checkpoint into one that is there already, on whatever device.
    ///
    /// * `tensor`: borrows: of the same sizes and dtype; whether it requires a gradient does not change.
    /// * fails with `TW_ERROR_ARGUMENT`: the sizes differ
    /// * fails with `TW_ERROR_TYPE`: the dtypes differ, or the tensor cannot be written into: expanded, sparse, on the meta device
    pub fn tw_checkpoint_copy_tensor(
        tensor: *mut tw_tensor,
        checkpoint: *const tw_checkpoint,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// An integer, or 0 or 1 for Python's False and True.
    pub fn tw_checkpoint_get_int64(
        out: *mut i64,
        checkpoint: *const tw_checkpoint,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// A number; of integers, those that a double holds exactly.
    pub fn tw_checkpoint_get_double(
        out: *mut f64,
        checkpoint: *const tw_checkpoint,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// A string.
    ///
    /// * `out`: borrows: room for capacity bytes.
    /// * `needed`: the bytes needed, the closing 0 among them; may be NULL.
    /// * fails with `TW_ERROR_CAPACITY`: capacity is too small
    pub fn tw_checkpoint_get_string(
        out: *mut ::std::os::raw::c_char,
        capacity: usize,
        needed: *mut usize,
        checkpoint: *const tw_checkpoint,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Creates a handle to what lies under a key, of any kind: `tw_value_get_item`, \_get_key and \_find lead on into it.
    ///
    /// ```text
    /// tw_checkpoint_load(&checkpoint, "run.pt");               torch.save({"args": {"lr": 0.1}}, "run.pt")
    /// tw_checkpoint_get_value(&args, checkpoint, "args");
    /// tw_value_find(&lr, args, "lr");
    /// tw_value_get_double(&number, lr);
    ///
    /// tw_checkpoint_load(&checkpoint, "x.pt");                 torch.save(x, "x.pt")
    /// tw_checkpoint_get_tensor(&x, checkpoint, NULL);
    /// ```
    ///
    /// It stays as it is when other values are put into the checkpoint, and when the checkpoint is freed. Put into the same
    /// checkpoint again, it is what the file has, to the last detail.
    ///
    /// * `out`: creates the value; NULL on failure. Free it with `tw_value_free`.
    pub fn tw_checkpoint_get_value(
        out: *mut *mut tw_value,
        checkpoint: *const tw_checkpoint,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Copies a state_dict into a module's parameters and buffers, converting dtype and device, as Python's load_state_dict
    /// does.
    ///
    /// A batch norm's num_batches_tracked may be missing, and then stays as it is, where Python's may: in a state_dict whose
    /// \_metadata gives that batch norm no version, or one below 2 (before PyTorch 0.4.1). PyTorch 1.13 sets it to 0 then.
    /// Names that begin with more than the module's, such as "module.", lose it by `tw_checkpoint_from_value`.
    ///
    /// * `module`: borrows: unchanged on failure, but for a disk that fails while elements are copied, which
    ///   `tw_checkpoint_load` has read before.
    /// * `key`: NULL: the checkpoint itself is the state_dict, but for metadata (safetensors.h), which is passed over.
    /// * `strict`: 1: the names must be those of the module's parameters and buffers. 0: names that the module or the
    ///   state_dict lacks are passed over; `tw_checkpoint_compare_module` tells them.
    /// * fails with `TW_ERROR_ARGUMENT`: names are missing or unexpected, or tensors of other sizes; the message lists all of them
    /// * fails with `TW_ERROR_UNSUPPORTED`: among these is one of a type that this library has not, such as a float8 tensor
    /// * fails with `TW_ERROR_TYPE`: a parameter or buffer cannot be written into: expanded, sparse, on the meta device
    pub fn tw_checkpoint_restore_module(
        module: *mut tw_module,
        checkpoint: *const tw_checkpoint,
        key: *const ::std::os::raw::c_char,
        strict: i32,
    ) -> tw_status;
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_module_differences {
    _unused: [u8; 0],
}
/// of the module's alone: restoring leaves it as it is, or, strict, fails
pub const TW_DIFFERENCE_MISSING: tw_difference = 0;
/// of the state_dict's alone: restoring passes it over, or, strict, fails
pub const TW_DIFFERENCE_UNEXPECTED: tw_difference = 1;
/// of other sizes here and there, or no tensor: restoring fails
pub const TW_DIFFERENCE_MISMATCHED: tw_difference = 2;
pub const TW_DIFFERENCE_UNKNOWN: tw_difference = -1;
pub const TW_DIFFERENCE_MAX_ENUM: tw_difference = 2147483647;
/// In what a name differs. The numbers are fixed for ever; new ones are added at the end.
pub type tw_difference = i32;
extern "C" {
    /// Finds the names in which a module and a state_dict differ: what stands in the way of `tw_checkpoint_restore_module`, or is
    /// passed over by it. Changes neither.
    ///
    /// * `out`: creates the differences; NULL on failure. Free it with `tw_module_differences_free`.
    /// * `key`: as for `tw_checkpoint_restore_module`.
    pub fn tw_checkpoint_compare_module(
        out: *mut *mut tw_module_differences,
        module: *const tw_module,
        checkpoint: *const tw_checkpoint,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// How many names there are that differ so.
    pub fn tw_module_differences_get_count(
        out: *mut usize,
        differences: *const tw_module_differences,
        which: tw_difference,
    ) -> tw_status;
}
extern "C" {
    /// A name that differs so, by its index: in the module's order, those that are unexpected in the state_dict's.
    ///
    /// * `out`: borrows: room for capacity bytes.
    /// * `needed`: the bytes needed, the closing 0 among them; may be NULL.
    /// * `index`: below `tw_module_differences_get_count`.
    /// * fails with `TW_ERROR_RANGE`: there is no such index
    /// * fails with `TW_ERROR_CAPACITY`: capacity is too small
    pub fn tw_module_differences_get_name(
        out: *mut ::std::os::raw::c_char,
        capacity: usize,
        needed: *mut usize,
        differences: *const tw_module_differences,
        which: tw_difference,
        index: usize,
    ) -> tw_status;
}
extern "C" {
    /// Frees the handle. NULL is allowed and does nothing.
    pub fn tw_module_differences_free(differences: *mut tw_module_differences);
}
extern "C" {
    /// Loads a state_dict into an optimizer, as Python's load_state_dict: the state of each parameter, and every group's
    /// options, the rates among them. State takes the device and dtype of its parameter. Options of PyTorch's that LibTorch
    /// lacks are passed over, but for those that ask for other steps than it takes, such as maximize; an entry of a group that
    /// neither knows only where it asks for nothing, being None, False or a str. Options that PyTorch's classes got
    /// later on (amsgrad, nesterov, centered, RMSprop's momentum) have their default where an older file lacks them, as in
    /// Python. Rates may be negative, as `tw_optimizer_set_lr` says, and are finite.
    ///
    /// * `optimizer`: borrows: of the same class as the one that was saved, over as many groups with as many parameters
    ///   each; unchanged on failure.
    /// * fails with `TW_ERROR_ARGUMENT`: groups, parameters or sizes differ, or entries are missing; the message says which
    /// * fails with `TW_ERROR_TYPE`: an entry is of another kind than this optimizer's, or it is of no class that we know
    /// * fails with `TW_ERROR_RANGE`: an option is none that the optimizer takes
    /// * fails with `TW_ERROR_UNSUPPORTED`: a group has an entry that is not known; the message names it
    pub fn tw_checkpoint_restore_optimizer(
        optimizer: *mut tw_optimizer,
        checkpoint: *const tw_checkpoint,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Loads a state_dict into an LR scheduler, and sets the optimizer's rates to those that it last computed.
    ///
    /// Whatever the order of loading optimizer, scheduler and warmup, the run goes on as if it had never stopped. Only of
    /// several schedulers without a warmup load the one last that is stepped last, or the optimizer after them.
    ///
    /// The arguments that the scheduler was made with become those that were saved, as in Python; but OneCycleLR's max_lrs and
    /// momentums, which PyTorch keeps in the optimizer, stay. Whether it cycles momentum is decided when it is made: a
    /// state_dict with another cycle_momentum is `TW_ERROR_ARGUMENT` here, where Python goes on with that one. Rates may be negative,
    /// as `tw_optimizer_set_lr` says, and are finite.
    ///
    /// PyTorch 1.13 saves CyclicLR and OneCycleLR with a method in them, so that `tw_checkpoint_load` refuses the file: remove
    /// "\_scale_fn_ref" and "anneal_func" from their state_dict before saving it.
    ///
    /// * `scheduler`: borrows: of the same kind as the one that was saved; its own functions stay. Unchanged on failure.
    /// * fails with `TW_ERROR_ARGUMENT`: an entry is missing, it is the state of another kind, or the number of groups, or of the
    ///   schedulers in a chain or sequence, differs
    /// * fails with `TW_ERROR_TYPE`: an entry is of another kind than this scheduler's
    /// * fails with `TW_ERROR_RANGE`: a number lies outside its range
    /// * fails with `TW_ERROR_STATE`: the optimizer has gained a group that the scheduler does not take
    /// * fails with `TW_ERROR_UNSUPPORTED`: there is an entry that is not known, and asks for something: it is not None, False or a str.
    ///   Or Python's scheduler had callable objects for functions, and their attributes are among
    ///   its state (lr_lambdas, \_scale_fn_custom): a function of C has no place for them
    pub fn tw_checkpoint_restore_lr_scheduler(
        scheduler: *mut tw_lr_scheduler,
        checkpoint: *const tw_checkpoint,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Loads a state_dict into a warmup, and sets the optimizer's rates as dampened for its step; otherwise as
    /// `tw_checkpoint_restore_lr_scheduler`. Its periods, or RAdam's beta2, become those that were saved.
    ///
    /// Until the next step its rates count, so that schedulers loaded after it do not change them. A run of Python's that
    /// calls dampen() alone saves the rates of its first step: load the optimizer last, then.
    ///
    /// * `warmup`: borrows: of the same kind as the one that was saved, which a linear and an exponential one cannot be
    ///   told apart by. Unchanged on failure.
    pub fn tw_checkpoint_restore_warmup(
        warmup: *mut tw_warmup,
        checkpoint: *const tw_checkpoint,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Puts the default random number generators into the state that lies under a key.
    ///
    /// A state of one CUDA device for each that there is here is set; where there are fewer here, the rest is passed over.
    ///
    /// * fails with `TW_ERROR_ARGUMENT`: it is not a state that LibTorch takes; no generator has changed
    pub fn tw_checkpoint_restore_rng_state(
        checkpoint: *const tw_checkpoint,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Puts a generator into the state that lies under a key.
    ///
    /// * `generator`: borrows: unchanged on failure.
    pub fn tw_checkpoint_restore_generator(
        generator: *mut tw_generator,
        checkpoint: *const tw_checkpoint,
        key: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct DLManagedTensor {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct DLManagedTensorVersioned {
    _unused: [u8; 0],
}
extern "C" {
    /// Creates a legacy DLPack tensor over a tensor's memory.
    ///
    /// * `out`: creates it; NULL on failure. Whoever takes it calls its deleter exactly once, as DLPack says.
    /// * `tensor`: shares: its memory lives until the deleter is called.
    /// * fails with `TW_ERROR_STATE`: it requires a gradient, which DLPack cannot carry: detach it first; or a negation of it is
    ///   pending: clone it first
    /// * fails with `TW_ERROR_TYPE`: it is sparse, or of another kind without plain memory (tensor.h), or of a dtype that `tw_dtype`
    ///   does not list, or on a device other than CPU and CUDA
    pub fn tw_tensor_to_dlpack(
        out: *mut *mut DLManagedTensor,
        tensor: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// As `tw_tensor_to_dlpack`, versioned: DLPack 1.0, not read-only.
    pub fn tw_tensor_to_dlpack_versioned(
        out: *mut *mut DLManagedTensorVersioned,
        tensor: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// Creates a tensor over the memory of a legacy DLPack tensor.
    ///
    /// * `out`: creates the tensor; NULL on failure.
    ///   A stride along which there are fewer than two elements may be anything, as NumPy's are.
    ///
    /// * `managed`: consumes: its deleter runs once, when the last tensor over the memory is gone. On failure it stays
    ///   yours. Nothing in it says that it has been taken: a second time frees it twice.
    /// * fails with `TW_ERROR_ARGUMENT`: its data is NULL where there are elements, or not aligned to them
    /// * fails with `TW_ERROR_RANGE`: a size or stride is negative, there are more than 64 dimensions, or its elements reach
    ///   beyond the end of memory
    /// * fails with `TW_ERROR_TYPE`: its dtype is none of `tw_dtype`, or has lanes
    /// * fails with `TW_ERROR_DEVICE`: its device is not here
    pub fn tw_tensor_from_dlpack(
        out: *mut *mut tw_tensor,
        managed: *mut DLManagedTensor,
    ) -> tw_status;
}
extern "C" {
    /// As `tw_tensor_from_dlpack`, versioned.
    ///
    /// * fails with `TW_ERROR_FORMAT`: its major version is not 1
    /// * fails with `TW_ERROR_STATE`: it is read-only, which no tensor here can promise to keep; copy it first
    pub fn tw_tensor_from_dlpack_versioned(
        out: *mut *mut tw_tensor,
        managed: *mut DLManagedTensorVersioned,
    ) -> tw_status;
}
extern "C" {
    /// a + b.
    pub fn tw_op_add(
        out: *mut *mut tw_tensor,
        a: *const tw_tensor,
        b: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// a - b.
    pub fn tw_op_sub(
        out: *mut *mut tw_tensor,
        a: *const tw_tensor,
        b: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// a \* b.
    pub fn tw_op_mul(
        out: *mut *mut tw_tensor,
        a: *const tw_tensor,
        b: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// a / b.
    pub fn tw_op_div(
        out: *mut *mut tw_tensor,
        a: *const tw_tensor,
        b: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// a + value.
    pub fn tw_op_add_int64(out: *mut *mut tw_tensor, a: *const tw_tensor, value: i64) -> tw_status;
}
extern "C" {
    /// a + value.
    pub fn tw_op_add_double(out: *mut *mut tw_tensor, a: *const tw_tensor, value: f64)
        -> tw_status;
}
extern "C" {
    /// a \* value.
    pub fn tw_op_mul_int64(out: *mut *mut tw_tensor, a: *const tw_tensor, value: i64) -> tw_status;
}
extern "C" {
    /// a \* value.
    pub fn tw_op_mul_double(out: *mut *mut tw_tensor, a: *const tw_tensor, value: f64)
        -> tw_status;
}
extern "C" {
    /// a to the power of exponent.
    ///
    /// * fails with `TW_ERROR_TORCH`: an integer tensor to a negative power
    pub fn tw_op_pow_int64(
        out: *mut *mut tw_tensor,
        a: *const tw_tensor,
        exponent: i64,
    ) -> tw_status;
}
extern "C" {
    /// a to the power of exponent.
    pub fn tw_op_pow_double(
        out: *mut *mut tw_tensor,
        a: *const tw_tensor,
        exponent: f64,
    ) -> tw_status;
}
extern "C" {
    /// -a.
    pub fn tw_op_neg(out: *mut *mut tw_tensor, a: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// e to the power of a.
    pub fn tw_op_exp(out: *mut *mut tw_tensor, a: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// The natural logarithm of a.
    pub fn tw_op_log(out: *mut *mut tw_tensor, a: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// The square root of a.
    pub fn tw_op_sqrt(out: *mut *mut tw_tensor, a: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// a == b, a tensor of bool.
    pub fn tw_op_eq(
        out: *mut *mut tw_tensor,
        a: *const tw_tensor,
        b: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// The matrix product, batched and broadcast as torch.matmul: \[..., n, k\] x \[..., k, m\] -\> \[..., n, m\].
    pub fn tw_op_matmul(
        out: *mut *mut tw_tensor,
        a: *const tw_tensor,
        b: *const tw_tensor,
    ) -> tw_status;
}
extern "C" {
    /// input weight^T + bias.
    ///
    /// * `input`: \[..., in_features\]
    /// * `weight`: \[out_features, in_features\]
    /// * `bias`: \[out_features\], or NULL for none
    pub fn tw_op_linear(
        out: *mut *mut tw_tensor,
        input: *const tw_tensor,
        weight: *const tw_tensor,
        bias: *const tw_tensor,
    ) -> tw_status;
}
/// What `tw_op_conv2d` may be told. Fill it in with `tw_op_conv2d_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_op_conv2d_options {
    /// set by `tw_op_conv2d_options_init`
    pub struct_size: usize,
    /// set by `tw_op_conv2d_options_init`
    pub kind: i32,
    /// 0
    pub reserved: i32,
    /// rows, columns; default 1, 1
    pub stride: [i64; 2usize],
    /// zeros put on each side; default 0, 0
    pub padding: [i64; 2usize],
    /// default 1, 1
    pub dilation: [i64; 2usize],
    /// default 1, an ordinary convolution
    pub groups: i64,
}
#[test]
fn bindgen_test_layout_tw_op_conv2d_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_op_conv2d_options>(),
        72usize,
        concat!("Size of: ", stringify!(tw_op_conv2d_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_op_conv2d_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_op_conv2d_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_op_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_op_conv2d_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_op_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_op_conv2d_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reserved() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_op_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reserved) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_op_conv2d_options),
                "::",
                stringify!(reserved)
            )
        );
    }
    test_field_reserved();
    fn test_field_stride() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_op_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).stride) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_op_conv2d_options),
                "::",
                stringify!(stride)
            )
        );
    }
    test_field_stride();
    fn test_field_padding() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_op_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_op_conv2d_options),
                "::",
                stringify!(padding)
            )
        );
    }
    test_field_padding();
    fn test_field_dilation() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_op_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dilation) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_op_conv2d_options),
                "::",
                stringify!(dilation)
            )
        );
    }
    test_field_dilation();
    fn test_field_groups() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_op_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).groups) as usize - ptr as usize
            },
            64usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_op_conv2d_options),
                "::",
                stringify!(groups)
            )
        );
    }
    test_field_groups();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_op_conv2d_options`)
    pub fn tw_op_conv2d_options_init(
        options: *mut tw_op_conv2d_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// The convolution (cross-correlation) over two dimensions, as torch.nn.functional.conv2d.
    ///
    /// * `input`: \[batch, in_channels, rows, columns\], or without the batch
    /// * `weight`: \[out_channels, in_channels / groups, kernel rows, kernel columns\]
    /// * `bias`: \[out_channels\], or NULL for none
    /// * `options`: borrows: NULL for PyTorch's defaults
    pub fn tw_op_conv2d(
        out: *mut *mut tw_tensor,
        input: *const tw_tensor,
        weight: *const tw_tensor,
        bias: *const tw_tensor,
        options: *const tw_op_conv2d_options,
    ) -> tw_status;
}
extern "C" {
    /// max(0, input).
    pub fn tw_op_relu(out: *mut *mut tw_tensor, input: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// The Gaussian error linear unit, in its exact form.
    pub fn tw_op_gelu(out: *mut *mut tw_tensor, input: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// 1 / (1 + exp(-input)).
    pub fn tw_op_sigmoid(out: *mut *mut tw_tensor, input: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// The hyperbolic tangent.
    pub fn tw_op_tanh(out: *mut *mut tw_tensor, input: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// exp(input) over its sum along dim; dim may be negative, counted from the end.
    pub fn tw_op_softmax(out: *mut *mut tw_tensor, input: *const tw_tensor, dim: i64) -> tw_status;
}
extern "C" {
    /// The logarithm of `tw_op_softmax`, in one stable step.
    pub fn tw_op_log_softmax(
        out: *mut *mut tw_tensor,
        input: *const tw_tensor,
        dim: i64,
    ) -> tw_status;
}
/// What `tw_op_max_pool2d` may be told. Fill it in with `tw_op_max_pool2d_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_op_max_pool2d_options {
    /// set by `tw_op_max_pool2d_options_init`
    pub struct_size: usize,
    /// set by `tw_op_max_pool2d_options_init`
    pub kind: i32,
    /// 1: windows that reach beyond the end count too; default 0
    pub ceil_mode: i32,
    /// rows, columns; 0 stands for the kernel's; default 0, 0
    pub stride: [i64; 2usize],
    /// put on each side, and less than every number; default 0, 0
    pub padding: [i64; 2usize],
    /// default 1, 1
    pub dilation: [i64; 2usize],
}
#[test]
fn bindgen_test_layout_tw_op_max_pool2d_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_op_max_pool2d_options>(),
        64usize,
        concat!("Size of: ", stringify!(tw_op_max_pool2d_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_op_max_pool2d_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_op_max_pool2d_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_op_max_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_op_max_pool2d_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_op_max_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_op_max_pool2d_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_ceil_mode() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_op_max_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ceil_mode) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_op_max_pool2d_options),
                "::",
                stringify!(ceil_mode)
            )
        );
    }
    test_field_ceil_mode();
    fn test_field_stride() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_op_max_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).stride) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_op_max_pool2d_options),
                "::",
                stringify!(stride)
            )
        );
    }
    test_field_stride();
    fn test_field_padding() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_op_max_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_op_max_pool2d_options),
                "::",
                stringify!(padding)
            )
        );
    }
    test_field_padding();
    fn test_field_dilation() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_op_max_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dilation) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_op_max_pool2d_options),
                "::",
                stringify!(dilation)
            )
        );
    }
    test_field_dilation();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_op_max_pool2d_options`)
    pub fn tw_op_max_pool2d_options_init(
        options: *mut tw_op_max_pool2d_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// The largest value in each window, as torch.nn.functional.max_pool2d.
    ///
    /// * `input`: \[batch, channels, rows, columns\], or without the batch
    /// * `kernel_size`: borrows: rows, columns
    /// * `options`: borrows: NULL for PyTorch's defaults
    pub fn tw_op_max_pool2d(
        out: *mut *mut tw_tensor,
        input: *const tw_tensor,
        kernel_size: *const i64,
        options: *const tw_op_max_pool2d_options,
    ) -> tw_status;
}
extern "C" {
    /// While training, sets each element to 0 with probability p and scales the rest by 1 / (1 - p).
    ///
    /// * `p`: from 0 to 1; another number is `TW_ERROR_RANGE`.
    /// * `training`: 0: returns another handle to input
    /// * fails with `TW_ERROR_TYPE`: input is not of a floating dtype, and elements are to be dropped
    pub fn tw_op_dropout(
        out: *mut *mut tw_tensor,
        input: *const tw_tensor,
        p: f64,
        training: i32,
    ) -> tw_status;
}
extern "C" {
    /// The sum of all elements, a tensor without dimensions.
    pub fn tw_op_sum(out: *mut *mut tw_tensor, input: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// The mean of all elements, a tensor without dimensions.
    pub fn tw_op_mean(out: *mut *mut tw_tensor, input: *const tw_tensor) -> tw_status;
}
extern "C" {
    /// The index of the largest element along dim, int64; keepdim 1 leaves dim in the shape with length 1.
    pub fn tw_op_argmax(
        out: *mut *mut tw_tensor,
        input: *const tw_tensor,
        dim: i64,
        keepdim: i32,
    ) -> tw_status;
}
extern "C" {
    /// The same elements in another shape of ndim sizes; one may be -1 and is worked out. A view where it can be.
    pub fn tw_op_reshape(
        out: *mut *mut tw_tensor,
        input: *const tw_tensor,
        sizes: *const i64,
        ndim: usize,
    ) -> tw_status;
}
extern "C" {
    /// Joins the dimensions start_dim to end_dim, both included, into one; negative ones count from the end.
    pub fn tw_op_flatten(
        out: *mut *mut tw_tensor,
        input: *const tw_tensor,
        start_dim: i64,
        end_dim: i64,
    ) -> tw_status;
}
extern "C" {
    /// A view with two dimensions swapped.
    pub fn tw_op_transpose(
        out: *mut *mut tw_tensor,
        input: *const tw_tensor,
        dim0: i64,
        dim1: i64,
    ) -> tw_status;
}
extern "C" {
    /// Joins count tensors along dim.
    pub fn tw_op_cat(
        out: *mut *mut tw_tensor,
        tensors: *const *mut tw_tensor,
        count: usize,
        dim: i64,
    ) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes max(0, x).
    pub fn tw_module_relu(out: *mut *mut tw_module) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes min(max(0, x), 6).
    pub fn tw_module_relu6(out: *mut *mut tw_module) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes x, or negative_slope x where x \< 0. torch.nn.LeakyReLU has 0.01.
    pub fn tw_module_leaky_relu(out: *mut *mut tw_module, negative_slope: f64) -> tw_status;
}
/// What `tw_module_prelu` may be told. Fill it in with `tw_prelu_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_prelu_options {
    /// set by `tw_prelu_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// 0
    pub reserved: i32,
    /// default 1; or the number of channels, the input's second dimension
    pub num_parameters: i64,
    /// the initial value of weight; default 0.25
    pub init: f64,
}
#[test]
fn bindgen_test_layout_tw_prelu_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_prelu_options>(),
        32usize,
        concat!("Size of: ", stringify!(tw_prelu_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_prelu_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_prelu_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_prelu_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_prelu_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_prelu_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_prelu_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reserved() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_prelu_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reserved) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_prelu_options),
                "::",
                stringify!(reserved)
            )
        );
    }
    test_field_reserved();
    fn test_field_num_parameters() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_prelu_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).num_parameters) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_prelu_options),
                "::",
                stringify!(num_parameters)
            )
        );
    }
    test_field_num_parameters();
    fn test_field_init() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_prelu_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).init) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_prelu_options),
                "::",
                stringify!(init)
            )
        );
    }
    test_field_init();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_prelu_options`)
    pub fn tw_prelu_options_init(options: *mut tw_prelu_options, struct_size: usize) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes x, or weight x where x \< 0: parameter weight \[num_parameters\].
    ///
    /// * `options`: borrows: NULL for PyTorch's defaults.
    /// * fails with `TW_ERROR_RANGE`: num_parameters is below 1
    pub fn tw_module_prelu(out: *mut *mut tw_module, options: *const tw_prelu_options)
        -> tw_status;
}
extern "C" {
    /// Creates a layer that computes x, or alpha (exp(x) - 1) where x \< 0. torch.nn.ELU has 1.
    pub fn tw_module_elu(out: *mut *mut tw_module, alpha: f64) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes max(0, x) + min(0, alpha (exp(x / alpha) - 1)).
    ///
    /// * `alpha`: not 0, which is `TW_ERROR_RANGE`; torch.nn.CELU has 1.
    pub fn tw_module_celu(out: *mut *mut tw_module, alpha: f64) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes the scaled ELU, which keeps mean and variance near 0 and 1.
    pub fn tw_module_selu(out: *mut *mut tw_module) -> tw_status;
}
/// x (1 + erf(x / sqrt(2))) / 2
pub const TW_GELU_APPROXIMATION_NONE: tw_gelu_approximation = 0;
/// x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2
pub const TW_GELU_APPROXIMATION_TANH: tw_gelu_approximation = 1;
pub const TW_GELU_APPROXIMATION_UNKNOWN: tw_gelu_approximation = -1;
pub const TW_GELU_APPROXIMATION_MAX_ENUM: tw_gelu_approximation = 2147483647;
/// How a GELU is computed. The numbers are fixed for ever; new ones are added at the end.
pub type tw_gelu_approximation = i32;
/// What `tw_module_gelu` may be told. Fill it in with `tw_gelu_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_gelu_options {
    /// set by `tw_gelu_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// default `TW_GELU_APPROXIMATION_NONE`
    pub approximate: tw_gelu_approximation,
}
#[test]
fn bindgen_test_layout_tw_gelu_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_gelu_options>(),
        16usize,
        concat!("Size of: ", stringify!(tw_gelu_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_gelu_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_gelu_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_gelu_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_gelu_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_gelu_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_gelu_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_approximate() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_gelu_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).approximate) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_gelu_options),
                "::",
                stringify!(approximate)
            )
        );
    }
    test_field_approximate();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_gelu_options`)
    pub fn tw_gelu_options_init(options: *mut tw_gelu_options, struct_size: usize) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes x times the normal distribution's share below x.
    ///
    /// * `options`: borrows: NULL for PyTorch's defaults.
    /// * fails with `TW_ERROR_ARGUMENT`: approximate is none of those listed
    pub fn tw_module_gelu(out: *mut *mut tw_module, options: *const tw_gelu_options) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes x sigmoid(x).
    pub fn tw_module_silu(out: *mut *mut tw_module) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes x tanh(softplus(x)).
    pub fn tw_module_mish(out: *mut *mut tw_module) -> tw_status;
}
/// What `tw_module_softplus` may be told. Fill it in with `tw_softplus_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_softplus_options {
    /// set by `tw_softplus_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// 0
    pub reserved: i32,
    /// default 1
    pub beta: f64,
    /// default 20
    pub threshold: f64,
}
#[test]
fn bindgen_test_layout_tw_softplus_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_softplus_options>(),
        32usize,
        concat!("Size of: ", stringify!(tw_softplus_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_softplus_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_softplus_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_softplus_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_softplus_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_softplus_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_softplus_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reserved() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_softplus_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reserved) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_softplus_options),
                "::",
                stringify!(reserved)
            )
        );
    }
    test_field_reserved();
    fn test_field_beta() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_softplus_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).beta) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_softplus_options),
                "::",
                stringify!(beta)
            )
        );
    }
    test_field_beta();
    fn test_field_threshold() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_softplus_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).threshold) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_softplus_options),
                "::",
                stringify!(threshold)
            )
        );
    }
    test_field_threshold();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_softplus_options`)
    pub fn tw_softplus_options_init(
        options: *mut tw_softplus_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes log(1 + exp(beta x)) / beta, or x where beta x \> threshold.
    ///
    /// * `options`: borrows: NULL for PyTorch's defaults.
    pub fn tw_module_softplus(
        out: *mut *mut tw_module,
        options: *const tw_softplus_options,
    ) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes x / (1 + \|x\|).
    pub fn tw_module_softsign(out: *mut *mut tw_module) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes 1 / (1 + exp(-x)).
    pub fn tw_module_sigmoid(out: *mut *mut tw_module) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes the logarithm of the sigmoid.
    pub fn tw_module_log_sigmoid(out: *mut *mut tw_module) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes the hyperbolic tangent.
    pub fn tw_module_tanh(out: *mut *mut tw_module) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes min(max(0, x / 6 + 1 / 2), 1).
    pub fn tw_module_hardsigmoid(out: *mut *mut tw_module) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes x times the hardsigmoid of x.
    pub fn tw_module_hardswish(out: *mut *mut tw_module) -> tw_status;
}
extern "C" {
    /// Creates a layer that limits x to \[min_val, max_val\]. PyTorch has -1 and 1; an empty range is `TW_ERROR_RANGE`.
    pub fn tw_module_hardtanh(out: *mut *mut tw_module, min_val: f64, max_val: f64) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes a sigmoid(b), a and b being the halves of the input along dim. torch.nn.GLU has -1.
    pub fn tw_module_glu(out: *mut *mut tw_module, dim: i64) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes each element's share of the sum of exponentials along dim.
    pub fn tw_module_softmax(out: *mut *mut tw_module, dim: i64) -> tw_status;
}
extern "C" {
    /// Creates a layer that computes the logarithm of the softmax along dim.
    pub fn tw_module_log_softmax(out: *mut *mut tw_module, dim: i64) -> tw_status;
}
pub const TW_CONV_PADDING_ZEROS: tw_conv_padding_mode = 0;
pub const TW_CONV_PADDING_REFLECT: tw_conv_padding_mode = 1;
pub const TW_CONV_PADDING_REPLICATE: tw_conv_padding_mode = 2;
pub const TW_CONV_PADDING_CIRCULAR: tw_conv_padding_mode = 3;
pub const TW_CONV_PADDING_MODE_UNKNOWN: tw_conv_padding_mode = -1;
pub const TW_CONV_PADDING_MODE_MAX_ENUM: tw_conv_padding_mode = 2147483647;
/// What is put around the input. The numbers are fixed for ever; new ones are added at the end.
pub type tw_conv_padding_mode = i32;
/// What `tw_module_conv1d` may be told besides its sizes. Fill it in with `tw_conv1d_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_conv1d_options {
    /// set by `tw_conv1d_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// 0
    pub reserved: i32,
    /// default 1
    pub stride: i64,
    /// put on each side; default 0. PyTorch's "same" is for the caller to work out
    pub padding: i64,
    /// default 1
    pub dilation: i64,
    /// default 1; divides both numbers of channels
    pub groups: i64,
    /// default 1
    pub bias: i32,
    /// default `TW_CONV_PADDING_ZEROS`
    pub padding_mode: tw_conv_padding_mode,
}
#[test]
fn bindgen_test_layout_tw_conv1d_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_conv1d_options>(),
        56usize,
        concat!("Size of: ", stringify!(tw_conv1d_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_conv1d_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_conv1d_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv1d_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv1d_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reserved() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reserved) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv1d_options),
                "::",
                stringify!(reserved)
            )
        );
    }
    test_field_reserved();
    fn test_field_stride() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).stride) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv1d_options),
                "::",
                stringify!(stride)
            )
        );
    }
    test_field_stride();
    fn test_field_padding() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv1d_options),
                "::",
                stringify!(padding)
            )
        );
    }
    test_field_padding();
    fn test_field_dilation() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dilation) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv1d_options),
                "::",
                stringify!(dilation)
            )
        );
    }
    test_field_dilation();
    fn test_field_groups() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).groups) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv1d_options),
                "::",
                stringify!(groups)
            )
        );
    }
    test_field_groups();
    fn test_field_bias() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bias) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv1d_options),
                "::",
                stringify!(bias)
            )
        );
    }
    test_field_bias();
    fn test_field_padding_mode() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding_mode) as usize - ptr as usize
            },
            52usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv1d_options),
                "::",
                stringify!(padding_mode)
            )
        );
    }
    test_field_padding_mode();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_conv1d_options`)
    pub fn tw_conv1d_options_init(options: *mut tw_conv1d_options, struct_size: usize)
        -> tw_status;
}
extern "C" {
    /// Creates a convolution over one dimension: parameters weight \[out_channels, in_channels / groups, kernel_size\] and
    /// bias \[out_channels\].
    ///
    /// * `out`: creates the module; NULL on failure.
    /// * `options`: borrows: NULL for PyTorch's defaults.
    /// * fails with `TW_ERROR_ARGUMENT`: padding_mode is none of those listed
    /// * fails with `TW_ERROR_RANGE`: a size is below 1, a padding negative, or groups does not divide the channels
    pub fn tw_module_conv1d(
        out: *mut *mut tw_module,
        in_channels: i64,
        out_channels: i64,
        kernel_size: i64,
        options: *const tw_conv1d_options,
    ) -> tw_status;
}
/// What `tw_module_conv2d` may be told besides its sizes. Fill it in with `tw_conv2d_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_conv2d_options {
    /// set by `tw_conv2d_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// 0
    pub reserved: i32,
    /// rows, columns; default 1, 1
    pub stride: [i64; 2usize],
    /// put on each side; default 0, 0
    pub padding: [i64; 2usize],
    /// default 1, 1
    pub dilation: [i64; 2usize],
    /// default 1; divides both numbers of channels
    pub groups: i64,
    /// default 1
    pub bias: i32,
    /// default `TW_CONV_PADDING_ZEROS`
    pub padding_mode: tw_conv_padding_mode,
}
#[test]
fn bindgen_test_layout_tw_conv2d_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_conv2d_options>(),
        80usize,
        concat!("Size of: ", stringify!(tw_conv2d_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_conv2d_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_conv2d_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv2d_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv2d_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reserved() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reserved) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv2d_options),
                "::",
                stringify!(reserved)
            )
        );
    }
    test_field_reserved();
    fn test_field_stride() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).stride) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv2d_options),
                "::",
                stringify!(stride)
            )
        );
    }
    test_field_stride();
    fn test_field_padding() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv2d_options),
                "::",
                stringify!(padding)
            )
        );
    }
    test_field_padding();
    fn test_field_dilation() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dilation) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv2d_options),
                "::",
                stringify!(dilation)
            )
        );
    }
    test_field_dilation();
    fn test_field_groups() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).groups) as usize - ptr as usize
            },
            64usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv2d_options),
                "::",
                stringify!(groups)
            )
        );
    }
    test_field_groups();
    fn test_field_bias() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bias) as usize - ptr as usize
            },
            72usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv2d_options),
                "::",
                stringify!(bias)
            )
        );
    }
    test_field_bias();
    fn test_field_padding_mode() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding_mode) as usize - ptr as usize
            },
            76usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv2d_options),
                "::",
                stringify!(padding_mode)
            )
        );
    }
    test_field_padding_mode();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_conv2d_options`)
    pub fn tw_conv2d_options_init(options: *mut tw_conv2d_options, struct_size: usize)
        -> tw_status;
}
extern "C" {
    /// Creates a convolution over two dimensions: parameters weight \[out_channels, in_channels / groups, rows, columns\] and
    /// bias \[out_channels\].
    ///
    /// * `out`: creates the module; NULL on failure.
    /// * `kernel_size`: borrows: rows, columns.
    /// * `options`: borrows: NULL for PyTorch's defaults.
    /// * fails with `TW_ERROR_ARGUMENT`: padding_mode is none of those listed
    /// * fails with `TW_ERROR_RANGE`: a size is below 1, a padding negative, or groups does not divide the channels
    pub fn tw_module_conv2d(
        out: *mut *mut tw_module,
        in_channels: i64,
        out_channels: i64,
        kernel_size: *const i64,
        options: *const tw_conv2d_options,
    ) -> tw_status;
}
/// What `tw_module_conv3d` may be told besides its sizes. Fill it in with `tw_conv3d_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_conv3d_options {
    /// set by `tw_conv3d_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// 0
    pub reserved: i32,
    /// depth, rows, columns; default 1, 1, 1
    pub stride: [i64; 3usize],
    /// put on each side; default 0, 0, 0
    pub padding: [i64; 3usize],
    /// default 1, 1, 1
    pub dilation: [i64; 3usize],
    /// default 1; divides both numbers of channels
    pub groups: i64,
    /// default 1
    pub bias: i32,
    /// default `TW_CONV_PADDING_ZEROS`
    pub padding_mode: tw_conv_padding_mode,
}
#[test]
fn bindgen_test_layout_tw_conv3d_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_conv3d_options>(),
        104usize,
        concat!("Size of: ", stringify!(tw_conv3d_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_conv3d_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_conv3d_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv3d_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv3d_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reserved() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reserved) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv3d_options),
                "::",
                stringify!(reserved)
            )
        );
    }
    test_field_reserved();
    fn test_field_stride() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).stride) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv3d_options),
                "::",
                stringify!(stride)
            )
        );
    }
    test_field_stride();
    fn test_field_padding() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv3d_options),
                "::",
                stringify!(padding)
            )
        );
    }
    test_field_padding();
    fn test_field_dilation() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dilation) as usize - ptr as usize
            },
            64usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv3d_options),
                "::",
                stringify!(dilation)
            )
        );
    }
    test_field_dilation();
    fn test_field_groups() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).groups) as usize - ptr as usize
            },
            88usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv3d_options),
                "::",
                stringify!(groups)
            )
        );
    }
    test_field_groups();
    fn test_field_bias() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bias) as usize - ptr as usize
            },
            96usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv3d_options),
                "::",
                stringify!(bias)
            )
        );
    }
    test_field_bias();
    fn test_field_padding_mode() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding_mode) as usize - ptr as usize
            },
            100usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv3d_options),
                "::",
                stringify!(padding_mode)
            )
        );
    }
    test_field_padding_mode();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_conv3d_options`)
    pub fn tw_conv3d_options_init(options: *mut tw_conv3d_options, struct_size: usize)
        -> tw_status;
}
extern "C" {
    /// Creates a convolution over three dimensions; otherwise as `tw_module_conv2d`.
    pub fn tw_module_conv3d(
        out: *mut *mut tw_module,
        in_channels: i64,
        out_channels: i64,
        kernel_size: *const i64,
        options: *const tw_conv3d_options,
    ) -> tw_status;
}
/// What `tw_module_conv_transpose1d` may be told besides its sizes. Fill it in with `tw_conv_transpose1d_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_conv_transpose1d_options {
    /// set by `tw_conv_transpose1d_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// default 1
    pub bias: i32,
    /// default 1
    pub stride: i64,
    /// taken off each side of the result; default 0
    pub padding: i64,
    /// added to one side of the result; default 0
    pub output_padding: i64,
    /// default 1
    pub dilation: i64,
    /// default 1; divides both numbers of channels
    pub groups: i64,
}
#[test]
fn bindgen_test_layout_tw_conv_transpose1d_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_conv_transpose1d_options>(),
        56usize,
        concat!("Size of: ", stringify!(tw_conv_transpose1d_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_conv_transpose1d_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_conv_transpose1d_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose1d_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose1d_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_bias() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bias) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose1d_options),
                "::",
                stringify!(bias)
            )
        );
    }
    test_field_bias();
    fn test_field_stride() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).stride) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose1d_options),
                "::",
                stringify!(stride)
            )
        );
    }
    test_field_stride();
    fn test_field_padding() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose1d_options),
                "::",
                stringify!(padding)
            )
        );
    }
    test_field_padding();
    fn test_field_output_padding() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).output_padding) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose1d_options),
                "::",
                stringify!(output_padding)
            )
        );
    }
    test_field_output_padding();
    fn test_field_dilation() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dilation) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose1d_options),
                "::",
                stringify!(dilation)
            )
        );
    }
    test_field_dilation();
    fn test_field_groups() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).groups) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose1d_options),
                "::",
                stringify!(groups)
            )
        );
    }
    test_field_groups();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_conv_transpose1d_options`)
    pub fn tw_conv_transpose1d_options_init(
        options: *mut tw_conv_transpose1d_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a transposed convolution over one dimension, the gradient of a convolution as a layer: parameters weight
    /// \[in_channels, out_channels / groups, kernel_size\] and bias \[out_channels\].
    ///
    /// * `out`: creates the module; NULL on failure.
    /// * `options`: borrows: NULL for PyTorch's defaults.
    /// * fails with `TW_ERROR_RANGE`: a size is below 1, a padding negative, or groups does not divide the channels; or an
    ///   output_padding is not below the larger of stride and dilation
    pub fn tw_module_conv_transpose1d(
        out: *mut *mut tw_module,
        in_channels: i64,
        out_channels: i64,
        kernel_size: i64,
        options: *const tw_conv_transpose1d_options,
    ) -> tw_status;
}
/// What `tw_module_conv_transpose2d` may be told besides its sizes. Fill it in with `tw_conv_transpose2d_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_conv_transpose2d_options {
    /// set by `tw_conv_transpose2d_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// default 1
    pub bias: i32,
    /// rows, columns; default 1, 1
    pub stride: [i64; 2usize],
    /// taken off each side of the result; default 0, 0
    pub padding: [i64; 2usize],
    /// added to one side of the result; default 0, 0
    pub output_padding: [i64; 2usize],
    /// default 1, 1
    pub dilation: [i64; 2usize],
    /// default 1; divides both numbers of channels
    pub groups: i64,
}
#[test]
fn bindgen_test_layout_tw_conv_transpose2d_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_conv_transpose2d_options>(),
        88usize,
        concat!("Size of: ", stringify!(tw_conv_transpose2d_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_conv_transpose2d_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_conv_transpose2d_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose2d_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose2d_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_bias() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bias) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose2d_options),
                "::",
                stringify!(bias)
            )
        );
    }
    test_field_bias();
    fn test_field_stride() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).stride) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose2d_options),
                "::",
                stringify!(stride)
            )
        );
    }
    test_field_stride();
    fn test_field_padding() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose2d_options),
                "::",
                stringify!(padding)
            )
        );
    }
    test_field_padding();
    fn test_field_output_padding() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).output_padding) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose2d_options),
                "::",
                stringify!(output_padding)
            )
        );
    }
    test_field_output_padding();
    fn test_field_dilation() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dilation) as usize - ptr as usize
            },
            64usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose2d_options),
                "::",
                stringify!(dilation)
            )
        );
    }
    test_field_dilation();
    fn test_field_groups() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).groups) as usize - ptr as usize
            },
            80usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose2d_options),
                "::",
                stringify!(groups)
            )
        );
    }
    test_field_groups();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_conv_transpose2d_options`)
    pub fn tw_conv_transpose2d_options_init(
        options: *mut tw_conv_transpose2d_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a transposed convolution over two dimensions; otherwise as `tw_module_conv_transpose1d`.
    pub fn tw_module_conv_transpose2d(
        out: *mut *mut tw_module,
        in_channels: i64,
        out_channels: i64,
        kernel_size: *const i64,
        options: *const tw_conv_transpose2d_options,
    ) -> tw_status;
}
/// What `tw_module_conv_transpose3d` may be told besides its sizes. Fill it in with `tw_conv_transpose3d_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_conv_transpose3d_options {
    /// set by `tw_conv_transpose3d_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// default 1
    pub bias: i32,
    /// depth, rows, columns; default 1, 1, 1
    pub stride: [i64; 3usize],
    /// taken off each side of the result; default 0, 0, 0
    pub padding: [i64; 3usize],
    /// added to one side of the result; default 0, 0, 0
    pub output_padding: [i64; 3usize],
    /// default 1, 1, 1
    pub dilation: [i64; 3usize],
    /// default 1; divides both numbers of channels
    pub groups: i64,
}
#[test]
fn bindgen_test_layout_tw_conv_transpose3d_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_conv_transpose3d_options>(),
        120usize,
        concat!("Size of: ", stringify!(tw_conv_transpose3d_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_conv_transpose3d_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_conv_transpose3d_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose3d_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose3d_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_bias() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bias) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose3d_options),
                "::",
                stringify!(bias)
            )
        );
    }
    test_field_bias();
    fn test_field_stride() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).stride) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose3d_options),
                "::",
                stringify!(stride)
            )
        );
    }
    test_field_stride();
    fn test_field_padding() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose3d_options),
                "::",
                stringify!(padding)
            )
        );
    }
    test_field_padding();
    fn test_field_output_padding() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).output_padding) as usize - ptr as usize
            },
            64usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose3d_options),
                "::",
                stringify!(output_padding)
            )
        );
    }
    test_field_output_padding();
    fn test_field_dilation() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dilation) as usize - ptr as usize
            },
            88usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose3d_options),
                "::",
                stringify!(dilation)
            )
        );
    }
    test_field_dilation();
    fn test_field_groups() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_conv_transpose3d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).groups) as usize - ptr as usize
            },
            112usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_conv_transpose3d_options),
                "::",
                stringify!(groups)
            )
        );
    }
    test_field_groups();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_conv_transpose3d_options`)
    pub fn tw_conv_transpose3d_options_init(
        options: *mut tw_conv_transpose3d_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a transposed convolution over three dimensions; otherwise as `tw_module_conv_transpose1d`.
    pub fn tw_module_conv_transpose3d(
        out: *mut *mut tw_module,
        in_channels: i64,
        out_channels: i64,
        kernel_size: *const i64,
        options: *const tw_conv_transpose3d_options,
    ) -> tw_status;
}
/// What `tw_module_max_pool1d` may be told besides the window's size. Fill it in with `tw_max_pool1d_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_max_pool1d_options {
    /// set by `tw_max_pool1d_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// default 0; 1 for a further window where a part of one is left over
    pub ceil_mode: i32,
    /// default 0, which stands for the window's size
    pub stride: i64,
    /// put on each side, at most half the window; default 0
    pub padding: i64,
    /// default 1
    pub dilation: i64,
}
#[test]
fn bindgen_test_layout_tw_max_pool1d_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_max_pool1d_options>(),
        40usize,
        concat!("Size of: ", stringify!(tw_max_pool1d_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_max_pool1d_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_max_pool1d_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_max_pool1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_max_pool1d_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_max_pool1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_max_pool1d_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_ceil_mode() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_max_pool1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ceil_mode) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_max_pool1d_options),
                "::",
                stringify!(ceil_mode)
            )
        );
    }
    test_field_ceil_mode();
    fn test_field_stride() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_max_pool1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).stride) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_max_pool1d_options),
                "::",
                stringify!(stride)
            )
        );
    }
    test_field_stride();
    fn test_field_padding() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_max_pool1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_max_pool1d_options),
                "::",
                stringify!(padding)
            )
        );
    }
    test_field_padding();
    fn test_field_dilation() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_max_pool1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dilation) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_max_pool1d_options),
                "::",
                stringify!(dilation)
            )
        );
    }
    test_field_dilation();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_max_pool1d_options`)
    pub fn tw_max_pool1d_options_init(
        options: *mut tw_max_pool1d_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a layer that takes the largest value of each window of \[N, C, L\] or \[C, L\].
    ///
    /// * `out`: creates the module; NULL on failure.
    /// * `options`: borrows: NULL for PyTorch's defaults.
    /// * fails with `TW_ERROR_RANGE`: a size is below 1, or a padding is negative or more than half the window
    pub fn tw_module_max_pool1d(
        out: *mut *mut tw_module,
        kernel_size: i64,
        options: *const tw_max_pool1d_options,
    ) -> tw_status;
}
/// What `tw_module_max_pool2d` may be told besides the window's size. Fill it in with `tw_max_pool2d_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_max_pool2d_options {
    /// set by `tw_max_pool2d_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// default 0; 1 for a further window where a part of one is left over
    pub ceil_mode: i32,
    /// default 0, 0, which stands for the window's size
    pub stride: [i64; 2usize],
    /// put on each side, at most half the window; default 0, 0
    pub padding: [i64; 2usize],
    /// default 1, 1
    pub dilation: [i64; 2usize],
}
#[test]
fn bindgen_test_layout_tw_max_pool2d_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_max_pool2d_options>(),
        64usize,
        concat!("Size of: ", stringify!(tw_max_pool2d_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_max_pool2d_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_max_pool2d_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_max_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_max_pool2d_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_max_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_max_pool2d_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_ceil_mode() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_max_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ceil_mode) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_max_pool2d_options),
                "::",
                stringify!(ceil_mode)
            )
        );
    }
    test_field_ceil_mode();
    fn test_field_stride() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_max_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).stride) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_max_pool2d_options),
                "::",
                stringify!(stride)
            )
        );
    }
    test_field_stride();
    fn test_field_padding() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_max_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_max_pool2d_options),
                "::",
                stringify!(padding)
            )
        );
    }
    test_field_padding();
    fn test_field_dilation() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_max_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dilation) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_max_pool2d_options),
                "::",
                stringify!(dilation)
            )
        );
    }
    test_field_dilation();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_max_pool2d_options`)
    pub fn tw_max_pool2d_options_init(
        options: *mut tw_max_pool2d_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a layer that takes the largest value of each window of \[N, C, H, W\] or \[C, H, W\]; otherwise as
    /// `tw_module_max_pool1d`.
    ///
    /// * `kernel_size`: borrows: rows, columns.
    pub fn tw_module_max_pool2d(
        out: *mut *mut tw_module,
        kernel_size: *const i64,
        options: *const tw_max_pool2d_options,
    ) -> tw_status;
}
/// What `tw_module_avg_pool1d` may be told besides the window's size. Fill it in with `tw_avg_pool1d_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_avg_pool1d_options {
    /// set by `tw_avg_pool1d_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// 0
    pub reserved: i32,
    /// default 0, which stands for the window's size
    pub stride: i64,
    /// put on each side, at most half the window; default 0
    pub padding: i64,
    /// default 0; 1 for a further window where a part of one is left over
    pub ceil_mode: i32,
    /// default 1; 0 to leave the padding out of the average
    pub count_include_pad: i32,
}
#[test]
fn bindgen_test_layout_tw_avg_pool1d_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_avg_pool1d_options>(),
        40usize,
        concat!("Size of: ", stringify!(tw_avg_pool1d_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_avg_pool1d_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_avg_pool1d_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_avg_pool1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_avg_pool1d_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_avg_pool1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_avg_pool1d_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reserved() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_avg_pool1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reserved) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_avg_pool1d_options),
                "::",
                stringify!(reserved)
            )
        );
    }
    test_field_reserved();
    fn test_field_stride() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_avg_pool1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).stride) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_avg_pool1d_options),
                "::",
                stringify!(stride)
            )
        );
    }
    test_field_stride();
    fn test_field_padding() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_avg_pool1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_avg_pool1d_options),
                "::",
                stringify!(padding)
            )
        );
    }
    test_field_padding();
    fn test_field_ceil_mode() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_avg_pool1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ceil_mode) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_avg_pool1d_options),
                "::",
                stringify!(ceil_mode)
            )
        );
    }
    test_field_ceil_mode();
    fn test_field_count_include_pad() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_avg_pool1d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).count_include_pad) as usize - ptr as usize
            },
            36usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_avg_pool1d_options),
                "::",
                stringify!(count_include_pad)
            )
        );
    }
    test_field_count_include_pad();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_avg_pool1d_options`)
    pub fn tw_avg_pool1d_options_init(
        options: *mut tw_avg_pool1d_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a layer that takes the average of each window of \[N, C, L\] or \[C, L\]; otherwise as `tw_module_max_pool1d`.
    pub fn tw_module_avg_pool1d(
        out: *mut *mut tw_module,
        kernel_size: i64,
        options: *const tw_avg_pool1d_options,
    ) -> tw_status;
}
/// What `tw_module_avg_pool2d` may be told besides the window's size. Fill it in with `tw_avg_pool2d_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_avg_pool2d_options {
    /// set by `tw_avg_pool2d_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// 0
    pub reserved: i32,
    /// default 0, 0, which stands for the window's size
    pub stride: [i64; 2usize],
    /// put on each side, at most half the window; default 0, 0
    pub padding: [i64; 2usize],
    /// default 0; 1 for a further window where a part of one is left over
    pub ceil_mode: i32,
    /// default 1; 0 to leave the padding out of the average
    pub count_include_pad: i32,
    /// what sums are divided by; default 0, for the window's size
    pub divisor_override: i64,
}
#[test]
fn bindgen_test_layout_tw_avg_pool2d_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_avg_pool2d_options>(),
        64usize,
        concat!("Size of: ", stringify!(tw_avg_pool2d_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_avg_pool2d_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_avg_pool2d_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_avg_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_avg_pool2d_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_avg_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_avg_pool2d_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reserved() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_avg_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reserved) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_avg_pool2d_options),
                "::",
                stringify!(reserved)
            )
        );
    }
    test_field_reserved();
    fn test_field_stride() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_avg_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).stride) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_avg_pool2d_options),
                "::",
                stringify!(stride)
            )
        );
    }
    test_field_stride();
    fn test_field_padding() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_avg_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_avg_pool2d_options),
                "::",
                stringify!(padding)
            )
        );
    }
    test_field_padding();
    fn test_field_ceil_mode() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_avg_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ceil_mode) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_avg_pool2d_options),
                "::",
                stringify!(ceil_mode)
            )
        );
    }
    test_field_ceil_mode();
    fn test_field_count_include_pad() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_avg_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).count_include_pad) as usize - ptr as usize
            },
            52usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_avg_pool2d_options),
                "::",
                stringify!(count_include_pad)
            )
        );
    }
    test_field_count_include_pad();
    fn test_field_divisor_override() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_avg_pool2d_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).divisor_override) as usize - ptr as usize
            },
            56usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_avg_pool2d_options),
                "::",
                stringify!(divisor_override)
            )
        );
    }
    test_field_divisor_override();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_avg_pool2d_options`)
    pub fn tw_avg_pool2d_options_init(
        options: *mut tw_avg_pool2d_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a layer that takes the average of each window of \[N, C, H, W\]; otherwise as `tw_module_max_pool1d`.
    pub fn tw_module_avg_pool2d(
        out: *mut *mut tw_module,
        kernel_size: *const i64,
        options: *const tw_avg_pool2d_options,
    ) -> tw_status;
}
extern "C" {
    /// Creates a layer that averages \[N, C, L\] or \[C, L\] over windows chosen so that output_size of them are left.
    ///
    /// * `output_size`: -1 for the input's own size, PyTorch's None; below that, or 0, is `TW_ERROR_RANGE`.
    pub fn tw_module_adaptive_avg_pool1d(out: *mut *mut tw_module, output_size: i64) -> tw_status;
}
extern "C" {
    /// The same over \[N, C, H, W\] or \[C, H, W\].
    ///
    /// * `output_size`: borrows: rows, columns.
    pub fn tw_module_adaptive_avg_pool2d(
        out: *mut *mut tw_module,
        output_size: *const i64,
    ) -> tw_status;
}
extern "C" {
    /// The same, taking the largest value of each window.
    ///
    /// * `output_size`: borrows: rows, columns.
    pub fn tw_module_adaptive_max_pool2d(
        out: *mut *mut tw_module,
        output_size: *const i64,
    ) -> tw_status;
}
/// What `tw_module_lstm` may be told besides its sizes. Fill it in with `tw_lstm_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_lstm_options {
    /// set by `tw_lstm_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// default 1
    pub bias: i32,
    /// stacked one on the other; default 1
    pub num_layers: i64,
    /// the probability of a zero between one layer and the next, while training; default 0
    pub dropout: f64,
    /// default 0; says nothing about the states, which are always \[layers, N, features\]
    pub batch_first: i32,
    /// default 0; 1 reads backwards too, which doubles the features of the output
    pub bidirectional: i32,
}
#[test]
fn bindgen_test_layout_tw_lstm_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_lstm_options>(),
        40usize,
        concat!("Size of: ", stringify!(tw_lstm_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_lstm_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_lstm_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_lstm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_lstm_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_lstm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_lstm_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_bias() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_lstm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bias) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_lstm_options),
                "::",
                stringify!(bias)
            )
        );
    }
    test_field_bias();
    fn test_field_num_layers() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_lstm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).num_layers) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_lstm_options),
                "::",
                stringify!(num_layers)
            )
        );
    }
    test_field_num_layers();
    fn test_field_dropout() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_lstm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dropout) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_lstm_options),
                "::",
                stringify!(dropout)
            )
        );
    }
    test_field_dropout();
    fn test_field_batch_first() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_lstm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).batch_first) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_lstm_options),
                "::",
                stringify!(batch_first)
            )
        );
    }
    test_field_batch_first();
    fn test_field_bidirectional() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_lstm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bidirectional) as usize - ptr as usize
            },
            36usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_lstm_options),
                "::",
                stringify!(bidirectional)
            )
        );
    }
    test_field_bidirectional();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_lstm_options`)
    pub fn tw_lstm_options_init(options: *mut tw_lstm_options, struct_size: usize) -> tw_status;
}
extern "C" {
    /// Creates an LSTM. For each layer k its parameters are weight_ih_lk, weight_hh_lk, bias_ih_lk and bias_hh_lk, and the
    /// same with \_reverse behind the name where it is bidirectional; each holds the input, forget, cell and output gates one
    /// below the other, as PyTorch has them.
    ///
    /// It takes the input, or the input, h_0 and c_0 (zeros where they are left out), and gives the output, h_n and c_n.
    /// PyTorch's proj_size and packed sequences are not offered.
    ///
    /// * `out`: creates the module; NULL on failure.
    /// * `options`: borrows: NULL for PyTorch's defaults.
    /// * fails with `TW_ERROR_RANGE`: a size or num_layers is below 1, or dropout is outside \[0, 1\]
    pub fn tw_module_lstm(
        out: *mut *mut tw_module,
        input_size: i64,
        hidden_size: i64,
        options: *const tw_lstm_options,
    ) -> tw_status;
}
/// What `tw_module_gru` may be told besides its sizes. Fill it in with `tw_gru_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_gru_options {
    /// set by `tw_gru_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// default 1
    pub bias: i32,
    /// stacked one on the other; default 1
    pub num_layers: i64,
    /// the probability of a zero between one layer and the next, while training; default 0
    pub dropout: f64,
    /// default 0; says nothing about the states, which are always \[layers, N, features\]
    pub batch_first: i32,
    /// default 0; 1 reads backwards too, which doubles the features of the output
    pub bidirectional: i32,
}
#[test]
fn bindgen_test_layout_tw_gru_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_gru_options>(),
        40usize,
        concat!("Size of: ", stringify!(tw_gru_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_gru_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_gru_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_gru_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_gru_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_gru_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_gru_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_bias() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_gru_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bias) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_gru_options),
                "::",
                stringify!(bias)
            )
        );
    }
    test_field_bias();
    fn test_field_num_layers() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_gru_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).num_layers) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_gru_options),
                "::",
                stringify!(num_layers)
            )
        );
    }
    test_field_num_layers();
    fn test_field_dropout() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_gru_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dropout) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_gru_options),
                "::",
                stringify!(dropout)
            )
        );
    }
    test_field_dropout();
    fn test_field_batch_first() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_gru_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).batch_first) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_gru_options),
                "::",
                stringify!(batch_first)
            )
        );
    }
    test_field_batch_first();
    fn test_field_bidirectional() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_gru_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bidirectional) as usize - ptr as usize
            },
            36usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_gru_options),
                "::",
                stringify!(bidirectional)
            )
        );
    }
    test_field_bidirectional();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_gru_options`)
    pub fn tw_gru_options_init(options: *mut tw_gru_options, struct_size: usize) -> tw_status;
}
extern "C" {
    /// Creates a GRU: it takes the input, or the input and h_0, and gives the output and h_n. Its parameters hold the reset,
    /// update and new gates; otherwise as `tw_module_lstm`.
    pub fn tw_module_gru(
        out: *mut *mut tw_module,
        input_size: i64,
        hidden_size: i64,
        options: *const tw_gru_options,
    ) -> tw_status;
}
/// What `tw_module_multihead_attention` may be told besides its sizes. Fill it in with `tw_multihead_attention_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_multihead_attention_options {
    /// set by `tw_multihead_attention_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// 0
    pub reserved: i32,
    /// the probability of a zero among the weights, while training; default 0
    pub dropout: f64,
    /// the features of key; default 0, for embed_dim
    pub kdim: i64,
    /// the features of value; default 0, for embed_dim
    pub vdim: i64,
    /// default 1
    pub bias: i32,
    /// default 0; 1 for a further, trained, place in key and value
    pub add_bias_kv: i32,
    /// default 0; 1 for a further place of zeros in key and value
    pub add_zero_attn: i32,
    /// default 0
    pub batch_first: i32,
}
#[test]
fn bindgen_test_layout_tw_multihead_attention_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_multihead_attention_options>(),
        56usize,
        concat!("Size of: ", stringify!(tw_multihead_attention_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_multihead_attention_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_multihead_attention_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_multihead_attention_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_multihead_attention_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_multihead_attention_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_multihead_attention_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reserved() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_multihead_attention_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reserved) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_multihead_attention_options),
                "::",
                stringify!(reserved)
            )
        );
    }
    test_field_reserved();
    fn test_field_dropout() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_multihead_attention_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dropout) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_multihead_attention_options),
                "::",
                stringify!(dropout)
            )
        );
    }
    test_field_dropout();
    fn test_field_kdim() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_multihead_attention_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kdim) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_multihead_attention_options),
                "::",
                stringify!(kdim)
            )
        );
    }
    test_field_kdim();
    fn test_field_vdim() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_multihead_attention_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).vdim) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_multihead_attention_options),
                "::",
                stringify!(vdim)
            )
        );
    }
    test_field_vdim();
    fn test_field_bias() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_multihead_attention_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bias) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_multihead_attention_options),
                "::",
                stringify!(bias)
            )
        );
    }
    test_field_bias();
    fn test_field_add_bias_kv() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_multihead_attention_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).add_bias_kv) as usize - ptr as usize
            },
            44usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_multihead_attention_options),
                "::",
                stringify!(add_bias_kv)
            )
        );
    }
    test_field_add_bias_kv();
    fn test_field_add_zero_attn() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_multihead_attention_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).add_zero_attn) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_multihead_attention_options),
                "::",
                stringify!(add_zero_attn)
            )
        );
    }
    test_field_add_zero_attn();
    fn test_field_batch_first() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_multihead_attention_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).batch_first) as usize - ptr as usize
            },
            52usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_multihead_attention_options),
                "::",
                stringify!(batch_first)
            )
        );
    }
    test_field_batch_first();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_multihead_attention_options`)
    pub fn tw_multihead_attention_options_init(
        options: *mut tw_multihead_attention_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a multi-head attention: parameters in_proj_weight \[3 embed_dim, embed_dim\] (q_proj_weight, k_proj_weight and
    /// v_proj_weight where kdim or vdim differs from embed_dim), in_proj_bias \[3 embed_dim\], bias_k and bias_v (with
    /// add_bias_kv), out_proj.weight and out_proj.bias.
    ///
    /// It takes query, key and value, and may take key_padding_mask and attn_mask behind them, NULL or left out for none.
    /// It gives the output, of query's sizes, and the weights, averaged over the heads: \[N, L, S\], or \[L, S\] for one
    /// sequence alone.
    ///
    /// Source: Vaswani et al., arXiv 1706.03762, section 3.2.
    ///
    /// * `out`: creates the module; NULL on failure.
    /// * `options`: borrows: NULL for PyTorch's defaults.
    /// * fails with `TW_ERROR_RANGE`: a size is below 1, num_heads does not divide embed_dim, or dropout is outside \[0, 1\]
    pub fn tw_module_multihead_attention(
        out: *mut *mut tw_module,
        embed_dim: i64,
        num_heads: i64,
        options: *const tw_multihead_attention_options,
    ) -> tw_status;
}
pub const TW_TRANSFORMER_ACTIVATION_RELU: tw_transformer_activation = 1;
pub const TW_TRANSFORMER_ACTIVATION_GELU: tw_transformer_activation = 2;
pub const TW_TRANSFORMER_ACTIVATION_UNKNOWN: tw_transformer_activation = -1;
pub const TW_TRANSFORMER_ACTIVATION_MAX_ENUM: tw_transformer_activation = 2147483647;
/// The activation inside a transformer's layer. The numbers are fixed for ever; new ones are added at the end.
pub type tw_transformer_activation = i32;
/// What `tw_module_transformer_encoder_layer` may be told besides its sizes. Fill it in with `tw_transformer_encoder_layer_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_transformer_encoder_layer_options {
    /// set by `tw_transformer_encoder_layer_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// default `TW_TRANSFORMER_ACTIVATION_RELU`
    pub activation: tw_transformer_activation,
    /// default 2048
    pub dim_feedforward: i64,
    /// default 0.1
    pub dropout: f64,
    /// default 1e-5
    pub layer_norm_eps: f64,
    /// default 0
    pub batch_first: i32,
    /// default 0; 1 normalizes before attention and feedforward instead of after
    pub norm_first: i32,
}
#[test]
fn bindgen_test_layout_tw_transformer_encoder_layer_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_transformer_encoder_layer_options>(),
        48usize,
        concat!(
            "Size of: ",
            stringify!(tw_transformer_encoder_layer_options)
        )
    );
    assert_eq!(
        ::std::mem::align_of::<tw_transformer_encoder_layer_options>(),
        8usize,
        concat!(
            "Alignment of ",
            stringify!(tw_transformer_encoder_layer_options)
        )
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit =
                    ::std::mem::MaybeUninit::<tw_transformer_encoder_layer_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_transformer_encoder_layer_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit =
                    ::std::mem::MaybeUninit::<tw_transformer_encoder_layer_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_transformer_encoder_layer_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_activation() {
        assert_eq!(
            unsafe {
                let uninit =
                    ::std::mem::MaybeUninit::<tw_transformer_encoder_layer_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).activation) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_transformer_encoder_layer_options),
                "::",
                stringify!(activation)
            )
        );
    }
    test_field_activation();
    fn test_field_dim_feedforward() {
        assert_eq!(
            unsafe {
                let uninit =
                    ::std::mem::MaybeUninit::<tw_transformer_encoder_layer_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dim_feedforward) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_transformer_encoder_layer_options),
                "::",
                stringify!(dim_feedforward)
            )
        );
    }
    test_field_dim_feedforward();
    fn test_field_dropout() {
        assert_eq!(
            unsafe {
                let uninit =
                    ::std::mem::MaybeUninit::<tw_transformer_encoder_layer_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dropout) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_transformer_encoder_layer_options),
                "::",
                stringify!(dropout)
            )
        );
    }
    test_field_dropout();
    fn test_field_layer_norm_eps() {
        assert_eq!(
            unsafe {
                let uninit =
                    ::std::mem::MaybeUninit::<tw_transformer_encoder_layer_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).layer_norm_eps) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_transformer_encoder_layer_options),
                "::",
                stringify!(layer_norm_eps)
            )
        );
    }
    test_field_layer_norm_eps();
    fn test_field_batch_first() {
        assert_eq!(
            unsafe {
                let uninit =
                    ::std::mem::MaybeUninit::<tw_transformer_encoder_layer_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).batch_first) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_transformer_encoder_layer_options),
                "::",
                stringify!(batch_first)
            )
        );
    }
    test_field_batch_first();
    fn test_field_norm_first() {
        assert_eq!(
            unsafe {
                let uninit =
                    ::std::mem::MaybeUninit::<tw_transformer_encoder_layer_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).norm_first) as usize - ptr as usize
            },
            44usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_transformer_encoder_layer_options),
                "::",
                stringify!(norm_first)
            )
        );
    }
    test_field_norm_first();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_transformer_encoder_layer_options`)
    pub fn tw_transformer_encoder_layer_options_init(
        options: *mut tw_transformer_encoder_layer_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a layer of a transformer's encoder: modules self_attn, linear1, dropout, linear2, norm1, norm2, dropout1 and
    /// dropout2, as torch.nn.TransformerEncoderLayer has them.
    ///
    /// It takes src, and may take src_mask and src_key_padding_mask behind it, NULL or left out for none; the masks are
    /// those of attention. In evaluation, without gradients, PyTorch may put zeros where src is padding; here, as in PyTorch
    /// otherwise, stands there what the layer computes.
    ///
    /// * `out`: creates the module; NULL on failure.
    /// * `options`: borrows: NULL for PyTorch's defaults.
    /// * fails with `TW_ERROR_ARGUMENT`: activation is none of those listed
    /// * fails with `TW_ERROR_RANGE`: a size is below 1, nhead does not divide d_model, dropout is outside \[0, 1\], or
    ///   layer_norm_eps is negative
    pub fn tw_module_transformer_encoder_layer(
        out: *mut *mut tw_module,
        d_model: i64,
        nhead: i64,
        options: *const tw_transformer_encoder_layer_options,
    ) -> tw_status;
}
extern "C" {
    /// Creates a transformer's encoder: num_layers copies of a layer, one after the other, named "layers.0", "layers.1", ...
    ///
    /// The copies start with the layer's parameters, as PyTorch's do; the layer itself is no part of the encoder. It takes
    /// what the layer takes.
    ///
    /// * `out`: creates the module; NULL on failure.
    /// * `encoder_layer`: borrows: a module of `tw_module_transformer_encoder_layer`.
    /// * `norm`: shares: a module that the result goes through at the end, named "norm"; NULL for none.
    /// * fails with `TW_ERROR_RANGE`: num_layers is below 1
    /// * fails with `TW_ERROR_TYPE`: encoder_layer is a module of another sort
    pub fn tw_module_transformer_encoder(
        out: *mut *mut tw_module,
        encoder_layer: *const tw_module,
        num_layers: i64,
        norm: *mut tw_module,
    ) -> tw_status;
}
/// What `tw_module_linear` may be told besides its sizes. Fill it in with `tw_linear_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_linear_options {
    /// set by `tw_linear_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// default 1; 0 for a layer without one
    pub bias: i32,
}
#[test]
fn bindgen_test_layout_tw_linear_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_linear_options>(),
        16usize,
        concat!("Size of: ", stringify!(tw_linear_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_linear_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_linear_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_linear_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_linear_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_linear_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_linear_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_bias() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_linear_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bias) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_linear_options),
                "::",
                stringify!(bias)
            )
        );
    }
    test_field_bias();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_linear_options`)
    pub fn tw_linear_options_init(options: *mut tw_linear_options, struct_size: usize)
        -> tw_status;
}
extern "C" {
    /// Creates a linear layer: parameters weight \[out_features, in_features\] and bias \[out_features\].
    ///
    /// * `out`: creates the module; NULL on failure. Free it with `tw_module_free`.
    /// * `options`: borrows: NULL for PyTorch's defaults.
    /// * fails with `TW_ERROR_RANGE`: a number of features is below 1
    pub fn tw_module_linear(
        out: *mut *mut tw_module,
        in_features: i64,
        out_features: i64,
        options: *const tw_linear_options,
    ) -> tw_status;
}
/// What `tw_module_embedding` may be told besides its sizes. Fill it in with `tw_embedding_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_embedding_options {
    /// set by `tw_embedding_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// default 0, PyTorch's None
    pub has_padding_idx: i32,
    /// a row of zeros that is not trained; a negative one counts from the end
    pub padding_idx: i64,
    /// rows of a larger norm are scaled down to it when looked up; default 0, for none
    pub max_norm: f64,
    /// the p of that norm; default 2
    pub norm_type: f64,
    /// default 0; 1 divides gradients by how often a row was looked up in the batch
    pub scale_grad_by_freq: i32,
    /// 0
    pub reserved: i32,
}
#[test]
fn bindgen_test_layout_tw_embedding_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_embedding_options>(),
        48usize,
        concat!("Size of: ", stringify!(tw_embedding_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_embedding_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_embedding_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_embedding_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_embedding_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_embedding_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_embedding_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_has_padding_idx() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_embedding_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).has_padding_idx) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_embedding_options),
                "::",
                stringify!(has_padding_idx)
            )
        );
    }
    test_field_has_padding_idx();
    fn test_field_padding_idx() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_embedding_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).padding_idx) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_embedding_options),
                "::",
                stringify!(padding_idx)
            )
        );
    }
    test_field_padding_idx();
    fn test_field_max_norm() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_embedding_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).max_norm) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_embedding_options),
                "::",
                stringify!(max_norm)
            )
        );
    }
    test_field_max_norm();
    fn test_field_norm_type() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_embedding_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).norm_type) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_embedding_options),
                "::",
                stringify!(norm_type)
            )
        );
    }
    test_field_norm_type();
    fn test_field_scale_grad_by_freq() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_embedding_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).scale_grad_by_freq) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_embedding_options),
                "::",
                stringify!(scale_grad_by_freq)
            )
        );
    }
    test_field_scale_grad_by_freq();
    fn test_field_reserved() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_embedding_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reserved) as usize - ptr as usize
            },
            44usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_embedding_options),
                "::",
                stringify!(reserved)
            )
        );
    }
    test_field_reserved();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_embedding_options`)
    pub fn tw_embedding_options_init(
        options: *mut tw_embedding_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a table of vectors to look up by integers: parameter weight \[num_embeddings, embedding_dim\]. It takes a
    /// tensor of `TW_INT64` or `TW_INT32` and gives one with a further dimension.
    ///
    /// PyTorch's sparse gradients are not offered.
    ///
    /// * `out`: creates the module; NULL on failure.
    /// * `options`: borrows: NULL for PyTorch's defaults.
    /// * fails with `TW_ERROR_RANGE`: a size is below 1, padding_idx is no row, max_norm is negative, or norm_type not positive
    pub fn tw_module_embedding(
        out: *mut *mut tw_module,
        num_embeddings: i64,
        embedding_dim: i64,
        options: *const tw_embedding_options,
    ) -> tw_status;
}
extern "C" {
    /// Creates a layer that joins the dimensions start_dim to end_dim; torch.nn.Flatten has 1 and -1.
    pub fn tw_module_flatten(out: *mut *mut tw_module, start_dim: i64, end_dim: i64) -> tw_status;
}
extern "C" {
    /// Creates a layer that gives its input back.
    pub fn tw_module_identity(out: *mut *mut tw_module) -> tw_status;
}
extern "C" {
    /// Creates a dropout layer, which zeroes elements.
    pub fn tw_module_dropout(out: *mut *mut tw_module, p: f64) -> tw_status;
}
extern "C" {
    /// Creates a dropout layer that zeroes whole channels of \[N, C, L\] or \[C, L\].
    pub fn tw_module_dropout1d(out: *mut *mut tw_module, p: f64) -> tw_status;
}
extern "C" {
    /// Creates a dropout layer that zeroes whole channels of \[N, C, H, W\]; three dimensions are \[N, C, L\].
    pub fn tw_module_dropout2d(out: *mut *mut tw_module, p: f64) -> tw_status;
}
extern "C" {
    /// Creates a dropout layer that zeroes whole channels of \[N, C, D, H, W\] or \[C, D, H, W\].
    pub fn tw_module_dropout3d(out: *mut *mut tw_module, p: f64) -> tw_status;
}
extern "C" {
    /// Creates a dropout layer that keeps mean and variance where they are 0 and 1, as after a SELU.
    pub fn tw_module_alpha_dropout(out: *mut *mut tw_module, p: f64) -> tw_status;
}
/// What a batch normalization may be told besides its size. Fill it in with `tw_batch_norm_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_batch_norm_options {
    /// set by `tw_batch_norm_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// default 0; 1 for the average of all batches, PyTorch's momentum=None
    pub cumulative: i32,
    /// added to the variance; default 1e-5
    pub eps: f64,
    /// the weight of the newest batch in the running statistics; default 0.1
    pub momentum: f64,
    /// default 1; 0 for no weight and bias
    pub affine: i32,
    /// default 1; 0 to take each batch's own statistics in evaluation too
    pub track_running_stats: i32,
}
#[test]
fn bindgen_test_layout_tw_batch_norm_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_batch_norm_options>(),
        40usize,
        concat!("Size of: ", stringify!(tw_batch_norm_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_batch_norm_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_batch_norm_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_batch_norm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_batch_norm_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_batch_norm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_batch_norm_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_cumulative() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_batch_norm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).cumulative) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_batch_norm_options),
                "::",
                stringify!(cumulative)
            )
        );
    }
    test_field_cumulative();
    fn test_field_eps() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_batch_norm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).eps) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_batch_norm_options),
                "::",
                stringify!(eps)
            )
        );
    }
    test_field_eps();
    fn test_field_momentum() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_batch_norm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).momentum) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_batch_norm_options),
                "::",
                stringify!(momentum)
            )
        );
    }
    test_field_momentum();
    fn test_field_affine() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_batch_norm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).affine) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_batch_norm_options),
                "::",
                stringify!(affine)
            )
        );
    }
    test_field_affine();
    fn test_field_track_running_stats() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_batch_norm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).track_running_stats) as usize - ptr as usize
            },
            36usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_batch_norm_options),
                "::",
                stringify!(track_running_stats)
            )
        );
    }
    test_field_track_running_stats();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_batch_norm_options`)
    pub fn tw_batch_norm_options_init(
        options: *mut tw_batch_norm_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a batch normalization of \[N, C\] or \[N, C, L\]: parameters weight and bias, buffers running_mean, running_var
    /// (each \[num_features\]) and num_batches_tracked (one `TW_INT64`).
    ///
    /// While training it normalizes by the batch's statistics and updates the running ones; in evaluation it uses those.
    ///
    /// * `out`: creates the module; NULL on failure.
    /// * `num_features`: C.
    /// * `options`: borrows: NULL for PyTorch's defaults.
    /// * fails with `TW_ERROR_RANGE`: num_features is below 1, eps is negative, or momentum is outside \[0, 1\]
    pub fn tw_module_batch_norm1d(
        out: *mut *mut tw_module,
        num_features: i64,
        options: *const tw_batch_norm_options,
    ) -> tw_status;
}
extern "C" {
    /// Creates a batch normalization of \[N, C, H, W\]; otherwise as `tw_module_batch_norm1d`.
    pub fn tw_module_batch_norm2d(
        out: *mut *mut tw_module,
        num_features: i64,
        options: *const tw_batch_norm_options,
    ) -> tw_status;
}
extern "C" {
    /// Creates a batch normalization of \[N, C, D, H, W\]; otherwise as `tw_module_batch_norm1d`.
    pub fn tw_module_batch_norm3d(
        out: *mut *mut tw_module,
        num_features: i64,
        options: *const tw_batch_norm_options,
    ) -> tw_status;
}
/// What `tw_module_layer_norm` may be told besides its shape. Fill it in with `tw_layer_norm_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_layer_norm_options {
    /// set by `tw_layer_norm_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// default 1; 0 for no weight and bias
    pub elementwise_affine: i32,
    /// added to the variance; default 1e-5
    pub eps: f64,
}
#[test]
fn bindgen_test_layout_tw_layer_norm_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_layer_norm_options>(),
        24usize,
        concat!("Size of: ", stringify!(tw_layer_norm_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_layer_norm_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_layer_norm_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_layer_norm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_layer_norm_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_layer_norm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_layer_norm_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_elementwise_affine() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_layer_norm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).elementwise_affine) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_layer_norm_options),
                "::",
                stringify!(elementwise_affine)
            )
        );
    }
    test_field_elementwise_affine();
    fn test_field_eps() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_layer_norm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).eps) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_layer_norm_options),
                "::",
                stringify!(eps)
            )
        );
    }
    test_field_eps();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_layer_norm_options`)
    pub fn tw_layer_norm_options_init(
        options: *mut tw_layer_norm_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a normalization over the last dimensions: parameters weight and bias, of the sizes normalized_shape.
    ///
    /// * `out`: creates the module; NULL on failure.
    /// * `normalized_shape`: borrows: ndim sizes, those of the input's last dimensions.
    /// * `options`: borrows: NULL for PyTorch's defaults.
    /// * fails with `TW_ERROR_RANGE`: ndim is 0, a size is below 1, or eps is negative
    pub fn tw_module_layer_norm(
        out: *mut *mut tw_module,
        normalized_shape: *const i64,
        ndim: usize,
        options: *const tw_layer_norm_options,
    ) -> tw_status;
}
/// What `tw_module_group_norm` may be told besides its sizes. Fill it in with `tw_group_norm_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_group_norm_options {
    /// set by `tw_group_norm_options_init`
    pub struct_size: usize,
    /// likewise
    pub kind: i32,
    /// default 1; 0 for no weight and bias
    pub affine: i32,
    /// added to the variance; default 1e-5
    pub eps: f64,
}
#[test]
fn bindgen_test_layout_tw_group_norm_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_group_norm_options>(),
        24usize,
        concat!("Size of: ", stringify!(tw_group_norm_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_group_norm_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_group_norm_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_group_norm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_group_norm_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_group_norm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_group_norm_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_affine() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_group_norm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).affine) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_group_norm_options),
                "::",
                stringify!(affine)
            )
        );
    }
    test_field_affine();
    fn test_field_eps() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_group_norm_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).eps) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_group_norm_options),
                "::",
                stringify!(eps)
            )
        );
    }
    test_field_eps();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_group_norm_options`)
    pub fn tw_group_norm_options_init(
        options: *mut tw_group_norm_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a normalization over groups of channels of \[N, C, ...\]: parameters weight and bias, \[num_channels\] each.
    ///
    /// * `out`: creates the module; NULL on failure.
    /// * `options`: borrows: NULL for PyTorch's defaults.
    /// * fails with `TW_ERROR_RANGE`: a number is below 1, num_groups does not divide num_channels, or eps is negative
    pub fn tw_module_group_norm(
        out: *mut *mut tw_module,
        num_groups: i64,
        num_channels: i64,
        options: *const tw_group_norm_options,
    ) -> tw_status;
}
extern "C" {
    /// Creates a module that runs its children one after the other. They are named "0", "1", ...
    ///
    /// The first takes all the inputs; each further one takes the first result of the one before, such as an LSTM's output.
    /// The results are all those of the last.
    ///
    /// * `out`: creates the module; NULL on failure.
    /// * `modules`: shares: count modules, none of them NULL.
    pub fn tw_module_sequential(
        out: *mut *mut tw_module,
        modules: *const *mut tw_module,
        count: usize,
    ) -> tw_status;
}
/// one value an element
pub const TW_REDUCTION_NONE: tw_reduction = 0;
/// their mean: PyTorch's default
pub const TW_REDUCTION_MEAN: tw_reduction = 1;
/// their sum
pub const TW_REDUCTION_SUM: tw_reduction = 2;
pub const TW_REDUCTION_UNKNOWN: tw_reduction = -1;
pub const TW_REDUCTION_MAX_ENUM: tw_reduction = 2147483647;
/// How a loss over many elements becomes its result. The numbers are fixed for ever.
pub type tw_reduction = i32;
/// What `tw_op_cross_entropy` may be told. Fill it in with `tw_cross_entropy_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_cross_entropy_options {
    /// set by `tw_cross_entropy_options_init`
    pub struct_size: usize,
    /// set by `tw_cross_entropy_options_init`
    pub kind: i32,
    /// default `TW_REDUCTION_MEAN`: over the targets' weights, without those ignored
    pub reduction: tw_reduction,
    /// borrows: \[classes\], what each class counts; default NULL, 1 for each
    pub weight: *const tw_tensor,
    /// targets of this class count nothing; default -100
    pub ignore_index: i64,
    /// from 0 to 1: the share of a target spread over all classes; default 0
    pub label_smoothing: f64,
}
#[test]
fn bindgen_test_layout_tw_cross_entropy_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_cross_entropy_options>(),
        40usize,
        concat!("Size of: ", stringify!(tw_cross_entropy_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_cross_entropy_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_cross_entropy_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cross_entropy_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cross_entropy_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cross_entropy_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cross_entropy_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reduction() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cross_entropy_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reduction) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cross_entropy_options),
                "::",
                stringify!(reduction)
            )
        );
    }
    test_field_reduction();
    fn test_field_weight() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cross_entropy_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).weight) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cross_entropy_options),
                "::",
                stringify!(weight)
            )
        );
    }
    test_field_weight();
    fn test_field_ignore_index() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cross_entropy_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ignore_index) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cross_entropy_options),
                "::",
                stringify!(ignore_index)
            )
        );
    }
    test_field_ignore_index();
    fn test_field_label_smoothing() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cross_entropy_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).label_smoothing) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cross_entropy_options),
                "::",
                stringify!(label_smoothing)
            )
        );
    }
    test_field_label_smoothing();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_cross_entropy_options`)
    pub fn tw_cross_entropy_options_init(
        options: *mut tw_cross_entropy_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// The cross entropy of the softmax of logits, as torch.nn.functional.cross_entropy:
    ///
    /// ```text
    /// loss = -weight[target] log(exp(input[target]) / sum of exp(input))
    /// ```
    ///
    /// * `input`: \[batch, classes\] or \[batch, classes, ...\], any real numbers (logits)
    /// * `target`: input's sizes without classes, int64 from 0 to classes - 1; or input's sizes, probabilities of its dtype
    /// * `options`: borrows: NULL for PyTorch's defaults
    /// * fails with `TW_ERROR_RANGE`: label_smoothing lies outside \[0, 1\]
    pub fn tw_op_cross_entropy(
        out: *mut *mut tw_tensor,
        input: *const tw_tensor,
        target: *const tw_tensor,
        options: *const tw_cross_entropy_options,
    ) -> tw_status;
}
/// What `tw_op_nll_loss` may be told. Fill it in with `tw_nll_loss_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_nll_loss_options {
    /// set by `tw_nll_loss_options_init`
    pub struct_size: usize,
    /// set by `tw_nll_loss_options_init`
    pub kind: i32,
    /// default `TW_REDUCTION_MEAN`: over the targets' weights, without those ignored
    pub reduction: tw_reduction,
    /// borrows: \[classes\], what each class counts; default NULL, 1 for each
    pub weight: *const tw_tensor,
    /// targets of this class count nothing; default -100
    pub ignore_index: i64,
}
#[test]
fn bindgen_test_layout_tw_nll_loss_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_nll_loss_options>(),
        32usize,
        concat!("Size of: ", stringify!(tw_nll_loss_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_nll_loss_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_nll_loss_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_nll_loss_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_nll_loss_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_nll_loss_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_nll_loss_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reduction() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_nll_loss_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reduction) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_nll_loss_options),
                "::",
                stringify!(reduction)
            )
        );
    }
    test_field_reduction();
    fn test_field_weight() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_nll_loss_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).weight) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_nll_loss_options),
                "::",
                stringify!(weight)
            )
        );
    }
    test_field_weight();
    fn test_field_ignore_index() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_nll_loss_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ignore_index) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_nll_loss_options),
                "::",
                stringify!(ignore_index)
            )
        );
    }
    test_field_ignore_index();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_nll_loss_options`)
    pub fn tw_nll_loss_options_init(
        options: *mut tw_nll_loss_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// The negative log likelihood, as torch.nn.functional.nll_loss: -weight\[target\] input\[target\].
    ///
    /// * `input`: \[batch, classes\] or \[batch, classes, ...\], logarithms of probabilities, such as `tw_op_log_softmax` gives
    /// * `target`: input's sizes without classes, int64 from 0 to classes - 1
    /// * `options`: borrows: NULL for PyTorch's defaults
    pub fn tw_op_nll_loss(
        out: *mut *mut tw_tensor,
        input: *const tw_tensor,
        target: *const tw_tensor,
        options: *const tw_nll_loss_options,
    ) -> tw_status;
}
/// What `tw_op_binary_cross_entropy_with_logits` may be told. Fill it in with its init function.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_binary_cross_entropy_with_logits_options {
    /// set by `tw_binary_cross_entropy_with_logits_options_init`
    pub struct_size: usize,
    /// set by `tw_binary_cross_entropy_with_logits_options_init`
    pub kind: i32,
    /// default `TW_REDUCTION_MEAN`
    pub reduction: tw_reduction,
    /// borrows: what each element counts, broadcast to input; default NULL, 1 for each
    pub weight: *const tw_tensor,
    /// borrows: what positive targets count, broadcast to input; default NULL, 1
    pub pos_weight: *const tw_tensor,
}
#[test]
fn bindgen_test_layout_tw_binary_cross_entropy_with_logits_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_binary_cross_entropy_with_logits_options>(),
        32usize,
        concat!(
            "Size of: ",
            stringify!(tw_binary_cross_entropy_with_logits_options)
        )
    );
    assert_eq!(
        ::std::mem::align_of::<tw_binary_cross_entropy_with_logits_options>(),
        8usize,
        concat!(
            "Alignment of ",
            stringify!(tw_binary_cross_entropy_with_logits_options)
        )
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit =
                    ::std::mem::MaybeUninit::<tw_binary_cross_entropy_with_logits_options>::uninit(
                    );
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_binary_cross_entropy_with_logits_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit =
                    ::std::mem::MaybeUninit::<tw_binary_cross_entropy_with_logits_options>::uninit(
                    );
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_binary_cross_entropy_with_logits_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reduction() {
        assert_eq!(
            unsafe {
                let uninit =
                    ::std::mem::MaybeUninit::<tw_binary_cross_entropy_with_logits_options>::uninit(
                    );
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reduction) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_binary_cross_entropy_with_logits_options),
                "::",
                stringify!(reduction)
            )
        );
    }
    test_field_reduction();
    fn test_field_weight() {
        assert_eq!(
            unsafe {
                let uninit =
                    ::std::mem::MaybeUninit::<tw_binary_cross_entropy_with_logits_options>::uninit(
                    );
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).weight) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_binary_cross_entropy_with_logits_options),
                "::",
                stringify!(weight)
            )
        );
    }
    test_field_weight();
    fn test_field_pos_weight() {
        assert_eq!(
            unsafe {
                let uninit =
                    ::std::mem::MaybeUninit::<tw_binary_cross_entropy_with_logits_options>::uninit(
                    );
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).pos_weight) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_binary_cross_entropy_with_logits_options),
                "::",
                stringify!(pos_weight)
            )
        );
    }
    test_field_pos_weight();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_binary_cross_entropy_with_logits_options`)
    pub fn tw_binary_cross_entropy_with_logits_options_init(
        options: *mut tw_binary_cross_entropy_with_logits_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// The cross entropy of yes-or-no questions, as torch.nn.functional.binary_cross_entropy_with_logits, with s(x) the sigmoid:
    ///
    /// ```text
    /// loss = -weight (pos_weight target log s(input) + (1 - target) log(1 - s(input)))
    /// ```
    ///
    /// * `input`: any real numbers (logits)
    /// * `target`: of input's sizes and dtype, from 0 to 1
    /// * `options`: borrows: NULL for PyTorch's defaults
    pub fn tw_op_binary_cross_entropy_with_logits(
        out: *mut *mut tw_tensor,
        input: *const tw_tensor,
        target: *const tw_tensor,
        options: *const tw_binary_cross_entropy_with_logits_options,
    ) -> tw_status;
}
/// What `tw_op_mse_loss` may be told. Fill it in with `tw_mse_loss_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_mse_loss_options {
    /// set by `tw_mse_loss_options_init`
    pub struct_size: usize,
    /// set by `tw_mse_loss_options_init`
    pub kind: i32,
    /// default `TW_REDUCTION_MEAN`: with weights, the weighted mean
    pub reduction: tw_reduction,
    /// borrows: of input's sizes, what each element counts; default NULL, 1 for each
    pub weight: *const tw_tensor,
}
#[test]
fn bindgen_test_layout_tw_mse_loss_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_mse_loss_options>(),
        24usize,
        concat!("Size of: ", stringify!(tw_mse_loss_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_mse_loss_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_mse_loss_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_mse_loss_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_mse_loss_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_mse_loss_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_mse_loss_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reduction() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_mse_loss_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reduction) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_mse_loss_options),
                "::",
                stringify!(reduction)
            )
        );
    }
    test_field_reduction();
    fn test_field_weight() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_mse_loss_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).weight) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_mse_loss_options),
                "::",
                stringify!(weight)
            )
        );
    }
    test_field_weight();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_mse_loss_options`)
    pub fn tw_mse_loss_options_init(
        options: *mut tw_mse_loss_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// The squared difference, as torch.nn.functional.mse_loss: weight (input - target)^2.
    ///
    /// * `input`: any sizes
    /// * `target`: of input's sizes
    /// * `options`: borrows: NULL for PyTorch's defaults
    pub fn tw_op_mse_loss(
        out: *mut *mut tw_tensor,
        input: *const tw_tensor,
        target: *const tw_tensor,
        options: *const tw_mse_loss_options,
    ) -> tw_status;
}
extern "C" {
    /// Calls an operator.
    ///
    /// Among the overloads of the name the first whose schema takes the arguments is called, as Python does. Where a number
    /// is asked for, an int serves as a float and either as a Scalar; where a list of a fixed length is asked for, a single
    /// int or float is repeated. Missing arguments take the schema's defaults.
    ///
    /// What is refused before the operator runs has changed nothing. An operator that writes into an argument, such as
    /// "index_put\_", "add\_" or "add.out", and fails while it runs (`TW_ERROR_TORCH`, `TW_ERROR_MEMORY`) may have written a part;
    /// one that draws random numbers may have drawn them. Where that matters call the operator without the underscore, and
    /// copy its result.
    ///
    /// * `out`: creates the list of results, in order; NULL on failure. A list of tensors is spread out, a
    ///   number becomes a tensor without dimensions on the CPU, None leaves its place empty. An operator
    ///   that writes into an argument gives another handle to it. out may be NULL where the results are
    ///   not wanted.
    /// * `name`: borrows: "add", "aten::add", or with the overload "add.out", "aten::add.Tensor". What Python has
    ///   before it may stay: "F.relu", "torch.nn.functional.relu", "torch.add", "Tensor.add",
    ///   "torch.linalg.norm". The arguments are the operator's own, in its order; the few functions of
    ///   torch.nn.functional that take others than their operator, such as F.batch_norm, are
    ///   `TW_ERROR_NOT_FOUND`, and the message says what to call.
    /// * `arguments`: borrows: the positional ones first, then the named ones. May be NULL where argument_count is 0.
    /// * fails with `TW_ERROR_NOT_FOUND`: no such operator or overload (the message says what Python's name is called here, or has
    ///   the nearest names), or no overload has an argument of that name
    /// * fails with `TW_ERROR_UNSUPPORTED`: there is the operator, but it cannot be called by its schema, or this LibTorch does not
    ///   implement it for where the tensors are
    /// * fails with `TW_ERROR_TYPE`: an argument is of a kind that no overload takes (the message shows the schemas and the
    ///   argument that does not fit), or a result can be no tensor
    /// * fails with `TW_ERROR_ARGUMENT`: no overload takes the arguments for other reasons, such as one that is missing
    /// * fails with `TW_ERROR_TORCH`: LibTorch refused them, such as for their shapes
    pub fn tw_op_call(
        out: *mut *mut tw_tensor_list,
        name: *const ::std::os::raw::c_char,
        arguments: *const tw_argument,
        argument_count: usize,
    ) -> tw_status;
}
extern "C" {
    /// Calls an operator of one result; otherwise as `tw_op_call`.
    ///
    /// * `out`: creates the result; NULL on failure, and where the result is None. Free it with `tw_tensor_free`.
    /// * fails with `TW_ERROR_TYPE`: also where the operator has several results, none, or a list of them; it has not run
    pub fn tw_op_call_one(
        out: *mut *mut tw_tensor,
        name: *const ::std::os::raw::c_char,
        arguments: *const tw_argument,
        argument_count: usize,
    ) -> tw_status;
}
extern "C" {
    /// The version of the LibTorch in this process, such as "1.13.1" or "2.15.0+cpu": what the library that is loaded says, and not
    /// the headers that torch_warmup was built with.
    ///
    /// Debian's 1.13.1 has 1.13.0 in its sources, and torch.\__version_\_ is 1.13.0a0 there; here it is 1.13.1, from the name of
    /// the folder that the library says it was built in. A library that says neither rightly is believed.
    pub fn tw_torch_version() -> *const ::std::os::raw::c_char;
}
extern "C" {
    /// How this library, as the LibTorch that it was built with, lays out C++'s strings: for C++ that gives it objects of its own
    /// (`tw_optimizer_borrow`, `tw_tensor_from_torch`) and must have been compiled alike.
    ///
    /// Returns: 1 or 0, the value of \_GLIBCXX_USE_CXX11_ABI; -1 with another C++ library than GNU's.
    pub fn tw_torch_cxx11_abi() -> i32;
}
extern "C" {
    /// Sets how many threads one operator may use on the CPU, in the whole process, as torch.set_num_threads does.
    ///
    /// Some builds of LibTorch start with one thread whatever the machine has, so call this first.
    ///
    /// * `count`: at least 1.
    /// * fails with `TW_ERROR_RANGE`: count is 0, or more than a process can have
    pub fn tw_set_num_threads(count: usize) -> tw_status;
}
extern "C" {
    /// How many threads one operator may use on the CPU.
    ///
    /// * `out`: a number of at least 1; 0 on failure.
    pub fn tw_get_num_threads(out: *mut usize) -> tw_status;
}
extern "C" {
    /// Starts the program anew with threads that wait for one another without keeping their cores busy for long. The first line
    /// of main, before anything that must not happen twice:
    ///
    /// ```text
    /// int main(int argc, char **argv) {
    ///   if (tw_restart_with_patient_threads(argv) != TW_OK) fprintf(stderr, "%s\n", tw_last_error());
    /// ```
    ///
    /// GNU's OpenMP, by which LibTorch computes on the CPU, lets the threads that have done their part spin until the last one
    /// has. Alone that is fast; where another process has taken the last one's core, training took from four to thirty times as long.
    /// How long they spin is read from the environment when the library is loaded, and cannot be changed after. So this sets
    /// GOMP_SPINCOUNT=10000 and executes the program's file once more, in the same process, with the same arguments. Where
    /// GOMP_SPINCOUNT or OMP_WAIT_POLICY is set, as it then is, it does nothing: the user has the last word. It costs the
    /// loading of LibTorch once more, half a second or so, and child processes inherit the variable.
    ///
    /// * `argv`: borrows: main's.
    /// * fails with `TW_ERROR_ARGUMENT`: argv is NULL or empty
    /// * fails with `TW_ERROR_UNSUPPORTED`: the system does not tell the program's file (there is no /proc)
    /// * fails with `TW_ERROR_IO`: the file cannot be executed. The program may go on, as it is, after any of these
    pub fn tw_restart_with_patient_threads(argv: *const *mut ::std::os::raw::c_char) -> tw_status;
}
extern "C" {
    /// Turns the recording of gradients on or off for the calling thread, as torch.set_grad_enabled does.
    ///
    /// * `previous`: what it was before, 0 or 1; may be NULL.
    /// * `enabled`: 1 to record, 0 not to, as in evaluation.
    /// * fails with `TW_ERROR_ARGUMENT`: enabled is neither 0 nor 1
    pub fn tw_set_grad_enabled(previous: *mut i32, enabled: i32) -> tw_status;
}
extern "C" {
    /// Whether this LibTorch can run on a CUDA device here and now.
    ///
    /// * `out`: 0 or 1; 0 on failure.
    pub fn tw_cuda_is_available(out: *mut i32) -> tw_status;
}
extern "C" {
    /// The number of CUDA devices that LibTorch sees.
    ///
    /// * `out`: 0 without CUDA.
    pub fn tw_cuda_get_device_count(out: *mut usize) -> tw_status;
}
extern "C" {
    /// Saves a checkpoint of tensors as a safetensors file; whole or not at all, as `tw_checkpoint_save`.
    ///
    /// The format knows no shared memory: tensors that share theirs are written one by one. A string whose key begins with
    /// "\__metadata_\_." goes into the file's metadata under the rest of its key; the format has no place for other values.
    /// The file is the one that the Python package writes of the same tensors and metadata, byte for byte but for the
    /// metadata's order.
    ///
    /// * `checkpoint`: borrows: tensors, each under its key, and metadata.
    /// * `path`: borrows: the file's name. What is there already must be a regular file.
    /// * fails with `TW_ERROR_TYPE`: a value is neither a tensor nor metadata; the message names its key
    /// * fails with `TW_ERROR_ARGUMENT`: a key is "\__metadata_\_", or a text has half of a surrogate pair, as Python's can
    /// * fails with `TW_ERROR_RANGE`: the names, sizes and metadata take more than the format's 100 MB, or a tensor repeats its
    ///   elements more often than a file can hold
    /// * fails with `TW_ERROR_STATE`: a tensor's memory has become smaller since it was put
    /// * fails with `TW_ERROR_UNSUPPORTED`: a value is of a type that this library has not; the message names its key
    /// * fails with `TW_ERROR_IO`: the operating system refused; `tw_last_error` says what and why
    pub fn tw_checkpoint_save_safetensors(
        checkpoint: *const tw_checkpoint,
        path: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Loads a safetensors file: a checkpoint of its tensors, in the order of their places in the file, and after them its
    /// metadata as strings whose keys begin with "\__metadata_\_.".
    ///
    /// The tensors' elements stay in the file until they are asked for, so do not change it meanwhile; replacing it by
    /// renaming another over it is no change. Any byte of a bool but 0 is read as 1. A tensor of a dtype that `tw_dtype` does not
    /// list loses nothing else: it is of `TW_KIND_OTHER`, as in `tw_checkpoint_load`.
    ///
    /// * `out`: creates the checkpoint; NULL on failure. Free it with `tw_checkpoint_free`.
    /// * `path`: borrows: the file's name.
    /// * fails with `TW_ERROR_IO`: it cannot be opened or read
    /// * fails with `TW_ERROR_FORMAT`: it is no safetensors file, or has what the format forbids (places that overlap, leave
    ///   holes or lie outside the file, a name that comes twice, a header over 100 MB);
    ///   `tw_last_error` says what
    /// * fails with `TW_ERROR_UNSUPPORTED`: it has a tensor of more than 64 dimensions
    pub fn tw_checkpoint_load_safetensors(
        out: *mut *mut tw_checkpoint,
        path: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
/// Adam's options.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_adam_options {
    /// set by `tw_adam_options_init`
    pub struct_size: usize,
    /// `TW_OPTIONS_ADAM`, set by the same
    pub kind: i32,
    /// 1: keep the largest second average (On the Convergence of Adam and Beyond); default 0
    pub amsgrad: i32,
    /// learning rate; default 1e-3
    pub lr: f64,
    /// decay of the two running averages; default 0.9, 0.999
    pub betas: [f64; 2usize],
    /// added to the denominator; default 1e-8
    pub eps: f64,
    /// L2 penalty added to the gradient; default 0
    pub weight_decay: f64,
}
#[test]
fn bindgen_test_layout_tw_adam_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_adam_options>(),
        56usize,
        concat!("Size of: ", stringify!(tw_adam_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_adam_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_adam_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adam_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adam_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adam_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adam_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_amsgrad() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adam_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).amsgrad) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adam_options),
                "::",
                stringify!(amsgrad)
            )
        );
    }
    test_field_amsgrad();
    fn test_field_lr() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adam_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).lr) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adam_options),
                "::",
                stringify!(lr)
            )
        );
    }
    test_field_lr();
    fn test_field_betas() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adam_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).betas) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adam_options),
                "::",
                stringify!(betas)
            )
        );
    }
    test_field_betas();
    fn test_field_eps() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adam_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).eps) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adam_options),
                "::",
                stringify!(eps)
            )
        );
    }
    test_field_eps();
    fn test_field_weight_decay() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adam_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).weight_decay) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adam_options),
                "::",
                stringify!(weight_decay)
            )
        );
    }
    test_field_weight_decay();
}
/// AdamW's options.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_adamw_options {
    /// set by `tw_adamw_options_init`
    pub struct_size: usize,
    /// `TW_OPTIONS_ADAMW`, set by the same
    pub kind: i32,
    /// 1: keep the largest second average; default 0
    pub amsgrad: i32,
    /// learning rate; default 1e-3
    pub lr: f64,
    /// decay of the two running averages; default 0.9, 0.999
    pub betas: [f64; 2usize],
    /// added to the denominator; default 1e-8
    pub eps: f64,
    /// decoupled: the parameter shrinks by lr \* weight_decay a step; default 1e-2
    pub weight_decay: f64,
}
#[test]
fn bindgen_test_layout_tw_adamw_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_adamw_options>(),
        56usize,
        concat!("Size of: ", stringify!(tw_adamw_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_adamw_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_adamw_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adamw_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adamw_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adamw_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adamw_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_amsgrad() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adamw_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).amsgrad) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adamw_options),
                "::",
                stringify!(amsgrad)
            )
        );
    }
    test_field_amsgrad();
    fn test_field_lr() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adamw_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).lr) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adamw_options),
                "::",
                stringify!(lr)
            )
        );
    }
    test_field_lr();
    fn test_field_betas() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adamw_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).betas) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adamw_options),
                "::",
                stringify!(betas)
            )
        );
    }
    test_field_betas();
    fn test_field_eps() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adamw_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).eps) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adamw_options),
                "::",
                stringify!(eps)
            )
        );
    }
    test_field_eps();
    fn test_field_weight_decay() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adamw_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).weight_decay) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adamw_options),
                "::",
                stringify!(weight_decay)
            )
        );
    }
    test_field_weight_decay();
}
/// SGD's options.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_sgd_options {
    /// set by `tw_sgd_options_init`
    pub struct_size: usize,
    /// `TW_OPTIONS_SGD`, set by the same
    pub kind: i32,
    /// 1: Nesterov momentum, which needs momentum \> 0 and dampening 0; default 0
    pub nesterov: i32,
    /// learning rate; default 1e-3
    pub lr: f64,
    /// default 0
    pub momentum: f64,
    /// of the momentum; default 0
    pub dampening: f64,
    /// default 0
    pub weight_decay: f64,
}
#[test]
fn bindgen_test_layout_tw_sgd_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_sgd_options>(),
        48usize,
        concat!("Size of: ", stringify!(tw_sgd_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_sgd_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_sgd_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_sgd_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_sgd_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_sgd_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_sgd_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_nesterov() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_sgd_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).nesterov) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_sgd_options),
                "::",
                stringify!(nesterov)
            )
        );
    }
    test_field_nesterov();
    fn test_field_lr() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_sgd_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).lr) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_sgd_options),
                "::",
                stringify!(lr)
            )
        );
    }
    test_field_lr();
    fn test_field_momentum() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_sgd_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).momentum) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_sgd_options),
                "::",
                stringify!(momentum)
            )
        );
    }
    test_field_momentum();
    fn test_field_dampening() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_sgd_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dampening) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_sgd_options),
                "::",
                stringify!(dampening)
            )
        );
    }
    test_field_dampening();
    fn test_field_weight_decay() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_sgd_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).weight_decay) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_sgd_options),
                "::",
                stringify!(weight_decay)
            )
        );
    }
    test_field_weight_decay();
}
/// RMSprop's options.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_rmsprop_options {
    /// set by `tw_rmsprop_options_init`
    pub struct_size: usize,
    /// `TW_OPTIONS_RMSPROP`, set by the same
    pub kind: i32,
    /// 1: divide by an estimate of the variance; default 0
    pub centered: i32,
    /// learning rate; default 1e-2
    pub lr: f64,
    /// decay of the average of squares; default 0.99
    pub alpha: f64,
    /// default 1e-8
    pub eps: f64,
    /// default 0
    pub weight_decay: f64,
    /// default 0
    pub momentum: f64,
}
#[test]
fn bindgen_test_layout_tw_rmsprop_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_rmsprop_options>(),
        56usize,
        concat!("Size of: ", stringify!(tw_rmsprop_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_rmsprop_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_rmsprop_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_rmsprop_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_rmsprop_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_rmsprop_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_rmsprop_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_centered() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_rmsprop_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).centered) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_rmsprop_options),
                "::",
                stringify!(centered)
            )
        );
    }
    test_field_centered();
    fn test_field_lr() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_rmsprop_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).lr) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_rmsprop_options),
                "::",
                stringify!(lr)
            )
        );
    }
    test_field_lr();
    fn test_field_alpha() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_rmsprop_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).alpha) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_rmsprop_options),
                "::",
                stringify!(alpha)
            )
        );
    }
    test_field_alpha();
    fn test_field_eps() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_rmsprop_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).eps) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_rmsprop_options),
                "::",
                stringify!(eps)
            )
        );
    }
    test_field_eps();
    fn test_field_weight_decay() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_rmsprop_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).weight_decay) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_rmsprop_options),
                "::",
                stringify!(weight_decay)
            )
        );
    }
    test_field_weight_decay();
    fn test_field_momentum() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_rmsprop_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).momentum) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_rmsprop_options),
                "::",
                stringify!(momentum)
            )
        );
    }
    test_field_momentum();
}
/// Adagrad's options.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_adagrad_options {
    /// set by `tw_adagrad_options_init`
    pub struct_size: usize,
    /// `TW_OPTIONS_ADAGRAD`, set by the same
    pub kind: i32,
    /// 0
    pub reserved: i32,
    /// learning rate; default 1e-2
    pub lr: f64,
    /// default 0
    pub lr_decay: f64,
    /// default 0
    pub weight_decay: f64,
    /// the constructor's holds for groups added later too; default 0
    pub initial_accumulator_value: f64,
    /// default 1e-10
    pub eps: f64,
}
#[test]
fn bindgen_test_layout_tw_adagrad_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_adagrad_options>(),
        56usize,
        concat!("Size of: ", stringify!(tw_adagrad_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_adagrad_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_adagrad_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adagrad_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adagrad_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adagrad_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adagrad_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reserved() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adagrad_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reserved) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adagrad_options),
                "::",
                stringify!(reserved)
            )
        );
    }
    test_field_reserved();
    fn test_field_lr() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adagrad_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).lr) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adagrad_options),
                "::",
                stringify!(lr)
            )
        );
    }
    test_field_lr();
    fn test_field_lr_decay() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adagrad_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).lr_decay) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adagrad_options),
                "::",
                stringify!(lr_decay)
            )
        );
    }
    test_field_lr_decay();
    fn test_field_weight_decay() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adagrad_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).weight_decay) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adagrad_options),
                "::",
                stringify!(weight_decay)
            )
        );
    }
    test_field_weight_decay();
    fn test_field_initial_accumulator_value() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adagrad_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).initial_accumulator_value) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adagrad_options),
                "::",
                stringify!(initial_accumulator_value)
            )
        );
    }
    test_field_initial_accumulator_value();
    fn test_field_eps() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_adagrad_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).eps) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_adagrad_options),
                "::",
                stringify!(eps)
            )
        );
    }
    test_field_eps();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof the structure, so that older callers go on to work
    pub fn tw_adam_options_init(options: *mut tw_adam_options, struct_size: usize) -> tw_status;
}
extern "C" {
    /// As `tw_adam_options_init`.
    pub fn tw_adamw_options_init(options: *mut tw_adamw_options, struct_size: usize) -> tw_status;
}
extern "C" {
    /// As `tw_adam_options_init`.
    pub fn tw_sgd_options_init(options: *mut tw_sgd_options, struct_size: usize) -> tw_status;
}
extern "C" {
    /// As `tw_adam_options_init`.
    pub fn tw_rmsprop_options_init(
        options: *mut tw_rmsprop_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// As `tw_adam_options_init`.
    pub fn tw_adagrad_options_init(
        options: *mut tw_adagrad_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates an Adam optimizer with one parameter group. Source: Kingma & Ba, arXiv 1412.6980.
    ///
    /// * `out`: creates the optimizer; NULL on failure. Free it with `tw_optimizer_free`.
    /// * `parameters`: shares: count leaf tensors that require a gradient; the handles may be freed at once.
    /// * `count`: at least 1.
    /// * `options`: borrows: NULL for PyTorch's defaults.
    /// * fails with `TW_ERROR_RANGE`: an option lies outside its range
    /// * fails with `TW_ERROR_ARGUMENT`: there is no parameter, one is NULL, not a leaf, does not require a gradient, or comes twice
    /// * fails with `TW_ERROR_TYPE`: the options are of another kind
    pub fn tw_optimizer_adam(
        out: *mut *mut tw_optimizer,
        parameters: *const *mut tw_tensor,
        count: usize,
        options: *const tw_adam_options,
    ) -> tw_status;
}
extern "C" {
    /// Creates an AdamW optimizer (Loshchilov & Hutter, arXiv 1711.05101); otherwise as `tw_optimizer_adam`.
    pub fn tw_optimizer_adamw(
        out: *mut *mut tw_optimizer,
        parameters: *const *mut tw_tensor,
        count: usize,
        options: *const tw_adamw_options,
    ) -> tw_status;
}
extern "C" {
    /// Creates an SGD optimizer; otherwise as `tw_optimizer_adam`.
    pub fn tw_optimizer_sgd(
        out: *mut *mut tw_optimizer,
        parameters: *const *mut tw_tensor,
        count: usize,
        options: *const tw_sgd_options,
    ) -> tw_status;
}
extern "C" {
    /// Creates an RMSprop optimizer; otherwise as `tw_optimizer_adam`.
    pub fn tw_optimizer_rmsprop(
        out: *mut *mut tw_optimizer,
        parameters: *const *mut tw_tensor,
        count: usize,
        options: *const tw_rmsprop_options,
    ) -> tw_status;
}
extern "C" {
    /// Creates an Adagrad optimizer; otherwise as `tw_optimizer_adam`.
    pub fn tw_optimizer_adagrad(
        out: *mut *mut tw_optimizer,
        parameters: *const *mut tw_tensor,
        count: usize,
        options: *const tw_adagrad_options,
    ) -> tw_status;
}
extern "C" {
    /// Binds to an optimizer that was made elsewhere, of any class: by the caller's C++, or by a binding that gives the
    /// pointer (tch's torch_sys::ato_adamw does; where it stays private, use `tw_optimizer_rates`).
    ///
    /// It must come from the very LibTorch that this library is linked with. Handles to the same optimizer share what is bound
    /// to it. Before its owner destroys it, call `tw_optimizer_detach` or free all that is bound: an optimizer is known by its
    /// address, where another may come to lie.
    ///
    /// * `out`: creates the handle; NULL on failure.
    /// * `torch_optimizer`: borrows: a torch::optim::Optimizer \*, which must outlive the handle and whatever is bound to
    ///   it. Its owner goes on using it; the rates set here are those of its next step.
    pub fn tw_optimizer_borrow(
        out: *mut *mut tw_optimizer,
        torch_optimizer: *mut ::std::os::raw::c_void,
    ) -> tw_status;
}
extern "C" {
    /// Adds a parameter group.
    ///
    /// A warmup that was bound before then has one group too few: its next call is `TW_ERROR_STATE`. So is that of an LR scheduler
    /// but for those that take later groups: see the top of lr_scheduler.h.
    ///
    /// * `parameters`: shares: count leaf tensors.
    /// * `options`: borrows: the options structure of this optimizer's own kind (`tw_adamw_options` for AdamW, ...), taken
    ///   as it is; NULL for those that the optimizer was made with. NULL for a borrowed optimizer.
    /// * fails with `TW_ERROR_ARGUMENT`: a parameter is in another group already, or comes twice
    /// * fails with `TW_ERROR_TYPE`: the options are of another kind, were given for a borrowed optimizer, or the optimizer is
    ///   not one of LibTorch's
    pub fn tw_optimizer_add_param_group(
        optimizer: *mut tw_optimizer,
        parameters: *const *mut tw_tensor,
        count: usize,
        options: *const ::std::os::raw::c_void,
    ) -> tw_status;
}
extern "C" {
    /// Changes every parameter that has a gradient by one step, at the rates that the groups have.
    ///
    /// Complex parameters step as in Python, by their real and imaginary parts (torch.view_as_real), which C++'s own step
    /// does not; what is kept of them is complex. Sparse gradients are taken by SGD and Adagrad without weight_decay. All
    /// parameters are looked at before the first one moves: what is listed here has changed nothing. Memory that runs out
    /// within LibTorch's step is `TW_ERROR_MEMORY` with some parameters stepped and others not: go back to a checkpoint. So may
    /// a borrowed optimizer of a class that is not LibTorch's own, which checks for itself.
    ///
    /// * fails with `TW_ERROR_TYPE`: the optimizer is not one of LibTorch's: its owner steps it; or a gradient is of a layout that it
    ///   cannot take, or of another dtype or device than its parameter; or a parameter is a view that
    ///   cannot be changed in place (expanded, conjugated)
    /// * fails with `TW_ERROR_RANGE`: a rate, a weight_decay, an eps, a momentum or a dampening is larger than the parameters' dtype
    ///   holds, or becomes so by what the step makes of it, such as a rate of 1e38 over 1 - beta1
    /// * fails with `TW_ERROR_STATE`: a gradient, or what the optimizer keeps of a parameter, has other sizes than the parameter
    /// * fails with `TW_ERROR_TORCH`: a borrowed optimizer of another class refused the step
    pub fn tw_optimizer_step(optimizer: *mut tw_optimizer) -> tw_status;
}
extern "C" {
    /// Removes the gradient of every parameter.
    ///
    /// * fails with `TW_ERROR_TYPE`: the optimizer is not one of LibTorch's
    pub fn tw_optimizer_zero_grad(optimizer: *mut tw_optimizer) -> tw_status;
}
extern "C" {
    /// Loads a file of torch.jit.save, onto the CPU; `tw_module_move_to` takes it elsewhere.
    ///
    /// * `out`: creates the module, in the mode, training or evaluation, in which it was saved; NULL on failure. Free it
    ///   with `tw_module_free`.
    /// * `path`: borrows: the file's name, in the bytes by which the operating system knows it.
    /// * fails with `TW_ERROR_IO`: it cannot be opened or read
    /// * fails with `TW_ERROR_FORMAT`: it is not a TorchScript file, or damaged, or newer than this LibTorch reads; the message
    ///   says what to do where it is a checkpoint instead
    pub fn tw_module_load_torchscript(
        out: *mut *mut tw_module,
        path: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// As `tw_module_load_torchscript`, from the file's bytes in memory.
    ///
    /// * `data`: borrows: size bytes.
    pub fn tw_module_load_torchscript_memory(
        out: *mut *mut tw_module,
        data: *const ::std::os::raw::c_void,
        size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Saves a TorchScript module with its parameters as they are now, for torch.jit.load and `tw_module_load_torchscript`;
    /// whole or not at all, as `tw_checkpoint_save`.
    ///
    /// * `module`: borrows: a module that was loaded by this header.
    /// * fails with `TW_ERROR_TYPE`: it is a module of another sort; a checkpoint holds the state_dict of any
    /// * fails with `TW_ERROR_IO`: the operating system refused; `tw_last_error` says what and why
    pub fn tw_module_save_torchscript(
        module: *const tw_module,
        path: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
extern "C" {
    /// Calls a method of a TorchScript module, forward among them, with values of any kind.
    ///
    /// Arguments that the method gives a default may be left out at the end. An int does for a float that equals it. What
    /// the method does to its lists and dicts leaves those that it was given as they are.
    ///
    /// * `out`: creates the result; NULL on failure. Free it with `tw_value_free`.
    /// * `method`: borrows: its name, such as "forward".
    /// * `inputs`: borrows: count values, by position; the tensors of a loaded checkpoint's are read now.
    /// * fails with `TW_ERROR_NOT_FOUND`: there is no such method; the message lists those there are
    /// * fails with `TW_ERROR_ARGUMENT`: too many or few inputs
    /// * fails with `TW_ERROR_TYPE`: an input is not of the type that the method asks for, or module is no TorchScript module
    /// * fails with `TW_ERROR_TORCH`: the method raised an exception; the message is LibTorch's. What it has changed in the
    ///   module until then stays changed.
    pub fn tw_module_call_method(
        out: *mut *mut tw_value,
        module: *mut tw_module,
        method: *const ::std::os::raw::c_char,
        inputs: *const *mut tw_value,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// Whether a TorchScript module has a method of that name, 0 or 1. Of another module it is `TW_ERROR_TYPE`.
    pub fn tw_module_has_method(
        out: *mut i32,
        module: *const tw_module,
        method: *const ::std::os::raw::c_char,
    ) -> tw_status;
}
