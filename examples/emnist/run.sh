#!/bin/sh
# Trains the EMNIST network with one command: installs what is missing, builds the library and this example, trains,
# and draws the figures. Options are the program's own, see `sh run.sh --help`.
set -eu

here=$(cd "$(dirname "$0")" && pwd)

# Wrong options and --help end here, before anything is installed or built.
status=0
folder=$(awk -f "$here/options.awk" -- "$here" "$@") || status=$?
case $status in
  0) ;;
  3) sed -n 's/^"\(.*\)\\n"$/\1/p' "$here/help.inc" && exit ;;
  *) exit $status ;;
esac

. "$here/../build_and_install.sh"
build_example
run_program "$programs/emnist" "$@"

# A run that was ended early has results as well; one that failed may have found those of an earlier run.
case $status in
  0 | 130 | 143)
    say "drawing the figures in $folder"
    sh "$here/plot.sh" "$folder" || { [ $status != 0 ] || status=1; }
    ;;
esac
exit $status
