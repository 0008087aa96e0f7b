//! The types of a tensor's elements.

use torch_warmup_sys as sys;

use crate::error::{Error, Result, Status};

/// The type of a tensor's elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Dtype {
    Uint8,
    Int8,
    Int16,
    Int32,
    Int64,
    Float16,
    Bfloat16,
    Float32,
    Float64,
    Bool,
}

const DTYPES: [(Dtype, sys::tw_dtype); 10] = [
    (Dtype::Uint8, sys::TW_UINT8),
    (Dtype::Int8, sys::TW_INT8),
    (Dtype::Int16, sys::TW_INT16),
    (Dtype::Int32, sys::TW_INT32),
    (Dtype::Int64, sys::TW_INT64),
    (Dtype::Float16, sys::TW_FLOAT16),
    (Dtype::Bfloat16, sys::TW_BFLOAT16),
    (Dtype::Float32, sys::TW_FLOAT32),
    (Dtype::Float64, sys::TW_FLOAT64),
    (Dtype::Bool, sys::TW_BOOL),
];

impl Dtype {
    pub(super) fn to_raw(self) -> sys::tw_dtype {
        DTYPES.iter().find(|(dtype, _)| *dtype == self).map_or(sys::TW_DTYPE_UNKNOWN, |(_, raw)| *raw)
    }

    pub(super) fn from_raw(raw: sys::tw_dtype) -> Result<Dtype> {
        let found = DTYPES.iter().find(|(_, known)| *known == raw);
        found.map(|(dtype, _)| *dtype).ok_or_else(|| Error::new(Status::Type, format!("there is no dtype {raw}")))
    }
}

mod sealed {
    pub trait Sealed {}
}

/// A number that lies in Rust's memory as it does in a tensor's.
pub trait Element: Copy + Default + Send + sealed::Sealed + 'static {
    /// What a tensor of such numbers has.
    const DTYPE: Dtype;
}

macro_rules! elements {
    ($($type:ty: $dtype:ident,)*) => {
        $(
            impl sealed::Sealed for $type {}
            impl Element for $type {
                const DTYPE: Dtype = Dtype::$dtype;
            }
        )*
    };
}

elements! { u8: Uint8, i8: Int8, i16: Int16, i32: Int32, i64: Int64, f32: Float32, f64: Float64, }
