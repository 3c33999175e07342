"""The repository speaks the truth: what its texts name exists."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer.main

from bot.__main__ import app
from bot.manifest import BOT_SCOPES, manifest
from bot.settings import VARIABLES, Settings, read
from sandbox.server import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TEXTS = {
    name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")
}
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
ENV_EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
# Names of the tests' own, not of the program's.
TEST_VARIABLES = {"TEST_APT", "TEST_POSTGRES_URL"}


def commands(command: Any = None, name: str = "rapport") -> dict[str, Any]:
    """Every command of the command line by its full name."""
    command = command or typer.main.get_command(app)
    found = {name: command}
    for short, inner in getattr(command, "commands", {}).items():
        found |= commands(inner, f"{name} {short}")
    return found


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", MAKEFILE, flags=re.MULTILINE))


def tracked_files() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: nothing says which files belong to the project")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def in_code(text: str) -> str:
    """What stands in backticks or in a code block."""
    blocks = re.findall(r"```.*?```", text, flags=re.DOTALL)
    return "\n".join(blocks + re.findall(r"`[^`\n]+`", re.sub(r"```.*?```", "", text, flags=re.S)))


@pytest.mark.parametrize("name", TEXTS)
def test_every_rapport_command_that_is_named_exists(name: str) -> None:
    for line in re.findall(r"(?<![/\w.-])rapport((?: [a-z-]+)+)", in_code(TEXTS[name])):
        words = line.split()
        if words[0] == "in":  # doctor's "rapport in the workspace …"
            continue
        assert f"rapport {words[0]}" in commands(), line
        if words[0] in {"db", "nudges"}:
            assert f"rapport {words[0]} {words[1]}" in commands(), line


@pytest.mark.parametrize("name", TEXTS)
def test_every_option_that_is_named_exists(name: str) -> None:
    known = {option for command in commands().values() for p in command.params for option in p.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", in_code(TEXTS[name]))) <= known


@pytest.mark.parametrize("name", TEXTS)
def test_every_make_target_that_is_named_exists(name: str) -> None:
    assert set(re.findall(r"\bmake ([a-z]+)", in_code(TEXTS[name]))) <= targets()


def test_every_make_target_says_what_it_does() -> None:
    assert targets() == set(re.findall(r"^([a-z]+):.*## \S", MAKEFILE, flags=re.MULTILINE))


def test_every_slash_command_is_in_the_readme_and_no_other() -> None:
    features = manifest()["features"]
    known = {command["command"] for command in features["slash_commands"]}
    named = set(re.findall(r"(?<![\w/.])/[a-z-]+(?![\w/])", in_code(README + CHANGELOG)))
    # An example of a prefix, and what tells how the bot is.
    assert named - known == {"/team-contact", "/healthz", "/readyz"}
    assert known <= named
    for shortcut in features["shortcuts"]:
        assert f"| {shortcut['name']} |" in README


def test_every_scope_is_explained_in_the_readme_and_no_other() -> None:
    named = set(re.findall(r"`((?:[a-z]+:[a-z]+)|commands)`", README)) - {"connections:write"}
    assert named == set(BOT_SCOPES)


@pytest.mark.parametrize("name", TEXTS)
def test_every_file_and_picture_that_is_named_exists(name: str) -> None:
    linked = re.findall(r"\]\(((?!https?:)[^)#]+)\)", TEXTS[name])
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:toml|json|md))`", TEXTS[name])
    for path in {*linked, *named} - {".venv/bin"}:
        assert (ROOT / path).exists(), path


def test_the_rooms_of_the_house_stand() -> None:
    house = re.search(r"## The house\n\n```\n(.*?)```", README, flags=re.DOTALL)
    assert house
    rooms = re.findall(r"^(\w+)/", house[1], flags=re.MULTILINE)
    assert rooms == ["bot", "handlers", "storage", "domain", "sandbox", "tests", "docs"]
    assert all((ROOT / room).is_dir() for room in rooms)


@pytest.mark.parametrize("name", TEXTS)
def test_every_variable_that_is_named_is_a_setting(name: str) -> None:
    pattern = r"\b(?:SLACK|RAPPORT|LOG|DATABASE|COMMAND|METRICS|NUMBER|TEST)_[A-Z_]+\b"
    assert set(re.findall(pattern, TEXTS[name])) <= VARIABLES.keys() | TEST_VARIABLES


def test_the_example_file_has_every_setting_with_a_word_on_it_and_no_value() -> None:
    lines = ENV_EXAMPLE.splitlines()
    found = [re.match(r"(?:# )?([A-Z_]+)=", line) for line in lines]
    names = [match[1] for match in found if match]
    assert names == list(VARIABLES)
    assert names == [field.name.upper() for field in fields_in_order()]
    for number, match in enumerate(found):
        if match:
            assert lines[number - 1].startswith("# "), match[1]


def fields_in_order() -> list[dataclasses.Field[object]]:
    """The settings' fields in the order of the variables."""
    order = list(VARIABLES)
    return sorted(dataclasses.fields(Settings), key=lambda field: order.index(field.name.upper()))


