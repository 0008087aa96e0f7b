//! Rates that go up and down between two bounds.

use std::fmt;
use std::sync::Arc;

use torch_warmup_sys as sys;

use super::functions::number_of;
use super::one_cycle::pair;
use crate::call;
use crate::error::Result;
use crate::lr_scheduler::LrScheduler;
use crate::optimizer::Optimizer;
use crate::per_group::PerGroup;

/// How the height of a cycle changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CyclicMode {
    /// It stays.
    Triangular,
    /// It is halved after each cycle.
    Triangular2,
    /// It is gamma to the power of the epoch.
    ExpRange,
}

/// What [`CyclicLr::scale_fn`] is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CyclicScaleMode {
    /// The number of the cycle, from 1.
    Cycle,
    /// The epoch.
    Iterations,
}

type ScaleFn = Arc<dyn Fn(f64) -> f64 + Send + Sync>;

/// Lets the rates go up and down between two bounds, as PyTorch's `CyclicLR`; momentum, or the first beta, goes the other
/// way.
///
/// ```
/// use torch_warmup::schedules::{CyclicLr, CyclicMode};
/// use torch_warmup::Optimizer;
///
/// let optimizer = Optimizer::rates([0.1])?;
/// let scheduler = CyclicLr::new(0.01, 0.1)
///     .step_size_up(8.0)
///     .mode(CyclicMode::ExpRange)
///     .gamma(0.99)
///     .cycle_momentum(false)
///     .bind(&optimizer)?;
/// # Ok::<(), torch_warmup::Error>(())
/// ```
#[derive(Clone)]
pub struct CyclicLr {
    base_lrs: PerGroup<f64>,
    max_lrs: PerGroup<f64>,
    step_size_up: f64,
    step_size_down: Option<f64>,
    mode: CyclicMode,
    gamma: f64,
    scale_fn: Option<(CyclicScaleMode, ScaleFn)>,
    cycle_momentum: bool,
    momentum: Option<(PerGroup<f64>, PerGroup<f64>)>,
}

impl CyclicLr {
    /// The lower and the upper bounds, the same for every group or one a group.
    pub fn new(base_lrs: impl Into<PerGroup<f64>>, max_lrs: impl Into<PerGroup<f64>>) -> CyclicLr {
        CyclicLr {
            base_lrs: base_lrs.into(),
            max_lrs: max_lrs.into(),
            step_size_up: 2000.0,
            step_size_down: None,
            mode: CyclicMode::Triangular,
            gamma: 1.0,
            scale_fn: None,
            cycle_momentum: true,
            momentum: None,
        }
    }

    /// Epochs from the lower to the upper bound; default 2000.
    #[must_use]
    pub fn step_size_up(mut self, epochs: f64) -> CyclicLr {
        self.step_size_up = epochs;
        self
    }

    /// Epochs back; default as many as up.
    #[must_use]
    pub fn step_size_down(mut self, epochs: f64) -> CyclicLr {
        self.step_size_down = Some(epochs);
        self
    }

    /// Default [`CyclicMode::Triangular`].
    #[must_use]
    pub fn mode(mut self, mode: CyclicMode) -> CyclicLr {
        self.mode = mode;
        self
    }

    /// For [`CyclicMode::ExpRange`]; default 1.
    #[must_use]
    pub fn gamma(mut self, gamma: f64) -> CyclicLr {
        self.gamma = gamma;
        self
    }

    /// A height of your own, in place of the mode's.
    #[must_use]
    pub fn scale_fn(
        mut self,
        mode: CyclicScaleMode,
        scale_fn: impl Fn(f64) -> f64 + Send + Sync + 'static,
    ) -> CyclicLr {
        self.scale_fn = Some((mode, Arc::new(scale_fn)));
        self
    }

    /// Whether momentum is cycled; default true.
    #[must_use]
    pub fn cycle_momentum(mut self, cycle_momentum: bool) -> CyclicLr {
        self.cycle_momentum = cycle_momentum;
        self
    }

