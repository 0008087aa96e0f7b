#!/bin/sh
# Trains the EMNIST network with one command: installs what is missing, builds the library and this example, trains,
# and draws the figures. Options are the program's own, see `sh run.sh --help`.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/../build_and_install.sh"
program=$programs/emnist

# The folder that the program writes to: what --output names, or where the checkpoint of --resume lies, else its default,
# named after the warmup.
output_folder() {
  output= resume= warmup=linear
  while [ $# -gt 0 ]; do
    case $1 in
      # getopt_long takes abbreviations too
      --o*=*) output=${1#*=} ;;
      --o*) output=${2:-} ;;
      --r*=*) resume=${1#*=} ;;
      --r*) resume=${2:-} ;;
      --wa*=*) warmup=${1#*=} ;;
      --wa*) warmup=${2:-} ;;
    esac
    shift
  done
  if [ -n "$resume" ]; then output=$(dirname -- "$resume"); fi
  echo "${output:-output_$warmup}"
}

for argument in "$@"; do
  case $argument in
    -h | --help) if [ -x "$program" ]; then exec "$program" --help; fi ;;
  esac
done

build_example

# Ctrl-C is for the program: it ends its step, writes its files and gives 130, which is passed on (143 for SIGTERM).
trap : INT
status=0
"$program" "$@" || status=$?
trap - INT

# A run that was ended early has results as well; one that failed may have found those of an earlier run.
folder=$(output_folder "$@")
case $status in
  0 | 130 | 143)
    say "drawing the figures in $folder"
    sh "$here/plot.sh" "$folder" || { [ $status != 0 ] || status=1; }
    ;;
esac
exit $status
