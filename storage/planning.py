"""The stored nudges are made equal to the plan, in the transaction in which a fact changes."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, select, true, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain import cadence
from domain.cadence import PlannedNudge
from domain.vocabulary import NudgeKind, NudgeStatus
from storage import limits, members
from storage.facts import gather
from storage.models import Nudge
from storage.outbox import IN_DOUBT
from storage.scope import NUDGES_CHANGED
from storage.sent_messages import mark_outdated, sent_message

Key = tuple[str, int]
# These stand before the member, in a DM or in Home, until the member or the facts settle them.
_SETTLED_BY_MEMBER = (NudgeStatus.SENT, NudgeStatus.FAILED)


async def planned(
    session: AsyncSession, now: datetime, contact_ids: Collection[int] | None
) -> dict[Key, PlannedNudge]:
    """Say which nudges should exist by key and round: for these contacts, or with None for all.

    The member's weekly review is always among them; kinds that the member does not want are not,
    but for that a thread rests: it does, said or not.
    """
    unwanted = (await members.current(session)).unwanted() - {NudgeKind.RESTS}
    plan = cadence.plan(await gather(session, now, contact_ids))
    return {(n.key, n.round_): n for n in plan if n.kind not in unwanted}


async def reconcile(session: AsyncSession, now: datetime, *contact_ids: int) -> None:
    """Make the stored nudges about these contacts, and the review, equal to those planned.

    Missing ones are added unless they are old news, pending ones follow the plan, obsolete ones are
    cancelled, also those that were sent, or failed, and wait for an answer: `outdated` names the
    messages.
    What is being sent is left to delivery, which looks again; what was answered stays.
    """
    await _reconcile(session, now, contact_ids)


async def reconcile_all(session: AsyncSession, now: datetime) -> None:
    """Do the same for all of the member's nudges: after a change of their numbers."""
    await _reconcile(session, now, None)
    await limits.note_planned(session)


async def added(session: AsyncSession, now: datetime, *, is_first: bool) -> None:
    """Do what there is to do once people were added to the member's list, of whom more is unknown.

    Of somebody with whom nothing has passed yet nothing is planned; but with the first of all the
    weekly reviews begin.
    """
    if is_first:
        await _reconcile(session, now, ())


async def hours_changed(session: AsyncSession, now: datetime) -> None:
    """Do the same when the member may be written to at other moments than before.

    What delivery had put off is put off anew, by the new hours; and what was held back until now
    comes with the next digest, not at the odd hour of the change.
    """
    put_off = (Nudge.status == NudgeStatus.PENDING) & (Nudge.kind != NudgeKind.GO_ON)
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
    pending = Nudge.status == NudgeStatus.PENDING
    for nudge in await session.scalars(select(Nudge).where(pending, due)):
        nudge.created_at = now
    await session.flush()


async def _reconcile(
    session: AsyncSession, now: datetime, contact_ids: Collection[int] | None
) -> None:
    wanted_now = await planned(session, now, contact_ids)
    known: set[Key] = set()
    for nudge in await _stored(session, wanted_now, contact_ids):
        key = (nudge.key, nudge.round_)
        known.add(key)
        wanted = wanted_now.get(key)
        if wanted is None and _waits(nudge):
            _cancel(session, nudge, now)
        elif wanted is None:
            continue  # an earlier round, which was answered
        elif nudge.status == NudgeStatus.PENDING:
            _move(nudge, wanted, now)
        elif nudge.status == NudgeStatus.CANCELLED and wanted.makes_sense_until > now:
            _revive(session, nudge, wanted, now)
    for key, wanted in sorted(wanted_now.items()):
        # A week that was over before there was anything in it is not looked back on.
        too_late = wanted.kind == NudgeKind.WEEKLY_REVIEW and wanted.due_at <= now
        if key not in known and wanted.makes_sense_until > now and not too_late:
            session.add(_row(wanted, now))
    if session.new or session.dirty:
        session.info[NUDGES_CHANGED] = True
    # Not before: a question that follows a change writes it down at once, by itself.
    (await members.current(session)).facts_version += 1
    await session.flush()


async def _stored(
    session: AsyncSession, wanted: Iterable[Key], contact_ids: Collection[int] | None
) -> list[Nudge]:
    """Give what waits and what has a wanted key, locked: delivery skips it until this ends."""
    keys = [key for key, _ in wanted]
    if contact_ids is None:
        return list(await session.scalars(_everything_stored(), {"keys": keys}))
    about = {"keys": keys, "contact_ids": list(contact_ids)}
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    return list(await session.scalars(_found_about() if on_sqlite else _stored_about(), about))


@cache
def _everything_stored() -> Select[Nudge]:
    return _stored_where(true())


@cache
def _stored_about() -> Select[Nudge]:
    ids: BindParameter[int] = bindparam("contact_ids", expanding=True)
    return _stored_where(Nudge.contact_id.in_(ids) | Nudge.contact_id.is_(None))


@cache
def _found_about() -> Select[Nudge]:
    """Ask the same of SQLite, which locks no rows.

    All at once it would read whatever the member was reminded of; it takes an outer join's order.
    """
    ids: BindParameter[int] = bindparam("contact_ids", expanding=True)
    of_them, of_none, named = aliased(Nudge), aliased(Nudge), aliased(Nudge)
    these = union(
        select(of_them.id).where(of_them.contact_id.in_(ids), _waiting(of_them)),
        select(of_none.id).where(of_none.contact_id.is_(None), _waiting(of_none)),
        select(named.id).where(named.key.in_(bindparam("keys", expanding=True))),
    ).subquery()
    query = select(Nudge).select_from(these).outerjoin(Nudge, Nudge.id == these.c.id)
    return query.order_by(these.c.id).execution_options(populate_existing=True)


def _stored_where(is_about: ColumnElement[bool]) -> Select[Nudge]:
    named = Nudge.key.in_(bindparam("keys", expanding=True))
    query = select(Nudge).where((_waiting(Nudge) & is_about) | named).order_by(Nudge.id)
    return query.with_for_update(of=Nudge).execution_options(populate_existing=True)


def _waiting(nudge: Any) -> Any:
    # Whether to go on is the bot's own question, and follows from no fact.
    waiting = (nudge.status == NudgeStatus.PENDING) & (nudge.kind != NudgeKind.GO_ON)
    # A review that was sent stays as it is: the plan is about the next one by then.
    return waiting | (
        nudge.status.in_(_SETTLED_BY_MEMBER)
        & nudge.answer.is_(None)
        & nudge.contact_id.is_not(None)
    )


def _waits(nudge: Nudge) -> bool:
    """Say the same of a nudge as `_stored` asks the database: it is to come, or to be answered."""
    if nudge.status == NudgeStatus.PENDING:
        return nudge.kind != NudgeKind.GO_ON
    unanswered = nudge.answer is None and nudge.contact_id is not None
    return nudge.status in _SETTLED_BY_MEMBER and unanswered


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
        mark_outdated(session, sent_message(nudge))


def _revive(session: AsyncSession, nudge: Nudge, wanted: PlannedNudge, now: datetime) -> None:
    """Bring back what was cancelled; a message that is in the DM already asks again as it is."""
    nudge.updated_at = now
    if sent_message(nudge) is not None:
        nudge.status = NudgeStatus.SENT
        mark_outdated(session, sent_message(nudge))
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


def _row(wanted: PlannedNudge, now: datetime) -> Nudge:
    return Nudge(
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
