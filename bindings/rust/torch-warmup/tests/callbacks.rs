//! Closures and optimizers of the caller's own: what they give, how they fail, when they are let go.

mod support;

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use support::Sgd;
use torch_warmup::schedules::{CyclicLr, CyclicScaleMode, LambdaLr, MultiplicativeLr, StepLr};
use torch_warmup::{CustomOptimizer, Error, GroupOption, LrScheduler, Optimizer, Result, Status, Warmup};

/// The message of a panic that went through a call.
fn panic_of<T>(call: impl FnOnce() -> T) -> String {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let caught = catch_unwind(AssertUnwindSafe(call)).err();
    std::panic::set_hook(hook);
    let payload = caught.expect("the call did not panic");
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().expect("another payload").to_string(),
    }
}

/// Counts how often it is dropped.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn counted() -> (Counted, Arc<AtomicUsize>) {
    let drops = Arc::new(AtomicUsize::new(0));
    (Counted(drops.clone()), drops)
}

// The panic hook is the process's own, so the tests that set it take turns.
static HOOK: Mutex<()> = Mutex::new(());

fn hook() -> std::sync::MutexGuard<'static, ()> {
    HOOK.lock().unwrap_or_else(|error| error.into_inner())
}

#[test]
fn a_lambdas_panic_comes_back_to_the_caller_and_nothing_has_changed() -> Result<()> {
    let _turn = hook();
    let optimizer = Optimizer::rates([1.0])?;
    let mut steps = StepLr::new(1.0).bind(&optimizer)?;
    let mut lambda =
        LambdaLr::new(|epoch, _| if epoch == 2.0 { panic!("epoch {epoch}") } else { 1.0 }).bind(&optimizer)?;
    let mut warmup = Warmup::linear(&optimizer, 10)?;
    warmup.step([&mut steps, &mut lambda])?;
    let before = (optimizer.lrs()?, steps.state()?, lambda.state()?, warmup.state()?);
    assert_eq!(panic_of(|| warmup.step([&mut steps, &mut lambda])), "epoch 2");
    assert_eq!((optimizer.lrs()?, steps.state()?, lambda.state()?, warmup.state()?), before);
    // The thread's next call is not met by it again.
    warmup.step(())?;
    Ok(())
}

#[test]
fn a_panic_within_a_constructor_comes_back_and_the_closure_is_let_go() -> Result<()> {
    let _turn = hook();
    let optimizer = Optimizer::rates([1.0])?;
    let (held, drops) = counted();
    let lambda = LambdaLr::new(move |_, _| -> f64 { panic!("at once {}", held.0.load(Ordering::SeqCst)) });
    assert_eq!(panic_of(|| lambda.bind(&optimizer)), "at once 0");
    assert_eq!(drops.load(Ordering::SeqCst), 1);
    let (held, drops) = counted();
    let factor = move |_, _| -> f64 { panic!("factor {}", held.0.load(Ordering::SeqCst)) };
    assert_eq!(panic_of(|| Warmup::custom(&optimizer, factor)), "factor 0");
    assert_eq!(drops.load(Ordering::SeqCst), 1);
    assert_eq!(optimizer.lr(0)?, 1.0);
    Ok(())
}

#[test]
fn a_closures_error_is_that_of_the_call() -> Result<()> {
    let optimizer = Optimizer::rates([1.0])?;
    let failing = |epoch: f64, _| match epoch {
        e if e < 1.0 => Ok(1.0),
        _ => Err(Error::new(Status::Cancelled, "enough")),
    };
    let mut lambda = LambdaLr::new(failing).bind(&optimizer)?;
    let error = lambda.step().unwrap_err();
    assert_eq!(error.status(), Status::Cancelled);
    assert!(error.message().contains("enough"), "{error}");
    let error = Warmup::custom(&optimizer, |_, _| -1.0).unwrap_err();
    assert_eq!(error.status(), Status::Range);
    assert!(error.message().contains("-1"), "{error}");
    let error = MultiplicativeLr::new(|_, _| f64::NAN).bind(&optimizer).and_then(|mut s| s.step()).unwrap_err();
    assert_eq!(error.status(), Status::Range);
    Ok(())
}

#[test]
fn a_closure_lives_as_long_as_a_scheduler_or_a_copy_needs_it() -> Result<()> {
    let optimizer = Optimizer::rates([1.0])?;
    let (held, drops) = counted();
    let one = move |_, _| 1.0 + 0.0 * held.0.load(Ordering::SeqCst) as f64;
    let lambda = LambdaLr::new(one).bind(&optimizer)?;
    let copy = lambda.clone();
    drop(lambda);
    let mut both = LrScheduler::chained(&optimizer, vec![copy])?;
    both.step()?;
    assert_eq!(drops.load(Ordering::SeqCst), 0);
    drop(both);
    assert_eq!(drops.load(Ordering::SeqCst), 1);
    Ok(())
}

