# Networks: of layers, of functions of one's own, trained, saved, restored.

const LAYERS = (
    Torch.Identity, Torch.ReLU, Torch.ReLU6, Torch.LeakyReLU, Torch.ELU, Torch.CELU, Torch.SELU, Torch.SiLU, Torch.Mish, Torch.Softsign,
    Torch.Sigmoid, Torch.LogSigmoid, Torch.Tanh, Torch.Hardsigmoid, Torch.Hardswish, Torch.Hardtanh, Torch.GLU, Torch.Softmax,
    Torch.LogSoftmax, Torch.Dropout, Torch.AlphaDropout, Torch.PReLU, () -> Torch.GELU(; approximate = :tanh), Torch.Softplus,
    () -> Torch.Linear(4, 4; bias = false), () -> Torch.LayerNorm(4), () -> Torch.BatchNorm1d(4), () -> Torch.GroupNorm(2, 4),
    () -> Torch.Sequential(Torch.Linear(4, 3), Torch.ReLU()), Torch.Flatten,
)

@testset "every layer is made and runs" begin
    x = Torch.randn(2, 4)
    for make in LAYERS
        @test size(make()(x), 1) == 2
    end
    image, volume, line = Torch.randn(2, 4, 8, 8), Torch.randn(2, 4, 8, 8, 8), Torch.randn(2, 4, 8)
    for (layer, input, expected) in (
        (Torch.Conv1d(4, 6, 3; stride = 2), line, (2, 6, 3)), (Torch.Conv2d(4, 6, (3, 5); padding = (1, 2), padding_mode = :reflect), image, (2, 6, 8, 8)),
        (Torch.Conv3d(4, 2, 3), volume, (2, 2, 6, 6, 6)), (Torch.ConvTranspose1d(4, 2, 2; stride = 2), line, (2, 2, 16)),
        (Torch.ConvTranspose2d(4, 2, 2; stride = 2), image, (2, 2, 16, 16)), (Torch.ConvTranspose3d(4, 2, 2; stride = 2), volume, (2, 2, 16, 16, 16)),
        (Torch.MaxPool1d(2), line, (2, 4, 4)), (Torch.MaxPool2d(2; stride = 1), image, (2, 4, 7, 7)), (Torch.AvgPool1d(2), line, (2, 4, 4)),
        (Torch.AvgPool2d(2; ceil_mode = true), image, (2, 4, 4, 4)), (Torch.AdaptiveAvgPool1d(3), line, (2, 4, 3)),
        (Torch.AdaptiveAvgPool2d((2, 3)), image, (2, 4, 2, 3)), (Torch.AdaptiveMaxPool2d(1), image, (2, 4, 1, 1)),
        (Torch.BatchNorm2d(4; momentum = 0.5), image, (2, 4, 8, 8)), (Torch.BatchNorm3d(4), volume, (2, 4, 8, 8, 8)), (Torch.Dropout1d(), line, size(line)),
        (Torch.Dropout2d(), image, size(image)), (Torch.Dropout3d(), volume, size(volume)),
        (Torch.Embedding(5, 3; padding_idx = 0), Torch.Tensor([0 1; 4 2]), (2, 2, 3)),
        (Torch.TransformerEncoder(Torch.TransformerEncoderLayer(4, 2; batch_first = true, activation = :gelu), 2), Torch.randn(2, 3, 4), (2, 3, 4)),
    )
        @test size(layer(input)) == expected
    end
    @test length(Torch.forward_all(Torch.LSTM(4, 5; num_layers = 2), Torch.randn(3, 2, 4))) == 3
    @test size(Torch.forward_all(Torch.GRU(4, 5; batch_first = true), Torch.randn(2, 3, 4))[1]) == (2, 3, 5)
    attended = Torch.forward_all(Torch.MultiheadAttention(4, 2), Torch.randn(3, 2, 4), Torch.randn(3, 2, 4), Torch.randn(3, 2, 4))
    @test size(attended[1]) == (3, 2, 4)
    @test Array(Torch.Embedding(5, 3; padding_idx = 0)(Torch.Tensor([0]))) == zeros(Float32, 1, 3)
    @test status_of(() -> Torch.Linear(0, 1)) === LibTW.TW_ERROR_RANGE
    @test failure_of(() -> Torch.Conv2d(1, 1, (1, 2, 3))) isa DimensionMismatch
    @test failure_of(() -> Torch.Linear(1, 1; colour = 2)) isa ArgumentError
