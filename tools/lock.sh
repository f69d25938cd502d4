#!/usr/bin/env bash
# Write both lock files anew from pyproject.toml: every release pinned with its hashes, and no
# address of where they are fetched from. Needs uv.
set -euo pipefail
cd "$(dirname "$0")/.."
options=(--universal --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet)
uv pip compile pyproject.toml "${options[@]}" --output-file requirements.lock
uv pip compile pyproject.toml --group dev "${options[@]}" --output-file requirements-dev.lock
