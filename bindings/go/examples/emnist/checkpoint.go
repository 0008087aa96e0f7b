//go:build torch

package main

import (
	"fmt"
	"path/filepath"

	"github.com/torch-warmup/torch_warmup/bindings/go/torch"
)

const (
	checkpointName = "checkpoint.pt"
	layout         = "emnist run 1" // the C program's: each goes on from the other's
)

// save saves the run whole: afterwards the file is either the new one or what it was before. The rows come first, for a
// checkpoint must never mark more of a table than there is.
func (r *training) save() error {
	if err := r.files.sync(); err != nil {
		return err
	}
	to, err := torch.NewCheckpoint()
	if err != nil {
		return err
	}
	defer to.Close()
	for _, err := range []error{
		to.PutString("layout", layout),
		to.PutInt64("epoch", int64(r.epoch)),
		to.PutInt64("batches_done", int64(r.done)),
		to.PutInt64("warned_not_finite", number(r.warnedNotFinite)),
		to.PutInt64("train_checksum", r.checksums[0]),
		to.PutInt64("test_checksum", r.checksums[1]),
		to.PutString("torch_version", torch.Version()),
		to.PutString("device", string(r.device)),
		r.putOptions(to),
		to.PutModule("model", r.network),
		to.PutOptimizer("optimizer", r.optimizer),
		to.PutLRScheduler("lr_scheduler", r.schedule),
		to.PutWarmup("warmup", r.warm),
		to.PutRNGState("rng_state"),
	} {
		if err != nil {
			return err
		}
	}
	return to.Save(filepath.Join(r.folder(), checkpointName))
}

func number(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

func (r *training) putOptions(to *torch.Checkpoint) error {
	for _, each := range kept {
		if text := r.keptText(each.name); text != "" {
			if err := to.PutString("--"+each.name, text); err != nil {
				return err
			}
		}
	}
	for _, each := range r.files.tables() {
		if err := to.PutInt64(each.name+" bytes", each.bytes); err != nil {
			return err
		}
		if err := to.PutInt64(each.name+" checksum", int64(each.checksum)); err != nil {
			return err
		}
	}
	return nil
}

// takeOptions sets the options that the command line left to the checkpoint, and refuses those that would change the run.
func (s *settings) takeOptions(from *torch.Checkpoint) error {
	if found, err := from.Text("layout"); err != nil || found != layout {
		return fmt.Errorf("%s was not saved by a run of this program, or by one of another version", s.resume)
	}
	for _, each := range kept {
		text := ""
		if there, err := from.Has("--" + each.name); err != nil {
			return err
		} else if there {
			if text, err = from.Text("--" + each.name); err != nil {
				return err
			}
		}
		if !s.given[each.name] {
			if text != "" {
				if err := s.take(each.name, text); err != nil {
					return fmt.Errorf("%s has no valid --%s: %w", s.resume, each.name, err)
				}
			}
		} else if given := s.keptText(each.name); each.fixed && given != text {
			return fmt.Errorf("--%s is %s, but the run of %s has %s: leave it out, or start a new run", each.name, given, s.resume, text)
		}
	}
	return nil
}

// restore puts the run where the checkpoint was saved.
func (r *training) restore(from *torch.Checkpoint) error {
	var place [5]int64
	for i, key := range []string{"epoch", "batches_done", "warned_not_finite", "train_checksum", "test_checksum"} {
		value, err := from.Int64(key)
		if err != nil {
			return err
		}
		place[i] = value
	}
	if place[3] != r.checksums[0] || place[4] != r.checksums[1] {
		return fmt.Errorf("the images in %s are not those of the run of %s: give its own with --data", r.data, r.resume)
	}
	if place[0] < 1 || place[0] > int64(r.epochs)+1 || place[1] < 0 || place[1] > int64(r.train.perEpoch) {
		return fmt.Errorf("%s is at batch %d of epoch %d, which the run does not have", r.resume, place[1], place[0])
	}
	r.epoch, r.done, r.warnedNotFinite = int(place[0]), int(place[1]), place[2] != 0
	for _, err := range []error{
		from.RestoreModule(r.network, "model", true),
		from.RestoreOptimizer(r.optimizer, "optimizer"),
		from.RestoreLRScheduler(r.schedule, "lr_scheduler"),
		from.RestoreWarmup(r.warm, "warmup"),
		from.RestoreRNGState("rng_state"), // last: what comes before might draw numbers
	} {
		if err != nil {
			return fmt.Errorf("%s: %w", r.resume, err)
		}
	}
	for _, each := range r.files.tables() {
		bytes, err := from.Int64(each.name + " bytes")
		if err != nil {
			return err
		}
		checksum, err := from.Int64(each.name + " checksum")
		if err != nil {
			return err
		}
		if err = each.reopen(r.folder(), bytes, checksum); err != nil {
			return err
		}
	}
	return nil
}