end

@testset "a module of one's own has its children, parameters and buffers" begin
    network = Torch.NNModule(; first = Torch.Linear(2, 3), second = Torch.Linear(3, 1)) do layers, x
        layers.second(Torch.relu(layers.first(x)))
    end
    Torch.register!(network, "scale", Torch.ones(1))
    Torch.register!(network, "count", Torch.zeros(1); trained = false)
    @test Torch.parameter_names(network) == ["scale", "first.weight", "first.bias", "second.weight", "second.bias"]
    @test size(network(Torch.randn(5, 2))) == (5, 1) && size(network["first.weight"]) == (3, 2)
    @test length(Torch.parameters(Torch.child(network, "first"))) == 2 && occursin("second.bias", string(network))
    @test Torch.is_training(network) && !Torch.is_training(Torch.eval!(network)) && Torch.train!(network) === network
    @test status_of(() -> Torch.register!(network, "first", Torch.ReLU())) === LibTW.TW_ERROR_ARGUMENT
    @test status_of(() -> network["third"]) === LibTW.TW_ERROR_NOT_FOUND
    @test status_of(() -> network()) isa MethodError
    @test failure_of(() -> Torch.NNModule((layers, x) -> error("in forward"))(Torch.ones(1))) == ErrorException("in forward")
    @test failure_of(() -> Torch.NNModule((layers, x) -> 5)(Torch.ones(1))) isa TypeError
    within = Torch.Sequential(Torch.NNModule((layers, x) -> x * x))
    @test status_of(() -> within(Torch.ones(2, 3))) === LibTW.TW_ERROR_TORCH
    @test Torch.to(network, "cpu") === network
end

@testset "a module's function is let go when the last that holds it is gone, whatever the order" begin
    GC.gc()
    before = TorchWarmup.kept_callbacks()
    child = Torch.NNModule((layers, x) -> x + 1)
    parent = Torch.Sequential(child, Torch.ReLU())
    close(child)
    GC.gc()
    again = Torch.child(parent, "0")
    close(parent)
    @test Array(again(Torch.zeros(1))) == [1] && TorchWarmup.kept_callbacks() == before + 1
    close(again)
    @test TorchWarmup.kept_callbacks() == before
end

function emnist_network()
    return Torch.NNModule(;
        conv1 = Torch.Conv2d(1, 20, 5), conv2 = Torch.Conv2d(20, 50, 5), fc1 = Torch.Linear(800, 500), fc2 = Torch.Linear(500, 47),
    ) do layers, x
        x = Torch.relu(Torch.max_pool2d(layers.conv1(x), 2))
        x = Torch.relu(Torch.max_pool2d(layers.conv2(x), 2))
        x = Torch.relu(layers.fc1(Torch.reshape(x, -1, 800)))
        Torch.log_softmax(layers.fc2(x); dim = 1)
    end
end

# The batch that tests/fixtures/README.md defines, as an array of W × H × C × N, which LibTorch has as N × C × H × W.
function generated_batch(step)
    classes = [(7 * b + 3 * step) % 47 for b in 0:63]
    pixel(b, c, r, q) = Float32(0.5 + 0.5 * sin((c + 1) * 0.37 * r * 0.11 + (0.53 * c + 1) * q * 0.13 + 0.01 * b + 0.1 * step))
    images = [(pixel(b, classes[b + 1], r, q) - 0.1751f0) / 0.3332f0 for q in 0:27, r in 0:27, _ in 1:1, b in 0:63]
    return images, classes
end

