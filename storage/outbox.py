"""What delivery does with the nudges that it has claimed: keep, give back, record.

Only the holder of a claim can do any of it. How nudges are claimed is in `storage.claims`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Update, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import NudgeStatus
from storage.models import Nudge
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
    doubt: dict[str, Any] = {"lease_by": None, "lease_until": until} | _uncounted(tried)
    return await _change(session, _claims(nudge_ids, owner).values(doubt))


async def extend_lease(
    session: AsyncSession,
    nudge_ids: Sequence[int],
    owner: str,
    until: datetime,
    *,
    into: str | None = None,
) -> int:
    """Keep one's claims until a later moment; gives how many are still one's own.

    `into` is the DM into which they are about to be posted: there they are looked for if need be,
    whatever becomes of the member's DM.
    """
    kept: dict[str, Any] = {"lease_until": until} | ({"channel_id": into} if into else {})
    return await _change(session, _claims(nudge_ids, owner).values(kept))


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
    back |= _uncounted(tried)
    if due_at is not None:
        back["due_at"] = due_at
    if anew or (due_at is not None and not tried):
        # Not zero: the plan hurries nothing that delivery has put off.
        back["attempts"] = 1
    return await _change(session, _claims(nudge_ids, owner).values(back))


async def join_digest(session: AsyncSession, nudge_ids: Iterable[int]) -> None:
    """Let nudges come with a digest that were to come on their own."""
    ids = list(nudge_ids)
    if ids:
        await _change(session, update(Nudge).where(Nudge.id.in_(ids)).values(alone=False))


async def record_sent(
    session: AsyncSession,
    nudge_id: int,
    *,
    owner: str,
    channel_id: str,
    message_ts: str,
    now: datetime,
) -> bool:
    """Note where a nudge was sent; False when the claim is not one's own any more.

    What the member answered while it was on its way, in Home, makes the message out of date.
    """
    settled: dict[str, Any] = _settled(
        now, status=NudgeStatus.SENT, channel_id=channel_id, message_ts=message_ts, sent_at=now
    )
    statement = _claims([nudge_id], owner).values(settled).returning(Nudge.answer)
    answers = (await session.execute(statement, execution_options=_UNSYNCHRONIZED)).all()
    if any(answer is not None for (answer,) in answers):
        mark_outdated(session, SentMessage(channel_id=channel_id, ts=message_ts))
    return len(answers) == 1


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


def _uncounted(tried: bool) -> dict[str, Any]:
    return {} if tried else {"attempts": Nudge.attempts - 1}


def _claims(nudge_ids: Iterable[int], owner: str) -> Update:
    return update(Nudge).where(
        Nudge.id.in_(list(nudge_ids)),
        Nudge.status == NudgeStatus.SENDING,
        Nudge.lease_by == owner,
    )


async def _settle(
    session: AsyncSession, nudge_id: int, owner: str, now: datetime, **values: object
) -> bool:
    return await _change(session, _claims([nudge_id], owner).values(_settled(now, **values))) == 1


def _settled(now: datetime, **values: object) -> dict[str, Any]:
    return values | {"lease_until": None, "lease_by": None, "updated_at": now}


async def _change(session: AsyncSession, statement: Update) -> int:
    result = await session.execute(statement, execution_options=_UNSYNCHRONIZED)
    return result.rowcount if isinstance(result, CursorResult) else 0
