"""How often a member was reminded of whom: about nobody more than three times a year."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.cadence import A_YEAR, Reminded
from domain.vocabulary import NudgeKind
from storage.models import Nudge


async def reminded(
    session: AsyncSession, contact_ids: Collection[int], now: datetime
) -> dict[int, list[Reminded]]:
    """Give what came to keep in touch, by contact; what came back after "later" was asked for.

    Of two years: what had to wait for a year to end is still known when it comes, or comes late.
    """
    found: dict[int, list[Reminded]] = defaultdict(list)
    if not contact_ids:
        return found
    about = {"contact_ids": list(contact_ids), "since": now - 2 * A_YEAR}
    for contact_id, key, at in await session.execute(_question(), about):
        if contact_id is not None and at is not None:
            found[contact_id].append(Reminded(key, at))
    return found


@cache
def _question() -> Select[int | None, str, datetime | None]:
    return (
        select(Nudge.contact_id, Nudge.key, Nudge.sent_at)
        .where(Nudge.contact_id.in_(bindparam("contact_ids", expanding=True)))
        .where(Nudge.kind == NudgeKind.KEEP_IN_TOUCH)
        .where(Nudge.round_ == 0, Nudge.sent_at > bindparam("since"))
        .order_by(Nudge.id)
    )
