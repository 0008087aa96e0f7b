//! Learning-rate warmup: each group's scheduled rate is multiplied by a factor that grows to 1, as in pytorch_warmup.

use std::ffi::c_void;
use std::fmt;

use torch_warmup_sys as sys;

use crate::call;
use crate::error::Result;
use crate::lr_scheduler::{rows, Schedulers};
use crate::number::Number;
use crate::optimizer::Optimizer;
use crate::per_group::PerGroup;

/// A warmup of an optimizer's learning rates.
///
/// It records the rates of the optimizer's groups when it is made and dampens them for step 0 at once, so make it after the
/// LR schedulers. Each step of a run uses the dampened rates and then calls [`Warmup::step`]. A dropped warmup leaves the
/// rates dampened; [`Warmup::detach`] puts the undampened ones back.
///
/// ```
/// use torch_warmup::{schedules::CosineAnnealingLr, Optimizer, Warmup};
///
/// let steps = 100;
/// let optimizer = Optimizer::rates_with_betas([0.01], [[0.9, 0.99]])?;
/// let mut scheduler = CosineAnnealingLr::new(steps as f64).eta_min(1e-5).bind(&optimizer)?;
/// let mut warmup = Warmup::untuned_linear(&optimizer)?;
/// for _ in 0..steps {
///     // the optimizer's own step, at optimizer.lr(0)?
///     warmup.step(&mut scheduler)?;
/// }
/// # Ok::<(), torch_warmup::Error>(())
/// ```
pub struct Warmup {
    handle: *mut sys::tw_warmup,
}

// SAFETY: a warmup is bound to an optimizer, and every call on it takes the optimizer's lock, so any thread may use and free
// it (optimizer.h, "Threads"). The closure of a custom one is required to be Send, and runs under that lock alone.
unsafe impl Send for Warmup {}
// SAFETY: as above.
unsafe impl Sync for Warmup {}

/// A warmup's whole state, for a file of your own.
#[derive(Debug, Clone, PartialEq)]
pub struct WarmupState {
    /// The step that the rates were for.
    pub last_step: i64,
    /// The undampened rates, one a group.
    pub undampened_lrs: Vec<f64>,
}

type OfBeta2s =
    unsafe extern "C" fn(*mut *mut sys::tw_warmup, *mut sys::tw_optimizer, *const f64, usize) -> sys::tw_status;
type OfPeriods =
    unsafe extern "C" fn(*mut *mut sys::tw_warmup, *mut sys::tw_optimizer, *const i64, usize) -> sys::tw_status;

/// The pointer of an array for C: none where there is nothing in it.
fn pointer<T>(values: &[T]) -> *const T {
    if values.is_empty() {
        std::ptr::null()
    } else {
        values.as_ptr()
    }
}

impl Warmup {
    fn create(call: impl FnOnce(*mut *mut sys::tw_warmup) -> sys::tw_status) -> Result<Warmup> {
        call::create(call).map(|handle| Warmup { handle })
    }

    fn of_periods(make: OfPeriods, optimizer: &Optimizer, periods: PerGroup<i64>) -> Result<Warmup> {
        let periods = periods.values();
        // SAFETY: the optimizer is alive, the array borrowed for the call.
        Warmup::create(|out| unsafe { make(out, optimizer.raw(), pointer(periods), periods.len()) })
    }

    fn of_beta2s(make: OfBeta2s, optimizer: &Optimizer, beta2s: PerGroup<f64>) -> Result<Warmup> {
        let beta2s = beta2s.values();
        // SAFETY: the optimizer is alive, the array borrowed for the call.
        Warmup::create(|out| unsafe { make(out, optimizer.raw(), pointer(beta2s), beta2s.len()) })
    }

    /// A linear warmup over a number of steps, the same for every group or one a group.
    ///
    /// ```text
    /// factor(step) = min(1, (step + 1) / period)
    /// ```
    pub fn linear(optimizer: &Optimizer, periods: impl Into<PerGroup<i64>>) -> Result<Warmup> {
        Warmup::of_periods(sys::tw_warmup_linear, optimizer, periods.into())
    }

    /// An exponential warmup.
    ///
    /// ```text
    /// factor(step) = 1 - exp(-(step + 1) / period)
    /// ```
    pub fn exponential(optimizer: &Optimizer, periods: impl Into<PerGroup<i64>>) -> Result<Warmup> {
        Warmup::of_periods(sys::tw_warmup_exponential, optimizer, periods.into())
    }

    /// A linear warmup whose period comes from each group's beta2: 2 / (1 - beta2), 1999 for 0.999.
    ///
    /// An optimizer without a beta2 is [`Status::NotFound`](crate::Status::NotFound).
    pub fn untuned_linear(optimizer: &Optimizer) -> Result<Warmup> {
        Warmup::untuned_linear_with(optimizer, Vec::new())
    }

