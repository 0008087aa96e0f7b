//! Tensors: made from numbers, looked into, copied, differentiated.

use std::ffi::c_void;
use std::fmt;
use std::mem;
use std::ptr;

use torch_warmup_sys as sys;

use super::dtype::{Dtype, Element};
use super::runtime::Generator;
use crate::call;
use crate::error::{Error, Result, Status};

/// A handle to a tensor. A clone stands for the very same tensor, its gradient and its graph included.
///
/// ```
/// use torch_warmup::torch::Tensor;
///
/// let x = Tensor::from_slice(&[1.0f32, 2.0, 3.0, 4.0], &[2, 2])?.with_grad()?;
/// let y = x.mul(&x)?.sum()?;
/// y.backward()?;
/// assert_eq!(y.item()?, 30.0);
/// assert_eq!(x.grad()?.unwrap().to_vec::<f32>()?, [2.0, 4.0, 6.0, 8.0]);
/// # Ok::<(), torch_warmup::Error>(())
/// ```
pub struct Tensor {
    handle: *mut sys::tw_tensor,
}

fn bytes_of<T>(values: &[T]) -> usize {
    mem::size_of_val(values)
}

impl Tensor {
    pub(super) fn create(call: impl FnOnce(*mut *mut sys::tw_tensor) -> sys::tw_status) -> Result<Tensor> {
        call::create(call).map(Tensor::from_raw)
    }

    pub(super) fn from_raw(handle: *mut sys::tw_tensor) -> Tensor {
        Tensor { handle }
    }

    pub(super) fn raw(&self) -> *mut sys::tw_tensor {
        self.handle
    }

    pub(super) fn into_raw(self) -> *mut sys::tw_tensor {
        mem::ManuallyDrop::new(self).handle
    }

    /// What a call gives that may have none.
    pub(super) fn optional(call: impl FnOnce(*mut *mut sys::tw_tensor) -> sys::tw_status) -> Result<Option<Tensor>> {
        let handle = call::create(call)?;
        Ok(if handle.is_null() { None } else { Some(Tensor::from_raw(handle)) })
    }

    /// A copy of numbers in row-major order, on the CPU.
    pub fn from_slice<T: Element>(data: &[T], sizes: &[i64]) -> Result<Tensor> {
        // SAFETY: the arrays are borrowed for the call, which checks that the bytes are those of the sizes.
        Tensor::create(|out| unsafe {
            sys::tw_tensor_from_data(
                out,
                data.as_ptr().cast(),
                bytes_of(data),
                sizes.as_ptr(),
                sizes.len(),
                T::DTYPE.to_raw(),
            )
        })
    }

    /// A tensor over a vector's own memory, without a copy; the vector lives as long as anything uses the memory.
    pub fn from_vec<T: Element>(data: Vec<T>, sizes: &[i64]) -> Result<Tensor> {
        Tensor::from_vec_strided(data, sizes, None)
    }

    /// As [`Tensor::from_vec`], with the distances in elements between neighbours along each dimension; `None` for row-major
    /// order.
    pub fn from_vec_strided<T: Element>(mut data: Vec<T>, sizes: &[i64], strides: Option<&[i64]>) -> Result<Tensor> {
        if strides.map_or(false, |strides| strides.len() != sizes.len()) {
            return Err(Error::new(Status::Argument, "there are not as many strides as sizes"));
        }
        let (pointer, bytes) = (data.as_mut_ptr(), bytes_of(&data));
        let context = call::context(data);
        let strides = strides.map_or(ptr::null(), <[i64]>::as_ptr);
        // SAFETY: the memory is the vector's, which the context owns until its release, on whatever thread: numbers are
        // Send. The call checks that sizes and strides stay within the bytes.
        Tensor::create(|out| unsafe {
            sys::tw_tensor_from_blob(
                out,
                pointer.cast(),
                bytes,
                sizes.as_ptr(),
                sizes.len(),
                strides,
                T::DTYPE.to_raw(),
                context,
                Some(call::release::<Vec<T>>),
            )
        })
    }

