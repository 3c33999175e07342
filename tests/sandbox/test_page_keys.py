"""The page in a real Chromium with nothing but the keyboard: two members, traffic, faults."""

import pytest
from playwright.async_api import expect

from tests.sandbox.chromium import visiting
from tests.sandbox.conftest import Rig

pytestmark = pytest.mark.browser


async def test_the_keyboard_alone_plays_two_members_side_by_side(rig: Rig) -> None:
    async with visiting(rig.sandbox) as page:
        press = page.keyboard.press
        composer = page.get_by_role("combobox", name="Message Sample")
        # From part to part: the bar, the side, the head, the log, the composer.
        await composer.focus()
        await press("Shift+F6")
        await expect(page.get_by_role("log")).to_be_focused()
        await press("F6")
        await expect(composer).to_be_focused()
        await page.keyboard.type("Hello")
        await press("Enter")
        await expect(page.get_by_text("I heard Hello")).to_be_visible()
        # From message to message, and a reply in a thread.
        await press("Shift+F6")
        await press("ArrowUp")
        await expect(page.get_by_role("article").last).to_be_focused()
        await press("Tab")
        await press("Enter")
        await expect(page.get_by_role("menuitem", name="Reply in thread")).to_be_focused()
        await press("Enter")
        await expect(page.get_by_text("In a thread: Enter replies")).to_be_visible()
        await press("Escape")
        # Conversations, members, colours, the list of keys.
        await press("Alt+ArrowDown")
        await expect(page.get_by_role("heading", name="general")).to_be_visible()
        await press("Alt+2")
        await expect(page.get_by_role("link", name="Ben Okafor")).to_have_attribute(
            "aria-current", "true"
        )
        await press("Control+/")
        await expect(page.get_by_role("dialog", name="With the keyboard")).to_be_visible()
        await press("Escape")
        await page.get_by_role("button", name="Light or dark").press("Enter")
        await expect(page.locator("html")).to_have_attribute("data-colours", "dark")
        # Two panes: each its own member, its own form, its own keys.
        await page.get_by_role("link", name="Two panes").press("Enter")
        left, right = page.frame_locator("#pane-1"), page.frame_locator("#pane-2")
        await expect(left.locator("html")).to_have_attribute("data-colours", "dark")
        await expect(left.locator("#who")).to_contain_text("Ben Okafor")
        await expect(right.locator("#who")).to_contain_text("Chiara Neri")
        await rig.ada.post("#general", "To both of you")
        for pane in (left, right):
            await expect(pane.get_by_role("log")).to_contain_text("To both of you")
        await left.get_by_role("combobox", name="Message #general").press("F6")
        await expect(right.get_by_role("button", name="Members and conversations")).to_be_focused()
        for _ in range(2):  # past the log
            await press("F6")
        write = right.get_by_role("combobox", name="Message #general")
        await expect(write).to_be_focused()
        await page.keyboard.type("/contact")
        await press("Enter")
        form = right.get_by_role("dialog", name="New contact")
        await expect(form.get_by_label("Name", exact=True)).to_be_focused()
        await expect(left.get_by_role("dialog")).to_have_count(0)
        # What went to and fro, beside both of them.
        await page.get_by_role("link", name="Traffic").press("Enter")
        traffic = page.get_by_role("list", name="Traffic, newest first")
        command = traffic.get_by_role("button", name="/contact")
        await expect(command).to_contain_text("acknowledged in")
        await command.press("Enter")
        await expect(command).to_have_attribute("aria-expanded", "true")
        await expect(traffic.get_by_text('"command": "/contact"')).to_be_visible()
        # A bad day, ordered and taken back.
        await page.get_by_role("tab", name="Traffic").press("ArrowRight")
        await page.get_by_label("What happens").first.select_option("503")
        await page.get_by_role("button", name="Order", exact=True).first.press("Enter")
        await expect(page.get_by_text("Any call: HTTP status 503 (once)")).to_be_visible()
        await page.get_by_role("button", name="Take back: Any call").press("Enter")
        await expect(page.get_by_text("Nothing: a good day.")).to_be_visible()
        await page.get_by_role("button", name="Close the workbench").press("Enter")
        await expect(page.get_by_role("link", name="Faults")).to_be_focused()
        # One pane again: the one that is left.
        await right.get_by_role("button", name="Cancel").press("Enter")
        await expect(form).to_be_hidden()
        await left.get_by_role("button", name="Close this pane").press("Enter")
        await expect(page.get_by_role("link", name="Chiara Neri")).to_have_attribute(
            "aria-current", "true"
        )


async def test_the_keyboard_alone_takes_the_tour_and_skips_it(rig: Rig) -> None:
    async with visiting(rig.sandbox, tour="") as page:
        press = page.keyboard.press
        tour = page.get_by_role("region", name="Tour")
        for step in (1, 2):
            await expect(tour.get_by_text(f"{step} of 3")).to_be_visible()
            await expect(tour.get_by_role("button", name="Next")).to_be_focused()
            await press("Enter")
        await expect(tour.get_by_role("button", name="Start")).to_be_focused()
        # It is a part of the page: away from it, and back.
        await press("F6")
        await expect(page.locator("#topbar :focus")).to_have_count(1)
        await press("Shift+F6")
        await expect(tour.get_by_role("button", name="Start")).to_be_focused()
        await press("Enter")
        await expect(tour).to_be_hidden()
        await expect(page.get_by_role("combobox", name="Message Sample")).to_be_focused()
        # And skipped.
        await page.evaluate("localStorage.clear()")
        await page.reload()
        await expect(tour.get_by_role("button", name="Next")).to_be_focused()
        await press("Escape")
        await expect(tour).to_be_hidden()
        await page.keyboard.type("/con")
        await expect(page.get_by_role("option", name="/contact")).to_be_visible()
