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
        if TorchWarmup.level() === :libtorch && isfile(get(ENV, "TW_FOREIGN_OPTIMIZER", ""))
            include("test_borrowed.jl")
        elseif TorchWarmup.level() === :libtorch
            println("left out: borrowed optimizers: TW_FOREIGN_OPTIMIZER does not name the library tw_foreign_optimizer of the tests")
        end
    else
        println("left out: reference values: $FIXTURES is not there")
    end
end
