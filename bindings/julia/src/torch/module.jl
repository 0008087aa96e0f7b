# Modules: parameters and children under names, and a forward pass.

"""
    Torch.NNModule

A module of LibTorch's: call it to run its forward pass, `network(input)`. [`Torch.Linear`](@ref) and the other layers make them.

    Torch.NNModule(forward; children...)

A module of your own, with modules as its children: `forward(children, inputs...)` gets a named tuple of them and gives a tensor.

```julia
network = Torch.NNModule(; first = Torch.Linear(2, 16), second = Torch.Linear(16, 1)) do layers, x
    layers.second(Torch.relu(layers.first(x)))
end
```

What `forward` throws is thrown by the call of the module.
"""
mutable struct NNModule <: Handle
    pointer::Ptr{LibTW.tw_module}
    NNModule(pointer::Ptr{LibTW.tw_module}) = finalizer(free_now, new(pointer))
end

module_of(make) = NNModule(created(make, LibTW.tw_module))
TorchWarmup.free(pointer::Ptr{LibTW.tw_module}) = LibTW.tw_module_free(pointer)
Base.close(network::NNModule) = free_now(network)

struct Forward
    run::Any
    children::NamedTuple
end

function NNModule(forward; children...)
    parts = (; children...)
    network = module_of(out -> LibTW.tw_module_custom(out, forward_pointer(), keep(Forward(forward, parts)), release_pointer()))
    foreach(name -> register!(network, string(name), parts[name]), keys(parts))
    return network
end

function call_forward(
    out::Ptr{Ptr{LibTW.tw_tensor}}, ::Ptr{LibTW.tw_module}, inputs::Ptr{Ptr{LibTW.tw_tensor}}, count::Csize_t, context::Ptr{Cvoid},
)
    return guarded() do
        forward = kept_function(context)
        result = forward.run(forward.children, (given_tensor(unsafe_load(inputs, i)) for i in 1:count)...)
        result isa Tensor || throw(TypeError(:forward, "the result of a module", Tensor, result))
        check(LibTW.tw_tensor_share(out, result)) # C frees its own handle
    end
end

given_tensor(pointer) = pointer == C_NULL ? nothing : tensor_of(out -> LibTW.tw_tensor_share(out, pointer))

forward_pointer() = @cfunction(
    call_forward, LibTW.tw_status,
    (Ptr{Ptr{LibTW.tw_tensor}}, Ptr{LibTW.tw_module}, Ptr{Ptr{LibTW.tw_tensor}}, Csize_t, Ptr{Cvoid}),
)

"""
    Torch.register!(network, name, child)
    Torch.register!(network, name, parameter)
    Torch.register!(network, name, buffer; trained = false)

Gives a module of your own a child, a parameter, or a buffer, which is saved with it but not trained.
"""
register!(network::NNModule, name::AbstractString, child::NNModule) = check(LibTW.tw_module_register_module(network, name, child))
function register!(network::NNModule, name::AbstractString, tensor::Tensor; trained::Bool = true)
    entry = trained ? LibTW.tw_module_register_parameter : LibTW.tw_module_register_buffer
    return check(entry(network, name, tensor))
end

# ---- use

function (network::NNModule)(inputs::Union{Nothing, Tensor}...)
    GC.@preserve inputs begin
        pointers = tensor_pointers(inputs, Any[])
        return tensor_of(out -> LibTW.tw_module_forward(out, network, pointers, length(pointers)))
    end
end

"""
    Torch.forward_all(network, inputs...)

Runs the forward pass of a module with several results, such as an LSTM, and gives a vector of them.
"""
function forward_all(network::NNModule, inputs::Union{Nothing, Tensor}...)
    GC.@preserve inputs begin
        pointers = tensor_pointers(inputs, Any[])
        return listed(out -> LibTW.tw_module_forward_all(out, network, pointers, length(pointers)))
    end
end

"The parameters of a module and its children, as `torch.nn.Module.parameters` gives them."
parameters(network::NNModule) = Vector{Tensor}(listed(out -> LibTW.tw_module_get_parameters(out, network)))

"The names of the parameters, such as `\"conv1.weight\"`, in the order of [`Torch.parameters`](@ref)."
function parameter_names(network::NNModule)
    count = scope(() -> length(parameters(network)))
    return [text((out...) -> LibTW.tw_module_get_parameter_name(out..., network, i - 1)) for i in 1:count]
end

"""
    network["conv1.weight"]

The parameter or buffer of a dotted name; [`Torch.child`](@ref) gives a module within.
"""
Base.getindex(network::NNModule, name::AbstractString) = tensor_of(out -> LibTW.tw_module_get_tensor(out, network, name))

"The child of a dotted name, such as `\"encoder.0\"`."
child(network::NNModule, name::AbstractString) = module_of(out -> LibTW.tw_module_get_module(out, network, name))

"""
    Torch.train!(network, mode = true)
    Torch.eval!(network)

Puts a module and its children into training or evaluation mode; gives it.
"""
function train!(network::NNModule, mode::Bool = true)
    check(LibTW.tw_module_train(network, mode))
    return network
end
eval!(network::NNModule) = train!(network, false)

"Whether a module is in training mode."
is_training(network::NNModule) = number(out -> LibTW.tw_module_is_training(out, network), Int32) == 1

function to(network::NNModule, device::AbstractString)
    check(LibTW.tw_module_move_to(network, device))
    return network
end

"""
    Torch.zero_grad!(network)
    Torch.zero_grad!(optimizer)

Removes the gradient of every parameter.
"""
zero_grad!(network::NNModule) = check(LibTW.tw_module_zero_grad(network))

function Base.show(io::IO, network::NNModule)
    isopen(network) || return print(io, "NNModule (closed)")
    names = parameter_names(network)
    print(io, "NNModule of ", length(names), " parameters", isempty(names) ? "" : ": ", join(names, ", "))
end

# ---- TorchScript

"""
    Torch.load_torchscript(path)

A module of a file that Python's `torch.jit.save` wrote. Such a file is a program: load only those of people you trust.
"""
load_torchscript(path::AbstractString) = module_of(out -> LibTW.tw_module_load_torchscript(out, path))

"Saves a TorchScript module with its parameters as they are now, whole or not at all."
save_torchscript(network::NNModule, path::AbstractString) = check(LibTW.tw_module_save_torchscript(network, path))

"Whether a TorchScript module has a method of that name."
has_method(network::NNModule, name::AbstractString) = number(out -> LibTW.tw_module_has_method(out, network, name), Int32) == 1

"""
    Torch.call_method(network, name, inputs...)

Calls a method of a TorchScript module with values of any kind: tensors, numbers, strings, vectors, tuples, `Dict`s.
"""
function call_method(network::NNModule, name::AbstractString, inputs...)
    with_values(inputs) do pointers
        taken(out -> LibTW.tw_module_call_method(out, network, name, pointers, length(pointers)))
    end
end
