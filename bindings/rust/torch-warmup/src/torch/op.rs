//! Any operator of LibTorch by its name.

use std::ffi::CString;
use std::mem::MaybeUninit;
use std::ptr;

use torch_warmup_sys as sys;

use super::dtype::Dtype;
use super::tensor::{from_list, Tensor};
use crate::call;
use crate::error::Result;

/// An argument of an operator, made from what it is: a tensor, an option of one, a number, a bool, a text, a list.
#[derive(Debug, Clone)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Argument<'a> {
    None,
    Tensor(&'a Tensor),
    Int(i64),
    Float(f64),
    Bool(bool),
    Text(&'a str),
    Dtype(Dtype),
    Tensors(Vec<&'a Tensor>),
    Ints(Vec<i64>),
    Floats(Vec<f64>),
}

macro_rules! from {
    ($($type:ty => |$value:ident| $made:expr,)*) => {
        $(
            impl<'a> From<$type> for Argument<'a> {
                fn from($value: $type) -> Argument<'a> {
                    $made
                }
            }
        )*
    };
}

from! {
    &'a Tensor => |value| Argument::Tensor(value),
    Option<&'a Tensor> => |value| value.map_or(Argument::None, Argument::Tensor),
    i64 => |value| Argument::Int(value),
    i32 => |value| Argument::Int(value.into()),
    f64 => |value| Argument::Float(value),
    bool => |value| Argument::Bool(value),
    &'a str => |value| Argument::Text(value),
    Dtype => |value| Argument::Dtype(value),
    &[i64] => |value| Argument::Ints(value.to_vec()),
    &[f64] => |value| Argument::Floats(value.to_vec()),
    &'a [Tensor] => |value| Argument::Tensors(value.iter().collect()),
}

impl<'a, const N: usize> From<[i64; N]> for Argument<'a> {
    fn from(value: [i64; N]) -> Argument<'a> {
        Argument::Ints(value.to_vec())
    }
}

/// What an argument points to while the operator runs.
enum Kept {
    Nothing,
    Text(CString),
    Handles(Vec<*mut sys::tw_tensor>),
    Ints(Vec<i64>),
    Floats(Vec<f64>),
}

/// Calls a function that fills an argument in.
fn filled(fill: impl FnOnce(*mut sys::tw_argument) -> sys::tw_status) -> Result<sys::tw_argument> {
    let mut out = MaybeUninit::zeroed();
    call::check(fill(out.as_mut_ptr()))?;
    // SAFETY: the function has set all of it.
    Ok(unsafe { out.assume_init() })
}

impl Argument<'_> {
    fn keep(&self) -> Result<Kept> {
        Ok(match self {
            Argument::Text(text) => Kept::Text(call::c_text(text)?),
            Argument::Tensors(tensors) => Kept::Handles(tensors.iter().map(|tensor| tensor.raw()).collect()),
            Argument::Ints(numbers) => Kept::Ints(numbers.clone()),
            Argument::Floats(numbers) => Kept::Floats(numbers.clone()),
            _ => Kept::Nothing,
        })
    }

    fn fill(&self, kept: &Kept) -> Result<sys::tw_argument> {
        // SAFETY: what is pointed to is kept until the operator has run.
        filled(|out| unsafe {
            match (self, kept) {
                (_, Kept::Text(text)) => sys::tw_argument_string(out, text.as_ptr()),
                (_, Kept::Handles(all)) => sys::tw_argument_tensor_list(out, all.as_ptr(), all.len()),
                (_, Kept::Ints(all)) => sys::tw_argument_int64_list(out, all.as_ptr(), all.len()),
                (_, Kept::Floats(all)) => sys::tw_argument_double_list(out, all.as_ptr(), all.len()),
                (Argument::Tensor(tensor), _) => sys::tw_argument_tensor(out, tensor.raw()),
                (Argument::Int(number), _) => sys::tw_argument_int64(out, *number),
                (Argument::Float(number), _) => sys::tw_argument_double(out, *number),
                (Argument::Bool(truth), _) => sys::tw_argument_bool(out, (*truth).into()),
                (Argument::Dtype(dtype), _) => sys::tw_argument_dtype(out, dtype.to_raw()),
                _ => sys::tw_argument_none(out),
            }
        })
    }
}

