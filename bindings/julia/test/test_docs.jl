# The examples of the docstrings run and give what they show; the pages of docs/ name what there is, and all of it.

docstrings() = [string(each.text...) for object in values(Base.Docs.meta(TorchWarmup)) for each in values(object.docs)]

# Of 1.5 and of today: Julia has changed how it shows the types of arrays.
plain(text) = strip(replace(replace(text, r"Array\{Float64, ?1\}|Vector\{Float64\}" => "Vector"), r"Array\{Float64, ?2\}|Matrix\{Float64\}" => "Matrix"))

# The sessions of a docstring: each prompt's lines, and what they show.
function sessions(text)
    found = []
    for block in eachmatch(r"```jldoctest[^\n]*\n(.*?)```"s, text), prompt in split(block[1], "julia> ")[2:end]
        lines = split(prompt, '\n')
        code = [lines[1]; [line for line in lines[2:end] if startswith(line, "       ")]]
        push!(found, (first = prompt == split(block[1], "julia> ")[2], code = join(code, '\n'), shown = join(lines[(length(code) + 1):end], '\n')))
    end
    return found
end

@testset "the examples of the docstrings give what they show" begin
    count = 0
    place = Module()
    for text in docstrings(), session in sessions(text)
        if session.first
            place = Module()
            Core.eval(place, :(using TorchWarmup))
        end
        got = try
            value = include_string(place, session.code)
            value === nothing || endswith(rstrip(session.code), ';') ? "" : sprint((io, x) -> show(io, MIME"text/plain"(), x), value)
        catch failure
            inner = failure isa LoadError ? failure.error : failure
            "ERROR: " * sprint(showerror, inner) * "\n[...]"
        end
        @test plain(got) == plain(session.shown)
        count += 1
    end
    @test count > 12
end

@testset "every name that is exported is in the pages, and every name in the pages is one" begin
    pages = joinpath(@__DIR__, "..", "docs", "src")
    listed = [m for file in readdir(pages) for block in eachmatch(r"```@docs\n(.*?)```"s, read(joinpath(pages, file), String)) for m in split(block[1])]
    @test issubset(string.(setdiff(names(TorchWarmup), [:LibTW])), listed)
    for name in listed
        @test include_string(TorchWarmup, replace(replace(name, "TorchWarmup." => ""), r"\(.*" => "")) !== nothing
    end
end
