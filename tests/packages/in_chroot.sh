#!/bin/sh
# Builds and tries the packages in a distribution of its own: see usage. By hand, as root, for it takes a network.
set -eu

usage() {
  cat <<'END'
usage: in_chroot.sh [OPTION...] SUITE

Makes a clean SUITE (bookworm, trixie, noble, ...) by debootstrap, from the place that this machine's own apt is configured
with. In one copy of it the packages are built; in another they are installed, and a program is built and run as their
README.md says, with nothing but a compiler, then once more after the development package is gone.

  --core           the core alone, which takes seconds to build
  --packages DIR   install the packages that are in DIR, and build none
  --test           run the tests of the C API too, where the library is built
  --folder DIR     keep the chroots there (default /var/tmp/torch_warmup_chroots)
  --jobs N         compile N files at a time
  -h, --help       show this

Ubuntu's suites need Ubuntu's keyring: /usr/share/keyrings/ubuntu-archive-keyring.gpg, from Debian 13's ubuntu-keyring.
END
}

say() { echo "in_chroot: $*"; }
fail() { say "$*" >&2; exit 1; }

root=$(cd "$(dirname "$0")/../.." && pwd)
folder=/var/tmp/torch_warmup_chroots core='' packages='' tests=no suite='' jobs=$(getconf _NPROCESSORS_ONLN)
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --core) core=--core ;;
    --test) tests=yes ;;
    --packages | --folder | --jobs)
      [ $# -gt 1 ] || fail "$1 needs an argument"
      case $1 in --packages) packages=$(cd "$2" && pwd) ;; --folder) folder=$2 ;; --jobs) jobs=$2 ;; esac
      shift
      ;;
    -*) fail "unknown option '$1' (try --help)" ;;
    *) suite=$1 ;;
  esac
  shift
done
[ -n "$suite" ] || fail "which suite? (try --help)"
[ "$(id -u)" = 0 ] || fail "run it as root"
command -v debootstrap >/dev/null || fail "no debootstrap (apt-get install debootstrap)"
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

# ---- A clean system -----------------------------------------------------------------------------------------------

# Where this machine's apt takes Debian from; Ubuntu lies beside it.
debian_mirror() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null |
    grep -oE '^(deb|URIs:) +(\[[^]]*\] +)?[^ ]*/(debian|ubuntu)/?( |$)' | grep -oE '[a-z]+://[^ ]*' | head -n 1 | sed 's|/*$||'
}

bootstrap() { # into $folder/$suite.clean
  if [ -e "$folder/$suite.clean/etc/os-release" ]; then return; fi
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || fail "this machine's apt takes packages from no place that is a mirror of Debian"
  case $suite in
    noble | resolute | jammy)
      mirror=$(dirname "$mirror")/ubuntu script=/usr/share/debootstrap/scripts/gutsy
      keyring=/usr/share/keyrings/ubuntu-archive-keyring.gpg components=main,universe
      ;;
    *) mirror=$(dirname "$mirror")/debian script='' keyring=/usr/share/keyrings/debian-archive-keyring.gpg components=main ;;
  esac
  [ -e "$keyring" ] || fail "no $keyring"
  say "bootstrapping $suite"
  rm -rf "$folder/$suite.clean"
  debootstrap --variant=minbase --keyring="$keyring" --components=$components "$suite" "$folder/$suite.clean.part" "$mirror" $script \
    >"$folder/$suite.log" 2>&1 || { tail -n 5 "$folder/$suite.log"; fail "debootstrap could not make $suite"; }
  rm -rf "$folder/$suite.clean.part/var/cache/apt/archives/"*.deb
  mv "$folder/$suite.clean.part" "$folder/$suite.clean"
}

copy_of_clean() { # name
  chroot=$folder/$suite.$1
  rm -rf "$chroot"
  cp -a "$folder/$suite.clean" "$chroot"
  cp /etc/resolv.conf "$chroot/etc/resolv.conf"
}

inside() { # a command, in $chroot
  mount -t proc proc "$chroot/proc"
  status=0
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    chroot "$chroot" sh -ec "$1" || status=$?
  umount "$chroot/proc"
  return $status
}

install_inside() { # packages
  inside "apt-get -q update >/dev/null && apt-get -q -y install --no-install-recommends $* >/var/log/install.log 2>&1" ||
    { tail -n 5 "$chroot/var/log/install.log"; fail "apt-get could not install: $*"; }
}

# ---- Building, and using ------------------------------------------------------------------------------------------

build_packages() { # into $folder/$suite.packages
  copy_of_clean build
  needs="gcc libc6-dev cmake ninja-build python3 dpkg-dev lintian"
  [ -n "$core" ] || needs="$needs g++ libtorch-dev zlib1g-dev nlohmann-json3-dev"
  if [ $tests = yes ]; then needs="$needs catch2 libopenblas0-openmp"; fi
  install_inside "$needs"
  mkdir "$chroot/source"
  tar -C "$root" -cf - --exclude=./build --exclude=./.git . | tar -C "$chroot/source" -xf -
  inside "cd /source && sh cmake/make_packages.sh $core --build /build --output /packages --jobs $jobs --check deb tar.gz"
  rm -rf "$folder/$suite.packages"
  cp -r "$chroot/packages" "$folder/$suite.packages"
  packages=$folder/$suite.packages
}

run_tests() {
  say "running the tests of the C API on $suite"
  inside "cd /source && cmake -S . -B /build/tests -G Ninja -DCMAKE_BUILD_TYPE=Release -DTORCH_WARMUP_TESTS=ON >/dev/null &&
    cmake --build /build/tests -j $jobs --target tw_core_tests tw_capi_tests && cd /build/tests && ctest -R '^(core|capi): ' -E valgrind"
}

# Only what README.md says: the packages, a compiler, pkg-config.
use_packages() {
  copy_of_clean use
  mkdir "$chroot/packages" "$chroot/readme"
  cp "$packages"/*.deb "$chroot/packages"
  cp "$root/tests/conformance/readme.sh" "$root"/tests/consumers/*.c "$chroot/readme"
  install_inside "gcc libc6-dev pkgconf /packages/*.deb"
  if [ -n "$core" ]; then
    inside "cd /readme && gcc -std=c99 -Wall -Werror rates.c -o rates \$(pkg-config --cflags --libs torch_warmup_core) -lm && ./rates"
    program=/readme/rates
  else
    inside "cd /readme && sh readme.sh /usr/share/doc/libtorch-warmup-dev /usr /readme/work"
    inside "cd /readme && gcc -std=c99 -Wall -Werror train.c -o train \$(pkg-config --cflags --libs torch_warmup) -lm && ./train"
    program=/readme/train
  fi
  say "without the development package"
  inside "apt-get -q -y remove libtorch-warmup-dev >/dev/null 2>&1 && $program"
}

bootstrap
[ -n "$packages" ] || build_packages
use_packages
if [ $tests = yes ]; then
  chroot=$folder/$suite.build
  run_tests
fi
say "$suite: all went well"
