# Tensors, operators, gradients, modules: over LibTorch.
using Random
using TorchWarmup: Torch

Random.seed!(1)
Torch.manual_seed!(1)

@testset "an array and its tensor have the same sizes and the same elements at the same indices" begin
    for array in (
        Float32[1 2 3; 4 5 6], rand(2, 3, 4), rand(Float32, 5, 1, 2, 3), [1, 2, 3], reshape(1:24, 2, 3, 4) |> collect, fill(2.5),
        Bool[1 0; 0 0; 1 1], UInt8[1 2; 3 255], Int8[-1], Int16[-300], Int32[7 8], Float16[0.5 1.5], zeros(3, 0, 2), view(rand(4, 6), 1:2:4, 2:5),
    )
        tensor = Torch.Tensor(array)
        @test size(tensor) == size(array) && eltype(tensor) == eltype(array) && length(tensor) == length(array)
        @test Array(tensor) == array && typeof(Array(tensor)) == Array{eltype(array), ndims(array)}
    end
    # index by index, by LibTorch's own way into a tensor
    array = rand(Int64, 2, 3, 4)
    tensor = Torch.Tensor(array)
    for i in 1:2, j in 1:3, k in 1:4
        @test Torch.op("select", Torch.op("select", Torch.op("select", tensor, 0, i - 1), 0, j - 1), 0, k - 1)[] == array[i, j, k]
    end
end

@testset "with reversed = true memory stays as it lies, and the sizes are in reverse" begin
    array = rand(Float32, 2, 3, 4)
    tensor = Torch.Tensor(array; reversed = true)
    @test size(tensor) == (4, 3, 2) && Array(tensor) == permutedims(array, (3, 2, 1))
    @test Array(tensor; reversed = true) == array
    @test Torch.strides(tensor) == (6, 2, 1)
end

@testset "a shared array and its tensor see each other's writes, until LibTorch lets go" begin
    GC.gc()
    before = TorchWarmup.kept_callbacks()
    for reversed in (false, true)
        array = Float32[1 2 3; 4 5 6]
        tensor = Torch.share(array; reversed = reversed)
        @test size(tensor) == (reversed ? (3, 2) : (2, 3))
        @test Array(tensor; reversed = reversed) == array
        array[2, 3] = 60
        @test reversed ? Array(tensor)[3, 2] == 60 : Array(tensor)[2, 3] == 60
        Torch.op!("mul_", tensor, 2)
        @test array == Float32[2 4 6; 8 10 120]
        other = Torch.transpose(tensor, 0, 1)
        close(tensor)
        GC.gc()
        @test TorchWarmup.kept_callbacks() > before
        close(other)
        @test TorchWarmup.kept_callbacks() <= before
    end
end

@testset "numbers, dtypes and devices go as in PyTorch" begin
    @test Torch.Tensor(2^53 + 1)[] === 2^53 + 1 && Torch.Tensor(true)[] === true && Torch.Tensor(0.5)[] === 0.5
    @test eltype(Torch.Tensor([1, 2]) + 1) === Int64 && eltype(Torch.Tensor([1, 2]) + 1.0) === Float32
    @test (Torch.Tensor([2^53]) + 1)[] == 2^53 + 1
    @test Array(Torch.to(Torch.Tensor([1.5, -2.5]), Int64)) == [1, -2]
    half = Torch.to(Torch.Tensor(Float32[1.5 2]), :bfloat16)
    @test eltype(half) === :bfloat16 && Array(half) == Float32[1.5 2]
    @test Torch.device(Torch.to(half, "cpu")) == "cpu"
    @test status_of(() -> Torch.zeros(2; device = "nowhere")) === LibTW.TW_ERROR_DEVICE
    @test failure_of(() -> Torch.Tensor([1 + 2im])) isa ArgumentError
    @test status_of(() -> Torch.Tensor([1, 2])[]) === LibTW.TW_ERROR_ARGUMENT
    @test Array(Torch.arange(0, 10, 3)) == [0, 3, 6, 9] && Array(Torch.full(7, 2)) == [7, 7] && Array(Torch.ones(1, 2)) == Float32[1 1]
    @test size(Torch.empty(2, 3; dtype = Float64)) == (2, 3) && Array(Torch.arange(0.0, 1.0, 0.5)) == Float32[0, 0.5]