@testset "the EMNIST network starts with Python's parameters and learns with its losses: $name" for (name, make) in (
    "linear" => UntunedLinearWarmup, "exponential" => UntunedExponentialWarmup, "radam" => RAdamWarmup, "none" => o -> LinearWarmup(o, 1),
)
    Torch.set_num_threads!(2)
    Torch.manual_seed!(1)
    network = emnist_network()
    if name == "linear"
        for row in csv("emnist_cnn_init.csv")
            values = Array(network[row[1]]; reversed = true)
            @test join(reverse(size(values)), 'x') == row[2]
            @test (values[1], values[end]) == (hexadecimal(row[3]), hexadecimal(row[4]))
        end
    end
    optimizer = Torch.AdamW(network; lr = 0.01)
    scheduler = CosineAnnealingLR(optimizer, 40; eta_min = 1e-5)
    warmup = make(optimizer)
    losses = Float64[]
    for row in csv("emnist_cnn_losses_$name.csv")[1:(name == "linear" ? 40 : 6)]
        images, classes = generated_batch(parse(Int, row[1]))
        @test learning_rate(optimizer) == hexadecimal(row[2])
        loss = Torch.scope() do
            Torch.zero_grad!(optimizer)
            loss = Torch.nll_loss(network(Torch.share(images; reversed = true)), Torch.Tensor(classes))
            Torch.backward!(loss)
            step!(optimizer)
            step!(warmup, scheduler)
            loss[]
        end
        push!(losses, loss)
        @test isapprox(loss, parse(Float64, row[3]); rtol = 2e-4)
    end
    name == "linear" && @test losses[end] < losses[1]
end

@testset "a run of Python's goes on from its checkpoint, with its rates and losses" begin
    for version in ("1.13.0", "2.14.1")
        network = Torch.Sequential(Torch.Linear(4, 5), Torch.Tanh(), Torch.Linear(5, 3))
        optimizer = Torch.AdamW(Torch.parameters(Torch.child(network, "0")); lr = 0.02, weight_decay = 0.05)
        Torch.add_param_group!(optimizer, Torch.child(network, "2"); lr = 0.01, betas = (0.9, 0.95), weight_decay = 0.05)
        scheduler = CosineAnnealingLR(optimizer, 30; eta_min = 1e-4)
        warmup = UntunedLinearWarmup(optimizer)
        checkpoint = Torch.load(joinpath(FIXTURES, "checkpoints", "python_torch_$version.pt"))
        @test sort(keys(checkpoint)) == ["lr_scheduler", "model", "optimizer", "warmup_scheduler"]
        restore!(network, checkpoint, "model")
        restore!(optimizer, checkpoint, "optimizer")
        restore!(scheduler, checkpoint, "lr_scheduler")
        restore!(warmup, checkpoint, "warmup_scheduler")
        input = Torch.reshape(Torch.op("linspace", -1, 1, 24), 6, 4)
        for row in csv(joinpath("checkpoints", "python_torch_$(version)_continued.csv"))
            @test learning_rates(optimizer) == [hexadecimal(row[2]), hexadecimal(row[3])]
            Torch.zero_grad!(optimizer)
            loss = Torch.mean(network(input) .^ 2)
            @test isapprox(loss[], parse(Float64, row[4]); rtol = 1e-5)
            Torch.backward!(loss)
            step!(optimizer)
            step!(warmup, scheduler)
        end
    end
end

