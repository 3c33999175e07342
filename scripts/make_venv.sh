#!/bin/sh
# Make the virtual environment $1 with the first Python that will do: the one named in $PYTHON,
# else python3, else a versioned one. Says what is missing if none does.
set -u
venv=$1
tried=""
no_venv=""

for python in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    command -v "$python" >/dev/null 2>&1 || continue
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        tried="$tried  $python is Python $version
"
        continue
    fi
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        no_venv="$python$version"
        tried="$tried  $python (Python $version) lacks its venv module: apt install python$version-venv
"
        continue
    fi
    echo "Making $venv with $python (Python $version) ..."
    rm -rf "$venv"
    if "$python" -m venv "$venv"; then
        exit 0
    fi
    rm -rf "$venv"
    exit 1
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
