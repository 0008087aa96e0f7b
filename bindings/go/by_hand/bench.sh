#!/bin/sh
# What a call costs, beside the same in C. The processor's time, the least of ten short runs, which is what other programs on the machine disturb least.
set -eu
cd "$(dirname "$0")/.."
go test -run '^$' -bench . -benchtime 100ms -count 10 . | awk '
  /^Benchmark/ { name = $1; sub(/-[0-9]+$/, "", name); if (!(name in n)) order[++names] = name; for (i = 4; i <= NF; ++i) if ($i == "cpu-ns/op") times[name, ++n[name]] = $(i - 1) }
  END {
    for (i = 1; i <= names; ++i) {
      name = order[i]; count = n[name]
      for (a = 1; a <= count; ++a) for (b = a + 1; b <= count; ++b)
        if (times[name, b] + 0 < times[name, a] + 0) { t = times[name, a]; times[name, a] = times[name, b]; times[name, b] = t }
      printf "%-28s %8.1f ns\n", name, times[name, 1]
    }
  }'
