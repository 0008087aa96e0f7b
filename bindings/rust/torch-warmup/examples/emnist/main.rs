//! Trains the EMNIST network of pytorch_warmup, with the options, the order of images and the tables of the C program in the
//! project's `examples/emnist`: both write the same rows. Its data are files of EMNIST's form; `make_glyphs DIR` of that
//! folder writes generated ones.
//!
//! ```sh
//! cargo run --release --features torch --example emnist -- --data DIR
//! ```

mod batches;
mod dataset;
mod network;
mod options;
mod records;
mod run_state;

use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

use torch_warmup::schedules::CosineAnnealingLr;
use torch_warmup::torch::losses::{NllLoss, Reduction};
use torch_warmup::torch::optim::{AdamW, TorchOptimizer};
use torch_warmup::torch::{self, Module, Tensor};
use torch_warmup::{LrScheduler, Optimizer, Warmup};

use batches::{Batch, Batches};
use dataset::{Dataset, SIDE};
use options::{Asked, Options, WarmupKind};
use records::Records;

pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// A run: what is trained, and where it is.
pub struct Run {
    options: Options,
    device: &'static str,
    train: Batches,
    test: Batches,
    network: Module,
    optimizer: TorchOptimizer,
    scheduler: LrScheduler,
    warmup: Warmup,
    records: Records,
    /// In progress, from 1.
    epoch: usize,
    /// Batches of it that are done.
    done: usize,
}

fn warm_up(kind: WarmupKind, optimizer: &Optimizer) -> torch_warmup::Result<Warmup> {
    match kind {
        WarmupKind::Linear => Warmup::untuned_linear(optimizer),
        WarmupKind::Exponential => Warmup::untuned_exponential(optimizer),
        WarmupKind::Radam => Warmup::radam(optimizer),
        // A linear warmup of one step: the factor is 1 from the start.
        WarmupKind::None => Warmup::linear(optimizer, 1),
    }
}

impl Run {
    fn new(options: Options) -> Outcome<Run> {
        let folder = options.output();
        let run = Run::prepare(options, || Records::create(folder))?;
        // A run can always go on, and a folder that takes no checkpoint is known before the long work.
        run_state::save(&run)?;
        Ok(run)
    }

    /// Everything at its beginning; the tables are opened last.
    fn prepare(options: Options, open: impl FnOnce() -> Outcome<Records>) -> Outcome<Run> {
        torch::set_num_threads(options.threads)?;
        let device = if !options.no_gpu && torch::cuda_is_available()? { "cuda" } else { "cpu" };
        options.say(&format!("LibTorch {}, {} threads, device: {device}", torch::torch_version(), options.threads));
        let (train_set, test_set) = Dataset::load(&options.data, options.split)?;
        let train = Batches::new(train_set, options.batch_size, options.workers, Some(options.seed))?;
        let test = Batches::new(test_set, options.test_batch_size, options.workers, None)?;
        torch::manual_seed(options.seed)?;
        let network = network::create(options.split.class_count)?;
        network.move_to(device)?;
        let optimizer = AdamW::new()
            .lr(options.lr)
            .betas([0.9, options.beta2])
            .weight_decay(options.weight_decay)
            .build(&network.parameters()?)?;
        let steps = (train.per_epoch() * options.epochs) as f64;
        let scheduler = CosineAnnealingLr::new(steps).eta_min(options.lr_min).bind(&optimizer)?;
        // After the scheduler, for it records the rates and dampens them.
        let warmup = warm_up(options.warmup, &optimizer)?;
        let records = open()?;
        Ok(Run { options, device, train, test, network, optimizer, scheduler, warmup, records, epoch: 1, done: 0 })
    }

    fn tensors(&self, batch: Batch) -> torch_warmup::Result<(Tensor, Tensor)> {
        let (count, side) = (batch.labels.len() as i64, SIDE as i64);
        // With a single channel the order channels-last is the same memory; said through the strides, it makes the
        // convolutions and poolings of the CPU about twice as fast.
        let strides = [side * side, 1, side, 1];
        let images = Tensor::from_vec_strided(batch.images, &[count, 1, side, side], Some(&strides))?;
        let labels = Tensor::from_vec(batch.labels, &[count])?;
        Ok((images.to_device(self.device)?, labels.to_device(self.device)?))
    }

