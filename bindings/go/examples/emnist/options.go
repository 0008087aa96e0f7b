//go:build torch

package main

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// settings are the options: those of the C program, by the same names.
type settings struct {
	batchSize, testBatchSize, epochs int
	lr, lrMin, weightDecay, beta2    float64
	warmup                           string
	seed                             uint64
	data, split                      string
	workers                          int
	output                           string
	saveModel, profile, quiet        bool
	logInterval, checkpointEvery     int
	resume                           string
	noGPU                            bool
	threads                          int
	given                            map[string]bool
}

// splits are the ways in which EMNIST is cut up: the number of classes, and what the first is called in the files.
var splits = map[string]struct{ classes, first int }{"balanced": {47, 0}, "byclass": {62, 0}, "bymerge": {47, 0},
	"letters": {26, 1}, "digits": {10, 0}, "mnist": {10, 0}}

// ranged is a flag's value with what it may be.
type ranged struct {
	set      func(text string) bool
	text     func() string
	expected string
}

func (r ranged) String() string {
	if r.text == nil {
		return ""
	}
	return r.text()
}

func (r ranged) Set(text string) error {
	if !r.set(text) {
		return fmt.Errorf("it must be %s", r.expected)
	}
	return nil
}

func count(to *int, least, most int) ranged {
	return ranged{func(text string) bool {
		value, err := strconv.Atoi(text)
		*to = value
		return err == nil && value >= least && value <= most
	}, func() string { return strconv.Itoa(*to) }, fmt.Sprintf("a whole number from %d to %d", least, most)}
}

func real(to *float64, limit float64) ranged {
	expected := "a number that is not negative"
	if !math.IsInf(limit, 1) {
		expected = "a number in [0, 1)"
	}
	return ranged{func(text string) bool {
		value, err := strconv.ParseFloat(text, 64)
		*to = value
		return err == nil && value >= 0 && value < limit
	}, func() string { return strconv.FormatFloat(*to, 'g', -1, 64) }, expected}
}

func word(to *string, words ...string) ranged {
	return ranged{func(text string) bool {
		*to = text
		for _, each := range words {
			if each == text {
				return true
			}
		}
		return false
	}, func() string { return *to }, strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]}
}

func defaults() *settings {
	return &settings{batchSize: 64, testBatchSize: 1000, epochs: 10, lr: 0.01, lrMin: 1e-5, weightDecay: 0.01, beta2: 0.999,
		warmup: "linear", seed: 1, split: "balanced", logInterval: 10, threads: runtime.NumCPU()}
}

// flags are the options as the command line has them.
func (s *settings) flags() *flag.FlagSet {
	set := flag.NewFlagSet("emnist", flag.ContinueOnError)
	set.Var(count(&s.batchSize, 1, math.MaxInt32), "batch-size", "images in a training batch")
	set.Var(count(&s.testBatchSize, 1, math.MaxInt32), "test-batch-size", "images in a test batch")
	set.Var(count(&s.epochs, 1, math.MaxInt32), "epochs", "passes over the training images")
	set.Var(real(&s.lr, math.Inf(1)), "lr", "base learning rate")
	set.Var(real(&s.lrMin, math.Inf(1)), "lr-min", "the rate at which the cosine ends")
	set.Var(real(&s.weightDecay, math.Inf(1)), "wd", "weight decay")
	set.Var(real(&s.beta2, 1), "beta2", "AdamW's beta2")
	set.Var(word(&s.warmup, "linear", "exponential", "radam", "none"), "warmup", "linear, exponential, radam or none; all but none are untuned: their period comes from beta2")
	set.Uint64Var(&s.seed, "seed", s.seed, "seed of the weights and of the order of the images")
	set.StringVar(&s.data, "data", s.data, "a folder with EMNIST's IDX files, raw or gzipped; make_glyphs of the C example writes generated ones")
	set.Var(word(&s.split, "balanced", "byclass", "bymerge", "letters", "digits", "mnist"), "split", "which of EMNIST's splits to take from the folder")
	set.Var(count(&s.workers, 0, 64), "workers", "goroutines that prepare batches ahead")
	set.StringVar(&s.output, "output", s.output, "the folder to write to (default output_KIND); results in it are never overwritten")
	set.BoolVar(&s.saveModel, "save-model", s.saveModel, "write the trained weights to emnist_cnn.pt, for torch.load in Python")
	set.Var(count(&s.logInterval, 1, math.MaxInt32), "log-interval", "steps between two rows of the history")
	set.BoolVar(&s.profile, "profile", s.profile, "say after each epoch where the time went")
	set.BoolVar(&s.quiet, "quiet", s.quiet, "print warnings and errors only")
	set.Var(count(&s.checkpointEvery, 0, math.MaxInt32), "checkpoint-every", "save checkpoint.pt every so many steps too (default 0: after each epoch, and where a signal ends the run)")
	set.StringVar(&s.resume, "resume", s.resume, "go on from this checkpoint as if the run had never ended; options come from it too")
	set.BoolVar(&s.noGPU, "no-gpu", s.noGPU, "train on the CPU even where there is a CUDA device")
	set.Var(count(&s.threads, 1, 32768), "threads", "threads an operator may use on the CPU")
	return set
}

// parse reads the command line; flag has printed what is wrong with it.
func parse(arguments []string) (*settings, error) {
	s := defaults()
	set := s.flags()
	if err := set.Parse(arguments); err != nil {
		return nil, err
	}
	s.given = map[string]bool{}
	set.Visit(func(each *flag.Flag) { s.given[each.Name] = true })
	if set.NArg() > 0 {
		return nil, complain("'%s' is no option", set.Arg(0))
	}
	if s.data == "" && s.resume == "" {
		return nil, complain("--data is not given: a folder with EMNIST's files; make_glyphs DIR of the C example writes generated ones")
	}
	return s, nil
}

func complain(format string, values ...interface{}) error {
	err := fmt.Errorf(format, values...)
	fmt.Fprintf(os.Stderr, "emnist: %v\n", err)
	return err
}

// kept are the options that a checkpoint has; those that are fixed decide what the run computes.
var kept = []struct {
	name  string
	fixed bool
}{{"batch-size", true}, {"test-batch-size", true}, {"epochs", true}, {"lr", true}, {"lr-min", true}, {"wd", true},
	{"beta2", true}, {"warmup", true}, {"seed", true}, {"log-interval", true}, {"split", true}, {"data", false},
	{"workers", false}, {"threads", false}, {"checkpoint-every", false}, {"save-model", false}, {"no-gpu", false}}

// keptText is an option as a checkpoint has it; "" where it has none.
func (s *settings) keptText(name string) string {
	switch name {
	case "save-model":
		return yes(s.saveModel)
	case "no-gpu":
		return yes(s.noGPU)
	case "data":
		if full, err := filepath.Abs(s.data); err == nil {
			return full
		}
	}
	return s.flags().Lookup(name).Value.String()
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

// take sets an option that a checkpoint has and the command line has not.
func (s *settings) take(name, text string) error {
	if text == "yes" {
		text = "true"
	}
	return s.flags().Set(name, text)
}

func (s *settings) folder() string {
	if s.resume != "" {
		return filepath.Dir(s.resume)
	}
	if s.output != "" {
		return s.output
	}
	return "output_" + s.warmup
}
