"""A stage follows from what was logged, and a member may overrule it."""

from datetime import date, timedelta

from sandbox.driver import Member
from tests.stories.conftest import House
from tests.stories.steps import add_contact, ask, at, log_past_talk, plan_talk, said, write_touch

FRIDAY_A_WEEK_ON = date(2026, 12, 4)
FOLLOWS = "Follows from what was logged (now: asked)"


async def set_stage(member: Member, name: str, stage: str) -> None:
    """Set a contact's stage in their form."""
    await member.command(f"/contact find {name}")
    await member.answer.choose("Edit")
    member.modal.fill({"Stage": stage})
    await member.modal.submit()


async def test_the_stage_is_set_by_hand_and_taken_back_in_the_same_form(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await ada.command("/contact find Grace")
    await ada.answer.choose("Edit")
    assert ada.modal.values["Stage"] == FOLLOWS
    ada.modal.fill({"Stage": "Closed"})
    await ada.modal.submit()
    assert "You set: closed; that holds until you log something." in ada.answer.text
    await ada.command("/contact list closed")
    assert "Grace Hill · Acme · closed, set by hand" in ada.answer.text
    await ada.open_home()
    assert "1 closed" in ada.home.text and "1 asked" not in ada.home.text
    await set_stage(ada, "Grace", FOLLOWS)
    await ada.command("/contact find Grace")
    assert "Grace Hill · Acme · asked" in ada.answer.text
    assert "set by hand" not in ada.answer.text


async def test_who_is_closed_by_hand_is_not_suggested_until_that_is_taken_back(
    house: House,
) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await set_stage(ada, "Grace", "Closed")
    await house.until(at(date(2026, 12, 2), 12))
    assert said(ada, "Grace Hill · Acme") == 0
    await set_stage(ada, "Grace", FOLLOWS)
    await house.until(at(date(2026, 12, 3), 12))
    assert said(ada, "Grace Hill · Acme") > 0


async def test_who_declined_by_hand_is_not_kept_in_touch_with(house: House) -> None:
    ada = house.ada
    await log_past_talk(ada, "Grace Hill", house.now.replace(hour=8), "Ask early")
    await write_touch(ada, "Grace", "I said thank you")
    await set_stage(ada, "Grace", "Declined")
    for _ in range(100):
        house.sandbox.clock.move_to(house.now + timedelta(days=1))
    await house.settle()
    assert said(ada, "it has been a while") == 0


async def test_who_answered_by_hand_is_not_followed_up(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await set_stage(ada, "Grace", "Answered")
    await house.until(at(FRIDAY_A_WEEK_ON, 12))
    assert said(ada, "One polite follow-up") == 0


async def test_not_now_by_hand_comes_back_in_time(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await set_stage(ada, "Grace", "Not now")
    await house.until(at(date(2027, 1, 21), 12))
    assert said(ada, "Grace Hill") == 0
    for day in (22, 25):  # digest days after sixty days of peace
        await house.until(at(date(2027, 1, day), 12))
    assert said(ada, "it was not the time") == 1


async def test_who_is_set_elsewhere_by_hand_is_not_waited_for(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await write_touch(ada, "Grace", "They said: not now")
    await set_stage(ada, "Grace", "Closed")
    await house.until(at(date(2027, 2, 1), 12))
    assert said(ada, "it was not the time") == 0


async def test_what_is_logged_next_takes_the_hand_set_stage_back_and_says_so(
    house: House,
) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await set_stage(ada, "Grace", "Closed")
    await write_touch(ada, "Grace", "Just a note")
    assert "You set: closed" in ada.answer.text
    await write_touch(ada, "Grace", "They answered")
    assert "You had set closed; from what you logged now: answered." in ada.answer.text
    await ada.command("/contact find Grace")
    assert "Grace Hill · Acme · answered" in ada.answer.text


async def test_a_message_that_went_out_takes_it_back_and_says_so(house: House) -> None:
    ada = house.ada
    await add_contact(ada, "Grace Hill at Acme")
    await set_stage(ada, "Grace", "Researched")
    await ada.answer.press("Draft it")
    await ada.modal.submit()
    assert "You had set researched; from what you logged now: asked." in ada.answer.text


async def test_a_talk_that_is_planned_takes_it_back_too(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await set_stage(ada, "Grace", "Closed")
    await plan_talk(ada, "Grace Hill", "today 15:00")
    await ada.command("/contact find Grace")
    assert "Grace Hill · Acme · talk ahead" in ada.answer.text


async def test_the_choice_stays_while_the_form_is_redrawn(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await ada.command("/contact find Grace")
    await ada.answer.choose("Edit")
    ada.modal.fill({"Stage": "No reply"})
    await ada.modal.choose("How did you find them?", "Introduced by a contact")
    assert ada.modal.values["Stage"] == "No reply"
