"""The line to the app: events, commands and interactions go out, answers are taken in."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from sandbox import payloads
from sandbox.disorder import Attempt
from sandbox.errors import NoAnswer, Refusal, SlackError
from sandbox.model import FAMILIES, Json, Message, User
from sandbox.objects import message_object, user_object, view_object
from sandbox.rules.methods import broken
from sandbox.workspace import BOT_USER_ID

if TYPE_CHECKING:
    from sandbox.server import Sandbox

# Seconds, by the clock of the sandbox, before each further attempt to deliver an event (3).
RETRY_AFTER = (0.0, 60.0, 300.0)
# What an app hears of its own removal; nothing comes after.
GOODBYES = ("tokens_revoked", "app_uninstalled")


class AppLink:
    """Sends what happened to the app."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._workspace = sandbox.workspace
        self._retries: set[asyncio.Task[None]] = set()
        self._told_of = 0  # the minute of the last app_rate_limited

    async def ask(self, kind: str, payload: Json, *, answers: bool) -> Json:
        """Deliver a command or interaction; returns the app's answer; raises NoAnswer."""
        name = f"{kind}: {payload.get('type') or payload.get('command')}"
        if kind == "interactive" and not self._sandbox.manifest.is_interactive:
            raise self._nowhere(name, payload, "interactivity is off")
        if not self._sandbox.installed:
            raise self._nowhere(name, payload, "the app was removed")
        payload = self._as_installed(payload)
        return await self._sandbox.disorder.pass_on(
            kind,
            lambda attempt: self._send(kind, name, payload, answers, attempt),
        )

    def _nowhere(self, name: str, payload: Json, why: str) -> NoAnswer:
        """Keep why nothing was sent; people are told in Slack's words (slack-platform.md 3)."""
        self._sandbox.record("to the app", name, payload, None, f"not sent: {why}")
        return NoAnswer("dispatch_failed")

    async def _send(
        self, kind: str, name: str, payload: Json, answers: bool, attempt: Attempt
    ) -> Json:
        """Deliver once, and keep what came of it; raises NoAnswer."""
        sandbox, started = self._sandbox, monotonic()
        answer, silent = None, None
        # Slack says of events alone that they come again.
        told = attempt.number if kind == "events_api" else 0
        try:
            answer = await sandbox.delivery.deliver(
                kind, payload, answers=answers, attempt=told, failed=attempt.failed
            )
        except NoAnswer as silence:
            silent = silence.reason
            raise
        finally:
            took = monotonic() - started
            ignored = bool(answer) and not answers
            if ignored and kind != "events_api":
                # Slack may take no notice of it; who says it means something that nobody sees.
                sandbox.refusals.append(Refusal.of(name, broken("answer.empty")))
            sandbox.record(
                "to the app", name, payload, answer, silent,
                took=took, attempt=attempt.number, ordered=attempt.ordered, ignored=ignored,
            )  # fmt: skip
        return answer if answers else {}

    def _as_installed(self, payload: Json) -> Json:
        return payloads.of_org(payload) if self._sandbox.org_wide else payload

    def refuse(self, method: str, error: SlackError, answer: Json) -> None:
        """Note an answer of the app that Slack would not take."""
        self._sandbox.refusals.append(Refusal.of(method, error))
        self._sandbox.record("to Slack", method, answer, None, error.code, error=error)

    async def event(self, inner: Json, name: str | None = None) -> None:
        """Deliver an event if the app hears it; what fails is tried again later."""
        if not self._sandbox.manifest.hears(name or inner["type"]):
            return
        if not self._sandbox.installed and inner["type"] not in GOODBYES:
            return
        if not self._sandbox.pace.event():
            return await self._leave_out()
        ids = self._workspace.ids
        payload = self._as_installed(payloads.event(inner, ids.next("Ev"), ids.seconds()))
        failed = await self._try(payload)
        if failed is not None and not failed.is_final:
            task = asyncio.create_task(self._retry(payload, failed))
            self._retries.add(task)
            task.add_done_callback(self._retries.discard)

    async def _leave_out(self) -> None:
        """Tell the app that events are left out, once in each minute in which some are."""
        minute = self._workspace.ids.seconds() // 60 * 60
        if minute != self._told_of:
            self._told_of = minute
            payload, name = payloads.rate_limited(minute), "events_api: app_rate_limited"
            with suppress(NoAnswer):  # it is not said again
                await self._send("events_api", name, payload, False, Attempt())

    async def _try(self, payload: Json, attempt: int = 0, before: str = "") -> NoAnswer | None:
        """Deliver once; `before` says why the last attempt failed. Gives why this one did."""
        name = f"events_api: {payload['event']['type']}"

        def send(attempt: Attempt) -> Awaitable[Json]:
            return self._send("events_api", name, payload, False, attempt)

        try:
            if attempt:
                await send(Attempt(attempt, before))
            else:
                await self._sandbox.disorder.pass_on("events_api", send)
        except NoAnswer as silence:
            return silence
        return None

    async def _retry(self, payload: Json, failed: NoAnswer | None) -> None:
        for attempt, seconds in enumerate(RETRY_AFTER, start=1):
            if failed is None or failed.is_final:
                return
            await self._sandbox.clock.sleep(seconds)
            failed = await self._try(payload, attempt, failed.reason)

    async def stop(self) -> None:
        """Give up what is still tried."""
        for task in list(self._retries):
            task.cancel()
        await asyncio.gather(*self._retries, return_exceptions=True)

    def echo(self, message: Message, tell: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Tell the app of its own message if everybody sees it, as Slack does (2.7)."""
        if self._sandbox.echoes and not message.is_ephemeral:
            task = asyncio.create_task(tell())
            self._retries.add(task)
            task.add_done_callback(self._retries.discard)

    def _stamp(self, inner: Json) -> Json:
        return {**inner, "event_ts": self._workspace.ids.ts()}

    async def home_opened(self, user_id: str, tab: str) -> None:
        """app_home_opened; with the view only on the Home tab, once one was published."""
        channel = self._workspace.dm(user_id)
        inner: Json = {"type": "app_home_opened", "user": user_id, "channel": channel.id}
        inner["tab"] = tab
        home = self._workspace.homes.get(user_id)
        if tab == "home" and home is not None:
            inner["view"] = view_object(home)
        await self.event(self._stamp(inner))

    async def message_written(self, message: Message) -> None:
        """message.im, .mpim, .channels or .groups, where the app is a member."""
        inner = self._in_channel(message, message_object(message))
        if message.files:
            inner["subtype"] = "file_share"
        await self._message_event(message, {**inner, "event_ts": message.ts})

    async def message_changed(self, message: Message, before: Json) -> None:
        """An edit."""
        inner = {
            "type": "message",
            "subtype": "message_changed",
            "message": message_object(message),
            "previous_message": before,
            "ts": self._workspace.ids.ts(),
            "hidden": True,
        }
        await self._message_event(message, self._stamp(self._in_channel(message, inner)))

    async def message_deleted(self, message: Message) -> None:
        """A deletion."""
        inner = {
            "type": "message",
            "subtype": "message_deleted",
            "deleted_ts": message.ts,
            "previous_message": message_object(message),
            "ts": self._workspace.ids.ts(),
            "hidden": True,
        }
        await self._message_event(message, self._stamp(self._in_channel(message, inner)))

    def _in_channel(self, message: Message, inner: Json) -> Json:
        kind = self._workspace.channels[message.channel_id].kind
        return {**inner, "channel": message.channel_id, "channel_type": kind}

    async def _message_event(self, message: Message, inner: Json) -> None:
        channel = self._workspace.channels[message.channel_id]
        if BOT_USER_ID in channel.members:
            await self.event(inner, f"message.{FAMILIES[channel.kind]}")

    async def user_changed(self, user: User) -> None:
        """user_change."""
        await self._user_event("user_change", user)

    async def user_joined(self, user: User) -> None:
        """team_join."""
        await self._user_event("team_join", user)

    async def _user_event(self, name: str, user: User) -> None:
        user.updated = self._workspace.ids.seconds()
        self._workspace.changed.notify()
        shown = user_object(user, self._workspace)
        await self.event(self._stamp({"type": name, "user": shown, "cache_ts": user.updated}))

    async def token_revoked(self) -> None:
        """tokens_revoked."""
        tokens = {"oauth": [], "bot": [BOT_USER_ID]}
        await self.event({"type": "tokens_revoked", "tokens": tokens})

    async def uninstalled(self) -> None:
        """tokens_revoked and app_uninstalled, in no order that anybody promises (2.7)."""
        await asyncio.gather(self.token_revoked(), self.event({"type": "app_uninstalled"}))