    /// Zeros of `Float32` on the CPU.
    pub fn zeros(sizes: &[i64]) -> Result<Tensor> {
        Tensor::full(sizes, 0.0, Dtype::Float32)
    }

    /// Ones of `Float32` on the CPU.
    pub fn ones(sizes: &[i64]) -> Result<Tensor> {
        Tensor::full(sizes, 1.0, Dtype::Float32)
    }

    /// A tensor with every element equal to value, on the CPU.
    pub fn full(sizes: &[i64], value: f64, dtype: Dtype) -> Result<Tensor> {
        // SAFETY: the array is borrowed for the call.
        Tensor::create(|out| unsafe {
            sys::tw_tensor_full_double(out, sizes.as_ptr(), sizes.len(), value, dtype.to_raw(), ptr::null())
        })
    }

    /// Uniform random numbers from [0, 1), of `Float32` on the CPU, from the default generator.
    pub fn rand(sizes: &[i64]) -> Result<Tensor> {
        // SAFETY: the array is borrowed for the call.
        Tensor::create(|out| unsafe {
            let raw = sizes.as_ptr();
            sys::tw_tensor_rand(out, raw, sizes.len(), sys::TW_FLOAT32, ptr::null(), ptr::null_mut())
        })
    }

    /// Standard normal random numbers, of `Float32` on the CPU, from the default generator.
    pub fn randn(sizes: &[i64]) -> Result<Tensor> {
        // SAFETY: the array is borrowed for the call.
        Tensor::create(|out| unsafe {
            let raw = sizes.as_ptr();
            sys::tw_tensor_randn(out, raw, sizes.len(), sys::TW_FLOAT32, ptr::null(), ptr::null_mut())
        })
    }

    /// As [`Tensor::randn`], from a generator of your own.
    pub fn randn_from(sizes: &[i64], generator: &mut Generator) -> Result<Tensor> {
        // SAFETY: the array is borrowed for the call, the generator alive.
        Tensor::create(|out| unsafe {
            let raw = sizes.as_ptr();
            sys::tw_tensor_randn(out, raw, sizes.len(), sys::TW_FLOAT32, ptr::null(), generator.raw())
        })
    }

    /// start, start + step, ... up to but without end, of `Int64`.
    pub fn arange(start: i64, end: i64, step: i64) -> Result<Tensor> {
        // SAFETY: the function takes any numbers.
        Tensor::create(|out| unsafe { sys::tw_tensor_arange_int64(out, start, end, step, sys::TW_INT64, ptr::null()) })
    }

    /// A handle to an `at::Tensor` that C++, or another binding such as tch, has made in this process with the same LibTorch.
    ///
    /// # Safety
    /// `at_tensor` is the address of an `at::Tensor`; no other thread uses that tensor while this handle does.
    pub unsafe fn from_torch(at_tensor: *const c_void) -> Result<Tensor> {
        // SAFETY: the caller promises it.
        Tensor::create(|out| unsafe { sys::tw_tensor_from_torch(out, at_tensor) })
    }

