//! Wrong arguments, wrong states, and use after the optimizer is gone.

mod support;

use support::Sgd;
use torch_warmup::schedules::*;
use torch_warmup::{Error, GroupOption, LrScheduler, Optimizer, Result, Status, Warmup};

#[track_caller]
fn refused<T>(result: Result<T>, status: Status, word: &str) {
    let error = result.err().expect("it was not refused");
    assert_eq!(error.status(), status, "{error}");
    assert!(error.message().contains(word), "{error} does not name {word}");
}

#[test]
fn arguments_that_no_schedule_takes_are_named() -> Result<()> {
    let optimizer = support::two_groups();
    refused(StepLr::new(0.0).bind(&optimizer), Status::Range, "step_size");
    refused(ExponentialLr::new(f64::NAN).bind(&optimizer), Status::Range, "gamma");
    refused(MultiStepLr::new([-1]).bind(&optimizer), Status::Range, "-1");
    refused(CyclicLr::new([0.1, 0.2, 0.3], [1.0, 1.0, 1.0]).bind(&optimizer), Status::Argument, "3");
    refused(CyclicLr::new([0.1, 0.2], 1.0).bind(&optimizer), Status::Argument, "2 lower");
    refused(OneCycleLr::new(0.1, 0).bind(&optimizer), Status::Range, "total_steps");
    refused(ReduceLrOnPlateau::new().factor(1.5).bind(&optimizer), Status::Range, "1.5");
    refused(Warmup::linear(&optimizer, [1, 2, 3]), Status::Argument, "3");
    refused(Warmup::radam_with(&optimizer, 0.5), Status::Range, "0.5");
    refused(Optimizer::rates([]), Status::Argument, "group");
    refused(Optimizer::rates([-0.1]), Status::Range, "-0.1");
    refused(Optimizer::rates_with_betas([0.1], []), Status::Argument, "0 groups");
    refused(optimizer.lr(2), Status::Range, "2");
    refused(optimizer.option(0, GroupOption::Momentum), Status::NotFound, "momentum");
    refused(LrScheduler::chained(&optimizer, vec![]), Status::Argument, "");
    Ok(())
}

#[test]
fn schedules_of_momentum_need_an_optimizer_that_has_it() -> Result<()> {
    let optimizer = Optimizer::rates([0.1])?;
    refused(OneCycleLr::new(0.1, 10).bind(&optimizer), Status::NotFound, "momentum");
    let sgd = Sgd::shared(&[0.1]);
    let optimizer = Optimizer::custom(sgd.clone())?;
    let mut cycle = OneCycleLr::new(1.0, 11).momentum(0.5, 0.75).pct_start(0.5).bind(&optimizer)?;
    assert_eq!(sgd.lock().unwrap().momenta, [0.75]);
    (0..4).try_for_each(|_| cycle.step())?;
    assert!(sgd.lock().unwrap().momenta[0] < 0.55);
    Ok(())
}

#[test]
fn a_warmup_on_dampened_rates_is_refused_until_the_first_is_detached() -> Result<()> {
    let optimizer = Optimizer::rates([1.0])?;
    let mut first = Warmup::linear(&optimizer, 4)?;
    refused(Warmup::linear(&optimizer, 4), Status::State, "warmup");
    refused(StepLr::new(1.0).bind(&optimizer), Status::State, "dampen");
    first.detach()?;
    assert_eq!(optimizer.lr(0)?, 1.0);
    refused(first.step(()), Status::State, "detached");
    assert_eq!(first.last_step()?, 0);
    Warmup::linear(&optimizer, 4)?;
    Ok(())
}

#[test]
fn a_rate_that_somebody_else_changed_is_told() -> Result<()> {
    let optimizer = Optimizer::rates([1.0])?;
    let mut warmup = Warmup::linear(&optimizer, 4)?;
    optimizer.set_lr(0, 0.7)?;
    refused(warmup.step(()), Status::State, "0.7");
    Ok(())
}

#[test]
fn schedulers_of_another_optimizer_are_refused() -> Result<()> {
    let (one, other) = (Optimizer::rates([1.0])?, Optimizer::rates([1.0])?);
    let mut scheduler = StepLr::new(1.0).bind(&one)?;
    let mut warmup = Warmup::linear(&other, 4)?;
    refused(warmup.step(&mut scheduler), Status::Argument, "optimizer");
    warmup.detach()?;
    refused(LrScheduler::chained(&other, vec![scheduler]), Status::Argument, "optimizer");
    Ok(())
}

