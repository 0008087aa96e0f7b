//! For optimizers of tch, of whatever version: there is one in a program, which is taken here too.
//!
//! tch keeps the pointer of its `nn::Optimizer` to itself, so a shadow holds the rates ([`Optimizer::rates`](crate::Optimizer)
//! or a [`RatePlan`](crate::RatePlan)) and hands them on before each step:
//!
//! ```no_run
//! use tch::nn::{self, OptimizerConfig};
//! use torch_warmup::{schedules::CosineAnnealingLr, RatePlan, Warmup};
//!
//! let variables = nn::VarStore::new(tch::Device::Cpu);
//! let mut adamw = nn::AdamW::default().build(&variables, 0.01).unwrap();
//! let mut plan = RatePlan::new([0.01], |rates| {
//!     let cosine = CosineAnnealingLr::new(1000.0).bind(rates)?;
//!     Ok((vec![cosine], Some(Warmup::untuned_linear_with(rates, 0.999)?)))
//! })?;
//! for _ in 0..1000 {
//!     torch_warmup::tch::set_lrs(&plan, &mut adamw)?;
//!     // adamw.backward_step(&loss);
//!     plan.step()?;
//! }
//! # Ok::<(), torch_warmup::Error>(())
//! ```

use crate::error::Result;
use crate::optimizer::Optimizer;

/// Gives each group of tch's optimizer the rate of the shadow's group of that number; of one group, every group.
pub fn set_lrs(shadow: &Optimizer, optimizer: &mut ::tch::nn::Optimizer) -> Result<()> {
    match shadow.lrs()?[..] {
        [lr] => optimizer.set_lr(lr),
        ref lrs => lrs.iter().enumerate().for_each(|(group, lr)| optimizer.set_lr_group(group, *lr)),
    }
    Ok(())
}
