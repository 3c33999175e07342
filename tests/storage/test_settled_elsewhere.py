"""What passed with somebody settles a nudge about it, in whatever order it was told."""

import pytest

from domain.vocabulary import NudgeKind, NudgeStatus, TouchKind
from storage import debriefs, interviews, promises, touches
from storage.debriefs import FirstPage, SecondPage
from storage.interviews import InterviewFields
from storage.sessions import Sessions
from tests.storage.people import ALMA, NOW, a_contact, a_talk, later, wants_only
from tests.storage.posts import stored


async def pending(sessions: Sessions, kind: NudgeKind) -> list[int | None]:
    """Give about whom a nudge of this kind is to come."""
    nudges = await stored(sessions, ALMA)
    return [n.contact_id for n in nudges if (n.kind, n.status) == (kind, NudgeStatus.PENDING)]


@pytest.mark.parametrize(
    ("promised", "days", "kept"),
    [
        ("Introduce Ben, Kranz AG", 2, True),
        ("Put me in touch with Ben", 2, True),
        ("Send the slides", 2, False),
        ("Introduce Ben, Kranz AG", -2, False),  # before the talk: that was somebody else
    ],
)
async def test_an_introduction_keeps_the_promise_of_one(
    sessions: Sessions, promised: str, days: int, kept: bool
) -> None:
    async with sessions.member(ALMA) as session:
        talk = await a_talk(session, later(hours=-1))
        page = SecondPage(their_promise=promised)
        await debriefs.save_second(session, talk.id, page, NOW)
    assert await pending(sessions, NudgeKind.THEIR_PROMISE) == [talk.contact_id]
    async with sessions.member(ALMA) as session:
        kind, at = TouchKind.INTRODUCTION, later(days=days)
        await touches.log(session, talk.contact_id, kind, at, now=later(days=2))
        assert bool(await promises.open_of(session, talk.contact_id)) is not kept
    assert bool(await pending(sessions, NudgeKind.THEIR_PROMISE)) is not kept


async def test_one_introduction_keeps_one_promise(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        first = await a_talk(session, later(days=-2))
        second = await interviews.schedule(
            session, first.contact_id, InterviewFields(later(hours=-1)), NOW
        )
        for talk, whom in ((first, "Ben"), (second, "Cora")):
            page = SecondPage(their_promise=f"an intro to {whom}")
            await debriefs.save_second(session, talk.id, page, NOW)
        await touches.log(session, first.contact_id, TouchKind.INTRODUCTION, NOW, now=NOW)
        assert [p.what for p in await promises.open_of(session, first.contact_id)] == [
            "an intro to Cora"
        ]


@pytest.mark.parametrize("word", [TouchKind.UPDATE, TouchKind.THANK_YOU])
async def test_an_introducer_who_heard_before_the_debrief_has_heard(
    sessions: Sessions, word: TouchKind
) -> None:
    async with sessions.member(ALMA) as session:
        ada = await a_contact(session)
        ben = await a_contact(session, "Ben Hill", introduced_by_id=ada.id)
        fields = InterviewFields(later(hours=-5))
        talk = await interviews.schedule(session, ben.id, fields, later(days=-3))
        await touches.log(session, ada.id, word, later(days=-1), now=later(days=-1))
        await debriefs.save_first(session, talk.id, FirstPage("Ask early"), later(hours=-4))
    assert await pending(sessions, NudgeKind.TELL_INTRODUCER) == [ada.id]
    async with sessions.member(ALMA) as session:
        await interviews.call_off(session, talk.id, later(hours=-4))
        await touches.log(session, ada.id, word, later(hours=-3), now=later(hours=-3))
        await debriefs.save_first(session, talk.id, FirstPage("Ask early"), NOW)
    assert await pending(sessions, NudgeKind.TELL_INTRODUCER) == []


async def test_nobody_else_is_suggested_where_somebody_else_is_met(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await wants_only(session, NudgeKind.OTHER_PERSON)
        ada, ben = [
            await a_contact(session, name, company="Acme") for name in ("Ada Brook", "Ben Hill")
        ]
        await touches.log(session, ben.id, TouchKind.ASKED, later(days=-2), now=NOW)
        await touches.log(session, ada.id, TouchKind.ASKED, NOW, now=NOW)
    # Ben was asked before and is as silent: it may be time for a third.
    assert await pending(sessions, NudgeKind.OTHER_PERSON) == [ada.id]
    async with sessions.member(ALMA) as session:
        fields = InterviewFields(later(days=1))
        talk = await interviews.schedule(session, ben.id, fields, NOW)
    assert await pending(sessions, NudgeKind.OTHER_PERSON) == []
    async with sessions.member(ALMA) as session:
        await interviews.call_off(session, talk.id, NOW)
    assert await pending(sessions, NudgeKind.OTHER_PERSON) == [ada.id]
