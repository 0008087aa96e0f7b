/**
 * @file checkpoint.h
 * Checkpoints: a dict of names and values in one file, which Python's torch.load(weights_only=True) reads. Or what else
 * Python's torch.save takes, such as a single tensor: see tw_checkpoint_get_value.
 *
 * Put what is to be kept under names of your choice and save it:
 *
 *     tw_checkpoint_create(&checkpoint);
 *     tw_checkpoint_put_module(checkpoint, "model", network);
 *     tw_checkpoint_put_int64 (checkpoint, "epoch", epoch);
 *     tw_checkpoint_save(checkpoint, "run.pt");
 *     tw_checkpoint_free(checkpoint);
 *
 * and get it back, or restore objects that are there already to what they were:
 *
 *     tw_checkpoint_load(&checkpoint, "run.pt");
 *     tw_checkpoint_get_int64(&epoch, checkpoint, "epoch");
 *     tw_checkpoint_restore_module(network, checkpoint, "model", 1);
 *
 * What is put are the tensors themselves, so that saving takes no second memory. A state that is to stay while training
 * goes on, such as the best weights so far, is a clone:
 *
 *     tw_checkpoint_create(&now);
 *     tw_checkpoint_put_module(now, "model", network);
 *     tw_checkpoint_clone(&best, now);                            again, after freeing best, whenever the network is better
 *     ...
 *     tw_checkpoint_restore_module(network, best, "model", 1);
 *
 * A checkpoint of tensors alone, each under its parameter's name, is a bare state dict: Python's
 * model.load_state_dict(torch.load("run.pt")) takes it as it is.
 *
 * Keys and strings are UTF-8 that ends with its first 0. Python's may hold a 0 before that: such a key is found by its
 * place, through tw_value_get_key. Paths are the bytes by which the operating system knows a file, in whatever encoding.
 */
#ifndef TORCH_WARMUP_CHECKPOINT_H
#define TORCH_WARMUP_CHECKPOINT_H

#include "lr_scheduler.h"
#include "module.h"
#include "optimizer.h"
#include "tensor.h"
#include "value.h"
#include "warmup.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A handle to a checkpoint. */
typedef struct tw_checkpoint tw_checkpoint;

/**
 * Creates an empty checkpoint.
 *
 * @param out  creates the checkpoint; NULL on failure. Free it with tw_checkpoint_free.
 */
TW_CALL tw_status tw_checkpoint_create(tw_checkpoint **out);

/**
 * Creates a checkpoint of its own with a copy of all that another holds, memory of tensors too: a snapshot, which what
 * trains on does not change. Memory that tensors share is copied once, and they share the copy; on whatever device it is, it
 * stays. The tensors of a loaded file stay in the file.
 *
 * @param out         creates the checkpoint; NULL on failure. Free it with tw_checkpoint_free.
 * @param checkpoint  borrows.
 */
TW_CALL tw_status tw_checkpoint_clone(tw_checkpoint **out, const tw_checkpoint *checkpoint);

/**
 * Creates a checkpoint of what a value holds: of a part of another checkpoint that no key leads to, or of names without what
 * they all begin with.
 *
 *     tw_checkpoint_load(&file, "last.ckpt");                                       of PyTorch Lightning
 *     tw_checkpoint_get_value(&weights, file, "state_dict");
 *     tw_checkpoint_from_value(&part, weights, "model.");
 *     tw_checkpoint_restore_module(network, part, NULL, 1);
 *
 *     tw_checkpoint_get_value(&states, file, "optimizer_states");                   a list
 *     tw_value_get_item(&state, states, 0);
 *     tw_checkpoint_from_value(&part, state, NULL);
 *     tw_checkpoint_restore_optimizer(optimizer, part, NULL);
 *
 * The tensors of a loaded file stay in the file.
 *
 * @param out     creates the checkpoint; NULL on failure. Free it with tw_checkpoint_free.
 * @param value   shares: its tensors, as tw_checkpoint_put_value does.
 * @param prefix  borrows: takes of a dict the entries whose keys begin with it, and takes it off: "module." of a model that
 *                was saved from within DataParallel, "_orig_mod." of a compiled one. NULL: all, as it is.
 * @retval TW_ERROR_TYPE       a prefix is given and the value is no dict; otherwise as tw_checkpoint_put_value
 * @retval TW_ERROR_NOT_FOUND  no key begins with prefix; the message lists some
 */
