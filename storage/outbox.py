"""What delivery does with the nudges that it has claimed: keep, give back, record.

Only the holder of a claim can do any of it. How nudges are claimed is in `storage.claims`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    CursorResult,
    Executable,
    Select,
    Update,
    bindparam,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import NudgeStatus
from storage.models import Member, Nudge
from storage.sent_messages import SentMessage, mark_outdated

FAILURE_LENGTH = 200
# The failure of a nudge that was given up while nobody knew whether it had arrived.
IN_DOUBT = "in_doubt"
_UNSYNCHRONIZED = {"synchronize_session": False}


async def leave_in_doubt(
    session: AsyncSession,
    nudge_ids: Sequence[int],
    *,
    owner: str,
    until: datetime,
    tried: bool = True,
) -> int:
    """Give back what may have been sent: from `until` on somebody may look for it.

    What nobody `tried` to look for counts as if it had not been claimed. Gives how many were still
    one's own.
    """
    doubt = {"lease_by": None, "lease_until": until}
    return await _change(session, nudge_ids, owner, doubt, uncounted=not tried)


async def release(
    session: AsyncSession,
    nudge_ids: Sequence[int],
    *,
    owner: str,
    due_at: datetime | None = None,
    anew: bool = False,
    tried: bool = True,
) -> int:
    """Give back what surely was not sent, to be tried again at `due_at` or at once.

    `anew` when it was only put off: what it was tried before then counts no more. What nobody
    `tried` to send counts as if it had not been claimed. Gives how many were still one's own.
    """
    back: dict[str, Any] = {"status": NudgeStatus.PENDING, "lease_until": None, "lease_by": None}
    if due_at is not None:
        back["due_at"] = due_at
    is_put_off = anew or (due_at is not None and not tried)
    if is_put_off:
        # Not zero: the plan hurries nothing that delivery has put off.
        back["attempts"] = 1
    return await _change(session, nudge_ids, owner, back, uncounted=not (tried or is_put_off))


async def release_as_planned(session: AsyncSession, nudge_ids: Sequence[int], *, owner: str) -> int:
    """Give back what turned out to be due at another time: the plan says when, as if never tried.

    The caller has the nudges follow the plan. Gives how many were still one's own.
    """
    back = {"status": NudgeStatus.PENDING, "lease_until": None, "lease_by": None, "attempts": 0}
    return await _change(session, nudge_ids, owner, back)


async def join_digest(session: AsyncSession, nudge_ids: Iterable[int]) -> None:
    """Let nudges come with a digest that were to come on their own."""
    ids = list(nudge_ids)
    if ids:
        statement = update(Nudge).where(Nudge.id.in_(ids)).values(alone=False)
        await session.execute(statement, execution_options=_UNSYNCHRONIZED)


async def renew(
    session: AsyncSession, nudge_ids: Sequence[int], owner: str, until: datetime
) -> set[int]:
    """Keep one's claims until a later moment; gives the ids of those that are still one's own.

    They note the DM of their member, into which they are about to be posted: there they are looked
    for if need be, whatever becomes of the member's DM.
    """
    parameters = _parameters(nudge_ids, owner, {"lease_until": until})
    own = await session.scalars(_renewal(), parameters, execution_options=_UNSYNCHRONIZED)
    return set(own)


async def record_sent(
    session: AsyncSession, messages: Mapping[int, SentMessage], *, owner: str
) -> set[int]:
    """Note which message brought which nudge, by the nudge's id; give the ids of one's own.

    Another process may have taken over the claim of the others. What the member answered while it
    was on its way, in Home, makes the message out of date.
    """
    claimed = {"nudge_ids": list(messages), "owner": owner}
    held = list(await session.scalars(_held(), claimed))
    for nudge in held:
        message = messages[nudge.id]
        nudge.status, nudge.sent_at, nudge.updated_at = NudgeStatus.SENT, message.at, message.at
        nudge.channel_id, nudge.message_ts = message.channel_id, message.ts
        nudge.lease_by, nudge.lease_until = None, None
        if nudge.answer is not None:
            mark_outdated(session, nudge)
    await session.flush()
    return {nudge.id for nudge in held}


async def record_dropped(
    session: AsyncSession, nudge_id: int, *, owner: str, now: datetime
) -> bool:
    """Note that a nudge makes no sense any more; False when the claim is not one's own."""
    return await _settle(session, nudge_id, owner, now, status=NudgeStatus.DROPPED)


async def record_failed(
    session: AsyncSession, nudge_id: int, *, owner: str, failure: str, now: datetime
) -> bool:
    """Note that a nudge cannot be sent, with Slack's error; False when not one's own claim.

    With IN_DOUBT for a failure it is looked for before it is ever sent again.
    """
    failure = failure[:FAILURE_LENGTH]
    return await _settle(session, nudge_id, owner, now, status=NudgeStatus.FAILED, failure=failure)


async def _settle(
    session: AsyncSession, nudge_id: int, owner: str, now: datetime, **values: object
) -> bool:
    return await _change(session, [nudge_id], owner, _settled(now, **values)) == 1


def _settled(now: datetime, **values: object) -> dict[str, Any]:
    return values | {"lease_until": None, "lease_by": None, "updated_at": now}


async def _change(
    session: AsyncSession,
    nudge_ids: Iterable[int],
    owner: str,
    values: Mapping[str, object],
    *,
    uncounted: bool = False,
) -> int:
    """Change what is still one's own, where `uncounted` as if it had not been claimed."""
    statement = _change_of(tuple(values), uncounted)
    parameters = _parameters(nudge_ids, owner, values)
    result = await session.execute(statement, parameters, execution_options=_UNSYNCHRONIZED)
    return result.rowcount if isinstance(result, CursorResult) else 0


def _parameters(
    nudge_ids: Iterable[int], owner: str, values: Mapping[str, object]
) -> dict[str, object]:
    new = {f"new_{column}": value for column, value in values.items()}
    return {"nudge_ids": list(nudge_ids), "owner": owner} | new


@cache
def _change_of(columns: tuple[str, ...], uncounted: bool = False) -> Update:
    """Build the change of so many columns once: it is made for each message."""
    values: dict[str, Any] = {column: bindparam(f"new_{column}") for column in columns}
    if uncounted:
        values["attempts"] = Nudge.attempts - 1
    ids: BindParameter[int] = bindparam("nudge_ids", expanding=True)
    claims = Nudge.id.in_(ids), Nudge.status == NudgeStatus.SENDING
    return update(Nudge).where(*claims, Nudge.lease_by == bindparam("owner")).values(values)


@cache
def _renewal() -> Executable:
    into = select(Member.dm_channel_id).where(Member.id == Nudge.member_id).scalar_subquery()
    return _change_of(("lease_until",)).values(channel_id=into).returning(Nudge.id)


@cache
def _held() -> Select[Nudge]:
    ids: BindParameter[int] = bindparam("nudge_ids", expanding=True)
    claims = Nudge.id.in_(ids), Nudge.status == NudgeStatus.SENDING
    query = select(Nudge).where(*claims, Nudge.lease_by == bindparam("owner")).order_by(Nudge.id)
    return query.with_for_update(of=Nudge).execution_options(populate_existing=True)
