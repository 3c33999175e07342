"""Private answers: to the command that was typed, or else in the DM."""

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from handlers.refusals import NOTHING_SENT, error_code
from handlers.views.screen import Message

log = structlog.get_logger()

_ACCEPTED, _SERVER_ERRORS = 200, 500
# The member has deleted the message, left the conversation, or it is too old to be changed.
_OUT_OF_REACH = (
    "cant_update_message",
    "channel_not_found",
    "edit_window_closed",
    "is_inactive",
    "message_not_found",
)


async def tell(
    client: AsyncWebClient,
    user_id: str,
    message: Message,
    *,
    response_url: str | None = None,
    replace: bool = False,
) -> None:
    """Tell one member something that nobody else sees.

    With a `response_url` (good for half an hour and five answers) it appears where they are, in
    place of the earlier answer with `replace`. Without one, or when Slack surely did not take the
    answer there, it goes into their DM: never to both. Raises SlackApiError when that fails, too.
    """
    if response_url is not None and await _perhaps_answered(client, response_url, message, replace):
        return
    blocks = [block.to_dict() for block in message.blocks]
    await client.chat_postMessage(channel=user_id, text=message.text, blocks=blocks)


async def _perhaps_answered(
    client: AsyncWebClient, response_url: str, message: Message, replace: bool
) -> bool:
    """Answer where the member is; False if Slack surely did not take it."""
    webhook = AsyncWebhookClient(
        response_url,
        proxy=client.proxy,
        ssl=client.ssl,
        session=client.session,
        logger=client.logger,
        # slack_sdk's own would send again after a lost answer: two messages.
        retry_handlers=client.retry_handlers.copy(),
    )
    try:
        answer = await webhook.send(
            text=message.text,
            blocks=[block.to_dict() for block in message.blocks],
            response_type="ephemeral",
            replace_original=replace,
        )
    except NOTHING_SENT:
        return False
    except (aiohttp.ClientError, TimeoutError) as error:
        log.warning("an answer may be lost", error=type(error).__name__)
        return True
    if answer.status_code >= _SERVER_ERRORS:
        log.warning("an answer may be lost", status=answer.status_code)
        return True
    return answer.status_code == _ACCEPTED


async def bring_up_to_date(
    client: AsyncWebClient, channel_id: str, ts: str, message: Message
) -> None:
    """Rewrite one of the bot's messages; one that is out of reach by now is left in peace."""
    try:
        await client.chat_update(
            channel=channel_id, ts=ts, text=message.text, blocks=list(message.blocks)
        )
    except SlackApiError as error:
        if error_code(error) not in _OUT_OF_REACH:
            raise
