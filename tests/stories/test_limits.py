"""Limits on everybody's numbers: a facilitator sets them, members choose within them."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from sandbox.driver import Member
from tests.stories.conftest import House, open_house
from tests.stories.steps import ask, at, said, write_touch

NUMBERS, LIMITS = "Numbers and kinds", "Limits for everybody"
FOLLOW_UPS = "Follow-ups to silence, at most"
WAIT = "No answer: suggest a follow-up after"
FRIDAY, WEDNESDAY = date(2026, 11, 27), date(2026, 12, 2)


@pytest.fixture
async def cohort(house: House) -> AsyncIterator[House]:
    """The same house with Ben for its facilitator; Ada is a member like others."""
    await house.go_down()
    facilitators = frozenset({house.ben.id})
    async with open_house(house.sandbox, house.database_url, facilitators=facilitators) as opened:
        yield opened


async def limit(facilitator: Member, label: str, limit: str) -> None:
    """Set one limit for everybody."""
    await facilitator.command("/rapport limits")
    facilitator.modal.fill({label: limit})
    await facilitator.modal.submit()
    assert facilitator.answer.text.startswith("Saved, for everybody here.")


async def choose(member: Member, label: str, number: str) -> None:
    """Choose a number for oneself; the form is left open when it is refused."""
    await member.command("/rapport settings")
    await member.modal.press(NUMBERS)
    member.modal.fill({label: number})
    await member.modal.submit()


async def test_a_facilitator_allows_a_second_follow_up_and_no_more_than_three(
    cohort: House,
) -> None:
    ada, ben = cohort.ada, cohort.ben
    await choose(ada, FOLLOW_UPS, "2")
    refused = "A whole number from 0 to 1, please. 1 is usual. More would be pestering."
    assert ada.modal.errors == {FOLLOW_UPS: refused}
    await ada.modal.close(whole_stack=True)
    await ben.command("/rapport limits")
    assert ben.modal.values[FOLLOW_UPS] == "0-1"
    ben.modal.fill({FOLLOW_UPS: "0-4", WAIT: "soon"})
    await ben.modal.submit()
    assert ben.modal.errors == {
        FOLLOW_UPS: "The least and the most, like 0-3; no wider, please",
        WAIT: "The least and the most, like 3-20; no wider, please",
    }
    assert ben.modal.values[FOLLOW_UPS] == "0-4"
    ben.modal.fill({FOLLOW_UPS: "0 to 2", WAIT: "3-20"})
    await ben.modal.submit()
    assert "Follow-ups to silence, at most: 0 to 2" in ben.answer.text
    await choose(ada, FOLLOW_UPS, "2")
    assert ada.modal.title == "Settings"
    await ada.modal.press(NUMBERS)
    assert ada.modal.values[FOLLOW_UPS] == "2"


async def test_limits_that_are_narrowed_later_hold_at_once_for_what_is_planned(
    cohort: House,
) -> None:
    """Asked on Monday the 23rd: a follow-up on Wednesday week, and where none is allowed, rest."""
    ada, ben = cohort.ada, cohort.ben
    await ask(ada, "Grace Hill at Acme")
    await limit(ben, FOLLOW_UPS, "0-2")
    await choose(ada, FOLLOW_UPS, "2")
    await ada.command("/followups")
    assert "one polite follow-up" in ada.answer.text
    await limit(ben, FOLLOW_UPS, "0")
    await ada.command("/followups")
    assert "follow-up" not in ada.answer.text
    await ada.command("/rapport settings")
    await ada.modal.press(NUMBERS)
    assert ada.modal.values[FOLLOW_UPS] == "0"
    await ada.modal.close(whole_stack=True)
    for day in (FRIDAY, WEDNESDAY):
        await cohort.until(at(day, 9))
    assert said(ada, "One polite follow-up") == 0
    assert said(ada, "One polite follow-up") == 0
    assert said(ada, "I let it rest") == 1
    # What Ada chose is kept: it holds again once it is allowed again.
    await limit(ben, FOLLOW_UPS, "0-2")
    await ada.command("/rapport settings")
    await ada.modal.press(NUMBERS)
    assert ada.modal.values[FOLLOW_UPS] == "2"


async def test_a_shorter_wait_brings_what_is_planned_forward(cohort: House) -> None:
    ada, ben = cohort.ada, cohort.ben
    await ask(ada, "Grace Hill")
    await limit(ben, WAIT, "3-4")
    await cohort.until(at(FRIDAY, 8, 59))
    assert said(ada, "One polite follow-up") == 0
    await cohort.until(at(FRIDAY, 9))
    assert said(ada, "One polite follow-up") == 1


async def test_the_operators_limits_hold_for_facilitators_and_from_the_next_start(
    cohort: House,
) -> None:
    ada, ben = cohort.ada, cohort.ben
    await limit(ben, FOLLOW_UPS, "0-3")
    await choose(ada, FOLLOW_UPS, "3")
    await ada.modal.close()
    await ask(ada, "Grace Hill")
    await cohort.go_down()
    facilitators = frozenset({ben.id})
    limits = {"follow_ups": (0, 0), "in_touch_days": (60, 180)}
    async with open_house(
        cohort.sandbox, cohort.database_url, facilitators=facilitators, number_limits=limits
    ) as again:
        await ben.command("/rapport limits")
        assert ben.modal.values[FOLLOW_UPS] == "0"
        ben.modal.fill({FOLLOW_UPS: "0-1"})
        await ben.modal.submit()
        assert ben.modal.errors == {
            FOLLOW_UPS: "Only 0, please: whoever runs Rapport here allows no other"
        }
        await ben.modal.close()
        await choose(ada, "Nothing said for long: remind me after", "30")
        assert list(ada.modal.errors.values()) == [
            "A whole number from 60 to 180, please. 90 is usual. 0 switches it off."
        ]
        ada.modal.fill({"Nothing said for long: remind me after": "0"})
        await ada.modal.submit()
        assert ada.modal.title == "Settings"
        await ada.modal.close()
        await again.until(at(WEDNESDAY, 9))
        assert (said(ada, "One polite follow-up"), said(ada, "I let it rest")) == (0, 1)


async def test_others_never_see_the_button_and_get_a_kind_answer_to_the_command(
    cohort: House,
) -> None:
    ada, ben = cohort.ada, cohort.ben
    await ada.command("/rapport settings")
    assert LIMITS not in ada.modal.buttons
    await ada.modal.close()
    await ada.command("/rapport limits")
    assert not ada.has_modal
    assert ada.answer.text.startswith("These limits are for your facilitators to set")
    assert "Follow-ups to silence, at most: 0 to 1" in ada.answer.text
    await ada.command("/rapport help")
    assert "/rapport limits" not in ada.answer.text
    await ben.command("/rapport help")
    assert "/rapport limits" in ben.answer.text
    await ben.command("/rapport settings")
    await ben.modal.press(LIMITS)
    ben.modal.fill({FOLLOW_UPS: "0-2"})
    await ben.modal.submit()
    assert ben.modal.title == "Settings"


async def test_who_is_a_facilitator_no_more_saves_nothing(cohort: House) -> None:
    ben = cohort.ben
    await ben.command("/rapport limits")
    ben.modal.fill({FOLLOW_UPS: "0-3"})
    await cohort.go_down()
    async with open_house(cohort.sandbox, cohort.database_url):
        await ben.modal.submit()
        assert list(ben.modal.errors.values()) == [
            "Only facilitators may change these, so nothing was saved"
        ]
        await ben.modal.close()
        await choose(ben, FOLLOW_UPS, "2")
        assert FOLLOW_UPS in ben.modal.errors


async def test_a_third_follow_up_waits_like_the_first_and_a_fourth_never_comes(
    cohort: House,
) -> None:
    ada, ben = cohort.ada, cohort.ben
    await limit(ben, FOLLOW_UPS, "0-3")
    await choose(ada, FOLLOW_UPS, "3")
    await ada.modal.close()
    await ask(ada, "Grace Hill")
    for sent in range(1, 4):
        for _ in range(11):
            await cohort.later(days=1)
        assert said(ada, "One polite follow-up is fine now") == 1, sent
        await write_touch(ada, "Grace", "I followed up")
    for _ in range(14):
        await cohort.later(days=1)
    assert said(ada, "One polite follow-up is fine now") == 0
    assert said(ada, "I let it rest") == 1
