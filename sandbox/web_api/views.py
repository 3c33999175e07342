"""views.*: modals and Homes (slack-platform.md 1.5, 4.2)."""

from typing import TYPE_CHECKING

from sandbox.model import Json, View
from sandbox.objects import view_object
from sandbox.rules.methods import broken
from sandbox.web_api.method import Method, arguments
from sandbox.workspace import SLACKBOT

if TYPE_CHECKING:
    from sandbox.server import Sandbox


def _trigger(asked: Json) -> str:
    trigger_id = asked.get("trigger_id") or asked.get("interactivity_pointer")
    if not trigger_id:
        raise broken("views.trigger.given", "missing required field: trigger_id")
    return str(trigger_id)


def open_view(sandbox: "Sandbox", asked: Json) -> Json:
    """views.open."""
    trigger_id = _trigger(asked)
    sandbox.triggers.check(trigger_id)
    given = sandbox.view_stack.check(asked["view"], "modal")
    user_id = sandbox.triggers.exchange(trigger_id)
    opened_in = sandbox.triggers.place_of(trigger_id)
    return {"view": view_object(sandbox.view_stack.open(user_id, given, opened_in))}


def push(sandbox: "Sandbox", asked: Json) -> Json:
    """views.push."""
    trigger_id = _trigger(asked)
    sandbox.triggers.check(trigger_id)
    given = sandbox.view_stack.check(asked["view"], "modal")
    if not sandbox.triggers.is_of_modal(trigger_id):
        raise broken("views.push.trigger")
    user_id = sandbox.triggers.exchange(trigger_id)
    return {"view": view_object(sandbox.view_stack.push(user_id, given))}


def update(sandbox: "Sandbox", asked: Json) -> Json:
    """views.update."""
    view = _named(sandbox, asked)
    given = sandbox.view_stack.check(asked["view"], view.type, instead_of=view)
    _check_hash(view, asked)
    sandbox.view_stack.update(view, given)
    return {"view": view_object(view)}


def publish(sandbox: "Sandbox", asked: Json) -> Json:
    """views.publish."""
    if not sandbox.manifest.home_tab:
        raise broken("views.publish.tab")
    user = sandbox.workspace.users.get(asked["user_id"])
    if user is None or user.is_bot or user.id == SLACKBOT or not user.is_visible:
        raise broken("views.publish.user", "invalid user_id [json-pointer:/user_id]")
    home = sandbox.workspace.homes.get(user.id)
    given = sandbox.view_stack.check(asked["view"], "home", instead_of=home)
    if home is not None:
        _check_hash(home, asked)
    return {"view": view_object(sandbox.view_stack.publish(user.id, given))}


def _named(sandbox: "Sandbox", asked: Json) -> View:
    if not asked.get("view_id") and not asked.get("external_id"):
        raise broken("views.update.named", "missing required field: view_id")
    for view in sandbox.workspace.views():
        if asked.get("view_id") == view.id:
            return view
        if view.external_id and asked.get("external_id") == view.external_id:
            return view
    raise broken("views.update.open")


def _check_hash(view: View, asked: Json) -> None:
    if asked.get("hash") and asked["hash"] != view.hash:
        raise broken("views.hash")


_OPENING = arguments("", "trigger_id interactivity_pointer", view="object!")
METHODS = {
    "views.open": Method(open_view, _OPENING),
    "views.push": Method(push, _OPENING),
    "views.update": Method(update, arguments("", "external_id view_id hash", view="object!")),
    "views.publish": Method(publish, arguments("user_id", "hash", view="object!")),
}
