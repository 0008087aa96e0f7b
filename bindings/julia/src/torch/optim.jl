# Optimizers of LibTorch's: made here, or made elsewhere and borrowed.

parameters(tensors::AbstractVector{Tensor}) = tensors
parameters(tensors::Tuple{Vararg{Tensor}}) = collect(tensors)

for (kind, entry, defaults, source) in (
    (:Adam, :tw_optimizer_adam, "lr = 1e-3, betas = (0.9, 0.999), eps = 1e-8, weight_decay = 0, amsgrad = false", "Kingma & Ba, arXiv 1412.6980."),
    (:AdamW, :tw_optimizer_adamw, "lr = 1e-3, betas = (0.9, 0.999), eps = 1e-8, weight_decay = 1e-2, amsgrad = false", "Loshchilov & Hutter, arXiv 1711.05101."),
    (:SGD, :tw_optimizer_sgd, "lr = 1e-3, momentum = 0, dampening = 0, weight_decay = 0, nesterov = false", ""),
    (:RMSprop, :tw_optimizer_rmsprop, "lr = 1e-2, alpha = 0.99, eps = 1e-8, weight_decay = 0, momentum = 0, centered = false", ""),
    (:Adagrad, :tw_optimizer_adagrad, "lr = 1e-2, lr_decay = 0, weight_decay = 0, initial_accumulator_value = 0, eps = 1e-10", ""),
)
    type = Symbol("tw_", lowercase(string(kind)), "_options")
    init = Symbol(type, "_init")
    name = QuoteNode(kind)
    @eval begin
        @doc $("    Torch.$kind(network; $defaults)\n    Torch.$kind(parameters; ...)\n\nPyTorch's optimizer of that name over a module's parameters, or over a vector of tensors. $source")
        const $kind = Optimizer{$name}
        TorchWarmup.Optimizer{$name}(network::NNModule; given...) =
            scope(() -> torch_optimizer(LibTW.$entry, LibTW.$type, LibTW.$init, $name, parameters(network), given))
        TorchWarmup.Optimizer{$name}(tensors::Union{Tuple{Vararg{Tensor}}, AbstractVector{Tensor}}; given...) =
            torch_optimizer(LibTW.$entry, LibTW.$type, LibTW.$init, $name, parameters(tensors), given)
        group_options(::Optimizer{$name}, given) = options(LibTW.$type, LibTW.$init; given...)
    end
end

function torch_optimizer(entry, type, init, kind, tensors, given)
    settings = options(type, init; given...)
    pointer = with_pointers(tensors, LibTW.tw_tensor) do pointers
        created(out -> entry(out, pointers, length(pointers), settings), LibTW.tw_optimizer)
    end
    return Optimizer{kind}(pointer)
end

"""
    step!(optimizer)

Changes every parameter that has a gradient by one step, at the rates that the groups have.
"""
function TorchWarmup.step!(optimizer::Optimizer)
    held(() -> check(LibTW.tw_optimizer_step(optimizer)), optimizer)
    return optimizer
end

zero_grad!(optimizer::Optimizer) = held(() -> check(LibTW.tw_optimizer_zero_grad(optimizer)), optimizer)

"""
    Torch.add_param_group!(optimizer, network; options...)
    Torch.add_param_group!(optimizer, parameters; options...)

Adds a parameter group, with the given options and PyTorch's defaults for the others; without any, with those that the optimizer was made
with.
"""
function add_param_group!(optimizer::Optimizer, tensors; given...)
    scope(() -> (add_group(optimizer, parameters(tensors), isempty(given) ? C_NULL : group_options(optimizer, given)); nothing))
    return optimizer
end

# The settings are NULL, or a reference to options of the optimizer's kind.
function add_group(optimizer, tensors, settings)
    with_pointers(tensors, LibTW.tw_tensor) do pointers
        held(() -> check(LibTW.tw_optimizer_add_param_group(optimizer, pointers, length(pointers), settings)), optimizer)
    end
end

const BORROWED = Dict{Ptr{Cvoid}, ReentrantLock}()
const BORROWED_LOCK = ReentrantLock()

"""
    Torch.borrow(address)

An optimizer that C++ or another binding made, by the address of its `torch::optim::Optimizer`, of the very LibTorch that this is. Nothing
can check that. Its owner goes on to own it: `detach!` what this gives before it is destroyed, also where the collector has not
freed what is bound to it yet.
"""
function borrow(address::Ptr{Cvoid})
    mutex = lock(() -> get!(ReentrantLock, BORROWED, address), BORROWED_LOCK) # handles to one optimizer share its lock
    return Optimizer{:Borrowed}(created(out -> LibTW.tw_optimizer_borrow(out, address), LibTW.tw_optimizer), mutex)
end
