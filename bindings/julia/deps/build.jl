# Compiles the core that the package carries, two files of C, which takes a few seconds. Pkg runs it when the package is added.
using Libdl

const FOLDER = @__DIR__
const FLAGS = `-std=c11 -O2 -ffp-contract=off -fvisibility=hidden -fPIC -shared`

function compiler()
    given = get(ENV, "CC", "")
    isempty(given) || return given
    for name in ("cc", "gcc", "clang")
        Sys.which(name) === nothing || return name
    end
    return nothing
end

function build()
    cc = compiler()
    if cc === nothing
        error(
            "TorchWarmup compiles 5,000 lines of C and finds no compiler: install cc, gcc or clang, or name one by the " *
            "environment variable CC, then run Pkg.build(\"TorchWarmup\")",
        )
    end
    mkpath(joinpath(FOLDER, "lib"))
    out = joinpath(FOLDER, "lib", "libtorch_warmup_core.$(Libdl.dlext)")
    source = joinpath(FOLDER, "core", "torch_warmup_core.c")
    threads = Sys.iswindows() ? `` : `-pthread`
    run(`$(Base.shell_split(cc)) $FLAGS -o $out.new $source -lm $threads`)
    mv("$out.new", out; force = true)
end

build()
