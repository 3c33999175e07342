"""Preparing for a talk on the page, on a wide screen and with one hand."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, ViewportSize, expect

from tests.browser.conftest import PHONE, KeepPicture, expect_no_sideways_scrolling
from tests.sandbox.chromium import WIDE, visiting
from tests.stories.conftest import House
from tests.stories.steps import plan_talk, write_touch

pytestmark = pytest.mark.browser


@pytest.fixture
async def planned(house: House) -> AsyncIterator[House]:
    """A talk with a would-be boss on Thursday, who was asked and has answered."""
    ada = house.ada
    await ada.command("/contact Grace Hill, Head of Data at Acme")
    ada.modal.fill({"Path": "Analyst", "What are they to you?": "Would be my boss"})
    await ada.modal.submit()
    await write_touch(ada, "Grace", "I asked for a talk")
    await write_touch(ada, "Grace", "They answered")
    await plan_talk(ada, "Grace Hill", "thursday 3pm")
    await ada.open_home()
    yield house


async def _pick(dialog: Locator, *questions: str) -> None:
    for question in questions:
        await dialog.get_by_role("combobox", name="Questions to ask").click()
        await dialog.get_by_role("option", name=question).click()


async def _fill(dialog: Locator) -> None:
    await _pick(
        dialog, "What does a bad week look like?", "What should I have asked that I didn't?"
    )
    own = "How did you learn to say no?\nWhat would your team miss without you?"
    await dialog.get_by_role("textbox", name="Questions of my own").fill(own)
    await dialog.get_by_role("textbox", name="I believe that …").fill("Most of it is meetings")


async def _prepare(page: Page, keep_picture: KeepPicture, size: str) -> None:
    await page.get_by_role("button", name="Prepare").click()
    dialog = page.get_by_role("dialog", name="Prepare")
    await _fill(dialog)
    await keep_picture(page, f"{size}-prepare")
    await dialog.get_by_role("button", name="Save").click()
    plan = page.get_by_role("dialog", name="How it could go")
    await plan.get_by_role("button", name="Move up").first.click()
    await expect(plan).to_contain_text("1. How did you learn to say no?")
    await keep_picture(page, f"{size}-half-hour")
    await plan.get_by_role("button", name="Done").click()
    await expect(page.get_by_role("tabpanel")).to_contain_text("4 questions")


@pytest.mark.parametrize(("size", "name"), [(WIDE, "wide"), (PHONE, "narrow")])
async def test_a_talk_is_prepared_and_briefed(
    planned: House, keep_picture: KeepPicture, size: ViewportSize, name: str
) -> None:
    async with visiting(planned.sandbox, at="home", size=size) as page:
        await _prepare(page, keep_picture, name)
        await planned.ada.answer.press("Add to calendar")
        await planned.later(days=2)
        await page.get_by_role("tab", name="Messages").click()
        log = page.get_by_role("log")
        await expect(log).to_contain_text("Questions")
        await expect(log.get_by_role("link", name="Talk with Grace Hill")).to_be_visible()
        await log.get_by_text("Your next talk is with").scroll_into_view_if_needed()
        if size == PHONE:
            await expect_no_sideways_scrolling(page)
        await keep_picture(page, f"{name}-brief")
