# What one does with a learning-rate scheduler. The schedules themselves are in schedules.jl.

"""
    LRScheduler

A learning-rate scheduler, of the kind that its constructor's name says: [`StepLR`](@ref), [`CosineAnnealingLR`](@ref), ...
Names, arguments and numbers are those of `torch.optim.lr_scheduler`, to the last bit.

Its constructor sets the optimizer's rates for epoch 0. Schedules count epochs, whatever you take for one: often a step.
"""
mutable struct LRScheduler{Kind} <: Bound
    pointer::Ptr{LibTW.tw_lr_scheduler}
    mutex::ReentrantLock
    function LRScheduler{Kind}(pointer::Ptr{LibTW.tw_lr_scheduler}, mutex::ReentrantLock) where {Kind}
        return finalizer(collect_bound, new{Kind}(pointer, mutex))
    end
end

lock_of(scheduler::LRScheduler) = scheduler.mutex

function Base.show(io::IO, scheduler::LRScheduler{Kind}) where {Kind}
    isopen(scheduler) || return print(io, Kind, " (closed)")
    print(io, Kind, " at epoch ", last_epoch(scheduler), " with learning rates ", last_lrs(scheduler))
end

# A scheduler of a constructor of C's, make(out, optimizer).
function scheduler(make, kind::Symbol, optimizer::Optimizer)
    pointer = held(() -> created(out -> make(out, optimizer), LibTW.tw_lr_scheduler), optimizer)
    return LRScheduler{kind}(pointer, optimizer.mutex)
end

# The handles of several, alive within f.
function with_pointers(f, schedulers, ::Type{T} = LibTW.tw_lr_scheduler) where {T}
    return GC.@preserve schedulers f(Ptr{T}[Base.unsafe_convert(Ptr{T}, each) for each in schedulers])
end

# ---- steps

"""
    step!(scheduler)
    step!(scheduler, metric)

Goes on to the next epoch, each rate made from the present one, so that several schedulers that are stepped in turn act
together. [`ReduceLROnPlateau`](@ref) takes the metric of the last epoch, the others none. Where a warmup is bound step the
warmup instead: `step!(warmup, scheduler)`.
"""
function step!(scheduler::LRScheduler)
    held(() -> check(LibTW.tw_lr_scheduler_step(scheduler)), scheduler)
    return scheduler
end

function step!(scheduler::LRScheduler, metric::Real)
    held(() -> check(LibTW.tw_lr_scheduler_step_metric(scheduler, metric)), scheduler)
    return scheduler
end

"""
    step_at!(scheduler, epoch)

Goes to an epoch, which may be a fraction, in the schedule's closed form: each rate made from the base rate alone.
"""
function step_at!(scheduler::LRScheduler, epoch::Real)
    held(() -> check(LibTW.tw_lr_scheduler_step_at(scheduler, epoch)), scheduler)
    return scheduler
end

"""
    preview(schedulers...; steps)
    preview(warmup, schedulers...; steps)

The learning rates of the next steps, without a change to anything: a matrix of a row a group and a column a step, column 1
the present rates.

```jldoctest; setup = :(using TorchWarmup)
julia> scheduler = ExponentialLR(RatesOptimizer(0.8), 0.5);

julia> preview(scheduler; steps = 4)
1×4 Matrix{Float64}:
 0.8  0.4  0.2  0.1
```
"""
function preview(first::LRScheduler, others::LRScheduler...; steps::Integer)
    schedulers = (first, others...)
    return held(first) do
        with_pointers(schedulers) do pointers
            flat = numbers() do out, capacity, needed
                LibTW.tw_lr_scheduler_preview(out, capacity, needed, pointers, length(pointers), steps)
            end
            as_columns(flat, steps)
        end
    end
end

# C writes a step's rates side by side, which is a column here.
as_columns(flat, steps) = reshape(flat, steps == 0 ? 0 : length(flat) ÷ steps, Int(steps))

# ---- looking into a scheduler

