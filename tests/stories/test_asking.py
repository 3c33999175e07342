"""Waiting politely: another person, one follow-up, then rest; and keeping in touch."""

from datetime import UTC, date, datetime

import pytest

from sandbox.driver import Member
from tests.stories.conftest import House, open_house
from tests.stories.steps import add_contact, ask, at, plan_talk, said, write_touch

THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
NEXT_WEDNESDAY, NEXT_FRIDAY = date(2026, 12, 2), date(2026, 12, 4)
FRIDAY_AFTER = date(2026, 12, 11)


async def test_a_request_is_followed_up_once_and_then_rests(house: House) -> None:
    """Asked on Monday morning: Thursday is 3 business days later, Wednesday week is 7."""
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await house.until(at(THURSDAY, 8, 59))
    assert said(ada, "Grace Hill") == 0
    await house.until(at(THURSDAY, 9))
    other = ada.dms.last
    assert "Grace Hill · Acme — you asked on Nov 23, 2026; no answer yet. Who else" in other.text
    assert other.buttons == ["I asked someone", "Later", "Skip", "Settings", "Pause a week"]
    await other.press("I asked someone")
    assert ada.dms.last.text == "Done: Grace Hill.\nUndo"

    await house.until(at(FRIDAY, 9))
    review = ada.dms.last
    assert review.text.startswith("Your week: 1 name · 1 asked. Whom would you like to ask next?")
    await review.press("Thanks")
    assert ada.dms.last.text == "Noted."

    await house.until(at(NEXT_WEDNESDAY, 8, 59))
    assert said(ada, "follow-up") == 0
    await house.until(at(NEXT_WEDNESDAY, 9))
    assert "Grace Hill · Acme — you wrote on Nov 23, 2026; no answer so far. One polite" in (
        ada.dms.last.text
    )
    await ada.dms.last.press("I followed up")
    assert ada.dms.last.text == "Done: Grace Hill.\nUndo"

    await house.until(at(NEXT_FRIDAY, 9))
    await house.until(at(FRIDAY_AFTER, 9))
    assert "Grace Hill · Acme — you wrote on Dec 2, 2026; no answer, and that is all right." in (
        ada.dms.last.text
    )
    await ada.command("/contact find Grace")
    assert "no reply" in ada.answer.text
    await ada.dms.last.press("Fine")
    assert "Grace Hill rests: no more follow-ups." in ada.dms.last.text
    about_grace = said(ada, "Grace Hill")
    for _ in range(4):
        await house.later(days=7)
    assert said(ada, "Grace Hill") == about_grace


async def test_asking_a_silent_person_anew_brings_no_second_follow_up(house: House) -> None:
    """The ceiling is of all that is written into one silence, also after the thread rested."""
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await house.until(at(NEXT_WEDNESDAY, 9))
    await ada.dms.last.press("I followed up")
    await house.until(at(FRIDAY_AFTER, 9))
    assert said(ada, "I let it rest now") == 1
    await write_touch(ada, "Grace Hill", "I asked for a talk")
    await house.until(at(date(2026, 12, 22), 9))
    assert said(ada, "polite follow-up is fine") == 0
    assert said(ada, "I let it rest now") == 2
    # Who has answered may be followed up again, once they are silent to a new request.
    await write_touch(ada, "Grace Hill", "They answered")
    await write_touch(ada, "Grace Hill", "I asked for a talk")
    await house.until(at(date(2027, 1, 5), 9))
    assert said(ada, "polite follow-up is fine") == 1


async def test_an_answer_told_late_outranks_that_the_thread_rests(house: House) -> None:
    """Whenever it came: it is the later word."""
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await house.until(at(NEXT_WEDNESDAY, 9))
    await ada.dms.last.press("I followed up")
    await house.until(at(FRIDAY_AFTER, 9))
    await ada.command("/contact find Grace")
    assert "no reply" in ada.answer.text
    await ada.answer.press("Write a touch")
    ada.modal.fill({"What happened?": "They answered", "When?": at(date(2026, 12, 10), 17)})
    await ada.modal.submit()
    await ada.command("/contact list")
    assert "Grace Hill · Acme · answered" in ada.answer.text


