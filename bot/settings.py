"""The settings: read once from the environment and `.env`, checked, and never changed again.

This is the only file that reads the environment.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values

from bot import settings_checks as checks
from bot.manifest import checked_prefix
from bot.pace import MESSAGES_A_MINUTE, checked_pace
from domain.limits import Limits, read_limits
from storage.urls import normalised, sqlite_url

ENV_FILE = Path(".env")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOG_FORMATS = ("console", "json")
SOCKET, HTTP = "socket", "http"
TRANSPORTS = (SOCKET, HTTP)
HTTP_PORT = 3000
# Seconds: a load balancer that asks /readyz every second or two has noticed by then.
HTTP_STOP_LEAD = 3


class SettingsError(Exception):
    """Everything that is missing or malformed in the settings, one line each."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        lines = [f"  {name}: {problem}" for name, problem in self.problems.items()]
        super().__init__("\n".join(["These settings need a look:", *lines]))


@dataclass(frozen=True)
class Settings:
    """What the program was told. Secrets stay out of its `repr`."""

    slack_bot_token: str = field(repr=False)
    database_url: str = field(repr=False)
    # For the one transport this, for the other that.
    slack_app_token: str = field(default="", repr=False)
    slack_signing_secret: str = field(default="", repr=False)
    transport: str = SOCKET
    http_host: str = "127.0.0.1"
    http_port: int = HTTP_PORT
    http_stop_lead: int = HTTP_STOP_LEAD
    slack_api_url: str = "https://slack.com/api/"
    command_prefix: str = ""
    messages_a_minute: int = MESSAGES_A_MINUTE
    number_limits: Limits = field(default_factory=dict)
    facilitators: frozenset[str] = frozenset()
    log_level: str = "INFO"
    log_format: str = "console"
    metrics_port: int | None = None
    metrics_host: str = "127.0.0.1"
    rapport_clock_url: str | None = None

    @classmethod
    def from_environment(
        cls,
        environ: Mapping[str, str] | None = None,
        env_file: Path | None = ENV_FILE,
        overrides: Mapping[str, str] | None = None,
        defaults: Mapping[str, str] | None = None,
    ) -> Settings:
        """Read the settings: `overrides` win over the environment, that over `.env`.

        `defaults` hold where none of the three says anything.
        Raises SettingsError, which names everything that is missing or malformed at once.
        """
        reading = read(environ, env_file, overrides, defaults)
        if reading.problems:
            raise SettingsError(reading.problems)
        values = reading.values
        return cls(
            slack_bot_token=values["SLACK_BOT_TOKEN"],
            database_url=values["DATABASE_URL"],
            slack_app_token=values.get("SLACK_APP_TOKEN", ""),
            slack_signing_secret=values.get("SLACK_SIGNING_SECRET", ""),
            transport=values["TRANSPORT"],
            http_host=values["HTTP_HOST"],
            http_port=int(values["HTTP_PORT"]),
            http_stop_lead=int(values["HTTP_STOP_LEAD"]),
            slack_api_url=values["SLACK_API_URL"],
            command_prefix=values["COMMAND_PREFIX"],
            messages_a_minute=int(values["MESSAGES_A_MINUTE"]),
            number_limits=read_limits(limits) if (limits := values.get("NUMBER_LIMITS")) else {},
            facilitators=frozenset(values.get("FACILITATORS", "").split()),
            log_level=values["LOG_LEVEL"],
            log_format=values["LOG_FORMAT"],
            metrics_port=int(values["METRICS_PORT"]) if "METRICS_PORT" in values else None,
            metrics_host=values["METRICS_HOST"],
            rapport_clock_url=values.get("RAPPORT_CLOCK_URL"),
        )


@dataclass(frozen=True)
class Reading:
    """The settings that are sound, and what is wrong with the others, by variable name."""

    values: dict[str, str] = field(repr=False)
    problems: dict[str, str]


@dataclass(frozen=True)
class Variable:
    """One environment variable: how to check it, where to find it, what holds without it."""

    check: Callable[[str], str]  # gives the value in its normal form, or raises ValueError
    where: str = ""
    required: bool = False
    # The one transport that cannot do without it.
    required_for: str | None = None
    default: Callable[[Mapping[str, str]], str] | None = None


def read(
    environ: Mapping[str, str] | None = None,
    env_file: Path | None = ENV_FILE,
    overrides: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
) -> Reading:
    """Read and check every variable, without stopping at the first that is wrong."""
    environ = os.environ if environ is None else environ
    problems: dict[str, str] = {}
    try:
        from_file = _read_file(env_file)
    except (OSError, UnicodeDecodeError) as error:
        from_file = {}
        problems[str(env_file)] = f"cannot be read ({_reason(error)}); save it as plain UTF-8 text."
    given = {**(defaults or {}), **from_file, **_filled_in(environ), **_filled_in(overrides or {})}
    values: dict[str, str] = {}
    for name, variable in VARIABLES.items():
        try:
            value = _value(name, variable, given, environ)
        except ValueError as error:
            problems[name] = f"{error} {variable.where}".strip()
        else:
            if value is not None:
                values[name] = value
    return Reading(values, problems)


