//! For training with burn: a [`RatePlan`] as its learning-rate scheduler.

use burn_core::tensor::backend::Backend;
use burn_optim::lr_scheduler::LrScheduler;

use crate::error::Result;
use crate::plan::{Parts, RatePlan};
use crate::Optimizer;

/// A learning-rate scheduler of burn's, for its `Learner` or a loop of your own.
///
/// ```
/// use burn_optim::lr_scheduler::LrScheduler;
/// use torch_warmup::burn::PlanLrScheduler;
/// use torch_warmup::{schedules::StepLr, Warmup};
///
/// let mut scheduler = PlanLrScheduler::new(0.1, |rates| {
///     Ok((vec![StepLr::new(30.0).bind(rates)?], Some(Warmup::linear(rates, 2)?)))
/// })?;
/// assert_eq!((scheduler.step(), scheduler.step(), scheduler.step()), (0.05, 0.1, 0.1));
/// # Ok::<(), torch_warmup::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct PlanLrScheduler {
    plan: RatePlan,
    /// burn asks for the first rate by a step.
    begun: bool,
}

impl PlanLrScheduler {
    /// The highest rate, and a function that makes the schedulers and the warmup, called here and once for each clone.
    pub fn new(
        lr: f64,
        build: impl Fn(&Optimizer) -> Result<Parts> + Send + Sync + 'static,
    ) -> Result<PlanLrScheduler> {
        RatePlan::new([lr], build).map(PlanLrScheduler::from)
    }

    /// The plan whose rates it gives.
    pub fn plan(&self) -> &RatePlan {
        &self.plan
    }
}

/// Of a plan of one group, that has not been stepped.
impl From<RatePlan> for PlanLrScheduler {
    fn from(plan: RatePlan) -> PlanLrScheduler {
        PlanLrScheduler { plan, begun: false }
    }
}

/// What burn's trait has no result for panics: a schedule that has ended, a closure of yours that failed, a record of another
/// plan.
impl LrScheduler for PlanLrScheduler {
    type Record<B: Backend> = Vec<f64>;

    fn step(&mut self) -> f64 {
        let stepped = if self.begun { self.plan.step() } else { Ok(()) };
        self.begun = true;
        stepped.and_then(|()| self.plan.lr(0)).unwrap_or_else(|error| panic!("the learning rate's next step: {error}"))
    }

    fn to_record<B: Backend>(&self) -> Vec<f64> {
        let state = self.plan.state().unwrap_or_else(|error| panic!("the learning rate's state: {error}"));
        std::iter::once(f64::from(u8::from(self.begun))).chain(state).collect()
    }

    fn load_record<B: Backend>(mut self, record: Vec<f64>) -> PlanLrScheduler {
        let (begun, state) = record.split_first().expect("the learning rate's record is empty");
        self.begun = *begun != 0.0;
        self.plan.set_state(state).unwrap_or_else(|error| panic!("the learning rate's record: {error}"));
        self
    }
}
