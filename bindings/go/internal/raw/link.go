package raw

// Without the build tag torch the core is compiled in, from the C file in this folder; with it the installed library is
// linked, which has the core within. Both in one process there never are.

// #cgo !torch CFLAGS: -std=c11 -O2 -fvisibility=hidden
// #cgo !torch LDFLAGS: -lm -lpthread
// #cgo torch CFLAGS: -std=c11 -O2 -DTWGO_TORCH
// #cgo torch pkg-config: torch_warmup
import "C"
