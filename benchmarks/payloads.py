"""What Slack sends when a member acts, as far as a listener reads it."""

from typing import Any

from benchmarks.crowd import TEAM
from handlers.views.contact_form import CALLBACK_ID, ContactTyped, contact_form
from handlers.views.metadata import Carried

Json = dict[str, Any]
_APP = "A0000001"


def command(user_id: str, text: str, trigger_id: str, response_url: str) -> Json:
    """`/contact` with some words."""
    return {
        "token": "bench",
        "team_id": TEAM,
        "team_domain": "bench",
        "channel_id": "C0000001",
        "channel_name": "general",
        "user_id": user_id,
        "user_name": user_id.lower(),
        "command": "/contact",
        "text": text,
        "api_app_id": _APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def contact_submitted(user_id: str, view_id: str, typed: ContactTyped) -> Json:
    """The contact form, filled and sent."""
    drawn = contact_form(typed, Carried()).to_dict()
    values: Json = {}
    for block in drawn["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            held: Json = {"type": element["type"]}
            if element["type"].endswith("_input"):
                held["value"] = element.get("initial_value")
            else:
                held["selected_option"] = element.get("initial_option")
            values[block["block_id"]] = {element["action_id"]: held}
    view = drawn | {
        "id": view_id,
        "team_id": TEAM,
        "app_id": _APP,
        "callback_id": CALLBACK_ID,
        "hash": "1.abc",
        "state": {"values": values},
    }
    return {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "bench"},
        "user": {"id": user_id, "username": user_id.lower(), "team_id": TEAM},
        "api_app_id": _APP,
        "token": "bench",
        "trigger_id": f"1.{view_id}",
        "view": view,
        "response_urls": [],
    }
