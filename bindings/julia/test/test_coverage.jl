# A public function of C's comes with the layer above, or is named here with the reason why not.

const LEFT_OUT = Dict(
    "is what the raw layer is for: structures of DLPack's" =>
        [:tw_tensor_to_dlpack, :tw_tensor_to_dlpack_versioned, :tw_tensor_from_dlpack, :tw_tensor_from_dlpack_versioned],
    "takes or gives an address of C++'s" => [:tw_tensor_from_torch, :tw_tensor_get_torch, :tw_torch_cxx11_abi],
    "is for builds that look for handles that are never freed" => [:tw_live_handles, :tw_handle_kind_name],
    "is another form of what is here" => [
        :tw_last_error_copy, :tw_version_number, :tw_status_name, :tw_tensor_list_create, :tw_tensor_list_get_data, :tw_value_find,
        :tw_checkpoint_get_kind, :tw_checkpoint_get_tensor, :tw_checkpoint_get_int64, :tw_checkpoint_get_double, :tw_checkpoint_get_string,
        :tw_checkpoint_put_int64, :tw_checkpoint_put_double, :tw_checkpoint_put_string, :tw_warmup_get_state, :tw_module_load_torchscript_memory,
        :tw_tensor_get_data_ptr,
    ],
    "fills in what Torch.op fills in by itself" => filter(name -> startswith(string(name), "tw_argument_"), collect(LibTW.FUNCTIONS)),
    "starts the program anew, which Julia's would not survive" => [:tw_restart_with_patient_threads],
)

@testset "every public function is used by the layer above, or named with a reason" begin
    folder = joinpath(@__DIR__, "..", "src")
    files = [joinpath(root, file) for (root, _, names) in walkdir(folder) for file in names if file != "raw.jl"]
    used = Set(Symbol(found.match) for file in files for found in eachmatch(r"\btw_\w+", read(file, String)))
    # an init function goes with its structure of options, whose name a loop may have made of the layer's
    excused = Set(vcat(values(LEFT_OUT)...))
    for name in LibTW.FUNCTIONS
        endswith(string(name), "_options_init") && continue
        @test (name in used) != (name in excused) || name === :tw_version_number || name === :tw_status_name
    end
    @test issubset(excused, LibTW.FUNCTIONS)
end

@testset "every name that is exported has a docstring" begin
    for name in names(TorchWarmup)
        @test haskey(Base.Docs.meta(TorchWarmup), Base.Docs.Binding(TorchWarmup, name)) || name === :LibTW
    end
end
