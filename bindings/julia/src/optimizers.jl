# Optimizers: what schedules and warmups set the rates of.

"""
    Optimizer

An optimizer as schedules and warmups know it: parameter groups, counted from 1, with a learning rate and other numbers each.
There are [`RatesOptimizer`](@ref), which only holds the numbers, [`Shadow`](@ref), which hands each new rate to an optimizer
of yours, [`CustomOptimizer`](@ref), made of functions, and those of LibTorch in [`TorchWarmup.Torch`](@ref).

An optimizer and all that is bound to it may be used from any task and any thread; one call at a time goes on.
"""
mutable struct Optimizer{Kind} <: Bound
    pointer::Ptr{LibTW.tw_optimizer}
    mutex::ReentrantLock
    function Optimizer{Kind}(pointer::Ptr{LibTW.tw_optimizer}, mutex::ReentrantLock = ReentrantLock()) where {Kind}
        return finalizer(collect_bound, new{Kind}(pointer, mutex))
    end
end

lock_of(optimizer::Optimizer) = optimizer.mutex

function Base.show(io::IO, optimizer::Optimizer{Kind}) where {Kind}
    isopen(optimizer) || return print(io, Kind, " optimizer (closed)")
    try
        print(io, class_name(optimizer), " optimizer with learning rates ", learning_rates(optimizer))
    catch failure
        print(io, Kind, " optimizer (", text_of(failure), ")") # such as one that has been detached
    end
end

# ---- numbers alone

"""
    RatesOptimizer(lrs; betas = nothing)

An optimizer that only holds numbers: a stand-in for one that cannot be reached. After each step read
[`learning_rates`](@ref) and hand them on. [`Shadow`](@ref) does that by itself.

- `lrs`: a learning rate, or one a group
- `betas`: `(beta1, beta2)` for all groups, or a vector of one a group; for warmups that take their period from beta2, and
  for schedules that cycle momentum

```jldoctest; setup = :(using TorchWarmup)
julia> optimizer = RatesOptimizer([0.5, 0.25]);

julia> warmup = LinearWarmup(optimizer, 4);

julia> learning_rates(optimizer)
2-element Vector{Float64}:
 0.125
 0.0625
```
"""
const RatesOptimizer = Optimizer{:Rates}

function Optimizer{:Rates}(lrs::Union{Real, AbstractVector}; betas = nothing)
    rates = per_group(Cdouble, lrs)
    pairs = flat_betas(betas, length(rates))
    pointer = created(LibTW.tw_optimizer) do out
        LibTW.tw_optimizer_rates(out, rates, pairs === nothing ? C_NULL : pairs, length(rates))
    end
    return Optimizer{:Rates}(pointer)
end

flat_betas(::Nothing, count) = nothing
flat_betas(betas::Tuple{Real, Real}, count) = repeat(Cdouble[betas...], count)
function flat_betas(betas, count)
    length(betas) == count || throw(ArgumentError("betas has $(length(betas)) pairs for $count groups"))
    return Cdouble[number for pair in betas for number in (pair[1], pair[2])]
end

# ---- an optimizer of the caller's own

"""
    CustomOptimizer(; group_count, get, set, name = "Optimizer")

An optimizer made of functions of yours.

- `group_count()` gives the number of parameter groups.
- `get(option)` gives a vector of one number a group, or `nothing` where the optimizer has no such option. `option` is a
  `Symbol` such as `:lr`, `:beta1`, `:beta2` or `:momentum`.
- `set(option, values)` sets one number a group, of all groups or, throwing, of none.

They are called by whichever task steps what is bound; what they throw is thrown by that call.

```jldoctest; setup = :(using TorchWarmup)
julia> rate = [0.1];

julia> optimizer = CustomOptimizer(;
           group_count = () -> 1,
           get = option -> option === :lr ? rate : nothing,
           set = (option, values) -> copyto!(rate, values),
       );

julia> scheduler = ExponentialLR(optimizer, 0.5); step!(scheduler); rate
1-element Vector{Float64}:
 0.05
```
"""
const CustomOptimizer = Optimizer{:Custom}

struct CustomFunctions
    group_count::Any
    get::Any
    set::Any
end

function Optimizer{:Custom}(; group_count, get, set, name = "Optimizer")
    return Optimizer{:Custom}(custom_optimizer(CustomFunctions(group_count, get, set), name))
end

function custom_optimizer(functions, name)
    class_name = Base.cconvert(Cstring, String(name))
    Base.unsafe_convert(Cstring, class_name) # refuses a 0 within
    return GC.@preserve class_name created(LibTW.tw_optimizer) do out
        interface = LibTW.tw_optimizer_interface(
            sizeof(LibTW.tw_optimizer_interface), pointer(class_name), custom_pointers()..., release_pointer(),
        )
        LibTW.tw_optimizer_custom(out, Ref(interface), keep(functions))
    end
