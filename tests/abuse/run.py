"""Requests that Slack would not send, at the bot's own door; what it answered, and what it did."""

import hashlib
import hmac
import io
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from time import time
from typing import Any
from urllib.parse import urlencode

import aiohttp
from sqlalchemy import select

from bot.http_door import MOST_BYTES, REPLAY_WINDOW
from bot.http_transport import HttpTransport
from bot.manifest import manifest
from bot.settings import HTTP
from sandbox.clock import VirtualClock
from sandbox.server import SIGNING_SECRET, Sandbox
from storage.base import Base
from tests.stories.conftest import NOW, House, open_house
from tests.stories.steps import plan_first_talk, write_touch

IN_PIECES = "huge, in pieces"
# Signed and well formed, and nothing for this bot: taken or not, but without any effect.
IGNORED = "of nothing that the bot has"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
# Instead of what stands in a payload: of another kind, too much of it, of odd letters.
JUNK: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**70, 1.5, "", "0", "x" * 4000, [], [[]], {}, {"a": {}}),
    *(
        "\x00",
        "\ud800",
        "‮",
        "<!channel>",
        "' OR 1=1 --",
        "{{7*7}}",
        "=1+1",
        "../../etc",
        "U0",
        "1:2",
    ),
)


@dataclass
class Outcome:
    """How many requests there were of each kind, by what they were answered with.

    `did` names the kinds of which one changed something that none of its kind may; `broke` those
    that a bug was told of.
    """

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    did: list[str] = field(default_factory=list)
    broke: Counter[str] = field(default_factory=Counter)

    @property
    def let_in(self) -> list[tuple[str, int]]:
        """Name what was answered with anything but 4xx, and has to be refused."""
        return [(kind, s) for kind, s in self.answers if kind in HARMLESS and s // 100 != 4]

    @property
    def clean(self) -> bool:
        """Say whether all was refused or answered as it should be."""
        wrong = self.did or self.broke or self.let_in
        return not wrong and all(status < 500 for _, status in self.answers)


@dataclass(frozen=True)
class Request:
    """One request: its body, and its headers."""

    body: bytes
    headers: dict[str, str]


def signed(body: bytes, content_type: str, at: float | None = None) -> Request:
    """Sign a body as Slack does."""
    stamp = str(int(time() if at is None else at))
    digest = hmac.new(
        SIGNING_SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256
    )
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest.hexdigest()}"}
    return Request(body, {"Content-Type": content_type, **headers})


