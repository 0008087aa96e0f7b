//! LibTorch's optimizers.

use std::ffi::c_void;
use std::fmt;
use std::marker::PhantomData;
use std::mem;
use std::ops::Deref;
use std::ptr;

use torch_warmup_sys as sys;

use super::tensor::{handles, Tensor};
use crate::call;
use crate::error::Result;
use crate::optimizer::Optimizer;

/// An optimizer of LibTorch's, over parameters: made by [`Adam`], [`AdamW`], [`Sgd`], [`RmsProp`] or [`Adagrad`].
///
/// It is an [`Optimizer`] to warmups and LR schedulers, which may be on other threads. It stays on its own thread itself,
/// for a step changes the parameters, which only one thread at a time may use.
pub struct TorchOptimizer {
    optimizer: Optimizer,
    thread: PhantomData<*const ()>,
}

mod sealed {
    pub trait Sealed {}
}

/// The options of a parameter group.
pub trait Options: sealed::Sealed {
    #[doc(hidden)]
    fn with_raw<T>(&self, run: impl FnOnce(*const c_void) -> T) -> Result<T>;
}

impl TorchOptimizer {
    fn from_raw(raw: *mut sys::tw_optimizer) -> TorchOptimizer {
        TorchOptimizer { optimizer: Optimizer::from_raw(raw), thread: PhantomData }
    }

    /// Binds to an optimizer that was made elsewhere: by your C++, or by a binding that gives the pointer, such as tch's
    /// `torch_sys::ato_adamw`. Its owner goes on using it; the rates set here are those of its next step.
    ///
    /// # Safety
    /// `torch_optimizer` is a `torch::optim::Optimizer *` of the LibTorch that this library is linked with. Until its owner
    /// destroys it, everything that is bound to it is dropped, or [`Optimizer::detach`] has been called. While a call
    /// through this runs on one thread, its owner does not use it on another.
    pub unsafe fn borrow(torch_optimizer: *mut c_void) -> Result<TorchOptimizer> {
        // SAFETY: the caller promises it.
        call::create(|out| unsafe { sys::tw_optimizer_borrow(out, torch_optimizer) }).map(TorchOptimizer::from_raw)
    }

    /// Changes every parameter that has a gradient by one step, at the rates that the groups have.
    pub fn step(&self) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_optimizer_step(self.optimizer.raw()) })
    }

    /// Removes the gradient of every parameter.
    pub fn zero_grad(&self) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_optimizer_zero_grad(self.optimizer.raw()) })
    }

    /// Adds a parameter group with the options that the optimizer was made with.
    pub fn add_param_group<'a>(&self, parameters: impl IntoIterator<Item = &'a Tensor>) -> Result<()> {
        self.add(&handles(parameters), ptr::null())
    }

    /// Adds a parameter group with options of its own, of this optimizer's kind.
    pub fn add_param_group_with<'a>(
        &self,
        parameters: impl IntoIterator<Item = &'a Tensor>,
        options: &impl Options,
    ) -> Result<()> {
        let parameters = handles(parameters);
        options.with_raw(|options| self.add(&parameters, options))?
    }

    fn add(&self, parameters: &[*mut sys::tw_tensor], options: *const c_void) -> Result<()> {
        // SAFETY: the handles are alive, array and structure borrowed for the call.
        call::check(unsafe {
            sys::tw_optimizer_add_param_group(self.optimizer.raw(), parameters.as_ptr(), parameters.len(), options)
        })
    }

    /// The optimizer as warmups and LR schedulers know it; other threads may have it.
    pub fn optimizer(&self) -> &Optimizer {
        &self.optimizer
    }
}

impl Deref for TorchOptimizer {
    type Target = Optimizer;

    fn deref(&self) -> &Optimizer {
        &self.optimizer
    }
}

impl fmt::Debug for TorchOptimizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.optimizer.fmt(f)
    }
}

