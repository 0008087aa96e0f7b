//! What checkpoints hold, and what the methods of TorchScript models take and give.

use torch_warmup_sys as sys;

use super::tensor::Tensor;
use crate::call;
use crate::error::{Error, Result, Status};

/// A value: a tensor, a number, a text, or a list, tuple or dict of values.
#[derive(Debug, Clone)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Value {
    None,
    Tensor(Tensor),
    Int(i64),
    Float(f64),
    Bool(bool),
    Text(String),
    List(Vec<Value>),
    Tuple(Vec<Value>),
    Dict(Vec<(Value, Value)>),
    /// Of a type that this library has not, by its name in Python. It cannot be put anywhere.
    Other(String),
}

macro_rules! from {
    ($($type:ty => $kind:ident,)*) => {
        $(
            impl From<$type> for Value {
                fn from(value: $type) -> Value {
                    Value::$kind(value)
                }
            }
        )*
    };
}

from! { Tensor => Tensor, i64 => Int, f64 => Float, bool => Bool, String => Text, Vec<Value> => List, }

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.into())
    }
}

/// A value's handle.
pub(super) struct Handle(*mut sys::tw_value);

impl Handle {
    pub(super) fn raw(&self) -> *mut sys::tw_value {
        self.0
    }

    fn create(call: impl FnOnce(*mut *mut sys::tw_value) -> sys::tw_status) -> Result<Handle> {
        call::create(call).map(Handle)
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        call::free(self.0, sys::tw_value_free);
    }
}

fn make_all<'a>(values: impl Iterator<Item = &'a Value>) -> Result<Vec<Handle>> {
    values.map(Value::make).collect()
}

fn raws(handles: &[Handle]) -> Vec<*mut sys::tw_value> {
    handles.iter().map(Handle::raw).collect()
}

impl Value {
    /// The value under a key of a dict, such as a checkpoint's.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let entries = match self {
            Value::Dict(entries) => entries,
            _ => return None,
        };
        entries.iter().find(|(name, _)| matches!(name, Value::Text(text) if text == key)).map(|(_, value)| value)
    }

    pub(super) fn make(&self) -> Result<Handle> {
        match self {
            // SAFETY: what is handed over is alive for the call, here and below.
            Value::None => Handle::create(|out| unsafe { sys::tw_value_none(out) }),
            Value::Tensor(tensor) => Handle::create(|out| unsafe { sys::tw_value_tensor(out, tensor.raw()) }),
            Value::Int(number) => Handle::create(|out| unsafe { sys::tw_value_int64(out, *number) }),
            Value::Float(number) => Handle::create(|out| unsafe { sys::tw_value_double(out, *number) }),
            Value::Bool(truth) => Handle::create(|out| unsafe { sys::tw_value_bool(out, (*truth).into()) }),
            Value::Text(text) => {
                let text = call::c_text(text)?;
                Handle::create(|out| unsafe { sys::tw_value_string(out, text.as_ptr()) })
            }
            Value::List(_) | Value::Tuple(_) | Value::Dict(_) => self.make_container(),
            Value::Other(name) => Err(Error::new(Status::Type, format!("a {name} cannot be made"))),
        }
    }

    fn make_container(&self) -> Result<Handle> {
        match self {
            Value::Dict(entries) => {
                let keys = make_all(entries.iter().map(|(key, _)| key))?;
                let values = make_all(entries.iter().map(|(_, value)| value))?;
                let (keys, values) = (raws(&keys), raws(&values));
                // SAFETY: the handles are alive for the call, here and below: the lists that own them end after it.
                Handle::create(|out| unsafe { sys::tw_value_dict(out, keys.as_ptr(), values.as_ptr(), keys.len()) })
            }
            Value::Tuple(items) => {
                let items = make_all(items.iter())?;
                let raw = raws(&items);
                Handle::create(|out| unsafe { sys::tw_value_tuple(out, raw.as_ptr(), raw.len()) })
            }
            Value::List(items) => {
                let items = make_all(items.iter())?;
                let raw = raws(&items);
                Handle::create(|out| unsafe { sys::tw_value_list(out, raw.as_ptr(), raw.len()) })
            }
            _ => unreachable!("only containers come here"),
        }
    }

    /// What a call gives.
    pub(super) fn take(call: impl FnOnce(*mut *mut sys::tw_value) -> sys::tw_status) -> Result<Value> {
        Value::read(&Handle::create(call)?)
    }

    fn read(handle: &Handle) -> Result<Value> {
        let value = handle.raw();
        // SAFETY: the handle is alive, here and below.
        Ok(match call::value(|out| unsafe { sys::tw_value_get_kind(out, value) })? {
            sys::TW_KIND_NONE => Value::None,
            sys::TW_KIND_TENSOR => {
                Value::Tensor(Tensor::create(|out| unsafe { sys::tw_value_get_tensor(out, value) })?)
            }
            sys::TW_KIND_INT64 => Value::Int(call::value(|out| unsafe { sys::tw_value_get_int64(out, value) })?),
            sys::TW_KIND_DOUBLE => Value::Float(call::value(|out| unsafe { sys::tw_value_get_double(out, value) })?),
            sys::TW_KIND_BOOL => Value::Bool(call::value(|out| unsafe { sys::tw_value_get_bool(out, value) })? == 1),
            sys::TW_KIND_STRING => Value::Text(call::text(|out, capacity, needed| unsafe {
                sys::tw_value_get_string(out, capacity, needed, value)
            })?),
            sys::TW_KIND_LIST => Value::List(items(handle)?),
            sys::TW_KIND_TUPLE => Value::Tuple(items(handle)?),
            sys::TW_KIND_DICT => Value::Dict(keys(handle)?.into_iter().zip(items(handle)?).collect()),
            _ => Value::Other(call::text(|out, capacity, needed| unsafe {
                sys::tw_value_get_type_name(out, capacity, needed, value)
            })?),
        })
    }
}

type Get = unsafe extern "C" fn(*mut *mut sys::tw_value, *const sys::tw_value, usize) -> sys::tw_status;

fn parts(handle: &Handle, get: Get) -> Result<Vec<Value>> {
    // SAFETY: the handle is alive.
    let count = call::value(|out| unsafe { sys::tw_value_get_size(out, handle.raw()) })?;
    // SAFETY: as above.
    (0..count).map(|index| Value::take(|out| unsafe { get(out, handle.raw(), index) })).collect()
}

fn items(handle: &Handle) -> Result<Vec<Value>> {
    parts(handle, sys::tw_value_get_item)
}

fn keys(handle: &Handle) -> Result<Vec<Value>> {
    parts(handle, sys::tw_value_get_key)
}
