"""How modals and Homes come, change and go (slack-platform.md 1.1, 1.5, 2.8)."""

import json
from typing import TYPE_CHECKING, Any

from sandbox import rules
from sandbox.model import Json, View
from sandbox.pictures import picture_problems
from sandbox.rules.methods import LARGEST_VIEW, broken, broken_in
from sandbox.state import carried_over, initial_held

if TYPE_CHECKING:
    from sandbox.server import Sandbox

DEEPEST = 3


class ViewStack:
    """Checks the views that the app sends, and keeps each user's stack."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._workspace = sandbox.workspace
        self._posting = sandbox.posting

    def check(self, given: Any, view_type: str, instead_of: View | None = None) -> Json:
        """A view that Slack would take, of this type; SlackError otherwise."""
        if not isinstance(given, dict):
            raise broken("api.type", "must provide an object [json-pointer:/view]")
        problems = rules.view_problems(given, view_type)
        if not problems:
            problems = picture_problems(self._workspace, given["blocks"], "/view/blocks")
        if problems:
            raise broken_in(rules.IN_VIEWS, problems)
        inputs = [block["element"] for block in given["blocks"] if block["type"] == "input"]
        asks = any(element["type"] == "file_input" for element in inputs)
        if asks and "files:read" not in self._sandbox.manifest.scopes:
            raise broken("views.file_input", "file_input needs files:read [json-pointer:/view]")
        if len(json.dumps(given, ensure_ascii=False).encode()) > LARGEST_VIEW:
            raise broken("views.size")
        external_id = given.get("external_id")
        for view in self._workspace.views():
            if external_id and view.external_id == external_id and view is not instead_of:
                raise broken("views.external_id")
        return given

    def open(self, user_id: str, given: Json, opened_in: str | None = None) -> View:
        """Open a modal as the only one of this user's stack, from a conversation or elsewhere."""
        view = self._new(user_id, given, opened_in)
        view.root_view_id = view.id
        self._workspace.stacks[user_id] = [view]
        self._workspace.changed.notify()
        return view

    def push(self, user_id: str, given: Json) -> View:
        """Put a modal on top of this user's stack."""
        stack = self._workspace.stacks.get(user_id) or []
        if not stack:
            raise broken("views.push.open")
        if len(stack) >= DEEPEST:
            raise broken("views.push.most")
        view = self._new(user_id, given, stack[0].opened_in)
        view.root_view_id, view.previous_view_id = stack[0].id, stack[-1].id
        stack.append(view)
        self._workspace.changed.notify()
        return view

    def publish(self, user_id: str, given: Json) -> View:
        """Show a Home to this user."""
        home = self._workspace.homes.get(user_id)
        if home is not None:
            home.before = home.blocks
            self.update(home, given)
            return home
        view = self._new(user_id, given)
        view.root_view_id = view.id
        self._workspace.homes[user_id] = view
        self._workspace.changed.notify()
        return view

    def update(self, view: View, given: Json) -> None:
        """Change a view; what was typed stays where block_id and action_id are the same."""
        held = view.held
        self._fill(view, given)
        view.held = carried_over(view.blocks, held, view.opened_in)
        view.errors, view.trouble = {}, None
        self._workspace.changed.notify()

    def pop(self, view: View) -> None:
        """Take a view, and any above it, off the stack."""
        stack = self._workspace.stacks.get(view.user_id, [])
        if view in stack:
            del stack[stack.index(view) :]
        self._workspace.changed.notify()

    def clear(self, user_id: str) -> None:
        """Close all modals of a user."""
        self._workspace.stacks.pop(user_id, None)
        self._workspace.changed.notify()

    def _new(self, user_id: str, given: Json, opened_in: str | None = None) -> View:
        view = View(self._workspace.ids.next("V"), given["type"], user_id, [], opened_in=opened_in)
        self._fill(view, given)
        view.held = initial_held(view.blocks, opened_in)
        return view

    def _fill(self, view: View, given: Json) -> None:
        view.blocks = self._posting.with_ids(given["blocks"])
        view.title, view.submit, view.close = (given.get(k) for k in ("title", "submit", "close"))
        view.private_metadata = given.get("private_metadata") or ""
        view.callback_id = given.get("callback_id") or ""
        view.external_id = given.get("external_id") or view.external_id
        view.clear_on_close = bool(given.get("clear_on_close"))
        view.notify_on_close = bool(given.get("notify_on_close"))
        view.hash = self._workspace.ids.hash()
