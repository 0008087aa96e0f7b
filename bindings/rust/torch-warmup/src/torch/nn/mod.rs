//! The layers of `torch.nn`, with their names, defaults and initial values.
//!
//! A layer with options is a builder: `new` takes what Python asks for, methods with the options' names change the rest,
//! `build` makes the [`Module`]. One without is a function.
//!
//! ```
//! use torch_warmup::torch::{nn, Tensor};
//!
//! let network = nn::sequential(&[
//!     nn::Conv2d::new(1, 8, [3, 3]).padding([1, 1]).build()?,
//!     nn::relu()?,
//!     nn::MaxPool2d::new([2, 2]).build()?,
//!     nn::flatten()?,
//!     nn::Linear::new(8 * 14 * 14, 10).build()?,
//! ])?;
//! assert_eq!(network.forward(&Tensor::zeros(&[2, 1, 28, 28])?)?.sizes()?, [2, 10]);
//! # Ok::<(), torch_warmup::Error>(())
//! ```

use std::mem;
use std::ptr;

use torch_warmup_sys as sys;

use super::module::Module;
use crate::call;
use crate::error::Result;

/// A layer's options in C, with PyTorch's defaults or what `init` refused.
fn defaults<T>(init: unsafe extern "C" fn(*mut T, usize) -> sys::tw_status) -> Result<T> {
    // SAFETY: the structures of options are plain numbers, for which 0 is a value.
    let mut options: T = unsafe { mem::zeroed() };
    // SAFETY: the structure has the size that is said.
    call::check(unsafe { init(&mut options, mem::size_of::<T>()) })?;
    Ok(options)
}

/// How an argument of a constructor is given to C.
trait ToC {
    type Raw;
    fn to_c(&self) -> Self::Raw;
}

impl ToC for i64 {
    type Raw = i64;
    fn to_c(&self) -> i64 {
        *self
    }
}

impl<const N: usize> ToC for [i64; N] {
    type Raw = *const i64;
    fn to_c(&self) -> *const i64 {
        self.as_ptr()
    }
}

