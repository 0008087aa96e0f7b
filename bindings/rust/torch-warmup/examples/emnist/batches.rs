//! Batches of images, in an order that the seed and the epoch decide: that of the C program.

use std::sync::mpsc::{sync_channel, Receiver};
use std::sync::Arc;
use std::thread;

use crate::dataset::{Dataset, PIXELS};
use crate::Outcome;

pub struct Batch {
    pub images: Vec<f32>,
    pub labels: Vec<i64>,
}

pub struct Batches {
    set: Arc<Dataset>,
    size: usize,
    workers: usize,
    /// Of the order; without one the images come as they lie, and the last, smaller batch too.
    seed: Option<u64>,
}

/// SplitMix64's numbers (Steele, Lea & Flood, OOPSLA 2014): a counter that is mixed.
struct CounterRng(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(z: u64) -> u64 {
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl CounterRng {
    fn new(seed: u64, purpose: u64, index: u64) -> CounterRng {
        let key = mix(seed.wrapping_add(STEP));
        let key = mix(key.wrapping_add(purpose).wrapping_add(STEP));
        CounterRng(mix(key.wrapping_add(index).wrapping_add(STEP)))
    }

    /// A whole number below bound, every one equally likely: draws in the last, incomplete stretch are thrown away.
    fn below(&mut self, bound: u32) -> u32 {
        let skip = bound.wrapping_neg() % bound;
        loop {
            self.0 = self.0.wrapping_add(STEP);
            let product = (mix(self.0) >> 32) * u64::from(bound);
            if product as u32 >= skip {
                return (product >> 32) as u32;
            }
        }
    }
}

const STREAM_EPOCH: u64 = 1;

fn fill(set: &Dataset, indices: &[u32]) -> Batch {
    let normalise = |pixel: u8| (f32::from(pixel) / 255.0 - 0.1751) / 0.3332;
    let mut images = Vec::with_capacity(indices.len() * PIXELS);
    for index in indices {
        let at = *index as usize * PIXELS;
        images.extend(set.images[at..at + PIXELS].iter().map(|pixel| normalise(*pixel)));
    }
    Batch { images, labels: indices.iter().map(|index| i64::from(set.labels[*index as usize])).collect() }
}

impl Batches {
    pub fn new(set: Dataset, size: usize, workers: usize, seed: Option<u64>) -> Outcome<Batches> {
        if seed.is_some() && size > set.labels.len() {
            return Err(format!("--batch-size is {size}, but there are {} training images", set.labels.len()).into());
        }
        Ok(Batches { set: Arc::new(set), size, workers, seed })
    }

    pub fn images(&self) -> usize {
        self.set.labels.len()
    }

    pub fn set(&self) -> &Dataset {
        &self.set
    }

    pub fn per_epoch(&self) -> usize {
        let rest = if self.seed.is_some() { 0 } else { self.size - 1 };
        (self.images() + rest) / self.size
    }

    fn order(&self, epoch: u64) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.images() as u32).collect();
        if let Some(seed) = self.seed {
            let mut rng = CounterRng::new(seed, STREAM_EPOCH, epoch);
            for left in (2..=order.len()).rev() {
                order.swap(left - 1, rng.below(left as u32) as usize);
            }
        }
        order
    }

    /// The batches of an epoch, from the first one that is asked for on.
    pub fn epoch(&self, epoch: u64, first: usize) -> Box<dyn Iterator<Item = Batch>> {
        let (set, order, size) = (Arc::clone(&self.set), Arc::new(self.order(epoch)), self.size);
        let make = move |number: usize| fill(&set, &order[number * size..order.len().min((number + 1) * size)]);
        let numbers = first..self.per_epoch();
        if self.workers == 0 {
            return Box::new(numbers.map(make));
        }
        let sources: Vec<Receiver<Batch>> = (0..self.workers)
            .map(|worker| start(numbers.clone().skip(worker).step_by(self.workers), make.clone()))
            .collect();
        Box::new(numbers.zip(0..).map(move |(_, turn): (usize, usize)| {
            sources[turn % sources.len()].recv().expect("a worker has ended early")
        }))
    }
}

/// A thread that makes every so many batches, two ahead; it ends when nobody takes them any more.
fn start(
    numbers: impl Iterator<Item = usize> + Send + 'static,
    make: impl Fn(usize) -> Batch + Send + 'static,
) -> Receiver<Batch> {
    let (give, take) = sync_channel(2);
    thread::spawn(move || numbers.map(make).try_for_each(|batch| give.send(batch)));
    take
}
