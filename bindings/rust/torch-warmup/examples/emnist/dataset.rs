//! EMNIST's files: images and labels as IDX, raw.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;

pub const SIDE: usize = 28;
pub const PIXELS: usize = SIDE * SIDE;

/// A way in which EMNIST is cut up.
#[derive(Debug, PartialEq)]
pub struct Split {
    pub name: &'static str,
    pub class_count: usize,
    /// What class 0 is called in the files.
    first_label: u8,
}

pub const SPLITS: [Split; 6] = [
    Split { name: "balanced", class_count: 47, first_label: 0 },
    Split { name: "byclass", class_count: 62, first_label: 0 },
    Split { name: "bymerge", class_count: 47, first_label: 0 },
    Split { name: "letters", class_count: 26, first_label: 1 },
    Split { name: "digits", class_count: 10, first_label: 0 },
    Split { name: "mnist", class_count: 10, first_label: 0 },
];

pub struct Dataset {
    /// PIXELS bytes each, as EMNIST stores them.
    pub images: Vec<u8>,
    pub labels: Vec<u8>,
}

fn find(folder: &Path, split: &Split, part: &str) -> Outcome<PathBuf> {
    let name = format!("emnist-{}-{part}-ubyte", split.name);
    let places = ["", "EMNIST/raw", "raw"].map(|place| folder.join(place).join(&name));
    let found = places.iter().find(|path| path.exists());
    found.cloned().ok_or_else(|| format!("{} has no {name}, nor its EMNIST/raw or raw", folder.display()).into())
}

/// The bytes of an IDX file of bytes, after its header, which has these dimensions behind the count.
fn read_idx(path: &Path, dimensions: &[u32]) -> Outcome<(Vec<u8>, usize)> {
    let mut bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let header = 8 + 4 * dimensions.len();
    let word = |at: usize| bytes.get(at..at + 4).map(|word| u32::from_be_bytes([word[0], word[1], word[2], word[3]]));
    let magic = 2049 + dimensions.len() as u32;
    let count = word(4).unwrap_or(0) as usize;
    let sides_fit = dimensions.iter().enumerate().all(|(i, side)| word(8 + 4 * i) == Some(*side));
    let expected = header + count * dimensions.iter().map(|side| *side as usize).product::<usize>();
    if word(0) != Some(magic) || !sides_fit || count == 0 || bytes.len() != expected {
        let message = format!("{} is no IDX file of {count} items of {dimensions:?} bytes", path.display());
        return Err(message.into());
    }
    Ok((bytes.split_off(header), count))
}

impl Dataset {
    fn load_part(folder: &Path, split: &Split, part: &str) -> Outcome<Dataset> {
        let side = SIDE as u32;
        let (images, count) = read_idx(&find(folder, split, &format!("{part}-images-idx3"))?, &[side, side])?;
        let path = find(folder, split, &format!("{part}-labels-idx1"))?;
        let (mut labels, label_count) = read_idx(&path, &[])?;
        if count != label_count {
            return Err(format!("{}: {label_count} labels for {count} images", path.display()).into());
        }
        for label in &mut labels {
            *label = label.wrapping_sub(split.first_label);
            if usize::from(*label) >= split.class_count {
                return Err(format!("{}: a label is none of {} classes", path.display(), split.class_count).into());
            }
        }
        Ok(Dataset { images, labels })
    }

    /// The training and the test images.
    pub fn load(folder: &Path, split: &Split) -> Outcome<(Dataset, Dataset)> {
        Ok((Dataset::load_part(folder, split, "train")?, Dataset::load_part(folder, split, "test")?))
    }

    /// A CRC-32 by which a run knows its data again.
    pub fn checksum(&self) -> u32 {
        crc32(crc32(0, &self.images), &self.labels)
    }
}

/// zlib's crc32.
pub fn crc32(before: u32, bytes: &[u8]) -> u32 {
    let mut table = [0u32; 256];
    for (i, entry) in table.iter_mut().enumerate() {
        *entry = (0..8).fold(i as u32, |c, _| if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 });
    }
    !bytes.iter().fold(!before, |crc, byte| table[usize::from(crc as u8 ^ byte)] ^ (crc >> 8))
}
