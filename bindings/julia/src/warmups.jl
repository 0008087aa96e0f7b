# Warmups: each scheduled rate is multiplied by a factor that grows to 1.

"""
    Warmup

A learning-rate warmup, as in the Python package pytorch_warmup: [`LinearWarmup`](@ref), [`ExponentialWarmup`](@ref),
[`UntunedLinearWarmup`](@ref), [`UntunedExponentialWarmup`](@ref), [`RAdamWarmup`](@ref), [`CustomWarmup`](@ref).

Its constructor records the rates of the optimizer and dampens them for step 0 at once, so make it after the schedulers; then
`step!(warmup, schedulers...)` once a step. Steps are counted from 0. A warmup that is closed or collected leaves the rates
dampened: [`detach!`](@ref) it where the run goes on without one.
"""
mutable struct Warmup{Kind} <: Bound
    pointer::Ptr{LibTW.tw_warmup}
    mutex::ReentrantLock
    function Warmup{Kind}(pointer::Ptr{LibTW.tw_warmup}, mutex::ReentrantLock) where {Kind}
        return finalizer(collect_bound, new{Kind}(pointer, mutex))
    end
end

lock_of(warmup::Warmup) = warmup.mutex

function Base.show(io::IO, warmup::Warmup{Kind}) where {Kind}
    isopen(warmup) || return print(io, Kind, " (closed)")
    print(io, Kind, " at step ", last_step(warmup), " of learning rates ", undampened_lrs(warmup))
end

function warmup(make, kind::Symbol, optimizer::Optimizer)
    pointer = held(() -> created(out -> make(out, optimizer), LibTW.tw_warmup), optimizer)
    return Warmup{kind}(pointer, optimizer.mutex)
end

# Of beta2s, nothing stands for the groups' own.
function untuned(make, kind, optimizer, beta2s)
    betas = per_group(Cdouble, beta2s)
    given = beta2s === nothing ? Ptr{Cdouble}(C_NULL) : betas
    return warmup((out, o) -> make(out, o, given, length(betas)), kind, optimizer)
end

# ---- creation

"""
    LinearWarmup(optimizer, warmup_period)

`factor(step) = min(1, (step + 1) / period)`; the period is one number of steps, or a vector of one a group.
"""
const LinearWarmup = Warmup{:LinearWarmup}
function Warmup{:LinearWarmup}(optimizer::Optimizer, warmup_period)
    periods = per_group(Int64, warmup_period)
    return warmup((out, o) -> LibTW.tw_warmup_linear(out, o, periods, length(periods)), :LinearWarmup, optimizer)
end

"""
    ExponentialWarmup(optimizer, warmup_period)

`factor(step) = 1 - exp(-(step + 1) / period)`; the period is one number of steps, or a vector of one a group.
"""
const ExponentialWarmup = Warmup{:ExponentialWarmup}
function Warmup{:ExponentialWarmup}(optimizer::Optimizer, warmup_period)
    periods = per_group(Int64, warmup_period)
    return warmup((out, o) -> LibTW.tw_warmup_exponential(out, o, periods, length(periods)), :ExponentialWarmup, optimizer)
end

"""
    UntunedLinearWarmup(optimizer; beta2s = nothing)

A linear warmup of the period `trunc(2 / (1 - beta2))`: 1999 for 0.999. Ma & Yarats, arXiv 1910.04209. `beta2s` is one number,
a vector of one a group, or `nothing` for those that the optimizer has.
"""
const UntunedLinearWarmup = Warmup{:UntunedLinearWarmup}
Warmup{:UntunedLinearWarmup}(optimizer::Optimizer; beta2s = nothing) =
    untuned(LibTW.tw_warmup_untuned_linear, :UntunedLinearWarmup, optimizer, beta2s)

"""
    UntunedExponentialWarmup(optimizer; beta2s = nothing)

An exponential warmup of the period `trunc(1 / (1 - beta2))`: 999 for 0.999. Otherwise as [`UntunedLinearWarmup`](@ref).
"""
const UntunedExponentialWarmup = Warmup{:UntunedExponentialWarmup}
Warmup{:UntunedExponentialWarmup}(optimizer::Optimizer; beta2s = nothing) =
    untuned(LibTW.tw_warmup_untuned_exponential, :UntunedExponentialWarmup, optimizer, beta2s)

"""
    RAdamWarmup(optimizer; beta2s = nothing)

A warmup by RAdam's rectification of the variance, of each group's beta2, in (0.6, 1). Liu et al., arXiv 1908.03265. Otherwise as
[`UntunedLinearWarmup`](@ref).
"""
const RAdamWarmup = Warmup{:RAdamWarmup}
Warmup{:RAdamWarmup}(optimizer::Optimizer; beta2s = nothing) =
    untuned(LibTW.tw_warmup_radam, :RAdamWarmup, optimizer, beta2s)

