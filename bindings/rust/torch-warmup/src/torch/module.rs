//! Modules: layers, and what is made of them.

use std::ffi::c_void;
use std::fmt;
use std::mem::ManuallyDrop;
use std::path::Path;
use std::rc::Rc;
use std::slice;

use torch_warmup_sys as sys;

use super::tensor::{from_list, optional_handles, Tensor};
use super::value::Value;
use crate::call;
use crate::error::{Error, Result, Status};

struct Handle(*mut sys::tw_module);

impl Drop for Handle {
    fn drop(&mut self) {
        call::free(self.0, sys::tw_module_free);
    }
}

/// A module: a layer of [`nn`](super::nn), one of your own, or a TorchScript model. A clone stands for the same module.
#[derive(Clone)]
pub struct Module {
    handle: Rc<Handle>,
}

impl Module {
    pub(super) fn create(call: impl FnOnce(*mut *mut sys::tw_module) -> sys::tw_status) -> Result<Module> {
        call::create(call).map(|handle| Module { handle: Rc::new(Handle(handle)) })
    }

    pub(super) fn raw(&self) -> *mut sys::tw_module {
        self.handle.0
    }

    /// A module of your own, empty at first: register parameters, buffers and children with it. The closure computes its
    /// result from its inputs, of which one that is `None` is Python's None. A panic in it goes on in the caller of the
    /// forward pass.
    ///
    /// ```
    /// use torch_warmup::torch::{nn, Module, Tensor};
    ///
    /// let layer = nn::Linear::new(3, 3).build()?;
    /// let inner = layer.clone();
    /// let residual = Module::custom(move |x| x.add(&inner.forward(x)?))?;
    /// residual.register_module("inner", &layer)?;
    /// assert_eq!(residual.parameter_names()?, ["inner.weight", "inner.bias"]);
    /// assert_eq!(residual.forward(&Tensor::ones(&[2, 3])?)?.sizes()?, [2, 3]);
    /// # Ok::<(), torch_warmup::Error>(())
    /// ```
    pub fn custom(forward: impl Fn(&Tensor) -> Result<Tensor> + 'static) -> Result<Module> {
        Module::custom_with(move |inputs| match inputs {
            [Some(input)] => forward(input),
            _ => Err(Error::new(Status::Argument, format!("{} inputs were given; it takes one", inputs.len()))),
        })
    }

    /// As [`Module::custom`], of any number of inputs, some of which may be Python's None.
    pub fn custom_with<F>(forward: F) -> Result<Module>
    where
        F: Fn(&[Option<&Tensor>]) -> Result<Tensor> + 'static,
    {
        let context = call::context(forward);
        // SAFETY: the context is C's from here on. It need not be Send: modules and what holds them stay on their thread.
        Module::create(|out| unsafe {
            sys::tw_module_custom(out, Some(run_forward::<F>), context, Some(call::release::<F>))
        })
    }

    /// A module of your own that only holds others.
    pub fn holder() -> Result<Module> {
        // SAFETY: a module without forward and context.
        Module::create(|out| unsafe { sys::tw_module_custom(out, None, std::ptr::null_mut(), None) })
    }

    /// Loads a file of Python's `torch.jit.save`.
    pub fn load_torchscript(path: impl AsRef<Path>) -> Result<Module> {
        let path = call::c_path(path.as_ref())?;
        // SAFETY: the text is borrowed for the call.
        Module::create(|out| unsafe { sys::tw_module_load_torchscript(out, path.as_ptr()) })
    }

    /// Saves a TorchScript model.
    pub fn save_torchscript(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = call::c_path(path.as_ref())?;
        // SAFETY: the handle is alive, the text borrowed for the call.
        call::check(unsafe { sys::tw_module_save_torchscript(self.raw(), path.as_ptr()) })
    }

    /// Calls a method of a TorchScript model.
    pub fn call_method(&self, method: &str, inputs: &[Value]) -> Result<Value> {
        let method = call::c_text(method)?;
        let inputs = inputs.iter().map(Value::make).collect::<Result<Vec<_>>>()?;
        let handles: Vec<_> = inputs.iter().map(|input| input.raw()).collect();
        // SAFETY: the handles are alive, the text and the array borrowed for the call.
        Value::take(|out| unsafe {
            sys::tw_module_call_method(out, self.raw(), method.as_ptr(), handles.as_ptr(), handles.len())
        })
    }

    /// Registers a parameter, a tensor that optimizers train: a leaf of a floating dtype.
    pub fn register_parameter(&self, name: &str, tensor: &Tensor) -> Result<()> {
        let name = call::c_text(name)?;
        // SAFETY: the handles are alive, the text borrowed for the call.
        call::check(unsafe { sys::tw_module_register_parameter(self.raw(), name.as_ptr(), tensor.raw()) })
    }

    /// Registers a buffer, a tensor that is saved and moved with the module but not trained.
    pub fn register_buffer(&self, name: &str, tensor: &Tensor) -> Result<()> {
        let name = call::c_text(name)?;
        // SAFETY: the handles are alive, the text borrowed for the call.
        call::check(unsafe { sys::tw_module_register_buffer(self.raw(), name.as_ptr(), tensor.raw()) })
    }

