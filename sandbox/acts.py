"""What a person does in the workspace: the page and the test driver both come through here.

Each act returns when the app has acknowledged it, or when Slack would have given up waiting; what Slack
shows on failure is then in `workspace.troubles`. What Slack's own client would not let a person do
raises ClientRefused.
"""

from collections.abc import Mapping
from typing import Any

from sandbox.model import Json, Message, Place
from sandbox.server import Sandbox


async def run_command(sandbox: Sandbox, user_id: str, channel_id: str, text: str) -> None:
    """Send a slash command as typed, e.g. "/contact Ada Brook"."""
    raise NotImplementedError


async def post(sandbox: Sandbox, user_id: str, channel_id: str, text: str) -> Message:
    """Write a message in a channel, or in the direct conversation with the app."""
    raise NotImplementedError


async def edit(sandbox: Sandbox, user_id: str, channel_id: str, ts: str, text: str) -> None:
    """Edit one's own message."""
    raise NotImplementedError


async def delete(sandbox: Sandbox, user_id: str, channel_id: str, ts: str) -> None:
    """Delete one's own message."""
    raise NotImplementedError


async def open_home(sandbox: Sandbox, user_id: str, tab: str = "home") -> None:
    """Open the app's "home" or "messages" tab."""
    raise NotImplementedError


async def shortcut(sandbox: Sandbox, user_id: str, callback_id: str) -> None:
    """Use a global shortcut."""
    raise NotImplementedError


async def message_shortcut(
    sandbox: Sandbox, user_id: str, callback_id: str, channel_id: str, ts: str
) -> None:
    """Use a message shortcut on a message."""
    raise NotImplementedError


async def press(
    sandbox: Sandbox, user_id: str, place: Place, block_id: str, action_id: str
) -> None:
    """Press a button (a confirmation counts as given)."""
    raise NotImplementedError


def fill(
    sandbox: Sandbox, user_id: str, place: Place, block_id: str, action_id: str, value: Any
) -> None:
    """Type or choose a value without telling the app, as in an input without dispatch_action.

    `value`: text; an option's value; a list of option values; a user or channel id (or a list);
    "YYYY-MM-DD"; "HH:MM"; epoch seconds (datetimepicker); None or [] to clear.
    """
    raise NotImplementedError


async def choose(
    sandbox: Sandbox, user_id: str, place: Place, block_id: str, action_id: str, value: Any
) -> None:
    """Fill in a value (as `fill`) and tell the app where Slack would: in sections, actions, dispatching inputs."""
    raise NotImplementedError


async def suggest(
    sandbox: Sandbox, user_id: str, place: Place, block_id: str, action_id: str, typed: str
) -> list[Json]:
    """Type in an external select; returns the app's options, or its option groups."""
    raise NotImplementedError


async def submit(
    sandbox: Sandbox,
    user_id: str,
    view_id: str,
    values: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Submit a modal; `values` (block id -> action id -> value) are filled in first.

    Raises ClientRefused, with a text for each block, for what Slack's client itself refuses.
    """
    raise NotImplementedError


async def close(sandbox: Sandbox, user_id: str, view_id: str, *, whole_stack: bool = False) -> None:
    """Close a modal with its Cancel button, or the whole stack with the x."""
    raise NotImplementedError
