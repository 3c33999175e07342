"""The door of HTTP: lets in what Slack has signed, once, and answers through the app."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Sequence
from time import time
from typing import Any
from urllib.parse import parse_qsl

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.in_flight import InFlight
from bot.payload_shapes import is_of_slack

log = structlog.get_logger()

# Slack's views are at most 250 KB, and an interaction carries one; much more is nobody's request.
MOST_BYTES = 2_000_000
# For so long a signature holds (slack-platform.md 3), and so long it is remembered.
REPLAY_WINDOW = 300.0
MOST_REMEMBERED = 100_000
# These change nothing. What a member looks for may be the same twice in one second, and nothing in
# such a request tells the two apart.
REPEATABLE = ("block_suggestion", "url_verification")
# What was not taken of these Slack sends again, at first at once: within the second in which it was
# signed that is the same request, letter by letter. What came of it is not known to have been done.
RETRIED = ("event_callback",)
RETRY_HEADERS = ("x-slack-retry-num", "x-slack-retry-reason")


class TooLarge(Exception):
    """The request has more bytes than any of Slack's."""


class Door:
    """Takes requests to the request URL; `in_flight` counts them until they are answered."""

    def __init__(self, app: AsyncApp, signing_secret: str, in_flight: InFlight) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)
        self._in_flight = in_flight
        self._seen: OrderedDict[bytes, float] = OrderedDict()
        self._taking = True

    def close(self) -> None:
        """Take nothing new: Slack tells the member, or tries an event again elsewhere."""
        self._taking = False

    async def answer(self, request: Request) -> Response:
        """Answer one request: what is not Slack's, or not sound, with 4xx and nothing done."""
        if not self._taking:
            return Response(status_code=503, headers={"Retry-After": "5"})
        try:
            body = await _read(request)
        except TooLarge:
            return _refused(413, "too large")
        except ClientDisconnect:
            return _refused(400, "cut off")
        if not self._is_signed(request, body):
            return _refused(401, "not signed by Slack, or long ago")
        try:
            text = body.decode()
            payload = _payload(text, request.headers.get("content-type", ""))
        except (ValueError, RecursionError):
            return _refused(400, "not readable")
        if not is_of_slack(payload):
            return _refused(400, "not a payload of Slack's")
        signature = request.headers["x-slack-signature"]
        if payload.get("type") not in REPEATABLE and self._was_here(signature):
            return _refused(401, "seen before")
        try:
            asked = _asked(request, payload)
        except (AttributeError, KeyError, TypeError, ValueError):
            # Bolt looks into more of a payload than the bot does, and where no shape is known.
            return _refused(400, "not a payload of Slack's")
        return await self._work(asked, payload.get("type") in RETRIED, signature)

    async def _work(self, asked: AsyncBoltRequest, is_retried: bool, signature: str) -> Response:
        """Have the app answer; a request that Slack tries again may come again if it failed."""
        taken = False
        try:
            async with self._in_flight.dispatching():
                answer = await self._app.async_dispatch(asked)
            taken = 200 <= answer.status < 300
        finally:
            if is_retried and not taken:
                self._forget(signature)
        return Response(
            content=answer.body,
            status_code=answer.status,
            headers=answer.first_headers_without_set_cookie(),
        )

    def _is_signed(self, request: Request, body: bytes) -> bool:
        try:
            return self._verifier.is_valid_request(body, dict(request.headers))
        except (ValueError, TypeError, OverflowError):
            return False  # a timestamp that is no number, a signature of other letters

    def _was_here(self, signature: str) -> bool:
        """Say whether this very request came before, and remember it; Slack signs each anew."""
        now = time()
        while self._seen and (
            len(self._seen) >= MOST_REMEMBERED
            or next(iter(self._seen.values())) < now - 2 * REPLAY_WINDOW
        ):
            self._seen.popitem(last=False)
        key = _key(signature)
        if key in self._seen:
            return True
        self._seen[key] = now
        return False

    def _forget(self, signature: str) -> None:
        """Let this request come again: it was not taken."""
        self._seen.pop(_key(signature), None)


def _key(signature: str) -> bytes:
    return hashlib.sha256(signature.encode()).digest()


def _asked(request: Request, payload: dict[str, Any]) -> AsyncBoltRequest:
    """Hand Bolt a payload that is read already, as over Socket Mode.

    From the body Bolt would take a command with the word "payload" in it for an interaction, and
    find nothing in it.
    """
    retry: dict[str, str | Sequence[str]] = {
        name: request.headers[name] for name in RETRY_HEADERS if name in request.headers
    }
    return AsyncBoltRequest(body=payload, headers=retry, mode="socket_mode")


async def _read(request: Request) -> bytes:
    """Read the body, of which no more is kept than any of Slack's requests has."""
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > MOST_BYTES:
        raise TooLarge
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > MOST_BYTES:
            raise TooLarge
        pieces.append(piece)
    return b"".join(pieces)


def _payload(text: str, content_type: str) -> Any:
    """Read JSON, a form, or the JSON in a form's `payload`; raises ValueError, RecursionError."""
    if content_type.startswith("application/json"):
        return json.loads(text)
    form = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True))
    return json.loads(form["payload"]) if "payload" in form else form


def _refused(status: int, reason: str) -> Response:
    log.info("http: refused", status=status, reason=reason)
    return JSONResponse({"error": reason}, status_code=status)