async def test_an_answer_told_while_the_bot_lets_it_rest_stands(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await house.until(at(NEXT_WEDNESDAY, 9))
    await ada.dms.last.press("I followed up")
    # That it rests arrives, but the bot does not hear so at once.
    house.sandbox.faults.next("chat.postMessage", lose_answer=True)
    house.sandbox.faults.next("conversations.history", status=500, times=2)
    await house.until(at(FRIDAY_AFTER, 9))
    await write_touch(ada, "Grace Hill", "They answered")
    for _ in range(12):
        await house.later(minutes=5)
    assert said(ada, "Grace Hill") > 0
    await ada.command("/contact list")
    assert "Grace Hill · Acme · answered" in ada.answer.text


async def test_nobody_else_is_suggested_in_the_breath_that_lets_a_thread_rest(
    house: House,
) -> None:
    """Put off until the day on which it rests, the suggestion is dropped."""
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await ada.command("/rapport settings")
    await ada.modal.press("Numbers and kinds")
    ada.modal.fill({"Follow-ups to silence, at most": "0"})
    await ada.modal.submit()
    await ada.modal.submit()
    await house.until(at(THURSDAY, 9))
    thursday = ada.dms.last
    await house.until(at(date(2026, 12, 1), 12))
    await thursday.press("Later")
    await house.until(at(NEXT_WEDNESDAY, 9))
    assert "I let it rest now" in ada.dms.last.text
    assert "Who else works there" not in ada.dms.last.text


async def test_that_a_thread_rests_is_read_and_settles_what_was_left_unanswered(
    house: House,
) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await ada.command("/rapport settings")
    await ada.modal.press("Numbers and kinds")
    ada.modal.fill({"Follow-ups to silence, at most": "0"})
    await ada.modal.submit()
    await house.until(at(THURSDAY, 9))
    unanswered = ada.dms.last
    await house.until(at(NEXT_WEDNESDAY, 9))
    assert "no answer, and that is all right. I let it rest" in ada.dms.last.text
    assert unanswered.text == "Nothing to do here any more: Grace Hill."


async def test_an_answer_cancels_all_of_it_at_once(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await house.until(at(THURSDAY, 9))
    nudge = ada.dms.last
    await write_touch(ada, "Grace", "They answered")
    assert nudge.text == "Nothing to do here any more: Grace Hill."
    await ada.command("/followups")
    assert "Grace Hill" not in ada.answer.text
    await house.until(at(NEXT_WEDNESDAY, 9))
    assert said(ada, "no answer") == 0


async def test_what_a_nudge_says_is_still_true_when_its_message_is_rewritten_days_later(
    house: House,
) -> None:
    """It names the day on which Grace was asked, rather than how long ago that is."""
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await ask(ada, "Tom Reed at Bolt")
    await house.until(at(THURSDAY, 9))
    digest, why = ada.dms.last, "you asked on Nov 23, 2026; no answer yet."
    assert digest.text.count(why) == 2
    await house.until(at(FRIDAY, 12))
    await digest.press("Skip", index=1)
    assert "Left alone: Tom Reed." in digest.text
    assert f"Grace Hill · Acme — {why}" in digest.text
    assert "you asked on <!date^" in digest.fallback


async def test_who_declined_is_never_suggested_again(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await write_touch(ada, "Grace", "They said no")
    for day in (THURSDAY, FRIDAY, NEXT_WEDNESDAY, FRIDAY_AFTER):
        await house.until(at(day, 9))
    await house.until(datetime(2027, 3, 1, 9, tzinfo=UTC))
    assert said(ada, "Grace Hill") == 0


async def test_nobody_else_is_suggested_once_a_colleague_was_asked(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await house.later(hours=1)
    await ask(ada, "Tom Reed at ACME")
    await house.until(at(THURSDAY, 9))
    assert said(ada, "Grace Hill") == 0
    assert "Tom Reed · ACME — you asked on Nov 23, 2026; no answer yet." in ada.dms.last.text


async def test_what_is_sent_in_the_afternoon_counts_from_the_next_business_day(
    house: House,
) -> None:
    await house.until(at(date(2026, 11, 23), 12, 1))
    await ask(house.ada, "Grace Hill at Acme")
    await house.until(at(THURSDAY, 9))
    assert said(house.ada, "Grace Hill") == 0
    await house.until(at(FRIDAY, 9))
    assert "Two for today" in house.ada.dms.last.text
    assert (
        "Grace Hill · Acme — you asked on Nov 23, 2026; no answer yet." in house.ada.dms.last.text
    )


async def test_a_talk_ahead_leaves_nothing_to_ask_for(house: House) -> None:
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await plan_talk(ada, "Grace Hill", "2026-12-18 15:00")
    for day in (THURSDAY, NEXT_WEDNESDAY):
        await house.until(at(day, 9))
    assert said(ada, "Grace Hill") == 0


async def talk_and_thank(ada: Member) -> None:
    """Log last Friday's talk with all that follows from it; this Monday the silence begins."""
    await add_contact(ada, "Grace Hill at Acme")
    await ada.command("/interview Grace Hill")
    ada.modal.fill({"When?": datetime(2026, 11, 20, 14, 0, tzinfo=UTC)})
    await ada.modal.submit()
    ada.modal.fill({"The one thing I learned": "Ask early"})
    await ada.modal.submit()
    ada.modal.fill({"Thank-you": ["I have thanked them"]})
    await ada.modal.submit()


async def test_a_silence_is_spoken_of_three_times_and_then_no_more(house: House) -> None:
    ada = house.ada
    await talk_and_thank(ada)
    for day, times in (("2027-02-22", 1), ("2027-05-24", 2), ("2027-08-23", 3), ("2027-11-22", 3)):
        await house.until(datetime.fromisoformat(f"{day}T08:59Z"))
        await ada.open_home()  # a sign of life, so that the bot does not fall silent
        await house.until(datetime.fromisoformat(f"{day}T09:01Z"))
        assert said(ada, "it has been a while") == times


async def test_nobody_is_spoken_of_a_fourth_time_in_a_year(house: House) -> None:
    """Every sixty days, each time with a few lines written: the fourth waits for the year's end."""
    ada = house.ada
    await ada.command("/rapport settings")
    await ada.modal.press("Numbers and kinds")
    ada.modal.fill({"Nothing said for long: remind me after": "60"})
    await ada.modal.submit()
    await talk_and_thank(ada)
    for day in ("2027-01-22", "2027-03-23", "2027-05-24"):
        await house.until(datetime.fromisoformat(f"{day}T07:59Z"))
        assert said(ada, "it has been a while") == 0
        await ada.open_home()
        await house.until(datetime.fromisoformat(f"{day}T09:00Z"))
        assert said(ada, "it has been a while") == 1
        await ada.dms.last.press("I wrote", index=0)
    await ada.command("/followups")
    assert "Jan 24, 2028 at 9:00 AM\nGrace Hill · Acme — " in ada.answer.text
    for day in ("2027-07-23", "2027-11-22", "2028-01-21"):
        await house.until(datetime.fromisoformat(f"{day}T09:00Z"))
        await ada.open_home()
        assert said(ada, "it has been a while") == 0
    await house.until(datetime.fromisoformat("2028-01-24T09:00Z"))
    assert said(ada, "it has been a while") == 1


async def test_after_ninety_days_of_silence_a_few_lines_keep_the_door_open(house: House) -> None:
    ada = house.ada
    await talk_and_thank(ada)
    # 90 days after the thank-you is a Sunday.
    await house.until(datetime(2027, 2, 22, 8, 59, tzinfo=UTC))
    assert said(ada, "it has been a while") == 0
    await house.until(datetime(2027, 2, 22, 9, tzinfo=UTC))
    nudge = ada.dms.last
    assert "it has been a while: you were last in touch on Nov 23, 2026." in nudge.text
    assert "You learned: Ask early" in nudge.text
    await nudge.press("I wrote")
    assert ada.dms.last.text == "Done: Grace Hill.\nUndo"
    await ada.command("/contact find Grace")
    assert "in touch" in ada.answer.text
    # The week is looked back on again, though the reviews of a long silence went by unsaid.
    await house.until(datetime(2027, 2, 26, 9, tzinfo=UTC))
    assert said(ada, "Your week: 1 name") == 1


async def test_a_follow_up_that_is_offered_and_left_unsent_lets_the_thread_rest(
    house: House,
) -> None:
    """Seven business days after the offer: whoever does not write is not reminded for ever."""
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await house.until(at(NEXT_WEDNESDAY, 9))
    assert said(ada, "One polite follow-up is fine now") == 1
    await house.until(at(FRIDAY_AFTER, 8, 59))
    assert said(ada, "I let it rest now") == 0
    await house.until(at(FRIDAY_AFTER, 9))
    assert said(ada, "I let it rest now") == 1
    # The offer says so, too, and offers nothing any more.
    assert said(ada, "One polite follow-up is fine now") == 0
    await ada.command("/contact find Grace")
    assert "no reply" in ada.answer.text


async def test_a_follow_up_that_waited_for_the_bot_is_offered_before_the_thread_rests(
    house: House,
) -> None:
    """However long it was away: nothing rests unasked."""
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await house.go_down()
    house.sandbox.clock.move_to(at(date(2026, 12, 17), 11))
    async with open_house(house.sandbox, house.database_url) as again:
        await again.until(at(date(2026, 12, 18), 9))
        assert said(ada, "One polite follow-up is fine now") == 1
        assert said(ada, "I let it rest now") == 0
        await ada.dms.last.press("Thanks")
        await again.until(at(date(2026, 12, 31), 9))
        assert said(ada, "I let it rest now") == 1


@pytest.mark.parametrize("digest", [True, False])
async def test_who_wants_no_word_of_it_has_threads_that_rest_all_the_same(
    house: House, digest: bool
) -> None:
    """So that the list stays true: without that kind, and without a digest at all."""
    ada = house.ada
    await ask(ada, "Grace Hill at Acme")
    await ada.command("/rapport settings")
    if digest:
        await ada.modal.press("Numbers and kinds")
        waiting = "Waiting, and staying in touch"
        kinds = [kind for kind in ada.modal.values[waiting] if "rests" not in kind]
        ada.modal.fill({"Follow-ups to silence, at most": "0", waiting: kinds})
        await ada.modal.submit()
    else:
        ada.modal.fill({"Digest": "None: I look at the Home tab"})
    await ada.modal.submit()
    count = len(ada.dms)
    await house.until(at(FRIDAY_AFTER, 9, 1))
    assert said(ada, "I let it rest now") == 0
    assert digest or len(ada.dms) == count
    await ada.command("/contact find Grace")
    assert "no reply" in ada.answer.text
