//! Schedules of schedules.

use torch_warmup_sys as sys;

use crate::error::Result;
use crate::lr_scheduler::{handles, LrScheduler};
use crate::optimizer::Optimizer;

impl LrScheduler {
    /// Runs one schedule after another, as PyTorch's `SequentialLR`: at each milestone the next one starts, from its epoch 0.
    /// There is one milestone less than there are schedulers.
    ///
    /// The schedulers are taken, for from here on only this one is stepped.
    pub fn sequential(optimizer: &Optimizer, schedulers: Vec<LrScheduler>, milestones: &[i64]) -> Result<LrScheduler> {
        let parts = handles(&schedulers);
        // SAFETY: the handles are alive, the arrays borrowed for the call.
        LrScheduler::create(|out| unsafe {
            sys::tw_lr_scheduler_sequential(
                out,
                optimizer.raw(),
                parts.as_ptr(),
                parts.len(),
                milestones.as_ptr(),
                milestones.len(),
            )
        })
    }

    /// Steps several schedules at once, each on the rates of the one before, as PyTorch's `ChainedScheduler`.
    ///
    /// The schedulers are taken, for from here on only this one is stepped.
    pub fn chained(optimizer: &Optimizer, schedulers: Vec<LrScheduler>) -> Result<LrScheduler> {
        let parts = handles(&schedulers);
        // SAFETY: the handles are alive, the array borrowed for the call.
        LrScheduler::create(|out| unsafe {
            sys::tw_lr_scheduler_chained(out, optimizer.raw(), parts.as_ptr(), parts.len())
        })
    }
}