#[test]
fn after_the_optimizer_is_detached_what_is_bound_is_refused_and_can_be_dropped() -> Result<()> {
    let sgd = Sgd::shared(&[0.2]);
    let optimizer = Optimizer::custom(sgd.clone())?;
    let mut steps = StepLr::new(5.0).bind(&optimizer)?;
    let mut warmup = Warmup::linear(&optimizer, 5)?;
    optimizer.detach()?;
    refused(warmup.step(&mut steps), Status::State, "detached");
    refused(steps.step(), Status::State, "");
    refused(optimizer.lrs(), Status::State, "detached");
    assert_eq!(warmup.undampened_lrs()?, [0.2]);
    assert_eq!(format!("{optimizer:?}"), "Optimizer { class_name: \"SGD\", lrs: [] }");
    drop((steps, warmup, optimizer));
    assert_eq!(std::sync::Arc::strong_count(&sgd), 1);
    Ok(())
}

#[test]
fn dropping_in_any_order_leaves_nothing_behind() -> Result<()> {
    for order in 0..6 {
        let sgd = Sgd::shared(&[0.2]);
        let optimizer = Optimizer::custom(sgd.clone())?;
        let steps = StepLr::new(5.0).bind(&optimizer)?;
        let warmup = Warmup::linear(&optimizer, 5)?;
        let mut objects: [Option<Box<dyn std::any::Any>>; 3] =
            [Some(Box::new(optimizer)), Some(Box::new(steps)), Some(Box::new(warmup))];
        for turn in [order % 3, (order + 1 + order / 3) % 3, (order + 2 - order / 3) % 3] {
            assert!(objects[turn].take().is_some());
        }
        assert_eq!(std::sync::Arc::strong_count(&sgd), 1, "order {order}");
        assert_eq!(sgd.lock().unwrap().lrs, [0.2 * (1.0 / 5.0)]);
    }
    Ok(())
}

#[test]
fn a_clone_goes_on_by_itself() -> Result<()> {
    let optimizer = Optimizer::rates([1.0])?;
    let mut scheduler = ExponentialLr::new(0.5).bind(&optimizer)?;
    scheduler.step()?;
    let other = Optimizer::rates([9.0])?;
    let mut copy = scheduler.clone_to(&other)?;
    assert_eq!(other.lr(0)?, 0.5);
    copy.step()?;
    assert_eq!((optimizer.lr(0)?, other.lr(0)?), (0.5, 0.25));
    let mut same = scheduler.clone();
    assert_eq!((same.last_epoch()?, same.base_lrs()?), (1.0, vec![1.0]));
    same.step()?;
    assert_eq!((scheduler.last_epoch()?, optimizer.lr(0)?), (1.0, 0.25));
    refused(scheduler.clone_to(&support::two_groups()), Status::Argument, "2");
    Ok(())
}

#[test]
fn a_state_of_another_schedule_is_refused() -> Result<()> {
    let optimizer = Optimizer::rates([1.0])?;
    let mut steps = StepLr::new(2.0).bind(&optimizer)?;
    let state = steps.state()?;
    refused(steps.set_state(&state[1..]), Status::Argument, "");
    steps.set_last_epoch_with(7.0, 0.3)?;
    assert_eq!((steps.last_epoch()?, optimizer.lr(0)?), (7.0, 0.3));
    refused(steps.set_last_epoch(-2.0), Status::Range, "-2");
    refused(steps.step_metric(1.0), Status::State, "metric");
    Ok(())
}

#[test]
fn an_error_is_an_error_of_rusts() {
    let error = Error::new(Status::Io, "no disk");
    let boxed: Box<dyn std::error::Error + Send + Sync> = Box::new(error.clone());
    assert_eq!(boxed.to_string(), "no disk");
    assert_eq!(Error::new(Status::Io, "").to_string(), "TW_ERROR_IO");
    assert_eq!(GroupOption::WeightDecay.to_string(), "weight_decay");
    assert_eq!(error.status(), Status::Io);
}
