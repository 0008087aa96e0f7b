#!/bin/sh
# Checks what is installed beside the libraries: licence, documentation and examples; a manual page for each function,
# which shows it; and nothing that the formatter complains of.
#
#   documentation.sh PREFIX SYMBOLS_TXT
set -eu

man=$1/share/man symbols=$2
command -v groff >/dev/null || { echo "groff is missing"; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

failed=0
wrong() { echo "$*"; failed=1; }

for file in LICENSE README.md CHANGELOG.md docs/from-python.md docs/images/lr_schedules.png examples/emnist/main.c; do
  [ -s "$1/share/doc/torch_warmup/$file" ] || wrong "$file is not installed"
done

for page in "$man"/man7/*.7 "$man"/man3/torch_warmup_*.3; do
  # A declaration that is longer than a line is no fault.
  groff -man -Tutf8 -k -ww "$page" 2>&1 >"$work/$(basename "$page")" | grep -vE "cannot (adjust|break) line|can't break line" >"$work/said" || true
  [ ! -s "$work/said" ] || wrong "$page: $(head -n 3 "$work/said")"
done

while read -r function; do
  page=$(sed -n 's/^\.so //p' "$man/man3/$function.3" 2>/dev/null || true)
  if [ -z "$page" ] || [ ! -f "$man/$page" ]; then
    wrong "$function has no page"
  elif ! sed 's/\x1b\[[0-9;]*m//g' "$work/$(basename "$page")" | grep -qE "[ *]$function\("; then
    wrong "$function is not declared in $page"
  elif ! sed -n '3,8p' "$man/$page" | grep -q "\b$function\b"; then
    wrong "$function is not among the names of $page, which whatis knows"
  fi
done <"$symbols"
[ $failed = 0 ] && echo "$(wc -l <"$symbols") functions, each with its page"
exit $failed