end

@testset "operators of Julia's are LibTorch's" begin
    a, b = rand(Float32, 2, 3), rand(Float32, 2, 3)
    x, y = Torch.Tensor(a), Torch.Tensor(b)
    @test Array(x + y) == a + b && Array(x - y) == a - b && Array(-x) == -a && Array(x * 2) == 2a == Array(2x)
    @test Array(x .* y) == a .* b && Array(x ./ y) == a ./ b && Array(x .+ y) == a + b && Array(1 - x) == 1 .- a
    @test Array(x * Torch.transpose(y, 0, 1)) ≈ a * b'
    @test Array(x .^ 2) == a .^ 2 && Array(x .^ 2.0) ≈ a .^ 2 && Array(exp.(x)) ≈ exp.(a) && Array(sqrt.(x)) ≈ sqrt.(a)
    @test Array(log.(x)) ≈ log.(a) && Array(tanh.(x)) ≈ tanh.(a) && Array(x .== x) == trues(2, 3) && Array(x / 2) == a / 2
    @test x .^ 2 isa Torch.Tensor && failure_of(() -> sin.(x)) isa ArgumentError # never an array unasked
    @test sum(x)[] ≈ sum(a) && Torch.mean(x)[] ≈ sum(a) / 6
    @test Array(Torch.relu(x - 0.5)) == max.(a .- 0.5f0, 0) && Array(Torch.sigmoid(x)) ≈ 1 ./ (1 .+ exp.(-a))
    @test isapprox(sum(Torch.softmax(x))[], 2; rtol = 1e-6) && Array(Torch.argmax(Torch.Tensor([1 5 2; 9 0 3]))) == [1, 0]
    @test Array(Torch.reshape(x, 3, -1)) == permutedims(reshape(permutedims(a), 2, 3)) # rows in order
    @test size(Torch.flatten(x)) == (6,) && size(Torch.cat([x, y]; dim = 1)) == (2, 6)
    @test Array(Torch.linear(x, y)) ≈ a * b' && Array(Torch.dropout(x; training = false)) == a
    @test size(Torch.conv2d(Torch.ones(1, 1, 5, 5), Torch.ones(2, 1, 3, 3); padding = (1, 0))) == (1, 2, 5, 3)
    @test size(Torch.max_pool2d(Torch.ones(1, 1, 6, 6), 2; stride = 1)) == (1, 1, 5, 5)
end

@testset "any operator is called by its name, with arguments of every kind" begin
    x = Torch.Tensor(Float32[1 5 3; 4 2 6])
    values, places = Torch.ops("topk", x, 2)
    @test Array(values) == Float32[5 3; 6 4] && Array(places) == [1 2; 2 0]
    @test Array(Torch.op("sum", x, [0]; dtype = Float64)) == [5.0, 7, 9]
    @test Array(Torch.op("cat", [x, x], 1)) == [Array(x) Array(x)]
    @test size(Torch.op("zeros", [2, 3]; device = Torch.Device("cpu"))) == (2, 3)
    @test Array(Torch.op("clamp", x, 2, nothing)) == max.(Array(x), 2) && Torch.op("F.relu", x) |> Array == Array(x)
    @test Torch.op("norm", x, 2.0)[] ≈ sqrt(sum(abs2, Array(x)))
    @test Torch.op("contiguous", x; memory_format = :contiguous_format) |> Array == Array(x)
    @test Array(Torch.op("rand", [3]; generator = Torch.Generator(5))) == Array(Torch.rand(3; generator = Torch.Generator(5)))
    Torch.op!("zero_", x)
    @test Array(x) == zeros(2, 3)
    @test status_of(() -> Torch.op("no_such_operator", x)) === LibTW.TW_ERROR_NOT_FOUND
    @test status_of(() -> Torch.op("relu", x, x)) === LibTW.TW_ERROR_ARGUMENT
    @test status_of(() -> x * x) === LibTW.TW_ERROR_TORCH
    @test failure_of(() -> Torch.op("relu", Dict())) isa ArgumentError
end

