//! LibTorch through the package: networks train, checkpoints go both ways with Python, failures come back.
#![cfg(feature = "torch")]

mod support;

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::Mutex;

use support::{bits, csv, fixtures, hexadecimal};
use torch_warmup::schedules::{CosineAnnealingLr, LambdaLr};
use torch_warmup::torch::optim::{Adagrad, Adam, AdamW, RmsProp, Sgd, TorchOptimizer};
use torch_warmup::torch::*;
use torch_warmup::{Error, GroupOption, Optimizer, Result, Status, Warmup};

/// The default generator is the process's own, so tests that seed it take turns.
static SEED: Mutex<()> = Mutex::new(());

fn seeded(seed: u64) -> Result<std::sync::MutexGuard<'static, ()>> {
    let turn = SEED.lock().unwrap_or_else(|error| error.into_inner());
    manual_seed(seed)?;
    Ok(turn)
}

#[track_caller]
fn refused<T>(result: Result<T>, status: Status, word: &str) {
    let error = result.err().expect("it was not refused");
    assert_eq!(error.status(), status, "{error}");
    assert!(error.message().contains(word), "{error} does not name {word}");
}

/// The network of the EMNIST example.
fn network() -> Result<Module> {
    let conv1 = nn::Conv2d::new(1, 20, [5, 5]).build()?;
    let conv2 = nn::Conv2d::new(20, 50, [5, 5]).build()?;
    let (fc1, fc2) = (nn::Linear::new(800, 500).build()?, nn::Linear::new(500, 47).build()?);
    let (c1, c2, f1, f2) = (conv1.clone(), conv2.clone(), fc1.clone(), fc2.clone());
    let network = Module::custom(move |x| {
        let x = c1.forward(x)?.relu()?.max_pool2d([2, 2])?;
        let x = c2.forward(&x)?.relu()?.max_pool2d([2, 2])?;
        let x = f1.forward(&x.reshape(&[-1, 800])?)?.relu()?;
        f2.forward(&x)?.log_softmax(1)
    })?;
    for (name, child) in [("conv1", &conv1), ("conv2", &conv2), ("fc1", &fc1), ("fc2", &fc2)] {
        network.register_module(name, child)?;
    }
    Ok(network)
}

/// The generated batches of tests/fixtures/README.md.
fn batch(i: i32) -> Result<(Tensor, Tensor)> {
    let (mut images, mut labels) = (Vec::with_capacity(64 * 784), Vec::with_capacity(64));
    for b in 0..64 {
        let c = (7 * b + 3 * i) % 47;
        labels.push(i64::from(c));
        for k in 0..784 {
            let (r, q) = (f64::from(k / 28), f64::from(k % 28));
            let (c, b) = (f64::from(c), f64::from(b));
            let phase = (c + 1.0) * 0.37 * r * 0.11 + (0.53 * c + 1.0) * q * 0.13 + 0.01 * b + 0.1 * f64::from(i);
            images.push(((0.5 + 0.5 * phase.sin()) as f32 - 0.1751) / 0.3332);
        }
    }
    Ok((Tensor::from_vec(images, &[64, 1, 28, 28])?, Tensor::from_vec(labels, &[64])?))
}

#[test]
fn a_seed_gives_pythons_parameters() -> Result<()> {
    let _turn = seeded(1)?;
    let network = network()?;
    let rows = csv("emnist_cnn_init.csv");
    assert_eq!(network.parameter_names()?, rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>());
    for (row, parameter) in rows.iter().zip(network.parameters()?) {
        let shape: Vec<i64> = row[1].split('x').map(|size| size.parse().unwrap()).collect();
        let values = parameter.detach()?.to_vec::<f32>()?;
        assert_eq!(parameter.sizes()?, shape, "{}", row[0]);
        let ends = [f64::from(values[0]), f64::from(values[values.len() - 1])];
        assert_eq!(bits(&ends), bits(&[hexadecimal(&row[2]), hexadecimal(&row[3])]), "{}", row[0]);
        let sum: f64 = values.iter().map(|value| f64::from(*value)).sum();
        assert!((sum - hexadecimal(&row[4])).abs() < 1e-9, "{}: {sum}", row[0]);
    }
    Ok(())
}

