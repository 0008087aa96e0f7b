#!/bin/sh
# Trains with the real candle at our rates, in a project of its own; the example of the module `candle` too. Some minutes.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
work=$here/target/candle
mkdir -p "$work/src"
cat >"$work/Cargo.toml" <<END
[package]
name = "candle_user"
version = "1.0.0"
edition = "2021"
[dependencies]
torch-warmup = { path = "../../torch-warmup", features = ["candle"] }
candle-core = { version = "0.11", default-features = false }
candle-nn = { version = "0.11", default-features = false }
[workspace]
END
cat >"$work/src/main.rs" <<'END'
use candle_core::{DType, Device, Tensor};
use candle_nn::{linear, AdamW, Linear, Module, Optimizer, ParamsAdamW, VarBuilder, VarMap};
use torch_warmup::{schedules::CosineAnnealingLr, RatePlan, Warmup};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (variables, device) = (VarMap::new(), Device::Cpu);
    let builder = VarBuilder::from_varmap(&variables, DType::F32, &device);
    let (first, last): (Linear, Linear) = (linear(4, 16, builder.pp("first"))?, linear(16, 1, builder.pp("last"))?);
    let mut adamw = AdamW::new(variables.all_vars(), ParamsAdamW::default())?;
    let mut plan = RatePlan::new([0.05], |rates| {
        let cosine = CosineAnnealingLr::new(100.0).bind(rates)?;
        Ok((vec![cosine], Some(Warmup::untuned_linear_with(rates, 0.9)?)))
    })?;
    let input = Tensor::randn(0f32, 1f32, (64, 4), &device)?;
    let target = input.sum_keepdim(1)?.tanh()?;
    let (mut losses, expected) = (Vec::new(), plan.preview(100)?);
    for row in expected {
        torch_warmup::candle::set_lr(&plan, &mut adamw)?;
        assert_eq!(adamw.learning_rate(), row[0]);
        let output = last.forward(&first.forward(&input)?.tanh()?)?;
        let loss = candle_nn::loss::mse(&output, &target)?;
        adamw.backward_step(&loss)?;
        plan.step()?;
        losses.push(loss.to_scalar::<f32>()?);
    }
    assert!(losses[99] < 0.1 * losses[0], "{} to {}", losses[0], losses[99]);
    println!("candle trained at our rates: loss {} to {}", losses[0], losses[99]);
    Ok(())
}
END
cargo run --manifest-path "$work/Cargo.toml"
cd "$here"
cargo test --locked -p torch-warmup --features candle --doc --target-dir target/candle/target -- candle
