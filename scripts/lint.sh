#!/bin/sh
# Lint, format, types, import contracts; $1 is the environment's Python. Silent where all is well.
set -u
python=$1

echo "Lint and format ..."
"$python" -m ruff check --quiet . || exit 1
"$python" -m ruff format --quiet --check . || {
    echo "Some files are not formatted; this puts it right: $python -m ruff format ." >&2
    exit 1
}
echo "Types ..."
"$python" -m mypy --no-error-summary || exit 1
echo "Import contracts ..."
contracts=$("$python" -c 'from importlinter.cli import lint_imports_command as run; run()') || {
    echo "$contracts" >&2
    exit 1
}
