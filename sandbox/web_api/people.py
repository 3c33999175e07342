"""users.*, team.info, auth.test, api.test, apps.connections.open (slack-platform.md 4.2)."""

from typing import TYPE_CHECKING

from sandbox.errors import SlackError
from sandbox.model import Json
from sandbox.objects import user_object
from sandbox.payloads import ENTERPRISE_ID, ENTERPRISE_NAME
from sandbox.rules.methods import broken
from sandbox.web_api.method import Method, arguments
from sandbox.web_api.paging import page
from sandbox.workspace import (
    APP_ID,
    BOT_ID,
    BOT_USER_ID,
    TEAM_DOMAIN,
    TEAM_ID,
    TEAM_NAME,
)

if TYPE_CHECKING:
    from sandbox.server import Sandbox


# "For large teams a limit is required": how large, is not said.
MOST_AT_ONCE = 999


def auth_test(sandbox: "Sandbox", asked: Json) -> Json:
    """auth.test: who the token belongs to."""
    org = {"enterprise_id": ENTERPRISE_ID} if sandbox.org_wide else {}
    return {
        "url": f"https://{TEAM_DOMAIN}.slack.com/",
        "team": TEAM_NAME,
        "user": sandbox.workspace.app.name,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": sandbox.org_wide,
        **org,
    }


def api_test(sandbox: "Sandbox", asked: Json) -> Json:
    """api.test: echoes, or fails with the error asked for."""
    if asked.get("error"):
        raise SlackError(asked["error"])
    return {"args": asked}


def connections_open(sandbox: "Sandbox", asked: Json) -> Json:
    """apps.connections.open: where to connect for Socket Mode."""
    if not sandbox.manifest.socket_mode:
        raise broken("sockets.enabled")
    ticket = sandbox.sockets.ticket()
    base = sandbox.url.replace("http://", "ws://")
    return {"url": f"{base}/link/?ticket={ticket}&app_id={APP_ID}"}


def _user(sandbox: "Sandbox", user_id: str, asked: Json) -> Json:
    user = sandbox.workspace.users.get(user_id)
    if user is None:
        raise broken("users.known")
    if not user.is_visible:
        raise broken("users.visible")
    email = "users:read.email" in sandbox.manifest.scopes
    shown = user_object(user, sandbox.workspace, email=email)
    if asked.get("include_locale"):
        shown["locale"] = "en-GB"
    return shown


def info(sandbox: "Sandbox", asked: Json) -> Json:
    """users.info."""
    return {"user": _user(sandbox, asked["user"], asked)}


def everybody(sandbox: "Sandbox", asked: Json) -> Json:
    """users.list: also bots and those who left."""
    seen = [user.id for user in sandbox.workspace.users.values() if user.is_visible]
    if not asked.get("limit") and len(seen) > MOST_AT_ONCE:
        raise broken("paging.needed")
    ids, cursor = page(seen, asked, default=MOST_AT_ONCE)
    members = [_user(sandbox, user_id, asked) for user_id in ids]
    return {
        "members": members,
        "cache_ts": sandbox.workspace.ids.seconds(),
        "response_metadata": {"next_cursor": cursor},
    }


def by_email(sandbox: "Sandbox", asked: Json) -> Json:
    """users.lookupByEmail."""
    for user in sandbox.workspace.users.values():
        shown = user_object(user, sandbox.workspace, email=True)
        if user.is_visible and shown["profile"]["email"] == asked["email"].lower():
            return {"user": shown}
    raise broken("users.email")


def team(sandbox: "Sandbox", asked: Json) -> Json:
    """team.info."""
    if asked.get("team") not in (None, "", TEAM_ID):
        raise broken("team.known")
    shown = {
        "id": TEAM_ID,
        "name": TEAM_NAME,
        "url": f"https://{TEAM_DOMAIN}.slack.com/",
        "domain": TEAM_DOMAIN,
        "email_domain": "",
        "icon": {"image_default": True},
    }
    if sandbox.org_wide:
        shown |= {"enterprise_id": ENTERPRISE_ID, "enterprise_name": ENTERPRISE_NAME}
    return {"team": shown}


METHODS = {
    "api.test": Method(api_test, arguments("", "error"), tokens=("bot", "app", "none")),
    "auth.test": Method(auth_test, tokens=("bot", "app")),
    "apps.connections.open": Method(connections_open, tokens=("app",)),
    "users.info": Method(info, arguments("user", include_locale="boolean"), ("users:read",)),
    "users.lookupByEmail": Method(by_email, arguments("email"), ("users:read.email",)),
    "users.list": Method(
        everybody,
        arguments("", "cursor team_id", include_locale="boolean", limit="integer"),
        ("users:read",),
    ),
    "team.info": Method(
        team,
        arguments("", "team domain", include_slackbot_availability="boolean"),
        ("team:read",),
    ),
}
