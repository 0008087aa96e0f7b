# Losses, with PyTorch's options as keywords.

# A word for an enumerator, by the end of its name: :mean for TW_REDUCTION_MEAN.
function TorchWarmup.member(::Type{T}, word::Symbol) where {T <: Enum}
    for each in instances(T)
        endswith(string(each), "_" * uppercase(string(word))) && abs(Int(each)) < 100 && Int(each) >= 0 && return each
    end
    throw(ArgumentError("$(repr(word)) is none of $(join(filter(each -> 0 <= Int(each) < 100, collect(instances(T))), ", "))"))
end
TorchWarmup.member(::Type{Ptr{LibTW.tw_tensor}}, tensor::Tensor) = Base.unsafe_convert(Ptr{LibTW.tw_tensor}, tensor)
TorchWarmup.member(::Type{Ptr{LibTW.tw_tensor}}, ::Nothing) = Ptr{LibTW.tw_tensor}(C_NULL)

function loss(entry, type, init, input, target, given)
    return GC.@preserve given begin
        settings = options(type, init; given...)
        tensor_of(out -> entry(out, input, target, settings))
    end
end

for (name, entry, words) in (
    (:cross_entropy, :tw_op_cross_entropy, "weight = nothing, ignore_index = -100, reduction = :mean, label_smoothing = 0"),
    (:nll_loss, :tw_op_nll_loss, "weight = nothing, ignore_index = -100, reduction = :mean"),
    (:mse_loss, :tw_op_mse_loss, "reduction = :mean, weight = nothing"),
    (:binary_cross_entropy_with_logits, :tw_op_binary_cross_entropy_with_logits, "weight = nothing, reduction = :mean, pos_weight = nothing"),
)
    type = Symbol("tw_", name, "_options")
    init = Symbol(type, "_init")
    @eval begin
        @doc $("    Torch.$name(input, target; $words)\n\nAs `torch.nn.functional.$name`. Classes count from 0; `reduction` is `:mean`, `:sum` or `:none`.")
        $name(input::Tensor, target::Tensor; given...) = loss(LibTW.$entry, LibTW.$type, LibTW.$init, input, target, given)
    end
end
