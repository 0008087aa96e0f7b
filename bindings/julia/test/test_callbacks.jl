# Functions of Julia's in C: called, kept, released, and failing.

struct Stop <: Exception
    why::String
end

@testset "an exception in a callback reaches the caller as it was, and nothing has changed" begin
    for (make, step) in (
        (o -> LambdaLR(e -> e < 3 ? 0.5 : throw(Stop("lambda")), o), step!),
        (o -> MultiplicativeLR(e -> e < 3 ? 0.5 : throw(Stop("multiplicative")), o), step!),
        (o -> CyclicLR(o, 0.1, 0.2; step_size_up = 3, cycle_momentum = false, scale_mode = :iterations,
            scale_fn = e -> e < 3 ? 0.5 : throw(Stop("scale_fn"))), step!),
        (o -> CustomWarmup((step, group) -> step < 3 ? 0.5 : throw(Stop("factor")), o), step!),
    )
        optimizer = RatesOptimizer(0.5)
        object = make(optimizer)
        foreach(_ -> step(object), 1:2)
        before = learning_rates(optimizer)
        @test failure_of(() -> step(object)) isa Stop
        @test learning_rates(optimizer) == before
        @test (object isa Warmup ? last_step(object) : last_epoch(object)) == 2
        @test failure_of(() -> preview(object; steps = 3)) isa Stop
    end
end

@testset "an exception in a constructor's callback is thrown, and the function let go" begin
    GC.gc()
    before = TorchWarmup.kept_callbacks()
    optimizer = RatesOptimizer(0.5)
    for make in (f -> LambdaLR(f, optimizer), f -> CustomWarmup(f, optimizer))
        @test failure_of(() -> make((_...) -> throw(Stop("now")))) == Stop("now")
        @test failure_of(() -> make((_...) -> throw(InterruptException()))) isa InterruptException
        @test status_of(() -> make((_...) -> NaN)) === LibTW.TW_ERROR_RANGE
        @test failure_of(() -> make((_...) -> "half")) isa MethodError
    end
    @test learning_rates(optimizer) == [0.5]
    @test TorchWarmup.kept_callbacks() <= before
end

@testset "where a callback threw is told as the cause" begin
    thrower(epoch) = throw(Stop("here"))
    causes = try
        LambdaLR(thrower, RatesOptimizer(0.5))
    catch
        [sprint(showerror, each...) for each in (isdefined(Base, :current_exceptions) ? Base.current_exceptions() : Base.catch_stack())]
    end
    @test any(text -> occursin("thrower", text), causes)
end

@testset "a function lives as long as anything in C has it, and no longer" begin
    GC.gc()
    before = TorchWarmup.kept_callbacks()
    optimizer = RatesOptimizer(1.0)
    inner = LambdaLR(e -> 0.5^e, optimizer)
    outer = ChainedScheduler(optimizer, [inner])
    copied = copy(outer)
    close(inner)
    GC.gc()
    step!(outer)
    @test learning_rates(optimizer) == [0.5]
    close(outer)
    @test TorchWarmup.kept_callbacks() == before + 1
    close(copied)
    @test TorchWarmup.kept_callbacks() == before
end

@testset "a callback may read what there was before the call, and change nothing of it" begin
    optimizer = RatesOptimizer([0.8, 0.4])
    seen = []
    failures = []
    scheduler = LambdaLR(optimizer) do epoch
        epoch > 0 || return 1.0
        push!(seen, (learning_rates(optimizer), last_epoch(scheduler)))
        push!(failures, status_of(() -> set_learning_rate!(optimizer, 0.1)), status_of(() -> step!(scheduler)))
        GC.gc()
        return 0.5
    end
    step!(scheduler)
    @test seen == [([0.8, 0.4], 0.0), ([0.8, 0.4], 0.0)]
    @test all(isequal(LibTW.TW_ERROR_STATE), failures) && length(failures) == 4
    @test learning_rates(optimizer) == [0.4, 0.2]
end

@testset "a callback may use other optimizers, print and wait" begin
    scheduler = LambdaLR(RatesOptimizer(1.0)) do epoch
        other = RatesOptimizer(1.0)
        step!(ExponentialLR(other, 0.5))
        print(devnull, epoch)
        yield()
        return learning_rate(other)
    end
    @sync for _ in 1:4
        @async step!(scheduler)
    end
    @test last_epoch(scheduler) == 4
end

