"""The first minutes at the page: hello, three questions, names, their preview."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PHONE, KeepPicture, expect_no_sideways_scrolling
from tests.sandbox.chromium import visiting
from tests.stories.conftest import House

pytestmark = pytest.mark.browser

NAMES = """\
Grace Hill, Head of Data at Acme, my cousin
Tom Reed - Analyst at Cask - met at the data meetup
Uma Singh, Product Manager at Birch & Co, same school
???
"""


async def _up_to_the_preview(house: House, page: Page) -> None:
    await page.get_by_role("tab", name="Home").click()
    await expect(page.get_by_role("tabpanel")).to_contain_text("Your first talk")
    await house.settle()  # Home is drawn anew when it is opened.
    await page.get_by_role("tabpanel").get_by_role("button", name="Write down ten names").click()
    questions = page.get_by_role("dialog")
    await expect(questions).to_contain_text("Which kind of job are you curious about?")
    await questions.get_by_label("Which kind of job are you curious about?").fill("Data analyst")
    await questions.get_by_role("button", name="Next").click()
    box = page.get_by_role("dialog").get_by_label("Who could you learn from?")
    await box.fill(NAMES)
    await page.get_by_role("dialog").get_by_role("button", name="Preview").click()
    await expect(page.get_by_role("dialog")).to_contain_text("3 new names. Right so far?")


async def test_the_preview_shows_whom_i_read(house: House, keep_picture: KeepPicture) -> None:
    """On a wide screen."""
    await house.ada.open_home()
    async with visiting(house.sandbox) as page:
        await expect(page.get_by_role("log")).to_contain_text("Hello! I keep the thread")
        await keep_picture(page, "welcome-wide")
        await _up_to_the_preview(house, page)
        await keep_picture(page, "names-preview-wide")


async def test_the_first_minutes_in_one_hand(house: House, keep_picture: KeepPicture) -> None:
    """On a phone nothing is wider than the screen, and the names are saved in a few presses."""
    await house.ada.open_home()
    async with visiting(house.sandbox, size=PHONE) as page:
        await _up_to_the_preview(house, page)
        await expect_no_sideways_scrolling(page)
        await keep_picture(page, "names-preview-narrow")
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog).to_contain_text("3 people are on your list")
        await keep_picture(page, "names-left-narrow")
