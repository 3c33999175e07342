"""The sandbox's own page with the real bot: two panes, traffic, faults; for the pictures."""

import pytest
from playwright.async_api import Page, expect
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import BOT_TOKEN
from tests.browser.conftest import PHONE, KeepPicture, expect_no_sideways_scrolling
from tests.sandbox.chromium import WIDE, visiting
from tests.stories.conftest import House
from tests.stories.steps import add_contact, plan_talk

pytestmark = pytest.mark.browser


@pytest.fixture
def pictured(request: pytest.FixtureRequest) -> None:
    """Only where pictures are asked for: what is shown here is tested in tests/sandbox."""
    if not request.config.getoption("--screenshots", default=False):
        pytest.skip("its pictures were not asked for")


async def _refused(house: House) -> None:
    """Let something go wrong that the inspector can explain."""
    client = AsyncWebClient(token=BOT_TOKEN, base_url=house.sandbox.api_url)
    header = {"type": "header", "text": {"type": "mrkdwn", "text": "*Today*"}}
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="#general", text="Today", blocks=[header])
    house.sandbox.refusals.clear()


async def _opened(page: Page) -> None:
    await page.get_by_role("link", name="Gone wrong").click()
    await page.get_by_role("button", name="chat.postMessage").click()
    await expect(page.get_by_text("/blocks/0/text", exact=True)).to_be_visible()


async def test_the_page_itself_is_pictured(
    pictured: None, house: House, keep_picture: KeepPicture
) -> None:
    """Wide, narrow and dark."""
    await add_contact(house.ada, "Grace Hill, Head of Data at Acme")
    await plan_talk(house.ada, "Grace Hill", "tuesday 3pm")
    await house.ada.open_messages()
    await house.sandbox.member("Ben").open_messages()
    await house.later(days=1, hours=7)
    await _refused(house)
    async with visiting(house.sandbox) as page:
        await page.get_by_role("link", name="Two panes").click()
        left, right = page.frame_locator("#pane-1"), page.frame_locator("#pane-2")
        await expect(left.get_by_role("log")).to_contain_text("Grace Hill")
        await right.get_by_role("combobox", name="Message Rapport").fill("/contact")
        await page.keyboard.press("Enter")
        await right.get_by_role("dialog").get_by_label("Name", exact=True).fill("Tom Reed")
        await keep_picture(page, "page-panes-wide")
    async with visiting(house.sandbox) as page:
        await page.get_by_role("link", name="Traffic").first.click()
        await expect(page.get_by_role("list", name="Traffic, newest first")).to_be_visible()
        await _opened(page)
        await keep_picture(page, "page-traffic-wide")
    async with visiting(house.sandbox, colours="dark") as page:
        await page.get_by_role("link", name="Faults").first.click()
        await page.get_by_label("Which").first.select_option("views.open")
        for how in ("429", "lost"):
            await page.get_by_label("What happens").first.select_option(how)
            await page.get_by_role("button", name="Order", exact=True).first.click()
            await expect(page.get_by_role("button", name="Take back:")).to_have_count(
                1 if how == "429" else 2
            )
        await page.locator("#bench-body").evaluate("body => body.scrollTo(0, 0)")
        await keep_picture(page, "page-faults-dark")
    async with visiting(house.sandbox, size=PHONE) as page:
        await page.get_by_role("button", name="Members and conversations").click()
        await page.locator("#tools-drawer").get_by_role("link", name="Traffic").click()
        await _opened(page)
        await expect_no_sideways_scrolling(page)
        await keep_picture(page, "page-traffic-narrow")
    house.sandbox.faults.clear()


async def test_threads_news_and_the_tour_are_pictured(
    pictured: None, house: House, keep_picture: KeepPicture
) -> None:
    """A reply under its message, what came since the last visit, and the first steps of a tour."""
    await add_contact(house.ada, "Grace Hill, Head of Data at Acme")
    await house.ada.post("#general", "Who knows somebody at Acme?")
    await house.sandbox.member("Ben").open_messages()
    async with visiting(house.sandbox, size=PHONE) as page:
        await page.get_by_role("button", name="Members and conversations").click()
        await page.get_by_role("link", name="general").click()
        await page.get_by_role("button", name="More actions").first.click()
        await page.get_by_role("menuitem", name="Reply in thread").click()
        await page.get_by_role("combobox", name="Message").fill("I do: Grace Hill")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("main")).to_contain_text("1 reply")
        await expect_no_sideways_scrolling(page)
        await keep_picture(page, "thread-narrow")
    await plan_talk(house.ada, "Grace Hill", "today 11:00")
    await house.later(hours=3)
    async with visiting(house.sandbox, at="home") as page:
        await page.get_by_role("tab", name="Messages").click()
        await expect(page.get_by_role("log")).to_contain_text("New")
        await keep_picture(page, "news-wide")
    for size, name in ((WIDE, "wide"), (PHONE, "narrow")):
        async with visiting(house.sandbox, tour="", size=size) as page:
            await expect(page.get_by_role("region", name="Tour")).to_be_visible()
            await keep_picture(page, f"tour-{name}")
