"""The doctor names what is wrong, one thing at a time, and says what to do about it."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.clock import SystemClock
from bot.doctor import as_json, examine, failed, lines
from bot.doctor_checks import Check
from bot.manifest import manifest
from bot.settings import read
from sandbox.clock import VirtualClock
from sandbox.server import APP_TOKEN, BOT_TOKEN, Sandbox
from storage import migrate
from storage.engine import create_engine
from tests.databases import fresh_postgres_database

NAMES = "settings, bot token, scopes, clock, app token, database, migrations, nudges, time zones"


@asynccontextmanager
async def running(app_manifest: dict[str, Any]) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(app_manifest)
    await sandbox.start()
    try:
        yield sandbox
    finally:
        await sandbox.stop()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running(manifest()) as sandbox:
        yield sandbox


@pytest.fixture
def environ(sandbox: Sandbox, tmp_path: Path) -> dict[str, str]:
    return environment(sandbox, tmp_path)


def environment(sandbox: Sandbox, folder: Path) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": sandbox.api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'rapport.db'}",
    }


async def look(environ: dict[str, str], apart: timedelta = timedelta(0)) -> dict[str, Check]:
    machine = VirtualClock(SystemClock().now() + apart)
    checks = await examine(read(environ, None), machine)
    assert ", ".join(dict.fromkeys(check.name for check in checks)) == NAMES
    shown = "\n".join(str(line) for line in lines(checks)) + as_json(checks)
    for token in (environ.get("SLACK_BOT_TOKEN"), environ.get("SLACK_APP_TOKEN")):
        assert not token or token not in shown
    return {check.name: check for check in checks}


def wrong(checks: dict[str, Check]) -> list[str]:
    return [name for name, check in checks.items() if check.status == "fail"]


async def test_all_is_well_before_the_first_run(environ: dict[str, str], tmp_path: Path) -> None:
    checks = await look(environ)
    assert {check.status for check in checks.values()} == {"ok", "skip"}
    assert [name for name, check in checks.items() if check.status == "skip"] == ["nudges"]
    assert "to be made" in checks["database"].found
    assert not list(tmp_path.iterdir()), "looking makes nothing"


async def test_the_sample_in_the_readme_is_what_it_prints(environ: dict[str, str]) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    sample = re.findall(r"^   (ok .*|- .*|All is well.*)$", readme, flags=re.MULTILINE)
    checks = await look(environ)
    printed = [str(line).strip() for line in lines(list(checks.values()))]
    # Names, places and counts are other ones on each machine.
    other = re.compile(r"\w+ in the workspace .*|\S*rapport\.db|\d{4}\.\d+|\d+ zones")
    assert [other.sub("", line) for line in sample] == [other.sub("", line) for line in printed]


async def test_all_is_well_with_a_database_at_the_newest_migration(environ: dict[str, str]) -> None:
    await migrate.upgrade(environ["DATABASE_URL"])
    checks = await look(environ)
    assert {check.status for check in checks.values()} == {"ok"}
    assert "at the newest" in checks["migrations"].found


async def test_a_missing_setting_is_named_and_the_rest_is_looked_at(
    environ: dict[str, str],
) -> None:
    del environ["SLACK_APP_TOKEN"]
    checks = await look(environ)
    assert wrong(checks) == ["settings"]
    assert "SLACK_APP_TOKEN is missing" in checks["settings"].found
    assert checks["bot token"].status == "ok"
    assert checks["app token"].status == "skip"


async def test_a_wrong_bot_token_is_named(environ: dict[str, str]) -> None:
    environ["SLACK_BOT_TOKEN"] = "xoxb-of-another-app"
    checks = await look(environ)
    assert wrong(checks) == ["bot token"]
    assert "invalid_auth" in checks["bot token"].found
    assert "OAuth & Permissions" in checks["bot token"].remedy


async def test_a_wrong_app_token_is_named(environ: dict[str, str]) -> None:
    environ["SLACK_APP_TOKEN"] = "xapp-of-another-app"
    checks = await look(environ)
    assert wrong(checks) == ["app token"]
    assert "App-Level Tokens" in checks["app token"].remedy


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        ("account_inactive", "install it again"),
        ("token_revoked", "install it again"),
        ("something_new", "Copy it again"),
    ],
)
async def test_each_refusal_has_its_remedy(
    sandbox: Sandbox, environ: dict[str, str], error: str, remedy: str
) -> None:
    sandbox.faults.next("auth.test", error=error)
    checks = await look(environ)
    assert wrong(checks) == ["bot token"]
    assert error in checks["bot token"].found
    assert remedy in checks["bot token"].remedy


async def test_an_app_token_without_its_scope_is_named(
    sandbox: Sandbox, environ: dict[str, str]
) -> None:
    sandbox.faults.next("apps.connections.open", error="missing_scope")
    checks = await look(environ)
    assert wrong(checks) == ["app token"]
    assert "connections:write" in checks["app token"].remedy


async def test_a_missing_scope_is_named(tmp_path: Path) -> None:
    older = manifest()
    older["oauth_config"]["scopes"]["bot"].remove("im:history")
    older["settings"]["event_subscriptions"]["bot_events"].remove("message.im")
    async with running(older) as sandbox:
        checks = await look(environment(sandbox, tmp_path))
    assert wrong(checks) == ["scopes"]
    assert checks["scopes"].found == "missing im:history"
    assert "reinstall" in checks["scopes"].remedy


async def test_a_server_that_does_not_answer_is_named(environ: dict[str, str]) -> None:
    environ["SLACK_API_URL"] = "http://127.0.0.1:1/api/"
    checks = await look(environ)
    assert wrong(checks) == ["bot token", "app token"]
    assert "127.0.0.1:1" in checks["bot token"].found


async def test_a_server_that_is_not_slack_is_named(
    sandbox: Sandbox, environ: dict[str, str]
) -> None:
    environ["SLACK_API_URL"] = f"{sandbox.url}/nowhere/"
    checks = await look(environ)
    assert wrong(checks) == ["bot token", "app token"]
    assert "SLACK_API_URL" in checks["bot token"].remedy


async def test_a_trouble_on_slacks_side_is_named(sandbox: Sandbox, environ: dict[str, str]) -> None:
    sandbox.faults.next("auth.test", status=503)
    checks = await look(environ)
    assert wrong(checks) == ["bot token"]
    assert "try again" in checks["bot token"].remedy


async def test_several_malformed_settings_have_a_line_each(environ: dict[str, str]) -> None:
    del environ["SLACK_APP_TOKEN"]
    environ |= {"LOG_LEVEL": "loud", "DATABASE_URL": "mysql://x"}
    checks = await examine(read(environ, None), SystemClock())
    told = [check.found.split()[0] for check in checks if check.name == "settings"]
    assert told == ["SLACK_APP_TOKEN", "DATABASE_URL", "LOG_LEVEL"]
    assert str(lines(checks)[-1]).strip().startswith("3 to put right")


async def test_a_proxy_is_taken_where_the_bot_takes_it(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What run can reach, the doctor can: this machine is reached without a proxy."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    assert wrong(await look(environ)) == []


async def test_a_file_behind_the_newest_migration_is_no_trouble(
    environ: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "rapport.db").touch()
    checks = await look(environ)
    assert wrong(checks) == []
    assert checks["migrations"].status == "warn"
    assert "brings it up to date" in checks["migrations"].remedy


async def test_a_server_behind_the_newest_migration_is_named(
    environ: dict[str, str], postgres_url: str
) -> None:
    with fresh_postgres_database(postgres_url) as url:
        environ["DATABASE_URL"] = url
        checks = await look(environ)
    assert wrong(checks) == ["migrations"]
    assert "rapport db upgrade" in checks["migrations"].remedy


async def test_a_database_ahead_of_this_version_is_named(environ: dict[str, str]) -> None:
    await ahead(environ["DATABASE_URL"])
    checks = await look(environ)
    assert wrong(checks) == ["migrations"]
    assert "9999" in checks["migrations"].found
    assert "Rapport itself" in checks["migrations"].remedy


async def ahead(url: str) -> None:
    """Let a newer version have been there."""
    await migrate.upgrade(url)
    engine = create_engine(url)
    async with engine.execution_options(writes=True).begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()


async def test_a_folder_is_no_database(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "rapport.db").mkdir()
    checks = await look(environ)
    assert wrong(checks) == ["database"]
    assert "it is a folder" in checks["database"].found


async def test_a_file_that_is_no_database_is_named(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "rapport.db").write_text("This is a letter, not a database. " * 100)
    checks = await look(environ)
    assert wrong(checks) == ["database"]
    assert "not a database" in checks["database"].found


async def test_a_folder_that_cannot_hold_the_database_is_named(
    environ: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "letter").write_text("not a folder")
    environ["DATABASE_URL"] = f"sqlite:///{tmp_path}/letter/rapport.db"
    assert wrong(await look(environ)) == ["database"]


async def test_a_database_server_that_is_away_is_named_without_its_password(
    environ: dict[str, str],
) -> None:
    environ["DATABASE_URL"] = "postgresql://rapport:Secret@127.0.0.1:1/rapport"
    checks = await look(environ)
    assert wrong(checks) == ["database"]
    assert "postgresql://127.0.0.1:1/rapport" in checks["database"].found
    assert "Secret" not in as_json(list(checks.values()))


async def test_a_clock_that_is_wrong_is_pointed_out(environ: dict[str, str]) -> None:
    assert (await look(environ, timedelta(seconds=50)))["clock"].status == "ok"
    checks = await look(environ, timedelta(minutes=-5))
    assert checks["clock"].status == "warn"
    assert "NTP" in checks["clock"].remedy
    assert not wrong(checks)


async def test_a_sandboxes_clock_is_pointed_out(sandbox: Sandbox, environ: dict[str, str]) -> None:
    environ["RAPPORT_CLOCK_URL"] = f"{sandbox.url}/clock"
    checks = await look(environ)
    assert checks["settings"].status == "warn"


async def test_a_sandboxes_clock_that_is_silent_is_named(environ: dict[str, str]) -> None:
    environ["RAPPORT_CLOCK_URL"] = "http://127.0.0.1:1/clock"
    checks = await look(environ)
    assert wrong(checks) == ["settings"]
    assert "No clock answers at http://127.0.0.1:1/clock" in checks["settings"].found
    assert "RAPPORT_CLOCK_URL" in checks["settings"].remedy


def test_each_check_is_one_line_and_the_last_line_sums_up() -> None:
    checks = [
        Check("settings", "ok", "complete"),
        Check("bot token", "fail", "Slack answers invalid_auth", "Copy it again."),
    ]
    assert [str(line) for line in lines(checks)] == [
        "ok    settings    complete",
        "WRONG bot token   Slack answers invalid_auth. Copy it again.",
        "\n1 to put right, then look again: rapport doctor",
    ]
    assert failed(checks)
    assert json.loads(as_json(checks))["ok"] is False
    assert str(lines(checks[:1])[-1]).strip() == "All is well. Start it with: rapport run"