#[test]
fn cyclics_scale_fn_is_called_with_the_cycle_and_let_go_once() -> Result<()> {
    let (held, drops) = counted();
    let optimizer = Optimizer::rates([0.1])?;
    let cyclic = CyclicLr::new(0.0, 1.0).step_size_up(2.0).cycle_momentum(false);
    let cyclic = cyclic.scale_fn(CyclicScaleMode::Cycle, move |cycle| {
        assert_eq!(held.0.load(Ordering::SeqCst), 0);
        1.0 / cycle
    });
    let mut scheduler = cyclic.bind(&optimizer)?;
    let peaks = LrScheduler::preview(&mut scheduler, 8)?;
    assert_eq!((peaks[2][0], peaks[6][0]), (1.0, 0.5));
    assert_eq!(cyclic.clone().momentum([0.1, 0.2], 0.3).bind(&optimizer).unwrap_err().status(), Status::Argument);
    drop(cyclic);
    assert_eq!(drops.load(Ordering::SeqCst), 0);
    drop(scheduler);
    assert_eq!(drops.load(Ordering::SeqCst), 1);
    Ok(())
}

#[test]
fn a_panic_while_a_closure_is_let_go_comes_back_too() -> Result<()> {
    let _turn = hook();
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("dropped");
        }
    }
    let optimizer = Optimizer::rates([1.0])?;
    let bomb = Bomb;
    let lambda = LambdaLr::new(move |_, _| 1.0 + 0.0 * std::mem::size_of_val(&bomb) as f64).bind(&optimizer)?;
    assert_eq!(panic_of(move || drop(lambda)), "dropped");
    assert_eq!(optimizer.lr(0)?, 1.0);
    Ok(())
}

#[test]
fn a_custom_optimizer_trains_at_the_rates_that_a_warmup_gives_it() -> Result<()> {
    let sgd = Sgd::shared(&[0.2, 0.1]);
    let optimizer = Optimizer::custom(sgd.clone())?;
    assert_eq!(optimizer.class_name()?, "SGD");
    let mut steps = StepLr::new(20.0).gamma(0.5).bind(&optimizer)?;
    let mut warmup = Warmup::linear(&optimizer, 5)?;
    let mut losses = vec![sgd.lock().unwrap().loss()];
    for _ in 0..40 {
        sgd.lock().unwrap().step();
        warmup.step(&mut steps)?;
        losses.push(sgd.lock().unwrap().loss());
    }
    assert!(losses.windows(2).all(|pair| pair[1] < pair[0]), "{losses:?}");
    assert!(losses[40] < 0.01 * losses[0]);
    assert_eq!(sgd.lock().unwrap().lrs, [0.05, 0.025]);
    Ok(())
}

/// Fails or panics when it is told to.
#[derive(Default)]
struct Moody {
    lr: f64,
    mood: Arc<Mutex<&'static str>>,
}

impl CustomOptimizer for Moody {
    fn group_count(&self) -> usize {
        1
    }

    fn get(&self, option: GroupOption, out: &mut [f64]) -> Result<()> {
        match (option, *self.mood.lock().unwrap()) {
            (_, "silent") => {}
            (GroupOption::Lr, _) => out[0] = self.lr,
            (other, _) => return Err(other.not_found("Moody")),
        }
        Ok(())
    }

    fn set(&mut self, _: GroupOption, values: &[f64]) -> Result<()> {
        let mood = *self.mood.lock().unwrap();
        match mood {
            "fails" => Err(Error::new(Status::Io, "the disk is full")),
            "panics" => panic!("no"),
            _ => {
                self.lr = values[0];
                Ok(())
            }
        }
    }
}

#[test]
fn a_custom_optimizers_failures_are_those_of_the_call_that_met_them() -> Result<()> {
    let _turn = hook();
    let mood = Arc::new(Mutex::new("good"));
    let optimizer = Optimizer::custom(Moody { lr: 1.0, mood: mood.clone() })?;
    assert_eq!(Warmup::untuned_linear(&optimizer).unwrap_err().status(), Status::NotFound);
    let mut warmup = Warmup::linear(&optimizer, 4)?;
    *mood.lock().unwrap() = "fails";
    let error = warmup.step(()).unwrap_err();
    assert_eq!(error.status(), Status::Io);
    assert!(error.message().contains("the disk is full"), "{error}");
    *mood.lock().unwrap() = "panics";
    assert_eq!(panic_of(|| warmup.step(())), "no");
    *mood.lock().unwrap() = "silent";
    assert_eq!(optimizer.lr(0).unwrap_err().status(), Status::Range);
    *mood.lock().unwrap() = "good";
    assert_eq!((optimizer.lr(0)?, warmup.last_step()?), (0.25, 0));
    warmup.step(())?;
    assert_eq!(optimizer.lr(0)?, 0.5);
    Ok(())
}

