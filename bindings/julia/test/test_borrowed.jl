# An optimizer that a program without torch_warmup made, held by its address: the library tw_foreign_optimizer of the repository's tests.
using Libdl

const FOREIGN = get(ENV, "TW_FOREIGN_OPTIMIZER", "")

# Its functions are a table of addresses; these are at the given places.
foreign(place) = unsafe_load(ccall(Libdl.dlsym(Libdl.dlopen(FOREIGN), :foreign_optimizer_api), Ptr{Ptr{Cvoid}}, ()), place + 1)
make_adamw() = ccall(foreign(0), Ptr{Cvoid}, ()) # of two groups, of rates 0.5 and 0.1, and beta2 0.95 and 0.99
address_of(owner) = ccall(foreign(8), Ptr{Cvoid}, (Ptr{Cvoid},), owner)
step_of(owner) = ccall(foreign(9), Cvoid, (Ptr{Cvoid},), owner)
lr_of(owner, group) = ccall(foreign(10), Cdouble, (Ptr{Cvoid}, Csize_t), owner, group - 1)
free_of(owner) = ccall(foreign(12), Cvoid, (Ptr{Cvoid},), owner)

@testset "a borrowed optimizer takes its rates from here, and is left alone once detached" begin
    owner = make_adamw()
    optimizer = Torch.borrow(address_of(owner))
    again = Torch.borrow(address_of(owner))
    @test class_name(optimizer) == "AdamW" && ngroups(again) == 2
    scheduler, warmup = ExponentialLR(optimizer, 0.5), UntunedLinearWarmup(again) # bound by another handle to the same
    step_of(owner)
    step!(warmup, scheduler)
    @test (lr_of(owner, 1), lr_of(owner, 2)) == (0.25 * (2.0 / 39), 0.05 * (2.0 / 199))
    @test learning_rates(again) == [lr_of(owner, 1), lr_of(owner, 2)]
    detach!(warmup)
    @test (lr_of(owner, 1), lr_of(owner, 2)) == (0.25, 0.05)
    detach!(optimizer)
    free_of(owner)
    @test status_of(() -> step!(scheduler)) === LibTW.TW_ERROR_STATE
    @test status_of(() -> learning_rates(again)) === LibTW.TW_ERROR_STATE
end

@testset "what the collector frees late touches nothing of an owner that is gone" begin
    late = []
    for round in 1:20
        owner = make_adamw()
        (() -> begin
            optimizer = Torch.borrow(address_of(owner))
            scheduler, warmup = LambdaLR(epoch -> 0.5^epoch, optimizer), LinearWarmup(optimizer, 5)
            step!(warmup, scheduler)
            detach!(optimizer)
            round % 2 == 0 && push!(late, (warmup, scheduler))
        end)()
        step_of(owner)
        free_of(owner) # the next may come to lie at its address
        round % 5 == 0 && GC.gc()
    end
    @test all(pair -> status_of(() -> step!(pair...)) === LibTW.TW_ERROR_STATE, late)
    empty!(late)
    foreach(_ -> GC.gc(), 1:2)
    owner = make_adamw() # and a new one has nothing of theirs
    optimizer = Torch.borrow(address_of(owner))
    @test learning_rates(optimizer) == [0.5, 0.1]
    warmup = LinearWarmup(optimizer, 5)
    @test isapprox(learning_rates(optimizer), [0.1, 0.02])
    detach!(warmup)
    detach!(optimizer)
    free_of(owner)
end
