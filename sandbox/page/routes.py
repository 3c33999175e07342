"""The page's routes: the page itself, its fragments and changes, and the acts it posts."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from mimetypes import guess_type
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox import acts
from sandbox.errors import ClientRefused
from sandbox.page.bad_days import BAD_DAYS
from sandbox.page.bench import Bench
from sandbox.page.blockkit import Surface
from sandbox.page.environment import HERE, environment
from sandbox.page.play import ACTS, Play
from sandbox.page.screen import Screen
from sandbox.server import Sandbox

REGIONS = ("topbar", "sidebar", "main", "modal", "bench")
COLOURS = "sandbox-colours"  # the cookie that says "light" or "dark"; without it as the system has
EVERY_ACT = {**ACTS, **BAD_DAYS}
FOR_MEMBERS = [act for name, act in ACTS.items() if name not in ("visit", "clock")]
PICTURES = {"image/png", "image/jpeg", "image/gif"}
# Nothing is loaded from anywhere but the sandbox itself, and nobody else's page may frame it.
HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'self'",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """All routes of the page for one sandbox, to be mounted at its root."""
    page = Page(sandbox)
    return [
        Route("/", page.whole),
        Route("/panes", page.panes),
        Route("/page/fragments", page.fragments),
        Route("/page/stream", page.stream),
        Route("/page/files/{file_id}", page.file),
        Route("/page/suggest", page.suggest, methods=["POST"]),
        Route("/page/acts/{act}", page.act, methods=["POST"]),
        Mount("/page/static", StaticFiles(directory=HERE / "static")),
    ]


class Page:
    """Answers the browser; what people did so far is in the sandbox, what they read is here."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.marks = sandbox.marks
        self.templates = environment(sandbox.workspace)

    def screen(self, where: Mapping[str, str]) -> Screen:
        """The screen that an address names; unknown members and places fall back to the first."""
        return Screen(self.sandbox, self.marks, where.get("as", ""), where.get("at", ""))

    async def whole(self, request: Request) -> Response:
        """The page."""
        screen = self.screen(request.query_params)
        if screen.channel:
            self.marks.visit(screen.me.id, screen.channel)
        return self._page(request, screen)

    async def panes(self, request: Request) -> Response:
        """Two members side by side, each in a page of their own; what they read is theirs."""
        screen = self.screen(request.query_params)
        people = {user.id for user in self.sandbox.workspace.people} - {screen.me.id}
        asked = request.query_params.get("beside", "")
        other = asked if asked in people else screen.beside.id
        beside = self.screen({"as": other, "at": screen.at})
        return self._page(request, screen, panes=(screen, beside))

    def _page(self, request: Request, screen: Screen, panes: Sequence[Screen] = ()) -> HTMLResponse:
        chosen = request.cookies.get(COLOURS, "")
        html = self.templates.get_template("page.html").render(
            **self._shown(request, screen),
            panes=panes,
            state=self._state(screen),
            tour=request.query_params.get("tour", ""),
            colours=chosen if chosen in ("light", "dark") else "system",
        )
        return HTMLResponse(html, headers=HEADERS)

    def _shown(self, request: Request, screen: Screen) -> dict[str, Any]:
        """What every template is given."""
        where = request.query_params
        return {
            "screen": screen,
            "bench": Bench(self.sandbox, where),
            "pane": where.get("pane", ""),
            "in_panes": where.get("view") == "panes" or request.url.path == "/panes",
        }

    async def fragments(self, request: Request) -> Response:
        """The page's regions as they are now; marks the open conversation as read."""
        where = request.query_params
        screen = self.screen(where)
        wanted = where.get("regions", " ".join(REGIONS)).split()
        if where.get("looking") == "yes" and "main" in wanted and screen.channel:
            mark = self.marks.visit if where.get("begin") == "yes" else self.marks.read
            mark(screen.me.id, screen.channel)
        shown = self._shown(request, screen)
        regions = {
            name: self.templates.get_template(f"{name}.html").render(**shown)
            for name in REGIONS
            if name in wanted
        }
        return JSONResponse({"regions": regions, "state": self._state(screen)}, headers=HEADERS)

    async def stream(self, request: Request) -> Response:
        """Server-sent events: one line whenever something in the workspace has changed."""
        changed = self.sandbox.workspace.changed

        async def lines() -> AsyncIterator[str]:
            version = changed.version
            yield f"data: {version}\n\n"
            while not self.sandbox.stopping.is_set():
                version = await changed.after(version)
                yield f"data: {version}\n\n"

        return StreamingResponse(lines(), media_type="text/event-stream", headers=HEADERS)

    async def act(self, request: Request) -> Response:
        """Play one act; the answer names what Slack's own client would refuse."""
        act = EVERY_ACT.get(request.path_params["act"])
        if act is None:
            return JSONResponse({"ok": False, "text": "No such act"}, status_code=404)
        if not _from_page(request):
            return JSONResponse({"ok": False, "text": "Only the page may act"}, status_code=403)
        async with request.form() as form:
            play = Play(self.sandbox, self.screen(request.query_params), form)
            if play.screen.me.deleted and act in FOR_MEMBERS:
                text = f"{play.screen.me.shown_name} is deactivated, and can do nothing in Slack."
                return JSONResponse({"ok": False, "text": text})
            try:
                await act(play)
            except ClientRefused as refused:
                return JSONResponse({"ok": False, "text": refused.text})
        return JSONResponse({"ok": True})

    async def suggest(self, request: Request) -> Response:
        """The options that the app suggests for what was typed in an external select."""
        if not _from_page(request):
            return JSONResponse({"groups": []}, status_code=403)
        async with request.form() as form:
            play = Play(self.sandbox, self.screen(request.query_params), form)
            place, block_id, action_id = play.place, play.text("block"), play.text("action")
            try:
                answered = await acts.suggest(
                    self.sandbox, play.user_id, place, block_id, action_id, play.text("typed")
                )
            except ClientRefused as refused:
                return JSONResponse({"groups": [], "text": refused.text})
        surface = Surface("suggestion", place, [], play.screen.reader)
        return JSONResponse({"groups": [_group(g) for g in surface.groups(answered)]})

    async def file(self, request: Request) -> Response:
        """A file that was shared: pictures are shown, all else is downloaded."""
        file = self.sandbox.workspace.files.get(request.path_params["file_id"])
        if file is None:
            return Response("No such file", status_code=404)
        kind = guess_type(file.name)[0] or file.mimetype
        headers = {"x-content-type-options": "nosniff"}
        if kind not in PICTURES:
            name = re.sub(r"[^\w.-]", "_", file.name, flags=re.ASCII)
            headers["content-disposition"] = f'attachment; filename="{name}"'
        return Response(file.content, media_type=kind, headers=headers)

    def _state(self, screen: Screen) -> dict[str, Any]:
        """What the script needs beside the regions: where we are, news, troubles, the clock."""
        return {
            "me": screen.me.id,
            "at": screen.at,
            "notices": screen.notices(),
            "unread": screen.app_unread + sum(map(screen.unread, screen.channels)),
            "troubles": list(self.sandbox.workspace.troubles.get(screen.me.id, [])),
            "now": int(screen.now.timestamp()),
        }


def _from_page(request: Request) -> bool:
    """Whether our own script asks: another site cannot set this header on its forms."""
    return request.headers.get("x-sandbox-page") == "1"


def _group(group: Any) -> dict[str, Any]:
    return {
        "label": group.label,
        "choices": [
            {"value": c.value, "label": c.label, "description": str(c.description or "")}
            for c in group.choices
        ],
    }
