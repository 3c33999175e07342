"""Pictures by `slack_file`: the app's own, or shown to it (slack-platform.md 1.2, 1.4)."""

from collections.abc import Iterator
from typing import Any

from sandbox.model import File, Json
from sandbox.objects import private_url
from sandbox.rules.checks import Problem
from sandbox.workspace import BOT_USER_ID, Workspace

FORMATS = ("image/png", "image/jpeg", "image/gif")


def picture_problems(workspace: Workspace, blocks: list[Any], pointer: str) -> list[Problem]:
    """What Slack would refuse of the files in blocks that are sound otherwise."""
    problems = []
    for place, named in _named(blocks, pointer):
        file = _file(workspace, named)
        if file is None or not _may_show(workspace, file):
            problems.append(_problem("files.picture.access", "invalid slack file", place))
        elif file.mimetype not in FORMATS:
            problems.append(_problem("files.picture.format", "unsupported file type", place))
    return problems


def _problem(rule: str, text: str, pointer: str) -> Problem:
    return Problem(rule, f"[ERROR] {text} [json-pointer:{pointer}]")


def _named(given: Any, pointer: str) -> Iterator[tuple[str, Json]]:
    """Each slack_file, with where it stands."""
    if isinstance(given, list):
        for number, one in enumerate(given):
            yield from _named(one, f"{pointer}/{number}")
    elif isinstance(given, dict):
        for name, one in given.items():
            if name == "slack_file":
                yield f"{pointer}/{name}", one
            else:
                yield from _named(one, f"{pointer}/{name}")


def _file(workspace: Workspace, named: Json) -> File | None:
    if "id" in named:
        return workspace.files.get(named["id"])
    urls = {private_url(file): file for file in workspace.files.values()}
    return urls.get(named["url"])


def _may_show(workspace: Workspace, file: File) -> bool:
    """Whether its upload is complete, and it is the app's or stands where the app is."""
    shown = {
        file.id
        for channel in workspace.channels.values()
        if BOT_USER_ID in channel.members
        for message in channel.messages
        for file in message.files
    }
    return file.shared and (file.user_id == BOT_USER_ID or file.id in shown)
