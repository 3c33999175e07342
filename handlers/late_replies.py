"""A message that comes long after the question that is open: the answer to it, or something new."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from handlers.desk import Desk
from handlers.dialogue_shown import renew
from handlers.messages import take_as_answer, take_as_new
from handlers.views import dialogue_answers as screens
from handlers.views.reading import as_id
from handlers.views.words import as_typed
from storage import dialogues, late_replies
from storage.dialogue_replies import Reply

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    """The two buttons of the question which of them it is."""
    app.action(screens.ANSWERS_IT)(answers_it)
    app.action(screens.SOMETHING_NEW)(something_new)


async def answers_it(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "It answers that": the message is taken as it reads now, and the next question follows."""
    await ack()
    interview_id, written = await _written(body, desk)
    async with desk.member() as session:
        is_asked = await late_replies.is_still_meant(session, interview_id, desk.now)
    url = body.get("response_url")
    if not is_asked or written is None:
        await desk.tell(screens.not_asking(), url, replace=True)
        return
    await desk.tell(screens.taken_as_answer(), url, replace=True)
    text, ts = await _text(written, desk), written["ts"]
    reply = Reply(ts, text, await desk.zone())
    await take_as_answer(desk, reply, has_file=bool(written.get("files")))


async def something_new(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "It's something new": the questions wait, and the message is read like any other."""
    await ack()
    interview_id, written = await _written(body, desk)
    async with desk.member() as session:
        await dialogues.set_aside(session, interview_id, desk.now)
    await desk.tell(screens.taken_as_new(), body.get("response_url"), replace=True)
    await renew(desk, interview_id)
    await desk.changed()
    if written is not None:
        text = await _text(written, desk)
        await take_as_new(desk, text, has_file=bool(written.get("files")))


async def _written(body: Body, desk: Desk) -> tuple[int, dict[str, Any] | None]:
    """Give the talk, and the member's message as it stands in the DM; None once it is deleted."""
    number, _, ts = (body["actions"][0].get("value") or "").partition(":")
    page = await desk.client.conversations_history(
        channel=body["channel"]["id"], oldest=ts, latest=ts, inclusive=True, limit=1
    )
    theirs = [one for one in page["messages"] if one.get("user") == desk.who.user_id]
    return as_id(number) or 0, theirs[0] if theirs else None


async def _text(written: dict[str, Any], desk: Desk) -> str:
    return as_typed(await desk.with_names(written.get("text", ""))).strip()
