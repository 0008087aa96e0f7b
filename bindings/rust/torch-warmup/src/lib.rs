//! Learning-rate warmup and PyTorch's learning-rate schedules for any optimizer, to the last bit as in Python; and with the
//! feature `torch` all it takes to train a network with LibTorch.
//!
//! A loop around an optimizer of your own, whose rates a shadow holds:
//!
//! ```
//! use torch_warmup::{schedules::CosineAnnealingLr, Optimizer, Warmup};
//!
//! let steps = 1000;
//! let rates = Optimizer::rates_with_betas([0.01], [[0.9, 0.999]])?;
//! let mut scheduler = CosineAnnealingLr::new(steps as f64).eta_min(1e-5).bind(&rates)?;
//! let mut warmup = Warmup::untuned_linear(&rates)?; // after the scheduler
//! for _ in 0..steps {
//!     // your optimizer's step, at rates.lr(0)?
//!     warmup.step(&mut scheduler)?;
//! }
//! # Ok::<(), torch_warmup::Error>(())
//! ```
//!
//! - [`Optimizer`] is what warmups and schedules know of an optimizer: its groups' numbers. It stands for one of your own
//!   ([`CustomOptimizer`]), for numbers alone ([`Optimizer::rates`]) or for one of LibTorch's.
//! - [`schedules`] has the descriptions of which [`LrScheduler`]s are made.
//! - [`Warmup`] dampens the scheduled rates while a run begins.
//! - [`RatePlan`] has all of these in one object, for an optimizer of another library.
//!
//! | feature | gives |
//! |---|---|
//! | none | schedules and warmups over the core, whose C source is carried and compiled |
//! | `torch` | the module `torch`, over the installed library; `dynamic` links that one shared |
//! | `tch`, `candle`, `burn` | the module of that name, which hands rates on to those libraries |
//!
//! A call that fails gives an [`Error`] and has changed nothing. Closures may panic: the panic goes on in the caller of the
//! call that ran the closure.
#![warn(missing_docs, unsafe_op_in_unsafe_fn)]

#[cfg(feature = "burn")]
pub mod burn;
mod call;
#[cfg(feature = "candle")]
pub mod candle;
mod custom;
mod error;
mod lr_scheduler;
mod number;
mod optimizer;
mod per_group;
mod plan;
pub mod schedules;
#[cfg(feature = "tch")]
pub mod tch;
#[cfg(feature = "torch")]
pub mod torch;
mod warmup;

pub use custom::CustomOptimizer;
pub use error::{Error, Result, Status};
pub use lr_scheduler::{LrScheduler, Schedulers};
pub use number::Number;
pub use optimizer::{GroupOption, Optimizer};
pub use per_group::PerGroup;
pub use plan::{Parts, RatePlan};
pub use warmup::{Warmup, WarmupState};

// The README's programs are tried too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
