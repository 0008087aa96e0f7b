#!/bin/sh
# Compares what tw_torch_version says with what the package says that the loaded LibTorch belongs to: dpkg, or the
# version.py of a wheel.
#
#   torch_version.sh PROGRAM      PROGRAM version prints tw_torch_version
set -eu

program=$1
said=$("$program" version)
library=$(readlink -f "$(ldd "$program" | sed -n 's/.*libtorch_cpu\.so[^ ]* => \([^ ]*\).*/\1/p')")

if package=$(dpkg -S "$library" 2>/dev/null); then
  known=$(dpkg-query -W -f '${source:Upstream-Version}' "${package%%: *}" | sed 's/[+~].*//')
  from="the package ${package%%: *}"
elif [ -f "$(dirname "$library")/../version.py" ]; then
  known=$(sed -n "s/^__version__ = '\([0-9.]*\).*/\1/p" "$(dirname "$library")/../version.py")
  from="the wheel"
else
  echo "nothing says which version $library is"
  exit 77
fi
if [ "${said%%[+a-z]*}" != "$known" ]; then
  echo "tw_torch_version says $said; $from is $known"
  exit 1
fi
echo "$said, as $from says"