macro_rules! optimizer {
    (
        $(#[$about:meta])*
        $name:ident: $options:ident, $init:ident, $constructor:ident {
            $($(#[$option_about:meta])* $option:ident: $type:ty = $default:expr,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($option: $type,)*
        }

        impl Default for $name {
            fn default() -> $name {
                $name { $($option: $default,)* }
            }
        }

        impl $name {
            /// PyTorch's defaults.
            pub fn new() -> $name {
                $name::default()
            }

            $(
                $(#[$option_about])*
                #[must_use]
                pub fn $option(mut self, $option: $type) -> $name {
                    self.$option = $option;
                    self
                }
            )*

            fn options(&self) -> Result<sys::$options> {
                // SAFETY: the structure is plain numbers, for which 0 is a value.
                let mut options: sys::$options = unsafe { mem::zeroed() };
                // SAFETY: the structure has the size that is said.
                call::check(unsafe { sys::$init(&mut options, mem::size_of_val(&options)) })?;
                $(options.$option = self.$option.into();)*
                Ok(options)
            }

            /// The optimizer over these parameters, leaves that require a gradient.
            pub fn build<'a>(&self, parameters: impl IntoIterator<Item = &'a Tensor>) -> Result<TorchOptimizer> {
                let (options, parameters) = (self.options()?, handles(parameters));
                // SAFETY: the handles are alive, array and structure borrowed for the call.
                call::create(|out| unsafe {
                    sys::$constructor(out, parameters.as_ptr(), parameters.len(), &options)
                })
                .map(TorchOptimizer::from_raw)
            }
        }

        impl sealed::Sealed for $name {}
        impl Options for $name {
            fn with_raw<T>(&self, run: impl FnOnce(*const c_void) -> T) -> Result<T> {
                let options = self.options()?;
                Ok(run(ptr::addr_of!(options).cast()))
            }
        }
    };
}

optimizer! {
    /// Adam.
    Adam: tw_adam_options, tw_adam_options_init, tw_optimizer_adam {
        /// The learning rate; default 1e-3.
        lr: f64 = 1e-3,
        /// The decay of the two running averages; default 0.9, 0.999.
        betas: [f64; 2] = [0.9, 0.999],
        /// Added to the denominator; default 1e-8.
        eps: f64 = 1e-8,
        /// The penalty added to the gradient; default 0.
        weight_decay: f64 = 0.0,
        /// Whether the largest second average is kept; default false.
        amsgrad: bool = false,
    }
}

optimizer! {
    /// AdamW.
    ///
    /// ```
    /// use torch_warmup::torch::{optim::AdamW, Tensor};
    ///
    /// let weight = Tensor::ones(&[3])?.with_grad()?;
    /// let optimizer = AdamW::new().lr(0.01).weight_decay(0.05).build([&weight])?;
    /// weight.sum()?.backward()?;
    /// optimizer.step()?;
    /// assert!(weight.mean()?.item()? < 1.0);
    /// # Ok::<(), torch_warmup::Error>(())
    /// ```
    AdamW: tw_adamw_options, tw_adamw_options_init, tw_optimizer_adamw {
        /// The learning rate; default 1e-3.
        lr: f64 = 1e-3,
        /// The decay of the two running averages; default 0.9, 0.999.
        betas: [f64; 2] = [0.9, 0.999],
        /// Added to the denominator; default 1e-8.
        eps: f64 = 1e-8,
        /// Decoupled: the parameter shrinks by lr * weight_decay a step; default 1e-2.
        weight_decay: f64 = 1e-2,
        /// Whether the largest second average is kept; default false.
        amsgrad: bool = false,
    }
}

optimizer! {
    /// SGD.
    Sgd: tw_sgd_options, tw_sgd_options_init, tw_optimizer_sgd {
        /// The learning rate; default 1e-3.
        lr: f64 = 1e-3,
        /// Default 0.
        momentum: f64 = 0.0,
        /// Of the momentum; default 0.
        dampening: f64 = 0.0,
        /// Default 0.
        weight_decay: f64 = 0.0,
        /// Nesterov momentum; default false.
        nesterov: bool = false,
    }
}

optimizer! {
    /// RMSprop.
    RmsProp: tw_rmsprop_options, tw_rmsprop_options_init, tw_optimizer_rmsprop {
        /// The learning rate; default 1e-2.
        lr: f64 = 1e-2,
        /// The decay of the average of squares; default 0.99.
        alpha: f64 = 0.99,
        /// Default 1e-8.
        eps: f64 = 1e-8,
        /// Default 0.
        weight_decay: f64 = 0.0,
        /// Default 0.
        momentum: f64 = 0.0,
        /// Whether an estimate of the variance divides; default false.
        centered: bool = false,
    }
}

optimizer! {
    /// Adagrad.
    Adagrad: tw_adagrad_options, tw_adagrad_options_init, tw_optimizer_adagrad {
        /// The learning rate; default 1e-2.
        lr: f64 = 1e-2,
        /// Default 0.
        lr_decay: f64 = 0.0,
        /// Default 0.
        weight_decay: f64 = 0.0,
        /// Default 0.
        initial_accumulator_value: f64 = 0.0,
        /// Default 1e-10.
        eps: f64 = 1e-10,
    }
}
