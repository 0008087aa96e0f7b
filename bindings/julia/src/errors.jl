# What fails in C, and what is thrown in a callback.

"""
    TorchWarmupError(status, message)

What every failing call throws.

- `status`: the C library's status, such as `TorchWarmup.LibTW.TW_ERROR_RANGE`
- `message`: what was wrong, with the values; C counts groups from 0

```jldoctest; setup = :(using TorchWarmup)
julia> LinearWarmup(RatesOptimizer(0.1), 0)
ERROR: TorchWarmupError: warmup_period[0] is 0; it must be positive (TW_ERROR_RANGE)
[...]
```
"""
struct TorchWarmupError <: Exception
    status::LibTW.tw_status
    message::String
end

Base.showerror(io::IO, failure::TorchWarmupError) = print(io, "TorchWarmupError: ", failure.message, " (", failure.status, ")")

# An exception of a callback waits here, with the task that made the call, for C to return.
const PENDING = :TorchWarmup_pending_exception

@inline check(status::LibTW.tw_status) = status === LibTW.TW_OK ? nothing : throw_failure(status)

@noinline function throw_failure(status)
    message = unsafe_string(LibTW.tw_last_error())
    if status === LibTW.TW_ERROR_CALLBACK
        pending = pop!(task_local_storage(), PENDING, nothing)
        pending === nothing || throw_again(pending)
    end
    throw(TorchWarmupError(status, message))
end

# Where a callback threw. The frames are looked up when they are shown, which takes milliseconds.
struct InCallback <: Exception
    failure::Any
    backtrace::Any
end

function Base.showerror(io::IO, inside::InCallback)
    print(io, "in a callback that the C library ran: ")
    showerror(io, inside.failure, inside.backtrace)
end

# The exception that the callback threw, as it was; where it was thrown is shown as its cause.
function throw_again(pending::InCallback)
    try
        throw(pending)
    catch
        throw(pending.failure)
    end
end

"""
Runs what a callback is to do; whatever it throws stays on this side of C, which is told that the callback has failed.
"""
function guarded(f)
    try
        f()
        return LibTW.TW_OK
    catch failure
        task_local_storage(PENDING, InCallback(failure, catch_backtrace()))
        LibTW.tw_set_last_error(text_of(failure))
        return LibTW.TW_ERROR_CALLBACK
    end
end

function text_of(failure)
    try
        return replace(sprint(showerror, failure), '\0' => ' ')
    catch
        return string(typeof(failure))
    end
end

# What has been closed is refused here: C knows NULL alone.
@noinline throw_closed(object) =
    throw(TorchWarmupError(LibTW.TW_ERROR_ARGUMENT, "the $(nameof(typeof(object))) has been closed"))
