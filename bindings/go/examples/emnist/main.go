//go:build torch

package main

import (
	"errors"
	"flag"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/torch"
)

func (r *training) chooseDevice() error {
	if err := torch.SetNumThreads(r.threads); err != nil {
		return err
	}
	r.device = "cpu"
	if cuda, err := torch.CUDAIsAvailable(); err != nil {
		return err
	} else if cuda && !r.noGPU {
		r.device = "cuda"
	}
	r.say("torch_warmup %s, LibTorch %s, %d threads", tw.Version(), torch.Version(), r.threads)
	r.say("Device: %s", r.device)
	return nil
}

func (r *training) loadData() error {
	train, err := loadPart(r.data, r.split, "train")
	if err != nil {
		return err
	}
	test, err := loadPart(r.data, r.split, "test")
	if err != nil {
		return err
	}
	r.checksums = [2]int64{train.checksum(), test.checksum()}
	if r.train, err = newBatches(train, r.batchSize, r.workers, true, r.seed); err != nil {
		return err
	}
	r.test, err = newBatches(test, r.testBatchSize, r.workers, false, 0)
	return err
}

// setUp is everything that can fail before the first step, the quick before the long.
func (r *training) setUp() error {
	var saved *torch.Checkpoint
	if r.resume != "" {
		var err error
		if saved, err = torch.LoadCheckpoint(r.resume); err != nil {
			return err
		}
		defer saved.Close()
		if err = r.takeOptions(saved); err != nil {
			return err
		}
	} else if err := r.files.check(r.folder()); err != nil {
		return err
	}
	for _, part := range []func() error{r.chooseDevice, r.loadData, r.create} {
		if err := part(); err != nil {
			return err
		}
	}
	if saved != nil {
		return r.restore(saved)
	}
	if err := r.files.open(r.folder()); err != nil {
		return err
	}
	return r.save() // so that a run can always go on
}

func (r *training) run() error {
	if err := r.setUp(); err != nil {
		return err
	}
	r.say("%d training and %d test images, %d classes; writing to %s\n", r.train.set.count(), r.test.set.count(), r.train.set.classes, r.folder())
	for r.epoch <= r.epochs {
		err := r.trainEpoch()
		if err == nil {
			err = r.evaluate()
		}
		if errors.Is(err, errInterrupted) {
			if failed := r.save(); failed != nil {
				return failed
			}
			warn("interrupted after %d of %d steps; to go on: --resume %s", r.stepsDone(), r.steps(), filepath.Join(r.folder(), checkpointName))
		}
		if err != nil {
			return err
		}
		if r.profile {
			r.sayProfile()
		}
	}
	return r.saveWeights()
}

func (r *training) saveWeights() error {
	if !r.saveModel {
		return nil
	}
	weights, err := torch.NewCheckpoint()
	if err != nil {
		return err
	}
	defer weights.Close()
	if err = weights.PutModule("", r.network); err != nil {
		return err
	}
	path := filepath.Join(r.folder(), "emnist_cnn.pt")
	r.say("Saving the weights to %s", path)
	return weights.Save(path)
}

func main() {
	runtime.LockOSThread() // LibTorch keeps threads of its own for each thread that computes
	options, err := parse(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(0)
	}
	if err != nil {
		os.Exit(2)
	}
	if err = torch.RestartWithPatientThreads(); err != nil {
		warn("%v", err)
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	run := &training{settings: options, files: newRecords(), signals: signals}
	err = run.run()
	if errors.Is(err, errInterrupted) {
		os.Exit(128 + int((<-signals).(syscall.Signal)))
	}
	if err != nil {
		warn("%v", err)
		os.Exit(1)
	}
}
