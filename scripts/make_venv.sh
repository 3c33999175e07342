#!/bin/sh
# Make the virtual environment $1 with the first Python that will do: the one named in $PYTHON and
# no other, else one that the tests run with, else any newer one. Says what is missing if none does.
set -u
venv=$1
named=${PYTHON:-}
tried=""
no_venv=""

try() {
    command -v "$1" >/dev/null 2>&1 || return 1
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 1
    if ! "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        tried="$tried  $1 is Python $version
"
        return 1
    fi
    if ! "$1" -c 'import ensurepip, venv' 2>/dev/null; then
        no_venv="$1"
        tried="$tried  $1 (Python $version) lacks its venv module: apt install python$version-venv
"
        return 1
    fi
    echo "Making $venv with $1 (Python $version) ..."
    rm -rf "$venv"
    "$1" -m venv "$venv" && exit 0
    rm -rf "$venv"
    exit 1
}

if [ -n "$named" ]; then
    try "$named"
    {
        echo
        echo "PYTHON=$named will not do."
        if [ -n "$tried" ]; then
            printf '%s' "$tried"
        else
            echo "  It cannot be started, or is no Python."
        fi
        echo "Rapport needs Python 3.11, 3.12 or 3.13. Name another one, or none."
        echo
    } >&2
    exit 1
fi
for python in python3.13 python3.12 python3.11 python3; do
    try "$python"
done

{
    echo
    echo "Rapport needs Python 3.11 or newer, and found none that will do."
    if [ -n "$tried" ]; then
        printf '%s' "$tried"
    fi
    if [ -z "$no_venv" ]; then
        echo "Get one from python.org/downloads or your system's package manager,"
        echo "or name one that is not on the PATH: make run PYTHON=/path/to/python3.12"
    fi
    echo
} >&2
exit 1
