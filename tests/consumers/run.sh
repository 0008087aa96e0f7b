#!/bin/sh
# Builds a project that stands outside the tree against the installed library, in one of the ways that users have, and
# runs its program.
#
#   run.sh WAY PREFIX WORK_FOLDER SOURCE_FOLDER      each function of this file that is called way_... is a WAY
set -eu

way=$1 prefix=$2 work=$3 source=$4
here=$(cd "$(dirname "$0")" && pwd)
warnings="-Wall -Wextra -Wpedantic -Werror"

say() { echo "$way: $*"; }
fail() { say "$*" >&2; exit 1; }

libdir_of() { dirname "$(find "$1" -name torch_warmup-config.cmake -o -name 'libtorch_warmup_core.*' | grep -v cmake | head -n 1)"; }

# Nothing here may find what the environment knows of: neither LibTorch, which a program needs not, nor a path to libraries.
clean() { env -u LIBTORCH -u Torch_DIR -u CMAKE_PREFIX_PATH -u LD_LIBRARY_PATH "$@"; }

# Runs a step, and shows what it printed only where it fails.
quietly() { # what is then to be said, a command
  message=$1
  shift
  "$@" >"$work/log" 2>&1 || { cat "$work/log"; fail "$message"; }
}

pc_folder() { dirname "$(find "$prefix" -name torch_warmup.pc)"; }

# ---- What a program needs when it runs ----------------------------------------------------------------------------

needs() { readelf --dynamic "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'; }
runpath() { readelf --dynamic "$1" | sed -n 's/.*(R[UN]*PATH).*\[\(.*\)\]/\1/p'; }

# A program that was linked with our static libraries needs none of ours.
must_not_need_ours() {
  if needs "$1" | grep torch_warmup; then fail "the static program needs a shared library of ours"; fi
}
must_need() {
  if ! needs "$1" | grep -q "$2"; then fail "the program does not need $2"; fi
}

# ---- CMake --------------------------------------------------------------------------------------------------------

by_cmake() { # project, and further arguments; the program is then $work/build/consumer
  project=$1
  shift
  quietly "CMake failed" clean cmake -S "$here/$project" -B "$work/build" -G Ninja "$@"
  quietly "the build failed" cmake --build "$work/build"
}

finds() { # language, target, program
  by_cmake find_package -DCMAKE_PREFIX_PATH="$prefix" -DLANGUAGE="$1" -DTARGET="torch_warmup::$2" -DPROGRAM="$here/$3" ${4:+"$4"}
  clean "$work/build/consumer"
}

way_find_package_c() { finds C torch_warmup train.c; must_need "$work/build/consumer" libtorch_warmup.so; }
way_find_package_cxx() { finds CXX torch_warmup train.c; }
way_find_package_static() { finds C torch_warmup_static train.c; must_not_need_ours "$work/build/consumer"; }
way_find_package_core() { finds C core rates.c -DCOMPONENTS=core; must_need "$work/build/consumer" libtorch_warmup_core.so; }
way_find_package_core_static() { finds CXX core_static rates.c -DCOMPONENTS=core; must_not_need_ours "$work/build/consumer"; }

# The folder was moved after it was installed.
way_find_package_moved() {
  cp -a -l "$prefix" "$work/moved"
  prefix="$work/moved"
  finds C torch_warmup train.c
  runpath "$work/build/consumer" | grep -q "$work/moved" || fail "the program looks for the library elsewhere"
}

# The core alone, for the whole library takes minutes to build; by hand it is the same line with torch_warmup and train.c.
core_from_source() { # project, and further arguments
  by_cmake "$@" -DSOURCE="$source" -DTARGET=torch_warmup::core -DPROGRAM="$here/rates.c" -DTORCH_WARMUP_CORE_ONLY=ON
  clean "$work/build/consumer"
}

way_add_subdirectory() { core_from_source add_subdirectory; must_need "$work/build/consumer" libtorch_warmup_core.so; }
way_add_subdirectory_static() {
  core_from_source add_subdirectory -DBUILD_SHARED_LIBS=OFF
  must_not_need_ours "$work/build/consumer"
}
# Where the linker knows no versions and there is no objcopy, as on macOS: what the core is made of is in the plain archive.
way_add_subdirectory_with_plain_tools() {
  core_from_source add_subdirectory -DTORCH_WARMUP_HAS_VERSION_SCRIPT=OFF -DTORCH_WARMUP_HAS_NO_UNDEFINED=OFF
  rm -r "$work/build"
  core_from_source add_subdirectory -DBUILD_SHARED_LIBS=OFF -DCMAKE_OBJCOPY=
  nm -g --defined-only "$work"/build/torch_warmup/libtorch_warmup_core.a | grep -q ' twi_' || fail "objcopy was used"
  must_not_need_ours "$work/build/consumer"
}
# As the examples' run.sh build the library: what is installed, and no more.
way_target_installed() {
  quietly "CMake failed" clean cmake -S "$source" -B "$work/library" -G Ninja -DTORCH_WARMUP_CORE_ONLY=ON -DTORCH_WARMUP_TESTS=OFF
  quietly "the build failed" cmake --build "$work/library" --target installed
  quietly "it builds less than is installed" cmake --install "$work/library" --prefix "$work/prefix"
  prefix=$work/prefix
  finds C core_static rates.c -DCOMPONENTS=core
}

way_fetch_content() { core_from_source fetch_content; }

# ---- pkg-config ---------------------------------------------------------------------------------------------------

package() { PKG_CONFIG_PATH=$(pc_folder) pkg-config "$@"; }

# shellcheck disable=SC2046,SC2086 # lists of flags
compile() { # standard, program, flags
  standard=$1 program=$2
  shift 2
  case $standard in
    c++*) c++ -x c++ -std="$standard" $warnings -c "$here/$program" -o "$work/program.o" $(package --cflags torch_warmup) ;;
    *) cc -std="$standard" $warnings -c "$here/$program" -o "$work/program.o" $(package --cflags torch_warmup) ;;
  esac
  cc -o "$work/program" "$work/program.o" "$@" -lm
}

