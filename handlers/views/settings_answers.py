"""What the bot says after the settings were kept."""

from datetime import datetime

from handlers.views.screen import Message, one_line
from handlers.views.words import When


def settings_saved(next_digest: datetime | None, paused_until: datetime | None) -> Message:
    """The line after a page of the settings: what follows from it.

    `next_digest` is when the next one may come, None for who wants none; `paused_until` None while
    there is no pause.
    """
    if next_digest is None:
        return one_line(["Saved. No more digests: what is due waits in the Home tab."])
    if paused_until is not None:
        return one_line(
            ["Saved. You are paused; the next digest may come ", When(next_digest), "."]
        )
    return one_line(["Saved. The next digest may come ", When(next_digest), "."])
