"""The whole house with a person at the page; pictures are kept only when they are asked for."""

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, ViewportSize

from tests.databases import sqlite_url
from tests.stories.conftest import house, log

__all__ = ["database_url", "house", "keep_picture", "log"]

PICTURES = Path(__file__).parents[2] / "docs" / "screenshots"
PHONE: ViewportSize = {"width": 390, "height": 844}

KeepPicture = Callable[[Page, str], Awaitable[None]]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--screenshots`; `make screenshots` gives it."""
    parser.addoption("--screenshots", action="store_true", help="renew docs/screenshots")


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a fresh SQLite database: the stories try PostgreSQL, the page knows neither."""
    path = tmp_path / "rapport.db"
    shutil.copyfile(sqlite_template, path)
    return sqlite_url(path)


@pytest.fixture
def keep_picture(request: pytest.FixtureRequest) -> KeepPicture:
    """Keep what the page shows as docs/screenshots/NAME.png, if pictures are asked for."""
    wanted = request.config.getoption("--screenshots", default=False)

    async def keep(page: Page, name: str) -> None:
        if wanted:
            await page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")

    return keep


async def expect_no_sideways_scrolling(page: Page) -> None:
    """Fail if anything on the page is wider than the screen."""
    parts = page.locator("html, #topbar, [data-scroll]")
    widths = await parts.evaluate_all("parts => parts.map((part) => part.scrollWidth)")
    assert max(widths) <= PHONE["width"]