@testset "a custom optimizer is read and set by its functions" begin
    numbers = Dict(:lr => [0.8, 0.4], :beta1 => [0.9, 0.9], :beta2 => [0.95, 0.99])
    failing = Ref(false)
    optimizer = CustomOptimizer(;
        name = "Mine", group_count = () -> 2, get = name -> get(numbers, name, nothing),
        set = (name, values) -> failing[] ? throw(Stop("set")) : copyto!(numbers[name], values),
    )
    @test class_name(optimizer) == "Mine" && ngroups(optimizer) == 2
    scheduler = ExponentialLR(optimizer, 0.5)
    warmup = UntunedLinearWarmup(optimizer)
    same = RatesOptimizer([0.8, 0.4]; betas = [(0.9, 0.95), (0.9, 0.99)])
    twin, twin_warmup = ExponentialLR(same, 0.5), UntunedLinearWarmup(same)
    for _ in 1:3
        step!(warmup, scheduler)
        step!(twin_warmup, twin)
        @test numbers[:lr] == learning_rates(same)
    end
    set_option!(optimizer, :beta1, 0.5; group = 2)
    @test numbers[:beta1] == [0.9, 0.5]
    @test status_of(() -> set_option!(optimizer, :momentum, 0.5)) === LibTW.TW_ERROR_NOT_FOUND
    failing[] = true
    before = (copy(numbers[:lr]), last_epoch(scheduler), last_step(warmup))
    @test failure_of(() -> step!(warmup, scheduler)) == Stop("set")
    @test (numbers[:lr], last_epoch(scheduler), last_step(warmup)) == before
    @test failure_of(() -> ngroups(CustomOptimizer(; group_count = () -> throw(Stop("count")), get = identity, set = identity))) ==
          Stop("count")
    short = CustomOptimizer(; group_count = () -> 2, get = name -> [0.1], set = (name, values) -> nothing)
    @test failure_of(() -> StepLR(short, 5)) isa DimensionMismatch
    @test failure_of(() -> CustomOptimizer(; group_count = () -> 1, get = identity, set = identity, name = "a\0b")) isa ArgumentError
end

@testset "a shadow hands on each rate, and what its function throws" begin
    eta = Ref(0.0)
    optimizer = Shadow(value -> eta[] = value, 0.5; betas = (0.9, 0.5))
    scheduler = ExponentialLR(optimizer, 0.5)
    warmup = UntunedLinearWarmup(optimizer) # of a period of 4 steps
    @test eta[] == 0.125
    step!(warmup, scheduler)
    @test eta[] == 0.125 == learning_rate(optimizer)
    rates = Float64[]
    several = Shadow(values -> copyto!(resize!(rates, 2), values), [0.5, 0.1])
    StepLR(several, 1; gamma = 0.5) |> step!
    @test rates == [0.25, 0.05]
    @test status_of(() -> UntunedLinearWarmup(several)) === LibTW.TW_ERROR_NOT_FOUND
    refusing = Shadow(value -> value < 0.5 && throw(Stop("too low")), 0.8)
    falling = ExponentialLR(refusing, 0.7)
    @test failure_of(() -> foreach(_ -> step!(falling), 1:2)) == Stop("too low")
    @test last_epoch(falling) == 1 && learning_rate(refusing) == 0.8 * 0.7
    @test failure_of(() -> Shadow(identity, Float64[])) isa ArgumentError
    @test failure_of(() -> Shadow(identity, -0.1)) isa ArgumentError
end

@testset "a network of Julia's own trains at our rates to a falling loss" begin
    # y = 3x - 1 by gradient descent, in plain Julia
    weights, eta = [0.0, 0.0], Ref(0.0)
    optimizer = Shadow(value -> eta[] = value, 0.5)
    scheduler = CosineAnnealingLR(optimizer, 200)
    warmup = LinearWarmup(optimizer, 20)
    xs = collect(range(-1, 1; length = 32))
    losses = map(1:200) do _
        errors = weights[1] .* xs .+ weights[2] .- (3 .* xs .- 1)
        weights .-= eta[] .* [2 * sum(errors .* xs), 2 * sum(errors)] ./ length(xs)
        step!(warmup, scheduler)
        sum(abs2, errors) / length(xs)
    end
    @test losses[end] < 1e-6 * losses[1] && isapprox(weights, [3, -1]; atol = 1e-3)
    @test eta[] == learning_rate(optimizer) < 1e-12
end
