# julia --project=docs -e 'import Pkg; Pkg.develop(path = pwd()); Pkg.instantiate()' && julia --project=docs docs/make.jl
using Documenter
using TorchWarmup

makedocs(;
    sitename = "TorchWarmup.jl", modules = [TorchWarmup],
    pages = ["Home" => "index.md", "Schedules and warmups" => "schedules.md", "LibTorch" => "torch.md", "The C interface" => "raw.md"],
)
