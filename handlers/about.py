"""Gathers all that is known of one contact, in a handful of questions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import InterviewStatus, TouchKind
from handlers.desk import Desk
from handlers.entry_rows import EntryRow, entry_of
from handlers.nudges_shown import nudges_shown
from handlers.shown import contact_shown, half_way_shown
from handlers.views.brief import Passed, Promised
from handlers.views.contact_about import (
    MOST_TOUCHES,
    SHOW_OLDER,
    AboutShown,
    Believed,
    Learned,
    TalkAhead,
    older,
)
from handlers.views.reading import as_id
from handlers.views.words import listed
from storage import (
    assumptions,
    contacts,
    debriefs,
    dialogues,
    guests,
    members,
    nudges,
    promises,
    touches,
)
from storage.models import Interview, Touch

# So many of each kind can be corrected; more are kept.
_MOST_ENTRIES = 50


def register(app: AsyncApp) -> None:
    """What a contact's story answers to."""
    app.action(SHOW_OLDER)(show_older)


async def about_shown(session: AsyncSession, contact_id: int, now: datetime) -> AboutShown:
    """Give what the contact's story shows; raises Gone."""
    contact = await contacts.get(session, contact_id)
    step = await nudges.next_about(session, contact.id, now)
    shown = await nudges_shown(session, [step], now) if step is not None else []
    passed = await touches.of_contact(session, contact.id, limit=_MOST_ENTRIES)
    promised = await promises.of_contact(session, contact.id)
    believed = await assumptions.of_contact(session, contact.id)
    rhythm = (await members.current(session)).rhythm()
    unfinished = await dialogues.unfinished(session, now, limit=1, contact_id=contact.id)
    told = {touch.interview_id for touch in passed if touch.interview_id is not None}
    talks = await guests.talks_of(session, contact.id)
    others = {talk.id: _others(talk, contact.id) for talk in talks}
    ahead = [talk for talk in reversed(talks) if _is_ahead(talk, now) and talk.id not in told][:1]
    by_themselves = [touch for touch in passed if touch.kind != TouchKind.TALK]
    entries: list[EntryRow] = [*by_themselves, *talks, *promised, *believed]
    return AboutShown(
        contact=contact_shown(contact),
        path=contact.path.name if contact.path else "",
        vantage=contact.vantage,
        how_found=contact.how_found,
        introduced_by=contact.introduced_by.name if contact.introduced_by else "",
        email=contact.email,
        profile_url=contact.profile_url,
        led_to=[led.name for led in await contacts.led_to(session, contact.id)],
        next_step=shown[0] if shown else None,
        next_at=step.due_at if step is not None and step.due_at > now else None,
        promises=[
            Promised(promise.by, promise.what, promise.due_on)
            for promise in await promises.open_of(session, contact.id)
        ],
        learned=await _learned(session, talks),
        beliefs=[Believed(each.text, each.status, each.outcome) for each in believed],
        touches=[Passed(t.kind, t.at, t.note, _who_else(t, others)) for t in passed[:MOST_TOUCHES]],
        talk_ahead=TalkAhead(ahead[0].starts_at, others[ahead[0].id]) if ahead else None,
        has_more=len(passed) > MOST_TOUCHES,
        half_way=half_way_shown(unfinished[0]) if unfinished else None,
        entries=[entry_of(row, rhythm) for row in entries],
    )


async def show_older(ack: AsyncAck, body: dict[str, Any], desk: Desk) -> None:
    """The button below a story that goes on: the next page of what passed, by itself."""
    await ack()
    number, _, start = (body["actions"][0].get("value") or "").partition(":")
    offset = as_id(start) or 0
    async with desk.reading() as session:
        contact = await contacts.get(session, as_id(number) or 0)
        # One more than is shown tells that there are more.
        found = await touches.of_contact(session, contact.id, MOST_TOUCHES + 1, offset)
    passed = [Passed(touch.kind, touch.at, touch.note) for touch in found[:MOST_TOUCHES]]
    following = offset + MOST_TOUCHES if len(found) > MOST_TOUCHES else None
    shown = older(contact.name, contact.id, passed, following)
    await desk.tell(shown, body.get("response_url"))


async def _learned(session: AsyncSession, talks: Sequence[Interview]) -> list[Learned]:
    at = {talk.id: talk.starts_at for talk in talks}
    written = await debriefs.of_talks(session, list(at))
    learned = [
        Learned(at[each.interview_id], each.takeaway, each.picture, each.opportunity)
        for each in written
    ]
    return sorted(learned, key=lambda each: each.at, reverse=True)


def _is_ahead(talk: Interview, now: datetime) -> bool:
    return talk.status == InterviewStatus.SCHEDULED and talk.starts_at > now


def _others(talk: Interview, contact_id: int) -> str:
    names = [contact.name for contact in talk.people if contact.id != contact_id]
    return listed(names) if names else ""


def _who_else(touch: Touch, others: Mapping[int, str]) -> str:
    return others.get(touch.interview_id or 0, "") if touch.kind == TouchKind.TALK else ""