@testset "gradients are those of the calculus" begin
    x = Torch.requires_grad!(Torch.Tensor([1.0, 2, 3]))
    @test Torch.requires_grad(x) && Torch.grad(x) === nothing
    Torch.backward!(sum(x .^ 2 .* x))
    @test Array(Torch.grad(x)) == [3.0, 12, 27]
    Torch.set_grad!(x, nothing)
    Torch.backward!(2x; gradient = Torch.Tensor([1.0, 0, 1]))
    @test Array(Torch.grad(x)) == [2.0, 0, 2]
    Torch.no_grad() do
        @test !Torch.requires_grad(x * 2)
    end
    @test failure_of(() -> Torch.no_grad(() -> error("within"))) == ErrorException("within")
    @test Torch.requires_grad(x * 2) && !Torch.requires_grad(Torch.detach(x * 2))
    @test status_of(() -> Torch.backward!(x * 2)) === LibTW.TW_ERROR_TORCH
    Torch.no_grad(() -> Torch.copy_from!(x, [4.0, 5, 6]))
    @test Array(x) == [4.0, 5, 6] && Array(deepcopy(x)) == Array(copy(x)) == Array(Torch.alias(x)) == Array(x)
end

@testset "losses take PyTorch's options as keywords" begin
    scores, classes = Torch.Tensor(Float32[2 1 0; 0 1 2]), Torch.Tensor([0, 1])
    logs = Array(Torch.log_softmax(scores))
    @test Torch.cross_entropy(scores, classes)[] ≈ -(logs[1, 1] + logs[2, 2]) / 2
    @test Torch.cross_entropy(scores, classes; reduction = :sum)[] ≈ -(logs[1, 1] + logs[2, 2])
    @test Array(Torch.nll_loss(Torch.log_softmax(scores), classes; reduction = :none)) ≈ [-logs[1, 1], -logs[2, 2]]
    weight = Torch.Tensor(Float32[1, 3, 1])
    @test Torch.cross_entropy(scores, classes; weight = weight)[] ≈ -(logs[1, 1] + 3 * logs[2, 2]) / 4
    @test Torch.mse_loss(Torch.Tensor([1.0, 2]), Torch.Tensor([0.0, 0]))[] == 2.5
    @test Torch.binary_cross_entropy_with_logits(Torch.Tensor([0.0]), Torch.Tensor([1.0]))[] ≈ log(2)
    @test failure_of(() -> Torch.mse_loss(scores, scores; reduction = :median)) isa ArgumentError
    @test failure_of(() -> Torch.mse_loss(scores, scores; wait = 1)) isa ArgumentError
    @test status_of(() -> Torch.cross_entropy(scores, classes; label_smoothing = 2)) === LibTW.TW_ERROR_RANGE
end

@testset "use after close is an error that says so" begin
    tensor, network = Torch.ones(2), Torch.Linear(2, 2)
    close(tensor)
    @test occursin("closed", failure_of(() -> tensor + tensor).message) && occursin("closed", string(tensor))
    @test occursin("closed", failure_of(() -> Torch.op("relu", tensor)).message)
    @test occursin("closed", failure_of(() -> network(tensor)).message)
    close(network)
    @test occursin("closed", failure_of(() -> network(Torch.ones(2))).message) && occursin("closed", string(network))
end

@testset "a scope frees what was made inside, but for what it returns" begin
    kept, lost = nothing, nothing
    kept = Torch.scope() do
        lost = Torch.ones(3)
        inner = Torch.scope(() -> (Torch.zeros(2), 5))
        @test isopen(inner[1])
        (a = lost + 1, b = [lost * 2], c = inner)
    end
    @test !isopen(lost) && Array(kept.a) == [2, 2, 2] && Array(kept.b[1]) == [2, 2, 2] && isopen(kept.c[1])
    @test failure_of(() -> Torch.scope(() -> (lost = Torch.ones(1); error("out")))) == ErrorException("out")
    @test !isopen(lost)
end

@testset "memory is flat over 10,000 rounds of tensors that nobody frees, and of scopes" begin
    round(scoped) = scoped ? Torch.scope(() -> (sum(Torch.ones(1000) * 2); nothing)) : (sum(Torch.ones(1000) * 2); nothing)
    for scoped in (false, true)
        foreach(_ -> round(scoped), 1:4000)
        GC.gc()
        before = resident()
        foreach(_ -> round(scoped), 1:10_000)
        GC.gc()
        @test resident() - before < 20_000_000
    end
end
