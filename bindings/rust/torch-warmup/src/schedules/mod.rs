//! Learning-rate schedules, with the names, the arguments, the defaults and the bits of `torch.optim.lr_scheduler`.
//!
//! Each is a description: made by `new` with the arguments that Python asks for, changed by methods that have the names of
//! the others, and bound to an optimizer by `bind`, which performs the initial step as PyTorch's constructors do. What is
//! wrong with an argument is said by `bind`: [`Status::Range`](crate::Status::Range), with the value.
//!
//! ```
//! use torch_warmup::schedules::{CosineAnnealingLr, LinearLr};
//! use torch_warmup::{LrScheduler, Optimizer};
//!
//! let optimizer = Optimizer::rates([0.1])?;
//! let first = LinearLr::new().start_factor(0.1).total_iters(10.0).bind(&optimizer)?;
//! let then = CosineAnnealingLr::new(40.0).bind(&optimizer)?;
//! let mut scheduler = LrScheduler::sequential(&optimizer, vec![first, then], &[10])?;
//! scheduler.step()?;
//! # Ok::<(), torch_warmup::Error>(())
//! ```
//!
//! A warmup is made after the schedules: `bind` is [`Status::State`](crate::Status::State) while one holds the optimizer's
//! rates dampened. Schedules count epochs, whatever the caller takes for one: often a step. Where PyTorch's versions differ,
//! the numbers are those of 2.15.

mod composite;
mod cyclic;
mod functions;
mod one_cycle;
mod plateau;

pub use cyclic::{CyclicLr, CyclicMode, CyclicScaleMode};
pub use functions::{LambdaLr, MultiplicativeLr};
pub use one_cycle::{OneCycleAnneal, OneCycleLr};
pub use plateau::{PlateauMode, PlateauThresholdMode, ReduceLrOnPlateau};

use torch_warmup_sys as sys;

use crate::error::Result;
use crate::lr_scheduler::LrScheduler;
use crate::optimizer::Optimizer;