@testset "a checkpoint gives back what was put, and Python reads it with the same indices" begin
    path = joinpath(mktempdir(), "run.pt")
    matrix = Float32[1 2 3; 4 5 6]
    checkpoint = Torch.Checkpoint()
    values = Dict("epoch" => 3, "rate" => 0.1, "name" => "été", "done" => false, "none" => nothing, "list" => Any[1, "two", (3.0, true)],
        "nested" => Dict("a" => Dict(1 => "b")))
    foreach(pair -> checkpoint[pair[1]] = pair[2], collect(values))
    checkpoint["matrix"] = Torch.Tensor(matrix)
    Torch.save(checkpoint, path)
    loaded = Torch.load(path)
    for (key, value) in values
        @test isequal(loaded[key], value) && typeof(loaded[key]) == typeof(value) || value isa Union{AbstractDict, Vector}
        @test isequal(loaded[key], value)
    end
    @test Array(loaded["matrix"]) == matrix && haskey(loaded, "epoch") && !haskey(loaded, "epochs") && length(loaded) == 8
    @test occursin("matrix", string(loaded)) && loaded[nothing]["epoch"] == 3
    @test status_of(() -> loaded["epochs"]) === LibTW.TW_ERROR_NOT_FOUND && failure_of(() -> loaded["x"] = sin) isa ArgumentError
    @test status_of(() -> Torch.load("/no/such/file")) === LibTW.TW_ERROR_IO
    python = get(ENV, "TORCH_WARMUP_PYTHON", "/usr/bin/python3")
    program = "import sys, torch; d = torch.load(sys.argv[1]); print(d['matrix'].tolist(), d['epoch'], d['name'], d['list'], d['nested'])"
    if success(`$python -c "import torch"`)
        read_there = read(setenv(`$python -c $program $path`, filter(pair -> !startswith(pair[1], "LD_"), ENV)), String)
        @test strip(read_there) == "[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]] 3 été [1, 'two', (3.0, True)] {'a': {1: 'b'}}"
    else
        println("left out: a checkpoint read by Python: $python has no torch (TORCH_WARMUP_PYTHON names another)")
        get(ENV, "TW_REQUIRE_ALL", "") == "1" && @test false
    end
end

@testset "a run goes on from its checkpoint as if it had never stopped" begin
    path = joinpath(mktempdir(), "run.pt")
    inputs, targets = Torch.randn(16, 2), Torch.randn(16, 1)
    function made()
        network = Torch.Sequential(Torch.Linear(2, 8), Torch.Dropout(0.2), Torch.Linear(8, 1))
        optimizer = Torch.AdamW(network; lr = 0.1)
        scheduler = OneCycleLR(optimizer, 0.1; total_steps = 20)
        return network, optimizer, scheduler, LinearWarmup(optimizer, 6)
    end
    function train((network, optimizer, scheduler, warmup))
        Torch.zero_grad!(optimizer)
        loss = Torch.mse_loss(network(inputs), targets)
        Torch.backward!(loss)
        step!(optimizer)
        step!(warmup, scheduler)
        return loss[], learning_rate(optimizer)
    end
    run = made()
    foreach(_ -> train(run), 1:5)
    checkpoint = Torch.Checkpoint()
    foreach((key, object) -> checkpoint[key] = object, ("model", "optimizer", "scheduler", "warmup"), run)
    Torch.put_rng_state!(checkpoint, "rng")
    Torch.save(checkpoint, path)
    expected = [train(run) for _ in 1:5]
    again = made()
    loaded = Torch.load(path)
    foreach((key, object) -> restore!(object, loaded, key), reverse(("model", "optimizer", "scheduler", "warmup")), reverse(again))
    Torch.restore_rng_state!(loaded, "rng")
    @test [train(again) for _ in 1:5] == expected
end

@testset "a snapshot stays what it was; parts, differences and safetensors" begin
    network = Torch.Linear(2, 1)
    now = Torch.Checkpoint()
    now[nothing] = network
    best = copy(now)
    before = Array(network["weight"])
    Torch.no_grad(() -> Torch.copy_from!(network["weight"], [7.0 8.0]))
    @test Array(now["weight"]) == [7 8] && Array(best["weight"]) == before
    restore!(network, best)
    @test Array(network["weight"]) == before
    wrapped = Torch.Checkpoint()
    wrapped["state"] = Dict("module.weight" => network["weight"], "module.bias" => network["bias"])
    @test Torch.differences(network, wrapped, "state").missing == ["weight", "bias"]
    @test status_of(() -> restore!(network, wrapped, "state")) === LibTW.TW_ERROR_ARGUMENT
    restore!(network, wrapped, "state"; strict = false)
    restore!(network, Torch.part(wrapped, "state"; prefix = "module."))
    path = joinpath(mktempdir(), "weights.safetensors")
    Torch.save_safetensors(best, path)
    @test Array(Torch.load_safetensors(path)["weight"]) == before
    tensor = Torch.zeros(1, 2)
    @test Array(restore!(tensor, best, "weight")) == before
    generator = Torch.Generator(3)
    now["generator"] = generator
    drawn = Array(Torch.rand(4; generator = generator))
    restore!(generator, now, "generator")
    @test Array(Torch.rand(4; generator = generator)) == drawn
    Torch.manual_seed!(generator, 3)
    @test Array(Torch.rand(4; generator = generator)) == drawn