/// Layers with options.
macro_rules! layers {
    ($(
        $(#[$about:meta])*
        $name:ident($($need:ident: $need_type:ty),*): $options:ident, $init:ident, $constructor:ident {
            $($(#[$option_about:meta])* $option:ident: $type:ty,)*
        }
    )*) => {
        $(
            $(#[$about])*
            #[derive(Debug, Clone)]
            #[must_use = "a layer is made by build"]
            pub struct $name {
                $($need: $need_type,)*
                $($option: Option<$type>,)*
            }

            impl $name {
                /// PyTorch's arguments without a default; the others have theirs.
                #[allow(clippy::new_without_default)]
                pub fn new($($need: $need_type),*) -> $name {
                    $name { $($need,)* $($option: None,)* }
                }

                $(
                    $(#[$option_about])*
                    pub fn $option(mut self, $option: $type) -> $name {
                        self.$option = Some($option);
                        self
                    }
                )*

                fn options(&self) -> Result<sys::$options> {
                    let mut options = defaults(sys::$init)?;
                    $(
                        if let Some(value) = self.$option {
                            options.$option = value.into();
                        }
                    )*
                    Ok(options)
                }

                /// Makes the layer.
                pub fn build(&self) -> Result<Module> {
                    let options = self.options()?;
                    // SAFETY: arrays and the structure are borrowed for the call.
                    Module::create(|out| unsafe { sys::$constructor(out, $(self.$need.to_c(),)* &options) })
                }
            }
        )*
    };
}

/// Layers that are nothing but their arguments.
macro_rules! plain {
    ($($(#[$about:meta])* $name:ident($($argument:ident: $type:ty),*) = $constructor:ident($($given:expr),*);)*) => {
        $(
            $(#[$about])*
            pub fn $name($($argument: $type),*) -> Result<Module> {
                // SAFETY: arrays are borrowed for the call.
                Module::create(|out| unsafe { sys::$constructor(out, $($given),*) })
            }
        )*
    };
}

mod layers;
pub use layers::*;

plain! {
    /// Joins all dimensions but the first.
    flatten() = tw_module_flatten(1, -1);
    /// Joins the dimensions start_dim to end_dim.
    flatten_dims(start_dim: i64, end_dim: i64) = tw_module_flatten(start_dim, end_dim);
    /// Gives its input back.
    identity() = tw_module_identity();
    /// Zeroes elements with probability p while training.
    dropout(p: f64) = tw_module_dropout(p);
    /// Zeroes whole channels of [N, C, L].
    dropout1d(p: f64) = tw_module_dropout1d(p);
    /// Zeroes whole channels of [N, C, H, W].
    dropout2d(p: f64) = tw_module_dropout2d(p);
    /// Zeroes whole channels of [N, C, D, H, W].
    dropout3d(p: f64) = tw_module_dropout3d(p);
    /// Keeps mean and variance, as after a SELU.
    alpha_dropout(p: f64) = tw_module_alpha_dropout(p);
    /// max(0, x).
    relu() = tw_module_relu();
    /// min(max(0, x), 6).
    relu6() = tw_module_relu6();
    /// x, or negative_slope x where x < 0; PyTorch's default is 0.01.
    leaky_relu(negative_slope: f64) = tw_module_leaky_relu(negative_slope);
    /// x, or alpha (exp(x) - 1) where x < 0; PyTorch's default is 1.
    elu(alpha: f64) = tw_module_elu(alpha);
    /// x, or alpha (exp(x / alpha) - 1) where x < 0; PyTorch's default is 1.
    celu(alpha: f64) = tw_module_celu(alpha);
    /// The scaled exponential linear unit.
    selu() = tw_module_selu();
    /// x sigmoid(x).
    silu() = tw_module_silu();
    /// x tanh(softplus(x)).
    mish() = tw_module_mish();
    /// x / (1 + |x|).
    softsign() = tw_module_softsign();
    /// 1 / (1 + exp(-x)).
    sigmoid() = tw_module_sigmoid();
    /// The logarithm of the sigmoid.
    log_sigmoid() = tw_module_log_sigmoid();
    /// The hyperbolic tangent.
    tanh() = tw_module_tanh();
    /// The sigmoid in straight pieces.
    hardsigmoid() = tw_module_hardsigmoid();
    /// x times the sigmoid in straight pieces.
    hardswish() = tw_module_hardswish();
    /// x within bounds; PyTorch's defaults are -1 and 1.
    hardtanh(min_val: f64, max_val: f64) = tw_module_hardtanh(min_val, max_val);
    /// The first half along dim times the sigmoid of the second; PyTorch's default is -1.
    glu(dim: i64) = tw_module_glu(dim);
    /// exp(x) over its sum along dim.
    softmax(dim: i64) = tw_module_softmax(dim);
    /// The logarithm of the softmax.
    log_softmax(dim: i64) = tw_module_log_softmax(dim);
    /// The mean of as many windows as asked for, of [N, C, L].
    adaptive_avg_pool1d(output_size: i64) = tw_module_adaptive_avg_pool1d(output_size);
    /// The mean of as many windows as asked for, of [N, C, H, W].
    adaptive_avg_pool2d(output_size: [i64; 2]) = tw_module_adaptive_avg_pool2d(output_size.as_ptr());
    /// The largest of as many windows as asked for, of [N, C, H, W].
    adaptive_max_pool2d(output_size: [i64; 2]) = tw_module_adaptive_max_pool2d(output_size.as_ptr());
}

/// Runs modules one after the other; they are named `0`, `1`, ...
pub fn sequential<'a>(modules: impl IntoIterator<Item = &'a Module>) -> Result<Module> {
    let handles: Vec<_> = modules.into_iter().map(Module::raw).collect();
    // SAFETY: the handles are alive, the array borrowed for the call.
    Module::create(|out| unsafe { sys::tw_module_sequential(out, handles.as_ptr(), handles.len()) })
}

/// A transformer's encoder of num_layers copies of a layer, with a normalization at the end where one is given.
pub fn transformer_encoder(encoder_layer: &Module, num_layers: i64, norm: Option<&Module>) -> Result<Module> {
    let norm = norm.map_or(ptr::null_mut(), Module::raw);
    // SAFETY: the handles are alive.
    Module::create(|out| unsafe { sys::tw_module_transformer_encoder(out, encoder_layer.raw(), num_layers, norm) })
}

/// A normalization over the last dimensions, of the sizes normalized_shape.
#[derive(Debug, Clone)]
#[must_use = "a layer is made by build"]
pub struct LayerNorm {
    normalized_shape: Vec<i64>,
    eps: Option<f64>,
    elementwise_affine: Option<bool>,
}

impl LayerNorm {
    /// The sizes of the last dimensions.
    pub fn new(normalized_shape: &[i64]) -> LayerNorm {
        LayerNorm { normalized_shape: normalized_shape.to_vec(), eps: None, elementwise_affine: None }
    }

    /// Added to the variance; default 1e-5.
    pub fn eps(mut self, eps: f64) -> LayerNorm {
        self.eps = Some(eps);
        self
    }

    /// Whether it has weight and bias; default true.
    pub fn elementwise_affine(mut self, elementwise_affine: bool) -> LayerNorm {
        self.elementwise_affine = Some(elementwise_affine);
        self
    }

    /// Makes the layer.
    pub fn build(&self) -> Result<Module> {
        let mut options = defaults(sys::tw_layer_norm_options_init)?;
        options.eps = self.eps.unwrap_or(options.eps);
        options.elementwise_affine = self.elementwise_affine.map_or(options.elementwise_affine, i32::from);
        let shape = &self.normalized_shape;
        // SAFETY: the array and the structure are borrowed for the call.
        Module::create(|out| unsafe { sys::tw_module_layer_norm(out, shape.as_ptr(), shape.len(), &options) })
    }
}
