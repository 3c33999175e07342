"""Calendar files: sent into the DM when they are asked for, and again when the talk changes."""

from typing import Any

import aiohttp
import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackClientError

from domain.calendar_file import CalendarTalk, calendar_file
from domain.vocabulary import InterviewStatus
from handlers.desk import Desk
from handlers.followups import answer_url
from handlers.views import calendar_answers as answers
from handlers.views.reading import as_id
from handlers.views.words import MEDIA
from handlers.whom import with_whom
from storage import interviews, removal
from storage.models import Interview

Body = dict[str, Any]
log = structlog.get_logger()


def register(app: AsyncApp) -> None:
    """The button "Add to calendar", which also tries again."""
    app.action(answers.ADD_TO_CALENDAR)(add_to_calendar)


async def add_to_calendar(ack: AsyncAck, body: Body, desk: Desk) -> None:
    """A button whose value is the talk; in a private answer it says where the file is."""
    await ack()
    talk = await send(desk, as_id(body["actions"][0].get("value")) or 0)
    url = answer_url(body)
    if talk is not None and url is not None:
        await desk.tell(answers.file_is_in_dm(with_whom(talk)), url)


async def follow(desk: Desk, interview_id: int) -> None:
    """Send a new file if the member has one that has become untrue."""
    async with desk.reading() as session:
        talk = await removal.get_talk(session, interview_id)
    if talk.calendar_sequence is not None and talk.calendar_sequence < talk.sequence:
        await send(desk, interview_id)


async def send(desk: Desk, interview_id: int) -> Interview | None:
    """Send the calendar file of a talk as it is now; if that fails say so kindly, and give None.

    A file whose receipt was lost may come twice: the second one replaces the first in calendars.
    """
    zone = await desk.zone()
    async with desk.reading() as session:
        talk = await removal.talk_for_calendar(session, interview_id)
    try:
        await _upload(desk, talk, zone)
    except (SlackClientError, aiohttp.ClientError, TimeoutError) as error:
        log.warning("a calendar file was not sent", error=type(error).__name__)
        await desk.tell(answers.file_not_sent(talk.id, with_whom(talk)))
        return None
    async with desk.member() as session:
        await interviews.calendar_file_sent(session, talk.id, talk.sequence)
    return talk


async def _upload(desk: Desk, talk: Interview, zone: str) -> None:
    name, sent = with_whom(talk), talk.calendar_sequence
    # Files are shared by the conversation's id; a member's id does not do.
    opened = await desk.client.conversations_open(users=desk.who.user_id)
    await desk.client.files_upload_v2(
        channel=opened["channel"]["id"],
        filename=f"talk-{talk.starts_at:%Y-%m-%d}.ics",
        title=answers.file_title(name),
        content=calendar_file(_as_calendars_show(talk, zone), desk.now),
        initial_comment=answers.file_comment(
            name,
            talk.starts_at,
            gone=_gone(talk),
            is_update=sent is not None and sent < talk.sequence,
        ),
    )


def _as_calendars_show(talk: Interview, zone: str) -> CalendarTalk:
    return CalendarTalk(
        interview_id=talk.id,
        created_at=talk.created_at,
        starts_at=talk.starts_at,
        ends_at=talk.ends_at,
        zone=zone,
        summary=answers.file_title(with_whom(talk)),
        sequence=talk.sequence,
        place=talk.place,
        description=MEDIA[talk.medium] if talk.medium else "",
        called_off=bool(_gone(talk)),
    )


def _gone(talk: Interview) -> str:
    """Say why a talk is to leave the calendar; nothing where it is to stay there."""
    if talk.removed_at is not None:
        return "deleted"
    return "called off" if talk.status == InterviewStatus.CALLED_OFF else ""
