# Trains the EMNIST network of pytorch_warmup from Julia, over LibTorch: the program of examples/emnist, with its options, its
# numbers and its files. Read it from the bottom.
#
#   make_glyphs DIR                                     of examples/emnist, or EMNIST's own files in DIR
#   TORCH_WARMUP_LIBTORCH=1 julia --project emnist.jl --data DIR --epochs 2 --warmup radam
using Printf
using TorchWarmup
using TorchWarmup: Torch

# ---- options ----------------------------------------------------------------------------------------------------------

const DEFAULTS = (
    batch_size = 64, test_batch_size = 1000, epochs = 10, lr = 0.01, lr_min = 1e-5, wd = 0.01, beta2 = 0.999, warmup = "linear",
    seed = UInt64(1), data = "", split = "balanced", output = "", save_model = false, log_interval = 10, quiet = false,
    checkpoint_every = 0, resume = "", no_gpu = false, threads = Sys.CPU_THREADS,
)
const USAGE = """
Usage: emnist.jl --data DIR [OPTION]...
The options of examples/emnist's program: $(join(["--" * replace(string(name), '_' => '-') for name in keys(DEFAULTS)], " ")),
with its defaults; --workers and --profile are that program's alone.
"""

function usage(message)
    println(stderr, "emnist: ", message, "\n", USAGE)
    exit(2)
end

value_of(::Bool, text) = true
value_of(::String, text) = text
value_of(::T, text) where {T <: Real} = parse(T, text)

# The settings that the command line gives, by name.
function parse_options(arguments)
    given = Dict{Symbol, Any}()
    while !isempty(arguments)
        word = popfirst!(arguments)
        word == "--help" && (print(USAGE); exit(0))
        name = Symbol(replace(replace(word, r"^--" => ""), '-' => '_'))
        startswith(word, "--") && haskey(DEFAULTS, name) || usage("unknown option $word")
        flag = DEFAULTS[name] isa Bool
        !flag && isempty(arguments) && usage("$word needs a value")
        text = flag ? "" : popfirst!(arguments)
        try
            given[name] = value_of(DEFAULTS[name], text)
        catch
            usage("$word cannot be $text")
        end
    end
    return given
end

# ---- images -----------------------------------------------------------------------------------------------------------

struct Images
    pixels::Matrix{UInt8} # 784 × count, as EMNIST stores them
    labels::Vector{Int64} # from 0
end

const FIRST_LABEL = Dict("letters" => 1)
const CLASSES = Dict("balanced" => 47, "byclass" => 62, "bymerge" => 47, "letters" => 26, "digits" => 10, "mnist" => 10)

function read_idx(path, magic, header)
    isfile(path) || error("there is no file $path; make_glyphs of examples/emnist writes such files")
    bytes = read(path)
    length(bytes) >= header && ntoh(reinterpret(UInt32, bytes[1:4])[1]) == magic || error("$path is no IDX file of the magic number $magic")
    return Int(ntoh(reinterpret(UInt32, bytes[5:8])[1])), bytes[(header + 1):end]
end

function load_images(folder, split, part)
    path(kind) = joinpath(folder, "emnist-$split-$part-$kind-ubyte")
    count, pixels = read_idx(path("images-idx3"), 2051, 16)
    labels_count, labels = read_idx(path("labels-idx1"), 2049, 8)
    count == labels_count == length(labels) && length(pixels) == 784 * count || error("$folder: $count images, but $labels_count labels")
    return Images(reshape(pixels, 784, count), Int64.(labels) .- get(FIRST_LABEL, split, 0))
end

# The order of an epoch's images: SplitMix64 and Fisher and Yates, as counter_rng.h has them.
mix(z) = (z = (z ⊻ (z >> 30)) * 0xbf58476d1ce4e5b9; z = (z ⊻ (z >> 27)) * 0x94d049bb133111eb; z ⊻ (z >> 31))

function shuffled(count, seed, epoch)
    step = 0x9e3779b97f4a7c15
    counter = mix(mix(mix(seed + step) + UInt64(1) + step) + UInt64(epoch) + step)
    order = collect(1:count)
    for left in count:-1:2
        bound, skip = UInt64(left), UInt32(2^32 % left)
        product = UInt64(0)
        while true
            counter += step
            product = (mix(counter) >> 32) * bound
            product % UInt32 >= skip && break
        end
        chosen = Int(product >> 32) + 1
        order[left], order[chosen] = order[chosen], order[left]
    end
    return order
end

const NORMALISED = [(Float32(i) / 255.0f0 - 0.1751f0) / 0.3332f0 for i in 0:255]

