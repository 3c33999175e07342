"""The acts that the page's script asks for: each reads its form and plays it in the workspace."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData

from sandbox import acts
from sandbox.errors import ClientRefused
from sandbox.model import Json, Place
from sandbox.page.forms import Values, read_values
from sandbox.page.screen import MESSAGES, Screen
from sandbox.server import Sandbox


@dataclass(frozen=True)
class Play:
    """One act as posted: who does it, where, and the form's fields."""

    sandbox: Sandbox
    screen: Screen
    form: FormData

    @property
    def user_id(self) -> str:
        """Who acts."""
        return self.screen.me.id

    def text(self, name: str) -> str:
        """One field as text; empty if it was not posted."""
        # A browser posts the lines of a text as a network does, with a carriage return each.
        return str(self.form.get(name, "")).replace("\r\n", "\n")

    @property
    def place(self) -> Place:
        """The view or message that was acted upon."""
        if self.text("view"):
            return Place(view_id=self.text("view"))
        return Place(channel_id=self.text("channel"), ts=self.text("ts"))

    def blocks(self) -> list[Json]:
        """The blocks that stand there now; none if the view or message is gone."""
        workspace = self.sandbox.workspace
        if self.place.view_id:
            view = workspace.view(self.place.view_id)
            return view.blocks if view else []
        message = workspace.message_at(self.place)
        return message.blocks if message else []

    def values(self) -> Values:
        """What was typed and chosen in the form around the element."""
        return read_values(self.blocks(), self.form, self.screen.me.zone)

    def keep_typed(self, *, but: tuple[str, str] = ("", "")) -> None:
        """Hand on what was typed, except for one element that speaks for itself."""
        for block_id, elements in self.values().items():
            for action_id, value in elements.items():
                if (block_id, action_id) != but:
                    acts.fill(self.sandbox, self.user_id, self.place, block_id, action_id, value)


async def say(play: Play) -> None:
    """Send what is in the composer: a slash command, or a message."""
    channel = play.screen.channel
    words = play.text("text").strip()
    if channel is None or not words:
        return
    thread_ts = play.text("thread") or None
    if words.startswith("/") and thread_ts:
        raise ClientRefused(f"{words.split()[0]} is not supported in threads. Sorry!")
    if words.startswith("/"):
        await acts.run_command(play.sandbox, play.user_id, channel.id, words)
    else:
        await acts.post(play.sandbox, play.user_id, channel.id, words, thread_ts=thread_ts)


async def edit(play: Play) -> None:
    """Change one's own message to what is in the composer."""
    words = play.text("text").strip()
    if not words:
        raise ClientRefused("There is nothing left of it. Delete it from its menu instead.")
    await acts.edit(play.sandbox, play.user_id, play.text("channel"), play.text("ts"), words)


async def delete(play: Play) -> None:
    """Delete one's own message."""
    await acts.delete(play.sandbox, play.user_id, play.text("channel"), play.text("ts"))


async def press(play: Play) -> None:
    """Press a button."""
    play.keep_typed()
    await acts.press(
        play.sandbox, play.user_id, play.place, play.text("block"), play.text("action")
    )


async def choose(play: Play) -> None:
    """Choose in a menu, or finish with an input that tells the app at once."""
    block_id, action_id = play.text("block"), play.text("action")
    play.keep_typed(but=(block_id, action_id))
    value: Any = play.text("value")
    if "value" not in play.form:
        value = play.values().get(block_id, {}).get(action_id)
    await acts.choose(play.sandbox, play.user_id, play.place, block_id, action_id, value)


async def submit(play: Play) -> None:
    """Submit the modal; what Slack's client refuses stands under its fields afterwards."""
    try:
        await acts.submit(play.sandbox, play.user_id, play.text("view"), play.values())
    except ClientRefused as refused:
        if not refused.errors:
            raise


async def close(play: Play) -> None:
    """Close the modal, or the whole stack."""
    whole = play.text("whole") == "yes"
    await acts.close(play.sandbox, play.user_id, play.text("view"), whole_stack=whole)


async def visit(play: Play) -> None:
    """Open a tab of the app; the page shows it to who is deactivated, and Slack hears nothing."""
    if play.screen.me.deleted:
        return
    tab = "messages" if play.screen.at == MESSAGES else "home"
    await acts.open_home(play.sandbox, play.user_id, tab)


async def shortcut(play: Play) -> None:
    """Use a global shortcut, or one on a message."""
    callback_id = play.text("callback_id")
    if play.text("ts"):
        await acts.message_shortcut(
            play.sandbox, play.user_id, callback_id, play.text("channel"), play.text("ts")
        )
    else:
        await acts.shortcut(play.sandbox, play.user_id, callback_id)


async def move_clock(play: Play) -> None:
    """Move the clock: by an hour, to tomorrow 9:00, or to a moment in the member's zone."""
    clock = play.sandbox.clock
    to = play.text("to")
    if to == "hour":
        moment = clock.now() + timedelta(hours=1)
    elif to == "tomorrow":
        moment = play.screen.tomorrow
    else:
        moment = _moment(to, play.screen.me.zone)
    if moment < clock.now():
        raise ClientRefused("The clock only moves forward. Pick a later moment.")
    clock.move_to(moment)


def _moment(given: str, zone: ZoneInfo) -> datetime:
    try:
        return datetime.fromisoformat(given).replace(tzinfo=zone)
    except ValueError as error:
        raise ClientRefused("That is not a day and time.") from error


ACTS: dict[str, Callable[[Play], Awaitable[None]]] = {
    "say": say,
    "edit": edit,
    "delete": delete,
    "press": press,
    "choose": choose,
    "submit": submit,
    "close": close,
    "visit": visit,
    "shortcut": shortcut,
    "clock": move_clock,
}
