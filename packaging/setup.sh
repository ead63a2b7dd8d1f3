# Sourced by run.sh and test.sh: sets up what is missing and leaves .venv ready.
# Everything it says goes to stderr, so that a command's own output stays clean.

project=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
environment=$project/.venv
# Asked here, because further down input and output lead elsewhere.
if [ -t 0 ] && [ -t 2 ]; then is_attended=yes; else is_attended=no; fi

say() {
    printf '%s\n' "$*" >&2
}

give_up() {
    say "$@"
    exit 1
}

suits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1
}

find_python() {
    for python in python3 python3.13 python3.12 python3.11; do
        if suits "$python"; then
            return 0
        fi
    done
    return 1
}

# Runs a command as the administrator: 0 when it worked, 1 when it failed or may not be run.
as_administrator() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif ! command -v sudo >/dev/null 2>&1; then
        return 1
    elif [ "$is_attended" = yes ]; then
        sudo -- "$@"
    else
        sudo -n -- "$@"
    fi
}

# first|second -> whichever of the names this system's package lists know
known_name() {
    for name in $(printf '%s' "$1" | tr '|' ' '); do
        if apt-cache show "$name" >/dev/null 2>&1; then
            break
        fi
    done
    printf '%s\n' "$name"
}

# Installs Debian packages, one argument each, other names of the same one behind a bar.
install_packages() {
    if ! command -v apt-get >/dev/null 2>&1; then
        give_up "This machine lacks system libraries and has no apt-get to install them." \
            "Install what your system calls these Debian packages, then start again: $*"
    fi
    if [ "$is_attended" = yes ] && [ "$(id -u)" -ne 0 ]; then
        say "System packages are missing; installing them needs the administrator's rights."
    fi
    log=$(mktemp)
    as_administrator env DEBIAN_FRONTEND=noninteractive apt-get -q update >"$log" 2>&1 </dev/null || true
    names=
    for package in "$@"; do
        names="$names $(known_name "$package")"
    done
    say "Installing system packages:$names"
    # shellcheck disable=SC2086
    if ! as_administrator env DEBIAN_FRONTEND=noninteractive \
        apt-get -q install -y --no-install-recommends $names >>"$log" 2>&1 </dev/null; then
        tail -n 3 "$log" >&2
        rm -f "$log"
        give_up "They could not be installed. Ask an administrator to run this, then start again:" \
            "apt-get install$names"
    fi
    rm -f "$log"
}

set_up_system() {
    if ! find_python; then
        if command -v python3 >/dev/null 2>&1; then
            give_up "Python 3.11, 3.12 or 3.13 is needed; this machine has $(python3 --version 2>&1)."
        fi
        install_packages python3-venv
        find_python || give_up "Python 3.11, 3.12 or 3.13 is needed; this system does not offer it."
    fi
    # Twice, because a Python without ctypes cannot look for libraries before its own packages are there.
    missing=$(system_needs)
    for _ in first second; do
        [ -z "$missing" ] && return
        # shellcheck disable=SC2086
        install_packages $missing
        missing=$(system_needs)
    done
    # shellcheck disable=SC2086
    [ -z "$missing" ] || give_up "These system packages were installed and still do not serve:" $missing
}

system_needs() {
    "$python" "$project/packaging/system_needs.py" || give_up "This machine could not be looked over."
}

# The environment is as the lock file says when this text stands in its stamp.
state_of() {
    "$python" - "$1" "$project" <<'PYTHON'
import hashlib, pathlib, sys
lock, project = sys.argv[1:]
print(hashlib.sha256(pathlib.Path(lock).read_bytes()).hexdigest(), sys.version.split()[0], project)
PYTHON
}

make_environment() {
    if "$environment/bin/python" -m pip --version >/dev/null 2>&1 && suits "$environment/bin/python"; then
        return
    fi
    rm -rf "$environment"
    "$python" -m venv "$environment" >&2 || give_up "The folder $environment could not be made."
}

# $1 is the lock file. The set of a longer one serves for a shorter one too, so each leaves a stamp of its own.
set_up_libraries() {
    lock=$project/$1
    stamp=$environment/set-up-for-$1
    state=$(state_of "$lock") || give_up "The lock file $lock could not be read."
    if [ -x "$environment/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$state" ]; then
        return
    fi
    say "Setting up the locked libraries in .venv (about 100 MB to fetch the first time)."
    make_environment
    if ! "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --only-binary :all: --require-hashes --requirement "$lock" >&2; then
        give_up "The libraries could not be installed. Check the network and the free space, then start again."
    fi
    set_up_command
    printf '%s\n' "$state" >"$stamp"
}

# Makes the project's own package and its command known to the environment, straight from this folder.
set_up_command() {
    "$environment/bin/python" - "$project" <<'PYTHON'
import pathlib, sys, sysconfig
pathlib.Path(sysconfig.get_path("purelib"), "nurse-app-here.pth").write_text(sys.argv[1] + "\n")
PYTHON
    command_file=$environment/bin/nurse-app
    cat >"$command_file" <<'SHELL'
#!/bin/sh
exec "$(dirname -- "$(readlink -f -- "$0")")/python" -P -m nurse_app "$@"
SHELL
    chmod +x "$command_file"
    # Otherwise the first start pays for it, and every start where Python may not write it down.
    "$environment/bin/python" -m compileall -q "$project/nurse_app" >/dev/null || true
}

# $1 is the lock file to set up for.
set_up() {
    set_up_system
    set_up_libraries "$1"
}
