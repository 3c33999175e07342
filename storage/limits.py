"""The limits within which members choose their numbers, as the operator and facilitators set them.

The operator's come with the session, a workspace's facilitators' are rows.
"""

from collections import defaultdict

from sqlalchemy import ColumnElement, case, delete, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import limits as rules
from domain.limits import Limit, Limits
from domain.numbers import Numbers
from storage import members
from storage.errors import OutOfScope
from storage.models import Member, NumberLimit, Workspace
from storage.scope import FACILITATES, LIMITS_CHANGED, NUDGES_CHANGED, OPERATORS_LIMITS

# Where a session keeps what it has read, by workspace: each change of a fact asks for it.
_CHOSEN_BY_WORKSPACE = "chosen_limits"
_CHOSEN = select(NumberLimit)


async def in_force(session: AsyncSession) -> Limits:
    """Give the limits that hold for the session's member."""
    return await in_force_for(session, await members.current(session))


async def in_force_for(session: AsyncSession, member: Member) -> Limits:
    """Give the limits that hold for a member whose session it is, of several or alone."""
    known: dict[int, dict[str, Limit]] | None = session.info.get(_CHOSEN_BY_WORKSPACE)
    if known is None:
        known = session.info[_CHOSEN_BY_WORKSPACE] = await _chosen(session)
    return rules.in_force(_operators(session), known.get(member.workspace_id, {}))


async def numbers_of(session: AsyncSession, member: Member) -> Numbers:
    """Give a member's numbers as they hold now: the nearest that the limits allow."""
    return rules.within(member.numbers(), await in_force_for(session, member))


def may_be_set(session: AsyncSession) -> Limits:
    """Give the limits that a facilitator's may not exceed."""
    return rules.may_be_set(_operators(session))


async def change(session: AsyncSession, wanted: Limits) -> None:
    """Keep limits for the whole workspace, in a facilitator's session; all planned nudges follow.

    What would hold anyhow is not kept, so that it goes on following the operator. Raises ValueError
    for limits wider than the operator's, OutOfScope for a session that is no facilitator's.
    """
    workspace_id = session.info.get(FACILITATES)
    if workspace_id is None:
        raise OutOfScope("limits are for facilitators to set")
    widest = may_be_set(session)
    if not all(rules.is_inside(limit, widest[name]) for name, limit in wanted.items()):
        raise ValueError("no limit may be wider than the operator's")
    # Of two facilitators at once the later one waits, and wins.
    await session.scalar(select(Workspace.id).with_for_update(key_share=True))
    await session.execute(delete(NumberLimit))
    anyhow = rules.in_force(_operators(session), {})
    for name, (least, most) in wanted.items():
        if (least, most) != anyhow[name]:
            session.add(NumberLimit(workspace_id=workspace_id, name=name, least=least, most=most))
    await session.flush()
    session.info.pop(_CHOSEN_BY_WORKSPACE, None)
    session.info[LIMITS_CHANGED] = True
    session.info[NUDGES_CHANGED] = True


async def note_planned(session: AsyncSession) -> None:
    """Note within which limits all of the member's nudges were planned just now."""
    member = await members.current(session)
    member.planned_within = rules.written_all(await in_force(session))


async def left_behind(session: AsyncSession, most: int, *, after: int = 0) -> list[int]:
    """Give the ids of up to `most` members, of all, whose nudges were planned within others.

    They are in order, and begin `after` an id. Limits change when a facilitator says so, and when
    the program starts with other settings.
    """
    chosen = await _chosen(session)
    operators = _operators(session)
    now: ColumnElement[str] = literal(rules.written_all(rules.in_force(operators, {})))
    if chosen:
        own = {id_: rules.written_all(rules.in_force(operators, it)) for id_, it in chosen.items()}
        now = case(own, value=Member.workspace_id, else_=now)
    query = select(Member.id).where(Member.id > after, Member.planned_within.is_distinct_from(now))
    return list(await session.scalars(query.order_by(Member.id).limit(most)))


async def _chosen(session: AsyncSession) -> dict[int, dict[str, Limit]]:
    """Give the limits that facilitators chose, by workspace: of all whom the session may see."""
    chosen: dict[int, dict[str, Limit]] = defaultdict(dict)
    for row in await session.scalars(_CHOSEN):
        chosen[row.workspace_id][row.name] = row.as_limit()
    return chosen


def _operators(session: AsyncSession) -> Limits:
    limits: Limits = session.info.get(OPERATORS_LIMITS, {})
    return limits
