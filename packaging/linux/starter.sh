#!/bin/sh
# Starts the version of the program that the file "current" names, with every argument as it was given.
#   nurse-app [arguments]               the version in use
#   nurse-app --previous [arguments]    the version before, for when a new one does not start
# A copy or link of this file with "before" in its name does the same as --previous.
# Without a usable "current" it takes the newest version that is whole. packaging/windows/starter.c does all this alike.
set -u
here=$(readlink -f -- "$0")
here=${here%/*}
program=nurse-app

say() {
    printf '%s\n' "$1" >&2
}

# Is it three numbers, written in the one way that there is?
is_version() {
    case $1 in
        *[!0-9.]* | .* | *. | *..* | *.*.*.*) return 1 ;;
        *.*.*) ;;
        *) return 1 ;;
    esac
    usual=$IFS
    IFS=.
    # shellcheck disable=SC2086
    set -- $1
    IFS=$usual
    for number in "$@"; do
        case $number in
            0 | [1-9] | [1-9][0-9] | [1-9][0-9][0-9] | [1-9][0-9][0-9][0-9]) ;;
            *) return 1 ;;
        esac
    done
}

# A version has its name only when all of it is there.
is_whole() {
    is_version "$1" && [ -f "$here/versions/$1/$program" ]
}

# The versions that are whole, the newest first.
versions() {
    for folder in "$here"/versions/*/; do
        version=${folder%/}
        version=${version##*/}
        if is_whole "$version"; then
            printf '%s\n' "$version"
        fi
    done | sort -t . -k 1,1nr -k 2,2nr -k 3,3nr
}

# The newest of them that is older than $1.
version_before() {
    is_next=no
    for version in $(versions); do
        if [ "$is_next" = yes ]; then
            printf '%s\n' "$version"
            return
        fi
        if [ "$version" = "$1" ]; then
            is_next=yes
        fi
    done
}

give_up() {
    say "$1"
    exit 1
}

in_use=
if [ -r "$here/current" ]; then
    read -r in_use <"$here/current" || true
    in_use=${in_use%"$(printf '\r')"}
fi
if ! is_whole "$in_use"; then
    in_use=$(versions | head -n 1)
    [ -n "$in_use" ] || give_up "$here holds no whole version of the program. Copy the whole folder again."
    say "The file $here/current does not name a version that is there. Version $in_use is started, the newest one."
fi

previous=no
if [ "${1-}" = --previous ]; then
    previous=yes
    shift
else
    case ${0##*/} in
        *before*) previous=yes ;;
    esac
fi
version=$in_use
if [ "$previous" = yes ]; then
    version=$(version_before "$in_use")
    [ -n "$version" ] || give_up "There is no version before $in_use in $here."
    say "Version $version is started. To go on with it: $here/nurse-app --previous update --back"
fi

[ -x "$here/versions/$version/$program" ] ||
    give_up "$here/versions/$version/$program may not be started. Is the folder on a disk that programs may run from?"
exec "$here/versions/$version/$program" "$@"
