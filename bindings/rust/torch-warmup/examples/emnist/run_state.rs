//! Checkpoints of a run, in the layout of the C program: either goes on with a run of the other.

use std::path::{Path, PathBuf};

use torch_warmup::torch::{self, Checkpoint};

use crate::options::Options;
use crate::records::{Mark, Records, NAMES};
use crate::{Outcome, Run};

const LAYOUT: &str = "emnist run 1";

/// The options that a run keeps, as the command line writes them.
fn kept(options: &Options) -> Vec<(&'static str, String)> {
    let data = options.data.canonicalize().unwrap_or_else(|_| options.data.clone());
    let mut kept = vec![
        ("batch-size", options.batch_size.to_string()),
        ("test-batch-size", options.test_batch_size.to_string()),
        ("epochs", options.epochs.to_string()),
        ("lr", shortest(options.lr)),
        ("lr-min", shortest(options.lr_min)),
        ("wd", shortest(options.weight_decay)),
        ("beta2", shortest(options.beta2)),
        ("warmup", options.warmup_name().into()),
        ("seed", options.seed.to_string()),
        ("log-interval", options.log_interval.to_string()),
        ("split", options.split.name.into()),
        ("data", data.to_string_lossy().into_owned()),
        ("workers", options.workers.to_string()),
        ("threads", options.threads.to_string()),
        ("checkpoint-every", options.checkpoint_every.to_string()),
    ];
    kept.extend(options.save_model.then(|| ("save-model", "yes".into())));
    kept.extend(options.no_gpu.then(|| ("no-gpu", "yes".into())));
    kept
}

/// Of those, the ones that a run which goes on may have otherwise.
const FREE: [&str; 6] = ["data", "workers", "threads", "checkpoint-every", "save-model", "no-gpu"];

/// The fewest digits that give the number back, as C's %g has them.
fn shortest(value: f64) -> String {
    if (1e-4..1e6).contains(&value) || value == 0.0 {
        return value.to_string();
    }
    let text = format!("{value:e}");
    let (digits, exponent) = text.split_once('e').expect("it has an exponent");
    let exponent: i32 = exponent.parse().expect("it is a number");
    format!("{digits}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

fn put_place(to: &mut Checkpoint, run: &Run) -> torch_warmup::Result<()> {
    to.put("layout", LAYOUT)?;
    to.put("epoch", run.epoch as i64)?;
    to.put("batches_done", run.done as i64)?;
    to.put("warned_not_finite", 0i64)?;
    to.put("train_checksum", i64::from(run.train.set().checksum()))?;
    to.put("test_checksum", i64::from(run.test.set().checksum()))?;
    to.put("torch_version", torch::torch_version())?;
    to.put("device", run.device)?;
    for (name, text) in kept(&run.options) {
        to.put(&*format!("--{name}"), text)?;
    }
    for (name, mark) in NAMES.iter().zip(run.records.marks()) {
        to.put(&*format!("{name} bytes"), mark.bytes)?;
        to.put(&*format!("{name} checksum"), i64::from(mark.checksum))?;
    }
    Ok(())
}

pub fn save(run: &Run) -> Outcome {
    run.records.sync()?;
    let mut checkpoint = Checkpoint::new()?;
    put_place(&mut checkpoint, run)?;
    checkpoint.put_module("model", &run.network)?;
    checkpoint.put_optimizer("optimizer", &run.optimizer)?;
    checkpoint.put_lr_scheduler("lr_scheduler", &run.scheduler)?;
    checkpoint.put_warmup("warmup", &run.warmup)?;
    checkpoint.put_rng_state("rng_state")?;
    checkpoint.save(run.records.folder().join("checkpoint.pt"))?;
    Ok(())
}

/// The options of the run: the checkpoint's, but for those that may differ.
fn merge(saved: &Checkpoint, mut options: Options) -> Outcome<Options> {
    let given: Vec<_> =
        kept(&options).into_iter().filter(|(name, _)| options.given.iter().any(|one| one == name)).collect();
    for (name, _) in kept(&Options { save_model: true, no_gpu: true, ..Options::default() }) {
        let key = format!("--{name}");
        let text = if saved.has(&key)? { saved.get_text(&key)? } else { continue };
        match given.iter().find(|(one, _)| *one == name) {
            Some((_, given)) if !FREE.contains(&name) && *given != text => {
                let message =
                    format!("--{name} is {given}, but the run has {text}: leave --{name} out, or start a new run");
                return Err(message.into());
            }
            Some(_) => {}
            None if options.set_flag(name) => {}
            None => {
                options.set(name, &text).map_err(|expected| format!("--{name} of the checkpoint is no {expected}"))?
            }
        }
    }
    Ok(options)
}

fn mark(saved: &Checkpoint, name: &str) -> torch_warmup::Result<Mark> {
    let checksum = saved.get_int(&format!("{name} checksum"))? as u32;
    Ok(Mark { bytes: saved.get_int(&format!("{name} bytes"))?, checksum })
}

/// Goes on from a checkpoint as if the run had never ended.
pub fn resume(path: &Path, options: Options) -> Outcome<Run> {
    let saved = Checkpoint::load(path)?;
    if !saved.has("layout")? || saved.get_text("layout")? != LAYOUT {
        return Err(format!("{} was not saved by a run of this program", path.display()).into());
    }
    let options = merge(&saved, options)?;
    let folder: PathBuf = options.output();
    let marks = [mark(&saved, NAMES[0])?, mark(&saved, NAMES[1])?];
    let mut run = Run::prepare(options, || Records::reopen(folder, marks))?;
    let sums = [run.train.set().checksum(), run.test.set().checksum()].map(i64::from);
    if sums != [saved.get_int("train_checksum")?, saved.get_int("test_checksum")?] {
        return Err(format!("the images in {} are not those of the run", run.options.data.display()).into());
    }
    saved.restore_module("model", &run.network)?;
    saved.restore_optimizer("optimizer", &run.optimizer)?;
    saved.restore_lr_scheduler("lr_scheduler", &mut run.scheduler)?;
    saved.restore_warmup("warmup", &mut run.warmup)?;
    // Last: what comes before might draw numbers.
    saved.restore_rng_state("rng_state")?;
    run.epoch = saved.get_int("epoch")? as usize;
    run.done = saved.get_int("batches_done")? as usize;
    Ok(run)
}
