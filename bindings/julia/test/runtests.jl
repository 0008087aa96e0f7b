using Test
using TorchWarmup

# The tests beside the package's own repository have the reference values; a package that was added alone has not.
include("support.jl")

@testset "TorchWarmup over $(TorchWarmup.level())" begin
    include("test_coverage.jl")
    include("test_docs.jl")
    include("test_errors.jl")
    include("test_state.jl")
    include("test_callbacks.jl")
    include("test_memory.jl")
    if isdir(FIXTURES)
        include("test_raw.jl")
        include("test_traces.jl")
        TorchWarmup.level() === :libtorch && include("test_torch.jl")
        TorchWarmup.level() === :libtorch && include("test_network.jl")
    else
        println("left out: reference values: $FIXTURES is not there")
    end
end
