#!/bin/sh
# Runs the example's download.sh on an archive made here, by curl's file:// in place of the network.
#
#   download.sh EXAMPLE
set -eu
script=$1/download.sh
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }
for tool in curl zip unzip md5sum; do
  command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 1; }
done

# An archive of the shape of NIST's: two splits and a mapping.
mkdir -p "$work/source/gzip"
for split in balanced letters; do
  for part in train-images-idx3 train-labels-idx1 test-images-idx3 test-labels-idx1; do
    echo "$split $part" | gzip -n >"$work/source/gzip/emnist-$split-$part-ubyte.gz"
  done
  echo "0 48" >"$work/source/gzip/emnist-$split-mapping.txt"
done
head -c 100000 /dev/urandom >"$work/source/gzip/emnist-balanced-test-images-idx3-ubyte.gz"
(cd "$work/source" && zip -q -r ../gzip.zip gzip)
sum=$(md5sum <"$work/gzip.zip" | cut -d ' ' -f 1)

# run [VARIABLE=VALUE]... ARGUMENT...: with this archive unless the variables say otherwise.
run() { env EMNIST_URL="file://$work/gzip.zip" EMNIST_MD5="$sum" "$@" >"$work/out" 2>&1; }
refused() {
  words=$1
  shift
  if run "$@"; then fail "$* succeeded"; fi
  grep -q -- "$words" "$work/out" || { cat "$work/out" >&2; fail "$* does not say '$words'"; }
}
misused() {
  refused "$@"
  shift
  run "$@" && status=0 || status=$?
  [ $status = 2 ] || fail "$* gives $status"
}
same() { cmp "$work/source/gzip/emnist-$2-ubyte.gz" "$1/gzip/emnist-$2-ubyte.gz"; }

sh "$script" --help | grep -q 'usage: download.sh' || fail "--help"

# All in one go, and nothing to do the second time.
run sh "$script" "$work/a b"
for part in train-images-idx3 train-labels-idx1 test-images-idx3 test-labels-idx1; do same "$work/a b" balanced-$part; done
[ ! -e "$work/a b/gzip/emnist-letters-test-labels-idx1-ubyte.gz" ] || fail "it unpacks more than was asked for"
[ ! -e "$work/a b/gzip.zip.part" ] && [ ! -e "$work/a b/gzip.part" ] || fail "it leaves temporary files"
run EMNIST_URL=file:///nowhere sh "$script" "$work/a b"
grep -q 'already in' "$work/out" || fail "it does not see that all is there"

# Another split comes from the kept archive, without fetching.
run EMNIST_URL=file:///nowhere sh "$script" --split letters "$work/a b"
same "$work/a b" letters-test-labels-idx1

# A transfer that broke off is kept and gone on with: the part that is there is not fetched again.
mkdir "$work/resumed"
head -c 50000 "$work/gzip.zip" >"$work/resumed/gzip.zip.part"
run sh "$script" "$work/resumed"
grep -q 'after the 50000 bytes' "$work/out" || fail "it does not say that it goes on"
same "$work/resumed" balanced-test-images-idx3
mkdir "$work/complete"
cp "$work/gzip.zip" "$work/complete/gzip.zip.part"
run EMNIST_URL=file:///nowhere sh "$script" "$work/complete"
same "$work/complete" balanced-test-images-idx3
mkdir "$work/unreachable"
head -c 50000 "$work/gzip.zip" >"$work/unreachable/gzip.zip.part"
refused 'fetching file:///nowhere failed' EMNIST_URL=file:///nowhere sh "$script" "$work/unreachable"
[ "$(wc -c <"$work/unreachable/gzip.zip.part")" -eq 50000 ] || fail "a failed transfer loses what had come"

# A wrong sum: nothing is unpacked, the archive is put aside, and the next run fetches anew.
refused "wrong MD5 sum.*$sum instead of 0000" EMNIST_MD5=0000 sh "$script" "$work/wrong"
[ -e "$work/wrong/gzip.zip.bad" ] && [ ! -e "$work/wrong/gzip" ] || fail "a wrong archive is not put aside"
run sh "$script" "$work/wrong"
same "$work/wrong" balanced-test-images-idx3

# What else can be wrong.
refused 'no such file' EMNIST_URL=file:///nowhere sh "$script" "$work/none"
misused "no such split: 'digit'" sh "$script" --split digit "$work/x"
refused 'does not hold the split mnist' sh "$script" --split mnist "$work/a b"
misused 'no such option' sh "$script" --nonsense
misused 'one folder is enough' sh "$script" a b
echo 'not an archive' >"$work/text"
refused 'cannot unpack' EMNIST_URL="file://$work/text" EMNIST_MD5="$(md5sum <"$work/text" | cut -d ' ' -f 1)" sh "$script" "$work/text.d"
echo file >"$work/file"
refused "cannot make $work/file/below" sh "$script" "$work/file/below"
if [ -e /dev/full ]; then
  mkdir "$work/full"
  ln -s /dev/full "$work/full/gzip.zip.part"
  refused "cannot write to $work/full: .* free" sh "$script" "$work/full"
fi

# Without its tools it says which: a PATH that has all but one.
for missing in curl unzip; do
  bin=$work/without-$missing
  mkdir "$bin"
  for tool in sh env awk cat cp cut df dirname grep head ls md5sum mkdir mv rm sed wc curl unzip; do
    [ $tool = $missing ] || ln -s "$(command -v $tool)" "$bin/$tool"
  done
  refused "$missing is needed but not installed" PATH="$bin" sh "$script" "$work/tools"
done
echo "download.sh: all as it should be"