# A batch as tensors. An array of columns × rows × count is, as it lies, LibTorch's [count, rows, columns]; the strides say that its one
# channel comes last, by which the CPU's convolutions are about twice as fast.
function batch(images, places, device)
    values = [NORMALISED[images.pixels[p, i] + 1] for p in 1:784, i in places]
    input = Torch.op("as_strided", Torch.share(values), [length(places), 1, 28, 28], [784, 1, 28, 1])
    return Torch.to(input, device), Torch.to(Torch.Tensor(images.labels[places]), device)
end

# ---- network and run --------------------------------------------------------------------------------------------------

function make_network(classes)
    conv1, conv2 = Torch.Conv2d(1, 20, 5), Torch.Conv2d(20, 50, 5)
    fc1, fc2 = Torch.Linear(800, 500), Torch.Linear(500, classes)
    return Torch.NNModule(; conv1, conv2, fc1, fc2) do layers, x
        x = Torch.relu(Torch.max_pool2d(layers.conv1(x), 2)) # max-pool before ReLU: the same result, on a quarter of the numbers
        x = Torch.relu(Torch.max_pool2d(layers.conv2(x), 2))
        x = Torch.relu(layers.fc1(Torch.reshape(x, -1, 800)))
        Torch.log_softmax(layers.fc2(x); dim = 1)
    end
end

const WARMUPS = Dict(
    "linear" => UntunedLinearWarmup, "exponential" => UntunedExponentialWarmup, "radam" => RAdamWarmup,
    "none" => optimizer -> LinearWarmup(optimizer, 1), # the factor is 1 from the start
)

mutable struct Run
    settings::NamedTuple
    folder::String
    device::String
    train::Images
    test::Images
    network::Any
    optimizer::Any
    scheduler::Any
    warmup::Any
    epoch::Int # from 1
    done::Int  # steps of this epoch
end

parts(run) = ("model" => run.network, "optimizer" => run.optimizer, "lr_scheduler" => run.scheduler, "warmup" => run.warmup)
batches(run) = length(run.train.labels) ÷ run.settings.batch_size
say(run, words...) = run.settings.quiet || println(words...)
path(run, name) = joinpath(run.folder, name)

function make_run(settings, folder)
    haskey(WARMUPS, settings.warmup) || usage("--warmup must be linear, exponential, radam or none, not $(settings.warmup)")
    haskey(CLASSES, settings.split) || usage("--split must be one of $(join(sort(collect(keys(CLASSES))), ", ")), not $(settings.split)")
    isempty(settings.data) && usage("--data is missing: a folder of EMNIST's files, such as make_glyphs writes")
    Torch.set_num_threads!(settings.threads)
    device = !settings.no_gpu && Torch.cuda_is_available() ? "cuda" : "cpu"
    train, test = (load_images(settings.data, settings.split, part) for part in ("train", "test"))
    length(train.labels) >= settings.batch_size || usage("--batch-size is $(settings.batch_size), but there are $(length(train.labels)) images")
    Torch.manual_seed!(settings.seed)
    network = Torch.to(make_network(CLASSES[settings.split]), device)
    optimizer = Torch.AdamW(network; lr = settings.lr, betas = (0.9, settings.beta2), weight_decay = settings.wd)
    steps = length(train.labels) ÷ settings.batch_size * settings.epochs
    scheduler = CosineAnnealingLR(optimizer, steps; eta_min = settings.lr_min)
    warmup = WARMUPS[settings.warmup](optimizer) # after the scheduler, for it records the rates and dampens them
    return Run(settings, folder, device, train, test, network, optimizer, scheduler, warmup, 1, 0)
end

# ---- files ------------------------------------------------------------------------------------------------------------

const TABLES = ("history.csv" => "epoch,step,loss,lr\n", "evaluation.csv" => "epoch,loss,accuracy\n")

function begin_tables(run)
    mkpath(run.folder)
    for (name, head) in TABLES
        isfile(path(run, name)) && error("$(path(run, name)) exists already: give another folder with --output, or remove this one")
        write(path(run, name), head)
    end
end

add_row(run, name, row) = open(file -> print(file, row), path(run, name), "a")

# What a run is gone on with: its parts, its place, its options, and how long its tables are.
const KEPT = (:batch_size, :test_batch_size, :epochs, :lr, :lr_min, :wd, :beta2, :warmup, :split, :log_interval)

function save_run(run)
    checkpoint = Torch.Checkpoint()
    foreach(part -> checkpoint[part[1]] = part[2], parts(run))
    checkpoint["epoch"], checkpoint["done"] = run.epoch, run.done
    checkpoint["options"] = Dict{String, Any}(string(name) => run.settings[name] for name in KEPT)
    checkpoint["seed"] = string(run.settings.seed)
    checkpoint["bytes"] = Dict(name => filesize(path(run, name)) for (name, _) in TABLES)
    Torch.save(checkpoint, path(run, "checkpoint.pt"))
