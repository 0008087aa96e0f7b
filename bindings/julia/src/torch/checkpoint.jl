# Checkpoints: a dict of names and values in a file that Python's torch.load reads.

"""
    Torch.Checkpoint()
    Torch.load(path)

A dict of names and values for a file that Python's `torch.load(weights_only=True)` reads, or of one that `torch.save` wrote.

```julia
checkpoint = Torch.Checkpoint()
checkpoint["model"] = network
checkpoint["optimizer"] = optimizer
checkpoint["scheduler"] = scheduler
checkpoint["warmup"] = warmup
checkpoint["epoch"] = epoch
Torch.save(checkpoint, "run.pt")

checkpoint = Torch.load("run.pt")
epoch = checkpoint["epoch"]
foreach(
    (object, key) -> restore!(object, checkpoint, key),
    (network, optimizer, scheduler, warmup),
    ("model", "optimizer", "scheduler", "warmup"),
)
```

What is put are the tensors themselves: `copy(checkpoint)` keeps what they are now. Values are numbers, strings, `Bool`s, `nothing`,
tensors, vectors, tuples and `Dict`s of such.
"""
mutable struct Checkpoint <: Bound
    pointer::Ptr{LibTW.tw_checkpoint}
    Checkpoint(pointer::Ptr{LibTW.tw_checkpoint}) = finalizer(TorchWarmup.collect_bound, new(pointer))
end

# Copies share values, which C does not lock: one call at a time of all.
const CHECKPOINTS = ReentrantLock()
TorchWarmup.lock_of(::Checkpoint) = CHECKPOINTS
TorchWarmup.free(pointer::Ptr{LibTW.tw_checkpoint}) = LibTW.tw_checkpoint_free(pointer)

checkpoint_of(make) = Checkpoint(lock(() -> created(make, LibTW.tw_checkpoint), CHECKPOINTS))
Checkpoint() = checkpoint_of(LibTW.tw_checkpoint_create)
Base.copy(checkpoint::Checkpoint) = checkpoint_of(out -> LibTW.tw_checkpoint_clone(out, checkpoint))

"Loads a checkpoint of `torch.save`'s or of ours. Nothing in a file is ever run."
load(path::AbstractString) = checkpoint_of(out -> LibTW.tw_checkpoint_load(out, path))

"Saves a checkpoint: afterwards the file is the new one, whole, or what it was."
save(checkpoint::Checkpoint, path::AbstractString) = held(() -> check(LibTW.tw_checkpoint_save(checkpoint, path)), checkpoint)

"Loads a safetensors file."
load_safetensors(path::AbstractString) = checkpoint_of(out -> LibTW.tw_checkpoint_load_safetensors(out, path))

"Saves a checkpoint of tensors as a safetensors file."
save_safetensors(checkpoint::Checkpoint, path::AbstractString) =
    held(() -> check(LibTW.tw_checkpoint_save_safetensors(checkpoint, path)), checkpoint)

# ---- what is in it

# The key nothing stands for all that a checkpoint holds.
const Key = Union{Nothing, AbstractString}
key_of(::Nothing) = Ptr{UInt8}(C_NULL)
key_of(key::AbstractString) = key

Base.haskey(checkpoint::Checkpoint, key::AbstractString) =
    held(() -> number(out -> LibTW.tw_checkpoint_has(out, checkpoint, key), Int32), checkpoint) == 1
Base.length(checkpoint::Checkpoint) =
    Int(held(() -> number(out -> LibTW.tw_checkpoint_get_key_count(out, checkpoint), Csize_t), checkpoint))
Base.keys(checkpoint::Checkpoint) = held(checkpoint) do
    [text((out...) -> LibTW.tw_checkpoint_get_key(out..., checkpoint, i - 1)) for i in 1:length(checkpoint)]
end
Base.getindex(checkpoint::Checkpoint, key::Key) =
    held(() -> taken(out -> LibTW.tw_checkpoint_get_value(out, checkpoint, key_of(key))), checkpoint)

Base.show(io::IO, checkpoint::Checkpoint) =
    isopen(checkpoint) ? print(io, "Checkpoint of ", join(keys(checkpoint), ", ")) : print(io, "Checkpoint (closed)")

"""
    Torch.part(checkpoint, key; prefix = nothing)

A checkpoint of what lies under a key, or, of the dict that lies there, of the entries whose keys begin with `prefix`, which is taken off.
With the key `nothing` it is of the checkpoint itself.
"""
function part(checkpoint::Checkpoint, key::Key; prefix::Union{Nothing, AbstractString} = nothing)
    held(checkpoint) do
        value = value_of(out -> LibTW.tw_checkpoint_get_value(out, checkpoint, key_of(key)))
        try
            return checkpoint_of(out -> LibTW.tw_checkpoint_from_value(out, value, key_of(prefix)))
        finally
            LibTW.tw_value_free(value)
        end
    end
