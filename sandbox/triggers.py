"""Trigger ids: what lets an app open a modal, once and for three seconds after an act."""

import asyncio
from dataclasses import dataclass

from sandbox.rules.methods import broken


@dataclass
class _Trigger:
    user_id: str
    deadline: float
    in_modal: bool
    channel_id: str | None
    used: bool = False


class Triggers:
    """Hands out trigger ids and takes each back once."""

    def __init__(self, lifetime: float) -> None:
        self._lifetime = lifetime
        self._issued: dict[str, _Trigger] = {}

    def issue(self, user_id: str, *, in_modal: bool = False, channel_id: str | None = None) -> str:
        """A new trigger id for something that this user just did, in a modal or conversation."""
        trigger_id = f"{len(self._issued) + 1}.474920.8088sandbox"
        deadline = asyncio.get_running_loop().time() + self._lifetime
        self._issued[trigger_id] = _Trigger(user_id, deadline, in_modal, channel_id)
        return trigger_id

    def check(self, trigger_id: str) -> str:
        """The user who caused a trigger that is still good; SlackError otherwise."""
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise broken("views.trigger.known")
        if trigger.used:
            raise broken("views.trigger.once")
        if asyncio.get_running_loop().time() > trigger.deadline:
            raise broken("views.trigger.soon")
        return trigger.user_id

    def is_of_modal(self, trigger_id: str) -> bool:
        """Whether it was issued for something done in a modal."""
        return self._issued[trigger_id].in_modal

    def place_of(self, trigger_id: str) -> str | None:
        """The conversation in which it was issued, if it was in one."""
        return self._issued[trigger_id].channel_id

    def exchange(self, trigger_id: str) -> str:
        """Use a trigger up; returns the user who caused it."""
        user_id = self.check(trigger_id)
        self._issued[trigger_id].used = True
        return user_id