"""
    CustomWarmup(factor, optimizer)

A warmup whose factors `factor(step, group)` computes: finite and not negative, for a step from 0 and a group from 1.

```jldoctest; setup = :(using TorchWarmup)
julia> optimizer = RatesOptimizer(1.0);

julia> warmup = CustomWarmup((step, group) -> min(1, 0.25 * (step + 1)), optimizer);

julia> preview(warmup; steps = 5)
1×5 Matrix{Float64}:
 0.25  0.5  0.75  1.0  1.0
```
"""
const CustomWarmup = Warmup{:CustomWarmup}
Warmup{:CustomWarmup}(factor, optimizer::Optimizer) =
    warmup((out, o) -> LibTW.tw_warmup_custom(out, o, factor_pointer(), keep(factor), release_pointer()), :CustomWarmup, optimizer)

# ---- steps

"""
    step!(warmup, schedulers...)

Undampens, steps each scheduler in turn, and dampens for the next step: once after each step of the optimizer. Where something
fails, nothing has changed.
"""
function step!(warmup::Warmup, schedulers::LRScheduler...)
    held(warmup) do
        with_pointers(schedulers) do pointers
            check(LibTW.tw_warmup_step(warmup, pointers, length(pointers)))
        end
    end
    return warmup
end

# The same without an array, for the two calls that nearly all runs make.
function step!(warmup::Warmup)
    held(() -> check(LibTW.tw_warmup_step(warmup, C_NULL, 0)), warmup)
    return warmup
end

function step!(warmup::Warmup, scheduler::LRScheduler)
    held(warmup) do
        GC.@preserve scheduler begin
            pointer = Ref(Base.unsafe_convert(Ptr{LibTW.tw_lr_scheduler}, scheduler))
            check(LibTW.tw_warmup_step(warmup, pointer, 1))
        end
    end
    return warmup
end

"""
    dampening(f, warmup)

Puts the undampened rates back, runs `f()`, which may step schedulers and set rates, and dampens what it left for the next step.
Where `f` throws, the dampened rates are put back and the step stays.

```julia
dampening(warmup) do
    step_at!(scheduler, epoch)
end
```
"""
function dampening(f, warmup::Warmup)
    held(() -> check(LibTW.tw_warmup_dampening_begin(warmup)), warmup)
    result = try
        f()
    catch
        held(() -> check(LibTW.tw_warmup_dampening_cancel(warmup)), warmup)
        rethrow()
    end
    held(() -> check(LibTW.tw_warmup_dampening_end(warmup)), warmup)
    return result
end

"""
    dampen!(warmup)
    dampen!(warmup, step)

Multiplies the present rates by the factor of the next step, or of a given one, for loops in which every step sets the rates anew
in closed form. Rates that nothing has set anew are dampened again.
"""
function dampen!(warmup::Warmup)
    held(() -> check(LibTW.tw_warmup_dampen(warmup)), warmup)
    return warmup
end

function dampen!(warmup::Warmup, step::Integer)
    held(() -> check(LibTW.tw_warmup_dampen_at(warmup, step)), warmup)
    return warmup
end

# ---- looking into a warmup

"""
    last_step(warmup)

The step that the present rates are for; 0 after creation.
"""
last_step(warmup::Warmup) = Int(held(() -> number(out -> LibTW.tw_warmup_get_last_step(out, warmup), Int64), warmup))

"""
    set_last_step!(warmup, step)

Sets the step counter; the rates stay. -1 makes the next [`dampen!`](@ref) dampen for step 0.
"""
function set_last_step!(warmup::Warmup, step::Integer)
    held(() -> check(LibTW.tw_warmup_set_last_step(warmup, step)), warmup)
    return warmup
end

"""
    warmup_factor(warmup, step; group = 1)

The factor of any step, counted from 0.
"""
warmup_factor(warmup::Warmup, step::Integer; group::Integer = 1) =
    held(() -> number(out -> LibTW.tw_warmup_get_factor(out, warmup, step, place(group)), Cdouble), warmup)

ngroups(warmup::Warmup) = Int(held(() -> number(out -> LibTW.tw_warmup_get_group_count(out, warmup), Csize_t), warmup))

"""
    undampened_lrs(warmup)

The rates without the warmup's factor, as it has recorded them.
"""
undampened_lrs(warmup::Warmup) =
    held(() -> numbers((out...) -> LibTW.tw_warmup_get_undampened_lrs(out..., warmup)), warmup)

function preview(warmup::Warmup, schedulers::LRScheduler...; steps::Integer)
    return held(warmup) do
        with_pointers(schedulers) do pointers
            flat = numbers() do out, capacity, needed
                LibTW.tw_warmup_preview(out, capacity, needed, warmup, pointers, length(pointers), steps)
            end
            as_columns(flat, steps)
        end
    end
end

# ---- state and the end

state(warmup::Warmup) = held(() -> (step = last_step(warmup), lrs = undampened_lrs(warmup)), warmup)

function restore!(warmup::Warmup, saved::NamedTuple{(:step, :lrs)})
    rates = convert(Vector{Cdouble}, saved.lrs)
    held(() -> check(LibTW.tw_warmup_set_state(warmup, saved.step, rates, length(rates))), warmup)
    return warmup
end

function detach!(warmup::Warmup)
    held(() -> check(LibTW.tw_warmup_detach(warmup)), warmup)
    return warmup
end
