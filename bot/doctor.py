"""`rapport doctor`: everything the bot leans on, looked at one by one, with what to do about it."""

from __future__ import annotations

import asyncio
import json
import zoneinfo
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version

import aiohttp
from rich.text import Text
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.clock import Clock
from bot.doctor_checks import PATIENCE, Check, kind, skipped
from bot.doctor_database import look_at_database
from bot.followed_clock import ClockSilent, following
from bot.manifest import BOT_SCOPES
from bot.settings import HTTP, VARIABLES, Reading
from bot.slack_client import build_client, open_session

CLOCK_TOLERANCE = 60.0  # seconds

_TOKEN_REMEDIES = {
    "account_inactive": "The app was removed from the workspace: install it again, "
    "then copy the new token.",
    "token_revoked": "The app was removed from the workspace: install it again, "
    "then copy the new token.",
    "token_expired": "Turn token rotation off in the app's settings (the manifest has it off).",
    "not_allowed_token_type": "The two tokens may have changed places: "
    "SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-.",
    "missing_scope": "Make a new app-level token with the scope connections:write.",
    "ratelimited": "Nothing is wrong with the token: try again in a minute.",
}


_WORDS = {
    "ok": ("ok", "green"),
    "warn": ("note", "yellow"),
    "fail": ("WRONG", "bold red"),
    "skip": ("-", "dim"),
}


async def examine(reading: Reading, clock: Clock) -> list[Check]:
    """Look at everything at once; `clock` is this machine's."""
    groups = await asyncio.gather(
        _settings(reading),
        _bot_token(reading, clock),
        _app_token(reading),
        look_at_database(reading, clock),
    )
    return [check for group in groups for check in group] + [_time_zones()]


def failed(checks: Sequence[Check]) -> bool:
    """Whether anything must be put right before the bot can work."""
    return any(check.status == "fail" for check in checks)


def as_json(checks: Sequence[Check]) -> str:
    """The checks for a program: `ok`, and per check its name, status, what was found, remedy."""
    report = {"ok": not failed(checks), "checks": [asdict(check) for check in checks]}
    return json.dumps(report, indent=2, ensure_ascii=False)


def lines(checks: Sequence[Check]) -> list[Text]:
    """The checks for a person, one line each, and a last one that sums up."""
    shown = [_line(check) for check in checks]
    count = sum(check.status == "fail" for check in checks)
    if count:
        return [*shown, Text(f"\n{count} to put right, then look again: rapport doctor")]
    return [*shown, Text("\nAll is well. Start it with: rapport run")]


def _line(check: Check) -> Text:
    word, style = _WORDS[check.status]
    remedy = f". {check.remedy}" if check.remedy else ""
    found = check.found.rstrip(".") if remedy else check.found
    return Text.assemble((f"{word:<5}", style), f" {check.name:<11} {found}{remedy}")


async def _settings(reading: Reading) -> list[Check]:
    if reading.problems:
        remedy = "Write it into .env; .env.example shows how."
        problems = reading.problems.items()
        return [Check("settings", "fail", f"{name} {told}", remedy) for name, told in problems]
    url = reading.values.get("RAPPORT_CLOCK_URL")
    if url is None:
        return [Check("settings", "ok", "complete")]
    try:
        async with following(url):
            remedy = "Take RAPPORT_CLOCK_URL out of .env before you connect a real workspace."
            return [Check("settings", "warn", "complete, with a sandbox's clock", remedy)]
    except ClockSilent as silent:
        found, _, remedy = str(silent).partition(". ")
        return [Check("settings", "fail", found, remedy)]


async def _bot_token(reading: Reading, clock: Clock) -> list[Check]:
    token, api_url = reading.values.get("SLACK_BOT_TOKEN"), reading.values.get("SLACK_API_URL")
    if token is None or api_url is None:
        return [skipped(name) for name in ("bot token", "scopes", "clock")]
    try:
        async with _client(token, api_url) as client:
            answer = await client.auth_test()
    except (SlackClientError, aiohttp.ClientError, OSError) as error:
        refused = _refused("bot token", "SLACK_BOT_TOKEN", api_url, error)
        return [refused, skipped("scopes", "bot token"), skipped("clock", "bot token")]
    found = f"{answer.get('user')} in the workspace {answer.get('team')} ({answer.get('team_id')})"
    return [Check("bot token", "ok", found), _scopes(answer), _clock(answer, clock.now())]