    /// A step; gives the loss, still on its device, and the rate that was used.
    fn learn(&mut self, batch: Batch) -> torch_warmup::Result<(Tensor, f64)> {
        let lr = self.optimizer.lr(0)?;
        let (images, labels) = self.tensors(batch)?;
        self.optimizer.zero_grad()?;
        let loss = self.network.forward(&images)?.nll_loss(&labels)?;
        loss.backward()?;
        self.optimizer.step()?;
        self.warmup.step(&mut self.scheduler)?;
        Ok((loss, lr))
    }

    fn log(&mut self, loss: &Tensor, lr: f64) -> Outcome {
        let loss = loss.item()?;
        if !loss.is_finite() {
            eprintln!("emnist: the loss is {loss} at step {} of epoch {}", self.done, self.epoch);
        }
        let (size, all) = (self.options.batch_size, self.train.per_epoch());
        self.options.say(&format!(
            "Train Epoch: {} [{}/{} ({:.0}%)]\tLoss: {loss:.6} LR: {lr:.6}",
            self.epoch,
            self.done * size,
            all * size,
            100.0 * self.done as f64 / all as f64
        ));
        self.records.add_history(self.epoch, self.warmup.last_step()?, loss, lr)
    }

    fn train_epoch(&mut self) -> Outcome {
        let started = Instant::now();
        self.network.train()?;
        for batch in self.train.epoch(self.epoch as u64, self.done) {
            let (loss, lr) = self.learn(batch)?;
            self.done += 1;
            if self.done % self.options.log_interval == 0 {
                self.log(&loss, lr)?;
            }
            let every = self.options.checkpoint_every;
            if every > 0 && self.steps_done() % every == 0 {
                run_state::save(self)?;
            }
        }
        self.options.say(&format!("Train Elapsed Time: {:.3} sec", started.elapsed().as_secs_f64()));
        Ok(())
    }

    fn steps_done(&self) -> usize {
        self.train.per_epoch() * (self.epoch - 1) + self.done
    }

    /// A batch's summed loss and its number of right answers.
    fn test_on(&self, batch: Batch) -> torch_warmup::Result<(f64, i64)> {
        let (images, labels) = self.tensors(batch)?;
        let output = self.network.forward(&images)?;
        let loss = NllLoss::new().reduction(Reduction::Sum).of(&output, &labels)?.item()?;
        Ok((loss, output.argmax(1, false)?.eq(&labels)?.sum()?.item_int()?))
    }

    fn test_epoch(&mut self) -> Outcome {
        let _no_grad = torch::NoGrad::new()?;
        self.network.eval()?;
        let (mut loss, mut right) = (0.0, 0);
        for batch in self.test.epoch(0, 0) {
            let (batch_loss, batch_right) = self.test_on(batch)?;
            loss += batch_loss;
            right += batch_right;
        }
        let count = self.test.images();
        let (loss, accuracy) = (loss / count as f64, 100.0 * right as f64 / count as f64);
        self.options.say(&format!("Test set: Average loss: {loss:.4}, Accuracy: {right}/{count} ({accuracy:.2}%)\n"));
        self.records.add_evaluation(self.epoch, loss, accuracy)?;
        self.epoch += 1;
        self.done = 0;
        run_state::save(self)
    }
}

fn train(options: Options) -> Outcome {
    let resume = options.resume.clone();
    let mut run = match resume {
        Some(path) => run_state::resume(&path, options)?,
        None => Run::new(options)?,
    };
    while run.epoch <= run.options.epochs {
        run.train_epoch()?;
        run.test_epoch()?;
    }
    if run.options.save_model {
        let mut checkpoint = torch::Checkpoint::new()?;
        checkpoint.put_module(None, &run.network)?;
        checkpoint.save(run.options.output().join("emnist_cnn.pt"))?;
    }
    Ok(())
}

fn main() -> ExitCode {
    let options = match options::parse(std::env::args().skip(1)) {
        Ok(Asked::Run(options)) => *options,
        Ok(Asked::Help) => {
            print!("{}", options::HELP);
            return ExitCode::SUCCESS;
        }
        Err(message) => {
            eprintln!("emnist: {message}\nTry 'emnist --help'.");
            return ExitCode::from(2);
        }
    };
    // Else a busy process beside this one would all but stop it.
    if let Err(error) = torch::restart_with_patient_threads() {
        eprintln!("emnist: {error}");
    }
    match train(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("emnist: {error}");
            ExitCode::FAILURE
        }
    }
}
