"""Talks: planned, moved, held, called off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value

from domain.vocabulary import InterviewStatus, Medium
from storage import guests, members, talk_touches
from storage.guests import WITH_PEOPLE
from storage.models import Contact, Interview, Nudge, Promise, Touch
from storage.rows import own_row
from storage.scope import WITH_REMOVED
from storage.standing import renew, renew_all


@dataclass(frozen=True)
class InterviewFields:
    """What a member says about a talk; `starts_at` is an aware moment.

    `guest_ids` are the contacts who are there besides; None leaves them as they are.
    """

    starts_at: datetime
    minutes: int = 30
    medium: Medium | None = None
    place: str = ""
    goal: str = ""
    guest_ids: Collection[int] | None = None


async def schedule(
    session: AsyncSession,
    contact_id: int,
    fields: InterviewFields,
    now: datetime,
    form_id: str | None = None,
) -> Interview:
    """Plan a talk with a contact; the same form sent again changes the one it made. Raises Gone."""
    contact = await own_row(session, Contact, contact_id)
    if form_id is not None:
        query = select(Interview).where(Interview.form_id == form_id)
        sent_before = await session.scalar(query.execution_options(**WITH_REMOVED))
        if sent_before is not None:
            if sent_before.contact_id != contact.id:
                # The member chose somebody else before sending the form again.
                await _hand_over(session, sent_before, contact, now)
            return await change(session, sent_before.id, fields, now)
    interview = Interview(
        contact_id=contact.id,
        form_id=form_id,
        on_day=await _local_day(session, fields.starts_at),
        status=InterviewStatus.SCHEDULED,
        created_at=now,
    )
    _fill(interview, fields, now)
    session.add(interview)
    await session.flush()
    set_committed_value(interview, "contact", contact)
    set_committed_value(interview, "guests", [])
    await guests.be_there(session, interview, fields.guest_ids or ())
    talk_touches.let_go_of_hand_set(interview.people)
    await renew_all(session, interview.people, now)
    return interview


async def get(session: AsyncSession, interview_id: int) -> Interview:
    """Give a talk with its contact and who else is there; raises Gone."""
    return await own_row(session, Interview, interview_id, *WITH_PEOPLE)


async def change(
    session: AsyncSession, interview_id: int, fields: InterviewFields, now: datetime
) -> Interview:
    """Change a talk; one that was moved is scheduled again. Raises Gone.

    A talk that took place and is only dated otherwise in the past stays one that took place.
    """
    interview = await get(session, interview_id)
    moved = interview.starts_at != fields.starts_at
    before, people = _as_calendars_show(interview), interview.people
    day = await _local_day(session, fields.starts_at)
    if day != await _local_day(session, interview.starts_at):
        interview.on_day = day
    _fill(interview, fields, now)
    if fields.guest_ids is not None:
        await guests.be_there(session, interview, fields.guest_ids)
    if _as_calendars_show(interview) != before:
        interview.sequence += 1
    took_place = interview.status == InterviewStatus.TOOK_PLACE
    if moved and not (took_place and interview.starts_at <= now):
        await _settle(session, interview, InterviewStatus.SCHEDULED, now)
    elif took_place and (moved or interview.people != people):
        await talk_touches.forget(session, interview)
        await talk_touches.remember(session, interview, now)
    await session.flush()
    await renew_all(session, list(dict.fromkeys([*people, *interview.people])), now)
    return interview


async def call_off(session: AsyncSession, interview_id: int, now: datetime) -> Interview:
    """Note that a talk was called off; raises Gone."""
    return await _became(session, interview_id, InterviewStatus.CALLED_OFF, now)


async def no_show(session: AsyncSession, interview_id: int, now: datetime) -> Interview:
    """Note that the other side did not come; raises Gone."""
    return await _became(session, interview_id, InterviewStatus.NO_SHOW, now)


async def took_place(session: AsyncSession, interview_id: int, now: datetime) -> Interview:
    """Note that a talk took place, and log it as a touch once; raises Gone."""
    return await _became(session, interview_id, InterviewStatus.TOOK_PLACE, now)


async def still_on(session: AsyncSession, interview_id: int, now: datetime) -> Interview:
    """Take back that a talk was called off, or that they didn't show; raises Gone.

    Of one of which neither is said, or not any more, nothing changes.
    """
    interview = await get(session, interview_id)
    if interview.status not in (InterviewStatus.CALLED_OFF, InterviewStatus.NO_SHOW):
        return interview
    return await _became(session, interview_id, InterviewStatus.SCHEDULED, now)


async def calendar_file_sent(session: AsyncSession, interview_id: int, sequence: int) -> None:
    """Note that the member has the calendar file of a talk, deleted or not, as it was then."""
    interview = await own_row(session, Interview, interview_id, removed=True)
    interview.calendar_sequence = max(sequence, interview.calendar_sequence or 0)
    await session.flush()


async def settle_as_held(session: AsyncSession, interview_id: int, now: datetime) -> Interview:
    """Do the same as `took_place`, but for what follows: the caller has more to change first."""
    interview = await get(session, interview_id)
    if interview.status != InterviewStatus.TOOK_PLACE:
        await _settle(session, interview, InterviewStatus.TOOK_PLACE, now)
    return interview


def _as_calendars_show(interview: Interview) -> tuple[datetime, int, str, str, list[Contact]]:
    shown = interview.starts_at, interview.minutes, interview.place, interview.goal
    return *shown, interview.people


async def _local_day(session: AsyncSession, moment: datetime) -> date:
    """Give the day that a moment is on where the member is now."""
    return (await members.current(session)).rhythm().local(moment).date()


def _fill(interview: Interview, fields: InterviewFields, now: datetime) -> None:
    interview.starts_at, interview.minutes = fields.starts_at, fields.minutes
    interview.medium, interview.place, interview.goal = fields.medium, fields.place, fields.goal
    interview.updated_at = now


async def _became(
    session: AsyncSession, interview_id: int, status: InterviewStatus, now: datetime
) -> Interview:
    interview = await get(session, interview_id)
    if interview.status != status:
        await _settle(session, interview, status, now)
        await renew_all(session, interview.people, now)
    return interview


async def _settle(
    session: AsyncSession, interview: Interview, status: InterviewStatus, now: datetime
) -> None:
    """Set what became of a talk; the touch that says it was held stands or falls with it."""
    if interview.status == InterviewStatus.TOOK_PLACE:
        await talk_touches.forget(session, interview)
    if InterviewStatus.CALLED_OFF in (interview.status, status):
        interview.sequence += 1
    interview.status, interview.updated_at = status, now
    interview.settled_at = None if status == InterviewStatus.SCHEDULED else now
    if status == InterviewStatus.TOOK_PLACE:
        await talk_touches.remember(session, interview, now)
    await session.flush()


async def _hand_over(
    session: AsyncSession, interview: Interview, contact: Contact, now: datetime
) -> None:
    """Have a talk be with another contact; what hangs on it goes along."""
    before = await own_row(session, Contact, interview.contact_id)
    for table in (Touch, Promise, Nudge):
        is_before = table.interview_id == interview.id, table.contact_id == before.id
        await session.execute(update(table).where(*is_before).values(contact_id=contact.id))
    interview.contact_id = contact.id
    interview.sequence += 1
    await session.flush()
    await renew(session, before, now)
    await renew(session, contact, now)
