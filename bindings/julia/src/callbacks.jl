# Functions of Julia's that C holds.
#
# C says that it lets one go by calling a release function, once, on whatever thread that is: one of LibTorch's own, on which
# Julia below 1.9 can run nothing. So the release is libuv's uv_sem_post, and the context that it gets begins with a semaphore;
# who was let go is found by looking at the semaphores, when the number of functions kept has doubled.

mutable struct Kept
    f::Any
    context::Ptr{Cvoid}
end

const SEMAPHORE_SIZE = 64 # of uv_sem_t, 32 bytes or fewer everywhere; after it, the address of the Kept
const KEPT = Set{Kept}()
const KEPT_LOCK = ReentrantLock()
const KEPT_LIMIT = Ref(64)

release_pointer() = cglobal(:uv_sem_post)

# The context for f, which stays alive until C has released that.
function keep(f)
    kept = Kept(f, Libc.malloc(SEMAPHORE_SIZE + sizeof(Ptr{Cvoid})))
    kept.context == C_NULL && throw(OutOfMemoryError())
    ccall(:uv_sem_init, Cint, (Ptr{Cvoid}, Cuint), kept.context, 0) == 0 || error("a semaphore cannot be made")
    unsafe_store!(Ptr{Ptr{Cvoid}}(kept.context + SEMAPHORE_SIZE), pointer_from_objref(kept))
    lock(KEPT_LOCK) do
        length(KEPT) >= KEPT_LIMIT[] && sweep()
        push!(KEPT, kept)
    end
    return kept.context
end

# What C holds as context is kept, so it is alive.
kept_function(context::Ptr{Cvoid}) =
    (unsafe_pointer_to_objref(unsafe_load(Ptr{Ptr{Cvoid}}(context + SEMAPHORE_SIZE)))::Kept).f

function was_released(kept)
    ccall(:uv_sem_trywait, Cint, (Ptr{Cvoid},), kept.context) == 0 || return false
    ccall(:uv_sem_destroy, Cvoid, (Ptr{Cvoid},), kept.context)
    Libc.free(kept.context)
    return true
end

function sweep()
    filter!(!was_released, KEPT)
    KEPT_LIMIT[] = max(64, 2 * length(KEPT))
end

"""
    TorchWarmup.kept_callbacks()

How many of the caller's functions the C library holds at this moment: one for each object made of a function, until that and
all that shares it are gone.
"""
kept_callbacks() = lock(KEPT_LOCK) do
    sweep()
    length(KEPT)
end

# ---- the functions that C calls

function call_lr_function(out::Ptr{Cdouble}, epoch::Cdouble, group::Csize_t, context::Ptr{Cvoid})
    return guarded() do
        unsafe_store!(out, Float64(kept_function(context)(epoch, Int(group) + 1)))
    end
end

function call_factor(out::Ptr{Cdouble}, step::Int64, group::Csize_t, context::Ptr{Cvoid})
    return guarded() do
        unsafe_store!(out, Float64(kept_function(context)(Int(step), Int(group) + 1)))
    end
end

lr_function_pointer() =
    @cfunction(call_lr_function, LibTW.tw_status, (Ptr{Cdouble}, Cdouble, Csize_t, Ptr{Cvoid}))
factor_pointer() = @cfunction(call_factor, LibTW.tw_status, (Ptr{Cdouble}, Int64, Csize_t, Ptr{Cvoid}))
