#!/bin/sh
# Draws the figures with one command: installs what is missing, builds the library and the programs, runs them.
set -eu

usage() {
  cat <<'END'
usage: sh run.sh [--output DIR]

Installs what is missing, builds the library and this example, and draws, each as CSV, PNG and SVG:

  warmup_schedule  the factors of the untuned warmups over the steps, for three beta2
  warmup_period    their effective warmup periods over beta2: how many steps of training they hold back
  lr_schedules     the rates of every LR scheduler, without a warmup and with one

  --output DIR  where the figures go (default: figures)
  --help        this text
END
}

refuse() {
  echo "run.sh: $* (try --help)" >&2
  exit 2
}

output=figures
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage && exit ;;
    --output) [ $# -gt 1 ] || refuse "--output needs a folder"; output=$2; shift ;;
    --output=*) output=${1#*=} ;;
    *) refuse "no such option: $1" ;;
  esac
  shift
done
[ -n "$output" ] || refuse "--output needs a folder"

# Before the long work: whether the figures have a place.
mkdir -p "$output" && [ -w "$output" ] || { echo "run.sh: $output is no folder that can be written to" >&2 && exit 1; }

here=$(cd "$(dirname "$0")" && pwd)
. "$here/../build_and_install.sh"
build_example
say "drawing the figures in $output"
exec sh "$here/plot.sh" "$programs" "$output"
