//! Checkpoints that Python's `torch.load` reads, and its `torch.save` writes.

use std::fmt;
use std::os::raw::c_char;
use std::path::Path;

use torch_warmup_sys as sys;

use super::module::Module;
use super::optim::TorchOptimizer;
use super::tensor::Tensor;
use super::value::Value;
use crate::call;
use crate::error::Result;
use crate::lr_scheduler::LrScheduler;
use crate::warmup::Warmup;

/// What a run needs to go on: a dict of values under keys.
///
/// Where a key is an `Option`, `None` stands for all that the checkpoint holds.
///
/// ```
/// use torch_warmup::torch::{nn, optim::AdamW, Checkpoint};
///
/// let network = nn::Linear::new(2, 2).build()?;
/// let optimizer = AdamW::new().build(&network.parameters()?)?;
/// let path = std::env::temp_dir().join("torch_warmup_doc.pt");
/// let mut checkpoint = Checkpoint::new()?;
/// checkpoint.put_module("model", &network)?;
/// checkpoint.put_optimizer("optimizer", &optimizer)?;
/// checkpoint.put("epoch", 3i64)?;
/// checkpoint.save(&path)?;
///
/// let saved = Checkpoint::load(&path)?;
/// saved.restore_module("model", &network)?;
/// saved.restore_optimizer("optimizer", &optimizer)?;
/// assert_eq!(saved.get_int("epoch")?, 3);
/// # std::fs::remove_file(path).unwrap();
/// # Ok::<(), torch_warmup::Error>(())
/// ```
pub struct Checkpoint {
    handle: *mut sys::tw_checkpoint,
}

/// A key for C, or none.
fn with_key<'a, T>(key: impl Into<Option<&'a str>>, call: impl FnOnce(*const c_char) -> Result<T>) -> Result<T> {
    let key = key.into().map(call::c_text).transpose()?;
    call(key.as_ref().map_or(std::ptr::null(), |key| key.as_ptr()))
}

/// The names in which a module and a state_dict differ, in the order of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Differences {
    /// The module has them, the state_dict not.
    pub missing: Vec<String>,
    /// The state_dict has them, the module not.
    pub unexpected: Vec<String>,
    /// Both have them, with other sizes or dtypes.
    pub mismatched: Vec<String>,
}

impl Checkpoint {
    fn create(call: impl FnOnce(*mut *mut sys::tw_checkpoint) -> sys::tw_status) -> Result<Checkpoint> {
        call::create(call).map(|handle| Checkpoint { handle })
    }

    /// An empty checkpoint.
    pub fn new() -> Result<Checkpoint> {
        // SAFETY: the place for the handle is there.
        Checkpoint::create(|out| unsafe { sys::tw_checkpoint_create(out) })
    }

    /// Loads a file of [`Checkpoint::save`], or of Python's `torch.save`. Nothing in it is ever run.
    pub fn load(path: impl AsRef<Path>) -> Result<Checkpoint> {
        let path = call::c_path(path.as_ref())?;
        // SAFETY: the text is borrowed for the call.
        Checkpoint::create(|out| unsafe { sys::tw_checkpoint_load(out, path.as_ptr()) })
    }

    /// Loads a safetensors file.
    pub fn load_safetensors(path: impl AsRef<Path>) -> Result<Checkpoint> {
        let path = call::c_path(path.as_ref())?;
        // SAFETY: the text is borrowed for the call.
        Checkpoint::create(|out| unsafe { sys::tw_checkpoint_load_safetensors(out, path.as_ptr()) })
    }

