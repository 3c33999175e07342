"""What was to come on its own and has missed its moment: it joins the digest instead."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from domain.cadence import MISSED_AFTER
from domain.hours import Rhythm
from domain.vocabulary import Digest, NudgeKind
from storage import members, nudges
from storage.nudges import Claimed

# The question how it went is of the day of the talk: it has missed its moment when that is over.
A_DAY = timedelta(days=1)


def may_be_untimely(nudge: Claimed, now: datetime) -> bool:
    """Say whether a nudge on its own may have missed its moment; by their hours `untimely` knows.

    What is said right before a talk cannot wait.
    """
    if not nudge.alone or nudge.uncertain or nudge.kind == NudgeKind.TALK_SOON:
        return False
    if nudge.round_ or nudge.kind == NudgeKind.DID_IT_TAKE_PLACE:
        return now - nudge.due_at > (MISSED_AFTER if nudge.round_ else A_DAY)
    return nudge.kind == NudgeKind.THANK_YOU


async def untimely(
    session: AsyncSession, claimed: Sequence[Claimed], now: datetime
) -> Sequence[Claimed]:
    """Let what should have come on its own, and missed its moment, come with the digest.

    So that a day without the bot is followed by one message, and not by many. In a session of the
    member; gives the same nudges as they are now.
    """
    rhythm = (await members.current(session)).rhythm()
    late = {nudge.id for nudge in claimed if _is_untimely(nudge, rhythm, now)}
    await nudges.join_digest(session, late)
    return [replace(nudge, alone=nudge.alone and nudge.id not in late) for nudge in claimed]


def _is_untimely(nudge: Claimed, rhythm: Rhythm, now: datetime) -> bool:
    """Say whether a chosen moment is long over, or a thank-you came to be due on a day off or late.

    Whoever wants no digest gets nothing else than what comes on its own.
    """
    if rhythm.digest == Digest.NONE or not may_be_untimely(nudge, now):
        return False
    missed = now - rhythm.out_of_quiet_hours(nudge.due_at) > MISSED_AFTER
    if nudge.round_ or nudge.kind == NudgeKind.DID_IT_TAKE_PLACE:
        return missed
    news = nudge.created_at >= nudge.due_at
    return missed or news or rhythm.is_free(rhythm.local(now).date())
