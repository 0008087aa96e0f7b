//go:build torch

package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"time"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
	"github.com/torch-warmup/torch_warmup/bindings/go/torch"
)

var errInterrupted = errors.New("interrupted")

// training is a run: what it is made of, and where it is.
type training struct {
	*settings
	device          torch.Device
	train, test     *batches
	checksums       [2]int64
	network         *torch.Module
	optimizer       *torch.Optimizer
	schedule        *tw.LRScheduler
	warm            *tw.Warmup
	files           *records
	epoch, done     int // the epoch from 1, and how many of its batches have been learned
	loss            float64
	warnedNotFinite bool
	spent           [5]time.Duration // of the epoch: loading, network, schedule, logging, saving
	signals         <-chan os.Signal
}

func (r *training) say(format string, values ...interface{}) {
	if !r.quiet {
		fmt.Printf(format+"\n", values...)
	}
}

func warn(format string, values ...interface{}) {
	fmt.Fprintf(os.Stderr, "emnist: "+format+"\n", values...)
}

func (r *training) interrupted() bool { return len(r.signals) > 0 }

func (r *training) steps() int     { return r.train.perEpoch * r.epochs }
func (r *training) stepsDone() int { return r.train.perEpoch*(r.epoch-1) + r.done }

func (r *training) create() (err error) {
	if err = torch.ManualSeed(r.seed); err != nil {
		return err
	}
	if r.network, err = newNetwork(r.train.set.classes); err != nil {
		return err
	}
	if err = r.network.MoveTo(r.device); err != nil {
		return err
	}
	parameters, err := r.network.Parameters()
	if err != nil {
		return err
	}
	if r.optimizer, err = torch.NewAdamW(parameters, func(o *torch.AdamWOptions) {
		o.LR, o.Betas[1], o.WeightDecay = r.lr, r.beta2, r.weightDecay
	}); err != nil {
		return err
	}
	r.epoch = 1
	if r.schedule, err = tw.NewCosineAnnealingLR(r.optimizer, float64(r.steps()), func(o *tw.CosineAnnealingLROptions) { o.EtaMin = r.lrMin }); err != nil {
		return err
	}
	r.warm, err = r.makeWarmup() // after the scheduler, for it records the rates and dampens them
	return err
}

func (r *training) makeWarmup() (*tw.Warmup, error) {
	switch r.warmup {
	case "linear":
		return tw.NewUntunedLinearWarmup(r.optimizer)
	case "exponential":
		return tw.NewUntunedExponentialWarmup(r.optimizer)
	case "radam":
		return tw.NewRAdamWarmup(r.optimizer)
	}
	return tw.NewLinearWarmup(r.optimizer, 1) // of one step: the factor is 1 from the start
}

// tensors are a batch's. With a single channel the order channels-last is the same memory; said through the strides, it
// makes the convolutions and poolings of the CPU about twice as fast.
func (r *training) tensors(s *torch.Scope, from batch) (images, labels *torch.Tensor) {
	count := int64(len(from.labels))
	plain := s.Own(torch.FromSlice(from.images))
	images = s.Call("as_strided", plain, []int64{count, 1, side, side}, []int64{pixels, 1, side, 1})
	labels = s.Own(torch.FromSlice(from.labels))
	if s.Err() != nil || r.device == "cpu" {
		return images, labels
	}
	return s.Own(images.ToDevice(r.device)), s.Own(labels.ToDevice(r.device))
}

// clock gives the time since it was last asked to a part of the profile.
func (r *training) clock(mark *time.Time, part int) {
	now := time.Now()
	r.spent[part] += now.Sub(*mark)
	*mark = now
}

// step learns a batch, and does what is due after it.
func (r *training) step(from batch, mark *time.Time) error {
	scope := torch.NewScope()
	defer scope.Close()
	lr, err := r.optimizer.LR(0)
	scope.Do(err)
	images, labels := r.tensors(scope, from)
	r.clock(mark, 0)
	scope.Do(r.optimizer.ZeroGrad())
	loss := scope.NLLLoss(scope.Forward(r.network, images), labels)
	scope.Backward(loss)
	if scope.Err() != nil {
		return scope.Err()
	}
	scope.Do(r.optimizer.Step())
	r.clock(mark, 1)
	scope.Do(r.warm.Step(r.schedule))
	r.clock(mark, 2)
	if scope.Err() != nil {
		return scope.Err()
	}
	r.done++
	if r.done%r.logInterval == 0 {
		if err = r.log(scope.Item(loss), lr); err != nil {
			return err
		}
	}
	r.clock(mark, 3)
	if r.checkpointEvery > 0 && r.stepsDone()%r.checkpointEvery == 0 {
		err = r.save()
		r.clock(mark, 4)
	}
	return err
}

