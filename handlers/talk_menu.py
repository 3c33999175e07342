"""What becomes of a talk that is ahead: moved, called off, put into a calendar."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from domain.vocabulary import InterviewStatus
from handlers import calendar_files
from handlers.desk import Desk
from handlers.interviews import open_known
from handlers.views import home
from handlers.views.interview_answers import (
    STILL_ON,
    not_ahead,
    talk_called_off,
    talk_still_on,
)
from handlers.views.metadata import Carried
from handlers.views.reading import as_id
from handlers.whom import with_whom
from storage import interviews

Body = dict[str, Any]


def register(app: AsyncApp) -> None:
    """The menu beside a talk in Home, and the way back from calling it off."""
    app.action(home.TALK_MENU)(talk_menu)
    app.action(STILL_ON)(still_on)


async def talk_menu(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The menu: move it, add it to the calendar, or it was called off."""
    await ack()
    what, _, number = body["actions"][0]["selected_option"]["value"].partition(":")
    interview_id = as_id(number) or 0
    if what == home.CALENDAR:
        await calendar_files.send(desk, interview_id)
    elif what == home.CALL_OFF:
        await _call_off(desk, interview_id)
    else:
        await open_known(desk, body, Carried(interview_id=interview_id, quiet=True))


async def still_on(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """The button "It takes place": undoes calling off."""
    await ack()
    interview_id = as_id(body["actions"][0].get("value")) or 0
    async with desk.member() as session:
        talk = await interviews.still_on(session, interview_id, desk.now)
    is_ahead = talk.status == InterviewStatus.SCHEDULED and talk.ends_at > desk.now
    message = (
        talk_still_on(talk.id, with_whom(talk), talk.starts_at)
        if is_ahead
        else not_ahead(with_whom(talk))
    )
    await desk.tell(message, body.get("response_url"), replace=True)
    await desk.changed()
    await calendar_files.follow(desk, interview_id)


async def _call_off(desk: Desk, interview_id: int) -> None:
    """Call a talk off that is ahead; of one that took place meanwhile only say so."""
    async with desk.member() as session:
        talk = await interviews.get(session, interview_id)
        is_ahead = talk.status == InterviewStatus.SCHEDULED
        if is_ahead:
            await interviews.call_off(session, interview_id, desk.now)
    await desk.changed()
    if not is_ahead:
        await desk.tell(not_ahead(with_whom(talk)))
        return
    await desk.tell(talk_called_off(talk.id, talk.contact_id, with_whom(talk)))
    await calendar_files.follow(desk, interview_id)