def test_an_unchanged_copy_of_the_example_asks_for_both_tokens_only(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(ENV_EXAMPLE, encoding="utf-8")
    assert set(read({}, tmp_path / ".env").problems) == {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}


def test_the_sandboxes_tokens_are_in_the_readme() -> None:
    for token in (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET):
        assert f"| `{token}` |" in README


def test_every_command_and_option_has_its_help() -> None:
    for name, command in commands().items():
        assert command.help, name
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"{name} {parameter.name}"


def test_every_dependency_has_its_line_on_what_it_is_for_and_where() -> None:
    lines = PYPROJECT.splitlines()
    wanted = tomllib.loads(PYPROJECT)
    groups = [wanted["project"]["dependencies"], *wanted["dependency-groups"].values()]
    for dependency in (entry for group in groups for entry in group if isinstance(entry, str)):
        number = next(n for n, line in enumerate(lines) if line.strip() == f'"{dependency}",')
        above = lines[number - 1].strip()
        assert re.fullmatch(r"# .+ \(.+\)", above), dependency


def test_every_file_that_a_comment_in_pyproject_names_exists() -> None:
    named = re.findall(r"^ *# .*\((.+)\)$", PYPROJECT, flags=re.MULTILINE)
    paths = {path for places in named for path in re.findall(r"[\w./]+(?:\.py|/)|Makefile", places)}
    assert len(paths) > 10
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_pin_every_dependency_with_its_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    pins = re.split(r"\n(?=\S)", text.strip())
    assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)
    declared = tomllib.loads(PYPROJECT)["project"]["dependencies"]
    pinned = {pin.partition("==")[0] for pin in pins}
    assert {re.split(r"[\[~>=<]", entry)[0] for entry in declared} <= pinned


def test_both_lock_files_agree() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return set(re.findall(r"^(\S+==\S+)", text, flags=re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_no_file_names_a_package_index_or_somebodys_machine() -> None:
    forbidden = re.compile(
        r"--index-url|--extra-index-url|--find-links|pypi\.org/simple"
        r"|(?<![\w.-])/(?:home|Users)/\w+/|(?<![\w.-])/(?:root|work|mnt)/"
    )
    # These two name such places on purpose: the patterns above, and data folders by invented names.
    allowed = {"tests/test_repository.py", "tests/bot/test_settings.py"}
    for path in tracked_files():
        if path.suffix in {".png", ".ico", ".woff2"} or str(path.relative_to(ROOT)) in allowed:
            continue
        text = path.read_text(encoding="utf-8")
        assert not (found := forbidden.search(text)), f"{path.relative_to(ROOT)}: {found}"


def test_the_table_of_the_practice_names_what_exists() -> None:
    """docs/features.md: every file in it is there, and every row but those to come has its test."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (ROOT / "docs/features.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| step")
    ]
    for _, what, where, shown_by in rows:
        for name in re.findall(r"`([a-z_]+/[\w/.]*)`", f"{where} {shown_by}"):
            assert (ROOT / name).exists(), name
        assert "tests/" in shown_by or where.startswith(("*not yet*", "*later*")), what
    steps = {step for step, *_ in rows}
    assert steps >= {str(number) for number in range(1, 11)} | {"manners", "what talks add up to"}
