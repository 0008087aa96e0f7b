# Every trace of the reference values, bit for bit: what PyTorch and pytorch_warmup gave.

# Column 1 is there already; next!(step) makes each further one, from step 1.
function follows(name, optimizer, next!)
    expected = trace(name)
    got = similar(expected)
    got[:, 1] = learning_rates(optimizer)
    for step in 1:(size(expected, 2) - 1)
        next!(step)
        got[:, step + 1] = learning_rates(optimizer)
    end
    return got == expected
end

function alone(make)
    return function (name)
        optimizer = two_groups()
        scheduler = make(optimizer)
        return follows(name, optimizer, _ -> step!(scheduler))
    end
end

# pow of C's, by which Python computes a power: Julia's differs in the last bit now and then.
power(x, y) = ccall(:pow, Cdouble, (Cdouble, Cdouble), x, y)

function metric(step)
    list = [1, 0.9, 0.8, 0.8, 0.8, 0.8, 0.79999, 0.8, 0.8, 0.8, 0.8, 0.8, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6]
    return list[step % 20 + 1] * (step >= 20 ? 0.99 : 1.0)
end

function fractional(name)
    optimizer = two_groups()
    restarts = CosineAnnealingWarmRestarts(optimizer, 2; T_mult = 2)
    return follows(name, optimizer, step -> step_at!(restarts, step / 8))
end

function plateau(sign; options...)
    return function (name)
        optimizer = two_groups()
        scheduler = ReduceLROnPlateau(optimizer; options...)
        return follows(name, optimizer, step -> step!(scheduler, sign * metric(step - 1)))
    end
end

function with_warmup(make_warmup, make_schedulers; optimizer = two_groups)
    return function (name)
        made = optimizer()
        schedulers = make_schedulers(made)
        warmup = make_warmup(made)
        return follows(name, made, _ -> step!(warmup, schedulers...))
    end
end

function delayed(name)
    optimizer = two_groups()
    scheduler = CosineAnnealingLR(optimizer, 80)
    warmup = LinearWarmup(optimizer, 20)
    return follows(name, optimizer, _ -> last_step(warmup) + 1 >= 20 ? step!(warmup, scheduler) : step!(warmup))
end

function per_epoch(name)
    optimizer = warmed_groups()
    scheduler = MultiStepLR(optimizer, [3, 6])
    warmup = UntunedLinearWarmup(optimizer)
    return follows(name, optimizer, step -> step % 8 == 0 ? step!(warmup, scheduler) : step!(warmup))
end

function restarts_by_fractions(name)
    optimizer = two_groups()
    restarts = CosineAnnealingWarmRestarts(optimizer, 4; T_mult = 2)
    warmup = LinearWarmup(optimizer, 24)
    return follows(name, optimizer, step -> dampening(() -> step > 24 && step_at!(restarts, (step - 25) / 8), warmup))
end

function closed_form(name)
    optimizer = warmed_groups()
    scheduler = CosineAnnealingLR(optimizer, 60; eta_min = 1e-5)
    warmup = UntunedLinearWarmup(optimizer)
    return follows(name, optimizer, _ -> (step_at!(scheduler, last_epoch(scheduler) + 1); dampen!(warmup)))
end

function closed_form_first(name)
    optimizer = warmed_groups()
    scheduler = MultiStepLR(optimizer, [3])
    warmup = UntunedLinearWarmup(optimizer)
    set_last_step!(warmup, -1)
    next!(step) = (step_at!(scheduler, step ÷ 8); dampen!(warmup))
    next!(0)
    return follows(name, optimizer, next!)
end

# Saved after step 17, and gone on with in objects made anew, the warmup before the scheduler's state.
function resumed(name)
    make() = (optimizer = warmed_groups(); (optimizer, CosineAnnealingLR(optimizer, 60), RAdamWarmup(optimizer)))
    expected = trace(name)
    optimizer, scheduler, warmup = make()
    for step in 1:(size(expected, 2) - 1)
        learning_rates(optimizer) == expected[:, step] || return false
        step!(warmup, scheduler)
        step == 17 || continue
        of_scheduler, of_warmup = state(scheduler), state(warmup)
        optimizer, scheduler, warmup = make()
        restore!(warmup, of_warmup)
        restore!(scheduler, of_scheduler)
    end
    return learning_rates(optimizer) == expected[:, end]
end

sequential(o) = SequentialLR(o, [LinearLR(o; start_factor = 0.1, total_iters = 10), CosineAnnealingLR(o, 40)], [10])
chained(o) = ChainedScheduler(o, [ConstantLR(o; factor = 0.1, total_iters = 8), ExponentialLR(o, 0.9)])
long_cosine(o) = (CosineAnnealingLR(o, 150; eta_min = 1e-5),)

