#!/bin/sh
# Sets up whatever is missing and starts the program: sh packaging/run.sh [arguments of nurse-app]
set -eu
# shellcheck source=packaging/setup.sh
. "$(dirname -- "$0")/setup.sh"

# Without a sub-command the program opens its window.
opens_window() {
    while [ $# -gt 0 ]; do
        case $1 in
        --training | --data-dir=*) ;;
        --data-dir) [ $# -gt 1 ] && shift ;;
        *) return 1 ;;
        esac
        shift
    done
}

set_up requirements.lock
if opens_window "$@" && ! "$python" "$project/packaging/system_needs.py" display; then
    say "There is no display here, so this rehearses a whole sample visit instead of opening the window."
    set -- rehearse
fi
exec "$environment/bin/nurse-app" "$@"
