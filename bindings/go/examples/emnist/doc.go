// Emnist trains the EMNIST network of pytorch_warmup: the example of the C library, its options and its results, in Go.
//
//	go run -tags torch ./examples/emnist --data DIR
//
// DIR has EMNIST's files, or generated ones: make_glyphs DIR of the C example writes them. It writes history.csv,
// evaluation.csv and checkpoint.pt to a new folder, and each of the two programs goes on from the other's checkpoint.
//
// It needs the build tag torch and an installed libtorch_warmup; without the tag there is nothing here to build.
package main
