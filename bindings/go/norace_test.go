//go:build !race

package torchwarmup_test

const raceDetector = false
