#!/bin/sh
# The tests with the oldest Go that go.mod allows, which the go command fetches by itself.
set -eu
cd "$(dirname "$0")/.."
GOTOOLCHAIN=go1.19.13 go version
GOTOOLCHAIN=go1.19.13 go vet .
GOTOOLCHAIN=go1.19.13 go test ./...
