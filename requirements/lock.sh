#!/bin/sh
# Writes the hashed locks from pyproject.toml. No index address may stand in them (tests/house/test_lock.py).
set -eu
cd "$(dirname "$0")/.."
compile() { uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-emit-index-url \
  --no-annotate --no-header pyproject.toml "$@"; }
compile -o requirements/product.txt
compile --group dev -o requirements/dev.txt
