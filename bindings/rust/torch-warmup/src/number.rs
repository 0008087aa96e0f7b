//! What a closure may give where a number is asked for.

use crate::error::{Error, Result};

mod sealed {
    pub trait Sealed {}
}

/// A number, or a `Result` of one: what closures for schedules and warmups give. An error is that of the call that ran the
/// closure.
pub trait Number: sealed::Sealed {
    #[doc(hidden)]
    fn number(self) -> Result<f64>;
}

impl sealed::Sealed for f64 {}
impl Number for f64 {
    fn number(self) -> Result<f64> {
        Ok(self)
    }
}

impl<E: Into<Error>> sealed::Sealed for Result<f64, E> {}
impl<E: Into<Error>> Number for Result<f64, E> {
    fn number(self) -> Result<f64> {
        self.map_err(Into::into)
    }
}
