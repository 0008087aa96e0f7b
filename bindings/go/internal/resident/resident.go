// Package resident is for tests: whether work leaves memory or handles behind.
package resident

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/torch-warmup/torch_warmup/bindings/go/internal/owned"
)

func size(t testing.TB) int {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skip("no /proc")
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}

// Flat fails the test where, when work is done, the process has grown by more than limit bytes or handles are left.
func Flat(t testing.TB, limit int, work func()) {
	t.Helper()
	runtime.GC()
	before, alive := size(t), owned.Alive()
	work()
	runtime.GC()
	if grown := size(t) - before; grown > limit && !raceDetector {
		t.Errorf("the process has grown by %d bytes", grown)
	}
	if owned.Alive() > alive {
		t.Errorf("%d handles are left", owned.Alive()-alive)
	}
}