/// A call of an operator that is being made; see [`op()`].
#[derive(Debug)]
#[must_use = "an operator runs when it is called"]
pub struct Op<'a> {
    name: &'a str,
    arguments: Vec<(Option<&'a str>, Argument<'a>)>,
}

/// Calls an operator of LibTorch by the name that it has in Python or in its schema.
///
/// ```
/// use torch_warmup::torch::{op, Tensor};
///
/// let x = Tensor::from_slice(&[3.0f32, 1.0, 2.0], &[3])?;
/// let top = op("topk").arg(&x).arg(2).named("sorted", true).call()?;
/// assert_eq!(top[0].as_ref().unwrap().to_vec::<f32>()?, [3.0, 2.0]);
/// let all = op("cat").arg(&[x.clone(), x][..]).named("dim", 0).call_one()?;
/// assert_eq!(all.sizes()?, [6]);
/// # Ok::<(), torch_warmup::Error>(())
/// ```
pub fn op(name: &str) -> Op<'_> {
    Op { name, arguments: Vec::new() }
}

impl<'a> Op<'a> {
    /// The next positional argument.
    pub fn arg(mut self, value: impl Into<Argument<'a>>) -> Op<'a> {
        self.arguments.push((None, value.into()));
        self
    }

    /// A keyword argument; they come after the positional ones.
    pub fn named(mut self, name: &'a str, value: impl Into<Argument<'a>>) -> Op<'a> {
        self.arguments.push((Some(name), value.into()));
        self
    }

    /// Runs a call with the name and the arguments, which are alive meanwhile.
    fn run(
        &self,
        call: impl FnOnce(*const std::os::raw::c_char, *const sys::tw_argument, usize) -> sys::tw_status,
    ) -> Result<()> {
        let name = call::c_text(self.name)?;
        let kept: Vec<_> = self.arguments.iter().map(|(_, value)| value.keep()).collect::<Result<_>>()?;
        let names: Vec<_> =
            self.arguments.iter().map(|(name, _)| name.map(call::c_text).transpose()).collect::<Result<_>>()?;
        let mut arguments = Vec::with_capacity(kept.len());
        for (((_, value), kept), name) in self.arguments.iter().zip(&kept).zip(&names) {
            let mut argument = value.fill(kept)?;
            argument.name = name.as_ref().map_or(ptr::null(), |name| name.as_ptr());
            arguments.push(argument);
        }
        call::check(call(name.as_ptr(), arguments.as_ptr(), arguments.len()))
    }

    /// Calls it for all its results; a place that is empty is Python's None.
    pub fn call(self) -> Result<Vec<Option<Tensor>>> {
        let mut list = ptr::null_mut();
        // SAFETY: the arguments are alive.
        self.run(|name, arguments, count| unsafe { sys::tw_op_call(&mut list, name, arguments, count) })?;
        from_list(list)
    }

    /// Calls an operator of one result.
    pub fn call_one(self) -> Result<Tensor> {
        let mut out = ptr::null_mut();
        // SAFETY: the arguments are alive.
        self.run(|name, arguments, count| unsafe { sys::tw_op_call_one(&mut out, name, arguments, count) })?;
        if out.is_null() {
            let message = format!("the result of {} is None", self.name);
            return Err(crate::Error::new(crate::Status::Type, message));
        }
        Ok(Tensor::from_raw(out))
    }

    /// Calls it for what it does to its arguments.
    pub fn call_in_place(self) -> Result<()> {
        // SAFETY: the arguments are alive.
        self.run(|name, arguments, count| unsafe { sys::tw_op_call(ptr::null_mut(), name, arguments, count) })
    }
}
