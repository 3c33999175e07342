"""The stored nudges are made equal to the plan, in the transaction in which a fact changes."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import cadence
from domain.cadence import PlannedNudge
from domain.vocabulary import NudgeKind, NudgeStatus
from storage import limits, members
from storage.due import pending
from storage.facts import gather_for
from storage.models import Member, Nudge
from storage.outbox import IN_DOUBT
from storage.planned_rows import Key, stored_beside, waits
from storage.scope import NUDGES_CHANGED
from storage.sent_messages import mark_outdated, sent_message

# A thread rests whether or not the member wants to hear of it.
_SETTLED_UNSAID = {NudgeKind.RESTS}


async def planned(
    session: AsyncSession, now: datetime, contact_ids: Collection[int] | None
) -> dict[Key, PlannedNudge]:
    """Say which nudges should exist by key and round: for these contacts, or with None for all.

    The member's weekly review is always among them; kinds that the member does not want are not,
    but for that a thread rests: it does, said or not.
    """
    member = await members.current(session)
    return (await planned_for(session, [member], now, contact_ids))[member.id]


async def planned_for(
    session: AsyncSession,
    whose: Collection[Member],
    now: datetime,
    contact_ids: Collection[int] | None,
) -> dict[int, dict[Key, PlannedNudge]]:
    """Say the same of all members whose session it is, by their ids."""
    plans: dict[int, dict[Key, PlannedNudge]] = {}
    for member_id, facts in (await gather_for(session, whose, now, contact_ids)).items():
        wanted = [n for n in cadence.plan(facts) if n.kind not in facts.unwanted - _SETTLED_UNSAID]
        plans[member_id] = {(nudge.key, nudge.round_): nudge for nudge in wanted}
    return plans


async def reconcile(session: AsyncSession, now: datetime, *contact_ids: int) -> None:
    """Make the stored nudges about these contacts, and the review, equal to those planned.

    Missing ones are added unless they are old news, pending ones follow the plan, obsolete ones are
    cancelled, also those that were sent, or failed, and wait for an answer: `outdated` names the
    messages.
    What is being sent is left to delivery, which looks again; what was answered stays.
    """
    await _reconcile(session, [await members.current(session)], now, contact_ids)


async def reconcile_for(
    session: AsyncSession, whose: Collection[Member], now: datetime, contact_ids: Collection[int]
) -> None:
    """Do the same in a session of several members, each of whom has some of these contacts."""
    await _reconcile(session, whose, now, contact_ids)


async def reconcile_all(session: AsyncSession, now: datetime) -> None:
    """Do the same for all of the member's nudges: after a change of their numbers."""
    await _reconcile(session, [await members.current(session)], now, None)
    await limits.note_planned(session)


async def added(session: AsyncSession, now: datetime, *, is_first: bool) -> None:
    """Do what there is to do once people were added to the member's list, of whom more is unknown.

    Of somebody with whom nothing has passed yet nothing is planned; but with the first of all the
    weekly reviews begin.
    """
    if is_first:
        await reconcile(session, now)


async def hours_changed(session: AsyncSession, now: datetime) -> None:
    """Do the same when the member may be written to at other moments than before.

    What delivery had put off is put off anew, by the new hours; and what was held back until now
    comes with the next digest, not at the odd hour of the change.
    """
    put_off = pending() & (Nudge.kind != NudgeKind.GO_ON)
    for nudge in await session.scalars(select(Nudge).where(put_off, Nudge.attempts > 0)):
        nudge.attempts = 0
    await session.flush()
    await reconcile_all(session, now)
    await hold_back(session, now)
    # The same moment may be one to speak at now, or not any more.
    session.info[NUDGES_CHANGED] = True


async def hold_back(session: AsyncSession, now: datetime) -> None:
    """Let what the digest was due to bring by now wait for the next one.

    What was to come on its own and has missed its moment joins that digest, not an odd hour.
    """
    due = Nudge.alone.is_(False) & (Nudge.due_at <= now)
    due |= Nudge.alone & (Nudge.due_at <= now - cadence.MISSED_AFTER)
    for nudge in await session.scalars(select(Nudge).where(pending(), due)):
        nudge.created_at = now
    await session.flush()


