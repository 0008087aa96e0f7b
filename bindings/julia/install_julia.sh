#!/bin/sh
# Gives the path of a julia, and fetches one where there is none.
#
#   install_julia.sh FOLDER      prints FOLDER/bin/julia, or that of a julia that is on the path already
#
# Debian 12 has no julia. Debian 11's 1.5.3 is unpacked into FOLDER, with the libraries that Debian 12 has no more, from the
# machine's own package sources with the suite's name replaced: nothing is installed, no other package sees it, and a mirror
# or a proxy that is set up goes on to serve. Where it is there already, this takes no network and no time.
set -eu

suite=bullseye
say() { echo "install_julia: $*" >&2; }
fail() { say "$*"; exit 1; }

if [ $# != 1 ]; then fail "usage: install_julia.sh FOLDER"; fi
if command -v julia >/dev/null 2>&1; then command -v julia; exit 0; fi
mkdir -p "$1"
folder=$(cd "$1" && pwd)
if [ -x "$folder/bin/julia" ]; then echo "$folder/bin/julia"; exit 0; fi

other="install Julia 1.5 or newer, from https://julialang.org"
command -v apt-get >/dev/null 2>&1 || fail "no julia here, and no apt to get one by: $other"
# shellcheck disable=SC1091 # a file of the system's
present=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
[ -n "$present" ] && grep -qs debian /etc/os-release || fail "no julia here, and this is no Debian: $other"
multiarch=$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -print-multiarch)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/sources" "$work/lists/partial" "$work/cache/archives/partial" "$work/packages" "$work/root"

# The machine's sources, of both forms that apt knows, for another suite.
for source in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
  if ! grep -qsw "$present" "$source"; then continue; fi
  sed "s/\\b$present\\b/$suite/g" "$source" >"$work/sources/$(basename "$source")"
done
[ -n "$(ls "$work/sources")" ] || fail "no package source of $present is known to apt: $other"

# apt's work in a place of its own: it reads what is installed here, and changes nothing of it.
apt() {
  command=$1
  shift
  apt-get -qq -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/sources" -o Dir::State::lists="$work/lists" \
    -o Dir::Cache="$work/cache" -o APT::Sandbox::User=root -o Acquire::Retries=3 "$command" "$@"
}
say "fetching Debian 11's julia into $folder"
apt update >"$work/log" 2>&1 || say "a part of the lists of $suite could not be fetched: $(tail -n 1 "$work/log")"

# What is missing here for it. Another apt that is at work may leave packages half installed for a while.
for try in 1 2 3 4 5 6 7 8 9 10; do
  missing=$(apt install -s --no-install-recommends julia 2>"$work/log" | sed -n 's/^Inst \([^ ]*\).*/\1/p') || true
  case " $(echo $missing) " in *" julia "*) break ;; esac
  if [ $try = 10 ]; then fail "apt finds no way to julia: $(tail -n 3 "$work/log"): $other"; fi
  sleep 6
done
# Its own unwinder, too: with Debian 12's an exception in a callback ends the process.
# shellcheck disable=SC2086 # a list of packages
(cd "$work/packages" && apt download $missing "libunwind8/$suite" >"$work/log" 2>&1) ||
  fail "the packages could not be fetched: $(tail -n 3 "$work/log")"
for package in "$work/packages"/*.deb; do dpkg-deb -x "$package" "$work/root"; done

# Links in julia's folder to libraries that are the system's, and so lie elsewhere.
libraries=$work/root/usr/lib/$multiarch
for link in "$libraries"/julia/*.so*; do
  if [ -e "$link" ]; then continue; fi
  name=$(basename "$(readlink "$link")")
  place=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p | sed -n "s|^[[:space:]]*$name .*=> ||p" | head -n 1)
  [ -n "$place" ] || fail "there is no $name, which julia needs"
  ln -sf "$place" "$link"
done

rm -rf "$folder/root" && mv "$work/root" "$folder/root"
unwinder=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p | sed -n 's|^[[:space:]]*libgcc_s.so.1 .*=> ||p' | head -n 1)
mkdir -p "$folder/bin"
cat >"$folder/bin/julia.new" <<END
#!/bin/sh
# Debian 11's julia beside newer libraries. The unwinder is loaded first, or an exception in a callback ends the process.
LD_LIBRARY_PATH=$folder/root/usr/lib/$multiarch:$folder/root/lib/$multiarch:$folder/root/usr/lib/$multiarch/julia\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}
LD_PRELOAD=$unwinder\${LD_PRELOAD:+:\$LD_PRELOAD}
export LD_LIBRARY_PATH LD_PRELOAD
exec $folder/root/usr/bin/julia "\$@"
END
chmod +x "$folder/bin/julia.new"
"$folder/bin/julia.new" --startup-file=no -e 'VERSION >= v"1.5" || exit(1)' || fail "the julia in $folder does not start"
mv "$folder/bin/julia.new" "$folder/bin/julia"
echo "$folder/bin/julia"
