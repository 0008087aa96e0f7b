//! Schedules whose numbers the caller computes.

use std::ffi::c_void;

use torch_warmup_sys as sys;

use crate::call;
use crate::error::Result;
use crate::lr_scheduler::LrScheduler;
use crate::number::Number;
use crate::optimizer::Optimizer;

/// Runs a closure of the epoch and the group.
pub(super) unsafe extern "C" fn number_of<F, N>(
    out: *mut f64,
    epoch: f64,
    group: usize,
    context: *mut c_void,
) -> sys::tw_status
where
    F: Fn(f64, usize) -> N,
    N: Number,
{
    call::run(|| {
        // SAFETY: C gives a place for the number and the context, which is alive until its release. The closure is Fn and
        // Sync: clones of the scheduler for several optimizers may run it at the same time.
        let (out, function) = unsafe { (&mut *out, &*context.cast::<F>()) };
        *out = function(epoch, group).number()?;
        Ok(())
    })
}

macro_rules! of_a_function {
    ($(#[$about:meta])* $name:ident, $constructor:ident) => {
        $(#[$about])*
        #[derive(Debug, Clone)]
        pub struct $name<F> {
            lr_lambda: F,
        }

        impl<F, N> $name<F>
        where
            F: Fn(f64, usize) -> N + Send + Sync + 'static,
            N: Number,
        {
            /// `lr_lambda` is given the epoch and the group. It gives a number or a `Result` of one, and may panic: the
            /// panic goes on in the caller of the call that ran it.
            pub fn new(lr_lambda: F) -> $name<F> {
                $name { lr_lambda }
            }

            /// Binds it to an optimizer, whose rates are the schedule's from here on. The closure lives as long as a
            /// scheduler, or a copy of it, needs it.
            pub fn bind(self, optimizer: &Optimizer) -> Result<LrScheduler> {
                let context = call::context(self.lr_lambda);
                // SAFETY: the optimizer is alive; the context is C's from here on.
                LrScheduler::create(|out| unsafe {
                    sys::$constructor(
                        out,
                        optimizer.raw(),
                        Some(number_of::<F, N>),
                        context,
                        Some(call::release::<F>),
                    )
                })
            }
        }
    };
}

of_a_function! {
    /// Sets each group's rate to its base rate times a number of yours.
    ///
    /// ```
    /// use torch_warmup::{schedules::LambdaLr, Optimizer};
    ///
    /// let optimizer = Optimizer::rates([0.5, 0.1])?;
    /// let mut scheduler = LambdaLr::new(|epoch, group| match group {
    ///     0 => 0.95f64.powf(epoch),
    ///     _ => 1.0 / (1.0 + epoch),
    /// })
    /// .bind(&optimizer)?;
    /// scheduler.step()?;
    /// assert_eq!(optimizer.lrs()?, [0.475, 0.05]);
    /// # Ok::<(), torch_warmup::Error>(())
    /// ```
    LambdaLr, tw_lr_scheduler_lambda
}

of_a_function! {
    /// Multiplies each group's present rate by a number of yours. It has no closed form.
    MultiplicativeLr, tw_lr_scheduler_multiplicative
}
