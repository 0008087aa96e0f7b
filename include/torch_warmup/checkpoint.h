/**
 * @file checkpoint.h
 * Checkpoints: a dict of names and values in one file, which Python's torch.load(weights_only=True) reads.
 *
 * Put what is to be kept under names of your choice and save it:
 *
 *     tw_checkpoint_create(&checkpoint);
 *     tw_checkpoint_put_module(checkpoint, "model", network);
 *     tw_checkpoint_put_int64 (checkpoint, "epoch", epoch);
 *     tw_checkpoint_save(checkpoint, "run.pt");
 *     tw_checkpoint_free(checkpoint);
 *
 * and get it back, into objects that are there already:
 *
 *     tw_checkpoint_load(&checkpoint, "run.pt");
 *     tw_checkpoint_get_module(checkpoint, "model", network);
 *     tw_checkpoint_get_int64 (&epoch, checkpoint, "epoch");
 *
 * A checkpoint of tensors alone, each under its parameter's name, is a bare state dict: Python's
 * model.load_state_dict(torch.load("run.pt")) takes it as it is.
 */
#ifndef TORCH_WARMUP_CHECKPOINT_H
#define TORCH_WARMUP_CHECKPOINT_H

#include "lr_scheduler.h"
#include "module.h"
#include "optimizer.h"
#include "tensor.h"
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

/** Frees the handle. NULL is allowed and does nothing. */
TW_API void tw_checkpoint_free(tw_checkpoint *checkpoint);

/* ---- putting values in ------------------------------------------------------------------------------------------- */

/*
 * Keys are UTF-8, as are strings; another text is TW_ERROR_ARGUMENT. A value that is put under a key that has one
 * takes its place.
 */

/**
 * Puts a tensor under a key.
 *
 * It is not copied: the file gets the elements that it has when tw_checkpoint_save runs. Tensors that look into the same
 * memory share it in the file too, and all of that memory is saved, as torch.save does. A tensor of another device
 * is saved as one of the CPU, so that the file loads on every machine. Gradients are not saved.
 *
 * @param tensor  shares: its memory is kept alive as long as the checkpoint has it.
 * @retval TW_ERROR_TYPE  it is sparse, or its elements are of a type that tw_dtype does not list
 */
TW_CALL tw_status tw_checkpoint_put_tensor(tw_checkpoint *checkpoint, const char *key, const tw_tensor *tensor);

/**
 * Puts a module's state_dict under a key: its parameters and buffers, and those of its children, by their dotted names
 * and in PyTorch's order.
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

/* ---- saving ------------------------------------------------------------------------------------------------------ */

/**
 * Saves the checkpoint: afterwards the file at path is either the new one, whole and on the disk, or what it was before.
 *
 * The file is written beside path under the name path.saving, flushed to the disk and renamed. A process that is killed
 * meanwhile leaves path.saving behind, which the next save to path replaces. Two savers of one path wait for
 * each other. A link is followed, and a file that is replaced hands on its permissions.
 *
 * @param path  borrows: the file's name. What is there already must be a regular file.
 * @retval TW_ERROR_IO     the operating system refused; tw_last_error says what and why. Where only the last step
 *                         fails, to flush the folder, the new file is there, and the message says so.
 * @retval TW_ERROR_STATE  a tensor's memory has become smaller since it was put
 */
TW_CALL tw_status tw_checkpoint_save(const tw_checkpoint *checkpoint, const char *path);

/* ---- loading ----------------------------------------------------------------------------------------------------- */

/**
 * Loads a file that tw_checkpoint_save or Python's torch.save wrote, from PyTorch 1.6 on.
 *
 * Nothing in a file is ever run: a file that asks for a function or class other than the few that dicts and tensors are
 * made of is refused. So is one that is damaged in any byte. The tensors' elements stay in the file until they are
 * asked for, so do not change it meanwhile; replacing it by tw_checkpoint_save is no change.
 *
 * @param out   creates the checkpoint; NULL on failure. Values may be put into it too. Free it with tw_checkpoint_free.
 * @param path  borrows: the file's name.
 * @retval TW_ERROR_IO      it cannot be opened or read
 * @retval TW_ERROR_FORMAT  it is no checkpoint, or damaged, or has what no checkpoint needs; tw_last_error says what
 */
TW_CALL tw_status tw_checkpoint_load(tw_checkpoint **out, const char *path);

/* ---- looking into a checkpoint ----------------------------------------------------------------------------------- */

