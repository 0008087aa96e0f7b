# Sets `python` to an interpreter that imports torchvision; a script that sources this fails where there is none.
for python in "${PYTHON-}" python3 /usr/bin/python3 none; do
  [ -n "$python" ] && "$python" -c 'import torch, torchvision' >/dev/null 2>&1 && break
done
[ "$python" != none ] || { echo "no python3 here imports torch and torchvision (Debian: python3-torchvision)" >&2; exit 1; }
