#!/bin/sh
# Runs the example's plot.sh on runs made here and checks that the figures are whole and hold what they should.
#
#   plot.sh EXAMPLE
set -eu
script=$1/plot.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }
refused() {
  words=$1
  shift
  if sh "$script" "$@" >"$work/out" 2>&1; then fail "plot.sh $* succeeded"; fi
  grep -q -- "$words" "$work/out" || { cat "$work/out" >&2; fail "plot.sh $* does not say '$words'"; }
}

# A wrong use is told apart from a run that cannot be drawn by its exit status.
misused() {
  refused "$@"
  shift
  sh "$script" "$@" >/dev/null 2>&1 && status=0 || status=$?
  [ $status = 2 ] || fail "plot.sh $* gives $status"
}

# A run of so many epochs of 40 records.
make_run() {
  mkdir -p "$1"
  awk -v epochs="$2" 'BEGIN {
    print "epoch,step,loss,lr"
    for (i = 1; i <= epochs * 40; ++i) printf "%d,%d,%g,%g\n", 1 + int((i - 1) / 40), i * 10, 4 / i + 0.1 * (i % 3), 0.01 / i
  }' >"$1/history.csv"
  awk -v epochs="$2" 'BEGIN {
    print "epoch,loss,accuracy"
    for (i = 1; i <= epochs; ++i) printf "%d,%g,%.2f\n", i, 1 / i, 80 + i
  }' >"$1/evaluation.csv"
}

# whole FIGURE: a PNG with its signature and its end, or SVG that parses.
whole() {
  case $1 in
    *.png)
      [ "$(head -c 8 "$1" | od -An -tx1 | tr -d ' ')" = 89504e470d0a1a0a ] || fail "$1 is no PNG"
      tail -c 8 "$1" | grep -q IEND || fail "$1 is cut off"
      [ "$(wc -c <"$1")" -gt 5000 ] || fail "$1 is blank"
      ;;
    *.svg) python3 -c 'import sys, xml.dom.minidom as m; assert m.parse(sys.argv[1]).documentElement.tagName == "svg"' "$1" ||
      fail "$1 is no SVG" ;;
  esac
}
all_whole() {
  for name in learning_rate training_history accuracy; do
    for format in png svg; do whole "$1/$name.$format"; done
  done
  [ -z "$(find "$1" -name '*.part')" ] || fail "temporary files are left in $1"
}

sh "$script" --help | grep -q 'usage: plot.sh' || fail "--help"

# One run with one epoch, beside itself; several into a folder of their own, by any name.
make_run "$work/output_linear" 1
sh "$script" "$work/output_linear" >"$work/out"
all_whole "$work/output_linear"
[ "$(wc -l <"$work/out")" = 6 ] || fail "it does not name its six figures"
make_run "$work/it's 100% & <odd>" 12
make_run "$work/output_radam" 3
sh "$script" --output "$work/figures/new" "$work/output_linear" "$work/it's 100% & <odd>/" "$work/output_radam" >"$work/out"
all_whole "$work/figures/new"
for name in learning_rate training_history accuracy; do
  for run in output_linear 'it.*s 100% &amp; &lt;odd' output_radam; do
    grep -q "$run" "$work/figures/new/$name.svg" || fail "$name's legend lacks $run"
  done
done
(cd "$work/output_radam" && sh "$script" . >"$work/out" && grep -q 'output_radam' accuracy.svg) || fail "a run named ."

# An axis has numbers, however short the run and however close its losses: three at least between the least and the most.
cat >"$work/numbers.py" <<'END'
import re, sys, xml.dom.minidom
path, low, high = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
texts = ["".join(re.findall(r">([^<>]+)<", node.toxml())).strip() for node in xml.dom.minidom.parse(path).getElementsByTagName("text")]
left = [text for text in texts if re.fullmatch(r"[0-9.]+(e-?[0-9]+)?", text) and low <= float(text) <= high]
assert len(left) >= 3, (path, texts)
END
losses() { # FOLDER LOSS...
  mkdir -p "$work/$1"
  awk 'BEGIN { print "epoch,step,loss,lr"; for (i = 2; i < ARGC; ++i) print "1," 1000 * (i - 1) "," ARGV[i] ",0.01" }' "$@" >"$work/$1/history.csv"
  printf 'epoch,loss,accuracy\n1,1,50\n' >"$work/$1/evaluation.csv"
  sh "$script" "$work/$1" >/dev/null
}
for case in '3.7 4 3.85' '3.8 3.86 3.82 3.85 3.83' '0.8 3.9 3.9 1.2 0.8' '0.35 4.5 3.9 2.1 0.39' '0.0001 4 4 0.0001' '0.03 0.036 0.031 0.035'; do
  # shellcheck disable=SC2086 # a folder's name and numbers
  set -- $case
  low=$1 high=$2
  shift 2
  losses "few_$low" "$@"
  python3 "$work/numbers.py" "$work/few_$low/training_history.svg" "$low" "$high" || fail "an axis without numbers"
done
# A single record is a point: the figure has what the same axes do not have without it.
[ "$(grep -c "xlink:href='#gpPt6'" "$work/few_3.7/training_history.svg")" -ge 2 ] || fail "a single record is not drawn"

# A loss that is not finite leaves a gap; a run stopped in its first epoch has no accuracy yet.
make_run "$work/stopped" 1
sed -i 's/^1,50,[^,]*/1,50,nan/; s/^1,60,[^,]*/1,60,inf/; s/^1,70,[^,]*/1,70,-nan/' "$work/stopped/history.csv"
echo epoch,loss,accuracy >"$work/stopped/evaluation.csv"
sh "$script" "$work/stopped" >"$work/out" 2>&1
grep -q 'no records for the accuracy yet' "$work/out" || fail "it does not say why there is no figure"
whole "$work/stopped/training_history.png"
whole "$work/stopped/learning_rate.svg"
[ ! -e "$work/stopped/accuracy.png" ] || fail "an empty figure"

refused "cannot read $work/none/history.csv" "$work/none"
mkdir "$work/other"
echo a,b >"$work/other/history.csv"
echo a,b >"$work/other/evaluation.csv"
refused 'does not begin with epoch,step,loss,lr' "$work/other"
misused 'usage: plot.sh'
misused 'no such option' --nonsense
misused 'needs a folder' "$work/output_linear" --output
mkdir "$work/bin"
for tool in sh awk basename cat cp dirname grep head mkdir mktemp mv rm sed; do ln -s "$(command -v $tool)" "$work/bin/$tool"; done
if PATH=$work/bin sh "$script" "$work/output_linear" >"$work/out" 2>&1; then fail "it works without gnuplot"; fi
grep -q 'gnuplot is needed' "$work/out" || fail "it does not say that gnuplot is missing"
echo "plot.sh: all as it should be"
