"""Logs for people who run the bot: events, ids and counts, never what a member wrote."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

# The last defence: no code logs these on purpose.
PERSONAL_KEYS = frozenset(
    {"name", "real_name", "display_name", "user_name", "first_name", "last_name", "email"}
    | {"company", "title", "profile", "link", "place", "note", "notes", "text", "message"}
    | {"takeaway", "answer", "advice", "promise", "draft"}
    | {"body", "payload", "values", "state", "view", "blocks", "params", "parameters"}
)
_TOKEN = re.compile(r"(xox[a-z]|xapp)(\.xox[a-z])?-[\w.-]+|(?<=ticket=)[\w-]+")
_PASSWORD = re.compile(r"(?<=://)[^/@\s]+@")
# They log whole requests at DEBUG and, some of them, at INFO.
_QUIET = (
    *("aiohttp", "aiosqlite", "alembic", "apscheduler", "asyncio", "asyncpg"),
    *("slack_bolt", "slack_sdk", "sqlalchemy", "tzlocal", "uvicorn", "websockets"),
)


def configure(
    level: str = "INFO", log_format: str = "console", stream: TextIO | None = None
) -> None:
    """Send structlog's and the standard library's logs to `stream` (standard error if None).

    `log_format` is "console" for people or "json" for machines, one event a line either way,
    except that a console shows an exception's frames below its event.
    """
    stream = sys.stderr if stream is None else stream
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, _without_details],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _exception_without_its_words,
            drop_personal,
            *_renderers(log_format, colors=stream.isatty()),
        ],
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.getLogger("slack_bolt.AsyncApp").addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    """Bolt finds SLACK_BOT_TOKEN in the environment by itself, and warns that it is not used."""
    return "`token` will be unused" not in record.getMessage()


def drop_personal(logger: Any, method: str, event: EventDict) -> EventDict:
    """Take out what no log may hold: known personal keys, tokens, passwords in addresses."""
    return {
        key: _masked(value, depth=0) for key, value in event.items() if key not in PERSONAL_KEYS
    }


def hide_secrets(text: str) -> str:
    """The text with every Slack token, ticket and address password replaced."""
    return _PASSWORD.sub("…@", _TOKEN.sub("(hidden)", text))


def _masked(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return hide_secrets(value)
    if isinstance(value, int | float | None):
        return value
    if depth > 3:
        return "(left out)"
    if isinstance(value, MutableMapping):
        return {
            key: _masked(inner, depth + 1)
            for key, inner in value.items()
            if key not in PERSONAL_KEYS
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(inner, depth + 1) for inner in value]
    return hide_secrets(str(value))


def _without_details(logger: Any, method: str, event: EventDict) -> EventDict:
    """Libraries quote an exception's words in their messages; its kind is logged anyway."""
    first_line = str(event["event"]).partition("\n")[0]
    event["event"] = first_line.partition(" (error: ")[0]
    return event


def _exception_without_its_words(logger: Any, method: str, event: EventDict) -> EventDict:
    """Keep an exception's kinds and frames: its message may quote what a member typed."""
    information = event.pop("exc_info", None)
    if information is True:
        information = sys.exc_info()
    if isinstance(information, BaseException):
        information = (type(information), information, information.__traceback__)
    if isinstance(information, tuple) and information[1] is not None:
        event["exception"] = _chain(information[1])
    return event


def _chain(error: BaseException) -> list[str]:
    """The exception and those behind it, each as "Kind at file:line in function < caller …"."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"{_kind(current)} at {_frames(current.__traceback__)}")
        lines.extend(
            inner for member in getattr(current, "exceptions", ()) for inner in _chain(member)
        )
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )
    return lines


def _kind(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, OSError) and error.strerror:
        return f"{kind} [{error.errno}]"
    response = getattr(error, "response", None)
    code = response.get("error") if response is not None and hasattr(response, "get") else None
    return f"{kind} [{code}]" if isinstance(code, str) and re.fullmatch(r"\w+", code) else kind


def _frames(trace: TracebackType | None, most: int = 12) -> str:
    frames = traceback.extract_tb(trace)[-most:]
    return " < ".join(
        f"{Path(frame.filename).parent.name}/{Path(frame.filename).name}:{frame.lineno} "
        f"in {frame.name}"
        for frame in reversed(frames)
    )


def _renderers(log_format: str, *, colors: bool) -> list[Processor]:
    if log_format == "json":
        return [structlog.processors.JSONRenderer(ensure_ascii=False)]
    return [_exception_below, structlog.dev.ConsoleRenderer(colors=colors)]


def _exception_below(logger: Any, method: str, event: EventDict) -> EventDict:
    if isinstance(event.get("exception"), list):
        event["exception"] = "\n".join(f"    {line}" for line in event["exception"])
    return event
