//! For optimizers of candle: a shadow holds the rate and hands it on before each step.
//!
//! ```
//! use candle_nn::{AdamW, Optimizer, ParamsAdamW};
//! use torch_warmup::{schedules::ExponentialLr, RatePlan, Warmup};
//!
//! let mut adamw = AdamW::new(Vec::new(), ParamsAdamW::default()).unwrap();
//! let mut plan = RatePlan::new([0.01], |rates| {
//!     Ok((vec![ExponentialLr::new(0.99).bind(rates)?], Some(Warmup::linear(rates, 10)?)))
//! })?;
//! torch_warmup::candle::set_lr(&plan, &mut adamw)?;
//! assert_eq!(adamw.learning_rate(), 0.001);
//! plan.step()?;
//! # Ok::<(), torch_warmup::Error>(())
//! ```
//!
//! With another version of candle than this package's it is one line:
//! `plan.for_each_lr(|_, lr| optimizer.set_learning_rate(lr))`.

use crate::error::Result;
use crate::optimizer::Optimizer;

/// Gives candle's optimizer, which has one rate, that of the shadow's first group.
pub fn set_lr(shadow: &Optimizer, optimizer: &mut impl candle_nn::Optimizer) -> Result<()> {
    optimizer.set_learning_rate(shadow.lr(0)?);
    Ok(())
}
