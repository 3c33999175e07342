"""What the buttons on nudges do: each press is checked against today's state."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from domain.hours import Rhythm
from domain.vocabulary import Answer, Digest, NudgeKind, TouchKind
from handlers.debrief import open_debrief
from handlers.desk import Desk
from handlers.followups import answer_url, in_answer, in_answer_after, show
from handlers.interviews import open_known
from handlers.shown import is_open
from handlers.views import later_form
from handlers.views import nudge_messages as messages
from handlers.views.metadata import Carried, unpack
from handlers.views.nudge_answers import RESUME, nudges_resumed, nudges_stopped
from handlers.views.reading import as_id
from storage import contacts, interviews, members, nudges, promises, touches, wishes
from storage.models import Nudge

Body = dict[str, Any]

# What "done" on a nudge says was done.
_LOGGED = {
    NudgeKind.THANK_YOU: TouchKind.THANK_YOU,
    NudgeKind.THANK_YOU_AGAIN: TouchKind.THANK_YOU,
    NudgeKind.FOLLOW_UP: TouchKind.FOLLOW_UP,
    NudgeKind.NOT_NOW_IS_OVER: TouchKind.ASKED,
    NudgeKind.TELL_INTRODUCER: TouchKind.UPDATE,
    NudgeKind.PROGRESS_UPDATE: TouchKind.UPDATE,
    NudgeKind.KEEP_IN_TOUCH: TouchKind.UPDATE,
}
_GO_ON = {
    messages.GO_ON_DAILY: Digest.DAILY,
    messages.GO_ON_WEEKLY: Digest.WEEKLY,
    messages.GO_ON_NONE: Digest.NONE,
}
_AFTERNOON = 15
_BEFORE_A_TALK = (NudgeKind.BRIEF, NudgeKind.UNPREPARED, NudgeKind.TALK_SOON)


def register(app: AsyncApp) -> None:
    """The buttons of every kind of nudge."""
    app.action(messages.TELL)(tell)
    app.action(messages.MOVED)(moved)
    app.action(messages.OTHER_ENDING)(in_answer(other_ending))
    app.action(messages.DONE)(in_answer(done))
    app.action(messages.LATER)(in_answer(later))
    app.action(messages.SKIP)(in_answer(skip))
    app.action(messages.LATER_MENU)(in_answer(later_menu))
    app.view(later_form.CALLBACK_ID)(in_answer_after(moment_picked))
    app.action(RESUME)(resume)
    for action_id in _GO_ON:
        app.action(action_id)(in_answer(go_on))


async def tell(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Tell me about it": opens the debrief, if the question still stands."""
    await ack()
    nudge = await _to_open(desk, body)
    if nudge is not None:
        carried = Carried(interview_id=nudge.interview_id)
        await open_debrief(desk, body["trigger_id"], carried)


