"""The manifest says what is offered and sent: what isn't granted or subscribed doesn't happen."""

from typing import Any

import pytest

from sandbox.app_manifest import EVENT_SCOPES
from sandbox.errors import ClientRefused, SlackError
from sandbox.server import Sandbox
from sandbox.web_api import METHODS
from sandbox.web_api.endpoint import WebApi
from tests.sandbox.sample_app import MANIFEST

SCOPES = MANIFEST["oauth_config"]["scopes"]["bot"]
EVENTS = MANIFEST["settings"]["event_subscriptions"]["bot_events"]


class Heard:
    """In the place of a line to the app: keeps what would go over it."""

    def __init__(self) -> None:
        self.events: list[str] = []

    async def deliver(self, kind: str, payload: Any, **_: Any) -> dict[str, Any]:
        """Keep the type of an event."""
        self.events.append(payload["event"]["type"])
        return {}


def without(*, scope: str = "", event: str = "") -> tuple[Sandbox, Heard]:
    """A sandbox with an app that lacks a scope or a subscription."""
    scopes = {"bot": [one for one in SCOPES if one != scope]}
    events = {"bot_events": [one for one in EVENTS if one != event]}
    settings = {**MANIFEST["settings"], "event_subscriptions": events}
    sandbox = Sandbox(MANIFEST | {"oauth_config": {"scopes": scopes}, "settings": settings})
    heard = Heard()
    sandbox.delivery = heard  # type: ignore[assignment]
    return sandbox, heard


async def everything_happens(sandbox: Sandbox) -> None:
    """One of each event of the sample app."""
    ada = sandbox.member("Ada")
    await ada.open_home()
    await ada.say("hello")
    await sandbox.change_zone("Ada", "Europe/Rome")
    user = sandbox.workspace.users[ada.id]
    await sandbox.link.user_joined(user)


TYPES = {"message.im": "message"}


async def test_all_that_is_subscribed_is_sent() -> None:
    sandbox, heard = without()
    await everything_happens(sandbox)
    assert heard.events == ["app_home_opened", "message", "user_change", "team_join"]


@pytest.mark.parametrize("event", EVENTS)
async def test_an_event_without_subscription_is_not_sent(event: str) -> None:
    sandbox, heard = without(event=event)
    await everything_happens(sandbox)
    assert len(heard.events) == len(EVENTS) - 1
    assert TYPES.get(event, event) not in heard.events


@pytest.mark.parametrize("event", [event for event in EVENTS if event in EVENT_SCOPES])
async def test_an_event_without_its_scope_is_not_sent(event: str) -> None:
    sandbox, heard = without(scope=EVENT_SCOPES[event])
    await everything_happens(sandbox)
    assert TYPES.get(event, event) not in heard.events


async def test_without_interactivity_nothing_that_is_pressed_or_sent_arrives() -> None:
    settings = {**MANIFEST["settings"], "interactivity": {"is_enabled": False}}
    sandbox = Sandbox(MANIFEST | {"settings": settings})
    sandbox.delivery = Heard()  # type: ignore[assignment]
    await sandbox.member("Ada").shortcut("Log a talk")
    assert sandbox.workspace.troubles["U0ADABROOK"] == [
        'The shortcut "Log a talk" failed with the error "dispatch_failed"'
    ]
    assert sandbox.workspace.traffic[-1].refused == "not sent: interactivity is off"


async def test_without_the_scope_there_are_no_commands_and_no_shortcuts() -> None:
    sandbox, _ = without(scope="commands")
    with pytest.raises(ClientRefused, match="/contact is not a valid command"):
        await sandbox.member("Ada").command("/contact x")
    assert sandbox.manifest.shortcuts == ()


@pytest.mark.parametrize("name", [name for name, method in METHODS.items() if method.scopes])
def test_a_method_without_its_scope_says_what_is_needed_and_what_there_is(name: str) -> None:
    sandbox = Sandbox({"oauth_config": {"scopes": {"bot": ["commands"]}}})
    with pytest.raises(SlackError) as refused:
        WebApi(sandbox)._check_token(METHODS[name], "bot")
    assert refused.value.code == "missing_scope"
    assert refused.value.fields == {
        "needed": ",".join(METHODS[name].scopes),
        "provided": "commands",
    }
