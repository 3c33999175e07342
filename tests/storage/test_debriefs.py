"""Debriefs and promises: every answer can be changed afterwards, half an answer is kept."""

from datetime import date

import pytest

from domain.vocabulary import (
    HowFound,
    InterviewStatus,
    Opportunity,
    Picture,
    PromiseBy,
    Stage,
    TouchKind,
)
from storage import contacts, debriefs, interviews, promises, touches
from storage.debriefs import FirstPage, SecondPage
from storage.errors import Gone
from storage.sessions import Sessions
from tests.storage.people import ALMA, NOW, a_talk, later

FIRST = FirstPage("Ask for the team", Picture.YES, "The people", "The hours")


async def test_the_first_page_is_kept_and_the_talk_took_place(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        assert await debriefs.get(session, talk.id) is None
        saved = await debriefs.save_first(session, talk.id, FIRST, NOW)
    async with sessions.reading(ALMA) as session:
        found = await debriefs.get(session, talk.id)
        held = await interviews.get(session, talk.id)
    assert found is not None
    for debrief in (saved, found):
        assert (debrief.takeaway, debrief.picture) == ("Ask for the team", Picture.YES)
        assert (debrief.likes, debrief.dislikes) == ("The people", "The hours")
        assert (debrief.opportunity, debrief.skills) == (None, [])
    assert (held.status, held.contact.stage) == (InterviewStatus.TOOK_PLACE, Stage.TALKED)


async def test_a_first_page_sent_again_changes_the_answers(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        first = await debriefs.save_first(session, talk.id, FIRST, NOW)
        await debriefs.save_second(session, talk.id, SecondPage(skills=("SQL",)), NOW)
    async with sessions.member(ALMA) as session:
        again = await debriefs.save_first(session, talk.id, FirstPage("Less"), later(hours=1))
    assert (again.id, again.takeaway, again.picture) == (first.id, "Less", None)
    assert [skill.name for skill in again.skills] == ["SQL"]
    assert (again.created_at, again.updated_at) == (NOW, later(hours=1))


async def test_skills_are_replaced_and_named_once(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        page = SecondPage(skills=(" SQL ", "sql", "", "Excel", "x" * 3000))
        saved = await debriefs.save_second(session, talk.id, page, NOW)
        assert [skill.name for skill in saved.skills] == ["SQL", "Excel", "x" * 200]
        kept = saved.skills[1].id
    async with sessions.member(ALMA) as session:
        page = SecondPage(skills=("Excel", "Sql"))
        saved = await debriefs.save_second(session, talk.id, page, NOW)
    async with sessions.reading(ALMA) as session:
        found = await debriefs.get(session, talk.id)
        assert found is not None
        assert [skill.name for skill in found.skills] == ["Excel", "Sql"]
        assert found.skills[0].id == saved.skills[0].id == kept


async def test_who_was_named_becomes_a_contact_once(sessions: Sessions) -> None:
    page = SecondPage(referrals=("Ben Hill, Nurse at City Hospital", "", "cem YILDIZ"))
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        await debriefs.save_second(session, talk.id, page, NOW)
    async with sessions.member(ALMA) as session:
        [ben] = await contacts.by_name(session, "Ben Hill")
        await contacts.archive(session, ben.id, NOW)
        again = SecondPage(referrals=("BEN HILL", "Cem Yildiz"))
        await debriefs.save_second(session, talk.id, again, NOW)
        assert await contacts.by_name(session, "Ben Hill") == []
        assert len(await contacts.by_name(session, "Cem Yildiz")) == 1
        ben = await contacts.get(session, ben.id)
    assert (ben.title, ben.company) == ("Nurse", "City Hospital")
    assert ben.how_found is HowFound.INTRODUCED
    assert ben.introduced_by is not None and ben.introduced_by.name == "Ada Brook"


async def test_one_promise_of_each_side_is_kept_changed_and_taken_back(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        page = SecondPage(
            promise="Send my notes", promise_due=date(2026, 3, 14), their_promise="Introduce Ben"
        )
        await debriefs.save_second(session, talk.id, page, NOW)
        mine, theirs = await promises.open_of(session, talk.contact_id)
        assert (mine.by, mine.what) == (PromiseBy.ME, "Send my notes")
        assert mine.due_on == date(2026, 3, 14)
        assert (theirs.by, theirs.what, theirs.due_on) == (PromiseBy.THEM, "Introduce Ben", None)
        page = SecondPage(promise="Send my résumé", opportunity=Opportunity.THEY_RAISED)
        debrief = await debriefs.save_second(session, talk.id, page, NOW)
        assert debrief.opportunity is Opportunity.THEY_RAISED
    async with sessions.reading(ALMA) as session:
        [changed] = await promises.of_interview(session, talk.id)
    assert (changed.id, changed.what, changed.due_on) == (mine.id, "Send my résumé", None)


async def test_a_kept_promise_is_not_open_any_more(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        await debriefs.save_second(session, talk.id, SecondPage(promise="Write"), NOW)
        [promise] = await promises.open_of(session, talk.contact_id)
        for moment in (NOW, later(days=1)):
            await promises.keep(session, promise.id, moment)
        assert await promises.open_of(session, talk.contact_id) == []
        assert promise.kept_at == NOW


async def test_a_thank_you_that_went_out_already_is_logged_once(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        for _ in range(2):
            await debriefs.save_second(session, talk.id, SecondPage(thanked=True), NOW)
        kinds = [touch.kind for touch in await touches.of_contact(session, talk.contact_id)]
        assert kinds == [TouchKind.THANK_YOU, TouchKind.TALK]
        assert talk.contact.stage is Stage.THANKED


async def test_the_second_page_is_given_back_as_it_was_answered(sessions: Sessions) -> None:
    page = SecondPage(
        skills=("SQL",),
        promise="Send my notes",
        promise_due=date(2026, 3, 14),
        their_promise="Introduce Ben",
        opportunity=Opportunity.I_RAISED,
        thanked=True,
    )
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        assert await debriefs.second_page(session, talk.id) == SecondPage()
        await debriefs.save_second(session, talk.id, page, NOW)
    async with sessions.reading(ALMA) as session:
        assert await debriefs.second_page(session, talk.id) == page


@pytest.mark.parametrize("row_id", [0, 999, 2**70])
async def test_a_debrief_of_a_talk_that_is_not_there_is_gone(
    sessions: Sessions, row_id: int
) -> None:
    async with sessions.member(ALMA) as session:
        for verb in (
            debriefs.get(session, row_id),
            debriefs.save_first(session, row_id, FIRST, NOW),
            debriefs.save_second(session, row_id, SecondPage(), NOW),
            promises.open_of(session, row_id),
            promises.of_interview(session, row_id),
            promises.keep(session, row_id, NOW),
        ):
            with pytest.raises(Gone):
                await verb
