//! Raw bindings to [torch_warmup](https://github.com/torch-warmup/torch_warmup): learning-rate warmup and the schedules of
//! PyTorch in plain C, and with the feature `torch` all it takes to train a network with LibTorch from C.
//!
//! Programs use the package `torch-warmup`, which is safe. These functions are those of the C headers, with their names and
//! their rules: who owns what, which thread may call, what a buffer must hold. Each says so in its own comment.
//!
//! | feature | links |
//! |---|---|
//! | none | the core, whose C source this package carries and compiles |
//! | `torch` | the installed library over LibTorch, by pkg-config: static, so that the program starts without a path to it; LibTorch itself stays shared |
//! | `dynamic` | that library, shared; so does the environment variable `TORCH_WARMUP_DYNAMIC=1` |
//!
//! ```
//! use std::ffi::CStr;
//!
//! let version = unsafe { CStr::from_ptr(torch_warmup_sys::tw_version()) };
//! assert_eq!(version.to_str(), Ok("0.2.0"));
//! ```
#![allow(non_camel_case_types)]

// bindgen writes what a test of a layout needs in its own way.
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports, deref_nullptr)]
#[rustfmt::skip]
mod core;

#[cfg(feature = "torch")]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports, deref_nullptr)]
#[rustfmt::skip]
mod torch;

pub use crate::core::*;
#[cfg(feature = "torch")]
pub use crate::torch::*;
