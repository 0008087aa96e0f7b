//! Rates for an optimizer of another library: numbers alone, with what schedules them.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::error::{Error, Result, Status};
use crate::lr_scheduler::LrScheduler;
use crate::optimizer::Optimizer;
use crate::warmup::{Warmup, WarmupState};

/// What sets the rates: schedulers in their order, and a warmup, made after them.
pub type Parts = (Vec<LrScheduler>, Option<Warmup>);

type Build = Arc<dyn Fn(&Optimizer) -> Result<Parts> + Send + Sync>;

/// The learning rates of an optimizer of another library, warmed up and scheduled: a shadow ([`Optimizer::rates`]) and what is
/// bound to it, in one object that is stepped, cloned and saved as a whole.
///
/// Before each step of that optimizer, or after the one before, hand it the rates:
///
/// ```
/// use torch_warmup::{schedules::CosineAnnealingLr, RatePlan, Warmup};
///
/// struct Adam { lr: f64 } // another library's
///
/// let steps = 100;
/// let mut adam = Adam { lr: 0.0 };
/// let mut plan = RatePlan::new([0.01], move |rates| {
///     let cosine = CosineAnnealingLr::new(steps as f64).bind(rates)?;
///     Ok((vec![cosine], Some(Warmup::untuned_linear_with(rates, 0.99)?)))
/// })?;
/// for _ in 0..steps {
///     plan.for_each_lr(|_group, lr| adam.lr = lr)?;
///     // adam's own step
///     plan.step()?;
/// }
/// # Ok::<(), torch_warmup::Error>(())
/// ```
pub struct RatePlan {
    rates: Vec<f64>,
    build: Build,
    optimizer: Optimizer,
    schedulers: Vec<LrScheduler>,
    warmup: Option<Warmup>,
}

impl RatePlan {
    /// The rates, one a parameter group, and a function that makes the schedulers and the warmup. It is called here, and once
    /// for each clone.
    pub fn new(
        rates: impl AsRef<[f64]>,
        build: impl Fn(&Optimizer) -> Result<Parts> + Send + Sync + 'static,
    ) -> Result<RatePlan> {
        RatePlan::build(rates.as_ref().to_vec(), Arc::new(build))
    }

    fn build(rates: Vec<f64>, build: Build) -> Result<RatePlan> {
        let optimizer = Optimizer::rates(&rates)?;
        let (schedulers, warmup) = build(&optimizer)?;
        Ok(RatePlan { rates, build, optimizer, schedulers, warmup })
    }

    /// Goes on to the next step: under the warmup where there is one, each scheduler in its order.
    pub fn step(&mut self) -> Result<()> {
        match &mut self.warmup {
            Some(warmup) => warmup.step(&mut self.schedulers),
            None => self.schedulers.iter_mut().try_for_each(LrScheduler::step),
        }
    }

    /// The rates of the next steps, a row a step. Row 0 has the present ones.
    pub fn preview(&mut self, steps: usize) -> Result<Vec<Vec<f64>>> {
        match &mut self.warmup {
            Some(warmup) => warmup.preview(&mut self.schedulers, steps),
            None => LrScheduler::preview(&mut self.schedulers, steps),
        }
    }

    /// The whole state as plain numbers, for a file of your own: of the warmup, then of each scheduler.
    pub fn state(&self) -> Result<Vec<f64>> {
        let mut state = Vec::new();
        if let Some(warmup) = &self.warmup {
            let WarmupState { last_step, undampened_lrs } = warmup.state()?;
            // Steps end at 2^53, so the conversion is exact.
            state.push(last_step as f64);
            state.extend(undampened_lrs);
        }
        for scheduler in &self.schedulers {
            state.extend(scheduler.state()?);
        }
        Ok(state)
    }

    /// Puts back what [`RatePlan::state`] gave, for a plan made in the same way.
    pub fn set_state(&mut self, state: &[f64]) -> Result<()> {
        let mut rest = state;
        let warmup = match &self.warmup {
            Some(_) => Some(WarmupState {
                last_step: take(&mut rest, 1)?[0] as i64,
                undampened_lrs: take(&mut rest, self.rates.len())?.to_vec(),
            }),
            None => None,
        };
        let mut states = Vec::new();
        for scheduler in &self.schedulers {
            states.push(take(&mut rest, scheduler.state()?.len())?);
        }
        if !rest.is_empty() {
            return Err(wrong_length(state.len()));
        }
        for (scheduler, state) in self.schedulers.iter_mut().zip(states) {
            scheduler.set_state(state)?;
        }
        match (&mut self.warmup, warmup) {
            (Some(warmup), Some(state)) => warmup.set_state(&state),
            _ => Ok(()),
        }
    }

    /// As [`Clone::clone`], which panics where this fails: where the function that makes the parts does.
    pub fn try_clone(&self) -> Result<RatePlan> {
        let mut copy = RatePlan::build(self.rates.clone(), Arc::clone(&self.build))?;
        copy.set_state(&self.state()?)?;
        Ok(copy)
    }
}

fn wrong_length(length: usize) -> Error {
    Error::new(Status::Argument, format!("the state has {length} numbers; that of this plan has another number"))
}

/// The first numbers of what is left.
fn take<'a>(rest: &mut &'a [f64], count: usize) -> Result<&'a [f64]> {
    if rest.len() < count {
        return Err(wrong_length(rest.len()));
    }
    let (first, others) = rest.split_at(count);
    *rest = others;
    Ok(first)
}

/// A copy that goes on by itself.
impl Clone for RatePlan {
    fn clone(&self) -> RatePlan {
        self.try_clone().unwrap_or_else(|error| panic!("a plan of rates cannot be cloned: {error}"))
    }
}

/// The rates are those of the optimizer that holds them.
impl Deref for RatePlan {
    type Target = Optimizer;

    fn deref(&self) -> &Optimizer {
        &self.optimizer
    }
}

impl fmt::Debug for RatePlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RatePlan")
            .field("lrs", &self.optimizer.lrs().unwrap_or_default())
            .field("schedulers", &self.schedulers)
            .field("warmup", &self.warmup)
            .finish()
    }
}
