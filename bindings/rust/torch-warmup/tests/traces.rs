//! Every trace of the reference values, bit for bit: what PyTorch and pytorch_warmup gave.

mod support;

use std::collections::BTreeSet;
use std::fs;

use support::{bits, csv, fixtures, hexadecimal, two_groups, two_groups_with, Sgd};
use torch_warmup::schedules::*;
use torch_warmup::{LrScheduler, Optimizer, Result, Warmup};

/// The rates of a trace; row 0 is before any step.
struct Trace {
    name: &'static str,
    rows: Vec<Vec<f64>>,
}

impl Trace {
    fn read(name: &'static str) -> Trace {
        let rows = csv(&format!("lr_traces/{name}.csv"));
        Trace { name, rows: rows.iter().map(|row| row[1..].iter().map(|word| hexadecimal(word)).collect()).collect() }
    }

    fn check(&self, row: usize, optimizer: &Optimizer) -> Result<()> {
        assert_eq!(bits(&optimizer.lrs()?), bits(&self.rows[row]), "{} row {row}", self.name);
        Ok(())
    }

    fn follow(&self, optimizer: &Optimizer, mut next: impl FnMut(usize) -> Result<()>) -> Result<()> {
        self.check(0, optimizer)?;
        for row in 1..self.rows.len() {
            next(row)?;
            self.check(row, optimizer)?;
        }
        Ok(())
    }

    fn steps(&self, bind: impl FnOnce(&Optimizer) -> Result<LrScheduler>) -> Result<()> {
        let optimizer = two_groups();
        let mut scheduler = bind(&optimizer)?;
        self.follow(&optimizer, |_| scheduler.step())
    }

    fn cosine_and(&self, warm: impl FnOnce(&Optimizer) -> Result<Warmup>) -> Result<()> {
        let optimizer = two_groups_with(0.95, 0.99);
        let mut cosine = CosineAnnealingLr::new(150.0).eta_min(1e-5).bind(&optimizer)?;
        let mut warmup = warm(&optimizer)?;
        self.follow(&optimizer, |_| warmup.step(&mut cosine))
    }
}

/// Of step i of the plateau traces.
fn metric(i: usize) -> f64 {
    const LIST: [f64; 20] =
        [1., 0.9, 0.8, 0.8, 0.8, 0.8, 0.79999, 0.8, 0.8, 0.8, 0.8, 0.8, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6];
    LIST[i % 20] * if i >= 20 { 0.99 } else { 1.0 }
}

fn plateau_min(trace: &Trace) -> Result<()> {
    let optimizer = two_groups();
    let mut plateau = ReduceLrOnPlateau::new().patience(3).cooldown(2).bind(&optimizer)?;
    trace.follow(&optimizer, |row| plateau.step_metric(metric(row - 1)))
}

fn plateau_max(trace: &Trace) -> Result<()> {
    let optimizer = two_groups();
    let mut plateau = ReduceLrOnPlateau::new()
        .mode(PlateauMode::Max)
        .factor(0.5)
        .patience(2)
        .threshold(0.05)
        .threshold_mode(PlateauThresholdMode::Abs)
        .min_lr([0.01, 0.002])
        .bind(&optimizer)?;
    trace.follow(&optimizer, |row| plateau.step_metric(-metric(row - 1)))
}

fn fractional(trace: &Trace) -> Result<()> {
    let optimizer = two_groups();
    let mut restarts = CosineAnnealingWarmRestarts::new(2).t_mult(2).bind(&optimizer)?;
    trace.follow(&optimizer, |row| restarts.step_at(row as f64 / 8.0))
}

fn sequential(optimizer: &Optimizer) -> Result<LrScheduler> {
    let rise = LinearLr::new().start_factor(0.1).total_iters(10.0).bind(optimizer)?;
    let fall = CosineAnnealingLr::new(40.0).bind(optimizer)?;
    LrScheduler::sequential(optimizer, vec![rise, fall], &[10])
}

fn chained(optimizer: &Optimizer) -> Result<LrScheduler> {
    let constant = ConstantLr::new().factor(0.1).total_iters(8.0).bind(optimizer)?;
    let exponential = ExponentialLr::new(0.9).bind(optimizer)?;
    LrScheduler::chained(optimizer, vec![constant, exponential])
}

