"""What keeps the program from working, in words for the person at the terminal."""

from __future__ import annotations

import aiohttp
from slack_sdk.errors import SlackApiError

from storage.errors import DatabaseAway


def told_plainly(error: Exception) -> str | None:
    """What happened and what to do; None if the error is a bug, whose traceback is wanted."""
    if isinstance(error, DatabaseAway):
        return f"The database does not answer ({error}). Run: rapport doctor"
    if isinstance(error, SlackApiError):
        code = error.response.get("error") if hasattr(error.response, "get") else None
        return f"Slack does not let the bot in ({code or 'no reason given'}). Run: rapport doctor"
    if isinstance(error, aiohttp.ClientError | TimeoutError):
        return f"Slack cannot be reached ({type(error).__name__}). Run: rapport doctor"
    # Late, since they open every room, which a look at the database has no need of.
    from bot.service import DatabaseBehind
    from bot.transport import ConnectionRefused

    return str(error) if isinstance(error, DatabaseBehind | ConnectionRefused) else None