@asynccontextmanager
async def _client(token: str, api_url: str) -> AsyncIterator[AsyncWebClient]:
    """A client that goes the bot's own way, through a proxy or not, and asks once."""
    async with asyncio.timeout(PATIENCE), open_session() as session:
        yield build_client(token, api_url, session, left_to_caller=("auth.test",))


def _scopes(answer: AsyncSlackResponse) -> Check:
    header = _header(answer, "x-oauth-scopes")
    if header is None:
        return Check("scopes", "warn", "the server doesn't say which scopes the token has")
    granted = {scope.strip() for scope in header.split(",")}
    missing = [scope for scope in BOT_SCOPES if scope not in granted]
    if missing:
        remedy = (
            "Bring the app's manifest up to date (`rapport manifest`), then reinstall the app "
            "to the workspace."
        )
        return Check("scopes", "fail", f"missing {', '.join(missing)}", remedy)
    return Check("scopes", "ok", f"all {len(BOT_SCOPES)} that the manifest names")


def _clock(answer: AsyncSlackResponse, now: datetime) -> Check:
    header = _header(answer, "date")
    try:
        apart = abs((now - parsedate_to_datetime(header or "")).total_seconds())
    except (ValueError, TypeError):
        return Check("clock", "warn", "the server doesn't say what time it is")
    if apart > CLOCK_TOLERANCE:
        remedy = "Set this machine's clock, best by turning on network time (NTP)."
        return Check("clock", "warn", f"{apart:.0f} seconds apart from Slack's", remedy)
    return Check("clock", "ok", "agrees with Slack's")


async def _app_token(reading: Reading) -> list[Check]:
    if reading.values.get("TRANSPORT") == HTTP:
        return [skipped("app token")]
    token, api_url = reading.values.get("SLACK_APP_TOKEN"), reading.values.get("SLACK_API_URL")
    if token is None or api_url is None:
        return [skipped("app token")]
    try:
        async with _client("", api_url) as client:
            await client.apps_connections_open(app_token=token)
    except (SlackClientError, aiohttp.ClientError, OSError) as error:
        return [_refused("app token", "SLACK_APP_TOKEN", api_url, error)]
    return [Check("app token", "ok", "opens a Socket Mode connection")]


def _refused(name: str, variable: str, api_url: str, error: Exception) -> Check:
    if not isinstance(error, SlackApiError):
        remedy = "Check the network, a proxy or firewall on the way, and SLACK_API_URL."
        return Check(name, "fail", f"no answer from {api_url} ({kind(error)})", remedy)
    answer = error.response
    data = answer.data if isinstance(answer, AsyncSlackResponse) else None
    if isinstance(answer, AsyncSlackResponse) and answer.status_code >= 500:
        remedy = "The trouble is on the server's side: try again in a minute."
        return Check(name, "fail", f"{api_url} answers {answer.status_code}", remedy)
    if not isinstance(data, dict):
        remedy = "Check SLACK_API_URL: what answers there is not Slack's Web API."
        return Check(name, "fail", f"no Slack answer from {api_url}", remedy)
    code = str(data.get("error"))
    remedy = _TOKEN_REMEDIES.get(code, f"Copy it again. {VARIABLES[variable].where}")
    return Check(name, "fail", f"Slack answers {code}", remedy)


def _time_zones() -> Check:
    remedy = "Reinstall the dependencies: the package tzdata belongs to them."
    try:
        zoneinfo.ZoneInfo("America/Argentina/Buenos_Aires")
        found = f"tzdata {version('tzdata')}, {len(zoneinfo.available_timezones())} zones"
    except (zoneinfo.ZoneInfoNotFoundError, PackageNotFoundError) as error:
        return Check("time zones", "fail", f"no time-zone data ({kind(error)})", remedy)
    return Check("time zones", "ok", found)


def _header(answer: AsyncSlackResponse, name: str) -> str | None:
    return next((text for key, text in answer.headers.items() if key.lower() == name), None)
