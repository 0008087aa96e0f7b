# A stand-in that hands each rate on by itself.

"""
    Shadow(adjust, lr; betas = nothing)
    Shadow(adjust, lrs; betas = nothing)

An optimizer that stands for one of yours, and calls `adjust` with each new learning rate: with a number where it was made of
one, with a vector of one a group otherwise. It is called at once with the rate that a schedule or a warmup starts from, so make
it before those. What it throws is thrown by the call that set the rate, and then nothing has changed here.

With Flux and Optimisers.jl, in any version:

```julia
tree = Optimisers.setup(Optimisers.AdamW(1e-3), model)
optimizer = Shadow(1e-3; betas = (0.9, 0.999)) do eta
    Optimisers.adjust!(tree, eta)
end
scheduler = CosineAnnealingLR(optimizer, steps)
warmup = UntunedLinearWarmup(optimizer)      # after the scheduler
for step in 1:steps
    ...                                      # Optimisers.update!(tree, model, gradient)
    step!(warmup, scheduler)                 # and the tree has its next rate
end
```

From Julia 1.9 on `Shadow(tree)` is the same with the rate and the betas that `tree` has, and `Shadow(tree.a, tree.b)` has a
group for each of its parts.
"""
const Shadow = Optimizer{:Shadow}

Optimizer{:Shadow}(adjust, lr::Real; betas = nothing) = shadow(rates -> adjust(rates[1]), [lr], betas)
Optimizer{:Shadow}(adjust, lrs::AbstractVector; betas = nothing) = shadow(rates -> adjust(rates), lrs, betas)

function shadow(adjust, lrs, betas)
    rates = per_group(Cdouble, lrs)
    isempty(rates) && throw(ArgumentError("a Shadow needs at least one learning rate"))
    all(rate -> isfinite(rate) && rate >= 0, rates) || throw(ArgumentError("the rates are $rates; they must be finite and not negative"))
    present = Dict{Symbol, Vector{Cdouble}}(:lr => rates)
    pairs = flat_betas(betas, length(rates))
    if pairs !== nothing
        present[:beta1], present[:beta2] = pairs[1:2:end], pairs[2:2:end]
    end
    return shadow((name, values) -> name === :lr && adjust(values), present)
end

# A shadow of the numbers in present, by the options' names, which calls set with each change before it counts.
function shadow(set, present::Dict{Symbol, Vector{Cdouble}})
    count = length(present[:lr])
    functions = CustomFunctions(() -> count, name -> get(present, name, nothing), (name, values) -> begin
        set(name, values)
        copyto!(present[name], values)
    end)
    return Optimizer{:Shadow}(custom_optimizer(functions, "Shadow"))
end
