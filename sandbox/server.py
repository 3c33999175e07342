"""The sandbox: a stand-in Slack as a server on 127.0.0.1."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from sandbox.app_manifest import AppManifest
from sandbox.clock import VirtualClock
from sandbox.errors import Refusal
from sandbox.workspace import Person, Workspace

BOT_TOKEN = "xoxb-sandbox"
APP_TOKEN = "xapp-sandbox"
SIGNING_SECRET = "sandbox"

DEFAULT_PEOPLE = (
    Person("Ada Brook", "Europe/London"),
    Person("Ben Okafor", "America/New_York"),
    Person("Chiara Neri", "Europe/Rome"),
    Person("Devi Rao", "Asia/Kolkata"),
)


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
        self.manifest = AppManifest.read(manifest)
        self.clock = clock or VirtualClock()
        self.ack_timeout = ack_timeout
        self.workspace = Workspace(people, self.clock, self.manifest.name)
        self.refusals: list[Refusal] = []
        self.settle: Callable[[], Awaitable[None]] | None = None
        self.url = ""
        self.api_url = ""
