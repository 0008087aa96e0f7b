//! What the tests share: the reference values, and an optimizer of their own.
#![allow(dead_code)]

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use torch_warmup::{CustomOptimizer, GroupOption, Optimizer, Result};

/// In the project's tree, unless TORCH_WARMUP_FIXTURES says where.
pub fn fixtures() -> PathBuf {
    let in_tree = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures");
    std::env::var_os("TORCH_WARMUP_FIXTURES").map_or_else(in_tree, PathBuf::from)
}

/// The rows of a table, each a list of words, without its header.
pub fn csv(name: &str) -> Vec<Vec<String>> {
    let path = fixtures().join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rows: Vec<_> = text.lines().skip(1).map(|line| line.split(',').map(String::from).collect()).collect();
    assert!(!rows.is_empty(), "{name} has no rows");
    rows
}

/// A number as C99 writes it: `-0x1.8p-3`.
pub fn hexadecimal(text: &str) -> f64 {
    if let Some(rest) = text.strip_prefix('-') {
        return -hexadecimal(rest);
    }
    let parse = || {
        let (mantissa, exponent) = text.strip_prefix("0x")?.split_once('p')?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = u64::from_str_radix(&format!("{whole}{fraction}"), 16).ok()?;
        let exponent: i32 = exponent.parse().ok()?;
        // At most 53 bits, so the conversion and the scaling are exact.
        Some(digits as f64 * 2f64.powi(exponent - 4 * fraction.len() as i32))
    };
    parse().unwrap_or_else(|| panic!("{text} is no hexadecimal number"))
}

/// The bits, so that a comparison shows the last one.
pub fn bits(numbers: &[f64]) -> Vec<u64> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

/// The two groups of the reference traces.
pub fn two_groups() -> Optimizer {
    two_groups_with(0.999, 0.999)
}

pub fn two_groups_with(first: f64, second: f64) -> Optimizer {
    Optimizer::rates_with_betas([0.5, 0.1], [[0.9, first], [0.9, second]]).unwrap()
}

/// SGD with momentum on one number a group.
#[derive(Debug, Default)]
pub struct Sgd {
    pub lrs: Vec<f64>,
    pub momenta: Vec<f64>,
    pub parameters: Vec<f64>,
}

pub type Shared = Arc<Mutex<Sgd>>;

impl Sgd {
    pub fn shared(lrs: &[f64]) -> Shared {
        let (momenta, parameters) = (vec![0.9; lrs.len()], vec![1.0; lrs.len()]);
        Arc::new(Mutex::new(Sgd { lrs: lrs.to_vec(), momenta, parameters }))
    }

    /// A step down the square of each parameter.
    pub fn step(&mut self) {
        for (parameter, lr) in self.parameters.iter_mut().zip(&self.lrs) {
            *parameter -= lr * 2.0 * *parameter;
        }
    }

    pub fn loss(&self) -> f64 {
        self.parameters.iter().map(|parameter| parameter * parameter).sum()
    }
}

impl CustomOptimizer for Sgd {
    fn class_name(&self) -> String {
        "SGD".into()
    }

    fn group_count(&self) -> usize {
        self.lrs.len()
    }

    fn get(&self, option: GroupOption, out: &mut [f64]) -> Result<()> {
        match option {
            GroupOption::Lr => out.copy_from_slice(&self.lrs),
            GroupOption::Momentum => out.copy_from_slice(&self.momenta),
            other => return Err(other.not_found("SGD")),
        }
        Ok(())
    }

    fn set(&mut self, option: GroupOption, values: &[f64]) -> Result<()> {
        match option {
            GroupOption::Lr => self.lrs.copy_from_slice(values),
            GroupOption::Momentum => self.momenta.copy_from_slice(values),
            other => return Err(other.not_found("SGD")),
        }
        Ok(())
    }
}
