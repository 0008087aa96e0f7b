//go:build torch

package main

import "github.com/torch-warmup/torch_warmup/bindings/go/torch"

const features = 4 * 4 * 50

// newNetwork is pytorch_warmup's: two convolutions, two linear layers. The order of construction decides the weights.
func newNetwork(classes int) (*torch.Module, error) {
	var layers [4]*torch.Module
	for i, make := range []func() (*torch.Module, error){
		func() (*torch.Module, error) { return torch.NewConv2d(1, 20, [2]int64{5, 5}) },
		func() (*torch.Module, error) { return torch.NewConv2d(20, 50, [2]int64{5, 5}) },
		func() (*torch.Module, error) { return torch.NewLinear(features, 500) },
		func() (*torch.Module, error) { return torch.NewLinear(500, int64(classes)) },
	} {
		layer, err := make()
		if err != nil {
			return nil, err
		}
		layers[i] = layer
	}
	// Max-pool before ReLU: the same result and gradient as after it, on a quarter of the numbers.
	network, err := torch.NewModule(func(s *torch.Scope, inputs []*torch.Tensor) *torch.Tensor {
		x := s.ReLU(s.MaxPool2d(s.Forward(layers[0], inputs[0]), [2]int64{2, 2}))
		x = s.ReLU(s.MaxPool2d(s.Forward(layers[1], x), [2]int64{2, 2}))
		x = s.ReLU(s.Forward(layers[2], s.Reshape(x, []int64{-1, features})))
		return s.LogSoftmax(s.Forward(layers[3], x), 1)
	})
	if err != nil {
		return nil, err
	}
	for i, name := range []string{"conv1", "conv2", "fc1", "fc2"} {
		if err = network.RegisterModule(name, layers[i]); err != nil {
			return nil, err
		}
	}
	return network, nil
}