"""
    last_lrs(scheduler)

The rates that the last step gave the groups, without any warmup factor that came after.
"""
last_lrs(scheduler::LRScheduler) =
    held(() -> numbers((out...) -> LibTW.tw_lr_scheduler_get_last_lrs(out..., scheduler)), scheduler)

"""
    base_lrs(scheduler)

The rates from which the closed form starts.
"""
base_lrs(scheduler::LRScheduler) =
    held(() -> numbers((out...) -> LibTW.tw_lr_scheduler_get_base_lrs(out..., scheduler)), scheduler)

ngroups(scheduler::LRScheduler) =
    Int(held(() -> number(out -> LibTW.tw_lr_scheduler_get_group_count(out, scheduler), Csize_t), scheduler))

"""
    last_epoch(scheduler)

The epoch of the last step: 0 after construction, a fraction after `step_at!` with one.
"""
last_epoch(scheduler::LRScheduler) =
    held(() -> number(out -> LibTW.tw_lr_scheduler_get_last_epoch(out, scheduler), Cdouble), scheduler)

"""
    set_last_epoch!(scheduler, epoch; lrs = nothing)

Moves the schedule to an epoch without stepping there: the next step is to the one after it. With `lrs`, the rates that the
schedule had at that epoch (one for all groups, or one a group), the optimizer gets these at once.
"""
function set_last_epoch!(scheduler::LRScheduler, epoch::Real; lrs = nothing)
    rates = per_group(Cdouble, lrs)
    given = lrs === nothing ? Ptr{Cdouble}(C_NULL) : rates
    held(() -> check(LibTW.tw_lr_scheduler_set_last_epoch(scheduler, epoch, given, length(rates))), scheduler)
    return scheduler
end

# ---- state and copies

"""
    state(scheduler)
    state(warmup)

The whole state, for files of your own; [`restore!`](@ref) puts it back. Of a scheduler a vector of numbers, of a warmup a named
tuple `(step, lrs)`.
"""
state(scheduler::LRScheduler) =
    held(() -> numbers((out...) -> LibTW.tw_lr_scheduler_get_state(out..., scheduler)), scheduler)

"""
    restore!(scheduler, state)
    restore!(warmup, state)

Puts back what [`state`](@ref) gave, for an object made with the same arguments, and sets the optimizer's rates at once. The
order in which schedulers and warmup are restored does not matter; of several schedulers restore the one last that is stepped
last.

```jldoctest; setup = :(using TorchWarmup)
julia> made() = (optimizer = RatesOptimizer(0.1); (optimizer, CosineAnnealingLR(optimizer, 10)));

julia> optimizer, scheduler = made(); foreach(_ -> step!(scheduler), 1:4); saved = state(scheduler);

julia> again, copied = made(); restore!(copied, saved); learning_rates(again) == learning_rates(optimizer)
true
```
"""
function restore!(scheduler::LRScheduler, saved::AbstractVector{<:Real})
    numbers = convert(Vector{Cdouble}, saved)
    held(() -> check(LibTW.tw_lr_scheduler_set_state(scheduler, numbers, length(numbers))), scheduler)
    return scheduler
end

"""
    copy(scheduler)
    copy(scheduler, optimizer)

A scheduler that goes on by itself from where this one is: the same arguments and state, the parts of a schedule of schedules
copied too, a function shared. On another optimizer, of as many groups, its rates are set at once.
"""
Base.copy(scheduler::LRScheduler{Kind}) where {Kind} = LRScheduler{Kind}(cloned(scheduler, C_NULL), scheduler.mutex)

function Base.copy(scheduler::LRScheduler{Kind}, optimizer::Optimizer) where {Kind}
    return LRScheduler{Kind}(held(() -> cloned(scheduler, optimizer), optimizer), optimizer.mutex)
end

cloned(scheduler, optimizer) = held(scheduler) do
    created(out -> LibTW.tw_lr_scheduler_clone(out, scheduler, optimizer), LibTW.tw_lr_scheduler)
end