end

option_symbol(option) = Symbol(unsafe_string(LibTW.tw_option_name(option)))

function call_group_count(out::Ptr{Csize_t}, context::Ptr{Cvoid})
    return guarded(() -> unsafe_store!(out, Csize_t(kept_function(context).group_count())))
end

function call_get(out::Ptr{Cdouble}, count::Csize_t, option::LibTW.tw_option, context::Ptr{Cvoid})
    found = true
    status = guarded() do
        values = kept_function(context).get(option_symbol(option))
        values === nothing && return found = false
        length(values) == count || throw(DimensionMismatch("$(length(values)) numbers for $count parameter groups"))
        foreach(((i, value),) -> unsafe_store!(out, Float64(value), i), enumerate(values))
    end
    return found ? status : LibTW.TW_ERROR_NOT_FOUND
end

function call_set(values::Ptr{Cdouble}, count::Csize_t, option::LibTW.tw_option, context::Ptr{Cvoid})
    return guarded() do
        kept_function(context).set(option_symbol(option), [unsafe_load(values, i) for i in 1:count])
    end
end

custom_pointers() = (
    @cfunction(call_group_count, LibTW.tw_status, (Ptr{Csize_t}, Ptr{Cvoid})),
    @cfunction(call_get, LibTW.tw_status, (Ptr{Cdouble}, Csize_t, LibTW.tw_option, Ptr{Cvoid})),
    @cfunction(call_set, LibTW.tw_status, (Ptr{Cdouble}, Csize_t, LibTW.tw_option, Ptr{Cvoid})),
)

# ---- the groups' numbers

"""
    ngroups(object)

The number of parameter groups of an optimizer, or of those that a scheduler or a warmup was made for.
"""
ngroups(optimizer::Optimizer) =
    Int(held(() -> number(out -> LibTW.tw_optimizer_get_group_count(out, optimizer), Csize_t), optimizer))

"""
    class_name(optimizer)

The optimizer's class, such as `"AdamW"`.
"""
class_name(optimizer::Optimizer) =
    held(() -> text((out...) -> LibTW.tw_optimizer_get_class_name(out..., optimizer)), optimizer)

"""
    learning_rates(optimizer)

The learning rates of all groups as they are, a warmup's factor included.
"""
learning_rates(optimizer::Optimizer) =
    held(() -> numbers((out...) -> LibTW.tw_optimizer_get_lrs(out..., optimizer)), optimizer)

"""
    learning_rate(optimizer; group = 1)

The learning rate of a group as it is, a warmup's factor included.
"""
learning_rate(optimizer::Optimizer; group::Integer = 1) =
    held(() -> number(out -> LibTW.tw_optimizer_get_lr(out, optimizer, place(group)), Cdouble), optimizer)

"""
    set_learning_rate!(optimizer, lr; group = 1)

Sets the learning rate of a group: finite and not negative.
"""
function set_learning_rate!(optimizer::Optimizer, lr::Real; group::Integer = 1)
    held(() -> check(LibTW.tw_optimizer_set_lr(optimizer, place(group), lr)), optimizer)
    return optimizer
end

"""
    option(optimizer, name; group = 1)

A number of a group by its name, such as `:beta2`, `:momentum` or `:weight_decay`.
"""
option(optimizer::Optimizer, name::Symbol; group::Integer = 1) = held(optimizer) do
    number(out -> LibTW.tw_optimizer_get_option(out, optimizer, place(group), option_number(name)), Cdouble)
end

"""
    set_option!(optimizer, name, value; group = 1)

Sets a number of a group by its name, such as `:momentum`.
"""
function set_option!(optimizer::Optimizer, name::Symbol, value::Real; group::Integer = 1)
    held(() -> check(LibTW.tw_optimizer_set_option(optimizer, place(group), option_number(name), value)), optimizer)
    return optimizer
end

function option_number(name)
    for each in instances(LibTW.tw_option)
        0 <= Int(each) < 1000 && option_symbol(each) === name && return each
    end
    throw(ArgumentError("there is no option $(repr(name))"))
end

# C counts groups from 0.
place(group::Integer) = group >= 1 ? Csize_t(group - 1) : throw(ArgumentError("group is $group; groups are counted from 1"))

"""
    detach!(optimizer)
    detach!(warmup)

Of an optimizer: lets go of what is behind it, for an owner who is about to destroy that. Nothing of it is touched from then on;
what is bound can be closed and looked into, and any other use of it is a [`TorchWarmupError`](@ref).

Of a warmup: puts the undampened rates back into the optimizer and unbinds it, so that another may be made.
"""
function detach!(optimizer::Optimizer)
    held(() -> check(LibTW.tw_optimizer_detach(optimizer)), optimizer)
    return optimizer
end