class Abuser:
    """Makes requests out of what Slack really sent; the seed decides what becomes of it."""

    def __init__(self, payloads: list[tuple[str, dict[str, Any]]], seed: int) -> None:
        self._payloads, self._random = payloads, Random(seed)

    def harmless(self, kind: str) -> Request:
        """Make one that may do nothing."""
        return HARMLESS[kind](self)

    def mutated(self) -> Request:
        """Sign a payload of Slack's in which one to three things are not as they were."""
        kind, payload = self._random.choice(self._payloads)
        changed = deepcopy(payload)
        for _ in range(self._random.randint(1, 3)):
            self._spoil(changed)
        return _written(kind, changed)

    def nobodys(self) -> Request:
        """Sign a payload of Slack's about something that the bot doesn't have, or doesn't hear.

        But for buttons: of one that it doesn't know it says so, kindly.
        """
        pressed = "block_actions"
        kind, payload = self._random.choice(
            [(kind, one) for kind, one in self._payloads if one.get("type") != pressed]
        )
        changed = deepcopy(payload) | {"token": self._random.randbytes(8).hex()}
        if kind == "slash_commands":
            changed["command"] = "/nobodys"
        elif kind == "events_api":
            changed["event"] |= self._random.choice(UNHEARD)
        else:
            named = changed.get("view", changed)
            named["callback_id"] = changed["action_id"] = "nobodys"
        return _written(kind, changed)

    def sound(self) -> Request:
        """Sign a payload of Slack's as it was."""
        return _written(*self._random.choice(self._payloads))

    def sound_ones(self, most: int) -> list[Request]:
        """Sign some of Slack's payloads as they were, no two alike."""
        made = {request.body: request for request in (self.sound() for _ in range(most))}
        return list(made.values())

    def _padding(self) -> str:
        """Give what changes no meaning, so that a request is not taken for one that was there."""
        return "".join(self._random.choices(" \n\t", k=24))

    def _spoil(self, payload: dict[str, Any]) -> None:
        spots = list(_spots(payload))
        if not spots:
            return
        holder, key = self._random.choice(spots)
        if self._random.random() < 0.25:
            del holder[key]
        else:
            holder[key] = deepcopy(self._random.choice(JUNK))

    def unsigned(self) -> Request:
        """Leave out the signature, or its moment."""
        request = self.sound()
        missing = self._random.choice(["X-Slack-Signature", "X-Slack-Request-Timestamp"])
        return Request(request.body, {k: v for k, v in request.headers.items() if k != missing})

    def badly_signed(self) -> Request:
        """Sign with anything but the secret."""
        request = self.sound()
        signature = request.headers["X-Slack-Signature"]
        bad = self._random.choice(
            [
                signature[:-1],
                signature.upper(),
                "v0=",
                "v0=" + "0" * 64,
                "",
                signature + "0",
                "v1=é",
            ]
        )
        return Request(request.body, {**request.headers, "X-Slack-Signature": bad})

    def out_of_time(self) -> Request:
        """Sign as of long ago or of some time to come, or as of no moment."""
        request = self.sound()
        if self._random.random() < 0.3:
            stamp = self._random.choice(["", "soon", "9" * 400, "-1", "1e9", "１２"])
            return Request(request.body, {**request.headers, "X-Slack-Request-Timestamp": stamp})
        away = self._random.choice([-1, 1]) * (REPLAY_WINDOW + self._random.uniform(5, 1e8))
        return signed(request.body, request.headers["Content-Type"], max(time() + away, 0))

    def random_bytes(self) -> Request:
        """Sign what is no text, or no payload."""
        body = self._random.randbytes(self._random.randint(4, 600))
        return signed(body, self._random.choice([JSON, FORM, "", "text/plain"]))

    def random_json(self) -> Request:
        """Sign JSON that is none of Slack's payloads."""
        choice = [*JUNK, [{"type": "block_actions"}], {"type": {}}, {"type": "block_actions"}]
        body = json.dumps(self._random.choice(choice)) + self._padding()
        if self._random.random() < 0.5:
            return signed(body.encode(errors="surrogatepass"), JSON)
        return signed(urlencode({"payload": body}).encode(), FORM)

    def truncated(self) -> Request:
        """Sign a payload without its end."""
        whole = _written("events_api", self._random.choice(self._payloads)[1]).body
        some = whole[: self._random.randrange(1, len(whole))]
        return signed(some + self._padding().encode(), JSON)

    def huge(self) -> Request:
        """Sign more than Slack ever sends."""
        kind, payload = self._random.choice(self._payloads)
        request = _written(kind, payload)
        filler = b" " * (MOST_BYTES + 1 - len(request.body))
        return signed(request.body + filler, request.headers["Content-Type"])

    def nested(self) -> Request:
        """Sign what holds itself again and again."""
        depth = self._random.choice([500, 5_000, 100_000])
        left, right = self._random.choice([("[", "]"), ('{"a":', "}")])
        body = '{"type":"block_actions","user":' + left * depth + "0" + right * depth + "}"
        body += self._padding()
        return signed(body.encode(), JSON)


# What makes of an event one that the bot doesn't hear: another one, or another bot's words.
UNHEARD: tuple[dict[str, Any], ...] = (
    *({"type": name} for name in ("reaction_added", "pin_added", "channel_archive", "x")),
    {"type": "message", "subtype": "bot_message", "bot_id": "B0OTHER", "text": "met Eve Moreau"},
    {"type": "message", "channel_type": "channel", "channel": "C0OTHER", "text": "met Eve Moreau"},
)
# These have to be refused, and may do nothing.
HARMLESS: dict[str, Callable[[Abuser], Request]] = {
    "unsigned": Abuser.unsigned,
    "badly signed": Abuser.badly_signed,
    "old or of the future": Abuser.out_of_time,
    "random bytes": Abuser.random_bytes,
    "random JSON": Abuser.random_json,
    "truncated": Abuser.truncated,
    "huge": Abuser.huge,
    IN_PIECES: Abuser.huge,
    "deeply nested": Abuser.nested,
}


