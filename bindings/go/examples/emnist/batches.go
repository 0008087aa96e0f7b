//go:build torch

package main

import (
	"fmt"
	"sync"
)

// counter makes the C program's random numbers: SplitMix64's, of a stream that is named by three integers.
type counter uint64

const golden = 0x9e3779b97f4a7c15

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func newCounter(seed, purpose, index uint64) *counter {
	key := counter(mix(mix(mix(seed+golden)+purpose+golden) + index + golden))
	return &key
}

// below is a whole number in [0, bound), every one equally likely.
func (c *counter) below(bound uint32) uint32 {
	skip := -bound % bound
	for {
		*c += golden
		if product := mix(uint64(*c)) >> 32 * uint64(bound); uint32(product) >= skip {
			return uint32(product >> 32)
		}
	}
}

// batch is a part of an epoch, normalised.
type batch struct {
	images []float32
	labels []int64
}

// batches cut a data set into batches, in an order of each epoch's own.
type batches struct {
	set                     *dataset
	size, perEpoch, workers int
	shuffled                bool
	seed                    uint64
	table                   [256]float32
	order                   []uint32
}

func newBatches(set *dataset, size, workers int, training bool, seed uint64) (*batches, error) {
	out := &batches{set: set, size: size, workers: workers, shuffled: training, seed: seed, order: make([]uint32, set.count())}
	out.perEpoch = (set.count() + size - 1) / size
	if training {
		out.perEpoch = set.count() / size // the last, incomplete one is dropped
	}
	if out.perEpoch == 0 {
		return nil, fmt.Errorf("batch size %d is larger than the data set of %d images, and the last batch is dropped", size, set.count())
	}
	for i := range out.table {
		out.table[i] = (float32(i)/255 - 0.1751) / 0.3332
	}
	return out, nil
}

func (b *batches) enterEpoch(epoch int) {
	for i := range b.order {
		b.order[i] = uint32(i)
	}
	if b.shuffled {
		numbers := newCounter(b.seed, 1, uint64(epoch))
		for left := uint32(len(b.order)); left > 1; left-- {
			chosen := numbers.below(left)
			b.order[left-1], b.order[chosen] = b.order[chosen], b.order[left-1]
		}
	}
}

func (b *batches) make(number int) batch {
	end := (number + 1) * b.size
	if end > len(b.order) {
		end = len(b.order)
	}
	chosen := b.order[number*b.size : end]
	out := batch{make([]float32, len(chosen)*pixels), make([]int64, len(chosen))}
	for i, index := range chosen {
		values := out.images[i*pixels : (i+1)*pixels]
		for p, pixel := range b.set.images[int(index)*pixels : (int(index)+1)*pixels] {
			values[p] = b.table[pixel]
		}
		out.labels[i] = int64(b.set.labels[index])
	}
	return out
}

// each gives the batches from number first on to use, in order, until it says no. Workers make them ahead.
func (b *batches) each(first int, use func(number int, of batch) bool) {
	if b.workers == 0 {
		for number := first; number < b.perEpoch && use(number, b.make(number)); number++ {
		}
		return
	}
	ready := make([]chan batch, b.workers)
	done := make(chan struct{})
	var wait sync.WaitGroup
	for w := range ready {
		ready[w] = make(chan batch, 1)
		wait.Add(1)
		go func(w int) {
			defer wait.Done()
			for number := first + w; number < b.perEpoch; number += b.workers {
				select {
				case ready[w] <- b.make(number):
				case <-done:
					return
				}
			}
		}(w)
	}
	for number := first; number < b.perEpoch && use(number, <-ready[(number-first)%b.workers]); number++ {
	}
	close(done)
	wait.Wait()
}
