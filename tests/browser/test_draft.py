"""A draft on the page: to read, to copy and to open in mail, on a wide screen and on a phone."""

import re

import pytest
from playwright.async_api import ViewportSize, expect

from tests.browser.conftest import PHONE, expect_no_sideways_scrolling
from tests.sandbox.chromium import WIDE, visiting
from tests.stories.conftest import House

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [pytest.param(WIDE, id="wide"), pytest.param(PHONE, id="phone")])
async def test_a_draft_is_checked_and_opens_in_mail(house: House, size: ViewportSize) -> None:
    """What was typed stays, and what there is to copy follows it."""
    ada = house.ada
    await ada.command("/contact Grace Hill at Acme", channel="dm")
    ada.modal.fill({"E-mail": "grace@acme.example"})
    await ada.modal.submit()
    async with visiting(house.sandbox, size=size) as page:
        await page.get_by_role("button", name="Draft it").click()
        dialog = page.get_by_role("dialog", name="Draft")
        await dialog.get_by_label("Your message").fill("Hi Grace, I have attached my CV.")
        await dialog.get_by_role("button", name="Check it").click()
        await expect(dialog).to_contain_text("It attaches something")
        await expect(dialog.locator("pre")).to_have_text("Hi Grace, I have attached my CV.")
        await expect(dialog.get_by_label("Your message")).to_have_value(
            "Hi Grace, I have attached my CV."
        )
        link = dialog.get_by_role("link", name="Open in your mail program")
        await expect(link).to_have_attribute("href", re.compile(r"^mailto:grace@acme\.example\?"))
        if size == PHONE:
            await expect_no_sideways_scrolling(page)
        await dialog.get_by_role("button", name="It went out").click()
        await expect(dialog).to_be_hidden()
        await expect(page.get_by_role("log")).to_contain_text("Grace Hill is up to date.")
