"""What the app answers: a message to a command or a response_url, an act to a submission (2.8)."""

from typing import TYPE_CHECKING, Any

from sandbox.model import Channel, Json, View
from sandbox.posting import check_thread
from sandbox.rules.methods import (
    ANSWER_FIELDS,
    ANSWER_SWITCHES,
    ANSWER_TEXTS,
    RESPONSE_ACTIONS,
    RESPONSE_TYPES,
    broken,
)

if TYPE_CHECKING:
    from sandbox.server import Sandbox


def check_answer(answer: Json, channel: Channel) -> None:
    """Check what is in an answer beyond its message; SlackError for what Slack refuses."""
    _check_fields(answer, ANSWER_FIELDS)
    for names, kind, words in ((ANSWER_SWITCHES, bool, "boolean"), (ANSWER_TEXTS, str, "string")):
        for name in names:
            if not isinstance(answer.get(name), kind | None):
                hint = f"must provide a {words} [json-pointer:/{name}]"
                raise broken("answer.field.type", hint)
    if answer.get("response_type") not in (None, *RESPONSE_TYPES):
        words = ", ".join(RESPONSE_TYPES)
        hint = f"must be a valid enum value: {words} [json-pointer:/response_type]"
        raise broken("answer.response_type", hint)
    check_thread(channel, answer.get("thread_ts"))


def _check_fields(answer: Json, known: tuple[str, ...]) -> None:
    for name in answer:
        if name not in known:
            hint = f"invalid additional property: {name} [json-pointer:/{name}]"
            raise broken("answer.field", hint)


def take_answer(sandbox: "Sandbox", view: View, answer: Json) -> None:
    """Do what the app answered to a submission; SlackError for what Slack refuses."""
    stack = sandbox.view_stack
    if not answer:
        stack.pop(view)
        return
    kind = str(answer.get("response_action"))
    if kind not in RESPONSE_ACTIONS:
        raise broken("answer.action", f"unknown response_action: {kind!r}")
    _check_fields(answer, ("response_action", *RESPONSE_ACTIONS[kind]))
    if kind == "clear":
        stack.clear(view.user_id)
    elif kind == "update":
        stack.update(view, stack.check(answer.get("view"), "modal", instead_of=view))
    elif kind == "push":
        stack.push(view.user_id, stack.check(answer.get("view"), "modal"))
    else:
        _show_errors(sandbox, view, answer.get("errors"))


def _show_errors(sandbox: "Sandbox", view: View, errors: Any) -> None:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    texts = list(errors.values()) if isinstance(errors, dict) else []
    if not texts or not set(errors) <= inputs:
        problem = "errors must name block_ids of input blocks [json-pointer:/errors]"
        raise broken("answer.errors", problem)
    if not all(isinstance(text, str) and text for text in texts):
        raise broken("answer.errors.text", "must be a string [json-pointer:/errors]")
    view.errors = dict(errors)
    sandbox.workspace.changed.notify()
