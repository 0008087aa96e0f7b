# The schedules, each with PyTorch's name, arguments and defaults.

# ---- of the epoch alone

"""
    StepLR(optimizer, step_size; gamma = 0.1)

Multiplies the rate by `gamma` every `step_size` epochs.
"""
const StepLR = LRScheduler{:StepLR}
LRScheduler{:StepLR}(optimizer::Optimizer, step_size::Real; gamma::Real = 0.1) =
    scheduler((out, o) -> LibTW.tw_lr_scheduler_step_lr(out, o, step_size, gamma), :StepLR, optimizer)

"""
    MultiStepLR(optimizer, milestones; gamma = 0.1)

Multiplies the rate by `gamma` at each milestone; one that comes twice counts twice.
"""
const MultiStepLR = LRScheduler{:MultiStepLR}
function LRScheduler{:MultiStepLR}(optimizer::Optimizer, milestones; gamma::Real = 0.1)
    epochs = per_group(Int64, milestones)
    make = (out, o) -> LibTW.tw_lr_scheduler_multi_step(out, o, epochs, length(epochs), gamma)
    return scheduler(make, :MultiStepLR, optimizer)
end

"""
    ConstantLR(optimizer; factor = 1/3, total_iters = 5)

Multiplies the rate by `factor` until `total_iters` epochs have passed.
"""
const ConstantLR = LRScheduler{:ConstantLR}
LRScheduler{:ConstantLR}(optimizer::Optimizer; factor::Real = 1 / 3, total_iters::Real = 5) =
    scheduler((out, o) -> LibTW.tw_lr_scheduler_constant(out, o, factor, total_iters), :ConstantLR, optimizer)

"""
    LinearLR(optimizer; start_factor = 1/3, end_factor = 1, total_iters = 5)

Multiplies the rate by a factor that goes from `start_factor` to `end_factor` in `total_iters` epochs.
"""
const LinearLR = LRScheduler{:LinearLR}
function LRScheduler{:LinearLR}(optimizer::Optimizer; start_factor::Real = 1 / 3, end_factor::Real = 1, total_iters::Real = 5)
    make = (out, o) -> LibTW.tw_lr_scheduler_linear(out, o, start_factor, end_factor, total_iters)
    return scheduler(make, :LinearLR, optimizer)
end

"""
    ExponentialLR(optimizer, gamma)

Multiplies the rate by `gamma` every epoch.
"""
const ExponentialLR = LRScheduler{:ExponentialLR}
LRScheduler{:ExponentialLR}(optimizer::Optimizer, gamma::Real) =
    scheduler((out, o) -> LibTW.tw_lr_scheduler_exponential(out, o, gamma), :ExponentialLR, optimizer)

"""
    PolynomialLR(optimizer; total_iters = 5, power = 1)

Lets the rate fall to 0 in `total_iters` epochs: `base_lr * (1 - epoch / total_iters)^power`.
"""
const PolynomialLR = LRScheduler{:PolynomialLR}
LRScheduler{:PolynomialLR}(optimizer::Optimizer; total_iters::Real = 5, power::Real = 1) =
    scheduler((out, o) -> LibTW.tw_lr_scheduler_polynomial(out, o, total_iters, power), :PolynomialLR, optimizer)

"""
    CosineAnnealingLR(optimizer, T_max; eta_min = 0)

Lets the rate fall along half a cosine to `eta_min` in `T_max` epochs, and rise again after.
"""
const CosineAnnealingLR = LRScheduler{:CosineAnnealingLR}
LRScheduler{:CosineAnnealingLR}(optimizer::Optimizer, T_max::Real; eta_min::Real = 0) =
    scheduler((out, o) -> LibTW.tw_lr_scheduler_cosine_annealing(out, o, T_max, eta_min), :CosineAnnealingLR, optimizer)

"""
    CosineAnnealingWarmRestarts(optimizer, T_0; T_mult = 1, eta_min = 0)

Lets the rate fall along half a cosine in `T_0` epochs again and again, each time `T_mult` times as long. [`step_at!`](@ref)
takes fractions of an epoch.
"""
const CosineAnnealingWarmRestarts = LRScheduler{:CosineAnnealingWarmRestarts}
function LRScheduler{:CosineAnnealingWarmRestarts}(optimizer::Optimizer, T_0::Integer; T_mult::Integer = 1, eta_min::Real = 0)
    make = (out, o) -> LibTW.tw_lr_scheduler_cosine_annealing_warm_restarts(out, o, T_0, T_mult, eta_min)
    return scheduler(make, :CosineAnnealingWarmRestarts, optimizer)
