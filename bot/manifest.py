"""The app manifest: what Slack is told that this app is, offers and may do."""

from __future__ import annotations

import re
from typing import Any

# Every scope with its reason; nothing is asked for that no code uses.
BOT_SCOPES = {
    "commands": "the slash commands and both shortcuts",
    "chat:write": "nudges, answers and updates of its own messages in the member's DM",
    "im:write": "opening the DM with a member who has not written to the bot yet",
    "im:history": "finding out whether a nudge arrived when Slack's answer was lost; hearing what "
    "a member writes to the bot. DMs with the bot only, no other conversation",
    "files:write": "the calendar file of a talk, into the DM with the member who asked for it",
    "users:read": "a member's name and time zone, so that nothing comes in the night",
}

# Every event with its reason.
BOT_EVENTS = {
    "app_home_opened": "drawing App Home when it is looked at",
    "app_uninstalled": "telling the operator, in the log, that the app was removed",
    "message.im": "answering who writes to the bot, with what it can do",
    "team_join": "saying hello to who joins the workspace, once",
    "tokens_revoked": "telling the operator, in the log, that the token works no more",
    "user_change": "following a member to another time zone, and noticing who left",
}

_LONG_DESCRIPTION = (
    "Rapport keeps the thread of your informational interviews, so that you can keep your mind on "
    "the person before you. Save who you would like to talk to, log each talk in a minute while "
    "it's fresh, and get a quiet message when a thank-you, a promise or a debrief is due. What "
    "you write is yours: nobody else in the workspace sees it."
)


def manifest(prefix: str = "", request_url: str | None = None) -> dict[str, Any]:
    """The manifest; `prefix` goes before each slash command, so "team-" gives `/team-contact`.

    The running bot learns it from COMMAND_PREFIX. With `request_url` Slack sends everything there
    instead of over Socket Mode. Raises ValueError for a prefix that Slack would refuse.
    """
    checked_prefix(prefix)
    commands = _slash_commands(prefix)
    events: dict[str, Any] = {"bot_events": list(BOT_EVENTS)}
    interactivity: dict[str, Any] = {"is_enabled": True}
    if request_url is not None:
        for command in commands:
            command["url"] = request_url
        events["request_url"] = interactivity["request_url"] = request_url
        interactivity["message_menu_options_url"] = request_url
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Rapport",
            "description": "Keeps the thread of your informational interviews, and your promises.",
            "long_description": _LONG_DESCRIPTION,
            "background_color": "#23395d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Rapport", "always_online": True},
            "shortcuts": _shortcuts(),
            "slash_commands": commands,
        },
        "oauth_config": {"scopes": {"bot": list(BOT_SCOPES)}},
        "settings": {
            "event_subscriptions": events,
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": request_url is None,
            "token_rotation_enabled": False,
        },
    }


def checked_prefix(prefix: str) -> str:
    """The prefix itself; ValueError if Slack would refuse a command that begins with it."""
    if not re.fullmatch(r"[a-z0-9_-]{0,20}", prefix):
        raise ValueError("must be at most 20 small letters, digits, hyphens and underscores.")
    return prefix


def _slash_commands(prefix: str) -> list[dict[str, Any]]:
    return [
        {
            "command": f"/{prefix}{name}",
            "description": description,
            "usage_hint": usage_hint,
            "should_escape": True,
        }
        for name, description, usage_hint in (
            (
                "contact",
                "Save somebody you would like to talk to, or find who you saved",
                "[NAME, TITLE at COMPANY | find TEXT | list]",
            ),
            (
                "interview",
                "Log a talk that you had, or plan the next one",
                "[NAME] [tuesday 3pm]",
            ),
            (
                "followups",
                "What is due, and what comes next",
                "[pause until DATE | resume]",
            ),
            (
                "rapport",
                "See what Rapport can do for you",
                "[check TEXT | guide STEP | settings | help]",
            ),
        )
    ]


def _shortcuts() -> list[dict[str, str]]:
    return [
        {
            "name": "Log a talk",
            "type": "global",
            "callback_id": "log_talk",
            "description": "Opens the form for a talk that you had or plan",
        },
        {
            "name": "What comes next",
            "type": "global",
            "callback_id": "what_comes_next",
            "description": "Shows what is due, and what comes after that",
        },
        {
            "name": "Check a message",
            "type": "global",
            "callback_id": "check_message",
            "description": "Reads a message before it goes out",
        },
        {
            "name": "Save as contact",
            "type": "message",
            "callback_id": "save_as_contact",
            "description": "Opens the contact form, filled in from this message",
        },
    ]
