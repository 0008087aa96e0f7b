//! The operators that training loops use on every line. What is not here, [`op`](super::op()) reaches by its name.

use std::ptr;

use torch_warmup_sys as sys;

use super::op::op;
use super::tensor::{handles, Tensor};
use crate::error::Result;

macro_rules! of_one {
    ($($(#[$about:meta])* $name:ident = $function:ident($($argument:ident: $type:ty),*),)*) => {
        impl Tensor {
            $(
                $(#[$about])*
                pub fn $name(&self $(, $argument: $type)*) -> Result<Tensor> {
                    // SAFETY: the handle is alive.
                    Tensor::create(|out| unsafe { sys::$function(out, self.raw() $(, $argument)*) })
                }
            )*
        }
    };
}

macro_rules! of_two {
    ($($(#[$about:meta])* $name:ident = $function:ident,)*) => {
        impl Tensor {
            $(
                $(#[$about])*
                #[allow(clippy::should_implement_trait)] // the operator can fail
                pub fn $name(&self, other: &Tensor) -> Result<Tensor> {
                    // SAFETY: the handles are alive.
                    Tensor::create(|out| unsafe { sys::$function(out, self.raw(), other.raw()) })
                }
            )*
        }
    };
}

of_two! {
    /// self + other, with broadcasting.
    add = tw_op_add,
    /// self - other.
    sub = tw_op_sub,
    /// self * other, element by element.
    mul = tw_op_mul,
    /// self / other.
    div = tw_op_div,
    /// self == other, a tensor of bool.
    eq = tw_op_eq,
    /// The matrix product, batched and broadcast.
    matmul = tw_op_matmul,
}

of_one! {
    /// self + value.
    add_scalar = tw_op_add_double(value: f64),
    /// self * value.
    mul_scalar = tw_op_mul_double(value: f64),
    /// self to the power of exponent.
    pow_scalar = tw_op_pow_double(exponent: f64),
    /// e to the power of self.
    exp = tw_op_exp(),
    /// The natural logarithm.
    log = tw_op_log(),
    /// The square root.
    sqrt = tw_op_sqrt(),
    /// max(0, self).
    relu = tw_op_relu(),
    /// The Gaussian error linear unit, in its exact form.
    gelu = tw_op_gelu(),
    /// 1 / (1 + exp(-self)).
    sigmoid = tw_op_sigmoid(),
    /// The hyperbolic tangent.
    tanh = tw_op_tanh(),
    /// exp(self) over its sum along dim.
    softmax = tw_op_softmax(dim: i64),
    /// The logarithm of the softmax, in one stable step.
    log_softmax = tw_op_log_softmax(dim: i64),
    /// The sum of all elements, a tensor without dimensions.
    sum = tw_op_sum(),
    /// The mean of all elements, a tensor without dimensions.
    mean = tw_op_mean(),
    /// Joins the dimensions start_dim to end_dim, both included, into one.
    flatten = tw_op_flatten(start_dim: i64, end_dim: i64),
    /// A view with two dimensions swapped.
    transpose = tw_op_transpose(dim0: i64, dim1: i64),
}

impl Tensor {
    /// -self.
    #[allow(clippy::should_implement_trait)] // the operator can fail
    pub fn neg(&self) -> Result<Tensor> {
        // SAFETY: the handle is alive.
        Tensor::create(|out| unsafe { sys::tw_op_neg(out, self.raw()) })
    }

    /// The index of the largest element along dim; keepdim leaves dim in the shape with length 1.
    pub fn argmax(&self, dim: i64, keepdim: bool) -> Result<Tensor> {
        // SAFETY: the handle is alive.
        Tensor::create(|out| unsafe { sys::tw_op_argmax(out, self.raw(), dim, keepdim.into()) })
    }

    /// The same elements in another shape; one size may be -1 and is worked out.
    pub fn reshape(&self, sizes: &[i64]) -> Result<Tensor> {
        // SAFETY: the handle is alive, the array borrowed for the call.
        Tensor::create(|out| unsafe { sys::tw_op_reshape(out, self.raw(), sizes.as_ptr(), sizes.len()) })
    }

    /// The remainder of a division by a number, of its sign.
    pub fn remainder(&self, divisor: i64) -> Result<Tensor> {
        op("remainder").arg(self).arg(divisor).call_one()
    }

    /// While training, sets each element to 0 with probability p and scales the rest.
    pub fn dropout(&self, p: f64, training: bool) -> Result<Tensor> {
        // SAFETY: the handle is alive.
        Tensor::create(|out| unsafe { sys::tw_op_dropout(out, self.raw(), p, training.into()) })
    }

    /// self weight^T + bias.
    pub fn linear(&self, weight: &Tensor, bias: Option<&Tensor>) -> Result<Tensor> {
        let bias = bias.map_or(ptr::null_mut(), Tensor::raw);
        // SAFETY: the handles are alive.
        Tensor::create(|out| unsafe { sys::tw_op_linear(out, self.raw(), weight.raw(), bias) })
    }

    /// The largest value in each window of rows by columns, which lie side by side.
    pub fn max_pool2d(&self, kernel_size: [i64; 2]) -> Result<Tensor> {
        // SAFETY: the handle is alive, the array borrowed for the call.
        Tensor::create(|out| unsafe { sys::tw_op_max_pool2d(out, self.raw(), kernel_size.as_ptr(), ptr::null()) })
    }

    /// Joins tensors along dim.
    pub fn cat<'a>(tensors: impl IntoIterator<Item = &'a Tensor>, dim: i64) -> Result<Tensor> {
        let tensors = handles(tensors);
        // SAFETY: the handles are alive, the array borrowed for the call.
        Tensor::create(|out| unsafe { sys::tw_op_cat(out, tensors.as_ptr(), tensors.len(), dim) })
    }

    /// Sets every element to 0, in place.
    pub fn fill_zero(&self) -> Result<()> {
        op("zero_").arg(self).call_in_place()
    }

    /// Whether shape and elements are the same.
    pub fn equal(&self, other: &Tensor) -> Result<bool> {
        op("equal").arg(self).arg(other).call_one()?.item_int().map(|yes| yes == 1)
    }
}
