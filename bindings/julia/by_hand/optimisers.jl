# Trains with the real Optimisers.jl at rates of a Shadow(tree). See optimisers.sh.
using Test
using TorchWarmup
using Optimisers

# Below Julia 1.9 nothing loads an extension; it is a module like any other.
VERSION < v"1.9" && include(joinpath(dirname(dirname(pathof(TorchWarmup))), "ext", "TorchWarmupOptimisersExt.jl"))

etas(leaf::Optimisers.Leaf) = [with_eta(leaf.rule).eta]
with_eta(rule) = rule isa OptimiserChain ? rule.opts[findfirst(each -> hasfield(typeof(each), :eta), rule.opts)] : rule
etas(tree) = reduce(vcat, map(etas, filter(part -> part !== (), collect(values(tree)))); init = [])

@testset "a state tree has the rates of the schedule, to the last bit of its own type" begin
    model = (a = [1.0, 2.0], b = (c = [3.0], f = sin))
    tree = Optimisers.setup(Optimisers.AdamW(0.01, (0.9, 0.95)), model)
    optimizer = Shadow(tree)
    @test option(optimizer, :beta2) == 0.95 && learning_rate(optimizer) == 0.01
    scheduler, warmup = CosineAnnealingLR(optimizer, 50), UntunedLinearWarmup(optimizer)
    losses = Float64[]
    for step in 1:50
        @test unique(etas(tree)) == [learning_rate(optimizer)]
        gradient = (a = 2 .* model.a, b = (c = 2 .* model.b.c, f = nothing))
        push!(losses, sum(abs2, model.a) + sum(abs2, model.b.c))
        tree, model = Optimisers.update!(tree, model, gradient)
        step!(warmup, scheduler)
    end
    @test losses[end] < losses[1] && learning_rate(optimizer) == last_lrs(scheduler)[1] * warmup_factor(warmup, 50)
end

@testset "parts of a tree are groups, and momentum or betas are cycled in it" begin
    tree = Optimisers.setup(OptimiserChain(WeightDecay(0.01), Momentum(0.1, 0.9)), (a = [1.0], b = [2.0]))
    Optimisers.adjust!(tree.b, 0.5)
    @test_throws ArgumentError Shadow(tree)
    optimizer = Shadow(tree.a, tree.b)
    @test learning_rates(optimizer) == [0.1, 0.5]
    scheduler = CyclicLR(optimizer, [0.1, 0.5], [0.2, 1.0]; step_size_up = 2)
    step!(scheduler)
    @test etas(tree) ≈ [0.15, 0.75] && tree.a.rule.opts[2].rho ≈ 0.85
    adam = Optimisers.setup(Adam(0.1), (a = [1.0],))
    step!(OneCycleLR(Shadow(adam), 0.5; total_steps = 10))
    @test adam.a.rule.beta[1] < 0.95 && adam.a.rule.beta[2] ≈ 0.999
    @test_throws ArgumentError Shadow((a = (),))
end
