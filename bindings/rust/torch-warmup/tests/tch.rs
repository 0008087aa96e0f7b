//! The real tch, training at our rates.
#![cfg(feature = "tch")]

mod support;

use support::two_groups_with;
use tch::nn::{self, Module, OptimizerConfig};
use tch::{Device, Kind, Reduction, Tensor};
use torch_warmup::schedules::CosineAnnealingLr;
use torch_warmup::{RatePlan, Result, Warmup};

/// torch::optim reads a rate from its options at each step, so one SGD step on a gradient of 1 shows it.
fn rate_of(optimizer: &mut nn::Optimizer, weight: &mut Tensor) -> f32 {
    let _ = tch::no_grad(|| weight.zero_());
    optimizer.zero_grad();
    weight.sum(Kind::Float).backward();
    optimizer.step();
    -f32::from(&*weight)
}

#[test]
fn a_tch_optimizer_steps_at_the_rates_of_the_plan() -> Result<()> {
    let variables = nn::VarStore::new(Device::Cpu);
    let mut weight = variables.root().zeros("weight", &[]);
    let mut sgd = nn::Sgd::default().build(&variables, 9.0).unwrap();
    let mut plan = RatePlan::new([0.5], |rates| {
        let cosine = CosineAnnealingLr::new(20.0).bind(rates)?;
        Ok((vec![cosine], Some(Warmup::linear(rates, 5)?)))
    })?;
    let expected = plan.preview(20)?;
    for row in expected {
        torch_warmup::tch::set_lrs(&plan, &mut sgd)?;
        assert_eq!(rate_of(&mut sgd, &mut weight), row[0] as f32);
        plan.step()?;
    }
    Ok(())
}

#[test]
fn each_group_of_a_tch_optimizer_gets_its_own_rate() -> Result<()> {
    let variables = nn::VarStore::new(Device::Cpu);
    let root = variables.root();
    let first = root.set_group(0).zeros("first", &[]);
    let second = root.set_group(1).zeros("second", &[]);
    let mut sgd = nn::Sgd::default().build(&variables, 9.0).unwrap();
    let shadow = two_groups_with(0.9, 0.9);
    torch_warmup::tch::set_lrs(&shadow, &mut sgd)?;
    (&first + &second).backward();
    sgd.step();
    assert_eq!([-f32::from(&first), -f32::from(&second)], [0.5, 0.1]);
    Ok(())
}

#[test]
fn a_network_of_tch_trains_under_a_warmup() -> Result<()> {
    tch::manual_seed(1);
    let variables = nn::VarStore::new(Device::Cpu);
    let root = variables.root();
    let network = nn::seq()
        .add(nn::linear(&root / "first", 4, 16, Default::default()))
        .add_fn(|x| x.tanh())
        .add(nn::linear(&root / "last", 16, 1, Default::default()));
    let mut adamw = nn::AdamW::default().build(&variables, 0.05).unwrap();
    let mut plan = RatePlan::new([0.05], |rates| {
        let cosine = CosineAnnealingLr::new(100.0).bind(rates)?;
        Ok((vec![cosine], Some(Warmup::untuned_linear_with(rates, 0.9)?)))
    })?;
    let input = Tensor::randn(&[64, 4], (Kind::Float, Device::Cpu));
    let target = input.sum_dim_intlist(Some([1i64].as_slice()), true, Kind::Float).tanh();
    let mut losses = Vec::new();
    for _ in 0..100 {
        torch_warmup::tch::set_lrs(&plan, &mut adamw)?;
        let loss = network.forward(&input).mse_loss(&target, Reduction::Mean);
        adamw.backward_step(&loss);
        plan.step()?;
        losses.push(f64::from(&loss));
    }
    assert!(losses[99] < 0.05 * losses[0], "{} to {}", losses[0], losses[99]);
    Ok(())
}

/// With LibTorch behind both, an optimizer that torch_sys made is reached by its address, and tensors are shared.
#[cfg(feature = "torch")]
mod by_address {
    use std::ffi::c_void;
    use std::os::raw::c_int;

    use super::*;
    use torch_warmup::torch::optim::TorchOptimizer;
    use torch_warmup::{schedules::ExponentialLr, Status};

    // What torch_sys declares, on which this package does not depend itself.
    extern "C" {
        fn ato_sgd(lr: f64, momentum: f64, dampening: f64, weight_decay: f64, nesterov: c_int) -> *mut c_void;
        fn ato_add_parameters(optimizer: *mut c_void, tensor: *mut c_void, group: usize);
        fn ato_step(optimizer: *mut c_void);
        fn ato_free(optimizer: *mut c_void);
    }

    struct Owned(*mut c_void);

    impl Drop for Owned {
        fn drop(&mut self) {
            unsafe { ato_free(self.0) };
        }
    }

    fn sgd(lr: f64, parameter: &Tensor) -> Owned {
        unsafe {
            let optimizer = ato_sgd(lr, 0.0, 0.0, 0.0, 0);
            ato_add_parameters(optimizer, parameter.as_ptr() as *mut c_void, 0);
            Owned(optimizer)
        }
    }

    #[test]
    fn an_optimizer_of_torch_sys_is_warmed_up_by_its_address() -> Result<()> {
        let weight = Tensor::zeros(&[], (Kind::Double, Device::Cpu)).set_requires_grad(true);
        let owned = sgd(0.5, &weight);
        let optimizer = unsafe { TorchOptimizer::borrow(owned.0) }?;
        let mut exponential = ExponentialLr::new(0.5).bind(&optimizer)?;
        let mut warmup = Warmup::linear(&optimizer, 2)?;
        let mut seen = Vec::new();
        for _ in 0..4 {
            let before = f64::from(&weight);
            optimizer.zero_grad()?;
            weight.sum(Kind::Double).backward();
            unsafe { ato_step(owned.0) };
            seen.push(before - f64::from(&weight));
            warmup.step(&mut exponential)?;
        }
        assert_eq!(seen, [0.25, 0.25, 0.125, 0.0625]);
        Ok(())
    }

    /// The owner detaches it before it destroys it; what is bound may then be dropped whenever.
    #[test]
    fn a_warmup_dropped_late_does_not_touch_an_optimizer_that_is_gone() -> Result<()> {
        let weight = Tensor::zeros(&[], (Kind::Double, Device::Cpu)).set_requires_grad(true);
        let mut late = Vec::new();
        for _ in 0..1000 {
            let owned = sgd(0.5, &weight);
            let optimizer = unsafe { TorchOptimizer::borrow(owned.0) }?;
            let again = unsafe { TorchOptimizer::borrow(owned.0) }?;
            let mut warmup = Warmup::linear(&optimizer, 2)?;
            assert_eq!(again.lr(0)?, 0.25);
            assert_eq!(Warmup::linear(&again, 2).unwrap_err().status(), Status::State);
            optimizer.detach()?;
            drop(owned);
            assert_eq!(warmup.step(()).unwrap_err().status(), Status::State);
            late.push((warmup, optimizer.optimizer().clone()));
        }
        std::thread::spawn(move || drop(late)).join().unwrap();
        Ok(())
    }
}
