"""The HTTP side of the Web API: tokens, scopes, bodies, faults, answers (slack-platform.md 4.1)."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from sandbox.errors import Refusal, SlackError
from sandbox.faults import Fault
from sandbox.model import Json
from sandbox.pace import OPENING, TIERS
from sandbox.rules.methods import broken
from sandbox.web_api import METHODS, files
from sandbox.web_api.body import TOKEN, read_body
from sandbox.web_api.method import Method, read_arguments

if TYPE_CHECKING:
    from sandbox.server import Sandbox

BOT_TOKEN = "xoxb-sandbox"
APP_TOKEN = "xapp-sandbox"
KINDS = {BOT_TOKEN: "bot", APP_TOKEN: "app"}
# What answers to a response_url, and the bytes of files, are called, as if they were methods.
RESPONSE_URL, UPLOAD = "response_url", "upload"
FAILED = "fatal_error"  # what Slack calls its own failures
LOST = Response(status_code=500)  # never arrives: the connection is broken first


class WebApi:
    """Answers the calls of the app."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    async def call(self, request: Request) -> Response:
        """One call of a method."""
        name = request.path_params["method"]
        with self._no_failure(name):
            return await self._call(request, name)

    @contextmanager
    def _no_failure(self, name: str) -> Iterator[None]:
        """Keep what the sandbox itself stumbles over: unseen, a story would stay green."""
        try:
            yield
        except ClientDisconnect:  # the app is gone: nobody did anything wrong
            raise
        except Exception as error:
            self._sandbox.refusals.append(Refusal(name, FAILED, (type(error).__name__,)))
            raise

    async def _call(self, request: Request, name: str) -> Response:
        try:
            given = await read_body(request)
        except SlackError as error:
            return self._respond(name, self._refused(name, {}, error))

        async def answer(ordered: str) -> Response:
            return self._respond(name, self._answer(request, name, given, ordered))

        return await self._unless_ordered(request, name, given, answer)

    async def _unless_ordered(
        self,
        request: Request,
        name: str,
        given: Json,
        answer: Callable[[str], Awaitable[Response]],
    ) -> Response:
        """Answer, if nothing was ordered to go wrong; `answer` is told what was, in words."""
        fault = self._sandbox.faults.take(name)
        if fault is None:
            return await answer("")
        if fault.before_acceptance:
            return self._refuse_as_ordered(request, name, given, fault)
        if fault.late:
            self._sandbox.workspace.changed.notify()  # the call is on its way now
            await asyncio.sleep(fault.late)
        return await self._as_ordered(request, await answer(fault.words), fault)

    def _answer(self, request: Request, name: str, given: Json, ordered: str) -> Json:
        try:
            answer = {"ok": True, **self._handle(request, name, given)}
        except SlackError as error:
            return self._refused(name, given, error, ordered)
        self._sandbox.record("to Slack", name, given, answer, None, ordered=ordered)
        return answer

    def _refused(self, name: str, given: Json, error: SlackError, ordered: str = "") -> Json:
        """Keep a refusal, and say it as Slack does."""
        answer: Json = {"ok": False, "error": error.code, **error.fields}
        if error.messages:
            answer["response_metadata"] = {"messages": error.messages}
        self._sandbox.refusals.append(Refusal.of(name, error))
        self._sandbox.record(
            "to Slack", name, given, answer, error.code, error=error, ordered=ordered
        )
        return answer

    def _handle(self, request: Request, name: str, given: Json) -> Json:
        kind = _token_kind(request, name, given)
        if name == OPENING and request.method != "POST":
            raise broken("sockets.post")
        method = METHODS.get(name)
        if method is not None:
            self._check_token(method, kind)
        if name in TIERS:
            self._sandbox.pace.call(name)
        if method is None:
            raise broken("api.method", req_method=name)
        return method.handle(self._sandbox, read_arguments(method, given))

    def _check_token(self, method: Method, kind: str) -> None:
        if kind not in method.tokens:
            if kind in ("none", "unknown"):
                raise broken("api.token.given" if kind == "none" else "api.token.known")
            raise broken("api.token.kind")
        if kind == "bot" and not self._sandbox.installed:
            raise broken("api.token.alive")
        if kind == "bot" and self._sandbox.token_revoked:
            raise broken("api.token.revoked")
        granted = self._sandbox.manifest.scopes
        if kind == "bot" and method.scopes and not set(method.scopes) & set(granted):
            raise broken("api.scope", needed=",".join(method.scopes), provided=",".join(granted))

    def _respond(self, name: str, answer: Json) -> Response:
        app_level = name == "apps.connections.open"
        scopes = ("connections:write",) if app_level else self._sandbox.manifest.scopes
        headers = {"x-oauth-scopes": ",".join(scopes)}
        if answer.get("error") in ("not_authed", "invalid_auth"):
            headers = {}
        elif name in METHODS and METHODS[name].scopes:
            headers["x-accepted-oauth-scopes"] = ",".join(METHODS[name].scopes)
        retry_after = answer.pop("retry_after", None)
        if retry_after is not None:
            return JSONResponse(answer, 429, headers | {"Retry-After": retry_after})
        return JSONResponse(answer, headers=headers)

    def _refuse_as_ordered(
        self, request: Request, name: str, given: Json, fault: Fault
    ) -> Response:
        """Ordered faults are no refusals: the app did nothing wrong."""
        self._sandbox.record("to Slack", name, given, None, None, ordered=fault.words)
        if fault.drop:
            self._sandbox.break_connection(request)
            return LOST
        if fault.retry_after is not None:
            body = {"ok": False, "error": "ratelimited"}
            return JSONResponse(body, 429, {"Retry-After": str(fault.retry_after)})
        if fault.status is not None:
            return Response("upstream trouble", fault.status, media_type="text/plain")
        return JSONResponse({"ok": False, "error": fault.error})

    async def _as_ordered(self, request: Request, answer: Response, fault: Fault) -> Response:
        """The answer to what Slack has taken, lost or late if that was ordered."""
        if fault.lose_answer:
            self._sandbox.break_connection(request)
            return LOST
        if fault.delay:
            await asyncio.sleep(fault.delay)
        return answer

    async def hook(self, request: Request) -> Response:
        """One answer to a response_url."""
        with self._no_failure(RESPONSE_URL):
            return await self._hook(request)

    async def _hook(self, request: Request) -> Response:
        try:
            given = await read_body(request)
        except SlackError as error:
            return JSONResponse(self._refused(RESPONSE_URL, {}, error), 400)

        async def answer(ordered: str) -> Response:
            path = request.path_params["path"]
            refused = await self._taken(path, given, ordered)
            if refused is None:
                return JSONResponse({"ok": True})
            status = 404 if refused.code.endswith("_url") else 400
            return JSONResponse({"ok": False, "error": refused.code}, status)

        return await self._unless_ordered(request, RESPONSE_URL, given, answer)

    async def _taken(self, path: str, given: Json, ordered: str) -> SlackError | None:
        """Take one answer to a response_url; gives why it is refused, if it is."""
        try:
            await self._sandbox.response_urls.use(path, given)
        except SlackError as error:
            self._refused(RESPONSE_URL, given, error, ordered)
            return error
        self._sandbox.record("to Slack", RESPONSE_URL, given, None, None, ordered=ordered)
        return None

    async def upload(self, request: Request) -> Response:
        """The bytes of one file."""
        with self._no_failure(UPLOAD):
            content = await request.body()
            given = {"bytes": len(content)}

            async def answer(ordered: str) -> Response:
                try:
                    files.take_upload(self._sandbox, request.path_params["ticket"], content)
                except SlackError as error:
                    self._refused(UPLOAD, given, error, ordered)
                    return Response(error.code, 400)
                self._sandbox.record("to Slack", UPLOAD, given, None, None, ordered=ordered)
                return Response("OK")

            return await self._unless_ordered(request, UPLOAD, given, answer)


def _token_kind(request: Request, name: str, given: Json) -> str:
    header, named = request.headers.get("authorization"), given.pop(TOKEN, "")
    if header is not None:
        scheme, _, token = header.partition(" ")
        token = token.strip() if scheme == "Bearer" else ""
    else:
        # A token for lines is taken in the header alone (slack-platform.md 3.1).
        token = named if name != OPENING else ""
    return KINDS.get(token, "unknown") if token else "none"