fn chaining(trace: &Trace) -> Result<()> {
    let optimizer = two_groups_with(0.95, 0.99);
    let mut exponential = ExponentialLr::new(0.9).bind(&optimizer)?;
    let mut steps = StepLr::new(3.0).bind(&optimizer)?;
    let mut warmup = Warmup::untuned_linear(&optimizer)?;
    trace.follow(&optimizer, |_| warmup.step([&mut exponential, &mut steps]))
}

fn delayed_cosine(trace: &Trace) -> Result<()> {
    let optimizer = two_groups();
    let mut cosine = CosineAnnealingLr::new(80.0).bind(&optimizer)?;
    let mut warmup = Warmup::linear(&optimizer, 20)?;
    trace.follow(&optimizer, |_| {
        let begun = warmup.last_step()? + 1 >= 20;
        warmup.step(begun.then_some(&mut cosine))
    })
}

fn per_epoch(trace: &Trace) -> Result<()> {
    let optimizer = two_groups_with(0.95, 0.99);
    let mut steps = MultiStepLr::new([3, 6]).bind(&optimizer)?;
    let mut warmup = Warmup::untuned_linear(&optimizer)?;
    trace.follow(&optimizer, |row| warmup.step((row % 8 == 0).then_some(&mut steps)))
}

/// Eight steps an epoch: the warmup takes the first three, and the restarts begin with the last step before row 25.
fn warm_restarts_by_fractions(trace: &Trace) -> Result<()> {
    let optimizer = two_groups();
    let mut restarts = CosineAnnealingWarmRestarts::new(4).t_mult(2).bind(&optimizer)?;
    let mut warmup = Warmup::linear(&optimizer, 24)?;
    trace.follow(&optimizer, |row| {
        warmup.dampening(|| if row > 24 { restarts.step_at((row - 25) as f64 / 8.0) } else { Ok(()) })
    })
}

fn warmup_alone(trace: &Trace, warm: impl FnOnce(&Optimizer) -> Result<Warmup>) -> Result<()> {
    let optimizer = two_groups();
    let mut warmup = warm(&optimizer)?;
    trace.follow(&optimizer, |_| warmup.step(()))
}

/// Over an optimizer of the caller's own, which has the rates in the end.
fn sgd_lambda(trace: &Trace) -> Result<()> {
    let sgd = Sgd::shared(&[0.5, 0.1]);
    let optimizer = Optimizer::custom(sgd.clone())?;
    let mut lambda = LambdaLr::new(|_, _| 1.0).bind(&optimizer)?;
    let mut warmup = Warmup::linear(&optimizer, 5)?;
    trace.follow(&optimizer, |_| warmup.step(&mut lambda))?;
    assert_eq!(bits(&sgd.lock().unwrap().lrs), bits(trace.rows.last().unwrap()));
    Ok(())
}

fn closed_form(trace: &Trace) -> Result<()> {
    let optimizer = two_groups_with(0.95, 0.99);
    let mut cosine = CosineAnnealingLr::new(60.0).eta_min(1e-5).bind(&optimizer)?;
    let mut warmup = Warmup::untuned_linear(&optimizer)?;
    trace.follow(&optimizer, |_| {
        cosine.step_at(cosine.last_epoch()? + 1.0)?;
        warmup.dampen()
    })
}

fn closed_form_first(trace: &Trace) -> Result<()> {
    let optimizer = two_groups_with(0.95, 0.99);
    let mut steps = MultiStepLr::new([3]).bind(&optimizer)?;
    let mut warmup = Warmup::untuned_linear(&optimizer)?;
    warmup.set_last_step(-1)?;
    for row in 0..trace.rows.len() {
        steps.step_at((row / 8) as f64)?;
        warmup.dampen()?;
        trace.check(row, &optimizer)?;
    }
    Ok(())
}

/// Saved at every row, and gone on with in objects made anew.
fn resumed(trace: &Trace) -> Result<()> {
    let make = || -> Result<_> {
        let optimizer = two_groups_with(0.95, 0.99);
        let cosine = CosineAnnealingLr::new(60.0).bind(&optimizer)?;
        let warmup = Warmup::radam(&optimizer)?;
        Ok((optimizer, cosine, warmup))
    };
    let (mut optimizer, mut cosine, mut warmup) = make()?;
    for row in 0..trace.rows.len() {
        if row > 0 {
            warmup.step(&mut cosine)?;
        }
        trace.check(row, &optimizer)?;
        let (schedule, warm) = (cosine.state()?, warmup.state()?);
        let (next, mut next_cosine, mut next_warmup) = make()?;
        next_warmup.set_state(&warm)?;
        next_cosine.set_state(&schedule)?;
        (optimizer, cosine, warmup) = (next, next_cosine, next_warmup);
        trace.check(row, &optimizer)?;
    }
    Ok(())
}