/// Rates to the bit, losses to the 2e-4 that kernels of float32 differ by, and to 1e-2 once that has grown.
#[test]
fn the_emnist_network_trains_as_in_python() -> Result<()> {
    // Two would spin while they wait for each other, on a machine that is busy with other things for minutes.
    set_num_threads(1)?;
    type Warm = fn(&Optimizer) -> Result<Warmup>;
    let kinds: [(&str, Warm); 2] = [("linear", Warmup::untuned_linear), ("radam", Warmup::radam)];
    for (kind, warm) in kinds {
        let _turn = seeded(1)?;
        let network = network()?;
        let optimizer = AdamW::new().lr(0.01).build(&network.parameters()?)?;
        let mut cosine = CosineAnnealingLr::new(40.0).eta_min(1e-5).bind(&optimizer)?;
        let mut warmup = warm(&optimizer)?;
        for (step, row) in csv(&format!("emnist_cnn_losses_{kind}.csv")).iter().enumerate().take(20) {
            let (images, labels) = batch(step as i32)?;
            assert_eq!(optimizer.lr(0)?.to_bits(), hexadecimal(&row[1]).to_bits(), "{kind} step {step}");
            optimizer.zero_grad()?;
            let loss = network.forward(&images)?.nll_loss(&labels)?;
            let expected: f64 = row[2].parse().unwrap();
            let close = if step < 12 { 2e-4 } else { 1e-2 };
            assert!((loss.item()? - expected).abs() <= close * expected, "{kind} step {step}: {}", loss.item()?);
            loss.backward()?;
            optimizer.step()?;
            warmup.step(&mut cosine)?;
        }
    }
    Ok(())
}

#[test]
fn every_optimizer_brings_the_loss_down_under_a_warmup() -> Result<()> {
    type Make = fn(&[Tensor]) -> Result<TorchOptimizer>;
    let makers: [(&str, Make); 5] = [
        ("Adam", |p| Adam::new().lr(0.05).amsgrad(true).build(p)),
        ("AdamW", |p| AdamW::new().lr(0.05).betas([0.8, 0.9]).build(p)),
        ("SGD", |p| Sgd::new().lr(0.05).momentum(0.9).nesterov(true).build(p)),
        ("RMSprop", |p| RmsProp::new().lr(0.02).centered(true).build(p)),
        ("Adagrad", |p| Adagrad::new().lr(0.1).build(p)),
    ];
    for (name, make) in makers {
        let _turn = seeded(3)?;
        let network = nn::sequential(&[nn::Linear::new(3, 8).build()?, nn::tanh()?, nn::Linear::new(8, 1).build()?])?;
        let (input, optimizer) = (Tensor::randn(&[64, 3])?, make(&network.parameters()?)?);
        let target = op("sum").arg(&input).named("dim", [1]).named("keepdim", true).call_one()?.tanh()?;
        let mut cosine = CosineAnnealingLr::new(60.0).bind(&optimizer)?;
        let mut warmup = Warmup::linear(&optimizer, 5)?;
        assert_eq!(optimizer.class_name()?, name);
        let mut losses = Vec::new();
        for _ in 0..60 {
            optimizer.zero_grad()?;
            let loss = network.forward(&input)?.mse_loss(&target)?;
            loss.backward()?;
            optimizer.step()?;
            warmup.step(&mut cosine)?;
            losses.push(loss.item()?);
        }
        assert!(losses[59] < 0.3 * losses[0], "{name}: {} to {}", losses[0], losses[59]);
    }
    Ok(())
}