    /// Saves it: afterwards the file is either the new one, whole and on the disk, or what it was before.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = call::c_path(path.as_ref())?;
        // SAFETY: the handle is alive, the text borrowed for the call.
        call::check(unsafe { sys::tw_checkpoint_save(self.handle, path.as_ptr()) })
    }

    /// Saves it as a safetensors file, of tensors and texts alone.
    pub fn save_safetensors(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = call::c_path(path.as_ref())?;
        // SAFETY: the handle is alive, the text borrowed for the call.
        call::check(unsafe { sys::tw_checkpoint_save_safetensors(self.handle, path.as_ptr()) })
    }

    /// A snapshot with a copy of all, memory of tensors too, which what trains on does not change.
    pub fn snapshot(&self) -> Result<Checkpoint> {
        // SAFETY: the handle is alive.
        Checkpoint::create(|out| unsafe { sys::tw_checkpoint_clone(out, self.handle) })
    }

    /// Puts a value under a key: a number, a bool, a text, a tensor, or a list, tuple or dict of them. A tensor is not
    /// copied.
    pub fn put<'a>(&mut self, key: impl Into<Option<&'a str>>, value: impl Into<Value>) -> Result<()> {
        let value = value.into().make()?;
        // SAFETY: the handles are alive, the key is borrowed for the call.
        with_key(key, |key| call::check(unsafe { sys::tw_checkpoint_put_value(self.handle, key, value.raw()) }))
    }

    /// Puts a module's state_dict: under a key, or as all that the checkpoint holds.
    pub fn put_module<'a>(&mut self, key: impl Into<Option<&'a str>>, module: &Module) -> Result<()> {
        // SAFETY: the handles are alive, the key is borrowed for the call.
        with_key(key, |key| call::check(unsafe { sys::tw_checkpoint_put_module(self.handle, key, module.raw()) }))
    }

    /// Puts an optimizer's state_dict.
    pub fn put_optimizer(&mut self, key: &str, optimizer: &TorchOptimizer) -> Result<()> {
        // SAFETY: the handles are alive, the key is borrowed for the call.
        with_key(key, |key| call::check(unsafe { sys::tw_checkpoint_put_optimizer(self.handle, key, optimizer.raw()) }))
    }

    /// Puts an LR scheduler's state_dict.
    pub fn put_lr_scheduler(&mut self, key: &str, scheduler: &LrScheduler) -> Result<()> {
        // SAFETY: the handles are alive, the key is borrowed for the call.
        with_key(key, |key| {
            call::check(unsafe { sys::tw_checkpoint_put_lr_scheduler(self.handle, key, scheduler.raw()) })
        })
    }

    /// Puts a warmup's state_dict.
    pub fn put_warmup(&mut self, key: &str, warmup: &Warmup) -> Result<()> {
        // SAFETY: the handles are alive, the key is borrowed for the call.
        with_key(key, |key| call::check(unsafe { sys::tw_checkpoint_put_warmup(self.handle, key, warmup.raw()) }))
    }

    /// Puts the state of the default random number generators.
    pub fn put_rng_state(&mut self, key: &str) -> Result<()> {
        // SAFETY: the handle is alive, the key is borrowed for the call.
        with_key(key, |key| call::check(unsafe { sys::tw_checkpoint_put_rng_state(self.handle, key) }))
    }

    /// Whether there is a value under a key.
    pub fn has(&self, key: &str) -> Result<bool> {
        // SAFETY: the handle is alive, the key is borrowed for the call.
        with_key(key, |key| call::value(|out| unsafe { sys::tw_checkpoint_has(out, self.handle, key) }))
            .map(|yes| yes == 1)
    }

    /// The keys, in the order in which they were put.
    pub fn keys(&self) -> Result<Vec<String>> {
        // SAFETY: the handle is alive, the buffer as long as is said, here and below.
        let count = call::value(|out| unsafe { sys::tw_checkpoint_get_key_count(out, self.handle) })?;
        let key = |index| {
            call::text(|out, capacity, needed| unsafe {
                sys::tw_checkpoint_get_key(out, capacity, needed, self.handle, index)
            })
        };
        (0..count).map(key).collect()
    }

    /// What lies under a key, with all that it holds.
    pub fn get<'a>(&self, key: impl Into<Option<&'a str>>) -> Result<Value> {
        // SAFETY: the handle is alive, the key is borrowed for the call.
        with_key(key, |key| Value::take(|out| unsafe { sys::tw_checkpoint_get_value(out, self.handle, key) }))
    }

    /// A tensor, on the CPU.
    pub fn get_tensor<'a>(&self, key: impl Into<Option<&'a str>>) -> Result<Tensor> {
        // SAFETY: the handle is alive, the key is borrowed for the call.
        with_key(key, |key| Tensor::create(|out| unsafe { sys::tw_checkpoint_get_tensor(out, self.handle, key) }))
    }

    /// An integer.
    pub fn get_int(&self, key: &str) -> Result<i64> {
        // SAFETY: the handle is alive, the key is borrowed for the call.
        with_key(key, |key| call::value(|out| unsafe { sys::tw_checkpoint_get_int64(out, self.handle, key) }))
    }

    /// A number.
    pub fn get_float(&self, key: &str) -> Result<f64> {
        // SAFETY: the handle is alive, the key is borrowed for the call.
        with_key(key, |key| call::value(|out| unsafe { sys::tw_checkpoint_get_double(out, self.handle, key) }))
    }

    /// A text.
    pub fn get_text(&self, key: &str) -> Result<String> {
        // SAFETY: the handle is alive, the key is borrowed for the call, the buffer as long as is said.
        with_key(key, |key| {
            call::text(|out, capacity, needed| unsafe {
                sys::tw_checkpoint_get_string(out, capacity, needed, self.handle, key)
            })
        })
    }

    /// Loads a state_dict into a module, which has exactly its names.
    pub fn restore_module<'a>(&self, key: impl Into<Option<&'a str>>, module: &Module) -> Result<()> {
        self.restore_module_with(key, module, true)
    }

    /// As [`Checkpoint::restore_module`]; not strict, names that only one of them has are passed over.
    pub fn restore_module_with<'a>(
        &self,
        key: impl Into<Option<&'a str>>,
        module: &Module,
        strict: bool,
    ) -> Result<()> {
        // SAFETY: the handles are alive, the key is borrowed for the call.
        with_key(key, |key| {
            call::check(unsafe { sys::tw_checkpoint_restore_module(module.raw(), self.handle, key, strict.into()) })
        })
    }

    /// In what a module and a state_dict differ.
    pub fn compare_module<'a>(&self, key: impl Into<Option<&'a str>>, module: &Module) -> Result<Differences> {
        // SAFETY: the handles are alive, the key is borrowed for the call.
        let handle = with_key(key, |key| {
            call::create(|out| unsafe { sys::tw_checkpoint_compare_module(out, module.raw(), self.handle, key) })
        })?;
        let differences = DifferencesHandle(handle);
        Ok(Differences {
            missing: differences.names(sys::TW_DIFFERENCE_MISSING)?,
            unexpected: differences.names(sys::TW_DIFFERENCE_UNEXPECTED)?,
            mismatched: differences.names(sys::TW_DIFFERENCE_MISMATCHED)?,
        })
    }

    /// Loads a state_dict into an optimizer.
    pub fn restore_optimizer<'a>(&self, key: impl Into<Option<&'a str>>, optimizer: &TorchOptimizer) -> Result<()> {
        // SAFETY: the handles are alive, the key is borrowed for the call.
        with_key(key, |key| {
            call::check(unsafe { sys::tw_checkpoint_restore_optimizer(optimizer.raw(), self.handle, key) })
        })
    }

    /// Loads a state_dict into an LR scheduler, and sets the optimizer's rates. Whatever the order of loading, the run goes
    /// on as if it had never stopped.
    pub fn restore_lr_scheduler<'a>(&self, key: impl Into<Option<&'a str>>, scheduler: &mut LrScheduler) -> Result<()> {
        // SAFETY: the handles are alive, the key is borrowed for the call.
        with_key(key, |key| {
            call::check(unsafe { sys::tw_checkpoint_restore_lr_scheduler(scheduler.raw(), self.handle, key) })
        })
    }

    /// Loads a state_dict into a warmup, and sets the optimizer's rates as dampened for its step.
    pub fn restore_warmup<'a>(&self, key: impl Into<Option<&'a str>>, warmup: &mut Warmup) -> Result<()> {
        // SAFETY: the handles are alive, the key is borrowed for the call.
        with_key(key, |key| call::check(unsafe { sys::tw_checkpoint_restore_warmup(warmup.raw(), self.handle, key) }))
    }

    /// Puts the default random number generators into the state under a key.
    pub fn restore_rng_state<'a>(&self, key: impl Into<Option<&'a str>>) -> Result<()> {
        // SAFETY: the handle is alive, the key is borrowed for the call.
        with_key(key, |key| call::check(unsafe { sys::tw_checkpoint_restore_rng_state(self.handle, key) }))
    }
}

impl Drop for Checkpoint {
    fn drop(&mut self) {
        call::free(self.handle, sys::tw_checkpoint_free);
    }
}

impl fmt::Debug for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checkpoint").field("keys", &self.keys().unwrap_or_default()).finish()
    }
}

struct DifferencesHandle(*mut sys::tw_module_differences);

impl DifferencesHandle {
    fn names(&self, which: sys::tw_difference) -> Result<Vec<String>> {
        // SAFETY: the handle is alive, the buffer as long as is said, here and below.
        let count = call::value(|out| unsafe { sys::tw_module_differences_get_count(out, self.0, which) })?;
        let name = |index| {
            call::text(|out, capacity, needed| unsafe {
                sys::tw_module_differences_get_name(out, capacity, needed, self.0, which, index)
            })
        };
        (0..count).map(name).collect()
    }
}

impl Drop for DifferencesHandle {
    fn drop(&mut self) {
        call::free(self.0, sys::tw_module_differences_free);
    }
}
