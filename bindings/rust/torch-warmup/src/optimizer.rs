//! What warmups and LR schedulers know of an optimizer: its parameter groups, and the numbers of each.

use std::ffi::CStr;
use std::fmt;
use std::sync::Arc;

use torch_warmup_sys as sys;

use crate::call;
use crate::custom::{self, CustomOptimizer};
use crate::error::{Error, Result, Status};

macro_rules! options {
    ($($(#[$about:meta])* $name:ident = $constant:ident,)*) => {
        /// A number that a parameter group has.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum GroupOption {
            $($(#[$about])* $name,)*
        }

        impl GroupOption {
            pub(crate) fn to_raw(self) -> sys::tw_option {
                match self {
                    $(GroupOption::$name => sys::$constant,)*
                }
            }

            pub(crate) fn from_raw(option: sys::tw_option) -> Option<GroupOption> {
                match option {
                    $(sys::$constant => Some(GroupOption::$name),)*
                    _ => None,
                }
            }
        }
    };
}

options! {
    /// The learning rate: finite, and not negative where it is set by hand.
    Lr = TW_OPTION_LR,
    /// The decay of the running average of gradients, in [0, 1).
    Beta1 = TW_OPTION_BETA1,
    /// The decay of the running average of their squares, in [0, 1).
    Beta2 = TW_OPTION_BETA2,
    /// Not negative by hand; a schedule may cycle it to any number.
    Momentum = TW_OPTION_MOMENTUM,
    /// Not negative.
    WeightDecay = TW_OPTION_WEIGHT_DECAY,
    /// Added to a denominator, not negative.
    Eps = TW_OPTION_EPS,
    /// RMSprop's decay of the average of squares, in [0, 1).
    Alpha = TW_OPTION_ALPHA,
    /// Of SGD's momentum.
    Dampening = TW_OPTION_DAMPENING,
    /// Of Adagrad, not negative.
    LrDecay = TW_OPTION_LR_DECAY,
    /// Of Adagrad, not negative.
    InitialAccumulatorValue = TW_OPTION_INITIAL_ACCUMULATOR_VALUE,
    /// Of Adam and AdamW, 0 or 1.
    Amsgrad = TW_OPTION_AMSGRAD,
    /// Of RMSprop, 0 or 1.
    Centered = TW_OPTION_CENTERED,
    /// Of SGD, 0 or 1.
    Nesterov = TW_OPTION_NESTEROV,
}

impl fmt::Display for GroupOption {
    /// The name that PyTorch has, such as `weight_decay`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SAFETY: the function takes any number and gives a constant.
        let name = unsafe { CStr::from_ptr(sys::tw_option_name(self.to_raw())) };
        f.write_str(&name.to_string_lossy())
    }
}

struct Handle(*mut sys::tw_optimizer);

// SAFETY: the library takes the optimizer's own lock in every call, so any thread may use and free it and what is bound
// to it (optimizer.h, "Threads"). What it holds of the caller's, a custom optimizer, is required to be Send. What would
// reach beyond the lock, the step of an optimizer of LibTorch's, is no method of this type.
unsafe impl Send for Handle {}
// SAFETY: as above.
unsafe impl Sync for Handle {}

impl Drop for Handle {
    fn drop(&mut self) {
        call::free(self.0, sys::tw_optimizer_free);
    }
}

/// An optimizer, as far as its learning rates and the other numbers of its parameter groups go.
///
/// It may be one of your own ([`Optimizer::custom`]), numbers alone that you hand to the optimizer yourself
/// ([`Optimizer::rates`]) or, with the feature `torch`, one of LibTorch's (`torch_warmup::optim`).
///
/// A clone stands for the same optimizer. It may be used from any thread: an optimizer and all that is bound to it share a
/// lock. From within a callback of a running call, reads give what was there before that call, and whatever would change
/// the same optimizer is [`Status::State`].
#[derive(Clone)]
pub struct Optimizer {
    handle: Arc<Handle>,
}

impl Optimizer {
    pub(crate) fn from_raw(raw: *mut sys::tw_optimizer) -> Optimizer {
        Optimizer { handle: Arc::new(Handle(raw)) }
    }

    pub(crate) fn raw(&self) -> *mut sys::tw_optimizer {
        self.handle.0
    }

    /// An optimizer of your own. To go on using it, give a shared one: `Arc<Mutex<T>>` is a [`CustomOptimizer`] too.
    ///
    /// ```
    /// use std::sync::{Arc, Mutex};
    /// use torch_warmup::{CustomOptimizer, GroupOption, Optimizer, Result, Warmup};
    ///
    /// struct Sgd { lr: f64 }
    ///
    /// impl CustomOptimizer for Sgd {
    ///     fn class_name(&self) -> String { "SGD".into() }
    ///     fn group_count(&self) -> usize { 1 }
    ///     fn get(&self, option: GroupOption, out: &mut [f64]) -> Result<()> {
    ///         match option {
    ///             GroupOption::Lr => out[0] = self.lr,
    ///             other => return Err(other.not_found("SGD")),
    ///         }
    ///         Ok(())
    ///     }
    ///     fn set(&mut self, option: GroupOption, values: &[f64]) -> Result<()> {
    ///         match option {
    ///             GroupOption::Lr => self.lr = values[0],
    ///             other => return Err(other.not_found("SGD")),
    ///         }
    ///         Ok(())
    ///     }
    /// }
    ///
    /// let sgd = Arc::new(Mutex::new(Sgd { lr: 0.1 }));
    /// let optimizer = Optimizer::custom(Arc::clone(&sgd))?;
    /// let mut warmup = Warmup::linear(&optimizer, 4)?;
    /// assert_eq!(sgd.lock().unwrap().lr, 0.025);
    /// warmup.step(())?;
    /// assert_eq!(sgd.lock().unwrap().lr, 0.05);
    /// # Ok::<(), torch_warmup::Error>(())
    /// ```
    pub fn custom(optimizer: impl CustomOptimizer) -> Result<Optimizer> {
        custom::bind(optimizer).map(Optimizer::from_raw)
    }

    /// Numbers alone, a rate a group: a shadow for an optimizer that cannot be reached. After each step hand its rates on,
    /// by [`Optimizer::lrs`] or [`Optimizer::for_each_lr`].
    ///
    /// ```
    /// use torch_warmup::{Optimizer, Warmup};
    ///
    /// let shadow = Optimizer::rates([0.1, 0.2])?;
    /// let mut warmup = Warmup::linear(&shadow, 10)?;
    /// for _ in 0..20 {
    ///     shadow.for_each_lr(|group, lr| println!("group {group} steps at {lr}"))?;
    ///     warmup.step(())?;
    /// }
    /// assert_eq!(shadow.lrs()?, [0.1, 0.2]);
    /// # Ok::<(), torch_warmup::Error>(())
    /// ```
    pub fn rates(lrs: impl AsRef<[f64]>) -> Result<Optimizer> {
        let lrs = lrs.as_ref();
        // SAFETY: the array is borrowed for the call.
        call::create(|out| unsafe { sys::tw_optimizer_rates(out, lrs.as_ptr(), std::ptr::null(), lrs.len()) })
            .map(Optimizer::from_raw)
    }

    /// As [`Optimizer::rates`], with the two betas of each group, from which untuned warmups take their period.
    pub fn rates_with_betas(lrs: impl AsRef<[f64]>, betas: impl AsRef<[[f64; 2]]>) -> Result<Optimizer> {
        let (lrs, betas) = (lrs.as_ref(), betas.as_ref());
        if lrs.len() != betas.len() {
            let message = format!("there are {} rates, but betas of {} groups", lrs.len(), betas.len());
            return Err(Error::new(Status::Argument, message));
        }
        // SAFETY: the arrays are borrowed for the call, and a pair lies as two numbers in turn.
        call::create(|out| unsafe { sys::tw_optimizer_rates(out, lrs.as_ptr(), betas.as_ptr().cast(), lrs.len()) })
            .map(Optimizer::from_raw)
    }

    /// The number of parameter groups.
    pub fn group_count(&self) -> Result<usize> {
        // SAFETY: the handle is alive.
        call::value(|out| unsafe { sys::tw_optimizer_get_group_count(out, self.raw()) })
    }

    /// The optimizer's class, such as `AdamW`.
    pub fn class_name(&self) -> Result<String> {
        // SAFETY: the handle is alive, the buffer as long as is said.
        call::text(|out, capacity, needed| unsafe {
            sys::tw_optimizer_get_class_name(out, capacity, needed, self.raw())
        })
    }

    /// The learning rate of a group, as it is: a warmup's factor included.
    pub fn lr(&self, group: usize) -> Result<f64> {
        // SAFETY: the handle is alive.
        call::value(|out| unsafe { sys::tw_optimizer_get_lr(out, self.raw(), group) })
    }

    /// The learning rates of all groups.
    pub fn lrs(&self) -> Result<Vec<f64>> {
        // SAFETY: the handle is alive, the buffer as long as is said.
        call::buffer(|out, capacity, needed| unsafe { sys::tw_optimizer_get_lrs(out, capacity, needed, self.raw()) })
    }

    /// Gives each group's rate to a function, such as one that sets it in the optimizer that this one is a shadow of.
    pub fn for_each_lr(&self, mut set: impl FnMut(usize, f64)) -> Result<()> {
        for (group, lr) in self.lrs()?.into_iter().enumerate() {
            set(group, lr);
        }
        Ok(())
    }

    /// Sets the learning rate of a group: finite and not negative.
    pub fn set_lr(&self, group: usize, lr: f64) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_optimizer_set_lr(self.raw(), group, lr) })
    }

    /// A number of a group; [`Status::NotFound`] where the optimizer has no such option.
    pub fn option(&self, group: usize, option: GroupOption) -> Result<f64> {
        // SAFETY: the handle is alive.
        call::value(|out| unsafe { sys::tw_optimizer_get_option(out, self.raw(), group, option.to_raw()) })
    }

    /// Sets a number of a group.
    pub fn set_option(&self, group: usize, option: GroupOption, value: f64) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_optimizer_set_option(self.raw(), group, option.to_raw(), value) })
    }

    /// Lets go of the optimizer behind this, for an owner who is about to destroy it: nothing of it is touched from now on.
    /// What is bound can still be looked into where that needs no optimizer; any other call of theirs is [`Status::State`].
    pub fn detach(&self) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_optimizer_detach(self.raw()) })
    }
}

impl fmt::Debug for Optimizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.class_name().unwrap_or_else(|_| String::from("detached"));
        f.debug_struct("Optimizer").field("class_name", &name).field("lrs", &self.lrs().unwrap_or_default()).finish()
    }
}