/** What lies under a key. The numbers are fixed for ever; new ones are added at the end. */
typedef enum tw_checkpoint_kind {
  TW_CHECKPOINT_NONE = 0, /**< Python's None */
  TW_CHECKPOINT_BOOL = 1, /**< read it with tw_checkpoint_get_int64 */
  TW_CHECKPOINT_INT64 = 2,
  TW_CHECKPOINT_DOUBLE = 3,
  TW_CHECKPOINT_STRING = 4,
  TW_CHECKPOINT_TENSOR = 5,
  TW_CHECKPOINT_LIST = 6, /**< a list or tuple */
  TW_CHECKPOINT_DICT = 7, /**< such as the state_dict of a module */
  TW_CHECKPOINT_KIND_UNKNOWN = -1,
  TW_CHECKPOINT_KIND_MAX_ENUM = 0x7fffffff
} tw_checkpoint_kind;

/** Whether there is a value under a key. @param out  0 or 1; 0 on failure. */
TW_CALL tw_status tw_checkpoint_has(int32_t *out, const tw_checkpoint *checkpoint, const char *key);

/** What lies under a key. @retval TW_ERROR_ARGUMENT  there is nothing */
TW_CALL tw_status tw_checkpoint_get_kind(tw_checkpoint_kind *out, const tw_checkpoint *checkpoint, const char *key);

/** The number of keys. Python's dicts may have other keys than strings; these do not count. */
TW_CALL tw_status tw_checkpoint_key_count(size_t *out, const tw_checkpoint *checkpoint);

/**
 * A key, by its index in the order in which they were put.
 *
 * @param out       borrows: room for capacity bytes, the closing 0 among them. May be NULL where capacity is 0.
 * @param length    the bytes needed, the closing 0 among them; may be NULL.
 * @param index     below tw_checkpoint_key_count.
 * @retval TW_ERROR_RANGE  there is no such index, or capacity is too small; length is set in the latter case
 */
TW_CALL tw_status tw_checkpoint_get_key(char *out, size_t capacity, size_t *length, const tw_checkpoint *checkpoint,
                                        size_t index);

/* ---- getting values out ------------------------------------------------------------------------------------------ */

/*
 * A key under which nothing lies is TW_ERROR_ARGUMENT, and the message lists the keys there are; a value of another kind
 * than asked for is TW_ERROR_TYPE. A file that was changed since it was loaded is TW_ERROR_IO.
 */

/**
 * Copies a tensor's elements into one that is there already, on whatever device.
 *
 * @param tensor  borrows: of the same sizes and dtype; whether it requires a gradient does not change.
 * @retval TW_ERROR_ARGUMENT  the sizes differ
 * @retval TW_ERROR_TYPE      the dtypes differ
 */
TW_CALL tw_status tw_checkpoint_get_tensor(const tw_checkpoint *checkpoint, const char *key, tw_tensor *tensor);

/** Creates a tensor of the CPU with the elements, sizes and dtype of one in the checkpoint. */
TW_CALL tw_status tw_checkpoint_read_tensor(tw_tensor **out, const tw_checkpoint *checkpoint, const char *key);

/**
 * Copies a state_dict into a module's parameters and buffers, converting dtype and device, as Python's load_state_dict
 * does with strict=True.
 *
 * @param key     NULL where the checkpoint itself is the state_dict, as in a file of torch.save(model.state_dict()).
 * @param module  borrows: unchanged on failure, but for the one of a disk that fails while elements are copied, which
 *                tw_checkpoint_load has read before.
 * @retval TW_ERROR_ARGUMENT  names are missing, unknown to the module, or of other sizes; the message lists all of them
 */
TW_CALL tw_status tw_checkpoint_get_module(const tw_checkpoint *checkpoint, const char *key, tw_module *module);

/**
 * As tw_checkpoint_get_module, but names that the module or the state_dict lacks are passed over, as Python's
 * load_state_dict does with strict=False. Other sizes are an error here too.
 *
 * @param report    borrows: room for capacity bytes: a line "missing NAME" or "unknown NAME" for each, and a closing 0.
 *                  May be NULL where capacity is 0.
 * @param length    the bytes needed, the closing 0 among them; may be NULL.
 * @retval TW_ERROR_RANGE  capacity is neither 0 nor enough; nothing has been copied
 */
TW_CALL tw_status tw_checkpoint_get_module_nonstrict(char *report, size_t capacity, size_t *length,
                                                     const tw_checkpoint *checkpoint, const char *key,
                                                     tw_module *module);

