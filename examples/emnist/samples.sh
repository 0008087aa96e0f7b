#!/bin/sh
# Draws a sheet of samples from EMNIST's images, or the generated ones, by gnuplot.
set -eu

usage() {
  cat <<'END'
usage: samples.sh IMAGES LABELS SHEET.png [ROWS]

Draws the first samples of each class that the files hold, ROWS of each (default: 7), a column a class, in bands of 24
classes. The images are turned upright, for EMNIST stores them transposed.

  IMAGES  a file of images, such as data/gzip/emnist-balanced-test-images-idx3-ubyte.gz (gzipped or raw)
  LABELS  the file of their labels

make_glyphs DIR makes such files.
END
}

die() {
  echo "samples.sh: $*" >&2
  exit 1
}

refuse() {
  echo "samples.sh: $* (try --help)" >&2
  exit 2
}

case ${1-} in -h | --help) usage && exit ;; esac
[ $# -eq 3 ] || [ $# -eq 4 ] || { usage >&2 && exit 2; }
images=$1 labels=$2 sheet=$3 rows=${4-7}
case $rows in '' | *[!0-9]* | 0) refuse "ROWS must be a whole number of 1 or more, not '$rows'" ;; esac
for tool in gnuplot od awk; do
  command -v "$tool" >/dev/null 2>&1 || die "$tool is needed but not installed"
done
for file in "$images" "$labels"; do
  [ -r "$file" ] || die "cannot read $file"
done

# Enough images for the rows: a class that happens to be rare among them has empty places.
count=$((rows * 47 * 3))
side=28 band=24 gap=10 scale=2
unpacked() { case $1 in *.gz) gzip -dc "$1" ;; *) cat "$1" ;; esac }
# Skips the header and cuts off after so many bytes; `head` closing the pipe early is no failure.
bytes() { unpacked "$1" 2>/dev/null | tail -c "+$(($2 + 1))" | head -c "$3" | od -An -v -tu1 -w28; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{
  bytes "$labels" 8 "$count"
  echo images
  bytes "$images" 16 $((count * side * side))
} | awk -v rows="$rows" -v side="$side" -v band="$band" -v gap="$gap" '
  $1 == "images" { reading = 1; next }
  !reading { for (i = 1; i <= NF; ++i) { label[n++] = $i; if ($i > last) last = $i } next }
  {
    image = int(line / side); x = line % side; ++line
    if (x == 0) { c = label[image]; slot = taken[c]++ }
    if (slot >= rows) next
    left = (c % band) * side + x; top = int(c / band) * (rows * side + gap) + slot * side
    for (y = 1; y <= NF; ++y) ink[top + y - 1, left] = $y
  }
  # In 16 shades, which the eye takes for all and a PNG holds in half the room.
  END {
    height = (int(last / band) + 1) * (rows * side + gap) - gap; width = (last < band ? last + 1 : band) * side
    for (y = 0; y < height; ++y) {
      for (x = 0; x < width; ++x) printf "%d ", 255 - 17 * int(ink[y, x] / 17 + 0.5)
      print ""
    }
  }' >"$work/sheet.txt"
[ -s "$work/sheet.txt" ] || die "$images and $labels hold no images"
width=$(awk 'NR == 1 { print NF }' "$work/sheet.txt")
height=$(awk 'END { print NR }' "$work/sheet.txt")

gnuplot - <<END || die "gnuplot failed"
set terminal pngcairo size $((width * scale)),$((height * scale)) background rgb 'white'
set output '$work/sheet.png'
set margins 0, 0, 0, 0
unset border; unset tics; unset colorbox; unset key
set palette gray; set cbrange [0:255]
set xrange [-0.5:$width - 0.5]; set yrange [$height - 0.5:-0.5]
plot '$work/sheet.txt' matrix with image
END
mv "$work/sheet.png" "$sheet"
echo "$sheet"
