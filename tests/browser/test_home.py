"""App Home in the middle of a week, on a wide screen, on a phone and in the dark."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from playwright.async_api import Page, expect

from sandbox.driver import Member
from tests.browser.conftest import PHONE, KeepPicture, expect_no_sideways_scrolling
from tests.sandbox.chromium import visiting
from tests.stories.conftest import House
from tests.stories.steps import add_contact, plan_talk

pytestmark = pytest.mark.browser

PEOPLE = (
    "Grace Hill, Head of Data at Acme",
    "Tom Reed, Analyst at Cask",
    "Uma Singh, Product Manager at Birch & Co",
    "Leo Marsh, Founder at Corvid Labs",
    "Nora Field, Team Lead at Delta Rail",
    "Omar Haddad, Analyst at Elm Street Bank",
    "Ivo Lang, Data Scientist at Fjord Energy",
    "Kira Moss, Analyst at Gull Foods",
    "Lena Vogt, Director of Insight at Harbour Media",
    "Max Moor, Recruiter at Acme",
    "Nils Berg, Recruiter at Cask",
    "Olga Petrenko, Analyst at Ibis Travel",
)


@pytest.fixture
async def wednesday(house: House) -> AsyncIterator[House]:
    """Wednesday 9:00: one talk to give thanks for, one to tell about, one ahead."""
    ada = house.ada
    for person in (
        "Tom Reed, Analyst at Acme",
        "Leo Marsh, Founder at Corvid Labs",
        "Uma Singh, Product Manager at Birch & Co",
        "Grace Hill, Head of Data at Acme",
    ):
        await add_contact(ada, person)
    await plan_talk(ada, "Grace Hill", "tuesday 3pm")
    await plan_talk(ada, "Leo Marsh", "wednesday 8am")
    await plan_talk(ada, "Uma Singh", "thursday 2:30pm")
    await house.later(days=1, hours=7)
    await _tell(ada)
    await house.later(hours=17)
    # The question about Leo's talk comes first, the digest a second later.
    await house.later(seconds=1)
    await ada.open_messages()
    yield house


async def _tell(member: Member) -> None:
    question = next(message for message in member.dms if "How did it go?" in message.text)
    await question.press("Tell me about it")
    member.modal.fill({"The one thing I learned": "Half the job is asking the right question"})
    await member.modal.submit()
    await member.modal.submit()


async def _shows_the_week(page: Page) -> None:
    await expect(page.get_by_role("log")).to_contain_text("no thank-you yet")
    await page.get_by_role("tab", name="Home").click()
    home = page.get_by_role("tabpanel")
    for words in ("Today", "Grace Hill", "Leo Marsh", "Next talks", "Uma Singh", "4 names"):
        await expect(home).to_contain_text(words)
    await expect(home.get_by_role("button", name="It's sent")).to_be_visible()


async def test_home_shows_what_is_due_what_is_ahead_and_the_road(
    wednesday: House, keep_picture: KeepPicture
) -> None:
    """On a wide screen all of it is in sight at once."""
    async with visiting(wednesday.sandbox) as page:
        await _shows_the_week(page)
        await keep_picture(page, "home-wide")


async def test_home_in_the_dark(wednesday: House, keep_picture: KeepPicture) -> None:
    """Who likes it dark gets it dark."""
    async with visiting(wednesday.sandbox, colours="dark") as page:
        await _shows_the_week(page)
        await keep_picture(page, "dark-home")


async def test_home_in_one_hand(wednesday: House, keep_picture: KeepPicture) -> None:
    """On a phone nothing is wider than the screen."""
    async with visiting(wednesday.sandbox, size=PHONE) as page:
        await _shows_the_week(page)
        await expect_no_sideways_scrolling(page)
        await keep_picture(page, "narrow-home")


async def test_what_comes_next_is_skipped_with_a_thumb(wednesday: House) -> None:
    """On a phone each matter has its day, its menu and its reason, and nothing is too wide."""
    await wednesday.ada.command("/followups", channel="dm")
    async with visiting(wednesday.sandbox, size=PHONE) as page:
        answer = page.get_by_role("article").filter(has_text="What comes next")
        await expect(answer).to_contain_text("Uma Singh · Birch & Co — your talk begins soon")
        await expect_no_sideways_scrolling(page)
        # The first is the question about this morning's talk.
        menu = answer.locator(".section__accessory").nth(1)
        await menu.get_by_role("button", name="More options").click()
        await expect_no_sideways_scrolling(page)
        await menu.get_by_role("menuitem", name="Skip it").click()
        await expect(answer).to_contain_text("Left alone: Uma Singh.")
        await expect(answer).not_to_contain_text("your talk begins soon")


async def test_an_empty_home_in_one_hand(house: House, keep_picture: KeepPicture) -> None:
    """On a phone the first step is in sight, and what it costs."""
    await house.ada.open_home()
    async with visiting(house.sandbox, size=PHONE, at="home") as page:
        await expect(page.get_by_role("button", name="Write down ten names")).to_be_in_viewport()
        await expect_no_sideways_scrolling(page)
        await keep_picture(page, "narrow-home-empty")


@pytest.fixture
async def full(house: House) -> AsyncIterator[House]:
    """Six talks to give thanks for, two ahead, a dream, gaps, and twelve names on one path."""
    ada = house.ada
    await ada.open_home()
    await ada.home.press("Write down ten names")
    ada.modal.fill({"Which kind of job are you curious about?": "Data analyst"})
    await ada.modal.submit()
    ada.modal.fill({"Who could you learn from?": "\n".join(PEOPLE)})
    await ada.modal.submit()
    await ada.modal.submit()
    for hour, person in enumerate(PEOPLE[:6]):
        await _talked(ada, person.partition(",")[0], house.now - timedelta(hours=30 - hour))
    await plan_talk(ada, "Ivo Lang", "wednesday 10am")
    await plan_talk(ada, "Kira Moss", "thursday 2:30pm")
    await ada.command("/contact find Lena Vogt")
    await ada.answer.press("Make it my dream talk")
    await house.later(days=1, hours=1)
    await ada.open_home()
    yield house


async def _talked(member: Member, name: str, at: datetime) -> None:
    await member.command(f"/interview {name}")
    member.modal.fill({"When?": at})
    await member.modal.submit()
    member.modal.fill({"The one thing I learned": "Ask early"})
    await member.modal.submit()
    member.modal.fill({"Skills they named that I lack": "SQL, dashboards"})
    await member.modal.submit()


async def _shows_all_of_it(page: Page) -> None:
    home = page.get_by_role("tabpanel")
    for words in ("Today", "… and 3 more.", "Next talks", "Your dream talk", "6 of 5 to 15", "SQL"):
        await expect(home).to_contain_text(words)
    await expect(home.get_by_role("button", name="Later", exact=True)).to_have_count(5)


async def test_a_full_home_on_a_wide_screen(full: House, keep_picture: KeepPicture) -> None:
    """Five matters at most, the others counted; all else is one press away."""
    async with visiting(full.sandbox, at="home", size={"width": 1280, "height": 1500}) as page:
        await _shows_all_of_it(page)
        await keep_picture(page, "home-full-wide")


async def test_a_full_home_in_one_hand(full: House, keep_picture: KeepPicture) -> None:
    """On a phone it is long, and nothing is wider than the screen."""
    async with visiting(full.sandbox, at="home", size={"width": 390, "height": 2000}) as page:
        await _shows_all_of_it(page)
        await expect_no_sideways_scrolling(page)
        await keep_picture(page, "home-full-narrow")