    /// The address of the `at::Tensor` that the handle holds, valid until the handle is dropped.
    pub fn as_torch(&self) -> Result<*const c_void> {
        let mut out = ptr::null();
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_tensor_get_torch(&mut out, self.handle) })?;
        Ok(out)
    }

    /// The lengths of the dimensions, the outermost first.
    pub fn sizes(&self) -> Result<Vec<i64>> {
        // SAFETY: the handle is alive, the buffer as long as is said.
        call::buffer(|out, capacity, needed| unsafe { sys::tw_tensor_get_sizes(out, capacity, needed, self.handle) })
    }

    /// The distances in elements between neighbours along each dimension.
    pub fn strides(&self) -> Result<Vec<i64>> {
        // SAFETY: the handle is alive, the buffer as long as is said.
        call::buffer(|out, capacity, needed| unsafe { sys::tw_tensor_get_strides(out, capacity, needed, self.handle) })
    }

    /// The number of elements.
    pub fn numel(&self) -> Result<usize> {
        // SAFETY: the handle is alive.
        call::value(|out| unsafe { sys::tw_tensor_get_numel(out, self.handle) })
    }

    /// The type of the elements.
    pub fn dtype(&self) -> Result<Dtype> {
        // SAFETY: the handle is alive.
        call::value(|out| unsafe { sys::tw_tensor_get_dtype(out, self.handle) }).and_then(Dtype::from_raw)
    }

    /// The device, such as `cpu` or `cuda:0`.
    pub fn device(&self) -> Result<String> {
        // SAFETY: the handle is alive, the buffer as long as is said.
        call::text(|out, capacity, needed| unsafe { sys::tw_tensor_get_device(out, capacity, needed, self.handle) })
    }

    /// The value of a tensor of exactly one element, whatever its dtype and device.
    pub fn item(&self) -> Result<f64> {
        // SAFETY: the handle is alive.
        call::value(|out| unsafe { sys::tw_tensor_get_item_double(out, self.handle) })
    }

    /// The value of an integer or bool tensor of exactly one element.
    pub fn item_int(&self) -> Result<i64> {
        // SAFETY: the handle is alive.
        call::value(|out| unsafe { sys::tw_tensor_get_item_int64(out, self.handle) })
    }

    /// A copy of the elements in row-major order, whatever the strides and the device. The tensor's dtype must be `T`'s.
    pub fn to_vec<T: Element>(&self) -> Result<Vec<T>> {
        let mut out = vec![T::default(); self.numel()?];
        self.copy_to(&mut out)?;
        Ok(out)
    }

    /// Copies the elements into a slice of exactly as many.
    pub fn copy_to<T: Element>(&self, out: &mut [T]) -> Result<()> {
        let (dtype, count) = (self.dtype()?, self.numel()?);
        if dtype != T::DTYPE {
            let message = format!("the tensor is of {dtype:?}, not of {:?}", T::DTYPE);
            return Err(Error::new(Status::Type, message));
        }
        if count != out.len() {
            let message = format!("the tensor has {count} elements, the slice {}", out.len());
            return Err(Error::new(Status::Argument, message));
        }
        // SAFETY: the handle is alive, the slice as long as is said; any bits are a number of T's.
        call::check(unsafe {
            sys::tw_tensor_copy_data(out.as_mut_ptr().cast(), bytes_of(out), ptr::null_mut(), self.handle)
        })
    }

    /// Copies the elements of another tensor into this one's memory, converting dtype and device and broadcasting.
    pub fn copy_from(&self, source: &Tensor) -> Result<()> {
        // SAFETY: the handles are alive.
        call::check(unsafe { sys::tw_tensor_copy_from(self.handle, source.handle) })
    }

    /// A tensor of another dtype, or another handle to the same one where it has that already.
    pub fn to_dtype(&self, dtype: Dtype) -> Result<Tensor> {
        // SAFETY: the handle is alive.
        Tensor::create(|out| unsafe { sys::tw_tensor_to_dtype(out, self.handle, dtype.to_raw()) })
    }

    /// A tensor on another device, or another handle to the same one where it is there already.
    pub fn to_device(&self, device: &str) -> Result<Tensor> {
        let device = call::c_text(device)?;
        // SAFETY: the handle is alive, the text borrowed for the call.
        Tensor::create(|out| unsafe { sys::tw_tensor_to_device(out, self.handle, device.as_ptr()) })
    }

    /// A copy with memory of its own; gradients flow through it. PyTorch's `clone`.
    pub fn copy(&self) -> Result<Tensor> {
        // SAFETY: the handle is alive.
        Tensor::create(|out| unsafe { sys::tw_tensor_clone(out, self.handle) })
    }

    /// A tensor over the same memory that no gradient flows through.
    pub fn detach(&self) -> Result<Tensor> {
        // SAFETY: the handle is alive.
        Tensor::create(|out| unsafe { sys::tw_tensor_detach(out, self.handle) })
    }

    /// Says whether gradients are to be gathered for this tensor.
    pub fn set_requires_grad(&self, requires_grad: bool) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_tensor_set_requires_grad(self.handle, requires_grad.into()) })
    }

    /// The tensor itself, for which gradients are gathered from here on.
    pub fn with_grad(self) -> Result<Tensor> {
        self.set_requires_grad(true)?;
        Ok(self)
    }

    /// Whether gradients are gathered for this tensor.
    pub fn requires_grad(&self) -> Result<bool> {
        // SAFETY: the handle is alive.
        call::value(|out| unsafe { sys::tw_tensor_get_requires_grad(out, self.handle) }).map(|yes| yes == 1)
    }

    /// The tensor's gradient, where there is one yet.
    pub fn grad(&self) -> Result<Option<Tensor>> {
        // SAFETY: the handle is alive.
        Tensor::optional(|out| unsafe { sys::tw_tensor_get_grad(out, self.handle) })
    }

    /// Sets the tensor's gradient; `None` removes it.
    pub fn set_grad(&self, gradient: Option<&Tensor>) -> Result<()> {
        let gradient = gradient.map_or(ptr::null_mut(), Tensor::raw);
        // SAFETY: the handles are alive.
        call::check(unsafe { sys::tw_tensor_set_grad(self.handle, gradient) })
    }

    /// Adds the gradient of this tensor of one element, such as a loss, to every leaf that it depends on.
    pub fn backward(&self) -> Result<()> {
        self.backward_with(None, false)
    }

    /// As [`Tensor::backward`], with the gradient with respect to the tensor, and whether the graph is kept.
    pub fn backward_with(&self, gradient: Option<&Tensor>, retain_graph: bool) -> Result<()> {
        let gradient = gradient.map_or(ptr::null_mut(), Tensor::raw);
        // SAFETY: the handles are alive.
        call::check(unsafe { sys::tw_tensor_backward(self.handle, gradient, retain_graph.into()) })
    }
}