TW_CALL tw_status tw_checkpoint_from_value(tw_checkpoint **out, const tw_value *value, const char *prefix);

/** Frees the handle. NULL is allowed and does nothing. */
TW_API void tw_checkpoint_free(tw_checkpoint *checkpoint);

/* ---- putting values in ------------------------------------------------------------------------------------------- */

/*
 * A value that is put under a key that has one takes its place. A text that is not UTF-8 is TW_ERROR_ARGUMENT; a
 * checkpoint that holds another thing than a dict, and so has no keys, TW_ERROR_TYPE.
 */

/**
 * Puts a tensor under a key.
 *
 * It is not copied: the file gets, and what is restored from the checkpoint gets, the elements that it has by then. To keep
 * those that it has now, put a tw_tensor_clone of it, or take a tw_checkpoint_clone. Tensors that look into the same memory
 * share it in the file too, and all of that memory is saved, as torch.save does. A tensor of another device is saved as one
 * of the CPU, so that the file loads on every machine. Gradients are not saved, but whether the tensor requires one is.
 *
 * @param tensor  shares: its memory is kept alive as long as the checkpoint has it.
 * @retval TW_ERROR_TYPE  it is sparse, or its elements are of a type that tw_dtype does not list
 */
TW_CALL tw_status tw_checkpoint_put_tensor(tw_checkpoint *checkpoint, const char *key, const tw_tensor *tensor);

/**
 * Puts a module's state_dict under a key: its parameters and buffers, and those of its children, by their dotted names
 * and in PyTorch's order.
 *
 * As tw_checkpoint_put_tensor it copies nothing: after more training the checkpoint has the newer weights. To keep those of
 * now, take a tw_checkpoint_clone.
 *
 * @param key     NULL: each parameter and buffer under its own name in the checkpoint itself, which then is a bare
 *                state_dict.
 * @param module  shares: each parameter and buffer, as tw_checkpoint_put_tensor does.
 */
TW_CALL tw_status tw_checkpoint_put_module(tw_checkpoint *checkpoint, const char *key, const tw_module *module);

/**
 * Puts an optimizer's state_dict under a key, as Python's optimizer.state_dict() has it: "state", by the parameters'
 * places, and "param_groups" with the options, their rates among them, and what LR schedulers keep there: "initial_lr".
 *
 * @param optimizer  shares: the state's tensors, as tw_checkpoint_put_tensor does. The options, and how many steps each
 *                   parameter has taken, are copied.
 * @retval TW_ERROR_TYPE  it is borrowed, and not an Adam, AdamW, SGD, RMSprop or Adagrad
 */
TW_CALL tw_status tw_checkpoint_put_optimizer(tw_checkpoint *checkpoint, const char *key,
                                              const tw_optimizer *optimizer);

/**
 * Puts an LR scheduler's state_dict under a key, as Python's scheduler.state_dict() has it.
 *
 * Functions of the caller's own (tw_lr_scheduler_lambda, _multiplicative) are not saved, as Python's are not.
 *
 * @param scheduler  borrows: what it holds now is copied.
 */
TW_CALL tw_status tw_checkpoint_put_lr_scheduler(tw_checkpoint *checkpoint, const char *key,
                                                 const tw_lr_scheduler *scheduler);

/** Puts a warmup's state_dict under a key, as pytorch_warmup's state_dict() has it. @param warmup  borrows. */
TW_CALL tw_status tw_checkpoint_put_warmup(tw_checkpoint *checkpoint, const char *key, const tw_warmup *warmup);

/**
 * Puts the state of the default random number generators under a key: a dict with "cpu", what Python's
 * torch.get_rng_state() gives, and "cuda", a list of what torch.cuda.get_rng_state_all() gives, empty without CUDA.
 */
TW_CALL tw_status tw_checkpoint_put_rng_state(tw_checkpoint *checkpoint, const char *key);

/** Puts the state of a generator under a key, as Python's Generator.get_state() gives it. @param generator  borrows. */
TW_CALL tw_status tw_checkpoint_put_generator(tw_checkpoint *checkpoint, const char *key,
                                              const tw_generator *generator);

/** Puts an integer under a key; Python reads an int. */
TW_CALL tw_status tw_checkpoint_put_int64(tw_checkpoint *checkpoint, const char *key, int64_t value);

