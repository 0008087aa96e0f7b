# Shadow(tree): a stand-in for the state tree of Optimisers.jl, and so of Flux. Julia loads it from 1.9 on.
module TorchWarmupOptimisersExt

using Optimisers: Optimisers, Leaf, OptimiserChain
using TorchWarmup: TorchWarmup, Shadow

# Shadow(trees...): of tree = Optimisers.setup(rule, model) the learning rate and, where its rules have them, the betas and the
# momentum, each new number set by Optimisers.adjust!. Several trees, such as parts of one, are a parameter group each.
TorchWarmup.Optimizer{:Shadow}(tree::Union{Leaf, NamedTuple, Tuple}, others::Union{Leaf, NamedTuple, Tuple}...) =
    shadow_of((tree, others...))

function shadow_of(trees)
    groups = map(numbers_of, trees)
    present = Dict{Symbol, Vector{Float64}}()
    for name in (:lr, :beta1, :beta2, :momentum)
        all(group -> haskey(group, name), groups) && (present[name] = [group[name] for group in groups])
    end
    return TorchWarmup.shadow((name, values) -> foreach((tree, group) -> adjust(tree, name, values, present, group), trees, eachindex(values)), present)
end

function adjust(tree, name, values, present, group)
    name === :lr && return Optimisers.adjust!(tree, values[group])
    name === :momentum && return Optimisers.adjust!(tree; rho = values[group])
    beta1 = name === :beta1 ? values[group] : present[:beta1][group]
    beta2 = name === :beta2 ? values[group] : present[:beta2][group]
    return Optimisers.adjust!(tree; beta = (beta1, beta2))
end

# The numbers of all leaves of a tree, which must be the same.
function numbers_of(tree)
    found = unique(map(numbers_of_rule, rules_in(tree)))
    isempty(found) && throw(ArgumentError("the tree has no leaf: it must be what Optimisers.setup gives"))
    length(found) == 1 || throw(ArgumentError("the leaves of one tree have different numbers, $(join(found, " and ")): give a tree for each group"))
    haskey(found[1], :lr) || throw(ArgumentError("the tree's rule has no learning rate eta"))
    return found[1]
end

rules_in(leaf::Leaf) = Any[leaf.rule]
rules_in(tree::Union{NamedTuple, Tuple, AbstractVector}) = Any[rule for part in tree for rule in rules_in(part)]
rules_in(_) = Any[]

function numbers_of_rule(rule)
    numbers = Dict{Symbol, Float64}()
    rule isa OptimiserChain && return merge(numbers, map(numbers_of_rule, rule.opts)...)
    hasfield(typeof(rule), :eta) && (numbers[:lr] = rule.eta)
    hasfield(typeof(rule), :rho) && (numbers[:momentum] = rule.rho)
    if hasfield(typeof(rule), :beta) && rule.beta isa Tuple
        numbers[:beta1], numbers[:beta2] = rule.beta
    end
    return numbers
end

end
