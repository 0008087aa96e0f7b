//! An optimizer of the caller's own, behind C's interface.

use std::cell::RefCell;
use std::ffi::{c_void, CString};
use std::mem;
use std::slice;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use torch_warmup_sys as sys;

use crate::call;
use crate::error::{Error, Result, Status};
use crate::optimizer::GroupOption;

/// How warmups and LR schedulers reach an optimizer of your own, for [`Optimizer::custom`](crate::Optimizer::custom).
///
/// The methods are called by whichever thread uses the optimizer or what is bound to it, one at a time. An error is that of
/// the call that met it; a panic goes on in the caller of that call.
pub trait CustomOptimizer: Send + 'static {
    /// The class, for messages and state dicts; asked for once.
    fn class_name(&self) -> String {
        String::from("Optimizer")
    }

    /// The number of parameter groups.
    fn group_count(&self) -> usize;

    /// Gives one number a group. [`GroupOption::not_found`] makes the error for an option that the optimizer has not.
    fn get(&self, option: GroupOption, out: &mut [f64]) -> Result<()>;

    /// Sets one number a group, of all groups or none.
    fn set(&mut self, option: GroupOption, values: &[f64]) -> Result<()>;
}

impl GroupOption {
    /// The error for an option that an optimizer of this class has not.
    pub fn not_found(self, class_name: &str) -> Error {
        Error::new(Status::NotFound, format!("{class_name} has no {self}"))
    }
}

/// An optimizer that you go on using yourself. Let its lock go before any call that touches the rates, which takes it.
impl<T: CustomOptimizer> CustomOptimizer for Arc<Mutex<T>> {
    fn class_name(&self) -> String {
        locked(self).class_name()
    }

    fn group_count(&self) -> usize {
        locked(self).group_count()
    }

    fn get(&self, option: GroupOption, out: &mut [f64]) -> Result<()> {
        locked(self).get(option, out)
    }

    fn set(&mut self, option: GroupOption, values: &[f64]) -> Result<()> {
        locked(self).set(option, values)
    }
}

/// A panic of another thread that held the lock is that thread's; rates are plain numbers.
fn locked<T>(shared: &Arc<Mutex<T>>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// C serialises the calls; what it cannot see is a method that comes back to its own optimizer.
type Context<T> = RefCell<T>;

fn within() -> Error {
    Error::new(Status::State, "the optimizer's own method is still running")
}

/// # Safety
/// `context` is what `bind` gave, alive until its release.
unsafe fn context_of<'a, T>(context: *mut c_void) -> &'a Context<T> {
    // SAFETY: as above; the thread that calls holds the optimizer's lock, so no other one is in here.
    unsafe { &*context.cast::<Context<T>>() }
}

unsafe extern "C" fn group_count<T: CustomOptimizer>(out: *mut usize, context: *mut c_void) -> sys::tw_status {
    call::run(|| {
        // SAFETY: C gives a place for the number, and the context.
        let (out, context) = unsafe { (&mut *out, context_of::<T>(context)) };
        *out = context.try_borrow().map_err(|_| within())?.group_count();
        Ok(())
    })
}

fn known(option: sys::tw_option) -> Result<GroupOption> {
    GroupOption::from_raw(option).ok_or_else(|| Error::new(Status::NotFound, format!("there is no option {option}")))
}

unsafe extern "C" fn get<T: CustomOptimizer>(
    out: *mut f64,
    count: usize,
    option: sys::tw_option,
    context: *mut c_void,
) -> sys::tw_status {
    call::run(|| {
        // SAFETY: C gives room for count numbers, and the context.
        let (out, context) = unsafe { (slice::from_raw_parts_mut(out, count), context_of::<T>(context)) };
        context.try_borrow().map_err(|_| within())?.get(known(option)?, out)
    })
}

unsafe extern "C" fn set<T: CustomOptimizer>(
    values: *const f64,
    count: usize,
    option: sys::tw_option,
    context: *mut c_void,
) -> sys::tw_status {
    call::run(|| {
        // SAFETY: C gives count numbers, and the context.
        let (values, context) = unsafe { (slice::from_raw_parts(values, count), context_of::<T>(context)) };
        context.try_borrow_mut().map_err(|_| within())?.set(known(option)?, values)
    })
}

pub(crate) fn bind<T: CustomOptimizer>(optimizer: T) -> Result<*mut sys::tw_optimizer> {
    let class_name = CString::new(optimizer.class_name())?;
    let interface = sys::tw_optimizer_interface {
        struct_size: mem::size_of::<sys::tw_optimizer_interface>(),
        class_name: class_name.as_ptr(),
        group_count: Some(group_count::<T>),
        get: Some(get::<T>),
        set: Some(set::<T>),
        release: Some(call::release::<Context<T>>),
    };
    let context = call::context::<Context<T>>(RefCell::new(optimizer));
    // SAFETY: the structure and the name are copied; the context is C's from here on, and Send, as releases are on whatever
    // thread lets go last.
    call::create(|out| unsafe { sys::tw_optimizer_custom(out, &interface, context) })
}
