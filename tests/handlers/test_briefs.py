"""The briefs of one message are gathered together, however many there are."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import NudgeKind, ResearchItem
from handlers.briefs import briefs
from handlers.nudges_shown import nudges_shown
from storage import assumptions, nudges, questions, research
from storage.models import Nudge
from storage.questions import Pick
from storage.sessions import Sessions
from tests.storage.counted import asked_of
from tests.storage.people import ALMA, NOW, a_talk, later, wants_only


async def planned(sessions: Sessions, count: int) -> Sequence[Nudge]:
    """Plan so many talks, with all that a brief says; give their briefs."""
    async with sessions.member(ALMA) as session:
        await wants_only(session, NudgeKind.BRIEF)
        for number in range(count):
            talk = await a_talk(session, later(days=5, hours=number), f"Contact {number}")
            found = {ResearchItem.WORK: f"Found {number}"}
            await research.save(session, talk.contact_id, found, NOW)
            await assumptions.write(session, talk.contact_id, {}, [f"Belief {number}"], NOW)
            await questions.pick(session, talk.id, [Pick(own_words=f"Question {number}")], NOW)
    async with sessions.reading(ALMA) as session:
        ids = list(await session.scalars(select(Nudge.id)))
        return await nudges.several(session, ids)


async def queries(session: AsyncSession, inside: Sequence[Nudge]) -> int:
    """Count the queries that gathering their briefs takes."""
    async with asked_of(session) as asked:
        await briefs(session, inside)
    return len(asked)


async def test_ten_briefs_take_as_many_queries_as_one(sessions: Sessions) -> None:
    inside = await planned(sessions, 10)
    assert len(inside) == 10
    async with sessions.reading(ALMA) as session:
        assert await queries(session, inside) == await queries(session, inside[:1]) <= 5
        assert await queries(session, []) == 0


async def test_each_brief_is_of_its_own_talk(sessions: Sessions) -> None:
    inside = await planned(sessions, 3)
    async with sessions.reading(ALMA) as session:
        shown = await nudges_shown(session, inside, NOW)
        listed = await nudges_shown(session, inside, NOW, in_a_list=True)
    said = [
        (one.name, dict(one.brief.research), one.brief.beliefs, one.brief.questions)
        for one in shown
        if one.brief is not None
    ]
    assert said == [
        (f"Contact {n}", {ResearchItem.WORK: f"Found {n}"}, [f"Belief {n}"], [f"Question {n}"])
        for n in range(3)
    ]
    assert [one.brief for one in listed] == [None, None, None]