async def _reconcile(
    session: AsyncSession,
    whose: Collection[Member],
    now: datetime,
    contact_ids: Collection[int] | None,
) -> None:
    plans = await planned_for(session, whose, now, contact_ids)
    known: set[tuple[int, Key]] = set()
    for nudge in await stored_beside(session, plans.values(), contact_ids):
        if nudge.member_id not in plans:
            continue  # somebody else's in the same session
        key = (nudge.key, nudge.round_)
        known.add((nudge.member_id, key))
        wanted = plans[nudge.member_id].get(key)
        if wanted is None and waits(nudge):
            _cancel(session, nudge, now)
        elif wanted is None:
            continue  # an earlier round, which was answered
        elif nudge.status == NudgeStatus.PENDING:
            _move(nudge, wanted, now)
        elif nudge.status == NudgeStatus.CANCELLED and wanted.makes_sense_until > now:
            _revive(session, nudge, wanted, now)
    for member_id, plan in plans.items():
        for key, wanted in sorted(plan.items()):
            # A week that was over before there was anything in it is not looked back on.
            too_late = wanted.kind == NudgeKind.WEEKLY_REVIEW and wanted.due_at <= now
            is_new = (member_id, key) not in known
            if is_new and wanted.makes_sense_until > now and not too_late:
                session.add(_row(wanted, member_id, now))
    if session.new or session.dirty:
        session.info[NUDGES_CHANGED] = True
    # Not before: a question that follows a change writes it down at once, by itself.
    for member in whose:
        member.facts_version += 1
    await session.flush()


def _move(nudge: Nudge, wanted: PlannedNudge, now: datetime) -> None:
    due_at = wanted.due_at
    if nudge.attempts:
        # Delivery tried and asked to wait: the plan may put it off further, not hurry it.
        due_at = max(due_at, nudge.due_at)
    # What delivery lets come with a digest comes on its own no more.
    alone = wanted.alone and (nudge.alone or not nudge.attempts)
    moved = (due_at, wanted.makes_sense_until, alone)
    if (nudge.due_at, nudge.makes_sense_until, nudge.alone) != moved:
        nudge.due_at, nudge.makes_sense_until, nudge.alone = moved
        nudge.updated_at = now
        _know_anew(nudge, now)


def _cancel(session: AsyncSession, nudge: Nudge, now: datetime) -> None:
    nudge.status, nudge.updated_at = NudgeStatus.CANCELLED, now
    if nudge.kind != NudgeKind.RESTS:
        # That a thread rests is settled by being said: the member is to read it all the same.
        mark_outdated(session, nudge)


def _revive(session: AsyncSession, nudge: Nudge, wanted: PlannedNudge, now: datetime) -> None:
    """Bring back what was cancelled; a message that is in the DM already asks again as it is."""
    nudge.updated_at = now
    if sent_message(nudge) is not None:
        nudge.status = NudgeStatus.SENT
        mark_outdated(session, nudge)
        return
    in_doubt = nudge.failure == IN_DOUBT
    nudge.attempts, nudge.failure = 0, None
    nudge.makes_sense_until, nudge.alone = wanted.makes_sense_until, wanted.alone
    if in_doubt:
        # It may be in the DM all the same, and is looked for there from when it was due on.
        nudge.status, nudge.lease_by, nudge.lease_until = NudgeStatus.SENDING, None, now
        return
    nudge.status, nudge.due_at = NudgeStatus.PENDING, wanted.due_at
    _know_anew(nudge, now)


def _know_anew(nudge: Nudge, now: datetime) -> None:
    """What has become due in hindsight is news: it comes with the next digest, not at once."""
    if nudge.due_at < now:
        nudge.created_at = now


def _row(wanted: PlannedNudge, member_id: int, now: datetime) -> Nudge:
    return Nudge(
        member_id=member_id,
        kind=wanted.kind,
        key=wanted.key,
        round_=wanted.round_,
        contact_id=wanted.contact_id,
        interview_id=wanted.interview_id,
        promise_id=wanted.promise_id,
        alone=wanted.alone,
        due_at=wanted.due_at,
        makes_sense_until=wanted.makes_sense_until,
        status=NudgeStatus.PENDING,
        attempts=0,
        created_at=now,
        updated_at=now,
    )
