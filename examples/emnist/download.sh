#!/bin/sh
# Fetches EMNIST from NIST, checks it and unpacks what the example reads.
set -eu

url=${EMNIST_URL-https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip}
md5=${EMNIST_MD5-58c8d27c78d21e728a6bc7b3cc06412e}
splits="balanced byclass bymerge letters digits mnist"

usage() {
  cat <<END
usage: download.sh [--split NAME]... [DIR]

Fetches EMNIST's archive (535 MB), checks its MD5 sum and unpacks a split into DIR/gzip, where the example's --data DIR
finds it. The archive stays as DIR/gzip.zip, so that another split needs no second download. A download that breaks
off goes on where it stopped when the script is run again.

  DIR           where to (default: data, beside this script)
  --split NAME  what to unpack: balanced (the default), byclass, bymerge, letters, digits, mnist, or all
  --help        this text

The environment's EMNIST_URL and EMNIST_MD5 name another copy of the archive, such as a mirror's.
END
}

say() { echo "download.sh: $*"; }
die() {
  echo "download.sh: $*" >&2
  exit 1
}

refuse() {
  echo "download.sh: $* (try --help)" >&2
  exit 2
}

folder=
chosen=
choose() {
  case " $splits " in
    *" $1 "*) chosen="$chosen $1" ;;
    *) [ "$1" = all ] || refuse "no such split: '$1'; there are: $splits, and all"; chosen=$splits ;;
  esac
}
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage && exit ;;
    --split) [ $# -gt 1 ] || refuse "--split needs a name: $splits, or all"; choose "$2"; shift ;;
    --split=*) choose "${1#*=}" ;;
    -*) refuse "no such option: $1" ;;
    *) [ -z "$folder" ] || refuse "one folder is enough: $folder and $1"; folder=$1 ;;
  esac
  shift
done
folder=${folder:-$(cd "$(dirname "$0")" && pwd)/data}
chosen=${chosen:- balanced}
archive=$folder/gzip.zip

# ---- What is there already ----------------------------------------------------------------------------------------

# Prints what a split lacks in DIR/gzip.
missing() {
  for part in train-images-idx3 train-labels-idx1 test-images-idx3 test-labels-idx1; do
    [ -s "$folder/gzip/emnist-$1-$part-ubyte.gz" ] || echo "emnist-$1-$part-ubyte.gz"
  done
}
wanted=
for split in $chosen; do
  if [ -z "$(missing "$split")" ]; then
    say "$split is already in $folder/gzip"
  else
    wanted="$wanted $split"
  fi
done
[ -n "$wanted" ] || exit 0

for tool in curl unzip; do
  command -v "$tool" >/dev/null 2>&1 || die "$tool is needed but not installed (Debian, Ubuntu: apt install $tool)"
done
if command -v md5sum >/dev/null 2>&1; then
  sum_of() { md5sum <"$1" | cut -d ' ' -f 1; }
elif command -v md5 >/dev/null 2>&1; then
  sum_of() { md5 -q "$1"; }
else
  die "md5sum is needed but not installed (Debian, Ubuntu: apt install coreutils)"
fi
mkdir -p "$folder" || die "cannot make $folder"

# ---- The archive --------------------------------------------------------------------------------------------------

room() { df -h "$folder" 2>/dev/null | awk 'END { print $(NF - 2) " are free on its disk" }'; }

# What curl's exit statuses mean to a reader.
explain() {
  case $1 in
    6 | 7) echo "cannot reach the server: is there a network?" ;;
    22) echo "the server refused it: the address may have changed" ;;
    23) echo "cannot write to $folder: $(room)" ;;
    37) echo "there is no such file, or it can't be read" ;;
    *) echo "curl ended with status $1" ;;
  esac
}

fetch() {
  [ -f "$archive.part" ] && say "going on after the $(wc -c <"$archive.part") bytes that are there"
  status=0
  curl --fail --location --show-error --retry 5 --retry-delay 2 --connect-timeout 30 --continue-at - \
    --output "$archive.part" "$url" || status=$?
  [ $status -eq 0 ] || die "fetching $url failed: $(explain $status). What has come is kept as $archive.part; run this again to go on."
}

# An archive with another sum is put aside, for going on after it would never mend it.
check() {
  found=$(sum_of "$1")
  [ "$found" = "$md5" ] && return
  mv "$1" "$archive.bad"
  die "wrong MD5 sum of what $url gave: $found instead of $md5. It is kept as $archive.bad; run this again to fetch it anew."
}

if [ -f "$archive" ]; then
  say "checking $archive"
  check "$archive"
else
  # A complete file may be waiting for its check: asked for bytes after its end, a server would answer with an error.
  if [ ! -f "$archive.part" ] || [ "$(sum_of "$archive.part")" != "$md5" ]; then
    say "fetching $url"
    fetch
    say "checking it"
    check "$archive.part"
  fi
  mv "$archive.part" "$archive"
fi

# ---- Unpacking ----------------------------------------------------------------------------------------------------

# Into a folder of its own first, so that DIR/gzip never holds half a file.
fresh=$folder/gzip.part
trap 'rm -rf "$fresh"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir -p "$folder/gzip"
for split in $wanted; do
  rm -rf "$fresh"
  status=0
  unzip -q -o -j "$archive" "gzip/emnist-$split-*" -d "$fresh" || status=$?
  case $status in
    0) ;;
    11) die "$archive does not hold the split $split" ;;
    50) die "cannot unpack $archive into $folder: $(room)" ;;
    *) die "cannot unpack $archive: unzip ended with status $status" ;;
  esac
  mv "$fresh"/* "$folder/gzip/"
  lacking=$(missing "$split")
  [ -z "$lacking" ] || die "$archive lacks" $lacking
  say "$split is in $folder/gzip"
done