/// What Python saved is gone on with, as Python did.
#[test]
fn a_checkpoint_of_pythons_is_gone_on_with_to_the_same_rates_and_losses() -> Result<()> {
    let _turn = seeded(0)?;
    for version in ["1.13.0", "2.14.1"] {
        let file = Checkpoint::load(fixtures().join(format!("checkpoints/python_torch_{version}.pt")))?;
        let (first, last) = (nn::Linear::new(4, 5).build()?, nn::Linear::new(5, 3).build()?);
        let network = nn::sequential([&first, &nn::tanh()?, &last])?;
        let options = AdamW::new().lr(0.02).weight_decay(0.05);
        let optimizer = options.build(&first.parameters()?)?;
        let second = options.lr(0.01).betas([0.9, 0.95]);
        optimizer.add_param_group_with(&last.parameters()?, &second)?;
        let mut cosine = CosineAnnealingLr::new(30.0).eta_min(1e-4).bind(&optimizer)?;
        let mut warmup = Warmup::untuned_linear(&optimizer)?;
        file.restore_module("model", &network)?;
        file.restore_warmup("warmup_scheduler", &mut warmup)?;
        file.restore_lr_scheduler("lr_scheduler", &mut cosine)?;
        file.restore_optimizer("optimizer", &optimizer)?;
        let values: Vec<f32> = (0..24).map(|i| -1.0 + 2.0 * i as f32 / 23.0).collect();
        let input = Tensor::from_vec(values, &[6, 4])?;
        for row in csv(&format!("checkpoints/python_torch_{version}_continued.csv")) {
            assert_eq!(bits(&optimizer.lrs()?), bits(&[hexadecimal(&row[1]), hexadecimal(&row[2])]), "{row:?}");
            optimizer.zero_grad()?;
            let loss = network.forward(&input)?.pow_scalar(2.0)?.mean()?;
            let expected: f64 = row[3].parse().unwrap();
            assert!((loss.item()? - expected).abs() <= 1e-5 * expected, "{row:?}: {}", loss.item()?);
            loss.backward()?;
            optimizer.step()?;
            warmup.step(&mut cosine)?;
        }
    }
    Ok(())
}

#[test]
fn what_a_checkpoint_holds_comes_back() -> Result<()> {
    let path = std::env::temp_dir().join(format!("torch_warmup_values_{}.pt", std::process::id()));
    let mut checkpoint = Checkpoint::new()?;
    checkpoint.put("epoch", 7i64)?;
    checkpoint.put("loss", 0.1)?;
    checkpoint.put("name", "run")?;
    let nested = Value::Dict(vec![("t".into(), Value::Tuple(vec![true.into(), Value::None, 2i64.into()]))]);
    checkpoint.put("nested", nested)?;
    checkpoint.put("x", Tensor::from_slice(&[1i32, 2], &[2])?)?;
    checkpoint.put_rng_state("rng")?;
    checkpoint.save(&path)?;
    let loaded = Checkpoint::load(&path)?;
    std::fs::remove_file(&path).unwrap();
    assert_eq!(loaded.keys()?, ["epoch", "loss", "name", "nested", "x", "rng"]);
    assert_eq!((loaded.get_int("epoch")?, loaded.get_float("loss")?), (7, 0.1));
    assert_eq!(loaded.get_text("name")?, "run");
    let nested = loaded.get("nested")?;
    match nested.get("t") {
        Some(Value::Tuple(items)) => assert!(matches!(items[..], [Value::Bool(true), Value::None, Value::Int(2)])),
        other => panic!("{other:?}"),
    }
    refused(loaded.get_tensor("y"), Status::NotFound, "epoch");
    refused(loaded.get_int("name"), Status::Type, "str");
    refused(Checkpoint::load(&path), Status::Io, "torch_warmup_values");
    refused(Checkpoint::load("a\0b"), Status::Argument, "0 at 1");
    Ok(())
}

#[test]
fn a_module_and_a_state_dict_are_compared_by_their_names() -> Result<()> {
    let _turn = seeded(0)?;
    let mut checkpoint = Checkpoint::new()?;
    checkpoint.put_module(None, &nn::Linear::new(2, 3).build()?)?;
    let other = nn::Linear::new(2, 3).bias(false).build()?;
    let differences = checkpoint.compare_module(None, &other)?;
    assert_eq!((differences.missing.len(), &differences.unexpected[..]), (0, &["bias".to_string()][..]));
    refused(checkpoint.restore_module(None, &other), Status::Argument, "bias");
    checkpoint.restore_module_with(None, &other, false)?;
    assert!(other.tensor("weight")?.equal(&checkpoint.get_tensor("weight")?)?);
    Ok(())
}

