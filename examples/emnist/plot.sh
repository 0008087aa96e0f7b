#!/bin/sh
# Draws what training runs recorded: the learning rate, the loss and the accuracy, by gnuplot.
set -eu

usage() {
  cat <<'END'
usage: plot.sh [--output DIR] RUN...

Draws, as PNG and SVG, from the folders that training runs wrote (RUN/history.csv and RUN/evaluation.csv):

  learning_rate     the learning rate over the steps
  training_history  the loss over the steps: each record pale, their running mean strong
  accuracy          the accuracy on the test images after each epoch

Several runs go into the same figures, named by their folders.

  --output DIR  where the figures go (default: the run's folder, or with several runs the current one)
  --help        this text
END
}

die() {
  echo "plot.sh: $*" >&2
  exit 1
}

refuse() {
  echo "plot.sh: $* (try --help)" >&2
  exit 2
}

# ---- What was asked for -------------------------------------------------------------------------------------------

output=
run_count=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# A gnuplot string: nothing in a folder's name means anything.
quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/''/g")"; }

# Keeps only the rows that are numbers, as "x y": a loss that is not finite leaves a gap in the figure, not an error.
columns() {
  awk -F, -v x="$2" -v y="$3" '
    function number(text) { return text ~ /^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/ }
    NR > 1 && number($x) && number($y) { print $x, $y }' "$1"
}

# The mean over the records around each, 2 % of all and at least 5: what the eye would draw through a noisy line.
running_mean() {
  awk '{ x[NR] = $1; sum[NR] = sum[NR - 1] + $2 }
    END {
      reach = int(NR / 100); if (reach < 2) reach = 2
      for (i = 1; i <= NR; ++i) {
        from = i > reach ? i - reach : 1; to = i + reach < NR ? i + reach : NR
        print x[i], (sum[to] - sum[from - 1]) / (to - from + 1)
      }
    }' "$1"
}

add_run() {
  for name in history evaluation; do
    [ -r "$1/$name.csv" ] || die "cannot read $1/$name.csv: is $1 the folder of a training run?"
  done
  head -n 1 "$1/history.csv" | grep -qx 'epoch,step,loss,lr' || die "$1/history.csv does not begin with epoch,step,loss,lr"
  head -n 1 "$1/evaluation.csv" | grep -qx 'epoch,loss,accuracy' ||
    die "$1/evaluation.csv does not begin with epoch,loss,accuracy"
  run_count=$((run_count + 1))
  columns "$1/history.csv" 2 4 >"$work/lr.$run_count"
  columns "$1/history.csv" 2 3 | awk '$2 > 0' >"$work/loss.$run_count"
  running_mean "$work/loss.$run_count" >"$work/mean.$run_count"
  columns "$1/evaluation.csv" 1 3 >"$work/accuracy.$run_count"
  quoted "$(basename "$(cd "$1" && pwd)")" >"$work/title.$run_count"
  first_run=${first_run-$1}
}

while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage && exit ;;
    --output) [ $# -gt 1 ] || refuse "--output needs a folder"; output=$2; shift ;;
    --output=*) output=${1#*=} ;;
    -*) refuse "no such option: $1" ;;
    *) add_run "$1" ;;
  esac
  shift
done
[ $run_count -gt 0 ] || { usage >&2 && exit 2; }
command -v gnuplot >/dev/null 2>&1 || die "gnuplot is needed but not installed (Debian, Ubuntu: apt install gnuplot-nox)"
[ -n "$output" ] || { [ $run_count -eq 1 ] && output=$first_run; } || output=.
mkdir -p "$output"

# ---- The figures --------------------------------------------------------------------------------------------------

# Colours that colour-blind readers tell apart too (Okabe and Ito), and the look that all figures share.
cat >"$work/look.gp" <<'END'
set linetype 1 linecolor rgb '#0072B2' pointtype 7
set linetype 2 linecolor rgb '#D55E00' pointtype 5
set linetype 3 linecolor rgb '#009E73' pointtype 9
set linetype 4 linecolor rgb '#CC79A7' pointtype 13
set linetype 5 linecolor rgb '#E69F00' pointtype 11
set linetype 6 linecolor rgb '#56B4E9' pointtype 7
set linetype 7 linecolor rgb '#000000' pointtype 5
set linetype cycle 7
pale(i) = word("0xD00072B2 0xD0D55E00 0xD0009E73 0xD0CC79A7 0xD0E69F00 0xD056B4E9 0xD0000000", (i - 1) % 7 + 1)
set border 3 linecolor rgb '#606060'
set tics nomirror out scale 0.6 textcolor rgb '#303030'
set grid linetype 1 linecolor rgb '#E2E2E2' linewidth 1
set key noenhanced samplen 2 spacing 1.2 outside bottom center horizontal
set title noenhanced
END