/**
 * Loads a state_dict into an optimizer, as Python's load_state_dict: the state of each parameter, and every group's
 * options, the rates among them. State takes the device and dtype of its parameter. Options that LibTorch lacks are
 * passed over, but for those that ask for other steps than it takes, such as maximize.
 *
 * @param optimizer  borrows: of the same class as the one that was saved, over as many groups with as many parameters
 *                   each; unchanged on failure.
 * @retval TW_ERROR_ARGUMENT  groups, parameters or sizes differ, or entries are missing; the message says which
 * @retval TW_ERROR_TYPE      an entry is of another kind than this optimizer's, or it is of no class that we know
 * @retval TW_ERROR_RANGE     an option is none that the optimizer takes
 */
TW_CALL tw_status tw_checkpoint_get_optimizer(const tw_checkpoint *checkpoint, const char *key,
                                              tw_optimizer *optimizer);

/**
 * Loads a state_dict into an LR scheduler, and sets the optimizer's rates to those that it last computed.
 *
 * Whatever the order of loading optimizer, scheduler and warmup, the run goes on as if it had never stopped. Only of
 * several schedulers without a warmup load the one last that is stepped last, or the optimizer after them.
 *
 * The arguments that the scheduler was made with become those that were saved, as in Python; but OneCycleLR's max_lrs and
 * momentums, which PyTorch keeps in the optimizer, stay.
 *
 * PyTorch 1.13 saves CyclicLR and OneCycleLR with a method in them, so that tw_checkpoint_load refuses the file: remove
 * "_scale_fn_ref" and "anneal_func" from their state_dict before saving it.
 *
 * @param scheduler  borrows: of the same kind as the one that was saved; its own functions stay. Unchanged on failure.
 * @retval TW_ERROR_ARGUMENT  an entry is missing, it is the state of another kind, or the number of groups, or of the
 *                            schedulers in a chain or sequence, differs
 * @retval TW_ERROR_TYPE      an entry is of another kind than this scheduler's
 * @retval TW_ERROR_RANGE     a number lies outside its range
 * @retval TW_ERROR_STATE     the optimizer has gained a group since the scheduler was made
 */
TW_CALL tw_status tw_checkpoint_get_lr_scheduler(const tw_checkpoint *checkpoint, const char *key,
                                                 tw_lr_scheduler *scheduler);

/**
 * Loads a state_dict into a warmup, and sets the optimizer's rates as dampened for its step; otherwise as
 * tw_checkpoint_get_lr_scheduler. Its periods, or RAdam's beta2, become those that were saved.
 *
 * Until the next step its rates count, so that schedulers loaded after it do not change them. A run of Python's that
 * calls dampen() alone saves the rates of its first step: load the optimizer last, then.
 *
 * @param warmup  borrows: of the same kind as the one that was saved, which a linear and an exponential one cannot be
 *                told apart by. Unchanged on failure.
 */
TW_CALL tw_status tw_checkpoint_get_warmup(const tw_checkpoint *checkpoint, const char *key, tw_warmup *warmup);

/**
 * Puts the default random number generators into the state that lies under a key.
 *
 * A state of one CUDA device for each that there is here is set; where there are fewer here, the rest is passed over.
 *
 * @retval TW_ERROR_ARGUMENT  it is not a state that LibTorch takes; no generator has changed
 */
TW_CALL tw_status tw_checkpoint_get_rng_state(const tw_checkpoint *checkpoint, const char *key);

/** Puts a generator into the state that lies under a key. @param generator  borrows: unchanged on failure. */
TW_CALL tw_status tw_checkpoint_get_generator(const tw_checkpoint *checkpoint, const char *key,
                                              tw_generator *generator);

/** An integer, or 0 or 1 for Python's False and True. */
TW_CALL tw_status tw_checkpoint_get_int64(int64_t *out, const tw_checkpoint *checkpoint, const char *key);

/** A number; of integers, those that a double holds exactly. */
TW_CALL tw_status tw_checkpoint_get_double(double *out, const tw_checkpoint *checkpoint, const char *key);

/**
 * A string.
 *
 * @param out       borrows: room for capacity bytes, the closing 0 among them. May be NULL where capacity is 0.
 * @param length    the bytes needed, the closing 0 among them; may be NULL.
 * @retval TW_ERROR_RANGE  capacity is too small; length is set all the same
 */
TW_CALL tw_status tw_checkpoint_get_string(char *out, size_t capacity, size_t *length, const tw_checkpoint *checkpoint,
                                           const char *key);

#ifdef __cplusplus
}
#endif

#endif
