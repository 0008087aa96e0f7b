# What several tests need: the reference values, and optimizers as these were made with.

const FIXTURES = get(ENV, "TORCH_WARMUP_FIXTURES", joinpath(@__DIR__, "..", "..", "..", "tests", "fixtures"))

hexadecimal(text) = isempty(text) ? nothing : parse(Float64, text)

# A CSV file's lines as vectors of texts, without the head.
csv(path) = [split(line, ',') for line in readlines(joinpath(FIXTURES, path))[2:end]]

# Of a trace: the rates of each group, a column a step.
function trace(name)
    rows = csv(joinpath("lr_traces", name * ".csv"))
    return [hexadecimal(row[1 + group]) for group in 1:2, row in rows]
end

two_groups(betas...) = RatesOptimizer([0.5, 0.1]; betas = isempty(betas) ? [(0.9, 0.999), (0.9, 0.999)] : collect(betas))
warmed_groups() = two_groups((0.9, 0.95), (0.9, 0.99))

# The message of what f throws, or nothing.
function failure_of(f)
    try
        f()
        return nothing
    catch failure
        return failure
    end
end

status_of(f) = (failure = failure_of(f); failure isa TorchWarmupError ? failure.status : failure)

# The resident memory of this process in bytes.
resident() = parse(Int, split(read("/proc/self/statm", String))[2]) * 4096