end

function resume_run(given)
    checkpoint = Torch.load(given[:resume])
    kept = Dict{Symbol, Any}(Symbol(name) => value for (name, value) in checkpoint["options"])
    kept[:seed] = parse(UInt64, checkpoint["seed"])
    for (name, value) in kept
        get(given, name, value) == value || usage("--$(replace(string(name), '_' => '-')) was $value in the run of $(given[:resume])")
    end
    run = make_run((; DEFAULTS..., given..., kept...), dirname(abspath(given[:resume])))
    foreach(part -> restore!(part[2], checkpoint, part[1]), parts(run))
    run.epoch, run.done = checkpoint["epoch"], checkpoint["done"]
    for (name, bytes) in checkpoint["bytes"] # rows that came later are made anew
        open(file -> truncate(file, bytes), path(run, name), "r+")
    end
    return run
end

# ---- training ---------------------------------------------------------------------------------------------------------

# One step; gives the loss, read only where a row is due, and the rate that it used.
function train_on(run, places, due)
    rate = learning_rate(run.optimizer)
    loss = Torch.scope() do
        images, labels = batch(run.train, places, run.device)
        Torch.zero_grad!(run.optimizer)
        loss = Torch.nll_loss(run.network(images), labels)
        Torch.backward!(loss)
        step!(run.optimizer)
        step!(run.warmup, run.scheduler)
        due ? loss[] : nothing
    end
    return loss, rate
end

function train_epoch(run)
    size = run.settings.batch_size
    Torch.train!(run.network)
    order = shuffled(length(run.train.labels), run.settings.seed, run.epoch)
    started = time()
    for number in (run.done + 1):batches(run)
        due = number % run.settings.log_interval == 0
        loss, rate = train_on(run, order[((number - 1) * size + 1):(number * size)], due)
        run.done = number
        if due
            add_row(run, "history.csv", @sprintf("%d,%d,%.6g,%.6g\n", run.epoch, last_step(run.warmup), loss, rate))
            say(run, @sprintf("Train Epoch: %d [%d/%d]\tLoss: %.6f LR: %.6f", run.epoch, number * size, batches(run) * size, loss, rate))
        end
        every = run.settings.checkpoint_every
        every > 0 && (batches(run) * (run.epoch - 1) + number) % every == 0 && save_run(run)
    end
    say(run, @sprintf("Train Elapsed Time: %.3f sec", time() - started))
end

function evaluate(run)
    Torch.eval!(run.network)
    count, loss, correct = length(run.test.labels), 0.0, 0
    for first in 1:run.settings.test_batch_size:count
        Torch.no_grad() do
            Torch.scope() do
                images, labels = batch(run.test, first:min(first + run.settings.test_batch_size - 1, count), run.device)
                output = run.network(images)
                loss += Torch.nll_loss(output, labels; reduction = :sum)[]
                correct += sum(Torch.argmax(output; dim = 1) .== labels)[]
            end
        end
    end
    say(run, @sprintf("Test set: Average loss: %.4f, Accuracy: %d/%d (%.2f%%)\n", loss / count, correct, count, 100 * correct / count))
    add_row(run, "evaluation.csv", @sprintf("%d,%.6g,%.2f\n", run.epoch, loss / count, 100 * correct / count))
end

function main(arguments)
    given = parse_options(copy(arguments))
    resuming = haskey(given, :resume)
    settings = (; DEFAULTS..., given...)
    run = resuming ? resume_run(given) : make_run(settings, isempty(settings.output) ? "output_$(settings.warmup)" : settings.output)
    resuming || begin_tables(run)
    resuming || save_run(run)
    say(run, "torch_warmup $(TorchWarmup.version()), LibTorch $(Torch.version()), $(Torch.num_threads()) threads, device $(run.device)")
    while run.epoch <= run.settings.epochs
        train_epoch(run)
        evaluate(run)
        run.epoch, run.done = run.epoch + 1, 0
        save_run(run)
    end
    if run.settings.save_model
        checkpoint = Torch.Checkpoint()
        checkpoint[nothing] = run.network
        Torch.save(checkpoint, path(run, "emnist_cnn.pt"))
    end
    return 0
end

if abspath(PROGRAM_FILE) == @__FILE__
    try
        exit(main(ARGS))
    catch failure
        failure isa Union{TorchWarmupError, ErrorException, SystemError} || rethrow()
        println(stderr, "emnist: ", failure isa ErrorException ? failure.msg : sprint(showerror, failure))
        exit(1)
    end
end
