"""What is looked up, believed and asked around a talk, and what it does to stages and nudges."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import AssumptionStatus, NudgeKind, ResearchItem, Stage, TouchKind
from storage import (
    assumptions,
    contacts,
    interviews,
    members,
    nudges,
    questions,
    research,
    touches,
)
from storage.errors import Gone
from storage.interviews import InterviewFields
from storage.models import Interview
from storage.questions import Heard, Pick
from storage.sessions import Sessions
from tests.storage.people import ALMA, NOW, a_contact, a_talk, later, wants_only
from tests.storage.posts import stored

ALL_OF_IT = dict.fromkeys(ResearchItem, "")
BANK, OWN = Pick("bad_week"), Pick(own_words="How did you learn to say no?")


async def words(session: AsyncSession, talk: Interview) -> list[str | None]:
    """Give the questions of a talk in their order."""
    rows = (await questions.of_interviews(session, [talk.id])).get(talk.id, [])
    return [row.question_id or row.own_words for row in rows]


async def test_all_of_the_check_list_makes_a_contact_researched(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        ada = await a_contact(session)
        stages = []
        for found in ({ResearchItem.WORK: "Leads data at Acme"}, ALL_OF_IT):
            await research.save(session, ada.id, found, NOW)
            stages.append(ada.stage)
        assert await research.of_contact(session, ada.id) == ALL_OF_IT
        await touches.log(session, ada.id, TouchKind.NOTE, NOW, now=NOW)
        stages.append(ada.stage)
        await research.save(session, ada.id, {}, NOW)
        stages.append(ada.stage)
        looked_up = Stage.RESEARCHED
        assert stages == [Stage.IDENTIFIED, looked_up, looked_up, Stage.IDENTIFIED]
        assert await research.of_contact(session, ada.id) == {}


async def test_whoever_was_asked_stays_asked_whatever_is_looked_up(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        ada = await a_contact(session)
        await touches.log(session, ada.id, TouchKind.ASKED, NOW, now=NOW)
        await research.save(session, ada.id, ALL_OF_IT, NOW)
        assert ada.stage == Stage.ASKED


@pytest.mark.parametrize(
    ("hour", "days_later", "anew"),
    [
        # From three in the afternoon to six: over midnight in UTC.
        (26, 0, False),
        # From three in the afternoon to ten in the morning of the next day.
        (18, 1, True),
        # And two days on.
        (23, 2, True),
    ],
)
async def test_a_talk_is_said_to_be_unprepared_anew_when_it_moves_to_another_local_day(
    sessions: Sessions, hour: int, days_later: int, anew: bool
) -> None:
    midnight = later(days=7).replace(hour=0, minute=0)
    async with sessions.member(ALMA) as session:
        await wants_only(session, NudgeKind.UNPREPARED)
        await members.set_zone(session, "America/Los_Angeles")
        talk = await a_talk(session, midnight + timedelta(hours=23))
        moved_to = midnight + timedelta(days=days_later, hours=hour)
        await interviews.change(session, talk.id, InterviewFields(moved_to), NOW)
    assert len(await stored(sessions, ALMA)) == (2 if anew else 1)


async def test_no_journey_makes_a_talk_unprepared_anew(sessions: Sessions) -> None:
    """Three in the afternoon in New York is the next day in Tokyo; an hour later is so, too."""
    three = later(days=7).replace(hour=20, minute=0)
    async with sessions.member(ALMA) as session:
        await wants_only(session, NudgeKind.UNPREPARED)
        await members.set_zone(session, "America/New_York")
        talk = await a_talk(session, three)
        await members.set_zone(session, "Asia/Tokyo")
        await nudges.reconcile_all(session, NOW)
        fields = InterviewFields(three + timedelta(hours=1))
        await interviews.change(session, talk.id, fields, NOW)
    assert len(await stored(sessions, ALMA)) == 1


async def test_picked_questions_make_a_talk_prepared(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await wants_only(session, NudgeKind.UNPREPARED)
        talk = await a_talk(session, later(days=7))
    [nudge] = await stored(sessions, ALMA)
    assert nudge.status == "pending"
    async with sessions.member(ALMA) as session:
        await questions.pick(session, talk.id, [BANK, OWN], NOW)
    [nudge] = await stored(sessions, ALMA)
    assert nudge.status == "cancelled"


async def test_questions_keep_their_order_and_what_was_said_of_them(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session)
        rows = await questions.pick(session, talk.id, [BANK, OWN, Pick("stuck")], NOW)
        await questions.settle(session, talk.id, [rows[0].id])
        await questions.move_up(session, talk.id, rows[1].id)
        await questions.move_up(session, talk.id, rows[1].id)
        assert await words(session, talk) == [OWN.own_words, "bad_week", "stuck"]
        # The same form again, without one and with another.
        await questions.pick(session, talk.id, [Pick("argue"), BANK, OWN, BANK], NOW)
        assert await words(session, talk) == ["argue", "bad_week", OWN.own_words]
        rows = (await questions.of_interviews(session, [talk.id]))[talk.id]
        assert [row.answered for row in rows] == [None, True, False]
        with pytest.raises(Gone):
            await questions.move_up(session, talk.id, 10_000)


async def test_who_answered_a_question_is_known_when_the_next_talk_is_prepared(
    sessions: Sessions,
) -> None:
    async with sessions.member(ALMA) as session:
        talks = [await a_talk(session, later(days=-n), name) for n, name in ((2, "A"), (1, "B"))]
        for talk in talks:
            rows = await questions.pick(session, talk.id, [BANK, Pick("stuck")], NOW)
            await interviews.took_place(session, talk.id, NOW)
        await questions.settle(session, talks[1].id, [rows[0].id])
        ahead = await a_talk(session, later(days=1), "C")
        await questions.pick(session, ahead.id, [BANK], NOW)
        assert await questions.heard(session, besides=ahead.id) == {
            "bad_week": [Heard("A", False), Heard("B", True)],
            "stuck": [Heard("A", False)],
        }


async def test_what_is_believed_of_a_path_comes_back_until_a_talk_settles_it(
    sessions: Sessions,
) -> None:
    async with sessions.member(ALMA) as session:
        ada = await a_contact(session, "Ada", path="Analyst")
        ben = await a_contact(session, "Ben", path="Analyst")
        other = await a_contact(session, "Cleo", path="Founder")
        await assumptions.write(session, ada.id, {}, ["Mostly meetings", "Mostly meetings"], NOW)
        await assumptions.write(session, ada.id, {}, ["Mostly meetings"], NOW)
        await assumptions.write(session, ben.id, {}, ["One must code"], NOW)
        found = await assumptions.open_of(session, [ada.id, ben.id, other.id])
        assert {c: [a.text for a in rows] for c, rows in found.items()} == {
            ada.id: ["Mostly meetings", "One must code"],
            ben.id: ["One must code", "Mostly meetings"],
        }
        meetings = found[ada.id][0]
        talk = await interviews.schedule(session, ben.id, InterviewFields(NOW), NOW)
        confirmed = AssumptionStatus.CONFIRMED
        await assumptions.settle(session, meetings.id, talk.id, confirmed, "Half the day", NOW)
        assert [a.text for a in (await assumptions.open_of(session, [ada.id]))[ada.id]] == [
            "One must code"
        ]
        # What the talk settled can be changed with what is open for it.
        before = [a.text for a in await assumptions.to_settle(session, talk.id)]
        assert before == ["Mostly meetings", "One must code"]
        await assumptions.settle(session, meetings.id, talk.id, AssumptionStatus.OPEN, "", NOW)
        assert (meetings.interview_id, meetings.settled_at) == (None, None)


async def test_an_assumption_is_changed_while_it_is_open_and_goes_without_words(
    sessions: Sessions,
) -> None:
    async with sessions.member(ALMA) as session:
        ada = await a_contact(session)
        await assumptions.write(session, ada.id, {}, ["One", "Two", "Three"], NOW)
        one, two, three = (await assumptions.open_of(session, [ada.id]))[ada.id]
        talk = await interviews.schedule(session, ada.id, InterviewFields(NOW), NOW)
        await assumptions.settle(session, three.id, talk.id, AssumptionStatus.MIXED, "", NOW)
        await assumptions.write(
            session, ada.id, {one.id: "Won", two.id: "", three.id: "No"}, [], NOW
        )
        [left] = (await assumptions.open_of(session, [ada.id]))[ada.id]
        assert (left.text, three.text) == ("Won", "Three")
        with pytest.raises(Gone):
            await assumptions.write(session, ada.id, {10_000: "x"}, [], NOW)


async def test_what_goes_with_a_path_and_a_contact(sessions: Sessions) -> None:
    """A contact who is put on another path later leaves what was believed where it was."""
    async with sessions.member(ALMA) as session:
        ada = await a_contact(session, "Ada", path="Analyst")
        ben = await a_contact(session, "Ben", path="Founder")
        await assumptions.write(session, ada.id, {}, ["Mostly meetings"], NOW)
        fields = contacts.ContactFields(name="Ada", path="Founder")
        await contacts.change(session, ada.id, fields, NOW)
        found = await assumptions.open_of(session, [ada.id, ben.id])
        assert list(found) == [ada.id]


async def test_each_change_that_calendars_show_is_counted(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(days=1))
        assert (talk.sequence, talk.calendar_sequence) == (0, None)
        same = InterviewFields(starts_at=later(days=1))
        await interviews.change(session, talk.id, same, NOW)
        assert talk.sequence == 0
        await interviews.change(session, talk.id, InterviewFields(starts_at=later(days=2)), NOW)
        assert talk.sequence == 1
        await interviews.call_off(session, talk.id, NOW)
        assert talk.sequence == 2
        await interviews.still_on(session, talk.id, NOW)
        assert talk.sequence == 3
        await interviews.calendar_file_sent(session, talk.id, 3)
        await interviews.calendar_file_sent(session, talk.id, 1)
        assert talk.calendar_sequence == 3
