//! LibTorch: tensors, modules, losses, optimizers, checkpoints, as PyTorch has and names them.
//!
//! ```
//! use torch_warmup::schedules::CosineAnnealingLr;
//! use torch_warmup::torch::{manual_seed, nn, optim::AdamW, Tensor};
//! use torch_warmup::{Result, Warmup};
//!
//! fn main() -> Result<()> {
//!     manual_seed(1)?;
//!     let steps = 50;
//!     let network = nn::sequential(&[
//!         nn::Linear::new(4, 16).build()?,
//!         nn::tanh()?,
//!         nn::Linear::new(16, 3).build()?,
//!     ])?;
//!     let optimizer = AdamW::new().lr(0.05).build(&network.parameters()?)?;
//!     let mut scheduler = CosineAnnealingLr::new(steps as f64).bind(&optimizer)?;
//!     let mut warmup = Warmup::linear(&optimizer, 5)?; // after the scheduler
//!     let input = Tensor::randn(&[32, 4])?;
//!     let target = input.argmax(1, false)?.remainder(3)?;
//!     let mut losses = Vec::new();
//!     for _ in 0..steps {
//!         optimizer.zero_grad()?;
//!         let loss = network.forward(&input)?.cross_entropy(&target)?;
//!         loss.backward()?;
//!         optimizer.step()?;
//!         warmup.step(&mut scheduler)?;
//!         losses.push(loss.item()?);
//!     }
//!     assert!(losses[steps - 1] < losses[0]);
//!     Ok(())
//! }
//! ```
//!
//! Tensors, modules and checkpoints stay on their thread: their handles, of which there may be several, stand for one object
//! that only one thread at a time may use. Numbers go from thread to thread as vectors.

mod checkpoint;
mod dtype;
pub mod losses;
mod module;
pub mod nn;
mod op;
pub mod optim;
mod runtime;
mod tensor;
mod tensor_ops;
mod value;

pub use checkpoint::{Checkpoint, Differences};
pub use dtype::{Dtype, Element};
pub use module::Module;
pub use op::{op, Argument, Op};
pub use runtime::{
    cuda_device_count, cuda_is_available, get_num_threads, manual_seed, no_grad, restart_with_patient_threads,
    set_num_threads, torch_version, Generator, NoGrad,
};
pub use tensor::Tensor;
pub use value::Value;
