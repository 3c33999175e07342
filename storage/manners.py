"""The bot's own manners: one digest a day, and silence when nobody answers."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import NudgeKind, NudgeStatus
from storage import members, nudges
from storage.models import Member, Nudge
from storage.scope import NUDGES_CHANGED

# A bot that was down for longer begins anew rather than ask.
ASK_WITHIN = timedelta(days=7)


async def heard_from(session: AsyncSession, now: datetime) -> None:
    """Note that the member did something: digests have not gone unanswered after all.

    What was held back in a silence comes with the next digest, not at the odd hour that ends it.
    """
    member = await members.current(session)
    if not member.active or member.asked_to_go_on_at is not None:
        await nudges.hold_back(session, now)
    if not member.active:
        # Whoever acts is here, whatever Slack said when they were last written to.
        await members.set_active(session, True)
    if member.unanswered_digests or member.asked_to_go_on_at is not None:
        member.unanswered_digests, member.asked_to_go_on_at = 0, None
        session.info[NUDGES_CHANGED] = True


def digest_sent(member: Member, now: datetime) -> None:
    """Note that today's digest went out, or a part of it, and wait for an answer to it."""
    today = member.rhythm().local(now).date()
    if member.last_digest_on != today:
        member.unanswered_digests += 1
    member.last_digest_on = today


async def asked_to_go_on(session: AsyncSession, now: datetime) -> None:
    """Note that the member was asked whether to go on: silence until they answer."""
    (await members.current(session)).asked_to_go_on_at = now


async def plan_to_ask(session: AsyncSession, now: datetime) -> None:
    """Have the member asked, once and on its own, whether to go on with the digests.

    A question that never reached them, because it was too late by then, is asked after all.
    """
    member = await members.current(session)
    key = f"{NudgeKind.GO_ON}:{member.last_digest_on}"
    question = await session.scalar(select(Nudge).where(Nudge.key == key))
    if question is None:
        question = Nudge(kind=NudgeKind.GO_ON, key=key, alone=True, created_at=now)
        session.add(question)
    elif question.status not in (NudgeStatus.DROPPED, NudgeStatus.FAILED):
        return
    question.status, question.attempts = NudgeStatus.PENDING, 0
    question.due_at, question.makes_sense_until = now, now + ASK_WITHIN
    question.updated_at = now
    session.info[NUDGES_CHANGED] = True
    await session.flush()
