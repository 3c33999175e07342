"""One talk on the page, in a real Chromium, from an empty Home to a thank-you that is sent."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import PHONE, KeepPicture, expect_no_sideways_scrolling
from tests.sandbox.chromium import visiting
from tests.stories.conftest import House

pytestmark = pytest.mark.browser


def _composer(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Message Rapport")


async def _send(page: Page, words: str) -> None:
    await _composer(page).fill(words)
    await _composer(page).press("Enter")


async def _go(page: Page, tab: str) -> None:
    await page.get_by_role("tab", name=tab).click()


async def _choose(dialog: Locator, label: str, option: str) -> None:
    await dialog.get_by_role("combobox", name=label).click()
    await dialog.get_by_role("option", name=option, exact=True).click()


async def test_a_talk_from_the_first_name_to_the_thank_you(
    house: House, keep_picture: KeepPicture
) -> None:
    """The whole journey with mouse and keyboard, on a wide screen."""
    async with visiting(house.sandbox, at="home") as page:
        await expect(page.get_by_role("heading", name="Your first talk")).to_be_visible()
        await page.get_by_role("button", name="Dismiss").click()
        await keep_picture(page, "home-empty")
        await _go(page, "Messages")
        await _save_the_contact(page, keep_picture)
        await _plan_the_talk(page)
        await _go(page, "Home")
        await expect(page.get_by_role("tabpanel")).to_contain_text("Next talks")
        await _let_a_day_pass(page)
        await _tell_how_it_went(page, keep_picture)
        await _say_thanks(page, keep_picture)


async def _save_the_contact(page: Page, keep_picture: KeepPicture) -> None:
    composer = _composer(page)
    await composer.focus()
    await page.keyboard.type("/c")
    await expect(page.get_by_role("option", name="/contact")).to_be_visible()
    await keep_picture(page, "composer-completion")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Grace Hill, Head of Data at Acme")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="New contact")
    await expect(dialog.get_by_label("Name", exact=True)).to_have_value("Grace Hill")
    await expect(dialog.get_by_label("Title")).to_have_value("Head of Data")
    await expect(dialog.get_by_label("Company")).to_have_value("Acme")
    await _choose(dialog, "What are they to you?", "Would be my boss")
    await keep_picture(page, "contact-form")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_role("log")).to_contain_text("Grace Hill is on your list")


async def _plan_the_talk(page: Page) -> None:
    await _send(page, "/interview Grace Hill tuesday 3pm")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Grace Hill · Acme")
    await expect(dialog.get_by_label("When?")).to_have_value("2026-11-24T15:00")
    await _choose(dialog, "How?", "Video")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_role("log")).to_contain_text("Your talk with Grace Hill")


async def _let_a_day_pass(page: Page) -> None:
    """Move the clock to Tuesday 4 PM, when the talk is over for half an hour."""
    clock = page.get_by_role("group", name="Clock")
    await clock.get_by_role("button", name="Tomorrow 9:00").click()
    await expect(clock).to_contain_text("Tue 24 Nov")
    await clock.get_by_role("button", name="+1 hour").click()
    await expect(clock).to_contain_text("10:00 AM")
    await clock.get_by_role("button", name="Pick").click()
    await clock.get_by_label("Move the clock to").fill("2026-11-24T16:00")
    await clock.get_by_role("button", name="Move the clock").click()
    await expect(clock).to_contain_text("4:00 PM")


async def _tell_how_it_went(page: Page, keep_picture: KeepPicture) -> None:
    await page.get_by_role("link", name=re.compile("How did it go")).click()
    question = page.get_by_role("article").filter(has_text="How did it go?")
    await question.get_by_role("button", name="Tell me about it").click()
    dialog = page.get_by_role("dialog", name="While it's fresh")
    await dialog.get_by_label("The one thing I learned").fill(
        "Half the job is asking which question the dashboard should answer."
    )
    await _choose(dialog, "Could I picture myself there?", "Yes")
    await keep_picture(page, "debrief")
    await dialog.get_by_role("button", name="Next").click()
    dialog = page.get_by_role("dialog", name="What follows")
    await dialog.get_by_label("Who else should I talk to?").fill("Tom Reed, Analyst at Acme")
    await dialog.get_by_label("I promised", exact=True).fill("Send the article on forecasts")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_be_hidden()
    await expect(question).to_be_hidden()
    await expect(page.get_by_role("log")).to_contain_text("1 new person on your list")


async def _say_thanks(page: Page, keep_picture: KeepPicture) -> None:
    await page.get_by_role("button", name="Tomorrow 9:00").click()
    nudge = page.get_by_role("article").filter(has_text="no thank-you yet")
    await expect(nudge).to_be_visible()
    await keep_picture(page, "nudge-dm")
    await nudge.get_by_role("button", name="It's sent").click()
    await expect(nudge).to_be_hidden()
    await expect(page.get_by_role("log")).to_contain_text("You thanked Grace Hill.")
    await _go(page, "Home")
    await expect(page.get_by_role("tabpanel")).to_contain_text("1 thanked")


async def test_a_talk_is_planned_with_one_hand(house: House, keep_picture: KeepPicture) -> None:
    """On a phone the modal fills the screen, and nothing is wider than it."""
    async with visiting(house.sandbox, at="home", size=PHONE) as page:
        await page.get_by_role("button", name="Add contact").click()
        dialog = page.get_by_role("dialog", name="New contact")
        await dialog.get_by_label("Name", exact=True).fill("Grace Hill")
        await dialog.get_by_label("Company").fill("Acme")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog).to_be_hidden()
        await _go(page, "Messages")
        await _send(page, "/interview Grace Hill tuesday 3pm")
        dialog = page.get_by_role("dialog", name="Log a talk")
        await expect(dialog).to_contain_text("Grace Hill · Acme")
        await expect_no_sideways_scrolling(page)
        await keep_picture(page, "narrow-modal")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog).to_be_hidden()
        # Slack takes a private answer for half an hour: the clock waits until it is there.
        await expect(page.get_by_role("log")).to_contain_text("Your talk with Grace Hill")
        await page.get_by_role("button", name="Tomorrow 9:00").click()
        await _go(page, "Home")
        await expect(page.get_by_role("tabpanel")).to_contain_text("Next talks")
        await expect_no_sideways_scrolling(page)
