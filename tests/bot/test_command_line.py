"""The command line as a person meets it: what it prints, and the exit status it leaves."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from importlib.metadata import version
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.__main__ import main
from bot.manifest import manifest
from bot.settings import VARIABLES
from tests.databases import fresh_postgres_database

ROOT = Path(__file__).parents[2]
COMMANDS = ["run", "sandbox", "doctor", "manifest", "db", "db upgrade", "db state"]
COMMANDS += ["nudges", "nudges retry-failed"]


class Shell:
    """A shell in an empty folder, with nothing set but what a test sets."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {"HOME": str(folder), "PYTHONPATH": str(ROOT), "PATH": "", "COLUMNS": "100"}

    def asked(self, line: str) -> subprocess.CompletedProcess[str]:
        """Run a command that only looks or prints in this process: it starts in no time."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.chdir(self.folder)
            patch.setattr(sys, "argv", ["rapport", *line.split()])
            patch.setattr(os, "environ", {**self.environ})
            with pytest.raises(SystemExit) as left:
                main()
        status = left.value.code or 0
        assert isinstance(status, int)
        return subprocess.CompletedProcess(line, status, out.getvalue(), err.getvalue())

    def rapport(self, line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *line.split()],
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @contextmanager
    def running(self, line: str) -> Iterator[subprocess.Popen[str]]:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", *line.split()],
            cwd=self.folder,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def address_of(process: subprocess.Popen[str]) -> str:
    """The address that the sandbox prints, once it listens."""
    assert process.stdout
    for line in process.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    raise AssertionError(process.stderr.read() if process.stderr else "no address")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_the_screen_and_names_its_program(shell: Shell, command: str) -> None:
    shown = shell.rapport(f"{command} --help")
    assert shown.returncode == 0
    assert shown.stderr == ""
    assert "Usage:" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 100


def test_help_lists_every_command(shell: Shell) -> None:
    shown = shell.rapport("--help").stdout
    for command in COMMANDS:
        assert re.search(rf"│ {command.split()[0]}\s+\w", shown), command


def test_the_version_is_told(shell: Shell) -> None:
    assert shell.rapport("--version").stdout == f"rapport {version('rapport')}\n"


def test_a_misspelt_command_is_answered_with_the_nearest(shell: Shell) -> None:
    shown = shell.rapport("sandbx")
    assert shown.returncode == 2
    assert "sandbox" in shown.stderr


def test_run_without_settings_names_all_that_is_missing_and_leaves_status_2(shell: Shell) -> None:
    shown = shell.rapport("run")
    assert shown.returncode == 2
    assert shown.stdout == ""
    assert "SLACK_BOT_TOKEN: is missing" in shown.stderr
    assert "SLACK_APP_TOKEN: is missing" in shown.stderr
    assert ".env.example" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_settings_come_from_the_file_in_the_folder_and_no_token_is_printed(shell: Shell) -> None:
    (shell.folder / ".env").write_text("SLACK_BOT_TOKEN=xoxp-Secret\nSLACK_APP_TOKEN=Secret\n")
    shown = shell.rapport("run")
    assert shown.returncode == 2
    assert "begins with xoxp-" in shown.stderr
    assert "Secret" not in shown.stderr


def test_the_manifest_is_printed_with_a_prefix_if_wanted(shell: Shell) -> None:
    assert json.loads(shell.asked("manifest").stdout) == manifest()
    assert json.loads(shell.asked("manifest --prefix team-").stdout) == manifest("team-")
    refused = shell.asked("manifest --prefix Team!")
    assert refused.returncode == 2
    assert "small letters" in refused.stderr


def test_the_doctor_leaves_status_1_if_anything_fails(shell: Shell) -> None:
    shown = shell.asked("doctor")
    assert shown.returncode == 1
    assert shown.stdout.startswith("WRONG settings")
    report = shell.asked("doctor --json")
    assert report.returncode == 1
    assert json.loads(report.stdout)["ok"] is False


def test_the_database_is_made_brought_up_to_date_and_told_about(shell: Shell) -> None:
    option = f"--database sqlite:///{shell.folder}/new/rapport.db"
    upgraded = shell.asked(f"db upgrade {option}")
    assert upgraded.returncode == 0, upgraded.stderr
    assert "up to date" in upgraded.stdout
    assert shell.asked(f"db upgrade {option}").returncode == 0, "a second time changes nothing"
    assert shell.asked(f"db state {option}").returncode == 0
    (shell.folder / "empty.db").touch()
    assert "not there yet" in shell.asked("db state --database sqlite:///missing.db").stdout
    assert not (shell.folder / "missing.db").exists()
    behind = shell.asked(f"db state --database sqlite:///{shell.folder}/empty.db")
    assert behind.returncode == 1
    assert "none yet" in behind.stdout


def test_a_database_that_is_away_is_told_in_words(shell: Shell) -> None:
    shown = shell.asked("db upgrade --database postgresql://rapport:Secret@127.0.0.1:1/rapport")
    assert shown.returncode == 1
    assert "does not answer" in shown.stderr
    assert "Traceback" not in shown.stderr
    assert "Secret" not in shown.stderr


def test_a_database_that_will_not_do_is_told_in_words(shell: Shell) -> None:
    (shell.folder / "letter").write_text("This is a letter, not a database. " * 100)
    (shell.folder / "folder").mkdir()
    with sqlite3.connect(shell.folder / "newer") as newer:
        newer.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        newer.execute("INSERT INTO alembic_version VALUES ('9999')")
    newer.close()
    for command, name, words in (
        ("db upgrade", "letter", "is not a database"),
        ("db state", "letter", "is not a database"),
        ("db upgrade", "folder", "is a folder"),
        ("db state", "folder", "is a folder"),
        ("nudges retry-failed", "folder", "is a folder"),
        ("db upgrade", "newer", "does not know"),
        ("db state", "newer", "A newer Rapport has been here"),
    ):
        shown = shell.asked(f"{command} --database sqlite:///{name}")
        assert shown.returncode == 1
        assert words in shown.stdout + shown.stderr
        assert "Traceback" not in shown.stderr


def test_a_database_that_the_server_has_not_is_told_in_words(
    shell: Shell, postgres_url: str
) -> None:
    url = make_url(postgres_url).set(database="nobodys").render_as_string(hide_password=False)
    for command in ("db state", "db upgrade"):
        shown = shell.asked(f"{command} --database {url}")
        assert shown.returncode == 1
        assert "there is no database of that name" in shown.stderr
        assert "Traceback" not in shown.stderr


def test_run_tells_in_words_that_a_database_will_not_do(shell: Shell) -> None:
    (shell.folder / "letter").write_text("This is a letter, not a database. " * 100)
    with shell.running("sandbox --without-bot --no-open") as process:
        shell.environ |= {
            "SLACK_API_URL": f"{address_of(process)}/api/",
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            "SLACK_APP_TOKEN": "xapp-sandbox",
            "DATABASE_URL": "sqlite:///letter",
        }
        shown = shell.rapport("run")
    assert shown.returncode == 1
    assert "is not a database" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_clock_that_is_silent_is_told_by_its_name(shell: Shell) -> None:
    shell.environ |= {
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_APP_TOKEN": "xapp-sandbox",
        "RAPPORT_CLOCK_URL": "http://127.0.0.1:1/clock",
    }
    shown = shell.rapport("run")
    assert shown.returncode == 1
    assert "No clock answers at http://127.0.0.1:1/clock" in shown.stderr
    assert "RAPPORT_CLOCK_URL" in shown.stderr
    assert "Slack" not in shown.stderr


def test_an_answer_that_is_not_slacks_is_told_in_words(shell: Shell) -> None:
    with shell.running("sandbox --without-bot --no-open") as process:
        shell.environ |= {
            "SLACK_API_URL": f"{address_of(process)}/nowhere/",
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            "SLACK_APP_TOKEN": "xapp-sandbox",
        }
        shown = shell.rapport("run")
    assert shown.returncode == 1
    assert "Slack does not let the bot in (no reason given)" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_what_failed_is_tried_again_only_where_there_is_a_database(shell: Shell) -> None:
    option = f"--database sqlite:///{shell.folder}/rapport.db"
    missing = shell.asked(f"nudges retry-failed {option}")
    assert (missing.returncode, "rapport doctor" in missing.stdout) == (1, True)
    assert not (shell.folder / "rapport.db").exists()
    shell.asked(f"db upgrade {option}")
    shown = shell.asked(f"nudges retry-failed {option}")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "No failed nudge" in shown.stdout


def test_a_malformed_database_is_the_only_thing_that_db_asks_about(shell: Shell) -> None:
    shown = shell.asked("db state --database mysql://somewhere/rapport")
    assert shown.returncode == 2
    assert "DATABASE_URL" in shown.stderr
    assert "SLACK_BOT_TOKEN" not in shown.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_sandbox_alone_tells_how_to_reach_it_and_stops_cleanly(
    shell: Shell, number: signal.Signals
) -> None:
    with shell.running("sandbox --without-bot --no-open") as process:
        address_of(process)
        assert process.stdout
        told = {}
        for line in process.stdout:
            if found := re.match(r"\s+([A-Z_]+)=(\S+)$", line):
                told[found[1]] = found[2]
            if "Ctrl+C" in line:
                break
        assert told.keys() < VARIABLES.keys()
        shell.environ |= told
        doctor = shell.asked("doctor")
        assert doctor.returncode == 0, doctor.stdout
        assert doctor.stdout.rstrip().endswith("All is well. Start it with: rapport run")
        process.send_signal(number)
        _, errors = process.communicate(timeout=20)
        assert process.returncode == 0, errors
        assert errors == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_sandbox_and_the_bot_stop_cleanly_together(
    shell: Shell, number: signal.Signals
) -> None:
    with shell.running("sandbox --no-open --database sqlite:///try.db") as process:
        address_of(process)
        assert process.stdout
        for line in process.stdout:
            if "Ctrl+C" in line:
                break
        process.send_signal(number)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0, errors
    assert errors == ""


def test_a_bot_that_slack_does_not_let_in_says_so_in_a_line(shell: Shell) -> None:
    with shell.running("sandbox --without-bot --no-open") as process:
        shell.environ |= {
            "SLACK_API_URL": f"{address_of(process)}/api/",
            "SLACK_BOT_TOKEN": "xoxb-of-another-app",
            "SLACK_APP_TOKEN": "xapp-of-another-app",
        }
        shown = shell.rapport("run")
    assert shown.returncode == 1
    assert "invalid_auth" in shown.stderr
    assert "rapport doctor" in shown.stderr
    assert "Traceback" not in shown.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_connects_logs_for_machines_and_stops_cleanly(
    shell: Shell, number: signal.Signals
) -> None:
    with shell.running("sandbox --without-bot --no-open") as sandbox:
        shell.environ |= {
            "SLACK_API_URL": f"{address_of(sandbox)}/api/",
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            "SLACK_APP_TOKEN": "xapp-sandbox",
            "DATABASE_URL": "sqlite:///new/rapport.db",
            "LOG_FORMAT": "json",
        }
        with shell.running("run") as bot:
            assert bot.stderr
            first = json.loads(bot.stderr.readline())
            assert (first["level"], first["connections"]) == ("info", 1)
            bot.send_signal(number)
            _, rest = bot.communicate(timeout=20)
    assert bot.returncode == 0, rest
    assert {json.loads(line)["level"] for line in rest.splitlines()} <= {"info"}
    assert (shell.folder / "new" / "rapport.db").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_over_http_is_reached_and_stops_cleanly(shell: Shell, number: signal.Signals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    at = f"http://127.0.0.1:{port}/slack/events"
    with shell.running(f"sandbox --without-bot --no-open --request-url {at}") as sandbox:
        shell.environ |= {
            "SLACK_API_URL": f"{address_of(sandbox)}/api/",
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            "SLACK_SIGNING_SECRET": "sandbox",
            "HTTP_STOP_LEAD": "0",
            "DATABASE_URL": "sqlite:///rapport.db",
            "LOG_FORMAT": "json",
        }
        with shell.running(f"run --transport http --port {port}") as bot:
            assert sandbox.stdout
            assert any(f"An app answers at {at}" in line for line in sandbox.stdout)
            bot.send_signal(number)
            _, rest = bot.communicate(timeout=20)
    assert bot.returncode == 0, rest
    told = [json.loads(line) for line in rest.splitlines()]
    assert {line["level"] for line in told} <= {"info"}
    assert [line["event"] for line in told][-1] == "http: stopped"


def test_http_without_its_secret_is_a_setting_that_is_missing(shell: Shell) -> None:
    shell.environ |= {"SLACK_BOT_TOKEN": "xoxb-sandbox"}
    shown = shell.rapport("run --transport http")
    assert shown.returncode == 2
    assert "SLACK_SIGNING_SECRET" in shown.stderr and "SLACK_APP_TOKEN" not in shown.stderr


def test_the_sandbox_can_be_stopped_in_the_background(shell: Shell) -> None:
    """A shell has what it starts with & ignore Ctrl+C, which is meant for what is in front."""
    ignored = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        running = shell.running("sandbox --without-bot --no-open")
        process = running.__enter__()
    finally:
        signal.signal(signal.SIGINT, ignored)
    try:
        address_of(process)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    finally:
        running.__exit__(None, None, None)
    assert (process.returncode, errors) == (0, "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_stops_at_once_while_slack_is_silent(shell: Shell, number: signal.Signals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        shell.environ |= {
            "SLACK_API_URL": f"http://127.0.0.1:{silent.getsockname()[1]}/api/",
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            "SLACK_APP_TOKEN": "xapp-sandbox",
        }
        with shell.running("run") as bot, silent.accept()[0]:
            bot.send_signal(number)
            _, errors = bot.communicate(timeout=5)
    assert (bot.returncode, errors) == (0, "")


def test_a_wrong_app_token_is_told_without_a_traceback(shell: Shell) -> None:
    with shell.running("sandbox --without-bot --no-open") as process:
        shell.environ |= {
            "SLACK_API_URL": f"{address_of(process)}/api/",
            "SLACK_BOT_TOKEN": "xoxb-sandbox",
            "SLACK_APP_TOKEN": "xapp-of-another-app",
            "DATABASE_URL": "sqlite:///rapport.db",
        }
        shown = shell.rapport("run")
    assert shown.returncode == 1
    assert "Check SLACK_APP_TOKEN" in shown.stderr
    for trouble in ("Traceback", "Cancelled", "never retrieved"):
        assert trouble not in shown.stderr


def test_the_sandbox_makes_the_database_that_it_is_given(shell: Shell, postgres_url: str) -> None:
    with (
        fresh_postgres_database(postgres_url) as url,
        shell.running(f"sandbox --no-open --database {url}") as process,
    ):
        address_of(process)
        assert shell.asked(f"db state --database {url}").returncode == 0
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
        assert (process.returncode, errors) == (0, "")


def test_a_port_that_is_taken_is_told(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        shown = shell.rapport(f"sandbox --without-bot --no-open --port {port}")
    assert shown.returncode == 2
    assert f"Port {port}" in shown.stderr
    assert "Traceback" not in shown.stderr
