// Written by bindings/generate/rust.py from the headers in include/. Do not edit.

pub const TW_VERSION_MAJOR: u32 = 0;
pub const TW_VERSION_MINOR: u32 = 2;
pub const TW_VERSION_PATCH: u32 = 0;
pub const TW_VERSION_NUMBER: u32 = 200;
pub const TW_OK: tw_status = 0;
/// an argument is null, malformed, or does not fit the others
pub const TW_ERROR_ARGUMENT: tw_status = 1;
/// an object or a value is of a kind that the call cannot take
pub const TW_ERROR_TYPE: tw_status = 2;
/// a number lies outside its valid range
pub const TW_ERROR_RANGE: tw_status = 3;
/// the object is not in a state in which the call makes sense
pub const TW_ERROR_STATE: tw_status = 4;
/// out of memory, on the host or on the device
pub const TW_ERROR_MEMORY: tw_status = 5;
/// the device does not exist or failed
pub const TW_ERROR_DEVICE: tw_status = 6;
/// the operating system refused to read or write a file
pub const TW_ERROR_IO: tw_status = 7;
/// a file's contents are not what they should be
pub const TW_ERROR_FORMAT: tw_status = 8;
/// LibTorch refused the call; its message is in `tw_last_error`
pub const TW_ERROR_TORCH: tw_status = 9;
/// a callback failed without a status of its own: for a callback to return
pub const TW_ERROR_CALLBACK: tw_status = 10;
/// a fault in torch_warmup itself: please report it
pub const TW_ERROR_INTERNAL: tw_status = 11;
/// there is nothing of that name or key: no such option, entry, operator, module
pub const TW_ERROR_NOT_FOUND: tw_status = 12;
/// the caller's buffer is too small; needed says how much there is
pub const TW_ERROR_CAPACITY: tw_status = 13;
/// this build, or the LibTorch that it uses, cannot do it
pub const TW_ERROR_UNSUPPORTED: tw_status = 14;
/// a callback asked to stop: for a callback to return
pub const TW_ERROR_CANCELLED: tw_status = 15;
pub const TW_STATUS_UNKNOWN: tw_status = -1;
pub const TW_STATUS_MAX_ENUM: tw_status = 2147483647;
/// What a call returns. The numbers are fixed for ever; new ones are added at the end.
///
/// This and every other enumeration of these headers is signed and has 32 bits, which its two last members see to: no
/// call gives them, and giving them to a call is `TW_ERROR_ARGUMENT`.
pub type tw_status = i32;
extern "C" {
    /// The calling thread's message for its last failed call: what was wrong, with the values.
    ///
    /// Returns: a string that is never NULL, "" before the first failure. It is borrowed: valid until this thread's next
    ///   failing call. A successful call leaves it as it is.
    pub fn tw_last_error() -> *const ::std::os::raw::c_char;
}
extern "C" {
    /// Copies what `tw_last_error` gives, for languages whose tasks move from thread to thread: hold the thread from the call
    /// that failed to this one.
    ///
    /// * `out`: borrows: room for capacity bytes, as for every buffer: see the guide at the top of
    ///   torch_warmup_core.h.
    /// * `needed`: how many bytes the message has, its closing 0 among them; may be NULL.
    /// * fails with `TW_ERROR_CAPACITY`: capacity is too small; the message stays what it was
    pub fn tw_last_error_copy(
        out: *mut ::std::os::raw::c_char,
        capacity: usize,
        needed: *mut usize,
    ) -> tw_status;
}
extern "C" {
    /// Sets the calling thread's message, for a callback that is about to return a failure: the call that ran it fails with
    /// the callback's status and, behind the callback's name, this message.
    ///
    /// * `message`: borrows: NULL stands for "".
    pub fn tw_set_last_error(message: *const ::std::os::raw::c_char);
}
extern "C" {
    /// A status's name as this header spells it, such as "`TW_ERROR_RANGE`".
    ///
    /// Returns: a string constant; "`TW_STATUS_UNKNOWN`" for a number that is no status.
    pub fn tw_status_name(status: tw_status) -> *const ::std::os::raw::c_char;
}
extern "C" {
    /// The version of torch_warmup in this process, such as "0.2.0".
    pub fn tw_version() -> *const ::std::os::raw::c_char;
}
extern "C" {
    /// The same as a number, as `TW_VERSION_NUMBER` is made.
    pub fn tw_version_number() -> i32;
}
pub const TW_HANDLE_OPTIMIZER: tw_handle_kind = 0;
pub const TW_HANDLE_LR_SCHEDULER: tw_handle_kind = 1;
pub const TW_HANDLE_WARMUP: tw_handle_kind = 2;
pub const TW_HANDLE_TENSOR: tw_handle_kind = 3;
pub const TW_HANDLE_TENSOR_LIST: tw_handle_kind = 4;
pub const TW_HANDLE_GENERATOR: tw_handle_kind = 5;
pub const TW_HANDLE_MODULE: tw_handle_kind = 6;
pub const TW_HANDLE_MODULE_DIFFERENCES: tw_handle_kind = 7;
pub const TW_HANDLE_VALUE: tw_handle_kind = 8;
pub const TW_HANDLE_CHECKPOINT: tw_handle_kind = 9;
pub const TW_HANDLE_KIND_UNKNOWN: tw_handle_kind = -1;
pub const TW_HANDLE_KIND_MAX_ENUM: tw_handle_kind = 2147483647;
/// The kinds of handles. The numbers are fixed for ever; new ones are added at the end.
pub type tw_handle_kind = i32;
extern "C" {
    /// The name of a kind's type, such as "`tw_tensor`"; "unknown" for another number. Borrowed, valid for ever.
    pub fn tw_handle_kind_name(kind: tw_handle_kind) -> *const ::std::os::raw::c_char;
}
extern "C" {
    /// Gives how many handles of a kind are alive: given to the program, by any thread, and not freed yet. Those that a list or
    /// a callback lends are not counted.
    ///
    /// * `out`: 0 on failure.
    /// * fails with `TW_ERROR_UNSUPPORTED`: the library was built without TORCH_WARMUP_CHECKS
    /// * fails with `TW_ERROR_ARGUMENT`: there is no such kind
    pub fn tw_live_handles(out: *mut usize, kind: tw_handle_kind) -> tw_status;
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_optimizer {
    _unused: [u8; 0],
}
/// "lr", the learning rate: finite, not negative when set by hand
pub const TW_OPTION_LR: tw_option = 0;
/// "beta1", decay of the running average of gradients, in \[0, 1) by hand
pub const TW_OPTION_BETA1: tw_option = 1;
/// "beta2", decay of the running average of their squares, in \[0, 1)
pub const TW_OPTION_BETA2: tw_option = 2;
/// "momentum", not negative by hand; a schedule may cycle either to any number
pub const TW_OPTION_MOMENTUM: tw_option = 3;
/// "weight_decay", not negative
pub const TW_OPTION_WEIGHT_DECAY: tw_option = 4;
/// "eps", added to a denominator, not negative
pub const TW_OPTION_EPS: tw_option = 5;
/// "alpha", RMSprop's decay of the average of squares, in \[0, 1)
pub const TW_OPTION_ALPHA: tw_option = 6;
/// "dampening" of SGD's momentum, finite
pub const TW_OPTION_DAMPENING: tw_option = 7;
/// "lr_decay" of Adagrad, not negative
pub const TW_OPTION_LR_DECAY: tw_option = 8;
/// "initial_accumulator_value" of Adagrad, not negative
pub const TW_OPTION_INITIAL_ACCUMULATOR_VALUE: tw_option = 9;
/// "amsgrad" of Adam and AdamW, 0 or 1
pub const TW_OPTION_AMSGRAD: tw_option = 10;
/// "centered" of RMSprop, 0 or 1
pub const TW_OPTION_CENTERED: tw_option = 11;
/// "nesterov" of SGD, 0 or 1
pub const TW_OPTION_NESTEROV: tw_option = 12;
pub const TW_OPTION_UNKNOWN: tw_option = -1;
pub const TW_OPTION_MAX_ENUM: tw_option = 2147483647;
/// A number that a parameter group has. The numbers are fixed for ever; new ones are added at the end.
pub type tw_option = i32;
extern "C" {
    /// An option's name as PyTorch has it, such as "weight_decay"; "unknown" for a number that is no option. A constant.
    pub fn tw_option_name(option: tw_option) -> *const ::std::os::raw::c_char;
}
/// How to reach an optimizer that the caller has. Fill it in whole, unused members with 0.
///
/// The functions are called by whichever thread uses the optimizer or what is bound to it, one at a time. A number that
/// get leaves unset, or that is not a number, is `TW_ERROR_RANGE`. A failure's status and message (`tw_set_last_error`) are
/// those of the call that met it. They must not let an exception through.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_optimizer_interface {
    /// sizeof(`tw_optimizer_interface`)
    pub struct_size: usize,
    /// borrows: for messages and state dicts, such as "AdamW"; NULL for "Optimizer"
    pub class_name: *const ::std::os::raw::c_char,
    /// Gives the number of parameter groups.
    pub group_count: ::std::option::Option<
        unsafe extern "C" fn(out: *mut usize, context: *mut ::std::os::raw::c_void) -> tw_status,
    >,
    /// Gives one number a group, of all count groups; `TW_ERROR_NOT_FOUND` where the optimizer has no such option.
    pub get: ::std::option::Option<
        unsafe extern "C" fn(
            out: *mut f64,
            count: usize,
            option: tw_option,
            context: *mut ::std::os::raw::c_void,
        ) -> tw_status,
    >,
    /// Sets one number a group, of all count groups, or none; `TW_ERROR_NOT_FOUND` as get.
    pub set: ::std::option::Option<
        unsafe extern "C" fn(
            values: *const f64,
            count: usize,
            option: tw_option,
            context: *mut ::std::os::raw::c_void,
        ) -> tw_status,
    >,
    /// Lets context go: runs exactly once, after the last use, on whatever thread that is. May be NULL.
    pub release: ::std::option::Option<unsafe extern "C" fn(context: *mut ::std::os::raw::c_void)>,
}
#[test]
fn bindgen_test_layout_tw_optimizer_interface() {
    assert_eq!(
        ::std::mem::size_of::<tw_optimizer_interface>(),
        48usize,
        concat!("Size of: ", stringify!(tw_optimizer_interface))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_optimizer_interface>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_optimizer_interface))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_optimizer_interface>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_optimizer_interface),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_class_name() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_optimizer_interface>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).class_name) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_optimizer_interface),
                "::",
                stringify!(class_name)
            )
        );
    }
    test_field_class_name();
    fn test_field_group_count() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_optimizer_interface>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).group_count) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_optimizer_interface),
                "::",
                stringify!(group_count)
            )
        );
    }
    test_field_group_count();
    fn test_field_get() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_optimizer_interface>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).get) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_optimizer_interface),
                "::",
                stringify!(get)
            )
        );
    }
    test_field_get();
    fn test_field_set() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_optimizer_interface>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).set) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_optimizer_interface),
                "::",
                stringify!(set)
            )
        );
    }
    test_field_set();
    fn test_field_release() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_optimizer_interface>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).release) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_optimizer_interface),
                "::",
                stringify!(release)
            )
        );
    }
    test_field_release();
}
extern "C" {
    /// Creates an optimizer out of the caller's functions. Warmups and LR schedulers bind to it as to any other.
    ///
    /// * `out`: creates the optimizer; NULL on failure. Free it with `tw_optimizer_free`.
    /// * `functions`: borrows: copied.
    /// * `context`: shares: passed to the functions as it is. From a failure too it is released, unless functions is NULL
    ///   or its struct_size that of no such structure.
    /// * fails with `TW_ERROR_ARGUMENT`: struct_size is that of no such structure, or a function other than release is NULL
    pub fn tw_optimizer_custom(
        out: *mut *mut tw_optimizer,
        functions: *const tw_optimizer_interface,
        context: *mut ::std::os::raw::c_void,
    ) -> tw_status;
}
extern "C" {
    /// Creates an optimizer that only holds numbers: a shadow for one that cannot be reached. After each step, read the rates
    /// from it and hand them to the optimizer itself.
    ///
    /// * `out`: creates the optimizer, of the class "Rates"; NULL on failure.
    /// * `lrs`: borrows: group_count rates, finite and not negative.
    /// * `betas`: borrows: group_count pairs, beta1 and beta2 of each group in turn, in \[0, 1); NULL for none.
    /// * `group_count`: at least 1.
    pub fn tw_optimizer_rates(
        out: *mut *mut tw_optimizer,
        lrs: *const f64,
        betas: *const f64,
        group_count: usize,
    ) -> tw_status;
}
extern "C" {
    /// The number of parameter groups.
    pub fn tw_optimizer_get_group_count(
        out: *mut usize,
        optimizer: *const tw_optimizer,
    ) -> tw_status;
}
extern "C" {
    /// The optimizer's class, such as "AdamW"; a buffer as every other.
    ///
    /// * `needed`: may be NULL
    pub fn tw_optimizer_get_class_name(
        out: *mut ::std::os::raw::c_char,
        capacity: usize,
        needed: *mut usize,
        optimizer: *const tw_optimizer,
    ) -> tw_status;
}
extern "C" {
    /// The learning rate of a group, as it is: a warmup's factor included.
    pub fn tw_optimizer_get_lr(
        out: *mut f64,
        optimizer: *const tw_optimizer,
        group: usize,
    ) -> tw_status;
}
extern "C" {
    /// Sets the learning rate of a group.
    ///
    /// A rate that a caller gives, here or to a constructor, is not negative, as PyTorch's optimizers are made. Schedules that go
    /// on from each other's rates, as in a chain, may lead to negative ones, with which PyTorch goes on; so may a checkpoint of
    /// such a run. There any finite rate counts.
    ///
    /// * `lr`: finite and not negative.
    pub fn tw_optimizer_set_lr(optimizer: *mut tw_optimizer, group: usize, lr: f64) -> tw_status;
}
extern "C" {
    /// The learning rates of all groups, in one call; a buffer as every other.
    ///
    /// * `needed`: may be NULL
    pub fn tw_optimizer_get_lrs(
        out: *mut f64,
        capacity: usize,
        needed: *mut usize,
        optimizer: *const tw_optimizer,
    ) -> tw_status;
}
extern "C" {
    /// A number of a group.
    pub fn tw_optimizer_get_option(
        out: *mut f64,
        optimizer: *const tw_optimizer,
        group: usize,
        option: tw_option,
    ) -> tw_status;
}
extern "C" {
    /// Sets a number of a group.
    ///
    /// * fails with `TW_ERROR_RANGE`: it lies outside the option's range, which `tw_option` gives, or does not go with the group's
    ///   other numbers (nesterov without a momentum)
    /// * fails with `TW_ERROR_ARGUMENT`: it is neither 0 nor 1 where it is a truth value
    pub fn tw_optimizer_set_option(
        optimizer: *mut tw_optimizer,
        group: usize,
        option: tw_option,
        value: f64,
    ) -> tw_status;
}
extern "C" {
    /// Lets go of the optimizer behind the handle, for an owner who is about to destroy it: nothing of it is touched from now
    /// on, its numbers stay as they are (`tw_warmup_detach` before this puts the undampened rates back), and a custom one's
    /// context is released. What is bound can still be freed, and looked into where that needs no optimizer; any other call
    /// of theirs is `TW_ERROR_STATE`. Of several handles to one borrowed optimizer all are detached.
    pub fn tw_optimizer_detach(optimizer: *mut tw_optimizer) -> tw_status;
}
extern "C" {
    /// Frees the handle. What is bound to the optimizer keeps it alive. NULL is allowed and does nothing.
    pub fn tw_optimizer_free(optimizer: *mut tw_optimizer);
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_lr_scheduler {
    _unused: [u8; 0],
}
extern "C" {
    /// Goes on to the next epoch, in the recursive ("chainable") form: the new rate is made from the optimizer's present
    /// one, so several schedulers that are stepped in turn act together. Call it after `tw_optimizer_step`.
    ///
    /// * fails with `TW_ERROR_RANGE`: a rate would not be finite, or the epoch would be above 2^53
    /// * fails with `TW_ERROR_STATE`: the schedule needs a metric, or has ended (one_cycle)
    /// * fails with `TW_ERROR_STATE`: a warmup has dampened the optimizer's rates, which are therefore not the schedule's: leave the
    ///   step to `tw_warmup_step`, or call this between `tw_warmup_dampening_begin` and \_end
    pub fn tw_lr_scheduler_step(scheduler: *mut tw_lr_scheduler) -> tw_status;
}
extern "C" {
    /// Goes to a given epoch in the closed form: the new rate is made from the base rate alone.
    ///
    /// * `epoch`: from 0 to 2^53; may be a fraction, as for PyTorch's schedules.
    /// * fails with `TW_ERROR_RANGE`: epoch is outside that, or a rate would not be finite
    /// * fails with `TW_ERROR_STATE`: the schedule has no closed form
    pub fn tw_lr_scheduler_step_at(scheduler: *mut tw_lr_scheduler, epoch: f64) -> tw_status;
}
extern "C" {
    /// Goes on to the next epoch with the metric of the last one; for reduce_on_plateau.
    ///
    /// * `metric`: any number; one that is not a number counts as no better.
    /// * fails with `TW_ERROR_STATE`: the schedule takes no metric, or a warmup has dampened the optimizer's rates
    pub fn tw_lr_scheduler_step_metric(scheduler: *mut tw_lr_scheduler, metric: f64) -> tw_status;
}
extern "C" {
    /// The rates of the next steps, without a change to the optimizer or the schedulers.
    ///
    /// * `out`: borrows: room for capacity rates. Row i holds the rates of the groups after i steps of all
    ///   schedulers in turn, row 0 the present ones.
    /// * `needed`: steps times the number of groups; may be NULL.
    /// * `schedulers`: borrows: count schedulers of one optimizer, stepped in the recursive form.
    /// * `count`: at least 1.
    /// * `steps`: how many rows.
    /// * fails with `TW_ERROR_STATE`: a scheduler needs a metric, or ends within these steps, or a warmup has dampened the rates; or
    ///   from within a callback
    pub fn tw_lr_scheduler_preview(
        out: *mut f64,
        capacity: usize,
        needed: *mut usize,
        schedulers: *const *mut tw_lr_scheduler,
        count: usize,
        steps: usize,
    ) -> tw_status;
}
extern "C" {
    /// The rates that the last step gave the groups, without any warmup factor that came after; after
    /// `tw_lr_scheduler_set_last_epoch` those that it set or found.
    ///
    /// * `out`: borrows: room for capacity rates; untouched where that is too few.
    /// * `needed`: the number of groups; may be NULL.
    pub fn tw_lr_scheduler_get_last_lrs(
        out: *mut f64,
        capacity: usize,
        needed: *mut usize,
        scheduler: *const tw_lr_scheduler,
    ) -> tw_status;
}
extern "C" {
    /// The rates from which the closed form starts; otherwise as `tw_lr_scheduler_get_last_lrs`.
    pub fn tw_lr_scheduler_get_base_lrs(
        out: *mut f64,
        capacity: usize,
        needed: *mut usize,
        scheduler: *const tw_lr_scheduler,
    ) -> tw_status;
}
extern "C" {
    /// The number of groups that the scheduler schedules.
    pub fn tw_lr_scheduler_get_group_count(
        out: *mut usize,
        scheduler: *const tw_lr_scheduler,
    ) -> tw_status;
}
extern "C" {
    /// The epoch of the last step: 0 after construction, a fraction after `tw_lr_scheduler_step_at` with one.
    pub fn tw_lr_scheduler_get_last_epoch(
        out: *mut f64,
        scheduler: *const tw_lr_scheduler,
    ) -> tw_status;
}
extern "C" {
    /// Moves the schedule to an epoch without stepping there: the next step is to the one after it. A run whose epoch and rates
    /// were written down is gone on with so; all of a scheduler's state is kept by `tw_lr_scheduler_get_state` or a checkpoint.
    ///
    /// Schedules of schedules move their parts to where they are at that epoch, warm restarts know which period it falls in.
    /// reduce_on_plateau's best metric and counters stay as they are.
    ///
    /// * `epoch`: from -1, after which the next step is to epoch 0, to 2^53; whole for a sequential schedule.
    /// * `lrs`: borrows: count rates that the schedule had at that epoch, without a warmup's factor. The optimizer gets them
    ///   at once, dampened where a warmup is bound, and cycled momentums are set to those of the epoch. NULL, with
    ///   count 0: rates and momentums stay as they are.
    /// * `count`: 0, 1 (the same for every group) or the number of groups.
    /// * fails with `TW_ERROR_ARGUMENT`: count is none of these; the message names both numbers
    /// * fails with `TW_ERROR_RANGE`: epoch or a rate is outside its range
    pub fn tw_lr_scheduler_set_last_epoch(
        scheduler: *mut tw_lr_scheduler,
        epoch: f64,
        lrs: *const f64,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// The scheduler's whole state as plain numbers, for a caller who keeps files of its own.
    ///
    /// * `out`: borrows: room for capacity numbers.
    /// * `needed`: how many there are; may be NULL. It depends on the kind, its arguments and the number of groups alone.
    pub fn tw_lr_scheduler_get_state(
        out: *mut f64,
        capacity: usize,
        needed: *mut usize,
        scheduler: *const tw_lr_scheduler,
    ) -> tw_status;
}
extern "C" {
    /// Puts back a state that `tw_lr_scheduler_get_state` gave, for a scheduler made with the same arguments, and sets the
    /// optimizer's rates at once: dampened where a warmup is bound, whichever was made or set first.
    ///
    /// Of several schedulers set the state of the one last that is stepped last.
    ///
    /// * `state`: borrows: count numbers.
    /// * fails with `TW_ERROR_ARGUMENT`: count is not this scheduler's
    /// * fails with `TW_ERROR_RANGE`: a rate in it is not finite
    pub fn tw_lr_scheduler_set_state(
        scheduler: *mut tw_lr_scheduler,
        state: *const f64,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a copy that goes on by itself from where the scheduler is: the same arguments, the same state, the children of a
    /// schedule of schedules copied too, a callback's context shared: with a copy for another optimizer, which has a lock of its
    /// own, the callback may run on two threads at the same time.
    ///
    /// * `out`: creates the copy; NULL on failure.
    /// * `scheduler`: borrows.
    /// * `optimizer`: shares: another one with as many groups, whose rates are set at once to those of the scheduler's last
    ///   step; NULL for the same one, whose rates stay. Two schedulers that are stepped on one optimizer act
    ///   together.
    /// * fails with `TW_ERROR_ARGUMENT`: the other optimizer has another number of groups; the message names both
    /// * fails with `TW_ERROR_STATE`: a warmup has dampened the other optimizer's rates
    pub fn tw_lr_scheduler_clone(
        out: *mut *mut tw_lr_scheduler,
        scheduler: *const tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
    ) -> tw_status;
}
extern "C" {
    /// Frees the handle. The optimizer keeps its rates. NULL is allowed and does nothing.
    pub fn tw_lr_scheduler_free(scheduler: *mut tw_lr_scheduler);
}
pub const TW_OPTIONS_ADAM: tw_options_kind = 1;
pub const TW_OPTIONS_ADAMW: tw_options_kind = 2;
pub const TW_OPTIONS_SGD: tw_options_kind = 3;
pub const TW_OPTIONS_RMSPROP: tw_options_kind = 4;
pub const TW_OPTIONS_ADAGRAD: tw_options_kind = 5;
pub const TW_OPTIONS_CYCLIC: tw_options_kind = 6;
pub const TW_OPTIONS_ONE_CYCLE: tw_options_kind = 7;
pub const TW_OPTIONS_REDUCE_ON_PLATEAU: tw_options_kind = 8;
pub const TW_OPTIONS_EMBEDDING: tw_options_kind = 9;
pub const TW_OPTIONS_BATCH_NORM: tw_options_kind = 10;
pub const TW_OPTIONS_LAYER_NORM: tw_options_kind = 11;
pub const TW_OPTIONS_GROUP_NORM: tw_options_kind = 12;
pub const TW_OPTIONS_CONV1D: tw_options_kind = 13;
pub const TW_OPTIONS_CONV2D: tw_options_kind = 14;
pub const TW_OPTIONS_CONV3D: tw_options_kind = 15;
pub const TW_OPTIONS_CONV_TRANSPOSE1D: tw_options_kind = 16;
pub const TW_OPTIONS_CONV_TRANSPOSE2D: tw_options_kind = 17;
pub const TW_OPTIONS_CONV_TRANSPOSE3D: tw_options_kind = 18;
pub const TW_OPTIONS_MAX_POOL1D: tw_options_kind = 19;
pub const TW_OPTIONS_MAX_POOL2D: tw_options_kind = 20;
pub const TW_OPTIONS_AVG_POOL1D: tw_options_kind = 21;
pub const TW_OPTIONS_AVG_POOL2D: tw_options_kind = 22;
pub const TW_OPTIONS_LSTM: tw_options_kind = 23;
pub const TW_OPTIONS_GRU: tw_options_kind = 24;
pub const TW_OPTIONS_MULTIHEAD_ATTENTION: tw_options_kind = 25;
pub const TW_OPTIONS_TRANSFORMER_ENCODER_LAYER: tw_options_kind = 26;
pub const TW_OPTIONS_PRELU: tw_options_kind = 27;
pub const TW_OPTIONS_SOFTPLUS: tw_options_kind = 28;
pub const TW_OPTIONS_GELU: tw_options_kind = 29;
pub const TW_OPTIONS_CROSS_ENTROPY: tw_options_kind = 30;
pub const TW_OPTIONS_NLL_LOSS: tw_options_kind = 31;
pub const TW_OPTIONS_MSE_LOSS: tw_options_kind = 32;
pub const TW_OPTIONS_BINARY_CROSS_ENTROPY_WITH_LOGITS: tw_options_kind = 33;
pub const TW_OPTIONS_OP_CONV2D: tw_options_kind = 34;
pub const TW_OPTIONS_OP_MAX_POOL2D: tw_options_kind = 35;
pub const TW_OPTIONS_LINEAR: tw_options_kind = 36;
pub const TW_OPTIONS_KIND_UNKNOWN: tw_options_kind = -1;
pub const TW_OPTIONS_KIND_MAX_ENUM: tw_options_kind = 2147483647;
/// Which structure of options it is. The numbers are fixed for ever; new ones are added at the end.
pub type tw_options_kind = i32;
extern "C" {
    /// Multiplies the rate by gamma every step_size epochs, as StepLR.
    ///
    /// ```text
    /// closed form: lr(epoch) = base_lr * gamma^floor(epoch / step_size)
    /// ```
    ///
    /// * `step_size`: positive; whole, or the rate falls at the epochs that happen to be multiples of it.
    /// * `gamma`: PyTorch's default is 0.1.
    pub fn tw_lr_scheduler_step_lr(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        step_size: f64,
        gamma: f64,
    ) -> tw_status;
}
extern "C" {
    /// Multiplies the rate by gamma at each milestone, as MultiStepLR.
    ///
    /// ```text
    /// closed form: lr(epoch) = base_lr * gamma^(how many milestones are <= epoch)
    /// ```
    ///
    /// * `milestones`: borrows: count epochs, none negative, in any order; one that comes twice counts twice.
    /// * `count`: 0 for none: the rate stays.
    /// * `gamma`: PyTorch's default is 0.1.
    pub fn tw_lr_scheduler_multi_step(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        milestones: *const i64,
        count: usize,
        gamma: f64,
    ) -> tw_status;
}
extern "C" {
    /// Multiplies the rate by factor until total_iters epochs have passed, as ConstantLR.
    ///
    /// * `factor`: in \[0, 1\]; PyTorch's default is 1/3. From 0 no recursive step leads back to the rate: the one at
    ///   total_iters is `TW_ERROR_RANGE`, where PyTorch divides by zero.
    /// * `total_iters`: not negative; PyTorch's default is 5. At 0, or a fraction, no recursive step ends it.
    pub fn tw_lr_scheduler_constant(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        factor: f64,
        total_iters: f64,
    ) -> tw_status;
}
extern "C" {
    /// Multiplies the rate by a factor that goes from start_factor to end_factor in total_iters epochs, as LinearLR.
    ///
    /// * `start_factor`: in (0, 1\]; PyTorch's default is 1/3.
    /// * `end_factor`: in \[0, 1\]; PyTorch's default is 1.
    /// * `total_iters`: not negative; PyTorch's default is 5. At 0 the factor stays start_factor, and there is no closed
    ///   form: `TW_ERROR_RANGE`.
    pub fn tw_lr_scheduler_linear(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        start_factor: f64,
        end_factor: f64,
        total_iters: f64,
    ) -> tw_status;
}
extern "C" {
    /// Multiplies the rate by gamma every epoch, as ExponentialLR.
    pub fn tw_lr_scheduler_exponential(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        gamma: f64,
    ) -> tw_status;
}
extern "C" {
    /// Lets the rate fall to 0 in total_iters epochs, as PolynomialLR.
    ///
    /// ```text
    /// closed form: lr(epoch) = base_lr * (1 - min(epoch, total_iters) / total_iters)^power
    /// ```
    ///
    /// * `total_iters`: not negative; PyTorch's default is 5. At 0 the rate stays, and there is no closed form:
    ///   `TW_ERROR_RANGE`.
    /// * `power`: not negative; PyTorch's default is 1.
    pub fn tw_lr_scheduler_polynomial(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        total_iters: f64,
        power: f64,
    ) -> tw_status;
}
extern "C" {
    /// Lets the rate fall along half a cosine to eta_min in t_max epochs, and rise again after, as CosineAnnealingLR.
    ///
    /// ```text
    /// closed form: lr(epoch) = eta_min + (base_lr - eta_min) * (1 + cos(pi * epoch / t_max)) / 2
    /// ```
    ///
    /// Source: Loshchilov & Hutter, SGDR, arXiv 1608.03983 (without its restarts).
    ///
    /// * `t_max`: epochs of half a period, positive.
    /// * `eta_min`: the lowest rate; PyTorch's default is 0.
    pub fn tw_lr_scheduler_cosine_annealing(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        t_max: f64,
        eta_min: f64,
    ) -> tw_status;
}
extern "C" {
    /// Lets the rate fall along half a cosine again and again, each time t_mult times as long, as
    /// CosineAnnealingWarmRestarts. `tw_lr_scheduler_step_at` takes fractions of an epoch, and knows exactly which period an epoch
    /// lies in; PyTorch's logarithm is rounded at a few (with t_0 5 and t_mult 3 at 605, which it takes for the end of a period).
    ///
    /// Source: Loshchilov & Hutter, SGDR, arXiv 1608.03983.
    ///
    /// * `t_0`: epochs of the first fall, at least 1.
    /// * `t_mult`: at least 1; PyTorch's default is 1.
    /// * `eta_min`: the lowest rate; PyTorch's default is 0.
    pub fn tw_lr_scheduler_cosine_annealing_warm_restarts(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        t_0: i64,
        t_mult: i64,
        eta_min: f64,
    ) -> tw_status;
}
extern "C" {
    /// Lets the rate fall as one over the square root of the epoch, as Transformers are trained. Not in PyTorch.
    ///
    /// ```text
    /// lr(epoch) = base_lr * sqrt(timescale / (epoch + timescale))
    /// ```
    ///
    /// Source: Raffel et al., arXiv 1910.10683, section 3.1.2, with the first epoch's rate as base rate.
    ///
    /// * `timescale`: at least 1: how many epochs until the fall shows.
    pub fn tw_lr_scheduler_inverse_sqrt(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        timescale: i64,
    ) -> tw_status;
}
/// 1 - x
pub const TW_LR_DECAY_LINEAR: tw_lr_decay = 0;
/// (1 + cos(pi x)) / 2
pub const TW_LR_DECAY_COSINE: tw_lr_decay = 1;
/// 1 - sqrt(x)
pub const TW_LR_DECAY_SQRT: tw_lr_decay = 2;
pub const TW_LR_DECAY_UNKNOWN: tw_lr_decay = -1;
pub const TW_LR_DECAY_MAX_ENUM: tw_lr_decay = 2147483647;
/// The shape in which a rate decays; x goes from 0 to 1.
pub type tw_lr_decay = i32;
extern "C" {
    /// Lets the rate rise, stay, and decay (WSD). Not in PyTorch.
    ///
    /// ```text
    /// factor(epoch) = (epoch + 1) / warmup_iters            in the first warmup_iters epochs
    ///                 1                                     in the next stable_iters
    ///                 end_factor + (1 - end_factor) shape   in the next decay_iters
    ///                 end_factor                            after
    /// ```
    ///
    /// Source: Hu et al., MiniCPM, arXiv 2404.06395, section 4; the square root: Hagele et al., arXiv 2405.18392.
    ///
    /// * `warmup_iters`: at least 0; 0 where a `tw_warmup` does it.
    /// * `stable_iters`: at least 0.
    /// * `decay_iters`: at least 1.
    /// * `end_factor`: in \[0, 1\].
    pub fn tw_lr_scheduler_warmup_stable_decay(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        warmup_iters: i64,
        stable_iters: i64,
        decay_iters: i64,
        decay: tw_lr_decay,
        end_factor: f64,
    ) -> tw_status;
}
/// A number that the caller computes.
///
/// * `out`: to be set; finite. It comes as not a number, so that one left unset is refused.
/// * `epoch`: the epoch, a fraction after `tw_lr_scheduler_step_at` with one; for cyclic see `tw_cyclic_options`.
/// * `group`: the parameter group.
/// * `context`: what was given to the constructor.
/// Returns: `TW_OK`, or the status that the step is to fail with; its message by `tw_set_last_error`
pub type tw_lr_function = ::std::option::Option<
    unsafe extern "C" fn(
        out: *mut f64,
        epoch: f64,
        group: usize,
        context: *mut ::std::os::raw::c_void,
    ) -> tw_status,
>;
extern "C" {
    /// Sets each group's rate to its base rate times the caller's number, as LambdaLR.
    ///
    /// * `lr_lambda`: called once for each group at each step, and once within this call.
    /// * `context`: shares: passed to lr_lambda as it is.
    /// * `release`: lets context go; NULL where nothing needs to. It runs exactly once: when no scheduler needs it any
    ///   more, which may be long after this handle is freed (a schedule of schedules keeps it), on whatever
    ///   thread that is; also where this call fails.
    pub fn tw_lr_scheduler_lambda(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        lr_lambda: tw_lr_function,
        context: *mut ::std::os::raw::c_void,
        release: ::std::option::Option<unsafe extern "C" fn(context: *mut ::std::os::raw::c_void)>,
    ) -> tw_status;
}
extern "C" {
    /// Multiplies each group's present rate by the caller's number, as MultiplicativeLR. It has no closed form.
    pub fn tw_lr_scheduler_multiplicative(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        lr_lambda: tw_lr_function,
        context: *mut ::std::os::raw::c_void,
        release: ::std::option::Option<unsafe extern "C" fn(context: *mut ::std::os::raw::c_void)>,
    ) -> tw_status;
}
/// it stays
pub const TW_CYCLIC_TRIANGULAR: tw_cyclic_mode = 0;
/// it is halved after each cycle
pub const TW_CYCLIC_TRIANGULAR2: tw_cyclic_mode = 1;
/// it is gamma^epoch
pub const TW_CYCLIC_EXP_RANGE: tw_cyclic_mode = 2;
/// it is scale_fn
pub const TW_CYCLIC_CUSTOM: tw_cyclic_mode = 3;
pub const TW_CYCLIC_MODE_UNKNOWN: tw_cyclic_mode = -1;
pub const TW_CYCLIC_MODE_MAX_ENUM: tw_cyclic_mode = 2147483647;
/// How the height of a cycle changes.
pub type tw_cyclic_mode = i32;
/// the number of the cycle, from 1
pub const TW_CYCLIC_SCALE_CYCLE: tw_cyclic_scale_mode = 0;
/// the epoch
pub const TW_CYCLIC_SCALE_ITERATIONS: tw_cyclic_scale_mode = 1;
pub const TW_CYCLIC_SCALE_MODE_UNKNOWN: tw_cyclic_scale_mode = -1;
pub const TW_CYCLIC_SCALE_MODE_MAX_ENUM: tw_cyclic_scale_mode = 2147483647;
/// What scale_fn is given.
pub type tw_cyclic_scale_mode = i32;
/// What `tw_lr_scheduler_cyclic` may be told. Fill it in with `tw_cyclic_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_cyclic_options {
    /// set by `tw_cyclic_options_init`
    pub struct_size: usize,
    /// `TW_OPTIONS_CYCLIC`, set by the same
    pub kind: i32,
    /// 1: momentum, or the first beta, goes the other way; default 1
    pub cycle_momentum: i32,
    /// epochs from base to max, positive; default 2000
    pub step_size_up: f64,
    /// epochs back, 0 for a sawtooth; default -1: as many as up
    pub step_size_down: f64,
    /// default `TW_CYCLIC_TRIANGULAR`
    pub mode: tw_cyclic_mode,
    /// for `TW_CYCLIC_CUSTOM`; default `TW_CYCLIC_SCALE_CYCLE`
    pub scale_mode: tw_cyclic_scale_mode,
    /// for `TW_CYCLIC_EXP_RANGE`; default 1
    pub gamma: f64,
    /// for `TW_CYCLIC_CUSTOM`: its group is always 0
    pub scale_fn: tw_lr_function,
    /// shares: passed to scale_fn as it is
    pub scale_context: *mut ::std::os::raw::c_void,
    /// lets scale_context go, as `tw_lr_scheduler_lambda`'s release; may be NULL
    pub scale_release:
        ::std::option::Option<unsafe extern "C" fn(context: *mut ::std::os::raw::c_void)>,
    /// 0: the defaults; 1: the same for every group; or the number of groups
    pub momentum_count: usize,
    /// borrows: momentum_count numbers, as PyTorch any; default 0.8
    pub base_momentum: *const f64,
    /// borrows: as many; default 0.9
    pub max_momentum: *const f64,
}
#[test]
fn bindgen_test_layout_tw_cyclic_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_cyclic_options>(),
        96usize,
        concat!("Size of: ", stringify!(tw_cyclic_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_cyclic_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_cyclic_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cyclic_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cyclic_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cyclic_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cyclic_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_cycle_momentum() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cyclic_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).cycle_momentum) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cyclic_options),
                "::",
                stringify!(cycle_momentum)
            )
        );
    }
    test_field_cycle_momentum();
    fn test_field_step_size_up() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cyclic_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).step_size_up) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cyclic_options),
                "::",
                stringify!(step_size_up)
            )
        );
    }
    test_field_step_size_up();
    fn test_field_step_size_down() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cyclic_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).step_size_down) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cyclic_options),
                "::",
                stringify!(step_size_down)
            )
        );
    }
    test_field_step_size_down();
    fn test_field_mode() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cyclic_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).mode) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cyclic_options),
                "::",
                stringify!(mode)
            )
        );
    }
    test_field_mode();
    fn test_field_scale_mode() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cyclic_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).scale_mode) as usize - ptr as usize
            },
            36usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cyclic_options),
                "::",
                stringify!(scale_mode)
            )
        );
    }
    test_field_scale_mode();
    fn test_field_gamma() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cyclic_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).gamma) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cyclic_options),
                "::",
                stringify!(gamma)
            )
        );
    }
    test_field_gamma();
    fn test_field_scale_fn() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cyclic_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).scale_fn) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cyclic_options),
                "::",
                stringify!(scale_fn)
            )
        );
    }
    test_field_scale_fn();
    fn test_field_scale_context() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cyclic_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).scale_context) as usize - ptr as usize
            },
            56usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cyclic_options),
                "::",
                stringify!(scale_context)
            )
        );
    }
    test_field_scale_context();
    fn test_field_scale_release() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cyclic_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).scale_release) as usize - ptr as usize
            },
            64usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cyclic_options),
                "::",
                stringify!(scale_release)
            )
        );
    }
    test_field_scale_release();
    fn test_field_momentum_count() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cyclic_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).momentum_count) as usize - ptr as usize
            },
            72usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cyclic_options),
                "::",
                stringify!(momentum_count)
            )
        );
    }
    test_field_momentum_count();
    fn test_field_base_momentum() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cyclic_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).base_momentum) as usize - ptr as usize
            },
            80usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cyclic_options),
                "::",
                stringify!(base_momentum)
            )
        );
    }
    test_field_base_momentum();
    fn test_field_max_momentum() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_cyclic_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).max_momentum) as usize - ptr as usize
            },
            88usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_cyclic_options),
                "::",
                stringify!(max_momentum)
            )
        );
    }
    test_field_max_momentum();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_cyclic_options`)
    pub fn tw_cyclic_options_init(options: *mut tw_cyclic_options, struct_size: usize)
        -> tw_status;
}
extern "C" {
    /// Lets the rates go up and down between two bounds, as CyclicLR. Source: Smith, arXiv 1506.01186.
    ///
    /// * `base_lrs`: borrows: count lower bounds.
    /// * `count`: 1 (the same for every group) or the number of groups.
    /// * `max_lrs`: borrows: count upper bounds.
    /// * `options`: borrows: NULL for PyTorch's defaults, which cycle momentum.
    /// * fails with `TW_ERROR_ARGUMENT`: a count fits neither; the message names both numbers
    /// * fails with `TW_ERROR_NOT_FOUND`: momentum is to be cycled, but the optimizer has neither momentum nor beta1
    pub fn tw_lr_scheduler_cyclic(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        base_lrs: *const f64,
        count: usize,
        max_lrs: *const f64,
        options: *const tw_cyclic_options,
    ) -> tw_status;
}
pub const TW_ONE_CYCLE_ANNEAL_COS: tw_one_cycle_anneal = 0;
pub const TW_ONE_CYCLE_ANNEAL_LINEAR: tw_one_cycle_anneal = 1;
pub const TW_ONE_CYCLE_ANNEAL_UNKNOWN: tw_one_cycle_anneal = -1;
pub const TW_ONE_CYCLE_ANNEAL_MAX_ENUM: tw_one_cycle_anneal = 2147483647;
/// How one_cycle goes from one rate to the next.
pub type tw_one_cycle_anneal = i32;
/// What `tw_lr_scheduler_one_cycle` may be told. Fill it in with `tw_one_cycle_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_one_cycle_options {
    /// set by `tw_one_cycle_options_init`
    pub struct_size: usize,
    /// `TW_OPTIONS_ONE_CYCLE`, set by the same
    pub kind: i32,
    /// 1: momentum, or the first beta, goes the other way; default 1
    pub cycle_momentum: i32,
    /// the share of the steps in which the rate rises, in \[0, 1\]; default 0.3
    pub pct_start: f64,
    /// default `TW_ONE_CYCLE_ANNEAL_COS`
    pub anneal_strategy: tw_one_cycle_anneal,
    /// 1: down to the first rate as fast as up, then to the last; default 0
    pub three_phase: i32,
    /// the first rate is max_lr / div_factor; default 25
    pub div_factor: f64,
    /// the last rate is the first / final_div_factor; default 1e4
    pub final_div_factor: f64,
    /// 0: the defaults; 1: the same for every group; or the number of groups
    pub momentum_count: usize,
    /// borrows: momentum_count numbers, as PyTorch any; default 0.85
    pub base_momentum: *const f64,
    /// borrows: as many; default 0.95
    pub max_momentum: *const f64,
}
#[test]
fn bindgen_test_layout_tw_one_cycle_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_one_cycle_options>(),
        72usize,
        concat!("Size of: ", stringify!(tw_one_cycle_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_one_cycle_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_one_cycle_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_one_cycle_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_one_cycle_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_one_cycle_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_one_cycle_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_cycle_momentum() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_one_cycle_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).cycle_momentum) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_one_cycle_options),
                "::",
                stringify!(cycle_momentum)
            )
        );
    }
    test_field_cycle_momentum();
    fn test_field_pct_start() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_one_cycle_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).pct_start) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_one_cycle_options),
                "::",
                stringify!(pct_start)
            )
        );
    }
    test_field_pct_start();
    fn test_field_anneal_strategy() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_one_cycle_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).anneal_strategy) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_one_cycle_options),
                "::",
                stringify!(anneal_strategy)
            )
        );
    }
    test_field_anneal_strategy();
    fn test_field_three_phase() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_one_cycle_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).three_phase) as usize - ptr as usize
            },
            28usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_one_cycle_options),
                "::",
                stringify!(three_phase)
            )
        );
    }
    test_field_three_phase();
    fn test_field_div_factor() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_one_cycle_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).div_factor) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_one_cycle_options),
                "::",
                stringify!(div_factor)
            )
        );
    }
    test_field_div_factor();
    fn test_field_final_div_factor() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_one_cycle_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).final_div_factor) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_one_cycle_options),
                "::",
                stringify!(final_div_factor)
            )
        );
    }
    test_field_final_div_factor();
    fn test_field_momentum_count() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_one_cycle_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).momentum_count) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_one_cycle_options),
                "::",
                stringify!(momentum_count)
            )
        );
    }
    test_field_momentum_count();
    fn test_field_base_momentum() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_one_cycle_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).base_momentum) as usize - ptr as usize
            },
            56usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_one_cycle_options),
                "::",
                stringify!(base_momentum)
            )
        );
    }
    test_field_base_momentum();
    fn test_field_max_momentum() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_one_cycle_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).max_momentum) as usize - ptr as usize
            },
            64usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_one_cycle_options),
                "::",
                stringify!(max_momentum)
            )
        );
    }
    test_field_max_momentum();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_one_cycle_options`)
    pub fn tw_one_cycle_options_init(
        options: *mut tw_one_cycle_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Lets the rates rise once to max_lrs and then fall far below the first, as OneCycleLR. Its base rates are
    /// max_lrs / div_factor, whatever the optimizer's rates were.
    ///
    /// The step to total_steps itself, one past the last rate, is PyTorch's: it goes on beyond the end of the cycle, where rates
    /// may be negative and momentums above max_momentum. A pct_start that leaves a stretch of the cycle no length, such as 1 of
    /// total_steps, has no rate at its end, where PyTorch divides by zero.
    ///
    /// Source: Smith & Topin, Super-Convergence, arXiv 1708.07120.
    ///
    /// * `max_lrs`: borrows: count rates.
    /// * `count`: 1 (the same for every group) or the number of groups.
    /// * `total_steps`: at least 1; a step past it is `TW_ERROR_STATE`.
    /// * `options`: borrows: NULL for PyTorch's defaults, which cycle momentum.
    /// * fails with `TW_ERROR_ARGUMENT`: a count fits neither; the message names both numbers
    /// * fails with `TW_ERROR_NOT_FOUND`: momentum is to be cycled, but the optimizer has neither momentum nor beta1
    /// * fails with `TW_ERROR_RANGE`: pct_start leaves the first stretch no length
    pub fn tw_lr_scheduler_one_cycle(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        max_lrs: *const f64,
        count: usize,
        total_steps: i64,
        options: *const tw_one_cycle_options,
    ) -> tw_status;
}
pub const TW_PLATEAU_MIN: tw_plateau_mode = 0;
pub const TW_PLATEAU_MAX: tw_plateau_mode = 1;
pub const TW_PLATEAU_MODE_UNKNOWN: tw_plateau_mode = -1;
pub const TW_PLATEAU_MODE_MAX_ENUM: tw_plateau_mode = 2147483647;
/// Whether a metric gets better by falling or by rising.
pub type tw_plateau_mode = i32;
pub const TW_PLATEAU_THRESHOLD_REL: tw_plateau_threshold_mode = 0;
pub const TW_PLATEAU_THRESHOLD_ABS: tw_plateau_threshold_mode = 1;
pub const TW_PLATEAU_THRESHOLD_MODE_UNKNOWN: tw_plateau_threshold_mode = -1;
pub const TW_PLATEAU_THRESHOLD_MODE_MAX_ENUM: tw_plateau_threshold_mode = 2147483647;
/// Whether a threshold is a share of the best value or a distance from it.
pub type tw_plateau_threshold_mode = i32;
/// What `tw_lr_scheduler_reduce_on_plateau` may be told. Fill it in with `tw_reduce_on_plateau_options_init`.
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_reduce_on_plateau_options {
    /// set by `tw_reduce_on_plateau_options_init`
    pub struct_size: usize,
    /// `TW_OPTIONS_REDUCE_ON_PLATEAU`, set by the same
    pub kind: i32,
    /// 0
    pub reserved: i32,
    /// default `TW_PLATEAU_MIN`
    pub mode: tw_plateau_mode,
    /// default `TW_PLATEAU_THRESHOLD_REL`
    pub threshold_mode: tw_plateau_threshold_mode,
    /// what the rate is multiplied by, in \[0, 1); default 0.1
    pub factor: f64,
    /// epochs without a better metric that are let pass, at least 0; default 10
    pub patience: i64,
    /// by how much a metric must be better to count, at least 0; default 1e-4
    pub threshold: f64,
    /// epochs after a fall in which none counts as bad, at least 0; default 0
    pub cooldown: i64,
    /// 0: no bound; 1: the same for every group; or the number of groups
    pub min_lr_count: usize,
    /// borrows: min_lr_count rates that are not fallen below; default 0
    pub min_lr: *const f64,
    /// a smaller fall than this is left out, at least 0; default 1e-8
    pub eps: f64,
}
#[test]
fn bindgen_test_layout_tw_reduce_on_plateau_options() {
    assert_eq!(
        ::std::mem::size_of::<tw_reduce_on_plateau_options>(),
        80usize,
        concat!("Size of: ", stringify!(tw_reduce_on_plateau_options))
    );
    assert_eq!(
        ::std::mem::align_of::<tw_reduce_on_plateau_options>(),
        8usize,
        concat!("Alignment of ", stringify!(tw_reduce_on_plateau_options))
    );
    fn test_field_struct_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_reduce_on_plateau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).struct_size) as usize - ptr as usize
            },
            0usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_reduce_on_plateau_options),
                "::",
                stringify!(struct_size)
            )
        );
    }
    test_field_struct_size();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_reduce_on_plateau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            8usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_reduce_on_plateau_options),
                "::",
                stringify!(kind)
            )
        );
    }
    test_field_kind();
    fn test_field_reserved() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_reduce_on_plateau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reserved) as usize - ptr as usize
            },
            12usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_reduce_on_plateau_options),
                "::",
                stringify!(reserved)
            )
        );
    }
    test_field_reserved();
    fn test_field_mode() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_reduce_on_plateau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).mode) as usize - ptr as usize
            },
            16usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_reduce_on_plateau_options),
                "::",
                stringify!(mode)
            )
        );
    }
    test_field_mode();
    fn test_field_threshold_mode() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_reduce_on_plateau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).threshold_mode) as usize - ptr as usize
            },
            20usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_reduce_on_plateau_options),
                "::",
                stringify!(threshold_mode)
            )
        );
    }
    test_field_threshold_mode();
    fn test_field_factor() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_reduce_on_plateau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).factor) as usize - ptr as usize
            },
            24usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_reduce_on_plateau_options),
                "::",
                stringify!(factor)
            )
        );
    }
    test_field_factor();
    fn test_field_patience() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_reduce_on_plateau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).patience) as usize - ptr as usize
            },
            32usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_reduce_on_plateau_options),
                "::",
                stringify!(patience)
            )
        );
    }
    test_field_patience();
    fn test_field_threshold() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_reduce_on_plateau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).threshold) as usize - ptr as usize
            },
            40usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_reduce_on_plateau_options),
                "::",
                stringify!(threshold)
            )
        );
    }
    test_field_threshold();
    fn test_field_cooldown() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_reduce_on_plateau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).cooldown) as usize - ptr as usize
            },
            48usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_reduce_on_plateau_options),
                "::",
                stringify!(cooldown)
            )
        );
    }
    test_field_cooldown();
    fn test_field_min_lr_count() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_reduce_on_plateau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).min_lr_count) as usize - ptr as usize
            },
            56usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_reduce_on_plateau_options),
                "::",
                stringify!(min_lr_count)
            )
        );
    }
    test_field_min_lr_count();
    fn test_field_min_lr() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_reduce_on_plateau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).min_lr) as usize - ptr as usize
            },
            64usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_reduce_on_plateau_options),
                "::",
                stringify!(min_lr)
            )
        );
    }
    test_field_min_lr();
    fn test_field_eps() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<tw_reduce_on_plateau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).eps) as usize - ptr as usize
            },
            72usize,
            concat!(
                "Offset of field: ",
                stringify!(tw_reduce_on_plateau_options),
                "::",
                stringify!(eps)
            )
        );
    }
    test_field_eps();
}
extern "C" {
    /// Fills in PyTorch's defaults.
    ///
    /// * `struct_size`: sizeof(`tw_reduce_on_plateau_options`)
    pub fn tw_reduce_on_plateau_options_init(
        options: *mut tw_reduce_on_plateau_options,
        struct_size: usize,
    ) -> tw_status;
}
extern "C" {
    /// Lets the rate fall when a metric has stopped getting better, as ReduceLROnPlateau. It is stepped with
    /// `tw_lr_scheduler_step_metric` and in no other way.
    ///
    /// * `options`: borrows: NULL for PyTorch's defaults.
    pub fn tw_lr_scheduler_reduce_on_plateau(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        options: *const tw_reduce_on_plateau_options,
    ) -> tw_status;
}
extern "C" {
    /// Runs one schedule after another, as SequentialLR: at each milestone the next one starts, from its epoch 0.
    ///
    /// The optimizer's rates start anew from the initial ones, and the initial steps of all schedulers but the first are
    /// taken back, as PyTorch does.
    ///
    /// A sequential or chained one among them runs as it would by itself: alone in a sequential one it is unchanged. One that
    /// comes later starts at its milestone with the schedule that it would start with, in the closed form where that has one; of
    /// a chained one the others follow on the rates of the one before.
    ///
    /// * `schedulers`: shares: count schedulers of this optimizer; go on stepping this one alone.
    /// * `count`: at least 1.
    /// * `milestones`: borrows: milestone_count epochs, ascending, none negative.
    /// * `milestone_count`: count - 1; another number is `TW_ERROR_ARGUMENT` and named.
    /// * fails with `TW_ERROR_ARGUMENT`: a scheduler is NULL, or belongs to another optimizer
    /// * fails with `TW_ERROR_TYPE`: a scheduler needs a metric
    pub fn tw_lr_scheduler_sequential(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        schedulers: *const *mut tw_lr_scheduler,
        count: usize,
        milestones: *const i64,
        milestone_count: usize,
    ) -> tw_status;
}
extern "C" {
    /// Steps several schedules at once, each on the rates of the one before, as ChainedScheduler.
    ///
    /// * `schedulers`: shares: count schedulers of this optimizer; go on stepping this one alone.
    /// * `count`: at least 1.
    /// * fails with `TW_ERROR_ARGUMENT`: a scheduler is NULL, or belongs to another optimizer
    /// * fails with `TW_ERROR_TYPE`: a scheduler needs a metric
    pub fn tw_lr_scheduler_chained(
        out: *mut *mut tw_lr_scheduler,
        optimizer: *mut tw_optimizer,
        schedulers: *const *mut tw_lr_scheduler,
        count: usize,
    ) -> tw_status;
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct tw_warmup {
    _unused: [u8; 0],
}
extern "C" {
    /// Creates a linear warmup.
    ///
    /// ```text
    /// factor(step) = min(1, (step + 1) / period)
    /// ```
    ///
    /// Records every group's rate and dampens it for step 0, so create it after the LR schedulers.
    ///
    /// * `out`: creates the warmup; NULL on failure. Free it with `tw_warmup_free`.
    /// * `optimizer`: shares: of any kind.
    /// * `periods`: borrows: count periods in steps, each at least 1.
    /// * `count`: 1 (the same period for every group) or the number of groups.
    /// * fails with `TW_ERROR_ARGUMENT`: count is neither; the message names both numbers
    /// * fails with `TW_ERROR_RANGE`: a period is below 1
    pub fn tw_warmup_linear(
        out: *mut *mut tw_warmup,
        optimizer: *mut tw_optimizer,
        periods: *const i64,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates an exponential warmup; otherwise as `tw_warmup_linear`.
    ///
    /// ```text
    /// factor(step) = 1 - exp(-(step + 1) / period)
    /// ```
    pub fn tw_warmup_exponential(
        out: *mut *mut tw_warmup,
        optimizer: *mut tw_optimizer,
        periods: *const i64,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a linear warmup whose period comes from each group's beta2.
    ///
    /// ```text
    /// factor(step) = min(1, (step + 1) / period),   period = trunc(2 / (1 - beta2))
    /// ```
    ///
    /// The period is truncated as in pytorch_warmup: 1999 for beta2 = 0.999.
    /// Source: Ma & Yarats, arXiv 1910.04209, section 5.
    ///
    /// Records every group's rate and dampens it for step 0, so create it after the LR schedulers.
    ///
    /// * `out`: creates the warmup; NULL on failure. Free it with `tw_warmup_free`.
    /// * `optimizer`: shares: any that has a beta2; with beta2s, any at all.
    /// * `beta2s`: borrows: count numbers in \[0, 1); NULL, with count 0, for the groups' own.
    /// * `count`: 0, 1 (the same for every group) or the number of groups.
    /// * fails with `TW_ERROR_NOT_FOUND`: the optimizer has no beta2, and none is given
    /// * fails with `TW_ERROR_ARGUMENT`: count is none of these; the message names both numbers
    /// * fails with `TW_ERROR_RANGE`: a beta2 is outside \[0, 1)
    pub fn tw_warmup_untuned_linear(
        out: *mut *mut tw_warmup,
        optimizer: *mut tw_optimizer,
        beta2s: *const f64,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates an exponential warmup whose period comes from each group's beta2; otherwise as `tw_warmup_untuned_linear`.
    ///
    /// ```text
    /// factor(step) = 1 - exp(-(step + 1) / period),   period = trunc(1 / (1 - beta2))
    /// ```
    ///
    /// The period is truncated as in pytorch_warmup: 999 for beta2 = 0.999.
    pub fn tw_warmup_untuned_exponential(
        out: *mut *mut tw_warmup,
        optimizer: *mut tw_optimizer,
        beta2s: *const f64,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// Creates a warmup by the variance rectification of RAdam, from each group's beta2; otherwise as
    /// `tw_warmup_untuned_linear`.
    ///
    /// ```text
    /// factor(step) = sqrt(((rho - 4) (rho - 2) rho_inf) / ((rho_inf - 4) (rho_inf - 2) rho))
    /// rho_inf = 2 / (1 - beta2) - 1,   rho = rho_inf - 2 t beta2^t / (1 - beta2^t)   at t = step + offset
    /// ```
    ///
    /// where offset is the smallest t \>= 1 with rho \> 4, so that the first factor exists.
    /// Source: Liu et al., arXiv 1908.03265; Ma & Yarats, arXiv 1910.04209.
    ///
    /// * `beta2s`: borrows: count numbers in (0.6, 1), where the factor is defined; NULL, with count 0, for the groups' own.
    /// * fails with `TW_ERROR_RANGE`: a beta2 is not inside (0.6, 1)
    pub fn tw_warmup_radam(
        out: *mut *mut tw_warmup,
        optimizer: *mut tw_optimizer,
        beta2s: *const f64,
        count: usize,
    ) -> tw_status;
}
/// Gives the factor of a warmup of the caller's own.
///
/// * `out`: to be set: finite and not negative. It comes as not a number, so that one left unset is refused.
/// * `step`: counted from 0.
/// * `group`: counted from 0.
/// * `context`: what was given to `tw_warmup_custom`.
/// Returns: `TW_OK`, or the status that the call which asked is to fail with; its message by `tw_set_last_error`
pub type tw_warmup_factor_function = ::std::option::Option<
    unsafe extern "C" fn(
        out: *mut f64,
        step: i64,
        group: usize,
        context: *mut ::std::os::raw::c_void,
    ) -> tw_status,
>;
extern "C" {
    /// Creates a warmup whose factors the caller computes.
    ///
    /// Records every group's rate and dampens it for step 0, so factor is called before this returns.
    ///
    /// * `out`: creates the warmup; NULL on failure.
    /// * `optimizer`: shares: of any kind.
    /// * `factor`: called once for each group at each dampening, and where `tw_warmup_get_factor` or a preview asks, from
    ///   within a running call of it too.
    /// * `context`: shares: passed to factor as it is.
    /// * `release`: lets context go; NULL where nothing needs to. It runs exactly once: when the warmup is freed, on
    ///   whatever thread that is; also where this call fails.
    /// * fails with `TW_ERROR_RANGE`: factor gave a number that is not finite, or a negative one
    /// * fails with `TW_ERROR_CALLBACK`: factor returned a number that is no `tw_status`
    pub fn tw_warmup_custom(
        out: *mut *mut tw_warmup,
        optimizer: *mut tw_optimizer,
        factor: tw_warmup_factor_function,
        context: *mut ::std::os::raw::c_void,
        release: ::std::option::Option<unsafe extern "C" fn(context: *mut ::std::os::raw::c_void)>,
    ) -> tw_status;
}
extern "C" {
    /// Undampens, steps each scheduler in order (recursive form), and dampens for the next step.
    ///
    /// Where something fails, nothing has changed: the optimizer has its dampened rates, and the schedulers and the warmup
    /// stand where they stood.
    ///
    /// * `schedulers`: borrows: count schedulers of the same optimizer; NULL where count is 0.
    /// * `count`: 0 for a run without a schedule.
    /// * fails with `TW_ERROR_ARGUMENT`: a scheduler is NULL or belongs to another optimizer
    /// * fails with `TW_ERROR_STATE`: see the top of this file
    pub fn tw_warmup_step(
        warmup: *mut tw_warmup,
        schedulers: *const *mut tw_lr_scheduler,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// Puts the undampened rates back into the optimizer, for the LR schedulers to step on.
    ///
    /// * fails with `TW_ERROR_STATE`: it has begun already, or see the top of this file
    pub fn tw_warmup_dampening_begin(warmup: *mut tw_warmup) -> tw_status;
}
extern "C" {
    /// Records the optimizer's rates as the undampened ones and dampens them for the next step.
    ///
    /// * fails with `TW_ERROR_STATE`: `tw_warmup_dampening_begin` has not been called
    pub fn tw_warmup_dampening_end(warmup: *mut tw_warmup) -> tw_status;
}
extern "C" {
    /// Puts the dampened rates back as they were before `tw_warmup_dampening_begin`, for when what was to happen in between has
    /// failed; the step stays the same. A scheduler that did step in between has moved on all the same.
    ///
    /// * fails with `TW_ERROR_STATE`: `tw_warmup_dampening_begin` has not been called
    pub fn tw_warmup_dampening_cancel(warmup: *mut tw_warmup) -> tw_status;
}
extern "C" {
    /// Multiplies the optimizer's present rates by the factor of the next step, for a loop in which every step sets the
    /// rates anew in closed form (`tw_lr_scheduler_step_at`) and then dampens them.
    ///
    /// As in pytorch_warmup, rates that nothing has set anew since the last dampening are dampened again. The rates that
    /// `tw_warmup_dampening_begin` puts back become the present ones.
    ///
    /// * fails with `TW_ERROR_STATE`: between `tw_warmup_dampening_begin` and \_end, or the number of groups has changed
    pub fn tw_warmup_dampen(warmup: *mut tw_warmup) -> tw_status;
}
extern "C" {
    /// As `tw_warmup_dampen`, for a given step.
    ///
    /// * `step`: from 0 to 2^53; `tw_warmup_dampen` goes on from it.
    pub fn tw_warmup_dampen_at(warmup: *mut tw_warmup, step: i64) -> tw_status;
}
extern "C" {
    /// The step that the present rates are for; 0 after creation.
    pub fn tw_warmup_get_last_step(out: *mut i64, warmup: *const tw_warmup) -> tw_status;
}
extern "C" {
    /// Sets the step counter; the rates stay as they are. -1 makes the next `tw_warmup_dampen` dampen for step 0.
    ///
    /// * `step`: from -1 to 2^53.
    pub fn tw_warmup_set_last_step(warmup: *mut tw_warmup, step: i64) -> tw_status;
}
extern "C" {
    /// The factor of any step.
    ///
    /// * `step`: at least 0.
    /// * `group`: below the number of groups that the warmup was made for.
    pub fn tw_warmup_get_factor(
        out: *mut f64,
        warmup: *const tw_warmup,
        step: i64,
        group: usize,
    ) -> tw_status;
}
extern "C" {
    /// The number of groups that the warmup was made for.
    pub fn tw_warmup_get_group_count(out: *mut usize, warmup: *const tw_warmup) -> tw_status;
}
extern "C" {
    /// The rates of the next steps, without a change to the optimizer, the schedulers or the warmup.
    ///
    /// * `out`: borrows: room for capacity rates. Row i holds the rates of the groups after i calls of
    ///   `tw_warmup_step` with these schedulers, row 0 the present ones.
    /// * `needed`: steps times the number of groups; may be NULL.
    /// * `schedulers`: borrows: count schedulers of the same optimizer; NULL where count is 0.
    /// * `steps`: how many rows.
    /// * fails with `TW_ERROR_STATE`: a scheduler needs a metric, or ends within these steps; between `tw_warmup_dampening_begin` and
    ///   \_end; from within a callback; or see the top of this file
    pub fn tw_warmup_preview(
        out: *mut f64,
        capacity: usize,
        needed: *mut usize,
        warmup: *mut tw_warmup,
        schedulers: *const *mut tw_lr_scheduler,
        count: usize,
        steps: usize,
    ) -> tw_status;
}
extern "C" {
    /// The undampened rates that the warmup has recorded, one a group.
    ///
    /// * `out`: borrows: room for capacity rates; untouched where that is too few.
    /// * `needed`: the number of groups; may be NULL.
    pub fn tw_warmup_get_undampened_lrs(
        out: *mut f64,
        capacity: usize,
        needed: *mut usize,
        warmup: *const tw_warmup,
    ) -> tw_status;
}
extern "C" {
    /// The warmup's whole state, for a caller who keeps files of its own: what `tw_warmup_get_last_step` and
    /// `tw_warmup_get_undampened_lrs` give.
    ///
    /// * `step`: the step; may be NULL.
    /// * `lrs`: borrows: room for capacity rates, as in `tw_warmup_get_undampened_lrs`.
    pub fn tw_warmup_get_state(
        step: *mut i64,
        lrs: *mut f64,
        capacity: usize,
        needed: *mut usize,
        warmup: *const tw_warmup,
    ) -> tw_status;
}
extern "C" {
    /// Puts back a state: the step, and the undampened rates. Sets the optimizer's rates at once, dampened for that step.
    ///
    /// * `step`: what `tw_warmup_get_last_step` gave, at least 0.
    /// * `lrs`: borrows: count rates, what `tw_warmup_get_undampened_lrs` gave.
    /// * `count`: the number of groups; another number is `TW_ERROR_ARGUMENT`.
    pub fn tw_warmup_set_state(
        warmup: *mut tw_warmup,
        step: i64,
        lrs: *const f64,
        count: usize,
    ) -> tw_status;
}
extern "C" {
    /// Undoes the warmup: puts the undampened rates back into the optimizer and unbinds it, so that another may be made. A rate
    /// that somebody else changed since the last dampening, and that of a group added later, stays. Any later call but
    /// the getters and `tw_warmup_free` is `TW_ERROR_STATE`.
    ///
    /// * fails with `TW_ERROR_STATE`: it is detached already
    pub fn tw_warmup_detach(warmup: *mut tw_warmup) -> tw_status;
}
extern "C" {
    /// Frees the handle. The optimizer keeps the rates as they are, dampened: call `tw_warmup_detach` before, where the run goes
    /// on without a warmup. NULL is allowed and does nothing.
    pub fn tw_warmup_free(warmup: *mut tw_warmup);
}
