//! Rates for an optimizer of another library.

mod support;

use support::{bits, csv, hexadecimal};
use torch_warmup::schedules::{CosineAnnealingLr, ExponentialLr, LambdaLr, StepLr};
use torch_warmup::{Error, RatePlan, Result, Status, Warmup};

fn plan() -> Result<RatePlan> {
    RatePlan::new([0.5, 0.1], |rates| {
        let schedulers = vec![ExponentialLr::new(0.9).bind(rates)?, StepLr::new(3.0).bind(rates)?];
        Ok((schedulers, Some(Warmup::untuned_linear_with(rates, [0.95, 0.99])?)))
    })
}

fn rates(plan: &RatePlan, rows: &[Vec<String>], row: usize) -> Result<()> {
    let expected = [hexadecimal(&rows[row][1]), hexadecimal(&rows[row][2])];
    assert_eq!(bits(&plan.lrs()?), bits(&expected), "row {row}");
    Ok(())
}

#[test]
fn a_plan_and_its_clones_and_restored_ones_follow_the_trace() -> Result<()> {
    let rows = csv("lr_traces/approach1_chaining.csv");
    let mut running = plan()?;
    for row in 0..rows.len() {
        rates(&running, &rows, row)?;
        let mut copy = running.clone();
        let mut restored = plan()?;
        restored.set_state(&running.state()?)?;
        for ahead in row..(row + 4).min(rows.len()) {
            rates(&copy, &rows, ahead)?;
            rates(&restored, &rows, ahead)?;
            copy.step()?;
            restored.step()?;
        }
        rates(&running, &rows, row)?;
        running.step()?;
    }
    Ok(())
}

#[test]
fn a_plan_hands_each_group_its_rate() -> Result<()> {
    let (plan, mut seen) = (plan()?, Vec::new());
    plan.for_each_lr(|group, lr| seen.push((group, lr)))?;
    assert_eq!(seen, [(0, plan.lr(0)?), (1, plan.lr(1)?)]);
    Ok(())
}

#[test]
fn a_plan_without_a_warmup_and_one_without_schedulers_work() -> Result<()> {
    let mut alone = RatePlan::new([1.0], |rates| Ok((vec![StepLr::new(1.0).bind(rates)?], None)))?;
    assert_eq!(alone.preview(3)?, [[1.0], [0.1], [0.1 * 0.1]]);
    alone.step()?;
    assert_eq!(alone.clone().lrs()?, [0.1]);
    let mut warmed = RatePlan::new([1.0], |rates| Ok((vec![], Some(Warmup::linear(rates, 2)?))))?;
    warmed.step()?;
    assert_eq!(warmed.lrs()?, [1.0]);
    Ok(())
}

#[test]
fn a_plan_refuses_what_does_not_fit() -> Result<()> {
    let mut plan = plan()?;
    let state = plan.state()?;
    for wrong in [&state[1..], &[&state[..], &[0.0]].concat()[..], &[]] {
        assert_eq!(plan.set_state(wrong).unwrap_err().status(), Status::Argument);
    }
    assert_eq!(plan.state()?, state);
    let failing = RatePlan::new([1.0], |_| Err(Error::new(Status::Cancelled, "no plan")));
    assert_eq!(failing.unwrap_err().message(), "no plan");
    let none = RatePlan::new([], |rates| Ok((vec![CosineAnnealingLr::new(1.0).bind(rates)?], None)));
    assert_eq!(none.unwrap_err().status(), Status::Argument);
    Ok(())
}

#[test]
fn a_plan_is_sent_to_another_thread() -> Result<()> {
    let mut plan =
        RatePlan::new([1.0], |rates| Ok((vec![LambdaLr::new(|epoch, _| 1.0 / (1.0 + epoch)).bind(rates)?], None)))?;
    let after = std::thread::spawn(move || plan.step().and_then(|()| plan.lr(0))).join().unwrap()?;
    assert_eq!(after, 0.5);
    Ok(())
}
