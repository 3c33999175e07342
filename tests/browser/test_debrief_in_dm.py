"""A debrief in the DM on the page: one writes back, presses, edits; wide and with one hand."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from tests.browser.conftest import PHONE, KeepPicture, expect_no_sideways_scrolling
from tests.sandbox.chromium import WIDE, visiting
from tests.stories.conftest import House
from tests.stories.steps import add_contact, at, plan_talk
from tests.stories.test_after_talks import MONDAY

pytestmark = pytest.mark.browser


@pytest.fixture
async def talked(house: House) -> AsyncIterator[House]:
    """A talk that is over for half an hour, so that the bot asks how it went."""
    await add_contact(house.ada, "Grace Hill, Head of Data at Acme")
    await plan_talk(house.ada, "Grace Hill", "today 15:00")
    await house.until(at(MONDAY, 16))
    yield house


async def _reply(page: Page, words: str, then: str) -> Locator:
    """Write back, and wait for the bot's next question."""
    await page.get_by_role("combobox", name="Message Rapport").fill(words)
    await page.keyboard.press("Enter")
    log = page.get_by_role("log")
    await expect(log).to_contain_text(then)
    return log


async def _edit(page: Page, before: str, after: str) -> None:
    message = page.get_by_role("article").filter(has_text=before).first
    await message.hover()
    await message.get_by_role("button", name="More actions").click()
    await message.get_by_role("menuitem", name="Edit message").click()
    await page.get_by_role("combobox", name="Message Rapport").fill(after)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text(f"Noted, learned: {after}")


@pytest.mark.parametrize(("size", "name"), [(WIDE, "wide"), (PHONE, "narrow")])
async def test_a_debrief_by_writing_back(
    talked: House, keep_picture: KeepPicture, size: ViewportSize, name: str
) -> None:
    async with visiting(talked.sandbox, size=size) as page:
        await page.get_by_role("button", name="Answer here").click()
        await expect(page.get_by_role("log")).to_contain_text("the one thing you learned?")
        await keep_picture(page, f"{name}-debrief-begins")
        await _reply(page, "Half the job is asking the right question", "picture yourself there?")
        await keep_picture(page, f"{name}-debrief-asks")
        await page.get_by_role("button", name="Not sure").click()
        await expect(page.get_by_role("log")).to_contain_text("What do they like about the work?")
        named = "The people.\nWho else: Tom Reed, Analyst at Acme\nPromised: my notes by friday"
        log = await _reply(page, named, "And what don't they like?")
        await expect(log).to_contain_text("Noted, promised: my notes (by 27 November 2026)")
        await _edit(page, "Half the job", "Ask which question the dashboard answers")
        await _reply(page, "later", "questions wait")
        if size == PHONE:
            await expect_no_sideways_scrolling(page)
        await page.get_by_role("button", name="That's all").click()
        await expect(log).to_contain_text("in your words:")
        await page.get_by_role("button", name="Change answers").scroll_into_view_if_needed()
        await keep_picture(page, f"{name}-debrief-told")
        await page.get_by_role("button", name="Change answers").click()
        dialog = page.get_by_role("dialog", name="While it's fresh")
        await dialog.get_by_role("button", name="Next").click()
        dialog = page.get_by_role("dialog", name="What follows")
        await dialog.get_by_label("They promised").fill("An introduction")
        await dialog.get_by_role("button", name="Add hiring, trends, advice").click()
        await dialog.get_by_label("What hiring managers look for").fill("Curiosity")
        await expect(dialog.get_by_label("They promised")).to_have_value("An introduction")
        await keep_picture(page, f"{name}-debrief-more")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog).to_be_hidden()
        await expect(log).to_contain_text("Curiosity")
