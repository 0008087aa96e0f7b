#!/bin/sh
# Draws the warmup schedules as PNG and SVG:  plot.sh PROGRAM [FOLDER]
#   PROGRAM  the built warmup_schedules;  FOLDER  where to write (default: the present one)
set -eu
case ${1:-} in '' | -h | --help) sed -n '2,3s/^# //p' "$0"; [ $# -gt 0 ] && exit 0 || exit 2 ;; esac
program=$1 folder=${2:-.}
command -v gnuplot >/dev/null || { echo "plot.sh: gnuplot is missing" >&2; exit 1; }
mkdir -p "$folder"
data=$(mktemp)
trap 'rm -f "$data"' EXIT
"$program" 0.999 5000 >"$data"
for kind in png svg; do
  case $kind in
    png) terminal='pngcairo size 880,480 font "sans,12"' ;;
    svg) terminal='svg size 880,480 font "sans,14" background rgb "white"' ;;
  esac
  gnuplot <<EOF
set terminal $terminal
set output "$folder/warmup_schedule.$kind"
set datafile separator ","
set title "Warmup factor, {/Symbol b}_2 = 0.999"
set xlabel "step"
set ylabel "factor"
set yrange [0:1.05]
set grid lc rgb "#dddddd"
set key right bottom
set border 3
set tics nomirror
plot for [i=2:4] "$data" every ::1 using 1:i with lines lw 2.5 \
  lc rgb word("#0072b2 #d55e00 #009e73", i - 1) title word("linear exponential RAdam", i - 1)
EOF
done
