# What a call costs from Julia. See benchmark.sh.
using Printf
using TorchWarmup

function measure(f, what; times = 1_000_000)
    f(1000)
    best = minimum(@elapsed(f(times)) for _ in 1:3)
    @printf("Julia  %-34s %6.1f ns\n", what, best * 1e9 / times)
end

function main()
    optimizer = RatesOptimizer(0.1)
    scheduler = ExponentialLR(optimizer, 0.9999999)
    warmup = LinearWarmup(optimizer, 10)
    measure(times -> foreach(_ -> step!(warmup, scheduler), 1:times), "step!(warmup, scheduler)")
    measure(times -> foreach(_ -> learning_rate(optimizer), 1:times), "learning_rate(optimizer)")
    measure("LibTW.tw_optimizer_get_lr, no lock") do times
        out = Ref(0.0)
        for _ in 1:times
            LibTW.tw_optimizer_get_lr(out, optimizer, 0)
        end
    end
    lambda = LambdaLR(epoch -> 1.0, RatesOptimizer(0.1))
    measure(times -> foreach(_ -> step!(lambda), 1:times), "step!(lambda), a callback each")
end

main()