/**
 * Puts a number under a key; Python reads a float, equal to the last bit.
 *
 * torch.load(weights_only=True) of PyTorch 1.13 knows no floats, not those of Python's own files either: read there
 * without it, or put a tensor of one element.
 */
TW_CALL tw_status tw_checkpoint_put_double(tw_checkpoint *checkpoint, const char *key, double value);

/** Puts a string under a key; Python reads a str. @param value  borrows: UTF-8 that ends with a 0 */
TW_CALL tw_status tw_checkpoint_put_string(tw_checkpoint *checkpoint, const char *key, const char *value);

/**
 * Puts a value under a key, with all that it holds.
 *
 * @param key    NULL: the value takes the place of all that the checkpoint holds. Python's torch.load then gives it and
 *               no dict around it.
 * @param value  shares: its tensors, as tw_checkpoint_put_tensor does. Those of another loaded checkpoint are read now.
 * @retval TW_ERROR_TYPE      something in it is nothing that a checkpoint holds, such as an object of TorchScript or a dict
 *                            with tensors as keys; the message says what
 * @retval TW_ERROR_ARGUMENT  a dict in it has keys that Python takes for one, such as 1 and 1.0
 * @retval TW_ERROR_RANGE     in the checkpoint more than 100 containers would lie in one another
 */
TW_CALL tw_status tw_checkpoint_put_value(tw_checkpoint *checkpoint, const char *key, const tw_value *value);

/* ---- saving ------------------------------------------------------------------------------------------------------ */

/**
 * Saves the checkpoint: afterwards the file at path is either the new one, whole and on the disk, or what it was before.
 *
 * The file is written beside path under the name path.saving, flushed to the disk and renamed. A process that is killed
 * meanwhile leaves path.saving behind, which the next save to path replaces. Two savers of one path wait for
 * each other. A file that is replaced hands on its permissions. A link is followed, also to where there is no file yet, and
 * path.saving then lies beside what it leads to.
 *
 * @param path  borrows: the file's name. What is there already must be a regular file.
 * @retval TW_ERROR_IO     the operating system refused, as a loop of links; tw_last_error says what and why. Where only the
 *                         last step fails, to flush the folder, the new file is there, and the message says so.
 * @retval TW_ERROR_STATE  a tensor's memory has become smaller since it was put
 * @retval TW_ERROR_UNSUPPORTED  it holds a tensor of a safetensors file whose dtype PyTorch has not; the message names it
 */
TW_CALL tw_status tw_checkpoint_save(const tw_checkpoint *checkpoint, const char *path);

/* ---- loading ----------------------------------------------------------------------------------------------------- */

/**
 * Loads a file that tw_checkpoint_save, Python's torch.save (from PyTorch 1.6 on) or C++'s torch::pickle_save wrote: each
 * that torch.load(weights_only=True) of PyTorch 2.15 loads, of pickle protocols 2 to 5 and of both byte orders, but for
 * those that hold a class itself, such as torch.FloatTensor, or a subclass of tensors.
 *
 * What Python saved may be a dict, or another value: see tw_checkpoint_get_value. What is of a type that this library has
 * not loses nothing else: sets, bytes, complex numbers, ints of more than 64 bits, dtypes and devices, tensors of dtypes
 * that tw_dtype does not list, sparse, quantized and meta ones. Such a value is of TW_KIND_OTHER, has a name
 * (tw_value_get_type_name), is saved again as it was, and is TW_ERROR_UNSUPPORTED when it is asked for. Attributes that
 * Python's code hung on an OrderedDict, a tensor or a Parameter are saved again too, and are not offered.
 *
 * Nothing in a file is ever run: a file that asks for a function or class other than those that such values are made of
 * is refused as a whole. So is one that is damaged in any byte. The tensors' elements stay in the file until they are
 * asked for, so do not change it meanwhile; replacing it by tw_checkpoint_save is no change.
 *
 * @param out   creates the checkpoint; NULL on failure. Values may be put into it too. Free it with tw_checkpoint_free.
 * @param path  borrows: the file's name.
 * @retval TW_ERROR_IO           it cannot be opened or read
 * @retval TW_ERROR_FORMAT       it is no checkpoint, or damaged; tw_last_error says what
 * @retval TW_ERROR_UNSUPPORTED  it is whole, but asks for another class or function, which the message names, or is of a
 *                               newer format; or it is a TorchScript module, which tw_module_load_torchscript loads
 */