# Figures whose runs recorded nothing yet would be empty axes: they are left out, and that is said.
has_records() { cat "$work/$1".* | grep -q . || { echo "plot.sh: no records for $2 yet: not drawn" >&2; false; }; }

# draw NAME SETTINGS PLOT: once for each format, put in place when whole.
draw() {
  for format in png svg; do
    case $format in
      png) terminal="pngcairo size 1200,675 fontscale 1.25 linewidth 1.5 background rgb 'white'" ;;
      svg) terminal="svg size 800,450 dynamic enhanced background rgb 'white'" ;;
    esac
    printf '%s\n' "set terminal $terminal" "set output '$work/figure'" "load '$work/look.gp'" "$2" "plot $3" \
      >"$work/figure.gp"
    gnuplot "$work/figure.gp" 2>"$work/gnuplot.log" || { cat "$work/gnuplot.log" >&2; die "gnuplot failed on $1.$format"; }
    [ -s "$work/figure" ] || die "gnuplot drew nothing for $1.$format"
    cp "$work/figure" "$output/.$1.$format.part" && mv "$output/.$1.$format.part" "$output/$1.$format"
    echo "$output/$1.$format"
  done
}

# One plot element for each run, of a kind of data, that has records. A line through one record is its point.
elements() {
  i=1 separator=
  while [ $i -le $run_count ]; do
    if [ -s "$work/$1.$i" ]; then
      style=$(printf '%s' "$2" | sed "s/@i/$i/g")
      case $(wc -l <"$work/$1.$i"),$style in
        1,'with lines '*) style=$(printf '%s' "$style" | sed 's/with lines/with points/; s/linewidth/pointsize/') ;;
      esac
      printf "%s'%s' using 1:2 %s" "$separator" "$work/$1.$i" "$style"
      [ "${3-}" = untitled ] && printf ' notitle' || printf ' title %s' "$(cat "$work/title.$i")"
      separator=', '
    fi
    i=$((i + 1))
  done
}

# The numbers on the axis of steps: whole ones, of few steps too.
step_tics=$(cat "$work"/lr.* | awk '$1 > last { last = $1 } END { if (last < 6) print "set xtics 1" }')

# The axis of the losses: logarithmic, with numbers at 1, 2 and 5, where there is more than a decade of them; of fewer it
# could be one without a number.
loss_axis() {
  cat "$work"/loss.* | awk 'NR == 1 { low = high = $2 } $2 < low { low = $2 } $2 > high { high = $2 }
    END {
      if (high < 10 * low) {
        room = (high - low) / 10; if (room == 0) room = high / 20
        printf "set yrange [%g:%g]", low - room, high + room; exit
      }
      low *= 0.85; high *= 1.15; wide = high / low > 1e4
      printf "set logscale y; set yrange [%g:%g]; set ytics (", low, high
      for (power = 10 ^ int(log(low) / log(10) - 2); power <= high; power *= 10)
        for (digit = 1; digit <= 5; digit += digit == 2 ? 3 : digit)
          if (digit * power >= low && digit * power <= high && !(wide && digit > 1))
            { printf "%s%g", separator, digit * power; separator = ", " }
      printf ")"
    }'
}

if has_records lr 'the learning rate'; then
  draw learning_rate "set title 'Learning rate'; set xlabel 'Step'; set ylabel 'Learning rate'
set format y '%g'; set yrange [0:*]; set xrange [0:*]; $step_tics; set offsets 0, 0, graph 0.05, 0" \
    "$(elements lr 'with lines linetype @i linewidth 2')"
fi
if has_records loss 'the loss'; then
  draw training_history "set title 'Training loss'; set xlabel 'Step'; set ylabel 'Loss'
set format y '%g'; set xrange [0:*]; $step_tics; $(loss_axis)" \
    "$(elements loss 'with lines linecolor rgb pale(@i) linewidth 1' untitled), $(elements mean 'with lines linetype @i linewidth 2')"
fi
if has_records accuracy 'the accuracy'; then
  last=$(cat "$work"/accuracy.* | awk '$1 > last { last = $1 } END { print last }')
  tics=$(awk -v last="$last" 'BEGIN { step = 1; while (last / step > 20) step *= (step ~ /^5/ ? 2 : 5); print step }')
  range=$(cat "$work"/accuracy.* | awk 'NR == 1 { low = high = $2 } $2 < low { low = $2 } $2 > high { high = $2 }
    END { room = 0.12 * (high - low); if (room < 0.5) room = 0.5
          high += room; if (high > 100 && high - room <= 100) high = 100; low -= room; if (low < 0) low = 0; print low ":" high }')
  draw accuracy "set title 'Accuracy on the test images'; set xlabel 'Epoch'; set ylabel 'Accuracy (%)'
set xrange [0.5:$last + 0.5]; set xtics 1, $tics; set yrange [$range]; set format y '%g'" \
    "$(elements accuracy 'with linespoints linetype @i linewidth 2 pointsize 1.2')"
fi
