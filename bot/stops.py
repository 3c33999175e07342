"""What keeps the program from working, in words for the person at the terminal."""

from __future__ import annotations

import aiohttp
from slack_sdk.errors import SlackApiError

from storage.errors import DatabaseAhead, DatabaseAway, WrongDatabase


def told_plainly(error: Exception) -> str | None:
    """What happened and what to do; None if the error is a bug, whose traceback is wanted."""
    if isinstance(error, DatabaseAway):
        return f"The database does not answer ({error}). Run: rapport doctor"
    if isinstance(error, DatabaseAhead):
        return f"{error}. Bring Rapport itself up to date."
    if isinstance(error, WrongDatabase):
        return f"{error}. Check DATABASE_URL, then run: rapport doctor"
    # Late, since they open every room, which a look at the database has no need of.
    from bot.followed_clock import ClockSilent
    from bot.http_transport import HttpPortTaken
    from bot.metrics_server import MetricsPortTaken
    from bot.rehearsal import DatabaseInUse
    from bot.service import DatabaseBehind
    from bot.slack_failures import error_code
    from bot.transport import ConnectionRefused

    if isinstance(error, SlackApiError):
        code = error_code(error) or "no reason given"
        return f"Slack does not let the bot in ({code}). Run: rapport doctor"
    if isinstance(error, aiohttp.ClientError | TimeoutError):
        return f"Slack cannot be reached ({type(error).__name__}). Run: rapport doctor"
    ports = HttpPortTaken | MetricsPortTaken
    known = ClockSilent | ConnectionRefused | DatabaseBehind | DatabaseInUse | ports
    return str(error) if isinstance(error, known) else None
