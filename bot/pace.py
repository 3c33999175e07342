"""How fast messages go out: what Slack takes in a workspace and in a channel, and what it holds.

Each process keeps a pace of its own, in memory. It asks no clock: moments are the caller's.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

POST, OPEN, LOOK = "chat.postMessage", "conversations.open", "conversations.history"
# Tried once each: delivery waits better than a client, which would hold up everybody's messages.
METHODS = (POST, OPEN, LOOK)

# Slack takes "several hundred" messages a minute from an app in a workspace, and short bursts.
MESSAGES_A_MINUTE, MOST_A_MINUTE = 300, 6000
BURST = 20
# And one a second in each channel.
SECOND = timedelta(seconds=1)
# What was noted so far in the future was noted by a clock that has been set back since.
SET_BACK = timedelta(minutes=1)

Key = TypeVar("Key")


def checked_pace(written: str) -> str:
    """The pace itself, in messages a minute; ValueError if it is none."""
    if not re.fullmatch(r"[0-9]{1,4}", written) or int(written) > MOST_A_MINUTE:
        raise ValueError(f"must be a number from 0 to {MOST_A_MINUTE}.")
    return str(int(written))


class Addressed(Protocol):
    """What goes to a member in a workspace."""

    @property
    def workspace_id(self) -> int:
        """The workspace."""

    @property
    def member_id(self) -> int:
        """The member, whose DM is the channel."""


@dataclass(frozen=True)
class _Span:
    since: datetime
    until: datetime

    def end(self, now: datetime) -> datetime:
        """Give when it is over: `now` if it is over already."""
        return now if self.since - now > SET_BACK else max(self.until, now)


class Pace:
    """Knows when Slack may be called for a member; 0 messages a minute stand for no pace at all.

    A workspace is a bucket that each message takes a drop of and that fills up again.
    """

    def __init__(self, messages_a_minute: int = MESSAGES_A_MINUTE) -> None:
        self._drop = timedelta(minutes=1) / messages_a_minute if messages_a_minute else None
        self._burst = min(BURST, messages_a_minute)
        # Once empty, it is used again when a second's worth is in it: not a beat for each message.
        self._worth = min(self._burst, max(1, SECOND // self._drop)) if self._drop else 0
        # By workspace: until when the bucket fills up.
        self._filling: dict[int, _Span] = {}
        # By workspace and method: until when Slack wants to hear no more of it.
        self._holds: dict[tuple[int, str], _Span] = {}
        # By member: until when their DM has had its message of the second.
        self._written: dict[int, _Span] = {}

    def posting(self, to: Addressed, now: datetime) -> None:
        """Note that a message is on its way, whatever becomes of it."""
        self._written[to.member_id] = _Span(now, now + SECOND)
        if self._drop:
            full_at = self._full_at(to.workspace_id, now)
            self._filling[to.workspace_id] = _Span(now, full_at + self._drop)

    def hold(self, workspace_id: int, method: str, now: datetime, until: datetime) -> None:
        """Have a method called no more in a workspace before a moment."""
        until = max(until, self._held_until(workspace_id, method, now))
        self._holds[workspace_id, method] = _Span(now, until)
        if method == POST and self._drop:
            # It begins again with a few messages, not with a burst.
            full_at = until + self._drop * (self._burst - self._worth)
            self._filling[workspace_id] = _Span(now, full_at)

    def free_at(self, method: str, to: Addressed, now: datetime) -> datetime:
        """Give from when on a method may be called for a member: `now` if it may."""
        held_until = self._held_until(to.workspace_id, method, now)
        if method != POST:
            return held_until
        has_room_at = self._has_room_at(to.workspace_id, 1, now)
        return max(held_until, has_room_at, self.turn_of(to.member_id, now))

    def turn_of(self, member_id: int, now: datetime) -> datetime:
        """Give when a member may be sent another message, as far as their DM is concerned."""
        return _end(self._written.get(member_id), now)

    def without(self, method: str, now: datetime) -> set[int]:
        """Give the workspaces in which a method is not to be called now."""
        return {each for each, until in self._waiting(method, now).items() if until > now}

    def most(self, now: datetime) -> int:
        """Give how many messages may go now to the workspace that may get most."""
        if not self._drop:
            return sys.maxsize
        open_ = self._filling.keys() - self.without(POST, now)
        # Whole drops only: what is missing is rounded up.
        missing = [-((now - self._full_at(each, now)) // self._drop) for each in open_]
        return self._burst - min(missing, default=0)

    def opens_next(self, now: datetime) -> datetime | None:
        """Give when the next workspace stops waiting; None if there is none that waits.

        Forgets what is over, so that nothing grows.
        """
        waiting = (self._waiting(method, now).values() for method in (POST, OPEN))
        moments = [until for each in waiting for until in each if until > now]
        self._filling = _not_over(self._filling, now)
        self._holds = _not_over(self._holds, now)
        self._written = _not_over(self._written, now)
        return min(moments, default=None)

    def _waiting(self, method: str, now: datetime) -> dict[int, datetime]:
        """Give until when each workspace waits that is known here."""
        waiting = {each: self._held_until(each, method, now) for each, _ in self._holds}
        if method == POST:
            for each in self._filling:
                has_room_at = self._has_room_at(each, self._worth, now)
                waiting[each] = max(has_room_at, waiting.get(each, now))
        return waiting

    def _held_until(self, workspace_id: int, method: str, now: datetime) -> datetime:
        return _end(self._holds.get((workspace_id, method)), now)

    def _full_at(self, workspace_id: int, now: datetime) -> datetime:
        return _end(self._filling.get(workspace_id), now)

    def _has_room_at(self, workspace_id: int, messages: int, now: datetime) -> datetime:
        if not self._drop:
            return now
        missing = self._burst - messages
        return max(now, self._full_at(workspace_id, now) - self._drop * missing)


def _end(span: _Span | None, now: datetime) -> datetime:
    return now if span is None else span.end(now)


def _not_over(spans: dict[Key, _Span], now: datetime) -> dict[Key, _Span]:
    return {key: span for key, span in spans.items() if span.end(now) > now}
