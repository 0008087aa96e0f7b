package torchwarmup_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
)

// fixture is a file of the repository's tests, which the module does not carry.
func fixture(t testing.TB, parts ...string) string {
	t.Helper()
	folder := filepath.Join("..", "..", "tests", "fixtures")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the reference values are in the repository only")
	}
	return filepath.Join(append([]string{folder}, parts...)...)
}

func table(t testing.TB, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	check(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	check(t, err)
	return rows[1:]
}

func number(t testing.TB, text string) float64 {
	t.Helper()
	value, err := strconv.ParseFloat(text, 64)
	check(t, err)
	return value
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// must is the value of a call that does not fail.
func must[T any](value T, err error) func(t testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		check(t, err)
		return value
	}
}

// numbersOnly is an optimizer of its own: groups' numbers and nothing else.
type numbersOnly struct {
	class  string
	values map[tw.Option][]float64
	fail   func() error
}

func (o *numbersOnly) ClassName() string { return o.class }

func (o *numbersOnly) GroupCount() (int, error) { return len(o.values[tw.OptionLR]), nil }

func (o *numbersOnly) Get(values []float64, option tw.Option) error {
	from, has := o.values[option]
	if !has {
		return tw.ErrNotFound
	}
	copy(values, from)
	return nil
}

func (o *numbersOnly) Set(values []float64, option tw.Option) error {
	to, has := o.values[option]
	if !has {
		return tw.ErrNotFound
	}
	if o.fail != nil {
		if err := o.fail(); err != nil {
			return err
		}
	}
	copy(to, values)
	return nil
}

func adam(beta2s ...float64) *numbersOnly {
	return &numbersOnly{class: "AdamW", values: map[tw.Option][]float64{
		tw.OptionLR: {0.5, 0.1}, tw.OptionBeta1: {0.9, 0.9}, tw.OptionBeta2: beta2s}}
}

// twoGroups is an optimizer as those of the traces: rates 0.5 and 0.1.
func twoGroups(t testing.TB, beta2s ...float64) *tw.Optimizer {
	t.Helper()
	if len(beta2s) == 0 {
		beta2s = []float64{0.999, 0.999}
	}
	return must(tw.NewCustomOptimizer(adam(beta2s...)))(t)
}
