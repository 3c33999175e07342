"""How a member wants to be reminded: hours, days, numbers, kinds, pauses."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from domain.numbers import WIDEST, Numbers
from domain.vocabulary import Digest, NudgeKind
from storage import limits, members, nudges


@dataclass(frozen=True)
class Wishes:
    """How a member wants to be reminded; `paused_until` is an aware moment.

    `working_days` are ISO weekdays one after another, `kinds_off` the kinds not wanted at all.
    """

    zone: str
    country: str | None
    working_days: str
    digest: Digest
    digest_hour: int
    review_day: int
    quiet_from: int
    quiet_until: int
    kinds_off: frozenset[NudgeKind]
    numbers: Numbers


async def current(session: AsyncSession) -> Wishes:
    """Give how the member wants to be reminded."""
    member = await members.current(session)
    return Wishes(
        zone=member.zone or "UTC",
        country=member.country,
        working_days=member.working_days,
        digest=member.digest,
        digest_hour=member.digest_hour,
        review_day=member.review_day,
        quiet_from=member.quiet_from,
        quiet_until=member.quiet_until,
        kinds_off=member.unwanted(),
        numbers=await limits.numbers_of(session, member),
    )


async def change(session: AsyncSession, wanted: Wishes, now: datetime) -> None:
    """Keep how the member wants to be reminded; all that is planned follows.

    Raises ValueError for a zone that is none.
    """
    await members.set_zone(session, wanted.zone)
    member = await members.current(session)
    for name in ("country", "working_days", "digest", "digest_hour", "review_day"):
        setattr(member, name, getattr(wanted, name))
    member.quiet_from, member.quiet_until = wanted.quiet_from, wanted.quiet_until
    member.kinds_off = ",".join(sorted(wanted.kinds_off))
    before = await limits.numbers_of(session, member)
    for name in WIDEST:
        # What limits keep a member from now may be allowed again: only what they changed is kept.
        if getattr(wanted.numbers, name) != getattr(before, name):
            setattr(member, name, getattr(wanted.numbers, name))
    await session.flush()
    await nudges.hours_changed(session, now)


async def pause(session: AsyncSession, until: datetime | None, now: datetime) -> None:
    """Say nothing until a moment, None to go on now; what is planned follows."""
    (await members.current(session)).paused_until = until
    await session.flush()
    await nudges.hours_changed(session, now)
