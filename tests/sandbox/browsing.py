"""A person's browser without the browser: it fetches the page and posts what its script would."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from typing import Any

from aiohttp import ClientSession

from sandbox.server import Sandbox

VOID = {"input", "img", "br", "hr", "meta", "link", "path"}
OURS = {"x-sandbox-page": "1"}


class Tags(HTMLParser):
    """All start tags of a piece of HTML; fails on tags that are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check that it closes the innermost open tag."""
        if tag not in VOID:
            assert self._open.pop() == tag, tag

    def having(self, **attributes: str) -> list[dict[str, str | None]]:
        """The attributes of all tags that have these ("aria_label" stands for aria-label)."""
        wanted = {key.replace("_", "-"): value for key, value in attributes.items()}
        return [own for _, own in self.found if wanted.items() <= own.items()]


class Browser:
    """One member's window onto the sandbox's page."""

    def __init__(self, sandbox: Sandbox, session: ClientSession, name: str = "Ada") -> None:
        self.sandbox = sandbox
        self.session = session
        self.me = sandbox.workspace.user_named(name).id
        self.at = "messages"
        self.more: dict[str, str] = {}  # of the address

    @property
    def where(self) -> dict[str, str]:
        """The page's address, as a query."""
        return {"as": self.me, "at": self.at, **self.more}

    async def page(self, path: str = "/") -> str:
        """The whole page."""
        async with self.session.get(self.sandbox.url + path, params=self.where) as response:
            assert response.status == 200
            return await response.text()

    async def fragments(self, *, looking: bool = True) -> dict[str, Any]:
        """What the script asks for after a change."""
        where = {**self.where, "looking": "yes" if looking else "no"}
        async with self.session.get(f"{self.sandbox.url}/page/fragments", params=where) as response:
            answer: dict[str, Any] = await response.json()
            return answer

    async def region(self, name: str) -> str:
        """One region of the page as it is now."""
        html: str = (await self.fragments())["regions"][name]
        assert Tags(html)
        return html

    async def post(
        self, path: str, fields: list[tuple[str, str]], headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Post a form; returns the status and the answer."""
        async with self.session.post(
            f"{self.sandbox.url}/page/{path}",
            params=self.where,
            data=fields,
            headers=OURS if headers is None else headers,
        ) as response:
            return response.status, await response.json()

    async def act(self, name: str, **fields: str) -> str:
        """Play an act; returns what Slack's client refused, or nothing."""
        _, answer = await self.post(f"acts/{name}", list(fields.items()))
        return str(answer.get("text", ""))

    async def submit(self, **typed: str) -> str:
        """Submit the modal with these values by block id, all its other fields empty."""
        view = self.sandbox.workspace.modal(self.me)
        assert view is not None
        fields = [("view", view.id)]
        for tag in Tags(await self.region("modal")).having(name="shown"):
            name = tag["value"] or ""
            block_id = name.partition("/")[0]
            fields += [("shown", name), (name, typed.get(block_id, ""))]
        _, answer = await self.post("acts/submit", fields)
        return str(answer.get("text", ""))


@asynccontextmanager
async def browsing(sandbox: Sandbox, name: str = "Ada") -> AsyncIterator[Browser]:
    """Open the page as one member."""
    async with ClientSession() as session:
        yield Browser(sandbox, session, name)
