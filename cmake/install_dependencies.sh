#!/bin/sh
# Installs what is missing, and only that, from Debian's or Ubuntu's packages.
#
#   install_dependencies.sh core          what the core alone needs
#   install_dependencies.sh build         what the library and the example need
#   install_dependencies.sh build test    and what the tests need: packages, and three of Python's in build/wheels
#   install_dependencies.sh bindings      the toolchains of Rust, Go and Julia
#
# Where nothing is missing it takes no network and a fraction of a second. As root it installs directly, else with sudo.
set -eu

say() { echo "install_dependencies: $*"; }
fail() { say "$*" >&2; exit 1; }

# A need is a command and the package that brings it, or `-` and a package where there is no command to look for.
needs_of() {
  case $1 in
    core) echo "cc:gcc cmake:cmake ninja:ninja-build pkg-config:pkg-config" ;;
    build) echo "c++:g++ cc:gcc cmake:cmake ninja:ninja-build pkg-config:pkg-config gnuplot:gnuplot-nox -:zlib1g-dev
                 -:nlohmann-json3-dev" ;;
    test) echo "valgrind:valgrind clang:clang clang-format:clang-format clang-tidy:clang-tidy ccache:ccache curl:curl unzip:unzip zip:zip
                meson:meson dpkg-shlibdeps:dpkg-dev rpmbuild:rpm lintian:lintian groff:groff-base pip3:python3-pip
                -:libclang-rt-dev -:catch2 -:libbenchmark-dev -:python3-torch -:python3-torchvision" ;;
    bindings) echo "cc:gcc pkg-config:pkg-config cargo:cargo rustc:rustc rustfmt:rustfmt cargo-clippy:rust-clippy bindgen:bindgen
                    go:golang-go" ;; # Julia is not in every Debian
    *) fail "unknown set '$1'; the sets are core, build, test and bindings" ;;
  esac
}

# A LibTorch of the user's own: named, or in the package of python3. Else the system's is what the build takes.
has_own_libtorch() {
  if [ -n "${LIBTORCH:-}${Torch_DIR:-}${CMAKE_PREFIX_PATH:-}" ]; then return 0; fi
  case $(command -v python3 || true) in
    '' | /usr/bin/python3) return 1 ;; # Debian's own torch is libtorch-dev's
  esac
  python3 -c '
import importlib.util, os, sys
spec = importlib.util.find_spec("torch")
folders = spec.submodule_search_locations if spec else None
sys.exit(not (folders and os.path.exists(os.path.join(folders[0], "include/ATen/ATen.h"))))' 2>/dev/null
}

is_installed() { # a package
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# The packages of the given sets that are not there, one a line.
missing_of() {
  needs=
  for set in "$@"; do needs="$needs $(needs_of "$set")"; done
  case " $* " in *" build "* | *" test "*) ;; *) own=yes ;; esac # the core takes none
  if [ "${own:-}" != yes ] && ! has_own_libtorch; then needs="$needs -:libtorch-dev -:libopenblas0-openmp"; fi
  for need in $needs; do
    command=${need%%:*} package=${need#*:}
    if [ "$command" != - ] && command -v "$command" >/dev/null 2>&1; then continue; fi
    if is_installed "$package"; then continue; fi
    echo "$package"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    fail "not root, and there is no sudo. As root, run: apt-get install $packages"
  fi
}

# LibTorch is built with OpenMP. OpenBLAS built with its own threads would fight it for the cores and makes a training
# step four times as slow, and apt prefers it where both are there.
prefer_openmp_openblas() {
  for library in libblas.so.3 liblapack.so.3 libopenblas.so.0; do
    name=$library-$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -print-multiarch)
    choice=$(update-alternatives --list "$name" 2>/dev/null | grep openblas-openmp | head -n 1)
    if [ -n "$choice" ]; then as_root update-alternatives --quiet --set "$name" "$choice"; fi
  done
}

# For the tests that run beside them, into a folder of its own: Debian's pip installs nowhere else. Whichever python3 has
# pip will do, for pytorch_warmup is Python alone and safetensors is built for every Python from 3.10 on.
wheels=$(cd "$(dirname "$0")/.." && pwd)/build/wheels
install_wheel() { # name version
  if [ -d "$wheels/$1" ]; then return 0; fi
  for python in python3 /usr/bin/python3; do
    if "$python" -m pip --version >/dev/null 2>&1; then
      say "installing $1 in $wheels"
      if PIP_ROOT_USER_ACTION=ignore "$python" -m pip install --quiet --disable-pip-version-check --no-deps --target "$wheels" "$1==$2"
      then return 0; fi
    fi
  done
  say "$1 could not be installed; the tests beside it will fail" >&2
}

# NumPy 2 in a folder of its own, beside Debian's NumPy 1, which Debian's torch needs. It is built for one Python: the one
# that runs the tests, whosever pip fetches it.
install_numpy() { # version
  if [ -d "$wheels/numpy2/numpy" ]; then return 0; fi
  for runner in "${TORCH_WARMUP_PYTHON:-}" /usr/bin/python3 python3; do
    if [ -n "$runner" ] && "$runner" -c 'import torch' 2>/dev/null; then break; fi
  done
  target=$("$runner" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  for python in python3 /usr/bin/python3; do
    if "$python" -m pip --version >/dev/null 2>&1; then
      say "installing numpy in $wheels/numpy2"
      if PIP_ROOT_USER_ACTION=ignore "$python" -m pip install --quiet --disable-pip-version-check --no-deps --python-version "$target" \
        --only-binary=:all: --target "$wheels/numpy2" "numpy==$1"
      then return 0; fi
    fi
  done
  say "numpy could not be installed; the test beside it will fail" >&2
}

install_others_of() { # sets
  case " $* " in *" test "*)
    install_wheel pytorch_warmup 0.2.0
    install_wheel safetensors 0.8.0
    install_numpy 2.2.6
    ;;
  esac
  case " $* " in *" bindings "*)
    root=$(cd "$(dirname "$0")/.." && pwd)
    sh "$root/bindings/julia/install_julia.sh" "$root/build/julia" >/dev/null ||
      say "Julia could not be installed; its tests will be left out" >&2
    ;;
  esac
}

if [ $# = 0 ]; then set -- build; fi
for set in "$@"; do needs_of "$set" >/dev/null; done
if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
  for command in c++ cmake ninja; do
    command -v "$command" >/dev/null 2>&1 || absent="${absent:-} $command"
  done
  if [ -z "${absent:-}" ]; then
    install_others_of "$@"
    exit 0
  fi
  fail "no apt here, and$absent missing: install a C++17 compiler, CMake 3.22, Ninja, pkg-config, zlib, gnuplot," \
    "nlohmann-json and LibTorch 1.13 or newer (for the tests also Catch2, clang, clang-format, clang-tidy, curl, unzip, zip)"
fi

packages=$(missing_of "$@" | tr '\n' ' ')
if [ -z "$packages" ]; then
  install_others_of "$@"
  exit 0
fi

say "installing $packages"
as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 update >/dev/null ||
  say "apt-get update failed; going on with the lists that are there"
# shellcheck disable=SC2086 # a list of packages
as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends $packages ||
  fail "apt-get could not install: $packages"
case $packages in *openblas*) prefer_openmp_openblas ;; esac
install_others_of "$@"
say "done"
