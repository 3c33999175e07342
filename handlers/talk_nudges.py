"""The buttons on nudges about a talk: how did it go, what became of it, prepare for it."""

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from handlers import calendar_files
from handlers.debrief import open_debrief
from handlers.desk import Desk
from handlers.followups import answer_url, in_answer, show
from handlers.interviews import open_known
from handlers.nudges import chosen_in_menu
from handlers.nudges_shown import is_open
from handlers.prepare import open_prepare
from handlers.presses import Body, chosen, pressed, while_open
from handlers.views import nudge_messages as messages
from handlers.views.interview_answers import talk_fell_through
from handlers.views.metadata import Carried
from handlers.whom import with_whom
from storage import interviews, nudges
from storage.models import Interview, Nudge

_ENDINGS = {messages.CALLED_OFF: interviews.call_off, messages.NO_SHOW: interviews.no_show}


def register(app: AsyncApp) -> None:
    """What opens a talk's form or its debrief, and the menu beside it."""
    app.action(messages.TELL)(tell)
    app.action(messages.MOVED)(moved)
    app.action(messages.READY)(prepare)
    app.action(messages.OTHER_ENDING)(in_answer(other_ending))


async def tell(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Tell me about it": opens the debrief, if the question still stands."""
    await ack()
    nudge = await to_open(desk, body)
    if nudge is not None:
        carried = Carried(interview_id=nudge.interview_id)
        await open_debrief(desk, body["trigger_id"], carried)


async def prepare(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "Prepare": opens the questions for the talk, if the nudge still stands."""
    await ack()
    nudge = await to_open(desk, body)
    if nudge is not None:
        await open_prepare(desk, body["trigger_id"], nudge.interview_id or 0)


async def moved(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """ "It moved": opens the talk's form, if the nudge still stands."""
    await ack()
    nudge = await to_open(desk, body)
    if nudge is not None:
        await open_known(desk, body, Carried(interview_id=nudge.interview_id, quiet=True))


async def other_ending(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The menu: the talk was called off, they didn't show, or ask again later."""
    await ack()
    what, nudge_id = chosen(body)
    end = _ENDINGS.get(what)
    if end is None:
        await chosen_in_menu(body, desk)
        return
    ended: list[Interview] = []

    async def act(session: AsyncSession, nudge: Nudge) -> None:
        ended.append(await end(session, nudge.interview_id or 0, desk.now))

    await desk.changed(await while_open(desk, nudge_id, act))
    for talk in ended:
        no_show = what == messages.NO_SHOW
        await desk.tell(
            talk_fell_through(talk.id, talk.contact_id, with_whom(talk), no_show=no_show)
        )
        await calendar_files.follow(desk, talk.id)


async def to_open(desk: Desk, body: Body) -> Nudge | None:
    """Give the nudge whose button opens a form, if it still stands; else say that it does not.

    Only looked at: what the form says later is another word, and may well be the last one.
    """
    async with desk.reading() as session:
        nudge = await nudges.get(session, pressed(body))
    if is_open(nudge, desk.now):
        return nudge
    await desk.changed(nudges.sent_message(nudge))
    url = answer_url(body)
    if url is not None:
        await show(desk, url, replace=True)
    return None
