"""A real Chromium for the tests that play on the page."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

from playwright.async_api import Page, ViewportSize, async_playwright, expect

from sandbox.server import Sandbox

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}
# No other host is ever asked, and the program may run as root in a container.
ARGUMENTS = [
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
    """The page in a new browser, as one member; fails on any error or refusal in the console."""
    member = sandbox.workspace.user_named(name).id
    address = f"{sandbox.url}/?as={member}&at={at}&tour={tour}"
    async with visiting_address(address, size=size, colours=colours) as page:
        yield page


@asynccontextmanager
async def visiting_address(
    address: str, *, size: ViewportSize = WIDE, colours: Literal["light", "dark"] = "light"
) -> AsyncIterator[Page]:
    """An address in a new browser; fails on any error or refusal in the console."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
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
        await browser.close()
    assert complaints == []
