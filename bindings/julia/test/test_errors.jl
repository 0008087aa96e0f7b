# What is refused, and what it leaves behind.

@testset "an error has C's status and its message with the values" begin
    failure = failure_of(() -> StepLR(RatesOptimizer(0.1), 0))
    @test failure isa TorchWarmupError
    @test failure.status === LibTW.TW_ERROR_RANGE
    @test occursin("step_size is 0", failure.message)
    @test occursin("TW_ERROR_RANGE", sprint(showerror, failure))
end

@testset "each constructor refuses what PyTorch's does" begin
    made = RatesOptimizer([0.5, 0.1])
    for (status, wrong) in (
        (LibTW.TW_ERROR_RANGE, () -> RatesOptimizer(-0.1)),
        (LibTW.TW_ERROR_RANGE, () -> RatesOptimizer(NaN)),
        (LibTW.TW_ERROR_RANGE, () -> RatesOptimizer(0.1; betas = (0.9, 1.0))),
        (LibTW.TW_ERROR_ARGUMENT, () -> RatesOptimizer(Float64[])),
        (LibTW.TW_ERROR_RANGE, () -> MultiStepLR(made, [-1])),
        (LibTW.TW_ERROR_RANGE, () -> ConstantLR(made; factor = 2)),
        (LibTW.TW_ERROR_RANGE, () -> LinearLR(made; start_factor = 0)),
        (LibTW.TW_ERROR_RANGE, () -> ExponentialLR(made, Inf)),
        (LibTW.TW_ERROR_RANGE, () -> PolynomialLR(made; power = -1)),
        (LibTW.TW_ERROR_RANGE, () -> CosineAnnealingLR(made, 0)),
        (LibTW.TW_ERROR_RANGE, () -> CosineAnnealingWarmRestarts(made, 0)),
        (LibTW.TW_ERROR_RANGE, () -> InverseSqrtLR(made, 0)),
        (LibTW.TW_ERROR_RANGE, () -> WarmupStableDecayLR(made; stable_iters = -1, decay_iters = 5)),
        (LibTW.TW_ERROR_NOT_FOUND, () -> CyclicLR(made, 0.1, 0.2)),
        (LibTW.TW_ERROR_ARGUMENT, () -> CyclicLR(made, [0.1, 0.2, 0.3], 0.5; cycle_momentum = false)),
        (LibTW.TW_ERROR_NOT_FOUND, () -> OneCycleLR(made, 0.1; total_steps = 5)),
        (LibTW.TW_ERROR_RANGE, () -> ReduceLROnPlateau(made; factor = 1)),
        (LibTW.TW_ERROR_ARGUMENT, () -> SequentialLR(made, [StepLR(made, 5)], [3])),
        (LibTW.TW_ERROR_ARGUMENT, () -> ChainedScheduler(made, [StepLR(RatesOptimizer(0.1), 5)])),
        (LibTW.TW_ERROR_ARGUMENT, () -> LinearWarmup(made, [5, 5, 5])),
        (LibTW.TW_ERROR_RANGE, () -> ExponentialWarmup(made, 0)),
        (LibTW.TW_ERROR_NOT_FOUND, () -> UntunedLinearWarmup(made)),
        (LibTW.TW_ERROR_RANGE, () -> RAdamWarmup(made; beta2s = 0.5)),
    )
        @test status_of(wrong) === status
    end
    @test learning_rates(made) == [0.5, 0.1]
end

@testset "a word that is none of an argument's is refused, and the message lists them" begin
    made = RatesOptimizer(0.1)
    for wrong in (
        () -> CyclicLR(made, 0.1, 0.2; mode = :square), () -> OneCycleLR(made, 0.1; total_steps = 5, anneal_strategy = :sine),
        () -> ReduceLROnPlateau(made; mode = :minimum), () -> WarmupStableDecayLR(made; stable_iters = 1, decay_iters = 1, decay = :exp),
    )
        failure = failure_of(wrong)
        @test failure isa ArgumentError && occursin("it must be one of :", failure.msg)
    end
    @test failure_of(() -> OneCycleLR(made, 0.1; epochs = 5)) isa ArgumentError
    @test failure_of(() -> option(made, :colour)) isa ArgumentError
    @test failure_of(() -> learning_rate(made; group = 0)) isa ArgumentError
    @test failure_of(() -> LambdaLR([x -> 1, x -> 1], made)) isa ArgumentError
    @test status_of(() -> learning_rate(made; group = 2)) === LibTW.TW_ERROR_RANGE
    @test status_of(() -> option(made, :momentum)) === LibTW.TW_ERROR_NOT_FOUND
end

@testset "a call in the wrong state is refused and changes nothing" begin
    optimizer = RatesOptimizer(0.5)
    scheduler = ExponentialLR(optimizer, 0.9)
    plateau = ReduceLROnPlateau(RatesOptimizer(0.5))
    warmup = LinearWarmup(optimizer, 10)
    for wrong in (
        () -> step!(scheduler), () -> LinearWarmup(optimizer, 5), () -> StepLR(optimizer, 5),
        () -> preview(scheduler; steps = 3), () -> step!(plateau), () -> step!(scheduler, 0.5),
        () -> step_at!(MultiplicativeLR(e -> 1, RatesOptimizer(0.5)), 3),
    )
        @test status_of(wrong) === LibTW.TW_ERROR_STATE
    end
    @test learning_rates(optimizer) == [0.05] && last_epoch(scheduler) == 0 && last_step(warmup) == 0
    set_learning_rate!(optimizer, 0.3)
    @test status_of(() -> step!(warmup, scheduler)) === LibTW.TW_ERROR_STATE
    @test status_of(() -> step!(warmup, plateau)) === LibTW.TW_ERROR_ARGUMENT
end

@testset "use after close is an error that says so, and what is bound goes on" begin
    optimizer = RatesOptimizer(0.5)
    scheduler = ExponentialLR(optimizer, 0.5)
    warmup = LinearWarmup(optimizer, 2)
    close(optimizer)
    @test !isopen(optimizer) && isopen(scheduler)
    for use in (() -> learning_rates(optimizer), () -> StepLR(optimizer, 5), () -> set_learning_rate!(optimizer, 0.1))
        failure = failure_of(use)
        @test failure isa TorchWarmupError && occursin("closed", failure.message)
    end
    step!(warmup, scheduler)
    @test last_lrs(scheduler) == [0.25]
    close(scheduler)
    @test status_of(() -> step!(warmup, scheduler)) === LibTW.TW_ERROR_ARGUMENT
    close(warmup)
    close(warmup) # twice does nothing
    for use in (() -> step!(warmup), () -> last_step(warmup), () -> preview(warmup; steps = 1), () -> copy(scheduler))
        @test occursin("closed", failure_of(use).message)
    end
    @test occursin("closed", string(optimizer) * string(scheduler) * string(warmup))
end

@testset "a detached optimizer is left alone" begin
    optimizer = RatesOptimizer(0.5)
    scheduler = ExponentialLR(optimizer, 0.5)
    detach!(optimizer)
    @test status_of(() -> step!(scheduler)) === LibTW.TW_ERROR_STATE
    @test status_of(() -> learning_rates(optimizer)) === LibTW.TW_ERROR_STATE
    @test occursin("Rates", string(optimizer)) # and can be shown
end
