# Which library it is, and where its functions are.

const HOME = "https://github.com/torch-warmup/torch_warmup"
const LEVEL = Ref(:core)

"""
    TorchWarmup.level()

What the loaded library can do: `:core`, schedules and warmups for any optimizer, or `:libtorch`, all of LibTorch
([`TorchWarmup.Torch`](@ref)) too.
"""
level() = LEVEL[]

"""
    TorchWarmup.version()

The version of the loaded C library, a `VersionNumber`.
"""
version() = VersionNumber(unsafe_string(LibTW.tw_version()))

"""
What the user has asked for: `nothing` for the core that the package carries, `true` for the library that pkg-config knows, or
the path of a library or of the prefix that it is installed under.
"""
function wanted_libtorch()
    text = get(ENV, "TORCH_WARMUP_LIBTORCH", nothing)
    text === nothing && (text = preference("libtorch"))
    (text === nothing || text === false) && return nothing
    text = string(text)
    lowercase(text) in ("", "0", "false", "no", "off") && return nothing
    lowercase(text) in ("1", "true", "yes", "on") && return true
    return text
end

# Julia knows preferences from 1.6 on. Preferences.jl writes them; reading them needs Base alone.
function preference(name)
    VERSION >= v"1.6" || return nothing
    return get(Base.get_preferences(Base.PkgId(@__MODULE__).uuid), name, nothing)
end

core_path() = joinpath(dirname(@__DIR__), "deps", "lib", "libtorch_warmup_core.$(Libdl.dlext)")

function library_path()
    wanted = wanted_libtorch()
    if wanted === nothing
        path = core_path()
        isfile(path) || error("TorchWarmup has not been built: run `import Pkg; Pkg.build(\"TorchWarmup\")`")
        return path
    end
    return wanted === true ? path_by_pkg_config() : path_under(wanted)
end

function path_by_pkg_config()
    folder = try
        readchomp(pipeline(`pkg-config --variable=libdir torch_warmup`; stderr = devnull))
    catch
        ""
    end
    isempty(folder) && error(
        "TorchWarmup's preference libtorch is set, but pkg-config knows no torch_warmup: install it from $HOME, and let " *
        "PKG_CONFIG_PATH have its lib/pkgconfig, or let the preference be the path that it is installed under",
    )
    return joinpath(folder, "libtorch_warmup.$(Libdl.dlext)")
end

function path_under(path)
    isfile(path) && return path
    for folder in ("lib", "lib64", joinpath("lib", "$(Sys.ARCH)-linux-gnu"), "bin", ".")
        found = joinpath(path, folder, "libtorch_warmup.$(Libdl.dlext)")
        isfile(found) && return found
    end
    error("TorchWarmup's preference libtorch is $(repr(path)), under which there is no libtorch_warmup.$(Libdl.dlext)")
end

function load_library()
    path = library_path()
    library = try
        Libdl.dlopen(path)
    catch failure
        error("$path cannot be loaded: $(sprint(showerror, failure))")
    end
    for (index, name) in enumerate(LibTW.FUNCTIONS)
        found = Libdl.dlsym_e(library, name)
        LibTW.ADDRESSES[index] = found === nothing ? C_NULL : found
    end
    LibTW.MISSING[] = throw_missing
    check_version(path)
    LEVEL[] = Libdl.dlsym_e(library, :tw_torch_version) == C_NULL ? :core : :libtorch
    return nothing
end

function check_version(path)
    number = Int(LibTW.tw_version_number())
    expected = LibTW.TW_VERSION_MAJOR * 10000 + LibTW.TW_VERSION_MINOR * 100
    # Before 1.0 each minor version may differ; later ones only add.
    fits = LibTW.TW_VERSION_MAJOR == 0 ? number ÷ 100 * 100 == expected : expected <= number < expected ÷ 10000 * 10000 + 10000
    fits || error("$path is torch_warmup $(version()); this package is for $(LibTW.TW_VERSION_MAJOR).$(LibTW.TW_VERSION_MINOR)")
end

@noinline function throw_missing(name)
    throw(TorchWarmupError(
        LibTW.TW_ERROR_UNSUPPORTED,
        "$name needs LibTorch, and this is the core alone: install torch_warmup from $HOME and set TorchWarmup's preference " *
        "libtorch to true (or the environment variable TORCH_WARMUP_LIBTORCH to 1), then start Julia anew",
    ))
end
