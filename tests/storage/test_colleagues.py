"""How far what was logged with one person bears on those who were asked at the same company."""

from itertools import cycle, product

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import NudgeKind, NudgeStatus, TouchKind
from storage import nudges, touches
from storage.models import Contact
from storage.sessions import Sessions
from tests.storage.people import ALMA, NOW, a_contact, later, wants_only
from tests.storage.posts import sent, stored

PEOPLE = ("Ada Brook", "Ben Hill", "Cora Reed", "Dan Wolf")
# Two days ago, yesterday and today; of Dan nothing is known.
ASKED_AT = {"Ada Brook": -2, "Ben Hill": -1, "Cora Reed": 0}


async def at_acme(session: AsyncSession) -> dict[str, int]:
    """Add the four, of whom three were asked; give their ids by name."""
    known = {name: (await a_contact(session, name, company="Acme")).id for name in PEOPLE}
    for name, days in ASKED_AT.items():
        await touches.log(session, known[name], TouchKind.ASKED, later(days=days), now=NOW)
    return known


async def suggested(sessions: Sessions) -> list[int | None]:
    """Give instead of whom the member is to write to somebody else."""
    about = (NudgeKind.OTHER_PERSON, NudgeStatus.PENDING)
    return [n.contact_id for n in await stored(sessions, ALMA) if (n.kind, n.status) == about]


async def stored_as_planned(sessions: Sessions) -> None:
    """The stored nudges are those of the whole plan, and no other."""
    then = [(n.key, n.status) for n in await stored(sessions, ALMA)]
    async with sessions.member(ALMA) as session:
        await nudges.reconcile_all(session, NOW)
    assert [(n.key, n.status) for n in await stored(sessions, ALMA)] == then


@pytest.mark.parametrize(
    "kind",
    [
        TouchKind.ASKED,
        TouchKind.FOLLOW_UP,
        TouchKind.REPLIED,
        TouchKind.DECLINED,
        TouchKind.UPDATE,  # whoever was told of news stands elsewhere, and is waited for still
        TouchKind.THANK_YOU,
        TouchKind.NOTE,
    ],
)
async def test_what_was_logged_leaves_the_nudges_as_the_whole_plan_has_them(
    sessions: Sessions, kind: TouchKind
) -> None:
    """With one after another, also of an earlier day; and so does what is taken back again."""
    async with sessions.member(ALMA) as session:
        known = await at_acme(session)
    requests = []
    for (days, whom), other in zip(product((-3, 0), PEOPLE), cycle(PEOPLE[2:]), strict=False):
        async with sessions.member(ALMA) as session:
            await touches.log(session, known[whom], kind, later(days=days), now=NOW)
        await stored_as_planned(sessions)
        async with sessions.member(ALMA) as session:
            at = later(days=days, hours=1)
            request = await touches.log(session, known[other], TouchKind.ASKED, at, now=NOW)
        requests.append(request.id)
        await stored_as_planned(sessions)
    for request_id in requests:
        async with sessions.member(ALMA) as session:
            await touches.remove(session, request_id, NOW)
        await stored_as_planned(sessions)


async def test_nobody_else_is_suggested_of_whoever_was_asked_before(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await wants_only(session, NudgeKind.OTHER_PERSON)
        known = await at_acme(session)
    assert await suggested(sessions) == [known["Cora Reed"]]
    async with sessions.member(ALMA) as session:
        await touches.log(session, known["Dan Wolf"], TouchKind.ASKED, later(hours=1), now=NOW)
    assert await suggested(sessions) == [known["Dan Wolf"]]


async def test_nor_where_it_was_said_already(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await wants_only(session, NudgeKind.OTHER_PERSON)
        known = await at_acme(session)
    nudge_id = await sent(sessions, later(days=9))
    async with sessions.member(ALMA) as session:
        at = later(days=9, hours=1)
        await touches.log(session, known["Dan Wolf"], TouchKind.ASKED, at, now=at)
    [said] = [nudge for nudge in await stored(sessions, ALMA) if nudge.id == nudge_id]
    assert (said.contact_id, said.status) == (known["Cora Reed"], NudgeStatus.CANCELLED)


async def test_a_form_sent_again_with_another_kind_suggests_again(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await wants_only(session, NudgeKind.OTHER_PERSON)
        known = await at_acme(session)
        dan = known["Dan Wolf"]
        await touches.log(session, dan, TouchKind.ASKED, later(hours=1), form_id="V1", now=NOW)
    assert await suggested(sessions) == [dan]
    async with sessions.member(ALMA) as session:
        await touches.log(session, dan, TouchKind.NOTE, later(hours=1), form_id="V1", now=NOW)
    assert await suggested(sessions) == [known["Cora Reed"]]


@pytest.mark.parametrize(
    ("kind", "planned"),
    [(TouchKind.REPLIED, {"Ada Brook"}), (TouchKind.ASKED, {"Ada Brook", "Cora Reed"})],
)
async def test_only_whoever_it_bears_on_is_planned_anew(
    sessions: Sessions, kind: TouchKind, planned: set[str]
) -> None:
    async with sessions.member(ALMA) as session:
        known = await at_acme(session)
    async with sessions.member(ALMA) as session:
        read: list[object] = []
        event.listen(session.sync_session, "loaded_as_persistent", lambda _, row: read.append(row))
        await touches.log(session, known["Ada Brook"], kind, later(hours=1), now=NOW)
    assert {row.name for row in read if isinstance(row, Contact)} == planned