    /// Registers a child.
    pub fn register_module(&self, name: &str, child: &Module) -> Result<()> {
        let name = call::c_text(name)?;
        // SAFETY: the handles are alive, the text borrowed for the call.
        call::check(unsafe { sys::tw_module_register_module(self.raw(), name.as_ptr(), child.raw()) })
    }

    /// Runs the forward pass on one input; of several results the first.
    pub fn forward(&self, input: &Tensor) -> Result<Tensor> {
        self.forward_with(&[Some(input)])
    }

    /// Runs the forward pass on several inputs; of several results the first.
    pub fn forward_with(&self, inputs: &[Option<&Tensor>]) -> Result<Tensor> {
        let inputs = optional_handles(inputs);
        // SAFETY: the handles are alive, the array borrowed for the call.
        Tensor::create(|out| unsafe { sys::tw_module_forward(out, self.raw(), inputs.as_ptr(), inputs.len()) })
    }

    /// Runs the forward pass for all its results, in PyTorch's order.
    pub fn forward_all(&self, inputs: &[Option<&Tensor>]) -> Result<Vec<Option<Tensor>>> {
        let inputs = optional_handles(inputs);
        // SAFETY: the handles are alive, the array borrowed for the call.
        let list =
            call::create(|out| unsafe { sys::tw_module_forward_all(out, self.raw(), inputs.as_ptr(), inputs.len()) })?;
        from_list(list)
    }

    /// The parameters of the module and its children, in the order of registration, as an optimizer takes them.
    pub fn parameters(&self) -> Result<Vec<Tensor>> {
        // SAFETY: the handle is alive.
        let list = call::create(|out| unsafe { sys::tw_module_get_parameters(out, self.raw()) })?;
        Ok(from_list(list)?.into_iter().flatten().collect())
    }

    /// The names of the parameters, such as `conv1.weight`, in the order of [`Module::parameters`].
    pub fn parameter_names(&self) -> Result<Vec<String>> {
        let name = |index| {
            // SAFETY: the handle is alive, the buffer as long as is said.
            call::text(|out, capacity, needed| unsafe {
                sys::tw_module_get_parameter_name(out, capacity, needed, self.raw(), index)
            })
        };
        (0..self.parameters()?.len()).map(name).collect()
    }

    /// The parameter or buffer of a dotted name.
    pub fn tensor(&self, name: &str) -> Result<Tensor> {
        let name = call::c_text(name)?;
        // SAFETY: the handle is alive, the text borrowed for the call.
        Tensor::create(|out| unsafe { sys::tw_module_get_tensor(out, self.raw(), name.as_ptr()) })
    }

    /// The child of a dotted name, such as `encoder.0`.
    pub fn module(&self, name: &str) -> Result<Module> {
        let name = call::c_text(name)?;
        // SAFETY: the handle is alive, the text borrowed for the call.
        Module::create(|out| unsafe { sys::tw_module_get_module(out, self.raw(), name.as_ptr()) })
    }

    /// Puts the module and its children into training mode, in which they start.
    pub fn train(&self) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_module_train(self.raw(), 1) })
    }

    /// Puts the module and its children into evaluation mode.
    pub fn eval(&self) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_module_train(self.raw(), 0) })
    }

    /// Whether the module is in training mode.
    pub fn is_training(&self) -> Result<bool> {
        // SAFETY: the handle is alive.
        call::value(|out| unsafe { sys::tw_module_is_training(out, self.raw()) }).map(|yes| yes == 1)
    }

    /// Moves the parameters and buffers to a device, in place; before the optimizer's first step.
    pub fn move_to(&self, device: &str) -> Result<()> {
        let device = call::c_text(device)?;
        // SAFETY: the handle is alive, the text borrowed for the call.
        call::check(unsafe { sys::tw_module_move_to(self.raw(), device.as_ptr()) })
    }

    /// Removes the gradient of every parameter.
    pub fn zero_grad(&self) -> Result<()> {
        // SAFETY: the handle is alive.
        call::check(unsafe { sys::tw_module_zero_grad(self.raw()) })
    }
}

impl fmt::Debug for Module {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Module").field("parameters", &self.parameter_names().unwrap_or_default()).finish()
    }
}

unsafe extern "C" fn run_forward<F>(
    out: *mut *mut sys::tw_tensor,
    _module: *mut sys::tw_module,
    inputs: *const *mut sys::tw_tensor,
    count: usize,
    context: *mut c_void,
) -> sys::tw_status
where
    F: Fn(&[Option<&Tensor>]) -> Result<Tensor>,
{
    call::run(|| {
        // SAFETY: C lends count handles and the context for this call, and gives a place for the result.
        let (out, forward) = unsafe { (&mut *out, &*context.cast::<F>()) };
        // SAFETY: as above; from_raw_parts wants a pointer even where there is none.
        let inputs = if count == 0 { &[][..] } else { unsafe { slice::from_raw_parts(inputs, count) } };
        // They are lent, so they are not freed here.
        let lent: Vec<_> = inputs.iter().map(|handle| ManuallyDrop::new(Tensor::from_raw(*handle))).collect();
        let given: Vec<Option<&Tensor>> =
            lent.iter().map(|tensor| if tensor.raw().is_null() { None } else { Some(&**tensor) }).collect();
        *out = forward(&given)?.into_raw();
        Ok(())
    })
}
