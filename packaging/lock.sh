#!/bin/sh
# Makes from pyproject.toml: requirements.lock (to run), requirements-dev.lock (to run and to check) and
# requirements-build.lock (to run and to make the packaged program).
#   sh packaging/lock.sh             keeps what is locked, adds and drops what pyproject.toml asks for
#   sh packaging/lock.sh --upgrade   takes the newest versions that pyproject.toml allows
set -eu
cd "$(dirname "$0")/.."

if command -v uv >/dev/null 2>&1; then
    uv=uv
elif [ -x .venv/bin/uv ]; then
    uv=.venv/bin/uv
else
    echo "Making the lock files needs uv. Install it with: .venv/bin/python -m pip install uv" >&2
    exit 1
fi

compile() {
    lock=$1
    shift
    # One version for every Python: what is tested on one is what runs on the others.
    "$uv" pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
        --no-header --no-annotate --output-file "$lock" pyproject.toml "$@" >/dev/null
    if grep -q '://' "$lock"; then
        echo "$lock holds an address; a lock file must name versions and hashes only." >&2
        exit 1
    fi
}

compile requirements.lock "$@"
compile requirements-dev.lock --group dev --constraints requirements.lock "$@"
compile requirements-build.lock --group build --constraints requirements.lock "$@"
echo "Locked: $(grep -c '==' requirements.lock) packages to run, $(grep -c '==' requirements-dev.lock) with the checks," \
    "$(grep -c '==' requirements-build.lock) with what makes the package."