end

"""
    InverseSqrtLR(optimizer, timescale)

Lets the rate fall as one over the square root of the epoch: `base_lr * sqrt(timescale / (epoch + timescale))`. Not in PyTorch.
"""
const InverseSqrtLR = LRScheduler{:InverseSqrtLR}
LRScheduler{:InverseSqrtLR}(optimizer::Optimizer, timescale::Integer) =
    scheduler((out, o) -> LibTW.tw_lr_scheduler_inverse_sqrt(out, o, timescale), :InverseSqrtLR, optimizer)

const DECAYS = (
    linear = LibTW.TW_LR_DECAY_LINEAR, cosine = LibTW.TW_LR_DECAY_COSINE, sqrt = LibTW.TW_LR_DECAY_SQRT,
)

"""
    WarmupStableDecayLR(optimizer; warmup_iters = 0, stable_iters, decay_iters, decay = :linear, end_factor = 0)

Lets the rate rise in `warmup_iters` epochs, stay for `stable_iters`, and decay in `decay_iters` to `end_factor` of itself, in
the shape `:linear`, `:cosine` or `:sqrt`. Not in PyTorch.
"""
const WarmupStableDecayLR = LRScheduler{:WarmupStableDecayLR}
function LRScheduler{:WarmupStableDecayLR}(
    optimizer::Optimizer; warmup_iters::Integer = 0, stable_iters::Integer, decay_iters::Integer, decay::Symbol = :linear,
    end_factor::Real = 0,
)
    shape = symbol_of(DECAYS, decay, "decay")
    make = (out, o) ->
        LibTW.tw_lr_scheduler_warmup_stable_decay(out, o, warmup_iters, stable_iters, decay_iters, shape, end_factor)
    return scheduler(make, :WarmupStableDecayLR, optimizer)
end

# ---- of a function

# A function of the epoch for all groups, or one for each group.
by_group(f) = (epoch, group) -> f(epoch)
by_group(fs::Union{Tuple, AbstractVector}) = (epoch, group) -> fs[group](epoch)

check_functions(f, optimizer) = nothing
function check_functions(fs::Union{Tuple, AbstractVector}, optimizer)
    count = ngroups(optimizer)
    length(fs) == count || throw(ArgumentError("there are $(length(fs)) functions for $count parameter groups"))
end

"""
    LambdaLR(lr_lambda, optimizer)

Sets each group's rate to its base rate times `lr_lambda(epoch)`; `lr_lambda` is one function, or a vector of one a group. The
epoch is a `Float64`.

```julia
scheduler = LambdaLR(optimizer) do epoch
    0.95^epoch
end
```
"""
const LambdaLR = LRScheduler{:LambdaLR}
function LRScheduler{:LambdaLR}(lr_lambda, optimizer::Optimizer)
    check_functions(lr_lambda, optimizer)
    make = (out, o) ->
        LibTW.tw_lr_scheduler_lambda(out, o, lr_function_pointer(), keep(by_group(lr_lambda)), release_pointer())
    return scheduler(make, :LambdaLR, optimizer)
end

"""
    MultiplicativeLR(lr_lambda, optimizer)

Multiplies each group's present rate by `lr_lambda(epoch)`; otherwise as [`LambdaLR`](@ref).
"""
const MultiplicativeLR = LRScheduler{:MultiplicativeLR}
function LRScheduler{:MultiplicativeLR}(lr_lambda, optimizer::Optimizer)
    check_functions(lr_lambda, optimizer)
    make = (out, o) ->
        LibTW.tw_lr_scheduler_multiplicative(out, o, lr_function_pointer(), keep(by_group(lr_lambda)), release_pointer())
    return scheduler(make, :MultiplicativeLR, optimizer)
end

# ---- that cycle momentum as well

const CYCLIC_MODES = (
    triangular = LibTW.TW_CYCLIC_TRIANGULAR, triangular2 = LibTW.TW_CYCLIC_TRIANGULAR2, exp_range = LibTW.TW_CYCLIC_EXP_RANGE,
)
const CYCLIC_SCALE_MODES = (cycle = LibTW.TW_CYCLIC_SCALE_CYCLE, iterations = LibTW.TW_CYCLIC_SCALE_ITERATIONS)