const TRACES = Dict(
    "step_lr" => alone(o -> StepLR(o, 7)),
    "multi_step_lr" => alone(o -> MultiStepLR(o, [5, 11, 11, 30])),
    "constant_lr" => alone(ConstantLR),
    "linear_lr" => alone(o -> LinearLR(o; total_iters = 10)),
    "exponential_lr" => alone(o -> ExponentialLR(o, 0.9)),
    "polynomial_lr" => alone(o -> PolynomialLR(o; total_iters = 20)),
    "cosine_annealing_lr" => alone(o -> CosineAnnealingLR(o, 50; eta_min = 1e-5)),
    "cosine_annealing_warm_restarts" => alone(o -> CosineAnnealingWarmRestarts(o, 10; T_mult = 2)),
    "cosine_annealing_warm_restarts_fractional" => fractional,
    "lambda_lr" => alone(o -> LambdaLR([epoch -> power(0.95, epoch), epoch -> 1 / (1 + epoch)], o)),
    "multiplicative_lr" => alone(o -> MultiplicativeLR(epoch -> 0.9 + 0.005 * epoch, o)),
    "cyclic_lr_triangular" => alone(
        o -> CyclicLR(o, [0.01, 0.02], [0.1, 0.5]; step_size_up = 8, step_size_down = 12, cycle_momentum = false),
    ),
    "cyclic_lr_triangular2" =>
        alone(o -> CyclicLR(o, 0.01, 0.1; step_size_up = 8, mode = :triangular2, cycle_momentum = false)),
    "cyclic_lr_exp_range" =>
        alone(o -> CyclicLR(o, 0.01, 0.1; step_size_up = 8, mode = :exp_range, gamma = 0.99, cycle_momentum = false)),
    "one_cycle_lr_cos" => alone(o -> OneCycleLR(o, [0.5, 0.1]; total_steps = 100, cycle_momentum = false)),
    "one_cycle_lr_linear_three_phase" => alone(
        o -> OneCycleLR(
            o, 0.5; epochs = 10, steps_per_epoch = 10, anneal_strategy = :linear, three_phase = true, div_factor = 10,
            cycle_momentum = false,
        ),
    ),
    "reduce_lr_on_plateau_min_rel" => plateau(1; patience = 3, cooldown = 2),
    "reduce_lr_on_plateau_max_abs" => plateau(
        -1; mode = :max, factor = 0.5, patience = 2, threshold = 0.05, threshold_mode = :abs, min_lr = [0.01, 0.002],
    ),
    "sequential_linear_then_cosine" => alone(sequential),
    "chained_constant_exponential" => alone(chained),
    "approach1_cosine_untuned_linear" => with_warmup(UntunedLinearWarmup, long_cosine; optimizer = warmed_groups),
    "approach1_cosine_untuned_exponential" => with_warmup(UntunedExponentialWarmup, long_cosine; optimizer = warmed_groups),
    "approach1_cosine_radam" => with_warmup(RAdamWarmup, long_cosine; optimizer = warmed_groups),
    "approach1_chaining" =>
        with_warmup(UntunedLinearWarmup, o -> (ExponentialLR(o, 0.9), StepLR(o, 3)); optimizer = warmed_groups),
    "approach1_delayed_cosine" => delayed,
    "approach2_multi_step_per_epoch" => per_epoch,
    "approach3_warm_restarts" => restarts_by_fractions,
    "no_scheduler_linear_per_group" => with_warmup(o -> LinearWarmup(o, [5, 11]), o -> ()),
    "no_scheduler_exponential_per_group" => with_warmup(o -> ExponentialWarmup(o, [5, 11]), o -> ()),
    "sgd_lambda_linear" => with_warmup(o -> LinearWarmup(o, 5), o -> (LambdaLR(epoch -> 1, o),)),
    "seed_approach1_closed_form" => closed_form,
    "seed_approach2_closed_form_first" => closed_form_first,
    "resume_radam_cosine_uninterrupted" => resumed,
)

@testset "every schedule follows its trace to the last bit" begin
    @testset "$name" for (name, follow) in sort!(collect(TRACES); by = first)
        @test follow(name)
    end
end

@testset "every trace of the fixtures is followed here" begin
    found = [splitext(file)[1] for file in readdir(joinpath(FIXTURES, "lr_traces"))]
    @test length(found) > 30
    @test Set(found) == keys(TRACES)
end

@testset "every warmup's factors are pytorch_warmup's to the last bit" begin
    untuned = Dict(
        "untuned_linear" => UntunedLinearWarmup, "untuned_exponential" => UntunedExponentialWarmup, "radam" => RAdamWarmup,
    )
    tuned = Dict("linear" => LinearWarmup, "exponential" => ExponentialWarmup)
    made, seen = Dict(), Set()
    for (name, beta2, period, step, factor) in csv("warmup_factors.csv")
        key = (name, beta2, haskey(tuned, name) ? period : "")
        warmup = get!(made, key) do
            optimizer = RatesOptimizer(1.0)
            haskey(tuned, name) ? tuned[name](optimizer, parse(Int, period)) :
            untuned[name](optimizer; beta2s = hexadecimal(beta2))
        end
        push!(seen, name)
        warmup_factor(warmup, parse(Int, step)) == hexadecimal(factor) || @test (name, beta2, period, step) == "as listed"
    end
    @test seen == union(keys(tuned), keys(untuned))
    @test length(made) > 20
end