end

@testset "models of TorchScript run, and their methods take and give values of Julia's" begin
    model = Torch.load_torchscript(joinpath(FIXTURES, "torchscript", "model.pt"))
    @test Torch.has_method(model, "sum_of") && !Torch.has_method(model, "no_such")
    ones = Torch.ones(2)
    total = Torch.call_method(model, "sum_of", [ones, ones], Dict("a" => 0.5, "b" => 2.0))
    @test Array(total) == fill(2 + 0.5 + 2.0, 2) || Array(total) == fill(2 * 0.5 * 2.0, 2)
    path = joinpath(mktempdir(), "model.pt")
    Torch.save_torchscript(model, path)
    @test Torch.parameter_names(Torch.load_torchscript(path)) == Torch.parameter_names(model)
    @test status_of(() -> Torch.call_method(model, "no_such")) === LibTW.TW_ERROR_NOT_FOUND
end

@testset "each optimizer trains, and has the options it was given" begin
    for (make, class, name, options) in (
        (Torch.Adam, "Adam", :beta2, (betas = (0.8, 0.95), amsgrad = true)),
        (Torch.AdamW, "AdamW", :beta2, (betas = (0.8, 0.95),)),
        (Torch.SGD, "SGD", :momentum, (momentum = 0.95, nesterov = true)),
        (Torch.RMSprop, "RMSprop", :alpha, (alpha = 0.95,)),
        (Torch.Adagrad, "Adagrad", :lr_decay, (lr_decay = 0.95,)),
    )
        network = Torch.Linear(2, 1)
        optimizer = make(network; lr = 0.05, options...)
        @test option(optimizer, name) == 0.95 && class_name(optimizer) == class
        inputs = Torch.randn(16, 2)
        losses = map(1:60) do _
            Torch.zero_grad!(optimizer)
            loss = Torch.mean((network(inputs) - 1.0) .^ 2)
            Torch.backward!(loss)
            step!(optimizer)
            loss[]
        end
        @test losses[end] < losses[1]
    end
    @test status_of(() -> Torch.Adam(Torch.Tensor[])) === LibTW.TW_ERROR_ARGUMENT
    @test status_of(() -> Torch.SGD([Torch.ones(1)])) === LibTW.TW_ERROR_ARGUMENT
    @test status_of(() -> Torch.SGD(Torch.Linear(1, 1); nesterov = true)) === LibTW.TW_ERROR_RANGE
    @test status_of(() -> step!(RatesOptimizer(0.1))) === LibTW.TW_ERROR_TYPE
end

@testset "tasks on many threads each train a network of their own" begin
    losses = Vector{Float64}(undef, 8)
    Threads.@sync for task in 1:8
        Threads.@spawn begin
            network = Torch.NNModule((layers, x) -> layers.linear(x); linear = Torch.Linear(2, 1))
            optimizer = Torch.SGD(network; lr = 0.1)
            scheduler = LambdaLR(epoch -> 1.0, optimizer)
            inputs = Torch.ones(4, 2)
            for _ in 1:100
                losses[task] = Torch.scope() do
                    Torch.zero_grad!(optimizer)
                    loss = Torch.mse_loss(network(inputs), Torch.full(Float64(task), 4, 1))
                    Torch.backward!(loss)
                    step!(optimizer)
                    step!(scheduler)
                    loss[]
                end
            end
        end
    end
    @test all(<(1e-6), losses)
end
