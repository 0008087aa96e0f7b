//! The command line: the options of the C program.

use std::path::{Path, PathBuf};

use crate::dataset::{Split, SPLITS};

pub const HELP: &str = "\
Usage: emnist [OPTION]... --data DIR
Trains a convolutional network on EMNIST with AdamW, a cosine schedule and a learning-rate warmup. Writes history.csv,
evaluation.csv and checkpoint.pt to a new folder.

Training
      --batch-size N        images in a training batch (default: 64)
      --test-batch-size N   images in a test batch (default: 1000)
      --epochs N            passes over the training images (default: 10)
      --lr LR               base learning rate (default: 0.01)
      --lr-min LR           the rate at which the cosine ends (default: 1e-5)
      --wd WD               weight decay (default: 0.01)
      --beta2 B2            AdamW's beta2 (default: 0.999)
      --warmup KIND         linear, exponential, radam or none (default: linear)
      --seed N              seed of the weights and of the order of the images (default: 1)

Data
      --data DIR            a folder with EMNIST's IDX files, raw
      --split NAME          balanced, byclass, bymerge, letters, digits or mnist (default: balanced)
      --workers N           threads that prepare batches ahead (default: 0, none)

Output
      --output DIR          the folder to write to (default: output_KIND); results in it are never overwritten
      --save-model          write the trained weights to emnist_cnn.pt, for torch.load in Python
      --log-interval N      steps between two rows of the history (default: 10)
      --quiet               print warnings and errors only

Going on after an end, whatever ended the run
      --checkpoint-every N  save checkpoint.pt every N steps too (default: 0, only after each epoch)
      --resume FILE         go on from FILE, of this program or of the C one, as if the run had never ended: its other
                            options come from FILE, but for --data, --threads, --workers, --checkpoint-every and the
                            output's

Machine
      --no-gpu              train on the CPU even where there is a CUDA device
      --threads N           threads an operator may use on the CPU (default: the number of processors)

      --help                print this and exit

Exit status: 0 success, 1 failure, 2 wrong usage.
";

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WarmupKind {
    Linear,
    Exponential,
    Radam,
    None,
}

pub const WARMUPS: [(&str, WarmupKind); 4] = [
    ("linear", WarmupKind::Linear),
    ("exponential", WarmupKind::Exponential),
    ("radam", WarmupKind::Radam),
    ("none", WarmupKind::None),
];

#[derive(Debug, Clone)]
pub struct Options {
    pub batch_size: usize,
    pub test_batch_size: usize,
    pub epochs: usize,
    pub lr: f64,
    pub lr_min: f64,
    pub weight_decay: f64,
    pub beta2: f64,
    pub warmup: WarmupKind,
    pub seed: u64,
    pub data: PathBuf,
    pub split: &'static Split,
    pub workers: usize,
    pub output: Option<PathBuf>,
    pub save_model: bool,
    pub log_interval: usize,
    pub quiet: bool,
    pub checkpoint_every: usize,
    pub resume: Option<PathBuf>,
    pub no_gpu: bool,
    pub threads: usize,
    /// The names of those that the command line has.
    pub given: Vec<String>,
}

pub enum Asked {
    Run(Box<Options>),
    Help,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            batch_size: 64,
            test_batch_size: 1000,
            epochs: 10,
            lr: 0.01,
            lr_min: 1e-5,
            weight_decay: 0.01,
            beta2: 0.999,
            warmup: WarmupKind::Linear,
            seed: 1,
            data: PathBuf::new(),
            split: &SPLITS[0],
            workers: 0,
            output: None,
            save_model: false,
            log_interval: 10,
            quiet: false,
            checkpoint_every: 0,
            resume: None,
            no_gpu: false,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            given: Vec::new(),
        }
    }
}

fn count(text: &str, least: usize, most: usize) -> Result<usize, String> {
    let fits = text.parse().ok().filter(|number| (least..=most).contains(number));
    fits.ok_or_else(|| format!("a whole number from {least} to {most}"))
}

fn number(text: &str, limit: f64) -> Result<f64, String> {
    let fits = text.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0 && *number < limit);
    let expected = if limit.is_finite() { "a number in [0, 1)" } else { "a number that is not negative" };
    fits.ok_or_else(|| expected.into())
}