type Follow = fn(&Trace) -> Result<()>;

const TRACES: &[(&str, Follow)] = &[
    ("step_lr", |t| t.steps(|o| StepLr::new(7.0).bind(o))),
    ("multi_step_lr", |t| t.steps(|o| MultiStepLr::new([5, 11, 11, 30]).bind(o))),
    ("constant_lr", |t| t.steps(|o| ConstantLr::new().bind(o))),
    ("linear_lr", |t| t.steps(|o| LinearLr::new().total_iters(10.0).bind(o))),
    ("exponential_lr", |t| t.steps(|o| ExponentialLr::new(0.9).bind(o))),
    ("polynomial_lr", |t| t.steps(|o| PolynomialLr::new().total_iters(20.0).bind(o))),
    ("cosine_annealing_lr", |t| t.steps(|o| CosineAnnealingLr::new(50.0).eta_min(1e-5).bind(o))),
    ("cosine_annealing_warm_restarts", |t| t.steps(|o| CosineAnnealingWarmRestarts::new(10).t_mult(2).bind(o))),
    ("cosine_annealing_warm_restarts_fractional", fractional),
    ("lambda_lr", |t| {
        let lambda = |epoch: f64, group| if group == 0 { 0.95f64.powf(epoch) } else { 1.0 / (1.0 + epoch) };
        t.steps(|o| LambdaLr::new(lambda).bind(o))
    }),
    ("multiplicative_lr", |t| t.steps(|o| MultiplicativeLr::new(|epoch, _| 0.9 + 0.005 * epoch).bind(o))),
    ("cyclic_lr_triangular", |t| {
        let cyclic = CyclicLr::new([0.01, 0.02], [0.1, 0.5]).step_size_up(8.0).step_size_down(12.0);
        t.steps(|o| cyclic.cycle_momentum(false).bind(o))
    }),
    ("cyclic_lr_triangular2", |t| {
        let cyclic = CyclicLr::new(0.01, 0.1).step_size_up(8.0).mode(CyclicMode::Triangular2);
        t.steps(|o| cyclic.cycle_momentum(false).bind(o))
    }),
    ("cyclic_lr_exp_range", |t| {
        let cyclic = CyclicLr::new(0.01, 0.1).step_size_up(8.0).mode(CyclicMode::ExpRange).gamma(0.99);
        t.steps(|o| cyclic.cycle_momentum(false).bind(o))
    }),
    ("one_cycle_lr_cos", |t| t.steps(|o| OneCycleLr::new([0.5, 0.1], 100).cycle_momentum(false).bind(o))),
    ("one_cycle_lr_linear_three_phase", |t| {
        let cycle = OneCycleLr::new(0.5, 100).anneal_strategy(OneCycleAnneal::Linear).three_phase(true);
        t.steps(|o| cycle.div_factor(10.0).cycle_momentum(false).bind(o))
    }),
    ("reduce_lr_on_plateau_min_rel", plateau_min),
    ("reduce_lr_on_plateau_max_abs", plateau_max),
    ("sequential_linear_then_cosine", |t| t.steps(sequential)),
    ("chained_constant_exponential", |t| t.steps(chained)),
    ("approach1_cosine_untuned_linear", |t| t.cosine_and(Warmup::untuned_linear)),
    ("approach1_cosine_untuned_exponential", |t| t.cosine_and(Warmup::untuned_exponential)),
    ("approach1_cosine_radam", |t| t.cosine_and(Warmup::radam)),
    ("approach1_chaining", chaining),
    ("approach1_delayed_cosine", delayed_cosine),
    ("approach2_multi_step_per_epoch", per_epoch),
    ("approach3_warm_restarts", warm_restarts_by_fractions),
    ("no_scheduler_linear_per_group", |t| warmup_alone(t, |o| Warmup::linear(o, [5, 11]))),
    ("no_scheduler_exponential_per_group", |t| warmup_alone(t, |o| Warmup::exponential(o, [5, 11]))),
    ("sgd_lambda_linear", sgd_lambda),
    ("seed_approach1_closed_form", closed_form),
    ("seed_approach2_closed_form_first", closed_form_first),
    ("resume_radam_cosine_uninterrupted", resumed),
];