    /// The bounds of the momentum, base and max, as many of each; default 0.8 and 0.9.
    #[must_use]
    pub fn momentum(mut self, base: impl Into<PerGroup<f64>>, max: impl Into<PerGroup<f64>>) -> CyclicLr {
        self.momentum = Some((base.into(), max.into()));
        self
    }

    fn options(&self) -> Result<sys::tw_cyclic_options> {
        // SAFETY: the structure is plain numbers and pointers, for which 0 is a value.
        let mut options: sys::tw_cyclic_options = unsafe { std::mem::zeroed() };
        // SAFETY: the structure has the size that is said.
        call::check(unsafe { sys::tw_cyclic_options_init(&mut options, std::mem::size_of_val(&options)) })?;
        options.cycle_momentum = self.cycle_momentum.into();
        options.step_size_up = self.step_size_up;
        options.step_size_down = self.step_size_down.unwrap_or(options.step_size_down);
        options.gamma = self.gamma;
        options.mode = match self.mode {
            CyclicMode::Triangular => sys::TW_CYCLIC_TRIANGULAR,
            CyclicMode::Triangular2 => sys::TW_CYCLIC_TRIANGULAR2,
            CyclicMode::ExpRange => sys::TW_CYCLIC_EXP_RANGE,
        };
        if let Some((base, max)) = &self.momentum {
            options.momentum_count = pair(base, max, "momentums")?;
            options.base_momentum = base.values().as_ptr();
            options.max_momentum = max.values().as_ptr();
        }
        Ok(options)
    }

    /// Makes the options the owner of the closure, so this comes last before the call that takes them.
    fn add_scale_fn(&self, options: &mut sys::tw_cyclic_options) {
        if let Some((mode, scale_fn)) = &self.scale_fn {
            options.mode = sys::TW_CYCLIC_CUSTOM;
            options.scale_mode = match mode {
                CyclicScaleMode::Cycle => sys::TW_CYCLIC_SCALE_CYCLE,
                CyclicScaleMode::Iterations => sys::TW_CYCLIC_SCALE_ITERATIONS,
            };
            let scale_fn = Arc::clone(scale_fn);
            own(options, move |x: f64, _group: usize| scale_fn(x));
        }
    }

    /// Binds it to an optimizer, whose rates are the schedule's from here on.
    ///
    /// [`Status::NotFound`](crate::Status::NotFound) where momentum is to be cycled, but the optimizer has neither momentum nor beta1.
    pub fn bind(&self, optimizer: &Optimizer) -> Result<LrScheduler> {
        let count = pair(&self.base_lrs, &self.max_lrs, "bounds of the rate")?;
        let mut options = self.options()?;
        self.add_scale_fn(&mut options);
        let (base, max) = (self.base_lrs.values().as_ptr(), self.max_lrs.values().as_ptr());
        // SAFETY: the optimizer is alive, the arrays are borrowed for the call; the closure is C's from here on.
        LrScheduler::create(|out| unsafe {
            sys::tw_lr_scheduler_cyclic(out, optimizer.raw(), base, count, max, &options)
        })
    }
}

fn own<F: Fn(f64, usize) -> f64 + Send + Sync + 'static>(options: &mut sys::tw_cyclic_options, function: F) {
    options.scale_fn = Some(number_of::<F, f64>);
    options.scale_context = call::context(function);
    options.scale_release = Some(call::release::<F>);
}

impl fmt::Debug for CyclicLr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CyclicLr")
            .field("base_lrs", &self.base_lrs)
            .field("max_lrs", &self.max_lrs)
            .field("step_size_up", &self.step_size_up)
            .field("step_size_down", &self.step_size_down)
            .field("mode", &self.mode)
            .field("gamma", &self.gamma)
            .field("scale_fn", &self.scale_fn.as_ref().map(|(mode, _)| mode))
            .field("cycle_momentum", &self.cycle_momentum)
            .field("momentum", &self.momentum)
            .finish()
    }
}
