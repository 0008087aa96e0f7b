#!/bin/sh
# plot.sh draws a PNG and an SVG, and warmup_schedules prints the factors of their formulas.
#
#   plots.sh EXAMPLE PROGRAM FOLDER
set -eu
rm -rf "$3"
sh "$1/plot.sh" "$2" "$3"
head -c 8 "$3/warmup_schedule.png" | od -An -tx1 | grep -q '89 50 4e 47 0d 0a 1a 0a'
grep -q '<svg' "$3/warmup_schedule.svg"

# Untuned linear warmup of beta2 0.9: a period of 20, so 0.05 at step 0, 0.5 at step 9 and 1 from step 19 on.
"$2" 0.9 30 >"$3/factors.csv"
[ "$(wc -l <"$3/factors.csv")" = 31 ]
for row in '0,0.050000' '9,0.500000' '19,1.000000' '29,1.000000'; do
  grep -q "^$row," "$3/factors.csv" || { echo "no row $row"; exit 1; }
done
if "$2" 0.5 10 >/dev/null 2>"$3/errors"; then echo "beta2 0.5 was taken"; exit 1; fi
grep -q 'beta2 of group 0 is 0.5; it must lie in (0.6, 1)' "$3/errors"
