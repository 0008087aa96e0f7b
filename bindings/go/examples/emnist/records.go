//go:build torch

package main

import (
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
)

// table is a file of rows, and how much of it there is.
type table struct {
	name, header string
	file         *os.File
	bytes        int64
	checksum     uint32
}

// records are the tables of a run.
type records struct{ history, evaluation table }

func (r *records) tables() []*table { return []*table{&r.history, &r.evaluation} }

func newRecords() *records {
	return &records{table{name: "history.csv", header: "epoch,step,loss,lr\n"}, table{name: "evaluation.csv", header: "epoch,loss,accuracy\n"}}
}

// check refuses a folder with results in it.
func (r *records) check(folder string) error {
	for _, each := range r.tables() {
		path := filepath.Join(folder, each.name)
		if about, err := os.Stat(path); err == nil && about.Size() > int64(len(each.header)) {
			return fmt.Errorf("%s exists already: give another folder with --output, or remove this one", path)
		}
	}
	path := filepath.Join(folder, checkpointName)
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s exists already: go on from it with --resume, or give another folder with --output", path)
	}
	return nil
}

func (r *records) open(folder string) error {
	if err := os.Mkdir(folder, 0o777); err != nil && !os.IsExist(err) {
		return err
	}
	for _, each := range r.tables() {
		file, err := os.Create(filepath.Join(folder, each.name))
		if err != nil {
			return err
		}
		each.file = file
		if err = each.put(each.header); err != nil {
			return err
		}
	}
	return nil
}

// reopen goes on with tables of which a checkpoint says how far they went; what came after is made anew.
func (t *table) reopen(folder string, bytes, checksum int64) error {
	path := filepath.Join(folder, t.name)
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	t.file = file
	begun := make([]byte, bytes)
	if _, err = io.ReadFull(file, begun); err != nil {
		return fmt.Errorf("%s has less than the %d bytes that it had when the checkpoint was saved", path, bytes)
	}
	t.bytes, t.checksum = bytes, crc32.ChecksumIEEE(begun)
	if int64(t.checksum) != checksum {
		return fmt.Errorf("%s is not the table that the checkpoint was saved with: its first %d bytes differ", path, bytes)
	}
	return file.Truncate(bytes)
}

// put adds text, which is in the file, whole, when the call returns.
func (t *table) put(text string) error {
	if _, err := t.file.WriteString(text); err != nil {
		return err
	}
	t.bytes += int64(len(text))
	t.checksum = crc32.Update(t.checksum, crc32.IEEETable, []byte(text))
	return nil
}

func (r *records) addHistory(epoch int, step int64, loss, lr float64) error {
	return r.history.put(fmt.Sprintf("%d,%d,%s,%s\n", epoch, step, short(loss), short(lr)))
}

func (r *records) addEvaluation(epoch int, loss, accuracy float64) error {
	return r.evaluation.put(fmt.Sprintf("%d,%s,%.2f\n", epoch, short(loss), accuracy))
}

// short is a number of six digits, as C's %g.
func short(value float64) string {
	switch {
	case math.IsNaN(value):
		return "nan"
	case math.IsInf(value, 1):
		return "inf"
	case math.IsInf(value, -1):
		return "-inf"
	}
	return strconv.FormatFloat(value, 'g', 6, 64)
}

func (r *records) sync() error {
	for _, each := range r.tables() {
		if err := each.file.Sync(); err != nil {
			return err
		}
	}
	return nil
}
