//! Rates that rise once and then fall.

use torch_warmup_sys as sys;

use crate::call;
use crate::error::{Error, Result, Status};
use crate::lr_scheduler::LrScheduler;
use crate::optimizer::Optimizer;
use crate::per_group::PerGroup;

/// How many there are of both, for C takes one count.
pub(super) fn pair(base: &PerGroup<f64>, max: &PerGroup<f64>, of: &str) -> Result<usize> {
    let (base, max) = (base.values().len(), max.values().len());
    if base != max {
        return Err(Error::new(Status::Argument, format!("there are {base} lower {of} and {max} upper ones")));
    }
    Ok(base)
}

/// How [`OneCycleLr`] goes from one rate to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OneCycleAnneal {
    /// Along half a cosine.
    Cos,
    /// Straight.
    Linear,
}

/// Lets the rates rise once to `max_lrs` and then fall far below the first, as PyTorch's `OneCycleLR`; momentum, or the first
/// beta, goes the other way.
#[derive(Debug, Clone, PartialEq)]
pub struct OneCycleLr {
    max_lrs: PerGroup<f64>,
    total_steps: i64,
    pct_start: f64,
    anneal_strategy: OneCycleAnneal,
    cycle_momentum: bool,
    momentum: Option<(PerGroup<f64>, PerGroup<f64>)>,
    div_factor: f64,
    final_div_factor: f64,
    three_phase: bool,
}

impl OneCycleLr {
    /// The highest rates, the same for every group or one a group, and how many steps there are in all.
    pub fn new(max_lrs: impl Into<PerGroup<f64>>, total_steps: i64) -> OneCycleLr {
        OneCycleLr {
            max_lrs: max_lrs.into(),
            total_steps,
            pct_start: 0.3,
            anneal_strategy: OneCycleAnneal::Cos,
            cycle_momentum: true,
            momentum: None,
            div_factor: 25.0,
            final_div_factor: 1e4,
            three_phase: false,
        }
    }

    /// The share of the steps in which the rate rises, in [0, 1]; default 0.3.
    #[must_use]
    pub fn pct_start(mut self, share: f64) -> OneCycleLr {
        self.pct_start = share;
        self
    }

    /// Default [`OneCycleAnneal::Cos`].
    #[must_use]
    pub fn anneal_strategy(mut self, strategy: OneCycleAnneal) -> OneCycleLr {
        self.anneal_strategy = strategy;
        self
    }

    /// Whether momentum is cycled; default true.
    #[must_use]
    pub fn cycle_momentum(mut self, cycle_momentum: bool) -> OneCycleLr {
        self.cycle_momentum = cycle_momentum;
        self
    }

    /// The bounds of the momentum, base and max, as many of each; default 0.85 and 0.95.
    #[must_use]
    pub fn momentum(mut self, base: impl Into<PerGroup<f64>>, max: impl Into<PerGroup<f64>>) -> OneCycleLr {
        self.momentum = Some((base.into(), max.into()));
        self
    }

    /// The first rate is the highest one divided by this; default 25.
    #[must_use]
    pub fn div_factor(mut self, factor: f64) -> OneCycleLr {
        self.div_factor = factor;
        self
    }

    /// The last rate is the first one divided by this; default 1e4.
    #[must_use]
    pub fn final_div_factor(mut self, factor: f64) -> OneCycleLr {
        self.final_div_factor = factor;
        self
    }

    /// Down to the first rate as fast as up, then to the last; default false.
    #[must_use]
    pub fn three_phase(mut self, three_phase: bool) -> OneCycleLr {
        self.three_phase = three_phase;
        self
    }

    fn options(&self) -> Result<sys::tw_one_cycle_options> {
        // SAFETY: the structure is plain numbers and pointers, for which 0 is a value.
        let mut options: sys::tw_one_cycle_options = unsafe { std::mem::zeroed() };
        // SAFETY: the structure has the size that is said.
        call::check(unsafe { sys::tw_one_cycle_options_init(&mut options, std::mem::size_of_val(&options)) })?;
        options.cycle_momentum = self.cycle_momentum.into();
        options.pct_start = self.pct_start;
        options.three_phase = self.three_phase.into();
        options.div_factor = self.div_factor;
        options.final_div_factor = self.final_div_factor;
        options.anneal_strategy = match self.anneal_strategy {
            OneCycleAnneal::Cos => sys::TW_ONE_CYCLE_ANNEAL_COS,
            OneCycleAnneal::Linear => sys::TW_ONE_CYCLE_ANNEAL_LINEAR,
        };
        if let Some((base, max)) = &self.momentum {
            options.momentum_count = pair(base, max, "momentums")?;
            options.base_momentum = base.values().as_ptr();
            options.max_momentum = max.values().as_ptr();
        }
        Ok(options)
    }

    /// Binds it to an optimizer, whose rates are the schedule's from here on.
    ///
    /// [`Status::NotFound`] where momentum is to be cycled, but the optimizer has neither momentum nor beta1.
    pub fn bind(&self, optimizer: &Optimizer) -> Result<LrScheduler> {
        let options = self.options()?;
        let lrs = self.max_lrs.values();
        // SAFETY: the optimizer is alive, the arrays are borrowed for the call.
        LrScheduler::create(|out| unsafe {
            sys::tw_lr_scheduler_one_cycle(out, optimizer.raw(), lrs.as_ptr(), lrs.len(), self.total_steps, &options)
        })
    }
}
