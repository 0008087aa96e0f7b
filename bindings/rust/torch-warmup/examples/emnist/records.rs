//! The two tables of a run.

use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::dataset::crc32;
use crate::Outcome;

pub const NAMES: [&str; 2] = ["history.csv", "evaluation.csv"];
const HEADERS: [&str; 2] = ["epoch,step,loss,lr\n", "epoch,loss,accuracy\n"];

/// How much of a table there is, and a checksum by which it is known again.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Mark {
    pub bytes: i64,
    pub checksum: u32,
}

struct Table {
    file: File,
    mark: Mark,
}

impl Table {
    fn put(&mut self, text: &str) -> Outcome {
        self.file.write_all(text.as_bytes())?;
        self.mark.bytes += text.len() as i64;
        self.mark.checksum = crc32(self.mark.checksum, text.as_bytes());
        Ok(())
    }
}

pub struct Records {
    folder: PathBuf,
    tables: [Table; 2],
}

impl Records {
    /// New tables; results that are there are never overwritten.
    pub fn create(folder: PathBuf) -> Outcome<Records> {
        fs::create_dir_all(&folder)
            .map_err(|error| format!("the folder {} cannot be made: {error}", folder.display()))?;
        let taken = |name: &str| folder.join(name).metadata().map_or(false, |found| found.len() > 20);
        if let Some(name) =
            NAMES.iter().find(|name| taken(name)).or(folder.join("checkpoint.pt").exists().then_some(&"checkpoint.pt"))
        {
            let message = format!("{}/{name} exists already: give another folder with --output", folder.display());
            return Err(message.into());
        }
        let open = |index: usize| -> Outcome<Table> {
            let mut table = Table { file: File::create(folder.join(NAMES[index]))?, mark: Mark::default() };
            table.put(HEADERS[index])?;
            Ok(table)
        };
        let tables = [open(0)?, open(1)?];
        Ok(Records { folder, tables })
    }

    /// The tables of a run that is gone on with, cut back to where its checkpoint was.
    pub fn reopen(folder: PathBuf, marks: [Mark; 2]) -> Outcome<Records> {
        let open = |index: usize| -> Outcome<Table> {
            let (path, mark) = (folder.join(NAMES[index]), marks[index]);
            let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let kept = bytes.get(..mark.bytes as usize).filter(|kept| crc32(0, kept) == mark.checksum);
            kept.ok_or_else(|| format!("{} is not the table that the checkpoint was saved with", path.display()))?;
            let mut file = OpenOptions::new().write(true).open(&path)?;
            file.set_len(mark.bytes as u64)?;
            file.seek(SeekFrom::End(0))?;
            Ok(Table { file, mark })
        };
        let tables = [open(0)?, open(1)?];
        Ok(Records { folder, tables })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn marks(&self) -> [Mark; 2] {
        [self.tables[0].mark, self.tables[1].mark]
    }

    /// What is written is on the disk afterwards: a checkpoint must never mark more of a table than there is.
    pub fn sync(&self) -> Outcome {
        self.tables.iter().try_for_each(|table| table.file.sync_all())?;
        Ok(())
    }

    /// step: the one that follows. lr: the rate of the step that gave the loss.
    pub fn add_history(&mut self, epoch: usize, step: i64, loss: f64, lr: f64) -> Outcome {
        self.tables[0].put(&format!("{epoch},{step},{},{}\n", general(loss), general(lr)))
    }

    pub fn add_evaluation(&mut self, epoch: usize, loss: f64, accuracy: f64) -> Outcome {
        self.tables[1].put(&format!("{epoch},{},{accuracy:.2}\n", general(loss)))
    }
}

/// A number as C prints it by %g: six digits, with an exponent where that is shorter.
pub fn general(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{value}").to_lowercase();
    }
    let scientific = format!("{value:.5e}");
    let (digits, exponent) = scientific.split_once('e').expect("it has an exponent");
    let exponent: i32 = exponent.parse().expect("it is a number");
    let trim = |text: &str| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_string(),
        false => text.to_string(),
    };
    if (-4..6).contains(&exponent) {
        return trim(&format!("{value:.*}", (5 - exponent) as usize));
    }
    format!("{}e{}{:02}", trim(digits), if exponent < 0 { '-' } else { '+' }, exponent.abs())
}
