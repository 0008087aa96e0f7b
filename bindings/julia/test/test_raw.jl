include("layout.jl")

@testset "every structure lies in memory as C lays it out" begin
    @test length(LAYOUT) > 30
    for (type, size, offsets) in LAYOUT
        @test sizeof(type) == size
        @test [Int(fieldoffset(type, i)) for i in 1:fieldcount(type)] == offsets
    end
end

@testset "every function of the list of symbols is here, and no other" begin
    list = joinpath(FIXTURES, "..", "conformance", "symbols.txt")
    @test Set(Symbol.(readlines(list))) == Set(LibTW.FUNCTIONS)
    @test all(name -> isdefined(LibTW, name), LibTW.FUNCTIONS)
end

@testset "the library has each function of its level" begin
    present = [name for (name, address) in zip(LibTW.FUNCTIONS, LibTW.ADDRESSES) if address != C_NULL]
    if TorchWarmup.level() === :libtorch
        @test present == collect(LibTW.FUNCTIONS)
    else
        header = read(joinpath(@__DIR__, "..", "deps", "core", "torch_warmup_core.h"), String)
        declared = [Symbol(found[1]) for found in eachmatch(r"TW_(?:CALL|API) [^;#]*?\b(tw_\w+)\(", header)]
        @test length(declared) > 60
        @test sort(present) == sort(unique(declared))
    end
end

@testset "the names of statuses and options are C's" begin
    for status in instances(LibTW.tw_status)
        0 <= Int(status) < 100 && @test unsafe_string(LibTW.tw_status_name(status)) == string(status)
    end
    @test unsafe_string(LibTW.tw_option_name(LibTW.TW_OPTION_WEIGHT_DECAY)) == "weight_decay"
end

@testset "a function that the library does not have says what to install" begin
    if TorchWarmup.level() === :core
        failure = failure_of(() -> LibTW.tw_manual_seed(1))
        @test failure.status === LibTW.TW_ERROR_UNSUPPORTED
        @test occursin("tw_manual_seed", failure.message) && occursin("preference libtorch", failure.message)
    end
end
