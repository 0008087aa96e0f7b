# Objects of C's: held by their address, freed by a finalizer or by close.

"""
Supertype of all that stands for an object of the C library. `close` frees one at once, `isopen` says whether it has been; what
nobody holds any more is freed by the garbage collector, in whatever order.
"""
abstract type Handle end

Base.isopen(handle::Handle) = handle.pointer != C_NULL

# How a Handle becomes the pointer of a ccall, which keeps it alive meanwhile.
function Base.unsafe_convert(::Type{Ptr{T}}, handle::Handle) where {T}
    handle.pointer == C_NULL && throw_closed(handle)
    return Ptr{T}(handle.pointer)
end

# The object that a constructor of C's gives.
function created(make, ::Type{T}) where {T}
    out = Ref{Ptr{T}}(C_NULL)
    check(make(out))
    return out[]
end

# ---- what shares an optimizer's lock

"""
What is bound to an optimizer: it and its schedulers and warmups. Each call takes the optimizer's lock of Julia's before C takes
its own: a task that waited inside C could not stop for the garbage collector, which a callback of the running call may need.
"""
abstract type Bound <: Handle end

function held(f, object::Bound)
    mutex = lock_of(object)
    lock(mutex)
    task = current_task()
    sticky = task.sticky
    task.sticky = true # a callback that waits must come back to the thread that is inside C
    try
        return f()
    finally
        task.sticky = sticky
        unlock(mutex)
    end
end

# One that is in use is left for the next collection: a finalizer cannot wait.
function collect_bound(object::Bound)
    mutex = lock_of(object)
    if trylock(mutex)
        try
            free_now(object)
        finally
            unlock(mutex)
        end
    else
        finalizer(collect_bound, object)
    end
    return nothing
end

function free_now(object::Handle)
    pointer = object.pointer
    object.pointer = C_NULL
    pointer == C_NULL || free(pointer)
    return nothing
end

Base.close(object::Bound) = held(() -> free_now(object), object)

free(pointer::Ptr{LibTW.tw_optimizer}) = LibTW.tw_optimizer_free(pointer)
free(pointer::Ptr{LibTW.tw_lr_scheduler}) = LibTW.tw_lr_scheduler_free(pointer)
free(pointer::Ptr{LibTW.tw_warmup}) = LibTW.tw_warmup_free(pointer)

# ---- results and arguments

# A number that a getter of C's gives.
function number(get, ::Type{T}) where {T}
    out = Ref{T}()
    check(get(out))
    return out[]
end

# The numbers of a buffer of C's, of which the getter says how many there are.
function numbers(get, ::Type{T} = Cdouble) where {T}
    needed = Ref{Csize_t}(0)
    check(get(Ptr{T}(C_NULL), 0, needed))
    out = Vector{T}(undef, needed[])
    check(get(out, length(out), needed))
    return out
end

# Python's strings may have a 0 inside, so the length counts, not the first 0.
text(get) = String(numbers(get, UInt8)[1:(end - 1)])

# One number for all groups, or one for each.
per_group(::Type{T}, value::Real) where {T} = T[value]
per_group(::Type{T}, values) where {T} = convert(Vector{T}, collect(values))
per_group(::Type{T}, ::Nothing) where {T} = T[]

function symbol_of(table::NamedTuple, value::Symbol, what)
    haskey(table, value) && return table[value]
    throw(ArgumentError("$what is :$value; it must be one of $(join(map(repr, keys(table)), ", "))"))
end

"""
A structure of options as `init` fills it in, with the given members in place of the defaults.
"""
function options(::Type{T}, init; given...) where {T}
    out = Ref{T}()
    check(init(out, sizeof(T)))
    isempty(given) && return out
    for name in keys(given)
        name in fieldnames(T) || throw(ArgumentError("there is no option $name; there are $(join(option_names(T), ", "))"))
    end
    members = (haskey(given, name) ? member(fieldtype(T, name), given[name]) : getfield(out[], name) for name in fieldnames(T))
    return Ref(T(members...))
end

option_names(::Type{T}) where {T} =
    filter(name -> !(name in (:struct_size, :kind, :reserved)) && !endswith(string(name), "context"), collect(fieldnames(T)))

# A value as a member of a structure; of an array, one number for all its places, or one for each.
member(::Type{T}, value) where {T} = convert(T, value)
member(::Type{T}, value::Real) where {T <: Tuple} = ntuple(_ -> convert(eltype(T), value), fieldcount(T))
member(::Type{T}, values) where {T <: Tuple} = length(values) == fieldcount(T) ? T(values) :
    throw(DimensionMismatch("$(length(values)) numbers for $(fieldcount(T)) dimensions"))