# Two rows of numbers, of which either may be one number for all groups.
function pairs_of(base, max, name)
    lower, upper = per_group(Cdouble, base), per_group(Cdouble, max)
    count = Base.max(length(lower), length(upper))
    length(lower) == 1 && (lower = fill(lower[1], count))
    length(upper) == 1 && (upper = fill(upper[1], count))
    length(lower) == length(upper) ||
        throw(ArgumentError("base_$name has $(length(lower)) numbers and max_$name has $(length(upper))"))
    return lower, upper
end

"""
    CyclicLR(optimizer, base_lr, max_lr; step_size_up = 2000, step_size_down = step_size_up, mode = :triangular, gamma = 1,
             scale_fn = nothing, scale_mode = :cycle, cycle_momentum = true, base_momentum = 0.8, max_momentum = 0.9)

Lets the rates go up and down between two bounds, and momentum, or the first beta, the other way. `mode` is `:triangular`,
`:triangular2` or `:exp_range`; a `scale_fn(x)` takes its place, `x` being the number of the cycle, from 1, or the epoch, as
`scale_mode` says (`:cycle` or `:iterations`). Rates and momentums are one number for all groups, or a vector of one a group.
"""
const CyclicLR = LRScheduler{:CyclicLR}
function LRScheduler{:CyclicLR}(
    optimizer::Optimizer, base_lr, max_lr; step_size_up::Real = 2000, step_size_down::Real = step_size_up,
    mode::Symbol = :triangular, gamma::Real = 1, scale_fn = nothing, scale_mode::Symbol = :cycle, cycle_momentum::Bool = true,
    base_momentum = 0.8, max_momentum = 0.9,
)
    lower, upper = pairs_of(base_lr, max_lr, "lr")
    calm, strong = pairs_of(base_momentum, max_momentum, "momentum")
    custom = scale_fn !== nothing
    pointers = custom ? (lr_function_pointer(), release_pointer()) : (C_NULL, C_NULL)
    make = (out, o) -> GC.@preserve calm strong begin
        settings = options(
            LibTW.tw_cyclic_options, LibTW.tw_cyclic_options_init; step_size_up, step_size_down, gamma, cycle_momentum,
            mode = custom ? LibTW.TW_CYCLIC_CUSTOM : symbol_of(CYCLIC_MODES, mode, "mode"),
            scale_mode = symbol_of(CYCLIC_SCALE_MODES, scale_mode, "scale_mode"), scale_fn = pointers[1],
            scale_release = pointers[2], scale_context = custom ? keep(by_group(scale_fn)) : C_NULL,
            momentum_count = length(calm), base_momentum = pointer(calm), max_momentum = pointer(strong),
        )
        LibTW.tw_lr_scheduler_cyclic(out, o, lower, length(lower), upper, settings)
    end
    return scheduler(make, :CyclicLR, optimizer)
end

const ANNEALS = (cos = LibTW.TW_ONE_CYCLE_ANNEAL_COS, linear = LibTW.TW_ONE_CYCLE_ANNEAL_LINEAR)

"""
    OneCycleLR(optimizer, max_lr; total_steps = epochs * steps_per_epoch, epochs, steps_per_epoch, pct_start = 0.3,
               anneal_strategy = :cos, cycle_momentum = true, base_momentum = 0.85, max_momentum = 0.95, div_factor = 25,
               final_div_factor = 1e4, three_phase = false)

Lets the rates rise once to `max_lr` and then fall far below the first, and momentum, or the first beta, the other way. A step
past `total_steps` is a [`TorchWarmupError`](@ref). `anneal_strategy` is `:cos` or `:linear`.
"""
const OneCycleLR = LRScheduler{:OneCycleLR}
function LRScheduler{:OneCycleLR}(
    optimizer::Optimizer, max_lr; epochs::Union{Nothing, Integer} = nothing, steps_per_epoch::Union{Nothing, Integer} = nothing,
    total_steps::Union{Nothing, Integer} = nothing, pct_start::Real = 0.3, anneal_strategy::Symbol = :cos,
    cycle_momentum::Bool = true, base_momentum = 0.85, max_momentum = 0.95, div_factor::Real = 25, final_div_factor::Real = 1e4,
    three_phase::Bool = false,
)
    steps = total_steps === nothing ? steps_of(epochs, steps_per_epoch) : total_steps
    highest = per_group(Cdouble, max_lr)
    calm, strong = pairs_of(base_momentum, max_momentum, "momentum")
    make = (out, o) -> GC.@preserve calm strong begin
        settings = options(
            LibTW.tw_one_cycle_options, LibTW.tw_one_cycle_options_init; pct_start, cycle_momentum, three_phase, div_factor,
            final_div_factor, anneal_strategy = symbol_of(ANNEALS, anneal_strategy, "anneal_strategy"),
            momentum_count = length(calm), base_momentum = pointer(calm), max_momentum = pointer(strong),
        )
        LibTW.tw_lr_scheduler_one_cycle(out, o, highest, length(highest), steps, settings)
    end
    return scheduler(make, :OneCycleLR, optimizer)
