"""What reached a member about whom: the signs of life suggested to them, the follow-ups offered."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.cadence import A_YEAR, Reminded
from domain.vocabulary import NudgeKind
from storage.models import Nudge


class Reached(NamedTuple):
    """What came, by contact: `reminded` to keep in touch, `offered` to follow up."""

    reminded: dict[int, list[Reminded]]
    offered: dict[int, list[Reminded]]


async def reached(session: AsyncSession, contact_ids: Collection[int], now: datetime) -> Reached:
    """Give what came about these contacts; to keep in touch only what came unprompted.

    Of that two years: what had to wait for a year to end is still known when it comes, or late.
    """
    found = Reached(defaultdict(list), defaultdict(list))
    if not contact_ids:
        return found
    about = {"contact_ids": list(contact_ids), "since": now - 2 * A_YEAR}
    for contact_id, kind, key, round_, at in await session.execute(_question(), about):
        if contact_id is not None and at is not None:
            of_kind = found.offered if kind == NudgeKind.FOLLOW_UP else found.reminded
            of_kind[contact_id].append(Reminded(key, at, round_))
    return found


@cache
def _question() -> Select[int | None, NudgeKind, str, int, datetime | None]:
    in_touch = and_(
        Nudge.kind == NudgeKind.KEEP_IN_TOUCH,
        Nudge.round_ == 0,
        Nudge.sent_at > bindparam("since"),
    )
    offered = and_(Nudge.kind == NudgeKind.FOLLOW_UP, Nudge.sent_at.is_not(None))
    return (
        select(Nudge.contact_id, Nudge.kind, Nudge.key, Nudge.round_, Nudge.sent_at)
        .where(Nudge.contact_id.in_(bindparam("contact_ids", expanding=True)))
        .where(or_(in_touch, offered))
        .order_by(Nudge.id)
    )
