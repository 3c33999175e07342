#!/bin/sh
# Print the path of a Chromium for the browser tests, installing one if there is none.
# Fails, and says so, if none can be had. What it is doing goes to standard error.
set -u
python=$1

starts() {
    [ -n "$1" ] && "$1" --version >/dev/null 2>&1
}

find_one() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        path=$(command -v "$name" 2>/dev/null)
        starts "$path" && echo "$path" && return 0
    done
    path=$("$python" -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
' 2>/dev/null)
    starts "$path" && echo "$path" && return 0
    for path in "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        starts "$path" && echo "$path" && return 0
    done
    return 1
}

with_apt() {
    command -v apt-get >/dev/null 2>&1 || return 1
    echo "Installing Chromium with apt-get, for the browser tests ..." >&2
    { $1 apt-get update -q && $1 env DEBIAN_FRONTEND=noninteractive apt-get install -qy chromium; } \
        >/dev/null 2>&1
}

# Installing for the whole system is done in CI, where the machine is the run's own, or if allowed.
may_use_apt() {
    [ "${CI:-}" = true ] || [ "${TEST_APT:-}" = yes ]
}

find_one && exit 0
echo "Fetching Playwright's Chromium, for the browser tests ..." >&2
"$python" -m playwright install chromium >/dev/null 2>&1 && find_one && exit 0
if may_use_apt; then
    if [ "$(id -u)" = 0 ]; then
        with_apt "" && find_one && exit 0
    elif sudo -n true 2>/dev/null; then
        with_apt "sudo -n" && find_one && exit 0
    fi
fi
exit 1
