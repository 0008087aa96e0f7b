# Looking into objects, previews, copies, states.

@testset "the groups' numbers can be read and set, groups counted from 1" begin
    optimizer = RatesOptimizer([0.5, 0.1]; betas = [(0.9, 0.99), (0.8, 0.95)])
    @test ngroups(optimizer) == 2 && class_name(optimizer) == "Rates"
    @test learning_rate(optimizer; group = 2) == 0.1
    @test option(optimizer, :beta2; group = 2) == 0.95 && option(optimizer, :beta1) == 0.9
    set_learning_rate!(optimizer, 0.2; group = 2)
    set_option!(optimizer, :beta2, 0.5)
    @test learning_rates(optimizer) == [0.5, 0.2] && option(optimizer, :beta2) == 0.5
    @test option(RatesOptimizer([1, 2]; betas = (0.7, 0.8)), :beta1; group = 2) == 0.7
end

@testset "a preview has a row a group and a column a step, and changes nothing" begin
    optimizer = RatesOptimizer([0.8, 0.4])
    scheduler = ExponentialLR(optimizer, 0.5)
    @test preview(scheduler; steps = 3) == [0.8 0.4 0.2; 0.4 0.2 0.1]
    @test preview(scheduler, ExponentialLR(optimizer, 0.5); steps = 3) == [0.8 0.2 0.05; 0.4 0.1 0.025]
    warmup = LinearWarmup(optimizer, 2)
    @test preview(warmup, scheduler; steps = 3) == [0.4 0.4 0.2; 0.2 0.2 0.1]
    @test preview(warmup; steps = 2) == [0.4 0.8; 0.2 0.4]
    @test size(preview(warmup; steps = 0), 2) == 0
    seen = preview(warmup, scheduler; steps = 4)
    for step in 1:4
        @test learning_rates(optimizer) == seen[:, step]
        step!(warmup, scheduler)
    end
end

@testset "a schedule of each kind goes on from its state as if it had never stopped" begin
    kinds = (
        o -> StepLR(o, 3), o -> MultiStepLR(o, [2, 5]), ConstantLR, LinearLR, o -> ExponentialLR(o, 0.9), PolynomialLR,
        o -> CosineAnnealingLR(o, 10), o -> CosineAnnealingWarmRestarts(o, 4; T_mult = 2), o -> InverseSqrtLR(o, 3),
        o -> WarmupStableDecayLR(o; warmup_iters = 3, stable_iters = 2, decay_iters = 5, decay = :cosine, end_factor = 0.1),
        o -> LambdaLR(e -> 0.9^e, o), o -> MultiplicativeLR(e -> 0.9, o), o -> CyclicLR(o, 0.1, 0.2; step_size_up = 3),
        o -> CyclicLR(o, 0.1, 0.2; step_size_up = 3, scale_fn = x -> 1 / x), o -> OneCycleLR(o, 0.5; total_steps = 30),
        o -> SequentialLR(o, [LinearLR(o), ExponentialLR(o, 0.9)], [4]),
        o -> ChainedScheduler(o, [ConstantLR(o), ExponentialLR(o, 0.9)]),
    )
    for make in kinds
        optimizer, other, third = two_groups(), two_groups(), two_groups()
        scheduler, again = make(optimizer), make(other)
        foreach(_ -> step!(scheduler), 1:6)
        restore!(again, state(scheduler))
        copied = copy(scheduler, third)
        @test typeof(copied) === typeof(scheduler) && ngroups(copied) == 2
        for _ in 1:6
            foreach(step!, (scheduler, again, copied))
            @test learning_rates(optimizer) == learning_rates(other) == learning_rates(third)
            @test option(optimizer, :beta1) == option(other, :beta1)
        end
        @test state(again) == state(scheduler)
        @test occursin(string(nameof(typeof(scheduler))), "LRScheduler")
    end
end

@testset "reduce on plateau goes on from its state" begin
    optimizer, other = RatesOptimizer(1.0), RatesOptimizer(1.0)
    scheduler, again = ReduceLROnPlateau(optimizer; patience = 1), ReduceLROnPlateau(other; patience = 1)
    foreach(_ -> step!(scheduler, 5.0), 1:2)
    restore!(again, state(scheduler))
    foreach(s -> step!(s, 5.0), (scheduler, again))
    @test learning_rates(optimizer) == learning_rates(other) == [0.1]
end

@testset "a copy on the same optimizer is one of its own" begin
    optimizer = RatesOptimizer(0.8)
    scheduler = ExponentialLR(optimizer, 0.5)
    copied = copy(scheduler)
    step!(scheduler)
    @test last_epoch(copied) == 0 && last_epoch(scheduler) == 1
    step!(copied)
    @test learning_rates(optimizer) == [0.2]
    @test status_of(() -> copy(scheduler, RatesOptimizer([1, 2]))) === LibTW.TW_ERROR_ARGUMENT
end

@testset "a schedule is moved to an epoch with the rates of that epoch" begin
    optimizer = RatesOptimizer(0.8)
    scheduler = ExponentialLR(optimizer, 0.5)
    set_last_epoch!(scheduler, 5; lrs = 0.1)
    @test learning_rates(optimizer) == [0.1] && base_lrs(scheduler) == [0.8]
    step!(scheduler)
    @test last_epoch(scheduler) == 6 && last_lrs(scheduler) == [0.05]
    set_last_epoch!(scheduler, 0)
    @test learning_rates(optimizer) == [0.05]
end

@testset "a warmup is looked into, moved, detached" begin
    optimizer = RatesOptimizer([1.0, 0.5])
    warmup = LinearWarmup(optimizer, 4)
    @test ngroups(warmup) == 2 && undampened_lrs(warmup) == [1.0, 0.5]
    @test warmup_factor(warmup, 1) == 0.5 == warmup_factor(warmup, 1; group = 2)
    step!(warmup)
    saved = state(warmup)
    @test saved == (step = 1, lrs = [1.0, 0.5])
    other = RatesOptimizer([1.0, 0.5])
    restore!(LinearWarmup(other, 4), saved)
    @test learning_rates(other) == learning_rates(optimizer) == [0.5, 0.25]
    dampen!(warmup, 0)
    @test last_step(warmup) == 0 && learning_rates(optimizer) == [0.125, 0.0625]
    detach!(warmup)
    @test learning_rates(optimizer) == [0.5, 0.25]
    @test status_of(() -> step!(warmup)) === LibTW.TW_ERROR_STATE
    LinearWarmup(optimizer, 2) # another may be made
    @test learning_rates(optimizer) == [0.25, 0.125]
end

@testset "dampening puts the rates back where its block throws" begin
    optimizer = RatesOptimizer(1.0)
    warmup = LinearWarmup(optimizer, 4)
    @test dampening(() -> (set_learning_rate!(optimizer, 0.8); :result), warmup) === :result
    @test learning_rates(optimizer) == [0.4]
    @test failure_of(() -> dampening(() -> error("stop"), warmup)) == ErrorException("stop")
    @test learning_rates(optimizer) == [0.4] && last_step(warmup) == 1
end
