"""What the sandbox takes from an app's manifest."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

# The scope without which an event is not sent (slack-platform.md 2.7); the others need none.
EVENT_SCOPES = {
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "team_join": "users:read",
    "user_change": "users:read",
}


@dataclass(frozen=True)
class SlashCommand:
    """A slash command, as the composer completes it."""

    command: str  # "/contact"
    description: str
    usage_hint: str
    should_escape: bool
    url: str = ""  # over HTTP: where it is sent


@dataclass(frozen=True)
class Shortcut:
    """A global or message shortcut."""

    name: str
    type: str  # "global" or "message"
    callback_id: str
    description: str


@dataclass(frozen=True)
class AppManifest:
    """The parts of a manifest that decide what the workspace offers and sends."""

    name: str
    commands: tuple[SlashCommand, ...]
    shortcuts: tuple[Shortcut, ...]
    scopes: tuple[str, ...]
    bot_events: tuple[str, ...]
    is_interactive: bool
    home_tab: bool
    messages_tab: bool
    messages_read_only: bool
    socket_mode: bool
    # Over HTTP: where events, interactions, and what is typed in external selects are sent.
    events_url: str = ""
    interactivity_url: str = ""
    options_url: str = ""

    @classmethod
    def read(cls, manifest: Mapping[str, Any]) -> "AppManifest":
        """Read a manifest; parts that are left out count as off."""
        features = manifest.get("features", {})
        settings = manifest.get("settings", {})
        events = settings.get("event_subscriptions", {})
        interactivity = settings.get("interactivity", {})
        home = features.get("app_home", {})
        bot_user = features.get("bot_user", {})
        scopes = tuple(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", []))
        # Commands and shortcuts are there by the scope for them (slack-platform.md 5.2).
        offered = features if "commands" in scopes else {}
        app_name = manifest.get("display_information", {}).get("name", "App")
        return cls(
            name=bot_user.get("display_name", app_name),
            commands=tuple(_command(given) for given in offered.get("slash_commands", [])),
            shortcuts=tuple(_shortcut(given) for given in offered.get("shortcuts", [])),
            scopes=scopes,
            bot_events=tuple(events.get("bot_events", [])),
            is_interactive=interactivity.get("is_enabled", False),
            home_tab=home.get("home_tab_enabled", False),
            messages_tab=home.get("messages_tab_enabled", False),
            messages_read_only=home.get("messages_tab_read_only_enabled", False),
            socket_mode=settings.get("socket_mode_enabled", False),
            events_url=events.get("request_url", ""),
            interactivity_url=interactivity.get("request_url", ""),
            options_url=interactivity.get("message_menu_options_url", ""),
        )

    def over_http(self, url: str) -> "AppManifest":
        """The same app, to which everything is sent at one address."""
        return replace(
            self,
            commands=tuple(replace(command, url=url) for command in self.commands),
            socket_mode=False,
            events_url=url,
            interactivity_url=url,
            options_url=url,
        )

    def address_of(self, kind: str, payload: Mapping[str, Any]) -> str:
        """Where one payload is sent over HTTP (slack-platform.md 5.2); "" for nowhere."""
        if kind == "events_api":
            return self.events_url
        if kind == "slash_commands":
            return next((c.url for c in self.commands if c.command == payload["command"]), "")
        is_suggestion = payload.get("type") == "block_suggestion"
        return self.options_url if is_suggestion else self.interactivity_url

    def hears(self, event: str) -> bool:
        """Whether the app subscribed to an event, and has the scope for it."""
        granted = EVENT_SCOPES.get(event) in (None, *self.scopes)
        return granted and event in self.bot_events


def _command(given: Mapping[str, Any]) -> SlashCommand:
    return SlashCommand(
        command=given["command"],
        description=given.get("description", ""),
        usage_hint=given.get("usage_hint", ""),
        should_escape=given.get("should_escape", False),
        url=given.get("url", ""),
    )


def _shortcut(given: Mapping[str, Any]) -> Shortcut:
    return Shortcut(
        name=given["name"],
        type=given["type"],
        callback_id=given["callback_id"],
        description=given.get("description", ""),
    )
