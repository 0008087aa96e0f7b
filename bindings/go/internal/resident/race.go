//go:build race

package resident

// raceDetector takes memory of its own, so that a process's says nothing under it.
const raceDetector = true
