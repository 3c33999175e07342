"""The page's routes: the page itself, its fragments and changes, and the acts it posts."""

import re
from collections.abc import AsyncIterator
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from zlib import crc32

from jinja2 import Environment, FileSystemLoader
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox import acts
from sandbox.errors import ClientRefused
from sandbox.model import Json
from sandbox.page.blockkit import Surface
from sandbox.page.dates import clock_time
from sandbox.page.mrkdwn import as_typed, render_mrkdwn, render_plain, safe_link
from sandbox.page.play import ACTS, Play
from sandbox.page.rich_text import render_rich_text
from sandbox.page.screen import Screen
from sandbox.server import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Sandbox
from sandbox.workspace import Workspace

HERE = Path(__file__).parent
REGIONS = ("topbar", "sidebar", "main", "modal")
PICTURES = {"image/png", "image/jpeg", "image/gif"}
# Nothing is loaded from anywhere but the sandbox itself, and no other page may frame it.
HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """All routes of the page for one sandbox, to be mounted at its root."""
    page = Page(sandbox)
    return [
        Route("/", page.whole),
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

    def screen(self, where: QueryParams) -> Screen:
        """The screen that an address names; unknown members and places fall back to the first."""
        return Screen(self.sandbox, self.marks, where.get("as", ""), where.get("at", ""))

    async def whole(self, request: Request) -> Response:
        """The page."""
        screen = self.screen(request.query_params)
        self._mark_read(screen)
        html = self.templates.get_template("page.html").render(
            screen=screen, state=self._state(screen), tour=request.query_params.get("tour", "")
        )
        return HTMLResponse(html, headers=HEADERS)

    async def fragments(self, request: Request) -> Response:
        """The page's regions as they are now; marks the open conversation as read."""
        screen = self.screen(request.query_params)
        if request.query_params.get("looking") == "yes":
            self._mark_read(screen)
        regions = {
            name: self.templates.get_template(f"{name}.html").render(screen=screen)
            for name in REGIONS
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
        act = ACTS.get(request.path_params["act"])
        if act is None:
            return JSONResponse({"ok": False, "text": "No such act"}, status_code=404)
        if not _from_page(request):
            return JSONResponse({"ok": False, "text": "Only the page may act"}, status_code=403)
        async with request.form() as form:
            play = Play(self.sandbox, self.screen(request.query_params), form)
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

    def _mark_read(self, screen: Screen) -> None:
        if screen.channel:
            self.marks.read(screen.me.id, screen.channel)

    def _state(self, screen: Screen) -> dict[str, Any]:
        """What the script needs beside the regions: where we are, news, troubles, the clock."""
        return {
            "me": screen.me.id,
            "at": screen.at,
            "notices": screen.notices(),
            "troubles": list(self.sandbox.workspace.troubles.get(screen.me.id, [])),
            "now": int(screen.now.timestamp()),
        }


def environment(workspace: Workspace) -> Environment:
    """The templates, with everything escaped unless it was drawn by our own renderers."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(bot_token=BOT_TOKEN, app_token=APP_TOKEN, signing_secret=SIGNING_SECRET)
    made.filters.update(
        as_typed=as_typed,
        mrkdwn=render_mrkdwn,
        plain=render_plain,
        rich_text=render_rich_text,
        safe_link=safe_link,
        hue=lambda user_id: list(workspace.users).index(user_id) % 8,
        initials=lambda name: "".join(word[0] for word in name.split()[:2]).upper(),
        slug=lambda given: f"{crc32(str(given).encode()):08x}",
        time=clock_time,
        image_source=image_source,
        image_link=image_link,
        city=lambda zone: zone.rpartition("/")[2].replace("_", " "),
    )
    return made


def image_source(image: Json) -> str:
    """The address on this server of a picture, or nothing if it lies elsewhere."""
    file_id = image.get("slack_file", {}).get("id")
    return f"/page/files/{file_id}" if file_id else ""


def image_link(image: Json) -> str:
    """The address of a picture that lies elsewhere, if it is a web address."""
    given = str(image.get("image_url") or image.get("slack_file", {}).get("url", ""))
    return given if re.match(r"(?i)https?://", given) else "#"


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
