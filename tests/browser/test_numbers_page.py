"""All numbers of the practice on one page, with one hand."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PHONE, KeepPicture, expect_no_sideways_scrolling
from tests.sandbox.chromium import visiting
from tests.stories.conftest import House

pytestmark = pytest.mark.browser


async def test_a_number_is_refused_in_words_and_then_saved(
    house: House, keep_picture: KeepPicture
) -> None:
    await house.ada.command("/rapport settings")
    async with visiting(house.sandbox, size=PHONE) as page:
        first = page.get_by_role("dialog", name="Settings")
        await first.get_by_role("button", name="Numbers and kinds").click()
        numbers = page.get_by_role("dialog", name="Numbers and kinds")
        hours = numbers.get_by_label("No thank-you: remind me within")
        await hours.fill("100")
        await numbers.get_by_role("button", name="Save").click()
        await expect(numbers).to_contain_text("A whole number from 4 to 48, please. 24 is usual.")
        await hours.scroll_into_view_if_needed()
        await keep_picture(page, "narrow-numbers")
        await expect_no_sideways_scrolling(page)
        await hours.fill("36")
        await numbers.get_by_role("button", name="Save").click()
        await expect(numbers).to_have_count(0)
