//! The network: two convolutions and two linear layers.

use torch_warmup::torch::{nn, Module};
use torch_warmup::Result;

const FEATURES: i64 = 4 * 4 * 50;

pub fn create(class_count: usize) -> Result<Module> {
    let conv1 = nn::Conv2d::new(1, 20, [5, 5]).build()?;
    let conv2 = nn::Conv2d::new(20, 50, [5, 5]).build()?;
    let fc1 = nn::Linear::new(FEATURES, 500).build()?;
    let fc2 = nn::Linear::new(500, class_count as i64).build()?;
    let children = [("conv1", conv1.clone()), ("conv2", conv2.clone()), ("fc1", fc1.clone()), ("fc2", fc2.clone())];
    let network = Module::custom(move |x| {
        // Max-pool before ReLU: the same result and gradient as after it, on a quarter of the numbers.
        let x = conv1.forward(x)?.max_pool2d([2, 2])?.relu()?;
        let x = conv2.forward(&x)?.max_pool2d([2, 2])?.relu()?;
        let x = fc1.forward(&x.reshape(&[-1, FEATURES])?)?.relu()?;
        fc2.forward(&x)?.log_softmax(1)
    })?;
    for (name, child) in &children {
        network.register_module(name, child)?;
    }
    Ok(network)
}