#[test]
fn a_forward_that_fails_names_its_path_and_one_that_panics_comes_back() -> Result<()> {
    let _turn = seeded(0)?;
    let failing = nn::sequential(&[Module::custom(|_| Err(Error::new(Status::Cancelled, "no more")))?])?;
    let input = Tensor::ones(&[1, 2])?;
    refused(failing.forward(&input), Status::Cancelled, "0");
    refused(nn::sequential(&[nn::Linear::new(3, 3).build()?])?.forward(&input), Status::Torch, "0:");
    let panicking = Module::custom(|x| panic!("sizes {:?}", x.sizes().unwrap()))?;
    let caught = catch_unwind(AssertUnwindSafe(|| panicking.forward(&input))).unwrap_err();
    assert_eq!(caught.downcast_ref::<String>().unwrap(), "sizes [1, 2]");
    refused(Module::holder()?.forward(&input), Status::State, "forward");
    refused(panicking.forward_with(&[None]), Status::Argument, "input");
    Ok(())
}

#[test]
fn a_module_of_several_inputs_sees_which_are_none() -> Result<()> {
    let module = Module::custom_with(|inputs| {
        let given = inputs.iter().flatten().count() as f64;
        Tensor::full(&[], given * 10.0 + inputs.len() as f64, Dtype::Float64)
    })?;
    let x = Tensor::ones(&[1])?;
    assert_eq!(module.forward_with(&[Some(&x), None, Some(&x)])?.item()?, 23.0);
    Ok(())
}

#[test]
fn layers_with_several_results_and_options_work() -> Result<()> {
    let _turn = seeded(0)?;
    let lstm = nn::Lstm::new(3, 5).num_layers(2).batch_first(true).bidirectional(true).build()?;
    let results = lstm.forward_all(&[Some(&Tensor::randn(&[4, 7, 3])?)])?;
    let sizes: Vec<_> = results.iter().map(|result| result.as_ref().unwrap().sizes().unwrap()).collect();
    assert_eq!(sizes, [vec![4, 7, 10], vec![4, 4, 5], vec![4, 4, 5]]);
    let layer = nn::TransformerEncoderLayer::new(8, 2).dim_feedforward(16).batch_first(true).build()?;
    let encoder = nn::transformer_encoder(&layer, 2, Some(&nn::LayerNorm::new(&[8]).build()?))?;
    encoder.eval()?;
    assert!(!encoder.is_training()?);
    assert_eq!(encoder.forward(&Tensor::randn(&[2, 5, 8])?)?.sizes()?, [2, 5, 8]);
    let table = nn::Embedding::new(4, 2).build_with_padding_idx(0)?;
    assert_eq!(table.forward(&Tensor::from_slice(&[0i64], &[1])?)?.to_vec::<f32>()?, [0.0, 0.0]);
    refused(nn::Linear::new(0, 1).build(), Status::Range, "0");
    Ok(())
}

#[test]
fn a_torchscript_model_runs() -> Result<()> {
    let model = Module::load_torchscript(fixtures().join("torchscript/model.pt"))?;
    assert!(!model.parameters()?.is_empty());
    refused(Module::load_torchscript(fixtures().join("README.md")), Status::Format, "README");
    Ok(())
}

