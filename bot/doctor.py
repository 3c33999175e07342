"""`rapport doctor`: everything the bot leans on, looked at one by one, with what to do about it."""

from __future__ import annotations

import asyncio
import json
import os
import zoneinfo
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

import aiohttp
from rich.text import Text
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.clock import Clock
from bot.logs import hide_secrets
from bot.manifest import BOT_SCOPES
from bot.settings import VARIABLES, Reading
from storage import migrate
from storage.engine import create_engine
from storage.urls import sqlite_file, without_password

PATIENCE = 10.0  # seconds for each look
CLOCK_TOLERANCE = 60.0  # seconds

Status = Literal["ok", "warn", "fail", "skip"]

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


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `remedy` says what to do where something is to be done."""

    name: str
    status: Status
    found: str
    remedy: str = ""


async def examine(reading: Reading, clock: Clock) -> list[Check]:
    """Look at everything at once; `clock` is this machine's."""
    groups = await asyncio.gather(
        _settings(reading), _bot_token(reading, clock), _app_token(reading), _database(reading)
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
        found = " ".join(f"{name} {problem}" for name, problem in reading.problems.items())
        return [Check("settings", "fail", found, "Write it into .env; .env.example shows how.")]
    if "RAPPORT_CLOCK_URL" in reading.values:
        remedy = "Take RAPPORT_CLOCK_URL out of .env before you connect a real workspace."
        return [Check("settings", "warn", "complete, with a sandbox's clock", remedy)]
    return [Check("settings", "ok", "complete")]


async def _bot_token(reading: Reading, clock: Clock) -> list[Check]:
    token, api_url = reading.values.get("SLACK_BOT_TOKEN"), reading.values.get("SLACK_API_URL")
    if token is None or api_url is None:
        return [_skipped(name) for name in ("bot token", "scopes", "clock")]
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await AsyncWebClient(token=token, base_url=api_url).auth_test()
    except (SlackClientError, aiohttp.ClientError, OSError) as error:
        refused = _refused("bot token", "SLACK_BOT_TOKEN", api_url, error)
        return [refused, _skipped("scopes", "bot token"), _skipped("clock", "bot token")]
    found = f"{answer.get('user')} in the workspace {answer.get('team')} ({answer.get('team_id')})"
    return [Check("bot token", "ok", found), _scopes(answer), _clock(answer, clock.now())]


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
    token, api_url = reading.values.get("SLACK_APP_TOKEN"), reading.values.get("SLACK_API_URL")
    if token is None or api_url is None:
        return [_skipped("app token")]
    try:
        async with asyncio.timeout(PATIENCE):
            await AsyncWebClient(base_url=api_url).apps_connections_open(app_token=token)
    except (SlackClientError, aiohttp.ClientError, OSError) as error:
        return [_refused("app token", "SLACK_APP_TOKEN", api_url, error)]
    return [Check("app token", "ok", "opens a Socket Mode connection")]


def _refused(name: str, variable: str, api_url: str, error: Exception) -> Check:
    if not isinstance(error, SlackApiError):
        remedy = "Check the network, a proxy or firewall on the way, and SLACK_API_URL."
        return Check(name, "fail", f"no answer from {api_url} ({_kind(error)})", remedy)
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


async def _database(reading: Reading) -> list[Check]:
    url = reading.values.get("DATABASE_URL")
    if url is None:
        return [_skipped("database"), _skipped("migrations")]
    path = sqlite_file(url)
    if path is not None and not path.exists():
        return _database_to_come(url)
    try:
        state = await migration_state(url)
    except Exception as error:  # whatever a driver raises is what the doctor is there to tell
        words = hide_secrets(str(error).partition("\n")[0]) or _kind(error)
        remedy = "Check that the database runs and that DATABASE_URL is right."
        failed = Check("database", "fail", f"{without_password(url)}: {words}", remedy)
        return [failed, _skipped("migrations", "database")]
    return [Check("database", "ok", without_password(url)), _migrations(state)]


async def migration_state(url: str) -> migrate.MigrationState:
    """Where the database stands and how far it could be; raises what its driver raises."""
    database = create_engine(url)
    try:
        async with asyncio.timeout(PATIENCE):
            return await migrate.state(database)
    finally:
        await database.dispose()


def _database_to_come(url: str) -> list[Check]:
    path = sqlite_file(url)
    assert path is not None
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        remedy = "Make the folder writable, or name another file in DATABASE_URL."
        failed = Check("database", "fail", f"{path} cannot be made in {folder}", remedy)
        return [failed, _skipped("migrations", "database")]
    return [
        Check("database", "ok", f"{path}, to be made at the first `rapport run`"),
        Check("migrations", "ok", "run at the first `rapport run`"),
    ]


def _migrations(state: migrate.MigrationState) -> Check:
    if state.up_to_date:
        return Check("migrations", "ok", f"at the newest, {state.newest}")
    found = f"at {state.current or 'none'}, the newest is {state.newest}"
    remedy = "Run `rapport db upgrade` (or a newer Rapport, if the database is ahead of this one)."
    return Check("migrations", "fail", found, remedy)


def _time_zones() -> Check:
    remedy = "Reinstall the dependencies: the package tzdata belongs to them."
    try:
        zoneinfo.ZoneInfo("America/Argentina/Buenos_Aires")
        found = f"tzdata {version('tzdata')}, {len(zoneinfo.available_timezones())} zones"
    except (zoneinfo.ZoneInfoNotFoundError, PackageNotFoundError) as error:
        return Check("time zones", "fail", f"no time-zone data ({_kind(error)})", remedy)
    return Check("time zones", "ok", found)


def _skipped(name: str, behind: str = "settings") -> Check:
    return Check(name, "skip", f"not looked at: {behind} first")


def _header(answer: AsyncSlackResponse, name: str) -> str | None:
    return next((text for key, text in answer.headers.items() if key.lower() == name), None)


def _kind(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else None
    return reason or type(error).__name__
