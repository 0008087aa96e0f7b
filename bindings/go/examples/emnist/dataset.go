//go:build torch

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
)

const (
	side   = 28
	pixels = side * side
)

// dataset are images as EMNIST stores them (transposed), and the class of each.
type dataset struct {
	images, labels []byte
	classes        int
}

func (d *dataset) count() int { return len(d.labels) }

// checksum is what a run knows its data again by.
func (d *dataset) checksum() int64 {
	return int64(crc32.Update(crc32.ChecksumIEEE(d.images), crc32.IEEETable, d.labels))
}

// Where the files may lie in the folder that the user names.
var subfolders = []string{"", "EMNIST/raw", "raw", "gzip", "EMNIST/raw/gzip"}

// findFile is the path of one of a split's files; it may be gzipped.
func findFile(folder, split, part string) (string, error) {
	name := fmt.Sprintf("emnist-%s-%s-ubyte", split, part)
	for _, each := range subfolders {
		for _, ending := range []string{"", ".gz"} {
			path := filepath.Join(folder, each, name) + ending
			if _, err := os.Stat(path); err == nil {
				return path, nil
			}
		}
	}
	return "", fmt.Errorf("EMNIST's split %q is not in %s: there is no %s, nor one with .gz", split, folder, name)
}

// readIDX reads a file of items of so many bytes each, whose header begins with a magic number and a count.
func readIDX(path string, magic uint32, dimensions []uint32) ([]byte, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if filepath.Ext(path) == ".gz" {
		reader, err := gzip.NewReader(bytes.NewReader(file))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if file, err = io.ReadAll(reader); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	header := 8 + 4*len(dimensions)
	if len(file) < header {
		return nil, fmt.Errorf("%s: too short: it has %d bytes, and its header takes %d", path, len(file), header)
	}
	if found := binary.BigEndian.Uint32(file); found != magic {
		return nil, fmt.Errorf("%s: wrong magic number %d at offset 0, expected %d", path, found, magic)
	}
	item := 1
	for i, length := range dimensions {
		if found := binary.BigEndian.Uint32(file[8+4*i:]); found != length {
			return nil, fmt.Errorf("%s: images have a side of %d, at offset %d, expected %d", path, found, 8+4*i, length)
		}
		item *= int(length)
	}
	if count := int(binary.BigEndian.Uint32(file[4:])); count == 0 || len(file)-header != count*item {
		return nil, fmt.Errorf("%s: its count, at offset 4, is %d, but %d bytes follow the header", path, count, len(file)-header)
	}
	return file[header:], nil
}

func loadPart(folder, split, part string) (*dataset, error) {
	images, err := findFile(folder, split, part+"-images-idx3")
	if err != nil {
		return nil, err
	}
	labels, err := findFile(folder, split, part+"-labels-idx1")
	if err != nil {
		return nil, err
	}
	out := &dataset{classes: splits[split].classes}
	if out.images, err = readIDX(images, 2051, []uint32{side, side}); err != nil {
		return nil, err
	}
	if out.labels, err = readIDX(labels, 2049, nil); err != nil {
		return nil, err
	}
	if len(out.images) != len(out.labels)*pixels {
		return nil, fmt.Errorf("%s has %d images, but %s has %d labels", images, len(out.images)/pixels, labels, len(out.labels))
	}
	for i := range out.labels {
		class := int(out.labels[i]) - splits[split].first
		if class < 0 || class >= out.classes {
			return nil, fmt.Errorf("%s: label %d at offset %d is out of range", labels, out.labels[i], 8+i)
		}
		out.labels[i] = byte(class)
	}
	return out, nil
}
