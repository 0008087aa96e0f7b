//! What one does with a learning-rate scheduler: step it, look into it, preview it, keep its state.

use std::fmt;
use std::ptr;

use torch_warmup_sys as sys;

use crate::call;
use crate::error::Result;
use crate::optimizer::Optimizer;
use crate::per_group::PerGroup;

/// A learning-rate scheduler, made by one of the [schedules](crate::schedules).
///
/// A clone goes on by itself from where the scheduler is, on the same optimizer: the same arguments, the same state, a
/// closure shared. [`LrScheduler::clone_to`] makes one for another optimizer.
///
/// ```
/// use torch_warmup::{schedules::StepLr, Optimizer};
///
/// let optimizer = Optimizer::rates([0.5])?;
/// let mut scheduler = StepLr::new(2.0).gamma(0.5).bind(&optimizer)?;
/// scheduler.step()?;
/// assert_eq!(optimizer.lr(0)?, 0.5);
/// scheduler.step()?;
/// assert_eq!(optimizer.lr(0)?, 0.25);
/// # Ok::<(), torch_warmup::Error>(())
/// ```
#[repr(transparent)]
pub struct LrScheduler {
    handle: *mut sys::tw_lr_scheduler,
}

// SAFETY: a scheduler is bound to an optimizer, and every call on it takes the optimizer's lock, so any thread may use and
// free it (optimizer.h, "Threads"). The closures that it holds are required to be Send and Sync: clones for several
// optimizers share one, and each optimizer has a lock of its own.
unsafe impl Send for LrScheduler {}
// SAFETY: as above.
unsafe impl Sync for LrScheduler {}

impl LrScheduler {
    /// What a constructor gives.
    pub(crate) fn create(call: impl FnOnce(*mut *mut sys::tw_lr_scheduler) -> sys::tw_status) -> Result<LrScheduler> {
        call::create(call).map(|handle| LrScheduler { handle })
    }

    #[cfg(feature = "torch")]
    pub(crate) fn raw(&self) -> *mut sys::tw_lr_scheduler {
        self.handle
    }

    /// Goes on to the next epoch, in the recursive form: the new rate is made from the optimizer's present one, so several
    /// schedulers that are stepped in turn act together. Where a warmup has dampened the rates, leave the step to
    /// [`Warmup::step`](crate::Warmup::step).
    pub fn step(&mut self) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_lr_scheduler_step(self.handle) })
    }

    /// Goes to a given epoch in the closed form: the new rate is made from the base rate alone. It may be a fraction.
    pub fn step_at(&mut self, epoch: f64) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_lr_scheduler_step_at(self.handle, epoch) })
    }

    /// Goes on to the next epoch with the metric of the last one, for
    /// [`ReduceLrOnPlateau`](crate::schedules::ReduceLrOnPlateau).
    pub fn step_metric(&mut self, metric: f64) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_lr_scheduler_step_metric(self.handle, metric) })
    }

    /// The rates that the last step gave the groups, without any warmup factor that came after.
    pub fn last_lrs(&self) -> Result<Vec<f64>> {
        // SAFETY: the handle is alive, the buffer as long as is said.
        call::buffer(|out, capacity, needed| unsafe {
            sys::tw_lr_scheduler_get_last_lrs(out, capacity, needed, self.handle)
        })
    }

    /// The rates from which the closed form starts.
    pub fn base_lrs(&self) -> Result<Vec<f64>> {
        // SAFETY: the handle is alive, the buffer as long as is said.
        call::buffer(|out, capacity, needed| unsafe {
            sys::tw_lr_scheduler_get_base_lrs(out, capacity, needed, self.handle)
        })
    }

    /// The number of groups that the scheduler schedules.
    pub fn group_count(&self) -> Result<usize> {
        // SAFETY: the handle is alive.
        call::value(|out| unsafe { sys::tw_lr_scheduler_get_group_count(out, self.handle) })
    }

    /// The epoch of the last step: 0 at first.
    pub fn last_epoch(&self) -> Result<f64> {
        // SAFETY: the handle is alive.
        call::value(|out| unsafe { sys::tw_lr_scheduler_get_last_epoch(out, self.handle) })
    }

    /// Moves the schedule to an epoch without stepping there. The rates and momentums stay as they are.
    pub fn set_last_epoch(&mut self, epoch: f64) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_lr_scheduler_set_last_epoch(self.handle, epoch, ptr::null(), 0) })
    }

    /// Moves the schedule to an epoch at which it had these rates, without a warmup's factor. The optimizer gets them at
    /// once, dampened where a warmup is bound.
    pub fn set_last_epoch_with(&mut self, epoch: f64, lrs: impl Into<PerGroup<f64>>) -> Result<()> {
        let lrs = lrs.into();
        let lrs = lrs.values();
        // SAFETY: the handle is alive, the array borrowed for the call.
        call::check(unsafe { sys::tw_lr_scheduler_set_last_epoch(self.handle, epoch, lrs.as_ptr(), lrs.len()) })
    }

    /// The whole state as plain numbers, for a file of your own.
    ///
    /// ```
    /// use torch_warmup::{schedules::ExponentialLr, Optimizer};
    ///
    /// let make = || -> torch_warmup::Result<_> {
    ///     let optimizer = Optimizer::rates([0.5])?;
    ///     let scheduler = ExponentialLr::new(0.9).bind(&optimizer)?;
    ///     Ok((optimizer, scheduler))
    /// };
    /// let (_, mut before) = make()?;
    /// before.step()?;
    /// let (optimizer, mut after) = make()?;
    /// after.set_state(&before.state()?)?;
    /// assert_eq!(optimizer.lr(0)?, 0.45);
    /// # Ok::<(), torch_warmup::Error>(())
    /// ```
    pub fn state(&self) -> Result<Vec<f64>> {
        // SAFETY: the handle is alive, the buffer as long as is said.
        call::buffer(|out, capacity, needed| unsafe {
            sys::tw_lr_scheduler_get_state(out, capacity, needed, self.handle)
        })
    }

    /// Puts back what [`LrScheduler::state`] gave, for a scheduler made with the same arguments, and sets the optimizer's
    /// rates at once. Of several schedulers set the state of the one last that is stepped last.
    pub fn set_state(&mut self, state: &[f64]) -> Result<()> {
        // SAFETY: the handle is alive, the array borrowed for the call.
        call::check(unsafe { sys::tw_lr_scheduler_set_state(self.handle, state.as_ptr(), state.len()) })
    }

    /// A copy that goes on by itself on another optimizer with as many groups, whose rates are set at once to those of this
    /// scheduler's last step.
    pub fn clone_to(&self, optimizer: &Optimizer) -> Result<LrScheduler> {
        // SAFETY: both handles are alive.
        LrScheduler::create(|out| unsafe { sys::tw_lr_scheduler_clone(out, self.handle, optimizer.raw()) })
    }

    /// As [`Clone::clone`], which panics where there is no memory.
    pub fn try_clone(&self) -> Result<LrScheduler> {
        // SAFETY: the handle is alive.
        LrScheduler::create(|out| unsafe { sys::tw_lr_scheduler_clone(out, self.handle, ptr::null_mut()) })
    }

    /// The rates of the next steps, a row a step with a rate a group, without a change. Row 0 has the present ones.
    ///
    /// ```
    /// use torch_warmup::{schedules::ExponentialLr, LrScheduler, Optimizer};
    ///
    /// let optimizer = Optimizer::rates([1.0])?;
    /// let mut scheduler = ExponentialLr::new(0.5).bind(&optimizer)?;
    /// assert_eq!(LrScheduler::preview(&mut scheduler, 3)?, [[1.0], [0.5], [0.25]]);
    /// # Ok::<(), torch_warmup::Error>(())
    /// ```
    pub fn preview(schedulers: impl Schedulers, steps: usize) -> Result<Vec<Vec<f64>>> {
        // SAFETY: the handles are alive, the array borrowed for the call, the buffer as long as is said.
        let rates = schedulers.with_handles(|handles| {
            call::buffer(|out, capacity, needed| unsafe {
                sys::tw_lr_scheduler_preview(out, capacity, needed, handles.as_ptr(), handles.len(), steps)
            })
        })?;
        Ok(rows(&rates, steps))
    }
}