TW_CALL tw_status tw_checkpoint_load(tw_checkpoint **out, const char *path);

/* ---- looking into a checkpoint ----------------------------------------------------------------------------------- */

/*
 * From here on, a key that is NULL stands for all that the checkpoint holds: a dict, or what else the file was made of. A
 * key under which nothing lies is TW_ERROR_NOT_FOUND, and the message lists the keys there are; a value of another kind
 * than asked for is TW_ERROR_TYPE, and one of a type that this library has not TW_ERROR_UNSUPPORTED: the message says what it
 * is and what to do. A file that was changed since it was loaded is TW_ERROR_IO.
 */

/** Whether there is a value under a key, which must not be NULL. @param out  0 or 1; 0 on failure. */
TW_CALL tw_status tw_checkpoint_has(int32_t *out, const tw_checkpoint *checkpoint, const char *key);

/** What lies under a key; on failure TW_KIND_NONE. */
TW_CALL tw_status tw_checkpoint_get_kind(tw_kind *out, const tw_checkpoint *checkpoint, const char *key);

/**
 * The number of keys. Python's dicts may have other keys than strings: these do not count; tw_checkpoint_get_value with
 * the key NULL gives all.
 */
TW_CALL tw_status tw_checkpoint_get_key_count(size_t *out, const tw_checkpoint *checkpoint);

/**
 * A key, by its index in the order in which they were put.
 *
 * @param out     borrows: room for capacity bytes.
 * @param needed  the bytes needed, the closing 0 among them; may be NULL.
 * @param index   below tw_checkpoint_get_key_count.
 * @retval TW_ERROR_RANGE     there is no such index
 * @retval TW_ERROR_CAPACITY  capacity is too small
 */
TW_CALL tw_status tw_checkpoint_get_key(char *out, size_t capacity, size_t *needed, const tw_checkpoint *checkpoint,
                                        size_t index);

/* ---- getting values out ------------------------------------------------------------------------------------------ */

/**
 * Creates a tensor of the CPU with the elements, sizes and dtype of one in the checkpoint. It requires a gradient where the
 * one that was saved did, as a torch.nn.Parameter does; of a module's state_dict none does.
 */
TW_CALL tw_status tw_checkpoint_get_tensor(tw_tensor **out, const tw_checkpoint *checkpoint, const char *key);

/**
 * Copies the elements of a tensor in the checkpoint into one that is there already, on whatever device.
 *
 * @param tensor  borrows: of the same sizes and dtype; whether it requires a gradient does not change.
 * @retval TW_ERROR_ARGUMENT  the sizes differ
 * @retval TW_ERROR_TYPE      the dtypes differ, or the tensor cannot be written into: expanded, sparse, on the meta device
 */
TW_CALL tw_status tw_checkpoint_copy_tensor(tw_tensor *tensor, const tw_checkpoint *checkpoint, const char *key);

/** An integer, or 0 or 1 for Python's False and True. */
TW_CALL tw_status tw_checkpoint_get_int64(int64_t *out, const tw_checkpoint *checkpoint, const char *key);

/** A number; of integers, those that a double holds exactly. */
TW_CALL tw_status tw_checkpoint_get_double(double *out, const tw_checkpoint *checkpoint, const char *key);

/**
 * A string.
 *
 * @param out     borrows: room for capacity bytes.
 * @param needed  the bytes needed, the closing 0 among them; may be NULL.
 * @retval TW_ERROR_CAPACITY  capacity is too small
 */
TW_CALL tw_status tw_checkpoint_get_string(char *out, size_t capacity, size_t *needed, const tw_checkpoint *checkpoint,
                                           const char *key);

/**
 * Creates a handle to what lies under a key, of any kind: tw_value_get_item, _get_key and _find lead on into it.
 *
 *     tw_checkpoint_load(&checkpoint, "run.pt");               torch.save({"args": {"lr": 0.1}}, "run.pt")
 *     tw_checkpoint_get_value(&args, checkpoint, "args");
 *     tw_value_find(&lr, args, "lr");
 *     tw_value_get_double(&number, lr);
 *
 *     tw_checkpoint_load(&checkpoint, "x.pt");                 torch.save(x, "x.pt")
 *     tw_checkpoint_get_tensor(&x, checkpoint, NULL);
 *
 * It stays as it is when other values are put into the checkpoint, and when the checkpoint is freed. Put into the same
 * checkpoint again, it is what the file has, to the last detail.
 *
 * @param out  creates the value; NULL on failure. Free it with tw_value_free.
 */
