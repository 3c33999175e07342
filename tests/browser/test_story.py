"""A contact's story at the page: who, the next step, what was learned, all that passed."""

from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PHONE, KeepPicture, expect_no_sideways_scrolling
from tests.sandbox.chromium import visiting
from tests.stories.conftest import House
from tests.stories.steps import add_contact, write_touch

pytestmark = pytest.mark.browser


async def _a_story(house: House) -> None:
    """Have a talk with Grace behind Ada, with notes, promises both ways and whom she led to."""
    ada = house.ada
    message = await house.ben.post("#general", "Ask Grace, she built the data team at Acme")
    await ada.message_shortcut("Save as contact", message)
    ada.modal.fill({"Name": "Grace Hill", "Title": "Head of Data", "Company": "Acme"})
    await ada.modal.choose("How did you find them?", "Same school or former employer")
    await ada.modal.submit()
    await write_touch(ada, "Grace Hill", "I asked for a talk")
    await write_touch(ada, "Grace Hill", "They answered")
    await ada.command("/interview Grace Hill")
    ada.modal.fill({"When?": house.now - timedelta(hours=18)})
    await ada.modal.submit()
    ada.modal.fill(
        {
            "The one thing I learned": "Half the job is asking the right question",
            "Could I picture myself there?": "Yes",
        }
    )
    await ada.modal.submit()
    ada.modal.fill(
        {
            "Who else should I talk to?": "Tom Reed, Analyst at Cask",
            "I promised": "My notes",
            "They promised": "The reading list",
            "Did an opportunity come up?": "Yes, they raised it",
        }
    )
    await ada.modal.submit()
    await add_contact(ada, "Uma Singh at Birch & Co")
    await ada.command("/contact find Grace Hill", channel="dm")


async def _tells_it(page: Page) -> None:
    story = page.get_by_role("article").filter(has_text="What passed, latest first")
    for words in ("Led to Tom Reed", "they raised an opportunity", "They: The reading list"):
        await expect(story).to_contain_text(words)
    await expect(story.get_by_role("link", name="Open the message")).to_be_visible()


async def test_a_story_on_a_wide_screen(house: House, keep_picture: KeepPicture) -> None:
    """All of it in one message, with what can be done about them below."""
    await _a_story(house)
    async with visiting(house.sandbox, size={"width": 1280, "height": 900}) as page:
        await _tells_it(page)
        await keep_picture(page, "story-wide")


async def test_a_story_in_one_hand(house: House, keep_picture: KeepPicture) -> None:
    """On a phone nothing is wider than the screen."""
    await _a_story(house)
    async with visiting(house.sandbox, size={**PHONE, "height": 1050}) as page:
        await _tells_it(page)
        await expect_no_sideways_scrolling(page)
        await keep_picture(page, "story-narrow")