/// The rows of a preview.
pub(crate) fn rows(rates: &[f64], steps: usize) -> Vec<Vec<f64>> {
    let groups = rates.len().checked_div(steps).unwrap_or(0).max(1);
    rates.chunks(groups).map(<[f64]>::to_vec).collect()
}

impl Clone for LrScheduler {
    fn clone(&self) -> LrScheduler {
        self.try_clone().unwrap_or_else(|error| panic!("an LR scheduler cannot be cloned: {error}"))
    }
}

impl Drop for LrScheduler {
    fn drop(&mut self) {
        call::free(self.handle, sys::tw_lr_scheduler_free);
    }
}

impl fmt::Debug for LrScheduler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LrScheduler")
            .field("last_epoch", &self.last_epoch().unwrap_or(f64::NAN))
            .field("last_lrs", &self.last_lrs().unwrap_or_default())
            .finish()
    }
}

mod sealed {
    pub trait Sealed {}
}

type Raw = *mut sys::tw_lr_scheduler;

/// The schedulers that a step takes along: `()` for none, `&mut scheduler` for one, an `Option` of that for one at times, an
/// array of them or a mutable slice for several, in their order.
pub trait Schedulers: sealed::Sealed {
    /// Runs a call with the handles, which are alive meanwhile.
    #[doc(hidden)]
    fn with_handles<R>(&self, run: impl FnOnce(&[Raw]) -> R) -> R;
}

macro_rules! schedulers {
    ($(
        [$($length:ident)?] $type:ty => |$this:ident, $run:ident| $call:expr;
    )*) => {
        $(
            impl $(<const $length: usize>)? sealed::Sealed for $type {}
            impl $(<const $length: usize>)? Schedulers for $type {
                fn with_handles<R>(&self, $run: impl FnOnce(&[Raw]) -> R) -> R {
                    let $this = self;
                    $call
                }
            }
        )*
    };
}

schedulers! {
    [] () => |_this, run| run(&[]);
    [] &mut LrScheduler => |this, run| run(&[this.handle]);
    [] Option<&mut LrScheduler> => |this, run| match this {
        Some(scheduler) => run(&[scheduler.handle]),
        None => run(&[]),
    };
    [] &mut [LrScheduler] => |this, run| run(handles(this));
    [] &mut Vec<LrScheduler> => |this, run| run(handles(this));
    [N] &mut [LrScheduler; N] => |this, run| run(handles(&this[..]));
    [N] [&mut LrScheduler; N] => |this, run| {
        let mut raw = [ptr::null_mut(); N];
        for (place, scheduler) in raw.iter_mut().zip(this) {
            *place = scheduler.handle;
        }
        run(&raw)
    };
}

/// The handles of schedulers that lie side by side.
pub(crate) fn handles(schedulers: &[LrScheduler]) -> &[Raw] {
    // SAFETY: a scheduler is its handle and nothing else (repr(transparent)).
    unsafe { std::slice::from_raw_parts(schedulers.as_ptr().cast(), schedulers.len()) }
}
