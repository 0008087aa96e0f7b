//! A schedule of a metric.

use torch_warmup_sys as sys;

use crate::call;
use crate::error::Result;
use crate::lr_scheduler::LrScheduler;
use crate::optimizer::Optimizer;
use crate::per_group::PerGroup;

/// Whether a metric gets better by falling or by rising.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlateauMode {
    /// By falling, as a loss.
    Min,
    /// By rising, as an accuracy.
    Max,
}

/// Whether a threshold is a share of the best value or a distance from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlateauThresholdMode {
    /// A share.
    Rel,
    /// A distance.
    Abs,
}

/// Lets the rate fall when a metric has stopped getting better, as PyTorch's `ReduceLROnPlateau`. It is stepped by
/// [`LrScheduler::step_metric`] and in no other way.
///
/// ```
/// use torch_warmup::schedules::ReduceLrOnPlateau;
/// use torch_warmup::Optimizer;
///
/// let optimizer = Optimizer::rates([0.1])?;
/// let mut scheduler = ReduceLrOnPlateau::new().patience(1).factor(0.5).bind(&optimizer)?;
/// for loss in [1.0, 1.0, 1.0] {
///     scheduler.step_metric(loss)?;
/// }
/// assert_eq!(optimizer.lr(0)?, 0.05);
/// # Ok::<(), torch_warmup::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ReduceLrOnPlateau {
    mode: PlateauMode,
    threshold_mode: PlateauThresholdMode,
    factor: f64,
    patience: i64,
    threshold: f64,
    cooldown: i64,
    min_lr: PerGroup<f64>,
    eps: f64,
}

impl Default for ReduceLrOnPlateau {
    fn default() -> Self {
        ReduceLrOnPlateau::new()
    }
}

impl ReduceLrOnPlateau {
    /// PyTorch's defaults.
    pub fn new() -> ReduceLrOnPlateau {
        ReduceLrOnPlateau {
            mode: PlateauMode::Min,
            threshold_mode: PlateauThresholdMode::Rel,
            factor: 0.1,
            patience: 10,
            threshold: 1e-4,
            cooldown: 0,
            min_lr: PerGroup::default(),
            eps: 1e-8,
        }
    }

    /// Default [`PlateauMode::Min`].
    #[must_use]
    pub fn mode(mut self, mode: PlateauMode) -> Self {
        self.mode = mode;
        self
    }

    /// Default [`PlateauThresholdMode::Rel`].
    #[must_use]
    pub fn threshold_mode(mut self, mode: PlateauThresholdMode) -> Self {
        self.threshold_mode = mode;
        self
    }

    /// What the rate is multiplied by, in [0, 1); default 0.1.
    #[must_use]
    pub fn factor(mut self, factor: f64) -> Self {
        self.factor = factor;
        self
    }

    /// Epochs without a better metric that are let pass; default 10.
    #[must_use]
    pub fn patience(mut self, epochs: i64) -> Self {
        self.patience = epochs;
        self
    }

    /// By how much a metric must be better to count; default 1e-4.
    #[must_use]
    pub fn threshold(mut self, threshold: f64) -> Self {
        self.threshold = threshold;
        self
    }

    /// Epochs after a fall in which none counts as bad; default 0.
    #[must_use]
    pub fn cooldown(mut self, epochs: i64) -> Self {
        self.cooldown = epochs;
        self
    }

    /// Rates that are not fallen below, the same for every group or one a group; default 0.
    #[must_use]
    pub fn min_lr(mut self, lrs: impl Into<PerGroup<f64>>) -> Self {
        self.min_lr = lrs.into();
        self
    }

    /// A smaller fall than this is left out; default 1e-8.
    #[must_use]
    pub fn eps(mut self, eps: f64) -> Self {
        self.eps = eps;
        self
    }

    fn options(&self) -> Result<sys::tw_reduce_on_plateau_options> {
        // SAFETY: the structure is plain numbers and pointers, for which 0 is a value.
        let mut options: sys::tw_reduce_on_plateau_options = unsafe { std::mem::zeroed() };
        // SAFETY: the structure has the size that is said.
        call::check(unsafe { sys::tw_reduce_on_plateau_options_init(&mut options, std::mem::size_of_val(&options)) })?;
        options.mode = match self.mode {
            PlateauMode::Min => sys::TW_PLATEAU_MIN,
            PlateauMode::Max => sys::TW_PLATEAU_MAX,
        };
        options.threshold_mode = match self.threshold_mode {
            PlateauThresholdMode::Rel => sys::TW_PLATEAU_THRESHOLD_REL,
            PlateauThresholdMode::Abs => sys::TW_PLATEAU_THRESHOLD_ABS,
        };
        options.factor = self.factor;
        options.patience = self.patience;
        options.threshold = self.threshold;
        options.cooldown = self.cooldown;
        options.eps = self.eps;
        options.min_lr_count = self.min_lr.values().len();
        options.min_lr = self.min_lr.values().as_ptr();
        Ok(options)
    }

    /// Binds it to an optimizer, whose rates are the schedule's from here on.
    pub fn bind(&self, optimizer: &Optimizer) -> Result<LrScheduler> {
        let options = self.options()?;
        // SAFETY: the optimizer is alive, the array is borrowed for the call.
        LrScheduler::create(|out| unsafe { sys::tw_lr_scheduler_reduce_on_plateau(out, optimizer.raw(), &options) })
    }
}