/// A description with the arguments that must be given, those that have a default, and the constructor in C.
macro_rules! schedule {
    (
        $(#[$about:meta])*
        $name:ident($($(#[$need_about:meta])* $need:ident: $need_type:ty),*) {
            $($(#[$option_about:meta])* $option:ident: $option_type:ty = $default:expr,)*
        }
        |$self_:ident, $out:ident, $optimizer:ident| $call:expr
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($need: $need_type,)*
            $($option: $option_type,)*
        }

        impl $name {
            /// PyTorch's arguments without a default; the others have theirs.
            #[allow(clippy::new_without_default)]
            pub fn new($($need: impl Into<$need_type>),*) -> $name {
                $name { $($need: $need.into(),)* $($option: $default,)* }
            }

            $(
                $(#[$option_about])*
                #[must_use]
                pub fn $option(mut self, $option: $option_type) -> $name {
                    self.$option = $option;
                    self
                }
            )*

            /// Binds it to an optimizer, whose rates are the schedule's from here on.
            pub fn bind(&self, $optimizer: &Optimizer) -> Result<LrScheduler> {
                let $self_ = self;
                let $optimizer = $optimizer.raw();
                // SAFETY: the optimizer is alive, arrays are borrowed for the call.
                LrScheduler::create(|$out| unsafe { $call })
            }
        }
    };
}

schedule! {
    /// Multiplies the rate by `gamma` every `step_size` epochs.
    StepLr(step_size: f64) {
        /// Default 0.1.
        gamma: f64 = 0.1,
    }
    |this, out, optimizer| sys::tw_lr_scheduler_step_lr(out, optimizer, this.step_size, this.gamma)
}

schedule! {
    /// Multiplies the rate by `gamma` at each milestone; one that comes twice counts twice.
    MultiStepLr(milestones: Vec<i64>) {
        /// Default 0.1.
        gamma: f64 = 0.1,
    }
    |this, out, optimizer| sys::tw_lr_scheduler_multi_step(
        out, optimizer, this.milestones.as_ptr(), this.milestones.len(), this.gamma)
}

schedule! {
    /// Multiplies the rate by `factor` until `total_iters` epochs have passed.
    ConstantLr() {
        /// In [0, 1]; default 1/3.
        factor: f64 = 1.0 / 3.0,
        /// Not negative; default 5.
        total_iters: f64 = 5.0,
    }
    |this, out, optimizer| sys::tw_lr_scheduler_constant(out, optimizer, this.factor, this.total_iters)
}

schedule! {
    /// Multiplies the rate by a factor that goes from `start_factor` to `end_factor` in `total_iters` epochs.
    LinearLr() {
        /// In (0, 1]; default 1/3.
        start_factor: f64 = 1.0 / 3.0,
        /// In [0, 1]; default 1.
        end_factor: f64 = 1.0,
        /// Not negative; default 5.
        total_iters: f64 = 5.0,
    }
    |this, out, optimizer| sys::tw_lr_scheduler_linear(
        out, optimizer, this.start_factor, this.end_factor, this.total_iters)
}

schedule! {
    /// Multiplies the rate by `gamma` every epoch.
    ExponentialLr(gamma: f64) {}
    |this, out, optimizer| sys::tw_lr_scheduler_exponential(out, optimizer, this.gamma)
}

schedule! {
    /// Lets the rate fall to 0 in `total_iters` epochs.
    PolynomialLr() {
        /// Not negative; default 5.
        total_iters: f64 = 5.0,
        /// Not negative; default 1.
        power: f64 = 1.0,
    }
    |this, out, optimizer| sys::tw_lr_scheduler_polynomial(out, optimizer, this.total_iters, this.power)
}

schedule! {
    /// Lets the rate fall along half a cosine to `eta_min` in `t_max` epochs, and rise again after.
    CosineAnnealingLr(t_max: f64) {
        /// The lowest rate; default 0.
        eta_min: f64 = 0.0,
    }
    |this, out, optimizer| sys::tw_lr_scheduler_cosine_annealing(out, optimizer, this.t_max, this.eta_min)
}

schedule! {
    /// Lets the rate fall along half a cosine again and again, the first time in `t_0` epochs.
    CosineAnnealingWarmRestarts(t_0: i64) {
        /// How many times as long each next period is; default 1.
        t_mult: i64 = 1,
        /// The lowest rate; default 0.
        eta_min: f64 = 0.0,
    }
    |this, out, optimizer| sys::tw_lr_scheduler_cosine_annealing_warm_restarts(
        out, optimizer, this.t_0, this.t_mult, this.eta_min)
}

schedule! {
    /// Lets the rate fall as one over the square root of the epoch, as Transformers are trained. Not in PyTorch.
    ///
    /// ```text
    /// lr(epoch) = base_lr * sqrt(timescale / (epoch + timescale))
    /// ```
    InverseSqrt(timescale: i64) {}
    |this, out, optimizer| sys::tw_lr_scheduler_inverse_sqrt(out, optimizer, this.timescale)
}

/// The shape in which [`WarmupStableDecay`] lets the rate fall; x goes from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decay {
    /// 1 - x
    Linear,
    /// (1 + cos(pi x)) / 2
    Cosine,
    /// 1 - sqrt(x)
    Sqrt,
}

impl Decay {
    fn raw(self) -> sys::tw_lr_decay {
        match self {
            Decay::Linear => sys::TW_LR_DECAY_LINEAR,
            Decay::Cosine => sys::TW_LR_DECAY_COSINE,
            Decay::Sqrt => sys::TW_LR_DECAY_SQRT,
        }
    }
}

schedule! {
    /// Lets the rate rise, stay and decay (WSD). Not in PyTorch.
    WarmupStableDecay(
        /// At least 0; 0 where a warmup does it.
        warmup_iters: i64,
        /// At least 0.
        stable_iters: i64,
        /// At least 1.
        decay_iters: i64
    ) {
        /// Default linear.
        decay: Decay = Decay::Linear,
        /// What is left of the rate in the end, in [0, 1]; default 0.
        end_factor: f64 = 0.0,
    }
    |this, out, optimizer| sys::tw_lr_scheduler_warmup_stable_decay(
        out, optimizer, this.warmup_iters, this.stable_iters, this.decay_iters, this.decay.raw(), this.end_factor)
}
