# The LibTorch in this process: version, threads, seeds, devices, gradients.

"The version of the LibTorch in this process, such as `\"1.13.1\"`."
version() = unsafe_string(LibTW.tw_torch_version())

"""
    Torch.set_num_threads!(count)

Sets how many threads one operator may use on the CPU, in the whole process. Some builds of LibTorch start with one.
"""
set_num_threads!(count::Integer) = check(LibTW.tw_set_num_threads(count))

"How many threads one operator may use on the CPU."
num_threads() = Int(number(LibTW.tw_get_num_threads, Csize_t))

"Whether this LibTorch can run on a CUDA device here and now."
cuda_is_available() = number(LibTW.tw_cuda_is_available, Int32) == 1

"The number of CUDA devices that LibTorch sees."
cuda_device_count() = Int(number(LibTW.tw_cuda_get_device_count, Csize_t))

"""
    Torch.manual_seed!(seed)
    Torch.manual_seed!(generator, seed)

Seeds the default random number generators of all devices, as `torch.manual_seed` does, or one of your own.
"""
manual_seed!(seed::Integer) = check(LibTW.tw_manual_seed(seed % UInt64))

"""
    Torch.Generator(seed; device = "cpu")

A random number generator of its own, apart from the default ones.
"""
mutable struct Generator <: Handle
    pointer::Ptr{LibTW.tw_generator}
    function Generator(seed::Integer; device = "cpu")
        return finalizer(free_now, new(created(out -> LibTW.tw_generator_create(out, device, seed % UInt64), LibTW.tw_generator)))
    end
end

manual_seed!(generator::Generator, seed::Integer) = check(LibTW.tw_generator_manual_seed(generator, seed % UInt64))
Base.close(generator::Generator) = free_now(generator)
TorchWarmup.free(pointer::Ptr{LibTW.tw_generator}) = LibTW.tw_generator_free(pointer)

"""
    Torch.no_grad(f)

Runs `f()` without the recording of gradients. It is turned off for the thread, so the task stays on its thread, and others that run
there while `f` waits record none either.
"""
function no_grad(f)
    task = current_task()
    sticky = task.sticky
    task.sticky = true
    before = Ref{Int32}(0)
    check(LibTW.tw_set_grad_enabled(before, 0))
    try
        return f()
    finally
        check(LibTW.tw_set_grad_enabled(C_NULL, before[]))
        task.sticky = sticky
    end
end
