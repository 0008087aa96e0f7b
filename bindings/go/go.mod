module github.com/torch-warmup/torch_warmup/bindings/go

go 1.19
