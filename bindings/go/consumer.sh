#!/bin/sh
# A program elsewhere gets the module by `go get`, as a user does, builds with it, and vendors it. The repository that it is
# fetched from is one made here, which git is told to take for the real one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
module=github.com/torch-warmup/torch_warmup/bindings/go

mkdir -p "$work/upstream/bindings" "$work/user"
cp -r "$here" "$work/upstream/bindings/go"
(
  cd "$work/upstream"
  git init -q .
  git add -A
  git -c user.name=test -c user.email=test@localhost commit -qm "A release"
  git tag bindings/go/v0.2.0
)
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="url.file://$work/upstream.insteadOf" \
  GIT_CONFIG_VALUE_0=https://github.com/torch-warmup/torch_warmup
export GOPRIVATE=github.com/torch-warmup GOFLAGS=-mod=mod GOMODCACHE="$work/modules"

cd "$work/user"
cat >main.go <<'END'
package main

import (
	"fmt"
	"log"

	tw "github.com/torch-warmup/torch_warmup/bindings/go"
)

func main() {
	optimizer, err := tw.NewRates([]float64{0.1}, nil)
	if err != nil {
		log.Fatal(err)
	}
	warmup, err := tw.NewLinearWarmup(optimizer, 4)
	if err != nil {
		log.Fatal(err)
	}
	if err = warmup.Step(); err != nil {
		log.Fatal(err)
	}
	lr, err := optimizer.LR(0)
	fmt.Println(tw.Version(), lr, err)
}
END
go mod init example.org/user >/dev/null 2>&1
go get "$module@v0.2.0" 2>&1 | grep -v 'go: added\|go: downloading' || true
expected="0.2.0 0.05 <nil>"
[ "$(go run .)" = "$expected" ] || { echo "the program that got the module does not print: $expected"; exit 1; }

# Vendored, without the module's cache and without the network.
go mod vendor
[ -e "vendor/$module/internal/raw/torch_warmup_core.c" ] || { echo "go mod vendor has left the core behind"; exit 1; }
[ "$(GOFLAGS=-mod=vendor GOPROXY=off GOMODCACHE="$work/none" go run .)" = "$expected" ] || { echo "the vendored program fails"; exit 1; }

# With the tag, and nothing that pkg-config finds, the build says what is missing.
if PKG_CONFIG_LIBDIR="$work/none" PKG_CONFIG_PATH= go build -tags torch . >"$work/said" 2>&1; then
  echo "a build with the tag torch needs no installed library?"
  exit 1
fi
grep -q "torch_warmup was not found\|No package 'torch_warmup' found" "$work/said" || { cat "$work/said"; exit 1; }
