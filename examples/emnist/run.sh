#!/bin/sh
# Trains the EMNIST network with one command: installs what is missing, builds the library and this example, trains,
# and draws the figures. Options are the program's own, see `sh run.sh --help`.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$root/build/release
program=$build/example/emnist
say() { echo "run.sh: $*" >&2; }

# Runs a step quietly, and shows what it printed only where it fails.
quietly() {
  mkdir -p "$root/build"
  log=$root/build/run.log
  "$@" >"$log" 2>&1 || { status=$?; cat "$log" >&2; say "failed: $*"; exit $status; }
}

# In the folder of the release preset, which the tests use too. Where they have not been there yet, their needs, such
# as Catch2, are not asked for.
build_library() {
  tests=
  if [ ! -f "$build/CMakeCache.txt" ]; then tests=-DTORCH_WARMUP_TESTS=OFF; fi
  quietly cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release $tests
  say "building the library in $build (minutes the first time)"
  cmake --build "$build" --target torch_warmup >&2
  quietly cmake --install "$build" --prefix "$build/prefix"
}

# Against the installed package, as a user's own program would be.
build_example() {
  say "building the example"
  quietly cmake -S "$here" -B "$build/example" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$build/prefix"
  quietly cmake --build "$build/example"
}

# The folder that the program writes to: what --output names, else its default, named after the warmup.
output_folder() {
  output= warmup=linear
  while [ $# -gt 0 ]; do
    case $1 in
      # getopt_long takes abbreviations too
      --o*=*) output=${1#*=} ;;
      --o*) output=${2:-} ;;
      --wa*=*) warmup=${1#*=} ;;
      --wa*) warmup=${2:-} ;;
    esac
    shift
  done
  echo "${output:-output_$warmup}"
}

for argument in "$@"; do
  case $argument in
    -h | --help) if [ -x "$program" ]; then exec "$program" --help; fi ;;
  esac
done

say "looking for what is missing"
sh "$root/cmake/install_dependencies.sh" build >&2
build_library
build_example

# Ctrl-C is for the program: it ends its step, writes its files and gives 130, which is passed on.
trap : INT
status=0
"$program" "$@" || status=$?
trap - INT

# A run that was ended early has results as well; one that failed may have found those of an earlier run.
folder=$(output_folder "$@")
case $status in
  0 | 130)
    say "drawing the figures in $folder"
    sh "$here/plot.sh" "$folder" || { [ $status != 0 ] || status=1; }
    ;;
esac
exit $status