#[test]
fn a_closure_that_comes_back_to_its_own_optimizer_reads_and_is_refused_changes() -> Result<()> {
    let optimizer = Optimizer::rates([1.0])?;
    let within = optimizer.clone();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    let mut lambda = LambdaLr::new(move |epoch, group| {
        let refused = within.set_lr(group, 0.5).err().map(|error| error.status());
        log.lock().unwrap().push((epoch, within.lr(group).unwrap(), refused));
        0.5f64.powf(epoch)
    })
    .bind(&optimizer)?;
    lambda.step()?;
    let refused = Some(Status::State);
    assert_eq!(*seen.lock().unwrap(), [(0.0, 1.0, refused), (1.0, 1.0, refused)]);
    assert_eq!(optimizer.lr(0)?, 0.5);
    Ok(())
}

#[test]
fn what_a_dampening_does_not_finish_is_taken_back() -> Result<()> {
    let _turn = hook();
    let optimizer = Optimizer::rates([1.0])?;
    let mut warmup = Warmup::linear(&optimizer, 4)?;
    let refused: Result<()> = warmup.dampening(|| Err(Error::new(Status::Cancelled, "not now")));
    assert_eq!(refused.unwrap_err().message(), "not now");
    assert_eq!((optimizer.lr(0)?, warmup.last_step()?), (0.25, 0));
    assert_eq!(panic_of(|| warmup.dampening(|| -> Result<()> { panic!("stop") })), "stop");
    assert_eq!((optimizer.lr(0)?, warmup.last_step()?), (0.25, 0));
    warmup.dampening(|| optimizer.set_lr(0, 2.0))?;
    assert_eq!((optimizer.lr(0)?, warmup.last_step()?), (1.0, 1));
    Ok(())
}

/// Comes back to its own optimizer from within.
struct Inward {
    lr: f64,
    own: Arc<Mutex<Option<Optimizer>>>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl CustomOptimizer for Inward {
    fn group_count(&self) -> usize {
        1
    }

    fn get(&self, _: GroupOption, out: &mut [f64]) -> Result<()> {
        out[0] = self.lr;
        Ok(())
    }

    fn set(&mut self, _: GroupOption, values: &[f64]) -> Result<()> {
        self.lr = values[0];
        let own = self.own.lock().unwrap().clone();
        if let Some(own) = own {
            let tried = [own.detach(), own.set_lr(0, 3.0), own.lr(0).map(drop)];
            let statuses = tried.iter().map(|result| match result {
                Ok(()) => "ok".to_string(),
                Err(error) => format!("{:?}", error.status()),
            });
            self.seen.lock().unwrap().extend(statuses);
        }
        Ok(())
    }
}

/// Its methods hold it, so nobody may change it or let it go meanwhile, nor even look into it.
#[test]
fn an_optimizers_own_method_cannot_detach_it_or_come_back_into_it() -> Result<()> {
    let (own, seen) = (Arc::default(), Arc::default());
    let optimizer = Optimizer::custom(Inward { lr: 1.0, own: Arc::clone(&own), seen: Arc::clone(&seen) })?;
    *own.lock().unwrap() = Some(optimizer.clone());
    optimizer.set_lr(0, 2.0)?;
    own.lock().unwrap().take();
    assert_eq!(*seen.lock().unwrap(), ["State", "State", "State"]);
    assert_eq!(optimizer.lr(0)?, 2.0);
    Ok(())
}

#[test]
fn handles_that_a_thread_keeps_for_itself_go_with_it() {
    thread_local! {
        static KEPT: std::cell::RefCell<Option<(Warmup, Optimizer)>> = const { std::cell::RefCell::new(None) };
    }
    let (held, drops) = counted();
    std::thread::spawn(move || {
        KEPT.with(|kept| {
            let optimizer = Optimizer::rates([1.0]).unwrap();
            let factor = move |_, _| 1.0 + 0.0 * held.0.load(Ordering::SeqCst) as f64;
            *kept.borrow_mut() = Some((Warmup::custom(&optimizer, factor).unwrap(), optimizer));
        });
    })
    .join()
    .unwrap();
    assert_eq!(drops.load(Ordering::SeqCst), 1);
}
