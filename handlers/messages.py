"""What members write to the bot in the DM: replies to its questions, people they met, the rest."""

from dataclasses import replace
from typing import Any

from slack_bolt.app.async_app import AsyncApp

from domain.debrief import FRESH_FOR
from domain.debrief_replies import read_met_aside
from domain.name_lines import read_met
from domain.vocabulary import DebriefQuestion
from handlers.desk import Desk
from handlers.dialogue_shown import renew, show_below
from handlers.examples import own_example
from handlers.names import save_met
from handlers.shown import half_way_shown
from handlers.views import dialogue_answers as screens
from handlers.views.help import only_buttons
from handlers.views.words import as_typed
from storage import dialogue_replies, dialogues
from storage.dialogue_replies import Reply, Taken
from storage.dialogues import Stands

Event = dict[str, Any]

_WRITTEN = (None, "file_share", "me_message", "thread_broadcast")


def register(app: AsyncApp) -> None:
    """Slack's events about messages in the DM."""
    app.event("message")(message_received)


async def message_received(event: Event, desk: Desk) -> None:
    """A member wrote, edited or deleted a message in the DM; bots' own are passed over."""
    message = event.get("message") or event.get("previous_message") or event
    if event.get("channel_type") != "im" or "bot_id" in message or "user" not in message:
        return
    desk = replace(desk, who=replace(desk.who, user_id=message["user"]))
    subtype = event.get("subtype")
    if subtype == "message_changed" and message.get("subtype") != "tombstone":
        await _edited(desk, message)
    elif subtype in ("message_changed", "message_deleted"):
        await _deleted(desk, message["ts"])
    elif subtype in _WRITTEN:
        await _written(desk, event)


async def _written(desk: Desk, event: Event) -> None:
    text = as_typed(await desk.with_names(event.get("text", ""))).strip()
    if not await _answered(desk, event, text):
        await take_as_new(desk, text, has_file=bool(event.get("files")))


async def take_as_new(desk: Desk, text: str, *, has_file: bool) -> None:
    """Do what a message asks for that answers no question: somebody they met, or nothing."""
    person = read_met(text)
    if person is not None:
        await save_met(desk, person)
    elif has_file:
        await desk.tell(screens.cannot_read())
    else:
        async with desk.reading() as session:
            waiting = await dialogues.unfinished(session, desk.now)
        half_way = [half_way_shown(one) for one in waiting]
        await desk.tell(only_buttons(await own_example(desk), half_way))


async def _answered(desk: Desk, event: Event, text: str) -> bool:
    """Take a message as the reply to a question; False if none is open that it could answer."""
    reply = Reply(event["ts"], text, await desk.zone(), event.get("thread_ts"))
    aside = read_met_aside(text)
    async with desk.reading() as session:
        before = await dialogues.current(session)
    if before is not None and aside is not None:
        await save_met(desk, aside)
        await desk.tell(screens.still_asking(before.name))
        return True
    if before is not None and reply.thread_ts is None and _has_waited(before, desk):
        question = before.question or DebriefQuestion.TAKEAWAY
        asked = before.interview_id, reply.ts, before.name, question
        await desk.tell(screens.is_it_the_answer(*asked))
        return True
    return await take_as_answer(desk, reply, has_file=bool(event.get("files")))


def _has_waited(before: Stands, desk: Desk) -> bool:
    return desk.now - before.since > FRESH_FOR


async def take_as_answer(desk: Desk, reply: Reply, *, has_file: bool) -> bool:
    """Take a message as a reply, and say what became of it; False if it could answer nothing."""
    async with desk.member() as session:
        before = await dialogues.current(session)
        taken = await dialogue_replies.take(session, reply, desk.now)
    if taken is not None and not taken.repeated:
        await _say(desk, before, taken, has_file=has_file)
    return taken is not None


async def _say(desk: Desk, before: Stands | None, taken: Taken, *, has_file: bool) -> None:
    """Say what became of a reply: with the next question, or in a line of its own."""
    lines = screens.noted_lines(taken.noted, taken.rest, taken.problems)
    if has_file:
        lines.append(screens.not_read())
    if taken.added and lines:
        lines.insert(0, screens.added())
    if taken.asks:
        await show_below(desk, before, taken.interview_id, lines)
    elif taken.crossed:
        await desk.tell(screens.crossed())
    elif lines:
        await desk.tell(screens.followed(lines))
        await _renew_what_rests(desk, before, taken)
    await desk.changed()


async def _edited(desk: Desk, message: Event) -> None:
    text = as_typed(await desk.with_names(message.get("text", ""))).strip()
    reply = Reply(message["ts"], text, await desk.zone())
    async with desk.member() as session:
        before = await dialogues.current(session)
        taken = await dialogue_replies.edited(session, reply, desk.now)
    await _say_followed(desk, before, taken)


async def _deleted(desk: Desk, ts: str) -> None:
    reply = Reply(ts, "", await desk.zone())
    async with desk.member() as session:
        before = await dialogues.current(session)
        taken = await dialogue_replies.deleted(session, reply, desk.now)
    await _say_followed(desk, before, taken)


async def _say_followed(desk: Desk, before: Stands | None, taken: Taken | None) -> None:
    """Say which answers followed their message; nothing where none had to."""
    if taken is None:
        return
    lines = screens.followed_lines(taken.noted, taken.rest, taken.problems)
    if taken.asks:
        await show_below(desk, before, taken.interview_id, lines)
    elif lines:
        await desk.tell(screens.followed(lines))
        await _renew_what_rests(desk, before, taken)
    await desk.changed()


async def _renew_what_rests(desk: Desk, before: Stands | None, taken: Taken) -> None:
    """Renew what is told of a talk about which nothing is asked; a question stays as it is."""
    if before is None or before.interview_id != taken.interview_id:
        await renew(desk, taken.interview_id)
