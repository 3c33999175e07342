"""The scripts behind `make`: which Python, which browser, and what they say when there is none."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


class Machine:
    """A machine with nothing on its path but what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.programs = folder / "bin"
        self.programs.mkdir()
        self.environ = {"PATH": str(self.programs)}
        for name in ("env", "rm"):
            (self.programs / name).symlink_to(shutil.which(name) or name)

    def program(self, name: str, script: str) -> str:
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return str(path)

    def sh(self, script: str, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", str(ROOT / "scripts" / script), *arguments],
            env=self.environ | environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def python(version: str) -> str:
    """A make-believe Python: tells its version, and makes a file instead of an environment."""
    old = int(version.partition(".")[2]) < 11
    return f"""case "$*" in
        *sys.exit*) exit {int(old)} ;;
        *print*) echo {version} ;;
        "-m venv "*) echo {version} > "$3" ;;
    esac"""


@pytest.mark.parametrize("wrong", ["/nowhere/python3.12", "python3.9"])
def test_a_python_that_is_named_and_will_not_do_is_not_passed_over(
    machine: Machine, tmp_path: Path, wrong: str
) -> None:
    machine.program("python3.13", python("3.13"))
    machine.program("python3.9", python("3.9"))
    shown = machine.sh("make_venv.sh", str(tmp_path / "venv"), PYTHON=wrong)
    assert shown.returncode == 1
    assert f"PYTHON={wrong} will not do" in shown.stderr
    assert not (tmp_path / "venv").exists()


def test_a_python_that_the_tests_run_with_is_preferred(machine: Machine, tmp_path: Path) -> None:
    machine.program("python3", python("3.15"))
    machine.program("python3.12", python("3.12"))
    shown = machine.sh("make_venv.sh", str(tmp_path / "venv"))
    assert shown.returncode == 0, shown.stderr
    assert (tmp_path / "venv").read_text() == "3.12\n"


def test_without_any_python_it_says_how_to_get_one(machine: Machine, tmp_path: Path) -> None:
    machine.program("python3", python("3.9"))
    shown = machine.sh("make_venv.sh", str(tmp_path / "venv"))
    assert shown.returncode == 1
    assert "python3 is Python 3.9" in shown.stderr
    assert "make run PYTHON=" in shown.stderr


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")
def test_an_environment_that_was_interrupted_is_made_anew(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)

    def planned() -> str:
        line = ["make", "--dry-run", "run"]
        return subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    assert "make_venv.sh" in planned()
    (tmp_path / ".venv" / "bin" / "pip").touch()
    assert "make_venv.sh" not in planned()


@pytest.mark.parametrize(
    ("environ", "installed"), [({}, False), ({"CI": "true"}, True), ({"TEST_APT": "yes"}, True)]
)
def test_a_browser_is_installed_for_the_whole_system_only_where_that_is_allowed(
    machine: Machine, environ: dict[str, str], installed: bool
) -> None:
    chromium = machine.programs / "chromium"
    machine.program("id", "echo 0")
    machine.program("apt-get", f"echo '#!/bin/sh' > {chromium}; /bin/chmod +x {chromium}")
    no_download = machine.program("python", "exit 1")
    shown = machine.sh("ensure_browser.sh", no_download, **environ)
    assert (shown.returncode == 0) is installed
    assert chromium.exists() is installed
    assert "Fetching Playwright's Chromium" in shown.stderr, "the first thing that is tried"


def test_a_browser_on_the_path_is_used(machine: Machine) -> None:
    chromium = machine.program("chromium", "exit 0")
    shown = machine.sh("ensure_browser.sh", machine.program("python", "exit 1"))
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, f"{chromium}\n", "")


def test_without_node_the_check_of_slacks_types_is_left_out_loudly(machine: Machine) -> None:
    (machine.programs / "cat").symlink_to(shutil.which("cat") or "cat")
    shown = machine.sh("check_types.sh", machine.program("python", "exit 1"), CI="true")
    assert shown.returncode == 0
    assert "NOT RUN: the screens against Slack's official types. There is no Node" in shown.stderr


@pytest.mark.parametrize(("environ", "status"), [({}, 0), ({"CI": "true"}, 1)])
def test_where_npm_fetches_nothing_only_ci_fails(
    machine: Machine, tmp_path: Path, environ: dict[str, str], status: int
) -> None:
    """On a machine of one's own without a network it is left out, as loudly."""
    (machine.programs / "cat").symlink_to(shutil.which("cat") or "cat")
    machine.program("node", "exit 1")
    machine.program("npm", "exit 1")
    line = ["/bin/sh", str(ROOT / "scripts" / "check_types.sh"), "python"]
    shown = subprocess.run(
        line,
        env=machine.environ | environ,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert shown.returncode == status
    assert "npm could not fetch them" in shown.stderr


def test_the_lock_file_of_slacks_types_names_no_host_and_has_checksums() -> None:
    lock = (ROOT / "tests" / "slack_types" / "package-lock.json").read_text()
    assert "://" not in lock
    packages = json.loads(lock)["packages"]
    assert all(at == "" or known["integrity"] for at, known in packages.items())
