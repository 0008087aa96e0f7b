#!/bin/sh
# Makes the packages of the core alone, looks into them, and builds a program with what each unpacks to.
#
#   core.sh SOURCE_FOLDER WORK_FOLDER
#
# Where a tool is missing, what needs it is left out, with a line; with TW_REQUIRE_ALL=1 that is a failure.
set -eu

source=$1 work=$2
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$work"
mkdir -p "$work"
work=$(cd "$work" && pwd)

fail() { echo "$*"; exit 1; }
left_out=no
has() { # tool, package
  if command -v "$1" >/dev/null; then return 0; fi
  echo "left out: no $1 (apt-get install $2)"
  left_out=yes
  return 1
}

formats=tar.gz check=
if has dpkg-gensymbols dpkg-dev; then formats="$formats deb"; fi
if has rpmbuild rpm; then formats="$formats rpm"; fi
case $formats in *deb*) if has lintian lintian; then check=--check; fi ;; esac
# shellcheck disable=SC2086 # a list
sh "$source/cmake/make_packages.sh" --core --build "$work/build" --output "$work/packages" $check $formats >"$work/log" 2>&1 ||
  { cat "$work/log"; fail "the packages could not be made"; }

# shellcheck disable=SC2046 # a list of flags
program() { # folder, its folder of libraries, the option by which pkg-config knows that it was moved
  cc -std=c99 -Wall -Wextra -Werror "$here/../consumers/rates.c" -o "$work/rates" \
    $(PKG_CONFIG_PATH="$1/$2/pkgconfig" pkg-config $3 --cflags --libs torch_warmup_core) -lm
  env LD_LIBRARY_PATH="$1/$2" "$work/rates"
}

mkdir "$work/archive"
tar -C "$work/archive" -xzf "$work"/packages/*.tar.gz
program "$work"/archive/* lib --define-prefix

if [ -e "$work"/packages/libtorch-warmup-dev_*.deb ]; then
  for package in "$work"/packages/*.deb; do dpkg-deb -x "$package" "$work/deb"; done
  program "$work/deb/usr" "lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)" "--define-variable=prefix=$work/deb/usr"
  core=$(echo "$work"/packages/libtorch-warmup-core0_*.deb)
  depends=$(dpkg-deb -f "$core" Depends | tr ',' '\n' | sed 's/^ *\([^ ]*\).*/\1/' | tr '\n' ' ')
  [ "$depends" = "libc6 " ] || fail "the core's package depends on $depends"
  dpkg-deb -I "$core" symbols | grep -q '^ tw_warmup_step@TORCH_WARMUP_CORE_0.2 0.2.0$' ||
    fail "the core's package does not say which release a program needs that calls tw_warmup_step"
  [ "$(dpkg-deb -c "$core" | grep -vc '/$')" = 4 ] || fail "the core's package holds other files than library, licence and changes"
fi

if [ -e "$work"/packages/torch-warmup-core-*.rpm ]; then
  rpm -qp --provides "$work"/packages/torch-warmup-core-*.rpm 2>/dev/null | grep -q 'TORCH_WARMUP_CORE_0.2' || fail "the rpm provides no symbol version"
  rpm -qp --requires "$work"/packages/torch-warmup-devel-*.rpm 2>/dev/null | grep -q 'torch-warmup-core = ' || fail "the rpm for programs needs no library"
fi
if [ $left_out = yes ]; then
  if [ "${TW_REQUIRE_ALL:-}" = 1 ]; then exit 1; fi
fi
echo "packages: $formats"
