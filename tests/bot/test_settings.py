"""Settings are read once, checked all together, and never give a token away."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.settings import (
    HTTP,
    Settings,
    SettingsError,
    can_open_a_browser,
    data_folder,
    read,
)
from storage.urls import normalised, sqlite_file, sqlite_url, without_password

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1-abc", "SLACK_APP_TOKEN": "xapp-1-A0-def"}


def problems_of(environ: dict[str, str], env_file: Path | None = None) -> dict[str, str]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(environ, env_file)
    return caught.value.problems


def test_two_tokens_are_enough() -> None:
    settings = Settings.from_environment({**TOKENS, "XDG_DATA_HOME": "/data"}, None)
    assert settings.slack_bot_token == "xoxb-1-abc"
    assert settings.slack_app_token == "xapp-1-A0-def"
    assert settings.slack_signing_secret == ""
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database_url.endswith("rapport.db")
    assert (settings.log_level, settings.log_format) == ("INFO", "console")
    assert settings.command_prefix == ""
    assert settings.rapport_clock_url is None
    assert (settings.metrics_port, settings.metrics_host) == (None, "127.0.0.1")


def test_everything_that_is_missing_or_malformed_is_named_at_once_with_where_to_find_it() -> None:
    problems = problems_of(
        {"SLACK_BOT_TOKEN": "xapp-1-oops", "DATABASE_URL": "mysql://x", "LOG_LEVEL": "loud"}
    )
    assert set(problems) == {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DATABASE_URL", "LOG_LEVEL"}
    assert "begins with xapp-" in problems["SLACK_BOT_TOKEN"]
    assert "OAuth & Permissions" in problems["SLACK_BOT_TOKEN"]
    assert problems["SLACK_APP_TOKEN"].startswith("is missing. Make one at api.slack.com/apps")


def test_no_message_and_no_repr_holds_a_secret() -> None:
    secret = "Zm9vYmFyc2VjcmV0"
    settings = Settings.from_environment(
        {
            "SLACK_BOT_TOKEN": f"xoxb-{secret}",
            "SLACK_APP_TOKEN": f"xapp-{secret}",
            "SLACK_SIGNING_SECRET": secret,
            "DATABASE_URL": f"postgresql://rapport:{secret}@db.example/rapport",
        },
        None,
    )
    assert secret not in repr(settings)
    assert secret not in str(settings)
    malformed = {
        "SLACK_BOT_TOKEN": f"xoxp-{secret}",
        "SLACK_APP_TOKEN": f"{secret} ",
        "SLACK_SIGNING_SECRET": f"{secret}!",
        "DATABASE_URL": f"oracle://rapport:{secret}@db.example/rapport",
        "SLACK_API_URL": f"ftp://{secret}",
    }
    assert len(problems_of(malformed)) == len(malformed)
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(malformed, None)
    assert secret not in str(caught.value)
    assert secret not in repr(caught.value)
    assert secret not in repr(read(malformed, None))


def test_the_environment_wins_over_the_file_and_the_command_line_over_both(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text(
        'SLACK_BOT_TOKEN="xoxb-file"\n'
        "export SLACK_APP_TOKEN=xapp-file  # from Basic Information\n"
        "LOG_LEVEL=debug\nLOG_FORMAT=\n"
    )
    settings = Settings.from_environment(
        {"SLACK_BOT_TOKEN": "xoxb-environment", "SLACK_APP_TOKEN": ""},
        env_file,
        overrides={"LOG_LEVEL": "error"},
    )
    assert settings.slack_bot_token == "xoxb-environment"
    assert settings.slack_app_token == "xapp-file"
    assert settings.log_level == "ERROR"
    assert settings.log_format == "console"


def test_a_file_saved_by_another_editor_is_read_or_named(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_bytes(b"\xef\xbb\xbfSLACK_BOT_TOKEN=xoxb-1\r\nSLACK_APP_TOKEN=xapp-1\r\n")
    assert Settings.from_environment({}, env_file).slack_bot_token == "xoxb-1"
    env_file.write_bytes("SLACK_BOT_TOKEN=xoxb-1".encode("utf-16"))
    assert "UTF-8" in problems_of({}, env_file)[str(env_file)]


def test_http_needs_the_signing_secret_instead_of_the_app_token() -> None:
    over_http = {"SLACK_BOT_TOKEN": "xoxb-1", "TRANSPORT": "HTTP"}
    assert set(problems_of(over_http)) == {"SLACK_SIGNING_SECRET"}
    settings = Settings.from_environment({**over_http, "SLACK_SIGNING_SECRET": "0af1"}, None)
    assert (settings.transport, settings.http_host, settings.http_port) == (HTTP, "127.0.0.1", 3000)
    assert settings.http_stop_lead == 3
    assert "from 0 to 60" in problems_of({**over_http, "HTTP_STOP_LEAD": "61"})["HTTP_STOP_LEAD"]
    assert "from 0 to 60" in problems_of({**over_http, "HTTP_STOP_LEAD": "-1"})["HTTP_STOP_LEAD"]
    assert "socket, http" in problems_of({**over_http, "TRANSPORT": "pigeon"})["TRANSPORT"]


def test_a_prefix_that_slack_would_refuse_is_named() -> None:
    settings = Settings.from_environment({**TOKENS, "COMMAND_PREFIX": "team-"}, None)
    assert settings.command_prefix == "team-"
    problems = problems_of({**TOKENS, "COMMAND_PREFIX": "Team "})
    assert "--prefix" in problems["COMMAND_PREFIX"]


@pytest.mark.parametrize(("written", "pace"), [("0", 0), ("0120", 120), ("6000", 6000)])
def test_a_pace_is_a_number_of_messages_a_minute(written: str, pace: int) -> None:
    assert Settings.from_environment(TOKENS, None).messages_a_minute == 300
    settings = Settings.from_environment({**TOKENS, "MESSAGES_A_MINUTE": written}, None)
    assert settings.messages_a_minute == pace


@pytest.mark.parametrize("written", ["6001", "-1", "1.5", "fast", "99999", "²"])
def test_a_pace_that_is_none_is_named(written: str) -> None:
    problems = problems_of({**TOKENS, "MESSAGES_A_MINUTE": written})
    assert "from 0 to 6000" in problems["MESSAGES_A_MINUTE"]


def test_metrics_are_served_where_the_operator_says() -> None:
    environ = {**TOKENS, "METRICS_PORT": "09464", "METRICS_HOST": "::1"}
    settings = Settings.from_environment(environ, None)
    assert (settings.metrics_port, settings.metrics_host) == (9464, "::1")


@pytest.mark.parametrize("written", ["0", "65536", "-1", "9464x", "１", "yes"])
def test_a_port_that_there_is_not_is_named(written: str) -> None:
    problems = problems_of({**TOKENS, "METRICS_PORT": written})
    assert "1 to 65535" in problems["METRICS_PORT"]


@pytest.mark.parametrize("written", ["localhost", "127.0.0.256", "127.0.0.1:9464"])
def test_a_place_that_is_no_ip_address_is_named(written: str) -> None:
    assert "127.0.0.1" in problems_of({**TOKENS, "METRICS_HOST": written})["METRICS_HOST"]


def test_limits_and_facilitators_are_read_however_they_are_separated() -> None:
    written = {
        "NUMBER_LIMITS": "in_touch_days=60-180, follow_ups=0-2",
        "FACILITATORS": "U123, w456;U123",
    }
    settings = Settings.from_environment({**TOKENS, **written}, None)
    assert settings.number_limits == {"follow_ups": (0, 2), "in_touch_days": (60, 180)}
    assert settings.facilitators == {"U123", "W456"}
    settings = Settings.from_environment(TOKENS, None)
    assert (settings.number_limits, settings.facilitators) == ({}, frozenset())


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("follow_ups=0-4", "follow_ups may be 0-3 at the widest."),
        ("folow_ups=0-2", "did you mean follow_ups?"),
        ("colour=1-2", "there are other_person_business_days,"),
        ("follow_ups", "follow_ups needs the least and the most, such as 0-3."),
        ("follow_ups=2-1", "needs the least and the most"),
        ("follow_ups=0-1 follow_ups=0-2", "stands there twice."),
        ("their_promise_days=0-9 unprepared_days=x", "3-30 at the widest. unprepared_days needs"),
    ],
)
def test_limits_that_cannot_be_are_named_all_at_once(written: str, says: str) -> None:
    assert says in problems_of({**TOKENS, "NUMBER_LIMITS": written})["NUMBER_LIMITS"]


@pytest.mark.parametrize("written", ["@ada", "U123,ada.brook", "C123", ",", "U1 <@U2>"])
def test_a_facilitator_who_is_no_member_id_is_named_with_where_to_find_it(written: str) -> None:
    assert "Copy member ID" in problems_of({**TOKENS, "FACILITATORS": written})["FACILITATORS"]


def test_a_typing_slip_in_a_name_is_pointed_out(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("SLACK_BOT_TOKN=xoxb-1\n")
    assert "There is a SLACK_BOT_TOKN" in problems_of({}, env_file)["SLACK_BOT_TOKEN"]


def test_settings_do_not_change() -> None:
    settings = Settings.from_environment(TOKENS, None)
    with pytest.raises(FrozenInstanceError):
        settings.log_level = "DEBUG"  # type: ignore[misc]  # that is what the test is about


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:///rapport.db", "sqlite+aiosqlite:///rapport.db"),
        ("sqlite:////var/lib/rapport.db", "sqlite+aiosqlite:////var/lib/rapport.db"),
        ("postgres://u:p@db/rapport", "postgresql+asyncpg://u:p@db/rapport"),
        ("postgresql://u:p%40@db:5433/r", "postgresql+asyncpg://u:p%40@db:5433/r"),
        ("postgresql:///rapport?host=/run/pg", "postgresql+asyncpg:///rapport?host=%2Frun%2Fpg"),
        ("postgres://db/r?sslmode=require", "postgresql+asyncpg://db/r?ssl=require"),
        ("postgresql+asyncpg://db/r", "postgresql+asyncpg://db/r"),
    ],
)
def test_database_addresses_are_brought_to_the_driver_in_use(written: str, used: str) -> None:
    assert normalised(written).replace("%2F", "/") == used.replace("%2F", "/")


@pytest.mark.parametrize(
    "written",
    [
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "postgres://db",
        "postgres://db:port/r",
        "postgresql+psycopg2://db/r",
        "postgresql+psycopg://db/r",
        "mysql://db/r",
        "rapport.db",
    ],
)
def test_a_database_that_cannot_keep_anything_is_refused(written: str) -> None:
    assert "DATABASE_URL" in problems_of({**TOKENS, "DATABASE_URL": written})


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("http://127.0.0.1:4390/api", "http://127.0.0.1:4390/api/"),
        ("https://slack.example/api/", "https://slack.example/api/"),
    ],
)
def test_the_api_address_ends_in_a_slash(written: str, used: str) -> None:
    assert (
        Settings.from_environment({**TOKENS, "SLACK_API_URL": written}, None).slack_api_url == used
    )


@pytest.mark.parametrize("written", ["slack.com/api", "https://", "http://a b/", "http://a:x/"])
def test_a_malformed_api_address_is_named(written: str) -> None:
    assert "SLACK_API_URL" in problems_of({**TOKENS, "SLACK_API_URL": written})


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {"HOME": "/home/ada"}, "/home/ada/.local/share/rapport"),
        ("linux", {"HOME": "/home/ada", "XDG_DATA_HOME": "/data"}, "/data/rapport"),
        ("darwin", {"HOME": "/Users/ada"}, "/Users/ada/Library/Application Support/rapport"),
        ("win32", {"HOME": "/u", "LOCALAPPDATA": "/u/Local"}, "/u/Local/rapport"),
    ],
)
def test_the_data_folder_follows_the_system(
    platform: str, environ: dict[str, str], folder: str
) -> None:
    assert data_folder(environ, platform) == Path(folder)


def test_a_file_of_any_name_is_found_again(tmp_path: Path) -> None:
    for name in ("a b.db", "100%25.db", "a#b?c.db", "Ä.db"):
        assert sqlite_file(sqlite_url(tmp_path / name)) == tmp_path / name
        assert make_url(sqlite_url(tmp_path / name)).database == str(tmp_path / name)


def test_an_address_is_shown_without_its_password() -> None:
    shown = without_password("postgresql+asyncpg://rapport:secret@db.example:5432/rapport")
    assert shown == "postgresql://db.example:5432/rapport"
    assert without_password("sqlite+aiosqlite:////var/lib/rapport.db") == "/var/lib/rapport.db"


def test_a_browser_is_not_opened_where_nobody_looks_at_the_screen() -> None:
    assert not can_open_a_browser({"CI": "true", "DISPLAY": ":0"})
    assert not can_open_a_browser({"SSH_CONNECTION": "a b", "DISPLAY": ":0"})