end

# ---- putting

put(c, key, network::NNModule) = LibTW.tw_checkpoint_put_module(c, key_of(key), network)
put(c, key, optimizer::Optimizer) = held(() -> LibTW.tw_checkpoint_put_optimizer(c, key_of(key), optimizer), optimizer)
put(c, key, scheduler::LRScheduler) = held(() -> LibTW.tw_checkpoint_put_lr_scheduler(c, key_of(key), scheduler), scheduler)
put(c, key, warmup::Warmup) = held(() -> LibTW.tw_checkpoint_put_warmup(c, key_of(key), warmup), warmup)
put(c, key, generator::Generator) = LibTW.tw_checkpoint_put_generator(c, key_of(key), generator)
put(c, key, tensor::Tensor) = LibTW.tw_checkpoint_put_tensor(c, key_of(key), tensor)
function put(c, key, value)
    pointer = as_value(value)
    try
        return LibTW.tw_checkpoint_put_value(c, key_of(key), pointer)
    finally
        LibTW.tw_value_free(pointer)
    end
end

function Base.setindex!(checkpoint::Checkpoint, value, key::Key)
    held(() -> check(put(checkpoint, key, value)), checkpoint)
    return checkpoint
end

"Puts the state of the default random number generators under a key."
put_rng_state!(checkpoint::Checkpoint, key::AbstractString) =
    held(() -> check(LibTW.tw_checkpoint_put_rng_state(checkpoint, key)), checkpoint)

"Puts the default random number generators into the state that lies under a key."
restore_rng_state!(checkpoint::Checkpoint, key::AbstractString) =
    held(() -> check(LibTW.tw_checkpoint_restore_rng_state(checkpoint, key)), checkpoint)

# ---- restoring

"""
    restore!(object, checkpoint, key = nothing; strict = true)

Restores a module, an optimizer, a scheduler, a warmup, a generator or a tensor to what lies under a key; the key `nothing` stands for all of the
checkpoint. Of a module the names must be the module's, unless `strict` is `false`. An object is unchanged on failure.
"""
function TorchWarmup.restore!(network::NNModule, checkpoint::Checkpoint, key::Key = nothing; strict::Bool = true)
    held(() -> check(LibTW.tw_checkpoint_restore_module(network, checkpoint, key_of(key), strict)), checkpoint)
    return network
end

restoring(::Optimizer) = LibTW.tw_checkpoint_restore_optimizer
restoring(::LRScheduler) = LibTW.tw_checkpoint_restore_lr_scheduler
restoring(::Warmup) = LibTW.tw_checkpoint_restore_warmup

function TorchWarmup.restore!(object::Union{Optimizer, LRScheduler, Warmup}, checkpoint::Checkpoint, key::Key = nothing)
    held(() -> held(() -> check(restoring(object)(object, checkpoint, key_of(key))), object), checkpoint)
    return object
end

function TorchWarmup.restore!(generator::Generator, checkpoint::Checkpoint, key::Key = nothing)
    held(() -> check(LibTW.tw_checkpoint_restore_generator(generator, checkpoint, key_of(key))), checkpoint)
    return generator
end

function TorchWarmup.restore!(tensor::Tensor, checkpoint::Checkpoint, key::Key = nothing)
    held(() -> check(LibTW.tw_checkpoint_copy_tensor(tensor, checkpoint, key_of(key))), checkpoint)
    return tensor
end

"""
    Torch.differences(network, checkpoint, key = nothing)

The names in which a module and a state dict differ: a named tuple of vectors `missing`, `unexpected` and `mismatched`.
"""
function differences(network::NNModule, checkpoint::Checkpoint, key::Key = nothing)
    held(checkpoint) do
        found = created(out -> LibTW.tw_checkpoint_compare_module(out, network, checkpoint, key_of(key)), LibTW.tw_module_differences)
        try
            return (
                missing = different(found, LibTW.TW_DIFFERENCE_MISSING), unexpected = different(found, LibTW.TW_DIFFERENCE_UNEXPECTED),
                mismatched = different(found, LibTW.TW_DIFFERENCE_MISMATCHED),
            )
        finally
            LibTW.tw_module_differences_free(found)
        end
    end
end

function different(found, which)
    count = number(out -> LibTW.tw_module_differences_get_count(out, found, which), Csize_t)
    return [text((out...) -> LibTW.tw_module_differences_get_name(out..., found, which, i - 1)) for i in 1:Int(count)]
end
