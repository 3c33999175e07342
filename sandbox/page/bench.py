"""The workbench beside the conversation: traffic, and what is ordered to go wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sandbox.disorder import WORDS
from sandbox.faults import ANY
from sandbox.page import bad_days, traffic
from sandbox.server import Sandbox
from sandbox.web_api import METHODS
from sandbox.web_api.endpoint import RESPONSE_URL, UPLOAD

TABS = {"traffic": "Traffic", "faults": "Faults"}
# Far apart, with half hours, three quarters of an hour, and a day more.
ZONES = (
    "Pacific/Honolulu", "America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "UTC",
    "Europe/London", "Europe/Rome", "Africa/Nairobi", "Asia/Kolkata", "Asia/Kathmandu",
    "Asia/Tokyo", "Australia/Sydney", "Pacific/Chatham", "Pacific/Kiritimati",
)  # fmt: skip


@dataclass(frozen=True)
class Ordered:
    """Something that is ordered, or that holds until it is taken back."""

    id: str
    text: str
    back: str  # what taking it back is called


class Bench:
    """What the workbench shows, by the address: which tab, which kind, which exchange is open."""

    def __init__(self, sandbox: Sandbox, where: Mapping[str, str]) -> None:
        self._sandbox = sandbox
        self._workspace = sandbox.workspace
        self.tab = where.get("bench", "") if where.get("bench") in TABS else ""
        self.kind = where.get("kind", "") if where.get("kind") in traffic.KINDS else ""
        self.entry = where.get("entry", "")

    tabs = TABS
    kinds = traffic.KINDS
    calls = bad_days.CALLS
    deliveries = bad_days.DELIVERIES
    envelopes = bad_days.ENVELOPES

    def exchanges(self) -> list[traffic.Exchange]:
        """The newest exchanges of the kind that is asked for, newest first."""
        return list(traffic.exchanges(self._workspace.traffic, self.kind))

    def names(self) -> dict[str, str]:
        """Members by their id and by that of their direct conversation; channels by theirs."""
        names = {user.id: user.shown_name for user in self._workspace.people}
        for channel in self._workspace.channels.values():
            names[channel.id] = (
                names.get(channel.members[0], "") if channel.is_im else f"#{channel.name}"
            )
        return names

    @property
    def methods(self) -> dict[str, str]:
        """What may go wrong: any call, or the calls of one method."""
        others = {ANY: "any call", RESPONSE_URL: RESPONSE_URL, UPLOAD: "the bytes of a file"}
        return others | {method: method for method in sorted(METHODS)}

    @property
    def zones(self) -> list[str]:
        """Where a member may move to."""
        return sorted({*ZONES, *(user.tz for user in self._workspace.people)})

    @property
    def has_sockets(self) -> bool:
        """Whether the app hears over Socket Mode."""
        return self._sandbox.manifest.socket_mode

    @property
    def lines(self) -> int:
        """How many Socket Mode connections are open."""
        return len(self._sandbox.sockets.connections)

    @property
    def waiting(self) -> bool:
        """Whether anything waits for its call or delivery."""
        return bool(self._sandbox.faults.orders or self._sandbox.disorder.orders)

    def ordered(self) -> Iterator[Ordered]:
        """All that is ordered and can be taken back."""
        for order in self._sandbox.faults.orders:
            which = "Any call" if order.method == ANY else order.method
            text = f"{which}: {order.fault.words} ({_times(order.left)})"
            yield Ordered(f"call-{order.id}", text, "Take back")
        for delivery in self._sandbox.disorder.orders:
            what = WORDS[delivery.what]
            text = f"{bad_days.ENVELOPES[delivery.kind]}: {what} ({_times(delivery.left)})"
            yield Ordered(f"delivery-{delivery.id}", text[0].upper() + text[1:], "Take back")
        if not self._sandbox.installed:
            yield Ordered("app", "The app is removed from the workspace", "Install it again")
        elif self._sandbox.token_revoked:
            yield Ordered("app", "The bot's token is revoked", "Let it work again")
        for user in self._workspace.people:
            name = user.shown_name
            if user.deleted:
                yield Ordered(f"member-{user.id}", f"{name} is deactivated", "Let back in")
            if user.id in self._sandbox.zones_before:
                text = f"{name} lives in {user.tz}"
                home = self._sandbox.zones_before[user.id]
                yield Ordered(f"zone-{user.id}", text, f"Back to {home}")


def _times(left: int) -> str:
    return "once" if left == 1 else f"{left} times"
