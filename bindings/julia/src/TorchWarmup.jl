"""
Learning-rate warmup and PyTorch's learning-rate schedules, for any optimizer, with PyTorch's numbers to the last bit.

```julia
using TorchWarmup
optimizer = Shadow(eta -> Optimisers.adjust!(tree, eta), 1e-3; betas = (0.9, 0.999))
scheduler = CosineAnnealingLR(optimizer, steps)
warmup = UntunedLinearWarmup(optimizer)        # after the scheduler
for step in 1:steps
    ...
    step!(warmup, scheduler)
end
```

With the preference `libtorch` it is all of LibTorch, too: see [`TorchWarmup.Torch`](@ref).
"""
module TorchWarmup

using Libdl

export LibTW, TorchWarmupError
export Optimizer, RatesOptimizer, CustomOptimizer, Shadow
export learning_rate, learning_rates, set_learning_rate!, option, set_option!, ngroups, class_name
export LRScheduler, StepLR, MultiStepLR, ConstantLR, LinearLR, ExponentialLR, PolynomialLR, CosineAnnealingLR
export CosineAnnealingWarmRestarts, InverseSqrtLR, WarmupStableDecayLR, LambdaLR, MultiplicativeLR, CyclicLR, OneCycleLR
export ReduceLROnPlateau, SequentialLR, ChainedScheduler
export step!, step_at!, preview, last_lrs, base_lrs, last_epoch, set_last_epoch!, state, restore!
export Warmup, LinearWarmup, ExponentialWarmup, UntunedLinearWarmup, UntunedExponentialWarmup, RAdamWarmup, CustomWarmup
export dampening, dampen!, last_step, set_last_step!, warmup_factor, undampened_lrs, detach!

include("raw.jl")
include("errors.jl")
include("library.jl")
include("callbacks.jl")
include("handles.jl")
include("optimizers.jl")
include("shadow.jl")
include("schedulers.jl")
include("schedules.jl")
include("warmups.jl")
include("torch/Torch.jl")

function __init__()
    load_library()
    return nothing
end

end
