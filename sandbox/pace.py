"""How many calls Slack takes, by method and by channel (slack-platform.md 4.1, 4.2)."""

from collections import deque
from math import ceil

from sandbox.clock import VirtualClock
from sandbox.rules.methods import broken
from sandbox.socket_mode import MOST_CONNECTIONS

MINUTE = 60.0
# Calls a minute of one method in one workspace.
A_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
# The tier of each method of slack-platform.md 4.2, also of those that the sandbox doesn't have;
# None for those whose limit is not by tier.
TIERS: dict[str, int | None] = {
    "api.test": None,
    "apps.connections.open": 1,
    "apps.event.authorizations.list": None,
    "apps.uninstall": 1,
    "auth.test": None,
    "chat.delete": 3,
    "chat.deleteScheduledMessage": 3,
    "chat.getPermalink": None,
    "chat.postEphemeral": 4,
    "chat.postMessage": None,
    "chat.scheduleMessage": 3,
    "chat.scheduledMessages.list": 3,
    "chat.update": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.members": 4,
    "conversations.open": 3,
    "conversations.replies": 3,
    "files.completeUploadExternal": 4,
    "files.getUploadURLExternal": 4,
    "functions.completeError": 3,
    "functions.completeSuccess": 3,
    "oauth.v2.access": None,
    "oauth.v2.exchange": 3,
    "reminders.add": 2,
    "team.info": 3,
    "usergroups.list": 2,
    "usergroups.users.list": 2,
    "users.info": 4,
    "users.list": 2,
    "users.lookupByEmail": 3,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}
# "Several hundred" messages a minute in a workspace; in a channel one a second, short bursts more.
MESSAGES_A_MINUTE = 400
BURST_IN_CHANNEL = 10
# Tier 1 takes one call a minute, and "a small amount of burst behavior": an app may have ten lines,
# so it can open ten at once.
OPENING, LINES_AT_ONCE = "apps.connections.open", MOST_CONNECTIONS
# Events to the app from one workspace (slack-platform.md 3).
EVENTS_AN_HOUR, HOUR = 30_000, 3600.0


class Pace:
    """Counts the calls of the last minute, the messages in each channel, and an hour's events."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}
        self._events: deque[float] = deque()
        # By channel or method: when its bucket, of a message a second or a line a minute, is empty.
        self._full_at: dict[str, float] = {}
        self.is_kept = True  # False where many members act in one moment of a moved clock

    def call(self, method: str) -> None:
        """Count one call; refuses it beyond the method's tier."""
        tier = TIERS[method]
        if method == OPENING:
            self._full_at[method] = self._drip(method, MINUTE, LINES_AT_ONCE, "api.pace")
        elif tier is not None:
            self._count(method, A_MINUTE[tier])

    def event(self) -> bool:
        """Count one event to the app; False beyond what Slack delivers in an hour."""
        now = self._clock.passed()
        while self._events and self._events[0] <= now - HOUR:
            self._events.popleft()
        if len(self._events) >= EVENTS_AN_HOUR and self.is_kept:
            return False
        self._events.append(now)
        return True

    def message(self, channel_id: str) -> None:
        """Count one message; refuses it beyond what the channel and the workspace take."""
        full_at = self._drip(channel_id, 1.0, BURST_IN_CHANNEL, "api.pace.channel")
        self._count("chat.postMessage", MESSAGES_A_MINUTE)
        self._full_at[channel_id] = full_at

    def _drip(self, key: str, seconds_each: float, burst: int, rule: str) -> float:
        """When this key's bucket is empty again with one more; refuses what it doesn't hold."""
        now = self._clock.passed()
        full_at = max(self._full_at.get(key, now), now) + seconds_each
        over = full_at - now - burst * seconds_each
        if over > 0 and self.is_kept:
            raise broken(rule, retry_after=str(ceil(over)))
        return full_at

    def _count(self, method: str, most: int) -> None:
        now = self._clock.passed()
        calls = self._calls.setdefault(method, deque())
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        if len(calls) >= most and self.is_kept:
            raise broken("api.pace", retry_after=str(ceil(calls[0] + MINUTE - now)))
        calls.append(now)
