//! Losses: how far a network's output is from its target.
//!
//! ```
//! use torch_warmup::torch::{losses::CrossEntropy, Tensor};
//!
//! let output = Tensor::zeros(&[2, 4])?;
//! let target = Tensor::from_slice(&[0i64, 3], &[2])?;
//! let loss = CrossEntropy::new().label_smoothing(0.1).of(&output, &target)?;
//! assert!((loss.item()? - 4f64.ln()).abs() < 1e-6);
//! # Ok::<(), torch_warmup::Error>(())
//! ```

use std::mem;
use std::ptr;

use torch_warmup_sys as sys;

use super::tensor::Tensor;
use crate::call;
use crate::error::Result;

/// How a loss over many elements becomes its result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reduction {
    /// One value an element.
    None,
    /// Their mean: the default.
    Mean,
    /// Their sum.
    Sum,
}

impl Reduction {
    fn to_raw(self) -> sys::tw_reduction {
        match self {
            Reduction::None => sys::TW_REDUCTION_NONE,
            Reduction::Mean => sys::TW_REDUCTION_MEAN,
            Reduction::Sum => sys::TW_REDUCTION_SUM,
        }
    }
}

fn pointer(tensor: Option<&Tensor>) -> *const sys::tw_tensor {
    tensor.map_or(ptr::null(), |tensor| tensor.raw())
}

/// A loss: its options with PyTorch's defaults, how they go into C's structure, the init function and the operator.
macro_rules! loss {
    (
        $(#[$about:meta])*
        $name:ident: $options:ident, $init:ident, $operator:ident {
            $($(#[$option_about:meta])* $option:ident: $type:ty = $default:expr => $convert:expr,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone)]
        pub struct $name<'a> {
            reduction: Reduction,
            weight: Option<&'a Tensor>,
            $($option: $type,)*
        }

        impl Default for $name<'_> {
            fn default() -> Self {
                $name { reduction: Reduction::Mean, weight: None, $($option: $default,)* }
            }
        }

        impl<'a> $name<'a> {
            /// PyTorch's defaults.
            pub fn new() -> $name<'a> {
                $name::default()
            }

            /// Default [`Reduction::Mean`].
            #[must_use]
            pub fn reduction(mut self, reduction: Reduction) -> Self {
                self.reduction = reduction;
                self
            }

            /// What each class, or each element, counts.
            #[must_use]
            pub fn weight(mut self, weight: &'a Tensor) -> Self {
                self.weight = Some(weight);
                self
            }

            $(
                $(#[$option_about])*
                #[must_use]
                pub fn $option(mut self, $option: $type) -> Self {
                    self.$option = $option;
                    self
                }
            )*

            /// The loss of an output against its target.
            pub fn of(&self, input: &Tensor, target: &Tensor) -> Result<Tensor> {
                // SAFETY: the structure is plain numbers and pointers, for which 0 is a value.
                let mut options: sys::$options = unsafe { mem::zeroed() };
                // SAFETY: the structure has the size that is said.
                call::check(unsafe { sys::$init(&mut options, mem::size_of_val(&options)) })?;
                options.reduction = self.reduction.to_raw();
                options.weight = pointer(self.weight);
                $(options.$option = $convert(self.$option);)*
                // SAFETY: the handles are alive.
                Tensor::create(|out| unsafe { sys::$operator(out, input.raw(), target.raw(), &options) })
            }
        }
    };
}

loss! {
    /// The cross entropy of the softmax of logits. The target has the classes' numbers, or probabilities.
    CrossEntropy: tw_cross_entropy_options, tw_cross_entropy_options_init, tw_op_cross_entropy {
        /// Targets of this class count nothing; default -100.
        ignore_index: i64 = -100 => i64::from,
        /// The share of a target spread over all classes; default 0.
        label_smoothing: f64 = 0.0 => f64::from,
    }
}

loss! {
    /// The negative log likelihood of logarithms of probabilities.
    NllLoss: tw_nll_loss_options, tw_nll_loss_options_init, tw_op_nll_loss {
        /// Targets of this class count nothing; default -100.
        ignore_index: i64 = -100 => i64::from,
    }
}

loss! {
    /// The binary cross entropy of the sigmoid of logits.
    BinaryCrossEntropyWithLogits: tw_binary_cross_entropy_with_logits_options,
        tw_binary_cross_entropy_with_logits_options_init, tw_op_binary_cross_entropy_with_logits {
        /// What positive targets count; default 1 for each.
        pos_weight: Option<&'a Tensor> = None => pointer,
    }
}

loss! {
    /// The squared difference.
    MseLoss: tw_mse_loss_options, tw_mse_loss_options_init, tw_op_mse_loss {}
}

impl Tensor {
    /// [`CrossEntropy`] with PyTorch's defaults.
    pub fn cross_entropy(&self, target: &Tensor) -> Result<Tensor> {
        CrossEntropy::new().of(self, target)
    }

    /// [`NllLoss`] with PyTorch's defaults.
    pub fn nll_loss(&self, target: &Tensor) -> Result<Tensor> {
        NllLoss::new().of(self, target)
    }

    /// [`MseLoss`] with PyTorch's defaults.
    pub fn mse_loss(&self, target: &Tensor) -> Result<Tensor> {
        MseLoss::new().of(self, target)
    }
}