TW_CALL tw_status tw_checkpoint_get_value(tw_value **out, const tw_checkpoint *checkpoint, const char *key);

/* ---- restoring objects ------------------------------------------------------------------------------------------- */

/**
 * Copies a state_dict into a module's parameters and buffers, converting dtype and device, as Python's load_state_dict
 * does.
 *
 * A batch norm's num_batches_tracked may be missing, and then stays as it is, where Python's may: in a state_dict whose
 * _metadata gives that batch norm no version, or one below 2 (before PyTorch 0.4.1). PyTorch 1.13 sets it to 0 then.
 * Names that begin with more than the module's, such as "module.", lose it by tw_checkpoint_from_value.
 *
 * @param module  borrows: unchanged on failure, but for a disk that fails while elements are copied, which
 *                tw_checkpoint_load has read before.
 * @param key     NULL: the checkpoint itself is the state_dict, but for metadata (safetensors.h), which is passed over.
 * @param strict  1: the names must be those of the module's parameters and buffers. 0: names that the module or the
 *                state_dict lacks are passed over; tw_checkpoint_compare_module tells them.
 * @retval TW_ERROR_ARGUMENT     names are missing or unexpected, or tensors of other sizes; the message lists all of them
 * @retval TW_ERROR_UNSUPPORTED  among these is one of a type that this library has not, such as a float8 tensor
 * @retval TW_ERROR_TYPE         a parameter or buffer cannot be written into: expanded, sparse, on the meta device
 */
TW_CALL tw_status tw_checkpoint_restore_module(tw_module *module, const tw_checkpoint *checkpoint, const char *key,
                                               int32_t strict);

/** A handle to the names in which a module and a state_dict differ. */
typedef struct tw_module_differences tw_module_differences;

/** In what a name differs. The numbers are fixed for ever; new ones are added at the end. */
typedef enum tw_difference {
  TW_DIFFERENCE_MISSING = 0,    /**< of the module's alone: restoring leaves it as it is, or, strict, fails */
  TW_DIFFERENCE_UNEXPECTED = 1, /**< of the state_dict's alone: restoring passes it over, or, strict, fails */
  TW_DIFFERENCE_MISMATCHED = 2, /**< of other sizes here and there, or no tensor: restoring fails */
  TW_DIFFERENCE_UNKNOWN = -1,
  TW_DIFFERENCE_MAX_ENUM = 0x7fffffff
} tw_difference;

/**
 * Finds the names in which a module and a state_dict differ: what stands in the way of tw_checkpoint_restore_module, or is
 * passed over by it. Changes neither.
 *
 * @param out  creates the differences; NULL on failure. Free it with tw_module_differences_free.
 * @param key  as for tw_checkpoint_restore_module.
 */
TW_CALL tw_status tw_checkpoint_compare_module(tw_module_differences **out, const tw_module *module,
                                               const tw_checkpoint *checkpoint, const char *key);

/** How many names there are that differ so. */
TW_CALL tw_status tw_module_differences_get_count(size_t *out, const tw_module_differences *differences,
                                                  tw_difference which);

/**
 * A name that differs so, by its index: in the module's order, those that are unexpected in the state_dict's.
 *
 * @param out     borrows: room for capacity bytes.
 * @param needed  the bytes needed, the closing 0 among them; may be NULL.
 * @param index   below tw_module_differences_get_count.
 * @retval TW_ERROR_RANGE     there is no such index
 * @retval TW_ERROR_CAPACITY  capacity is too small
 */
TW_CALL tw_status tw_module_differences_get_name(char *out, size_t capacity, size_t *needed,
                                                 const tw_module_differences *differences, tw_difference which,
                                                 size_t index);

/** Frees the handle. NULL is allowed and does nothing. */
TW_API void tw_module_differences_free(tw_module_differences *differences);

