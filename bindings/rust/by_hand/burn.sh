#!/bin/sh
# Trains with the real burn, a PlanLrScheduler as its learning-rate scheduler, in a project of its own; the example of the
# module `burn` too. Many minutes: burn is large.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
work=$here/target/burn
mkdir -p "$work/src"
cat >"$work/Cargo.toml" <<END
[package]
name = "burn_user"
version = "1.0.0"
edition = "2021"
[dependencies]
torch-warmup = { path = "../../torch-warmup", features = ["burn"] }
burn-autodiff = { version = "0.21", default-features = false, features = ["std"] }
burn-core = { version = "0.21", default-features = false, features = ["std"] }
burn-ndarray = { version = "0.21", default-features = false, features = ["std"] }
burn-nn = { version = "0.21", default-features = false, features = ["std"] }
burn-optim = { version = "0.21", default-features = false, features = ["std"] }
[workspace]
END
cat >"$work/src/main.rs" <<'END'
use burn_autodiff::Autodiff;
use burn_core as burn; // for the derive
use burn_core::module::Module;
use burn_core::record::{BinBytesRecorder, FullPrecisionSettings, Recorder};
use burn_core::tensor::{backend::Backend, Distribution, Tensor};
use burn_ndarray::NdArray;
use burn_nn::{Linear, LinearConfig};
use burn_optim::lr_scheduler::LrScheduler;
use burn_optim::{AdamWConfig, GradientsParams, Optimizer};
use torch_warmup::burn::PlanLrScheduler;
use torch_warmup::{schedules::CosineAnnealingLr, Warmup};

type Training = Autodiff<NdArray<f32>>;

#[derive(Module, Debug)]
struct Network<B: Backend> {
    first: Linear<B>,
    last: Linear<B>,
}

impl<B: Backend> Network<B> {
    fn forward(&self, input: Tensor<B, 2>) -> Tensor<B, 2> {
        self.last.forward(self.first.forward(input).tanh())
    }
}

fn scheduler() -> torch_warmup::Result<PlanLrScheduler> {
    PlanLrScheduler::new(0.05, |rates| {
        let cosine = CosineAnnealingLr::new(100.0).bind(rates)?;
        Ok((vec![cosine], Some(Warmup::untuned_linear_with(rates, 0.9)?)))
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let device = Default::default();
    let first = LinearConfig::new(4, 16).init::<Training>(&device);
    let mut network = Network { first, last: LinearConfig::new(16, 1).init(&device) };
    let mut adamw = AdamWConfig::new().init::<Training, Network<Training>>();
    let mut scheduler_of_run = scheduler()?;
    let input = Tensor::<Training, 2>::random([64, 4], Distribution::Normal(0.0, 1.0), &device);
    let target = input.clone().sum_dim(1).tanh();
    let mut losses: Vec<f32> = Vec::new();
    let recorder = BinBytesRecorder::<FullPrecisionSettings>::default();
    for step in 0..100 {
        if step == 40 {
            // Saved by burn's recorder, and gone on with in a scheduler made anew.
            let bytes = Recorder::<Training>::record(&recorder, scheduler_of_run.to_record::<Training>(), ())?;
            let record = Recorder::<Training>::load(&recorder, bytes, &device)?;
            let mut whole = scheduler_of_run.clone();
            scheduler_of_run = scheduler()?.load_record::<Training>(record);
            assert_eq!(whole.step(), scheduler_of_run.clone().step());
        }
        let lr = scheduler_of_run.step();
        assert_eq!(lr, scheduler()?.plan().clone().preview(100)?[step][0]);
        let loss = (network.forward(input.clone()) - target.clone()).powf_scalar(2.0).mean();
        losses.push(loss.clone().into_scalar());
        let gradients = GradientsParams::from_grads(loss.backward(), &network);
        network = adamw.step(lr, network, gradients);
    }
    assert!(losses[99] < 0.1 * losses[0], "{} to {}", losses[0], losses[99]);
    println!("burn trained at our rates: loss {} to {}", losses[0], losses[99]);
    Ok(())
}
END
cargo run --manifest-path "$work/Cargo.toml"
cd "$here"
cargo test --locked -p torch-warmup --features burn --doc --target-dir target/burn/target -- burn
