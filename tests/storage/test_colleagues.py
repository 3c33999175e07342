"""How far what was logged with one person bears on those who were asked at the same company."""

from itertools import product

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import NudgeKind, NudgeStatus, TouchKind
from storage import nudges, touches
from storage.models import Contact
from storage.sessions import Sessions
from tests.storage.people import ALMA, NOW, a_contact, later, wants_only
from tests.storage.posts import stored

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


@pytest.mark.parametrize("kind", [TouchKind.ASKED, TouchKind.REPLIED, TouchKind.DECLINED])
async def test_what_was_logged_leaves_the_nudges_as_the_whole_plan_has_them(
    sessions: Sessions, kind: TouchKind
) -> None:
    """With one after another, also of earlier days: each is found as the last ones have left it."""
    async with sessions.member(ALMA) as session:
        known = await at_acme(session)
    for days, whom in product((-3, 0, -1, -2), PEOPLE):
        async with sessions.member(ALMA) as session:
            await touches.log(session, known[whom], kind, later(days=days), now=NOW)
        then = [(n.key, n.status) for n in await stored(sessions, ALMA)]
        async with sessions.member(ALMA) as session:
            await nudges.reconcile_all(session, NOW)
        assert [(n.key, n.status) for n in await stored(sessions, ALMA)] == then


async def test_nobody_else_is_suggested_of_whoever_was_asked_before(sessions: Sessions) -> None:
    async with sessions.member(ALMA) as session:
        await wants_only(session, NudgeKind.OTHER_PERSON)
        known = await at_acme(session)
    assert await suggested(sessions) == [known["Cora Reed"]]
    async with sessions.member(ALMA) as session:
        await touches.log(session, known["Dan Wolf"], TouchKind.ASKED, later(hours=1), now=NOW)
    assert await suggested(sessions) == [known["Dan Wolf"]]


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
