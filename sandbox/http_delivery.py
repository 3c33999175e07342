"""HTTP delivery: signed requests to the addresses in the app's manifest (slack-platform.md 3)."""

import hashlib
import hmac
import json
from collections.abc import Container
from time import time
from urllib.parse import urlencode
from uuid import uuid4

import aiohttp

from sandbox.app_manifest import AppManifest
from sandbox.errors import NoAnswer
from sandbox.json_text import as_answer, parsed_json
from sandbox.model import Json

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
# What the header x-slack-retry-reason says of an attempt that failed; else it is the reason itself.
RETRY_REASONS = {"operation_timeout": "http_timeout", "dispatch_failed": "connection_failed"}
# Why an event failed, where a person is told of no more than that it could not be delivered.
FOR_EVENTS_ONLY = ("http_error", "too_many_redirects", "ssl_error")
# aiohttp counts the one that is too many; Slack follows two.
MOST_REDIRECTS = 3


class UrlNotVerified(Exception):
    """The app did not answer Slack's challenge, so that its address is not taken."""


class HttpDelivery:
    """Sends each envelope as a request of its own; what the app says in its answer is taken in."""

    def __init__(self, manifest: AppManifest, signing_secret: str, ack_timeout: float) -> None:
        """`ack_timeout`: seconds in which the app has to answer."""
        self._manifest = manifest
        self._secret = signing_secret.encode()
        self._timeout = aiohttp.ClientTimeout(total=ack_timeout)
        self._session: aiohttp.ClientSession | None = None

    async def verify(self) -> None:
        """Have the app answer a challenge, as when its address is saved; raises UrlNotVerified."""
        url = self._manifest.events_url
        if not url:
            return  # no other address is asked
        challenge = uuid4().hex
        asked = {"token": "sandbox-verification", "challenge": challenge}
        try:
            answer = await self.post(url, JSON, json.dumps({**asked, "type": "url_verification"}))
        except NoAnswer as silence:
            raise UrlNotVerified(silence.reason) from silence
        if answer.get("challenge", answer.get("text")) != challenge:
            raise UrlNotVerified("challenge_failed")

    async def deliver(
        self, kind: str, payload: Json, *, answers: bool, attempt: int = 0, failed: str = ""
    ) -> Json:
        """Send one payload; returns the app's answer, {} for none; over HTTP it may always answer.

        `failed` says why the attempt before failed. Raises NoAnswer: operation_timeout when the
        app kept silent, dispatch_failed when it was away, has no address for this or answered with
        anything but success; for an event that may also be one of FOR_EVENTS_ONLY.
        """
        url = self._manifest.address_of(kind, payload)
        if not url:
            raise NoAnswer("dispatch_failed", is_final=True)
        headers = {}
        if attempt:
            headers["x-slack-retry-num"] = str(attempt)
            headers["x-slack-retry-reason"] = RETRY_REASONS.get(failed, failed)
        if kind == "events_api":
            content_type, body = JSON, json.dumps(payload)
        elif kind == "slash_commands":
            content_type, body = FORM, urlencode(payload)
        else:
            content_type, body = FORM, urlencode({"payload": json.dumps(payload)})
        # Of an event any success will do; commands and interactions are answered with a 200 (2.8).
        good = range(200, 300) if kind == "events_api" else (200,)
        try:
            return await self.post(url, content_type, body, headers, good)
        except NoAnswer as silence:
            if silence.reason in FOR_EVENTS_ONLY and kind != "events_api":
                raise NoAnswer("dispatch_failed") from silence
            raise

    async def post(
        self,
        url: str,
        content_type: str,
        body: str,
        headers: dict[str, str] | None = None,
        good: Container[int] = (200,),
    ) -> Json:
        """Send a body, signed as of now; raises NoAnswer, also for a status that is not good."""
        # The moment on the wire is the real one: it guards against who listens in, and the app's
        # own clock has no part in it.
        stamp = str(int(time()))
        signed = hmac.new(self._secret, f"v0:{stamp}:{body}".encode(), hashlib.sha256)
        all_headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signed.hexdigest()}",
            **(headers or {}),
        }
        if self._session is None:  # here, since it needs a loop that runs
            self._session = aiohttp.ClientSession()
        try:
            async with self._session.post(
                url,
                data=body.encode(),
                headers=all_headers,
                timeout=self._timeout,
                max_redirects=MOST_REDIRECTS,
            ) as response:
                text, kind = await response.text(), response.content_type
        except TimeoutError:
            raise NoAnswer("operation_timeout") from None
        except aiohttp.TooManyRedirects:
            raise NoAnswer("too_many_redirects") from None
        except aiohttp.ClientSSLError:
            raise NoAnswer("ssl_error") from None
        except (aiohttp.ClientError, OSError):
            raise NoAnswer("dispatch_failed") from None
        if response.status not in good:
            is_final = response.headers.get("x-slack-no-retry") == "1"
            raise NoAnswer("http_error", is_final=is_final)
        return _read(text, kind)

    async def close(self) -> None:
        """Close the lines to the app."""
        if self._session is not None:
            await self._session.close()


def _read(text: str, content_type: str) -> Json:
    """Read an answer: nothing, a JSON object that says that it is one, or plain words (2.8)."""
    if not text:
        return {}
    if content_type != JSON:
        return {"text": text}
    try:
        return as_answer(parsed_json(text))
    except ValueError:
        return {"text": text}