impl Options {
    pub fn warmup_name(&self) -> &'static str {
        WARMUPS.iter().find(|(_, kind)| *kind == self.warmup).map_or("", |(name, _)| name)
    }

    pub fn output(&self) -> PathBuf {
        let beside = self.resume.as_deref().map(|path| path.parent().unwrap_or(Path::new("")).to_path_buf());
        let default = || PathBuf::from(format!("output_{}", self.warmup_name()));
        beside.or_else(|| self.output.clone()).unwrap_or_else(default)
    }

    pub fn say(&self, text: &str) {
        if !self.quiet {
            println!("{text}");
        }
    }

    /// Sets the option of that name; the error is what its value must be.
    pub fn set(&mut self, name: &str, text: &str) -> Result<(), String> {
        const MOST: usize = 2_147_483_647;
        match name {
            "batch-size" => self.batch_size = count(text, 1, MOST)?,
            "test-batch-size" => self.test_batch_size = count(text, 1, MOST)?,
            "epochs" => self.epochs = count(text, 1, MOST)?,
            "log-interval" => self.log_interval = count(text, 1, MOST)?,
            "workers" => self.workers = count(text, 0, 64)?,
            "checkpoint-every" => self.checkpoint_every = count(text, 0, MOST)?,
            "threads" => self.threads = count(text, 1, 32768)?,
            "seed" => self.seed = text.parse().map_err(|_| "a whole number from 0 to 18446744073709551615")?,
            "lr" => self.lr = number(text, f64::INFINITY)?,
            "lr-min" => self.lr_min = number(text, f64::INFINITY)?,
            "wd" => self.weight_decay = number(text, f64::INFINITY)?,
            "beta2" => self.beta2 = number(text, 1.0)?,
            "warmup" => {
                let found = WARMUPS.iter().find(|(name, _)| *name == text);
                self.warmup = found.ok_or("linear, exponential, radam or none")?.1;
            }
            "split" => {
                let found = SPLITS.iter().find(|split| split.name == text);
                self.split = found.ok_or("balanced, byclass, bymerge, letters, digits or mnist")?;
            }
            "data" => self.data = text.into(),
            "output" => self.output = Some(text.into()),
            "resume" => self.resume = Some(text.into()),
            other => unreachable!("--{other} takes no value"),
        }
        Ok(())
    }

    /// Sets an option without a value; false where there is none of that name.
    pub fn set_flag(&mut self, name: &str) -> bool {
        match name {
            "save-model" => self.save_model = true,
            "quiet" => self.quiet = true,
            "no-gpu" => self.no_gpu = true,
            _ => return false,
        }
        true
    }
}

const VALUES: [&str; 17] = [
    "batch-size",
    "test-batch-size",
    "epochs",
    "lr",
    "lr-min",
    "wd",
    "beta2",
    "warmup",
    "seed",
    "data",
    "split",
    "workers",
    "output",
    "log-interval",
    "checkpoint-every",
    "resume",
    "threads",
];

pub fn parse(arguments: impl Iterator<Item = String>) -> Result<Asked, String> {
    let (mut options, mut arguments) = (Options::default(), arguments);
    while let Some(argument) = arguments.next() {
        let name = argument.strip_prefix("--").ok_or_else(|| format!("'{argument}' is no option"))?;
        let (name, value) = name.split_once('=').map_or((name, None), |(name, value)| (name, Some(value.to_string())));
        if name == "help" {
            return Ok(Asked::Help);
        }
        if VALUES.contains(&name) {
            let value = value.or_else(|| arguments.next()).ok_or_else(|| format!("--{name} needs a value"))?;
            options.set(name, &value).map_err(|expected| format!("--{name} is '{value}'; it must be {expected}"))?;
        } else if value.is_some() || !options.set_flag(name) {
            return Err(format!("'{argument}' is no option"));
        }
        options.given.push(name.into());
    }
    if options.data.as_os_str().is_empty() && options.resume.is_none() {
        return Err("--data is not given; make_glyphs of the C example writes generated images to a folder".into());
    }
    Ok(Asked::Run(Box::new(options)))
}
