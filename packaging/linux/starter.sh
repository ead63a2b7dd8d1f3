#!/bin/sh
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/versions/$(cat "$here/current")/nurse-app" "$@"
