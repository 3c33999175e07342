"""The stored nudges are those that the rules say should exist, whatever happened before."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.vocabulary import Answer, NudgeKind, NudgeStatus, Stage, TouchKind
from storage import interviews, members, nudges, touches, wishes
from storage.errors import Gone
from storage.interviews import InterviewFields
from storage.models import Nudge
from storage.nudges import SentMessage
from storage.sessions import Sessions
from tests.storage.people import ALMA, BRUNO, NOW, a_contact, a_question, a_talk, later, wants_only
from tests.storage.posts import claimed, everything_claimed, message_at, sent, stored


async def test_a_planned_talk_brings_the_question_whether_it_took_place(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_question(session)
    [nudge] = await stored(sessions, ALMA)
    assert (nudge.kind, nudge.status) == (NudgeKind.DID_IT_TAKE_PLACE, NudgeStatus.PENDING)
    assert (nudge.contact_id, nudge.interview_id) == (talk.contact_id, talk.id)
    assert nudge.due_at == later(days=1, minutes=60)
    assert await stored(sessions, BRUNO) == []


async def test_who_agreed_to_a_talk_has_answered_however_long_ago(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
        await touches.log(session, contact.id, TouchKind.ASKED, NOW, now=NOW)
        fields = InterviewFields(starts_at=later(days=2))
        talk = await interviews.schedule(session, contact.id, fields, later(days=1), form_id="V1")
        await interviews.no_show(session, talk.id, later(days=3))
        for days in (5, 40, 80):
            planned = await nudges.planned(session, later(days=days), {contact.id})
            assert {nudge.kind for nudge in planned.values()} == {NudgeKind.WEEKLY_REVIEW}


async def test_reconciling_again_changes_nothing(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_question(session)
    before = await stored(sessions, ALMA)
    async with sessions.member(ALMA) as session:
        await nudges.reconcile(session, later(hours=1))
        await nudges.reconcile(session, later(hours=1), talk.contact_id)
    after = await stored(sessions, ALMA)
    assert [(n.id, n.updated_at) for n in after] == [(n.id, n.updated_at) for n in before]


async def test_a_moved_talk_moves_its_nudge(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_question(session)
        await interviews.change(session, talk.id, InterviewFields(later(days=2)), NOW)
    old, new = await stored(sessions, ALMA)
    assert (old.status, new.status) == (NudgeStatus.CANCELLED, NudgeStatus.PENDING)
    assert new.due_at == later(days=2, minutes=60)


async def test_a_talk_moved_back_revives_its_nudge(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_question(session)
        for days in (2, 1):
            await interviews.change(session, talk.id, InterviewFields(later(days=days)), NOW)
    first, second = await stored(sessions, ALMA)
    assert (first.status, second.status) == (NudgeStatus.PENDING, NudgeStatus.CANCELLED)
    assert first.due_at == later(days=1, minutes=60)


@pytest.mark.parametrize("failure", [nudges.IN_DOUBT, "msg_too_long"])
async def test_what_failed_in_doubt_is_looked_for_before_the_plan_has_it_sent_again(
    sessions: Sessions, failure: str
) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_question(session)
    due = later(days=2)
    nudge_id = await claimed(sessions, due)
    async with sessions.member(ALMA) as session:
        await nudges.record_failed(session, nudge_id, owner="me", failure=failure, now=NOW)
    for days in (2, 1):
        async with sessions.member(ALMA) as session:
            moved = InterviewFields(later(days=days))
            await interviews.change(session, talk.id, moved, NOW)
    async with sessions.unscoped() as session:
        lease = timedelta(minutes=1)
        looked_for = await nudges.claim_expired(session, due, owner="me", lease=lease, limit=9)
    sent_at_once = await everything_claimed(sessions, due)
    in_doubt = failure == nudges.IN_DOUBT
    assert [claim.id for claim in looked_for] == [nudge_id] * in_doubt
    assert [claim.id for claim in sent_at_once] == [nudge_id] * (not in_doubt)


async def test_a_talk_that_took_place_brings_what_follows_from_it(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        await interviews.took_place(session, talk.id, NOW)
    by_status: dict[NudgeStatus, set[NudgeKind]] = {}
    for nudge in await stored(sessions, ALMA):
        by_status.setdefault(nudge.status, set()).add(nudge.kind)
    assert by_status == {
        NudgeStatus.CANCELLED: {NudgeKind.DID_IT_TAKE_PLACE, NudgeKind.ASK_AGAIN_HOW_IT_WENT},
        NudgeStatus.PENDING: {
            NudgeKind.THANK_YOU,
            NudgeKind.THANK_YOU_AGAIN,
            NudgeKind.DEBRIEF_MISSING,
            NudgeKind.KEEP_IN_TOUCH,
            NudgeKind.WEEKLY_REVIEW,
        },
    }


async def test_a_thank_you_that_was_logged_cancels_its_nudge(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await wants_only(session, NudgeKind.THANK_YOU)
        talk = await a_talk(session, later(hours=-1))
        await interviews.took_place(session, talk.id, NOW)
        await touches.log(session, talk.contact_id, TouchKind.THANK_YOU, NOW, now=NOW)
    assert {nudge.status for nudge in await stored(sessions, ALMA)} == {NudgeStatus.CANCELLED}


async def test_a_thank_you_for_an_earlier_talk_thanks_for_that_one_only(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await wants_only(session, NudgeKind.THANK_YOU)
        talk = await a_talk(session, later(days=-2))
        await interviews.took_place(session, talk.id, NOW)
        await touches.log(session, talk.contact_id, TouchKind.THANK_YOU, later(days=-1), now=NOW)
        fields = InterviewFields(later(hours=-1))
        again = await interviews.schedule(session, talk.contact_id, fields, NOW)
        await interviews.took_place(session, again.id, NOW)
    pending = [n for n in await stored(sessions, ALMA) if n.status == NudgeStatus.PENDING]
    assert [nudge.interview_id for nudge in pending] == [again.id]


async def test_old_news_brings_no_nudge(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(days=-120))
        await interviews.took_place(session, talk.id, NOW)
    kinds = {nudge.kind for nudge in await stored(sessions, ALMA)}
    assert kinds == {NudgeKind.KEEP_IN_TOUCH, NudgeKind.WEEKLY_REVIEW}


async def test_a_planned_talk_brings_what_comes_before_and_after_it(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_talk(session, later(days=7))
    kinds = {nudge.kind: nudge.alone for nudge in await stored(sessions, ALMA)}
    assert kinds == {
        NudgeKind.UNPREPARED: False,
        NudgeKind.BRIEF: False,
        NudgeKind.TALK_SOON: True,
        NudgeKind.DID_IT_TAKE_PLACE: True,
        NudgeKind.ASK_AGAIN_HOW_IT_WENT: False,
        NudgeKind.WEEKLY_REVIEW: False,
    }


async def test_another_zone_moves_what_is_pending(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_question(session)
        # There the talk ends at half past two in the night.
        await members.set_zone(session, "Pacific/Auckland")
        await nudges.reconcile_all(session, NOW)
    [nudge] = await stored(sessions, ALMA)
    assert nudge.due_at == later(days=1, hours=9)


async def test_one_contacts_change_leaves_the_nudges_of_others(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk, other = [await a_question(session, name=name) for name in ("Ada Brook", "Ben Hill")]
        await interviews.call_off(session, talk.id, NOW)
    statuses = {nudge.contact_id: nudge.status for nudge in await stored(sessions, ALMA)}
    assert statuses == {
        talk.contact_id: NudgeStatus.CANCELLED,
        other.contact_id: NudgeStatus.PENDING,
    }


async def test_what_is_being_sent_is_left_to_delivery(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_question(session)
    await everything_claimed(sessions)
    async with sessions.member(ALMA) as session:
        await interviews.call_off(session, talk.id, NOW)
    [nudge] = await stored(sessions, ALMA)
    assert nudge.status is NudgeStatus.SENDING


async def test_what_delivery_put_off_is_not_hurried_by_the_plan(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_question(session)
    nudge_id = await claimed(sessions, later(days=2))
    async with sessions.unscoped() as session:
        await nudges.release(session, [nudge_id], owner="me", due_at=later(days=3))
    async with sessions.member(ALMA) as session:
        await nudges.reconcile(session, later(days=2))
    [nudge] = await stored(sessions, ALMA)
    assert (nudge.status, nudge.due_at) == (NudgeStatus.PENDING, later(days=3))


async def test_what_was_put_off_to_a_digest_follows_the_members_new_hours(
    sessions: Sessions,
) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        await interviews.took_place(session, talk.id, NOW)
        nine = (await members.current(session)).rhythm().next_digest(later(days=2))
    [debrief] = [n for n in await stored(sessions, ALMA) if n.kind is NudgeKind.DEBRIEF_MISSING]
    for claim in await everything_claimed(sessions, debrief.due_at):
        async with sessions.unscoped() as session:
            await nudges.release(session, [claim.id], owner="me", due_at=nine, anew=True)
    async with sessions.member(ALMA) as session:
        wanted = await wishes.current(session)
        await wishes.change(session, replace(wanted, digest_hour=12), later(days=2))
        noon = (await members.current(session)).rhythm().next_digest(later(days=2))
    nudge = next(n for n in await stored(sessions, ALMA) if n.id == debrief.id)
    assert noon < nine
    # It is due again, and as news it comes with the next digest: at noon.
    assert (nudge.due_at <= noon, nudge.attempts, nudge.created_at) == (True, 0, later(days=2))


async def test_an_answer_told_in_the_minute_of_the_follow_up_came_after_it(
    sessions: Sessions,
) -> None:
    """The form tells the time in whole seconds or minutes, a button to the microsecond."""
    async with sessions.member(ALMA) as session:
        contact = await a_contact(session)
        await touches.log(session, contact.id, TouchKind.ASKED, later(days=-20), now=NOW)
        follow_up_at = NOW + timedelta(seconds=30)
        await touches.log(session, contact.id, TouchKind.FOLLOW_UP, follow_up_at, now=NOW)
        await touches.log(session, contact.id, TouchKind.REPLIED, NOW, now=NOW)
        assert contact.stage == Stage.REPLIED
    kinds = {n.kind for n in await stored(sessions, ALMA) if n.status == NudgeStatus.PENDING}
    assert not kinds & {NudgeKind.FOLLOW_UP, NudgeKind.OTHER_PERSON, NudgeKind.RESTS}


async def test_a_message_that_is_out_of_date_is_named(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_question(session)
        assert nudges.outdated(session) == set()
    nudge_id = await sent(sessions, later(days=2))
    async with sessions.member(ALMA) as session:
        await interviews.call_off(session, talk.id, later(days=2))
        message = message_at(later(days=2))
        assert nudges.outdated(session) == {message}
        [nudge] = await nudges.in_message(session, message)
        assert (nudge.id, nudge.status) == (nudge_id, NudgeStatus.CANCELLED)
        assert nudge.contact is not None and nudge.contact.name == "Ada Brook"


async def test_pressing_twice_is_harmless(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_question(session)
    nudge_id = await sent(sessions, later(days=2))
    answers = []
    for answer in (Answer.SKIP, Answer.DONE):
        async with sessions.member(ALMA) as session:
            answers.append(await nudges.answer(session, nudge_id, answer, later(days=2)))
    [nudge] = await stored(sessions, ALMA)
    assert (answers, nudge.answer) == ([True, False], Answer.SKIP)
    assert nudge.status is NudgeStatus.SENT


async def test_later_brings_the_next_round_and_then_the_next(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_question(session)
    for round_ in range(3):
        now = later(days=2, hours=round_)
        nudge_id = await sent(sessions, now)
        async with sessions.member(ALMA) as session:
            until = later(days=2, hours=round_ + 1)
            assert await nudges.answer(session, nudge_id, Answer.LATER, now, until, alone=True)
    rounds = await stored(sessions, ALMA)
    assert [(n.round_, n.status) for n in rounds] == [
        (0, NudgeStatus.SENT),
        (1, NudgeStatus.SENT),
        (2, NudgeStatus.SENT),
        (3, NudgeStatus.PENDING),
    ]
    assert rounds[3].due_at == later(days=2, hours=3)


async def test_later_needs_a_moment_and_nothing_else_has_one(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_question(session)
    nudge_id = await sent(sessions, later(days=2))
    async with sessions.member(ALMA) as session:
        with pytest.raises(ValueError, match="moment"):
            await nudges.answer(session, nudge_id, Answer.LATER, NOW)
        with pytest.raises(ValueError, match="moment"):
            await nudges.answer(session, nudge_id, Answer.DONE, NOW, NOW)


async def test_what_was_answered_on_app_home_is_not_sent(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_question(session)
        [nudge] = await nudges.open_for(session, later(days=1, hours=2))
        await nudges.answer(session, nudge.id, Answer.SKIP, later(days=1, hours=2))
    assert await everything_claimed(sessions) == []


async def test_a_far_later_is_kept_however_old_the_talk_is_by_then(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await wants_only(session, NudgeKind.THANK_YOU)
        talk = await a_talk(session, later(hours=-1))
        await interviews.took_place(session, talk.id, NOW)
    nudge_id = await sent(sessions, later(days=2))
    async with sessions.member(ALMA) as session:
        until = later(days=60)
        await nudges.answer(session, nudge_id, Answer.LATER, later(days=2), until, alone=True)
    async with sessions.member(ALMA) as session:
        await nudges.reconcile(session, later(days=59))
    last = (await stored(sessions, ALMA))[-1]
    assert (last.round_, last.status) == (1, NudgeStatus.PENDING)
    assert (last.due_at, last.alone) == (later(days=60), True)


async def test_what_waits_for_the_member_is_due_or_sent_and_still_true(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        waiting = await a_question(session, later(hours=-3), "Waiting")
        answered = await a_question(session, later(hours=-2), "Answered")
        await a_question(session, later(days=3), "Not due")
    ids = {claim.contact_id: claim.id for claim in await everything_claimed(sessions, NOW)}
    async with sessions.unscoped() as session:
        brought = dict.fromkeys(ids.values(), SentMessage("D1", "1.5"))
        assert await nudges.record_sent(session, brought, owner="me") == {*brought}
    async with sessions.member(ALMA) as session:
        await nudges.answer(session, ids[answered.contact_id], Answer.SKIP, NOW)
    async with sessions.reading(ALMA) as session:
        open_now = await nudges.open_for(session, NOW)
        assert [nudge.id for nudge in open_now] == [ids[waiting.contact_id]]
        contact = open_now[0].contact
        assert contact is not None and contact.name == "Waiting"
        assert open_now[0].interview is not None
        assert await nudges.open_for(session, later(days=30)) == []
        assert await nudges.open_for(session, NOW, limit=0) == []


async def test_a_nudge_of_somebody_else_is_gone(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await a_question(session)
        nudge_id = (await session.scalars(select(Nudge.id))).one()
    async with sessions.member(BRUNO) as session:
        with pytest.raises(Gone):
            await nudges.get(session, nudge_id)
        with pytest.raises(Gone):
            await nudges.answer(session, nudge_id, Answer.SKIP, NOW)
        assert await nudges.several(session, [nudge_id, 0, 2**70]) == []


async def test_sessions_tell_when_nudges_changed(sessions: Sessions) -> None:
    told: list[str] = []
    sessions.when_nudges_change(lambda: told.append("changed"))
    async with sessions.member(ALMA) as session:
        await a_question(session)
        assert told == []
    assert told == ["changed"]
    async with sessions.reading(ALMA) as session:
        await nudges.open_for(session, NOW)
    assert told == ["changed"]
