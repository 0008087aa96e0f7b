//go:build !race && torch

package torch_test

const raceDetector = false