async def moved(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "It moved" and "Prepare": open the talk's form, if the nudge still stands."""
    await ack()
    nudge = await _to_open(desk, body)
    if nudge is not None:
        await open_known(desk, body, Carried(interview_id=nudge.interview_id, quiet=True))


async def other_ending(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The menu: the talk was called off, they didn't show, or ask again in an hour."""
    await ack()
    what, nudge_id = _chosen(body)
    if what == messages.ASK_LATER:
        until = desk.now + timedelta(hours=1)
        await _answer(desk, nudge_id, Answer.LATER, until=until, alone=True)
        return
    nudge = await _still_open(desk, nudge_id)
    if nudge is None:
        return
    end = interviews.no_show if what == messages.NO_SHOW else interviews.call_off
    async with desk.member() as session:
        await end(session, nudge.interview_id or 0, desk.now)
    await desk.changed()


async def done(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The likely button of each kind: logs what was done, which settles the nudge everywhere."""
    await ack()
    await _answer(desk, _pressed(body), Answer.DONE)


async def skip(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Skip": no more words about it."""
    await ack()
    await _answer(desk, _pressed(body), Answer.SKIP)


async def later(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Later": again with the next digest."""
    await ack()
    until = (await _rhythm(desk)).next_digest(desk.now)
    await _answer(desk, _pressed(body), Answer.LATER, until=until)


async def later_menu(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The menu beside it: another moment, or no more about this person."""
    await ack()
    what, nudge_id = _chosen(body)
    if what == messages.PICK:
        view = later_form.later_form(
            desk.now, Carried(nudge_id=nudge_id, response_url=answer_url(body))
        )
        await desk.client.views_open(trigger_id=body["trigger_id"], view=view)
    elif what == messages.SKIP_IT:
        await _answer(desk, nudge_id, Answer.SKIP)
    elif what == messages.STOP:
        await _stop(desk, nudge_id)
    else:
        until, alone = _moment(what, await _rhythm(desk), desk.now)
        await _answer(desk, nudge_id, Answer.LATER, until=until, alone=alone)


async def moment_picked(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The form of "Pick a day and time": saved, then closed."""
    picked = later_form.read_later_form(body["view"], desk.now)
    nudge_id = unpack(body["view"]).nudge_id or 0
    pressed = await _keep(desk, nudge_id, Answer.LATER, until=picked, alone=True)
    await ack()
    await desk.changed(pressed)


async def go_on(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The answer to whether to go on: daily, weekly, or stop; the first one holds."""
    await ack()
    wanted = _GO_ON[body["actions"][0]["action_id"]]
    if await _still_open(desk, _pressed(body)) is None:
        return
    async with desk.member() as session:
        wished = replace(await wishes.current(session), digest=wanted)
        await wishes.change(session, wished, desk.now)
    await _answer(desk, _pressed(body), Answer.DONE)


async def _stop(desk: Desk, nudge_id: int) -> None:
    """No more nudges about this person; the line that says so offers the way back."""
    async with desk.member() as session:
        nudge = await nudges.get(session, nudge_id)
        contact = await contacts.stop_nudges(session, nudge.contact_id or 0, desk.now)
    await desk.changed(nudges.sent_message(nudge))
    await desk.tell(nudges_stopped(contact.id, contact.name))


async def resume(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Undo of "No nudges about this person"."""
    await ack()
    async with desk.member() as session:
        contact = await contacts.resume_nudges(session, _pressed(body), desk.now)
    await desk.tell(nudges_resumed(contact.name), body.get("response_url"), replace=True)
    await desk.changed()


async def _answer(
    desk: Desk,
    nudge_id: int,
    answer: Answer,
    *,
    until: datetime | None = None,
    alone: bool = False,
) -> None:
    """Keep an answer, then bring every screen up to date, the one that was pressed first of all."""
    pressed = await _keep(desk, nudge_id, answer, until=until, alone=alone)
    await desk.changed(pressed)


async def _keep(
    desk: Desk, nudge_id: int, answer: Answer, *, until: datetime | None, alone: bool
) -> nudges.SentMessage | None:
    """Keep an answer once, with what it means for the contact; give the message it is in.

    A second press, from another device or on an old message, changes nothing but what is shown.
    """
    async with desk.member() as session:
        nudge = await nudges.get(session, nudge_id)
        if until is not None and _begins_before(nudge, until):
            # There is no later for what is said before a talk.
            answer, until, alone = Answer.SKIP, None, False
        is_first = is_open(nudge, desk.now) and await nudges.answer(
            session, nudge_id, answer, desk.now, until=until, alone=alone
        )
        if is_first and answer == Answer.DONE:
            await _what_done_means(session, nudge, desk.now)
    return nudges.sent_message(nudge)


async def _what_done_means(session: AsyncSession, nudge: Nudge, now: datetime) -> None:
    """Log what the member says that they did: the contact's stage and nudges follow from it."""
    contact_id, kind = nudge.contact_id, nudge.kind
    if contact_id is None:
        return
    if nudge.promise_id is not None and kind != NudgeKind.PROGRESS_UPDATE:
        await promises.keep(session, nudge.promise_id, now)
    touch = _LOGGED.get(kind)
    if touch is not None:
        thanked = touch == TouchKind.THANK_YOU
        interview_id = nudge.interview_id if thanked else None
        await touches.log(session, contact_id, touch, now, interview_id=interview_id, now=now)


async def _to_open(desk: Desk, body: Body) -> Nudge | None:
    """Give the nudge whose button opens a form, if it still stands; else say that it does not."""
    nudge = await _still_open(desk, _pressed(body))
    url = answer_url(body)
    if nudge is None and url is not None:
        await show(desk, url, replace=True)
    return nudge


async def _still_open(desk: Desk, nudge_id: int) -> Nudge | None:
    """Give the nudge if it can still be answered; else bring its message up to date."""
    async with desk.reading() as session:
        nudge = await nudges.get(session, nudge_id)
    if is_open(nudge, desk.now):
        return nudge
    await desk.changed(nudges.sent_message(nudge))
    return None


async def _rhythm(desk: Desk) -> Rhythm:
    async with desk.reading() as session:
        return (await members.current(session)).rhythm()


def _begins_before(nudge: Nudge, moment: datetime) -> bool:
    talk = nudge.interview
    return nudge.kind in _BEFORE_A_TALK and talk is not None and talk.starts_at <= moment


def _moment(what: str, rhythm: Rhythm, now: datetime) -> tuple[datetime, bool]:
    """The moment that a member's "later" means, by their own hours, and whether it comes alone."""
    in_an_hour = now + timedelta(hours=1)
    if what == messages.NEXT_WEEK:
        return rhythm.next_digest(now + timedelta(days=6)), False
    if what == messages.THIS_AFTERNOON:
        in_an_hour = max(rhythm.at(rhythm.local(now).date(), _AFTERNOON), in_an_hour)
    if rhythm.out_of_quiet_hours(in_an_hour) > in_an_hour:
        # An hour later may be at night: nobody meant the next morning on the stroke of eight.
        return rhythm.next_digest(now), False
    return in_an_hour, True


def _pressed(body: Body) -> int:
    return as_id(body["actions"][0].get("value")) or 0


def _chosen(body: Body) -> tuple[str, int]:
    what, _, number = body["actions"][0]["selected_option"]["value"].partition(":")
    return what, as_id(number) or 0
