//! Learning-rate warmup and PyTorch's learning-rate schedules for any optimizer, and with the feature `torch` all it takes
//! to train a network with LibTorch.
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
