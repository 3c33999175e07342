"""What the buttons on nudges do: done, later, skip, stop; each press is kept once."""

from dataclasses import replace
from datetime import timedelta

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import Answer, Digest
from handlers import calendar_files
from handlers.desk import Desk
from handlers.followups import answer_url, in_answer, in_answer_after
from handlers.later import later_means
from handlers.nudges_shown import is_open
from handlers.presses import Body, answer, chosen, is_ahead, keep, pressed, while_open
from handlers.views import later_form
from handlers.views import nudge_messages as messages
from handlers.views.metadata import Carried, unpack
from handlers.views.nudge_answers import (
    RESUME,
    nothing_to_undo,
    nudges_resumed,
    nudges_stopped,
    taken_back,
    too_late_to_undo,
)
from storage import contacts, nudges, undo, wishes
from storage.models import Nudge

_GO_ON = {
    messages.GO_ON_DAILY: Digest.DAILY,
    messages.GO_ON_WEEKLY: Digest.WEEKLY,
    messages.GO_ON_NONE: Digest.NONE,
}


def register(app: AsyncApp) -> None:
    """The buttons that are the same on nudges of every kind, and those of "Shall I go on?"."""
    app.action(messages.DONE)(in_answer(done))
    app.action(messages.LATER)(in_answer(later))
    app.action(messages.SKIP)(in_answer(skip))
    app.action(messages.LATER_MENU)(in_answer(later_menu))
    app.view(later_form.CALLBACK_ID)(in_answer_after(moment_picked))
    app.action(RESUME)(resume)
    app.action(messages.UNDO)(in_answer(undo_it))
    for action_id in _GO_ON:
        app.action(action_id)(in_answer(go_on))


async def done(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The likely button of each kind: logs what was done, which settles the nudge everywhere."""
    await ack()
    await answer(desk, pressed(body), Answer.DONE)


async def skip(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Skip": no more words about it."""
    await ack()
    await answer(desk, pressed(body), Answer.SKIP)


async def later(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Later": again with the next digest."""
    await ack()
    until, alone = await later_means(desk, messages.NEXT_DIGEST)
    await answer(desk, pressed(body), Answer.LATER, until=until, alone=alone)


async def later_menu(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The menu beside a nudge, due or still to come: another moment, or no more about somebody."""
    await ack()
    await chosen_in_menu(body, desk)


async def chosen_in_menu(body: Body, desk: Desk) -> None:
    """Do what was chosen in a nudge's menu, as far as the menus of all kinds have it."""
    what, nudge_id = chosen(body)
    if what == messages.PICK:
        await _pick(body, desk, nudge_id)
    elif what == messages.STOP:
        await _stop(desk, nudge_id)
    elif what == messages.SKIP_IT:
        await answer(desk, nudge_id, Answer.SKIP)
    elif what == messages.A_WEEK_ON:
        await _a_week_on(desk, nudge_id)
    else:
        until, alone = await later_means(desk, what)
        await answer(desk, nudge_id, Answer.LATER, until=until, alone=alone)


async def _pick(body: Body, desk: Desk, nudge_id: int) -> None:
    async with desk.reading() as session:
        ahead = is_ahead(await nudges.get(session, nudge_id), desk.now)
    carried = Carried(nudge_id=nudge_id, response_url=answer_url(body))
    view = later_form.later_form(desk.now, carried, ahead=ahead)
    await desk.client.views_open(trigger_id=body["trigger_id"], view=view)


async def moment_picked(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The form of "Pick a day and time": saved, then closed."""
    picked = later_form.read_later_form(body["view"], desk.now)
    if isinstance(picked, later_form.Simply):
        until, alone = await later_means(desk, picked)
    else:
        until, alone = picked, True
    nudge_id = unpack(body["view"]).nudge_id or 0
    message = await keep(desk, nudge_id, Answer.LATER, until=until, alone=alone)
    await ack()
    await desk.changed(message)


async def go_on(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The answer to whether to go on: daily, weekly, or stop; the first one holds."""
    await ack()
    wanted = _GO_ON[body["actions"][0]["action_id"]]

    async def act(session: AsyncSession, nudge: Nudge) -> None:
        wished = replace(await wishes.current(session), digest=wanted)
        await wishes.change(session, wished, desk.now)
        await nudges.answer(session, nudge.id, Answer.DONE, desk.now)

    await desk.changed(await while_open(desk, pressed(body), act))


async def _a_week_on(desk: Desk, nudge_id: int) -> None:
    """A week after the day on which it would come, which may lie far ahead."""

    async def act(session: AsyncSession, nudge: Nudge) -> None:
        until = max(nudge.due_at, desk.now) + timedelta(days=7)
        await nudges.answer(session, nudge.id, Answer.LATER, desk.now, until=until)

    await desk.changed(await while_open(desk, nudge_id, act))


async def _stop(desk: Desk, nudge_id: int) -> None:
    """No more nudges about this person; the line that says so, once, offers the way back.

    That holds whatever was pressed on the nudge itself.
    """
    async with desk.member() as session:
        nudge = await nudges.get(session, nudge_id)
        contact = await contacts.get(session, nudge.contact_id or 0)
        is_first = not contact.nudges_stopped
        if is_first:
            await contacts.stop_nudges(session, contact.id, desk.now)
    await desk.changed(nudges.sent_message(nudge))
    if is_first:
        await desk.tell(nudges_stopped(contact.id, contact.name))


async def undo_it(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Undo" under what was pressed; where that makes no difference, a line says what is so."""
    await ack()
    nudge_id, now = pressed(body), desk.now
    async with desk.member() as session:
        became = await undo.undo(session, nudge_id, now)
        nudge = await nudges.get(session, nudge_id)
        name = nudge.contact.name if nudge.contact else "this"
    await desk.changed(nudges.sent_message(nudge))
    if became == undo.Undone.NOTHING:
        await desk.tell(nothing_to_undo())
    elif became == undo.Undone.TOO_LATE:
        await desk.tell(too_late_to_undo(name))
    elif not is_open(nudge, now):
        await desk.tell(taken_back(name))
    if nudge.interview is not None:
        await calendar_files.follow(desk, nudge.interview.id)


async def resume(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Undo of "No nudges about this person"."""
    await ack()
    async with desk.member() as session:
        contact = await contacts.resume_nudges(session, pressed(body), desk.now)
    await desk.tell(nudges_resumed(contact.name), body.get("response_url"), replace=True)
    await desk.changed()
