# The collector, many threads, and memory.

function whole_life(round; closing)
    optimizer = iseven(round) ? RatesOptimizer([0.5, 0.1]; betas = (0.9, 0.999)) : Shadow(rates -> sum(rates), [0.5, 0.1]; betas = (0.9, 0.9))
    schedulers = (
        LambdaLR(epoch -> 0.9^epoch, optimizer), CyclicLR(optimizer, 0.1, 0.2; scale_fn = x -> 1 / x),
        SequentialLR(optimizer, [LinearLR(optimizer), MultiplicativeLR(epoch -> 0.9, optimizer)], [2]),
    )
    warmup = CustomWarmup((step, group) -> min(1, 0.1 * (step + 1)), optimizer)
    foreach(_ -> step!(warmup, schedulers...), 1:3)
    copied = copy(schedulers[3])
    round % 7 == 0 && failure_of(() -> LambdaLR(epoch -> error("no"), RatesOptimizer(1.0)))
    closing && foreach(close, (optimizer, schedulers..., warmup, copied))
    return learning_rates(RatesOptimizer(0.1))
end

@testset "what nobody holds is collected, whatever the order, with its functions" begin
    before = TorchWarmup.kept_callbacks()
    orphans = []
    for round in 1:300
        optimizer = RatesOptimizer(0.8)
        scheduler = LambdaLR(epoch -> (round % 10 == 0 && GC.gc(false); 0.5^epoch), optimizer)
        warmup = LinearWarmup(optimizer, 4)
        round % 3 == 0 && push!(orphans, (warmup, scheduler)) # their optimizer's handle is collected before them
        round % 3 == 1 && push!(orphans, optimizer)
        round % 50 == 0 && GC.gc()
    end
    GC.gc()
    for orphan in orphans
        orphan isa Tuple && @test (step!(orphan...); last_lrs(orphan[2])) == [0.4]
        orphan isa Tuple || @test learning_rates(orphan) == [0.2]
    end
    empty!(orphans)
    orphan = nothing
    foreach(_ -> GC.gc(), 1:3)
    @test TorchWarmup.kept_callbacks() <= before + 2 # the last ones may still be seen on the stack
end

@testset "a warmup that the collector frees late leaves its rates dampened, which is said" begin
    optimizer = RatesOptimizer(1.0)
    (() -> (LinearWarmup(optimizer, 10); nothing))()
    @test status_of(() -> LinearWarmup(optimizer, 10)) === LibTW.TW_ERROR_STATE # bound, or freed and dampened
    foreach(_ -> GC.gc(), 1:3)
    failure = failure_of(() -> LinearWarmup(optimizer, 10))
    @test failure.status === LibTW.TW_ERROR_STATE && learning_rates(optimizer) == [0.1]
    set_learning_rate!(optimizer, 1.0)
    (() -> (warmup = LinearWarmup(optimizer, 10); detach!(warmup); nothing))()
    @test learning_rates(optimizer) == [1.0]
    LinearWarmup(optimizer, 10)
    @test learning_rates(optimizer) == [0.1]
end

@testset "an optimizer and what is bound to it is used from many threads, with the collector at work" begin
    optimizer = RatesOptimizer(1.0)
    schedulers = [LambdaLR(epoch -> (sum(rand(100)); rand() < 0.01 && GC.gc(false); 1.0), optimizer) for _ in 1:4]
    Threads.@sync for scheduler in schedulers, _ in 1:2
        Threads.@spawn for _ in 1:200
            step!(scheduler)
            learning_rates(optimizer)
            LambdaLR(epoch -> 1.0, optimizer) # one that a finalizer frees while others step
        end
    end
    @test all(scheduler -> last_epoch(scheduler) == 400, schedulers)
    failures = Threads.Atomic{Int}(0)
    Threads.@sync for task in 1:8
        Threads.@spawn for round in 1:50
            own = LambdaLR(epoch -> epoch > 0 ? error("task $task, round $round") : 1.0, RatesOptimizer(1.0))
            failure = failure_of(() -> step!(own))
            failure == ErrorException("task $task, round $round") && Threads.atomic_add!(failures, 1)
        end
    end
    @test failures[] == 400 # each task got its own
end

@testset "memory is flat over 10,000 rounds" begin
    run(rounds; closing) = for round in 1:rounds
        whole_life(round; closing = closing)
        round % 500 == 0 && GC.gc()
    end
    run(2000; closing = true)
    run(2000; closing = false)
    foreach(_ -> GC.gc(), 1:2)
    before = resident()
    run(5000; closing = true)
    run(5000; closing = false)
    foreach(_ -> GC.gc(), 1:2)
    grown = resident() - before
    @test grown < 8_000_000
    @test TorchWarmup.kept_callbacks() < 100
end
