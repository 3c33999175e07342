"""A real Chromium for the tests that play on the page."""

import atexit
import re
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from threading import Thread
from typing import Literal

from playwright.async_api import Page, ViewportSize, async_playwright, expect

from sandbox.server import Sandbox

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}
# No other host is ever asked, and the program may run as root in a container.
ARGUMENTS = [
    "--headless",
    "--remote-debugging-port=0",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@asynccontextmanager
async def visiting(
    sandbox: Sandbox,
    *,
    name: str = "Ada",
    at: str = "messages",
    tour: str = "off",
    size: ViewportSize = WIDE,
    colours: Literal["light", "dark"] = "light",
) -> AsyncIterator[Page]:
    """The page as one member, in a window of its own; fails on an error in the console."""
    member = sandbox.workspace.user_named(name).id
    address = f"{sandbox.url}/?as={member}&at={at}&tour={tour}"
    async with visiting_address(address, size=size, colours=colours) as page:
        yield page


@asynccontextmanager
async def visiting_address(
    address: str, *, size: ViewportSize = WIDE, colours: Literal["light", "dark"] = "light"
) -> AsyncIterator[Page]:
    """An address in a window of its own; fails on any error or refusal in the console."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        found = next(filter(None, map(shutil.which, NAMES)), playwright.chromium.executable_path)
        browser = await playwright.chromium.connect_over_cdp(_start(found))
        context = await browser.new_context(
            viewport=size, color_scheme=colours, reduced_motion="reduce"
        )
        page = await context.new_page()
        page.set_default_timeout(10_000)
        expect.set_options(timeout=10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text) if said.type in ("error", "warning") else None
            ),
        )
        await page.goto(address)
        yield page
        await context.close()
    assert complaints == []


@cache
def _start(program: str) -> str:
    """Start Chromium and give its address: one for all tests, since a start costs seconds."""
    profile = tempfile.mkdtemp(prefix="rapport-chromium-")
    process = subprocess.Popen(
        [program, *ARGUMENTS, f"--user-data-dir={profile}"], stderr=subprocess.PIPE, text=True
    )

    def stop() -> None:
        process.kill()
        process.wait()
        shutil.rmtree(profile, ignore_errors=True)

    atexit.register(stop)
    assert process.stderr is not None
    told = (re.search(r"DevTools listening on (\S+)", line) for line in process.stderr)
    address = next(filter(None, told), None)
    assert address is not None, f"{program} did not start"
    # What it goes on to say is read, so that it never waits for a reader.
    Thread(target=process.stderr.read, daemon=True).start()
    return address[1]
