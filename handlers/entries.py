"""Entries of a contact's story: corrected, deleted, brought back."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.views import View
from sqlalchemy.ext.asyncio import AsyncSession

from domain.vocabulary import InterviewStatus, PromiseBy
from handlers import calendar_files
from handlers.desk import Desk
from handlers.entry_rows import EntryRow, entry_of
from handlers.interviews import open_known
from handlers.shown import contact_shown
from handlers.views import entries as screens
from handlers.views import entry_forms as forms
from handlers.views import touch_form
from handlers.views.entries import EntryKind, read_value
from handlers.views.metadata import Carried, unpack
from handlers.views.screen import Message
from storage import assumptions, contacts, members, promises, removal, touches
from storage.models import Assumption, Interview, Promise, Touch

Body = dict[str, Any]
Verb = Callable[[AsyncSession, int, datetime], Awaitable[EntryRow]]

_GET: Mapping[EntryKind, Callable[[AsyncSession, int], Awaitable[EntryRow]]] = {
    EntryKind.TOUCH: touches.get,
    EntryKind.TALK: removal.get_talk,
    EntryKind.PROMISE: promises.get,
    EntryKind.BELIEF: assumptions.get,
}
_REMOVE: Mapping[EntryKind, Verb] = {
    EntryKind.TOUCH: touches.remove,
    EntryKind.TALK: removal.remove_talk,
    EntryKind.PROMISE: promises.remove,
    EntryKind.BELIEF: assumptions.remove,
}
_BRING_BACK: Mapping[EntryKind, Verb] = {
    EntryKind.TOUCH: touches.bring_back,
    EntryKind.TALK: removal.bring_talk_back,
    EntryKind.PROMISE: promises.bring_back,
    EntryKind.BELIEF: lambda session, row_id, _: assumptions.bring_back(session, row_id),
}


def register(app: AsyncApp) -> None:
    """The menu of a story's entries, and what can be done about each."""
    app.action(screens.CHOSEN)(entry_chosen)
    app.action(screens.CORRECT)(correct)
    app.action(screens.DELETE)(delete)
    app.action(screens.UNDO)(bring_back)
    app.view(touch_form.CORRECT_CALLBACK_ID)(save_touch)
    app.view(forms.PROMISE_FORM)(save_promise)
    app.view(forms.BELIEF_FORM)(save_belief)


async def entry_chosen(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The menu "Correct an entry …": the entry with its buttons; of a deleted one the way back."""
    await ack()
    kind, row_id = read_value(body["actions"][0]["selected_option"]["value"])
    async with desk.reading() as session:
        row = await _GET[kind](session, row_id)
        draw = screens.entry_shown if row.removed_at is None else screens.entry_deleted
        shown = await _drawn(session, row, draw)
    await desk.tell(shown, body.get("response_url"))


async def correct(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Correct": the form of what it is, filled."""
    await ack()
    value, url = body["actions"][0].get("value"), body.get("response_url")
    kind, row_id = read_value(value)
    if kind == EntryKind.TALK:
        await open_known(desk, body, Carried(interview_id=row_id, response_url=url))
        return
    async with desk.reading() as session:
        row = await _GET[kind](session, row_id)
        name = (await contacts.get(session, row.contact_id)).name
    view = _form(row, name, Carried(entry=value, response_url=url))
    await desk.client.views_open(trigger_id=body["trigger_id"], view=view)


async def delete(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Delete": the line that says so has the way back."""
    await ack()
    await _change(body, desk, _REMOVE, screens.entry_deleted)


async def bring_back(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "Undo" under a deleted entry."""
    await ack()
    await _change(body, desk, _BRING_BACK, screens.entry_is_back)


async def save_touch(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save a corrected touch, then close its form."""
    now = desk.now

    async def save(session: AsyncSession, row_id: int) -> Touch:
        today = (await members.current(session)).rhythm().local(now).date()
        before = (await touches.get(session, row_id)).until
        typed = touch_form.read_touch_form(body["view"], now, today, before=before)
        kind, at, note, until = typed.kind, typed.at, typed.note, typed.until
        return await touches.correct(session, row_id, kind, at, note=note, until=until, now=now)

    await _save(ack, body, desk, save)


async def save_promise(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save a corrected promise, then close its form."""
    typed = forms.read_promise_form(body["view"])

    async def save(session: AsyncSession, row_id: int) -> Promise:
        what, due_on, kept = typed.what, typed.due_on, typed.kept
        return await promises.correct(session, row_id, what, due_on, kept=kept, now=desk.now)

    await _save(ack, body, desk, save)


async def save_belief(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """Save a corrected belief, then close its form."""
    typed = forms.read_belief_form(body["view"])

    async def save(session: AsyncSession, row_id: int) -> Assumption:
        text, status, outcome = typed.text, typed.status, typed.outcome
        return await assumptions.correct(session, row_id, text, status, outcome, desk.now)

    await _save(ack, body, desk, save)


async def _change(
    body: Body, desk: Desk, verbs: Mapping[EntryKind, Verb], draw: Callable[..., Message]
) -> None:
    """Do it to the entry that the button names; a calendar that has the talk follows."""
    kind, row_id = read_value(body["actions"][0].get("value"))
    async with desk.member() as session:
        row = await verbs[kind](session, row_id, desk.now)
        shown = await _drawn(session, row, draw)
    await desk.tell(shown, body.get("response_url"), replace=True)
    await desk.changed()
    if kind == EntryKind.TALK:
        await calendar_files.follow(desk, row_id)


async def _save(
    ack: AsyncAck,
    body: Body,
    desk: Desk,
    save: Callable[[AsyncSession, int], Awaitable[EntryRow]],
) -> None:
    carried = unpack(body["view"])
    _, row_id = read_value(carried.entry)
    async with desk.member() as session:
        row = await save(session, row_id)
        corrected = await _drawn(session, row, screens.entry_corrected)
    await ack()
    await desk.tell(corrected, carried.response_url, replace=True)
    await desk.changed()


async def _drawn(session: AsyncSession, row: EntryRow, draw: Callable[..., Message]) -> Message:
    """Draw an entry as it is now, with where its contact stands."""
    rhythm = (await members.current(session)).rhythm()
    contact = contact_shown(await contacts.get(session, row.contact_id))
    if draw is screens.entry_deleted:
        in_calendar = isinstance(row, Interview) and _is_in_calendar(row)
        return draw(entry_of(row, rhythm), contact, in_calendar=in_calendar)
    return draw(entry_of(row, rhythm), contact)


def _is_in_calendar(talk: Interview) -> bool:
    return talk.calendar_sequence is not None and talk.status == InterviewStatus.SCHEDULED


def _form(row: EntryRow, name: str, carried: Carried) -> View:
    if isinstance(row, Promise):
        promise = forms.PromiseTyped(row.what, row.due_on, row.kept_at is not None)
        return forms.promise_form(name, promise, carried, mine=row.by == PromiseBy.ME)
    if isinstance(row, Assumption):
        belief = forms.BeliefTyped(row.text, row.status, row.outcome)
        return forms.belief_form(name, belief, carried)
    assert isinstance(row, Touch), "a talk has its own form"
    touch = touch_form.TouchTyped(row.kind, row.at, row.note, row.until)
    return touch_form.correct_touch_form(name, touch, carried)
