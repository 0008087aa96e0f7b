# What the examples' run.sh have in common; they source it after setting `here` to the example's folder.
#
# build_example installs what is missing, builds the library, and builds the example against the installed package, as a
# user's own program would be. Its programs are then in the folder $programs.
# shellcheck shell=sh disable=SC2154 # here

root=$(cd "$here/../.." && pwd)
build=$root/build/release
programs=$build/examples/$(basename "$here")

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
  cmake --build "$build" --target installed >&2
  quietly cmake --install "$build" --prefix "$build/prefix"
}

build_example() {
  say "looking for what is missing"
  sh "$root/cmake/install_dependencies.sh" build >&2
  build_library
  say "building the example"
  quietly cmake -S "$here" -B "$programs" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$build/prefix"
  quietly cmake --build "$programs"
}

# Runs a program that ends properly when it is told to, and sets status to its exit status. SIGTERM and SIGINT that reach
# this script alone, as from `kill` or a job manager, are handed on. What reaches both, as Ctrl-C does, must not come to the
# program twice, for a second one ends it at once: so what is handed on is SIGUSR1, which it takes for SIGTERM.
run_program() {
  child= told= signals=0
  trap 'told=130; hand_on' INT
  trap 'told=143; hand_on' TERM
  "$@" &
  child=$!
  if [ -n "$told" ]; then hand_on; fi
  wait_for_child
  trap - INT TERM
  case $status in 138 | 143) status=${told:-$status} ;; esac
}

hand_on() {
  signals=$((signals + 1))
  if [ -n "$child" ]; then kill -USR1 "$child" 2>/dev/null || true; fi
}

# A signal ends a wait early; then it is waited again, for a child that may be gone by then (127).
wait_for_child() {
  while :; do
    heard=$signals ended=0
    wait "$child" || ended=$?
    if [ "$ended" != 127 ]; then status=$ended; fi
    if [ "$signals" = "$heard" ]; then break; fi
  done
}
