"""Talks and touches: the contact's stage follows from them."""

import pytest

from domain.vocabulary import InterviewStatus, Medium, Stage, TouchKind
from storage import agenda, contacts, debriefs, interviews, touches
from storage.debriefs import FirstPage
from storage.errors import Gone
from storage.interviews import InterviewFields
from storage.sessions import Sessions
from tests.storage.people import ALMA, NOW, a_contact, a_talk, later


async def test_a_talk_is_kept_as_typed(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
        fields = InterviewFields(later(days=1), 45, Medium.COFFEE, "Café Übermut", "What is a day?")
        added = await interviews.schedule(session, contact.id, fields, NOW)
    async with sessions.reading(ALMA) as session:
        found = await interviews.get(session, added.id)
    for talk in (added, found):
        assert (talk.starts_at, talk.ends_at) == (later(days=1), later(days=1, minutes=45))
        assert (talk.medium, talk.place) == (Medium.COFFEE, "Café Übermut")
        assert (talk.goal, talk.status) == ("What is a day?", InterviewStatus.SCHEDULED)
        assert talk.contact.name == "Ada Brook"
        assert talk.contact.stage is Stage.SCHEDULED


async def test_a_talk_form_sent_twice_is_one_talk(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
        for hours in (1, 2):
            fields = InterviewFields(starts_at=later(hours=hours))
            await interviews.schedule(session, contact.id, fields, NOW, form_id="V1")
        assert [talk.starts_at for talk in await agenda.coming(session, NOW)] == [later(hours=2)]


async def test_a_talk_that_took_place_is_logged_once_at_its_start(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        for _ in range(2):
            await interviews.took_place(session, talk.id, NOW)
        [touch] = await touches.of_contact(session, talk.contact_id)
        assert (touch.kind, touch.at) == (TouchKind.TALK, talk.starts_at)
        assert (touch.interview_id, talk.contact.stage) == (talk.id, Stage.TALKED)


async def test_a_talk_called_off_or_without_the_other_side_was_no_talk(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        await interviews.took_place(session, talk.id, NOW)
        await interviews.call_off(session, talk.id, NOW)
        assert await touches.of_contact(session, talk.contact_id) == []
        assert (talk.status, talk.contact.stage) == (InterviewStatus.CALLED_OFF, Stage.REPLIED)
        await interviews.no_show(session, talk.id, NOW)
        assert (talk.status, talk.contact.stage) == (InterviewStatus.NO_SHOW, Stage.REPLIED)


async def test_a_moved_talk_is_scheduled_again(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        await interviews.call_off(session, talk.id, NOW)
        await interviews.change(session, talk.id, InterviewFields(later(days=2)), NOW)
        assert (talk.status, talk.contact.stage) == (InterviewStatus.SCHEDULED, Stage.SCHEDULED)


async def test_a_talk_that_took_place_may_be_dated_otherwise(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        await interviews.took_place(session, talk.id, NOW)
        await interviews.change(session, talk.id, InterviewFields(later(days=-1)), NOW)
        [touch] = await touches.of_contact(session, talk.contact_id)
        assert (talk.status, touch.at) == (InterviewStatus.TOOK_PLACE, later(days=-1))
        await interviews.change(session, talk.id, InterviewFields(later(days=1)), NOW)
        assert talk.status is InterviewStatus.SCHEDULED
        assert await touches.of_contact(session, talk.contact_id) == []


async def test_a_change_that_moves_nothing_leaves_the_status(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session)
        await interviews.call_off(session, talk.id, NOW)
        fields = InterviewFields(talk.starts_at, place="Room 4")
        await interviews.change(session, talk.id, fields, NOW)
        assert (talk.status, talk.place) == (InterviewStatus.CALLED_OFF, "Room 4")


async def test_talks_to_come_are_those_not_over_the_next_first(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        running = await a_talk(session, later(minutes=-29), "Running")
        await a_talk(session, later(minutes=-30), "Just over")
        soon = await a_talk(session, later(days=1), "Soon")
        off = await a_talk(session, later(days=2), "Called off")
        await interviews.call_off(session, off.id, NOW)
        far = await a_talk(session, later(days=3), "Far")
    async with sessions.reading(ALMA) as session:
        coming = await agenda.coming(session, NOW)
        assert [talk.id for talk in coming] == [running.id, soon.id, far.id]
        assert [talk.contact.name for talk in await agenda.coming(session, NOW, limit=1)] == [
            "Running"
        ]


async def test_talks_that_are_over_wait_for_their_debrief(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_talk(session, later(minutes=-10), "Still talking")
        over = await a_talk(session, later(hours=-2), "Over")
        held = await a_talk(session, later(days=-2), "Held")
        await interviews.took_place(session, held.id, NOW)
        written = await a_talk(session, later(days=-3), "Written up")
        await debriefs.save_first(session, written.id, FirstPage("Ask early"), NOW)
        off = await a_talk(session, later(days=-4), "Called off")
        await interviews.call_off(session, off.id, NOW)
        await a_talk(session, later(days=-31), "Long ago")
    async with sessions.reading(ALMA) as session:
        missing = await agenda.debrief_missing(session, NOW)
        assert [talk.id for talk in missing] == [over.id, held.id]
        assert missing[0].contact.name == "Over"
        assert len(await agenda.debrief_missing(session, NOW, limit=1)) == 1


async def test_touches_lead_along_the_road(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
        for minute, (kind, stage) in enumerate(
            [
                (TouchKind.NOTE, Stage.IDENTIFIED),
                (TouchKind.ASKED, Stage.ASKED),
                (TouchKind.REPLIED, Stage.REPLIED),
                (TouchKind.TALK, Stage.TALKED),
                (TouchKind.THANK_YOU, Stage.THANKED),
                (TouchKind.UPDATE, Stage.IN_TOUCH),
            ]
        ):
            at = later(minutes=minute)
            touch = await touches.log(session, contact.id, kind, at, note="by mail", now=at)
            assert (touch.kind, touch.note) == (kind, "by mail")
            assert (contact.stage, contact.updated_at) == (stage, at)
        last = await touches.of_contact(session, contact.id, limit=2)
        assert [touch.kind for touch in last] == [TouchKind.UPDATE, TouchKind.THANK_YOU]


async def test_a_touch_logged_late_counts_when_it_happened(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
        await touches.log(session, contact.id, TouchKind.REPLIED, later(days=-1), now=NOW)
        await touches.log(session, contact.id, TouchKind.ASKED, later(days=-3), now=NOW)
        assert contact.stage is Stage.REPLIED


async def test_the_members_own_word_on_the_stage_wins_until_something_is_logged(
    sessions: Sessions,
) -> None:
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
        await contacts.overrule(session, contact.id, Stage.CLOSED, NOW)
        await touches.log(session, contact.id, TouchKind.NOTE, NOW, now=NOW)
    async with sessions.member(ALMA) as session:
        assert (await contacts.get(session, contact.id)).stage is Stage.CLOSED
        await touches.log(session, contact.id, TouchKind.ASKED, NOW, now=NOW)
    async with sessions.reading(ALMA) as session:
        assert (await contacts.get(session, contact.id)).stage is Stage.ASKED


async def test_a_touch_names_a_talk_with_the_same_contact(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session)
        other = await a_contact(session, "Ben Hill")
        with pytest.raises(Gone):
            await touches.log(
                session, other.id, TouchKind.THANK_YOU, NOW, interview_id=talk.id, now=NOW
            )


@pytest.mark.parametrize("row_id", [0, 999, 2**70])
async def test_a_talk_that_is_not_there_is_gone(sessions: Sessions, row_id: int) -> None:
    async with sessions.member(ALMA) as session:
        for verb in (
            interviews.get(session, row_id),
            interviews.change(session, row_id, InterviewFields(NOW), NOW),
            interviews.call_off(session, row_id, NOW),
            interviews.no_show(session, row_id, NOW),
            interviews.took_place(session, row_id, NOW),
            interviews.schedule(session, row_id, InterviewFields(NOW), NOW),
            touches.log(session, row_id, TouchKind.NOTE, NOW, now=NOW),
            touches.of_contact(session, row_id),
        ):
            with pytest.raises(Gone):
                await verb
