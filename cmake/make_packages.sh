#!/bin/sh
# Makes packages of the library: see usage.
set -eu

usage() {
  cat <<'END'
usage: sh cmake/make_packages.sh [OPTION...] [FORMAT...]

Builds the library for release in build/packages and makes packages of it there. FORMAT is any of

  deb      libtorch-warmup-core0, libtorch-warmup0 and libtorch-warmup-dev
  rpm      torch-warmup-core, torch-warmup and torch-warmup-devel
  tar.gz   one archive that runs where it is unpacked

and, left out, each whose tool is installed (dpkg-dev, rpm).

  --core           the core alone, which needs neither LibTorch nor C++
  --build FOLDER   build there
  --output FOLDER  put the packages there
  --jobs N         compile N files at a time
  --check          run lintian on the .deb files; an error of it is a failure
  -h, --help       show this

DEBFULLNAME and DEBEMAIL name the maintainer, CFLAGS, CXXFLAGS and LDFLAGS add flags, SOURCE_DATE_EPOCH is the date.
A .deb or .rpm is made with the system's own LibTorch, which a package can depend on.
END
}

say() { echo "make_packages: $*"; }
fail() { say "$*" >&2; exit 1; }

root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build/packages output='' core=OFF check=no formats='' jobs=$(getconf _NPROCESSORS_ONLN)
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --core) core=ON ;;
    --check) check=yes ;;
    --build | --output | --jobs)
      [ $# -gt 1 ] || fail "$1 needs an argument"
      case $1 in --build) build=$2 ;; --output) output=$2 ;; --jobs) jobs=$2 ;; esac
      shift
      ;;
    deb | rpm | tar.gz) formats="$formats $1" ;;
    *) fail "unknown argument '$1' (try --help)" ;;
  esac
  shift
done

has() { command -v "$1" >/dev/null 2>&1; }
if [ -z "$formats" ]; then
  formats=tar.gz
  if has dpkg-shlibdeps; then formats="deb $formats"; else say "left out: deb: no dpkg-shlibdeps (apt-get install dpkg-dev)"; fi
  if has rpmbuild; then formats="$formats rpm"; else say "left out: rpm: no rpmbuild (apt-get install rpm)"; fi
fi
output=${output:-$build}
DEBFULLNAME=${DEBFULLNAME:-The torch_warmup authors} DEBEMAIL=${DEBEMAIL:-torch-warmup@users.noreply.github.com}
export DEBFULLNAME DEBEMAIL
version=$(sed -n 's/^project(torch_warmup VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")

# ---- Debian's own files -------------------------------------------------------------------------------------------

write_copyright() {
  cat <<END
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: torch_warmup
Source: https://github.com/torch-warmup/torch_warmup

Files: *
Copyright: $(sed -n 's/^Copyright (c) //p' "$root/LICENSE")
License: Expat
END
  # The text after the copyright, a dot for an empty line.
  sed -e '1,/^Copyright/d' "$root/LICENSE" | sed -e '1{/^$/d}' -e 's/^$/./' -e 's/^/ /'
}

write_changelog() {
  cat <<END
torch-warmup ($version-1) unstable; urgency=medium

  * Release $version. What has changed is in CHANGELOG.md of libtorch-warmup-dev.

 -- $DEBFULLNAME <$DEBEMAIL>  $(date -R -u -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}")
END
}

# Which release a program needs that uses a function: the one that its symbol version names. And what is run when a
# library is installed.
write_symbols() { # component, package, library
  mkdir -p "$debian/$1"
  soname=$(readelf --dynamic "$3" | sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p')
  {
    echo "$soname $2 #MINVER#"
    readelf --version-info --wide "$3" | sed -n '/Version definition/,/^$/s/.*Name: \(TORCH_WARMUP[A-Z_0-9.]*\).*/\1/p' |
      while read -r node; do
        since=$(echo "$node" | sed -n 's/^[A-Z_]*_\([0-9]*\.[0-9]*\)$/\1.0/p')
        echo " (symver)$node ${since:-$version}"
      done
  } >"$debian/$1/template"
  (cd "$debian/$1" && mkdir -p debian && : >debian/control &&
    dpkg-gensymbols -q -c0 -p"$2" -v"$version" -e"$3" -Itemplate -Osymbols)
  echo "${soname%%.so.*} ${soname##*.so.} $2 (>= $version)" >"$debian/$1/shlibs"
  echo "activate-noawait ldconfig" >"$debian/$1/triggers"
  grep -q "@" "$debian/$1/symbols" || fail "dpkg-gensymbols found nothing in $3"
}

write_debian() {
  debian=$build/debian
  rm -rf "$debian"
  mkdir -p "$debian"
  write_copyright >"$debian/copyright"
  write_changelog | gzip -9n >"$debian/changelog.Debian.gz"
  write_symbols core libtorch-warmup-core0 "$build/libtorch_warmup_core.so.$version"
  if [ $core = OFF ]; then write_symbols library libtorch-warmup0 "$build/libtorch_warmup.so.$version"; fi
}

# ---- Formats ------------------------------------------------------------------------------------------------------

configure() { # CPack's name of the format, and further arguments
  package=$1
  shift
  cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DTORCH_WARMUP_TESTS=OFF \
    -DTORCH_WARMUP_CORE_ONLY=$core -DTORCH_WARMUP_PACKAGE="$package" "$@" >"$build/configure.log" 2>&1 ||
    { cat "$build/configure.log"; fail "the library could not be configured"; }
  if grep '^-- LibTorch' "$build/configure.log" && [ "$package" != TGZ ] && ! grep -q '^-- LibTorch .*: /usr ' "$build/configure.log"
  then fail "a $package depends on the system's LibTorch: configure with CMAKE_PREFIX_PATH=/usr, or make a tar.gz"; fi
}

pack() { # CPack's name of the format, and further arguments of configure
  configure "$@"
  cmake --build "$build" -j "$jobs"
  if [ "$1" = DEB ]; then write_debian; fi
  (umask 022 && cd "$build" && cpack -G "$1" -B "$output" >"$build/cpack.log" 2>&1) ||
    { cat "$build/cpack.log"; fail "CPack failed"; }
  sed -n 's/^CPack: - package: \(.*\) generated\.$/\1/p' "$build/cpack.log"
}

mkdir -p "$build" "$output"
build=$(cd "$build" && pwd) output=$(cd "$output" && pwd)
for format in $formats; do
  case $format in
    deb)
      multiarch=$(dpkg-architecture -qDEB_HOST_MULTIARCH)
      pack DEB -DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_INSTALL_LIBDIR="lib/$multiarch" -DCMAKE_SKIP_INSTALL_RPATH=ON \
        -DCMAKE_INSTALL_DOCDIR=share/doc/libtorch-warmup-dev
      ;;
    rpm)
      pack RPM -DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_INSTALL_LIBDIR=lib64 -DCMAKE_SKIP_INSTALL_RPATH=ON \
        -DCMAKE_INSTALL_DOCDIR=share/doc/torch-warmup-devel
      ;;
    tar.gz)
      pack TGZ -DCMAKE_INSTALL_PREFIX=/usr/local -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_SKIP_INSTALL_RPATH=OFF \
        -DCMAKE_INSTALL_DOCDIR=share/doc/torch_warmup
      ;;
  esac
done
if [ $check = yes ]; then lintian --fail-on error --tag-display-limit 0 "$output"/*.deb; fi
