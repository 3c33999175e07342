"""The sandbox: a stand-in Slack as a server on 127.0.0.1."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import count
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute, Route, WebSocketRoute

from sandbox.app_link import AppLink
from sandbox.app_manifest import AppManifest
from sandbox.clock import VirtualClock
from sandbox.clock_lines import ClockLines
from sandbox.disorder import Disorder
from sandbox.driver import Member
from sandbox.errors import Refusal, SlackError
from sandbox.faults import Faults
from sandbox.http_delivery import HttpDelivery, UrlNotVerified
from sandbox.http_server import HttpServer
from sandbox.model import Json, Traffic
from sandbox.pace import Pace
from sandbox.page.reading import ReadMarks
from sandbox.posting import Posting
from sandbox.response_urls import ResponseUrls
from sandbox.socket_mode import SocketMode
from sandbox.triggers import Triggers
from sandbox.view_stack import ViewStack
from sandbox.web_api.endpoint import APP_TOKEN, BOT_TOKEN, WebApi
from sandbox.workspace import Person, Workspace

SIGNING_SECRET = "sandbox"
STRAY = "an acknowledgement of nothing that waits"  # what the traffic calls it
REACH_EVERY = 0.5  # seconds between two looks whether an app answers at its address
DEFAULT_PEOPLE = (
    Person("Ada Brook", "Europe/London"),
    Person("Ben Okafor", "America/New_York"),
    Person("Chiara Neri", "Europe/Rome"),
    Person("Devi Rao", "Asia/Kolkata"),
)
__all__ = ["APP_TOKEN", "BOT_TOKEN", "DEFAULT_PEOPLE", "SIGNING_SECRET", "Person", "Sandbox"]


class Sandbox:
    """A workspace with one app installed, served to that app and to a browser."""

    def __init__(
        self,
        manifest: Mapping[str, Any],
        people: Sequence[Person] = DEFAULT_PEOPLE,
        *,
        clock: VirtualClock | None = None,
        ack_timeout: float = 3.0,
    ) -> None:
        """`ack_timeout`: seconds an app has to acknowledge, and a trigger_id lives."""
        self.manifest = AppManifest.read(manifest)
        self.clock = clock or VirtualClock()
        self.ack_timeout = ack_timeout
        self.workspace = Workspace(people, self.clock, self.manifest.name)
        self.clock.subscribe(self.workspace.changed.notify)
        self.clock_lines = ClockLines(self.clock)
        self.installed = True
        # The app hears of its own messages, too; False spares as many events as it posts messages.
        self.echoes = True
        self.org_wide = False  # True: the app is installed for a whole organisation
        self.token_revoked = False
        self.zones_before: dict[str, str] = {}  # user id -> where a member lived who has moved
        self.refusals: list[Refusal] = []
        self.faults = Faults()
        self.disorder = Disorder()
        self.pace = Pace(self.clock)
        self._exchanges = count(1)
        self.marks = ReadMarks()  # how far each member has read
        self.settle: Callable[[], Awaitable[None]] | None = None
        self.triggers = Triggers(ack_timeout)
        self.sockets = SocketMode(ack_timeout, self.workspace.changed.notify, self._stray)
        # Over which of the two the app hears, as its manifest has it.
        self.delivery: SocketMode | HttpDelivery = self._delivery(self.manifest)
        self.posting = Posting(self)
        self.view_stack = ViewStack(self)
        self.response_urls = ResponseUrls(self)
        self.link = AppLink(self)
        self.stopping = asyncio.Event()  # long answers, e.g. the page's stream, end with it
        self.url = ""
        self._http: HttpServer | None = None

    @property
    def api_url(self) -> str:
        """The Web API's address, for SLACK_API_URL."""
        return f"{self.url}/api/"

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1, on any free port unless one is given; OSError if it is taken."""
        web_api = WebApi(self)
        both = ["GET", "POST"]
        routes = [
            Route("/api/{method:path}", web_api.call, methods=both),
            Route("/hooks/{path:path}", web_api.hook, methods=["POST"]),
            Route("/upload/{ticket}", web_api.upload, methods=["POST"]),
            Route("/clock", self.clock_lines.tell),
            WebSocketRoute("/clock", self.clock_lines.serve),
            WebSocketRoute("/link/", self.sockets.serve),
            *self._page_routes(),
        ]
        # No other name may lead here, so that no web page can reach in by its own.
        own_names = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
        self._http = HttpServer(Starlette(routes=routes, middleware=[own_names]))
        self.url = f"http://127.0.0.1:{await self._http.listen(port)}"

    def _page_routes(self) -> list[BaseRoute]:
        # Imported here because the page's modules know the sandbox.
        from sandbox.page.routes import routes

        return routes(self)

    async def stop(self) -> None:
        """Close all connections and stop listening."""
        self.stopping.set()
        self.workspace.changed.notify()
        await self.link.stop()
        await self.disorder.stop()
        await self.delivery.close()
        await self.sockets.close()
        if self._http is not None:
            await self._http.end()

    def member(self, name: str) -> Member:
        """The driver for one member, by full or first name."""
        return Member(self, self.workspace.user_named(name).id)

    async def until(self, condition: Callable[[], bool], timeout: float = 5.0) -> None:
        """Wait until a condition on the workspace holds; TimeoutError after `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                while not condition():
                    await self.workspace.changed.after(self.workspace.changed.version)
        except TimeoutError:
            shown = f"refused: {self.refusals}; troubles: {self.workspace.troubles}"
            raise TimeoutError(f"Nothing after {timeout} s; {shown}") from None

    def _delivery(self, manifest: AppManifest) -> SocketMode | HttpDelivery:
        if manifest.socket_mode:
            return self.sockets
        return HttpDelivery(manifest, SIGNING_SECRET, self.ack_timeout)

    async def save_manifest(self, manifest: Mapping[str, Any] | AppManifest) -> None:
        """Take a changed manifest, as its page does; UrlNotVerified if no app answers there."""
        told = manifest if isinstance(manifest, AppManifest) else AppManifest.read(manifest)
        delivery = self._delivery(told)
        if isinstance(delivery, HttpDelivery):
            try:
                await delivery.verify()
            except BaseException:
                await delivery.close()
                raise
            await self.sockets.disable()
        if isinstance(self.delivery, HttpDelivery):
            await self.delivery.close()
        self.manifest, self.delivery = told, delivery

    async def reach(self, url: str) -> None:
        """Deliver to one address as soon as an app answers there, however long that takes."""
        while True:
            try:
                return await self.save_manifest(self.manifest.over_http(url))
            except UrlNotVerified:
                await asyncio.sleep(REACH_EVERY)

    def hears(self) -> bool:
        """Say whether the app can be reached, as far as is known."""
        return isinstance(self.delivery, HttpDelivery) or bool(self.sockets.connections)

    def cut_sockets(self) -> None:
        """Break all Socket Mode connections hard."""
        for connection in list(self.sockets.connections):
            self.break_connection(connection.socket)

    async def refresh_sockets(self) -> None:
        """Ask the app politely to reconnect, as Slack does every few hours."""
        await self.sockets.refresh()

    def break_connection(self, connection: HTTPConnection) -> None:
        """Abort the line of one request or WebSocket."""
        if self._http is not None and connection.client is not None:
            self._http.cut((connection.client.host, connection.client.port))

    def record(
        self,
        direction: str,
        kind: str,
        payload: Json,
        answer: Json | None,
        refused: str | None,
        *,
        error: SlackError | None = None,
        took: float | None = None,
        attempt: int = 0,
        ordered: str = "",
        ignored: bool = False,
    ) -> None:
        """Keep one exchange for inspection (see Traffic)."""
        entry = Traffic(
            self.clock.now(),
            direction,
            kind,
            _as_sent(payload),
            None if answer is None else _as_sent(answer),
            refused,
            messages=tuple(error.messages) if error else (),
            rules=error.rules if error else (),
            took=took,
            attempt=attempt,
            ordered=ordered,
            ignored=ignored,
            number=next(self._exchanges),
        )
        self.workspace.traffic.append(entry)
        self.workspace.changed.notify()

    def _stray(self, answer: Json) -> None:
        """Keep an acknowledgement of nothing that waits: it came too late, or names nothing."""
        self.record("to Slack", STRAY, answer, None, None)

    async def change_zone(self, name: str, zone: str) -> None:
        """Let a member move to another time zone (user_change)."""
        user = self.workspace.user_named(name)
        before = self.zones_before.pop(user.id, user.tz)
        if zone != before:
            self.zones_before[user.id] = before
        user.tz = zone
        await self.link.user_changed(user)

    async def deactivate(self, name: str) -> None:
        """Deactivate a member's account (user_change with deleted)."""
        user = self.workspace.user_named(name)
        user.deleted = True
        await self.link.user_changed(user)

    async def reactivate(self, user_id: str) -> None:
        """Let a member back in (user_change)."""
        user = self.workspace.users[user_id]
        user.deleted = False
        await self.link.user_changed(user)

    async def join(self, person: Person) -> Member:
        """Let somebody join the team (team_join)."""
        user = self.workspace.add_person(person)
        await self.link.user_joined(user)
        return Member(self, user.id)

    async def uninstall(self) -> None:
        """Remove the app from the workspace (tokens_revoked and app_uninstalled)."""
        self.installed = False
        await self.link.uninstalled()

    async def revoke_token(self) -> None:
        """Let the bot's token work no more (tokens_revoked)."""
        self.token_revoked = True
        await self.link.token_revoked()

    def reinstall(self) -> None:
        """Install the app again, with the token that it had."""
        self.installed, self.token_revoked = True, False
        self.workspace.changed.notify()


def _as_sent(said: Json) -> Json:
    """Copy what went over the line; this way it takes a fifth of what `deepcopy` takes."""
    copied: Json = json.loads(json.dumps(said))
    return copied
