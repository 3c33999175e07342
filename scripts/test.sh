#!/bin/sh
# Everything that is checked before a change goes in: lint, format, types, import contracts, tests,
# Slack's types.
# $1 is the environment's Python, $2 the number of test processes; what follows goes to pytest.
set -u
python=$1
workers=$2
shift 2

sh scripts/lint.sh "$python" || exit 1
rm -rf tests/slack_types/build/shown
if browser=$(sh scripts/ensure_browser.sh "$python"); then
    echo "Tests, in $browser too ..."
    "$python" -m pytest -q -n "$workers" "$@" || exit
    # What the stories have shown is among what is held against Slack's types.
    exec sh scripts/check_types.sh "$python"
fi
if [ "${CI:-}" = true ]; then
    echo "No Chromium could be had, and in CI the browser tests must run." >&2
    exit 1
fi
echo "Tests, without a browser ..."
"$python" -m pytest -q -n "$workers" -m "not browser" "$@" && sh scripts/check_types.sh "$python"
status=$?
cat >&2 <<'LOUD'

****************************************************************************
  NOT RUN: the browser tests. There is no Chromium here and none could be
  installed. Put one on the PATH (apt install chromium) and run again.
****************************************************************************
LOUD
exit $status