    /// As [`Warmup::untuned_linear`], from these beta2, for any optimizer.
    pub fn untuned_linear_with(optimizer: &Optimizer, beta2s: impl Into<PerGroup<f64>>) -> Result<Warmup> {
        Warmup::of_beta2s(sys::tw_warmup_untuned_linear, optimizer, beta2s.into())
    }

    /// An exponential warmup whose period comes from each group's beta2: 1 / (1 - beta2), 999 for 0.999.
    pub fn untuned_exponential(optimizer: &Optimizer) -> Result<Warmup> {
        Warmup::untuned_exponential_with(optimizer, Vec::new())
    }

    /// As [`Warmup::untuned_exponential`], from these beta2, for any optimizer.
    pub fn untuned_exponential_with(optimizer: &Optimizer, beta2s: impl Into<PerGroup<f64>>) -> Result<Warmup> {
        Warmup::of_beta2s(sys::tw_warmup_untuned_exponential, optimizer, beta2s.into())
    }

    /// A warmup by the variance rectification of RAdam, from each group's beta2, which lies in (0.6, 1).
    pub fn radam(optimizer: &Optimizer) -> Result<Warmup> {
        Warmup::radam_with(optimizer, Vec::new())
    }

    /// As [`Warmup::radam`], from these beta2, for any optimizer.
    pub fn radam_with(optimizer: &Optimizer, beta2s: impl Into<PerGroup<f64>>) -> Result<Warmup> {
        Warmup::of_beta2s(sys::tw_warmup_radam, optimizer, beta2s.into())
    }

    /// A warmup whose factors you compute from the step and the group, both counted from 0; finite and not negative. The
    /// closure gives a number or a `Result` of one; it is called before this returns.
    ///
    /// ```
    /// use torch_warmup::{Optimizer, Warmup};
    ///
    /// let optimizer = Optimizer::rates([0.5, 0.5])?;
    /// let warmup = Warmup::custom(&optimizer, |_step, group| if group == 0 { 0.5 } else { 1.0 })?;
    /// assert_eq!(optimizer.lrs()?, [0.25, 0.5]);
    /// # Ok::<(), torch_warmup::Error>(())
    /// ```
    pub fn custom<F, N>(optimizer: &Optimizer, factor: F) -> Result<Warmup>
    where
        F: Fn(i64, usize) -> N + Send + 'static,
        N: Number,
    {
        let context = call::context(factor);
        // SAFETY: the optimizer is alive; the context is C's from here on.
        Warmup::create(|out| unsafe {
            sys::tw_warmup_custom(out, optimizer.raw(), Some(custom::<F, N>), context, Some(call::release::<F>))
        })
    }

    /// Undampens, steps each scheduler in order, and dampens for the next step. Where something fails nothing has changed.
    ///
    /// `schedulers` is `()` for none, `&mut scheduler` for one, `[&mut a, &mut b]` for several.
    pub fn step(&mut self, schedulers: impl Schedulers) -> Result<()> {
        // SAFETY: the handles are alive, the array borrowed for the call.
        call::check(
            schedulers
                .with_handles(|handles| unsafe { sys::tw_warmup_step(self.handle, pointer(handles), handles.len()) }),
        )
    }

    /// Undampens, runs a function, and dampens for the next step: pytorch_warmup's `with warmup.dampening():`. Where the
    /// function fails or panics, the dampened rates are put back and the step stays.
    ///
    /// ```
    /// use torch_warmup::{schedules::ExponentialLr, Optimizer, Warmup};
    ///
    /// let optimizer = Optimizer::rates([1.0])?;
    /// let mut scheduler = ExponentialLr::new(0.5).bind(&optimizer)?;
    /// let mut warmup = Warmup::linear(&optimizer, 4)?;
    /// warmup.dampening(|| scheduler.step())?;
    /// assert_eq!(optimizer.lr(0)?, 0.5 * 2.0 / 4.0);
    /// # Ok::<(), torch_warmup::Error>(())
    /// ```
    pub fn dampening<T, E: From<crate::Error>>(&mut self, within: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.dampening_begin()?;
        let mut begun = Begun { warmup: Some(self) };
        let value = within()?;
        match begun.warmup.take() {
            Some(warmup) => warmup.dampening_end()?,
            None => unreachable!("the guard is emptied here alone"),
        }
        Ok(value)
    }

