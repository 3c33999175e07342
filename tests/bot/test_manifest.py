"""The manifest stays within what Slack accepts, and manifest.json is what the program prints."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import BOT_EVENTS, BOT_SCOPES, manifest

ROOT = Path(__file__).parents[2]
PREFIXES = ["", "team-", "a" * 20]

# Slack's manifest schema, version 2: the longest text per key, by path; `[]` is each of a list.
LONGEST = {
    "display_information.name": 35,
    "display_information.description": 140,
    "display_information.long_description": 4000,
    "display_information.background_color": 7,
    "features.bot_user.display_name": 80,
    "features.shortcuts[].name": 24,
    "features.shortcuts[].callback_id": 255,
    "features.shortcuts[].description": 150,
    "features.slash_commands[].command": 32,
    "features.slash_commands[].description": 2000,
    "features.slash_commands[].usage_hint": 1000,
}
MOST = {
    "features.shortcuts": 10,
    "features.slash_commands": 50,
    "oauth_config.scopes.bot": 255,
    "settings.event_subscriptions.bot_events": 100,
}
KEYS = {
    "": {"_metadata", "display_information", "features", "oauth_config", "settings"},
    "_metadata": {"major_version", "minor_version"},
    "display_information": {"name", "description", "long_description", "background_color"},
    "features": {"app_home", "bot_user", "shortcuts", "slash_commands"},
    "features.app_home": {
        "home_tab_enabled",
        "messages_tab_enabled",
        "messages_tab_read_only_enabled",
    },
    "features.bot_user": {"display_name", "always_online"},
    "features.shortcuts[]": {"name", "type", "callback_id", "description"},
    "features.slash_commands[]": {"command", "description", "usage_hint", "should_escape"},
    "oauth_config": {"scopes"},
    "oauth_config.scopes": {"bot"},
    "settings": {
        "event_subscriptions",
        "interactivity",
        "org_deploy_enabled",
        "socket_mode_enabled",
        "token_rotation_enabled",
    },
    "settings.event_subscriptions": {"bot_events"},
    "settings.interactivity": {"is_enabled"},
}
# Which scope lets an app hear which event, or use which feature.
SCOPE_OF_EVENT = {
    "app_home_opened": None,
    "app_uninstalled": None,
    "message.im": "im:history",
    "tokens_revoked": None,
    "team_join": "users:read",
    "user_change": "users:read",
}


def parts(value: Any, path: str = "") -> list[tuple[str, Any]]:
    """Every part of the manifest with its path."""
    found = [(path, value)]
    if isinstance(value, dict):
        for key, inner in value.items():
            found += parts(inner, f"{path}.{key}".lstrip("."))
    if isinstance(value, list):
        for inner in value:
            found += parts(inner, f"{path}[]")
    return found


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_text_fits_where_slack_puts_it(prefix: str) -> None:
    for path, value in parts(manifest(prefix)):
        if path in LONGEST:
            assert 1 <= len(value) <= LONGEST[path], path
        if path in MOST:
            assert 1 <= len(value) <= MOST[path], path


@pytest.mark.parametrize("prefix", PREFIXES)
def test_it_has_only_keys_that_slack_knows(prefix: str) -> None:
    for path, value in parts(manifest(prefix)):
        if isinstance(value, dict):
            assert value.keys() == KEYS[path], path


def test_the_long_description_and_the_colour_have_slacks_form() -> None:
    information = manifest()["display_information"]
    assert len(information["long_description"]) >= 175
    assert re.fullmatch(r"#[0-9a-f]{6}", information["background_color"])


def test_shortcuts_are_few_distinct_and_of_both_kinds() -> None:
    shortcuts = manifest()["features"]["shortcuts"]
    assert {shortcut["type"] for shortcut in shortcuts} == {"global", "message"}
    assert len({shortcut["callback_id"] for shortcut in shortcuts}) == len(shortcuts)
    for kind in ("global", "message"):
        assert sum(shortcut["type"] == kind for shortcut in shortcuts) <= 5


def test_every_event_and_feature_has_its_scope_and_every_scope_its_reason() -> None:
    told = manifest()
    scopes = set(told["oauth_config"]["scopes"]["bot"])
    events = told["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == set(SCOPE_OF_EVENT)
    needed = {scope for scope in SCOPE_OF_EVENT.values() if scope}
    assert needed | {"commands", "chat:write", "im:write", "files:write"} == scopes
    assert all(reason for reason in (*BOT_SCOPES.values(), *BOT_EVENTS.values()))


def test_the_commands_are_those_of_the_readme() -> None:
    commands = [command["command"] for command in manifest()["features"]["slash_commands"]]
    assert commands == ["/contact", "/interview", "/followups", "/rapport"]
    assert all(command["should_escape"] for command in manifest()["features"]["slash_commands"])


def test_a_prefix_keeps_the_commands_apart_from_those_a_workspace_has() -> None:
    commands = [command["command"] for command in manifest("team-")["features"]["slash_commands"]]
    assert commands == ["/team-contact", "/team-interview", "/team-followups", "/team-rapport"]


@pytest.mark.parametrize("prefix", ["Team-", "a b", "/", "é", "a" * 21])
def test_a_prefix_that_slack_would_refuse_is_refused_here(prefix: str) -> None:
    with pytest.raises(ValueError, match="small letters"):
        manifest(prefix)


def test_it_speaks_socket_mode_and_hears_what_members_write_to_it() -> None:
    told = manifest()
    assert told["settings"]["socket_mode_enabled"] is True
    assert told["settings"]["org_deploy_enabled"] is False
    assert told["settings"]["interactivity"] == {"is_enabled": True}
    assert told["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_manifest_json_is_what_the_program_prints() -> None:
    """If this fails: rapport manifest > manifest.json"""
    written = (ROOT / "manifest.json").read_text(encoding="utf-8")
    assert written == json.dumps(manifest(), indent=2, ensure_ascii=False) + "\n"
