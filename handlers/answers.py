"""Private answers: to the command that was typed, or else in the DM."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from handlers.views.screen import Message

_ACCEPTED = 200


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
    place of the earlier answer with `replace`. Without one, or when it is used up, it goes into
    their DM. Raises SlackApiError when that fails, too.
    """
    blocks = [block.to_dict() for block in message.blocks]
    if response_url is not None:
        webhook = AsyncWebhookClient(response_url, session=client.session)
        answer = await webhook.send(
            text=message.text,
            blocks=blocks,
            response_type="ephemeral",
            replace_original=replace,
        )
        if answer.status_code == _ACCEPTED:
            return
    await client.chat_postMessage(channel=user_id, text=message.text, blocks=blocks)


async def bring_up_to_date(
    client: AsyncWebClient, channel_id: str, ts: str, message: Message
) -> None:
    """Rewrite one of the bot's messages; one that the member has deleted is left in peace."""
    try:
        await client.chat_update(
            channel=channel_id, ts=ts, text=message.text, blocks=list(message.blocks)
        )
    except SlackApiError as error:
        if error.response["error"] not in ("message_not_found", "cant_update_message"):
            raise