func (r *training) log(loss, lr float64) error {
	r.loss = loss
	if (math.IsNaN(loss) || math.IsInf(loss, 0)) && !r.warnedNotFinite {
		r.warnedNotFinite = true
		warn("the loss is %s at step %d of epoch %d: training has diverged; try a smaller --lr", short(loss), r.done, r.epoch)
	}
	r.say("Train Epoch: %d [%d/%d (%.0f%%)]\tLoss: %.6f LR: %.6f", r.epoch, r.done*r.batchSize, r.train.perEpoch*r.batchSize,
		100*float64(r.done)/float64(r.train.perEpoch), loss, lr)
	next, err := r.warm.LastStep()
	if err != nil {
		return err
	}
	return r.files.addHistory(r.epoch, next, loss, lr)
}

func (r *training) trainEpoch() error {
	r.spent = [5]time.Duration{}
	started := time.Now()
	mark := started
	if err := r.network.Train(true); err != nil {
		return err
	}
	r.train.enterEpoch(r.epoch)
	var failed error
	r.train.each(r.done, func(_ int, from batch) bool {
		if failed = r.step(from, &mark); failed == nil && r.interrupted() {
			failed = errInterrupted
		}
		return failed == nil
	})
	r.say("Train Elapsed Time: %.3f sec", time.Since(started).Seconds())
	return failed
}

// testOn gives a batch's summed loss and its number of right answers.
func (r *training) testOn(from batch) (loss float64, correct int64, err error) {
	scope := torch.NewScope()
	defer scope.Close()
	images, labels := r.tensors(scope, from)
	output := scope.Forward(r.network, images)
	loss = scope.Item(scope.NLLLoss(output, labels, func(o *torch.NLLLossOptions) { o.Reduction = torch.ReductionSum }))
	right := scope.Sum(scope.Eq(scope.ArgMax(output, 1, false), labels))
	if scope.Err() != nil {
		return 0, 0, scope.Err()
	}
	correct, err = right.ItemInt64()
	return loss, correct, err
}

func (r *training) evaluate() error {
	started := time.Now()
	if err := r.network.Train(false); err != nil {
		return err
	}
	var sum float64
	var correct int64
	if err := torch.NoGrad(func() (failed error) {
		r.test.enterEpoch(0)
		r.test.each(0, func(_ int, from batch) bool {
			loss, right, err := r.testOn(from)
			sum, correct, failed = sum+loss, correct+right, err
			if err == nil && r.interrupted() {
				failed = errInterrupted
			}
			return failed == nil
		})
		return failed
	}); err != nil {
		return err
	}
	images := r.test.set.count()
	loss, accuracy := sum/float64(images), 100*float64(correct)/float64(images)
	r.say("Test set: Average loss: %.4f, Accuracy: %d/%d (%.2f%%)", loss, correct, images, accuracy)
	r.say("Test Elapsed Time: %.3f sec\n", time.Since(started).Seconds())
	if err := r.files.addEvaluation(r.epoch, loss, accuracy); err != nil {
		return err
	}
	mark := time.Now()
	r.epoch, r.done = r.epoch+1, 0
	err := r.save()
	r.clock(&mark, 4)
	return err
}

func (r *training) sayProfile() {
	var all float64
	var seconds [5]float64
	for i, each := range r.spent {
		seconds[i] = each.Seconds()
		all += seconds[i]
	}
	r.say("Profile: network %.3f s; outside it %.2f %%: loading %.3f s, warmup and scheduler %.3f s, logging %.3f s, saving checkpoints %.3f s\n",
		seconds[1], 100*(all-seconds[1])/all, seconds[0], seconds[2], seconds[3], seconds[4])
}
