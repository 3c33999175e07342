"""Drafts: written from what is known, checked, sent by the member, noted once they say so."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from domain.drafts import FOR_NUDGES, TOUCHES, Situation, draft
from domain.vocabulary import Answer, Stage, TouchKind
from handlers.desk import Desk
from handlers.draft_shown import draft_shown, facts, likely
from handlers.followups import answer_url, show
from handlers.nudges_shown import is_open
from handlers.shown import contact_shown
from handlers.views import contact_cards as cards
from handlers.views import draft_form as form
from handlers.views import nudge_messages
from handlers.views.metadata import Carried, unpack
from handlers.views.reading import as_id
from storage import contacts, letters, nudges, touches
from storage.letters import Known
from storage.models import Nudge

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    """What opens a draft, and what its form answers to."""
    app.action(cards.DRAFT)(draft_for_contact)
    app.action(nudge_messages.DRAFT)(draft_for_nudge)
    app.action(form.SITUATION)(situation_chosen)
    app.action(form.CHECK)(check_again)
    app.view(form.CALLBACK_ID)(it_went_out)


async def draft_for_contact(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """A card's button "Draft it": what is most likely to be written at their stage."""
    await ack()
    contact_id, url = as_id(body["actions"][0].get("value")) or 0, body.get("response_url")
    async with desk.reading() as session:
        known = await letters.known(session, contact_id, desk.now)
    situation = likely(known)
    if situation is None:
        had_follow_up = known.contact.stage == Stage.ASKED
        await desk.tell(form.in_peace(known.contact.name, had_follow_up=had_follow_up), url)
        return
    await _open(desk, body, situation, Carried(contact_id=contact_id, response_url=url))


async def draft_for_nudge(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """A nudge's button "Draft it", if the nudge still stands; else its message is renewed."""
    await ack()
    url = answer_url(body)
    async with desk.reading() as session:
        nudge = await nudges.get(session, as_id(body["actions"][0].get("value")) or 0)
    situation = FOR_NUDGES.get(nudge.kind)
    if situation is None or not is_open(nudge, desk.now):
        await desk.changed(nudges.sent_message(nudge))
        if url is not None:
            await show(desk, url, replace=True)
        return
    carried = Carried(contact_id=nudge.contact_id, nudge_id=nudge.id, response_url=url)
    await _open(desk, body, situation, replace(carried, interview_id=nudge.interview_id))


async def situation_chosen(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Put the draft for another situation in; what the member had written stays below it."""
    await ack()
    view = body["view"]
    carried, wanted, typed = unpack(view), form.situation_of(view), form.text_of(view)
    was = Situation(carried.draft) if carried.draft in set(Situation) else None
    if wanted is None or wanted == was:
        return
    known, nudge, me = await _known(desk, carried)
    about = facts(known, nudge, me)
    kept = form.before_of(view)
    if typed and (was is None or typed != draft(was, about).text):
        kept = "\n\n".join(part for part in (kept, typed) if part)
    text, turn = draft(wanted, about).text, form.turn_of(view) + 1
    if len(kept) > form.MOST_TEXT:
        # There is no room to keep it below: it stays where it is, and only the rules change.
        text, kept, turn = typed, form.before_of(view), turn - 1
    shown = draft_shown(known, about, wanted, text, before=kept, turn=turn)
    redrawn = form.draft_form(shown, replace(carried, draft=wanted))
    await desk.client.views_update(view_id=view["id"], view=redrawn)


async def check_again(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Check the text as it stands, and renew what is there to copy; the boxes stay as they are."""
    await ack()
    view = body["view"]
    carried = unpack(view)
    known, nudge, me = await _known(desk, carried)
    situation = form.situation_of(view) or Situation.ASK_COLD
    shown = draft_shown(
        known,
        facts(known, nudge, me),
        situation,
        form.text_of(view),
        before=form.before_of(view),
        turn=form.turn_of(view),
    )
    await desk.client.views_update(view_id=view["id"], view=form.draft_form(shown, carried))


async def it_went_out(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Log what went out, once, then close the form; stage and nudges follow from it."""
    view = body["view"]
    carried, situation = unpack(view), form.situation_of(view) or Situation.ASK_COLD
    async with desk.member() as session:
        nudge = await nudges.get(session, carried.nudge_id) if carried.nudge_id else None
        before = (await contacts.get(session, carried.contact_id or 0)).overruled_stage
        is_news = await _log(session, view["id"], carried, situation, nudge, desk.now)
        contact = await contacts.get(session, carried.contact_id or 0)
    await ack()
    await desk.changed(nudges.sent_message(nudge) if nudge else None)
    if not is_news:
        await desk.tell(form.noted_already(contact.name), carried.response_url)
    elif nudge is not None and carried.response_url is not None:
        await show(desk, carried.response_url, replace=True, pressed=nudge.id)
    elif nudge is None:
        shown, gave_way = contact_shown(contact), contact.overruled_stage is None
        saved = cards.contact_saved(shown, is_new=False, was_by_hand=before if gave_way else None)
        await desk.tell(saved, carried.response_url)


async def _log(
    session: AsyncSession,
    form_id: str,
    carried: Carried,
    situation: Situation,
    nudge: Nudge | None,
    now: datetime,
) -> bool:
    """Log the touch and settle the nudge that asked for it; False if it was logged meanwhile."""
    kind, contact_id = TOUCHES[situation], carried.contact_id or 0
    last_seen = carried.touch_id or 0
    if await letters.went_out_since(session, contact_id, kind, last_seen, form_id):
        return False
    asks_for_it = nudge is not None and FOR_NUDGES.get(nudge.kind) == situation
    settles = nudge if nudge is not None and asks_for_it and is_open(nudge, now) else None
    if settles is not None:
        await nudges.answer(session, settles.id, Answer.DONE, now)
    interview_id = carried.interview_id if kind == TouchKind.THANK_YOU else None
    note = form.SITUATIONS[situation] if kind == TouchKind.NOTE else ""
    await touches.log(
        session,
        contact_id,
        kind,
        now,
        note=note,
        interview_id=interview_id,
        form_id=form_id,
        nudge_id=settles.id if settles is not None else None,
        now=now,
    )
    return True


async def _open(desk: Desk, body: Body, situation: Situation, carried: Carried) -> None:
    known, nudge, me = await _known(desk, carried)
    about = facts(known, nudge, me)
    shown = draft_shown(known, about, situation, draft(situation, about).text)
    luggage = replace(carried, draft=situation, touch_id=known.last_touch_id)
    view = form.draft_form(shown, luggage)
    await desk.client.views_open(trigger_id=body["trigger_id"], view=view)


async def _known(desk: Desk, carried: Carried) -> tuple[Known, Nudge | None, str]:
    """Give what is known of the contact, the nudge that asks for the letter, and who signs it."""
    async with desk.reading() as session:
        known = await letters.known(session, carried.contact_id or 0, desk.now)
        nudge = await nudges.get(session, carried.nudge_id) if carried.nudge_id else None
    return known, nudge, await desk.name_of(desk.who.user_id)
