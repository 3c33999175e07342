#!/bin/sh
# Hold every screen against Slack's official types (@slack/types); $1 is the environment's Python.
# The compiler comes from npm, at the versions and with the checksums of package-lock.json. Without
# Node this is left out, and says so.
set -u
python=$1
here=tests/slack_types

left_out() {
    cat >&2 <<LOUD

****************************************************************************
  NOT RUN: the screens against Slack's official types. $1
****************************************************************************
LOUD
}

if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    left_out "There is no Node here."
    exit 0
fi
if [ ! "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ]; then
    echo "Fetching Slack's types and a compiler (only this once) ..."
    if ! npm ci --prefix "$here" --ignore-scripts --no-audit --no-fund --silent >&2; then
        left_out "npm could not fetch them."
        [ "${CI:-}" != true ]
        exit
    fi
fi
echo "Slack's types ..."
mkdir -p "$here/build" && "$python" -m tests.slack_types.collect "$here/build/screens.ts" &&
    node "$here/node_modules/typescript/bin/tsc" --project "$here"
