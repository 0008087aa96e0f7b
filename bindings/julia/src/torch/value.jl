# Values: what checkpoints hold and methods of TorchScript take, from and to Julia's own.

# The handle of a value of Julia's; whoever asked frees it.
value_of(make) = created(make, LibTW.tw_value)
as_value(::Nothing) = value_of(LibTW.tw_value_none)
as_value(value::Bool) = value_of(out -> LibTW.tw_value_bool(out, value))
as_value(value::Integer) = value_of(out -> LibTW.tw_value_int64(out, value))
as_value(value::Real) = value_of(out -> LibTW.tw_value_double(out, value))
as_value(value::AbstractString) = value_of(out -> LibTW.tw_value_string(out, value))
as_value(value::Tensor) = value_of(out -> LibTW.tw_value_tensor(out, value))
as_value(values::AbstractVector) = with_values(pointers -> value_of(out -> LibTW.tw_value_list(out, pointers, length(pointers))), values)
as_value(values::Tuple) = with_values(pointers -> value_of(out -> LibTW.tw_value_tuple(out, pointers, length(pointers))), values)
as_value(value) = throw(ArgumentError("a $(typeof(value)) is nothing that a checkpoint holds"))

function as_value(entries::AbstractDict)
    with_values(collect(keys(entries))) do names
        with_values(collect(values(entries))) do held
            value_of(out -> LibTW.tw_value_dict(out, names, held, length(names)))
        end
    end
end

# Containers share their items, so these are freed at once.
function with_values(f, items)
    pointers = Ptr{LibTW.tw_value}[]
    try
        foreach(item -> push!(pointers, as_value(item)), items)
        return f(pointers)
    finally
        foreach(LibTW.tw_value_free, pointers)
    end
end

# What a call of C's gives, as Julia's own, and its handle freed.
function taken(make)
    value = value_of(make)
    try
        return from_value(value)
    finally
        LibTW.tw_value_free(value)
    end
end

function from_value(value)
    kind = number(out -> LibTW.tw_value_get_kind(out, value), LibTW.tw_kind)
    kind === LibTW.TW_KIND_NONE && return nothing
    kind === LibTW.TW_KIND_BOOL && return number(out -> LibTW.tw_value_get_bool(out, value), Int32) == 1
    kind === LibTW.TW_KIND_INT64 && return number(out -> LibTW.tw_value_get_int64(out, value), Int64)
    kind === LibTW.TW_KIND_DOUBLE && return number(out -> LibTW.tw_value_get_double(out, value), Cdouble)
    kind === LibTW.TW_KIND_STRING && return text((out...) -> LibTW.tw_value_get_string(out..., value))
    kind === LibTW.TW_KIND_TENSOR && return tensor_of(out -> LibTW.tw_value_get_tensor(out, value))
    kind === LibTW.TW_KIND_LIST && return Any[items_of(value)...]
    kind === LibTW.TW_KIND_TUPLE && return Tuple(items_of(value))
    kind === LibTW.TW_KIND_DICT && return Dict{Any, Any}(zip(keys_of(value), items_of(value)))
    return Unsupported(text((out...) -> LibTW.tw_value_get_type_name(out..., value)))
end

count_of(value) = Int(number(out -> LibTW.tw_value_get_size(out, value), Csize_t))
items_of(value) = [taken(out -> LibTW.tw_value_get_item(out, value, i - 1)) for i in 1:count_of(value)]
keys_of(value) = [taken(out -> LibTW.tw_value_get_key(out, value, i - 1)) for i in 1:count_of(value)]

"What a checkpoint has of a type that there is nothing for here, by Python's name of the type."
struct Unsupported
    type_name::String
end
