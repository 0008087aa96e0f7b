#!/bin/sh
# Draws the figures: runs the three programs, keeps what they print as CSV, and has gnuplot draw it as PNG and SVG.
set -eu

usage() {
  cat <<'END'
usage: plot.sh PROGRAMS [FOLDER]

  PROGRAMS  the folder of the built programs: warmup_schedules, warmup_period, lr_schedules
  FOLDER    where to write (default: the current one), each as .csv, .png and .svg:

  warmup_schedule  the factors of the untuned warmups over the steps, for three beta2
  warmup_period    their effective warmup periods over beta2
  lr_schedules     the rates of every LR scheduler, without a warmup and with one
END
}

die() {
  echo "plot.sh: $*" >&2
  exit 1
}

case ${1:-} in
  -h | --help) usage && exit ;;
  '' | -*) usage >&2 && exit 2 ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
programs=$1 folder=${2:-.}
command -v gnuplot >/dev/null 2>&1 || die "gnuplot is needed but not installed (Debian, Ubuntu: apt install gnuplot-nox)"
mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Puts a file in its place when it is whole, and says so.
place() {
  cp "$1" "$folder/.$2.part" && mv "$folder/.$2.part" "$folder/$2"
  echo "$folder/$2"
}

# draw NAME PROGRAM WIDTH HEIGHT: the look and the figure are NAME.gp and look.gp beside this script.
draw() {
  "$programs/$2" >"$work/$1.csv" || die "$programs/$2 failed"
  place "$work/$1.csv" "$1.csv"
  for format in png svg; do
    case $format in
      png) terminal="pngcairo size $3,$4 font 'sans,13' linewidth 1.5 background rgb 'white'" ;;
      svg) terminal="svg size $3,$4 dynamic font 'sans,17' linewidth 1.5 background rgb 'white'" ;;
    esac
    # gnuplot reads the CSV and writes the figure in the folder that it runs in, so no name needs quoting.
    printf '%s\n' "set terminal $terminal" "set output 'figure'" "data = '$1.csv'" | cat - "$here/look.gp" "$here/$1.gp" \
      >"$work/$1.gp"
    (cd "$work" && gnuplot "$1.gp") 2>"$work/gnuplot.log" || { cat "$work/gnuplot.log" >&2; die "gnuplot failed on $1.$format"; }
    [ -s "$work/figure" ] || die "gnuplot drew nothing for $1.$format"
    place "$work/figure" "$1.$format"
  done
}

draw warmup_schedule warmup_schedules 1200 480
draw warmup_period warmup_period 1200 480
draw lr_schedules lr_schedules 1080 1320
