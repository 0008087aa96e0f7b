//! What a call can fail with.

use std::ffi::{CStr, CString, NulError};
use std::fmt;

use torch_warmup_sys as sys;

macro_rules! statuses {
    ($($(#[$about:meta])* $name:ident = $constant:ident,)*) => {
        /// Why a call failed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Status {
            $($(#[$about])* $name,)*
        }

        impl Status {
            pub(crate) fn from_raw(status: sys::tw_status) -> Status {
                match status {
                    $(sys::$constant => Status::$name,)*
                    _ => Status::Internal,
                }
            }

            pub(crate) fn to_raw(self) -> sys::tw_status {
                match self {
                    $(Status::$name => sys::$constant,)*
                }
            }
        }
    };
}

statuses! {
    /// An argument is malformed or does not fit the others.
    Argument = TW_ERROR_ARGUMENT,
    /// An object or a value is of a kind that the call cannot take.
    Type = TW_ERROR_TYPE,
    /// A number lies outside its valid range.
    Range = TW_ERROR_RANGE,
    /// The object is not in a state in which the call makes sense.
    State = TW_ERROR_STATE,
    /// Out of memory, on the host or on the device.
    Memory = TW_ERROR_MEMORY,
    /// The device does not exist or failed.
    Device = TW_ERROR_DEVICE,
    /// The operating system refused to read or write a file.
    Io = TW_ERROR_IO,
    /// A file's contents are not what they should be.
    Format = TW_ERROR_FORMAT,
    /// LibTorch refused the call; the message is its own.
    Torch = TW_ERROR_TORCH,
    /// A callback failed without a status of its own.
    Callback = TW_ERROR_CALLBACK,
    /// A fault in torch_warmup itself: please report it.
    Internal = TW_ERROR_INTERNAL,
    /// There is nothing of that name or key.
    NotFound = TW_ERROR_NOT_FOUND,
    /// A buffer is too small.
    Capacity = TW_ERROR_CAPACITY,
    /// This build, or the LibTorch that it uses, cannot do it.
    Unsupported = TW_ERROR_UNSUPPORTED,
    /// A callback asked to stop.
    Cancelled = TW_ERROR_CANCELLED,
}

impl fmt::Display for Status {
    /// The name that the C header has, such as `TW_ERROR_RANGE`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SAFETY: the function takes any number and gives a constant.
        let name = unsafe { CStr::from_ptr(sys::tw_status_name(self.to_raw())) };
        f.write_str(&name.to_string_lossy())
    }
}

/// A call that failed: why, and in words, with the values.
///
/// A call that fails has changed nothing, unless it says so where it is declared.
///
/// ```
/// use torch_warmup::{Optimizer, Status, Warmup};
///
/// let optimizer = Optimizer::rates([0.1])?;
/// let error = Warmup::linear(&optimizer, 0).unwrap_err();
/// assert_eq!(error.status(), Status::Range);
/// assert!(error.message().contains("period"));
/// # Ok::<(), torch_warmup::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    status: Status,
    message: String,
}

/// What calls give.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A failure for a callback to give. The call that ran the callback fails with it.
    pub fn new(status: Status, message: impl Into<String>) -> Error {
        Error { status, message: message.into() }
    }

    /// Why it failed.
    pub fn status(&self) -> Status {
        self.status
    }

    /// What was wrong, with the values.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What the thread's last failed call left.
    pub(crate) fn last(status: sys::tw_status) -> Error {
        // SAFETY: the text ends in 0 and is copied before anything else can fail on this thread.
        let message = unsafe { CStr::from_ptr(sys::tw_last_error()) };
        Error::new(Status::from_raw(status), message.to_string_lossy())
    }

    /// Leaves the message with the thread, for the call that runs the callback; a 0 in it would end it.
    pub(crate) fn leave(&self) -> sys::tw_status {
        let message: Vec<u8> = self.message.bytes().filter(|byte| *byte != 0).collect();
        if let Ok(message) = CString::new(message) {
            // SAFETY: the text ends in 0 and is copied.
            unsafe { sys::tw_set_last_error(message.as_ptr()) };
        }
        self.status.to_raw()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.message.is_empty() {
            return self.status.fmt(f);
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

#[allow(clippy::incompatible_msrv)] // std has had it from the first; clippy means core's
impl From<NulError> for Error {
    fn from(error: NulError) -> Error {
        Error::new(Status::Argument, format!("the text has a 0 at {}", error.nul_position()))
    }
}
