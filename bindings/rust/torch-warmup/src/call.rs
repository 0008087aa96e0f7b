//! The way into C and back: statuses become results, buffers become vectors, a panic of a callback goes on in the caller.

use std::any::Any;
use std::cell::RefCell;
use std::ffi::{c_void, CString};
use std::os::raw::c_char;
use std::panic::{self, AssertUnwindSafe};
use std::ptr;

use torch_warmup_sys as sys;

use crate::error::{Error, Result, Status};

type Payload = Box<dyn Any + Send>;

thread_local! {
    /// A callback's panic on its way through C, which it must not unwind. C runs callbacks on the thread that calls it.
    static PANIC: RefCell<Option<Payload>> = RefCell::new(None);
}

/// Goes on with a panic that a callback has left, now that no frame of C is between it and the caller.
fn resume_panic() {
    // Where a thread ends, what it keeps for itself may go before its handles do; then there is no caller either.
    let payload = PANIC.try_with(|panic| panic.borrow_mut().take());
    match payload {
        // A second panic while one unwinds would abort.
        Ok(Some(payload)) if !std::thread::panicking() => panic::resume_unwind(payload),
        _ => {}
    }
}

/// The result of a call that has returned.
pub(crate) fn check(status: sys::tw_status) -> Result<()> {
    // Before the panic goes on, which may run code that fails on this thread.
    let result = if status == sys::TW_OK { Ok(()) } else { Err(Error::last(status)) };
    resume_panic();
    result
}

/// A call that creates a handle.
pub(crate) fn create<T>(call: impl FnOnce(*mut *mut T) -> sys::tw_status) -> Result<*mut T> {
    let mut out = ptr::null_mut();
    check(call(&mut out))?;
    Ok(out)
}

/// A call that gives a number.
pub(crate) fn value<T: Default>(call: impl FnOnce(*mut T) -> sys::tw_status) -> Result<T> {
    let mut out = T::default();
    check(call(&mut out))?;
    Ok(out)
}

/// A call that fills a buffer, which is asked for its size first.
pub(crate) fn buffer<T: Default + Clone>(
    mut call: impl FnMut(*mut T, usize, *mut usize) -> sys::tw_status,
) -> Result<Vec<T>> {
    let mut needed = 0;
    check(call(ptr::null_mut(), 0, &mut needed))?;
    loop {
        let mut out = vec![T::default(); needed];
        let room = out.len();
        match check(call(out.as_mut_ptr(), room, &mut needed)) {
            Ok(()) => {
                out.truncate(needed);
                return Ok(out);
            }
            // Another thread has made it longer meanwhile.
            Err(error) if error.status() == Status::Capacity && needed > room => {}
            Err(error) => return Err(error),
        }
    }
}

/// A call that fills a buffer with text, which ends in 0.
pub(crate) fn text(mut call: impl FnMut(*mut c_char, usize, *mut usize) -> sys::tw_status) -> Result<String> {
    let bytes = buffer(|out: *mut u8, capacity, needed| call(out.cast(), capacity, needed))?;
    let end = bytes.len().saturating_sub(1);
    Ok(String::from_utf8_lossy(&bytes[..end]).into_owned())
}

/// Text for C.
#[cfg_attr(not(feature = "torch"), allow(dead_code))]
pub(crate) fn c_text(text: &str) -> Result<CString> {
    Ok(CString::new(text)?)
}

/// A file's name for C, which takes bytes.
#[cfg(feature = "torch")]
pub(crate) fn c_path(path: &std::path::Path) -> Result<CString> {
    use std::os::unix::ffi::OsStrExt;
    Ok(CString::new(path.as_os_str().as_bytes())?)
}

/// Frees a handle, which may let a closure of the caller's go.
pub(crate) fn free<T>(handle: *mut T, free: unsafe extern "C" fn(*mut T)) {
    // SAFETY: the handle is its owner's own, who gives it up.
    unsafe { free(handle) };
    resume_panic();
}

/// Runs a callback of the caller's: a panic is kept for the caller, C sees a failure.
pub(crate) fn run(callback: impl FnOnce() -> Result<()>) -> sys::tw_status {
    match panic::catch_unwind(AssertUnwindSafe(callback)) {
        Ok(Ok(())) => sys::TW_OK,
        Ok(Err(error)) => error.leave(),
        Err(payload) => {
            keep(payload);
            Error::new(Status::Callback, "panicked").leave()
        }
    }
}

fn keep(payload: Payload) {
    let _ = PANIC.try_with(|panic| {
        // The first one is the cause of what came after.
        panic.borrow_mut().get_or_insert(payload);
    });
}

/// A context's release: C calls it exactly once with what `Box::into_raw` gave.
pub(crate) unsafe extern "C" fn release<T>(context: *mut c_void) {
    // SAFETY: see above.
    let boxed = unsafe { Box::from_raw(context.cast::<T>()) };
    if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(move || drop(boxed))) {
        keep(payload);
    }
}

/// A context that C owns from here on, also where the call that it is given to fails.
pub(crate) fn context<T>(value: T) -> *mut c_void {
    Box::into_raw(Box::new(value)).cast()
}
