#!/bin/sh
# Builds .venv from the hashed lock: sh setup.sh [product|dev]. Finds Python 3.12 or newer also where
# python3 is older (pyenv), and bootstraps uv in a folder of its own, so nothing outside is touched.
set -eu
cd "$(dirname "$0")"
lock=requirements/${1:-dev}.txt
ok() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }
# pyenv keeps its versions beside its shims, wherever HOME points.
shim=$(command -v python3 || true)
case "$shim" in */shims/*) pyenv=${shim%/shims/*} ;; *) pyenv=${PYENV_ROOT:-$HOME/.pyenv} ;; esac
python=
for candidate in "${TETTPAA_PYTHON:-}" python3.14 python3.13 python3.12 python3 \
    "$pyenv"/versions/3.1[2-9]*/bin/python3; do
  if [ -n "$candidate" ] && ok "$candidate"; then python=$(command -v "$candidate"); break; fi
done
if ! command -v uv >/dev/null 2>&1; then
  if [ ! -x .uv/bin/uv ]; then
    echo "Setting up uv in .uv …"
    "${python:-python3}" -m venv .uv || { echo "Python's venv module is missing: apt-get install python3-venv" >&2; exit 1; }
    .uv/bin/pip install --quiet --disable-pip-version-check 'uv>=0.13,<0.14'
  fi
  PATH="$PWD/.uv/bin:$PATH"
fi
# With no Python 3.12 on the machine, uv fetches one of its own.
uv venv --quiet ${python:+--python "$python"} --allow-existing .venv
uv pip sync --quiet --python .venv --require-hashes "$lock"
# The package itself, in place; its build backend comes from the lock, so this fetches nothing.
case "$lock" in *dev.txt) uv pip install --quiet --python .venv --no-deps --no-build-isolation -e . ;; esac