#[test]
fn every_schedule_follows_its_trace_to_the_last_bit() {
    for (name, follow) in TRACES {
        follow(&Trace::read(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn every_trace_of_the_fixtures_is_followed_here() {
    let followed: BTreeSet<String> = TRACES.iter().map(|(name, _)| name.to_string()).collect();
    let found: BTreeSet<String> = fs::read_dir(fixtures().join("lr_traces"))
        .unwrap()
        .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(found.len() > 30);
    assert_eq!(followed, found);
}

/// A preview is what the steps then give.
#[test]
fn a_preview_says_what_the_steps_give_and_changes_nothing() -> Result<()> {
    let trace = Trace::read("approach1_chaining");
    let optimizer = two_groups_with(0.95, 0.99);
    let mut exponential = ExponentialLr::new(0.9).bind(&optimizer)?;
    let mut steps = StepLr::new(3.0).bind(&optimizer)?;
    let mut warmup = Warmup::untuned_linear(&optimizer)?;
    let rows = warmup.preview([&mut exponential, &mut steps], trace.rows.len())?;
    assert_eq!(rows, trace.rows);
    trace.follow(&optimizer, |_| warmup.step([&mut exponential, &mut steps]))
}

/// The factor of each row of the table, from a warmup of the kind, the beta2 and the period that the row names.
#[test]
fn every_warmup_has_the_factors_of_the_reference_to_the_last_bit() -> Result<()> {
    let mut seen = BTreeSet::new();
    for row in csv("warmup_factors.csv") {
        let (kind, step, factor) = (row[0].as_str(), row[3].parse().unwrap(), hexadecimal(&row[4]));
        let optimizer = Optimizer::rates([1.0])?;
        let beta2 = || hexadecimal(&row[1]);
        let period = || row[2].parse::<i64>().unwrap();
        let warmup = match kind {
            "linear" => Warmup::linear(&optimizer, period()),
            "exponential" => Warmup::exponential(&optimizer, period()),
            "untuned_linear" => Warmup::untuned_linear_with(&optimizer, beta2()),
            "untuned_exponential" => Warmup::untuned_exponential_with(&optimizer, beta2()),
            "radam" => Warmup::radam_with(&optimizer, beta2()),
            other => panic!("{other} is no warmup"),
        }?;
        assert_eq!(warmup.factor(step, 0)?.to_bits(), factor.to_bits(), "{row:?}");
        seen.insert(kind.to_string());
    }
    assert_eq!(seen.len(), 5);
    Ok(())
}

/// Those that PyTorch has not, by their formulas.
#[test]
fn inverse_sqrt_and_warmup_stable_decay_follow_their_formulas() -> Result<()> {
    let optimizer = Optimizer::rates([0.5])?;
    let mut scheduler = InverseSqrt::new(100).bind(&optimizer)?;
    for epoch in 0..300 {
        let expected = 0.5 * (100.0 / (epoch as f64 + 100.0)).sqrt();
        assert!((optimizer.lr(0)? - expected).abs() <= 1e-12 * expected, "epoch {epoch}");
        scheduler.step()?;
    }
    for (decay, half) in [(Decay::Linear, 0.5), (Decay::Cosine, 0.5), (Decay::Sqrt, 1.0 - 0.5f64.sqrt())] {
        let optimizer = Optimizer::rates([1.0])?;
        let mut scheduler = WarmupStableDecay::new(4, 3, 8).decay(decay).end_factor(0.1).bind(&optimizer)?;
        let rates = LrScheduler::preview(&mut scheduler, 20)?;
        assert_eq!((rates[0][0], rates[3][0], rates[6][0]), (0.25, 1.0, 1.0));
        assert!((rates[11][0] - (0.1 + 0.9 * half)).abs() < 1e-12, "{decay:?}");
        assert!((rates[15][0] - 0.1).abs() < 1e-12 && (rates[19][0] - 0.1).abs() < 1e-12);
    }
    Ok(())
}
