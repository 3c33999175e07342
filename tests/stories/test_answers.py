"""Answers to commands and buttons: given once, where the member is, or else in the DM."""

import io

import pytest

from tests.stories.conftest import House
from tests.stories.steps import add_contact


async def test_an_answer_that_got_lost_on_its_way_back_is_not_given_twice(
    house: House, log: io.StringIO
) -> None:
    """Slack has shown it and the line broke: saying it again would say it twice."""
    await add_contact(house.ada, "Grace Hill")
    before = len(house.ada.answers)
    house.sandbox.faults.next("response_url", lose_answer=True)
    await house.ada.command("/contact list")
    assert len(house.ada.answers) == before + 1
    assert "Grace Hill" in house.ada.answer.text
    assert "Grace Hill" not in "".join(house.ada.dms.texts)
    assert house.ada.troubles == []
    assert "an answer may be lost" in log.getvalue()


async def test_an_answer_that_slack_limits_is_given_a_little_later(house: House) -> None:
    await add_contact(house.ada, "Grace Hill")
    house.sandbox.faults.next("response_url", retry_after=0)
    await house.ada.command("/contact list")
    assert "Grace Hill" in house.ada.answer.text
    assert "Grace Hill" not in "".join(house.ada.dms.texts)


async def test_an_answer_that_slack_does_not_take_goes_into_the_dm(house: House) -> None:
    await add_contact(house.ada, "Grace Hill")
    house.sandbox.faults.next("response_url", error="used_url", status=404)
    await house.ada.command("/contact list")
    assert "Grace Hill" in house.ada.dms.last.text


@pytest.mark.parametrize("refusal", ["channel_not_found", "edit_window_closed"])
async def test_a_dm_that_is_out_of_reach_is_left_in_peace(
    house: House, refusal: str, log: io.StringIO
) -> None:
    """What was pressed is saved all the same, and Home shows it."""
    ada = house.ada
    await add_contact(ada, "Grace Hill")
    await ada.command("/interview Grace Hill today 15:00")
    await ada.modal.submit()
    await house.later(hours=7)
    await ada.open_home()
    house.sandbox.faults.next("chat.update", error=refusal)
    await ada.dms.last.press("It was called off")
    assert house.sandbox.faults.take("chat.update") is None, "it was tried"
    assert "It was called off" not in ada.home.buttons
    assert ada.troubles == []
    assert "was not redrawn" not in log.getvalue()
