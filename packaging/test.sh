#!/bin/sh
# Sets up whatever is missing and passes every check: sh packaging/test.sh [names of checks]
set -eu
# shellcheck source=packaging/setup.sh
. "$(dirname -- "$0")/setup.sh"

set_up requirements-dev.lock
exec "$environment/bin/python" "$project/packaging/check.py" "$@"