end

steps_of(epochs::Integer, steps_per_epoch::Integer) = epochs * steps_per_epoch
steps_of(_, _) = throw(ArgumentError("OneCycleLR needs total_steps, or both epochs and steps_per_epoch"))

# ---- of a metric

const PLATEAU_MODES = (min = LibTW.TW_PLATEAU_MIN, max = LibTW.TW_PLATEAU_MAX)
const THRESHOLD_MODES = (rel = LibTW.TW_PLATEAU_THRESHOLD_REL, abs = LibTW.TW_PLATEAU_THRESHOLD_ABS)

"""
    ReduceLROnPlateau(optimizer; mode = :min, factor = 0.1, patience = 10, threshold = 1e-4, threshold_mode = :rel,
                      cooldown = 0, min_lr = 0, eps = 1e-8)

Lets the rate fall when a metric has stopped getting better: `step!(scheduler, metric)`. `mode` is `:min` or `:max`,
`threshold_mode` `:rel` or `:abs`; `min_lr` is one number, or a vector of one a group.
"""
const ReduceLROnPlateau = LRScheduler{:ReduceLROnPlateau}
function LRScheduler{:ReduceLROnPlateau}(
    optimizer::Optimizer; mode::Symbol = :min, factor::Real = 0.1, patience::Integer = 10, threshold::Real = 1e-4,
    threshold_mode::Symbol = :rel, cooldown::Integer = 0, min_lr = 0, eps::Real = 1e-8,
)
    least = per_group(Cdouble, min_lr)
    make = (out, o) -> GC.@preserve least begin
        settings = options(
            LibTW.tw_reduce_on_plateau_options, LibTW.tw_reduce_on_plateau_options_init; factor, patience, threshold, cooldown,
            eps, mode = symbol_of(PLATEAU_MODES, mode, "mode"), min_lr_count = length(least), min_lr = pointer(least),
            threshold_mode = symbol_of(THRESHOLD_MODES, threshold_mode, "threshold_mode"),
        )
        LibTW.tw_lr_scheduler_reduce_on_plateau(out, o, settings)
    end
    return scheduler(make, :ReduceLROnPlateau, optimizer)
end

# ---- of schedules

"""
    SequentialLR(optimizer, schedulers, milestones)

Runs one schedule after another: at each milestone the next one starts, from its epoch 0. Go on stepping this one alone.

```jldoctest; setup = :(using TorchWarmup)
julia> optimizer = RatesOptimizer(1.0);

julia> rise = LinearLR(optimizer; start_factor = 0.25, total_iters = 3);

julia> fall = ExponentialLR(optimizer, 0.5);

julia> preview(SequentialLR(optimizer, [rise, fall], [3]); steps = 6)
1×6 Matrix{Float64}:
 0.25  0.5  0.75  1.0  0.5  0.25
```
"""
const SequentialLR = LRScheduler{:SequentialLR}
function LRScheduler{:SequentialLR}(optimizer::Optimizer, schedulers, milestones)
    epochs = per_group(Int64, milestones)
    make = (out, o) -> with_pointers(schedulers) do parts
        LibTW.tw_lr_scheduler_sequential(out, o, parts, length(parts), epochs, length(epochs))
    end
    return scheduler(make, :SequentialLR, optimizer)
end

"""
    ChainedScheduler(optimizer, schedulers)

Steps several schedules at once, each on the rates of the one before. Go on stepping this one alone.
"""
const ChainedScheduler = LRScheduler{:ChainedScheduler}
function LRScheduler{:ChainedScheduler}(optimizer::Optimizer, schedulers)
    make = (out, o) -> with_pointers(schedulers) do parts
        LibTW.tw_lr_scheduler_chained(out, o, parts, length(parts))
    end
    return scheduler(make, :ChainedScheduler, optimizer)
end
