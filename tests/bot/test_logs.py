"""Logs say what happened and to which id, never what a member wrote."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from slack_sdk.errors import SlackApiError

from bot.logs import configure


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_of_json_with_its_ids(stream: io.StringIO) -> None:
    configure("INFO", "json", stream)
    structlog.get_logger("bot.delivery").info("nudge_sent", nudge_id=7)
    [line] = lines(stream)
    assert line["event"] == "nudge_sent"
    assert line["nudge_id"] == 7
    assert line["level"] == "info"
    assert line["logger"] == "bot.delivery"
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_what_a_member_wrote_and_every_secret_stay_out(
    stream: io.StringIO, log_format: str
) -> None:
    configure("INFO", log_format, stream)
    log = structlog.get_logger("bot.test")
    log.info("saved", name="Ada Brook", note="Ada Brook", inner={"text": "Ada Brook", "id": 3})
    log.info("tokens", detail="xoxb-1-Secret xapp-1-Secret wss://w/?ticket=Secret-1")
    log.info("database", detail="postgresql+asyncpg://rapport:Secret@db.example/rapport")
    try:
        raise ValueError("Ada Brook")
    except ValueError as inner:
        try:
            raise RuntimeError("Ada Brook") from inner
        except RuntimeError as error:
            log.exception("listener_failed", reference="R1")
            logging.getLogger("slack_bolt").exception("Failed (error: Ada Brook)")
            logging.getLogger("asyncio").error("Never retrieved\nAda Brook", exc_info=error)
    written = stream.getvalue()
    assert "Ada Brook" not in written
    assert "Secret" not in written
    assert "RuntimeError" in written
    assert "ValueError" in written
    assert "test_logs.py" in written


def test_slacks_error_code_is_kept(stream: io.StringIO) -> None:
    configure("INFO", "json", stream)
    answer = {"ok": False, "error": "channel_not_found"}
    error = SlackApiError("Ada Brook", answer)  # type: ignore[no-untyped-call]  # slack_sdk's
    structlog.get_logger("bot.test").error("refused", exc_info=error)
    [line] = lines(stream)
    assert "[channel_not_found]" in line["exception"][0]


def test_libraries_never_log_below_warning(stream: io.StringIO) -> None:
    """slack_bolt and slack_sdk log whole requests at DEBUG."""
    configure("DEBUG", "json", stream)
    for name in ("slack_bolt.App", "slack_sdk.web.async_client", "sqlalchemy.engine", "aiohttp"):
        logging.getLogger(name).info("Ada Brook")
        logging.getLogger(name).warning("trouble")
    assert [line["event"] for line in lines(stream)] == ["trouble"] * 4


def test_the_level_holds(stream: io.StringIO) -> None:
    configure("WARNING", "json", stream)
    log = structlog.get_logger("bot.test")
    log.info("quiet")
    log.warning("heard")
    assert [line["event"] for line in lines(stream)] == ["heard"]