    /// Puts the undampened rates back into the optimizer, for the LR schedulers to step on. [`Warmup::dampening`] does this
    /// and what follows.
    pub fn dampening_begin(&mut self) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_warmup_dampening_begin(self.handle) })
    }

    /// Records the optimizer's rates as the undampened ones and dampens them for the next step.
    pub fn dampening_end(&mut self) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_warmup_dampening_end(self.handle) })
    }

    /// Puts the dampened rates back as they were before [`Warmup::dampening_begin`]; the step stays the same.
    pub fn dampening_cancel(&mut self) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_warmup_dampening_cancel(self.handle) })
    }

    /// Multiplies the optimizer's present rates by the factor of the next step, for a loop in which every step sets the
    /// rates anew in closed form.
    pub fn dampen(&mut self) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_warmup_dampen(self.handle) })
    }

    /// As [`Warmup::dampen`], for a given step.
    pub fn dampen_at(&mut self, step: i64) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_warmup_dampen_at(self.handle, step) })
    }

    /// The step that the present rates are for.
    pub fn last_step(&self) -> Result<i64> {
        // SAFETY: the handle is alive.
        call::value(|out| unsafe { sys::tw_warmup_get_last_step(out, self.handle) })
    }

    /// Sets the step counter; the rates stay as they are. -1 makes the next [`Warmup::dampen`] dampen for step 0.
    pub fn set_last_step(&mut self, step: i64) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_warmup_set_last_step(self.handle, step) })
    }

    /// The factor of any step.
    pub fn factor(&self, step: i64, group: usize) -> Result<f64> {
        // SAFETY: the handle is alive.
        call::value(|out| unsafe { sys::tw_warmup_get_factor(out, self.handle, step, group) })
    }

    /// The number of groups that the warmup was made for.
    pub fn group_count(&self) -> Result<usize> {
        // SAFETY: the handle is alive.
        call::value(|out| unsafe { sys::tw_warmup_get_group_count(out, self.handle) })
    }

    /// The rates of the next steps, a row a step with a rate a group, without a change. Row 0 has the present ones.
    pub fn preview(&mut self, schedulers: impl Schedulers, steps: usize) -> Result<Vec<Vec<f64>>> {
        // SAFETY: the handles are alive, the array borrowed for the call, the buffer as long as is said.
        let rates = schedulers.with_handles(|handles| {
            call::buffer(|out, capacity, needed| unsafe {
                sys::tw_warmup_preview(out, capacity, needed, self.handle, pointer(handles), handles.len(), steps)
            })
        })?;
        Ok(rows(&rates, steps))
    }

    /// The undampened rates that the warmup has recorded, one a group.
    pub fn undampened_lrs(&self) -> Result<Vec<f64>> {
        // SAFETY: the handle is alive, the buffer as long as is said.
        call::buffer(|out, capacity, needed| unsafe {
            sys::tw_warmup_get_undampened_lrs(out, capacity, needed, self.handle)
        })
    }

    /// The whole state: the step and the undampened rates, of one moment.
    pub fn state(&self) -> Result<WarmupState> {
        let mut last_step = 0;
        // SAFETY: the handle is alive, the buffer as long as is said.
        let undampened_lrs = call::buffer(|out, capacity, needed| unsafe {
            sys::tw_warmup_get_state(&mut last_step, out, capacity, needed, self.handle)
        })?;
        Ok(WarmupState { last_step, undampened_lrs })
    }

    /// Puts back what [`Warmup::state`] gave, and sets the optimizer's rates at once, dampened for that step.
    pub fn set_state(&mut self, state: &WarmupState) -> Result<()> {
        let lrs = &state.undampened_lrs;
        // SAFETY: the handle is alive, the array borrowed for the call.
        call::check(unsafe { sys::tw_warmup_set_state(self.handle, state.last_step, lrs.as_ptr(), lrs.len()) })
    }

    /// Undoes the warmup: puts the undampened rates back into the optimizer, so that the run goes on without it or with
    /// another. The warmup can still be looked into.
    pub fn detach(&mut self) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_warmup_detach(self.handle) })
    }

    #[cfg(feature = "torch")]
    pub(crate) fn raw(&self) -> *mut sys::tw_warmup {
        self.handle
    }
}

/// A dampening that has begun: cancelled where it is left by an error or a panic.
struct Begun<'a> {
    warmup: Option<&'a mut Warmup>,
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        if let Some(warmup) = self.warmup.take() {
            // What ended it is the failure to tell; that the function itself has ended or cancelled it, is none.
            let _ = warmup.dampening_cancel();
        }
    }
}

unsafe extern "C" fn custom<F, N>(out: *mut f64, step: i64, group: usize, context: *mut c_void) -> sys::tw_status
where
    F: Fn(i64, usize) -> N,
    N: Number,
{
    call::run(|| {
        // SAFETY: C gives a place for the number and the context, which is alive until its release. The closure is Fn, so
        // that one which asks its own warmup for a factor may run within itself.
        let (out, factor) = unsafe { (&mut *out, &*context.cast::<F>()) };
        *out = factor(step, group).number()?;
        Ok(())
    })
}

impl Drop for Warmup {
    fn drop(&mut self) {
        call::free(self.handle, sys::tw_warmup_free);
    }
}

impl fmt::Debug for Warmup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Warmup")
            .field("last_step", &self.last_step().unwrap_or(-1))
            .field("undampened_lrs", &self.undampened_lrs().unwrap_or_default())
            .finish()
    }
}
