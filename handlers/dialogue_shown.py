"""Shows how a dialogue stands: one message of the bot's at a time, the one before put to rest."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from handlers import answers
from handlers.desk import Desk
from handlers.outcomes import outcome_page
from handlers.views import dialogue as screens
from handlers.views.metadata import Carried
from handlers.views.screen import Message
from handlers.views.words import Line, listed
from storage import dialogues, interviews
from storage.dialogues import Stands


async def dialogue_shown(session: AsyncSession, stands: Stands) -> screens.DialogueShown:
    """A dialogue for a screen; at its end it is asked what became of the preparation."""
    has_outcome = False
    if stands.question is None:
        talk = await interviews.get(session, stands.interview_id)
        has_outcome = await outcome_page(session, talk, Carried()) is not None
    return screens.DialogueShown(
        interview_id=stands.interview_id,
        contact_id=stands.contact_id,
        name=listed([stands.name, *stands.others]),
        question=stands.question,
        is_open=stands.is_open,
        answers=stands.answers,
        thanked=stands.thanked,
        has_outcome=has_outcome,
    )


async def show_below(
    desk: Desk,
    before: Stands | None,
    interview_id: int,
    above: Sequence[Line] = (),
    *,
    begins: bool = False,
) -> None:
    """Post how a dialogue stands, under lines on what was written; `before` is put to rest."""
    async with desk.reading() as session:
        stands = await dialogues.stands(session, interview_id)
        assert stands is not None, "what was just changed is there"
        shown = await dialogue_shown(session, stands)
    message = screens.dialogue_message(shown, above, begins=begins)
    answer = await desk.client.chat_postMessage(
        channel=desk.who.user_id,
        text=message.text,
        blocks=[block.to_dict() for block in message.blocks],
    )
    channel_id, ts = str(answer["channel"]), str(answer["ts"])
    async with desk.member() as session:
        is_still_so = await dialogues.posted(session, interview_id, stands.question, channel_id, ts)
    if not is_still_so:
        await answers.bring_up_to_date(desk.client, channel_id, ts, screens.moved_below())
    if before is not None:
        await _rewrite(desk, before, _put_to_rest(before, stands))


async def renew(desk: Desk, interview_id: int) -> None:
    """Bring the message up to date that shows how a dialogue stands, if there is one."""
    async with desk.reading() as session:
        stands = await dialogues.stands(session, interview_id)
        if stands is None:
            return
        shown = await dialogue_shown(session, stands)
    await _rewrite(desk, stands, screens.dialogue_message(shown))


def _put_to_rest(before: Stands, now: Stands) -> Message:
    if before.question is None or not before.is_open:
        return screens.moved_below()
    return screens.gone_past(before.question, now.answers.get(before.question))


async def _rewrite(desk: Desk, stands: Stands, message: Message) -> None:
    if stands.channel_id is not None and stands.message_ts is not None:
        await answers.bring_up_to_date(desk.client, stands.channel_id, stands.message_ts, message)