async def abused_house(
    database_url: str, count: int, seed: int = 1, *, kinds: Sequence[str] | None = None
) -> Outcome:
    """Let members live a little with a bot that is reached over HTTP, then abuse its address."""
    sandbox = Sandbox(manifest(), clock=VirtualClock(NOW, running=False), ack_timeout=10.0)
    sandbox.pace.is_kept = False  # thousands of requests in one moment
    await sandbox.start()
    try:
        async with open_house(sandbox, database_url, transport=HTTP) as house:
            await live_a_little(house)
            return await abuse(house, count, seed, kinds or (*HARMLESS, IGNORED))
    finally:
        await sandbox.stop()


async def abuse(house: House, count: int, seed: int, kinds: Sequence[str]) -> Outcome:
    """Send so many requests of each kind that may do nothing, and as many that are but odd."""
    transport = house.bot.transport
    assert isinstance(transport, HttpTransport)
    payloads = [
        (entry.kind.partition(":")[0], entry.payload)
        for entry in house.sandbox.workspace.traffic
        if entry.direction == "to the app"
    ]
    abuser, outcome = Abuser(payloads, seed), Outcome()
    async with aiohttp.ClientSession() as session:

        async def send(kind: str, request: Request) -> None:
            # Without a length it comes piece by piece.
            body = _pieces(request.body) if kind == IN_PIECES else io.BytesIO(request.body)
            # What is refused by its length alone is not sent: the answer could be lost on the way.
            answer = await session.post(
                transport.url, data=body, headers=request.headers, expect100=kind == "huge"
            )
            outcome.answers[kind, answer.status] += 1
            text = await answer.text()
            if "Traceback" in text or 'File "' in text:
                outcome.broke[kind] += 1

        for kind in kinds:
            before = await _traces(house)
            for _ in range(count):
                await send(kind, abuser.harmless(kind) if kind in HARMLESS else abuser.nobodys())
            await house.settle()
            if await _traces(house) != before:
                outcome.did.append(kind)
        again = abuser.sound_ones(count // 10)
        for request in again:
            await send("as it was", request)
        await house.settle()
        before = await _traces(house)
        for number in range(count):
            await send("replayed", again[number % len(again)])
        await house.settle()
        if await _traces(house) != before:
            outcome.did.append("replayed")
        for _ in range(count):
            await send("changed here and there", abuser.mutated())
        await house.settle()
    return outcome


async def live_a_little(house: House) -> None:
    """Do what members do, so that there are payloads of many kinds."""
    ada = house.ada
    await ada.open_home()
    await plan_first_talk(ada, "Grace Hill at Acme", "tomorrow 3pm")
    await write_touch(ada, "Grace", "I asked for a talk")
    await ada.command("/rapport settings")
    await ada.modal.press("Numbers and kinds")
    await ada.modal.close(whole_stack=True)
    await ada.command("/interview")
    await ada.modal.type_ahead("With whom?", "Gr")
    await ada.modal.close()
    await ada.say("met Tom Reed, Engineer at Globex at the meetup")
    await house.later(days=2)
    await ada.dms.last.press("Tell me about it")
    await ada.modal.close()


async def _traces(house: House) -> dict[str, Any]:
    """Give what anything that was done would show in: every table's rows, and Slack."""
    found: dict[str, Any] = {}
    async with house.memory.unscoped() as session:
        for table in Base.metadata.sorted_tables:
            rows = await session.execute(select(table).order_by(*table.primary_key.columns))
            found[table.name] = [tuple(row) for row in rows]
    workspace = house.sandbox.workspace
    found["messages"] = [
        (message.channel_id, message.ts, message.only_for, message.text, repr(message.blocks))
        for channel in workspace.channels.values()
        for message in (*channel.messages, *channel.ephemerals)
    ]
    found["views"] = [(view.id, view.hash) for view in workspace.views()]
    calls = [entry.number for entry in workspace.traffic if entry.direction == "to Slack"]
    found["last call"] = max(calls)
    return found


async def _pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 100_000):
        yield body[start : start + 100_000]


def _written(kind: str, payload: dict[str, Any]) -> Request:
    # Surrogates alone are written as Slack would write them, escaped.
    if kind == "events_api":
        return signed(json.dumps(payload).encode(), JSON)
    if kind == "slash_commands":
        texts = {k: v if isinstance(v, str) else json.dumps(v) for k, v in payload.items()}
        return signed(urlencode(texts, errors="replace").encode(), FORM)
    return signed(urlencode({"payload": json.dumps(payload)}).encode(), FORM)


def _spots(part: Any) -> Any:
    """Give each place of a payload, as the holder and the key in it."""
    pairs = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in list(pairs):
        yield part, key
        if isinstance(value, dict | list):
            yield from _spots(value)