#[test]
fn tensors_keep_numbers_and_refuse_what_does_not_fit() -> Result<()> {
    let x = Tensor::from_vec(vec![1.5f64, -2.0, 3.0, 4.0], &[2, 2])?;
    assert_eq!((x.sizes()?, x.strides()?, x.dtype()?), (vec![2, 2], vec![2, 1], Dtype::Float64));
    assert_eq!(x.transpose(0, 1)?.to_vec::<f64>()?, [1.5, 3.0, -2.0, 4.0]);
    assert_eq!(x.add(&x)?.sub(&x)?.mul(&x)?.div(&x)?.to_vec::<f64>()?, x.to_vec::<f64>()?);
    assert_eq!((x.sum()?.item()?, x.neg()?.mean()?.item()?), (6.5, -1.625));
    assert_eq!(x.argmax(1, false)?.to_vec::<i64>()?, [0, 1]);
    assert_eq!(Tensor::cat([&x, &x.copy()?], 0)?.sizes()?, [4, 2]);
    refused(x.to_vec::<f32>(), Status::Type, "Float64");
    refused(x.copy_to(&mut [0.0f64; 3]), Status::Argument, "3");
    refused(x.item(), Status::Argument, "4");
    refused(x.matmul(&Tensor::ones(&[3])?), Status::Torch, "");
    refused(Tensor::from_slice(&[1.0f32], &[2]), Status::Argument, "8");
    refused(Tensor::from_vec_strided(vec![0f32; 4], &[2, 2], Some(&[4, 1])), Status::Argument, "16");
    refused(x.to_device("gpu"), Status::Device, "gpu");
    refused(op("reluu").arg(&x).call_one(), Status::NotFound, "relu");
    refused(op("topk").arg(&x).arg(1).call_one(), Status::Type, "");
    let shared = x.clone();
    x.fill_zero()?;
    assert_eq!(shared.to_vec::<f64>()?, [0.0; 4]);
    assert!(format!("{x}").contains("CPUDoubleType") && format!("{x:?}").contains("[2, 2]"));
    Ok(())
}

/// A schedule and a warmup on another thread than the parameters.
#[test]
fn rates_are_set_from_another_thread() -> Result<()> {
    let weight = Tensor::ones(&[1])?.with_grad()?;
    let optimizer = Sgd::new().lr(1.0).build([&weight])?;
    let rates = optimizer.optimizer().clone();
    let (first, last) = std::thread::spawn(move || {
        let mut lambda = LambdaLr::new(|epoch, _| 1.0 / (1.0 + epoch)).bind(&rates).unwrap();
        let mut warmup = Warmup::linear(&rates, 4).unwrap();
        let first = rates.lr(0).unwrap();
        warmup.step(&mut lambda).unwrap();
        (first, rates.lr(0).unwrap())
    })
    .join()
    .unwrap();
    assert_eq!((first, last), (0.25, 0.5 * 0.5));
    weight.sum()?.backward()?;
    optimizer.step()?;
    assert_eq!(weight.item()?, 0.75);
    assert_eq!(optimizer.option(0, GroupOption::Momentum)?, 0.0);
    refused(Optimizer::rates([1.0])?.option(0, GroupOption::Beta2), Status::NotFound, "beta2");
    refused(Sgd::new().build([]), Status::Argument, "parameter");
    Ok(())
}

fn resident_kilobytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn memory_is_flat_over_ten_thousand_steps() -> Result<()> {
    let _turn = seeded(0)?;
    let scale = Tensor::ones(&[1])?;
    let network = nn::sequential(&[nn::Linear::new(16, 16).build()?, Module::custom(move |x| x.mul(&scale)?.tanh())?])?;
    let optimizer = AdamW::new().build(&network.parameters()?)?;
    let mut cosine = CosineAnnealingLr::new(1000.0).bind(&optimizer)?;
    let mut warmup = Warmup::untuned_linear(&optimizer)?;
    let mut step = || -> Result<()> {
        let input = Tensor::from_vec(vec![0.5f32; 64], &[4, 16])?;
        optimizer.zero_grad()?;
        network.forward(&input)?.pow_scalar(2.0)?.mean()?.backward()?;
        optimizer.step()?;
        assert!(input.item().is_err());
        warmup.step(&mut cosine)
    };
    (0..1000).try_for_each(|_| step())?;
    let before = resident_kilobytes();
    (0..10_000).try_for_each(|_| step())?;
    // A leaked handle or tensor a step would be megabytes; other tests of this program run beside.
    let after = resident_kilobytes();
    assert!(after < before + 20_000, "{before} kB became {after}");
    Ok(())
}