/**
 * Loads a state_dict into an optimizer, as Python's load_state_dict: the state of each parameter, and every group's
 * options, the rates among them. State takes the device and dtype of its parameter. Options of PyTorch's that LibTorch
 * lacks are passed over, but for those that ask for other steps than it takes, such as maximize; an entry of a group that
 * neither knows only where it asks for nothing, being None, False or a str. Options that PyTorch's classes got
 * later on (amsgrad, nesterov, centered, RMSprop's momentum) have their default where an older file lacks them, as in
 * Python. Rates may be negative, as tw_optimizer_set_lr says, and are finite.
 *
 * @param optimizer  borrows: of the same class as the one that was saved, over as many groups with as many parameters
 *                   each; unchanged on failure.
 * @retval TW_ERROR_ARGUMENT  groups, parameters or sizes differ, or entries are missing; the message says which
 * @retval TW_ERROR_TYPE      an entry is of another kind than this optimizer's, or it is of no class that we know
 * @retval TW_ERROR_RANGE     an option is none that the optimizer takes
 * @retval TW_ERROR_UNSUPPORTED  a group has an entry that is not known; the message names it
 */
TW_CALL tw_status tw_checkpoint_restore_optimizer(tw_optimizer *optimizer, const tw_checkpoint *checkpoint,
                                                  const char *key);

/**
 * Loads a state_dict into an LR scheduler, and sets the optimizer's rates to those that it last computed.
 *
 * Whatever the order of loading optimizer, scheduler and warmup, the run goes on as if it had never stopped. Only of
 * several schedulers without a warmup load the one last that is stepped last, or the optimizer after them.
 *
 * The arguments that the scheduler was made with become those that were saved, as in Python; but OneCycleLR's max_lrs and
 * momentums, which PyTorch keeps in the optimizer, stay. Whether it cycles momentum is decided when it is made: a
 * state_dict with another cycle_momentum is TW_ERROR_ARGUMENT here, where Python goes on with that one. Rates may be negative,
 * as tw_optimizer_set_lr says, and are finite.
 *
 * PyTorch 1.13 saves CyclicLR and OneCycleLR with a method in them, so that tw_checkpoint_load refuses the file: remove
 * "_scale_fn_ref" and "anneal_func" from their state_dict before saving it.
 *
 * @param scheduler  borrows: of the same kind as the one that was saved; its own functions stay. Unchanged on failure.
 * @retval TW_ERROR_ARGUMENT  an entry is missing, it is the state of another kind, or the number of groups, or of the
 *                            schedulers in a chain or sequence, differs
 * @retval TW_ERROR_TYPE      an entry is of another kind than this scheduler's
 * @retval TW_ERROR_RANGE     a number lies outside its range
 * @retval TW_ERROR_STATE     the optimizer has gained a group that the scheduler does not take
 * @retval TW_ERROR_UNSUPPORTED  there is an entry that is not known, and asks for something: it is not None, False or a str.
 *                               Or Python's scheduler had callable objects for functions, and their attributes are among
 *                               its state (lr_lambdas, _scale_fn_custom): a function of C has no place for them
 */
TW_CALL tw_status tw_checkpoint_restore_lr_scheduler(tw_lr_scheduler *scheduler, const tw_checkpoint *checkpoint,
                                                     const char *key);

/**
 * Loads a state_dict into a warmup, and sets the optimizer's rates as dampened for its step; otherwise as
 * tw_checkpoint_restore_lr_scheduler. Its periods, or RAdam's beta2, become those that were saved.
 *
 * Until the next step its rates count, so that schedulers loaded after it do not change them. A run of Python's that
 * calls dampen() alone saves the rates of its first step: load the optimizer last, then.
 *
 * @param warmup  borrows: of the same kind as the one that was saved, which a linear and an exponential one cannot be
 *                told apart by. Unchanged on failure.
 */
TW_CALL tw_status tw_checkpoint_restore_warmup(tw_warmup *warmup, const tw_checkpoint *checkpoint, const char *key);

/**
 * Puts the default random number generators into the state that lies under a key.
 *
 * A state of one CUDA device for each that there is here is set; where there are fewer here, the rest is passed over.
 *
 * @retval TW_ERROR_ARGUMENT  it is not a state that LibTorch takes; no generator has changed
 */
TW_CALL tw_status tw_checkpoint_restore_rng_state(const tw_checkpoint *checkpoint, const char *key);

/** Puts a generator into the state that lies under a key. @param generator  borrows: unchanged on failure. */
TW_CALL tw_status tw_checkpoint_restore_generator(tw_generator *generator, const tw_checkpoint *checkpoint,
                                                  const char *key);

#ifdef __cplusplus
}
#endif

#endif
