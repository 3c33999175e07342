"""Nudges are rows, and they are derived; here is what the member sees and presses of them.

How the rows follow the plan is in `storage.planning`, what delivery does with them in
`storage.due`, `storage.claims` and `storage.outbox`, what waits for the member in
`storage.waiting`, which messages are untrue by now in `storage.sent_messages`; all of their verbs
are here by name too.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import Answer
from storage.claims import Claimed, claim, claim_expired
from storage.due import Ahead, ahead, next_due
from storage.models import Nudge
from storage.outbox import (
    IN_DOUBT,
    join_digest,
    leave_in_doubt,
    record_dropped,
    record_failed,
    record_sent,
    release,
    release_as_planned,
    renew,
)
from storage.planning import (
    added,
    hold_back,
    hours_changed,
    planned,
    planned_for,
    reconcile,
    reconcile_all,
    reconcile_for,
)
from storage.rows import own_row, possible
from storage.sent_messages import (
    SentMessage,
    mark_outdated,
    outdated,
    outdated_of,
    sent_message,
)
from storage.subjects import GUESTS, SUBJECTS, with_subjects
from storage.waiting import coming, for_home, missed, next_about, open_for, put_off_count

__all__ = [
    "IN_DOUBT",
    "Ahead",
    "Claimed",
    "SentMessage",
    "added",
    "ahead",
    "answer",
    "as_stored",
    "claim",
    "claim_expired",
    "coming",
    "for_home",
    "get",
    "hold_back",
    "hours_changed",
    "in_message",
    "join_digest",
    "leave_in_doubt",
    "missed",
    "next_about",
    "next_due",
    "open_for",
    "outdated",
    "outdated_of",
    "planned",
    "planned_for",
    "put_off_count",
    "reconcile",
    "reconcile_all",
    "reconcile_for",
    "record_dropped",
    "record_failed",
    "record_sent",
    "release",
    "release_as_planned",
    "renew",
    "sent_message",
    "several",
]


async def in_message(session: AsyncSession, sent: SentMessage) -> list[Nudge]:
    """Give the nudges of one message in its order, with their contacts and talks."""
    where = {"channel_id": sent.channel_id, "ts": sent.ts}
    return list(await session.scalars(_in_message(), where))


async def several(session: AsyncSession, nudge_ids: Sequence[int]) -> list[Nudge]:
    """Give those of these nudges that there are, the earliest first, with contacts and talks."""
    return list(await session.scalars(_several(), {"nudge_ids": possible(nudge_ids)}))


async def as_stored(session: AsyncSession, claimed: Sequence[Claimed]) -> list[Claimed]:
    """Give the same with whom they are about by now: two contacts may have become one since."""
    query = select(Nudge.id, Nudge.key, Nudge.contact_id)
    rows = await session.execute(query.where(Nudge.id.in_([nudge.id for nudge in claimed])))
    stored = {nudge_id: (key, contact_id) for nudge_id, key, contact_id in rows}
    return [
        replace(nudge, key=stored[nudge.id][0], contact_id=stored[nudge.id][1])
        for nudge in claimed
        if nudge.id in stored
    ]


async def get(session: AsyncSession, nudge_id: int) -> Nudge:
    """Give a nudge with its contact and its talk; raises Gone."""
    return await own_row(session, Nudge, nudge_id, *SUBJECTS, GUESTS)


async def answer(
    session: AsyncSession,
    nudge_id: int,
    answer: Answer,
    now: datetime,
    until: datetime | None = None,
    *,
    alone: bool = False,
    plan: bool = True,
) -> bool:
    """Keep what the member pressed; False when the nudge was answered before. Raises Gone.

    `until` is needed for later, and only for that; `alone` says that it is to come at that very
    moment and not with the digest. The next round is planned at once, unless what is logged next
    in the same transaction, about the same contact, plans it.
    """
    if (answer == Answer.LATER) != (until is not None):
        raise ValueError("later needs a moment, and nothing else has one")
    nudge = await own_row(session, Nudge, nudge_id, lock=True)
    if nudge.answer is not None:
        return False
    nudge.answer, nudge.answered_at, nudge.later_until = answer, now, until
    nudge.later_alone, nudge.updated_at = alone, now
    mark_outdated(session, nudge)
    await session.flush()
    if plan:
        await reconcile(session, now, *([nudge.contact_id] if nudge.contact_id else []))
    return True


async def unanswer(session: AsyncSession, nudge_id: int) -> None:
    """Take an answer back; the caller has the nudges follow. Raises Gone."""
    nudge = await own_row(session, Nudge, nudge_id, lock=True)
    nudge.answer, nudge.answered_at, nudge.later_until = None, None, None
    nudge.later_alone = False
    mark_outdated(session, nudge)
    await session.flush()


@cache
def _in_message() -> Select[Nudge]:
    is_in_it = Nudge.channel_id == bindparam("channel_id"), Nudge.message_ts == bindparam("ts")
    return with_subjects().where(*is_in_it)


@cache
def _several() -> Select[Nudge]:
    return with_subjects().where(Nudge.id.in_(bindparam("nudge_ids", expanding=True)))
