"""
All that it takes to train a network with LibTorch: tensors, gradients, modules, losses, optimizers, checkpoints. For packages
with the preference `libtorch`; without it each call is a [`TorchWarmupError`](@ref) that says what to install.

Nothing is exported, for many names are those of Flux and of Julia itself: write `Torch.relu(x)`.

```julia
using TorchWarmup
using TorchWarmup: Torch

network = Torch.Sequential(Torch.Linear(2, 16), Torch.Tanh(), Torch.Linear(16, 1))
optimizer = Torch.AdamW(network; lr = 1e-2)
scheduler = CosineAnnealingLR(optimizer, steps)
warmup = UntunedLinearWarmup(optimizer)
for step in 1:steps
    Torch.scope() do                              # frees what is made inside at once
        Torch.zero_grad!(optimizer)
        Torch.backward!(Torch.mse_loss(network(inputs), targets))
        step!(optimizer)
        step!(warmup, scheduler)
    end
end
```

**Sizes and order.** A tensor has the sizes and the indices of the array that it was made from: `Tensor(A)` of a 2×3 matrix has
the sizes `(2, 3)`, and `Array(tensor) == A`. Julia keeps arrays in columns and LibTorch tensors in rows, so both copies put the
elements in order. Where no copy is wanted, [`Torch.share`](@ref) gives a tensor over the array's own memory, by strides; and with
`reversed = true` all three take the memory as it lies, so that the sizes come in reverse: a `W × H × C × N` array of Flux's is an
`N × C × H × W` tensor. Nothing is ever transposed without a word.

Dimensions as arguments (`dim`) are LibTorch's own: counted from 0, negative ones from the end.

**Memory.** The garbage collector does not see how large a tensor is. Free what a step makes by [`Torch.scope`](@ref), or `close`.

**Threads.** A tensor, a module, and all handles to them are for one task at a time; an optimizer and what is bound to it for any.
"""
module Torch

import ..TorchWarmup
import ..TorchWarmup: class_name, ngroups, restore!, step!
using ..TorchWarmup: Bound, Handle, LibTW, LRScheduler, Optimizer, TorchWarmupError, Warmup
using ..TorchWarmup: check, created, free_now, guarded, held, keep, kept_function, number, numbers, options, per_group
using ..TorchWarmup: release_pointer, text, throw_closed, with_pointers

include("runtime.jl")
include("tensor.jl")
include("op.jl")
include("functional.jl")
include("losses.jl")
include("module.jl")
include("layers.jl")
include("optim.jl")
include("value.jl")
include("checkpoint.jl")

end
