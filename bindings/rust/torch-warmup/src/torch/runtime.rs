//! The LibTorch in this process.

use std::ffi::{CStr, CString};
use std::marker::PhantomData;
use std::os::unix::ffi::OsStringExt;
use std::ptr;

use torch_warmup_sys as sys;

use crate::call;
use crate::error::Result;

/// The version of the LibTorch in this process.
pub fn torch_version() -> String {
    // SAFETY: the function gives a text that lives for ever.
    unsafe { CStr::from_ptr(sys::tw_torch_version()) }.to_string_lossy().into_owned()
}

/// Sets how many threads one operator may use on the CPU, in the whole process. Some builds of LibTorch start with one.
pub fn set_num_threads(count: usize) -> Result<()> {
    // SAFETY: the function takes any number.
    call::check(unsafe { sys::tw_set_num_threads(count) })
}

/// How many threads one operator may use on the CPU.
pub fn get_num_threads() -> Result<usize> {
    // SAFETY: the place for the number is there.
    call::value(|out| unsafe { sys::tw_get_num_threads(out) })
}

/// Seeds the default random number generators of all devices.
pub fn manual_seed(seed: u64) -> Result<()> {
    // SAFETY: the function takes any number.
    call::check(unsafe { sys::tw_manual_seed(seed) })
}

/// Whether this LibTorch can run on a CUDA device here and now.
pub fn cuda_is_available() -> Result<bool> {
    // SAFETY: the place for the number is there.
    call::value(|out| unsafe { sys::tw_cuda_is_available(out) }).map(|yes| yes == 1)
}

/// The number of CUDA devices that LibTorch sees.
pub fn cuda_device_count() -> Result<usize> {
    // SAFETY: the place for the number is there.
    call::value(|out| unsafe { sys::tw_cuda_get_device_count(out) })
}

/// Starts the program anew with OpenMP threads that wait for one another without keeping their cores busy for long: the
/// first line of `main`. Where the environment says already how long they spin, it does nothing.
pub fn restart_with_patient_threads() -> Result<()> {
    let arguments: Result<Vec<CString>> =
        std::env::args_os().map(|argument| Ok(CString::new(argument.into_vec())?)).collect();
    let arguments = arguments?;
    let mut pointers: Vec<_> = arguments.iter().map(|argument| argument.as_ptr() as *mut _).collect();
    pointers.push(ptr::null_mut());
    // SAFETY: the list ends in NULL, as main's, and is borrowed for the call.
    call::check(unsafe { sys::tw_restart_with_patient_threads(pointers.as_ptr()) })
}

/// While it lives, this thread records no gradients.
///
/// ```
/// use torch_warmup::torch::{NoGrad, Tensor};
///
/// let weight = Tensor::ones(&[2])?.with_grad()?;
/// {
///     let _no_grad = NoGrad::new()?;
///     assert!(!weight.mul_scalar(2.0)?.requires_grad()?);
/// }
/// assert!(weight.mul_scalar(2.0)?.requires_grad()?);
/// # Ok::<(), torch_warmup::Error>(())
/// ```
#[must_use = "gradients are recorded again when it is dropped"]
#[derive(Debug)]
pub struct NoGrad {
    previous: i32,
    // The mode is the thread's own.
    thread: PhantomData<*const ()>,
}

impl NoGrad {
    /// Turns the recording off.
    pub fn new() -> Result<NoGrad> {
        // SAFETY: the place for the number is there.
        let previous = call::value(|out| unsafe { sys::tw_set_grad_enabled(out, 0) })?;
        Ok(NoGrad { previous, thread: PhantomData })
    }
}

impl Drop for NoGrad {
    fn drop(&mut self) {
        // SAFETY: the number is what the function gave. It takes no other way than to succeed.
        let _ = unsafe { sys::tw_set_grad_enabled(ptr::null_mut(), self.previous) };
    }
}

/// Runs a function that records no gradients.
pub fn no_grad<T>(run: impl FnOnce() -> Result<T>) -> Result<T> {
    let _no_grad = NoGrad::new()?;
    run()
}

/// A random number generator of its own, apart from the default ones.
#[derive(Debug)]
pub struct Generator {
    handle: *mut sys::tw_generator,
}

impl Generator {
    /// A generator for a device, such as `cpu`.
    pub fn new(device: &str, seed: u64) -> Result<Generator> {
        let device = call::c_text(device)?;
        // SAFETY: the text is borrowed for the call.
        call::create(|out| unsafe { sys::tw_generator_create(out, device.as_ptr(), seed) })
            .map(|handle| Generator { handle })
    }

    /// Starts it anew.
    pub fn manual_seed(&mut self, seed: u64) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_generator_manual_seed(self.handle, seed) })
    }

    pub(super) fn raw(&self) -> *mut sys::tw_generator {
        self.handle
    }
}

impl Drop for Generator {
    fn drop(&mut self) {
        call::free(self.handle, sys::tw_generator_free);
    }
}
