"""An event that reaches the bot after what followed it: Slack keeps to no order."""

from contextlib import suppress

from sandbox.disorder import Attempt, Disorder, Send
from sandbox.errors import NoAnswer
from sandbox.model import Json

# Slack gives an event up after so many attempts.
ATTEMPTS = 4


class HeldBack(Disorder):
    """Holds one event back when asked to, until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self._to_hold = False
        self._held: Send | None = None
        self._overtaken = False

    def hold(self) -> None:
        """Hold the next event back."""
        self._to_hold = True

    async def pass_on(self, kind: str, send: Send) -> Json:
        """Send one thing to the app, unless it is the event to hold back."""
        if self._to_hold and kind == "events_api":
            self._to_hold, self._held, self._overtaken = False, send, False
            return {}
        self._overtaken = True
        return await super().pass_on(kind, send)

    async def let_go(self) -> bool:
        """Send what is held back, if anything is; say whether something else had come before it."""
        send, self._held = self._held, None
        if send is None:
            return False
        for attempt in range(ATTEMPTS):
            with suppress(NoAnswer):  # then it is sent again, as Slack does
                await send(Attempt(attempt, "http_timeout" if attempt else ""))
                break
        return self._overtaken