# shellcheck disable=SC2046
way_pkg_config_c() {
  compile c99 train.c $(package --libs torch_warmup)
  must_need "$work/program" libtorch_warmup.so
  if package --libs torch_warmup | grep -E 'ltorch_cpu|lstdc|-lz'; then fail "a shared library's user is to link nothing else"; fi
  [ "$(runpath "$work/program")" = "$(libdir_of "$prefix")" ] ||
    fail "the program looks for libraries in $(runpath "$work/program")"
  clean "$work/program"
}

# shellcheck disable=SC2046
way_pkg_config_cxx() {
  compile c++17 train.c $(package --libs torch_warmup)
  clean "$work/program"
}

# What only a compiler needs is gone, and the folder is another than it was installed to.
# shellcheck disable=SC2046
way_pkg_config_then_no_development_package() {
  cp -a -l "$prefix" "$work/moved"
  prefix="$work/moved"
  compile c99 train.c $(package --define-prefix --libs torch_warmup)
  libdir=$(libdir_of "$prefix")
  rm -r "$prefix/include" "$libdir/pkgconfig" "$libdir/cmake" "$libdir"/*.a "$libdir"/*.so
  clean "$work/program"
}

# shellcheck disable=SC2046
way_pkg_config_static() {
  compile c99 train.c -Wl,-Bstatic $(package --static --libs torch_warmup)
  must_not_need_ours "$work/program"
  must_need "$work/program" libtorch_cpu.so
  clean "$work/program"
}

# shellcheck disable=SC2046
way_pkg_config_core_static() {
  compile c99 rates.c -static $(package --static --libs torch_warmup_core)
  [ -z "$(needs "$work/program")" ] || fail "a static program needs $(needs "$work/program")"
  clean "$work/program"
}

# ---- By hand ------------------------------------------------------------------------------------------------------

way_plain_cc() {
  libdir=$(libdir_of "$prefix")
  # shellcheck disable=SC2086
  cc -std=c99 $warnings -I"$prefix/include" "$here/train.c" -o "$work/program" \
    -L"$libdir" -Wl,-rpath,"$libdir" -ltorch_warmup -ltorch_warmup_core -lm
  clean "$work/program"
}

way_dlopen() {
  # shellcheck disable=SC2086
  cc -std=c99 $warnings -I"$prefix/include" "$here/loads.c" -o "$work/program" -ldl
  if needs "$work/program" | grep torch; then fail "it was to be loaded by name alone"; fi
  clean "$work/program" "$(libdir_of "$prefix")/libtorch_warmup.so.0"
}

# ---- Meson --------------------------------------------------------------------------------------------------------

copy_meson_project() { # to $work/project
  cp -r "$here/meson" "$work/project"
  cp "$here/train.c" "$here/rates.c" "$work/project"
}

by_meson() { # where pkg-config is to look, and further arguments
  pc_path=$1
  shift
  quietly "Meson failed" clean env PKG_CONFIG_PATH="$pc_path" meson setup "$work/build" "$work/project" "$@"
  quietly "the build failed" meson compile -C "$work/build"
}

way_meson() {
  copy_meson_project
  by_meson "$(pc_folder)"
  must_need "$work/build/train" libtorch_warmup.so
  clean "$work/build/train"
  clean "$work/build/rates"
}

way_meson_static() {
  copy_meson_project
  by_meson "$(pc_folder)" -Dprefer_static=true
  must_not_need_ours "$work/build/train"
  clean "$work/build/train"
  clean "$work/build/rates"
}

# Nothing is installed: the wrap file brings the sources, from the archive that a user's would name by its address.
way_meson_wrap() {
  archive=$work/archive/torch_warmup.tar.gz
  mkdir -p "$work/torch_warmup" "$work/archive"
  (cd "$source" && cp -r CMakeLists.txt LICENSE README.md cmake include src "$work/torch_warmup")
  tar -C "$work" -czf "$archive" torch_warmup
  rm -r "$work/torch_warmup"
  copy_meson_project
  sed -e "s|@archive@|file://$archive|" -e "s|@hash@|$(sha256sum "$archive" | cut -d ' ' -f 1)|" \
    "$here/meson/subprojects/torch_warmup.wrap" >"$work/project/subprojects/torch_warmup.wrap"
  by_meson "" --wrap-mode=forcefallback
  clean "$work/build/rates"
}

rm -rf "$work"
mkdir -p "$work"
command -v "way_$way" >/dev/null || fail "there is no such way"
"way_$way"
