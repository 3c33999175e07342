"""What a person does inside messages, modals and Homes: press, type, choose, submit, close."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox import payloads, rules
from sandbox.answers import take_answer
from sandbox.client_checks import problems_of
from sandbox.errors import ClientRefused, NoAnswer, SlackError
from sandbox.model import Held, Json, Message, Place, View, elements_of
from sandbox.rules.methods import broken_in
from sandbox.state import (
    flatten_options,
    initial_held,
    option_as_sent,
    options_of,
    typed_leaf,
)

if TYPE_CHECKING:
    from sandbox.server import Sandbox

TROUBLE_CONNECTING = "We had some trouble connecting. Try again?"


class _Spot:
    """One element of a message or view, as one person has it before them."""

    def __init__(
        self, sandbox: "Sandbox", user_id: str, place: Place, block_id: str, action_id: str
    ) -> None:
        self.holder = _holder(sandbox, place)
        self.user = sandbox.workspace.users[user_id]
        self.held = held_by(self.holder, user_id)
        # A Home may be published anew just while somebody presses: what they saw still counts.
        before = self.holder.before if isinstance(self.holder, View) else []
        for block, element in elements_of([*self.holder.all_blocks, *before]):
            if block["block_id"] == block_id and element.get("action_id") == action_id:
                self.block, self.element = block, element
                return
        raise ClientRefused("This is not there any more.")

    @property
    def key(self) -> tuple[str, str]:
        """Block id and action id."""
        return self.block["block_id"], self.element["action_id"]

    @property
    def in_modal(self) -> bool:
        """Whether it stands in a modal."""
        return isinstance(self.holder, View) and self.holder.type == "modal"

    def hold(self, leaf: Json) -> None:
        """Keep what was entered."""
        self.held.setdefault(self.key[0], {})[self.key[1]] = leaf


def _holder(sandbox: "Sandbox", place: Place) -> Message | View:
    found = sandbox.workspace.view(place.view_id) if place.view_id else None
    holder = found or sandbox.workspace.message_at(place)
    if holder is None:
        raise ClientRefused("This is not there any more.")
    return holder


def held_by(holder: Message | View, user_id: str) -> Held:
    """What this person has entered in a message or view."""
    if isinstance(holder, View):
        return holder.held
    return holder.held.setdefault(user_id, initial_held(holder.all_blocks))


def _place_payload(sandbox: "Sandbox", spot: _Spot) -> Json:
    holder = spot.holder
    if isinstance(holder, View):
        return payloads.view_place(holder)
    channel = sandbox.workspace.channels[holder.channel_id]
    return payloads.message_place(holder, channel, holder.attachment_of(spot.block))


async def press(
    sandbox: "Sandbox", user_id: str, place: Place, block_id: str, action_id: str
) -> None:
    """Press a button (a confirmation counts as given)."""
    spot = _Spot(sandbox, user_id, place, block_id, action_id)
    await _tell(sandbox, spot, None)


def fill(
    sandbox: "Sandbox", user_id: str, place: Place, block_id: str, action_id: str, value: Any
) -> None:
    """Type or choose a value without telling the app, as in an input without dispatch_action.

    `value`: text; an option's value; a list of option values; a user or channel id (or a list);
    "YYYY-MM-DD"; "HH:MM"; epoch seconds (datetimepicker); None or [] to clear.
    """
    spot = _Spot(sandbox, user_id, place, block_id, action_id)
    spot.hold(typed_leaf(spot.element, value, spot.holder.suggested.get(spot.key, [])))
    if isinstance(spot.holder, View):
        spot.holder.errors.pop(block_id, None)
    sandbox.workspace.changed.notify()


async def choose(
    sandbox: "Sandbox", user_id: str, place: Place, block_id: str, action_id: str, value: Any
) -> None:
    """Fill in a value (as `fill`), and tell the app where Slack would.

    Slack tells it of elements in sections and actions, and in inputs with dispatch_action.
    """
    spot = _Spot(sandbox, user_id, place, block_id, action_id)
    if spot.element["type"] == "overflow":
        chosen = [o for o in options_of(spot.element) if o.get("value") == value]
        if not chosen:
            raise ClientRefused(f"{value!r} is not among the options")
        await _tell(sandbox, spot, {"selected_option": option_as_sent(chosen[0])})
        return
    fill(sandbox, user_id, place, block_id, action_id, value)
    if spot.block["type"] != "input" or spot.block.get("dispatch_action"):
        await _tell(sandbox, spot, spot.held[block_id][action_id])


async def _tell(sandbox: "Sandbox", spot: _Spot, leaf: Json | None) -> None:
    """Send block_actions."""
    user = spot.user
    place = _place_payload(sandbox, spot)
    if isinstance(spot.holder, Message):
        message = spot.holder
        url = sandbox.response_urls.issue("actions", user.id, message.channel_id, message.ts)
        place["response_url"] = url
    item = payloads.action(spot.block, spot.element, leaf, sandbox.workspace.ids.ts())
    trigger_id = sandbox.triggers.issue(
        user.id, in_modal=spot.in_modal, channel_id=getattr(spot.holder, "channel_id", None)
    )
    payload = payloads.block_actions(user, place, spot.held, item, trigger_id)
    try:
        await sandbox.link.ask("interactive", payload, answers=False)
    except NoAnswer as silence:
        label = spot.element.get("text", {}).get("text") or spot.element["type"]
        text = f'"{label}" failed: the app did not respond ({silence.reason})'
        sandbox.workspace.trouble(user.id, text)


async def suggest(
    sandbox: "Sandbox", user_id: str, place: Place, block_id: str, action_id: str, typed: str
) -> list[Json]:
    """Type in an external select; returns the app's options, or its option groups."""
    spot = _Spot(sandbox, user_id, place, block_id, action_id)
    if len(typed) < spot.element.get("min_query_length", 3):
        return []
    where = _place_payload(sandbox, spot)
    payload = payloads.block_suggestion(spot.user, where, block_id, action_id, typed)
    try:
        answer = await sandbox.link.ask("interactive", payload, answers=True)
    except NoAnswer as silence:
        text = f"The options could not be loaded ({silence.reason})"
        sandbox.workspace.trouble(user_id, text)
        return []
    problems = rules.suggestion_problems(answer)
    if problems:
        sandbox.link.refuse("block_suggestion", broken_in(rules.IN_VIEWS, problems), answer)
        sandbox.workspace.trouble(user_id, "The options could not be loaded (dispatch_failed)")
        return []
    answered: list[Json] = answer.get("options") or answer.get("option_groups") or []
    spot.holder.suggested.setdefault(spot.key, []).extend(flatten_options(answered))
    return answered


