//! Many threads, and rounds enough for a leak to show.

mod support;

use std::fs;
use std::sync::mpsc;
use std::thread;

use support::Sgd;
use torch_warmup::schedules::{ConstantLr, ExponentialLr, LambdaLr};
use torch_warmup::{LrScheduler, Optimizer, Result, Warmup};

#[test]
fn objects_may_be_sent_and_shared() {
    fn anywhere<T: Send + Sync>() {}
    anywhere::<Optimizer>();
    anywhere::<LrScheduler>();
    anywhere::<Warmup>();
    anywhere::<torch_warmup::Error>();
}

/// Each thread halves and doubles, so whatever the order the rate comes back.
#[test]
fn many_threads_step_schedulers_of_one_optimizer_and_no_step_is_lost() -> Result<()> {
    const THREADS: usize = 8;
    const ROUNDS: usize = 500;
    let sgd = Sgd::shared(&[1.0]);
    let optimizer = Optimizer::custom(sgd.clone())?;
    thread::scope(|scope| {
        for _ in 0..THREADS {
            let mut half = ExponentialLr::new(0.5).bind(&optimizer).unwrap();
            let mut double = ExponentialLr::new(2.0).bind(&optimizer).unwrap();
            let reader = optimizer.clone();
            scope.spawn(move || {
                for _ in 0..ROUNDS {
                    half.step().unwrap();
                    assert!(reader.lr(0).unwrap() <= 1.0);
                    double.step().unwrap();
                }
                assert_eq!(half.last_epoch().unwrap(), ROUNDS as f64);
            });
        }
    });
    assert_eq!(optimizer.lr(0)?, 1.0);
    Ok(())
}

/// A failure's message is its thread's own.
#[test]
fn each_thread_gets_its_own_failures() {
    thread::scope(|scope| {
        for group in 1..9 {
            scope.spawn(move || {
                let optimizer = Optimizer::rates([1.0]).unwrap();
                for _ in 0..500 {
                    let error = optimizer.lr(100 + group).unwrap_err();
                    assert!(error.message().contains(&(100 + group).to_string()), "{error}");
                }
            });
        }
    });
}

/// What a collector would do: handles are dropped by another thread, long after, in whatever order.
#[test]
fn handles_dropped_late_by_another_thread_leave_a_living_optimizer_alone() -> Result<()> {
    let (to_collector, garbage) = mpsc::channel::<(Warmup, LrScheduler)>();
    let collector = thread::spawn(move || garbage.into_iter().count());
    let sgd = Sgd::shared(&[1.0]);
    let optimizer = Optimizer::custom(sgd.clone())?;
    for round in 0..1000 {
        let scheduler = ConstantLr::new().factor(1.0).bind(&optimizer)?;
        let mut warmup = Warmup::linear(&optimizer, 2)?;
        assert_eq!(sgd.lock().unwrap().lrs, [0.5], "round {round}");
        warmup.detach()?;
        to_collector.send((warmup, scheduler)).unwrap();
    }
    drop(to_collector);
    assert_eq!(collector.join().unwrap(), 1000);
    assert_eq!(sgd.lock().unwrap().lrs, [1.0]);
    Ok(())
}

fn resident_kilobytes() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn round() -> Result<()> {
    let optimizer = Optimizer::custom(Sgd::shared(&[0.1, 0.2]))?;
    let lambda = LambdaLr::new(|epoch, _| 1.0 / (1.0 + epoch)).bind(&optimizer)?;
    let mut both = LrScheduler::chained(&optimizer, vec![lambda.clone(), lambda])?;
    let mut warmup = Warmup::custom(&optimizer, |step, _| (step as f64 / 4.0).min(1.0))?;
    warmup.step(&mut both)?;
    both.set_state(&both.state()?)?;
    warmup.preview(&mut both, 3)?;
    assert!(optimizer.lr(7).is_err());
    Ok(())
}

#[test]
fn memory_is_flat_over_ten_thousand_rounds() -> Result<()> {
    (0..1000).try_for_each(|_| round())?;
    let before = resident_kilobytes();
    (0..10_000).try_for_each(|_| round())?;
    if let (Some(before), Some(after)) = (before, resident_kilobytes()) {
        // One leaked closure of 8 bytes a round would be 80 kB, a handle over 1 MB; other tests of this program run beside.
        assert!(after < before + 2048, "{before} kB became {after}");
    }
    Ok(())
}