def database_url(written: str | None = None) -> str:
    """The database alone, for what needs no Slack: `written`, else DATABASE_URL, else the default.

    Raises SettingsError if it is malformed.
    """
    reading = read(overrides={"DATABASE_URL": written} if written else None)
    if "DATABASE_URL" not in reading.values:
        raise SettingsError({"DATABASE_URL": reading.problems["DATABASE_URL"]})
    return reading.values["DATABASE_URL"]


def can_open_a_browser(environ: Mapping[str, str] | None = None) -> bool:
    """Whether a person sits before this machine's screen, as far as the environment tells."""
    environ = os.environ if environ is None else environ
    if environ.get("CI") or environ.get("SSH_CONNECTION"):
        return False
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def data_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """The folder where this person's programs keep their data; it may not exist yet."""
    home = Path(environ.get("HOME") or Path.home())
    if platform == "darwin":
        return home / "Library" / "Application Support" / "rapport"
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "rapport"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "rapport"


def _read_file(env_file: Path | None) -> dict[str, str]:
    if env_file is None or not env_file.exists():
        return {}
    with env_file.open(encoding="utf-8-sig") as stream:
        return _filled_in(dotenv_values(stream=stream, interpolate=False))


def _filled_in(source: Mapping[str, str | None]) -> dict[str, str]:
    """What has a value: `NAME=` with nothing behind it counts as not set."""
    return {name: value.strip() for name, value in source.items() if value and value.strip()}


def _value(
    name: str, variable: Variable, given: Mapping[str, str], environ: Mapping[str, str]
) -> str | None:
    if name in given:
        return variable.check(given[name])
    if variable.required or variable.required_for == given.get("TRANSPORT", SOCKET).casefold():
        raise ValueError(f"is missing.{_near_miss(name, given)}")
    return variable.default(environ) if variable.default else None


def _near_miss(name: str, given: Mapping[str, str]) -> str:
    unknown = [other for other in given if other not in VARIABLES]
    near = get_close_matches(name, unknown, n=1, cutoff=0.8)
    return f" There is a {near[0]}: is that a typing slip?" if near else ""


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return (error.strerror or "unknown reason") if isinstance(error, OSError) else "not UTF-8"


VARIABLES: dict[str, Variable] = {
    "SLACK_BOT_TOKEN": Variable(
        checks.token("xoxb"),
        where="Find it at api.slack.com/apps, your app, OAuth & Permissions: Bot User OAuth Token.",
        required=True,
    ),
    "SLACK_APP_TOKEN": Variable(
        checks.token("xapp"),
        where="Make one at api.slack.com/apps, your app, Basic Information, App-Level Tokens, "
        "with the scope connections:write.",
        required_for=SOCKET,
    ),
    "TRANSPORT": Variable(checks.one_of(TRANSPORTS), default=lambda environ: SOCKET),
    "SLACK_SIGNING_SECRET": Variable(
        checks.secret,
        where="Find it at api.slack.com/apps, your app, Basic Information, App Credentials.",
        required_for=HTTP,
    ),
    "HTTP_HOST": Variable(
        checks.ip_address,
        where="Leave it out to be reached from this machine only, as by a proxy.",
        default=lambda environ: "127.0.0.1",
    ),
    "HTTP_PORT": Variable(checks.port, default=lambda environ: str(HTTP_PORT)),
    "HTTP_STOP_LEAD": Variable(
        checks.lead,
        where="Leave it out for a few seconds.",
        default=lambda environ: str(HTTP_STOP_LEAD),
    ),
    "SLACK_API_URL": Variable(checks.http_url, default=lambda environ: "https://slack.com/api/"),
    "DATABASE_URL": Variable(
        normalised,
        where="Leave it out to use a file in your data folder.",
        default=lambda environ: sqlite_url(data_folder(environ) / "rapport.db"),
    ),
    "COMMAND_PREFIX": Variable(
        checked_prefix,
        where="Write what you gave to rapport manifest --prefix, such as team-",
        default=lambda environ: "",
    ),
    "MESSAGES_A_MINUTE": Variable(
        checked_pace,
        where="Leave it out for what Slack's limits allow.",
        default=lambda environ: str(MESSAGES_A_MINUTE),
    ),
    "NUMBER_LIMITS": Variable(
        checks.number_limits,
        where="Write the least and the most of each, such as follow_ups=0-2 in_touch_days=60-180",
    ),
    "FACILITATORS": Variable(
        checks.slack_users,
        where="Write Slack's member IDs, such as U0123ABCD,U0456EFGH: in a profile, ⋮, "
        "Copy member ID.",
    ),
    "LOG_LEVEL": Variable(checks.one_of(LOG_LEVELS), default=lambda environ: "INFO"),
    "LOG_FORMAT": Variable(checks.one_of(LOG_FORMATS), default=lambda environ: "console"),
    "METRICS_PORT": Variable(checks.port, where="Leave it out to serve no metrics."),
    "METRICS_HOST": Variable(
        checks.ip_address,
        where="Leave it out to serve metrics to this machine only.",
        default=lambda environ: "127.0.0.1",
    ),
    "RAPPORT_CLOCK_URL": Variable(checks.http_url, where="Only for trying against a sandbox."),
}