async def submit(
    sandbox: "Sandbox",
    user_id: str,
    view_id: str,
    values: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Submit a modal; `values` (block id -> action id -> value) are filled in first.

    Raises ClientRefused, with a text for each block, for what Slack's client itself refuses.
    """
    view = _modal(sandbox, user_id, view_id)
    for block_id, elements in (values or {}).items():
        for action_id, value in elements.items():
            fill(sandbox, user_id, Place(view_id=view_id), block_id, action_id, value)
    view.errors, view.trouble = problems_of(view), None
    sandbox.workspace.changed.notify()
    if view.errors:
        listed = "; ".join(f"{block_id}: {text}" for block_id, text in view.errors.items())
        raise ClientRefused(f"Slack would not send this modal: {listed}", view.errors)
    user = sandbox.workspace.users[user_id]
    urls = sandbox.response_urls.of_view(view)
    trigger_id = sandbox.triggers.issue(user_id, in_modal=True)
    payload = payloads.view_submission(user, view, trigger_id, urls)
    try:
        answer = await sandbox.link.ask("interactive", payload, answers=True)
        take_answer(sandbox, view, answer)
    except NoAnswer:
        _trouble(sandbox, view)
    except SlackError as error:
        sandbox.link.refuse("answer to view_submission", error, answer)
        _trouble(sandbox, view)


def _modal(sandbox: "Sandbox", user_id: str, view_id: str) -> View:
    for view in sandbox.workspace.stacks.get(user_id, []):
        if view.id == view_id:
            return view
    raise ClientRefused("This modal is not open any more.")


def _trouble(sandbox: "Sandbox", view: View) -> None:
    view.trouble = TROUBLE_CONNECTING
    sandbox.workspace.trouble(view.user_id, TROUBLE_CONNECTING)


async def close(
    sandbox: "Sandbox", user_id: str, view_id: str, *, whole_stack: bool = False
) -> None:
    """Close a modal with its Cancel button, or the whole stack with the x."""
    view = _modal(sandbox, user_id, view_id)
    cleared = whole_stack or view.clear_on_close
    told = sandbox.workspace.stacks[user_id][0] if cleared else view
    if cleared:
        sandbox.view_stack.clear(user_id)
    else:
        sandbox.view_stack.pop(view)
    if not told.notify_on_close:
        return
    user = sandbox.workspace.users[user_id]
    payload = payloads.view_closed(user, told, is_cleared=cleared)
    try:
        await sandbox.link.ask("interactive", payload, answers=False)
    except NoAnswer:
        return  # Slack shows nothing: the modal is gone already