impl Clone for Tensor {
    fn clone(&self) -> Tensor {
        // SAFETY: the handle is alive.
        Tensor::create(|out| unsafe { sys::tw_tensor_share(out, self.handle) })
            .unwrap_or_else(|error| panic!("a tensor's handle cannot be copied: {error}"))
    }
}

impl Drop for Tensor {
    fn drop(&mut self) {
        call::free(self.handle, sys::tw_tensor_free);
    }
}

/// As C++ prints it.
impl fmt::Display for Tensor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SAFETY: the handle is alive, the buffer as long as is said.
        let text =
            call::text(|out, capacity, needed| unsafe { sys::tw_tensor_format(out, capacity, needed, self.handle) });
        f.write_str(&text.map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Tensor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tensor")
            .field("sizes", &self.sizes().unwrap_or_default())
            .field("dtype", &self.dtype().ok())
            .field("requires_grad", &self.requires_grad().unwrap_or_default())
            .finish()
    }
}

/// The handles of several tensors, for C.
pub(super) fn handles<'a>(tensors: impl IntoIterator<Item = &'a Tensor>) -> Vec<*mut sys::tw_tensor> {
    tensors.into_iter().map(Tensor::raw).collect()
}

/// The handles of several tensors, some of which are PyTorch's None.
pub(super) fn optional_handles(tensors: &[Option<&Tensor>]) -> Vec<*mut sys::tw_tensor> {
    tensors.iter().map(|tensor| tensor.map_or(ptr::null_mut(), Tensor::raw)).collect()
}

/// Takes a list of tensors apart.
pub(super) fn from_list(list: *mut sys::tw_tensor_list) -> Result<Vec<Option<Tensor>>> {
    struct List(*mut sys::tw_tensor_list);
    impl Drop for List {
        fn drop(&mut self) {
            call::free(self.0, sys::tw_tensor_list_free);
        }
    }
    let list = List(list);
    // SAFETY: the list is alive.
    let count = call::value(|out| unsafe { sys::tw_tensor_list_get_count(out, list.0) })?;
    // SAFETY: the list is alive.
    (0..count).map(|index| Tensor::optional(|out| unsafe { sys::tw_tensor_list_get(out, list.0, index) })).collect()
}
